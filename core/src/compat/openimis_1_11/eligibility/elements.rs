//! Waiting period and quantity left of one service or item.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{EligibilityReplay, EligibilitySwitch, Enquiry};
use crate::calendar::{Calendar, Day};
use crate::code::Code;
use crate::compat::openimis_1_11::rows::{self, valid_by_day};
use crate::compat::rows::{BenefitRow, LineRow, MembershipRow, PolicyRow};
use crate::error::Error;
use crate::scheme::ElementKind;

/// Reasons of rejection.
const WAITING: i16 = 17;
const QUANTITY: i16 = 16;

/// What is found about a service or item.
#[derive(Debug)]
pub(super) struct Part {
    /// When its waiting period is over, if that is shown.
    pub(super) until: Option<Day>,
    /// Units left.
    pub(super) left: Option<Decimal>,
    /// A claim for it today passes under `standard`.
    pub(super) passed: bool,
    /// Category of the service.
    pub(super) category: Option<String>,
}

/// A row of a policy for the element.
struct Row<'a> {
    policy: &'a PolicyRow,
    joined: Day,
    until: Day,
    waiting: Option<i64>,
    limit: Option<Decimal>,
    used: Decimal,
}

impl Row<'_> {
    fn left(&self) -> Option<Decimal> {
        Some(self.limit? - self.used)
    }
}

impl<'a> Enquiry<'a> {
    pub(super) fn part(&self, kind: ElementKind, code: &Code) -> Result<Part, Error> {
        let line = LineRow {
            item: (kind == ElementKind::Item).then(|| code.clone()),
            service: (kind == ElementKind::Service).then(|| code.clone()),
            ..LineRow::default()
        };
        let stored = self.line(kind, code)?;
        let passed = stored.as_ref().is_some_and(|line| line.status == 1);
        let reason = stored.as_ref().and_then(|line| line.rejection_reason);
        let past = self.provisions(&line);
        let services = &self.asks.snapshot.input.medical_services;
        let service = services
            .iter()
            .find(|row| Some(&row.code) == line.service.as_ref() && row.validity_to.is_none());
        let mut part = Part {
            until: None,
            left: None,
            passed,
            category: service.and_then(|row| row.category.clone()),
        };
        if self.has(EligibilitySwitch::NeedsEarlierClaim) && past.is_empty() {
            return Ok(part);
        }
        let rows = self.rows(&line, &past, part.category.as_deref());
        let over = |row: &&Row<'_>| row.until <= self.asks.today;
        let first = rows.iter().filter(over).map(|row| row.until).min();
        let first = first.or_else(|| rows.iter().map(|row| row.until).min());
        let waits = reason == Some(WAITING)
            || self.has(EligibilitySwitch::RenewedWait)
                && first.is_some_and(|first| first > self.asks.today);
        if waits || self.has(EligibilitySwitch::OverIsShown) {
            part.until = first;
        }
        let left = if self.has(EligibilitySwitch::LargestLeft) {
            let open = || rows.iter().filter(over);
            match open().any(|row| row.limit.is_none()) {
                true => None,
                false => open().filter_map(Row::left).max(),
            }
        } else {
            let policy = stored.as_ref().and_then(|line| line.policy.as_ref());
            let own = |row: &&Row<'_>| match passed {
                true => Some(&row.policy.reference) == policy,
                false => reason == Some(QUANTITY) && row.left().is_some_and(|l| l <= Decimal::ZERO),
            };
            rows.iter().find(own).and_then(Row::left)
        };
        let below = self.has(EligibilitySwitch::BelowNothing);
        part.left = left.map(|left| if below { left } else { left.max(Decimal::ZERO) });
        Ok(part)
    }

    /// Days and quantities of the element in earlier claims that count.
    fn provisions(&self, line: &LineRow) -> Vec<(Day, Decimal)> {
        let EligibilityReplay {
            snapshot, asked, ..
        } = self.asks;
        let reasons = self.has(EligibilitySwitch::ReasonNotLookedAt);
        let claims = snapshot.input.history.claims.iter().filter(|past| {
            past.insuree == asked.chf_id && past.validity_to.is_none() && past.status > 2
        });
        let own = claims.flat_map(|past| {
            let date = past.date_to.or(past.date_from).map(|moment| moment.day);
            let lines = past.items.iter().chain(&past.services).filter(|row| {
                row.item == line.item
                    && row.service == line.service
                    && row.validity_to.is_none()
                    && row.status != Some(2)
                    && (reasons || row.rejection_reason.unwrap_or(0) == 0)
            });
            lines.filter_map(move |row| {
                let quantity = row.qty_approved.or(row.qty_provided);
                Some((date?, quantity.map_or(Decimal::ZERO, |quantity| quantity.0)))
            })
        });
        own.collect()
    }

    /// The rows for the element, in order of the policies.
    fn rows(
        &self,
        line: &LineRow,
        past: &[(Day, Decimal)],
        category: Option<&str>,
    ) -> Vec<Row<'a>> {
        let EligibilityReplay {
            snapshot,
            asked,
            today,
        } = self.asks;
        let input = &snapshot.input;
        let mut found = Vec::new();
        for policy in &input.policies {
            let status = match self.has(EligibilitySwitch::ActiveOnly) {
                true => policy.status == Some(2),
                false => matches!(policy.status, Some(2 | 8)),
            };
            if !status || policy.validity_to.is_some() {
                continue;
            }
            let product = rows::product(input, &policy.product);
            let benefits = product.into_iter().flat_map(|product| match line.item {
                Some(_) => &product.items,
                None => &product.services,
            });
            let benefits: Vec<&BenefitRow> = benefits
                .filter(|row| row.item == line.item && row.service == line.service)
                .filter(|row| self.counts(row))
                .collect();
            let own = policy.insuree_policies.iter().filter(|row| {
                row.insuree == asked.chf_id
                    && row.validity_to.is_none()
                    && (self.has(EligibilitySwitch::AnyDates) || in_force(policy, row, today))
                    && (self.has(EligibilitySwitch::ClosedPolicies)
                        || product.is_none_or(|product| self.open(product, category, row)))
            });
            for membership in own {
                let rows = benefits.iter();
                found.extend(rows.filter_map(|row| self.row(policy, membership, row, past)));
            }
        }
        if self.has(EligibilitySwitch::RowsAddUp) {
            add_up(&mut found);
        }
        found
    }

    /// Does a row of a product count? `standard` goes by its dates, and passes rows that do not
    /// cover other visits.
    fn counts(&self, row: &BenefitRow) -> bool {
        if self.has(EligibilitySwitch::AnyDates) {
            return row.validity_to.is_none();
        }
        let covers = row.limitation_type.as_deref();
        valid_by_day(row.validity_from, row.validity_to, self.asks.today)
            && matches!(covers, Some("C" | "F"))
    }

    fn row(
        &self,
        policy: &'a PolicyRow,
        membership: &MembershipRow,
        row: &BenefitRow,
        past: &[(Day, Decimal)],
    ) -> Option<Row<'a>> {
        let (waiting, limit) = match self.adult() {
            true => (row.waiting_period_adult, row.limit_no_adult),
            false => (row.waiting_period_child, row.limit_no_child),
        };
        let joined = membership.effective_date?.day;
        let expiry = membership.expiry_date.map_or(Day::MAX, |moment| moment.day);
        let begins = policy.effective_date.map_or(Day::MIN, |moment| moment.day);
        let waits = policy.stage.as_deref() != Some("R")
            || begins < joined
            || self.has(EligibilitySwitch::RenewedWait);
        let months = waiting.filter(|_| waits).unwrap_or(0).max(0);
        let months = i32::try_from(months).unwrap_or(i32::MAX);
        let all = self.has(EligibilitySwitch::QuantityOfAllTimes);
        let counted = past
            .iter()
            .filter(|(date, _)| all || (joined <= *date && *date <= expiry));
        let negative = self.has(EligibilitySwitch::BelowNothing);
        Some(Row {
            policy,
            joined,
            until: Calendar::default().add_months(joined, months),
            waiting,
            limit: limit
                .map(|limit| limit.0)
                .filter(|limit| negative || *limit >= Decimal::ZERO),
            used: counted.map(|(_, quantity)| *quantity).sum(),
        })
    }
}

fn in_force(policy: &PolicyRow, membership: &MembershipRow, today: Day) -> bool {
    [
        (policy.effective_date, policy.expiry_date),
        (membership.effective_date, membership.expiry_date),
    ]
    .into_iter()
    .all(|(from, to)| rows::period(from, to, today).is_some())
}

/// Rows of the same product with the same dates and limits are one group, in which every row adds
/// up what was used.
fn add_up(found: &mut [Row<'_>]) {
    let key = |row: &Row<'_>| {
        let product = row.policy.product.clone();
        (row.joined, product, row.waiting, row.limit)
    };
    let mut alike: BTreeMap<_, Decimal> = BTreeMap::new();
    for row in found.iter() {
        *alike.entry(key(row)).or_default() += row.used;
    }
    for row in found.iter_mut() {
        row.used = alike.get(&key(row)).copied().unwrap_or(row.used);
    }
}

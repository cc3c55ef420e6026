//! The rules of eligibility for single lines.

use super::deviation::Deviation;
use super::eligibility::{Case, LinePair};
use super::money::claim_lines;
use crate::calendar::{Calendar, Day};
use crate::compat::columns::LineColumns;
use crate::compat::rows::LineRow;
use crate::compat::value::{Moment, Number};

impl Case<'_> {
    pub(super) fn explain_line(&self, pair: &LinePair<'_>, column: &str) -> Vec<Deviation> {
        let mut found = match column {
            "status" | "rejection_reason" => self.explain_reason(pair),
            "quantity" => self.explain_quantity(pair),
            "price_adjusted" => self.explain_price(pair),
            _ if pair.passed_by_both() => Vec::new(),
            _ => self.explain_reason(pair),
        };
        if pair.passed_by_both() && column != "quantity" {
            found.extend(self.explain_choice(pair));
        }
        found
    }

    pub(super) fn explain_quantity_or_price(&self, pair: &LinePair<'_>) -> Vec<Deviation> {
        let mut found = Vec::new();
        let quantity = |line: &LineColumns| line.qty_approved.or(line.qty_provided);
        if quantity(pair.ours) != quantity(pair.theirs) {
            found.extend(self.explain_quantity(pair));
        }
        if pair.row.price_approved.is_none()
            && pair.ours.price_adjusted != pair.theirs.price_adjusted
        {
            found.extend(self.explain_price(pair));
        }
        found
    }

    fn explain_reason(&self, pair: &LinePair<'_>) -> Vec<Deviation> {
        let facts = &self.facts;
        let (ours, theirs) = pair.reasons();
        let mut found = Vec::new();
        let register = facts.register(pair.row);
        if theirs == 1 && register.iter().any(|times| times.to.is_some()) {
            found.push(Deviation::ElementClosed);
        }
        let begins_later = |from: Option<Moment>| {
            from.is_some_and(|from| (from.day, from.seconds) > (facts.target, 0))
        };
        if theirs == 9 && register.iter().any(|times| begins_later(times.from)) {
            found.push(Deviation::ElementNotYet);
        }
        let rows = facts.benefit_rows(pair.row);
        if ours != theirs && theirs == 3 && rows.iter().any(|(_, row)| row.validity_to.is_some()) {
            found.push(Deviation::BenefitClosed);
        }
        if ours == 17 && theirs == 0 || theirs == 17 && ours != 17 {
            found.extend(self.explain_waiting(pair));
        }
        if ours == 16 && theirs == 0 || theirs == 16 && ours != 16 {
            found.extend(self.explain_limit(pair));
        }
        if (ours == 5) != (theirs == 5) && (theirs == 5) == self.frequency_by_window(pair.row) {
            found.push(if ours == 0 || theirs == 0 {
                Deviation::FrequencyWindow
            } else {
                Deviation::FrequencyFirst
            });
        }
        if theirs == 4 && ours != 4 && self.only_for_women(pair.row) {
            found.push(Deviation::GenderOther);
        }
        let arrived = pair.row.rejection_reason.unwrap_or(0);
        if pair.row.status == Some(2) && arrived == 0 && theirs == 0 {
            found.push(Deviation::RejectedResurrected);
        }
        if pair.row.status != Some(2) && arrived != 0 && theirs == arrived {
            found.push(Deviation::ReasonKeepsStatus);
        }
        if pair.reason == Some("package.mismatch") {
            found.push(Deviation::PackageMismatch);
        }
        found
    }

    /// A person of gender O, and a mask with the bit of women but not that of men.
    fn only_for_women(&self, row: &LineRow) -> bool {
        let facts = &self.facts;
        let gender = facts.person().and_then(|person| person.gender.as_deref());
        let items = facts
            .input
            .medical_items
            .iter()
            .map(|r| (Some(&r.code), None, r.patient_category));
        let services = facts
            .input
            .medical_services
            .iter()
            .map(|r| (None, Some(&r.code), r.patient_category));
        let mut own = items.chain(services).filter(|(item, service, _)| {
            *item == row.item.as_ref() && *service == row.service.as_ref()
        });
        matches!(gender, Some("O") | None)
            && own.any(|(.., mask)| mask.is_some_and(|mask| mask & 3 == 2))
    }

    /// Waiting from the policy's own dates, for new policies only, with months as the other
    /// engine adds them.
    fn explain_waiting(&self, pair: &LinePair<'_>) -> Vec<Deviation> {
        let facts = &self.facts;
        let mut found = Vec::new();
        for (policy, row) in facts.benefit_rows(pair.row) {
            let months = if facts.adult {
                row.waiting_period_adult
            } else {
                row.waiting_period_child
            };
            let months = months
                .and_then(|months| u16::try_from(months).ok())
                .filter(|months| *months > 0);
            let (Some(months), Some(effective)) = (months, policy.effective_date) else {
                continue;
            };
            let theirs = lengths_of_months(effective.day, months);
            let standard = Calendar::default().add_months(effective.day, i32::from(months));
            if (facts.target < theirs) != (facts.target < standard) {
                found.push(Deviation::MonthArithmetic);
            }
            let mut own = policy
                .insuree_policies
                .iter()
                .filter(|member| member.insuree == facts.claim.insuree);
            if own.any(|member| {
                member
                    .effective_date
                    .is_some_and(|from| from.day > effective.day)
            }) {
                found.push(Deviation::WaitingIgnoresPerson);
            }
            if facts.covering().len() > 1 {
                found.push(Deviation::QuantityLimits);
            }
        }
        found
    }

    fn explain_limit(&self, pair: &LinePair<'_>) -> Vec<Deviation> {
        let facts = &self.facts;
        let same =
            |other: &LineRow| other.item == pair.row.item && other.service == pair.row.service;
        let twice = claim_lines(facts.claim)
            .filter(|(.., line)| same(line))
            .count()
            > 1;
        let rows = facts.benefit_rows(pair.row);
        let applies = twice || pair.row.qty_approved.is_some() || rows.len() > 1;
        applies
            .then_some(Deviation::QuantityLimits)
            .into_iter()
            .collect()
    }

    fn explain_quantity(&self, pair: &LinePair<'_>) -> Vec<Deviation> {
        let mut found = self.explain_limit(pair);
        if pair
            .row
            .qty_approved
            .is_some_and(|quantity| quantity.is_zero())
        {
            found.push(Deviation::QtyApprovedZeroPaid);
        }
        found
    }

    fn explain_price(&self, pair: &LinePair<'_>) -> Vec<Deviation> {
        let facts = &self.facts;
        let mut found = Vec::new();
        if pair.row.price_approved.is_some() {
            found.push(Deviation::ApprovedPriceNotStored);
        }
        if facts
            .price_rows(pair.row)
            .iter()
            .any(|times| times.to.is_some())
        {
            found.push(Deviation::PriceHistory);
        }
        let service = pair.row.service.as_ref();
        let mut services = facts
            .input
            .medical_services
            .iter()
            .filter(|row| Some(&row.code) == service);
        let package = services.any(|row| matches!(row.packagetype.as_deref(), Some("P" | "F")));
        if package && facts.config.verify_quantities {
            found.push(Deviation::PackageMismatch);
        }
        let long = |n: Number| n.0.mantissa().unsigned_abs() > 1 << 53;
        if pair.ours.price_adjusted.is_some_and(long) {
            found.push(Deviation::FloatRounding);
        }
        found
    }

    /// Several rows could pay: which one does is decided otherwise.
    pub(super) fn explain_choice(&self, pair: &LinePair<'_>) -> Vec<Deviation> {
        let facts = &self.facts;
        let rows = facts.benefit_rows(pair.row);
        if rows.len() < 2 {
            return Vec::new();
        }
        let theirs = (
            pair.theirs.limitation.as_deref(),
            pair.theirs.limitation_value,
        );
        let written = |own: bool| {
            rows.iter().any(|(policy, row)| {
                (!own || Some(&policy.reference) == pair.theirs.policy.as_ref())
                    && facts.limitation(row) == theirs
            })
        };
        if !written(false) {
            return Vec::new();
        }
        if !written(true) {
            return vec![Deviation::CoInsuranceFlagKept];
        }
        let chosen = |line: &LineColumns| {
            (
                line.product.clone(),
                line.policy.clone(),
                line.limitation.clone(),
                line.limitation_value,
            )
        };
        let differs = chosen(pair.ours) != chosen(pair.theirs)
            || pair.ours.price_origin != pair.theirs.price_origin;
        differs
            .then_some(Deviation::CandidateChoice)
            .into_iter()
            .collect()
    }

    /// Would the other engine find the line too frequent? It looks from the frequency before the
    /// visit on, without end, within the dates of the current policies.
    fn frequency_by_window(&self, row: &LineRow) -> bool {
        let facts = &self.facts;
        let items = facts
            .input
            .medical_items
            .iter()
            .filter(|r| Some(&r.code) == row.item.as_ref());
        let services = facts
            .input
            .medical_services
            .iter()
            .filter(|r| Some(&r.code) == row.service.as_ref());
        let days = items
            .map(|r| r.frequency)
            .chain(services.map(|r| r.frequency))
            .flatten()
            .max();
        let Some(days) = days
            .and_then(|days| i32::try_from(days).ok())
            .filter(|days| *days > 0)
        else {
            return false;
        };
        let policies = facts.covering();
        let first = policies
            .iter()
            .filter_map(|p| p.effective_date)
            .map(|d| d.day)
            .min();
        let last = policies
            .iter()
            .filter_map(|p| p.expiry_date)
            .map(|d| d.day)
            .max();
        let (Some(first), Some(last)) = (first, last) else {
            return false;
        };
        let past = facts.history.claims.iter().filter(|past| {
            past.insuree == facts.claim.insuree
                && past.validity_to.is_none()
                && past.status > 2
                && past.reference != facts.claim.code
        });
        let mut provisions = past.flat_map(|past| {
            let date = past.date_to.or(past.date_from).map(|moment| moment.day);
            past.items
                .iter()
                .chain(&past.services)
                .map(move |line| (date, line))
        });
        provisions.any(|(date, line)| {
            line.item == row.item
                && line.service == row.service
                && line.status != Some(2)
                && line.rejection_reason.unwrap_or(0) == 0
                && line.validity_to.is_none()
                && date.is_some_and(|date| {
                    first <= date && date <= last && facts.target.add_days(-days) <= date
                })
        })
    }
}

/// The day so many months later, each month as long as the one the day then lies in.
fn lengths_of_months(day: Day, months: u16) -> Day {
    let mut day = day;
    for _ in 0..months {
        let (year, month, _) = day.ymd();
        let (next_year, next) = if month == 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        };
        let first = Day::from_ymd(year, month, 1);
        let length = first
            .zip(Day::from_ymd(next_year, next, 1))
            .map_or(30, |(a, b)| a.days_until(b));
        day = day.add_days(length);
    }
    day
}

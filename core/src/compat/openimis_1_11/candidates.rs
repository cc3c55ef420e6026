//! The rows that cover a line, each tested for waiting period and quantity.

use rust_decimal::Decimal;

use super::rows::{Cover, Rows, valid_by_day};
use super::state::Line;
use super::switches::Switch;
use crate::calendar::{Calendar, Day};
use crate::compat::rows::{BenefitRow, LineRow, ProductRow};
use crate::compat::value::Number;

pub(super) const NO_PRODUCT: i16 = 3;
const QUANTITY: i16 = 16;
const WAITING: i16 = 17;

/// A row of a covering policy's product that is for the line.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) cover: Cover<'a>,
    pub(super) row: &'a BenefitRow,
    /// Candidates are tried in this order: start of cover and the waiting months.
    order: Day,
    fault: Option<i16>,
    /// A quantity limit that leaves less than asked: what it leaves.
    pub(super) leaves: Option<Decimal>,
}

/// The rows for a line, in order.
pub(super) fn of_line<'a>(
    rows: &Rows<'a>,
    line: &LineRow,
    covers: &[Cover<'a>],
) -> Vec<Candidate<'a>> {
    let counts = |row: &&BenefitRow| {
        let current = if rows.has(Switch::BenefitClosed) {
            row.validity_to.is_none()
        } else {
            valid_by_day(row.validity_from, row.validity_to, rows.target)
        };
        row.item == line.item && row.service == line.service && current
    };
    let of = |product: &'a ProductRow| product.items.iter().chain(&product.services).filter(counts);
    let mut pairs: Vec<(Cover<'a>, &'a BenefitRow)> = Vec::new();
    if rows.has(Switch::CandidateChoice) {
        // Product by product and row by row, and for each its policies.
        for product in &rows.input.products {
            let own = || {
                covers
                    .iter()
                    .filter(|cover| std::ptr::eq(cover.product, product))
            };
            if own().next().is_some() {
                pairs.extend(of(product).flat_map(|row| own().map(move |cover| (*cover, row))));
            }
        }
    } else {
        pairs.extend(
            covers
                .iter()
                .flat_map(|c| of(c.product).map(move |row| (*c, row))),
        );
    }
    let stops = rows.has(Switch::LimitationNullStops);
    let mut found: Vec<Candidate<'a>> = pairs
        .into_iter()
        .filter(|(_, row)| stops || rows.limitation(row).0.is_some())
        .map(|(cover, row)| Candidate {
            cover,
            row,
            order: later(rows, cover.from, waiting_months(rows, row)),
            fault: None,
            leaves: None,
        })
        .collect();
    found.sort_by_key(|candidate| candidate.order);
    found
}

fn waiting_months(rows: &Rows<'_>, row: &BenefitRow) -> u16 {
    let months = if rows.adult {
        row.waiting_period_adult
    } else {
        row.waiting_period_child
    };
    months
        .filter(|months| *months > 0)
        .map_or(0, |m| u16::try_from(m).unwrap_or(u16::MAX))
}

fn later(rows: &Rows<'_>, day: Day, months: u16) -> Day {
    if !rows.has(Switch::MonthArithmetic) {
        return match months {
            0 => day,
            months => Calendar::default().add_months(day, i32::from(months)),
        };
    }
    (0..months).fold(day, |day, _| {
        let (year, month, _) = day.ymd();
        let length = Calendar::default().days_in_month(year, month).unwrap_or(30);
        day.add_days(i32::try_from(length).unwrap_or(30))
    })
}

/// Tests each row, and keeps those that may pay. The reasons against the line; none if it passes.
pub(super) fn test<'a>(
    rows: &Rows<'a>,
    line: &mut Line<'a>,
    before: &[Line<'a>],
    candidates: &mut Vec<Candidate<'a>>,
) -> Vec<i16> {
    if candidates.is_empty() {
        return vec![NO_PRODUCT];
    }
    let every = rows.has(Switch::EveryCandidateApplies);
    let reviewed = line
        .columns
        .now
        .qty_approved
        .filter(|_| rows.has(Switch::ReviewedQuantityLimited));
    let asked = reviewed
        .or(line.columns.now.qty_provided)
        .map_or(Decimal::ZERO, |q| q.0);
    let mut left_over = asked;
    let mut reasons = Vec::new();
    for candidate in candidates.iter_mut() {
        if !every && wrong_age(rows, candidate.cover.product) {
            candidate.fault = Some(NO_PRODUCT);
            reasons.push(NO_PRODUCT);
            continue;
        }
        let waits = waiting(rows, candidate);
        if waits {
            candidate.fault = Some(WAITING);
            reasons.push(WAITING);
            if !every {
                continue;
            }
        }
        let limit = if rows.adult {
            candidate.row.limit_no_adult
        } else {
            candidate.row.limit_no_child
        };
        let Some(limit) = limit
            .map(|n| n.0)
            .filter(|n| n.is_zero() || n.is_sign_positive())
        else {
            continue;
        };
        // Negative if more was used than the limit allows.
        let left = limit - used(rows, line, before, &candidate.cover);
        // Each limit cuts what the one before left; `standard` asks each for all.
        let wanted = if every { left_over } else { asked };
        let enough = wanted <= left && (every || left > Decimal::ZERO);
        if enough {
            continue;
        }
        if left > Decimal::ZERO {
            candidate.leaves = Some(left);
            left_over = left;
        } else {
            candidate.fault = Some(QUANTITY);
            reasons.push(QUANTITY);
        }
    }
    if every {
        if reasons.is_empty() && left_over != asked {
            cut(rows, line, left_over);
        }
        return reasons;
    }
    if candidates.iter().all(|candidate| candidate.fault.is_some()) {
        reasons.truncate(1);
        return reasons;
    }
    candidates.retain(|candidate| candidate.fault.is_none());
    Vec::new()
}

/// Is the person outside the product's own ages?
fn wrong_age(rows: &Rows<'_>, product: &ProductRow) -> bool {
    rows.age.map(i64::from).is_some_and(|age| {
        product.age_minimal.is_some_and(|least| age < least)
            || product.age_maximal.is_some_and(|most| age > most.max(0))
    })
}

fn waiting(rows: &Rows<'_>, candidate: &Candidate<'_>) -> bool {
    let policy = candidate.cover.policy;
    let renewed = policy.stage.as_deref() == Some("R");
    let joined_later = policy
        .effective_date
        .is_some_and(|from| from.day < candidate.cover.from);
    let months = waiting_months(rows, candidate.row);
    months > 0 && (!renewed || joined_later) && rows.target < candidate.order
}

/// Units that the person had before.
fn used(rows: &Rows<'_>, line: &Line<'_>, before: &[Line<'_>], cover: &Cover<'_>) -> Decimal {
    let past = rows.provisions(line.row).into_iter();
    let past = past.filter(|(date, _)| cover.from <= *date && *date <= cover.to);
    let earlier: Decimal = past.map(|(_, quantity)| quantity).sum();
    if rows.has(Switch::SameClaimNotAdded) {
        return earlier;
    }
    let same = before.iter().filter(|other| {
        other.row.item == line.row.item
            && other.row.service == line.row.service
            && other.fetched
            && other.rejection() == 0
    });
    earlier + same.map(|other| other.quantity(rows)).sum::<Decimal>()
}

/// Writes down a quantity that a limit has cut.
pub(super) fn cut(rows: &Rows<'_>, line: &mut Line<'_>, quantity: Decimal) {
    let now = &mut line.columns.now;
    let quantity = Some(Number(quantity));
    match now.qty_approved {
        // A reviewer's quantity replaces the cut, unless it is itself tested.
        Some(_) if rows.has(Switch::ReviewedQuantityLimited) => now.qty_approved = quantity,
        Some(_) => {}
        None if rows.has(Switch::PartialQuantityOverwrites) => now.qty_provided = quantity,
        None => now.qty_approved = quantity,
    }
}

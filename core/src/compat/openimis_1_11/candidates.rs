//! The rows that cover a line: waiting, quantity, and which one pays.

use rust_decimal::Decimal;

use super::Crash;
use super::python::{minus, share};
use super::rows::{Cover, Rows, amount, valid_by_day};
use super::state::{Halt, Line};
use super::switches::Switch;
use crate::calendar::{Calendar, Day};
use crate::compat::rows::{BenefitRow, LineRow, ProductRow};
use crate::compat::value::Number;

pub(super) const NO_PRODUCT: i16 = 3;
const QUANTITY: i16 = 16;
const WAITING: i16 = 17;
const CO_INSURANCE: &str = "C";
const FIXED: &str = "F";

/// A row of a covering policy's product that is for the line.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    cover: Cover<'a>,
    row: &'a BenefitRow,
    /// Candidates are tried in this order: start of cover and the waiting months.
    order: Day,
    fault: Option<i16>,
    /// A quantity limit that leaves less than asked: what it leaves.
    leaves: Option<Decimal>,
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
fn cut(rows: &Rows<'_>, line: &mut Line<'_>, quantity: Decimal) {
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

/// The row that pays, and the limitation that is written down.
struct Choice<'a> {
    candidate: Candidate<'a>,
    kind: &'static str,
    value: Option<Decimal>,
}

/// Assigns the line to one of its rows; `false` if none of them says how much it pays.
pub(super) fn assign<'a>(
    rows: &Rows<'a>,
    line: &mut Line<'a>,
    mut candidates: Vec<Candidate<'a>>,
    covers: &[Cover<'a>],
) -> Result<bool, Halt> {
    let last_of_product = |product: &ProductRow| {
        let mut own = candidates.iter().rev();
        own.find(|c| std::ptr::eq(c.cover.product, product))
            .map(|c| c.row)
    };
    let by_limits = rows.has(Switch::CandidateChoice);
    let excluding: Vec<_> = candidates
        .iter()
        .map(|c| last_of_product(c.cover.product))
        .collect();
    let excluding: Vec<_> = candidates
        .iter()
        .map(|c| c.cover.product)
        .zip(excluding)
        .collect();
    candidates.retain(|candidate| rows.limitation(candidate.row).0.is_some());
    let choice = if by_limits {
        choose_by_limits(rows, line, &candidates)?
    } else {
        choose_for_patient(rows, line, &candidates)?
    };
    let Some(Choice {
        candidate,
        kind,
        value,
    }) = choice
    else {
        return Ok(false);
    };
    let product = candidate.cover.product;
    let first = covers
        .iter()
        .find(|cover| std::ptr::eq(cover.product, product));
    let cover = first
        .filter(|_| by_limits)
        .copied()
        .unwrap_or(candidate.cover);
    let last = excluding
        .iter()
        .find(|(of, _)| std::ptr::eq(*of, product))
        .and_then(|(_, row)| *row);
    line.benefit = last.filter(|_| by_limits).or(Some(candidate.row));
    line.cover = Some(cover);
    if let Some(left) = candidate
        .leaves
        .filter(|_| !rows.has(Switch::EveryCandidateApplies))
    {
        cut(rows, line, left);
    }
    let now = &mut line.columns.now;
    now.product = Some(product.code.clone());
    now.policy = Some(cover.policy.reference.clone());
    now.price_origin = candidate.row.price_origin.clone();
    now.limitation = Some(kind.to_owned());
    now.limitation_value = value.map(Number);
    Ok(true)
}

/// The first of the highest values of one kind, as openIMIS compares them: NULL is 0.
fn highest<'a>(
    rows: &Rows<'a>,
    candidates: &[Candidate<'a>],
    kind: &str,
) -> Option<(Candidate<'a>, Option<Decimal>)> {
    let own = candidates.iter().filter_map(|candidate| {
        let (own, value) = rows.limitation(candidate.row);
        (own == Some(kind)).then_some((*candidate, value))
    });
    let key = |value: Option<Decimal>| value.unwrap_or(Decimal::ZERO);
    own.reduce(|best, other| {
        if key(other.1) > key(best.1) {
            other
        } else {
            best
        }
    })
}

fn choose_by_limits<'a>(
    rows: &Rows<'a>,
    line: &Line<'a>,
    candidates: &[Candidate<'a>],
) -> Result<Option<Choice<'a>>, Halt> {
    let now = &line.columns.now;
    let price = [now.price_approved, now.price_adjusted, now.price_asked];
    let price = price.into_iter().find_map(amount).unwrap_or(Decimal::ZERO);
    let (percent, fixed) = match (
        highest(rows, candidates, CO_INSURANCE),
        highest(rows, candidates, FIXED),
    ) {
        (Some(percent), Some(fixed)) => (percent, fixed),
        (Some(only), None) => return Ok(Some(written(only, CO_INSURANCE))),
        (None, Some(only)) => return Ok(Some(written(only, FIXED))),
        (None, None) => return Ok(None),
    };
    let breaks = |limit: Option<Decimal>| match limit {
        None if rows.has(Switch::NullLimit) => Err(Halt::Crash(Crash::TypeError)),
        limit => Ok(limit),
    };
    let limit = breaks(fixed.1)?.unwrap_or(Decimal::ZERO);
    let fixed_pays = limit.is_zero() || limit > price || {
        let percent = breaks(percent.1)?.unwrap_or(Decimal::ONE_HUNDRED);
        percent < Decimal::ONE_HUNDRED
            && share(Decimal::ONE_HUNDRED - percent, price)? > minus(price, limit)?
    };
    Ok(Some(mixed(rows, percent, fixed, fixed_pays)))
}

/// As `standard` chooses: unlimited is the highest fixed amount, a missing percentage is 100, and
/// each row is compared at the price that it would pay.
fn choose_for_patient<'a>(
    rows: &Rows<'a>,
    line: &Line<'a>,
    candidates: &[Candidate<'a>],
) -> Result<Option<Choice<'a>>, Halt> {
    let mut percent: Option<(Candidate<'a>, Option<Decimal>)> = None;
    let mut fixed: Option<(Candidate<'a>, Option<Decimal>)> = None;
    let pays = |value: Option<Decimal>| value.unwrap_or(Decimal::ONE_HUNDRED);
    for candidate in candidates {
        match rows.limitation(candidate.row) {
            (Some(CO_INSURANCE), value) => {
                if percent.is_none_or(|(_, best)| pays(value) > pays(best)) {
                    percent = Some((*candidate, value));
                }
            }
            (_, value) => {
                let value = value.filter(|value| !value.is_zero());
                let better = |best: Option<Decimal>| match (value, best) {
                    (_, None) => false,
                    (None, Some(_)) => true,
                    (Some(value), Some(best)) => value > best,
                };
                if fixed.is_none_or(|(_, best)| better(best)) {
                    fixed = Some((*candidate, value));
                }
            }
        }
    }
    let (percent, fixed) = match (percent, fixed) {
        (Some(percent), Some(fixed)) => (percent, fixed),
        (Some(only), None) => return Ok(Some(written(only, CO_INSURANCE))),
        (None, Some(only)) => return Ok(Some(written(only, FIXED))),
        (None, None) => return Ok(None),
    };
    if rows.has(Switch::NullLimit)
        && (percent.1.is_none() || rows.limitation(fixed.0.row).1.is_none())
    {
        return Err(Halt::Crash(Crash::TypeError));
    }
    let price = |of: &Candidate<'a>| super::pricing::expected(rows, line, of.row);
    let fixed_price = price(&fixed.0);
    let fixed_pays = match fixed.1 {
        None => true,
        Some(limit) if limit >= fixed_price => true,
        Some(limit) => {
            let rest = Decimal::ONE_HUNDRED - pays(percent.1);
            rest > Decimal::ZERO && share(rest, price(&percent.0))? > minus(fixed_price, limit)?
        }
    };
    Ok(Some(mixed(rows, percent, fixed, fixed_pays)))
}

fn written<'a>(
    (candidate, value): (Candidate<'a>, Option<Decimal>),
    kind: &'static str,
) -> Choice<'a> {
    Choice {
        candidate,
        kind,
        value,
    }
}

/// One of two kinds pays.
fn mixed<'a>(
    rows: &Rows<'a>,
    percent: (Candidate<'a>, Option<Decimal>),
    fixed: (Candidate<'a>, Option<Decimal>),
    fixed_pays: bool,
) -> Choice<'a> {
    match fixed_pays {
        false => written(percent, CO_INSURANCE),
        true if rows.has(Switch::CoInsuranceFlagKept) => Choice {
            candidate: fixed.0,
            ..written(percent, CO_INSURANCE)
        },
        true => written(fixed, FIXED),
    }
}

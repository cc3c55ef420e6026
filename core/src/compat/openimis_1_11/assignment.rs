//! Which of the rows that cover a line pays it.

use rust_decimal::Decimal;

use super::Crash;
use super::candidates::{Candidate, cut};
use super::pricing;
use super::python::{minus, share};
use super::rows::{Cover, Rows, amount};
use super::state::{Halt, Line};
use super::switches::Switch;
use crate::compat::rows::ProductRow;
use crate::compat::value::Number;

const CO_INSURANCE: &str = "C";
const FIXED: &str = "F";

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
    let price = |of: &Candidate<'a>| pricing::expected(rows, line, of.row);
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

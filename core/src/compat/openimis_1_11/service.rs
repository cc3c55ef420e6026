//! What the service does around the validation of a claim: submission, processing, and storing a
//! rejection.

use rust_decimal::Decimal;

use super::category;
use super::python::{plus, times};
use super::rows::Rows;
use super::state::{CHECKED, Halt, LINE_PASSED, Line, PROCESSED, REJECTED, State, VALUATED};
use super::switches::Switch;
use super::validate::{Call, validate};
use crate::compat::value::Number;
use crate::scheme::ElementKind;

const RELATIVE: &str = "R";
const KINDS: [ElementKind; 2] = [ElementKind::Item, ElementKind::Service];

/// Submits an entered claim; what is reported.
pub(super) fn submit<'a>(rows: &Rows<'a>, state: &mut State<'a>) -> Result<Vec<i16>, Halt> {
    let gross = rows.has(Switch::FlowPaysGross);
    let errors = validate(
        rows,
        state,
        Call {
            values: !gross,
            service: true,
        },
    )?;
    if !errors.is_empty() {
        reject(rows, state)?;
    } else if gross {
        let letter = category::of_claim(rows, state, category::Services::All);
        let approved = gross_amount(rows, state)?;
        let claim = &mut state.claim.now;
        claim.approved = Some(Number(approved));
        claim.status = CHECKED;
        claim.category = Some(letter.to_owned());
        state.save_claim(rows)?;
    }
    Ok(errors)
}

/// Processes a submitted claim; what is reported.
pub(super) fn process<'a>(
    rows: &Rows<'a>,
    state: &mut State<'a>,
    submitted: Vec<i16>,
) -> Result<Vec<i16>, Halt> {
    state.reload();
    match state.claim.now.status {
        CHECKED => {
            let approved = Some(Number(gross_amount(rows, state)?));
            let waits = state.lines.iter().any(|line| {
                let stored = &line.columns.stored;
                stored.status == LINE_PASSED && stored.price_origin.as_deref() == Some(RELATIVE)
            });
            let claim = &mut state.claim.now;
            claim.approved = approved;
            claim.status = if waits { PROCESSED } else { VALUATED };
            claim.valuated = approved.filter(|_| !waits);
            claim.process_stamp_set = Some(true);
            state.save_claim(rows)?;
            Ok(Vec::new())
        }
        REJECTED if rows.has(Switch::RejectedRevalidated) => {
            let errors = validate(
                rows,
                state,
                Call {
                    values: true,
                    service: true,
                },
            )?;
            settle(rows, state, &errors)?;
            Ok(errors)
        }
        _ => Ok(submitted),
    }
}

/// What the caller of a direct validation stores after it.
pub(super) fn settle(rows: &Rows<'_>, state: &mut State<'_>, errors: &[i16]) -> Result<(), Halt> {
    if errors.is_empty() {
        state.save_claim(rows)
    } else {
        reject(rows, state)
    }
}

fn reject(rows: &Rows<'_>, state: &mut State<'_>) -> Result<(), Halt> {
    state.dedrems.clear();
    state.claim.now.status = REJECTED;
    state.save_claim(rows)
}

/// Price by quantity of the lines as they are stored.
fn gross_amount(rows: &Rows<'_>, state: &State<'_>) -> Result<Decimal, Halt> {
    let mut sums = [Decimal::ZERO; 2];
    for (sum, kind) in sums.iter_mut().zip(KINDS) {
        let own = state.lines.iter().filter(|line| line.kind == kind);
        for line in own.filter(|line| line.columns.stored.status == LINE_PASSED) {
            let stored = &line.columns.stored;
            let quantity = stored.qty_approved.or(stored.qty_provided);
            let price = stored
                .price_approved
                .or(stored.price_adjusted)
                .or(stored.price_asked);
            *sum = plus(*sum, times(value(quantity), value(price))?)?;
        }
    }
    let total = total(rows, state, sums, true)?;
    // `or 0` of a zero is a zero without decimals.
    Ok(if total.is_zero() {
        Decimal::ZERO
    } else {
        total
    })
}

/// The claim's total from what items and services add up to; `by_service`: as the service adds.
pub(super) fn total(
    rows: &Rows<'_>,
    state: &State<'_>,
    sums: [Decimal; 2],
    by_service: bool,
) -> Result<Decimal, Halt> {
    let mut total = Decimal::ZERO;
    for ((mut sum, kind), other) in sums.into_iter().zip(KINDS).zip(KINDS.into_iter().rev()) {
        let lines = |kind: ElementKind| state.lines.iter().filter(move |line| line.kind == kind);
        if by_service && rows.has(Switch::ApprovedCountsRejected) {
            // Lines rejected in this run have an approved quantity of 0.
            let rejected = |line: &&Line<'_>| line.columns.stored.status != LINE_PASSED;
            for line in lines(kind).filter(|line| !line.fetched).filter(rejected) {
                let row = line.row;
                let quantity = row.qty_approved.or(row.qty_provided);
                let price = row
                    .price_approved
                    .or(row.price_adjusted)
                    .or(row.price_asked);
                sum = plus(sum, times(value(quantity), value(price))?)?;
            }
        }
        if by_service && rows.has(Switch::ApprovedCrossJoin) {
            let others = i64::try_from(lines(other).count().max(1)).unwrap_or(i64::MAX);
            sum = times(sum, Decimal::from(others))?;
        }
        total = plus(total, sum)?;
    }
    Ok(total)
}

fn value(number: Option<Number>) -> Decimal {
    number.map_or(Decimal::ZERO, |number| number.0)
}

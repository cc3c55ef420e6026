//! From the header of a claim to the money: what `validate_claim` does, or `standard` in its place.

use super::lines::{self, Checked};
use super::money;
use super::rows::{Cover, Rows};
use super::state::{Halt, LINE_PASSED, LINE_REJECTED, REJECTED, State};
use super::switches::Switch;
use super::{Crash, category};
use crate::calendar::Day;
use crate::compat::rows::ProductRow;

pub(super) const INVALID_LINE: i16 = 1;
const NO_PRODUCT: i16 = 3;
const PERSON: i16 = 7;
const DATE: i16 = 9;
const NO_COVERAGE: i16 = 21;

/// How the engine is called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    /// The money of the lines is stored.
    pub(super) values: bool,
    /// By the service, not directly.
    pub(super) service: bool,
}

/// Works the claim. What is reported, in order; empty if it was accepted.
pub(super) fn validate<'a>(
    rows: &Rows<'a>,
    state: &mut State<'a>,
    call: Call,
) -> Result<Vec<i16>, Halt> {
    let mut covers = rows.covering();
    if let Some(errors) = header(rows, state, covers.is_empty())? {
        return Ok(errors);
    }
    let category = category::of_claim(rows, state, category::Services::Listed);
    if let Some(reason) = counters(rows, state, &mut covers, category, call)? {
        if !rows.has(Switch::CountNotSaved) {
            state.reject(rows, reason, reason)?;
        }
        return Ok(vec![reason]);
    }
    let Checked {
        reasons,
        unassigned,
    } = lines::check(rows, state, &covers)?;
    let mut errors = vec![NO_PRODUCT; unassigned];
    if errors.is_empty() {
        for line in state.lines.iter_mut().filter(|line| line.fetched) {
            match line.rejection() {
                0 => line.columns.now.status = LINE_PASSED,
                reason => line.reject(reason),
            }
            line.save(rows)?;
        }
    }
    if state
        .lines
        .iter()
        .all(|line| line.columns.stored.status == LINE_REJECTED)
    {
        errors.push(INVALID_LINE);
        errors.extend(reasons);
        state.claim.now.status = REJECTED;
        state.claim.now.rejection_reason = Some(INVALID_LINE);
        state.save_claim(rows)?;
    }
    if errors.is_empty() {
        money::pay(rows, state, &covers, category, call)?;
    }
    Ok(errors)
}

/// What rejects the claim before its lines are looked at.
fn header<'a>(
    rows: &Rows<'a>,
    state: &mut State<'a>,
    uncovered: bool,
) -> Result<Option<Vec<i16>>, Halt> {
    let claim = rows.claim;
    let day = |moment: Option<crate::compat::Moment>| moment.map(|moment| moment.day);
    let (from, to, claimed) = (
        day(claim.date_from),
        day(claim.date_to),
        day(claim.date_claimed),
    );
    let before = |a: Option<Day>, b: Option<Day>| a.zip(b).is_some_and(|(a, b)| a < b);
    let dates = from.is_none() && to.is_none()
        || before(claimed, from)
        || (before(to, from) && !rows.has(Switch::ReversedDates));
    let person = rows
        .person()
        .is_some_and(|person| person.validity_to.is_none());
    let family = rows.family.is_some_and(|(_, family, person)| {
        person.in_family.unwrap_or(true) && family.validity_to.is_none()
    });

    if rows.has(Switch::HeaderReasons) {
        let mut errors = Vec::new();
        if dates {
            errors.push(DATE);
        } else {
            errors.extend(
                [person, family]
                    .into_iter()
                    .filter(|ok| !ok)
                    .map(|_| PERSON),
            );
            errors.extend(uncovered.then_some(NO_COVERAGE));
        }
        if errors.is_empty() {
            return Ok(None);
        }
        // The lines are updated where they are stored, and nothing else of them.
        for line in &mut state.lines {
            line.columns.stored.rejection_reason = Some(if dates { DATE } else { PERSON });
        }
        state.claim.now.status = REJECTED;
        state.claim.now.rejection_reason = Some(NO_COVERAGE);
        state.save_claim(rows)?;
        return Ok(Some(errors));
    }
    let fault = if !(person && family) {
        Some((PERSON, PERSON))
    } else if dates {
        Some((DATE, DATE))
    } else if state.lines.is_empty() {
        Some((INVALID_LINE, INVALID_LINE))
    } else if uncovered {
        Some((NO_COVERAGE, NO_PRODUCT))
    } else {
        None
    };
    let Some((of_claim, of_lines)) = fault else {
        return Ok(None);
    };
    state.reject(rows, of_claim, of_lines)?;
    Ok(Some(vec![of_claim]))
}

/// Takes out the policies whose counter for the category is full; a reason if that ends the claim.
fn counters<'a>(
    rows: &Rows<'a>,
    state: &mut State<'a>,
    covers: &mut Vec<Cover<'a>>,
    category: &str,
    call: Call,
) -> Result<Option<i16>, Halt> {
    let full: Vec<Option<i16>> = covers
        .iter()
        .map(|cover| counter_full(rows, cover, category))
        .collect();
    let Some(first) = full.iter().flatten().next().copied() else {
        return Ok(None);
    };
    if call.service && rows.has(Switch::QuerysetRemove) {
        return Err(Halt::Crash(Crash::AttributeError));
    }
    if !rows.has(Switch::CountEscapes) {
        let rows_of_policies = covers.len();
        let distinct: std::collections::BTreeSet<_> = covers.iter().map(|c| c.position).collect();
        let mut full = full.iter();
        covers.retain(|_| full.next().is_some_and(Option::is_none));
        // The fault is reported for a single policy only, and a second row of it is a second one.
        let twice = rows_of_policies > distinct.len();
        if !covers.is_empty() || twice {
            return Ok(None);
        }
        state.claim.now.rejection_reason = Some(first);
        return Ok(Some(first));
    }
    // The list is walked by position while policies leave it.
    let mut at = 0;
    while let Some(cover) = covers.get(at).copied() {
        if let Some(reason) = counter_full(rows, &cover, category) {
            state.claim.now.rejection_reason = Some(reason);
            if covers.len() == 1 {
                return Ok(Some(reason));
            }
            let twin = covers
                .iter()
                .position(|other| other.is(&cover))
                .unwrap_or(at);
            covers.remove(twin);
        }
        at += 1;
    }
    Ok(None)
}

/// The reason, if the policy has had as many claims of the category as its product allows.
fn counter_full(rows: &Rows<'_>, cover: &Cover<'_>, category: &str) -> Option<i16> {
    let (maximum, reason) = counter(cover.product, category)?;
    let maximum = maximum.filter(|maximum| *maximum >= 0)?;
    let earlier = rows.history.claims.iter().filter(|past| {
        let date = past.date_to.or(past.date_from).map(|moment| moment.day);
        past.insuree == rows.claim.insuree
            && past.validity_to.is_none()
            && past.status > 2
            && past.reference != rows.claim.code
            && date.is_some_and(|date| cover.from <= date && date <= cover.to)
            && category::of_past(rows, past.category.as_deref()) == Some(category)
    });
    let count = i64::try_from(earlier.count()).unwrap_or(i64::MAX);
    (count >= maximum).then_some(reason)
}

fn counter(product: &ProductRow, category: &str) -> Option<(Option<i64>, i16)> {
    match category {
        "H" => Some((product.max_no_hospitalization, 11)),
        "V" => Some((product.max_no_visits, 12)),
        "C" => Some((product.max_no_consultation, 13)),
        "S" => Some((product.max_no_surgery, 14)),
        "D" => Some((product.max_no_delivery, 15)),
        "A" => Some((product.max_no_antenatal, 19)),
        _ => None,
    }
}

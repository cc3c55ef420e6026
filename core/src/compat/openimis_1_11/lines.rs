//! The checks of single lines.

use rust_decimal::Decimal;

use super::Crash;
use super::assignment;
use super::candidates;
use super::rows::{Cover, Element, Rows, valid_by_day};
use super::state::{Halt, LINE_PASSED, LINE_REJECTED, Line, State};
use super::switches::Switch;
use super::validate::INVALID_LINE;
use crate::calendar::Day;
use crate::compat::rows::{LineRow, SubLineRow};
use crate::compat::value::{Moment, Number};

const NOT_LISTED: i16 = 2;
const PATIENT: i16 = 4;
const FREQUENCY: i16 = 5;
const DATE: i16 = 9;
const CARE_TYPE: i16 = 10;

/// What checking the lines found.
pub(super) struct Checked {
    /// Reasons in order, of all lines.
    pub(super) reasons: Vec<i16>,
    /// Lines without product though their rows were found.
    pub(super) unassigned: usize,
}

/// Checks the lines in order and assigns those that pass to product and policy. A line that fails
/// has a reason in memory.
pub(super) fn check<'a>(
    rows: &Rows<'a>,
    state: &mut State<'a>,
    covers: &[Cover<'a>],
) -> Result<Checked, Halt> {
    let mut found = Checked {
        reasons: Vec::new(),
        unassigned: 0,
    };
    let mut assigned = Vec::new();
    for position in 0..state.lines.len() {
        let (before, rest) = state.lines.split_at_mut(position);
        let Some(line) = rest.first_mut() else { break };
        fetch(rows, line);
        if !line.fetched {
            line.save(rows)?;
            continue;
        }
        line.columns.now.rejection_reason = Some(0);
        line.columns.now.status = LINE_PASSED;
        let (reasons, candidates) = faults(rows, line, before, covers)?;
        if let Some(last) = reasons.last().copied() {
            line.columns.now.rejection_reason = Some(last);
            line.columns.now.status = LINE_REJECTED;
            found.reasons.extend(reasons);
            continue;
        }
        if assignment::assign(rows, line, candidates, covers)? {
            assigned.push(position);
        } else {
            found.unassigned += 1;
            line.columns.now.rejection_reason = Some(candidates::NO_PRODUCT);
            assigned.push(position);
        }
    }
    for position in assigned {
        if let Some(line) = state.lines.get_mut(position) {
            line.save(rows)?;
        }
    }
    Ok(found)
}

/// Is the line looked at, or was it rejected before?
fn fetch(rows: &Rows<'_>, line: &mut Line<'_>) {
    let stored = &line.columns.stored;
    let reason = stored.rejection_reason.unwrap_or(0);
    let rejected = stored.status == LINE_REJECTED;
    line.fetched = false;
    if reason != 0 {
        if !rows.has(Switch::ReasonUntouched) {
            line.reject(reason);
        }
    } else if rejected && !rows.has(Switch::RejectedResurrected) {
        line.reject(INVALID_LINE);
    } else {
        line.fetched = true;
    }
}

type Found<'a> = (Vec<i16>, Vec<candidates::Candidate<'a>>);

/// The reasons against a line, and the rows that may pay it.
fn faults<'a>(
    rows: &Rows<'a>,
    line: &mut Line<'a>,
    before: &[Line<'a>],
    covers: &[Cover<'a>],
) -> Result<Found<'a>, Halt> {
    let fault = |reason: i16| Ok((vec![reason], Vec::new()));
    let Some(element) = rows.element(line.row) else {
        return fault(INVALID_LINE);
    };
    if let Some(reason) = invalid(rows, &element) {
        return fault(reason);
    }
    if rows.listed(line.row).is_none() {
        return fault(NOT_LISTED);
    }
    if wrong_care(rows, &element) {
        return fault(CARE_TYPE);
    }
    if wrong_patient(rows, &element)? {
        return fault(PATIENT);
    }
    let mut candidates = candidates::of_line(rows, line.row, covers);
    let frequent = too_frequent(rows, line.row, &element, covers, !candidates.is_empty());
    if frequent && rows.has(Switch::FrequencyFirst) {
        return fault(FREQUENCY);
    }
    let reasons = candidates::test(rows, line, before, &mut candidates);
    if !reasons.is_empty() {
        return Ok((reasons, candidates));
    }
    if frequent {
        return fault(FREQUENCY);
    }
    if !rows.has(Switch::PackageMismatch) && other_content(rows, line.row, &element) {
        return fault(INVALID_LINE);
    }
    Ok((Vec::new(), candidates))
}

fn invalid(rows: &Rows<'_>, element: &Element<'_>) -> Option<i16> {
    let midnight = Moment {
        day: rows.target,
        seconds: 0,
    };
    let closed = match element.to {
        Some(_) if rows.has(Switch::ElementClosed) => true,
        to => !valid_by_day(None, to, rows.target),
    };
    if closed {
        return Some(INVALID_LINE);
    }
    if rows.has(Switch::ElementNotYet) {
        return element.from.filter(|from| *from > midnight).map(|_| DATE);
    }
    (!valid_by_day(element.from, None, rows.target)).then_some(INVALID_LINE)
}

fn wrong_care(rows: &Rows<'_>, element: &Element<'_>) -> bool {
    match rows
        .facility
        .and_then(|facility| facility.care_type.as_deref())
    {
        Some("O") => rows.stay || element.care_type == Some("I"),
        Some("I") => element.care_type == Some("O"),
        _ => false,
    }
}

/// 1 man, 2 woman, 4 adult, 8 child; 0 = everybody.
fn wrong_patient(rows: &Rows<'_>, element: &Element<'_>) -> Result<bool, Halt> {
    let mask = element.patients & 15;
    if mask == 0 {
        return Ok(false);
    }
    let person = rows.person();
    let gender = person
        .and_then(|person| person.gender.as_deref())
        .unwrap_or("");
    let as_male = rows.has(Switch::GenderOther);
    if as_male && (gender.is_empty() || person.is_none_or(|person| person.dob.is_none())) {
        return Err(Halt::Crash(Crash::NotImplementedError));
    }
    let sex = match gender {
        "M" => mask & 1 != 0,
        "F" => mask & 2 != 0,
        "O" if as_male => mask & 1 != 0,
        _ if as_male => mask & 2 != 0,
        _ => mask & 3 != 0,
    };
    let age = mask & if rows.adult { 4 } else { 8 } != 0;
    Ok(!(sex && age))
}

fn too_frequent(
    rows: &Rows<'_>,
    line: &LineRow,
    element: &Element<'_>,
    covers: &[Cover<'_>],
    found: bool,
) -> bool {
    let Ok(days) = i32::try_from(element.frequency) else {
        return false;
    };
    let within = rows.has(Switch::FrequencyWithinPolicies);
    if days <= 0 || within && !found {
        return false;
    }
    let dates = |pick: fn(&Cover<'_>) -> Option<Moment>| {
        covers
            .iter()
            .filter_map(pick)
            .map(|moment| moment.day)
            .collect::<Vec<Day>>()
    };
    let first = dates(|cover| cover.policy.effective_date).into_iter().min();
    let last = dates(|cover| cover.policy.expiry_date).into_iter().max();
    rows.provisions(line).into_iter().any(|(date, _)| {
        let gap = date.days_until(rows.target);
        let inside =
            first.is_none_or(|first| first <= date) && last.is_none_or(|last| date <= last);
        let close = gap.abs() < days
            || gap.abs() == days && rows.has(Switch::FrequencyExact)
            || gap < 0 && rows.has(Switch::FrequencyLater);
        close && (inside || !within)
    })
}

/// Was a package given with other content than the register's?
fn other_content(rows: &Rows<'_>, line: &LineRow, element: &Element<'_>) -> bool {
    if !rows.config.verify_quantities || element.package != Some("P") {
        return false;
    }
    let number = |number: Option<Number>| number.map_or(Decimal::ZERO, |number| number.0);
    element.parts.into_iter().flatten().any(|part| {
        let same = |given: &&SubLineRow| given.item == part.item && given.service == part.service;
        let given = line.items.iter().chain(&line.services).filter(same);
        let given: Decimal = given
            .map(|given| number(given.qty_displayed.or(given.qty_provided)))
            .sum();
        given != number(part.qty_provided)
    })
}

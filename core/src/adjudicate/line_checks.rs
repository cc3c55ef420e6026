//! Checks of a line by itself (SEMANTICS 3): the first that fails gives the reason.
//!
//! With a full trace, later independent findings are listed too.

use super::prepared::PreparedLine;
use super::{Context, Halt, Trace};
use crate::claim::{Override, Verdict};
use crate::compile::{ElementId, ElementVersion};
use crate::conventions::{CareTypeRule, OtherSex, Packages};
use crate::decision::{Fact, ReviewerOf};
use crate::money::{Money, Units};
use crate::scheme::{AgeGroup, CareType, Sex};

/// What the register and the price list say about a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) element: ElementId,
    pub(super) version: &'a ElementVersion,
    /// Price-list override.
    pub(super) list_price: Option<Money>,
}

impl Known<'_> {
    /// The scheme's price of one unit.
    pub(super) fn price(&self) -> Money {
        self.list_price.unwrap_or(self.version.price)
    }
}

/// Checks 0 to 4: verdicts, register, price list, kind of care, patient.
pub(super) fn check<'a, T: Trace>(
    cx: Context<'a>,
    line: &PreparedLine,
    notes: &mut Vec<(u32, Fact)>,
    trace: &mut T,
) -> Result<Known<'a>, Halt> {
    if let Some(reason) = line.rejected_before {
        return Err(Fact::RejectedBefore { reason }.into());
    }
    if line.verdict == Some(Verdict::Rejected) {
        return Err(Fact::ReviewRejected {
            reviewer: ReviewerOf(line.position),
        }
        .into());
    }
    let known = known(cx, line)?;
    let mut first = None;
    for (check, fault) in [
        (Override::CareType, care_type(cx, known.version)),
        (Override::Patient, patient(cx, known.version)),
    ] {
        let Some(fault) = fault else { continue };
        if line.overrides(check) {
            notes.push((line.position, overridden(line, check)));
        } else {
            trace.line(line.position, || fault);
            first = first.or(Some(fault));
        }
    }
    first.map_or(Ok(known), |fault| Err(fault.into()))
}

/// Checks 7 and the content of packages, once the line is known to be covered.
pub(super) fn after_candidates<T: Trace>(
    cx: Context<'_>,
    line: &PreparedLine,
    known: &Known<'_>,
    notes: &mut Vec<(u32, Fact)>,
    trace: &mut T,
) -> Result<(), Halt> {
    if let Some(fault) = frequency(cx, known) {
        if !line.overrides(Override::Frequency) {
            trace.line(line.position, || fault);
            return Err(fault.into());
        }
        notes.push((line.position, overridden(line, Override::Frequency)));
    }
    if let Some(fault) = package(cx, line, known) {
        trace.line(line.position, || fault);
        return Err(fault.into());
    }
    Ok(())
}

/// Register (1) and price list (2).
fn known<'a>(cx: Context<'a>, line: &PreparedLine) -> Result<Known<'a>, Fact> {
    let element = line.element.ok_or(Fact::RegisterUnknown)?;
    let version = cx
        .rules
        .version(element, cx.target)
        .ok_or(Fact::RegisterUnknown)?;
    let facility = cx
        .claim
        .facility
        .and_then(|id| cx.rules.facilities.get(id.index()));
    let Some(lists) = facility.and_then(|facility| facility.price_lists.as_ref()) else {
        return Ok(Known {
            element,
            version,
            list_price: None,
        });
    };
    let row = lists
        .iter()
        .filter_map(|list| cx.rules.price_lists.get(*list as usize))
        .flat_map(|list| list.of(element))
        .find(|row| row.valid.contains(cx.target))
        .ok_or(Fact::PriceListAbsent)?;
    Ok(Known {
        element,
        version,
        list_price: row.price,
    })
}

fn care_name(care: CareType) -> &'static str {
    match care {
        CareType::Inpatient => "inpatient",
        CareType::Outpatient => "outpatient",
        CareType::Both => "both",
    }
}

/// Kind of care (10).
fn care_type(cx: Context<'_>, version: &ElementVersion) -> Option<Fact> {
    let facility = cx
        .claim
        .facility
        .and_then(|id| cx.rules.facilities.get(id.index()))?
        .care_type;
    let names = || Fact::CareTypeFacility {
        facility: care_name(facility),
        element: care_name(version.care_type),
    };
    let strict = cx.rules.conventions.care_type == CareTypeRule::FacilityAndStay;
    match (facility, version.care_type) {
        (CareType::Outpatient, CareType::Inpatient)
        | (CareType::Inpatient, CareType::Outpatient) => Some(names()),
        (CareType::Outpatient, _) if cx.claim.stay && !strict => Some(Fact::CareTypeStay {
            facility: care_name(facility),
        }),
        (_, element @ CareType::Inpatient) if strict && !cx.claim.stay => {
            Some(Fact::CareTypeMismatch {
                element: care_name(element),
            })
        }
        (_, element @ CareType::Outpatient) if strict && cx.claim.stay => {
            Some(Fact::CareTypeMismatch {
                element: care_name(element),
            })
        }
        _ => None,
    }
}

/// Sex and age group (4).
fn patient(cx: Context<'_>, version: &ElementVersion) -> Option<Fact> {
    let (sex, allowed) = match (cx.claim.sex, cx.rules.conventions.other_sex) {
        (Some(Sex::Male), _) => ("male", version.male),
        (Some(Sex::Female), _) => ("female", version.female),
        (_, OtherSex::Either) => ("other", version.male || version.female),
        (_, OtherSex::Male) => ("other", version.male),
    };
    if !allowed {
        return Some(Fact::PatientSex { sex });
    }
    let (group, allowed) = match cx.claim.group.0 {
        AgeGroup::Adult => ("adult", version.adult),
        AgeGroup::Child => ("child", version.child),
    };
    (!allowed).then_some(Fact::PatientAge { group })
}

/// Too soon before or after the same care (5); exactly the frequency apart is fine.
fn frequency(cx: Context<'_>, known: &Known<'_>) -> Option<Fact> {
    let days = known.version.frequency_days;
    if days == 0 {
        return None;
    }
    let same = cx
        .claim
        .provisions
        .iter()
        .filter(|past| past.element == known.element);
    let nearest = same
        .map(|past| (past.date.days_until(cx.target).saturating_abs(), past.date))
        .min();
    nearest
        .filter(|(gap, _)| i64::from(*gap) < i64::from(days))
        .map(|(gap, other)| Fact::Frequency { days, gap, other })
}

/// A provided package must have been given in the quantities listed.
fn package(cx: Context<'_>, line: &PreparedLine, known: &Known<'_>) -> Option<Fact> {
    if cx.rules.conventions.packages == Packages::AsServices {
        return None;
    }
    let package = cx.rules.packages.get(known.version.package? as usize)?;
    if package.kind.is_fixed() {
        return None;
    }
    let given = cx.claim.components_of(line);
    package.components.iter().find_map(|(component, expected)| {
        let given = given
            .iter()
            .filter(|(element, _)| *element == Some(*component))
            .fold(Units::ZERO, |sum, (_, quantity)| sum.plus(*quantity));
        (given != *expected).then_some(Fact::PackageMismatch {
            component: *component,
            expected: *expected,
            given,
        })
    })
}

/// The note that a reviewer's verdict replaced a check.
pub(super) fn overridden(line: &PreparedLine, check: Override) -> Fact {
    let check = match check {
        Override::CareType => "care_type",
        Override::Patient => "patient",
        Override::Waiting => "waiting",
        Override::Quantity => "quantity",
        Override::Frequency => "frequency",
    };
    Fact::OverrideApplied {
        check,
        reviewer: ReviewerOf(line.position),
    }
}

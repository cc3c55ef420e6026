//! Checks of a line by itself (SEMANTICS 3): the first that fails gives the reason.
//!
//! With a full trace, later independent findings are listed too.

use super::prepared::PreparedLine;
use super::{Context, Halt, Known, Trace};
use crate::claim::{Override, Verdict};
use crate::compile::{CompiledFacility, ElementVersion};
use crate::conventions::{CareTypeRule, OtherSex, Packages};
use crate::decision::{Fact, ReviewerOf};
use crate::money::Units;
use crate::scheme::{AgeGroup, CareType, Sex};

/// A line that is in register and price list, with what they say about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked<'a> {
    pub(super) line: &'a PreparedLine,
    pub(super) known: &'a Known,
    pub(super) version: &'a ElementVersion,
}

/// Checks 0 to 4: verdicts, register, price list, kind of care, patient.
pub(super) fn check<'a, T: Trace>(
    cx: &Context<'a>,
    line: &'a PreparedLine,
    notes: &mut Vec<(u32, Fact)>,
    trace: &mut T,
) -> Result<Checked<'a>, Halt> {
    if let Some(reason) = line.rejected_before {
        return Err(Fact::RejectedBefore { reason }.into());
    }
    if line.verdict == Some(Verdict::Rejected) {
        return Err(Fact::ReviewRejected {
            reviewer: ReviewerOf(line.position),
        }
        .into());
    }
    let known = line.known.as_ref().ok_or(Fact::RegisterUnknown)?;
    let version = cx
        .rules
        .register
        .at(known.version)
        .ok_or(Fact::RegisterUnknown)?;
    if !known.listed {
        return Err(Fact::PriceListAbsent.into());
    }
    if !(version.unrestricted && cx.any_care) {
        restrictions(cx, line, version, notes, trace).map_or(Ok(()), Err)?;
    }
    Ok(Checked {
        line,
        known,
        version,
    })
}

/// Kind of care and patient: the first fault that no reviewer replaced.
#[inline(never)]
fn restrictions<T: Trace>(
    cx: &Context<'_>,
    line: &PreparedLine,
    version: &ElementVersion,
    notes: &mut Vec<(u32, Fact)>,
    trace: &mut T,
) -> Option<Fact> {
    let care_type = cx
        .facility
        .and_then(|facility| care_type(cx, facility, version));
    let mut first = None;
    for (check, fault) in [
        (Override::CareType, care_type),
        (Override::Patient, patient(cx, version)),
    ] {
        let Some(fault) = fault else { continue };
        if line.overrides(check) {
            notes.push((line.position, overridden(line, check)));
        } else {
            trace.line(line.position, || fault);
            first = first.or(Some(fault));
        }
    }
    first
}

/// Check 7 and the content of packages, once the line is known to be covered.
#[inline]
pub(super) fn after_candidates<T: Trace>(
    cx: &Context<'_>,
    checked: Checked<'_>,
    notes: &mut Vec<(u32, Fact)>,
    trace: &mut T,
) -> Result<(), Halt> {
    let Checked {
        line,
        known,
        version,
    } = checked;
    if version.unrestricted {
        return Ok(());
    }
    if let Some(fault) = frequency(cx, known, version) {
        if !line.overrides(Override::Frequency) {
            trace.line(line.position, || fault);
            return Err(fault.into());
        }
        notes.push((line.position, overridden(line, Override::Frequency)));
    }
    if let Some(fault) = package(cx, line, version) {
        trace.line(line.position, || fault);
        return Err(fault.into());
    }
    Ok(())
}

fn care_name(care: CareType) -> &'static str {
    match care {
        CareType::Inpatient => "inpatient",
        CareType::Outpatient => "outpatient",
        CareType::Both => "both",
    }
}

/// Kind of care (10).
fn care_type(
    cx: &Context<'_>,
    facility: &CompiledFacility,
    version: &ElementVersion,
) -> Option<Fact> {
    let strict = cx.rules.conventions.care_type == CareTypeRule::FacilityAndStay;
    let facility = facility.care_type;
    match (facility, version.care_type) {
        (CareType::Outpatient, CareType::Inpatient)
        | (CareType::Inpatient, CareType::Outpatient) => Some(Fact::CareTypeFacility {
            facility: care_name(facility),
            element: care_name(version.care_type),
        }),
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
fn patient(cx: &Context<'_>, version: &ElementVersion) -> Option<Fact> {
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
fn frequency(cx: &Context<'_>, known: &Known, version: &ElementVersion) -> Option<Fact> {
    let days = version.frequency_days;
    if days == 0 {
        return None;
    }
    let same = cx
        .claim
        .provisions
        .iter()
        .filter(|past| past.element == known.element);
    let apart = same.map(|past| (past.date.days_until(cx.target).saturating_abs(), past.date));
    let (gap, other) = apart.min()?;
    (i64::from(gap) < i64::from(days)).then_some(Fact::Frequency { days, gap, other })
}

/// A provided package must have been given in the quantities listed.
fn package(cx: &Context<'_>, line: &PreparedLine, version: &ElementVersion) -> Option<Fact> {
    let package = cx.rules.packages.get(version.package? as usize)?;
    if package.kind.is_fixed() || cx.rules.conventions.packages == Packages::AsServices {
        return None;
    }
    let given = cx.claim.components_of(line);
    package
        .components
        .iter()
        .find_map(|&(component, expected)| {
            let given = given
                .iter()
                .filter(|(element, _)| *element == Some(component))
                .fold(Units::ZERO, |sum, (_, quantity)| sum.plus(*quantity));
            (given != expected).then_some(Fact::PackageMismatch {
                component,
                expected,
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

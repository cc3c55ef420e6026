//! The same care by referral, or at another facility.

use super::document::{Instead, Other};
use super::visit::{Element, Found, Visit};
use crate::compile::CompiledFacility;
use crate::error::Error;
use crate::scheme::{FacilityLevel, VisitType};

/// Facilities of a level that are tried at most: those that differ in nothing that matters are
/// tried once, so most schemes have fewer.
const FACILITIES: usize = 8;

/// For each element, the other visits that have another answer.
pub(super) fn differences(
    visit: &mut Visit,
    elements: &[Element],
    asked: &[Found],
) -> Result<Vec<Vec<Instead>>, Error> {
    let mut all: Vec<Vec<Instead>> = elements.iter().map(|_| Vec::new()).collect();
    let exponent = visit.compiled().exponent;
    let as_asked = visit.request.claim.clone();
    let referred = as_asked.referred.unwrap_or(false);
    if as_asked.visit_type != VisitType::Referral || !(referred || as_asked.referred.is_none()) {
        let claim = &mut visit.change().claim;
        claim.visit_type = VisitType::Referral;
        claim.referred = Some(true);
        for ((element, asked), all) in elements.iter().zip(asked).zip(&mut all) {
            let got = visit.found(element)?;
            all.extend(tells(&got, asked).then(|| instead(Other::Referral, got, exponent)));
        }
        let claim = &mut visit.change().claim;
        claim.visit_type = as_asked.visit_type;
        claim.referred = as_asked.referred;
    }
    for level in LEVELS {
        let tried = facilities(visit, level);
        let mut best: Vec<Option<(usize, Found)>> = elements.iter().map(|_| None).collect();
        for &facility in &tried {
            let code = visit.rules.scheme().facilities.get(facility);
            let Some(code) = code.map(|facility| facility.code.clone()) else {
                continue;
            };
            visit.change().claim.facility = code;
            for (element, best) in elements.iter().zip(&mut best) {
                let got = visit.found(element)?;
                if best.is_none_or(|(_, best)| better(&got, &best)) {
                    *best = Some((facility, got));
                }
            }
        }
        let here = own_level(visit, &as_asked.facility) == Some(level);
        for ((best, asked), all) in best.into_iter().zip(asked).zip(&mut all) {
            let worth = |got: &Found| tells(got, asked) && (!here || better(got, asked));
            let Some((facility, got)) = best.filter(|(_, got)| worth(got)) else {
                continue;
            };
            let code = visit.rules.scheme().facilities.get(facility);
            let code = code.map(|facility| facility.code.clone());
            let other = Other::Facility {
                level,
                code: code.unwrap_or_default(),
            };
            all.push(instead(other, got, exponent));
        }
    }
    visit.change().claim = as_asked;
    Ok(all)
}

const LEVELS: [FacilityLevel; 3] = [
    FacilityLevel::Dispensary,
    FacilityLevel::HealthCentre,
    FacilityLevel::Hospital,
];

fn instead(with: Other, got: Found, exponent: u8) -> Instead {
    Instead {
        with,
        covered: got.covered,
        pays: got.pays.write(exponent),
        patient_pays: got.patient.write(exponent),
    }
}

/// Does it make a difference? What is covered in neither visit has no other answer.
fn tells(got: &Found, asked: &Found) -> bool {
    (got.covered || asked.covered) && got != asked
}

/// Covered rather than not, then paid more by the scheme, then less by the patient.
fn better(got: &Found, than: &Found) -> bool {
    (got.covered, got.pays, than.patient) > (than.covered, than.pays, got.patient)
}

fn own_level(visit: &Visit, code: &str) -> Option<FacilityLevel> {
    let compiled = visit.compiled();
    let id = compiled.facility_ids.get(code)?;
    Some(compiled.facilities.get(id.index())?.level)
}

/// Facilities of a level, by position, one of each kind: what rules see of a facility is its level,
/// its kind of care, its price lists, and which conditions it meets.
fn facilities(visit: &Visit, level: FacilityLevel) -> Vec<usize> {
    let compiled = visit.compiled();
    let meets = |facility: usize| {
        let conditions = compiled.conditions.iter();
        conditions.map(move |condition| {
            let fits = condition.facilities.as_ref();
            fits.is_none_or(|fits| fits.get(facility).copied().unwrap_or(false))
        })
    };
    let mut found: Vec<usize> = Vec::new();
    for (position, facility) in compiled.facilities.iter().enumerate() {
        if facility.level != level {
            continue;
        }
        let like = |other: &CompiledFacility| {
            facility.care_type == other.care_type && facility.price_lists == other.price_lists
        };
        let known = found.iter().any(|&known| {
            compiled.facilities.get(known).is_some_and(like) && meets(known).eq(meets(position))
        });
        if !known {
            found.push(position);
        }
        if found.len() == FACILITIES {
            break;
        }
    }
    found
}

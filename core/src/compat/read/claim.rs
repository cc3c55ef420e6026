//! The claim, the patient and the policies.

use super::super::rows::{ClaimRow, FamilyRow, InsureeRow, LineRow, PolicyRow, SubLineRow};
use super::super::snapshot::Input;
use super::super::value::Moment;
use super::{Notes, history};
use crate::calendar::Day;
use crate::claim::{
    self, Claim, Line, LineComponent, LineReview, Membership, Mode, Patient, Policy, PolicyStage,
    PolicyStatus, Request,
};
use crate::code::Code;
use crate::error::Error;
use crate::scheme::{Attributes, ElementKind, Sex, VisitType};

/// The status of a line that was rejected.
pub(super) const LINE_REJECTED: i64 = 2;

pub(in crate::compat) fn request(
    input: &Input,
    claim: &ClaimRow,
    notes: &mut Notes,
) -> Result<Request, Error> {
    let family = family_of(input, &claim.insuree);
    let patient = patient(
        claim,
        family.map(|(_, family, person)| (family, person)),
        notes,
    );
    let position = family.map_or(0, |(position, ..)| position);
    let coverage = input
        .policies
        .iter()
        .enumerate()
        .filter(|(_, policy)| policy.family == position && policy.validity_to.is_none())
        .map(|(at, row)| policy(row, &format!("input.policies[{at}]"), notes))
        .collect();
    Ok(Request {
        schema: claim::SCHEMA.to_owned(),
        mode: Mode::Claim,
        claim: claim_document(input, claim, notes)?,
        patient,
        coverage,
        history: history::history(input, claim, notes),
        as_of: None,
    })
}

/// The family that the person belongs to, with its position.
fn family_of<'i>(
    input: &'i Input,
    insuree: &Code,
) -> Option<(usize, &'i FamilyRow, &'i InsureeRow)> {
    std::iter::once(&input.family)
        .chain(&input.other_families)
        .enumerate()
        .find_map(|(position, family)| {
            let of_person = |member: &&InsureeRow| member.chf_id == *insuree;
            let current = family
                .members
                .iter()
                .filter(of_person)
                .find(|m| m.validity_to.is_none());
            let person = current.or_else(|| family.members.iter().find(of_person))?;
            Some((position, family, person))
        })
}

fn patient(
    claim: &ClaimRow,
    found: Option<(&FamilyRow, &InsureeRow)>,
    notes: &mut Notes,
) -> Patient {
    let Some((family, person)) = found else {
        notes.add(
            "reference.unknown",
            "input.claim.insuree".into(),
            format!("no family has a member `{}`; not registered", claim.insuree),
        );
        return Patient {
            id: claim.insuree.clone(),
            birth_date: None,
            sex: None,
            registered: false,
            attributes: Attributes::default(),
        };
    };
    let sex = match person.gender.as_deref() {
        Some("M") => Some(Sex::Male),
        Some("F") => Some(Sex::Female),
        Some("O") => Some(Sex::Other),
        None | Some("") => None,
        Some(other) => {
            let message = format!("`{other}` is no gender; read as other");
            notes.add(
                "column.unknown_value",
                "input.family.members.gender".into(),
                message,
            );
            Some(Sex::Other)
        }
    };
    Patient {
        id: person.chf_id.clone(),
        birth_date: person.dob.map(|dob| dob.day),
        sex,
        registered: person.in_family.unwrap_or(true)
            && person.validity_to.is_none()
            && family.validity_to.is_none(),
        attributes: Attributes::default(),
    }
}

fn policy(row: &PolicyRow, path: &str, notes: &mut Notes) -> Policy {
    let status = match row.status {
        Some(1) => PolicyStatus::Idle,
        Some(2) => PolicyStatus::Active,
        Some(4) => PolicyStatus::Suspended,
        Some(8) => PolicyStatus::Expired,
        Some(16) => PolicyStatus::Ready,
        other => {
            let shown = other.map_or("NULL".to_owned(), |status| status.to_string());
            let message = format!("`{shown}` is no status of a policy; read as idle");
            notes.add("column.unknown_value", format!("{path}.status"), message);
            PolicyStatus::Idle
        }
    };
    let stage = match row.stage.as_deref() {
        None | Some("N" | "") => PolicyStage::New,
        Some("R") => PolicyStage::Renewed,
        Some(other) => {
            let message = format!("`{other}` is no stage of a policy; read as new");
            notes.add("column.unknown_value", format!("{path}.stage"), message);
            PolicyStage::New
        }
    };
    let memberships = row
        .insuree_policies
        .iter()
        .filter(|row| row.validity_to.is_none())
        .map(|row| Membership {
            person: row.insuree.clone(),
            effective: day(row.effective_date),
            expiry: day(row.expiry_date),
            birth_date: None,
            sex: None,
            attributes: Attributes::default(),
        })
        .collect();
    Policy {
        policy: row.reference.clone(),
        product: row.product.clone(),
        status,
        stage,
        effective: day(row.effective_date),
        expiry: day(row.expiry_date),
        memberships,
        members: None,
    }
}

pub(super) fn day(moment: Option<Moment>) -> Option<Day> {
    moment.map(|moment| moment.day)
}

fn claim_document(input: &Input, row: &ClaimRow, notes: &mut Notes) -> Result<Claim, Error> {
    let facility = match (
        &row.health_facility,
        input.other_health_facilities.is_empty(),
    ) {
        (Some(code), _) => code.clone(),
        (None, true) => input.health_facility.code.clone(),
        (None, false) => {
            return Err(Error::new(
                "column.missing",
                "input.claim.health_facility",
                "there are several facilities and the claim names none",
            ));
        }
    };
    let visit_type = match row.visit_type.as_deref() {
        None | Some("O" | "") => VisitType::Other,
        Some("E") => VisitType::Emergency,
        Some("R") => VisitType::Referral,
        Some(other) => {
            let message = format!("`{other}` is no type of visit; read as other");
            notes.add(
                "column.unknown_value",
                "input.claim.visit_type".into(),
                message,
            );
            VisitType::Other
        }
    };
    let rows = [
        (ElementKind::Item, &row.items),
        (ElementKind::Service, &row.services),
    ];
    let mut lines = Vec::new();
    for (kind, rows) in rows {
        for (position, row) in rows.iter().enumerate() {
            if row.validity_to.is_none() {
                lines.push(line(row, kind, position, notes)?);
            }
        }
    }
    Ok(Claim {
        code: row.code.clone(),
        date_from: day(row.date_from),
        date_to: day(row.date_to),
        date_claimed: day(row.date_claimed),
        facility,
        visit_type,
        referred: None,
        diagnoses: row.icd.iter().cloned().collect(),
        lines,
    })
}

/// The id of a line: `items[0]`, `services[2]`.
pub(in crate::compat) fn line_id(kind: ElementKind, position: usize) -> Code {
    let list = match kind {
        ElementKind::Item => "items",
        ElementKind::Service => "services",
    };
    Code::new(&format!("{list}[{position}]")).unwrap_or_default()
}

fn line_code<'r>(row: &'r LineRow, kind: ElementKind, path: &str) -> Result<&'r Code, Error> {
    let code = match kind {
        ElementKind::Item => row.item.as_ref(),
        ElementKind::Service => row.service.as_ref(),
    };
    code.ok_or_else(|| Error::new("column.missing", path, "the line names no item or service"))
}

fn line(
    row: &LineRow,
    kind: ElementKind,
    position: usize,
    notes: &mut Notes,
) -> Result<Line, Error> {
    let id = line_id(kind, position);
    let path = format!("input.claim.{id}");
    let at = |column: &str| format!("{path}.{column}");
    let code = line_code(row, kind, &path)?.clone();
    if row.qty_provided.is_none() {
        notes.add(
            "column.missing",
            at("qty_provided"),
            "no quantity; read as 0",
        );
    }
    let approved = row
        .qty_approved
        .map(|q| notes.quantity(q, || at("qty_approved")));
    let price = row
        .price_approved
        .map(|p| notes.amount(p, || at("price_approved")));
    let review = (approved.is_some() || price.is_some()).then_some(LineReview {
        reviewer: None,
        quantity: approved,
        price,
        verdict: None,
        reason: None,
        overrides: Vec::new(),
    });
    let reason = row.rejection_reason.filter(|reason| *reason != 0);
    let rejected = row.status == Some(LINE_REJECTED) || reason.is_some();
    let parts = row.items.iter().chain(&row.services);
    let components = parts
        .filter_map(|part| component(part, &path, notes))
        .collect();
    Ok(Line {
        id,
        kind,
        code,
        quantity: notes.quantity(row.qty_provided.unwrap_or(Notes::whole(0)), || {
            at("qty_provided")
        }),
        price: row
            .price_asked
            .map(|price| notes.amount(price, || at("price_asked"))),
        components,
        review,
        rejected_before: rejected.then(|| reason.unwrap_or(0)),
    })
}

/// What was given: the displayed quantity is the one that people typed.
fn component(row: &SubLineRow, path: &str, notes: &mut Notes) -> Option<LineComponent> {
    let (kind, code) = match (&row.item, &row.service) {
        (Some(code), None) => (ElementKind::Item, code),
        (None, Some(code)) => (ElementKind::Service, code),
        _ => {
            notes.add(
                "reference.unknown",
                path.to_owned(),
                "a part of the package has no code",
            );
            return None;
        }
    };
    let given = row
        .qty_displayed
        .or(row.qty_provided)
        .unwrap_or(Notes::whole(0));
    Some(LineComponent {
        kind,
        code: code.clone(),
        quantity: notes.quantity(given, || path.to_owned()),
        price: row
            .price_asked
            .map(|price| notes.amount(price, || path.to_owned())),
    })
}

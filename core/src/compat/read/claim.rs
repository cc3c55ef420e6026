//! The claim, the patient, the policies and the past.

use super::super::rows::{
    ClaimRow, DedRemRow, FamilyRow, InsureeRow, LineRow, PastClaimRow, PolicyRow, SubLineRow,
};
use super::super::snapshot::Input;
use super::super::value::{Moment, Number};
use super::{Notes, register};
use crate::calendar::Day;
use crate::claim::{
    self, CareAmounts, CategoryAmounts, Claim, ClaimStatus, History, LedgerEntry, Line,
    LineComponent, LineReview, Membership, Mode, PastClaim, Patient, Policy, PolicyStage,
    PolicyStatus, Provision, Request,
};
use crate::code::Code;
use crate::error::Error;
use crate::number::Amount;
use crate::scheme::{Attributes, ElementKind, Sex, VisitType};

/// The status of a line that was rejected.
const LINE_REJECTED: i64 = 2;

pub(super) fn request(
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
        history: history(input, claim, notes),
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

fn day(moment: Option<Moment>) -> Option<Day> {
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

/// Rows that are not closed, of other claims.
fn history(input: &Input, claim: &ClaimRow, notes: &mut Notes) -> History {
    let mut history = History::default();
    for (position, row) in input.history.claims.iter().enumerate() {
        let path = format!("input.history.claims[{position}]");
        if row.validity_to.is_none() && row.insuree == claim.insuree && row.reference != claim.code
        {
            past_claim(input, row, &path, &mut history, notes);
        }
    }
    for (position, row) in input.history.dedrems.iter().enumerate() {
        let path = format!("input.history.dedrems[{position}]");
        if row.validity_to.is_none() && row.claim != claim.code {
            history.ledger.push(ledger_entry(input, row, &path, notes));
        }
    }
    history
}

fn past_claim(
    input: &Input,
    row: &PastClaimRow,
    path: &str,
    history: &mut History,
    notes: &mut Notes,
) {
    let status = match row.status {
        1 => ClaimStatus::Rejected,
        2 => ClaimStatus::Entered,
        4 => ClaimStatus::Checked,
        8 => ClaimStatus::Processed,
        16 => ClaimStatus::Valuated,
        other => {
            let message = format!("`{other}` is no status of a claim; passed over");
            notes.add("column.unknown_value", format!("{path}.status"), message);
            return;
        }
    };
    let Some(date) = day(row.date_to.or(row.date_from)) else {
        notes.add(
            "column.missing",
            path.to_owned(),
            "the claim has no date of care; passed over",
        );
        return;
    };
    let at_category = || format!("{path}.category");
    let category = row
        .category
        .as_deref()
        .and_then(|text| register::category(text, at_category, notes));
    history.claims.push(PastClaim {
        code: row.reference.clone(),
        facility: None,
        category,
        date,
        status,
    });
    if !status.counts() {
        return;
    }
    let lists = [("items", &row.items), ("services", &row.services)];
    for (list, rows) in lists {
        for (position, line) in rows.iter().enumerate() {
            let path = format!("{path}.{list}[{position}]");
            let accepted = line.status != Some(LINE_REJECTED)
                && line.rejection_reason.unwrap_or(0) == 0
                && line.validity_to.is_none();
            if !accepted {
                continue;
            }
            let (item, service) = (line.item.as_ref(), line.service.as_ref());
            let named = register::element(input, item, service, || path.clone(), notes);
            let Some((kind, code)) = named else { continue };
            let provided = line.qty_provided.unwrap_or(Notes::whole(0));
            history.provisions.push(Provision {
                claim: row.reference.clone(),
                kind,
                code,
                date,
                quantity: notes.quantity(provided, || format!("{path}.qty_provided")),
                approved: line
                    .qty_approved
                    .map(|q| notes.quantity(q, || format!("{path}.qty_approved"))),
                accepted: true,
            });
        }
    }
}

fn ledger_entry(input: &Input, row: &DedRemRow, path: &str, notes: &mut Notes) -> LedgerEntry {
    let mut amount = |column: &str, number: Option<Number>| {
        number.map(|number| notes.amount(number, || format!("{path}.{column}")))
    };
    let nothing = Amount::from_units(0, super::PLACES);
    let policy = input
        .policies
        .iter()
        .find(|policy| policy.reference == row.policy);
    let claim = input
        .history
        .claims
        .iter()
        .find(|claim| claim.reference == row.claim);
    LedgerEntry {
        policy: row.policy.clone(),
        product: policy.map(|policy| policy.product.clone()),
        person: row.insuree.clone(),
        claim: row.claim.clone(),
        date: claim.and_then(|claim| day(claim.date_to.or(claim.date_from))),
        deducted: CareAmounts {
            general: amount("ded_g", row.ded_g).unwrap_or(nothing),
            inpatient: amount("ded_ip", row.ded_ip),
            outpatient: amount("ded_op", row.ded_op),
        },
        remunerated: CareAmounts {
            general: amount("rem_g", row.rem_g).unwrap_or(nothing),
            inpatient: amount("rem_ip", row.rem_ip),
            outpatient: amount("rem_op", row.rem_op),
        },
        categories: CategoryAmounts {
            surgery: amount("rem_surgery", row.rem_surgery),
            delivery: amount("rem_delivery", row.rem_delivery),
            antenatal: amount("rem_antenatal", row.rem_antenatal),
            hospitalization: amount("rem_hospitalization", row.rem_hospitalization),
            consultation: amount("rem_consult", row.rem_consult),
            visit: None,
        },
        reversed: false,
        held: false,
    }
}

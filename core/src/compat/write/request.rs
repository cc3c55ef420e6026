//! The claim, the family, its policies and what happened before.

use std::collections::BTreeSet;

use super::super::columns::category_letter;
use super::super::rows::{
    ClaimRow, DedRemRow, FamilyRow, HistoryRows, InsureeRow, LineRow, MembershipRow, PastClaimRow,
    PolicyRow, SubLineRow,
};
use super::super::value::Number;
use super::{Refused, moment, number};
use crate::claim::{
    ClaimStatus, LedgerEntry, Line, Mode, PolicyStage, PolicyStatus, Provision, Request, Verdict,
};
use crate::code::Code;
use crate::number::Amount;
use crate::scheme::{ElementKind, Scheme, Sex, VisitType};

/// openIMIS's status of a review or feedback that nobody asked for.
const IDLE: i64 = 1;
/// And of one that was given.
const DELIVERED: i64 = 8;
/// Its status of a claim that was entered.
const ENTERED: i64 = 2;
const LINE_PASSED: i64 = 1;
const LINE_REJECTED: i64 = 2;
/// openIMIS's reason of a line that a reviewer rejected.
const BY_REVIEWER: i16 = -1;

/// The family and its policies.
pub(super) struct People {
    pub(super) family: FamilyRow,
    pub(super) policies: Vec<PolicyRow>,
}

pub(super) fn people(request: &Request, refused: &mut Refused) -> People {
    let patient = &request.patient;
    let gender = |sex: Option<Sex>| {
        sex.map(|sex| match sex {
            Sex::Male => "M".to_owned(),
            Sex::Female => "F".to_owned(),
            Sex::Other => "O".to_owned(),
        })
    };
    let mut known = BTreeSet::from([&patient.id]);
    let mut members = vec![InsureeRow {
        chf_id: patient.id.clone(),
        dob: patient.birth_date.map(moment),
        gender: gender(patient.sex),
        head: None,
        in_family: Some(patient.registered),
        validity_to: None,
    }];
    for membership in request
        .coverage
        .iter()
        .flat_map(|policy| &policy.memberships)
    {
        if known.insert(&membership.person) {
            members.push(InsureeRow {
                chf_id: membership.person.clone(),
                dob: membership.birth_date.map(moment),
                gender: gender(membership.sex),
                head: None,
                in_family: Some(true),
                validity_to: None,
            });
        }
    }
    let mut policies = Vec::new();
    for (position, policy) in request.coverage.iter().enumerate() {
        let own = policy.memberships.iter().map(|each| MembershipRow {
            insuree: each.person.clone(),
            enrollment_date: each.effective.map(moment),
            start_date: each.effective.map(moment),
            effective_date: each.effective.map(moment),
            expiry_date: each.expiry.map(moment),
            validity_from: None,
            validity_to: None,
        });
        let mut insuree_policies: Vec<MembershipRow> = own.collect();
        let persons: BTreeSet<&Code> = policy.memberships.iter().map(|m| &m.person).collect();
        let unnamed = policy.members.map(|members| {
            let named = u32::try_from(persons.len()).unwrap_or(u32::MAX);
            members.checked_sub(named)
        });
        match unnamed {
            Some(None) => refused.add(
                format!("coverage[{position}].members"),
                "openIMIS counts the memberships, and here are more",
            ),
            None | Some(Some(0)) => {}
            // Members of whom nothing but their number is known.
            Some(Some(unnamed)) => {
                for each in 1..=unnamed.min(1000) {
                    let name = format!("{}-member-{each}", policy.policy);
                    let code = Code::new(name.get(..name.len().min(100)).unwrap_or("member"));
                    let insuree = code.unwrap_or_default();
                    members.push(InsureeRow {
                        chf_id: insuree.clone(),
                        in_family: Some(true),
                        ..InsureeRow::default()
                    });
                    insuree_policies.push(MembershipRow {
                        insuree,
                        effective_date: policy.effective.map(moment),
                        expiry_date: policy.expiry.map(moment),
                        ..MembershipRow::default()
                    });
                }
            }
        }
        policies.push(PolicyRow {
            reference: policy.policy.clone(),
            product: policy.product.clone(),
            status: Some(match policy.status {
                PolicyStatus::Idle => 1,
                PolicyStatus::Active => 2,
                PolicyStatus::Suspended => 4,
                PolicyStatus::Expired => 8,
                PolicyStatus::Ready => 16,
            }),
            stage: Some(match policy.stage {
                PolicyStage::New => "N".to_owned(),
                PolicyStage::Renewed => "R".to_owned(),
            }),
            enroll_date: policy.effective.map(moment),
            start_date: policy.effective.map(moment),
            effective_date: policy.effective.map(moment),
            expiry_date: policy.expiry.map(moment),
            insuree_policies,
            ..PolicyRow::default()
        });
    }
    let family = FamilyRow {
        validity_to: None,
        members,
    };
    People { family, policies }
}

pub(super) fn claim(scheme: &Scheme, request: &Request, refused: &mut Refused) -> ClaimRow {
    let claim = &request.claim;
    refused.unless(
        request.mode == Mode::Claim,
        || "mode".to_owned(),
        "openIMIS knows claims only",
    );
    let referral = claim.visit_type == VisitType::Referral;
    refused.unless(
        claim.referred.is_none_or(|referred| referred == referral),
        || "claim.referred".to_owned(),
        "openIMIS knows a referral by its visit type",
    );
    if let Some(register) = &scheme.diagnoses {
        for (position, code) in claim.diagnoses.iter().enumerate() {
            refused.unless(
                register.iter().any(|diagnosis| diagnosis.code == *code),
                || format!("claim.diagnoses[{position}]"),
                "openIMIS has no claim with a diagnosis that is not registered",
            );
        }
    }
    let mut lines = |kind: ElementKind| -> Vec<LineRow> {
        let own = claim.lines.iter().enumerate();
        own.filter(|(_, line)| line.kind == kind)
            .map(|(position, own)| line(scheme, own, &format!("claim.lines[{position}]"), refused))
            .collect()
    };
    let reviewed = claim.lines.iter().any(|line| line.review.is_some());
    let visit_type = match claim.visit_type {
        VisitType::Other => "O",
        VisitType::Emergency => "E",
        VisitType::Referral => "R",
    };
    ClaimRow {
        code: claim.code.clone(),
        insuree: request.patient.id.clone(),
        health_facility: Some(claim.facility.clone()),
        date_from: claim.date_from.map(moment),
        date_to: claim.date_to.map(moment),
        date_claimed: claim.date_claimed.map(moment),
        visit_type: Some(visit_type.to_owned()),
        icd: claim.diagnoses.first().cloned(),
        status: Some(ENTERED),
        review_status: Some(if reviewed { DELIVERED } else { IDLE }),
        feedback_status: Some(IDLE),
        items: lines(ElementKind::Item),
        services: lines(ElementKind::Service),
        ..ClaimRow::default()
    }
}

fn line(scheme: &Scheme, line: &Line, at: &str, refused: &mut Refused) -> LineRow {
    let mut amount = |amount: Amount, name: &str| refused.amount(amount, || format!("{at}.{name}"));
    let review = line.review.as_ref();
    let price_asked = line.price.map(|price| amount(price, "price"));
    let price_approved = review
        .and_then(|review| review.price)
        .map(|price| amount(price, "review.price"));
    refused.unless(
        review.is_none_or(|review| review.overrides.is_empty()),
        || format!("{at}.review.overrides"),
        "openIMIS checks what it checks, whoever reviewed",
    );
    let by_reviewer = review.is_some_and(|review| review.verdict == Some(Verdict::Rejected));
    let reason = line.rejected_before.or(by_reviewer.then_some(BY_REVIEWER));
    let part_of = |kind: ElementKind| -> Vec<SubLineRow> {
        let parts = line.components.iter().filter(|part| part.kind == kind);
        parts
            .map(|part| SubLineRow {
                item: (kind == ElementKind::Item).then(|| part.code.clone()),
                service: (kind == ElementKind::Service).then(|| part.code.clone()),
                qty_provided: listed(scheme, &line.code, kind, &part.code),
                qty_displayed: Some(number(part.quantity)),
                price_asked: part.price.map(|price| Number(price.decimal())),
            })
            .collect()
    };
    LineRow {
        item: (line.kind == ElementKind::Item).then(|| line.code.clone()),
        service: (line.kind == ElementKind::Service).then(|| line.code.clone()),
        qty_provided: Some(number(line.quantity)),
        qty_approved: review.and_then(|review| review.quantity).map(number),
        price_asked,
        price_approved,
        status: Some(if reason.is_some() {
            LINE_REJECTED
        } else {
            LINE_PASSED
        }),
        rejection_reason: reason,
        items: part_of(ElementKind::Item),
        services: part_of(ElementKind::Service),
        ..LineRow::default()
    }
}

/// Units of a part that the package lists.
fn listed(scheme: &Scheme, package: &Code, kind: ElementKind, part: &Code) -> Option<Number> {
    let services = scheme.catalogue.services.iter();
    let parts = services
        .filter(|service| service.code == *package)
        .filter_map(|service| service.package.as_ref())
        .flat_map(|package| &package.components);
    let mut own = parts.filter(|own| own.kind == kind && own.code == *part);
    own.next().map(|own| number(own.quantity))
}

pub(super) fn history(scheme: &Scheme, request: &Request, refused: &mut Refused) -> HistoryRows {
    let history = &request.history;
    let person = &request.patient.id;
    let mut claims: Vec<PastClaimRow> = Vec::new();
    for (position, past) in history.claims.iter().enumerate() {
        refused.unless(
            past.code != request.claim.code,
            || format!("history.claims[{position}].code"),
            "openIMIS has but one claim of a code",
        );
        claims.push(PastClaimRow {
            reference: past.code.clone(),
            insuree: person.clone(),
            status: match past.status {
                ClaimStatus::Rejected => 1,
                ClaimStatus::Entered => 2,
                ClaimStatus::Checked => 4,
                ClaimStatus::Processed => 8,
                ClaimStatus::Valuated => 16,
            },
            category: past.category.map(|own| category_letter(own).to_owned()),
            date_from: Some(moment(past.date)),
            date_to: Some(moment(past.date)),
            ..PastClaimRow::default()
        });
    }
    let visits_count = scheme
        .products
        .iter()
        .any(|product| product.category_limits.visit.is_some());
    for (position, provision) in history.provisions.iter().enumerate() {
        let at = || format!("history.provisions[{position}].claim");
        if !provision.accepted || provision.claim == request.claim.code {
            continue;
        }
        let known = claims.iter_mut().find(|own| {
            own.reference == provision.claim && own.date_to == Some(moment(provision.date))
        });
        match known {
            Some(own) => {
                refused.unless(
                    own.status > 2,
                    at,
                    "the claim of this provision does not count",
                );
                put(own, provision);
            }
            None => {
                refused.unless(
                    !visits_count,
                    at,
                    "openIMIS counts visits, so the claim of this provision and its day must be in `history.claims`",
                );
                let mut own = PastClaimRow {
                    reference: provision.claim.clone(),
                    insuree: person.clone(),
                    status: 16,
                    category: Some("V".to_owned()),
                    date_from: Some(moment(provision.date)),
                    date_to: Some(moment(provision.date)),
                    ..PastClaimRow::default()
                };
                put(&mut own, provision);
                claims.push(own);
            }
        }
    }
    let mut dedrems = Vec::new();
    for (position, entry) in history.ledger.iter().enumerate() {
        refused.unless(
            !entry.held,
            || format!("history.ledger[{position}].held"),
            "openIMIS has no reservations",
        );
        if !entry.reversed {
            dedrems.push(dedrem(entry));
        }
    }
    HistoryRows { claims, dedrems }
}

fn put(claim: &mut PastClaimRow, provision: &Provision) {
    let item = provision.kind == ElementKind::Item;
    let row = LineRow {
        item: item.then(|| provision.code.clone()),
        service: (!item).then(|| provision.code.clone()),
        qty_provided: Some(number(provision.quantity)),
        qty_approved: provision.approved.map(number),
        status: Some(LINE_PASSED),
        rejection_reason: Some(0),
        ..LineRow::default()
    };
    match item {
        true => claim.items.push(row),
        false => claim.services.push(row),
    }
}

fn dedrem(entry: &LedgerEntry) -> DedRemRow {
    let amount = |amount: Option<Amount>| amount.map(|amount| Number(amount.decimal()));
    let categories = &entry.categories;
    DedRemRow {
        policy: entry.policy.clone(),
        insuree: entry.person.clone(),
        claim: entry.claim.clone(),
        validity_to: None,
        ded_g: amount(Some(entry.deducted.general)),
        ded_ip: amount(entry.deducted.inpatient),
        ded_op: amount(entry.deducted.outpatient),
        rem_g: amount(Some(entry.remunerated.general)),
        rem_ip: amount(entry.remunerated.inpatient),
        rem_op: amount(entry.remunerated.outpatient),
        rem_consult: amount(categories.consultation),
        rem_surgery: amount(categories.surgery),
        rem_delivery: amount(categories.delivery),
        rem_hospitalization: amount(categories.hospitalization),
        rem_antenatal: amount(categories.antenatal),
    }
}

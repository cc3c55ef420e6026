//! What an advisor sees of a claim.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::claim::Request;
use crate::code::Code;
use crate::decision::{
    AmountsDocument, Decision, LineDecision, LineStatus, Provenance, Status, TermsDocument,
};
use crate::error::Error;
use crate::money::Units;
use crate::number::{Amount, Quantity};
use crate::print::canonical;
use crate::ruleset::{RuleSet, sha256};
use crate::scheme::{
    Attributes, CareType, ElementKind, FacilityLevel, ServiceCategory, Sex, VisitType,
};

/// Schema id of this version of the question.
pub const ADVISOR_INPUT_REQUEST_SCHEMA: &str = "adjudica/advisor_input_request@1";
/// Schema id of this version of the snapshot; also names its features.
const SCHEMA: &str = "adjudica/advisor_input@1";

/// Asks for what an advisor may see of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorInputRequest {
    /// Always `adjudica/advisor_input_request@1`.
    pub schema: String,
    /// The claim as it is adjudicated.
    pub request: Request,
}

/// What an advisor sees of a claim: the claim, what the rules decide, and what the patient had
/// before. No names, ids of persons, policies or claims, no birth date, and no attribute of the
/// patient that the scheme does not name. Facilities are organisations and keep their code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorInput {
    /// Always `adjudica/advisor_input@1`.
    pub schema: Cow<'static, str>,
    /// SHA-256 of the canonical text of `[claim, lines]`, in hexadecimal. Findings name it, so that
    /// they can only be about this.
    pub input_hash: Code,
    /// The claim.
    pub claim: InputClaim,
    /// Its lines, in order.
    pub lines: Vec<InputLine>,
    /// The rules that decided.
    pub rules: Provenance,
}

/// A claim without who it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputClaim {
    /// Code of the facility.
    pub facility: Code,
    /// Its level, if the scheme knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility_level: Option<FacilityLevel>,
    /// Its kind of care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility_care: Option<CareType>,
    /// Its free attributes.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub facility_attributes: Attributes,
    /// Why the patient came.
    pub visit_type: VisitType,
    /// What the claim counts as.
    pub category: ServiceCategory,
    /// Codes of diagnoses, the main one first.
    pub diagnoses: Vec<Code>,
    /// First day of care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_from: Option<Day>,
    /// Days from the first to the last day of care; 0 on the same day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay_days: Option<i32>,
    /// Days from the last day of care to the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_after_days: Option<i32>,
    /// Completed years at the first day of care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<i32>,
    /// Sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Attributes of the patient that the scheme shows to advisors.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    /// Where the claim stands by the rules.
    pub status: Status,
    /// Codes of the reasons for the claim as a whole.
    pub reasons: Vec<Cow<'static, str>>,
    /// Where every unit of money goes by the rules.
    pub amounts: AmountsDocument,
    /// Accepted claims of the patient in the 365 days before the first day of care.
    pub claims_365: u32,
}

/// A line and what the rules decide about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputLine {
    /// Id of the line; findings name it.
    pub id: Code,
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Units asked.
    pub quantity: Quantity,
    /// Price asked for one unit.
    pub price_asked: Amount,
    /// Price of one unit by the rules.
    pub price: Amount,
    /// Passed or rejected.
    pub status: LineStatus,
    /// Codes of the reasons.
    pub reasons: Vec<Cow<'static, str>>,
    /// Code of the product that pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Code>,
    /// What it pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<TermsDocument>,
    /// Where every unit of money goes by the rules.
    pub amounts: AmountsDocument,
    /// The same service or item in the patient's history.
    pub prior: PriorUse,
}

/// How often the patient had the same before, as far as the request's history tells. Only accepted
/// provisions of other claims, up to the first day of care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorUse {
    /// Days since the last time; 0 = on the same day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_days: Option<i32>,
    /// Times in the 30 days before.
    pub times_30: u32,
    /// Times in the 365 days before.
    pub times_365: u32,
    /// Units in the 365 days before.
    pub quantity_365: Quantity,
}

/// What an advisor may see of a claim; decides the claim first.
///
/// # Errors
/// If the request is malformed.
pub fn advisor_input(rules: &RuleSet, asked: &AdvisorInputRequest) -> Result<AdvisorInput, Error> {
    let decision = rules
        .adjudicate(&asked.request)
        .map_err(|error| error.inside("request"))?;
    Ok(snapshot(rules, &asked.request, &decision))
}

/// The snapshot of a claim and its decision.
#[must_use]
pub fn snapshot(rules: &RuleSet, request: &Request, decision: &Decision) -> AdvisorInput {
    let lines: Vec<InputLine> = decision.lines.iter().map(|l| line(request, l)).collect();
    let claim = claim(rules, request, decision);
    let mut provenance = decision.provenance.clone();
    // The request's digest covers ids and could be matched with them.
    provenance.request_digest = None;
    let input_hash = sha256(&canonical(&(&claim, &lines)));
    AdvisorInput {
        schema: Cow::Borrowed(SCHEMA),
        input_hash: Code::new(&input_hash).unwrap_or_default(),
        claim,
        lines,
        rules: provenance,
    }
}

fn claim(rules: &RuleSet, request: &Request, decision: &Decision) -> InputClaim {
    let claim = &request.claim;
    let scheme = rules.scheme();
    let facility = scheme.facilities.iter().find(|f| f.code == claim.facility);
    let from = claim.date_from;
    let to = claim.date_to.or(from);
    let shown = scheme.review.as_ref().and_then(|r| r.advisors.as_ref());
    let shown = shown.map_or(&[][..], |advisors| &advisors.attributes);
    let attributes = request.patient.attributes.0.iter();
    let attributes = attributes.filter(|(name, _)| shown.contains(name));
    let past = request.history.claims.iter().filter(|past| {
        past.status.counts()
            && !is_same(past.facility.as_ref(), &past.code, request)
            && from.is_some_and(|day| (1..=365).contains(&past.date.days_until(day)))
    });
    InputClaim {
        facility: claim.facility.clone(),
        facility_level: facility.map(|f| f.level),
        facility_care: facility.map(|f| f.care_type),
        facility_attributes: facility.map(|f| f.attributes.clone()).unwrap_or_default(),
        visit_type: claim.visit_type,
        category: decision.category,
        diagnoses: claim.diagnoses.clone(),
        date_from: from,
        stay_days: from.zip(to).map(|(from, to)| from.days_until(to)),
        claimed_after_days: to
            .zip(claim.date_claimed)
            .map(|(to, day)| to.days_until(day)),
        age: request
            .patient
            .birth_date
            .zip(from)
            .map(|(birth, day)| scheme.calendar.completed_years(birth, day)),
        sex: request.patient.sex,
        attributes: Attributes(
            attributes
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        ),
        status: decision.status,
        reasons: decision.reasons.iter().map(|r| r.code.clone()).collect(),
        amounts: decision.totals.amounts,
        claims_365: u32::try_from(past.count()).unwrap_or(u32::MAX),
    }
}

fn is_same(facility: Option<&Code>, code: &Code, request: &Request) -> bool {
    *code == request.claim.code && facility.is_none_or(|f| *f == request.claim.facility)
}

fn line(request: &Request, decided: &LineDecision) -> InputLine {
    InputLine {
        id: decided.id.clone(),
        kind: decided.kind,
        code: decided.code.clone(),
        quantity: decided.quantity.asked,
        price_asked: decided.unit_price.asked,
        price: decided.unit_price.adjusted,
        status: decided.status,
        reasons: decided.reasons.iter().map(|r| r.code.clone()).collect(),
        product: decided.assignment.as_ref().map(|a| a.product.clone()),
        terms: decided.assignment.as_ref().map(|a| a.terms),
        amounts: decided.amounts,
        prior: prior(request, decided),
    }
}

fn prior(request: &Request, line: &LineDecision) -> PriorUse {
    let mut prior = PriorUse {
        last_days: None,
        times_30: 0,
        times_365: 0,
        quantity_365: Units::ZERO.write(),
    };
    let Some(day) = request.claim.date_from else {
        return prior;
    };
    let mut units = Units::ZERO;
    for past in &request.history.provisions {
        let same = past.kind == line.kind && past.code == line.code && past.accepted;
        let days = past.date.days_until(day);
        if !same || past.claim == request.claim.code || days < 0 {
            continue;
        }
        prior.last_days = Some(prior.last_days.map_or(days, |before| before.min(days)));
        prior.times_30 += u32::from(days <= 30);
        if days <= 365 {
            prior.times_365 += 1;
            let more = Units::read(past.approved.unwrap_or(past.quantity));
            units = units.plus(more.unwrap_or_default());
        }
    }
    prior.quantity_365 = units.write();
    prior
}

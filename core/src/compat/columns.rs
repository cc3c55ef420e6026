//! From a decision to the columns that openIMIS stores.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::Number;
use crate::claim::{LedgerEntry, Request};
use crate::code::Code;
use crate::decision::{Decision, Effect, LineDecision, LineStatus, Reason, Status, TermsDocument};
use crate::number::Amount;
use crate::scheme::{ElementKind, PriceOrigin, ServiceCategory};

/// The openIMIS reason of a rejection for which openIMIS has none: "item or service not valid",
/// which it also gives a claim without any passed line.
const OTHER_REASON: i16 = 1;

/// What openIMIS stores of a decision: columns of `Claim`, `ClaimItem`, `ClaimService` and
/// `ClaimDedRem` by the names of its Django models. Amounts are in the scheme's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenImisColumns {
    /// The claim.
    pub claim: ClaimColumns,
    /// Its items, in order.
    #[serde(default)]
    pub items: Vec<LineColumns>,
    /// Its services, in order.
    #[serde(default)]
    pub services: Vec<LineColumns>,
    /// What it consumed, one row for each policy.
    #[serde(default)]
    pub dedrems: Vec<DedRemColumns>,
}

/// Columns of `Claim`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimColumns {
    /// 1 rejected, 8 processed (waiting for the index), 16 valuated.
    pub status: i64,
    /// 0, or why the claim was rejected.
    pub rejection_reason: Option<i16>,
    /// S, D, A, H, C or V.
    pub category: Option<String>,
    /// Sum of what was asked.
    pub claimed: Option<Number>,
    /// Sum of what the rules pay; NULL for rejected claims.
    pub approved: Option<Number>,
    /// The same once no line waits for the index, else NULL.
    pub valuated: Option<Number>,
    /// As `valuated`.
    pub remunerated: Option<Number>,
    /// 1 idle, 2 not selected, 4 selected, 8 delivered, 16 passed over; no decision sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback_status: Option<i64>,
    /// Likewise, for reviews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_status: Option<i64>,
    /// Whether the claim has a time of processing; no decision sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_stamp_set: Option<bool>,
}

/// Columns of `ClaimItem` and `ClaimService`. What a rejected line has none of is NULL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineColumns {
    /// Position in the list, from 0.
    pub line: usize,
    /// Code of the item, or
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Code>,
    /// of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Code>,
    /// Product that pays.
    pub product: Option<Code>,
    /// Policy that pays.
    pub policy: Option<Code>,
    /// 1 passed, 2 rejected.
    pub status: i64,
    /// 0, or why the line was rejected.
    pub rejection_reason: Option<i16>,
    /// P price list, O as claimed, R relative.
    pub price_origin: Option<String>,
    /// C co-insurance, F fixed limit.
    pub limitation: Option<String>,
    /// Percentage or amount; NULL for no limit.
    pub limitation_value: Option<Number>,
    /// Units given.
    pub qty_provided: Option<Number>,
    /// Units approved, where they differ; 0 for rejected lines.
    pub qty_approved: Option<Number>,
    /// Price asked for one unit.
    pub price_asked: Option<Number>,
    /// Price of one unit used.
    pub price_adjusted: Option<Number>,
    /// Price of one unit that a reviewer approved.
    #[serde(default)]
    pub price_approved: Option<Number>,
    /// What the line is worth to the scheme, in all; NULL while it waits for the index.
    pub price_valuated: Option<Number>,
    /// Deductible taken.
    pub deductable_amount: Option<Number>,
    /// Above the ceiling.
    pub exceed_ceiling_amount: Option<Number>,
    /// Above the limit of the claim's category.
    pub exceed_ceiling_amount_category: Option<Number>,
    /// As `price_valuated`.
    pub remunerated_amount: Option<Number>,
}

/// Columns of `ClaimDedRem`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DedRemColumns {
    /// The policy.
    pub policy: Code,
    /// The person.
    pub insuree: Code,
    /// Deductible taken.
    pub ded_g: Option<Number>,
    /// In a hospital visit; else NULL.
    pub ded_ip: Option<Number>,
    /// In another visit; else NULL.
    pub ded_op: Option<Number>,
    /// Paid under the ceiling.
    pub rem_g: Option<Number>,
    /// In a hospital visit; else NULL.
    pub rem_ip: Option<Number>,
    /// In another visit; else NULL.
    pub rem_op: Option<Number>,
    /// Paid for a consultation claim, before the ceiling.
    pub rem_consult: Option<Number>,
    /// Paid for a surgery claim.
    pub rem_surgery: Option<Number>,
    /// Paid for a delivery claim.
    pub rem_delivery: Option<Number>,
    /// Paid for a hospitalization claim.
    pub rem_hospitalization: Option<Number>,
    /// Paid for an antenatal claim.
    pub rem_antenatal: Option<Number>,
}

/// The columns of a decision on a request.
#[must_use]
pub fn columns(request: &Request, decision: &Decision) -> OpenImisColumns {
    let rejected = decision.status == Status::Rejected;
    let total = decision.totals.amounts.payable;
    let remunerated = decision
        .totals
        .remunerated
        .filter(|_| !rejected)
        .map(number);
    let lists = |kind: ElementKind| {
        let lines = request.claim.lines.iter().zip(&decision.lines);
        let own = lines.filter(|(line, _)| line.kind == kind);
        own.enumerate()
            .map(|(position, (line, done))| LineColumns {
                qty_provided: Some(Number(line.quantity.decimal())),
                price_asked: line.price.map(number),
                price_approved: line.review.as_ref().and_then(|r| r.price).map(number),
                ..line_columns(position, done)
            })
            .collect()
    };
    OpenImisColumns {
        claim: ClaimColumns {
            status: match decision.status {
                Status::Rejected => 1,
                Status::AwaitingIndex => 8,
                Status::Valuated => 16,
            },
            rejection_reason: Some(if rejected {
                rejection(&decision.reasons)
            } else {
                0
            }),
            category: Some(category_letter(decision.category).to_owned()),
            claimed: Some(number(decision.totals.amounts.claimed)),
            approved: (!rejected).then(|| number(total)),
            valuated: remunerated,
            remunerated,
            ..ClaimColumns::default()
        },
        items: lists(ElementKind::Item),
        services: lists(ElementKind::Service),
        dedrems: decision.consumption.iter().map(dedrem_columns).collect(),
    }
}

fn number(amount: Amount) -> Number {
    Number(amount.decimal())
}

/// The openIMIS code of the first reason that rejects.
fn rejection(reasons: &[Reason]) -> i16 {
    let mut rejecting = reasons
        .iter()
        .filter(|reason| reason.effect == Effect::Rejects);
    rejecting
        .next()
        .and_then(|reason| reason.openimis)
        // A line may arrive rejected without a reason.
        .filter(|code| *code != 0)
        .unwrap_or(OTHER_REASON)
}

/// The letter of a category; `other` counts as a visit.
#[must_use]
pub fn category_letter(category: ServiceCategory) -> &'static str {
    match category {
        ServiceCategory::Surgery => "S",
        ServiceCategory::Delivery => "D",
        ServiceCategory::Antenatal => "A",
        ServiceCategory::Hospitalization => "H",
        ServiceCategory::Consultation => "C",
        ServiceCategory::Other | ServiceCategory::Visit => "V",
    }
}

fn line_columns(position: usize, line: &LineDecision) -> LineColumns {
    let (item, service) = match line.kind {
        ElementKind::Item => (Some(line.code.clone()), None),
        ElementKind::Service => (None, Some(line.code.clone())),
    };
    let named = LineColumns {
        line: position,
        item,
        service,
        ..LineColumns::default()
    };
    let Some(assignment) = line
        .assignment
        .as_ref()
        .filter(|_| line.status == LineStatus::Passed)
    else {
        return LineColumns {
            status: 2,
            rejection_reason: Some(rejection(&line.reasons)),
            qty_approved: Some(Number(Decimal::ZERO)),
            ..named
        };
    };
    let (limitation, limitation_value) = match assignment.terms {
        TermsDocument::CoInsurance(percent) => ("C", Some(Number(percent.decimal()))),
        TermsDocument::Fixed(amount) => ("F", Some(number(amount))),
        TermsDocument::Unlimited => ("F", None),
    };
    let origin = match assignment.price_origin {
        PriceOrigin::PriceList => "P",
        PriceOrigin::Claimed => "O",
        PriceOrigin::Relative => "R",
    };
    let cut = line.quantity.approved != line.quantity.asked;
    LineColumns {
        product: Some(assignment.product.clone()),
        policy: Some(assignment.policy.clone()),
        status: 1,
        rejection_reason: Some(0),
        price_origin: Some(origin.to_owned()),
        limitation: Some(limitation.to_owned()),
        limitation_value,
        qty_approved: cut.then(|| Number(line.quantity.approved.decimal())),
        price_adjusted: Some(number(line.unit_price.adjusted)),
        price_valuated: line.remunerated.map(number),
        deductable_amount: Some(number(line.amounts.deductible)),
        exceed_ceiling_amount: Some(number(line.amounts.ceiling_excess)),
        exceed_ceiling_amount_category: Some(number(line.amounts.category_excess)),
        remunerated_amount: line.remunerated.map(number),
        ..named
    }
}

fn dedrem_columns(entry: &LedgerEntry) -> DedRemColumns {
    let categories = &entry.categories;
    DedRemColumns {
        policy: entry.policy.clone(),
        insuree: entry.person.clone(),
        ded_g: Some(number(entry.deducted.general)),
        ded_ip: entry.deducted.inpatient.map(number),
        ded_op: entry.deducted.outpatient.map(number),
        rem_g: Some(number(entry.remunerated.general)),
        rem_ip: entry.remunerated.inpatient.map(number),
        rem_op: entry.remunerated.outpatient.map(number),
        rem_consult: categories.consultation.map(number),
        rem_surgery: categories.surgery.map(number),
        rem_delivery: categories.delivery.map(number),
        rem_hospitalization: categories.hospitalization.map(number),
        rem_antenatal: categories.antenatal.map(number),
    }
}

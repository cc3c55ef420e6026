//! The decision: what is paid, why, who bears the rest, and what it consumes.

mod document;
mod fact;
mod outcome;

pub use document::document;
pub use document::{DecisionParts, TraceLevel, value_text};
pub(crate) use document::{Shares, assignment, provenance, reason, shares};
pub use fact::{
    CarcGroup, Effect, Fact, PolicyIndex, ReviewerOf, VOCABULARY, Value, ValueKind, value_kind,
};
pub use outcome::{Amounts, Assignment, Consumption, LineOutcome, Outcome, Terms};

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::claim::{LedgerEntry, Mode};
use crate::code::Code;
use crate::number::{Amount, Percent, Quantity};
use crate::scheme::{ElementKind, PriceOrigin, ServiceCategory};

/// Schema id of this version of the decision.
pub const SCHEMA: &str = "adjudica/decision@1";

/// The decision on one claim, as a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Always `adjudica/decision@1`.
    pub schema: Cow<'static, str>,
    /// Code of the claim.
    pub claim: Code,
    /// What the decision is for.
    pub mode: Mode,
    /// Where the claim stands.
    pub status: Status,
    /// Why, for the claim as a whole.
    pub reasons: Vec<Reason>,
    /// What the claim counts as.
    pub category: ServiceCategory,
    /// A stay: care that ended on a later day than it began.
    pub stay: bool,
    /// The decision on each line, in the order of the request.
    pub lines: Vec<LineDecision>,
    /// Sums over the lines.
    pub totals: Totals,
    /// What the claim consumes: entries for the ledger.
    pub consumption: Vec<LedgerEntry>,
    /// The reasoning, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<TraceNode>,
    /// What the decision was made with.
    pub provenance: Provenance,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing is paid (openIMIS 1).
    #[default]
    Rejected,
    /// Lines at relative prices wait for the period's index (openIMIS 8).
    AwaitingIndex,
    /// What is payable is final (openIMIS 16).
    Valuated,
}

/// Passed or rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineStatus {
    /// Rejected (openIMIS 2).
    #[default]
    Rejected,
    /// Passed (openIMIS 1).
    Passed,
}

/// Why a claim or line was rejected or reduced, or what was noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Code in dotted words, such as `waiting`; also the key of the message.
    pub code: Cow<'static, str>,
    /// What the reason does.
    pub effect: Effect,
    /// openIMIS rejection code, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openimis: Option<i16>,
    /// X12 claim adjustment reason, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carc: Option<Carc>,
    /// Numbers, dates and codes of the message, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<Cow<'static, str>, String>,
}

/// X12 group and claim adjustment reason code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Carc {
    /// Who bears the amount.
    pub group: CarcGroup,
    /// The code.
    pub code: Cow<'static, str>,
}

/// The decision on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineDecision {
    /// Id of the line.
    pub id: Code,
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Passed or rejected.
    pub status: LineStatus,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Which row of which policy pays; absent for rejected lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentDocument>,
    /// Units asked and paid for.
    pub quantity: QuantityPair,
    /// Price of one unit asked and used.
    pub unit_price: PricePair,
    /// Where every unit of money went.
    pub amounts: AmountsDocument,
    /// What the scheme pays now; absent while the line waits for the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remunerated: Option<Amount>,
}

/// Which row of which policy pays a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentDocument {
    /// The policy.
    pub policy: Code,
    /// Its product.
    pub product: Code,
    /// Position of the benefit row in the product, from 0.
    pub benefit: u32,
    /// What the row pays.
    pub terms: TermsDocument,
    /// Where the price came from.
    pub price_origin: PriceOrigin,
}

/// What a row pays for a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermsDocument {
    /// A percentage after the deductible.
    CoInsurance(Percent),
    /// At most an amount for one unit.
    Fixed(Amount),
    /// The price, on purpose without limit.
    Unlimited,
}

/// Units asked and paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityPair {
    /// Asked.
    pub asked: Quantity,
    /// Paid for.
    pub approved: Quantity,
}

/// Price of one unit asked and used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PricePair {
    /// Asked.
    pub asked: Amount,
    /// Used.
    pub adjusted: Amount,
}

/// Where every unit of money went: `claimed` is the exact sum of all the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmountsDocument {
    /// Asked: quantity × price.
    pub claimed: Amount,
    /// Above the scheme's price (negative: below it). Borne by the facility.
    pub price_adjustment: Amount,
    /// Taken (negative: added) by a reviewer. Borne by the facility.
    pub review_adjustment: Amount,
    /// Beyond a quantity limit. Borne by the patient.
    pub quantity_cut: Amount,
    /// Above a fixed amount. Borne by the patient.
    pub fixed_cut: Amount,
    /// Deductible. Borne by the patient.
    pub deductible: Amount,
    /// The patient's percentage.
    pub co_insurance: Amount,
    /// Above a category limit. Borne by the patient.
    pub category_excess: Amount,
    /// Above the ceiling. Borne by the patient.
    pub ceiling_excess: Amount,
    /// Rejected; the reason says who bears it.
    pub rejected: Amount,
    /// Paid by the scheme (for relative prices: the weight that the index values).
    pub payable: Amount,
}

/// Sums over the lines, and who bears them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Where every unit of money went.
    pub amounts: AmountsDocument,
    /// Borne by the scheme: `payable`.
    pub scheme_share: Amount,
    /// Borne by the patient.
    pub patient_share: Amount,
    /// Borne by the facility. The three shares add up to `claimed`.
    pub facility_share: Amount,
    /// What the scheme pays now; absent while any line waits for the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remunerated: Option<Amount>,
}

/// One subject of the reasoning and what was found about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TraceNode {
    /// What it is about.
    pub subject: Subject,
    /// Claim code, line id or policy id.
    pub id: Code,
    /// What was found and done, in order.
    pub facts: Vec<Reason>,
    /// Parts of the subject.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<TraceNode>,
}

/// What a part of the reasoning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The claim.
    Claim,
    /// A policy and its product, as they apply to the claim.
    Policy,
    /// A line.
    Line,
}

/// What the decision was made with, so that it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Version of the engine.
    pub engine: Cow<'static, str>,
    /// Code of the scheme.
    pub scheme: Code,
    /// Its version.
    pub version: Code,
    /// SHA-256 of the scheme's canonical text.
    pub scheme_digest: Code,
    /// Conventions preset; `+` if the scheme deviates from it.
    pub conventions: Cow<'static, str>,
    /// SHA-256 of the request's canonical text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_digest: Option<String>,
    /// The day up to which the history was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

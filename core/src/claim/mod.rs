//! The request: one claim, the patient, the coverage, and what happened before.
//!
//! A request carries everything a decision depends on, so that the same request gives the same
//! decision on a server, a telephone and in a browser.

mod coverage;
mod history;

pub use coverage::{Membership, Patient, Policy, PolicyStage, PolicyStatus};
pub use history::{
    CareAmounts, CategoryAmounts, ClaimStatus, History, LedgerEntry, PastClaim, Provision,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::code::Code;
use crate::number::{Amount, Quantity};
use crate::scheme::{ElementKind, VisitType};

/// What a flag says that is left out.
pub(crate) fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

/// Schema id of this version of the request.
pub const SCHEMA: &str = "adjudica/request@1";

/// One claim and everything its decision depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Always `adjudica/request@1`; may be left out.
    #[serde(default = "schema_id", skip_serializing_if = "is_schema")]
    pub schema: String,
    /// What the decision is for.
    #[serde(default, skip_serializing_if = "Mode::is_claim")]
    #[schemars(extend("default" = "claim"))]
    pub mode: Mode,
    /// The claim.
    pub claim: Claim,
    /// The person treated.
    pub patient: Patient,
    /// The person's policies, whether they cover the visit or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coverage: Vec<Policy>,
    /// What happened before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// The day up to which the history is known; absent = complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

fn schema_id() -> String {
    SCHEMA.to_owned()
}

fn is_schema(schema: &str) -> bool {
    schema == SCHEMA
}

/// What a decision is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A claim for care given: the decision consumes deductibles and ceilings.
    #[default]
    Claim,
    /// What would be paid: the same decision, consuming nothing.
    Predetermination,
    /// Authorisation of care to come: the same decision, consumption marked as held.
    Preauthorization,
}

impl Mode {
    fn is_claim(&self) -> bool {
        *self == Self::Claim
    }
}

/// A claim as the facility makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Code of the claim, unique at its facility.
    pub code: Code,
    /// First day of care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_from: Option<Day>,
    /// Last day of care; absent = the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_to: Option<Day>,
    /// Day the claim was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_claimed: Option<Day>,
    /// Code of the facility.
    pub facility: Code,
    /// Why the patient came.
    #[serde(default)]
    pub visit_type: VisitType,
    /// Whether the patient was referred; absent = only if the visit type says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referred: Option<bool>,
    /// Codes of diagnoses, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnoses: Vec<Code>,
    /// What was given.
    pub lines: Vec<Line>,
}

/// One service or item of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id of the line, unique in the claim.
    pub id: Code,
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Units provided.
    pub quantity: Quantity,
    /// Price asked for one unit; absent = the price the scheme knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// Content given in each package, for package services.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<LineComponent>,
    /// What a reviewer decided about the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<LineReview>,
    /// The line arrived rejected, with this openIMIS reason (0 = none given); it stays rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected_before: Option<i16>,
}

/// One part of a package as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineComponent {
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Units given in one package: a line of two packages gives them twice.
    pub quantity: Quantity,
    /// Price asked for one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
}

/// A reviewer's decision on a line (SEMANTICS 7). It is recorded, never silent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineReview {
    /// Who decided. A rejection needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Code>,
    /// Units approved; 0 = none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Price approved for one unit; wins over every price origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// Whether the line stands; absent = as the rules say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why. A rejection needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Checks that an accepting verdict replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

/// Accept or reject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The line stands.
    Accepted,
    /// The line is rejected (openIMIS -1).
    Rejected,
}

/// A check that a reviewer may replace. Coverage, register and price list are not among them:
/// no one can approve what no product covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Override {
    /// Kind of care (10).
    CareType,
    /// Sex and age group (4).
    Patient,
    /// Waiting period (17).
    Waiting,
    /// Quantity limit (16).
    Quantity,
    /// Frequency (5).
    Frequency,
}

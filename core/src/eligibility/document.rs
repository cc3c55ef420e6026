//! What an enquiry is answered.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::adjudicate::Care;
use crate::calendar::Day;
use crate::code::Code;
use crate::decision::{AssignmentDocument, Provenance, Reason};
use crate::number::{Amount, Quantity};
use crate::scheme::{CounterWindow, ElementKind, FacilityLevel, Scope, ServiceCategory};

/// Schema id of this version of the answer.
pub const SCHEMA: &str = "adjudica/eligibility@1";

/// The answer to an enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EligibilityAnswer {
    /// Always `adjudica/eligibility@1`.
    pub schema: Cow<'static, str>,
    /// Id of the person.
    pub patient: Code,
    /// First day of the visit.
    pub date_from: Day,
    /// Last day of the visit.
    pub date_to: Day,
    /// Code of the facility.
    pub facility: Code,
    /// What is worth knowing but rejects nothing, such as an unknown birth date.
    pub findings: Vec<Reason>,
    /// The policies, in the order of the request.
    pub policies: Vec<PolicyAnswer>,
    /// What was asked about.
    pub elements: Vec<ElementAnswer>,
    /// What the answer was made with.
    pub provenance: Provenance,
}

/// What a policy has left for the visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyAnswer {
    /// Id of the policy.
    pub policy: Code,
    /// Code of its product.
    pub product: Code,
    /// Whether it covers the visit.
    pub covers: bool,
    /// That it covers the visit, or why it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Whether the visit is a hospital visit for the product: which of the limits apart for
    /// in- and out-patient care applies.
    pub hospital_visit: bool,
    /// What the person has yet to pay before the scheme does; empty = no deductible.
    pub deductible: Vec<LimitAnswer>,
    /// What the scheme pays yet; empty = no ceiling.
    pub ceiling: Vec<LimitAnswer>,
    /// What is left by category of claim; categories that are not limited are not listed.
    pub categories: Vec<CategoryAnswer>,
}

/// What is left of a deductible or ceiling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitAnswer {
    /// The care that it is for.
    pub care: Care,
    /// Whose claims share it; of `treatment` each claim has all of it.
    pub scope: Scope,
    /// The period over which claims share it.
    pub window: CounterWindow,
    /// How much it is, with what large families and supplements add.
    pub limit: Amount,
    /// How much of it is left.
    pub left: Amount,
}

/// What is left for claims of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryAnswer {
    /// The category.
    pub category: ServiceCategory,
    /// Claims; absent = as many as wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<CountAnswer>,
    /// The amount, before the ceiling; absent = not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<CategoryAmountAnswer>,
}

/// How many claims are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountAnswer {
    /// How many are allowed.
    pub maximum: u32,
    /// How many were counted.
    pub count: u32,
    /// How many are left.
    pub left: u32,
    /// The period over which they count.
    pub window: CounterWindow,
}

/// How much is left for claims of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryAmountAnswer {
    /// How much it is.
    pub limit: Amount,
    /// How much of it is left.
    pub left: Amount,
    /// The period over which claims share it; absent = each claim has all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<CounterWindow>,
}

/// What one unit of a service or item would get, as the only line of a claim that asks the price
/// the scheme knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElementAnswer {
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Whether a claim for it would be accepted. What is covered may still be paid 0: see `pays`.
    pub covered: bool,
    /// Why it is not covered, or what reduces it; the reasons of adjudication.
    pub reasons: Vec<Reason>,
    /// What a claim for it counts as.
    pub category: ServiceCategory,
    /// The price of one unit; absent if the register does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// What the scheme would pay.
    pub pays: Amount,
    /// What a claim would leave to the patient; 0 where the facility would bear it, as for care
    /// that is not in its price list.
    pub patient_pays: Amount,
    /// `pays` is a weight: what is paid follows from the period's index.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub awaits_index: bool,
    /// Which row of which policy would pay; absent if none would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentDocument>,
    /// What is left of that row's quantity limit, or of the one that is used up; absent = not
    /// limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<QuantityAnswer>,
    /// Most units that one line of a claim may have; absent = not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_maximum: Option<Quantity>,
    /// The day from which its waiting period is over, if that is what it is not covered for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_until: Option<Day>,
    /// The first day, from the visit's on, on which a visit of this length would be covered, if
    /// nothing else happens until then; absent if there is none before the policies end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Day>,
    /// What would make a difference: other visits with another answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<Instead>,
    /// Between which amounts a claim can come out, where the history is not known up to the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<Between>,
}

/// What is left of a quantity limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityAnswer {
    /// Units allowed.
    pub limit: Quantity,
    /// Units used.
    pub used: Quantity,
    /// Units left.
    pub left: Quantity,
    /// A claim for more is cut to what is left; `false` (by convention `quantity_limit`): it gets
    /// all it asks for while anything is left.
    pub cuts: bool,
    /// The period over which they add up.
    pub window: CounterWindow,
}

/// The same care in another visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instead {
    /// What is different.
    pub with: Other,
    /// Whether it would be covered.
    pub covered: bool,
    /// What the scheme would pay.
    pub pays: Amount,
    /// What the patient would pay.
    pub patient_pays: Amount,
}

/// How a visit could be different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Other {
    /// The patient comes by referral.
    Referral,
    /// The patient goes elsewhere.
    Facility {
        /// Level of the facility.
        level: FacilityLevel,
        /// Code of a facility of that level: of those with the best answer, the first.
        code: Code,
    },
}

/// Between which amounts a claim can come out, whatever claims between `as_of` and the visit the
/// history does not know: any of them may have consumed anything that is limited, and deductibles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Between {
    /// It is covered whatever happened.
    pub surely_covered: bool,
    /// The scheme pays at least this.
    pub at_least: Amount,
    /// The scheme pays at most this.
    pub at_most: Amount,
}

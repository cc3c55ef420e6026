//! What is asked about a policy: its period and its premium.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::claim::PolicyStage;
use crate::code::Code;
use crate::number::Amount;
use crate::scheme::Attributes;

/// Schema id of this version of the question about a period.
pub const PERIOD_SCHEMA: &str = "adjudica/period_request@1";
/// Schema id of this version of the question about a premium.
pub const PREMIUM_SCHEMA: &str = "adjudica/premium_request@1";

fn period_schema() -> String {
    PERIOD_SCHEMA.to_owned()
}

fn premium_schema() -> String {
    PREMIUM_SCHEMA.to_owned()
}

/// When would a policy begin and end?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodRequest {
    /// Always `adjudica/period_request@1`; may be left out.
    #[serde(default = "period_schema")]
    pub schema: String,
    /// Code of the product; for a renewal that of the previous policy.
    pub product: Code,
    /// New or renewed.
    #[serde(default)]
    pub stage: PolicyStage,
    /// The day of enrolment, or on which renewal is asked for.
    pub enrolment_date: Day,
    /// The policy that is renewed, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousPolicy>,
    /// Language of the explanation, such as `fr`; absent = no explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Code>,
}

/// What does a policy cost, who pays, and is it in force?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PremiumRequest {
    /// Always `adjudica/premium_request@1`; may be left out.
    #[serde(default = "premium_schema")]
    pub schema: String,
    /// Code of the product; for a renewal that of the previous policy.
    pub product: Code,
    /// New or renewed.
    #[serde(default)]
    pub stage: PolicyStage,
    /// The day of enrolment, or on which renewal is asked for.
    pub enrolment_date: Day,
    /// The policy that is renewed, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousPolicy>,
    /// The household's members.
    pub members: Vec<Member>,
    /// What is known of the family, for subsidies.
    #[serde(default, skip_serializing_if = "Family::is_empty")]
    pub family: Family,
    /// Instalments that the household wishes to pay in; absent = 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalments: Option<u16>,
    /// What the household has paid. What others owe by subsidies is not waited for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<PremiumPayment>,
    /// The day on which an officer put the policy in force without full payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforced: Option<Day>,
    /// The day on which an officer confirmed the policy, where the product asks for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Day>,
    /// A day of each month for which a contribution was made, for products that ask for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributed: Vec<Day>,
    /// The day of the question: qualifying contributions are counted up to it, and the convention
    /// `premium_age: as_of` counts ages at it. Absent = the day of enrolment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Language of the explanation, such as `fr`; absent = no explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Code>,
}

impl PremiumRequest {
    /// The question about the period of the same policy.
    #[must_use]
    pub fn period(&self) -> PeriodRequest {
        PeriodRequest {
            schema: period_schema(),
            product: self.product.clone(),
            stage: self.stage,
            enrolment_date: self.enrolment_date,
            previous: self.previous,
            language: None,
        }
    }
}

/// The policy that is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviousPolicy {
    /// Its last day.
    pub expiry: Day,
    /// The day on which registration was last charged; absent = not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<Day>,
}

/// A member of the household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Id of the person.
    pub id: Code,
    /// Birth date; absent = unknown, which counts as adult and is said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Day>,
    /// Not of the nuclear family (openIMIS relationship 7): pays apart from a lump sum.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other_relative: bool,
    /// The day on which the person joined the household; after enrolment, the person is a late
    /// member. Absent = from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Day>,
}

/// What is known of a family.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Registered as poor.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub poverty: bool,
    /// Free attributes that subsidies may ask for.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

impl Family {
    /// Nothing known?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.poverty && self.attributes.is_empty()
    }
}

/// What the household paid on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PremiumPayment {
    /// The day.
    pub date: Day,
    /// The amount.
    pub amount: Amount,
}

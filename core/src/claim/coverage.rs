//! Who is treated, and under which policies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::code::Code;
use crate::scheme::{Attributes, Sex};

/// The person treated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Patient {
    /// Id of the person, the same as in memberships and the ledger.
    pub id: Code,
    /// Birth date; absent = unknown, which counts as adult and is said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Day>,
    /// Sex; absent = not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// `false`: the register knows no such live person or family, and the claim is rejected.
    #[serde(default = "super::yes", skip_serializing_if = "super::is_yes")]
    #[schemars(extend("default" = true))]
    pub registered: bool,
    /// Free attributes that conditions may ask for.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

/// One policy of the person's family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Id of the policy.
    pub policy: Code,
    /// Code of its product.
    pub product: Code,
    /// Status.
    #[serde(default)]
    pub status: PolicyStatus,
    /// New or renewed.
    #[serde(default)]
    pub stage: PolicyStage,
    /// First day of cover; absent = never in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Day>,
    /// Last day of cover; absent = never in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Day>,
    /// Who belongs to it. Other members than the patient matter for limits by family size.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memberships: Vec<Membership>,
    /// Number of members at the visit, where the memberships here are not all; absent = count the
    /// distinct persons whose memberships are in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
}

/// Status of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicyStatus {
    /// Not yet paid (openIMIS 1).
    Idle,
    /// In force (2).
    #[default]
    Active,
    /// Suspended (4).
    Suspended,
    /// Over by now (8); still covers visits inside its dates.
    Expired,
    /// Ready to become active (16).
    Ready,
}

/// New or renewed policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicyStage {
    /// New (openIMIS N): waiting periods apply.
    #[default]
    New,
    /// Renewed (R): waiting periods apply only to persons who joined after it began.
    Renewed,
}

/// One person's membership in a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// Id of the person.
    pub person: Code,
    /// First day; absent = never in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Day>,
    /// Last day; absent = never in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Day>,
    /// Birth date, where supplements ask for age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Day>,
    /// Sex, where supplements ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Free attributes, where supplements ask for them.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

//! Which advisors the scheme hears, and what their findings may do: route a claim to a person,
//! and nothing else (SEMANTICS 7, DOMAIN D.5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::catalogue::ServiceCategory;
use super::review::{is_middle, middle};
use super::terms::{Validity, VisitType};
use crate::code::Code;
use crate::number::{Amount, Percent, Score};

/// The routing policy. No field of it can deny a claim or change an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorRules {
    /// Whether findings may route claims, or are only kept.
    #[serde(default)]
    pub mode: AdvisorMode,
    /// The advisors that are heard; answers of others are kept and do nothing.
    pub known: Vec<KnownAdvisor>,
    /// Which questioning findings route a claim where: the first that fits each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RouteRule>,
    /// Most claims that findings may select in one selection; absent = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Claims of which the rules pay less than this are not routed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Amount>,
    /// Claims that findings never route.
    #[serde(default, skip_serializing_if = "Exempt::is_empty")]
    pub exempt: Exempt,
    /// What happens to a claim for which no advisor gave a usable answer.
    #[serde(default)]
    pub unheard: Unheard,
    /// How good advisors must be; past a limit, findings are only observed. Absent = not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<QualityLimits>,
    /// An answer that took longer than this is late, in milliseconds; absent = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u32>,
    /// Free attributes of patients that advisors may see. Others are never shown: anything may
    /// stand in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Code>,
}

/// How good an advisor must be, by what reviewers decided in the blind share. Percentages of 0 to
/// 100; what is absent is not limited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityLimits {
    /// A limit counts only where what it limits rests on at least so many claims.
    pub fewest: u32,
    /// Of the flagged claims, at least so many were corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Percent>,
    /// Of the corrected claims, at least so many were flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall: Option<Percent>,
    /// Of the claims left alone, at most so many were flagged, in all and in every subgroup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_flags: Option<Percent>,
    /// Of the flagged claims whose reviewer could see why, at most so many were left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Percent>,
    /// Largest calibration error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Percent>,
    /// Largest drift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<Percent>,
}

/// What findings may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdvisorMode {
    /// They are kept, to be compared with what reviewers decide.
    #[default]
    Observe,
    /// They also select claims for review and raise priorities.
    Route,
}

/// An advisor that the scheme has approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownAdvisor {
    /// Who runs it.
    pub provider: Code,
    /// Id of the model.
    pub model: Code,
    /// Version of the model.
    pub version: Code,
    /// SHA-256 of the model's file, in hexadecimal; given, the answer must name the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Code>,
    /// Days of care for which it is approved.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
}

/// Where a finding sends a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteRule {
    /// Findings with at least this score.
    pub score: Score,
    /// Findings of at least this severity; absent = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Where the claim goes.
    pub to: Route,
    /// Which claims come first, 0 to 100.
    #[serde(default = "middle", skip_serializing_if = "is_middle")]
    #[schemars(range(max = 100))]
    pub priority: u8,
}

/// Where a claim goes; each is a person. There is no other way out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// A reviewer.
    Review,
    /// A reviewer who asks the facility for documents first.
    RequestInformation,
    /// A senior reviewer.
    SeniorReview,
}

/// How much a finding matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A little.
    Low,
    /// More.
    Medium,
    /// Much.
    High,
}

/// Claims that findings never route.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exempt {
    /// Categories of the claim, such as delivery.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<ServiceCategory>,
    /// Why the patient came, such as an emergency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visit_types: Vec<VisitType>,
}

impl Exempt {
    /// None exempt?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.visit_types.is_empty()
    }
}

/// What happens to a claim for which no advisor gave a usable answer. Never an approval: the rules
/// decide, with or without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unheard {
    /// The rules go on without it.
    #[default]
    ByRules,
    /// A reviewer looks at it.
    Review,
}

//! What became of the advisors' answers: the document for the record.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::{Finding, FindingsProvenance, Suggestion, Target};
use crate::calendar::Moment;
use crate::code::Code;
use crate::decision::Provenance;
use crate::number::Score;
use crate::scheme::{AdvisorMode, Route};

/// Schema id of this version of the advice.
pub(super) const SCHEMA: &str = "adjudica/advice@1";

/// What the advisors of a claim said, whether it could be used, and what it may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Always `adjudica/advice@1`.
    pub schema: Cow<'static, str>,
    /// Code of the claim.
    pub claim: Code,
    /// Code of its facility.
    pub facility: Code,
    /// What findings may do under the scheme; absent = the scheme hears no advisors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<AdvisorMode>,
    /// What became of each answer, in the order given.
    pub heard: Vec<Heard>,
    /// What the findings may do.
    pub effects: AdviceEffects,
    /// What it was made with.
    pub audit: AdviceAudit,
}

/// One advisor's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// The host's name for the advisor.
    pub advisor: Code,
    /// Whether it could be used.
    pub status: AnswerStatus,
    /// What is wrong with it, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// SHA-256 of the answer's text, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload_hash: Option<Code>,
    /// Who says it, as the answer states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<FindingsProvenance>,
    /// The findings, attached to the claim for its reviewer; none unless `used`.
    pub findings: Vec<Finding>,
}

/// Whether an advisor's answer could be used, and why not.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AnswerStatus {
    /// It was used.
    Used,
    /// There is none.
    Absent,
    /// It took longer than the scheme allows.
    Late,
    /// It is longer than any answer may be, or has more findings.
    TooLarge,
    /// It is not a findings document.
    Malformed,
    /// The scheme does not know this advisor, model, version or model file.
    UnknownModel,
    /// It is about another snapshot.
    OtherInput,
    /// It is made for another scheme or other days, or has expired.
    OutOfScope,
    /// A score outside 0 to 1, a negative suggestion, or a text that is too long.
    OutOfRange,
    /// It names a line that the claim does not have.
    UnknownTarget,
}

/// What the findings may do; this is all that there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviceEffects {
    /// Send the claim to a person, with a priority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteTaken>,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_routed: Option<NotRouted>,
    /// Where the claim would go in mode `route`, if the mode is `observe` or fell back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<RouteTaken>,
    /// Values proposed to the reviewer.
    pub proposals: Vec<Proposal>,
}

/// Where a claim goes and which finding sends it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteTaken {
    /// Where.
    pub to: Route,
    /// Which claims come first, 0 to 100.
    pub priority: u8,
    /// Position of the scheme's route, from 0; absent = no advisor gave a usable answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<u32>,
    /// The host's name for the advisor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advisor: Option<Code>,
    /// Position of the finding in the advisor's answer, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<u32>,
    /// Its score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

/// Why a claim is not routed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum NotRouted {
    /// The scheme hears no advisors.
    NoAdvisors,
    /// The scheme only observes.
    Observe,
    /// The advisors' quality is past a limit of the scheme, which so only observes.
    Quality,
    /// The rules pay nothing, so there is nothing to hold back.
    NothingToPay,
    /// The rules pay less than the scheme's floor.
    BelowFloor,
    /// The scheme exempts the claim's category or visit type.
    Exempt,
    /// No answer could be used, and the rules go on without.
    NoAnswer,
    /// No finding fits a route.
    NothingQuestioned,
}

/// Values that a finding proposes to the reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The host's name for the advisor.
    pub advisor: Code,
    /// Where.
    pub target: Target,
    /// What.
    pub suggestion: Suggestion,
}

/// What the advice was made with, so that it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviceAudit {
    /// When, as the host says.
    pub at: Moment,
    /// Hash of the snapshot.
    pub input_hash: Code,
    /// SHA-256 of the canonical text of the decision, which the advice did not touch.
    pub decision_hash: Code,
    /// SHA-256 of the canonical text of the quality document, in hexadecimal, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality_hash: Option<Code>,
    /// The rules, with the routing policy in the scheme's digest.
    pub rules: Provenance,
}

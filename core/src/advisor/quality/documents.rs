//! What is asked about the quality of advisors, and what is answered.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::advice::Heard;
use crate::calendar::{Day, Moment};
use crate::code::Code;
use crate::decision::Provenance;
use crate::number::{Amount, Percent, Score};

/// Asks how good the scheme's advisors are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityRequest {
    /// Always `adjudica/quality_request@1`.
    pub schema: String,
    /// Now, as the host says.
    pub at: Moment,
    /// Claims from this day on are compared with those before, to find drift; absent = not looked
    /// for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later_from: Option<Day>,
    /// Reviewed claims about which advisors were asked.
    pub claims: Vec<QualityClaim>,
}

/// A reviewed claim, and what advisors said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityClaim {
    /// Code of the claim.
    pub claim: Code,
    /// Code of its facility.
    pub facility: Code,
    /// Its day, such as the first day of care.
    pub date: Day,
    /// Whether the reviewer decided before seeing any finding.
    #[serde(default)]
    pub blind: bool,
    /// What the scheme pays by the rules.
    pub payable: Amount,
    /// What it pays with the reviewer's verdicts. A claim for which that differs was corrected.
    pub reviewed: Amount,
    /// Subgroups that the claim belongs to, such as `sex: female`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<Code, Code>,
    /// What advisors said, as the advice on the claim has it.
    pub heard: Vec<Heard>,
}

/// How good the scheme's advisors are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Always `adjudica/quality@1`.
    pub schema: Cow<'static, str>,
    /// When, as the host said.
    pub at: Moment,
    /// From when on claims count as later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later_from: Option<Day>,
    /// Claims of the blind share.
    pub blind: u32,
    /// Claims whose reviewer could see the findings.
    pub shown: u32,
    /// Each advisor, by the host's name.
    pub advisors: Vec<AdvisorQuality>,
    /// Whether an advisor is past a limit of the scheme. Advice that is asked with this document
    /// then only observes.
    pub fall_back: bool,
    /// The rules with the limits.
    pub provenance: Provenance,
}

/// How good an advisor is, on the blind share. A claim is flagged if a finding fits one of the
/// scheme's routes. A share of nothing is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorQuality {
    /// The host's name for the advisor.
    pub advisor: Code,
    /// Blind claims for which its answer could be used.
    pub used: u32,
    /// Blind claims for which it could not.
    pub unusable: u32,
    /// How flags and reviewers agree.
    pub counts: FlagCounts,
    /// Of the flagged claims, how many were corrected, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Percent>,
    /// Of the corrected claims, how many were flagged, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall: Option<Percent>,
    /// Of the claims that reviewers left alone, how many were flagged, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_flags: Option<Percent>,
    /// The same for each subgroup: `facility`, and those that the claims name.
    pub groups: Vec<GroupQuality>,
    /// How flags and reviewers agree where the reviewer could see the findings; measures reviewers
    /// as much as the advisor.
    pub shown: FlagCounts,
    /// Of the flagged claims whose reviewer could see why, how many were left alone, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Percent>,
    /// Scores in bands of a tenth. A claim's score is the highest of its questioning findings.
    pub bands: Vec<ScoreBand>,
    /// Mean distance of a band's mean score from the share that was corrected, by claims, in
    /// percent (expected calibration error).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Percent>,
    /// Mean squared distance of the score from 1 (corrected) or 0 (left alone): Brier score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brier: Option<Score>,
    /// Largest distance between the cumulated scores of earlier and later claims, by bands, in
    /// percent (Kolmogorov and Smirnov).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<Percent>,
    /// The scheme's limits that it is past.
    pub breaches: Vec<Breach>,
}

/// How flags and reviewers agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlagCounts {
    /// Flagged and corrected: rightly flagged.
    pub flagged_corrected: u32,
    /// Flagged and left alone: wrongly flagged.
    pub flagged_left: u32,
    /// Not flagged and corrected: missed.
    pub quiet_corrected: u32,
    /// Not flagged and left alone.
    pub quiet_left: u32,
}

/// Wrong flags in a subgroup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupQuality {
    /// What divides claims, such as `sex`.
    pub by: Code,
    /// The subgroup, such as `female`.
    pub group: Code,
    /// How flags and reviewers agree.
    pub counts: FlagCounts,
    /// Of the claims that reviewers left alone, how many were flagged, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_flags: Option<Percent>,
}

/// Claims with scores from one tenth to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreBand {
    /// The lowest score; the next band begins a tenth higher.
    pub least: Score,
    /// Claims.
    pub claims: u32,
    /// Of which corrected.
    pub corrected: u32,
    /// Mean score, rounded half up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<Score>,
    /// Share that was corrected, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Percent>,
    /// Earlier claims; 0 where drift is not looked for.
    pub earlier: u32,
    /// Later claims; 0 where drift is not looked for.
    pub later: u32,
}

/// A limit that an advisor is past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// Which.
    pub limit: QualityLimit,
    /// What was measured, in percent.
    pub value: Percent,
    /// What the scheme allows, in percent.
    pub allowed: Percent,
    /// What divides claims, where the limit is for a subgroup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Code>,
    /// The subgroup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Code>,
}

/// What a scheme can limit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QualityLimit {
    /// Precision is too low.
    Precision,
    /// Recall is too low.
    Recall,
    /// Wrong flags are too many, in all or in a subgroup.
    WrongFlags,
    /// Reviewers overrule too many flags.
    Overrides,
    /// Scores say something else than reviewers.
    Calibration,
    /// Scores have moved.
    Drift,
}

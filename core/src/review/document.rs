//! The selection: the question and its answer.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file::ReviewState;
use crate::advisor::Advice;
use crate::calendar::{Day, Moment};
use crate::claim::Request;
use crate::code::Code;
use crate::decision::Provenance;
use crate::number::{Amount, Percent, Score};
use crate::scheme::{Route, Undone};

/// Schema id of this version of the question.
pub const REVIEW_SELECTION_REQUEST_SCHEMA: &str = "adjudica/review_selection_request@1";
/// Schema id of this version of the answer.
pub(super) const SCHEMA: &str = "adjudica/review_selection@1";

/// Asks which claims are to be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewSelectionRequest {
    /// Always `adjudica/review_selection_request@1`.
    pub schema: String,
    /// Seed of every draw; the same seed draws the same claims, in any order, on any machine.
    pub seed: Code,
    /// Now, as the host says; deadlines run from its day.
    pub at: Moment,
    /// The claims to choose from.
    pub claims: Vec<ClaimToSelect>,
    /// What earlier claims cost, for comparison with their mean. A row may stand for many claims.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<PastCosts>,
}

/// A claim to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimToSelect {
    /// The claim as it is adjudicated.
    pub request: Request,
    /// What advisors' findings may do, as the engine said. It must be about this claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Box<Advice>>,
}

/// What earlier claims with one main diagnosis cost on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastCosts {
    /// Code of the main diagnosis.
    pub diagnosis: Code,
    /// The day: first day of care.
    pub date: Day,
    /// How many claims.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub claims: u32,
    /// What they claimed together.
    pub claimed: Amount,
    /// What was approved of them together; absent = not known, and the row does not count where the
    /// mean is of what was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Amount>,
}

fn one() -> u32 {
    1
}

/// Which claims are to be reviewed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewSelection {
    /// Always `adjudica/review_selection@1`.
    pub schema: Cow<'static, str>,
    /// The seed.
    pub seed: Code,
    /// When, as the host said.
    pub at: Moment,
    /// How many claims.
    pub counts: SelectionCounts,
    /// What each rule did, in the order of the scheme; then `blind` and `advice`.
    pub rules: Vec<RuleCount>,
    /// Every claim, in the order given.
    pub claims: Vec<SelectedClaim>,
    /// The rules that decided and selected.
    pub provenance: Provenance,
}

/// How many claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionCounts {
    /// Given.
    pub claims: u32,
    /// Of which the rules pay something.
    pub payable: u32,
    /// Selected, those of the blind share included.
    pub selected: u32,
    /// Of the blind share.
    pub blind: u32,
    /// Chosen by a rule or a finding and left out for lack of capacity.
    pub over_capacity: u32,
}

/// What a rule did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleCount {
    /// Code of the rule; `blind` and `advice` for the blind share and advisors' findings.
    pub rule: Code,
    /// What it did in each group, in the order of their names.
    pub groups: Vec<GroupCount>,
}

/// What a rule did in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupCount {
    /// What the claims of the group have in common, in the order of the rule's `by`; an empty text
    /// where there is no value.
    pub group: Vec<String>,
    /// Claims that the rule looked at.
    pub claims: u32,
    /// Claims that it chose.
    pub chosen: u32,
}

/// What becomes of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectedClaim {
    /// Code of the claim.
    pub claim: Code,
    /// Code of its facility.
    pub facility: Code,
    /// `selected` or `not_selected`.
    pub state: ReviewState,
    /// The reviewer decides before seeing what advisors found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub blind: bool,
    /// Which claims come first, 0 to 100: the highest of the rules that chose it. For selected
    /// claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Chosen, but beyond the scheme's capacity.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub over_capacity: bool,
    /// What it asks for.
    pub claimed: Amount,
    /// What the rules pay.
    pub payable: Amount,
    /// What happens if nobody reviews it. For selected claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<Undone>,
    /// Last day to review it, if it is held until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// What each rule that looked at the claim found; none for claims of which nothing is paid.
    pub looks: Vec<Look>,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Code of the rule.
    pub rule: Code,
    /// Whether it chose the claim.
    pub chosen: bool,
    /// It would have, but had chosen as many as it may.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub over_capacity: bool,
    /// The numbers.
    pub found: LookedAt,
}

/// The numbers of a rule's choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookedAt {
    /// A draw: the claims with a rank up to `drawn` are chosen.
    Random {
        /// Percentage drawn.
        percent: Percent,
        /// Claims in the group.
        claims: u32,
        /// Claims drawn from it.
        drawn: u32,
        /// Rank of this claim by its draw, from 1.
        rank: u32,
        /// The first 16 hexadecimal digits of the SHA-256 of `seed`, `rule`, `facility` and
        /// `claim`, with line breaks between them.
        draw: String,
    },
    /// A comparison with a threshold: chosen from there on.
    Value {
        /// What the claim asks for.
        claimed: Amount,
        /// The threshold.
        threshold: Amount,
    },
    /// A comparison with the mean of the diagnosis: chosen from `limit` on. Compared exactly; `mean`
    /// and `limit` are shown rounded.
    Variance {
        /// What the claim asks for.
        claimed: Amount,
        /// Earlier claims that the mean is of.
        claims: u64,
        /// Their mean.
        mean: Amount,
        /// The mean × (1 + percent / 100).
        limit: Amount,
    },
    /// The claim asks for less than the rule looks at.
    TooSmall {
        /// What the claim asks for.
        claimed: Amount,
        /// The least that the rule looks at.
        at_least: Amount,
    },
    /// Too few earlier claims of the diagnosis for a mean.
    WithoutMean {
        /// Earlier claims.
        claims: u64,
        /// Fewest that make a mean.
        fewest: u32,
    },
    /// A finding of an advisor, or that none answered.
    Advice {
        /// Where the claim goes.
        to: Route,
        /// The host's name for the advisor.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        advisor: Option<Code>,
        /// Position of the finding in its answer, from 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        finding: Option<u32>,
        /// Its score.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score: Option<Score>,
    },
    /// Advice about another claim, or about this one before it changed; it does nothing.
    OtherAdvice {},
}

//! The review file of a claim: where its review and feedback stand, and everything that happened.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::steps::Track;
use super::workflow::Basis;
use crate::calendar::{Day, Moment};
use crate::claim::{LedgerEntry, Override, Verdict};
use crate::code::Code;
use crate::decision::LineStatus;
use crate::number::{Amount, Quantity};

/// Where a review or feedback stands (openIMIS 1, 2, 4, 8, 16).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Nobody has looked whether to review it (1).
    #[default]
    Idle,
    /// Not to be reviewed (2).
    NotSelected,
    /// To be reviewed (4).
    Selected,
    /// Reviewed (8).
    Delivered,
    /// Was to be reviewed and is not, for a reason that is recorded (16).
    Bypassed,
}

impl ReviewState {
    /// Its word in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::NotSelected => "not_selected",
            Self::Selected => "selected",
            Self::Delivered => "delivered",
            Self::Bypassed => "bypassed",
        }
    }
}

/// The review file of a claim, kept by the host from step to step. An empty one is the beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewFile {
    /// Code of the claim, once something has happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Code>,
    /// Code of its facility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<Code>,
    /// Where the review stands.
    #[serde(default)]
    pub review: ReviewState,
    /// Where the feedback stands.
    #[serde(default)]
    pub feedback: ReviewState,
    /// Which claims come first, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// The reviewer decides before seeing what advisors found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub blind: bool,
    /// Last day to review it, if it is held until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// The verdicts in force, by line, each with its reviewer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdicts>,
    /// What the insured answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<FeedbackAnswers>,
    /// What was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
    /// The appeal that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Appeal>,
    /// The claim was reversed as a whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub reversed: bool,
    /// Every entry that the claim ever made in the ledger; those taken back are marked `reversed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledger: Vec<LedgerEntry>,
    /// Everything that happened, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
}

/// What a reviewer decides about a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineVerdict {
    /// Id of the line.
    pub line: Code,
    /// Whether the line stands; absent = as the rules say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Units approved; 0 = none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Price approved for one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// Why. A rejection needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Checks that an accepting verdict replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

/// A verdict in force and who decided it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdicts {
    /// Who decided.
    pub reviewer: Code,
    /// When.
    pub at: Moment,
    /// What.
    pub decided: LineVerdict,
}

/// The five answers of feedback (DOMAIN D.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackAnswers {
    /// Was the care given?
    pub care_rendered: bool,
    /// Was a payment asked?
    pub payment_asked: bool,
    /// Was a drug prescribed?
    pub drug_prescribed: bool,
    /// Was the drug received?
    pub drug_received: bool,
    /// How good it was all in all, 0 to 5.
    #[schemars(range(max = 5))]
    pub overall: u8,
}

/// What was paid, and on what ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// When.
    pub at: Moment,
    /// On what ground.
    pub basis: Basis,
    /// Borne by the scheme.
    pub scheme_share: Amount,
    /// Borne by the patient.
    pub patient_share: Amount,
    /// Borne by the facility.
    pub facility_share: Amount,
    /// Line by line.
    pub lines: Vec<SettledLine>,
}

/// A line as it was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettledLine {
    /// Id of the line.
    pub line: Code,
    /// Passed or rejected.
    pub status: LineStatus,
    /// Paid by the scheme.
    pub payable: Amount,
}

/// An appeal that nobody has decided yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// When it was made.
    pub at: Moment,
    /// Who appeals.
    pub by: Code,
    /// Why.
    pub reason: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When, as the host says.
    pub at: Moment,
    /// Who did it.
    pub by: Code,
    /// What, such as `deliver`.
    pub step: Code,
    /// What it moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
    /// Where that stood before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ReviewState>,
    /// Where it stands now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ReviewState>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The verdicts given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<LineVerdict>,
    /// What the scheme paid before and after, where that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme_share: Option<Change>,
}

/// An amount before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Before.
    pub before: Amount,
    /// After.
    pub after: Amount,
    /// After less before.
    pub change: Amount,
}

/// What changed in money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Borne by the scheme.
    pub scheme_share: Change,
    /// Borne by the patient.
    pub patient_share: Change,
    /// Borne by the facility.
    pub facility_share: Change,
    /// The lines that changed.
    pub lines: Vec<LineChange>,
}

/// A line that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineChange {
    /// Id of the line.
    pub line: Code,
    /// Before.
    pub before: LineStatus,
    /// After.
    pub after: LineStatus,
    /// What the scheme pays for it.
    pub payable: Change,
}

//! The steps of a review and the states that they lead from and to, as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file::{FeedbackAnswers, LineVerdict, ReviewState};
use crate::code::Code;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who does it: a reviewer, an officer, the appellant, or the host's own name.
    pub by: Code,
    /// What.
    pub action: Action,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// The claim is to be reviewed; its deadline runs from now.
    Select(SelectStep),
    /// The claim is not to be reviewed.
    PassOver(PlainStep),
    /// The reviewer has decided; lines without verdict stand as the rules say.
    Deliver(DeliverStep),
    /// A person takes the review back undone.
    Bypass(ReasonStep),
    /// The deadline is over and the scheme pays by the rules.
    Lapse(PlainStep),
    /// The review begins again, before payment; its verdicts are void.
    Reopen(ReasonStep),
    /// The insured is to be asked.
    SelectFeedback(PlainStep),
    /// The insured is not to be asked.
    PassOverFeedback(PlainStep),
    /// The insured has answered.
    DeliverFeedback(AnswersStep),
    /// The insured could not be asked.
    BypassFeedback(ReasonStep),
    /// The claim is paid as it stands; its consumption enters the ledger.
    Settle(PlainStep),
    /// Facility or insured want the decision looked at again.
    Appeal(ReasonStep),
    /// The appeal is decided: the claim is decided again, what it consumed is taken back and
    /// entered anew.
    DecideAppeal(DecideStep),
    /// The claim is taken back as a whole.
    Reverse(ReasonStep),
}

/// A claim is to be reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectStep {
    /// Which claims come first, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// The reviewer decides before seeing what advisors found.
    #[serde(default)]
    pub blind: bool,
    /// Why, such as the codes of the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A step that needs nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlainStep {}

/// A step that needs a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonStep {
    /// Why.
    pub reason: String,
}

/// What a reviewer decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverStep {
    /// Verdicts on lines.
    pub lines: Vec<LineVerdict>,
}

/// What the insured answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersStep {
    /// The answers.
    pub answers: FeedbackAnswers,
}

/// How an appeal is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideStep {
    /// Verdicts on lines; they replace those in force. None: the decision stands.
    pub lines: Vec<LineVerdict>,
    /// Why.
    pub reason: String,
}

/// What a step moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// The review.
    Review,
    /// The feedback.
    Feedback,
}

/// A step that moves a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// Name of the step.
    pub step: &'static str,
    /// What it moves.
    pub track: Track,
    /// From where.
    pub from: ReviewState,
    /// To where.
    pub to: ReviewState,
}

const fn moves(step: &'static str, track: Track, from: ReviewState, to: ReviewState) -> Transition {
    Transition {
        step,
        track,
        from,
        to,
    }
}

/// Every step that moves a track; there are no others. Nothing leads out of `selected` without a
/// person or a deadline.
pub const TRANSITIONS: [Transition; 16] = {
    use ReviewState::{Bypassed, Delivered, Idle, NotSelected, Selected};
    use Track::{Feedback, Review};
    [
        moves("select", Review, Idle, Selected),
        moves("select", Review, NotSelected, Selected),
        moves("pass_over", Review, Idle, NotSelected),
        moves("deliver", Review, Selected, Delivered),
        moves("bypass", Review, Selected, Bypassed),
        moves("lapse", Review, Selected, Bypassed),
        moves("reopen", Review, Delivered, Selected),
        moves("reopen", Review, Bypassed, Selected),
        moves("select_feedback", Feedback, Idle, Selected),
        moves("select_feedback", Feedback, NotSelected, Selected),
        moves("pass_over_feedback", Feedback, Idle, NotSelected),
        moves("deliver_feedback", Feedback, Selected, Delivered),
        moves("bypass_feedback", Feedback, Selected, Bypassed),
        // A review of a claim that was paid by the rules in the meantime.
        moves("deliver", Review, Bypassed, Delivered),
        moves("deliver_feedback", Feedback, Bypassed, Delivered),
        moves("select_feedback", Feedback, Bypassed, Selected),
    ]
};

impl Action {
    /// Name of the step.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Select(_) => "select",
            Self::PassOver(_) => "pass_over",
            Self::Deliver(_) => "deliver",
            Self::Bypass(_) => "bypass",
            Self::Lapse(_) => "lapse",
            Self::Reopen(_) => "reopen",
            Self::SelectFeedback(_) => "select_feedback",
            Self::PassOverFeedback(_) => "pass_over_feedback",
            Self::DeliverFeedback(_) => "deliver_feedback",
            Self::BypassFeedback(_) => "bypass_feedback",
            Self::Settle(_) => "settle",
            Self::Appeal(_) => "appeal",
            Self::DecideAppeal(_) => "decide_appeal",
            Self::Reverse(_) => "reverse",
        }
    }

    /// The reason given, where the step has one.
    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Self::Select(step) => step.reason.as_deref(),
            Self::Bypass(step)
            | Self::Reopen(step)
            | Self::BypassFeedback(step)
            | Self::Appeal(step)
            | Self::Reverse(step) => Some(&step.reason),
            Self::DecideAppeal(step) => Some(&step.reason),
            _ => None,
        }
    }

    /// The verdicts given.
    pub(super) fn verdicts(&self) -> &[LineVerdict] {
        match self {
            Self::Deliver(step) => &step.lines,
            Self::DecideAppeal(step) => &step.lines,
            _ => &[],
        }
    }
}

/// Why a step was not taken. Nothing of the request's steps is then taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Position of the step, from 0.
    pub step: u32,
    /// Why.
    pub code: RefusalCode,
    /// Why, for people.
    pub message: String,
}

/// Why a step was not taken.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The step does not lead from where the review or feedback stands.
    WrongState,
    /// The step, or a rejecting verdict, needs a reason.
    ReasonMissing,
    /// A verdict names a line that the claim does not have, or one twice.
    WrongLine,
    /// A value is out of range: a priority over 100, an overall answer over 5.
    OutOfRange,
    /// The deadline is not over, or the scheme does not pay by the rules after it.
    NotDue,
    /// The claim is held for its review.
    Held,
    /// The claim is paid already.
    AlreadySettled,
    /// The claim has not been paid.
    NotSettled,
    /// An appeal is open.
    AppealOpen,
    /// No appeal is open.
    NoAppeal,
    /// The days for an appeal are over.
    AppealLate,
    /// Who reviewed the claim may not decide its appeal.
    SameReviewer,
    /// The claim was reversed.
    Reversed,
}

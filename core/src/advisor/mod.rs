//! Advisors: programs outside the rules (a model, a statistic, a remote service) that look at a
//! claim and say what a person should look at (SEMANTICS 7, DOMAIN D.5).
//!
//! It works in two phases and as data only. The core writes a [`AdvisorInput`] without direct
//! identifiers; the host brings back [`Findings`] as text; [`judge`] reads them, whatever they
//! are, and says what they may do: send the claim to a person, raise its priority, attach
//! findings, propose values to the reviewer. No type here can deny a claim or change an amount,
//! and the decision is made without looking at any of them.

mod advice;
mod finding;
mod judge;
mod quality;
mod route;
mod snapshot;

pub use advice::{
    Advice, AdviceAudit, AdviceEffects, AnswerStatus, Heard, NotRouted, Proposal, RouteTaken,
};
pub use finding::{
    Evidence, FINDINGS_SCHEMA, Finding, FindingCode, Findings, FindingsProvenance, FindingsScope,
    Stance, Suggestion, Target,
};
pub use judge::{
    ADVICE_REQUEST_SCHEMA, AdviceRequest, AdvisorAnswer, LONGEST_ANSWER, MOST_EVIDENCE,
    MOST_FINDINGS, judge,
};
pub use quality::{
    AdvisorQuality, Breach, FlagCounts, GroupQuality, QUALITY_REQUEST_SCHEMA, Quality,
    QualityClaim, QualityLimit, QualityRequest, ScoreBand, quality,
};
pub use snapshot::{
    ADVISOR_INPUT_REQUEST_SCHEMA, AdvisorInput, AdvisorInputRequest, InputClaim, InputLine,
    PriorUse, advisor_input, snapshot,
};

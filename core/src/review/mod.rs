//! Claim review (SEMANTICS 7): which claims a person looks at, what the person decides, what
//! happens when nobody does, appeals and reversals, and what a sample says about the rest.
//!
//! Everything is a document in and a document out. Nothing here draws random numbers or asks the
//! time: the seed and the moment are in the request.

mod appeal;
mod document;
mod draw;
mod facts;
mod file;
mod means;
mod report;
mod sampling;
mod select;
mod selection;
mod statistics;
mod steps;
mod undone;
mod workflow;

pub use document::{
    ClaimToSelect, GroupCount, Look, LookedAt, PastCosts, REVIEW_SELECTION_REQUEST_SCHEMA,
    ReviewSelection, ReviewSelectionRequest, RuleCount, SelectedClaim, SelectionCounts,
};
pub use file::{
    Appeal, Change, Difference, Event, FeedbackAnswers, LineChange, LineVerdict, ReviewFile,
    ReviewState, Settled, SettledLine, Verdicts,
};
pub use report::{
    REVIEW_REPORT_REQUEST_SCHEMA, ReviewReport, ReviewReportRequest, ReviewerCount, StateCounts,
    review_report,
};
pub use sampling::{
    Extrapolated, GroupEstimate, NotApplied, SAMPLING_REQUEST_SCHEMA, SampledClaim, Sampling,
    SamplingRequest, sampling,
};
pub use select::review_selection;
pub use steps::{
    Action, AnswersStep, DecideStep, DeliverStep, PlainStep, ReasonStep, Refusal, RefusalCode,
    SelectStep, Step, TRANSITIONS, Track, Transition,
};
pub use workflow::{Basis, REVIEW_REQUEST_SCHEMA, ReviewAnswer, ReviewRequest, Standing, review};

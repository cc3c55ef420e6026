//! Policies of openIMIS: the rows that a period and a premium depend on, and what they say.

mod read;
mod rows;

pub use read::PolicyReading;
pub(crate) use read::{cycle, enrolment, exists};
pub(crate) use rows::OTHER_RELATIVE;
pub use rows::{
    EnrolmentRow, MemberRow, PolicyConfig, PolicyInput, PolicySnapshot, PreviousRow, StageRow,
};

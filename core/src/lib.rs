//! Rules and adjudication for health financing.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic, missing_docs)]

pub mod adjudicate;
pub mod advisor;
pub mod baseline;
pub mod calendar;
mod check;
pub mod claim;
mod code;
pub mod compat;
mod compile;
pub mod conventions;
pub mod decision;
pub mod eligibility;
pub mod enrolment;
mod error;
pub mod explain;
pub mod money;
mod number;
pub mod payment;
mod print;
pub mod review;
mod ruleset;
pub mod scheme;
#[cfg(feature = "trees")]
pub mod trees;
pub mod wire;

pub use adjudicate::Adjudicator;
pub use check::check;
pub use claim::Request;
pub use code::Code;
pub use compile::{ElementId, ProductId, Symbol};
pub use decision::Decision;
pub use eligibility::{EligibilityAnswer, EligibilityRequest, eligibility};
pub use error::{Error, Invalid, Report};
pub use number::{Amount, Percent, Quantity, Score};
pub use ruleset::RuleSet;
pub use scheme::Scheme;

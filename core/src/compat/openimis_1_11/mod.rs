//! openIMIS 1.11, bug for bug: a second, plain adjudicator over openIMIS's own rows.
//!
//! It works rows, not documents, with decimals, one claim at a time, and shares no code with
//! [`crate::adjudicate`]. Every way in which openIMIS 1.11 differs from `standard` is a switch of
//! one table, [`SWITCHES`]:
//! - no switch on ([`Switches::NONE`]): what `standard` decides, column by column, so the two
//!   engines check each other;
//! - every switch on ([`Switches::ALL`]): what openIMIS 1.11 stores, with its breakdowns, which
//!   are named by the Python exception ([`Crash`]);
//! - any set in between: what a partly repaired openIMIS would do. [`attribute`] looks for the
//!   smallest set that turns the one answer into the other.
//!
//! The order of work is openIMIS's: header, counters, checks of all lines, assignment, money policy
//! by policy. `standard` decides the same in that order.

mod assignment;
mod attribution;
pub mod batch;
mod candidates;
pub mod capitation;
mod category;
mod eligibility;
mod limits;
mod lines;
mod money;
pub mod policies;
mod pricing;
mod python;
mod replay;
mod rows;
mod search;
mod service;
mod state;
mod switches;
mod table;
mod validate;

pub use attribution::{Attribution, Share, attribute, attribute_claim, differences};
pub use eligibility::{
    ELIGIBILITY_SWITCHES, EligibilityAnswered, EligibilityAsked, EligibilityColumns,
    EligibilityCrash, EligibilityReplay, EligibilitySwitch, EligibilitySwitches,
};
pub use replay::{Replay, remember};
pub use switches::{SWITCHES, Switch, Switches};
pub use table::{Deviates, Set, SwitchRow};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::columns::OpenImisColumns;

/// Which of openIMIS's calls is replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// `validate_claim(is_process=False)` on the entered claim.
    Submit,
    /// `validate_claim(is_process=True)` on the entered claim, and what its caller then stores.
    #[default]
    Process,
    /// The service: the claim is submitted, and then processed.
    Flow,
}

impl std::str::FromStr for Run {
    type Err = crate::error::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "submit" => Ok(Self::Submit),
            "process" => Ok(Self::Process),
            "flow" => Ok(Self::Flow),
            _ => Err(
                crate::error::Error::new("run.unknown", "run", format!("`{text}` is no run"))
                    .with_help("one of `submit`, `process` and `flow`"),
            ),
        }
    }
}

/// How openIMIS breaks down: the class of the Python exception that leaves it. The claim is
/// `unadjudicable`; nothing of it is stored.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Crash {
    /// An attribute of nothing, or a method that the value does not have.
    AttributeError,
    /// A number and nothing were added or compared.
    TypeError,
    /// A value does not fit its column.
    ValidationError,
    /// A person without gender or birth date.
    NotImplementedError,
    /// A text that is no date.
    ValueError,
}

impl Crash {
    /// Name of the exception.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AttributeError => "AttributeError",
            Self::TypeError => "TypeError",
            Self::ValidationError => "ValidationError",
            Self::NotImplementedError => "NotImplementedError",
            Self::ValueError => "ValueError",
        }
    }
}

/// A claim as it is stored after a call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stored {
    /// Codes that the call reported, in order.
    pub errors: Vec<i16>,
    /// The rows.
    #[serde(flatten)]
    pub columns: OpenImisColumns,
}

/// What a run leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Answer {
    /// The claim was worked.
    Adjudicated {
        /// After the first call of two: after submission of a flow, after `validate_claim` of a
        /// process.
        first: Box<Stored>,
        /// After the whole run: what later claims see.
        last: Box<Stored>,
    },
    /// The engine broke down; the claim stays as it was entered.
    Unadjudicable {
        /// The exception.
        fault: Crash,
    },
}

impl Answer {
    /// What later claims see; `None` of a breakdown.
    #[must_use]
    pub fn last(&self) -> Option<&Stored> {
        match self {
            Self::Adjudicated { last, .. } => Some(last),
            Self::Unadjudicable { .. } => None,
        }
    }

    /// What the first call stored.
    #[must_use]
    pub fn first(&self) -> Option<&Stored> {
        match self {
            Self::Adjudicated { first, .. } => Some(first),
            Self::Unadjudicable { .. } => None,
        }
    }

    /// How the engine broke down.
    #[must_use]
    pub fn fault(&self) -> Option<Crash> {
        match self {
            Self::Adjudicated { .. } => None,
            Self::Unadjudicable { fault } => Some(*fault),
        }
    }
}

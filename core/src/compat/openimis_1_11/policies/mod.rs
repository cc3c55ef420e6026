//! The period and value of a policy as openIMIS 1.11 works them out (`policy/values.py`), over its
//! own rows and with its own numbers: no code is shared with [`crate::enrolment`], so that the two
//! check each other. Each deviation from `standard` is a switch of [`POLICY_SWITCHES`].

mod attribution;
mod period;
mod switches;
mod value;

pub use attribution::{PolicyAttribution, attribute_policy};
pub use switches::{POLICY_SWITCHES, PolicySwitch, PolicySwitches};

use rust_decimal::Decimal;
use serde::Serialize;

use super::Crash;
use crate::calendar::Day;
use crate::compat::policies::PolicySnapshot;
use crate::compat::value::Number;
use crate::error::Error;

/// What openIMIS says of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PolicyAnswer {
    /// It was worked out.
    Valued {
        /// First day.
        start_date: Day,
        /// Last day.
        expiry_date: Day,
        /// The premium, with all its decimals.
        value: Number,
        /// Warnings that the family is too large: none or one.
        warnings: u8,
    },
    /// The engine broke down.
    Unadjudicable {
        /// The exception.
        fault: Crash,
    },
}

impl PolicyAnswer {
    /// The premium; 0 of a breakdown.
    #[must_use]
    pub fn value(&self) -> Decimal {
        match self {
            Self::Valued { value, .. } => value.0,
            Self::Unadjudicable { .. } => Decimal::ZERO,
        }
    }
}

/// Why a policy gets no answer.
enum Halt {
    /// As openIMIS: an exception.
    Crash(Crash),
    /// Numbers or days that no engine can work with.
    Error(Error),
}

impl From<Crash> for Halt {
    fn from(crash: Crash) -> Self {
        Self::Crash(crash)
    }
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Works a policy out with some of the deviations: none is `standard`, all are openIMIS 1.11.
///
/// # Errors
/// If an amount has too many digits, or the calendar does not reach a day.
pub fn replay_policy(
    snapshot: &PolicySnapshot,
    switches: PolicySwitches,
) -> Result<PolicyAnswer, Error> {
    let work = Work { snapshot, switches };
    match work.answer() {
        Ok(answer) => Ok(answer),
        Err(Halt::Crash(fault)) => Ok(PolicyAnswer::Unadjudicable { fault }),
        Err(Halt::Error(error)) => Err(error),
    }
}

/// One policy under one set of switches.
struct Work<'s> {
    snapshot: &'s PolicySnapshot,
    switches: PolicySwitches,
}

impl Work<'_> {
    fn has(&self, switch: PolicySwitch) -> bool {
        self.switches.has(switch)
    }

    fn renewed(&self) -> bool {
        self.snapshot.input.policy.stage == "R"
    }

    fn enrolled(&self) -> Day {
        self.snapshot.input.policy.enroll_date.day
    }

    fn previous_expiry(&self) -> Option<Day> {
        let previous = self.snapshot.input.prev_policy.as_ref();
        previous.map(|row| row.expiry_date.day)
    }

    fn today(&self) -> Day {
        let today = self.snapshot.config.today;
        today.map_or_else(|| self.enrolled(), |today| today.day)
    }

    fn answer(&self) -> Result<PolicyAnswer, Halt> {
        let start_date = self.start()?;
        let expiry_date = self.expiry(start_date);
        let (value, warnings) = self.value(start_date)?;
        Ok(PolicyAnswer::Valued {
            start_date,
            expiry_date,
            value: Number(value),
            warnings,
        })
    }
}

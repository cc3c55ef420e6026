//! Which deviations make the difference for one policy.

use rust_decimal::Decimal;

use super::super::search::{Replayed, Search};
use super::{PolicyAnswer, PolicySwitch, PolicySwitches, replay_policy};
use crate::compat::policies::PolicySnapshot;
use crate::error::Error;

/// Why openIMIS 1.11 answers a policy otherwise than `standard`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyAttribution {
    /// The smallest set of switches that turns the one answer into the other, and what each adds to
    /// the premium.
    pub switches: Vec<(PolicySwitch, Decimal)>,
    /// No smaller set does.
    pub smallest: bool,
    /// The answer of `standard`.
    pub standard: PolicyAnswer,
    /// The answer of openIMIS.
    pub openimis: PolicyAnswer,
}

struct Replays<'s> {
    snapshot: &'s PolicySnapshot,
    standard: PolicyAnswer,
    openimis: PolicyAnswer,
}

impl Replayed<PolicySwitch> for Replays<'_> {
    fn at(&self, set: PolicySwitches) -> Result<(bool, Decimal), Error> {
        let answer = replay_policy(self.snapshot, set)?;
        Ok((answer == self.openimis, answer.value()))
    }

    fn alone(&self, switch: PolicySwitch) -> Result<bool, Error> {
        let answer = replay_policy(self.snapshot, PolicySwitches::NONE.with(switch))?;
        Ok(answer != self.standard)
    }
}

/// Finds the smallest set of switches that turns the `standard` answer about a policy into
/// openIMIS's, and what each moves (see [`attribute`](super::super::attribute)).
///
/// # Errors
/// If the policy cannot be worked out.
pub fn attribute_policy(snapshot: &PolicySnapshot) -> Result<PolicyAttribution, Error> {
    let standard = replay_policy(snapshot, PolicySwitches::NONE)?;
    let openimis = replay_policy(snapshot, PolicySwitches::ALL)?;
    let replays = Replays {
        snapshot,
        standard,
        openimis,
    };
    let (switches, smallest) = if standard == openimis {
        (Vec::new(), true)
    } else {
        let mut search = Search::new(&replays);
        let (set, smallest) = search.smallest()?;
        (search.shares(set)?, smallest)
    };
    Ok(PolicyAttribution {
        switches,
        smallest,
        standard,
        openimis,
    })
}

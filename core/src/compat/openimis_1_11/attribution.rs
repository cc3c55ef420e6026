//! Which switches make the difference between `standard` and openIMIS 1.11 for one claim, and how
//! much money each moves.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::replay::Replay;
use super::search::{Replayed, Search};
use super::state::{CHECKED, PROCESSED, VALUATED};
use super::switches::{Switch, Switches};
use super::{Answer, Crash, Run, Stored};
use crate::compat::conformance::{Difference, compare, matters};
use crate::compat::rows::{ClaimRow, HistoryRows};
use crate::compat::snapshot::Snapshot;
use crate::compat::value::Number;
use crate::error::Error;

/// A switch that makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// The switch.
    pub switch: Switch,
    /// What it adds to the claim's approved amount; negative if the switch pays less.
    pub money: Number,
}

/// Why openIMIS 1.11 answers a claim otherwise than `standard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// Both store the same: nothing to attribute.
    pub equal: bool,
    /// The set of switches that turns the one answer into the other, in the order of the table.
    ///
    /// Taking any of them away no longer gives openIMIS's answer. Which of several sets of equal
    /// size is named follows the order of the table.
    pub switches: Vec<Share>,
    /// No smaller set does. `false` only if the search was given up because there were too many
    /// sets to try.
    pub smallest: bool,
    /// What `standard` approves: 0 if the claim is rejected.
    pub standard_approved: Number,
    /// What openIMIS approves: 0 if the claim is rejected, left as it was, or it breaks down.
    pub openimis_approved: Number,
    /// The columns that differ; for a breakdown one difference that names it.
    pub differences: Vec<Difference>,
    /// The answer of `standard`.
    pub standard: Answer,
    /// The answer of openIMIS.
    pub openimis: Answer,
}

/// Finds the smallest set of switches that turns the `standard` answer to a claim into openIMIS's,
/// over the history of the snapshot, and the money that each moves.
///
/// The set: switches are taken from the full set one by one in the order of the table as long as
/// the answer stays, which leaves a set of which none can be spared; then all smaller sets are
/// tried by size, of the switches that change either engine's answer or are in that set.
///
/// The money: what a switch changes depends on which others are on already. So it is the mean over
/// all orders in which the set can be turned on (the Shapley value), which favours none, and adds
/// up to the whole difference of the approved amounts; amounts are in cents, and the largest share
/// takes what rounding leaves. For more than ten switches it is the mean over the rotations of the
/// table's order and their reverses.
///
/// # Errors
/// If there is no claim or more than one, or an amount has too many digits.
pub fn attribute(snapshot: &Snapshot, run: Run) -> Result<Attribution, Error> {
    attribute_claim(
        snapshot,
        snapshot.only_claim()?,
        &snapshot.input.history,
        run,
    )
}

/// As [`attribute`], for one claim of several and what happened before it.
///
/// # Errors
/// If an amount has too many digits.
pub fn attribute_claim(
    snapshot: &Snapshot,
    claim: &ClaimRow,
    history: &HistoryRows,
    run: Run,
) -> Result<Attribution, Error> {
    let replay = Replay {
        snapshot,
        history,
        run,
    };
    let standard = replay.claim(claim, Switches::NONE)?;
    let openimis = replay.claim(claim, Switches::ALL)?;
    let differences = differences(snapshot, run, &standard, &openimis);
    let replays = Replays {
        replay,
        claim,
        standard: &standard,
        openimis: &openimis,
    };
    let mut search = Search::new(&replays);
    let (set, smallest) = if differences.is_empty() {
        (Switches::NONE, true)
    } else {
        search.smallest()?
    };
    let switches = search.shares(set)?.into_iter();
    let switches = switches.map(|(switch, money)| Share {
        switch,
        money: Number(money),
    });
    Ok(Attribution {
        equal: differences.is_empty(),
        switches: switches.collect(),
        smallest,
        standard_approved: Number(approved(&standard)),
        openimis_approved: Number(approved(&openimis)),
        differences,
        standard,
        openimis,
    })
}

/// What differs between two answers to a run. Of `process` also what stands right after
/// `validate_claim`, before the caller stores anything.
#[must_use]
pub fn differences(
    snapshot: &Snapshot,
    run: Run,
    ours: &Answer,
    theirs: &Answer,
) -> Vec<Difference> {
    let compared = |ours: &Stored, theirs: &Stored| {
        let mut all = compare(&ours.columns, &theirs.columns);
        all.retain(|difference| matters(&snapshot.input, difference));
        all
    };
    match (ours, theirs) {
        (Answer::Adjudicated { first: a, last: x }, Answer::Adjudicated { first: b, last: y }) => {
            let mut all = if run == Run::Process {
                compared(a, b)
            } else {
                Vec::new()
            };
            for difference in compared(x, y) {
                if !all.contains(&difference) {
                    all.push(difference);
                }
            }
            all
        }
        _ if ours.fault() == theirs.fault() => Vec::new(),
        _ => {
            let name = |answer: &Answer| answer.fault().map_or("", Crash::name).to_owned();
            vec![Difference {
                path: "exception".to_owned(),
                ours: name(ours),
                theirs: name(theirs),
            }]
        }
    }
}

/// What a claim is approved for.
fn approved(answer: &Answer) -> Decimal {
    let paid = answer.last().map(|stored| &stored.columns.claim);
    paid.filter(|claim| matches!(claim.status, CHECKED | PROCESSED | VALUATED))
        .and_then(|claim| claim.approved)
        .map_or(Decimal::ZERO, |amount| amount.0)
}

/// The replays of one claim, for [`search`].
struct Replays<'a> {
    replay: Replay<'a>,
    claim: &'a ClaimRow,
    standard: &'a Answer,
    openimis: &'a Answer,
}

impl Replays<'_> {
    fn same(&self, ours: &Answer, theirs: &Answer) -> bool {
        differences(self.replay.snapshot, self.replay.run, ours, theirs).is_empty()
    }
}

impl Replayed<Switch> for Replays<'_> {
    fn at(&self, set: Switches) -> Result<(bool, Decimal), Error> {
        let answer = self.replay.claim(self.claim, set)?;
        Ok((self.same(&answer, self.openimis), approved(&answer)))
    }

    fn alone(&self, switch: Switch) -> Result<bool, Error> {
        let answer = self.replay.claim(self.claim, Switches::NONE.with(switch))?;
        Ok(!self.same(self.standard, &answer))
    }
}

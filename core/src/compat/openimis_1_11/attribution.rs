//! Which switches make the difference between `standard` and openIMIS 1.11 for one claim, and how
//! much money each moves.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::python::cents;
use super::replay::Replay;
use super::state::{CHECKED, PROCESSED, VALUATED};
use super::switches::{SWITCHES, Switch, Switches};
use super::{Answer, Crash, Run, Stored};
use crate::compat::conformance::{Difference, compare, matters};
use crate::compat::rows::{ClaimRow, HistoryRows};
use crate::compat::snapshot::Snapshot;
use crate::compat::value::Number;
use crate::error::Error;

/// Replays that the search for a smaller set may take.
const BUDGET: usize = 2000;
/// Switches of a set up to which every order is weighed; beyond, a fixed selection of orders.
const EXACT: usize = 10;

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
    let mut search = Search {
        replay,
        claim,
        openimis: &openimis,
        known: BTreeMap::new(),
    };
    let (set, smallest) = if differences.is_empty() {
        (Switches::NONE, true)
    } else {
        search.smallest()?
    };
    let switches = search.shares(set)?;
    Ok(Attribution {
        equal: differences.is_empty(),
        switches,
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

struct Search<'a> {
    replay: Replay<'a>,
    claim: &'a ClaimRow,
    openimis: &'a Answer,
    /// Sets that were replayed: is it openIMIS's answer, and what is approved?
    known: BTreeMap<Switches, (bool, Decimal)>,
}

impl Search<'_> {
    fn differences(&self, ours: &Answer, theirs: &Answer) -> Vec<Difference> {
        differences(self.replay.snapshot, self.replay.run, ours, theirs)
    }

    fn at(&mut self, set: Switches) -> Result<(bool, Decimal), Error> {
        if let Some(known) = self.known.get(&set) {
            return Ok(*known);
        }
        let answer = self.replay.claim(self.claim, set)?;
        let same = self.differences(&answer, self.openimis).is_empty();
        let found = (same, approved(&answer));
        self.known.insert(set, found);
        Ok(found)
    }

    /// The smallest set, and whether that is proven.
    fn smallest(&mut self) -> Result<(Switches, bool), Error> {
        let mut enough = Switches::ALL;
        for row in SWITCHES {
            let fewer = enough.without(row.switch);
            if self.at(fewer)?.0 {
                enough = fewer;
            }
        }
        if enough.len() < 2 {
            return Ok((enough, true));
        }
        let candidates = self.candidates(enough)?;
        let mut left = BUDGET;
        for size in 1..enough.len() {
            for set in subsets(&candidates, size) {
                if left == 0 {
                    return Ok((enough, false));
                }
                left -= 1;
                if self.at(set)?.0 {
                    return Ok((set, true));
                }
            }
        }
        Ok((enough, true))
    }

    /// The switches that a smaller set could be made of.
    fn candidates(&mut self, enough: Switches) -> Result<Vec<Switch>, Error> {
        let standard = self.replay.claim(self.claim, Switches::NONE)?;
        let mut found = Vec::new();
        for row in SWITCHES {
            let alone = self
                .replay
                .claim(self.claim, Switches::NONE.with(row.switch))?;
            let matters = enough.has(row.switch)
                || !self.differences(&standard, &alone).is_empty()
                || !self.at(Switches::ALL.without(row.switch))?.0;
            if matters {
                found.push(row.switch);
            }
        }
        Ok(found)
    }

    /// What each switch of the set moves.
    fn shares(&mut self, set: Switches) -> Result<Vec<Share>, Error> {
        let switches: Vec<Switch> = set.iter().collect();
        let total = self.at(set)?.1 - self.at(Switches::NONE)?.1;
        let means = if switches.len() <= EXACT {
            self.over_all_orders(&switches)?
        } else {
            self.over_rotations(&switches)?
        };
        let mut shares: Vec<Share> = switches
            .into_iter()
            .zip(means)
            .map(|(switch, money)| Share {
                switch,
                money: Number(cents(money)),
            })
            .collect();
        let rest = total - shares.iter().map(|share| share.money.0).sum::<Decimal>();
        if let Some(largest) = shares.iter_mut().max_by_key(|share| share.money.0.abs()) {
            largest.money.0 += rest;
        }
        Ok(shares)
    }

    /// The mean over all orders: a switch that comes after `n` of `k` others does so in
    /// `n! (k-n)!` of them.
    fn over_all_orders(&mut self, switches: &[Switch]) -> Result<Vec<Decimal>, Error> {
        let factorial = |n: usize| (1..=n).map(Decimal::from).product::<Decimal>();
        let others = switches.len().saturating_sub(1);
        let mut means = Vec::new();
        for switch in switches {
            let rest: Vec<Switch> = switches.iter().copied().filter(|s| s != switch).collect();
            let mut sum = Decimal::ZERO;
            for size in 0..=others {
                let orders = factorial(size) * factorial(others - size);
                for before in subsets(&rest, size) {
                    sum += orders * (self.at(before.with(*switch))?.1 - self.at(before)?.1);
                }
            }
            means.push(sum / factorial(switches.len()));
        }
        Ok(means)
    }

    /// The mean over the rotations of one order and their reverses.
    fn over_rotations(&mut self, switches: &[Switch]) -> Result<Vec<Decimal>, Error> {
        let count = switches.len();
        let mut sums = vec![Decimal::ZERO; count];
        for start in 0..count {
            let forwards: Vec<usize> = (0..count).map(|step| (start + step) % count).collect();
            let backwards = forwards.iter().rev().copied().collect();
            for order in [forwards, backwards] {
                let mut set = Switches::NONE;
                for position in order {
                    let (Some(switch), Some(sum)) =
                        (switches.get(position), sums.get_mut(position))
                    else {
                        continue;
                    };
                    let before = self.at(set)?.1;
                    set = set.with(*switch);
                    *sum += self.at(set)?.1 - before;
                }
            }
        }
        let orders = Decimal::from(2 * count);
        Ok(sums.into_iter().map(|sum| sum / orders).collect())
    }
}

/// The sets of so many of the switches.
fn subsets(switches: &[Switch], size: usize) -> impl Iterator<Item = Switches> {
    let count = switches.len();
    // One bit for each switch; the next number with as many bits is the next set.
    let first = (size <= count).then(|| (1_u128 << size) - 1);
    let next = move |bits: &u128| {
        let lowest = bits & bits.wrapping_neg();
        let ripple = bits.checked_add(lowest).filter(|_| *bits != 0)?;
        Some(ripple | (((bits ^ ripple) / lowest) >> 2))
    };
    std::iter::successors(first, next)
        .take_while(move |bits| bits >> count == 0)
        .map(|bits| {
            let chosen = switches.iter().enumerate();
            chosen
                .filter(|(at, _)| bits >> at & 1 == 1)
                .map(|(_, switch)| *switch)
                .collect()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_are_all_of_a_size_once() {
        let all: Vec<Switch> = SWITCHES.iter().map(|row| row.switch).take(5).collect();
        for (size, count) in [1, 5, 10, 10, 5, 1, 0].into_iter().enumerate() {
            let found: Vec<Switches> = subsets(&all, size).collect();
            assert_eq!(found.len(), count, "{size}");
            assert!(found.iter().all(|set| set.len() == size));
            let distinct: std::collections::BTreeSet<_> = found.iter().collect();
            assert_eq!(distinct.len(), count);
        }
    }
}

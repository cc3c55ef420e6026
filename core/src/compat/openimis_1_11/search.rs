//! The search for the smallest set of switches that turns one answer into another, whatever is
//! calculated, and for what each switch moves.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::python::cents;
use super::table::{Deviates, Set};
use crate::error::Error;

/// Switches of a set up to which every order is weighed; beyond, a fixed selection of orders.
const EXACT: usize = 10;

/// A calculation that can be replayed with any set of switches.
pub(super) trait Replayed<D: Deviates> {
    /// Replays that the search for a smaller set may take.
    const BUDGET: usize = 2000;

    /// With these switches: is it openIMIS's answer, and what does it pay?
    fn at(&self, set: Set<D>) -> Result<(bool, Decimal), Error>;

    /// Does the switch, alone, change the answer of `standard`?
    fn alone(&self, switch: D) -> Result<bool, Error>;
}

/// A search over one calculation.
pub(super) struct Search<'a, D, R> {
    replays: &'a R,
    /// Sets that were replayed.
    known: BTreeMap<Set<D>, (bool, Decimal)>,
}

impl<'a, D: Deviates, R: Replayed<D>> Search<'a, D, R> {
    pub(super) fn new(replays: &'a R) -> Self {
        Self {
            replays,
            known: BTreeMap::new(),
        }
    }

    fn at(&mut self, set: Set<D>) -> Result<(bool, Decimal), Error> {
        if let Some(known) = self.known.get(&set) {
            return Ok(*known);
        }
        let found = self.replays.at(set)?;
        self.known.insert(set, found);
        Ok(found)
    }

    /// The smallest set, and whether that is proven.
    pub(super) fn smallest(&mut self) -> Result<(Set<D>, bool), Error> {
        let mut enough = Set::ALL;
        for switch in D::ALL {
            let fewer = enough.without(*switch);
            if self.at(fewer)?.0 {
                enough = fewer;
            }
        }
        if enough.len() < 2 {
            return Ok((enough, true));
        }
        let candidates = self.candidates(enough)?;
        let mut left = R::BUDGET;
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
    fn candidates(&mut self, enough: Set<D>) -> Result<Vec<D>, Error> {
        let mut found = Vec::new();
        for switch in D::ALL {
            let matters = enough.has(*switch)
                || self.replays.alone(*switch)?
                || !self.at(Set::ALL.without(*switch))?.0;
            if matters {
                found.push(*switch);
            }
        }
        Ok(found)
    }

    /// What each switch of the set adds to what is paid, in cents: the mean over all orders in
    /// which the set can be turned on.
    pub(super) fn shares(&mut self, set: Set<D>) -> Result<Vec<(D, Decimal)>, Error> {
        let switches: Vec<D> = set.iter().collect();
        let total = self.at(set)?.1 - self.at(Set::NONE)?.1;
        let means = if switches.len() <= EXACT {
            self.over_all_orders(&switches)?
        } else {
            self.over_rotations(&switches)?
        };
        let mut shares: Vec<(D, Decimal)> = switches
            .into_iter()
            .zip(means.into_iter().map(cents))
            .collect();
        let rest = total - shares.iter().map(|(_, money)| money).sum::<Decimal>();
        if let Some((_, largest)) = shares.iter_mut().max_by_key(|(_, money)| money.abs()) {
            *largest += rest;
        }
        Ok(shares)
    }

    /// The mean over all orders: a switch that comes after `n` of `k` others does so in
    /// `n! (k-n)!` of them.
    fn over_all_orders(&mut self, switches: &[D]) -> Result<Vec<Decimal>, Error> {
        let factorial = |n: usize| (1..=n).map(Decimal::from).product::<Decimal>();
        let others = switches.len().saturating_sub(1);
        let mut means = Vec::new();
        for switch in switches {
            let rest: Vec<D> = switches.iter().copied().filter(|s| s != switch).collect();
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
    fn over_rotations(&mut self, switches: &[D]) -> Result<Vec<Decimal>, Error> {
        let count = switches.len();
        let mut sums = vec![Decimal::ZERO; count];
        for start in 0..count {
            let forwards: Vec<usize> = (0..count).map(|step| (start + step) % count).collect();
            let backwards = forwards.iter().rev().copied().collect();
            for order in [forwards, backwards] {
                let mut set = Set::NONE;
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
fn subsets<D: Deviates>(switches: &[D], size: usize) -> impl Iterator<Item = Set<D>> {
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
    use super::super::switches::{Switch, Switches};
    use super::*;

    #[test]
    fn subsets_are_all_of_a_size_once() {
        let all: Vec<Switch> = Switch::ALL.iter().copied().take(5).collect();
        for (size, count) in [1, 5, 10, 10, 5, 1, 0].into_iter().enumerate() {
            let found: Vec<Switches> = subsets(&all, size).collect();
            assert_eq!(found.len(), count, "{size}");
            assert!(found.iter().all(|set| set.len() == size));
            let distinct: std::collections::BTreeSet<_> = found.iter().collect();
            assert_eq!(distinct.len(), count);
        }
    }
}

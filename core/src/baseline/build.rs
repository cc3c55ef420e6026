//! Counting earlier claims.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::profile::{Group, Peers, Profile, SCHEMA, Spread};
use crate::advisor::{AdvisorInput, InputClaim, InputLine, snapshot};
use crate::calendar::Day;
use crate::claim::Request;
use crate::code::Code;
use crate::decision::{LineStatus, Provenance};
use crate::error::Error;
use crate::money::Money;
use crate::number::{Amount, Quantity};
use crate::ruleset::RuleSet;
use crate::scheme::ElementKind;

/// Fewest lines of a group, unless told otherwise.
pub const FEWEST: u32 = 20;
/// The fewest that may be asked for: with less there are no quartiles.
pub const LEAST_FEWEST: u32 = 4;

/// A service or item among peers.
pub(super) type Key = (ElementKind, Code, Peers);

/// Counts claims, in any order. Its memory grows with the number of groups and of different values
/// in them, not with the number of claims.
#[derive(Debug)]
pub struct ProfileBuilder {
    rules: RuleSet,
    fewest: u32,
    claims: u64,
    lines: u64,
    rejected: u64,
    first_day: Option<Day>,
    last_day: Option<Day>,
    groups: FxHashMap<Key, Tallies>,
}

/// How often each value was there.
#[derive(Debug, Default)]
struct Tally(FxHashMap<i64, u64>);

#[derive(Debug, Default)]
struct Tallies {
    price: Tally,
    quantity: Tally,
    times: Tally,
}

/// What is compared of a line: minor units, hundredths, times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    pub(super) price: i64,
    pub(super) quantity: i64,
    pub(super) times: i64,
}

impl Measured {
    /// # Errors
    /// If the price does not fit the currency, or the quantity is too large.
    pub(super) fn of(line: &InputLine, exponent: u8) -> Result<Self, Error> {
        let fault = |field: &str, value: &dyn std::fmt::Display| {
            let message = format!("`{value}` of line `{}` does not fit", line.id);
            Error::new("baseline.number", format!("lines.{field}"), message)
        };
        let price = Money::read(line.price_asked, exponent);
        let quantity = line.quantity.units_at(Quantity::PLACES);
        Ok(Self {
            price: price
                .ok_or_else(|| fault("price_asked", &line.price_asked))?
                .minor(),
            quantity: quantity.ok_or_else(|| fault("quantity", &line.quantity))?,
            times: i64::from(line.prior.times_365) + 1,
        })
    }
}

impl ProfileBuilder {
    /// Nothing counted yet. Groups of fewer than `fewest` lines will not be in the profile.
    ///
    /// # Errors
    /// If `fewest` is below 4: such groups have no quartiles.
    pub fn new(rules: &RuleSet, fewest: u32) -> Result<Self, Error> {
        if fewest < LEAST_FEWEST {
            let message = format!("{fewest} lines are too few to say what is usual");
            let error = Error::new("profile.fewest", "fewest", message);
            return Err(error.with_help(format!("ask for at least {LEAST_FEWEST}")));
        }
        Ok(Self {
            rules: rules.clone(),
            fewest,
            claims: 0,
            lines: 0,
            rejected: 0,
            first_day: None,
            last_day: None,
            groups: FxHashMap::default(),
        })
    }

    /// Decides a claim and counts the lines that the rules pass.
    ///
    /// # Errors
    /// If the request is malformed; nothing of it is counted then.
    pub fn add(&mut self, request: &Request) -> Result<(), Error> {
        let decision = self.rules.adjudicate(request)?;
        self.add_input(&snapshot(&self.rules, request, &decision))
    }

    /// Counts a claim as advisors see it.
    ///
    /// # Errors
    /// If a price does not fit the scheme's currency, or the snapshot was made under another
    /// scheme; nothing of it is counted then.
    pub fn add_input(&mut self, input: &AdvisorInput) -> Result<(), Error> {
        let scheme = self.rules.scheme();
        same_scheme(&scheme.code, &input.rules, "rules.scheme")?;
        let exponent = scheme.currency.exponent;
        let passed = input
            .lines
            .iter()
            .filter(|line| line.status == LineStatus::Passed);
        let measured: Vec<(&InputLine, Measured)> = passed
            .map(|line| Ok((line, Measured::of(line, exponent)?)))
            .collect::<Result<_, Error>>()?;
        self.claims += 1;
        self.lines += measured.len() as u64;
        self.rejected += (input.lines.len() - measured.len()) as u64;
        let day = input.claim.date_from;
        self.first_day = earliest(self.first_day, day);
        self.last_day = self.last_day.max(day);
        for (line, measured) in measured {
            for peers in groups_of(&input.claim) {
                let key = (line.kind, line.code.clone(), peers);
                self.groups.entry(key).or_default().count(measured);
            }
        }
        Ok(())
    }

    /// Takes over what another one has counted under the same rules.
    ///
    /// # Errors
    /// If it counted under other rules.
    pub fn merge(&mut self, other: Self) -> Result<(), Error> {
        if self.rules.digest() != other.rules.digest() {
            let message = "the other part was counted under other rules";
            return Err(Error::new("profile.other_rules", "rules", message));
        }
        self.claims += other.claims;
        self.lines += other.lines;
        self.rejected += other.rejected;
        self.first_day = earliest(self.first_day, other.first_day);
        self.last_day = self.last_day.max(other.last_day);
        for (key, tallies) in other.groups {
            self.groups.entry(key).or_default().merge(&tallies);
        }
        Ok(())
    }

    /// The profile of what was counted.
    #[must_use]
    pub fn finish(self) -> Profile {
        let scheme = self.rules.scheme();
        let exponent = scheme.currency.exponent;
        let sorted: BTreeMap<Key, Tallies> = self.groups.into_iter().collect();
        let groups = sorted.into_iter().filter_map(|((kind, code, peers), t)| {
            let lines = t.price.lines();
            if lines < u64::from(self.fewest) {
                return None;
            }
            Some(Group {
                kind,
                code,
                peers,
                lines,
                price: t.price.spread(|n| Amount::from_units(n, exponent)),
                quantity: t
                    .quantity
                    .spread(|n| Quantity::from_units(n, Quantity::PLACES)),
                times_365: t.times.spread(|n| u32::try_from(n).unwrap_or(u32::MAX)),
            })
        });
        Profile {
            schema: Cow::Borrowed(SCHEMA),
            claims: self.claims,
            lines: self.lines,
            rejected: self.rejected,
            first_day: self.first_day,
            last_day: self.last_day,
            fewest: self.fewest,
            groups: groups.collect(),
            rules: Provenance {
                engine: env!("CARGO_PKG_VERSION").into(),
                scheme: scheme.code.clone(),
                version: scheme.version.clone(),
                scheme_digest: self.rules.digest().clone(),
                conventions: self.rules.conventions().to_owned().into(),
                request_digest: None,
                as_of: None,
            },
        }
    }
}

/// A profile or snapshot of another scheme says nothing here.
pub(super) fn same_scheme(scheme: &Code, made: &Provenance, path: &str) -> Result<(), Error> {
    if made.scheme == *scheme {
        return Ok(());
    }
    let message = format!("made under scheme `{}`, not under `{scheme}`", made.scheme);
    Err(Error::new("baseline.other_scheme", path, message))
}

fn earliest(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Every group that a claim's lines belong to.
fn groups_of(claim: &InputClaim) -> impl Iterator<Item = Peers> {
    let diagnosis = claim.diagnoses.first().cloned();
    [
        Some(Peers::All),
        claim.facility_level.map(Peers::Level),
        Some(Peers::Facility(claim.facility.clone())),
        diagnosis.map(Peers::Diagnosis),
    ]
    .into_iter()
    .flatten()
}

impl Tallies {
    fn count(&mut self, measured: Measured) {
        self.price.add(measured.price, 1);
        self.quantity.add(measured.quantity, 1);
        self.times.add(measured.times, 1);
    }

    fn merge(&mut self, other: &Self) {
        for (mine, others) in [
            (&mut self.price, &other.price),
            (&mut self.quantity, &other.quantity),
            (&mut self.times, &other.times),
        ] {
            for (value, times) in &others.0 {
                mine.add(*value, *times);
            }
        }
    }
}

impl Tally {
    fn add(&mut self, value: i64, times: u64) {
        *self.0.entry(value).or_default() += times;
    }

    fn lines(&self) -> u64 {
        self.0.values().sum()
    }

    fn spread<T>(&self, write: impl Fn(i64) -> T) -> Spread<T> {
        let mut values: Vec<(i64, u64)> = self.0.iter().map(|(v, n)| (*v, *n)).collect();
        values.sort_unstable();
        let lines = self.lines();
        // The nearest rank: the smallest value with that share of the lines at or below it.
        let quartile = |quarters: u64| {
            let rank = (lines * quarters).div_ceil(4);
            let mut below = 0;
            let found = values.iter().find(|(_, times)| {
                below += times;
                below >= rank
            });
            write(found.map_or(0, |(value, _)| *value))
        };
        Spread {
            low: quartile(1),
            median: quartile(2),
            high: quartile(3),
        }
    }
}

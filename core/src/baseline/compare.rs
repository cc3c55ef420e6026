//! How far a value is from what is usual.

use std::collections::BTreeMap;

use super::build::{Key, Measured};
use super::profile::{Group, Peers, Profile, SCHEMA, Spread};
use crate::advisor::{InputClaim, InputLine};
use crate::error::Error;
use crate::money::Money;
use crate::number::{Amount, Quantity, Score};

/// Beyond the upper quartile by more than so many spreads is far out (Tukey's outer fence).
const FAR: i128 = 3;
/// Units of a score.
const ONE: i128 = 10_000;

/// What is measured of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Price,
    Quantity,
    Times,
}

impl Measure {
    pub(super) const ALL: [Self; 3] = [Self::Price, Self::Quantity, Self::Times];

    pub(super) fn of(self, measured: Measured) -> i64 {
        match self {
            Self::Price => measured.price,
            Self::Quantity => measured.quantity,
            Self::Times => measured.times,
        }
    }

    fn range(self, usual: &Usual) -> Range {
        match self {
            Self::Price => usual.price,
            Self::Quantity => usual.quantity,
            Self::Times => usual.times,
        }
    }

    /// The least difference that means anything: a minor unit, a whole unit, once.
    fn one(self) -> i64 {
        match self {
            Self::Price | Self::Times => 1,
            Self::Quantity => 100,
        }
    }

    /// As documents write it.
    pub(super) fn text(self, value: i64, exponent: u8) -> String {
        match self {
            Self::Price => Amount::from_units(value, exponent).to_string(),
            Self::Quantity => Quantity::from_units(value, Quantity::PLACES).to_string(),
            Self::Times => value.to_string(),
        }
    }
}

/// Quartiles in the units of [`Measured`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) low: i64,
    pub(super) median: i64,
    pub(super) high: i64,
}

#[derive(Debug, Clone)]
struct Usual {
    lines: u64,
    price: Range,
    quantity: Range,
    times: Range,
}

/// A profile to look things up in.
#[derive(Debug, Clone)]
pub(super) struct Lookup {
    pub(super) fewest: u32,
    groups: BTreeMap<Key, Usual>,
}

/// A value that is far out among some lines.
#[derive(Debug, Clone)]
pub(super) struct FarOut {
    pub(super) peers: Peers,
    pub(super) lines: u64,
    pub(super) usual: Range,
    /// What is above it is far out.
    pub(super) limit: i64,
    /// `d / (d + spread)`, where `d` is the distance to the upper quartile: 0.75 where far out
    /// begins, 0.9 at three times that distance.
    pub(super) score: Score,
}

impl Lookup {
    /// # Errors
    /// If a number does not fit the currency, quartiles are out of order, or a group is there
    /// twice.
    pub(super) fn new(profile: &Profile, exponent: u8) -> Result<Self, Error> {
        if profile.schema != SCHEMA {
            let message = "this is no profile that the engine reads";
            let error = Error::new("schema.unknown", "schema", message);
            return Err(error.with_help(format!("write `{SCHEMA}`")));
        }
        let mut groups = BTreeMap::new();
        for (position, group) in profile.groups.iter().enumerate() {
            let key = (group.kind, group.code.clone(), group.peers.clone());
            let place = format!("groups[{position}]");
            let usual = usual(group, exponent).map_err(|error| error.inside(&place))?;
            if groups.insert(key, usual).is_some() {
                let message = format!("these lines of `{}` are there already", group.code);
                return Err(Error::new("profile.duplicate", place, message));
            }
        }
        let fewest = profile.fewest;
        Ok(Self { fewest, groups })
    }

    /// Whether anything is known of a service or item.
    pub(super) fn knows(&self, line: &InputLine) -> bool {
        let key = (line.kind, line.code.clone(), Peers::All);
        self.groups.contains_key(&key)
    }

    /// Among whom a line's value is far out: its closest peers, and earlier lines of its own
    /// facility.
    pub(super) fn far_out(
        &self,
        measure: Measure,
        claim: &InputClaim,
        line: &InputLine,
        measured: Measured,
    ) -> Vec<FarOut> {
        // What is much for a cold is not for diabetes; what it costs should not depend on that.
        let diagnosis = claim
            .diagnoses
            .first()
            .filter(|_| measure != Measure::Price);
        let peers = [
            diagnosis.cloned().map(Peers::Diagnosis),
            claim.facility_level.map(Peers::Level),
            Some(Peers::All),
        ];
        let find = |peers: Peers| {
            let key = (line.kind, line.code.clone(), peers);
            self.groups.get_key_value(&key)
        };
        let closest = peers.into_iter().flatten().find_map(find);
        let own = find(Peers::Facility(claim.facility.clone()));
        let value = measure.of(measured);
        let compared = closest.into_iter().chain(own);
        compared
            .filter_map(|((_, _, peers), usual)| {
                let range = measure.range(usual);
                let (limit, score) = distance(value, range, measure.one())?;
                Some(FarOut {
                    peers: peers.clone(),
                    lines: usual.lines,
                    usual: range,
                    limit,
                    score,
                })
            })
            .collect()
    }
}

/// Where far out begins and how far the value is, if it is beyond. The spread is the distance of
/// the quartiles, but at least a tenth of the median and `one`: where everybody asks the same,
/// a little more is nothing yet.
fn distance(value: i64, usual: Range, one: i64) -> Option<(i64, Score)> {
    let (low, high) = (i128::from(usual.low), i128::from(usual.high));
    let spread = (high - low).max(i128::from((usual.median / 10).max(one)));
    let beyond = i128::from(value) - high;
    if beyond <= FAR * spread {
        return None;
    }
    let limit = i64::try_from(high + FAR * spread).unwrap_or(i64::MAX);
    let score = i64::try_from(beyond * ONE / (beyond + spread)).unwrap_or_default();
    Some((limit, Score::from_units(score, Score::PLACES)))
}

fn usual(group: &Group, exponent: u8) -> Result<Usual, Error> {
    let price = |amount: Amount| Money::read(amount, exponent).map(Money::minor);
    let quantity = |quantity: Quantity| quantity.units_at(Quantity::PLACES);
    Ok(Usual {
        lines: group.lines,
        price: range(group.price, "price", price)?,
        quantity: range(group.quantity, "quantity", quantity)?,
        times: range(group.times_365, "times_365", |n| Some(i64::from(n)))?,
    })
}

fn range<T>(
    spread: Spread<T>,
    path: &str,
    read: impl Fn(T) -> Option<i64>,
) -> Result<Range, Error> {
    let fault = |message| Error::new("profile.number", path, message);
    let (Some(low), Some(median), Some(high)) =
        (read(spread.low), read(spread.median), read(spread.high))
    else {
        return Err(fault(
            "has more decimals than the scheme's, or is too large",
        ));
    };
    if !(0 <= low && low <= median && median <= high) {
        return Err(fault(
            "must not be negative, and in order: low, median, high",
        ));
    }
    Ok(Range { low, median, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(value: i64, low: i64, median: i64, high: i64, one: i64) -> Option<(i64, String)> {
        let found = distance(value, Range { low, median, high }, one);
        found.map(|(limit, score)| (limit, score.to_string()))
    }

    #[test]
    fn far_out_begins_three_spreads_above_the_upper_quartile() {
        // 400.00 to 460.00: the spread is 60.00, the limit 640.00.
        assert_eq!(at(64_000, 40_000, 43_000, 46_000, 1), None);
        // 180.01 / 240.01 = 0.75001
        let just = Some((64_000, "0.7500".to_owned()));
        assert_eq!(at(64_001, 40_000, 43_000, 46_000, 1), just);
        // 490 / 550 = 0.8909
        let example = Some((64_000, "0.8909".to_owned()));
        assert_eq!(at(95_000, 40_000, 43_000, 46_000, 1), example);
    }

    #[test]
    fn where_all_are_alike_a_tenth_or_one_is_the_spread() {
        // All at 50.00: the spread is 5.00. 15.01 / 20.01 = 0.7501
        assert_eq!(at(6_500, 5_000, 5_000, 5_000, 1), None);
        assert_eq!(
            at(6_501, 5_000, 5_000, 5_000, 1),
            Some((6_500, "0.7501".to_owned()))
        );
        // All had it once: five times is far out. 4 / 5
        assert_eq!(at(4, 1, 1, 1, 1), None);
        assert_eq!(at(5, 1, 1, 1, 1), Some((4, "0.8000".to_owned())));
    }

    #[test]
    fn nothing_overflows() {
        let most = i64::MAX;
        assert_eq!(at(most, 0, 0, most, 1), None);
        assert_eq!(at(most, 0, 0, 0, 1), Some((3, "0.9999".to_owned())));
    }
}

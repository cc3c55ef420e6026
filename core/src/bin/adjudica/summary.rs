//! What a run of claims came to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use adjudica::Amount;
use adjudica::decision::{Decision, Effect, Status};

/// Counts and sums over decisions.
#[derive(Debug, Default, Clone)]
pub struct Summary {
    /// Requests decided.
    pub decided: u64,
    /// Requests that could not be read.
    pub unreadable: u64,
    valuated: u64,
    awaiting: u64,
    rejected: u64,
    claimed: Sum,
    scheme: Sum,
    patient: Sum,
    facility: Sum,
    reasons: BTreeMap<Cow<'static, str>, u64>,
}

impl Summary {
    /// Counts a decision.
    pub fn add(&mut self, decision: &Decision) {
        self.decided += 1;
        *match decision.status {
            Status::Valuated => &mut self.valuated,
            Status::AwaitingIndex => &mut self.awaiting,
            Status::Rejected => &mut self.rejected,
        } += 1;
        let totals = &decision.totals;
        self.claimed.add(totals.amounts.claimed);
        self.scheme.add(totals.scheme_share);
        self.patient.add(totals.patient_share);
        self.facility.add(totals.facility_share);
        let of_lines = decision.lines.iter().flat_map(|line| &line.reasons);
        for reason in decision.reasons.iter().chain(of_lines) {
            if reason.effect != Effect::Informs {
                match self.reasons.get_mut(&reason.code) {
                    Some(count) => *count += 1,
                    None => {
                        self.reasons.insert(reason.code.clone(), 1);
                    }
                }
            }
        }
    }

    /// Counts what another has counted.
    pub fn merge(&mut self, other: Self) {
        self.decided += other.decided;
        self.unreadable += other.unreadable;
        self.valuated += other.valuated;
        self.awaiting += other.awaiting;
        self.rejected += other.rejected;
        self.claimed.merge(other.claimed);
        self.scheme.merge(other.scheme);
        self.patient.merge(other.patient);
        self.facility.merge(other.facility);
        for (code, count) in other.reasons {
            *self.reasons.entry(code).or_default() += count;
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>12}  claims decided", self.decided)?;
        for (count, what) in [
            (self.valuated, "valuated"),
            (self.awaiting, "awaiting the index"),
            (self.rejected, "rejected"),
        ] {
            if count > 0 {
                writeln!(f, "{count:>12}    {what}")?;
            }
        }
        if self.unreadable > 0 {
            writeln!(f, "{:>12}  requests could not be read", self.unreadable)?;
        }
        for (sum, what) in [
            (&self.claimed, "claimed"),
            (&self.scheme, "  borne by the scheme"),
            (&self.patient, "  borne by the patient"),
            (&self.facility, "  borne by the facility"),
        ] {
            writeln!(f, "{:>12}  {what}", sum.to_string())?;
        }
        let mut reasons: Vec<_> = self.reasons.iter().collect();
        reasons.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), *code));
        for (code, count) in reasons {
            writeln!(f, "{count:>12}  times {code}")?;
        }
        Ok(())
    }
}

/// An exact sum of amounts, written with as many places as the longest of them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Ten-thousandths, the finest that amounts have.
    units: i128,
    places: u32,
}

const FINEST: u32 = 4;

impl Sum {
    /// Adds an amount.
    pub fn add(&mut self, amount: Amount) {
        let amount = amount.decimal();
        let scale = amount.scale().min(FINEST);
        self.units += amount.mantissa() * 10_i128.pow(FINEST - scale);
        self.places = self.places.max(scale);
    }

    /// Adds a sum.
    pub fn merge(&mut self, other: Self) {
        self.units += other.units;
        self.places = self.places.max(other.places);
    }

    /// The difference to another.
    pub fn less(self, other: Self) -> Self {
        Self {
            units: self.units - other.units,
            places: self.places.max(other.places),
        }
    }

    /// How far from zero.
    pub fn size(self) -> u128 {
        self.units.unsigned_abs()
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.units / 10_i128.pow(FINEST - self.places);
        let one = 10_i128.pow(self.places);
        let sign = if units < 0 { "-" } else { "" };
        write!(f, "{sign}{}", (units / one).abs())?;
        if self.places > 0 {
            let width = self.places as usize;
            write!(f, ".{:0width$}", (units % one).abs())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(amounts: &[&str]) -> String {
        let mut sum = Sum::default();
        for amount in amounts {
            sum.add(amount.parse().unwrap());
        }
        sum.to_string()
    }

    #[test]
    fn sums_are_exact_and_keep_their_places() {
        assert_eq!(sum(&[]), "0");
        assert_eq!(sum(&["1", "2"]), "3");
        assert_eq!(sum(&["0.10", "0.20", "-0.35"]), "-0.05");
        assert_eq!(sum(&["9223372036854775.80"; 3]), "27670116110564327.40");
    }
}

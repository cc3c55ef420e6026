//! What claims with a diagnosis cost in the year before (DOMAIN A.5, R1).

use std::collections::BTreeMap;

use super::document::PastCosts;
use crate::adjudicate::values;
use crate::calendar::{Calendar, Day};
use crate::code::Code;
use crate::error::Error;
use crate::money::Money;
use crate::number::Amount;
use crate::scheme::MeanOf;

/// Earlier costs by diagnosis.
#[derive(Debug)]
pub(super) struct Means<'p> {
    rows: BTreeMap<&'p Code, Vec<Row>>,
    calendar: Calendar,
}

#[derive(Debug)]
struct Row {
    day: Day,
    claims: u32,
    claimed: i64,
    approved: Option<i64>,
}

/// Claims and what they cost together, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) claims: u64,
    pub(super) cost: i128,
}

impl<'p> Means<'p> {
    pub(super) fn of(
        past: &'p [PastCosts],
        calendar: Calendar,
        exponent: u8,
    ) -> Result<Self, Error> {
        let mut rows: BTreeMap<&Code, Vec<Row>> = BTreeMap::new();
        for (position, row) in past.iter().enumerate() {
            let minor = |amount: Amount, field: &str| {
                let money = values::money(amount, exponent, field).map(Money::minor);
                money.map_err(|error| values::at(error, "past", position))
            };
            let approved = row.approved.map(|amount| minor(amount, "approved"));
            rows.entry(&row.diagnosis).or_default().push(Row {
                day: row.date,
                claims: row.claims,
                claimed: minor(row.claimed, "claimed")?,
                approved: approved.transpose()?,
            });
        }
        Ok(Self { rows, calendar })
    }

    /// Claims with the diagnosis in the year before a day, that day not included.
    pub(super) fn before(&self, diagnosis: &Code, day: Day, of: MeanOf) -> Sum {
        let from = self.calendar.add_years(day, -1);
        let mut sum = Sum::default();
        for row in self.rows.get(diagnosis).into_iter().flatten() {
            let cost = match of {
                MeanOf::Claimed => Some(row.claimed),
                MeanOf::Approved => row.approved,
            };
            if let Some(cost) = cost
                && (from..day).contains(&row.day)
            {
                sum.claims += u64::from(row.claims);
                sum.cost += i128::from(cost);
            }
        }
        sum
    }
}

impl Sum {
    /// Is `claimed` at least the mean × (1 + percent / 100)? `percent` in ten-thousandths.
    /// `claimed × claims × 100 % ≥ cost × (100 % + percent)`, in integers.
    pub(super) fn exceeded_by(self, claimed: i64, percent: i64) -> bool {
        const WHOLE: i128 = 1_000_000;
        let claims = i128::from(self.claims);
        let left = i128::from(claimed)
            .checked_mul(claims)
            .and_then(|n| n.checked_mul(WHOLE));
        let right = self.cost.checked_mul(WHOLE + i128::from(percent));
        match (left, right) {
            (Some(left), Some(right)) => left >= right,
            // A limit beyond every amount.
            (_, None) => false,
            (None, Some(_)) => true,
        }
    }

    /// The mean × (1 + percent / 100) in minor units, rounded half up, for showing.
    pub(super) fn shown(self, percent: i64) -> i64 {
        const WHOLE: i128 = 1_000_000;
        let divisor = i128::from(self.claims).saturating_mul(WHOLE).max(1);
        let scaled = self.cost.saturating_mul(WHOLE + i128::from(percent));
        i64::try_from(scaled.saturating_add(divisor / 2) / divisor).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_exactly_where_the_mean_has_no_end() {
        // Mean 100.00 / 3 = 33.333..; half more is exactly 50.00.
        let sum = Sum {
            claims: 3,
            cost: 10_000,
        };
        assert!(sum.exceeded_by(5_000, 500_000));
        assert!(!sum.exceeded_by(4_999, 500_000));
        assert_eq!((sum.shown(0), sum.shown(500_000)), (3_333, 5_000));
        assert!(
            !Sum {
                claims: 1,
                cost: i128::MAX
            }
            .exceeded_by(i64::MAX, i64::MAX)
        );
    }

    #[test]
    fn the_year_before_ends_the_day_before() {
        let code = Code::new("B54").unwrap();
        let row = |date: &str, claimed: &str, approved: Option<&str>| PastCosts {
            diagnosis: code.clone(),
            date: date.parse().unwrap(),
            claims: 2,
            claimed: claimed.parse().unwrap(),
            approved: approved.map(|a| a.parse().unwrap()),
        };
        let past = [
            row("2024-03-09", "1000", None),
            row("2024-03-10", "10", Some("8")),
            row("2025-03-09", "20", None),
            row("2025-03-10", "1000", None),
        ];
        let means = Means::of(&past, Calendar::Gregorian, 2).unwrap();
        let day = "2025-03-10".parse().unwrap();
        let claimed = Sum {
            claims: 4,
            cost: 3_000,
        };
        assert_eq!(means.before(&code, day, MeanOf::Claimed), claimed);
        let approved = Sum {
            claims: 2,
            cost: 800,
        };
        assert_eq!(means.before(&code, day, MeanOf::Approved), approved);
    }
}

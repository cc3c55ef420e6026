//! A quotient without loss: a reduced fraction, and the same in decimals.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::Amount;

/// Decimals of [`Exact::decimal`].
const PLACES: u8 = 12;

/// A quotient in full: `numerator / denominator` is exact and reduced; `decimal` is it rounded half
/// away from zero to twelve decimals, and `rounded` to four, as openIMIS keeps indexes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exact {
    /// Whole number above the line, as digits.
    pub numerator: String,
    /// Whole number below the line, as digits; at least 1.
    pub denominator: String,
    /// Twelve decimals.
    pub decimal: String,
    /// Four decimals.
    pub rounded: Amount,
}

impl Exact {
    /// Of two numbers that are not negative, the second over zero; `None` of others, and if the
    /// quotient is larger than documents can write.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if numerator < 0 || denominator <= 0 {
            return None;
        }
        let common = gcd(numerator, denominator);
        let (numerator, denominator) = (numerator / common, denominator / common);
        let rounded = i64::try_from(scaled(numerator, denominator, Amount::PLACES)?).ok()?;
        let decimal = scaled(numerator, denominator, PLACES)?;
        let one = 10_i128.pow(PLACES.into());
        Some(Self {
            numerator: numerator.to_string(),
            denominator: denominator.to_string(),
            decimal: format!("{}.{:012}", decimal / one, decimal % one),
            rounded: Amount::from_units(rounded, Amount::PLACES),
        })
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal)
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// The quotient times 10^places, rounded half away from zero.
fn scaled(numerator: i128, denominator: i128, places: u8) -> Option<i128> {
    let mut scaled = numerator / denominator;
    let mut rest = numerator % denominator;
    for _ in 0..places {
        rest = rest.checked_mul(10)?;
        scaled = scaled.checked_mul(10)?.checked_add(rest / denominator)?;
        rest %= denominator;
    }
    scaled.checked_add(i128::from(rest >= denominator - rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_reduced_and_rounded() {
        let index = Exact::new(1_000, 30_000).unwrap();
        assert_eq!((&*index.numerator, &*index.denominator), ("1", "30"));
        assert_eq!(index.decimal, "0.033333333333");
        assert_eq!(index.rounded.to_string(), "0.0333");
        assert_eq!(Exact::new(2, 3).unwrap().decimal, "0.666666666667");
        assert_eq!(Exact::new(0, 7).unwrap().to_string(), "0.000000000000");
        assert_eq!(Exact::new(5, 2).unwrap().rounded.to_string(), "2.5000");
        assert_eq!(
            Exact::new(99_999, 100_000).unwrap().rounded.to_string(),
            "1.0000"
        );
        assert!(Exact::new(1, 0).is_none() && Exact::new(-1, 2).is_none());
        assert!(Exact::new(i128::MAX, 1).is_none());
    }
}

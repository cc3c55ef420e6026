//! The engine's numbers: exact fixed-point integers, rounded only where a rule says so.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::{Amount, Percent, Quantity, power_of_ten};

/// How a product of money and a quantity or percentage becomes whole minor units again
/// (SEMANTICS 0). Every rounding step of the engine uses the scheme's rule once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// 0.125 -> 0.13, -0.125 -> -0.13. The rule of the legacy engine and the default.
    #[default]
    HalfAwayFromZero,
    /// 0.125 -> 0.12, 0.135 -> 0.14 (banker's rounding).
    HalfEven,
    /// 0.129 -> 0.12, -0.129 -> -0.12 (towards zero).
    Down,
}

impl Rounding {
    /// `a × b / DIVISOR` in whole units; `None` when it does not fit. `DIVISOR` > 0.
    #[inline]
    fn product<const DIVISOR: i64>(self, a: i64, b: i64) -> Option<i64> {
        // Almost every product fits 64 bits, where dividing by a constant costs a multiplication.
        let Some(product) = a.checked_mul(b) else {
            return self.wide_product(a, b, DIVISOR);
        };
        let (quotient, rest) = (product / DIVISOR, product % DIVISOR);
        if rest == 0 {
            return Some(quotient);
        }
        quotient.checked_add(self.step(quotient & 1 == 1, rest, DIVISOR - rest.abs()))
    }

    /// `dividend / divisor` in whole units; `None` when it does not fit. `divisor` > 0.
    pub(crate) fn quotient(self, dividend: i128, divisor: i128) -> Option<i64> {
        let (quotient, rest) = (
            dividend.checked_div(divisor)?,
            dividend.checked_rem(divisor)?,
        );
        let missing = divisor - rest.abs();
        let up = match self {
            Self::Down => false,
            Self::HalfAwayFromZero => rest != 0 && rest.abs() >= missing,
            Self::HalfEven => {
                rest.abs() > missing || (rest != 0 && rest.abs() == missing && quotient % 2 != 0)
            }
        };
        let step = if up { rest.signum() } else { 0 };
        i64::try_from(quotient.checked_add(step)?).ok()
    }

    #[cold]
    fn wide_product(self, a: i64, b: i64, divisor: i64) -> Option<i64> {
        let product = i128::from(a) * i128::from(b);
        let wide = i128::from(divisor);
        let rest = i64::try_from(product % wide).ok()?;
        let quotient = i64::try_from(product / wide).ok()?;
        quotient.checked_add(self.step(quotient & 1 == 1, rest, divisor - rest.abs()))
    }

    /// -1, 0 or 1: what rounding adds to the truncated quotient. `missing` is what the remainder
    /// lacks to the next unit, so the comparison cannot overflow.
    #[inline]
    fn step(self, odd: bool, rest: i64, missing: i64) -> i64 {
        let up = match self {
            Self::Down => false,
            Self::HalfAwayFromZero => rest != 0 && rest.abs() >= missing,
            Self::HalfEven => rest.abs() > missing || (rest != 0 && rest.abs() == missing && odd),
        };
        if up { rest.signum() } else { 0 }
    }
}

/// Money in minor units of the scheme's currency (cents at exponent 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// More than any amount: the remainder of a limit that does not exist.
    pub const MAX: Self = Self(i64::MAX);

    /// From minor units.
    #[must_use]
    pub const fn from_minor(units: i64) -> Self {
        Self(units)
    }

    /// Minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// From a document amount; `None` if it has more decimals than the currency or is too large.
    #[must_use]
    pub fn read(amount: Amount, exponent: u8) -> Option<Self> {
        amount.units_at(exponent).map(Self)
    }

    /// As a document amount with the currency's decimals.
    #[must_use]
    pub const fn write(self, exponent: u8) -> Amount {
        Amount::from_units(self.0, exponent)
    }

    /// As a decimal with the currency's decimals.
    #[must_use]
    pub fn decimal(self, exponent: u8) -> Decimal {
        self.write(exponent).decimal()
    }

    /// `self + other`, or `None` when it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// `self - other`, for amounts that are not negative: their difference always fits.
    #[must_use]
    #[inline]
    pub(crate) const fn minus(self, other: Self) -> Self {
        debug_assert!(self.0 >= 0 && other.0 >= 0);
        Self(self.0.wrapping_sub(other.0))
    }

    /// `self × quantity`, rounded once.
    #[must_use]
    #[inline]
    pub fn times(self, quantity: Units, rounding: Rounding) -> Option<Self> {
        rounding
            .product::<{ Units::ONE.0 }>(self.0, quantity.0)
            .map(Self)
    }

    /// `self × percentage / 100`, rounded once. Never larger than `self` for percentages to 100.
    #[must_use]
    #[inline]
    pub fn share(self, percentage: Share, rounding: Rounding) -> Option<Self> {
        if percentage == Share::ALL {
            return Some(self);
        }
        rounding
            .product::<{ Share::ALL.0 }>(self.0, percentage.0)
            .map(Self)
    }
}

/// A quantity in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Units(i64);

impl Units {
    /// One whole unit.
    pub const ONE: Self = Self(power_of_ten(Quantity::PLACES));
    /// None.
    pub const ZERO: Self = Self(0);
    /// The least there is.
    pub(crate) const LEAST: Self = Self(1);

    /// From a document quantity; `None` if it does not fit.
    #[must_use]
    pub fn read(quantity: Quantity) -> Option<Self> {
        quantity.units_at(Quantity::PLACES).map(Self)
    }

    /// As a document quantity with two decimals.
    #[must_use]
    pub const fn write(self) -> Quantity {
        Quantity::from_units(self.0, Quantity::PLACES)
    }

    /// Sum; stops at the end of the range, where any limit is exhausted anyway.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left of `self` after `used`, never below zero.
    #[must_use]
    pub fn less(self, used: Self) -> Self {
        Self(self.0.saturating_sub(used.0).max(0))
    }
}

/// A percentage in ten-thousandths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Share(i64);

impl Share {
    /// 100 %.
    pub const ALL: Self = Self(100 * power_of_ten(Percent::PLACES));
    /// 0 %.
    pub const NONE: Self = Self(0);

    /// From a document percentage; `None` if it does not fit.
    #[must_use]
    pub fn read(percent: Percent) -> Option<Self> {
        percent.units_at(Percent::PLACES).map(Self)
    }

    /// As a document percentage, without needless decimals.
    #[must_use]
    pub fn write(self) -> Percent {
        let mut places = Percent::PLACES;
        let mut units = self.0;
        while places > 0 && units % 10 == 0 {
            units /= 10;
            places -= 1;
        }
        Percent::from_units(units, places)
    }

    /// In ten-thousandths of a percent.
    #[must_use]
    pub const fn scaled(self) -> i64 {
        self.0
    }

    /// From ten-thousandths of a percent.
    #[must_use]
    pub const fn from_scaled(scaled: i64) -> Self {
        Self(scaled)
    }

    /// What is missing to 100 %.
    #[must_use]
    pub const fn complement(self) -> Self {
        Self(Self::ALL.0 - self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(rounding: Rounding, product: i64) -> i64 {
        let narrow = rounding.product::<10>(product, 1).unwrap();
        assert_eq!(rounding.wide_product(product, 1, 10), Some(narrow));
        assert_eq!(rounding.quotient(product.into(), 10), Some(narrow));
        narrow
    }

    #[test]
    fn rounds_halves_as_named() {
        use Rounding::*;
        for (product, away, even, down) in [
            (125, 13, 12, 12),
            (135, 14, 14, 13),
            (-125, -13, -12, -12),
            (-135, -14, -14, -13),
            (129, 13, 13, 12),
            (121, 12, 12, 12),
            (0, 0, 0, 0),
            (5, 1, 0, 0),
            (15, 2, 2, 1),
        ] {
            assert_eq!(round(HalfAwayFromZero, product), away, "{product}");
            assert_eq!(round(HalfEven, product), even, "{product}");
            assert_eq!(round(Down, product), down, "{product}");
        }
    }

    #[test]
    fn agrees_with_an_independent_decimal_on_wide_and_narrow_products() {
        use rust_decimal::RoundingStrategy;
        for a in [1_i64, 7, 99_999, 1_234_567_890_123, 9_007_199_254_740_993] {
            for b in [1_i64, 3, 333_333, 999_999, 1_000_000] {
                let exact = Decimal::from(a) * Decimal::from(b) / Decimal::from(1_000_000);
                for (rounding, strategy) in [
                    (
                        Rounding::HalfAwayFromZero,
                        RoundingStrategy::MidpointAwayFromZero,
                    ),
                    (Rounding::HalfEven, RoundingStrategy::MidpointNearestEven),
                    (Rounding::Down, RoundingStrategy::ToZero),
                ] {
                    let ours = Money(a).share(Share(b), rounding).unwrap();
                    assert_eq!(
                        Decimal::from(ours.0),
                        exact.round_dp_with_strategy(0, strategy)
                    );
                }
            }
        }
    }

    #[test]
    fn too_large_is_none_not_wrong() {
        assert_eq!(Money(i64::MAX).times(Units(200), Rounding::Down), None);
        assert_eq!(
            Money(i64::MAX).times(Units::ONE, Rounding::Down),
            Some(Money(i64::MAX))
        );
    }
}

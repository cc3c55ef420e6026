//! Numbers as Python's `decimal` and openIMIS's columns treat them.
//!
//! A product or sum of Python decimals has as many places as its operands say, even if it is zero,
//! and a zero with too many places does not fit a column. `rust_decimal` forgets the places of
//! zero, so they are put back here. 28 digits are enough: amounts have 18, percentages 4 places.

use rust_decimal::{Decimal, RoundingStrategy};

use super::state::Halt;

/// Places of an amount or quantity in its column.
pub(super) const PLACES: u32 = 2;
/// Digits of an amount in its column.
const WHOLE_DIGITS: u32 = 16;

/// `value` with at least so many places.
fn with_places(mut value: Decimal, places: u32) -> Decimal {
    if value.scale() < places {
        value.rescale(places);
    }
    value
}

pub(super) fn times(a: Decimal, b: Decimal) -> Result<Decimal, Halt> {
    let product = a.checked_mul(b).ok_or(Halt::TooLarge)?;
    Ok(with_places(product, a.scale() + b.scale()))
}

pub(super) fn plus(a: Decimal, b: Decimal) -> Result<Decimal, Halt> {
    let sum = a.checked_add(b).ok_or(Halt::TooLarge)?;
    Ok(with_places(sum, a.scale().max(b.scale())))
}

pub(super) fn minus(a: Decimal, b: Decimal) -> Result<Decimal, Halt> {
    plus(a, -b)
}

/// `percent / 100 * value`. The quotient has the places of the percentage, or as many as it needs.
pub(super) fn share(percent: Decimal, value: Decimal) -> Result<Decimal, Halt> {
    let exact = percent
        .checked_div(Decimal::ONE_HUNDRED)
        .ok_or(Halt::TooLarge)?;
    times(with_places(exact.normalize(), percent.scale()), value)
}

/// Rounded half away from zero to cents, as `standard` does at each step.
pub(super) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero)
}

/// `'{:.2f}'.format(float(value))`: through the nearest binary fraction, whose exact value is then
/// rounded half to even. The only place where a float comes near money, because there it does.
pub(super) fn through_float(value: Decimal) -> Decimal {
    let binary: f64 = value.to_string().parse().unwrap_or(f64::NAN);
    let text = format!("{binary:.2}");
    // Always a number of two places; `value` itself if it were too long.
    text.parse().unwrap_or(value)
}

/// Does a number of two places fit its column?
pub(super) fn fits(value: Decimal) -> bool {
    value.trunc().abs() < Decimal::from(10_u64.pow(WHOLE_DIGITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn floats_round_as_python_does() {
        for (value, stored) in [
            ("0.125", "0.12"),
            ("0.175", "0.17"),
            ("15.625", "15.62"),
            ("0.375", "0.38"),
            ("2.675", "2.67"),
            ("1234567890123456.78", "1234567890123456.75"),
            ("3", "3.00"),
        ] {
            assert_eq!(through_float(number(value)), number(stored), "{value}");
        }
    }

    #[test]
    fn zero_keeps_its_places() {
        let places = |value: Result<Decimal, Halt>| value.unwrap().scale();
        assert_eq!(places(share(number("33.33"), Decimal::ZERO)), 4);
        assert_eq!(places(share(number("50.00"), Decimal::ZERO)), 2);
        assert_eq!(places(share(number("33.30"), Decimal::ZERO)), 3);
        assert_eq!(places(times(number("1.00"), number("0.00"))), 4);
        assert_eq!(places(minus(number("1.50"), number("1.50"))), 2);
        assert_eq!(places(minus(number("0"), number("0.00"))), 2);
    }
}

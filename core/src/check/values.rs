//! Single values: amounts, quantities, percentages, ranges, windows.

use super::Audit;
use super::at::At;
use crate::money::{Money, Units};
use crate::number::{Amount, Percent, Quantity};
use crate::scheme::{AgeRange, CounterWindow, Validity};

/// Largest exponent a currency may have: what an [`Amount`] can write.
pub(super) const MOST_DECIMALS: u8 = Amount::PLACES;

impl Audit<'_> {
    /// An amount must not be negative and must fit the currency.
    pub(super) fn amount(&mut self, amount: Amount, at: &At<'_>) {
        let exponent = self.scheme.currency.exponent;
        if amount.is_negative() {
            self.error(
                "amount.negative",
                at,
                format!("`{amount}` is negative"),
                "write an amount of zero or more",
            );
        } else if exponent <= MOST_DECIMALS && Money::read(amount, exponent).is_none() {
            // Of what a document can write, only values over 92 000 000 000 000 are too large.
            if amount.units_at(Amount::PLACES).is_some() {
                self.error(
                    "amount.places",
                    at,
                    format!("`{amount}` has more decimals than the currency"),
                    &format!("the currency has {exponent} decimals (`currency.exponent`)"),
                );
            } else {
                self.error("amount.range", at, format!("`{amount}` is too large"), "");
            }
        }
    }

    /// A quantity must not be negative.
    pub(super) fn quantity(&mut self, quantity: Quantity, at: &At<'_>) {
        if quantity.is_negative() {
            self.error(
                "quantity.negative",
                at,
                format!("`{quantity}` is negative"),
                "write a quantity of zero or more",
            );
        } else if Units::read(quantity).is_none() {
            self.error(
                "quantity.range",
                at,
                format!("`{quantity}` is too large"),
                "",
            );
        }
    }

    /// A most-quantity of 0 is legal, and rarely meant.
    pub(super) fn most_quantity(&mut self, quantity: Quantity, at: &At<'_>) {
        self.quantity(quantity, at);
        if quantity.is_zero() {
            self.warn(
                "limit.zero",
                at,
                "a limit of 0 allows none".to_owned(),
                "leave the field out for no limit",
            );
        }
    }

    /// A percentage must be from 0 to 100.
    pub(super) fn percent(&mut self, percent: Percent, at: &At<'_>) {
        if percent.is_negative() || percent > Percent::from_units(100, 0) {
            self.error(
                "percent.range",
                at,
                format!("`{percent}` is not between 0 and 100"),
                "write the percentage that the scheme pays, such as \"80\"",
            );
        }
    }

    /// The first day must not come after the last.
    pub(super) fn validity(&mut self, valid: Validity, at: &At<'_>) {
        if let (Some(from), Some(to)) = (valid.from, valid.to)
            && from > to
        {
            self.error(
                "validity.reversed",
                at,
                format!("it ends on {to}, before it begins on {from}"),
                "swap `from` and `to`",
            );
        }
    }

    /// The youngest age must not be over the oldest.
    pub(super) fn ages(&mut self, ages: AgeRange, at: &At<'_>) {
        if let (Some(min), Some(max)) = (ages.min, ages.max)
            && min > max
        {
            self.error(
                "age.reversed",
                at,
                format!("no age is at least {min} and at most {max}"),
                "swap `min` and `max`",
            );
        }
    }

    /// A window must have days. `used` says whether there is a limit to which it belongs.
    pub(super) fn window(&mut self, window: CounterWindow, used: bool, at: &At<'_>) {
        if window == CounterWindow::RollingDays(0) {
            self.error(
                "window.empty",
                at,
                "a window of 0 days has no visits in it".to_owned(),
                "write at least 1 day: the day of the visit",
            );
        } else if !used && !window.is_default() {
            self.warn(
                "window.unused",
                at,
                "there is no limit that this window is for".to_owned(),
                "add the limit, or remove the window",
            );
        }
    }
}

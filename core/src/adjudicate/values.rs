//! Numbers and ids of a request, with what is said where they are wrong.

use rustc_hash::FxHashSet;

use crate::code::Code;
use crate::error::Error;
use crate::money::{Money, Units};
use crate::number::{Amount, Quantity};

/// An amount of a request in minor units.
#[inline]
pub(crate) fn money(amount: Amount, exponent: u8, field: &str) -> Result<Money, Error> {
    match Money::read(amount, exponent) {
        Some(money) if money >= Money::ZERO => Ok(money),
        _ => Err(no_money(amount, exponent, field)),
    }
}

#[cold]
fn no_money(amount: Amount, exponent: u8, field: &str) -> Error {
    if amount.is_negative() {
        Error::new("amount.negative", field, format!("`{amount}` is negative"))
            .with_help("write an amount of zero or more")
    } else {
        Error::new(
            "amount.places",
            field,
            format!("`{amount}` does not fit the currency"),
        )
        .with_help(format!("the scheme's currency has {exponent} decimals"))
    }
}

/// A quantity of a request.
#[inline]
pub(super) fn units(quantity: Quantity, field: &str) -> Result<Units, Error> {
    match Units::read(quantity) {
        Some(units) if units >= Units::ZERO => Ok(units),
        _ => Err(no_units(quantity, field)),
    }
}

#[cold]
fn no_units(quantity: Quantity, field: &str) -> Error {
    if quantity.is_negative() {
        Error::new(
            "quantity.negative",
            field,
            format!("`{quantity}` is negative"),
        )
        .with_help("write a quantity of zero or more")
    } else {
        Error::new(
            "quantity.range",
            field,
            format!("`{quantity}` is too large"),
        )
    }
}

/// The claims of a document, each of which may be there once.
#[derive(Debug, Default)]
pub(crate) struct Once<'q>(FxHashSet<(&'q Code, &'q Code)>);

impl<'q> Once<'q> {
    /// Takes a claim; an error if it is there already.
    pub(crate) fn claim(
        &mut self,
        facility: &'q Code,
        claim: &'q Code,
        path: &str,
    ) -> Result<(), Error> {
        if self.0.insert((facility, claim)) {
            return Ok(());
        }
        let message = format!("claim `{claim}` of `{facility}` is here twice");
        Err(Error::new("claim.duplicate", path, message).with_help("give every claim once"))
    }
}

/// The first entry whose id an earlier one has. Ids that ascend differ; else few entries are compared
/// pair by pair, and many are sorted, in memory that is kept from claim to claim.
pub(super) fn repeated<'e, T>(
    order: &mut Vec<usize>,
    entries: &'e [T],
    id: impl Fn(&T) -> &Code,
) -> Option<(usize, &'e T)> {
    if entries.is_sorted_by(|earlier, later| id(earlier) < id(later)) {
        return None;
    }
    let of = |position: usize| entries.get(position).map(&id);
    let position = if entries.len() <= 32 {
        (0..entries.len()).find(|&later| (0..later).any(|earlier| of(earlier) == of(later)))
    } else {
        order.clear();
        order.extend(0..entries.len());
        order.sort_unstable_by_key(|&position| (of(position), position));
        let twins = order.windows(2).filter_map(|pair| match pair {
            [earlier, later] if of(*earlier) == of(*later) => Some(*later),
            _ => None,
        });
        twins.min()
    }?;
    Some((position, entries.get(position)?))
}

/// Puts `field.` before the error's path.
#[cold]
pub(super) fn inside(mut error: Error, field: &str) -> Error {
    error.path = format!("{field}.{}", error.path);
    error
}

/// Puts `list[position].` before the error's path.
#[cold]
pub(crate) fn at(mut error: Error, list: &str, position: usize) -> Error {
    error.path = format!("{list}[{position}].{}", error.path);
    error
}

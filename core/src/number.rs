//! Decimals as documents write them: text with a stated number of places, never a float.
//!
//! [`Amount`], [`Quantity`] and [`Percent`] are what documents carry; the engine works on the
//! integers of [`money`](crate::money).

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, coded};

/// Largest number of decimal places any document value has.
const MOST_PLACES: u8 = 4;

/// `units` × 10^-`places`.
#[derive(Clone, Copy)]
struct Number {
    units: i64,
    places: u8,
}

enum Fault {
    Grammar,
    Places,
    Range,
}

pub(crate) const fn power_of_ten(places: u8) -> i64 {
    match places {
        0 => 1,
        1 => 10,
        2 => 100,
        3 => 1_000,
        _ => 10_000,
    }
}

impl Number {
    /// Reads `-?[0-9]+(\.[0-9]{1,most})?` and nothing else.
    fn parse(text: &str, most: u8) -> Result<Self, Fault> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut units: i64 = 0;
        let mut whole = 0_u32;
        let mut places: Option<u8> = None;
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    match &mut places {
                        Some(count) if *count == most => return Err(Fault::Places),
                        Some(count) => *count += 1,
                        None => whole += 1,
                    }
                    units = units
                        .checked_mul(10)
                        .and_then(|n| n.checked_add(i64::from(byte - b'0')))
                        .ok_or(Fault::Range)?;
                }
                b'.' if whole > 0 && places.is_none() => {
                    if most == 0 {
                        return Err(Fault::Places);
                    }
                    places = Some(0);
                }
                _ => return Err(Fault::Grammar),
            }
        }
        if whole == 0 || places == Some(0) {
            return Err(Fault::Grammar);
        }
        Ok(Self {
            units: if negative { -units } else { units },
            places: places.unwrap_or(0),
        })
    }

    /// The integer count of 10^-`places`, or `None` if that would lose digits or overflow.
    #[inline]
    fn at(self, places: u8) -> Option<i64> {
        if places == self.places {
            Some(self.units)
        } else if places > self.places {
            self.units.checked_mul(power_of_ten(places - self.places))
        } else {
            let factor = power_of_ten(self.places - places);
            (self.units % factor == 0).then_some(self.units / factor)
        }
    }

    /// Comparable whatever the number of places written.
    fn widest(self) -> i128 {
        i128::from(self.units) * i128::from(power_of_ten(MOST_PLACES.saturating_sub(self.places)))
    }

    /// The text, in a buffer on the stack.
    #[inline]
    fn text(self, buffer: &mut [u8; 24]) -> &str {
        if self.units == 0 {
            // Most amounts of a decision are nothing.
            return match self.places {
                0 => "0",
                1 => "0.0",
                2 => "0.00",
                3 => "0.000",
                _ => "0.0000",
            };
        }
        self.digits(buffer)
    }

    fn digits(self, buffer: &mut [u8; 24]) -> &str {
        let mut start = buffer.len();
        let mut put = |byte| {
            start -= 1;
            if let Some(slot) = buffer.get_mut(start) {
                *slot = byte;
            }
        };
        let mut rest = self.units.unsigned_abs();
        for _ in 0..self.places {
            put(b'0' + (rest % 10) as u8);
            rest /= 10;
        }
        if self.places > 0 {
            put(b'.');
        }
        loop {
            put(b'0' + (rest % 10) as u8);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if self.units < 0 {
            put(b'-');
        }
        buffer
            .get(start..)
            .and_then(|b| std::str::from_utf8(b).ok())
            .unwrap_or("")
    }
}

macro_rules! document_number {
    ($(#[$doc:meta])* $name:ident, $places:literal, $what:literal, $an:literal, $example:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name(Number);

        impl $name {
            /// Most decimal places a document may write.
            pub const PLACES: u8 = $places;

            /// `units` × 10^-`places`, such as `(1250, 2)` for 12.50. `places` over 4 counts as 4.
            #[must_use]
            pub const fn from_units(units: i64, places: u8) -> Self {
                Self(Number { units, places: if places > MOST_PLACES { MOST_PLACES } else { places } })
            }

            /// The integer count of 10^-`places`; `None` if that would lose digits or overflow.
            #[must_use]
            #[inline]
            pub fn units_at(self, places: u8) -> Option<i64> {
                self.0.at(places)
            }

            /// The value as a decimal.
            #[must_use]
            pub fn decimal(self) -> Decimal {
                Decimal::new(self.0.units, u32::from(self.0.places))
            }

            /// Below zero?
            #[must_use]
            pub const fn is_negative(self) -> bool {
                self.0.units < 0
            }

            /// Exactly zero?
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0.units == 0
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Number::parse(text, $places).map(Self).map_err(|fault| {
                    let (code, message) = match fault {
                        Fault::Grammar => (concat!($what, ".grammar"), format!(concat!("`{}` is not ", $an), text)),
                        Fault::Places => (
                            concat!($what, ".places"),
                            format!(concat!("`{}` has more than ", $places, " decimals"), text),
                        ),
                        Fault::Range => (concat!($what, ".range"), format!(concat!("`{}` is too large"), text)),
                    };
                    Error::new(code, "", message).with_help(concat!(
                        "write digits as text, with at most ", $places, " decimals, such as \"", $example, "\""
                    ))
                })
            }
        }

        impl TryFrom<Decimal> for $name {
            type Error = Error;

            /// Refuses what a document could not write: too many places or too large.
            fn try_from(value: Decimal) -> Result<Self, Error> {
                let value = if value.scale() > $places { value.normalize() } else { value };
                value.to_string().parse()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.0.text(&mut [0; 24]))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.widest() == other.0.widest()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.widest().cmp(&other.0.widest())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.text(&mut [0; 24]))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!($an, " as text, such as \"", $example, "\""))
                    }

                    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<$name, D::Error> {
                        inner.deserialize_str(self)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(|e: Error| coded(&e.code, &e.message, e.help.as_deref().unwrap_or("")))
                    }
                }
                deserializer.deserialize_newtype_struct(stringify!($name), Visitor)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "pattern": concat!("^-?[0-9]+(\\.[0-9]{1,", $places, "})?$"),
                    "description": concat!("Decimal text with at most ", $places, " decimals, such as \"", $example, "\".")
                })
            }
        }
    };
}

document_number!(
    /// An amount of money in the scheme's currency: text such as `"1250.00"`, at most 4 decimals
    /// and no more than the currency's exponent carries.
    Amount, 4, "amount", "an amount", "1250.00"
);
document_number!(
    /// A quantity of an item or service: text such as `"2"` or `"1.50"`, at most 2 decimals.
    Quantity, 2, "quantity", "a quantity", "1.50"
);
document_number!(
    /// A percentage: text such as `"80"` or `"33.3333"`, at most 4 decimals.
    Percent, 4, "percent", "a percentage", "80"
);
document_number!(
    /// How sure an advisor is, 0 to 1: text such as `"0.93"`, at most 4 decimals.
    Score, 4, "score", "a score", "0.93"
);

impl Score {
    /// Between 0 and 1, both included?
    #[must_use]
    pub fn in_range(self) -> bool {
        !self.is_negative() && self <= Self::from_units(1, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_read() {
        for text in [
            "0",
            "0.00",
            "0.05",
            "12.50",
            "-0.01",
            "-12",
            "9223372036854775807",
            "100",
            "0.0001",
            "10.0",
        ] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_not_the_grammar() {
        for (text, code) in [
            ("", "amount.grammar"),
            ("-", "amount.grammar"),
            (".5", "amount.grammar"),
            ("5.", "amount.grammar"),
            ("1e3", "amount.grammar"),
            ("1_000", "amount.grammar"),
            ("+1", "amount.grammar"),
            (" 1", "amount.grammar"),
            ("1,5", "amount.grammar"),
            ("\u{661}", "amount.grammar"),
            ("NaN", "amount.grammar"),
            ("1.23456", "amount.places"),
            ("92233720368547758070", "amount.range"),
        ] {
            assert_eq!(text.parse::<Amount>().unwrap_err().code, code, "{text}");
        }
    }

    #[test]
    fn compares_by_value() {
        assert_eq!("1.5".parse::<Amount>().unwrap(), "1.50".parse().unwrap());
        assert!("1.5".parse::<Quantity>().unwrap() < "1.51".parse().unwrap());
        assert_eq!("1.50".parse::<Amount>().unwrap().units_at(1), Some(15));
        assert_eq!("1.55".parse::<Amount>().unwrap().units_at(1), None);
    }
}

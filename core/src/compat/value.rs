//! Numbers and times as openIMIS writes them.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::Day;
use crate::error::coded;

/// First and last day that a document can write; openIMIS uses days beyond them for "always".
const FIRST: (i32, u32, u32) = (1900, 1, 1);
const LAST: (i32, u32, u32) = (2200, 12, 31);

/// A number: decimal text such as `"12.50"` as openIMIS serialises it, or a JSON number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(inline)]
pub struct Number(#[schemars(with = "String")] pub Decimal);

impl Number {
    /// Exactly zero?
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

/// Zero, as openIMIS writes amounts: `0.00`.
impl Default for Number {
    fn default() -> Self {
        Self(Decimal::new(0, 2))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a number as text such as \"12.50\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Number, E> {
                let number = Decimal::from_str_exact(text).or_else(|e| {
                    // Python writes very small or large decimals as 0E-10.
                    Decimal::from_scientific(text).map_err(|_| e)
                });
                number.map(Number).map_err(|_| {
                    coded(
                        "column.number",
                        &format!("`{text}` is not a decimal number"),
                        "write digits with a point, such as \"12.50\"",
                    )
                })
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Number, E> {
                Ok(Number(Decimal::from(number)))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Number, E> {
                Ok(Number(Decimal::from(number)))
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Number, E> {
                // The shortest text that means this float is what was written.
                self.visit_str(&number.to_string())
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A date, or a date with time, such as `2024-07-25T10:00:00`. Days before 1900 and after 2200
/// are read as the first and last day that documents can write.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// Seconds since midnight; 0 for a date without time.
    pub seconds: u32,
}

impl Moment {
    /// From ISO 8601 text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = if let Ok(date) = text.parse::<NaiveDate>() {
            (date, NaiveTime::MIN)
        } else {
            let text = text.replacen(' ', "T", 1);
            let both = text
                .parse::<NaiveDateTime>()
                .or_else(|_| DateTime::parse_from_rfc3339(&text).map(|d| d.naive_local()))
                .ok()?;
            (both.date(), both.time())
        };
        let first = Day::from_ymd(FIRST.0, FIRST.1, FIRST.2)?;
        let last = Day::from_ymd(LAST.0, LAST.1, LAST.2)?;
        Some(Self {
            day: Day::from(date).clamp(first, last),
            seconds: time.num_seconds_from_midnight(),
        })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.day, f)?;
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        if self.seconds > 0 {
            write!(f, "T{:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            coded(
                "column.date",
                &format!("`{text}` is not a date"),
                "write it as 2024-07-25 or 2024-07-25T10:00:00",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_as_text_or_as_numbers() {
        let read = |text: &str| serde_json::from_str::<Number>(text).map(|n| n.to_string());
        for (text, number) in [
            ("\"12.50\"", "12.50"),
            ("3", "3"),
            ("-1", "-1"),
            ("12.5", "12.5"),
            ("\"0E-10\"", "0.0000000000"),
        ] {
            assert_eq!(read(text).unwrap(), number);
        }
        assert!(read("\"12,50\"").is_err());
        assert!(read("true").is_err());
    }

    #[test]
    fn times_are_kept_and_far_days_drawn_in() {
        for (text, shown) in [
            ("2024-07-25", "2024-07-25"),
            ("2024-07-25T10:30:00", "2024-07-25T10:30:00"),
            ("2024-07-25 10:30:00.250", "2024-07-25T10:30:00"),
            ("2024-07-25T23:59:59+05:45", "2024-07-25T23:59:59"),
            ("1753-01-01T00:00:00", "1900-01-01"),
            ("9999-12-31", "2200-12-31"),
        ] {
            assert_eq!(Moment::parse(text).unwrap().to_string(), shown);
        }
        assert_eq!(Moment::parse("2024-02-30"), None);
    }
}

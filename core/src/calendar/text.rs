//! The written form of a day, in text, in JSON and in JSON Schema.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use super::Day;
use crate::error::coded;

/// The years in which a written date may lie.
const WRITTEN_YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// A written date: four digits, two digits, two digits.
const PATTERN: &str = "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// A text is not a date of the calendar it was read in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DayError {
    /// Not a real Gregorian date in the years 1900 to 2200, or not written `YYYY-MM-DD`.
    #[error("`{text}` is not a calendar date written YYYY-MM-DD")]
    NotADate {
        /// The text as given.
        text: String,
    },
    /// Not a Bikram Sambat date in the years 1970 to 2100, or not written `YYYY-MM-DD`.
    #[error("`{text}` is not a Bikram Sambat date written YYYY-MM-DD")]
    NotBikramSambat {
        /// The text as given.
        text: String,
    },
    /// Not an Ethiopian date, or not written `YYYY-MM-DD`.
    #[error("`{text}` is not an Ethiopian date written YYYY-MM-DD")]
    NotEthiopian {
        /// The text as given.
        text: String,
    },
}

/// Year, month and day of a text written `YYYY-MM-DD`, not yet checked to be a date.
pub(super) fn split(text: &str) -> Option<(i32, u32, u32)> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + u32::from(byte - b'0'))
        })
    };
    Some((
        number(&[y1, y2, y3, y4])? as i32,
        number(&[m1, m2])?,
        number(&[d1, d2])?,
    ))
}

impl Day {
    /// `YYYY-MM-DD`, for a day that may be written.
    fn written(self) -> Option<[u8; 10]> {
        let (year, month, day) = self.ymd();
        if !WRITTEN_YEARS.contains(&year) {
            return None;
        }
        let digit = |number: u32| b'0' + (number % 10) as u8;
        let year = year.unsigned_abs();
        Some([
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ])
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD`. A day outside the years 1900 to 2200 is written with a signed year, which is
    /// not read back; [`Day::MIN`] and [`Day::MAX`] are `-open` and `+open`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(bytes) = self.written() {
            return f.pad(std::str::from_utf8(&bytes).map_err(|_| fmt::Error)?);
        }
        match *self {
            Self::MIN => f.pad("-open"),
            Self::MAX => f.pad("+open"),
            _ => {
                let (year, month, day) = self.ymd();
                write!(f, "{year:+05}-{month:02}-{day:02}")
            }
        }
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        split(text)
            .filter(|(year, _, _)| WRITTEN_YEARS.contains(year))
            .and_then(|(year, month, day)| Self::from_ymd(year, month, day))
            .ok_or_else(|| DayError::NotADate {
                text: text.to_owned(),
            })
    }
}

impl Serialize for Day {
    /// The string `YYYY-MM-DD`; an error for a day outside the years 1900 to 2200, which could
    /// not be read back.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self
            .written()
            .ok_or_else(|| ser::Error::custom("a day outside the years 1900 to 2200"))?;
        serializer.serialize_str(std::str::from_utf8(&bytes).map_err(ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DayVisitor;

        impl<'de> Visitor<'de> for DayVisitor {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a calendar date written YYYY-MM-DD")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Day, D::Error> {
                inner.deserialize_str(self)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                text.parse().map_err(|error: DayError| {
                    let help = "write year, month and day in digits, such as \"2025-03-01\"";
                    coded("date.grammar", &error.to_string(), help)
                })
            }
        }

        deserializer.deserialize_newtype_struct("Day", DayVisitor)
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": PATTERN })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_strict_form_is_read() {
        for text in [
            "",
            "2024-1-01",
            "2024-01-1",
            "24-01-01",
            "2024/01/01",
            "20240101",
            "2024-01-01 ",
            "2024-01-01T00:00:00",
            "+024-01-01",
            "2024-02-30",
            "2023-02-29",
            "1900-02-29",
            "2024-00-10",
            "2024-13-10",
            "2024-01-00",
            "1899-12-31",
            "2201-01-01",
            "२०२४-०१-०१",
        ] {
            let error = text.parse::<Day>().unwrap_err();
            let message = format!("`{text}` is not a calendar date written YYYY-MM-DD");
            assert_eq!(error.to_string(), message);
        }
        assert_eq!("1970-01-01".parse(), Ok(Day::from_number(0)));
        assert!("1900-01-01".parse::<Day>().is_ok() && "2200-12-31".parse::<Day>().is_ok());
    }

    #[test]
    fn json_is_the_written_form() {
        let day: Day = serde_json::from_str("\"2024-02-29\"").unwrap();
        assert_eq!(day.ymd(), (2024, 2, 29));
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"2024-02-29\"");
        let refused = crate::wire::read::<Day>("\"soon\"", crate::wire::Format::Json).unwrap_err();
        assert_eq!(refused.code, "date.grammar");
        assert_eq!(
            refused.message,
            "`soon` is not a calendar date written YYYY-MM-DD"
        );
        assert!(serde_json::from_str::<Day>("19000").is_err());
        assert!(serde_json::to_string(&Day::MAX).is_err());
        let schema = serde_json::to_value(schemars::schema_for!(Day)).unwrap();
        assert_eq!(
            (&schema["type"], &schema["format"]),
            (&"string".into(), &"date".into())
        );
    }
}

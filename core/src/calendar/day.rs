//! A day as a number, and its written form.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use super::gregorian;

/// Day 0 of the proleptic Gregorian count used by chrono is 31 December of year 0.
const CHRONO_EPOCH: i32 = 719_163;
/// The years in which a written date may lie.
const WRITTEN_YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// A written date: four digits, two digits, two digits.
const PATTERN: &str = "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// A calendar day, held as the number of days since 1 January 1970.
///
/// It has no time of day and no time zone. In text and in JSON it is the Gregorian date
/// `YYYY-MM-DD` (ISO 8601, extended form), in the years 1900 to 2200.
///
/// ```
/// use adjudica::calendar::Day;
///
/// let admitted: Day = "2024-02-28".parse()?;
/// let discharged: Day = "2024-03-02".parse()?;
/// assert_eq!(admitted.days_until(discharged), 3);
/// assert_eq!(admitted.add_days(1).to_string(), "2024-02-29");
/// # Ok::<(), adjudica::calendar::DayError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

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
}

impl Day {
    /// Before every day: the start of an interval without one.
    pub const MIN: Self = Self(i32::MIN);
    /// After every day: the end of an interval without one.
    pub const MAX: Self = Self(i32::MAX);

    /// The day with this number of days since 1 January 1970.
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Days since 1 January 1970, negative before it.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day of a Gregorian date, months and days counted from 1. `None` when there is no such
    /// date or the year is outside -9999 to 9999.
    pub const fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if year < -9999 || year > 9999 {
            return None;
        }
        match gregorian::days_in_month(year, month) {
            Some(last) if day >= 1 && day <= last => {
                Some(Self(gregorian::day_number(year as i64, month, day) as i32))
            }
            _ => None,
        }
    }

    /// Gregorian year, month (from 1) and day of the month (from 1).
    pub const fn ymd(self) -> (i32, u32, u32) {
        gregorian::civil(self.0)
    }

    /// The day `days` days later, or earlier when negative. [`MIN`](Self::MIN) and
    /// [`MAX`](Self::MAX) stay as they are; other days stop at them.
    #[must_use]
    pub const fn add_days(self, days: i32) -> Self {
        if self.is_open() {
            self
        } else {
            Self(self.0.saturating_add(days))
        }
    }

    /// Days from this day to `other`: 0 for the same day, negative when `other` is earlier. Stops
    /// at the ends of `i32`.
    pub const fn days_until(self, other: Self) -> i32 {
        other.0.saturating_sub(self.0)
    }

    /// The same day as a chrono date. Days chrono cannot hold, some 260 000 years away, give its
    /// first or last date.
    pub fn to_naive(self) -> NaiveDate {
        let nearest = if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        };
        self.0
            .checked_add(CHRONO_EPOCH)
            .and_then(NaiveDate::from_num_days_from_ce_opt)
            .unwrap_or(nearest)
    }

    /// Whether this is [`MIN`](Self::MIN) or [`MAX`](Self::MAX), the end of an open interval.
    pub const fn is_open(self) -> bool {
        self.0 == i32::MIN || self.0 == i32::MAX
    }

    /// The day of a number, stopping at the ends.
    pub(super) fn saturating(number: i64) -> Self {
        Self(number.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
    }

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

impl From<NaiveDate> for Day {
    /// Every chrono date is a day.
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - CHRONO_EPOCH)
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

        impl Visitor<'_> for DayVisitor {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a calendar date written YYYY-MM-DD")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(DayVisitor)
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
        let refused = serde_json::from_str::<Day>("\"soon\"")
            .unwrap_err()
            .to_string();
        assert!(refused.starts_with("`soon` is not a calendar date written YYYY-MM-DD"));
        assert!(serde_json::from_str::<Day>("19000").is_err());
        assert!(serde_json::to_string(&Day::MAX).is_err());
        let schema = serde_json::to_value(schemars::schema_for!(Day)).unwrap();
        assert_eq!(
            (&schema["type"], &schema["format"]),
            (&"string".into(), &"date".into())
        );
    }

    #[test]
    fn arithmetic_stops_at_the_open_ends() {
        let day = Day::from_number(10);
        assert_eq!(day.add_days(-11).number(), -1);
        assert_eq!(day.days_until(Day::from_number(7)), -3);
        assert_eq!(day.add_days(i32::MAX), Day::MAX);
        assert_eq!(
            (Day::MAX.add_days(-1), Day::MIN.add_days(1)),
            (Day::MAX, Day::MIN)
        );
        assert_eq!(Day::MIN.days_until(Day::MAX), i32::MAX);
        assert_eq!(
            (Day::MIN.to_naive(), Day::MAX.to_naive()),
            (NaiveDate::MIN, NaiveDate::MAX)
        );
        assert_eq!(
            format!("{:?} {}", Day::from_number(0), Day::MAX),
            "Day(1970-01-01) +open"
        );
        assert_eq!(Day::from_ymd(12, 3, 4).unwrap().to_string(), "+0012-03-04");
    }
}

//! A moment as hosts write it: a day, a time of day and the distance from UTC.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Day;
use crate::error::{Error, coded, shorten};

/// A moment given by the host, for the record: RFC 3339 to the second, such as
/// `2025-03-10T14:30:00Z` or `2025-03-10T14:30:00+05:45`. Compared as points in time.
///
/// ```
/// use adjudica::calendar::Moment;
///
/// let kathmandu: Moment = "2025-03-10T05:45:00+05:45".parse()?;
/// let utc: Moment = "2025-03-10T00:00:00Z".parse()?;
/// assert!(kathmandu == utc);
/// # Ok::<(), adjudica::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Moment {
    day: Day,
    /// Of the local day.
    second: u32,
    /// Minutes east of UTC.
    offset: i16,
}

impl Moment {
    /// The day as written: where the host is.
    #[must_use]
    pub const fn day(self) -> Day {
        self.day
    }

    /// Seconds since the beginning of 1970, UTC.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.day.number()) * 86_400 + i64::from(self.second) - i64::from(self.offset) * 60
    }
}

/// `HH:MM` in minutes.
fn minutes(text: &str) -> Option<u32> {
    let &[h1, h2, b':', m1, m2] = text.as_bytes() else {
        return None;
    };
    let number = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit())
            .then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
    };
    let (hours, minutes) = (number(h1, h2)?, number(m1, m2)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn parse(text: &str) -> Option<Moment> {
    let (day, rest) = text.split_once('T')?;
    let (clock, seconds) = rest.split_at_checked(5)?;
    let (seconds, zone) = seconds.strip_prefix(':')?.split_at_checked(2)?;
    let seconds = minutes(&format!("00:{seconds}"))?;
    let offset = match zone.split_at_checked(1)? {
        ("Z", "") => 0,
        ("+", east) => i16::try_from(minutes(east)?).ok()?,
        ("-", west) => -i16::try_from(minutes(west)?).ok()?,
        _ => return None,
    };
    Some(Moment {
        day: day.parse().ok()?,
        second: minutes(clock)? * 60 + seconds,
        offset,
    })
}

impl FromStr for Moment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| {
            Error::new(
                "moment.invalid",
                "",
                format!("`{}` is no moment", shorten(text)),
            )
            .with_help(HELP)
        })
    }
}

const HELP: &str = "write day, time to the second and zone, such as \"2025-03-10T14:30:00Z\"";

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = self.second / 60;
        write!(
            f,
            "{}T{:02}:{:02}:{:02}",
            self.day,
            minute / 60,
            minute % 60,
            self.second % 60
        )?;
        let east = self.offset.unsigned_abs();
        match self.offset {
            0 => f.write_str("Z"),
            offset => {
                let sign = if offset > 0 { '+' } else { '-' };
                write!(f, "{sign}{:02}:{:02}", east / 60, east % 60)
            }
        }
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.seconds() == other.seconds()
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.seconds().cmp(&other.seconds())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Moment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a moment as text, such as \"2025-03-10T14:30:00Z\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Moment, E> {
                text.parse()
                    .map_err(|e: Error| coded(&e.code, &e.message, HELP))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date-time",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$",
            "description": "A moment: RFC 3339 to the second, such as \"2025-03-10T14:30:00Z\"."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_read_and_compares_points_in_time() {
        for text in [
            "2025-03-10T14:30:59Z",
            "2025-03-10T00:00:00+05:45",
            "2024-02-29T23:59:00-03:30",
        ] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        let at = |text: &str| text.parse::<Moment>().unwrap();
        assert_eq!(at("1970-01-02T00:00:01Z").seconds(), 86_401);
        assert!(at("2025-03-10T00:00:00+05:45") < at("2025-03-10T00:00:00Z"));
        assert_eq!(
            at("2025-03-10T00:00:00+00:00").to_string(),
            "2025-03-10T00:00:00Z"
        );
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "2025-03-10",
            "2025-03-10T14:30Z",
            "2025-03-10T24:00:00Z",
            "2025-03-10T14:30:60Z",
            "2025-03-10T14:30:00",
            "2025-02-30T14:30:00Z",
            "2025-03-10T14:30:00.5Z",
            "2025-03-10t14:30:00Z",
            "2025-03-10T14:30:00+5:45",
            "2025-03-10T14:30:0\u{661}Z",
        ] {
            assert_eq!(
                text.parse::<Moment>().unwrap_err().code,
                "moment.invalid",
                "{text}"
            );
        }
    }
}

//! A day as a number.

use chrono::{Datelike, NaiveDate};

use super::gregorian;

/// Day 0 of the proleptic Gregorian count used by chrono is 31 December of year 0.
const CHRONO_EPOCH: i32 = 719_163;
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
}

impl From<NaiveDate> for Day {
    /// Every chrono date is a day.
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - CHRONO_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

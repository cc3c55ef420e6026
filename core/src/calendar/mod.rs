//! Calendar days and the calendars health schemes count in.
//!
//! A [`Day`] is a plain day number, so comparing days and subtracting them costs one integer
//! operation. A [`Calendar`] says how months and years are counted: by the Gregorian calendar,
//! by Bikram Sambat, the official calendar of Nepal, whose months have between 29 and 32 days
//! taken from a table, or by the Ethiopian calendar of thirteen months.
//!
//! Everything here is a function of its arguments: no clock, no time zone, no floating point, no
//! panic.

mod bikram_sambat;
mod bikram_sambat_table;
mod day;
mod ethiopian;
mod gregorian;
mod moment;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use day::Day;
pub use moment::Moment;
pub use text::DayError;

/// The calendar in which months and years are counted.
///
/// Days are the same in all; only where months and years begin differs.
///
/// Bikram Sambat is known from 1 Baishakh 1970 (13 April 1913) to the last day of Chaitra 2100.
/// Functions that must always answer ([`add_months`](Self::add_months),
/// [`add_years`](Self::add_years), [`year`](Self::year), [`year_bounds`](Self::year_bounds) and
/// [`fiscal_year_bounds`](Self::fiscal_year_bounds)) treat a day outside that span as its nearest
/// end, and never answer outside it. Conversions return `None` or an error instead.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// The international civil calendar (ISO 8601).
    #[default]
    Gregorian,
    /// The official calendar of Nepal; year 2081 began on 13 April 2024.
    BikramSambat,
    /// The civil calendar of Ethiopia; year 2017 began on 11 September 2024. Its thirteenth month,
    /// Pagume, has 5 or 6 days and counts as a month like any other.
    Ethiopian,
}

/// The month and day on which a fiscal year begins, in the scheme's own calendar.
///
/// Nepal's fiscal year begins on 1 Shrawan: month 4, day 1 of Bikram Sambat. The default, month 1
/// day 1, makes the fiscal year the calendar year.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct FiscalYearStart {
    /// Month of the year, 1 to 12.
    #[schemars(range(min = 1, max = 12))]
    pub month: u8,
    /// Day of the month, from 1.
    #[schemars(range(min = 1, max = 32))]
    pub day: u8,
}

impl Default for FiscalYearStart {
    fn default() -> Self {
        Self { month: 1, day: 1 }
    }
}

impl FiscalYearStart {
    /// Whether every year of `calendar` has this day.
    ///
    /// 29 February and 31 Ashadh do not qualify: some years lack them. Check this once when a
    /// scheme is read; [`Calendar::fiscal_year_bounds`] does not check it again.
    ///
    /// ```
    /// use adjudica::calendar::{Calendar, FiscalYearStart};
    ///
    /// assert!(FiscalYearStart { month: 4, day: 1 }.exists_in(Calendar::BikramSambat));
    /// assert!(!FiscalYearStart { month: 2, day: 29 }.exists_in(Calendar::Gregorian));
    /// ```
    pub fn exists_in(self, calendar: Calendar) -> bool {
        let shortest = match calendar {
            Calendar::Gregorian => gregorian::days_in_month(1, u32::from(self.month)),
            Calendar::BikramSambat => bikram_sambat::shortest_month(u32::from(self.month)),
            Calendar::Ethiopian => ethiopian::days_in_month(1, u32::from(self.month)),
        };
        self.day >= 1 && shortest.is_some_and(|last| u32::from(self.day) <= last)
    }
}

impl Calendar {
    /// The day `months` months after `day` (before it when negative), on the same day of the
    /// month, or on the last day of a month too short to have it.
    ///
    /// 31 January plus one month is 28 or 29 February. [`Day::MIN`] and [`Day::MAX`] stay as they
    /// are. A result past the representable days, or past the ends of the Bikram Sambat table,
    /// is the end itself.
    ///
    /// ```
    /// use adjudica::calendar::{Calendar, Day};
    ///
    /// let end_of_january: Day = "2024-01-31".parse()?;
    /// assert_eq!(Calendar::Gregorian.add_months(end_of_january, 1).to_string(), "2024-02-29");
    /// # Ok::<(), adjudica::calendar::DayError>(())
    /// ```
    pub fn add_months(self, day: Day, months: i32) -> Day {
        if day.is_open() {
            return day;
        }
        match self {
            Self::Gregorian => gregorian::add_months(day, i64::from(months)),
            Self::BikramSambat => bikram_sambat::add_months(day, i64::from(months)),
            Self::Ethiopian => ethiopian::add_months(day, i64::from(months)),
        }
    }

    /// The day `years` years after `day`, counted as twelve months each (thirteen in the Ethiopian
    /// calendar); the rules and the limits are those of [`add_months`](Self::add_months).
    pub fn add_years(self, day: Day, years: i32) -> Day {
        if day.is_open() {
            return day;
        }
        let years = i64::from(years);
        match self {
            Self::Gregorian => gregorian::add_months(day, years * 12),
            Self::BikramSambat => bikram_sambat::add_months(day, years * 12),
            Self::Ethiopian => ethiopian::add_months(day, years * ethiopian::MONTHS),
        }
    }

    /// The number of birthdays someone born on `birth` has had by `at`, that day included.
    ///
    /// The rule is the customary one: the difference of the years, less one while the month and
    /// day of `at` come before those of `birth`. Someone born on 29 February therefore completes
    /// a year on 1 March of a common year; in Bikram Sambat someone born on the 32nd completes
    /// it on the first of the next month when that month is shorter. The count is negative when
    /// `at` precedes `birth`.
    ///
    /// When either day lies outside the Bikram Sambat table both are counted in the Gregorian
    /// calendar, whose years have the same average length.
    ///
    /// ```
    /// use adjudica::calendar::{Calendar, Day};
    ///
    /// let birth: Day = "2004-02-29".parse()?;
    /// assert_eq!(Calendar::Gregorian.completed_years(birth, "2023-02-28".parse()?), 18);
    /// assert_eq!(Calendar::Gregorian.completed_years(birth, "2023-03-01".parse()?), 19);
    /// # Ok::<(), adjudica::calendar::DayError>(())
    /// ```
    pub fn completed_years(self, birth: Day, at: Day) -> i32 {
        let (born, now) = match (self.ymd(birth), self.ymd(at)) {
            (Some(born), Some(now)) => (born, now),
            _ => (birth.ymd(), at.ymd()),
        };
        let before_birthday = (now.1, now.2) < (born.1, born.2);
        now.0 - born.0 - i32::from(before_birthday)
    }

    /// The number of the calendar year containing `day`.
    pub fn year(self, day: Day) -> i32 {
        match self {
            Self::Gregorian => day.ymd().0,
            Self::BikramSambat => bikram_sambat::clamped_year(day),
            Self::Ethiopian => ethiopian::ymd(day).0,
        }
    }

    /// The first and the last day of the calendar year containing `day`.
    ///
    /// ```
    /// use adjudica::calendar::{Calendar, Day};
    ///
    /// let (first, last) = Calendar::BikramSambat.year_bounds("2024-07-16".parse()?);
    /// assert_eq!((first.to_string(), last.to_string()), ("2024-04-13".into(), "2025-04-13".into()));
    /// # Ok::<(), adjudica::calendar::DayError>(())
    /// ```
    pub fn year_bounds(self, day: Day) -> (Day, Day) {
        self.fiscal_year_bounds(day, FiscalYearStart::default())
    }

    /// The first and the last day of the fiscal year containing `day`, when fiscal years begin on
    /// `start` of this calendar.
    ///
    /// Where a year lacks the day of `start`, its fiscal year begins on the last day of that
    /// month; a month outside 1 to 12 counts as the nearest one. Both are refused by
    /// [`FiscalYearStart::exists_in`]. The fiscal years cut by the ends of the Bikram Sambat table
    /// begin or end there.
    ///
    /// ```
    /// use adjudica::calendar::{Calendar, Day, FiscalYearStart};
    ///
    /// let shrawan = FiscalYearStart { month: 4, day: 1 };
    /// let (first, last) = Calendar::BikramSambat.fiscal_year_bounds("2025-01-01".parse()?, shrawan);
    /// assert_eq!((first.to_string(), last.to_string()), ("2024-07-16".into(), "2025-07-16".into()));
    /// # Ok::<(), adjudica::calendar::DayError>(())
    /// ```
    pub fn fiscal_year_bounds(self, day: Day, start: FiscalYearStart) -> (Day, Day) {
        match self {
            Self::Gregorian => gregorian::fiscal_year_bounds(day, start),
            Self::BikramSambat => bikram_sambat::fiscal_year_bounds(day, start),
            Self::Ethiopian => ethiopian::fiscal_year_bounds(day, start),
        }
    }

    /// The day with this year, month (from 1) and day of the month (from 1), or `None` when the
    /// calendar has no such day or the table does not reach it.
    ///
    /// ```
    /// use adjudica::calendar::Calendar;
    ///
    /// let shrawan = Calendar::BikramSambat.from_ymd(2081, 4, 1);
    /// assert_eq!(shrawan, Calendar::Gregorian.from_ymd(2024, 7, 16));
    /// ```
    pub fn from_ymd(self, year: i32, month: u32, day: u32) -> Option<Day> {
        match self {
            Self::Gregorian => Day::from_ymd(year, month, day),
            Self::BikramSambat => bikram_sambat::from_ymd(year, month, day),
            Self::Ethiopian => ethiopian::from_ymd(year, month, day),
        }
    }

    /// Year, month (from 1) and day of the month (from 1) of `day`, or `None` when it lies outside
    /// the Bikram Sambat table. The other calendars always answer.
    pub fn ymd(self, day: Day) -> Option<(i32, u32, u32)> {
        match self {
            Self::Gregorian => Some(day.ymd()),
            Self::BikramSambat => bikram_sambat::ymd(day),
            Self::Ethiopian => Some(ethiopian::ymd(day)),
        }
    }

    /// The number of days in a month, or `None` when there is no such month in the calendar or
    /// the table.
    pub fn days_in_month(self, year: i32, month: u32) -> Option<u32> {
        match self {
            Self::Gregorian => gregorian::days_in_month(year, month),
            Self::BikramSambat => bikram_sambat::days_in_month(year, month),
            Self::Ethiopian => ethiopian::days_in_month(year, month),
        }
    }

    /// Reads a date of this calendar written `YYYY-MM-DD`, such as `2081-04-01`.
    ///
    /// # Errors
    ///
    /// [`DayError`] when the text has another form, or names a day the calendar does not have.
    pub fn parse(self, text: &str) -> Result<Day, DayError> {
        match self {
            Self::Gregorian => text.parse(),
            Self::BikramSambat => text::split(text)
                .and_then(|(year, month, day)| bikram_sambat::from_ymd(year, month, day))
                .ok_or_else(|| DayError::NotBikramSambat {
                    text: text.to_owned(),
                }),
            Self::Ethiopian => text::split(text)
                .and_then(|(year, month, day)| ethiopian::from_ymd(year, month, day))
                .ok_or_else(|| DayError::NotEthiopian {
                    text: text.to_owned(),
                }),
        }
    }

    /// Writes `day` as a date of this calendar, or `None` outside the Bikram Sambat table.
    ///
    /// ```
    /// use adjudica::calendar::{Calendar, Day};
    ///
    /// let day: Day = "2024-07-16".parse()?;
    /// assert_eq!(Calendar::BikramSambat.format(day).as_deref(), Some("2081-04-01"));
    /// # Ok::<(), adjudica::calendar::DayError>(())
    /// ```
    pub fn format(self, day: Day) -> Option<String> {
        match self {
            Self::Gregorian => Some(day.to_string()),
            Self::BikramSambat | Self::Ethiopian => self
                .ymd(day)
                .map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
        }
    }
}

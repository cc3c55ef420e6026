//! Counting months and years in Bikram Sambat, from the table of month lengths.

use super::bikram_sambat_table::{FIRST_DAY, FIRST_YEAR, MONTH_LENGTHS, YEARS};
use super::{Day, FiscalYearStart};

/// Months in the table.
const MONTHS: i64 = YEARS as i64 * 12;

/// The day number of the first day of each year, and of the day after the last year.
const YEAR_STARTS: [i32; YEARS + 1] = year_starts();

/// The first day the table knows.
const FIRST: Day = Day::from_number(FIRST_DAY);
/// The last day the table knows.
const LAST: Day = Day::from_number(after_last() - 1);

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated when compiling, where a bad index is an error"
)]
const fn year_starts() -> [i32; YEARS + 1] {
    let mut starts = [FIRST_DAY; YEARS + 1];
    let mut year = 0;
    while year < YEARS {
        let mut next = starts[year];
        let mut month = 0;
        while month < 12 {
            next += MONTH_LENGTHS[year][month] as i32;
            month += 1;
        }
        year += 1;
        starts[year] = next;
    }
    starts
}

const fn after_last() -> i32 {
    YEAR_STARTS[YEARS]
}

/// A month of the table: its position counted from the first, its first day and its length.
#[derive(Clone, Copy)]
struct Month {
    index: i64,
    first: i32,
    length: i32,
}

impl Month {
    /// The month with this position.
    fn at(index: i64) -> Option<Self> {
        let year = usize::try_from(index.div_euclid(12)).ok()?;
        let lengths = MONTH_LENGTHS.get(year)?;
        let mut first = *YEAR_STARTS.get(year)?;
        let month = index.rem_euclid(12) as usize;
        for length in lengths.iter().take(month) {
            first += i32::from(*length);
        }
        Some(Self {
            index,
            first,
            length: i32::from(*lengths.get(month)?),
        })
    }

    /// The month of a year and month number.
    fn of(year: i32, month: u32) -> Option<Self> {
        if !(1..=12).contains(&month) {
            return None;
        }
        Self::at((i64::from(year) - i64::from(FIRST_YEAR)) * 12 + i64::from(month) - 1)
    }

    /// The month containing a day.
    fn containing(day: Day) -> Option<Self> {
        let year = YEAR_STARTS
            .partition_point(|start| *start <= day.number())
            .checked_sub(1)?;
        let mut first = *YEAR_STARTS.get(year)?;
        for (month, length) in MONTH_LENGTHS.get(year)?.iter().enumerate() {
            let length = i32::from(*length);
            if day.number() < first + length {
                return Some(Self {
                    index: (year * 12 + month) as i64,
                    first,
                    length,
                });
            }
            first += length;
        }
        None
    }

    fn year(self) -> i32 {
        FIRST_YEAR + (self.index / 12) as i32
    }

    /// The day of the month counted from 1, or the last one when the month is shorter.
    fn day(self, day_of_month: i32) -> Day {
        Day::from_number(self.first + day_of_month.clamp(1, self.length) - 1)
    }
}

pub(super) fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
    let found = Month::of(year, month)?;
    let day = i32::try_from(day).ok()?;
    (1..=found.length).contains(&day).then(|| found.day(day))
}

pub(super) fn ymd(day: Day) -> Option<(i32, u32, u32)> {
    let month = Month::containing(day)?;
    let number = (month.index % 12) as u32 + 1;
    Some((
        month.year(),
        number,
        (day.number() - month.first) as u32 + 1,
    ))
}

pub(super) fn days_in_month(year: i32, month: u32) -> Option<u32> {
    Month::of(year, month).map(|month| month.length as u32)
}

/// The length of a month in the year in which it is shortest.
pub(super) fn shortest_month(month: u32) -> Option<u32> {
    let index = (month as usize).checked_sub(1)?;
    MONTH_LENGTHS
        .iter()
        .filter_map(|year| year.get(index))
        .map(|days| u32::from(*days))
        .min()
}

/// The year of a day, or of the nearest day in the table.
pub(super) fn clamped_year(day: Day) -> i32 {
    Month::containing(day.clamp(FIRST, LAST)).map_or(FIRST_YEAR, Month::year)
}

pub(super) fn add_months(day: Day, months: i64) -> Day {
    let day = day.clamp(FIRST, LAST);
    let Some(from) = Month::containing(day) else {
        return day;
    };
    let index = from.index + months;
    match Month::at(index) {
        Some(to) => to.day(day.number() - from.first + 1),
        None if index >= MONTHS => LAST,
        None => FIRST,
    }
}

pub(super) fn fiscal_year_bounds(day: Day, start: FiscalYearStart) -> (Day, Day) {
    let day = day.clamp(FIRST, LAST);
    let month = u32::from(start.month).clamp(1, 12);
    let begin = |year| Month::of(year, month).map(|month| month.day(start.day.into()));
    let year = clamped_year(day);
    match begin(year) {
        Some(this) if this > day => (begin(year - 1).unwrap_or(FIRST), this.add_days(-1)),
        this => (
            this.unwrap_or(FIRST),
            begin(year + 1).map_or(LAST, |following| following.add_days(-1)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar::BikramSambat;

    fn day(text: &str) -> Day {
        BikramSambat.parse(text).unwrap()
    }

    #[test]
    fn every_day_of_the_table_is_written_and_read_back() {
        let (mut year, mut month, mut day_of_month) = (1970, 1, 1);
        for number in FIRST.number()..=LAST.number() {
            let day = Day::from_number(number);
            assert_eq!(BikramSambat.ymd(day), Some((year, month, day_of_month)));
            assert_eq!(BikramSambat.from_ymd(year, month, day_of_month), Some(day));
            assert_eq!(
                BikramSambat.parse(&BikramSambat.format(day).unwrap()),
                Ok(day)
            );
            assert_eq!(BikramSambat.year(day), year);
            let (first, last) = BikramSambat.year_bounds(day);
            assert!(
                first <= day && day <= last && (364..=367).contains(&(first.days_until(last) + 1))
            );
            day_of_month += 1;
            if day_of_month > BikramSambat.days_in_month(year, month).unwrap() {
                (month, day_of_month) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        assert_eq!((year, month, day_of_month), (2101, 1, 1));
    }

    #[test]
    fn the_fiscal_year_turns_between_ashadh_and_shrawan() {
        let shrawan = FiscalYearStart { month: 4, day: 1 };
        let bounds = |text| BikramSambat.fiscal_year_bounds(day(text), shrawan);
        assert_eq!(day("2081-04-01"), "2024-07-16".parse().unwrap());
        assert_eq!(day("2082-03-32"), "2025-07-16".parse().unwrap());
        assert_eq!(bounds("2081-03-31"), (day("2080-04-01"), day("2081-03-31")));
        assert_eq!(bounds("2081-04-01"), (day("2081-04-01"), day("2082-03-32")));
        assert_eq!(bounds("2082-03-32"), (day("2081-04-01"), day("2082-03-32")));
        assert_eq!(bounds("2100-12-30"), (day("2100-04-01"), LAST));
        assert_eq!(bounds("1970-01-01"), (FIRST, day("1970-03-32")));
    }

    #[test]
    fn months_clamp_at_the_end_of_shorter_ones() {
        let add = |text, months| {
            BikramSambat
                .format(BikramSambat.add_months(day(text), months))
                .unwrap()
        };
        assert_eq!(add("2081-02-32", 1), "2081-03-31");
        assert_eq!(add("2081-04-32", 12), "2082-04-31");
        assert_eq!(add("2081-12-31", 1), "2082-01-31");
        assert_eq!(add("2081-01-31", -4), "2080-09-29");
        assert_eq!(add("2081-04-15", -12), "2080-04-15");
        assert_eq!(
            BikramSambat.add_years(day("2081-02-32"), 1),
            day("2082-02-31")
        );
    }

    #[test]
    fn birthdays_complete_years() {
        let years = |birth, at| BikramSambat.completed_years(day(birth), day(at));
        assert_eq!(
            (
                years("2060-04-01", "2081-03-31"),
                years("2060-04-01", "2081-04-01")
            ),
            (20, 21)
        );
        assert_eq!(
            (
                years("2081-02-32", "2082-02-31"),
                years("2081-02-32", "2082-03-01")
            ),
            (0, 1)
        );
        let (before, after) = ("1905-06-01".parse().unwrap(), "1985-06-01".parse().unwrap());
        assert_eq!(BikramSambat.completed_years(before, after), 80);
    }

    #[test]
    fn days_outside_the_table_are_its_nearest_end() {
        let (early, late) = ("1913-04-12".parse().unwrap(), LAST.add_days(1));
        assert_eq!(
            (BikramSambat.ymd(early), BikramSambat.format(late)),
            (None, None)
        );
        assert_eq!(
            (BikramSambat.year(early), BikramSambat.year(late)),
            (1970, 2100)
        );
        assert_eq!(BikramSambat.add_months(late, 1), LAST);
        assert_eq!(BikramSambat.add_months(day("1970-01-15"), -1), FIRST);
        assert_eq!(BikramSambat.add_months(early, 0), FIRST);
        assert_eq!(BikramSambat.add_years(day("2081-01-01"), i32::MAX), LAST);
        assert_eq!(BikramSambat.add_years(day("2081-01-01"), i32::MIN), FIRST);
        assert_eq!(
            (
                BikramSambat.add_months(Day::MAX, 1),
                BikramSambat.year(Day::MIN)
            ),
            (Day::MAX, 1970)
        );
        assert_eq!(
            BikramSambat.year_bounds(Day::MAX),
            (day("2100-01-01"), LAST)
        );
    }
}

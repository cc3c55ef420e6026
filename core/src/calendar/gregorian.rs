//! Counting months and years in the Gregorian calendar.
//!
//! The conversions are the integer-only civil algorithms: the year is taken to begin on 1 March,
//! so that the leap day is its last day, and days are counted in eras of 400 years, after which
//! the calendar repeats. They work in 64 bits and so cover every 32-bit day number.

use super::{Day, FiscalYearStart};

/// Days in 400 years.
const ERA: i64 = 146_097;
/// Days from 1 March of year 0 to 1 January 1970.
const EPOCH: i64 = 719_468;

/// The day number of a date that is known to exist.
pub(super) const fn day_number(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let months_from_march = (month as i64 + 9) % 12;
    let day_of_year = (153 * months_from_march + 2) / 5 + day as i64 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * ERA + day_of_era - EPOCH
}

/// Year, month and day of the month of a day number.
pub(super) const fn civil(number: i32) -> (i32, u32, u32) {
    let shifted = number as i64 + EPOCH;
    let era = shifted.div_euclid(ERA);
    let day_of_era = shifted.rem_euclid(ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * months_from_march + 2) / 5 + 1) as u32;
    let month = if months_from_march < 10 {
        months_from_march + 3
    } else {
        months_from_march - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    // A 32-bit day number reaches years of about ±5.9 million.
    (year as i32, month as u32, day)
}

/// The number of days in a month, `None` for a month outside 1 to 12.
pub(super) const fn days_in_month(year: i32, month: u32) -> Option<u32> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if is_leap(year) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(super) fn add_months(day: Day, months: i64) -> Day {
    let (year, month, day_of_month) = day.ymd();
    let total = i64::from(year) * 12 + i64::from(month) - 1 + months;
    clamped(
        total.div_euclid(12),
        total.rem_euclid(12) as u32 + 1,
        day_of_month,
    )
}

/// The day of a month, or the month's last day when it is shorter.
fn clamped(year: i64, month: u32, day: u32) -> Day {
    // The calendar repeats after 400 years, so the leap rule may be asked about a small year.
    let last = days_in_month(year.rem_euclid(400) as i32, month).unwrap_or(28);
    Day::saturating(day_number(year, month, day.clamp(1, last)))
}

pub(super) fn fiscal_year_bounds(day: Day, start: FiscalYearStart) -> (Day, Day) {
    let begin = |year: i64| clamped(year, u32::from(start.month).clamp(1, 12), start.day.into());
    let year = i64::from(day.ymd().0);
    let this = begin(year);
    if this <= day {
        (this, begin(year + 1).add_days(-1))
    } else {
        (begin(year - 1), this.add_days(-1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use chrono::{Datelike, Months, NaiveDate};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_of_three_centuries_agrees_with_chrono() {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
        for (offset, date) in first
            .iter_days()
            .take_while(|d| d.year() <= 2200)
            .enumerate()
        {
            let day = Day::from(date);
            assert_eq!(day.number(), offset as i32 - 25_567);
            assert_eq!(day.ymd(), (date.year(), date.month(), date.day()));
            assert_eq!(
                Day::from_ymd(date.year(), date.month(), date.day()),
                Some(day)
            );
            assert_eq!(day.to_naive(), date);
            assert_eq!(day.to_string(), date.to_string());
            assert_eq!(day.to_string().parse(), Ok(day));
            for months in [1, 3, 12, 13, 240] {
                let forward = Day::from(date + Months::new(months));
                assert_eq!(Calendar::Gregorian.add_months(day, months as i32), forward);
                let back = Day::from(date - Months::new(months));
                assert_eq!(Calendar::Gregorian.add_months(day, -(months as i32)), back);
            }
        }
    }

    #[test]
    fn the_ends_of_the_day_numbers_are_reached_without_overflow() {
        for number in [i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX] {
            let (year, month, day) = civil(number);
            assert_eq!(day_number(i64::from(year), month, day), i64::from(number));
        }
        let last = Day::from_number(i32::MAX - 1);
        assert_eq!(Calendar::Gregorian.add_years(last, i32::MAX), Day::MAX);
        assert_eq!(Calendar::Gregorian.add_months(Day::MIN, 12), Day::MIN);
        assert_eq!(Calendar::Gregorian.year_bounds(Day::MAX).1, Day::MAX);
        assert_eq!(Calendar::Gregorian.year_bounds(Day::MIN).0, Day::MIN);
    }

    #[test]
    fn months_clamp_at_the_end_of_shorter_ones() {
        let add = |text, months| {
            Calendar::Gregorian
                .add_months(day(text), months)
                .to_string()
        };
        assert_eq!(add("2023-01-31", 1), "2023-02-28");
        assert_eq!(add("2024-01-31", 1), "2024-02-29");
        assert_eq!(add("2024-03-31", -1), "2024-02-29");
        assert_eq!(add("2024-02-29", 12), "2025-02-28");
        assert_eq!(add("2024-12-31", 2), "2025-02-28");
        assert_eq!(add("2024-01-15", -13), "2022-12-15");
        assert_eq!(
            Calendar::Gregorian.add_years(day("2024-02-29"), 4),
            day("2028-02-29")
        );
    }

    #[test]
    fn birthdays_complete_years() {
        let years = |birth, at| Calendar::Gregorian.completed_years(day(birth), day(at));
        assert_eq!(years("1990-06-15", "2020-06-14"), 29);
        assert_eq!(years("1990-06-15", "2020-06-15"), 30);
        assert_eq!(years("2000-02-29", "2001-02-28"), 0);
        assert_eq!(years("2000-02-29", "2001-03-01"), 1);
        assert_eq!(years("2000-02-29", "2004-02-29"), 4);
        assert_eq!(years("2020-06-15", "2020-06-15"), 0);
        assert_eq!(years("2020-06-15", "2020-06-14"), -1);
    }

    #[test]
    fn fiscal_years_contain_their_day() {
        let april = FiscalYearStart { month: 4, day: 1 };
        let bounds = |text| Calendar::Gregorian.fiscal_year_bounds(day(text), april);
        assert_eq!(bounds("2024-03-31"), (day("2023-04-01"), day("2024-03-31")));
        assert_eq!(bounds("2024-04-01"), (day("2024-04-01"), day("2025-03-31")));
        assert_eq!(
            Calendar::Gregorian.year_bounds(day("2024-02-29")),
            (day("2024-01-01"), day("2024-12-31"))
        );
        let leap = FiscalYearStart { month: 2, day: 29 };
        assert_eq!(
            Calendar::Gregorian.fiscal_year_bounds(day("2024-02-28"), leap),
            (day("2023-02-28"), day("2024-02-28"))
        );
    }
}

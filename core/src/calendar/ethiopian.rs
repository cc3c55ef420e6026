//! The Ethiopian calendar (Amete Mihret): twelve months of 30 days, and a thirteenth, Pagume, of 5
//! days, or of 6 in the year before each year that four divides.
//!
//! Source: E. M. Reingold and N. Dershowitz, *Calendrical Calculations*, chapter "The Coptic and
//! Ethiopic Calendars". A library was considered: `icu_calendar` holds many calendars and brings the
//! data of some; the rule is a few lines, so it is written here and compared with that library in
//! the tests.

use super::{Day, FiscalYearStart};

/// 1 Meskerem of the year 1: 29 August 8 in the Julian calendar.
const EPOCH: i64 = -716_367;
/// Months of a year.
pub(super) const MONTHS: i64 = 13;

const fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 3
}

const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    EPOCH + 365 * (year - 1) + year.div_euclid(4) + 30 * (month - 1) + day - 1
}

const fn length(year: i64, month: i64) -> i64 {
    match (month, is_leap(year)) {
        (1..=12, _) => 30,
        (_, false) => 5,
        (_, true) => 6,
    }
}

/// Year, month and day of the month.
const fn civil(day: Day) -> (i64, i64, i64) {
    let since = day.number() as i64 - EPOCH;
    let year = (4 * since + 1463).div_euclid(1461);
    let of_year = day.number() as i64 - day_number(year, 1, 1);
    (year, of_year / 30 + 1, of_year % 30 + 1)
}

/// The day of a month, or the month's last day when it is shorter.
fn clamped(year: i64, month: i64, day: i64) -> Day {
    Day::saturating(day_number(year, month, day.clamp(1, length(year, month))))
}

pub(super) fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
    let last = days_in_month(year, month)?;
    let exists = (1..=last).contains(&day);
    exists.then(|| clamped(year.into(), month.into(), day.into()))
}

pub(super) fn ymd(day: Day) -> (i32, u32, u32) {
    let (year, month, day) = civil(day);
    (year as i32, month as u32, day as u32)
}

pub(super) fn days_in_month(year: i32, month: u32) -> Option<u32> {
    let month = i64::from(month);
    (1..=MONTHS)
        .contains(&month)
        .then(|| length(year.into(), month) as u32)
}

pub(super) fn add_months(day: Day, months: i64) -> Day {
    let (year, month, of_month) = civil(day);
    let total = year * MONTHS + month - 1 + months;
    clamped(
        total.div_euclid(MONTHS),
        total.rem_euclid(MONTHS) + 1,
        of_month,
    )
}

pub(super) fn fiscal_year_bounds(day: Day, start: FiscalYearStart) -> (Day, Day) {
    let month = i64::from(start.month).clamp(1, MONTHS);
    let begin = |year| clamped(year, month, start.day.into());
    let (year, ..) = civil(day);
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
    use crate::calendar::Calendar::Ethiopian;
    use icu_calendar::Date;

    fn day(text: &str) -> Day {
        Ethiopian.parse(text).unwrap()
    }

    #[test]
    fn every_day_of_three_centuries_agrees_with_icu() {
        let (first, last): (Day, Day) =
            ("1900-01-01".parse().unwrap(), "2200-12-31".parse().unwrap());
        for number in first.number()..=last.number() {
            let day = Day::from_number(number);
            let (year, month, of_month) = day.ymd();
            let iso = Date::try_new_iso(year, month as u8, of_month as u8).unwrap();
            let other = iso.to_calendar(icu_calendar::cal::Ethiopian::new());
            let expected = (
                other.era_year().year,
                u32::from(other.month().ordinal),
                u32::from(other.day_of_month().0),
            );
            assert_eq!(ymd(day), expected);
            let (year, month, of_month) = expected;
            assert_eq!(from_ymd(year, month, of_month), Some(day));
            let length = u32::from(other.days_in_month());
            assert_eq!(days_in_month(year, month), Some(length));
        }
    }

    /// New Year is 11 September, or 12 September before a Gregorian leap year.
    #[test]
    fn days_on_record() {
        for (written, gregorian) in [
            ("2000-01-01", "2007-09-12"), // the Ethiopian millennium
            ("2015-13-06", "2023-09-11"),
            ("2016-01-01", "2023-09-12"),
            ("2016-13-05", "2024-09-10"),
            ("2017-01-01", "2024-09-11"),
            ("1928-01-22", "1935-10-03"), // the second war with Italy begins
            ("1967-01-02", "1974-09-12"), // the emperor is deposed
        ] {
            let gregorian: Day = gregorian.parse().unwrap();
            assert_eq!(day(written), gregorian, "{written}");
            assert_eq!(Ethiopian.format(gregorian).as_deref(), Some(written));
        }
        for text in [
            "2016-13-06",
            "2015-13-07",
            "2016-14-01",
            "2016-01-31",
            "2016-1-01",
        ] {
            let error = Ethiopian.parse(text).unwrap_err().to_string();
            assert_eq!(
                error,
                format!("`{text}` is not an Ethiopian date written YYYY-MM-DD")
            );
        }
    }

    #[test]
    fn months_and_years_by_hand() {
        let add = |text, months| Ethiopian.format(Ethiopian.add_months(day(text), months));
        // Pagume is a month: the month after Nehase, and the one before Meskerem.
        assert_eq!(add("2016-12-05", 1).as_deref(), Some("2016-13-05"));
        assert_eq!(add("2016-12-30", 1).as_deref(), Some("2016-13-05"));
        assert_eq!(add("2015-12-30", 1).as_deref(), Some("2015-13-06"));
        assert_eq!(add("2016-12-30", 2).as_deref(), Some("2017-01-30"));
        assert_eq!(add("2017-01-10", -1).as_deref(), Some("2016-13-05"));
        assert_eq!(add("2017-01-10", 13).as_deref(), Some("2018-01-10"));
        let years = |text, years| Ethiopian.format(Ethiopian.add_years(day(text), years));
        assert_eq!(years("2015-13-06", 1).as_deref(), Some("2016-13-05"));
        assert_eq!(years("2015-13-06", 4).as_deref(), Some("2019-13-06"));
        let age = |birth, at| Ethiopian.completed_years(day(birth), day(at));
        assert_eq!(age("2015-13-06", "2016-13-05"), 0);
        assert_eq!(age("2015-13-06", "2017-01-01"), 1);
        assert_eq!(age("2000-04-20", "2018-04-19"), 17);
        assert_eq!(age("2000-04-20", "2018-04-20"), 18);
        // The budget year begins on 1 Hamle.
        let hamle = FiscalYearStart { month: 11, day: 1 };
        assert!(hamle.exists_in(Ethiopian));
        let bounds = |text| Ethiopian.fiscal_year_bounds(day(text), hamle);
        let of_2016 = (day("2016-11-01"), day("2017-10-30"));
        assert_eq!(bounds("2016-10-30").1, day("2016-10-30"));
        assert_eq!(bounds("2016-11-01"), of_2016);
        assert_eq!(bounds("2016-13-05"), of_2016);
        assert_eq!(
            Ethiopian.year_bounds(day("2015-05-05")),
            (day("2015-01-01"), day("2015-13-06"))
        );
    }

    #[test]
    fn the_ends_of_the_day_numbers_are_reached_without_overflow() {
        for number in [i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX] {
            let (year, month, of_month) = civil(Day::from_number(number));
            assert_eq!(day_number(year, month, of_month), i64::from(number));
        }
        let last = Day::from_number(i32::MAX - 1);
        assert_eq!(Ethiopian.add_years(last, i32::MAX), Day::MAX);
        assert_eq!(Ethiopian.add_months(Day::MIN, 12), Day::MIN);
        assert_eq!(Ethiopian.year_bounds(Day::MAX).1, Day::MAX);
    }
}

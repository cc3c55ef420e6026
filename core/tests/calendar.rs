//! The calendars against independent tables and against days whose date is on record.

use std::collections::BTreeSet;

use adjudica::calendar::{Calendar, Day, FiscalYearStart};

use Calendar::{BikramSambat, Ethiopian, Gregorian};

/// First days of months by two packages; `bikram_sambat.py` writes it.
const FIRST_DAYS: &str = include_str!("data/bikram_sambat.csv");

/// The months that `nepalicalendar` begins on another day. It was released in 2016, before the
/// calendars of 2081 to 2083 were published; 2087 is a forecast in both packages.
const OUTDATED: [(i32, u32); 11] = [
    (2081, 3),
    (2081, 12),
    (2082, 2),
    (2082, 4),
    (2082, 7),
    (2082, 8),
    (2082, 10),
    (2083, 7),
    (2083, 8),
    (2083, 10),
    (2087, 9),
];

#[expect(clippy::unwrap_used, reason = "a wrong date here is a failed test")]
fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn bikram_sambat_months_begin_where_the_packages_say() {
    let mut differing = BTreeSet::new();
    let mut months = 0;
    for line in FIRST_DAYS.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let &[year, month, first, second] = fields.as_slice() else {
            panic!("{line}")
        };
        let (year, month) = (year.parse().unwrap(), month.parse().unwrap());
        let ours = BikramSambat.from_ymd(year, month, 1).unwrap();
        assert_eq!(ours, day(first), "{year}-{month}");
        if !second.is_empty() && ours != day(second) {
            assert_eq!(ours.days_until(day(second)).abs(), 1, "{year}-{month}");
            differing.insert((year, month));
        }
        months += 1;
    }
    assert_eq!(months, 126 * 12);
    assert_eq!(differing, BTreeSet::from(OUTDATED));
}

#[test]
fn bikram_sambat_agrees_with_days_on_record() {
    for (written, gregorian) in [
        ("1990-10-02", "1934-01-15"), // the Nepal–Bihar earthquake
        ("2007-11-07", "1951-02-18"), // Democracy Day
        ("2047-07-23", "1990-11-09"), // the constitution of 2047
        ("2063-01-11", "2006-04-24"), // Loktantra Day
        ("2065-02-15", "2008-05-28"), // Republic Day
        ("2072-01-12", "2015-04-25"), // the Gorkha earthquake
        ("2072-06-03", "2015-09-20"), // Constitution Day
        ("2081-01-01", "2024-04-13"), // New Year
        ("2082-01-01", "2025-04-14"), // New Year
        ("2083-01-01", "2026-04-14"), // New Year
    ] {
        assert_eq!(BikramSambat.parse(written), Ok(day(gregorian)));
        assert_eq!(
            BikramSambat.format(day(gregorian)).as_deref(),
            Some(written)
        );
    }
}

#[test]
fn bikram_sambat_covers_1970_to_2100() {
    assert_eq!(BikramSambat.parse("1970-01-01"), Ok(day("1913-04-13")));
    assert_eq!(BikramSambat.parse("1974-12-30"), Ok(day("1918-04-12")));
    assert_eq!(BikramSambat.parse("2100-12-30"), Ok(day("2044-04-12")));
    assert_eq!(BikramSambat.ymd(day("1913-04-12")), None);
    assert_eq!(BikramSambat.ymd(day("2044-04-13")), None);
    for year in 1970..=2100 {
        let days: u32 = (1..=12)
            .map(|m| BikramSambat.days_in_month(year, m).unwrap())
            .sum();
        // 2096 is a forecast, one day shorter than any published year.
        assert!(
            (365..=366).contains(&days) || (year, days) == (2096, 364),
            "{year}: {days}"
        );
        assert!(
            (1..=12).all(|m| (29..=32).contains(&BikramSambat.days_in_month(year, m).unwrap()))
        );
    }
    assert_eq!(BikramSambat.days_in_month(2081, 13), None);
    assert_eq!(BikramSambat.days_in_month(2101, 1), None);
    assert_eq!(Gregorian.days_in_month(2024, 2), Some(29));
    assert_eq!(Gregorian.days_in_month(1900, 2), Some(28));
}

#[test]
fn only_dates_of_the_table_are_read() {
    for text in [
        "2082-02-32",
        "2101-01-01",
        "1969-12-30",
        "2081-13-01",
        "2081-00-01",
        "2081-4-1",
    ] {
        let error = BikramSambat.parse(text).unwrap_err();
        let message = format!("`{text}` is not a Bikram Sambat date written YYYY-MM-DD");
        assert_eq!(error.to_string(), message);
    }
    assert!(FiscalYearStart { month: 4, day: 31 }.exists_in(BikramSambat));
    assert!(!FiscalYearStart { month: 4, day: 32 }.exists_in(BikramSambat));
    assert!(!FiscalYearStart { month: 13, day: 1 }.exists_in(BikramSambat));
    assert!(!FiscalYearStart { month: 0, day: 1 }.exists_in(BikramSambat));
    assert!(!FiscalYearStart { month: 1, day: 0 }.exists_in(BikramSambat));
}

/// In each calendar, for every day: the fiscal year contains the day and meets the ones beside
/// it, and adding months and taking them away again loses only what clamping cut off.
#[test]
fn years_tile_and_months_return() {
    let (first, last) = (day("1913-04-13"), day("2044-04-12"));
    // What clamping may cut off: 32 days to 29, and 30 days to the 5 of Pagume.
    for (calendar, cut) in [(Gregorian, 3), (BikramSambat, 3), (Ethiopian, 25)] {
        for start in [(1, 1), (4, 1), (7, 16), (12, 29)] {
            let start = FiscalYearStart {
                month: start.0,
                day: start.1,
            };
            let (mut from, mut to) = calendar.fiscal_year_bounds(first, start);
            for number in first.number()..=last.number() {
                let day = Day::from_number(number);
                if day > to {
                    from = day;
                    to = calendar.fiscal_year_bounds(day, start).1;
                }
                assert_eq!(calendar.fiscal_year_bounds(day, start), (from, to));
                assert!(from <= day && day <= to);
            }
        }
        for number in (first.number() + 400)..=(last.number() - 400) {
            let day = Day::from_number(number);
            for months in [1, 5, 12] {
                let there = calendar.add_months(day, months);
                let back = calendar.add_months(there, -months);
                assert!(back <= day && back.days_until(day) <= cut && there > day);
                assert!(calendar.add_months(day.add_days(1), months) >= there);
            }
            assert_eq!(calendar.completed_years(day, day), 0);
            assert_eq!(
                calendar.completed_years(day, calendar.add_years(day, 1).add_days(-1)),
                0
            );
        }
    }
}

#[test]
fn calendars_and_fiscal_years_are_plain_json() {
    assert_eq!(
        serde_json::to_string(&BikramSambat).unwrap(),
        "\"bikram_sambat\""
    );
    assert_eq!(
        serde_json::from_str::<Calendar>("\"gregorian\"").unwrap(),
        Calendar::default()
    );
    let start: FiscalYearStart = serde_json::from_str(r#"{"month":4,"day":1}"#).unwrap();
    assert!(start.exists_in(BikramSambat) && start.exists_in(Gregorian));
    assert_eq!(
        serde_json::from_str::<Calendar>("\"ethiopian\"").unwrap(),
        Ethiopian
    );
    assert!(serde_json::from_str::<FiscalYearStart>(r#"{"month":4,"day":1,"year":1}"#).is_err());
}

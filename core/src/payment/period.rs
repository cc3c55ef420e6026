//! Periods of payment in the scheme's calendar.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Day};
use crate::error::Error;
use crate::scheme::PaymentPeriod;

/// The days of a period.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// How long it is.
    pub period: PaymentPeriod,
    /// Its number in the year, from 1.
    pub number: u8,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Span {
    /// Is the day in it?
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The period that ends with a month of a year; `None` if none does.
///
/// # Errors
/// If the calendar has no such month.
pub(crate) fn span(
    calendar: Calendar,
    period: PaymentPeriod,
    year: i32,
    month: u32,
) -> Result<Option<Span>, Error> {
    let unknown = || {
        let message = format!("the calendar has no month {month} of the year {year}");
        Error::new("period.unknown", "month", message)
            .with_help("months are counted from 1 to 12 in the scheme's calendar")
    };
    let last = calendar.days_in_month(year, month).ok_or_else(unknown)?;
    if !month.is_multiple_of(period.months()) {
        return Ok(None);
    }
    let first = month + 1 - period.months();
    let from = calendar.from_ymd(year, first, 1).ok_or_else(unknown)?;
    let to = calendar.from_ymd(year, month, last).ok_or_else(unknown)?;
    Ok(Some(Span {
        period,
        number: u8::try_from(month / period.months()).unwrap_or_default(),
        from,
        to,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(calendar: Calendar, period: PaymentPeriod, year: i32, month: u32) -> String {
        match span(calendar, period, year, month).unwrap() {
            Some(span) => format!("{} {} {}", span.number, span.from, span.to),
            None => "not due".to_owned(),
        }
    }

    #[test]
    fn periods_begin_with_the_year() {
        use PaymentPeriod::*;
        let gregorian = |period, month| days(Calendar::Gregorian, period, 2024, month);
        assert_eq!(gregorian(Month, 2), "2 2024-02-01 2024-02-29");
        assert_eq!(gregorian(TwoMonths, 4), "2 2024-03-01 2024-04-30");
        assert_eq!(gregorian(Quarter, 3), "1 2024-01-01 2024-03-31");
        assert_eq!(gregorian(Quarter, 4), "not due");
        assert_eq!(gregorian(HalfYear, 12), "2 2024-07-01 2024-12-31");
        assert_eq!(gregorian(Year, 12), "1 2024-01-01 2024-12-31");
        assert_eq!(gregorian(Year, 6), "not due");
        // Ashadh 2081 has 31 days and ends the first quarter of the year.
        assert_eq!(
            days(Calendar::BikramSambat, Quarter, 2081, 3),
            "1 2024-04-13 2024-07-15"
        );
        assert_eq!(
            span(Calendar::Gregorian, Month, 2024, 13).unwrap_err().code,
            "period.unknown"
        );
    }
}

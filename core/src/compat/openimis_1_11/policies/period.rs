//! First and last day (`set_start_date`, `set_expiry_date`).

use super::{Crash, Halt, PolicySwitch, Work};
use crate::calendar::{Calendar, Day};
use crate::compat::policies::{cycle, exists};
use crate::error::Error;
use crate::scheme::Cycle;

impl Work<'_> {
    /// The calendar that cycles are written in.
    fn cycle_calendar(&self) -> Calendar {
        self.snapshot.calendar()
    }

    /// The calendar that months, years and ages are counted in.
    pub(super) fn calendar(&self) -> Calendar {
        match self.has(PolicySwitch::NepaliMonths) {
            true => Calendar::Gregorian,
            false => self.snapshot.calendar(),
        }
    }

    /// `months` later, or earlier when negative.
    pub(super) fn add_months(&self, day: Day, months: i64) -> Day {
        let calendar = self.calendar();
        if !self.has(PolicySwitch::MonthArithmetic) {
            return calendar.add_months(day, i32::try_from(months).unwrap_or(i32::MAX));
        }
        // No period is longer; a column can write nonsense, which must not keep us busy.
        let steps = months.unsigned_abs().min(MOST_MONTHS);
        (0..steps).fold(day, |day, _| {
            let Some((year, month, _)) = calendar.ymd(day) else {
                return calendar.add_months(day, if months > 0 { 1 } else { -1 });
            };
            let (year, month) = match (months > 0, month) {
                (true, month) => (year, month),
                (false, 1) => (year - 1, 12),
                (false, month) => (year, month - 1),
            };
            let length = calendar.days_in_month(year, month).unwrap_or(30);
            let length = i32::try_from(length).unwrap_or(30);
            day.add_days(if months > 0 { length } else { -length })
        })
    }

    pub(super) fn start(&self) -> Result<Day, Halt> {
        let product = &self.snapshot.input.product;
        let administration = product.administration_period.unwrap_or(0);
        let earliest = match self.renewed() || administration == 0 {
            true => self.enrolled(),
            false => self.add_months(self.enrolled(), administration),
        };
        let start = match self.has_cycles() {
            true => self.cycle(earliest)?,
            false => earliest,
        };
        let after = self
            .previous_expiry()
            .filter(|_| self.renewed() && !self.has(PolicySwitch::RenewalStart))
            .map(|expiry| expiry.add_days(1));
        Ok(after.map_or(start, |after| start.max(after)))
    }

    pub(super) fn has_cycles(&self) -> bool {
        self.slots().into_iter().any(|slot| slot.is_some())
    }

    /// The cycles by column. What cannot be read is a cycle to openIMIS only, which breaks down
    /// over it.
    fn slots(&self) -> [Option<&str>; 4] {
        let crash = self.has(PolicySwitch::CycleDayCrash);
        let cycles = self.snapshot.input.product.cycles();
        cycles.map(|slot| slot.filter(|text| crash || self.readable(text).is_some()))
    }

    fn readable(&self, text: &str) -> Option<Cycle> {
        cycle(text).filter(|cycle| exists(*cycle, self.cycle_calendar()))
    }

    fn cycle(&self, earliest: Day) -> Result<Day, Halt> {
        let product = &self.snapshot.input.product;
        let grace = match self.renewed() {
            true => product.grace_period_renewal,
            false => product.grace_period_enrolment,
        };
        let reference = self.add_months(earliest, -grace.unwrap_or(0));
        let calendar = self.cycle_calendar();
        let nepali = calendar == Calendar::BikramSambat;
        let year = match nepali && self.has(PolicySwitch::NepaliYearOfToday) {
            true => calendar.year(self.today()),
            false => calendar.year(reference),
        };
        let mut slots: Vec<&str> = self.slots().into_iter().flatten().collect();
        if !self.has(PolicySwitch::CycleColumnOrder) {
            // What cannot be read comes last: openIMIS alone asks for it.
            slots.sort_by_key(|text| {
                let cycle = self.readable(text);
                (cycle.is_none(), cycle)
            });
        }
        for text in &slots {
            if let Some(begins) = self.begins(text, calendar, year)?
                && reference <= begins
            {
                return Ok(begins);
            }
        }
        let first = match self.has(PolicySwitch::CycleColumnOrder) {
            true => self.slots().first().copied().flatten(),
            false => slots.first().copied(),
        };
        let first = match first {
            Some(text) => text,
            None if self.has(PolicySwitch::FirstCycleCrash) => {
                return Err(Crash::ValueError.into());
            }
            None => slots.first().copied().unwrap_or_default(),
        };
        let (calendar, year) = match nepali && self.has(PolicySwitch::NepaliNextYear) {
            true => (Calendar::Gregorian, Calendar::Gregorian.year(reference)),
            false => (calendar, calendar.year(reference)),
        };
        let begins = self.begins(first, calendar, year.saturating_add(1))?;
        begins.ok_or_else(|| {
            let message = "the calendar does not reach the cycle after this day";
            Halt::Error(Error::new(
                "calendar.range",
                "input.policy.enroll_date",
                message,
            ))
        })
    }

    /// The day on which a cycle begins in a year; none if it cannot be read.
    fn begins(&self, text: &str, calendar: Calendar, year: i32) -> Result<Option<Day>, Halt> {
        let day_of = |cycle: Cycle| {
            let month = u32::from(cycle.month);
            calendar.from_ymd(year, month, u32::from(cycle.day))
        };
        if self.has(PolicySwitch::CycleDayCrash) {
            let begins = cycle(text).and_then(day_of);
            return begins.map(Some).ok_or(Halt::Crash(Crash::ValueError));
        }
        let shortened = self.readable(text).and_then(|cycle| {
            let last = calendar.days_in_month(year, u32::from(cycle.month))?;
            let last = u8::try_from(last).ok()?;
            day_of(Cycle {
                day: cycle.day.min(last),
                ..cycle
            })
        });
        Ok(shortened)
    }

    pub(super) fn expiry(&self, start: Day) -> Day {
        let months = self.snapshot.input.product.insurance_period;
        let calendar = self.calendar();
        let next = match months % 12 {
            // Whole years end on the same day of the month, in either arithmetic.
            0 => calendar.add_months(start, i32::try_from(months).unwrap_or(i32::MAX)),
            _ => self.add_months(start, months),
        };
        next.add_days(-1)
    }
}

/// The longest period in months: what a document can say.
const MOST_MONTHS: u64 = 600;

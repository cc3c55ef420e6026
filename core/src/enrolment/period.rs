//! When a policy begins and ends (DOMAIN A.9).

use std::borrow::Cow;

use super::answer::{PERIOD_ANSWER_SCHEMA, PeriodAnswer};
use super::product::Terms;
use super::remark::Remark;
use super::request::PeriodRequest;
use crate::calendar::Day;
use crate::claim::PolicyStage;
use crate::conventions::{CycleBoundary, CycleGrace};
use crate::error::Error;
use crate::explain;
use crate::ruleset::RuleSet;
use crate::scheme::Cycle;

/// When a policy would begin and end.
///
/// A new policy may begin once the administration period after enrolment is over. With cycles it
/// begins with the next of them, or with one that began within the grace period; a renewal begins
/// no earlier than the day after the previous policy. It ends the insurance period later, less a
/// day.
///
/// # Errors
/// If the scheme has no such product, or the product says nothing about enrolment; if the scheme's
/// calendar does not reach the days; if the language is unknown.
pub fn period(rules: &RuleSet, request: &PeriodRequest) -> Result<PeriodAnswer, Error> {
    let (_, mut answer) = with_terms(rules, request)?;
    if let Some(language) = &request.language {
        let words = explain::built_in(language)?;
        answer.explanation = Some(explain::period(&answer, words, rules.scheme()));
    }
    Ok(answer)
}

/// The period together with the terms of the product that it is of.
pub(super) fn with_terms<'r>(
    rules: &'r RuleSet,
    request: &PeriodRequest,
) -> Result<(Terms<'r>, PeriodAnswer), Error> {
    let mut reasons = Vec::new();
    let (terms, converted_from) =
        Terms::find(rules, &request.product, request.stage, &mut reasons)?;
    let mut work = Work {
        terms: &terms,
        request,
        reasons,
    };
    let too_late = work.too_late();
    let (cycle, start) = work.start()?;
    let months = terms.enrolment.insurance_months;
    let expiry = terms
        .calendar
        .add_months(start, i32::from(months))
        .add_days(-1);
    work.reasons.push(
        Remark::new("period.expiry")
            .day("start", start)
            .count("months", months)
            .day("expiry", expiry),
    );
    let last_payment = work.last_payment(cycle.unwrap_or(start));
    let last_renewal = work.last_renewal(expiry);
    let answer = PeriodAnswer {
        schema: Cow::Borrowed(PERIOD_ANSWER_SCHEMA),
        product: terms.product.code.clone(),
        converted_from,
        stage: request.stage,
        start,
        expiry,
        cycle,
        last_payment,
        last_renewal,
        too_late,
        reasons: work.reasons,
        explanation: None,
    };
    Ok((terms, answer))
}

struct Work<'w, 'r> {
    terms: &'w Terms<'r>,
    request: &'w PeriodRequest,
    reasons: Vec<Remark>,
}

impl Work<'_, '_> {
    fn add(&self, day: Day, months: u16) -> Day {
        self.terms.calendar.add_months(day, i32::from(months))
    }

    fn renewed(&self) -> bool {
        self.request.stage == PolicyStage::Renewed
    }

    /// The day after the previous policy, of a renewal.
    fn after_previous(&self) -> Option<Day> {
        let previous = self.request.previous.filter(|_| self.renewed())?;
        Some(previous.expiry.add_days(1))
    }

    /// Renewal is asked for after the grace period for it.
    fn too_late(&mut self) -> bool {
        let months = self.terms.enrolment.grace.renewal_months;
        let (Some(after), Some(months)) = (self.after_previous(), months) else {
            return false;
        };
        let deadline = self.add(after, months);
        let late = self.request.enrolment_date > deadline;
        let code = if late {
            "renewal.too_late"
        } else {
            "renewal.in_time"
        };
        self.reasons.push(
            Remark::new(code)
                .day("enrolment", self.request.enrolment_date)
                .day("deadline", deadline),
        );
        late
    }

    /// The cycle, and the first day of cover.
    fn start(&mut self) -> Result<(Option<Day>, Day), Error> {
        let enrolment = self.terms.enrolment;
        let date = self.request.enrolment_date;
        let earliest = match enrolment.administration_months.filter(|_| !self.renewed()) {
            None => date,
            Some(months) => {
                let earliest = self.add(date, months);
                self.reasons.push(
                    Remark::new("period.administration")
                        .day("enrolment", date)
                        .count("months", months)
                        .day("earliest", earliest),
                );
                earliest
            }
        };
        let cycle = if enrolment.cycles.is_empty() {
            None
        } else {
            Some(self.cycle(earliest)?)
        };
        let start = cycle.unwrap_or(earliest);
        match self.after_previous() {
            Some(after) if after > start => {
                self.reasons.push(
                    Remark::new("period.after_previous")
                        .day("expiry", after.add_days(-1))
                        .day("start", after),
                );
                Ok((cycle, after))
            }
            _ => {
                if cycle.is_none() {
                    self.reasons
                        .push(Remark::new("period.no_cycle").day("start", start));
                }
                Ok((cycle, start))
            }
        }
    }

    /// The beginning of the cycle for someone who may begin on `earliest`.
    fn cycle(&mut self, earliest: Day) -> Result<Day, Error> {
        let terms = self.terms;
        let grace = terms.enrolment.grace;
        let months = match terms.conventions.cycle_grace {
            CycleGrace::ByStage if self.renewed() => grace.renewal_months,
            CycleGrace::ByStage | CycleGrace::EnrolmentOnly => grace.enrolment_months,
        };
        let months = months.unwrap_or(0);
        let inclusive = terms.conventions.cycle_boundary == CycleBoundary::Inclusive;
        let reference = match inclusive {
            true => terms.calendar.add_months(earliest, -i32::from(months)),
            false => earliest,
        };
        let mut cycles = terms.enrolment.cycles.clone();
        cycles.sort_unstable();
        let year = terms.calendar.year(reference);
        for cycle in &cycles {
            let begins = self.begins(*cycle, year)?;
            let joins = match inclusive {
                true => reference <= begins,
                false => earliest < self.add(begins, months),
            };
            if joins {
                self.chosen("period.cycle", begins, earliest, months);
                return Ok(begins);
            }
        }
        let first = cycles
            .first()
            .copied()
            .unwrap_or(Cycle { month: 1, day: 1 });
        let begins = self.begins(first, year.saturating_add(1))?;
        self.chosen("period.cycle_next_year", begins, earliest, months);
        Ok(begins)
    }

    fn chosen(&mut self, code: &'static str, cycle: Day, earliest: Day, months: u16) {
        self.reasons.push(
            Remark::new(code)
                .day("cycle", cycle)
                .day("earliest", earliest)
                .count("months", months),
        );
    }

    /// The day of a year, or the last day of a month too short to have it.
    fn begins(&self, cycle: Cycle, year: i32) -> Result<Day, Error> {
        let calendar = self.terms.calendar;
        let month = u32::from(cycle.month);
        let last = calendar.days_in_month(year, month);
        let day = last.map(|last| last.min(u32::from(cycle.day)));
        day.and_then(|day| calendar.from_ymd(year, month, day))
            .ok_or_else(|| {
                Error::new(
                    "calendar.range",
                    "enrolment_date",
                    "the scheme's calendar does not reach the cycle after this day",
                )
            })
    }

    /// The last day for payment, counted from `begins`: the cycle, or the start without cycles.
    fn last_payment(&mut self, begins: Day) -> Option<Day> {
        let enrolment = self.terms.enrolment;
        let grace = enrolment.grace;
        let (from, months) = match (enrolment.cycles.is_empty(), self.renewed()) {
            (false, false) => (begins, grace.enrolment_months),
            (false, true) => (begins, grace.renewal_months),
            (true, false) => (self.request.enrolment_date, grace.payment_months),
            (true, true) => (
                self.after_previous().unwrap_or(begins),
                grace.payment_months,
            ),
        };
        let months = months?;
        let last = self.add(from, months).add_days(-1);
        self.reasons.push(
            Remark::new("period.last_payment")
                .count("months", months)
                .day("last", last),
        );
        Some(last)
    }

    /// The last day on which this policy can itself be renewed.
    fn last_renewal(&mut self, expiry: Day) -> Option<Day> {
        let months = self.terms.enrolment.grace.renewal_months?;
        let last = self.add(expiry.add_days(1), months);
        self.reasons.push(
            Remark::new("period.last_renewal")
                .count("months", months)
                .day("last", last),
        );
        Some(last)
    }
}

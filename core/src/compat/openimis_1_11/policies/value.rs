//! The premium (`family_counts`, `sum_contributions`, `discount`).

use rust_decimal::Decimal;

use super::super::python::cents;
use super::{Crash, Halt, PolicySwitch, Work};
use crate::calendar::Day;
use crate::compat::policies::OTHER_RELATIVE;
use crate::compat::value::Number;
use crate::error::Error;

/// Members who are charged.
#[derive(Default)]
struct Counts {
    adults: i64,
    children: i64,
    other_adults: i64,
    other_children: i64,
}

impl Work<'_> {
    /// The value, and how many warnings.
    pub(super) fn value(&self, start: Day) -> Result<(Decimal, u8), Halt> {
        let product = &self.snapshot.input.product;
        let counts = self.counts()?;
        let all = counts.adults + counts.children + counts.other_adults + counts.other_children;
        let mut value = self.contributions(&counts)?;
        let fee = |lump_sum: Option<Number>, each: Option<Number>| match worth(lump_sum) {
            Some(lump_sum) => Ok(lump_sum),
            None => times(or_zero(each), all),
        };
        value = plus(
            value,
            fee(
                product.general_assembly_lump_sum,
                product.general_assembly_fee,
            )?,
        )?;
        if !self.renewed() {
            let registration = fee(product.registration_lump_sum, product.registration_fee)?;
            value = plus(value, registration)?;
        }
        Ok((self.discounted(value, start)?, self.warnings()))
    }

    fn warnings(&self) -> u8 {
        let members = i64::try_from(self.snapshot.input.members.len()).unwrap_or(i64::MAX);
        let max = self.snapshot.input.product.max_members;
        let any = max <= 0 && !self.has(PolicySwitch::ZeroMaximumWarns);
        u8::from(!any && members > max)
    }

    /// Who is charged: at most the maximum, adults first, then children, then others.
    fn counts(&self) -> Result<Counts, Halt> {
        let mut counts = Counts::default();
        for member in &self.snapshot.input.members {
            let adult = self.is_adult(member.dob.map(|dob| dob.day))?;
            let other = member.relationship == Some(OTHER_RELATIVE)
                && !self.has(PolicySwitch::OthersNotSeparated);
            match (other, adult) {
                (false, true) => counts.adults += 1,
                (false, false) => counts.children += 1,
                (true, true) => counts.other_adults += 1,
                (true, false) => counts.other_children += 1,
            }
        }
        let max = self.snapshot.input.product.max_members;
        if max > 0 {
            let mut room = max;
            for count in [
                &mut counts.adults,
                &mut counts.children,
                &mut counts.other_children,
                &mut counts.other_adults,
            ] {
                *count = room.min(*count);
                room -= *count;
            }
        }
        Ok(counts)
    }

    fn is_adult(&self, birth: Option<Day>) -> Result<bool, Halt> {
        let Some(birth) = birth else {
            return match self.has(PolicySwitch::BirthDateCrash) {
                true => Err(Crash::TypeError.into()),
                false => Ok(true),
            };
        };
        let at = match self.has(PolicySwitch::AgeOfToday) {
            true => self.today(),
            false => self.enrolled(),
        };
        let years = i32::from(self.snapshot.majority());
        // Whoever was born by then has had the birthday.
        let threshold = self.calendar().add_years(at, -years);
        Ok(match self.has(PolicySwitch::BirthdayIsChild) {
            true => birth < threshold,
            false => birth <= threshold,
        })
    }

    fn contributions(&self, counts: &Counts) -> Result<Decimal, Halt> {
        let product = &self.snapshot.input.product;
        let adult = or_zero(product.premium_adult);
        let child = or_zero(product.premium_child);
        let threshold = product.threshold.filter(|threshold| *threshold > 0);
        let (extra_adults, extra_children) = threshold.map_or((0, 0), |threshold| {
            let extra_adults = (counts.adults - threshold).max(0);
            let included = counts.adults - extra_adults;
            (
                extra_adults,
                (counts.children + included - threshold).max(0),
            )
        });
        let (base, adults, children) = match worth(product.lump_sum) {
            Some(lump_sum) => (lump_sum, extra_adults, extra_children),
            None if self.has(PolicySwitch::ExtrasFree) => (
                Decimal::ZERO,
                counts.adults - extra_adults,
                counts.children - extra_children,
            ),
            None => (Decimal::ZERO, counts.adults, counts.children),
        };
        let value = plus(base, times(adult, adults + counts.other_adults)?)?;
        plus(value, times(child, children + counts.other_children)?)
    }

    fn discounted(&self, value: Decimal, start: Day) -> Result<Decimal, Halt> {
        let product = &self.snapshot.input.product;
        let (percent, period) = match self.renewed() {
            true => (
                product.renewal_discount_perc,
                product.renewal_discount_period,
            ),
            false => (
                product.enrolment_discount_perc,
                product.enrolment_discount_period,
            ),
        };
        let (Some(percent), Some(period)) = (worth(percent), period.filter(|p| *p != 0)) else {
            return Ok(value);
        };
        let before = match (self.renewed(), self.previous_expiry()) {
            (false, _) if !self.has_cycles() => return Ok(value),
            (false, _) => start,
            (true, Some(expiry)) => expiry.add_days(1),
            (true, None) if self.has(PolicySwitch::PreviousCrash) => {
                return Err(Crash::AttributeError.into());
            }
            (true, None) => start,
        };
        if self.enrolled() > self.add_months(before, -period) {
            return Ok(value);
        }
        let part = value
            .checked_mul(percent)
            .and_then(|product| product.checked_div(Decimal::ONE_HUNDRED))
            .ok_or_else(too_large)?;
        let part = match self.has(PolicySwitch::NotRounded) {
            true => part,
            false => cents(part),
        };
        value.checked_sub(part).ok_or_else(too_large)
    }
}

/// NULL and 0 are no amount.
fn worth(number: Option<Number>) -> Option<Decimal> {
    let number = number.filter(|number| !number.is_zero());
    number.map(|number| number.0)
}

fn or_zero(number: Option<Number>) -> Decimal {
    number.map_or(Decimal::ZERO, |number| number.0)
}

fn plus(a: Decimal, b: Decimal) -> Result<Decimal, Halt> {
    a.checked_add(b).ok_or_else(too_large)
}

fn times(each: Decimal, count: i64) -> Result<Decimal, Halt> {
    each.checked_mul(Decimal::from(count)).ok_or_else(too_large)
}

fn too_large() -> Halt {
    Halt::Error(Error::new(
        "amount.range",
        "input.product",
        "the amounts are too large to add",
    ))
}

//! Enrolment: periods, premiums, payers, and the products that policies are converted to.

use super::Audit;
use super::at::At;
use crate::calendar::{Calendar, FiscalYearStart};
use crate::enrolment::MOST_CONVERSIONS;
use crate::number::Percent;
use crate::scheme::{Cycle, Enrolment, Product, Subsidy};

/// Cycles that a product may have in a year, as in openIMIS.
const MOST_CYCLES: usize = 4;
/// Longest period, in months: fifty years.
const MOST_MONTHS: u16 = 600;

impl Audit<'_> {
    pub(super) fn enrolment(&mut self, product: &Product, at: &At<'_>) {
        let Some(enrolment) = &product.enrolment else {
            return;
        };
        if enrolment.insurance_months == 0 {
            self.error(
                "period.empty",
                &at.field("insurance_months"),
                "a policy of 0 months covers nothing".to_owned(),
                "write how many months a policy covers, such as 12",
            );
        }
        self.months(
            Some(enrolment.insurance_months),
            &at.field("insurance_months"),
        );
        self.months(
            enrolment.administration_months,
            &at.field("administration_months"),
        );
        let grace = at.field("grace");
        for (name, months) in [
            ("enrolment_months", enrolment.grace.enrolment_months),
            ("renewal_months", enrolment.grace.renewal_months),
            ("payment_months", enrolment.grace.payment_months),
        ] {
            self.months(months, &grace.field(name));
        }
        self.cycles(&enrolment.cycles, &at.field("cycles"));
        self.household(enrolment, at);
        self.charges(enrolment, at);
        self.discounts(enrolment, at);
        self.paying(enrolment, at);
        self.conversion(product, enrolment, &at.field("conversion_product"));
    }

    fn months(&mut self, months: Option<u16>, at: &At<'_>) {
        if months.is_some_and(|months| months > MOST_MONTHS) {
            self.error(
                "period.range",
                at,
                format!("a period has at most {MOST_MONTHS} months"),
                "",
            );
        }
    }

    fn cycles(&mut self, cycles: &[Cycle], at: &At<'_>) {
        if cycles.len() > MOST_CYCLES {
            self.error(
                "cycle.too_many",
                at,
                format!("a year has at most {MOST_CYCLES} cycles"),
                "",
            );
        }
        for (position, cycle) in cycles.iter().enumerate() {
            let at = at.index(position);
            let start = FiscalYearStart {
                month: cycle.month,
                day: cycle.day,
            };
            let longest = longest_month(self.scheme.calendar, cycle.month);
            if cycle.day == 0 || longest.is_none_or(|longest| cycle.day > longest) {
                self.error(
                    "cycle.day",
                    &at,
                    "no year of the calendar has this day".to_owned(),
                    "write a month from 1 to 12 and a day of it",
                );
            } else if !start.exists_in(self.scheme.calendar) {
                self.warn(
                    "cycle.day",
                    &at,
                    "some years lack this day; there the cycle begins on the last day of the month"
                        .to_owned(),
                    "",
                );
            }
            if cycles.iter().take(position).any(|other| other == cycle) {
                self.error(
                    "cycle.duplicate",
                    &at,
                    "this cycle is there already".to_owned(),
                    "give every cycle once",
                );
            }
        }
    }

    fn household(&mut self, enrolment: &Enrolment, at: &At<'_>) {
        let at = at.field("members");
        if enrolment.members.max == Some(0) {
            self.zero_limit(&at.field("max"));
        }
        if let (Some(min), Some(max)) = (enrolment.members.min, enrolment.members.max)
            && min > max
        {
            self.error(
                "members.reversed",
                &at,
                format!("no household has at least {min} and at most {max} members"),
                "swap `min` and `max`",
            );
        }
    }

    fn charges(&mut self, enrolment: &Enrolment, at: &At<'_>) {
        let premium = &enrolment.premium;
        let place = at.field("premium");
        for (name, amount) in [
            ("lump_sum", premium.lump_sum),
            ("adult", premium.adult),
            ("child", premium.child),
        ] {
            if let Some(amount) = amount {
                self.amount(amount, &place.field(name));
            }
        }
        if premium.lump_sum.is_none() && premium.lump_sum_members.is_some() {
            self.warn(
                "premium.unused",
                &place.field("lump_sum_members"),
                "without `lump_sum` everyone pays for himself".to_owned(),
                "add the lump sum, or remove this",
            );
        }
        let everyone = premium.lump_sum_members.is_none();
        let apart = premium.adult.is_none() && premium.child.is_none();
        if premium.lump_sum.is_some() && !everyone && apart {
            self.warn(
                "premium.extra_free",
                &place,
                "members beyond the lump sum pay nothing".to_owned(),
                "write `adult` and `child`, or remove `lump_sum_members`",
            );
        }
        let fees = [
            ("registration", enrolment.registration.map(|fee| fee.amount)),
            (
                "general_assembly",
                enrolment.general_assembly.map(|fee| fee.amount),
            ),
        ];
        for (name, amount) in fees {
            if let Some(amount) = amount {
                self.amount(amount, &at.field(name).field("amount"));
            }
        }
        if let Some(registration) = enrolment.registration {
            self.recurring(
                registration.recurrence_months,
                &at.field("registration").field("recurrence_months"),
            );
        }
        if let Some(rounding) = enrolment.rounding {
            let place = at.field("rounding");
            let at = place.field("unit");
            self.amount(rounding.unit, &at);
            if rounding.unit.is_zero() {
                self.error(
                    "rounding.zero",
                    &at,
                    "nothing can be rounded to steps of 0".to_owned(),
                    "write the step, such as \"50\", or remove `rounding`",
                );
            }
        }
    }

    fn recurring(&mut self, months: Option<u16>, at: &At<'_>) {
        self.months(months, at);
        if months == Some(0) {
            self.error(
                "period.empty",
                at,
                "a fee does not come back after 0 months".to_owned(),
                "leave it out for never",
            );
        }
    }

    fn discounts(&mut self, enrolment: &Enrolment, at: &At<'_>) {
        for (name, discount) in [
            ("enrolment_discount", enrolment.enrolment_discount),
            ("renewal_discount", enrolment.renewal_discount),
        ] {
            if let Some(discount) = discount {
                let at = at.field(name);
                self.part(discount.percent, &at.field("percent"));
                self.months(Some(discount.months_before), &at.field("months_before"));
            }
        }
        if enrolment.enrolment_discount.is_some() && enrolment.cycles.is_empty() {
            self.warn(
                "discount.unused",
                &at.field("enrolment_discount"),
                "a discount before the cycle begins needs cycles".to_owned(),
                "add `cycles`, or remove the discount",
            );
        }
    }

    fn paying(&mut self, enrolment: &Enrolment, at: &At<'_>) {
        if let Some(instalments) = enrolment.instalments {
            let at = at.field("instalments");
            if instalments.max == 0 {
                self.error(
                    "instalments.none",
                    &at.field("max"),
                    "with 0 instalments nothing could be paid".to_owned(),
                    "write 1 for payment at once",
                );
            }
            self.months(Some(instalments.max), &at.field("max"));
            self.months(Some(instalments.months_apart), &at.field("months_apart"));
        }
        let list = at.field("subsidies");
        for (position, subsidy) in enrolment.subsidies.iter().enumerate() {
            self.subsidy(subsidy, &list.index(position));
        }
        if let Some(qualifying) = enrolment.qualifying {
            let at = at.field("qualifying");
            self.months(Some(qualifying.months), &at.field("months"));
            self.months(Some(qualifying.within_months), &at.field("within_months"));
            if qualifying.months > qualifying.within_months {
                self.error(
                    "qualifying.impossible",
                    &at,
                    format!(
                        "{} months with contributions do not fit into {}",
                        qualifying.months, qualifying.within_months
                    ),
                    "write fewer `months`, or more `within_months`",
                );
            }
        }
        self.part(
            enrolment.activation.percent,
            &at.field("activation").field("percent"),
        );
    }

    fn subsidy(&mut self, subsidy: &Subsidy, at: &At<'_>) {
        if subsidy.payer.as_str() == crate::enrolment::HOUSEHOLD {
            self.error(
                "subsidy.payer",
                &at.field("payer"),
                "the household pays what the others leave".to_owned(),
                "name another payer",
            );
        }
        match (subsidy.percent, subsidy.amount) {
            (Some(percent), None) => self.part(percent, &at.field("percent")),
            (None, Some(amount)) => self.amount(amount, &at.field("amount")),
            _ => self.error(
                "subsidy.share",
                at,
                "a subsidy is a percentage or an amount".to_owned(),
                "write one of `percent` and `amount`",
            ),
        }
    }

    /// A part of the premium, in percent.
    fn part(&mut self, percent: Percent, at: &At<'_>) {
        if percent.is_negative() || percent > Percent::from_units(100, 0) {
            self.error(
                "percent.range",
                at,
                format!("`{percent}` is not between 0 and 100"),
                "write a percentage of the premium, such as \"50\"",
            );
        }
    }

    /// Conversion leads to another product, and to an end.
    fn conversion(&mut self, product: &Product, enrolment: &Enrolment, at: &At<'_>) {
        let Some(target) = &enrolment.conversion_product else {
            return;
        };
        let products = &self.scheme.products;
        let of = |code: &str| products.iter().find(|p| p.code.as_str() == code);
        let Some(first) = of(target) else {
            self.error(
                "product.unknown",
                at,
                format!("there is no product `{target}`"),
                "write the code of a product of the scheme",
            );
            return;
        };
        if first.enrolment.is_none() {
            self.error(
                "conversion.no_enrolment",
                at,
                format!("the product `{target}` has no `enrolment`, so nobody can join it"),
                "add it there",
            );
            return;
        }
        let mut next = Some(first);
        let mut steps = 1_usize;
        while let Some(reached) = next {
            if reached.code == product.code || steps > MOST_CONVERSIONS {
                self.error(
                    "conversion.endless",
                    at,
                    format!("conversion from `{}` never ends", product.code),
                    "let one of the products keep its policies",
                );
                return;
            }
            next = reached
                .enrolment
                .as_ref()
                .and_then(|enrolment| enrolment.conversion_product.as_ref())
                .and_then(|code| of(code));
            steps += 1;
        }
    }
}

/// Days of the longest month with this number.
fn longest_month(calendar: Calendar, month: u8) -> Option<u8> {
    let years = match calendar {
        Calendar::Gregorian => 2000..=2003,
        Calendar::BikramSambat => 1970..=2100,
        Calendar::Ethiopian => 2000..=2003,
    };
    years
        .filter_map(|year| calendar.days_in_month(year, u32::from(month)))
        .max()
        .and_then(|days| u8::try_from(days).ok())
}

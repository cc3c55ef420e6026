//! Everything an answer about enrolment can say: each rule that was applied, with its numbers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::decision::ValueKind;
use crate::number::{Amount, Percent};

/// One rule that was applied, or one thing that was found, with its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// Stable code in dotted words, such as `period.cycle`. Message files have a sentence for each.
    pub code: Cow<'static, str>,
    /// Its values by name, as text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<Cow<'static, str>, String>,
}

impl Remark {
    pub(super) fn new(code: &'static str) -> Self {
        Self {
            code: Cow::Borrowed(code),
            values: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.values.insert(Cow::Borrowed(name), value);
        self
    }

    pub(super) fn day(self, name: &'static str, day: Day) -> Self {
        self.with(name, day.to_string())
    }

    pub(super) fn count(self, name: &'static str, count: impl Into<i64>) -> Self {
        self.with(name, count.into().to_string())
    }

    pub(super) fn money(self, name: &'static str, amount: Amount) -> Self {
        self.with(name, amount.to_string())
    }

    pub(super) fn percent(self, name: &'static str, percent: Percent) -> Self {
        self.with(name, percent.to_string())
    }

    pub(super) fn text(self, name: &'static str, text: &str) -> Self {
        self.with(name, text.to_owned())
    }
}

/// How a value of a remark is written.
pub(crate) fn remark_value_kind(code: &str, name: &str) -> Option<ValueKind> {
    let (_, names, kinds) = REMARKS.iter().find(|(known, ..)| *known == code)?;
    let found = names.iter().zip(*kinds).find(|(known, _)| **known == name);
    found.map(|(_, kind)| *kind)
}

macro_rules! remarks {
    ($($code:literal [$($name:ident: $kind:ident),*];)+) => {
        /// Every remark: code, names of its values, and how each is written.
        pub(crate) const REMARKS: &[(&str, &[&str], &[ValueKind])] = &[
            $(($code, &[$(stringify!($name)),*], &[$(ValueKind::$kind),*]),)+
        ];
    };
}

remarks! {
    "renewal.converted" [from: Code, to: Code];
    "renewal.in_time" [enrolment: Day, deadline: Day];
    "renewal.too_late" [enrolment: Day, deadline: Day];
    "period.administration" [enrolment: Day, months: Count, earliest: Day];
    "period.cycle" [cycle: Day, earliest: Day, months: Count];
    "period.cycle_next_year" [cycle: Day, earliest: Day, months: Count];
    "period.no_cycle" [start: Day];
    "period.after_previous" [expiry: Day, start: Day];
    "period.expiry" [start: Day, months: Count, expiry: Day];
    "period.last_payment" [months: Count, last: Day];
    "period.last_renewal" [months: Count, last: Day];
    "member.age_unknown" [member: Code];
    "member.beyond_maximum" [member: Code, maximum: Count];
    "members.below_minimum" [count: Count, minimum: Count];
    "premium.lump_sum" [amount: Money, count: Count];
    "premium.lump_sum_up_to" [amount: Money, count: Count, most: Count];
    "premium.adults" [count: Count, each: Money, amount: Money];
    "premium.children" [count: Count, each: Money, amount: Money];
    "premium.extra_adults" [count: Count, each: Money, amount: Money];
    "premium.extra_children" [count: Count, each: Money, amount: Money];
    "premium.other_adults" [count: Count, each: Money, amount: Money];
    "premium.other_children" [count: Count, each: Money, amount: Money];
    "premium.general_assembly" [amount: Money];
    "premium.general_assembly_each" [count: Count, each: Money, amount: Money];
    "premium.registration" [amount: Money];
    "premium.registration_each" [count: Count, each: Money, amount: Money];
    "registration.again" [last: Day, months: Count];
    "registration.not_yet" [last: Day, months: Count];
    "registration.unknown" [months: Count];
    "premium.enrolment_discount" [percent: Percent, last: Day, amount: Money];
    "premium.renewal_discount" [percent: Percent, last: Day, amount: Money];
    "discount.missed" [percent: Percent, last: Day];
    "premium.whole_units" [amount: Money];
    "premium.rounding" [unit: Money, amount: Money];
    "premium.total" [amount: Money];
    "share.percent" [payer: Code, percent: Percent, amount: Money];
    "share.amount" [payer: Code, amount: Money];
    "share.household" [amount: Money];
    "instalment" [number: Count, of: Count, amount: Money, due: Day];
    "payment.late" [date: Day, amount: Money, last: Day];
    "payment.too_many" [date: Day, amount: Money, most: Count];
    "payment.paid" [paid: Money, outstanding: Money];
    "payment.over" [paid: Money, over: Money];
    "activation.paid" [date: Day, effective: Day];
    "activation.nothing_due" [effective: Day];
    "activation.enforced" [date: Day, effective: Day];
    "activation.confirmed" [date: Day, effective: Day];
    "activation.unconfirmed" [];
    "activation.unpaid" [needed: Money, counted: Money];
    "member.late" [member: Code, joined: Day, effective: Day];
    "member.late_unpaid" [member: Code, joined: Day];
    "qualifying.met" [found: Count, months: Count, within: Count];
    "qualifying.missing" [found: Count, months: Count, within: Count, missing: Count];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_values_known() {
        for (position, (code, names, kinds)) in REMARKS.iter().enumerate() {
            assert_eq!(names.len(), kinds.len());
            assert!(REMARKS.iter().skip(position + 1).all(|(c, ..)| c != code));
        }
        assert_eq!(
            remark_value_kind("period.cycle", "months"),
            Some(ValueKind::Count)
        );
        assert_eq!(remark_value_kind("period.cycle", "ghost"), None);
    }
}

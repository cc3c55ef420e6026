//! What a model may ask about a line of a claim, from what advisors see of it.

use super::evaluate::TreesRow;
use crate::advisor::{AdvisorInput, InputLine};
use crate::code::Code;
use crate::scheme::{Sex, VisitType};

/// The value of a feature.
type Value = fn(&AdvisorInput, &InputLine) -> Option<f64>;

/// Every feature of a line, by name. A feature without a value is missing, never 0.
pub(super) const FEATURES: &[(&str, Value)] = &[
    ("age", |input, _| input.claim.age.map(f64::from)),
    ("female", |input, _| {
        input.claim.sex.map(|sex| flag(sex == Sex::Female))
    }),
    ("emergency", |input, _| {
        Some(flag(input.claim.visit_type == VisitType::Emergency))
    }),
    ("stay_days", |input, _| input.claim.stay_days.map(f64::from)),
    ("claimed_after_days", |input, _| {
        input.claim.claimed_after_days.map(f64::from)
    }),
    ("claims_365", |input, _| {
        Some(f64::from(input.claim.claims_365))
    }),
    ("lines", |input, _| {
        u32::try_from(input.lines.len()).ok().map(f64::from)
    }),
    ("diagnoses", |input, _| {
        u32::try_from(input.claim.diagnoses.len())
            .ok()
            .map(f64::from)
    }),
    ("quantity", |_, line| number(&line.quantity)),
    ("price_asked", |_, line| number(&line.price_asked)),
    ("price", |_, line| number(&line.price)),
    ("price_ratio", |_, line| {
        let price = number(&line.price).filter(|price| *price > 0.0)?;
        Some(number(&line.price_asked)? / price)
    }),
    ("prior_last_days", |_, line| {
        line.prior.last_days.map(f64::from)
    }),
    ("prior_times_30", |_, line| {
        Some(f64::from(line.prior.times_30))
    }),
    ("prior_times_365", |_, line| {
        Some(f64::from(line.prior.times_365))
    }),
    ("prior_quantity_365", |_, line| {
        number(&line.prior.quantity_365)
    }),
];

/// The float nearest to a decimal.
fn number(decimal: &impl ToString) -> Option<f64> {
    decimal.to_string().parse().ok()
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// Every feature of every line of a claim: what models are trained with. A row has its line's id.
#[must_use]
pub fn rows(input: &AdvisorInput) -> Vec<TreesRow> {
    let row = |line: &InputLine| TreesRow {
        id: line.id.clone(),
        features: FEATURES
            .iter()
            .filter_map(|(name, value)| Some((Code::new(name)?, value(input, line))))
            .collect(),
    };
    input.lines.iter().map(row).collect()
}

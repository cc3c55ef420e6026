//! Where every unit of money went, and who bears it.

use rust_decimal::Decimal;

use crate::decision::{AmountsDocument, CarcGroup, Decision, Effect, LineDecision};
use crate::number::Amount;

/// Who bears a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearer {
    Scheme,
    Patient,
    Facility,
}

impl Bearer {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Patient => "patient",
            Self::Facility => "facility",
        }
    }
}

/// A part of what was asked.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) bearer: Bearer,
    pub(super) amount: Decimal,
}

/// The parts whose bearer is the same in every line.
fn fixed_parts(amounts: &AmountsDocument) -> Vec<Part> {
    use Bearer::{Facility, Patient};
    let part = |(name, bearer, amount): (_, _, Amount)| Part {
        name,
        bearer,
        amount: amount.decimal(),
    };
    [
        ("price_adjustment", Facility, amounts.price_adjustment),
        ("review_adjustment", Facility, amounts.review_adjustment),
        ("quantity_cut", Patient, amounts.quantity_cut),
        ("fixed_cut", Patient, amounts.fixed_cut),
        ("deductible", Patient, amounts.deductible),
        ("co_insurance", Patient, amounts.co_insurance),
        ("category_excess", Patient, amounts.category_excess),
        ("ceiling_excess", Patient, amounts.ceiling_excess),
    ]
    .map(part)
    .into()
}

pub(super) fn parts_of_line(line: &LineDecision) -> Vec<Part> {
    let mut parts = fixed_parts(&line.amounts);
    let to_patient = line.reasons.iter().any(|reason| {
        let group = reason.carc.as_ref().map(|carc| carc.group);
        reason.effect == Effect::Rejects && group.is_some_and(CarcGroup::to_patient)
    });
    parts.push(Part {
        name: "rejected",
        bearer: if to_patient {
            Bearer::Patient
        } else {
            Bearer::Facility
        },
        amount: line.amounts.rejected.decimal(),
    });
    parts.push(Part {
        name: if line.remunerated.is_none() {
            "weight"
        } else {
            "payable"
        },
        bearer: Bearer::Scheme,
        amount: line.amounts.payable.decimal(),
    });
    parts
}

/// The parts of all lines: what is rejected by its bearer, what the scheme pays by whether it does
/// so now. They are split by the lines and completed by the totals, so that they add up to what
/// the decision says even if its lines do not.
pub(super) fn parts_of_claim(decision: &Decision) -> Vec<Part> {
    let totals = &decision.totals.amounts;
    let of_lines = |name: &str, bearer: Bearer| -> Decimal {
        let parts = decision.lines.iter().flat_map(parts_of_line);
        parts
            .filter(|part| part.name == name && part.bearer == bearer)
            .fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.amount))
    };
    let to_patient = of_lines("rejected", Bearer::Patient);
    let weight = of_lines("weight", Bearer::Scheme);
    let mut parts = fixed_parts(totals);
    // As many decimals as the total has, also where nothing is left of it.
    let mut push = |name, bearer, amount: Decimal| {
        let mut amount = amount;
        amount.rescale(amount.scale().max(totals.claimed.decimal().scale()));
        parts.push(Part {
            name,
            bearer,
            amount,
        });
    };
    push("rejected", Bearer::Patient, to_patient);
    push(
        "rejected",
        Bearer::Facility,
        totals.rejected.decimal().saturating_sub(to_patient),
    );
    push(
        "payable",
        Bearer::Scheme,
        totals.payable.decimal().saturating_sub(weight),
    );
    push("weight", Bearer::Scheme, weight);
    parts
}

//! Who pays how much of a line (SEMANTICS 6): fixed amount, deductible, co-insurance, category
//! limit, ceiling, in this order, each on what the one before left.

use super::assignment::Chosen;
use super::ledger::{self, Room};
use super::prepared::PreparedLine;
use super::pricing::Priced;
use super::{Context, Halt, Trace, in_range};
use crate::calendar::Day;
use crate::compile::{CompiledBenefit, ProductId, by_group};
use crate::conventions::UnlimitedFixed;
use crate::decision::{Consumption, Fact, LineStatus, Outcome, PolicyIndex, Terms};
use crate::money::Money;
use crate::scheme::{Exclusion, ServiceCategory};

/// What a policy has left for this claim, and what the claim has taken of it so far.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) policy: PolicyIndex,
    /// The policy covers this claim.
    pub(super) open: bool,
    /// Set when the first line is assigned to it.
    state: Option<State>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    product: ProductId,
    hospital: bool,
    deductible: Room,
    ceiling: Option<Room>,
    category: Option<Room>,
    deducted: Money,
    remunerated: Money,
    under_category: Money,
}

impl Account {
    pub(super) fn closed(policy: u16) -> Self {
        Self {
            policy: PolicyIndex(policy),
            open: false,
            state: None,
        }
    }

    /// The ledger entry of the claim, if any line was assigned to the policy.
    pub(super) fn entry(&self, date: Day) -> Option<Consumption> {
        let state = self.state?;
        Some(Consumption {
            policy: self.policy,
            product: state.product,
            date,
            hospital: state.hospital,
            deducted: state.deducted,
            remunerated: state.remunerated,
            category: state.under_category,
        })
    }
}

impl Room {
    /// Takes as much of `value` as there is room for.
    fn take(&mut self, value: Money) -> Money {
        let taken = value.min(self.left);
        self.left = self.left.minus(taken);
        taken
    }

    /// What was used before and by earlier lines.
    fn used(&self) -> Money {
        self.limit.minus(self.left)
    }
}

pub(super) fn value<T: Trace>(
    cx: &Context<'_>,
    line: &PreparedLine,
    chosen: &Chosen<'_>,
    priced: Priced,
    accounts: &mut [Account],
    outcome: &mut Outcome,
    trace: &mut T,
) -> Result<(), Halt> {
    let assignment = chosen.assignment;
    let category = outcome.category;
    let Some(account) = accounts.get_mut(usize::from(assignment.policy.0)) else {
        return Err(Fact::CoverageNone.into());
    };
    let state = match &mut account.state {
        Some(state) => state,
        empty => empty.insert(open(
            cx,
            assignment.policy,
            assignment.product,
            category,
            trace,
        )),
    };

    let mut left = priced.value;
    let Some(done) = outcome.lines.get_mut(line.index()) else {
        return Ok(());
    };
    let amounts = &mut done.amounts;
    amounts.price_adjustment = priced.price_adjustment;
    amounts.quantity_cut = priced.quantity_cut;
    amounts.review_adjustment = priced.review_adjustment;
    let at = line.position;

    let allowed = match assignment.terms {
        Terms::Fixed(amount) => in_range(amount.times(priced.quantity, cx.rules.rounding))?,
        Terms::Unlimited if cx.rules.conventions.unlimited_fixed == UnlimitedFixed::Nothing => {
            Money::ZERO
        }
        Terms::Unlimited | Terms::CoInsurance(_) => left,
    };
    if allowed < left {
        amounts.fixed_cut = left.minus(allowed);
        let amount = if let Terms::Fixed(amount) = assignment.terms {
            amount
        } else {
            Money::ZERO
        };
        trace.line(at, || Fact::FixedCut {
            amount,
            quantity: priced.quantity,
            cut: amounts.fixed_cut,
        });
        left = allowed;
    }

    let room = &mut state.deductible;
    let used = room.used();
    amounts.deductible = room.take(left);
    if room.limit > Money::ZERO {
        let (took, limit, rest) = (amounts.deductible, room.limit, room.left);
        let value = left;
        trace.line(at, || Fact::Deductible {
            took,
            value,
            limit,
            used,
            left: rest,
        });
    }
    left = left.minus(amounts.deductible);

    if let Terms::CoInsurance(percent) = assignment.terms {
        let paid = in_range(left.share(percent, cx.rules.rounding))?;
        amounts.co_insurance = left.minus(paid);
        let value = left;
        trace.line(at, || Fact::CoInsurance {
            percent,
            value,
            took: amounts.co_insurance,
        });
        left = paid;
    }

    if let Some(room) = &mut state.category {
        let used = room.used();
        let limit = room.limit;
        let taken = room.take(left);
        amounts.category_excess = left.minus(taken);
        if amounts.category_excess > Money::ZERO {
            let took = amounts.category_excess;
            trace.line(at, || Fact::CategoryExcess {
                category: category.name(),
                limit,
                used,
                took,
            });
        }
        left = taken;
    }
    state.under_category = in_range(state.under_category.checked_add(left))?;

    if let Some(visit) = excluded(cx, chosen.row, state.hospital) {
        trace.line(at, || Fact::CeilingExcluded { visit });
    } else {
        if let Some(room) = &mut state.ceiling {
            let used = room.used();
            let limit = room.limit;
            let taken = room.take(left);
            let rest = room.left;
            amounts.ceiling_excess = left.minus(taken);
            let took = amounts.ceiling_excess;
            trace.line(at, || {
                if took > Money::ZERO {
                    Fact::CeilingExcess { limit, used, took }
                } else {
                    Fact::CeilingRoom {
                        limit,
                        used,
                        left: rest,
                    }
                }
            });
            left = taken;
        }
        state.remunerated = in_range(state.remunerated.checked_add(left))?;
    }
    state.deducted = in_range(state.deducted.checked_add(amounts.deductible))?;
    amounts.payable = left;
    trace.line(at, || match assignment.origin {
        crate::scheme::PriceOrigin::Relative => Fact::AwaitsIndex { weight: left },
        _ => Fact::Payable { amount: left },
    });

    debug_assert!(amounts.balances(), "money identity: {amounts:?}");
    done.status = LineStatus::Passed;
    done.assignment = Some(assignment);
    done.quantity_approved = priced.quantity;
    done.price_adjusted = priced.price;
    Ok(())
}

/// What the policy has left for this claim.
fn open<T: Trace>(
    cx: &Context<'_>,
    policy: PolicyIndex,
    id: ProductId,
    category: ServiceCategory,
    trace: &mut T,
) -> State {
    let product = cx.rules.product(id);
    let hospital = product.is_some_and(|product| ledger::hospital_visit(cx, product));
    trace.policy(policy, || Fact::HospitalVisit {
        product: id,
        visit: if hospital { "hospital" } else { "other" },
    });
    let deductible = product.and_then(|product| {
        ledger::room(
            cx,
            policy,
            id,
            &product.deductible,
            hospital,
            |entry| entry.deducted,
            trace,
        )
    });
    let ceiling = product.and_then(|product| {
        ledger::room(
            cx,
            policy,
            id,
            &product.ceiling,
            hospital,
            |entry| entry.remunerated,
            trace,
        )
    });
    State {
        product: id,
        hospital,
        deductible: deductible.unwrap_or_default(),
        ceiling,
        category: product
            .and_then(|product| ledger::category_room(cx, policy, id, product, category)),
        deducted: Money::ZERO,
        remunerated: Money::ZERO,
        under_category: Money::ZERO,
    }
}

/// Does the ceiling leave this line alone?
fn excluded(cx: &Context<'_>, row: &CompiledBenefit, hospital: bool) -> Option<&'static str> {
    match (by_group(row.exclusion, cx.claim.group.0)?, hospital) {
        (Exclusion::Both | Exclusion::Hospital, true) => Some("hospital"),
        (Exclusion::Both | Exclusion::NonHospital, false) => Some("other"),
        _ => None,
    }
}

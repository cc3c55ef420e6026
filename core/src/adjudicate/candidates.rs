//! The rows that cover a line, each tested for itself (SEMANTICS 3.5 and 3.6).

use super::coverage::window;
use super::line_checks::overridden;
use super::prepared::{PreparedLine, PreparedPolicy};
use super::{Context, Halt, Trace, Work};
use crate::calendar::Day;
use crate::claim::{Override, PolicyStage};
use crate::compile::{Cell, CompiledBenefit, ProductId, by_group};
use crate::conventions::{Candidates, QuantityLimit, SameClaim};
use crate::decision::{Fact, LineOutcome, LineStatus, PolicyIndex};
use crate::money::Units;

/// A row of a covering policy's product that is for the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) policy: PolicyIndex,
    pub(super) product: ProductId,
    pub(super) benefit: u32,
    pub(super) cell: Cell,
    /// Membership effective date + waiting months: candidates are tried in this order.
    order: Day,
    position: u16,
    fault: Option<Fact>,
    /// Units that the quantity limit leaves of those asked.
    pub(super) allowed: Units,
    pub(super) trim: Option<Fact>,
}

/// Fills `work.candidates` with those that may pay, in order; `Err` with the reason if none may.
pub(super) fn collect<T: Trace>(
    cx: Context<'_>,
    line: &PreparedLine,
    work: &mut Work,
    trace: &mut T,
) -> Result<(), Halt> {
    let Work {
        outcome,
        candidates,
        accounts,
    } = work;
    candidates.clear();
    let Some(element) = line.element else {
        return Err(Fact::RegisterUnknown.into());
    };
    for (position, (policy, account)) in
        (0_u16..).zip(cx.claim.policies.iter().zip(accounts.iter()))
    {
        let (true, Some(id)) = (account.open, policy.product) else {
            continue;
        };
        let Some(product) = cx.rules.product(id) else {
            continue;
        };
        let index = PolicyIndex(position);
        for &benefit in product.rows.of(element) {
            let Some(row) = product.benefits.get(benefit as usize) else {
                continue;
            };
            let cell = row
                .cover
                .cell(cx.claim.visit, cx.claim.group.0, &cx.claim.holds);
            if !row.valid.contains(cx.target) || cell == Cell::NotCovered {
                trace.line(line.position, || Fact::RowDoesNotCover {
                    policy: index,
                    product: id,
                });
                continue;
            }
            let months = by_group(row.waiting_months, cx.claim.group.0);
            let joined = policy.membership.map_or(Day::MAX, |span| span.from);
            candidates.push(Candidate {
                policy: index,
                product: id,
                benefit,
                cell,
                order: if months == 0 {
                    joined
                } else {
                    cx.rules.calendar.add_months(joined, i32::from(months))
                },
                position: u16::try_from(candidates.len()).unwrap_or(u16::MAX),
                fault: None,
                allowed: line.quantity,
                trim: None,
            });
        }
    }
    candidates.sort_unstable_by_key(|candidate| (candidate.order, candidate.position));
    let mut first_fault = None;
    let mut any_free = false;
    for candidate in candidates.iter_mut() {
        let (policy, product) = (candidate.policy, candidate.product);
        let order = candidate.order;
        trace.line(line.position, || Fact::Candidate {
            policy,
            product,
            order,
        });
        candidate.fault = test(
            cx,
            line,
            candidate,
            &outcome.lines,
            &mut outcome.line_reasons,
        );
        match candidate.fault {
            Some(fault) => {
                trace.line(line.position, || fault);
                first_fault = first_fault.or(Some(fault));
            }
            None => any_free = true,
        }
    }
    if !any_free {
        return Err(first_fault.unwrap_or(Fact::CoverageNone).into());
    }
    if cx.rules.conventions.candidates == Candidates::FaultFree {
        candidates.retain(|candidate| candidate.fault.is_none());
    }
    Ok(())
}

/// Age, waiting period and quantity limit of one row.
fn test(
    cx: Context<'_>,
    line: &PreparedLine,
    candidate: &mut Candidate,
    lines: &[LineOutcome],
    notes: &mut Vec<(u32, Fact)>,
) -> Option<Fact> {
    let product = cx.rules.product(candidate.product)?;
    let row = product.benefits.get(candidate.benefit as usize)?;
    let policy = cx.claim.policies.get(usize::from(candidate.policy.0))?;
    if let Some(age) = cx.claim.age
        && !product.age_limits.contains(age)
    {
        return Some(Fact::ProductAge {
            product: candidate.product,
            age,
        });
    }
    let waiting = waiting(cx, row, policy, candidate);
    let quantity = quantity(cx, line, row, policy, candidate, lines);
    // A limit that a reviewer replaced neither rejects nor trims.
    let trim = candidate
        .trim
        .filter(|_| line.overrides(Override::Quantity));
    if trim.is_some() {
        candidate.allowed = line.quantity;
        candidate.trim = None;
    }
    for (check, fault) in [
        (Override::Waiting, waiting),
        (Override::Quantity, quantity.or(trim)),
    ] {
        let Some(fault) = fault else { continue };
        if !line.overrides(check) {
            return Some(fault);
        }
        let note = (line.position, overridden(line, check));
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    None
}

/// Waiting period (17): for a new policy, or a person who joined after the policy began.
fn waiting(
    cx: Context<'_>,
    row: &CompiledBenefit,
    policy: &PreparedPolicy,
    candidate: &Candidate,
) -> Option<Fact> {
    let months = by_group(row.waiting_months, cx.claim.group.0);
    let joined = policy.membership?.from;
    let applies = policy.stage == PolicyStage::New || policy.in_force.from < joined;
    (months > 0 && applies && cx.target < candidate.order).then_some(Fact::Waiting {
        product: candidate.product,
        joined,
        months,
        until: candidate.order,
    })
}

/// Quantity limit (16): rejects when nothing is left, else trims to what is.
fn quantity(
    cx: Context<'_>,
    line: &PreparedLine,
    row: &CompiledBenefit,
    policy: &PreparedPolicy,
    candidate: &mut Candidate,
    lines: &[LineOutcome],
) -> Option<Fact> {
    let limit = by_group(row.max_quantity, cx.claim.group.0)?;
    let window = window(cx, row.quantity_window, policy.membership?);
    let earlier = cx
        .claim
        .provisions
        .iter()
        .filter(|past| Some(past.element) == line.element && window.contains(past.date))
        .fold(Units::ZERO, |sum, past| sum.plus(past.quantity));
    let used = match cx.rules.conventions.same_claim {
        SameClaim::Ignored => earlier,
        SameClaim::Counts => cx
            .claim
            .lines
            .iter()
            .zip(lines)
            .filter(|(other, done)| {
                other.element == line.element && done.status == LineStatus::Passed
            })
            .fold(earlier, |sum, (_, done)| sum.plus(done.quantity_approved)),
    };
    let left = limit.less(used);
    if left == Units::ZERO {
        return Some(Fact::QuantityExhausted {
            product: candidate.product,
            limit,
            used,
        });
    }
    if left < line.quantity && cx.rules.conventions.quantity_limit == QuantityLimit::Trim {
        candidate.allowed = left;
        candidate.trim = Some(Fact::QuantityTrimmed {
            asked: line.quantity,
            allowed: left,
            limit,
            used,
        });
    }
    None
}

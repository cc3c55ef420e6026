//! The rows that cover a line, each tested for itself (SEMANTICS 3.5 and 3.6).

use super::coverage::window;
use super::line_checks::overridden;
use super::prepared::{PreparedLine, PreparedPolicy};
use super::{Context, Halt, Known, Trace, Work};
use crate::calendar::Day;
use crate::claim::{Override, PolicyStage};
use crate::compile::{Cell, CompiledBenefit, CompiledProduct, ProductId, by_group};
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
    free: bool,
    /// The quantity limit and what was used of it, where there is one.
    quota: Option<Quota>,
}

/// A quantity limit as it stands before the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quota {
    limit: Units,
    used: Units,
}

impl Candidate {
    /// Units that the quantity limit leaves of those asked, and the note if it cuts any.
    pub(super) fn allowed(&self, cx: Context<'_>, asked: Units) -> (Units, Option<Fact>) {
        let trims = cx.rules.conventions.quantity_limit == QuantityLimit::Trim;
        match self.quota {
            Some(Quota { limit, used }) if trims && limit.less(used) < asked => {
                let allowed = limit.less(used);
                (
                    allowed,
                    Some(Fact::QuantityTrimmed {
                        asked,
                        allowed,
                        limit,
                        used,
                    }),
                )
            }
            _ => (asked, None),
        }
    }
}

/// Fills `work.candidates` with those that may pay, in order; `Err` with the reason if none may.
pub(super) fn collect<T: Trace>(
    cx: Context<'_>,
    line: &PreparedLine,
    known: &Known,
    work: &mut Work,
    trace: &mut T,
) -> Result<(), Halt> {
    let Work {
        outcome,
        candidates,
        accounts,
    } = work;
    candidates.clear();
    for ((position, policy), account) in (0_u16..).zip(&cx.claim.policies).zip(accounts.iter()) {
        let (true, Some(id)) = (account.open, policy.product) else {
            continue;
        };
        let Some(product) = cx.rules.product(id) else {
            continue;
        };
        let index = PolicyIndex(position);
        for &benefit in product.rows.of(known.element) {
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
                order: match months {
                    0 => joined,
                    months => cx.rules.calendar.add_months(joined, i32::from(months)),
                },
                position: u16::try_from(candidates.len()).unwrap_or(u16::MAX),
                free: false,
                quota: None,
            });
        }
    }
    if candidates.len() > 1 {
        candidates.sort_unstable_by_key(|candidate| (candidate.order, candidate.position));
    }
    let mut first_fault = None;
    for candidate in candidates.iter_mut() {
        let Candidate {
            policy,
            product,
            order,
            ..
        } = *candidate;
        trace.line(line.position, || Fact::Candidate {
            policy,
            product,
            order,
        });
        match test(
            cx,
            line,
            candidate,
            &outcome.lines,
            &mut outcome.line_reasons,
        ) {
            Some(fault) => {
                trace.line(line.position, || fault);
                first_fault = first_fault.or(Some(fault));
            }
            None => candidate.free = true,
        }
    }
    if !candidates.iter().any(|candidate| candidate.free) {
        return Err(first_fault.unwrap_or(Fact::CoverageNone).into());
    }
    if cx.rules.conventions.candidates == Candidates::FaultFree {
        candidates.retain(|candidate| candidate.free);
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
    if let Some(fault) = age(cx, product, candidate) {
        return Some(fault);
    }
    let mut unless_overridden = |check, fault| {
        if !line.overrides(check) {
            return Some(fault);
        }
        let note = (line.position, overridden(line, check));
        if !notes.contains(&note) {
            notes.push(note);
        }
        None
    };
    if let Some(fault) = waiting(cx, row, policy, candidate)
        && let Some(fault) = unless_overridden(Override::Waiting, fault)
    {
        return Some(fault);
    }
    let limit = by_group(row.max_quantity, cx.claim.group.0)?;
    let used = used(cx, line, row, policy, lines);
    let left = limit.less(used);
    if left >= line.quantity && left > Units::ZERO {
        return None;
    }
    let fault = Fact::QuantityExhausted {
        product: candidate.product,
        limit,
        used,
    };
    // A limit that a reviewer replaced neither rejects nor trims.
    let fault = unless_overridden(Override::Quantity, fault)?;
    candidate.quota = Some(Quota { limit, used });
    (left == Units::ZERO).then_some(fault)
}

/// The product's own age limits.
fn age(cx: Context<'_>, product: &CompiledProduct, candidate: &Candidate) -> Option<Fact> {
    let age = cx.claim.age?;
    (!product.age_limits.contains(age)).then_some(Fact::ProductAge {
        product: candidate.product,
        age,
    })
}

/// Waiting period (17): for a new policy, or a person who joined after the policy began.
fn waiting(
    cx: Context<'_>,
    row: &CompiledBenefit,
    policy: &PreparedPolicy,
    candidate: &Candidate,
) -> Option<Fact> {
    if cx.target >= candidate.order {
        return None;
    }
    let joined = policy.membership?.from;
    let applies = policy.stage == PolicyStage::New || policy.in_force.from < joined;
    applies.then_some(Fact::Waiting {
        product: candidate.product,
        joined,
        months: by_group(row.waiting_months, cx.claim.group.0),
        until: candidate.order,
    })
}

/// Units of the same code that the person had before within the window, other claims first, then
/// earlier lines of this one.
fn used(
    cx: Context<'_>,
    line: &PreparedLine,
    row: &CompiledBenefit,
    policy: &PreparedPolicy,
    lines: &[LineOutcome],
) -> Units {
    let window = window(
        cx,
        row.quantity_window,
        policy.membership.unwrap_or_default(),
    );
    let past = cx.claim.provisions.iter();
    let earlier = past
        .filter(|past| Some(past.element) == line.element() && window.contains(past.date))
        .fold(Units::ZERO, |sum, past| sum.plus(past.quantity));
    match cx.rules.conventions.same_claim {
        SameClaim::Ignored => earlier,
        SameClaim::Counts => (cx.claim.lines.iter().zip(lines))
            .filter(|(other, done)| {
                other.element() == line.element() && done.status == LineStatus::Passed
            })
            .fold(earlier, |sum, (_, done)| sum.plus(done.quantity_approved)),
    }
}

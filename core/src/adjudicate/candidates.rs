//! The rows that cover a line, each tested for itself (SEMANTICS 3.5 and 3.6).

use super::cost_sharing::Account;
use super::coverage::window;
use super::line_checks::overridden;
use super::prepared::{PreparedLine, PreparedPolicy};
use super::{Context, Halt, Known, Trace};
use crate::calendar::Day;
use crate::claim::{Override, PolicyStage};
use crate::compile::{Cell, CompiledBenefit, CompiledProduct, ProductId, by_group};
use crate::conventions::{Candidates, SameClaim};
use crate::decision::{Fact, LineOutcome, LineStatus, Outcome, PolicyIndex};
use crate::money::Units;

/// A row of a covering policy's product that is for the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) policy: PolicyIndex,
    pub(super) product: ProductId,
    pub(super) benefit: u32,
    pub(super) cell: Cell,
    pub(super) row: &'a CompiledBenefit,
    terms: &'a CompiledProduct,
    holder: &'a PreparedPolicy,
    /// Membership effective date + waiting months: candidates are tried in this order.
    order: Day,
    position: u16,
    free: bool,
    /// The quantity limit and what was used of it, where it leaves less than the line asks.
    pub(super) quota: Option<Quota>,
}

/// A quantity limit as it stands before the line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quota {
    pub(crate) limit: Units,
    pub(crate) used: Units,
}

impl Quota {
    pub(crate) fn left(self) -> Units {
        self.limit.less(self.used)
    }
}

/// An empty vector for another claim in the memory of this one.
pub(super) fn recycled<'b>(mut candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'b>> {
    candidates.clear();
    // Collecting what is made of a vector's own elements, here none, keeps its memory.
    candidates.into_iter().map_while(|_| None).collect()
}

/// Fills `candidates` with those that may pay, in order; `Err` with the reason if none may.
pub(super) fn collect<'a, T: Trace>(
    cx: &Context<'a>,
    line: &PreparedLine,
    known: &Known,
    accounts: &[Account],
    candidates: &mut Vec<Candidate<'a>>,
    outcome: &mut Outcome,
    trace: &mut T,
) -> Result<(), Halt> {
    candidates.clear();
    for (holder, account) in cx.claim.policies.iter().zip(accounts) {
        let (true, Some(id)) = (account.open, holder.product) else {
            continue;
        };
        let Some(product) = cx.rules.product(id) else {
            continue;
        };
        for &benefit in product.rows.of(known.element) {
            let Some(row) = product.benefits.get(benefit as usize) else {
                continue;
            };
            let cell = row
                .cover
                .cell(cx.claim.visit, cx.claim.group.0, &cx.claim.holds);
            if !row.valid.contains(cx.target) || cell == Cell::NotCovered {
                trace.line(line.position, || Fact::RowDoesNotCover {
                    policy: account.policy,
                    product: id,
                });
                continue;
            }
            let months = by_group(row.waiting_months, cx.claim.group.0);
            let joined = holder.membership.map_or(Day::MAX, |span| span.from);
            candidates.push(Candidate {
                policy: account.policy,
                product: id,
                benefit,
                cell,
                row,
                terms: product,
                holder,
                order: match months {
                    0 => joined,
                    months => cx.rules.calendar.add_months(joined, i32::from(months)),
                },
                position: u16::try_from(candidates.len()).unwrap_or(u16::MAX),
                free: true,
                quota: None,
            });
        }
    }
    if candidates.len() > 1 {
        candidates.sort_unstable_by_key(|candidate| (candidate.order, candidate.position));
    }
    let mut first_fault = None;
    let mut faulty = 0;
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
        if let Some(fault) = test(cx, line, candidate, outcome) {
            trace.line(line.position, || fault);
            candidate.free = false;
            faulty += 1;
            first_fault = first_fault.or(Some(fault));
        }
    }
    if faulty == candidates.len() {
        return Err(first_fault.unwrap_or(Fact::CoverageNone).into());
    }
    if faulty > 0 && cx.rules.conventions.candidates == Candidates::FaultFree {
        candidates.retain(|candidate| candidate.free);
    }
    Ok(())
}

/// Age, waiting period and quantity limit of one row.
#[inline]
fn test(
    cx: &Context<'_>,
    line: &PreparedLine,
    candidate: &mut Candidate<'_>,
    outcome: &mut Outcome,
) -> Option<Fact> {
    let fault = age(cx, candidate);
    if fault.is_some() {
        return fault;
    }
    if let Some(fault) = waiting(cx, candidate)
        && !replaced(line, Override::Waiting, outcome)
    {
        return Some(fault);
    }
    let quota = quota(cx, line, candidate.row, candidate.holder, &outcome.lines)?;
    let Quota { limit, used } = quota;
    let left = quota.left();
    if left >= line.quantity && left > Units::ZERO {
        return None;
    }
    // A limit that a reviewer replaced neither rejects nor trims.
    if replaced(line, Override::Quantity, outcome) {
        return None;
    }
    candidate.quota = Some(quota);
    (left == Units::ZERO).then_some(Fact::QuantityExhausted {
        product: candidate.product,
        limit,
        used,
    })
}

/// The quantity limit of a row before the line; `None` if it has none.
#[inline]
pub(super) fn quota(
    cx: &Context<'_>,
    line: &PreparedLine,
    row: &CompiledBenefit,
    holder: &PreparedPolicy,
    lines: &[LineOutcome],
) -> Option<Quota> {
    let limit = by_group(row.max_quantity, cx.claim.group.0)?;
    let used = used(cx, line, row, holder, lines);
    Some(Quota { limit, used })
}

/// Did an accepting reviewer replace the check that failed? Then the line says so, once.
fn replaced(line: &PreparedLine, check: Override, outcome: &mut Outcome) -> bool {
    let replaced = line.overrides(check);
    if replaced {
        outcome.note_once(line.position, overridden(line, check));
    }
    replaced
}

/// The product's own age limits.
#[inline]
fn age(cx: &Context<'_>, candidate: &Candidate<'_>) -> Option<Fact> {
    let age = cx.claim.age?;
    (!candidate.terms.age_limits.contains(age)).then_some(Fact::ProductAge {
        product: candidate.product,
        age,
    })
}

/// Waiting period (17): for a new policy, or a person who joined after the policy began.
#[inline]
fn waiting(cx: &Context<'_>, candidate: &Candidate<'_>) -> Option<Fact> {
    if cx.target >= candidate.order {
        return None;
    }
    let policy = candidate.holder;
    let joined = policy.membership?.from;
    let applies = policy.stage == PolicyStage::New || policy.in_force.from < joined;
    applies.then_some(Fact::Waiting {
        product: candidate.product,
        joined,
        months: by_group(candidate.row.waiting_months, cx.claim.group.0),
        until: candidate.order,
    })
}

/// Units of the same code that the person had before within the window, other claims first, then
/// earlier lines of this one.
#[inline(never)]
fn used(
    cx: &Context<'_>,
    line: &PreparedLine,
    row: &CompiledBenefit,
    holder: &PreparedPolicy,
    lines: &[LineOutcome],
) -> Units {
    let window = window(
        cx,
        row.quantity_window,
        holder.membership.unwrap_or_default(),
    );
    let past = cx.claim.provisions.iter();
    let unseen = cx.claim.unseen.units.iter();
    let unseen = unseen.filter(|(own, _)| *own == window);
    let earlier = past
        .filter(|past| Some(past.element) == line.element() && window.contains(past.date))
        .map(|past| past.quantity)
        .chain(unseen.map(|(_, units)| *units))
        .fold(Units::ZERO, Units::plus);
    match cx.rules.conventions.same_claim {
        SameClaim::Ignored => earlier,
        SameClaim::Counts => (cx.claim.lines.iter().zip(lines))
            .filter(|(other, done)| {
                other.element() == line.element() && done.status == LineStatus::Passed
            })
            .fold(earlier, |sum, (_, done)| sum.plus(done.quantity_approved)),
    }
}

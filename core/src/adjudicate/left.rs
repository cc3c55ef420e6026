//! What is left of everything that limits a person: read by the same code that the stages take it
//! with, for whoever asks before there is a claim.

use super::candidates::{self, Quota};
use super::coverage::{self, Counter};
use super::ledger::{self, Care, Room};
use super::prepared::{ByCare, PreparedEntry, PreparedPolicy, PreparedProvision};
use super::{Adjudicator, Context, FullTrace, NoTrace};
use crate::calendar::Day;
use crate::claim::Request;
use crate::compile::{CompiledLimits, CompiledProduct, ElementId, ProductId, Span};
use crate::decision::{Fact, PolicyIndex};
use crate::error::Error;
use crate::money::Units;
use crate::scheme::{CounterWindow, Scope, ServiceCategory};

/// What a policy has left for the visit prepared last.
#[derive(Debug)]
pub(crate) struct PolicyLeft {
    pub(crate) policy: PolicyIndex,
    /// That it covers the visit, or why it does not.
    pub(crate) standing: Option<Fact>,
    /// Whether it covers the visit; if not, the rest is empty.
    pub(crate) counts: bool,
    /// The visit is a hospital visit for its product.
    pub(crate) hospital: bool,
    pub(crate) deductible: Vec<LimitLeft>,
    pub(crate) ceiling: Vec<LimitLeft>,
    pub(crate) categories: Vec<CategoryLeft>,
}

/// What is left of a deductible or ceiling.
#[derive(Debug)]
pub(crate) struct LimitLeft {
    pub(crate) care: Care,
    pub(crate) scope: Scope,
    pub(crate) window: CounterWindow,
    pub(crate) room: Room,
}

/// What is left for claims of a category.
#[derive(Debug)]
pub(crate) struct CategoryLeft {
    pub(crate) category: ServiceCategory,
    pub(crate) claims: Option<(Counter, CounterWindow)>,
    /// `None` of the window: each claim by itself.
    pub(crate) amount: Option<(Room, Option<CounterWindow>)>,
}

/// The quantity limit of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowQuota {
    pub(crate) policy: PolicyIndex,
    /// Row of the product, by position.
    pub(crate) benefit: u32,
    pub(crate) quota: Quota,
    pub(crate) window: CounterWindow,
    /// The days over which it counts.
    pub(crate) span: Span,
}

impl Adjudicator {
    /// Reads the lines of a request whose other parts were prepared last.
    ///
    /// # Errors
    /// As [`prepare`](Self::prepare).
    pub(crate) fn prepare_lines(&mut self, request: &Request) -> Result<(), Error> {
        self.claim.read_lines(self.rules.compiled(), &request.claim)
    }

    /// Supposes, beside what was prepared, that the person had a unit of an element on a day, until
    /// [`forget_used`](Self::forget_used).
    pub(crate) fn suppose_used(&mut self, element: ElementId, date: Day) {
        self.claim.provisions.push(PreparedProvision {
            element,
            date,
            quantity: Units::LEAST,
        });
    }

    /// Takes back what was supposed to be used.
    pub(crate) fn forget_used(&mut self) {
        self.claim.provisions.pop();
    }

    /// Supposes, beside what was prepared, units of the line's element used within windows.
    pub(crate) fn suppose_units(&mut self, units: &[(Span, Units)]) {
        self.claim.unseen.units.clear();
        self.claim.unseen.units.extend_from_slice(units);
    }

    /// Supposes, beside what was prepared, claims of a category made within windows.
    pub(crate) fn suppose_claims(&mut self, category: ServiceCategory, claims: &[(Span, u32)]) {
        let claims = claims.iter().map(|(span, count)| (category, *span, *count));
        self.claim.unseen.claims.clear();
        self.claim.unseen.claims.extend(claims);
    }

    /// What each policy has left for the visit prepared last, which must be this one.
    pub(crate) fn left(&self, request: &Request) -> Vec<PolicyLeft> {
        let cx = Context::new(self.rules.compiled(), request, &self.claim);
        (0_u16..)
            .zip(&self.claim.policies)
            .map(|(position, policy)| policy_left(&cx, PolicyIndex(position), policy))
            .collect()
    }

    /// The quantity limits of all rows of covering policies for the first line prepared last.
    pub(crate) fn quotas(&self, request: &Request) -> Vec<RowQuota> {
        let cx = Context::new(self.rules.compiled(), request, &self.claim);
        let mut found = Vec::new();
        let Some((line, element)) = self
            .claim
            .lines
            .first()
            .and_then(|l| Some((l, l.element()?)))
        else {
            return found;
        };
        for (position, holder) in (0_u16..).zip(&self.claim.policies) {
            let policy = PolicyIndex(position);
            let Some(product) = coverage::in_force(&cx, policy, holder, &mut NoTrace) else {
                continue;
            };
            for &benefit in product.rows.of(element) {
                let row = product.benefits.get(benefit as usize);
                let valid = row.filter(|row| row.valid.contains(cx.target));
                let quota = valid.and_then(|row| {
                    let quota = candidates::quota(&cx, line, row, holder, &[])?;
                    let window = row.quantity_window;
                    let period = holder.membership.unwrap_or_default();
                    Some(RowQuota {
                        policy,
                        benefit,
                        quota,
                        window,
                        span: coverage::window(&cx, window, period),
                    })
                });
                found.extend(quota);
            }
        }
        found
    }
}

fn policy_left(cx: &Context<'_>, policy: PolicyIndex, holder: &PreparedPolicy) -> PolicyLeft {
    let mut trace = FullTrace::default();
    let product = coverage::in_force(cx, policy, holder, &mut trace);
    let mut left = PolicyLeft {
        policy,
        standing: trace.policies.first().map(|(_, fact)| *fact),
        counts: false,
        hospital: false,
        deductible: Vec::new(),
        ceiling: Vec::new(),
        categories: Vec::new(),
    };
    let (Some(product), Some(id)) = (product, holder.product) else {
        return left;
    };
    left.counts = true;
    left.hospital = ledger::hospital_visit(cx, product);
    left.deductible = limits(cx, policy, id, &product.deductible, |entry| entry.deducted);
    left.ceiling = limits(cx, policy, id, &product.ceiling, |entry| entry.remunerated);
    left.categories = ServiceCategory::COUNTED
        .into_iter()
        .filter_map(|category| category_left(cx, policy, id, product, holder, category))
        .collect();
    left
}

fn limits(
    cx: &Context<'_>,
    policy: PolicyIndex,
    product: ProductId,
    limits: &CompiledLimits,
    consumed: impl Fn(&PreparedEntry) -> ByCare,
) -> Vec<LimitLeft> {
    let one = |care: Care| {
        let trace = &mut NoTrace;
        Some(LimitLeft {
            care,
            scope: care.limit(limits)?.scope,
            window: limits.window,
            room: ledger::room_for(cx, policy, product, limits, care, &consumed, trace)?,
        })
    };
    Care::ALL.into_iter().filter_map(one).collect()
}

fn category_left(
    cx: &Context<'_>,
    policy: PolicyIndex,
    id: ProductId,
    product: &CompiledProduct,
    holder: &PreparedPolicy,
    category: ServiceCategory,
) -> Option<CategoryLeft> {
    let limit = product.category(category);
    let claims = coverage::counter(cx, holder, product, category);
    let amount = ledger::category_room(cx, policy, id, product, category);
    (claims.is_some() || amount.is_some()).then(|| CategoryLeft {
        category,
        claims: claims.map(|counter| (counter, limit.claims_window)),
        amount: amount.map(|room| (room, limit.amount_window)),
    })
}

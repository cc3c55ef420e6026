//! Which policies cover the visit (SEMANTICS 2), and the counters that close them for this claim.

use super::cost_sharing::Account;
use super::prepared::{PreparedPolicy, counted_claims};
use super::{Context, Trace};
use crate::compile::{CompiledProduct, Span};
use crate::conventions::{ClaimCounters, NoCoverage};
use crate::decision::{Fact, PolicyIndex};
use crate::scheme::{CounterWindow, ElementKind, ServiceCategory};

/// Opens the accounts of the policies that cover this claim. `Some` if none does: the reason of
/// the claim, and the one of its lines.
pub(super) fn admit<T: Trace>(
    cx: &Context<'_>,
    category: ServiceCategory,
    accounts: &mut [Account],
    trace: &mut T,
) -> Option<(Option<Fact>, Fact)> {
    let mut covered = false;
    let mut open = false;
    let mut closed_by = None;
    for (policy, account) in cx.claim.policies.iter().zip(accounts) {
        let index = account.policy;
        let Some(product) = in_force(cx, index, policy, trace) else {
            continue;
        };
        covered = true;
        let fault = counter_full(cx, policy, product, category).or_else(|| filed_late(cx, product));
        match fault {
            Some(fault) => {
                trace.policy(index, || at_policy(fault, index, category));
                closed_by = closed_by.or(Some(fault));
            }
            None => {
                account.open = true;
                open = true;
            }
        }
    }
    match (covered, open, closed_by) {
        (_, true, _) => None,
        (true, false, Some(fault)) => Some((Some(fault), fault)),
        _ => Some(match cx.rules.conventions.no_coverage {
            NoCoverage::ClaimAndLines => (
                Some(Fact::CoverageNoneClaim { visit: cx.target }),
                Fact::CoverageNone,
            ),
            NoCoverage::LinesOnly => (None, Fact::CoverageNone),
        }),
    }
}

/// The product, if the policy and the patient's membership are in force at the visit.
pub(super) fn in_force<'a, T: Trace>(
    cx: &Context<'a>,
    index: PolicyIndex,
    policy: &PreparedPolicy,
    trace: &mut T,
) -> Option<&'a CompiledProduct> {
    let Some(id) = policy.product else {
        trace.policy(index, || Fact::ProductUnknown { policy: index });
        return None;
    };
    let product = cx.rules.product(id)?;
    if !policy.counts || !policy.in_force.contains(cx.target) {
        trace.policy(index, || Fact::PolicyNotInForce { policy: index });
        None
    } else if policy.membership.is_none() {
        trace.policy(index, || Fact::NotMember { policy: index });
        None
    } else if !product.valid.contains(cx.target) {
        trace.policy(index, || Fact::ProductNotValid {
            policy: index,
            product: id,
        });
        None
    } else {
        trace.policy(index, || Fact::PolicyCovers {
            policy: index,
            product: id,
        });
        Some(product)
    }
}

fn counter_full(
    cx: &Context<'_>,
    policy: &PreparedPolicy,
    product: &CompiledProduct,
    category: ServiceCategory,
) -> Option<Fact> {
    // Most products count nothing.
    product.category(category).max_claims?;
    let exempt = cx.rules.conventions.claim_counters == ClaimCounters::ClaimsWithServices
        && !cx
            .claim
            .lines
            .iter()
            .any(|line| line.kind == ElementKind::Service);
    if exempt {
        return None;
    }
    let Counter { maximum, count, .. } = counter(cx, policy, product, category)?;
    (count >= maximum).then_some(match category {
        ServiceCategory::Surgery => Fact::CounterSurgery { maximum, count },
        ServiceCategory::Delivery => Fact::CounterDelivery { maximum, count },
        ServiceCategory::Antenatal => Fact::CounterAntenatal { maximum, count },
        ServiceCategory::Hospitalization => Fact::CounterHospitalization { maximum, count },
        ServiceCategory::Consultation => Fact::CounterConsultation { maximum, count },
        ServiceCategory::Other | ServiceCategory::Visit => Fact::CounterVisit { maximum, count },
    })
}

/// How many claims of a category are allowed, and how many were counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counter {
    pub(crate) maximum: u32,
    pub(crate) count: u32,
    /// The days over which it counts.
    pub(crate) window: Span,
}

/// The counter of a category as it stands before the claim; `None` if there is none.
pub(super) fn counter(
    cx: &Context<'_>,
    policy: &PreparedPolicy,
    product: &CompiledProduct,
    category: ServiceCategory,
) -> Option<Counter> {
    let limit = product.category(category);
    let maximum = limit.max_claims?;
    let window = window(
        cx,
        limit.claims_window,
        policy.membership.unwrap_or_default(),
    );
    let earlier = counted_claims(cx.request)
        .filter(|(past, counted)| *counted == category && window.contains(past.date))
        .count();
    let unseen = cx.claim.unseen.claims.iter();
    let count = unseen
        .filter(|(counted, own, _)| *counted == category && *own == window)
        .map(|(.., claims)| *claims)
        .fold(
            u32::try_from(earlier).unwrap_or(u32::MAX),
            u32::saturating_add,
        );
    Some(Counter {
        maximum,
        count,
        window,
    })
}

fn filed_late(cx: &Context<'_>, product: &CompiledProduct) -> Option<Fact> {
    let deadline = product.filing_deadline_days?;
    let days = cx.target.days_until(cx.request.claim.date_claimed?);
    (i64::from(days) > i64::from(deadline)).then_some(Fact::FilingLate { deadline, days })
}

/// The fault of one policy, as a step of that policy.
fn at_policy(fault: Fact, policy: PolicyIndex, category: ServiceCategory) -> Fact {
    match fault {
        Fact::FilingLate { deadline, days } => Fact::PolicyFilingLate {
            policy,
            deadline,
            days,
        },
        Fact::CounterSurgery { maximum, count }
        | Fact::CounterDelivery { maximum, count }
        | Fact::CounterAntenatal { maximum, count }
        | Fact::CounterHospitalization { maximum, count }
        | Fact::CounterConsultation { maximum, count }
        | Fact::CounterVisit { maximum, count } => Fact::PolicyCounterFull {
            policy,
            category: category.name(),
            maximum,
            count,
        },
        other => other,
    }
}

/// The days over which a counter adds up, for a visit at the target.
pub(super) fn window(cx: &Context<'_>, window: CounterWindow, period: Span) -> Span {
    let (from, to) = match window {
        CounterWindow::PolicyPeriod => return period,
        CounterWindow::CalendarYear => cx.rules.calendar.year_bounds(cx.target),
        CounterWindow::FiscalYear => cx
            .rules
            .calendar
            .fiscal_year_bounds(cx.target, cx.rules.fiscal_year),
        CounterWindow::RollingDays(days) => {
            let back = i32::try_from(days).unwrap_or(i32::MAX).saturating_sub(1);
            (cx.target.add_days(back.saturating_neg()), cx.target)
        }
        CounterWindow::Lifetime => return Span::default(),
    };
    Span { from, to }
}

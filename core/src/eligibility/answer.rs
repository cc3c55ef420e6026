//! Outcomes and what is left, as documents.

use super::document::{
    CategoryAmountAnswer, CategoryAnswer, CountAnswer, ElementAnswer, LimitAnswer, PolicyAnswer,
    QuantityAnswer,
};
use super::visit::{Element, Visit, found};
use crate::adjudicate::{CategoryLeft, LimitLeft, PolicyLeft};
use crate::conventions::QuantityLimit;
use crate::decision::{Effect, Fact, assignment, reason};
use crate::money::Units;
use crate::scheme::PriceOrigin;

/// What a policy has left for the visit prepared last.
pub(super) fn policy(visit: &Visit, left: &PolicyLeft) -> PolicyAnswer {
    let row = visit.request.coverage.get(usize::from(left.policy.0));
    let exponent = visit.compiled().exponent;
    let limits = |limits: &[LimitLeft]| limits.iter().map(|left| limit(left, exponent)).collect();
    PolicyAnswer {
        policy: row.map(|row| row.policy.clone()).unwrap_or_default(),
        product: row.map(|row| row.product.clone()).unwrap_or_default(),
        covers: left.counts,
        reason: left.standing.map(|fact| reason(&visit.parts(), &fact)),
        hospital_visit: left.hospital,
        deductible: limits(&left.deductible),
        ceiling: limits(&left.ceiling),
        categories: left
            .categories
            .iter()
            .map(|left| category(left, exponent))
            .collect(),
    }
}

fn limit(left: &LimitLeft, exponent: u8) -> LimitAnswer {
    LimitAnswer {
        care: left.care,
        scope: left.scope,
        window: left.window,
        limit: left.room.limit.write(exponent),
        left: left.room.left.write(exponent),
    }
}

fn category(left: &CategoryLeft, exponent: u8) -> CategoryAnswer {
    CategoryAnswer {
        category: left.category,
        claims: left.claims.map(|(counter, window)| CountAnswer {
            maximum: counter.maximum,
            count: counter.count,
            left: counter.maximum.saturating_sub(counter.count),
            window,
        }),
        amount: left.amount.map(|(room, window)| CategoryAmountAnswer {
            limit: room.limit.write(exponent),
            left: room.left.write(exponent),
            window,
        }),
    }
}

/// What the element asked about last gets.
pub(super) fn element(visit: &Visit, element: &Element) -> ElementAnswer {
    let parts = visit.parts();
    let outcome = parts.outcome;
    let exponent = visit.compiled().exponent;
    let got = found(outcome);
    let line = outcome.lines.first();
    let mut facts: Vec<Fact> = Vec::new();
    let at_line = outcome.line_reasons.iter().map(|(_, fact)| fact);
    for fact in outcome.reasons.iter().chain(at_line) {
        // That no line passed says nothing that the only line does not say.
        let tells = fact.effect() != Effect::Informs && *fact != Fact::NoLinePassed;
        if tells && !facts.contains(fact) {
            facts.push(*fact);
        }
    }
    let waiting_until = facts.iter().find_map(|fact| match fact {
        Fact::Waiting { until, .. } => Some(*until),
        _ => None,
    });
    let version = element.id.and_then(|id| {
        let register = &visit.compiled().register;
        let target = visit.target();
        register.find(id, |version| version.valid.contains(target))
    });
    let price = line.filter(|_| version.is_some()).map(|line| {
        let price = if got.covered {
            line.price_adjusted
        } else {
            line.price_asked
        };
        price.write(exponent)
    });
    let assigned = line.and_then(|line| line.assignment);
    ElementAnswer {
        kind: element.kind,
        code: element.code.clone(),
        covered: got.covered,
        reasons: facts.iter().map(|fact| reason(&parts, fact)).collect(),
        category: outcome.category,
        price,
        pays: got.pays.write(exponent),
        patient_pays: got.patient.write(exponent),
        awaits_index: assigned.is_some_and(|row| row.origin == PriceOrigin::Relative),
        assignment: assigned.map(|row| assignment(&parts, &row)),
        quantity: quantity(visit, &facts),
        line_maximum: version
            .and_then(|(_, version)| version.max_quantity)
            .map(Units::write),
        waiting_until,
        earliest: None,
        instead: Vec::new(),
        between: None,
    }
}

/// The quantity limit of the row that pays, else of the first one that is used up.
fn quantity(visit: &Visit, facts: &[Fact]) -> Option<QuantityAnswer> {
    let assigned = visit
        .adjudicator
        .outcome()
        .lines
        .first()
        .and_then(|line| line.assignment);
    let exhausted = facts
        .iter()
        .any(|fact| matches!(fact, Fact::QuantityExhausted { .. }));
    if assigned.is_none() && !exhausted {
        return None;
    }
    let quotas = visit.adjudicator.quotas(&visit.request);
    let row = quotas.into_iter().find(|row| match assigned {
        Some(assigned) => (row.policy, row.benefit) == (assigned.policy, assigned.benefit),
        None => row.quota.left() == Units::ZERO,
    })?;
    Some(QuantityAnswer {
        limit: row.quota.limit.write(),
        used: row.quota.used.write(),
        left: row.quota.left().write(),
        cuts: visit.compiled().conventions.quantity_limit == QuantityLimit::Trim,
        window: row.window,
    })
}

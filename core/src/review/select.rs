//! The selection: rules, the blind share, advisors' findings, capacity; each claim with its reasons.

use std::borrow::Cow;
use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::document::{
    ReviewSelection, ReviewSelectionRequest, SCHEMA, SelectedClaim, SelectionCounts,
};
use super::facts::Facts;
use super::file::ReviewState;
use super::means::Means;
use super::selection::{Chosen, ChosenClaim, Pool, advice, blind, by_rule};
use super::undone::{due, undone};
use crate::adjudicate::values::{Once, at};
use crate::decision::provenance;
use crate::error::Error;
use crate::money::Money;
use crate::ruleset::RuleSet;
use crate::scheme::{ReviewRules, middle};

/// Chooses claims for review by the scheme's rules.
///
/// Every claim of which the rules pay something is looked at by every rule that is for it. The
/// blind share is drawn from all of them and takes no capacity; of the others that rules chose, the
/// scheme's capacity takes those with the highest priority, then the largest, then the lowest draw.
/// What advisors' findings chose gets the room that is left, so that no finding about one claim can
/// take another out of review.
///
/// # Errors
/// If a claim's request is malformed, two claims have one code at one facility, or an amount of
/// `past` does not fit the currency.
pub fn review_selection(
    rules: &RuleSet,
    asked: &ReviewSelectionRequest,
) -> Result<ReviewSelection, Error> {
    let scheme = rules.scheme();
    let none = ReviewRules::default();
    let review = scheme.review.as_ref().unwrap_or(&none);
    let exponent = scheme.currency.exponent;
    let means = Means::of(&asked.past, scheme.calendar, exponent)?;
    let facts = facts(rules, asked)?;
    let pool = Pool {
        seed: &asked.seed,
        exponent,
        claims: &facts,
        payable: (0..facts.len())
            .filter(|at| facts.get(*at).is_some_and(|claim| claim.payable > 0))
            .collect(),
    };
    let mut chosen = Chosen::new(facts.len());
    for rule in &review.selection {
        by_rule(&pool, rule, &means, &mut chosen);
    }
    if let Some(percent) = review.blind {
        blind(&pool, percent, &mut chosen);
    }
    advice(&pool, rules, asked, &mut chosen);
    let (chosen, rule_counts) = chosen.done();
    let over = over_capacity(&pool, review, &chosen);
    let mut counts = SelectionCounts {
        claims: number(facts.len()),
        payable: number(pool.payable.len()),
        ..SelectionCounts::default()
    };
    let mut claims = Vec::with_capacity(facts.len());
    for (position, (claim, found)) in facts.iter().zip(chosen).enumerate() {
        let priority = found.priority();
        let ChosenClaim { looks, blind, .. } = found;
        let beyond = over.contains(&position);
        let selected = blind || (priority.is_some() && !beyond);
        let left_out = !selected && (beyond || looks.iter().any(|look| look.over_capacity));
        counts.selected += u32::from(selected);
        counts.blind += u32::from(blind);
        counts.over_capacity += u32::from(left_out);
        let unreviewed = undone(scheme.review.as_ref(), &claim.products);
        claims.push(SelectedClaim {
            claim: claim.request.claim.code.clone(),
            facility: claim.request.claim.facility.clone(),
            state: match selected {
                true => ReviewState::Selected,
                false => ReviewState::NotSelected,
            },
            blind,
            priority: selected.then(|| priority.unwrap_or(middle())),
            over_capacity: left_out,
            claimed: Money::from_minor(claim.claimed).write(exponent),
            payable: Money::from_minor(claim.payable).write(exponent),
            undone: selected.then_some(unreviewed),
            due: due(unreviewed, asked.at.day()).filter(|_| selected),
            looks,
        });
    }
    Ok(ReviewSelection {
        schema: Cow::Borrowed(SCHEMA),
        seed: asked.seed.clone(),
        at: asked.at,
        counts,
        rules: rule_counts,
        claims,
        provenance: provenance(rules, None, None),
    })
}

pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn facts<'r>(
    rules: &'r RuleSet,
    asked: &'r ReviewSelectionRequest,
) -> Result<Vec<Facts<'r>>, Error> {
    let mut seen = Once::default();
    let mut facts = Vec::with_capacity(asked.claims.len());
    for (position, claim) in asked.claims.iter().enumerate() {
        let place = || format!("claims[{position}].request");
        let own = &claim.request.claim;
        seen.claim(&own.facility, &own.code, "request.claim.code")
            .map_err(|error| at(error, "claims", position))?;
        facts.push(Facts::of(rules, &claim.request).map_err(|error| error.inside(&place()))?);
    }
    Ok(facts)
}

/// Chosen claims, without the blind share, for which there is no room.
fn over_capacity(
    pool: &Pool<'_, '_>,
    review: &ReviewRules,
    chosen: &[ChosenClaim],
) -> FxHashSet<usize> {
    let Some(capacity) = review.capacity else {
        return FxHashSet::default();
    };
    let mut order: Vec<_> = pool
        .payable
        .iter()
        .filter_map(|at| Some((*at, pool.claims.get(*at)?, chosen.get(*at)?)))
        .filter(|(.., found)| !found.blind)
        .filter_map(|(at, claim, found)| {
            let draw = pool.draw("capacity", claim);
            let chosen = found.by_rules.or(found.by_advice)?;
            let by_advice_only = found.by_rules.is_none();
            Some((
                by_advice_only,
                Reverse(chosen),
                Reverse(claim.claimed),
                draw,
                at,
            ))
        })
        .collect();
    order.sort_unstable();
    let room = usize::try_from(capacity).unwrap_or(usize::MAX);
    order.into_iter().skip(room).map(|(.., at)| at).collect()
}

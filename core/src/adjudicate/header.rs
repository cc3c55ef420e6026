//! The claim as a whole (SEMANTICS 1): what rejects it before any line is looked at, and what kind
//! of claim it is.

use super::Context;
use super::prepared::is_this;
use crate::conventions::{ContradictoryDates, Duplicates, HospitalizationRule};
use crate::decision::{Fact, Outcome, PolicyIndex};
use crate::scheme::ServiceCategory;

/// The reason that rejects the claim, and the one its lines get.
pub(super) fn fault(cx: &Context<'_>) -> Option<(Option<Fact>, Fact)> {
    let both = |fact| Some((Some(fact), fact));
    let claim = &cx.request.claim;
    if !cx.request.patient.registered {
        return both(Fact::PersonInvalid);
    }
    if cx.claim.target.is_none() {
        return both(Fact::DateMissing);
    }
    if cx.rules.conventions.contradictory_dates == ContradictoryDates::Rejected {
        if let (Some(from), Some(to)) = (claim.date_from, claim.date_to)
            && to < from
        {
            return both(Fact::DateReversed { from, to });
        }
        if let (Some(care), Some(claimed)) = (claim.date_from, claim.date_claimed)
            && claimed < care
        {
            return both(Fact::DateClaimedEarly { claimed, care });
        }
    }
    if cx.rules.conventions.duplicates == Duplicates::Refused {
        let mut accepted = cx
            .request
            .history
            .claims
            .iter()
            .filter(|past| past.status.counts());
        if let Some(past) = accepted.find(|past| is_this(past, claim)) {
            return both(Fact::Duplicate { date: past.date });
        }
    }
    if cx.claim.facility.is_none() {
        return both(Fact::FacilityUnknown);
    }
    if !cx.claim.diagnosis_known {
        return both(Fact::DiagnosisUnknown);
    }
    if cx.claim.lines.is_empty() {
        return both(Fact::ClaimEmpty);
    }
    None
}

/// What is worth knowing but rejects nothing.
pub(super) fn findings(cx: &Context<'_>, outcome: &mut Outcome) {
    if cx.claim.age.is_none() {
        outcome.reasons.push(Fact::AgeUnknown);
    }
    if let Some(visit) = cx.claim.target
        && !cx.rules.effective.contains(visit)
    {
        outcome.reasons.push(Fact::SchemeNotEffective { visit });
    }
    // A policy that would cover the visit if the scheme knew its product is an error of the data.
    for (position, policy) in (0_u16..).zip(&cx.claim.policies) {
        let in_force = policy.counts && policy.in_force.contains(cx.target);
        if policy.product.is_none() && in_force && policy.membership.is_some() {
            let policy = PolicyIndex(position);
            outcome.reasons.push(Fact::ProductUnknown { policy });
        }
    }
}

/// The first, in order of precedence, over all registered services of the claim: surgery, delivery,
/// antenatal, hospitalization (or a stay), consultation, else visit.
pub(super) fn category(cx: &Context<'_>) -> ServiceCategory {
    let by_service = cx.rules.conventions.hospitalization == HospitalizationRule::StayOrService;
    let services = cx
        .claim
        .lines
        .iter()
        .filter_map(|line| cx.rules.register.at(line.known.as_ref()?.version))
        .map(|version| version.category)
        .filter(|category| by_service || *category != ServiceCategory::Hospitalization);
    let stay = cx.claim.stay.then_some(ServiceCategory::Hospitalization);
    match services.chain(stay).min() {
        None | Some(ServiceCategory::Other) => ServiceCategory::Visit,
        Some(category) => category,
    }
}

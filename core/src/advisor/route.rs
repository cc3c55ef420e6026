//! From findings to a person, as the scheme's policy says.

use std::cmp::Reverse;

use super::advice::{AdviceEffects, AnswerStatus, Heard, NotRouted, Proposal, RouteTaken};
use super::finding::{Finding, Stance};
use crate::claim::Request;
use crate::decision::Decision;
use crate::scheme::{AdvisorMode, AdvisorRules, Route, RouteRule, Unheard, middle};

/// What the findings may do. Where advisors are past the scheme's limits (`fallen_back`), nothing is
/// routed.
pub(super) fn effects(
    policy: Option<&AdvisorRules>,
    request: &Request,
    decision: &Decision,
    heard: &[Heard],
    fallen_back: bool,
) -> AdviceEffects {
    let mut effects = AdviceEffects {
        route: None,
        not_routed: None,
        observed: None,
        proposals: proposals(heard),
    };
    let Some(policy) = policy else {
        effects.not_routed = Some(NotRouted::NoAdvisors);
        return effects;
    };
    match (wanted(policy, request, decision, heard), policy.mode) {
        (Ok(route), AdvisorMode::Route) if fallen_back => {
            effects.observed = Some(route);
            effects.not_routed = Some(NotRouted::Quality);
        }
        (Ok(route), AdvisorMode::Route) => effects.route = Some(route),
        (Ok(route), AdvisorMode::Observe) => {
            effects.observed = Some(route);
            effects.not_routed = Some(NotRouted::Observe);
        }
        (Err(why), _) => effects.not_routed = Some(why),
    }
    effects
}

fn proposals(heard: &[Heard]) -> Vec<Proposal> {
    let all = heard
        .iter()
        .flat_map(|heard| heard.findings.iter().map(move |finding| (heard, finding)));
    all.filter_map(|(heard, finding)| {
        Some(Proposal {
            advisor: heard.advisor.clone(),
            target: finding.target.clone(),
            suggestion: finding.suggestion?,
        })
    })
    .collect()
}

/// Where the policy wants the claim, whatever the mode.
fn wanted(
    policy: &AdvisorRules,
    request: &Request,
    decision: &Decision,
    heard: &[Heard],
) -> Result<RouteTaken, NotRouted> {
    let payable = decision.totals.scheme_share;
    if payable.is_zero() {
        return Err(NotRouted::NothingToPay);
    }
    if policy.floor.is_some_and(|floor| payable < floor) {
        return Err(NotRouted::BelowFloor);
    }
    if policy.exempt.categories.contains(&decision.category)
        || policy
            .exempt
            .visit_types
            .contains(&request.claim.visit_type)
    {
        return Err(NotRouted::Exempt);
    }
    if !heard.iter().any(|h| h.status == AnswerStatus::Used) {
        return match policy.unheard {
            Unheard::ByRules => Err(NotRouted::NoAnswer),
            Unheard::Review => Ok(RouteTaken {
                to: Route::Review,
                priority: middle(),
                rule: None,
                advisor: None,
                finding: None,
                score: None,
            }),
        };
    }
    let findings = heard.iter().flat_map(|heard| {
        let numbered = (0_u32..).zip(&heard.findings);
        numbered.map(move |(position, finding)| (heard, position, finding))
    });
    let routed = findings.filter_map(|(heard, position, finding)| {
        let (rule, taken) = (0_u32..)
            .zip(&policy.routes)
            .find(|(_, rule)| fits(rule, finding))?;
        Some(RouteTaken {
            to: taken.to,
            priority: taken.priority,
            rule: Some(rule),
            advisor: Some(heard.advisor.clone()),
            finding: Some(position),
            score: finding.score,
        })
    });
    // The most urgent; of equals the first route, then the first finding.
    routed
        .min_by_key(|route| (Reverse(route.priority), route.rule))
        .ok_or(NotRouted::NothingQuestioned)
}

/// A finding without score fits a route that asks for none.
pub(super) fn fits(rule: &RouteRule, finding: &Finding) -> bool {
    finding.stance == Stance::Questions
        && !finding.out_of_distribution
        && match finding.score {
            Some(score) => score >= rule.score,
            None => rule.score.is_zero(),
        }
        && rule.severity.is_none_or(|least| finding.severity >= least)
}

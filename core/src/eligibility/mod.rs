//! What a person gets before there is a claim: what is covered, what is left, from when, and what
//! would make a difference (DOMAIN A.10).
//!
//! There are no rules here. Every answer is a predetermination by the
//! [`Adjudicator`](crate::Adjudicator), of one unit of one service or item at the price the
//! scheme knows, and what is left is read by the code that cost sharing takes it with. So an
//! enquiry and a claim that follows it cannot disagree.

mod answer;
mod dates;
mod document;
mod instead;
mod interval;
mod request;
mod visit;

pub use crate::adjudicate::Care;
pub use document::{
    Between, CategoryAmountAnswer, CategoryAnswer, CountAnswer, ElementAnswer, EligibilityAnswer,
    Instead, LimitAnswer, Other, PolicyAnswer, QuantityAnswer, SCHEMA,
};
pub use request::{About, EligibilityRequest, REQUEST_SCHEMA};

use std::borrow::Cow;

use crate::decision::{Effect, Fact, provenance, reason};
use crate::error::Error;
use crate::print::canonical;
use crate::ruleset::{RuleSet, sha256};
use crate::scheme::ElementKind;

use visit::{Element, Visit};

/// Answers an enquiry.
///
/// # Errors
/// If the request is malformed, as for a claim; never for a person whom nothing covers.
pub fn eligibility(
    rules: &RuleSet,
    request: &EligibilityRequest,
) -> Result<EligibilityAnswer, Error> {
    let mut visit = Visit::new(rules, request);
    let elements = elements(rules, request);
    visit.prepare()?;
    let policies = visit.adjudicator.left(&visit.request);
    let policies = policies.iter().map(|left| answer::policy(&visit, left));
    let policies = policies.collect();
    let mut found = Vec::with_capacity(elements.len());
    let mut answers = Vec::with_capacity(elements.len());
    let mut facts = Vec::new();
    for element in &elements {
        let outcome = visit.ask(element)?;
        let findings = outcome.reasons.iter().filter(|fact| is_finding(fact));
        facts.extend(findings.copied());
        found.push(visit::found(outcome));
        answers.push(answer::element(&visit, element));
    }
    facts.dedup();
    let findings = facts.iter().enumerate();
    let findings = findings.filter(|(at, fact)| !facts.iter().take(*at).any(|seen| seen == *fact));
    let findings = findings.map(|(_, fact)| reason(&visit.parts(), fact));
    let findings = findings.collect();

    let earliest = dates::earliest(&mut visit, &elements, &found)?;
    let instead = instead::differences(&mut visit, &elements, &found)?;
    let between = interval::between(&mut visit, &elements)?;
    let extras = earliest.into_iter().zip(instead).zip(between);
    for (answer, ((earliest, instead), between)) in answers.iter_mut().zip(extras) {
        answer.earliest = earliest;
        answer.instead = instead;
        answer.between = between;
    }
    Ok(EligibilityAnswer {
        schema: Cow::Borrowed(SCHEMA),
        patient: request.patient.id.clone(),
        date_from: request.date_from,
        date_to: request.date_to.unwrap_or(request.date_from),
        facility: request.facility.clone(),
        findings,
        policies,
        elements: answers,
        provenance: provenance(rules, Some(sha256(&canonical(request))), request.as_of),
    })
}

/// What informs about the whole visit.
fn is_finding(fact: &Fact) -> bool {
    fact.effect() == Effect::Informs
}

/// What is asked about, in the order of the answer.
fn elements(rules: &RuleSet, request: &EligibilityRequest) -> Vec<Element> {
    let compiled = rules.compiled();
    let one = |kind, code: &crate::Code| Element {
        kind,
        code: code.clone(),
        id: compiled.element(kind, code),
    };
    match &request.about {
        About::Service(code) => vec![one(ElementKind::Service, code)],
        About::Item(code) => vec![one(ElementKind::Item, code)],
        About::Everything => {
            let products: Vec<_> = request
                .coverage
                .iter()
                .filter_map(|policy| compiled.product(*compiled.product_ids.get(&policy.product)?))
                .collect();
            let every = compiled
                .elements
                .iter()
                .map(|(kind, code)| one(*kind, code));
            every
                .filter(|element| {
                    let rows = |id| {
                        products
                            .iter()
                            .any(|product| !product.rows.of(id).is_empty())
                    };
                    element.id.is_some_and(rows)
                })
                .collect()
        }
    }
}

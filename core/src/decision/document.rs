//! From the typed outcome to the decision document: ids become codes again, integers text.

use std::borrow::Cow;

use super::fact::{CarcGroup, Fact, Value};
use super::outcome::{Amounts, Assignment, Consumption, LineOutcome, Outcome, Terms};
use super::{
    AmountsDocument, AssignmentDocument, Carc, Decision, Effect, LineDecision, LineStatus,
    PricePair, Provenance, QuantityPair, Reason, SCHEMA, Status, Subject, TermsDocument, Totals,
    TraceNode,
};
use crate::adjudicate::FullTrace;
use crate::calendar::Day;
use crate::claim::{CareAmounts, CategoryAmounts, LedgerEntry, Line, Mode, Request};
use crate::code::Code;
use crate::money::Money;
use crate::number::Amount;
use crate::ruleset::RuleSet;
use crate::scheme::{PriceOrigin, ServiceCategory};

/// What a decision document is made of.
#[derive(Debug, Clone, Copy)]
pub struct DecisionParts<'a> {
    /// The rule set that decided.
    pub rules: &'a RuleSet,
    /// What it decided on.
    pub request: &'a Request,
    /// What it decided.
    pub outcome: &'a Outcome,
    /// How, and how much of it to show.
    pub trace: Option<(&'a FullTrace, TraceLevel)>,
    /// SHA-256 of the request's canonical text.
    pub request_digest: Option<&'a str>,
}

/// How much of the reasoning a decision shows.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TraceLevel {
    /// None; the reasons stand at the claim and its lines all the same.
    #[default]
    None,
    /// What rejected or reduced anything, with the numbers.
    Reasons,
    /// Every step.
    Full,
}

/// The decision document.
pub fn document(parts: &DecisionParts<'_>) -> Decision {
    let DecisionParts {
        rules,
        request,
        outcome,
        ..
    } = *parts;
    let exponent = rules.compiled().exponent;
    let waiting = outcome.status == Status::AwaitingIndex;
    let shares = shares(outcome);
    let totals = &outcome.totals;
    let mut reasons = outcome.line_reasons.as_slice();
    // Facts of a line stand together unless lines were worked in another order.
    let sorted = reasons.is_sorted_by_key(|(line, _)| *line);
    let lines = request
        .claim
        .lines
        .iter()
        .zip(&outcome.lines)
        .zip(0_u32..)
        .map(|((line, done), position)| {
            let own: Vec<Reason> = if sorted {
                let count = reasons.iter().take_while(|(at, _)| *at == position).count();
                let (own, rest) = reasons.split_at_checked(count).unwrap_or((&[], reasons));
                reasons = rest;
                own.iter().map(|(_, fact)| reason(parts, fact)).collect()
            } else {
                let own = outcome
                    .line_reasons
                    .iter()
                    .filter(|(at, _)| *at == position);
                own.map(|(_, fact)| reason(parts, fact)).collect()
            };
            line_document(parts, line, done, own)
        })
        .collect();
    Decision {
        schema: Cow::Borrowed(SCHEMA),
        claim: request.claim.code.clone(),
        mode: request.mode,
        status: outcome.status,
        reasons: outcome
            .reasons
            .iter()
            .map(|fact| reason(parts, fact))
            .collect(),
        category: outcome.category,
        stay: outcome.stay,
        lines,
        totals: Totals {
            amounts: amounts(totals, exponent),
            scheme_share: totals.payable.write(exponent),
            patient_share: shares.patient.write(exponent),
            facility_share: shares.facility.write(exponent),
            remunerated: (!waiting).then(|| totals.payable.write(exponent)),
        },
        consumption: match request.mode {
            Mode::Predetermination => Vec::new(),
            Mode::Claim | Mode::Preauthorization => outcome
                .consumption
                .iter()
                .filter_map(|entry| ledger_entry(parts, entry))
                .collect(),
        },
        trace: parts
            .trace
            .and_then(|(trace, level)| tree(parts, trace, level)),
        provenance: provenance(
            rules,
            parts.request_digest.map(str::to_owned),
            request.as_of,
        ),
    }
}

/// What a document was made with.
pub(crate) fn provenance(
    rules: &RuleSet,
    request_digest: Option<String>,
    as_of: Option<Day>,
) -> Provenance {
    Provenance {
        engine: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
        scheme: rules.scheme().code.clone(),
        version: rules.scheme().version.clone(),
        scheme_digest: rules.digest().clone(),
        conventions: Cow::Owned(rules.conventions().to_owned()),
        request_digest,
        as_of,
    }
}

/// Who bears what, besides the scheme.
pub(crate) struct Shares {
    pub(crate) patient: Money,
    pub(crate) facility: Money,
}

pub(crate) fn shares(outcome: &Outcome) -> Shares {
    let totals = &outcome.totals;
    let to_patient: i64 = outcome
        .lines
        .iter()
        .filter(|line| line.rejected_to_patient)
        .map(|line| line.amounts.rejected.minor())
        .sum();
    let patient = [
        totals.quantity_cut,
        totals.fixed_cut,
        totals.deductible,
        totals.co_insurance,
        totals.category_excess,
        totals.ceiling_excess,
    ]
    .iter()
    .map(|part| part.minor())
    .sum::<i64>()
        + to_patient;
    let facility = totals.claimed.minor() - totals.payable.minor() - patient;
    Shares {
        patient: Money::from_minor(patient),
        facility: Money::from_minor(facility),
    }
}

fn line_document(
    parts: &DecisionParts<'_>,
    line: &Line,
    done: &LineOutcome,
    reasons: Vec<Reason>,
) -> LineDecision {
    let exponent = parts.rules.compiled().exponent;
    let relative = done
        .assignment
        .is_some_and(|a| a.origin == PriceOrigin::Relative);
    LineDecision {
        id: line.id.clone(),
        kind: line.kind,
        code: line.code.clone(),
        status: done.status,
        reasons,
        assignment: done.assignment.map(|a| assignment(parts, &a)),
        quantity: QuantityPair {
            asked: done.quantity_asked.write(),
            approved: done.quantity_approved.write(),
        },
        unit_price: PricePair {
            asked: done.price_asked.write(exponent),
            adjusted: done.price_adjusted.write(exponent),
        },
        amounts: amounts(&done.amounts, exponent),
        remunerated: (done.status == LineStatus::Rejected || !relative)
            .then(|| done.amounts.payable.write(exponent)),
    }
}

pub(crate) fn assignment(parts: &DecisionParts<'_>, assignment: &Assignment) -> AssignmentDocument {
    let compiled = parts.rules.compiled();
    let policy = parts.request.coverage.get(usize::from(assignment.policy.0));
    AssignmentDocument {
        policy: policy.map(|p| p.policy.clone()).unwrap_or_default(),
        product: compiled
            .product_codes
            .get(assignment.product.index())
            .cloned()
            .unwrap_or_default(),
        benefit: assignment.benefit,
        terms: match assignment.terms {
            Terms::CoInsurance(percent) => TermsDocument::CoInsurance(percent.write()),
            Terms::Fixed(amount) => TermsDocument::Fixed(amount.write(compiled.exponent)),
            Terms::Unlimited => TermsDocument::Unlimited,
        },
        price_origin: assignment.origin,
    }
}

fn amounts(amounts: &Amounts, exponent: u8) -> AmountsDocument {
    AmountsDocument {
        claimed: amounts.claimed.write(exponent),
        price_adjustment: amounts.price_adjustment.write(exponent),
        review_adjustment: amounts.review_adjustment.write(exponent),
        quantity_cut: amounts.quantity_cut.write(exponent),
        fixed_cut: amounts.fixed_cut.write(exponent),
        deductible: amounts.deductible.write(exponent),
        co_insurance: amounts.co_insurance.write(exponent),
        category_excess: amounts.category_excess.write(exponent),
        ceiling_excess: amounts.ceiling_excess.write(exponent),
        rejected: amounts.rejected.write(exponent),
        payable: amounts.payable.write(exponent),
    }
}

fn ledger_entry(parts: &DecisionParts<'_>, entry: &Consumption) -> Option<LedgerEntry> {
    let DecisionParts {
        rules,
        request,
        outcome,
        ..
    } = *parts;
    let exponent = rules.compiled().exponent;
    let by_care = |money: Money| -> CareAmounts {
        let amount: Amount = money.write(exponent);
        CareAmounts {
            general: amount,
            inpatient: entry.hospital.then_some(amount),
            outpatient: (!entry.hospital).then_some(amount),
        }
    };
    let mut categories = CategoryAmounts::default();
    let slot = match outcome.category {
        ServiceCategory::Surgery => &mut categories.surgery,
        ServiceCategory::Delivery => &mut categories.delivery,
        ServiceCategory::Antenatal => &mut categories.antenatal,
        ServiceCategory::Hospitalization => &mut categories.hospitalization,
        ServiceCategory::Consultation => &mut categories.consultation,
        ServiceCategory::Other | ServiceCategory::Visit => &mut categories.visit,
    };
    *slot = Some(entry.category.write(exponent));
    Some(LedgerEntry {
        policy: request
            .coverage
            .get(usize::from(entry.policy.0))?
            .policy
            .clone(),
        product: rules
            .compiled()
            .product_codes
            .get(entry.product.index())
            .cloned(),
        person: request.patient.id.clone(),
        claim: request.claim.code.clone(),
        date: Some(entry.date),
        deducted: by_care(entry.deducted),
        remunerated: by_care(entry.remunerated),
        categories,
        reversed: false,
        held: request.mode == Mode::Preauthorization,
    })
}

/// A fact as documents carry it.
pub(crate) fn reason(parts: &DecisionParts<'_>, fact: &Fact) -> Reason {
    let mut values = std::collections::BTreeMap::new();
    fact.for_each_value(|name, value| {
        values.insert(Cow::Borrowed(name), value_text(parts, value));
    });
    Reason {
        code: Cow::Borrowed(fact.code()),
        effect: fact.effect(),
        openimis: fact.openimis(),
        carc: fact.carc().map(|(group, code)| Carc {
            group,
            code: Cow::Borrowed(code),
        }),
        values,
    }
}

/// A value of a fact as text: amounts with the currency's decimals, days as dates, ids as codes.
#[must_use]
pub fn value_text(parts: &DecisionParts<'_>, value: Value) -> String {
    let compiled = parts.rules.compiled();
    let code = |code: Option<&Code>| code.map(ToString::to_string).unwrap_or_default();
    match value {
        Value::Money(money) => money.write(compiled.exponent).to_string(),
        Value::Units(units) => units.write().to_string(),
        Value::Share(percent) => percent.write().to_string(),
        Value::Day(day) => day.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Name(name) => name.to_owned(),
        Value::Policy(policy) => code(
            parts
                .request
                .coverage
                .get(usize::from(policy))
                .map(|p| &p.policy),
        ),
        Value::Product(product) => code(compiled.product_codes.get(product.index())),
        Value::Element(element) => {
            code(compiled.elements.get(element.index()).map(|(_, code)| code))
        }
        Value::Text(symbol) => code(compiled.symbols.get(symbol.index())),
        Value::Reviewer(line) => {
            let review = parts
                .request
                .claim
                .lines
                .get(line as usize)
                .and_then(|l| l.review.as_ref());
            code(review.and_then(|r| r.reviewer.as_ref()))
        }
    }
}

/// The reasoning as a tree: claim, its policies, its lines.
fn tree(parts: &DecisionParts<'_>, trace: &FullTrace, level: TraceLevel) -> Option<TraceNode> {
    let DecisionParts {
        request, outcome, ..
    } = *parts;
    if level == TraceLevel::None {
        return None;
    }
    let shown = |fact: &&Fact| level == TraceLevel::Full || fact.effect() != Effect::Informs;
    let node = |subject, id: &Code, facts: &mut dyn Iterator<Item = &Fact>| TraceNode {
        subject,
        id: id.clone(),
        facts: facts
            .filter(shown)
            .map(|fact| reason(parts, fact))
            .collect(),
        children: Vec::new(),
    };
    let mut root = node(
        Subject::Claim,
        &request.claim.code,
        &mut trace.claim.iter().chain(&outcome.reasons),
    );
    for (policy, position) in request.coverage.iter().zip(0_u16..) {
        let own = trace
            .policies
            .iter()
            .filter(|(at, _)| at.0 == position)
            .map(|(_, fact)| fact);
        root.children
            .push(node(Subject::Policy, &policy.policy, &mut own.into_iter()));
    }
    for (line, position) in request.claim.lines.iter().zip(0_u32..) {
        let mut facts: Vec<&Fact> = trace
            .lines
            .iter()
            .filter(|(at, _)| *at == position)
            .map(|(_, fact)| fact)
            .collect();
        // A reason that the trace has not seen (a verdict, a rejected claim) ends the line.
        for (_, fact) in outcome
            .line_reasons
            .iter()
            .filter(|(at, _)| *at == position)
        {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        root.children
            .push(node(Subject::Line, &line.id, &mut facts.into_iter()));
    }
    root.children
        .retain(|child| level == TraceLevel::Full || !child.facts.is_empty());
    Some(root)
}

impl CarcGroup {
    /// Does the patient bear it?
    #[must_use]
    pub const fn to_patient(self) -> bool {
        matches!(self, Self::PR)
    }
}

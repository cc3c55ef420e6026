//! What the rules of review ask about a claim.

use std::collections::BTreeMap;

use crate::advisor::snapshot;
use crate::claim::Request;
use crate::code::Code;
use crate::decision::Decision;
use crate::error::Error;
use crate::ruleset::RuleSet;
use crate::scheme::{ClaimFilter, Facility, Stratum};

/// A claim, decided by the rules.
#[derive(Debug)]
pub(super) struct Facts<'r> {
    pub(super) request: &'r Request,
    pub(super) decision: Decision,
    facility: Option<&'r Facility>,
    /// Products that pay something of it, the one that pays most first.
    pub(super) products: Vec<Code>,
    /// What it asks for and what the rules pay, in minor units.
    pub(super) claimed: i64,
    pub(super) payable: i64,
}

impl<'r> Facts<'r> {
    pub(super) fn of(rules: &'r RuleSet, request: &'r Request) -> Result<Self, Error> {
        let decision = rules.adjudicate(request)?;
        let exponent = rules.scheme().currency.exponent;
        let minor = |amount: crate::Amount| amount.units_at(exponent).unwrap_or(0);
        let mut facilities = rules.scheme().facilities.iter();
        Ok(Self {
            facility: facilities.find(|f| f.code == request.claim.facility),
            products: products(&decision, minor),
            claimed: minor(decision.totals.amounts.claimed),
            payable: minor(decision.totals.scheme_share),
            request,
            decision,
        })
    }

    /// The hash of what an advisor would see of it.
    pub(super) fn input_hash(&self, rules: &RuleSet) -> Code {
        snapshot(rules, self.request, &self.decision).input_hash
    }

    pub(super) fn diagnosis(&self) -> Option<&Code> {
        self.request.claim.diagnoses.first()
    }

    /// Is a rule with this filter for the claim?
    pub(super) fn fits(&self, only: &ClaimFilter) -> bool {
        let claim = &self.request.claim;
        let any = |empty: bool, fits: bool| empty || fits;
        any(
            only.facilities.is_empty(),
            only.facilities.contains(&claim.facility),
        ) && any(
            only.products.is_empty(),
            self.products.iter().any(|p| only.products.contains(p)),
        ) && any(
            only.visit_types.is_empty(),
            only.visit_types.contains(&claim.visit_type),
        ) && any(
            only.categories.is_empty(),
            only.categories.contains(&self.decision.category),
        )
    }

    /// The claim's group.
    pub(super) fn group(&self, by: &[Stratum]) -> Vec<String> {
        by.iter().map(|stratum| self.value(stratum)).collect()
    }

    fn value(&self, stratum: &Stratum) -> String {
        let claim = &self.request.claim;
        let word = |value: Option<String>| value.unwrap_or_default();
        match stratum {
            Stratum::Facility => claim.facility.to_string(),
            Stratum::FacilityLevel => word(self.facility.map(|f| name(&f.level))),
            Stratum::Product => word(self.products.first().map(ToString::to_string)),
            Stratum::VisitType => name(&claim.visit_type),
            Stratum::Category => name(&self.decision.category),
            Stratum::Diagnosis => word(self.diagnosis().map(ToString::to_string)),
            Stratum::FacilityAttribute(attribute) => {
                let value = self.facility.and_then(|f| f.attributes.get(attribute));
                word(value.map(str::to_owned))
            }
            Stratum::PatientAttribute(attribute) => {
                let value = self.request.patient.attributes.get(attribute);
                word(value.map(str::to_owned))
            }
        }
    }
}

/// The word that documents write for a value.
fn name(value: &impl serde::Serialize) -> String {
    let written = serde_json::to_value(value).ok();
    let word = written.as_ref().and_then(|value| value.as_str());
    word.unwrap_or_default().to_owned()
}

/// Products by what they pay, the most first; of equals by code.
fn products(decision: &Decision, minor: impl Fn(crate::Amount) -> i64) -> Vec<Code> {
    let mut paid: BTreeMap<&Code, i64> = BTreeMap::new();
    for line in &decision.lines {
        if let Some(assignment) = &line.assignment {
            let sum = paid.entry(&assignment.product).or_default();
            *sum = sum.saturating_add(minor(line.amounts.payable));
        }
    }
    let mut products: Vec<_> = paid.into_iter().collect();
    products.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    products.into_iter().map(|(code, _)| code.clone()).collect()
}

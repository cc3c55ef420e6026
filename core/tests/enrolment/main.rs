//! Periods and premiums against numbers worked out by hand, and what holds for all of them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in this file a value that is not there is a failed test"
)]

mod activation;
mod period;
mod premium;
mod properties;

use adjudica::enrolment::{self, PeriodAnswer, PremiumAnswer};
use adjudica::{Error, RuleSet, Scheme};
use serde_json::{Value, json};

/// Rules whose products A, B, .. have these enrolment parts.
fn scheme(enrolments: &[Value]) -> Value {
    let products = enrolments.iter().zip(["A", "B", "C", "D"]);
    let products: Vec<Value> = products
        .map(|(enrolment, code)| {
            json!({"code": code, "enrolment": enrolment,
                   "benefits": [{"services": ["S"], "cover": [{}]}]})
        })
        .collect();
    json!({
        "schema": "adjudica/scheme@1", "code": "small", "version": "1",
        "currency": {"code": "USD", "exponent": 2},
        "catalogue": {"services": [{"code": "S", "price": "1.00"}]},
        "products": products,
    })
}

fn rules_of(scheme: Value) -> RuleSet {
    let scheme: Scheme = serde_json::from_value(scheme).unwrap();
    RuleSet::compile(scheme).unwrap()
}

fn rules(enrolment: Value) -> RuleSet {
    rules_of(scheme(&[enrolment]))
}

/// The same rules under other conventions.
fn under(conventions: Value, enrolment: Value) -> RuleSet {
    let mut scheme = scheme(&[enrolment]);
    scheme["conventions"] = conventions;
    rules_of(scheme)
}

fn legacy(enrolment: Value) -> RuleSet {
    under(json!({"preset": "legacy-sql"}), enrolment)
}

fn period(rules: &RuleSet, request: Value) -> Result<PeriodAnswer, Error> {
    enrolment::period(rules, &serde_json::from_value(request).unwrap())
}

fn premium(rules: &RuleSet, request: Value) -> Result<PremiumAnswer, Error> {
    enrolment::premium(rules, &serde_json::from_value(request).unwrap())
}

fn new_on(date: &str) -> Value {
    json!({"product": "A", "enrolment_date": date})
}

fn renewed_on(date: &str, expiry: &str) -> Value {
    json!({"product": "A", "stage": "renewed", "enrolment_date": date,
           "previous": {"expiry": expiry}})
}

/// So many adults, children, other adults and other children.
fn members(counts: [usize; 4]) -> Vec<Value> {
    let mut members = Vec::new();
    for (kind, count) in counts.into_iter().enumerate() {
        for number in 0..count {
            let birth = if kind % 2 == 0 {
                "1980-01-01"
            } else {
                "2020-01-01"
            };
            members.push(json!({
                "id": format!("{kind}-{number}"), "birth_date": birth, "other_relative": kind > 1,
            }));
        }
    }
    members
}

fn household(date: &str, counts: [usize; 4]) -> Value {
    let mut request = new_on(date);
    request["members"] = members(counts).into();
    request
}

fn total(rules: &RuleSet, counts: [usize; 4]) -> String {
    let answer = premium(rules, household("2025-01-15", counts)).unwrap();
    answer.total.to_string()
}

fn codes(reasons: &[enrolment::Remark]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code.as_ref()).collect()
}

//! A claim that meets every stage: history, two policies, conditions, limits of all kinds.

use adjudica::wire::{Format, read_request, read_scheme};
use adjudica::{Request, RuleSet};
use serde_json::json;

/// Lines of the claim.
const LINES: usize = 10;
/// Earlier provisions of the patient.
const PROVISIONS: usize = 60;
/// Ledger entries of the family.
const ENTRIES: usize = 40;

/// The rule set and the claim.
///
/// # Panics
/// If the documents below are not what the engine reads.
pub fn rules_and_request() -> (RuleSet, Request) {
    let code = |i: usize| format!("S{i:03}");
    let services: Vec<_> = (0..40)
        .map(|i| {
            json!({"code": code(i), "price": "120.00", "frequency_days": 3, "max_quantity": "20",
                   "category": if i == 3 { "consultation" } else { "other" },
                   "patients": {"sexes": ["male", "female"], "age_groups": ["adult", "child"]}})
        })
        .collect();
    let entries: Vec<_> = (0..40)
        .map(|i| json!({"kind": "service", "code": code(i), "price": "110.00"}))
        .collect();
    let product = |name: &str, cover: serde_json::Value| {
        let codes: Vec<_> = (0..40).map(code).collect();
        json!({
            "code": name,
            "age_limits": {"min": 0, "max": 99},
            "filing_deadline_days": 60,
            "deductible": {"general": {"scope": "insuree", "amount": "50.00"}},
            "ceiling": {"general": {"scope": "policy", "amount": "900.00",
                "extra_members": {"above": 2, "amount": "100.00", "maximum": "1200.00"},
                "supplements": [{"code": "ELDER", "patient": {"age": {"min": 70}}, "amount": "100.00"}]}},
            "category_limits": {"consultation": {"max_claims": 30, "max_amount": "800.00",
                                                 "amount_window": "fiscal_year"}},
            "benefits": [{"services": codes, "cover": cover,
                          "waiting_months": {"adult": 1, "child": 1},
                          "max_quantity": {"adult": "90", "child": "90"},
                          "quantity_window": {"rolling_days": 365}}],
        })
    };
    let scheme = json!({
        "schema": "adjudica/scheme@1", "code": "rich", "version": "1",
        "currency": {"code": "USD", "exponent": 2},
        "catalogue": {"services": services},
        "price_lists": [{"code": "PL", "entries": entries}],
        "facilities": [{"code": "HF1", "level": "hospital", "ownership": "government", "price_lists": ["PL"]}],
        "products": [
            product("A", json!([{"when": {"facility": {"ownership": ["government"]}}, "co_insurance": "90"},
                                {"co_insurance": "80"}])),
            product("B", json!([{"fixed": "70.00"}])),
        ],
    });
    let lines: Vec<_> = (0..LINES)
        .map(|i| json!({"id": i.to_string(), "kind": "service", "code": code(i), "quantity": "2", "price": "125.00"}))
        .collect();
    let members: Vec<_> = ["P", "Q", "R", "S"]
        .map(|person| {
            json!({"person": person, "birth_date": "1950-01-01", "effective": "2025-01-01", "expiry": "2025-12-31"})
        })
        .to_vec();
    let policy = |name: &str, product: &str| {
        json!({"policy": name, "product": product, "effective": "2025-01-01", "expiry": "2025-12-31",
               "memberships": members})
    };
    let provisions: Vec<_> = (0..PROVISIONS)
        .map(|i| {
            json!({"claim": format!("OLD{i}"), "kind": "service", "code": code(i % 40),
                   "date": format!("2025-{:02}-10", 1 + i % 5), "quantity": "1"})
        })
        .collect();
    let ledger: Vec<_> = (0..ENTRIES)
        .map(|i| {
            json!({"policy": if i % 2 == 0 { "POL-A" } else { "POL-B" }, "person": (["P", "Q", "R", "S"][i % 4]),
                   "claim": format!("OLD{i}"), "date": "2025-03-10",
                   "deducted": {"general": "1.00"}, "remunerated": {"general": "11.00"}})
        })
        .collect();
    let request = json!({
        "claim": {"code": "NEW", "date_from": "2025-06-15", "date_claimed": "2025-06-20", "facility": "HF1",
                  "lines": lines},
        "patient": {"id": "P", "birth_date": "1950-01-01", "sex": "female"},
        "coverage": [policy("POL-A", "A"), policy("POL-B", "B")],
        "history": {"provisions": provisions, "ledger": ledger},
    });
    let rules = read_scheme(&scheme.to_string(), Format::Json)
        .map(RuleSet::compile)
        .expect("the rich scheme is well-formed")
        .expect("the rich scheme is valid");
    (
        rules,
        read_request(&request.to_string()).expect("the rich request is well-formed"),
    )
}

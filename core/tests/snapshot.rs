//! What reading a snapshot does with rows that leave something open.
#![expect(
    clippy::unwrap_used,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use adjudica::compat::{columns, read_line};
use adjudica::scheme::{Cap, Scope};
use adjudica::{Error, RuleSet, wire};
use serde_json::{Value, json};

/// One item at 10.00, covered in full, claimed once at 12.00.
fn snapshot() -> Value {
    json!({
        "config": {"verify_quantities": false, "age_of_majority": 18},
        "input": {
            "health_facility": {"code": "HF1", "level": "C", "care_type": "B"},
            "medical_items": [{"code": "I1", "price": "10.00", "care_type": "B",
                "validity_from": "2020-01-01T00:00:00"}],
            "items_pricelist": {"details": [{"item": "I1"}]},
            "services_pricelist": null,
            "products": [{"code": "P1", "items": [{"item": "I1", "price_origin": "P",
                "limitation_type": "C", "limit_adult": null, "limit_child": "80.00"}]}],
            "family": {"members": [{"chf_id": "1", "dob": "1990-01-01", "gender": "F"}]},
            "policies": [{"ref": "POL", "product": "P1", "status": 2, "stage": "N",
                "effective_date": "2025-01-01", "expiry_date": "9999-12-31",
                "insuree_policies": [{"insuree": "1", "effective_date": "2025-01-01",
                    "expiry_date": "9999-12-31"}]}],
            "claim": {"code": "C1", "insuree": "1", "date_from": "2025-03-01",
                "items": [{"item": "I1", "qty_provided": 1, "price_asked": "12.00"}]}
        }
    })
}

fn codes(warnings: &[Error]) -> Vec<String> {
    let shown = |warning: &Error| format!("{} {}", warning.code, warning.path);
    warnings.iter().map(shown).collect()
}

/// Status, reason and value of the only line, as openIMIS stores them, and the warnings.
fn stored(snapshot: &Value) -> (i64, Option<i16>, String, Vec<String>) {
    let (_, reading) = read_line(&snapshot.to_string()).unwrap();
    let rules = RuleSet::compile(reading.scheme).unwrap();
    let decision = rules.adjudicate(&reading.request).unwrap();
    let line = columns(&reading.request, &decision).items.remove(0);
    let value = line
        .price_valuated
        .map_or_else(String::new, |value| value.to_string());
    (
        line.status,
        line.rejection_reason,
        value,
        codes(&reading.warnings),
    )
}

#[test]
fn plain_rows_need_no_warning() {
    assert_eq!(stored(&snapshot()), (1, Some(0), "10.00".into(), vec![]));
}

#[test]
fn without_a_price_list_nothing_is_on_it() {
    let mut snapshot = snapshot();
    snapshot["input"]["items_pricelist"] = Value::Null;
    assert_eq!(stored(&snapshot), (2, Some(2), String::new(), vec![]));
}

#[test]
fn a_missing_limitation_type_does_not_cover_that_visit() {
    let mut snapshot = snapshot();
    snapshot["input"]["claim"]["visit_type"] = json!("E");
    assert_eq!(stored(&snapshot), (2, Some(3), String::new(), vec![]));
}

#[test]
fn an_item_closed_during_the_day_was_valid_until_the_day_before() {
    let mut snapshot = snapshot();
    snapshot["input"]["medical_items"][0]["validity_to"] = json!("2025-03-01T09:00:00");
    assert_eq!(stored(&snapshot).1, Some(1));
    snapshot["input"]["medical_items"][0]["validity_to"] = json!("2025-03-02T09:00:00");
    assert_eq!(stored(&snapshot).1, Some(0));
}

#[test]
fn a_line_that_arrives_rejected_stays_rejected() {
    for (status, reason, expected) in [(2, 0, 1), (2, 4, 4), (1, -1, -1)] {
        let mut snapshot = snapshot();
        snapshot["input"]["claim"]["items"][0]["status"] = json!(status);
        snapshot["input"]["claim"]["items"][0]["rejection_reason"] = json!(reason);
        assert_eq!(stored(&snapshot).1, Some(expected));
    }
}

#[test]
fn a_reviewers_zero_pays_nothing() {
    let mut snapshot = snapshot();
    snapshot["input"]["claim"]["items"][0]["qty_approved"] = json!("0.00");
    assert_eq!(stored(&snapshot), (1, Some(0), "0.00".into(), vec![]));
}

#[test]
fn each_guess_is_said_with_its_place() {
    let mut snapshot = snapshot();
    snapshot["config"]["default_validations_disabled"] = json!(true);
    let input = &mut snapshot["input"];
    input["claim"]["visit_type"] = json!("X");
    input["claim"]["items"][0]["price_asked"] = json!("12.005");
    input["medical_items"][0]["colour"] = json!("red");
    input["medical_items"][0]["patient_category"] = json!(3);
    input["products"][0]["items"][0]["limit_adult"] = json!("130.00");
    input["items_pricelist"]["details"][0]["item"] = json!("I1");
    input["products"][0]["max_treatment"] = json!("5.00");
    input["products"][0]["max_insuree"] = json!("7.00");
    input["products"][0]["max_op_insuree"] = json!("3.00");
    let found = stored(&snapshot);
    assert_eq!(
        found.3,
        [
            "column.passed_over input.medical_items[0].colour",
            "config.validations_disabled config.default_validations_disabled",
            "patients.nobody input.medical_items[0].patient_category",
            "column.percent_range input.products[0].items[0].limit_adult",
            "limit.several_scopes input.products[0].max_insuree",
            "limit.hidden input.products[0]",
            "column.unknown_value input.claim.visit_type",
            "column.places input.claim.items[0].price_asked",
        ]
    );
    let (_, reading) = read_line(&snapshot.to_string()).unwrap();
    let ceiling = reading.scheme.products[0].ceiling.clone().unwrap();
    let general = ceiling.general.unwrap();
    assert_eq!(general.scope, Scope::Treatment);
    assert_eq!(general.amount, Cap::Amount("5.00".parse().unwrap()));
    assert_eq!(ceiling.outpatient, None);
}

#[test]
fn errors_name_the_column() {
    let mut snapshot = snapshot();
    snapshot["input"]["claim"]["items"][0]["qty_provided"] = json!("two");
    let error = read_line(&snapshot.to_string()).unwrap_err();
    assert_eq!(error.code, "column.number");
    assert_eq!(error.path, "input.claim.items[0].qty_provided");
    let error = read_line(r#"{"input":{"health_facility":{"code":"HF1"}}}"#).unwrap_err();
    assert_eq!(error.code, "snapshot.no_claim");
}

/// From text to text, as the bindings do it.
#[test]
fn text_to_text() {
    let read = wire::read_snapshot(&snapshot().to_string()).unwrap();
    assert_eq!(
        (read.name.as_str(), read.warnings.as_slice()),
        ("C1", [].as_slice())
    );
    let rules = RuleSet::compile(read.scheme).unwrap();
    let decision = rules.adjudicate(&read.request).unwrap();
    let request = serde_json::to_string(&read.request).unwrap();
    let decision_text = serde_json::to_string(&decision).unwrap();
    let mut out = Vec::new();
    wire::columns_json(&request, &decision_text, &mut out).unwrap();
    let expected = serde_json::to_vec(&columns(&read.request, &decision)).unwrap();
    assert_eq!(out, expected);
    assert!(wire::columns_json(&request, "{}", &mut Vec::new()).is_err());
    assert!(wire::read_snapshot("{}").is_err());
}

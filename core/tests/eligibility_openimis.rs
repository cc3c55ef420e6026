//! The enquiry of openIMIS 1.11: every recorded answer, and rows changed in ways that the recorded
//! ones do not have.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use std::io::Read as _;

use adjudica::compat::conformance::{EligibilityVector, Kind as _, Whom, judge};
use adjudica::compat::openimis_1_11::{
    Deviates as _, EligibilityReplay, EligibilitySwitch, EligibilitySwitches,
};
use adjudica::conventions::Preset;
use serde_json::{Value, json};

const VECTORS: usize = 120;

fn vectors() -> Vec<Value> {
    let path = format!(
        "{}/tests/vectors/eligibility.ndjson.gz",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

#[test]
fn every_answer_is_replayed_and_every_difference_has_a_name() {
    let all = vectors();
    assert_eq!(all.len(), VECTORS);
    let mut equal = 0;
    for vector in &all {
        let text = vector.to_string();
        for judged in judge(&text, Whom::OpenImis).unwrap() {
            assert!(judged.verdict.equal, "{:?}", judged.verdict);
        }
        for judged in judge(&text, Whom::Ours(Preset::Standard)).unwrap() {
            let verdict = judged.verdict;
            assert_eq!(verdict.unexplained, [], "{}", verdict.id);
            assert!(verdict.smallest, "{}", verdict.id);
            assert_eq!(verdict.equal, verdict.explained_by.is_empty());
            equal += usize::from(verdict.equal);
        }
    }
    assert_eq!(equal, 14);
}

/// Puts a value at each of some places, where the vector has them.
fn set(vector: &mut Value, places: &[(&str, Value)]) {
    for (place, value) in places {
        if let Some(found) = vector.pointer_mut(place) {
            *found = value.clone();
        }
    }
}

/// The vector with rows changed, in each of these ways.
fn changed(vector: &Value) -> Vec<Value> {
    let mut all = vec![vector.clone()];
    let mut with = |places: &[(&str, Value)]| {
        let mut changed = vector.clone();
        set(&mut changed, places);
        all.push(changed);
    };
    for category in ["S", "D", "A", "H", "C", "O"] {
        with(&[
            ("/input/medical_services/0/category", json!(category)),
            ("/input/request/service_code", json!("S001")),
            ("/input/history/claims/0/category", json!("O")),
            ("/input/products/0/max_amount_surgery", json!("0.00")),
            ("/input/products/0/max_no_delivery", json!(-1)),
        ]);
    }
    for status in [1, 2, 4, 8, 16] {
        with(&[("/input/policies/0/status", json!(status))]);
        with(&[
            ("/input/policies/0/status", json!(status)),
            ("/input/policies/0/expiry_date", json!("2026-11-20")),
        ]);
    }
    // Joined later than the policy, yet to come, or gone.
    for (effective, expiry) in [
        ("2026-10-31", "2027-06-30"),
        ("2027-01-31", "2027-06-30"),
        ("2025-01-01", "2026-11-20"),
        ("2025-01-01", "2026-11-21"),
    ] {
        with(&[
            (
                "/input/policies/0/insuree_policies/0/effective_date",
                json!(effective),
            ),
            (
                "/input/policies/0/insuree_policies/0/expiry_date",
                json!(expiry),
            ),
            ("/input/policies/0/effective_date", json!("2024-08-31")),
            ("/input/request/item_code", json!("I001")),
        ]);
    }
    for limit in [json!(-1), json!(0), json!(2), Value::Null] {
        with(&[
            ("/input/products/0/items/0/limit_no_adult", limit.clone()),
            ("/input/products/0/items/0/limit_no_child", limit.clone()),
            ("/input/products/0/items/0/waiting_period_adult", json!(0)),
            ("/input/products/0/items/0/waiting_period_child", json!(0)),
            ("/input/products/0/max_no_visits", Value::Null),
            ("/input/request/item_code", json!("I001")),
        ]);
    }
    for (place, value) in [
        ("/input/request/item_code", json!("NONE")),
        ("/input/request/item_code", json!("i001")),
        ("/input/request/service_code", json!("s001")),
        ("/input/request/chf_id", json!("999")),
        ("/input/family/members/0/validity_to", json!("2026-01-01")),
        ("/input/family/members/0/dob", Value::Null),
        ("/input/medical_items/0/patient_category", json!(8)),
        ("/input/medical_items/0/validity_to", json!("2026-01-01")),
        ("/input/medical_services/0/frequency", json!(4000)),
        ("/input/items_pricelist", Value::Null),
        ("/input/products/0/items/0/limitation_type", Value::Null),
        ("/input/products/0/items/0/validity_to", json!("2026-01-01")),
        ("/input/products/0/validity_to", json!("2026-01-01")),
        ("/input/policies/0/validity_to", json!("2026-01-01")),
        ("/input/policies/0/stage", json!("R")),
    ] {
        with(&[(place, value)]);
    }
    // A second policy just like the first, and a second membership.
    let mut twice = vector.clone();
    let policies = twice["input"]["policies"].as_array_mut().unwrap();
    if let Some(mut again) = policies.first().cloned() {
        again["ref"] = json!("AGAIN");
        policies.push(again);
        all.push(twice);
    }
    all
}

/// What we answer is what the replay answers with no switch on, whatever the rows say: two ways to
/// the same answer. And every switch makes a difference somewhere.
#[test]
fn both_ways_answer_alike_and_every_switch_matters() {
    let mut matters = EligibilitySwitches::NONE;
    let mut asked = 0;
    for vector in vectors().iter().step_by(4).flat_map(changed) {
        let text = vector.to_string();
        let mut vector = EligibilityVector::parse(&text).unwrap();
        let replay = EligibilityReplay {
            snapshot: &vector.snapshot,
            asked: &vector.asked,
            today: vector.today,
        };
        let openimis = replay.answer(EligibilitySwitches::ALL).unwrap();
        for switch in EligibilitySwitch::ALL {
            let without = EligibilitySwitches::ALL.without(*switch);
            if replay.answer(without).unwrap() != openimis {
                matters = matters.with(*switch);
            }
        }
        // So that nothing but the two ways is compared.
        let Ok(columns) = openimis else { continue };
        vector.recorded = Ok(columns);
        let verdicts = vector.judge(Whom::Ours(Preset::Standard)).unwrap();
        for judged in verdicts {
            assert_eq!(judged.verdict.unexplained, [], "{text}");
        }
        asked += 1;
    }
    assert!(asked > 1_000, "{asked}");
    assert_eq!(matters, EligibilitySwitches::ALL);
}

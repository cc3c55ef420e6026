//! Selection is exact, independent of order and reproducible; a selected claim never vanishes.

#![expect(
    clippy::unwrap_used,
    reason = "in this file a value that is not there is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};

use adjudica::wire::{Question, ask_json, compile_text};
use adjudica::{RuleSet, review::TRANSITIONS};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;
use serde_json::{Value, json};

const SCHEME: &str = r#"
schema: adjudica/scheme@1
code: small
version: "1"
currency: {code: USD, exponent: 2}
catalogue:
  services: [{code: S1, price: "100.00"}]
facilities:
  - {code: F1, level: health_centre, attributes: {region: north}}
  - {code: F2, level: health_centre, attributes: {region: south}}
  - {code: F3, level: hospital, attributes: {region: south}}
products:
  - {code: P1, benefits: [{services: [S1], cover: [{co_insurance: "80"}]}]}
review:
"#;

fn rules(review: &str) -> RuleSet {
    compile_text(&format!("{SCHEME}{review}")).unwrap()
}

fn request(code: &str, facility: &str, quantity: u32) -> Value {
    json!({
        "claim": {"code": code, "date_from": "2025-03-01", "facility": facility, "lines": [
            {"id": "1", "kind": "service", "code": "S1", "quantity": quantity.to_string()}]},
        "patient": {"id": code, "birth_date": "1990-01-01"},
        "coverage": [{"policy": code, "product": "P1",
            "effective": "2025-01-01", "expiry": "2025-12-31",
            "memberships": [{"person": code, "effective": "2025-01-01", "expiry": "2025-12-31"}]}],
    })
}

fn ask(rules: &RuleSet, question: Question, request: &Value) -> Value {
    let mut out = Vec::new();
    ask_json(rules, question, &request.to_string(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn selection(rules: &RuleSet, seed: &str, claims: &[Value]) -> Value {
    let claims: Vec<Value> = claims.iter().map(|r| json!({"request": r})).collect();
    let request = json!({"schema": "adjudica/review_selection_request@1", "seed": seed,
        "at": "2025-04-01T00:00:00Z", "claims": claims});
    ask(rules, Question::ReviewSelection, &request)
}

/// `facility/code` of the selected claims, with everything said about them.
fn selected(answer: &Value) -> BTreeMap<String, Value> {
    let claims = answer["claims"].as_array().unwrap().iter();
    claims
        .map(|claim| {
            let name = format!("{}/{}", claim["facility"], claim["claim"]);
            (name, claim.clone())
        })
        .collect()
}

proptest! {
    #![proptest_config(Config { cases: 60, failure_persistence: None, ..Config::default() })]

    /// In each stratum exactly the rounded share is drawn, whatever the seed; the order of the
    /// claims does not matter, and the same seed draws the same.
    #[test]
    fn percentages_are_exact_in_every_stratum(
        sizes in vec(0..40_usize, 3),
        percent in 0..=100_u32,
        seed in "[a-z]{1,8}",
        by in select(vec!["[facility]", "[facility_attribute: region]", "[]"]),
    ) {
        let by = by.replace("[facility_attribute: region]", "[{facility_attribute: region}]");
        let rules = rules(&format!(
            "  selection: [{{code: spot, select: {{random: {{percent: \"{percent}\"}}}}, by: {by}}}]\n"));
        let mut claims = Vec::new();
        for (facility, size) in ["F1", "F2", "F3"].iter().zip(&sizes) {
            claims.extend((0..*size).map(|n| request(&format!("C{n}"), facility, 1)));
        }
        let answer = selection(&rules, &seed, &claims);
        let groups: Vec<usize> = match by.as_str() {
            "[]" => vec![sizes.iter().sum()],
            "[facility]" => sizes.clone(),
            _ => vec![sizes[0], sizes[1] + sizes[2]],
        };
        let share = |n: usize| (n * percent as usize * 2 + 100) / 200;
        let expected: Vec<usize> = groups.iter().filter(|n| **n > 0).map(|n| share(*n)).collect();
        let drawn: Vec<usize> = answer["rules"][0]["groups"].as_array().unwrap().iter()
            .map(|group| group["chosen"].as_u64().unwrap() as usize).collect();
        prop_assert_eq!(&drawn, &expected);
        let total = answer["counts"]["selected"].as_u64().unwrap() as usize;
        prop_assert_eq!(total, expected.iter().sum::<usize>());

        claims.reverse();
        prop_assert_eq!(selected(&selection(&rules, &seed, &claims)), selected(&answer));
    }

    /// Of the claims chosen, capacity leaves exactly as many as there is room for, the ones with
    /// the highest priority and of these the largest.
    #[test]
    fn capacity_keeps_the_most_important(quantities in vec(1..9_u32, 1..30), capacity in 0..12_u32) {
        let rules = rules(&format!("  capacity: {capacity}\n  selection:\n\
            \x20   - {{code: large, select: {{value: \"500.00\"}}, priority: 90}}\n\
            \x20   - {{code: all, select: {{value: \"200.00\"}}, priority: 10}}\n"));
        let claims: Vec<Value> = quantities.iter().enumerate()
            .map(|(n, quantity)| request(&format!("C{n}"), "F1", *quantity)).collect();
        let answer = selection(&rules, "s", &claims);
        let mut wanted: Vec<u32> = quantities.iter().copied().filter(|q| *q >= 2).collect();
        wanted.sort_unstable_by(|a, b| b.cmp(a));
        wanted.truncate(capacity as usize);
        let mut kept: Vec<u32> = answer["claims"].as_array().unwrap().iter().zip(&quantities)
            .filter(|(claim, _)| claim["state"] == "selected").map(|(_, quantity)| *quantity).collect();
        kept.sort_unstable_by(|a, b| b.cmp(a));
        prop_assert_eq!(kept, wanted);
    }

    /// Whatever is done in whatever order: every move is in the table and on file, a selected
    /// review ends by a person or after its deadline only, what is refused changes nothing, and
    /// at most one set of ledger entries counts.
    #[test]
    fn nothing_vanishes(steps in vec((0..14_usize, 0..40_i32, select(vec!["R1", "R2"])), 1..25)) {
        let rules = rules("  undone: {hold: {days: 10}}\n  appeal_days: 20\n");
        let request = request("C1", "F1", 2);
        let (mut file, mut day) = (json!({}), "2025-04-01".parse::<adjudica::calendar::Day>().unwrap());
        let mut ledger: BTreeMap<String, i64> = BTreeMap::new();
        for (which, days, by) in steps {
            day = day.add_days(days / 10);
            let lines = json!([{"line": "1", "quantity": if days % 2 == 0 { "1" } else { "2" }, "reason": "seen"}]);
            let action = [
                json!({"select": {}}), json!({"pass_over": {}}), json!({"deliver": {"lines": lines}}),
                json!({"bypass": {"reason": "ill"}}), json!({"lapse": {}}), json!({"reopen": {"reason": "more"}}),
                json!({"select_feedback": {}}), json!({"pass_over_feedback": {}}),
                json!({"deliver_feedback": {"answers": {"care_rendered": true, "payment_asked": false,
                    "drug_prescribed": true, "drug_received": true, "overall": 5}}}),
                json!({"bypass_feedback": {"reason": "moved"}}), json!({"settle": {}}),
                json!({"appeal": {"reason": "wrong"}}),
                json!({"decide_appeal": {"lines": lines, "reason": "right"}}),
                json!({"reverse": {"reason": "void"}}),
            ][which].clone();
            let answer = ask(&rules, Question::Review, &json!({"schema": "adjudica/review_request@1",
                "request": request, "file": file, "at": format!("{day}T12:00:00Z"),
                "steps": [{"by": by, "action": action}]}));
            let next = answer["file"].clone();
            let held = answer["standing"].get("hold").is_some();
            if answer.get("refusal").is_some() {
                prop_assert_eq!(next["events"].clone(), file["events"].clone());
                prop_assert_eq!(&answer["added"], &json!([]));
                continue;
            }
            let event = next["events"].as_array().unwrap().last().unwrap();
            let before = |track: &str| file.get(track).cloned().unwrap_or(json!("idle"));
            for track in ["review", "feedback"] {
                if before(track) == next[track] {
                    continue;
                }
                let found = TRANSITIONS.iter().any(|t| json!(t.step) == event["step"]
                    && json!(t.track) == json!(track) && json!(t.from) == before(track)
                    && json!(t.to) == next[track]);
                prop_assert!(found, "{event}");
                prop_assert_eq!(&event["after"], &next[track]);
            }
            if before("review") == json!("selected") && next["review"] == json!("bypassed") {
                let person = event["step"] == "bypass";
                let due: adjudica::calendar::Day = file["due"].as_str().unwrap().parse().unwrap();
                prop_assert!(person || due < day);
            }
            if next["review"] == json!("selected") && next.get("settled").is_none() {
                let due: adjudica::calendar::Day = next["due"].as_str().unwrap().parse().unwrap();
                prop_assert_eq!(held, day <= due);
            }
            for entry in answer["reversed"].as_array().unwrap() {
                *ledger.entry(entry["remunerated"]["general"].to_string()).or_default() -= 1;
            }
            for entry in answer["added"].as_array().unwrap() {
                *ledger.entry(entry["remunerated"]["general"].to_string()).or_default() += 1;
            }
            prop_assert!(ledger.values().all(|count| (0..=1).contains(count)), "{ledger:?}");
            prop_assert!(ledger.values().sum::<i64>() <= 1);
            let counting = next.get("ledger").map_or(0, |entries| entries.as_array().unwrap().iter()
                .filter(|entry| entry["reversed"] != json!(true)).count() as i64);
            prop_assert_eq!(ledger.values().sum::<i64>(), counting);
            file = next;
        }
    }
}

/// Two facilities may use one claim code, and have their own draws.
#[test]
fn a_claim_is_its_code_and_its_facility() {
    let rules = rules("  selection: [{code: spot, select: {random: {percent: \"50\"}}}]\n");
    let claims = [request("C1", "F1", 1), request("C1", "F2", 1)];
    let answer = selection(&rules, "s", &claims);
    let draws: BTreeSet<String> = answer["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| claim["looks"][0]["found"]["random"]["draw"].to_string())
        .collect();
    assert_eq!(draws.len(), 2);
    assert_eq!(answer["counts"]["selected"], 1);
}

/// Amounts that add up to more than the engine counts are an error, never a wrong sum.
#[test]
fn sums_that_do_not_fit_are_refused() {
    let rules = rules("  blind: \"5\"\n");
    let asked = |claims: usize, payable: &str| {
        let claims: Vec<Value> = (0..claims)
            .map(|n| json!({"claim": format!("C{n}"), "facility": "F1", "payable": payable}))
            .collect();
        let request = json!({"schema": "adjudica/sampling_request@1",
            "at": "2025-04-01T00:00:00Z", "claims": claims});
        let mut out = Vec::new();
        ask_json(&rules, Question::Sampling, &request.to_string(), &mut out)
            .map_err(|error| (error.code.to_string(), error.path))
    };
    // The largest sum is 92,233,720,368,547,758.07.
    assert_eq!(asked(100, "900000000000000.00"), Ok(()));
    let refused = |code: &str, path: &str| Err((code.to_owned(), path.to_owned()));
    assert_eq!(
        asked(103, "900000000000000.00"),
        refused("amount.range", "claims")
    );
    assert_eq!(
        asked(1, "-1.00"),
        refused("amount.negative", "claims[0].payable")
    );
}

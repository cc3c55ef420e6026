//! The migration audit: its sums reconcile, and it says what a hand-worked claim says.
#![expect(
    clippy::unwrap_used,
    reason = "in this file a value that is not there is a failed test"
)]

use std::io::Read as _;

use adjudica::compat::audit::{Audit, Auditor, Group, Place};
use adjudica::compat::openimis_1_11::Run;
use adjudica::wire::audit_json;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn vectors(file: &str) -> Vec<String> {
    let path = format!("{}/tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(str::to_owned).collect()
}

/// A part of the vectors that a test without optimisation can afford: every 31st claim, and the
/// shortest sequences.
fn some() -> Vec<String> {
    let claims = vectors("claims.ndjson.gz").into_iter().step_by(31);
    let mut sequences = vectors("sequences.ndjson.gz");
    sequences.sort_by_key(String::len);
    claims.chain(sequences.into_iter().take(4)).collect()
}

fn audit<'a>(lines: impl IntoIterator<Item = (u32, &'a String)>, run: Run) -> Auditor {
    let mut auditor = Auditor::new(run);
    for (line, text) in lines {
        auditor.take(Place { file: 0, line }, text).unwrap();
    }
    auditor
}

fn reconciles(audit: &Audit) {
    let all = audit.totals;
    assert_eq!(all.claims, all.equal + all.changed);
    assert_eq!(all.difference.0, all.openimis.0 - all.standard.0);
    assert_eq!(all.difference.0, all.overpaid.0 - all.underpaid.0);
    let moved: Decimal = audit.deviations.iter().map(|row| row.difference.0).sum();
    assert_eq!(moved, all.difference.0);
    for groups in [
        &audit.products,
        &audit.facilities,
        &audit.categories,
        &audit.months,
    ] {
        let sum = |of: fn(&Group) -> Decimal| groups.iter().map(of).sum::<Decimal>();
        let count = |of: fn(&Group) -> u64| groups.iter().map(of).sum::<u64>();
        assert_eq!(sum(|g| g.figures.openimis.0), all.openimis.0);
        assert_eq!(sum(|g| g.figures.standard.0), all.standard.0);
        assert_eq!(sum(|g| g.figures.overpaid.0), all.overpaid.0);
        assert_eq!(sum(|g| g.figures.underpaid.0), all.underpaid.0);
        assert_eq!(sum(|g| g.figures.difference.0), all.difference.0);
        assert_eq!(count(|g| g.figures.claims), all.claims);
        assert_eq!(count(|g| g.figures.changed), all.changed);
        assert_eq!(count(|g| g.figures.unadjudicable), all.unadjudicable);
    }
    let faults: u64 = audit.faults.iter().map(|fault| fault.claims).sum();
    assert_eq!(faults, all.unadjudicable);
    for claim in &audit.largest {
        let moved: Decimal = claim.deviations.iter().map(|share| share.money.0).sum();
        assert_eq!(moved, claim.difference.0, "{}", claim.claim);
        assert!(!claim.differences.is_empty());
        assert!(
            claim.explanation.contains(claim.claim.as_str()),
            "{}",
            claim.explanation
        );
    }
    let sizes: Vec<Decimal> = audit.largest.iter().map(|c| c.difference.0.abs()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes.len() <= 10);
    assert_eq!(
        audit.recorded.disagreements, 0,
        "{:?}",
        audit.recorded.names
    );
}

#[test]
fn sums_reconcile_and_do_not_depend_on_the_order() {
    let lines = some();
    for run in [Run::Process, Run::Flow] {
        let numbered = || (1..).zip(&lines);
        let whole = audit(numbered(), run).finish();
        reconciles(&whole);
        assert!(
            whole.totals.equal > 0 && whole.totals.changed > 10,
            "{:?}",
            whole.totals
        );
        assert!(whole.totals.overpaid_claims > 0 && whole.totals.underpaid_claims > 0);
        assert!(whole.recorded.claims > 10);
        assert_eq!(whole.largest.len(), 10);

        let half = |odd: bool| audit(numbered().filter(|(n, _)| (n % 2 == 1) == odd), run);
        let mut halves = half(false);
        halves.merge(half(true));
        assert_eq!(halves.finish(), whole);
    }
}

/// 1.50 units at 99.99 are 149.985, rounded 149.99; openIMIS drops the cents and pays 149.
fn claim(code: &str, date: &str, quantity: &str) -> Value {
    json!({"id": code, "input": {
        "health_facility": {"code": "HF1", "level": "C", "care_type": "B"},
        "medical_items": [{"code": "I1", "price": "99.99", "patient_category": 15,
            "validity_from": "2019-01-01"}],
        "items_pricelist": {"details": [{"item": "I1", "validity_from": "2019-01-01"}]},
        "products": [{"code": "P1", "ceiling_interpretation": "I", "items": [{"item": "I1",
            "price_origin": "P", "limitation_type": "C", "limit_adult": "100.00"}]}],
        "family": {"members": [{"chf_id": "1", "dob": "1980-01-01", "gender": "F"}]},
        "policies": [{"ref": "POL1", "product": "P1", "status": 2, "stage": "N",
            "effective_date": "2024-01-01", "expiry_date": "2024-12-31",
            "insuree_policies": [{"insuree": "1", "effective_date": "2024-01-01",
                "expiry_date": "2024-12-31"}]}],
        "claim": {"code": code, "insuree": "1", "date_from": date,
            "date_claimed": date, "status": 2,
            "items": [{"item": "I1", "qty_provided": quantity, "price_asked": "99.99",
                "status": 1}]}
    }})
}

fn document(lines: &str, options: &str) -> Value {
    let mut out = Vec::new();
    audit_json(lines, options, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn a_hand_worked_history() {
    let lines = [
        claim("A", "2024-05-01", "1.50"),
        claim("B", "2024-05-31", "100.00"),
        claim("C", "2024-06-01", "2.00"),
        // Not covered by any policy: rejected by both, in other columns.
        claim("D", "2023-06-01", "1.00"),
    ]
    .map(|line| line.to_string());
    // A: 149 for 149.99. B: 9999 for 9999. C: 199 for 199.98.
    let found = document(&lines.join("\n\n"), "");
    let totals = &found["totals"];
    for (name, value) in [
        ("claims", json!(4)),
        ("equal", json!(1)),
        ("changed", json!(3)),
        ("overpaid_claims", json!(0)),
        ("underpaid_claims", json!(2)),
        ("unadjudicable", json!(0)),
        ("openimis", json!("10347.00")),
        ("standard", json!("10348.97")),
        ("overpaid", json!("0.00")),
        ("underpaid", json!("1.97")),
        ("difference", json!("-1.97")),
    ] {
        assert_eq!(totals[name], value, "{name} {totals:#}");
    }
    assert_eq!(found["schema"], "adjudica/audit@1");
    assert_eq!(found["run"], "process");
    let deviations = found["deviations"].as_array().unwrap();
    assert_eq!(deviations.len(), 2, "{deviations:#?}");
    assert_eq!(deviations[0]["switch"], "int_truncation");
    assert_eq!(deviations[0]["claims"], 2);
    assert_eq!(deviations[0]["takes"], "1.97");
    assert_eq!(deviations[0]["difference"], "-1.97");
    assert_eq!(deviations[1]["switch"], "header_reasons");
    assert_eq!(deviations[1]["difference"], "0.00");
    let names = |groups: &str| -> Vec<(String, String)> {
        let groups = found[groups].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        groups
            .map(|group| (text(&group["name"]), text(&group["difference"])))
            .collect()
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = pairs.iter();
        owned.map(|(a, b)| ((*a).into(), (*b).into())).collect()
    };
    assert_eq!(names("products"), pairs(&[("P1", "-1.97"), ("", "0.00")]));
    assert_eq!(names("facilities"), pairs(&[("HF1", "-1.97")]));
    // A claim that its header rejects gets no category.
    assert_eq!(
        names("categories"),
        pairs(&[("visit", "-1.97"), ("", "0.00")])
    );
    assert_eq!(
        names("months"),
        pairs(&[
            ("2023-06", "0.00"),
            ("2024-05", "-0.99"),
            ("2024-06", "-0.98")
        ])
    );
    let largest = found["largest"].as_array().unwrap();
    let codes: Vec<&Value> = largest.iter().map(|claim| &claim["claim"]).collect();
    assert_eq!(codes, ["A", "C"]);
    assert_eq!(largest[1]["line"], 5);
    assert_eq!(largest[0]["openimis"]["claim"]["approved"], "149.00");
    assert_eq!(largest[0]["standard"]["claim"]["approved"], "149.99");
    assert!(
        largest[0]["explanation"]
            .as_str()
            .unwrap()
            .contains("149.99")
    );
    // Nothing was recorded, so nothing was compared.
    assert_eq!(found["recorded"]["claims"], 0);
}

#[test]
fn what_cannot_be_read_is_counted_and_named() {
    let mut huge = claim("H", "2024-05-01", "1.00");
    huge["input"]["claim"]["items"][0]["qty_provided"] = json!("9".repeat(28));
    let lines = [
        "{}".to_owned(),
        claim("A", "2024-05-01", "1.00").to_string(),
        huge.to_string(),
    ];
    let found = document(&lines.join("\n"), r#"{"run": "flow"}"#);
    assert_eq!(found["run"], "flow");
    assert_eq!(found["unreadable"], 2, "{found:#}");
    assert_eq!(found["totals"]["claims"], 1);
    assert_eq!(found["errors"][0]["line"], 1);
    assert_eq!(found["errors"][1]["line"], 3);
    assert_eq!(found["errors"][1]["error"]["code"], "amount.range");
    let mut out = Vec::new();
    assert!(audit_json("", r#"{"ruin": "flow"}"#, &mut out).is_err());
}

/// An answer that the real engine cannot have given is told.
#[test]
fn recorded_answers_are_compared() {
    let line = vectors("claims.ndjson.gz").swap_remove(0);
    let mut vector: Value = serde_json::from_str(&line).unwrap();
    vector["expected"]["process"]["claim"]["approved"] = json!("1.23");
    let found = document(&format!("{vector}\n{line}\n"), "");
    assert_eq!(found["recorded"]["claims"], 2);
    assert_eq!(found["recorded"]["disagreements"], 1);
    assert_eq!(found["recorded"]["names"], json!(["plain-00000"]));
}

/// A breakdown pays nothing, and is named.
#[test]
fn breakdowns_are_named() {
    let lines = vectors("claims.ndjson.gz").into_iter();
    let broken: Vec<String> = lines
        .filter(|line| line.contains("\"deviation-threshold-null-crash\""))
        .collect();
    let found = document(&broken.join("\n"), "");
    assert_eq!(found["totals"]["unadjudicable"], 1);
    assert_eq!(found["faults"][0]["fault"], "TypeError");
    assert_eq!(found["faults"][0]["claims"], 1);
    assert_eq!(found["faults"][0]["standard"], found["totals"]["standard"]);
    assert_eq!(found["largest"][0]["fault"], "TypeError");
    assert_eq!(found["largest"][0]["openimis"], Value::Null);
}

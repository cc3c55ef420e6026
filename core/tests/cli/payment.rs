//! Paying facilities: index and capitation.

use super::*;

const PAYING: &str = r#"
schema: adjudica/scheme@1
code: paying
version: "1"
currency: {code: USD, exponent: 2}
catalogue:
  services: [{code: S1, price: "100.00"}]
facilities: [{code: HF1, level: hospital}, {code: HF2, level: dispensary}]
products:
  - code: P1
    benefits:
      - {services: [S1], price_origin: relative, cover: [{co_insurance: "80"}]}
    payment:
      relative: {general: {period: month}}
      capitation: {share: "50", facilities: [{level: dispensary}], weights: {visits: "100"}}
"#;

fn asked(kind: &str) -> Value {
    let claims = match kind {
        "index" => json!([{"claim": "A", "facility": "HF1", "date_from": "2025-01-02",
            "processed": "2025-01-03", "lines": [
                {"id": "1", "price_origin": "relative", "amount": "20.00"},
                {"id": "2", "price_origin": "relative", "amount": "10.00"}]}]),
        _ => json!([{"claim": "B", "facility": "HF2", "date_from": "2025-01-02",
            "processed": "2025-01-03", "amount": "10.00"}]),
    };
    json!({
        "run": "R2", "product": "P1", "year": 2025, "month": 1, "claims": claims,
        "contributions": [{"id": "C", "amount": "365.00", "paid": "2025-01-01",
            "effective": "2025-01-01", "expiry": "2025-12-31"}],
    })
}

/// The document with other values.
fn with(mut document: Value, values: Value) -> String {
    let values = values.as_object().unwrap().clone();
    document.as_object_mut().unwrap().extend(values);
    document.to_string()
}

#[test]
fn an_index_is_a_table_or_a_document() {
    let place = Place::new();
    place.write("scheme.yaml", PAYING);
    place.write("january.json", asked("index").to_string());
    let ran = place
        .run(&["index", "--scheme", "scheme.yaml", "january.json"])
        .ends(0);
    // 365.00 x 31 / 365 over 30.00.
    for shown in [
        "31.00",
        "1.033333333333",
        "20.67",
        "10.33",
        "(general): A line 1",
    ] {
        assert!(ran.text().contains(shown), "{shown}: {}", ran.text());
    }
    let json = ["index", "--scheme", "scheme.yaml", "--json", "-"];
    let ran = place
        .run_with(&json, asked("index").to_string().as_bytes())
        .ends(0);
    assert_eq!(ran.lines()[0]["claims"][0]["paid"], "31.00");
}

#[test]
fn a_capitation_is_a_table_or_a_document() {
    let place = Place::new();
    place.write("scheme.yaml", PAYING);
    place.write("january.json", asked("capitation").to_string());
    let ran = place
        .run(&["capitation", "--scheme", "scheme.yaml", "january.json"])
        .ends(0);
    for shown in [
        "Capitation: 50 % = 15.50",
        "1: 15.50",
        "Paid 15.50, left 0.00",
    ] {
        assert!(ran.text().contains(shown), "{shown}: {}", ran.text());
    }
    let json = [
        "capitation",
        "--scheme",
        "scheme.yaml",
        "--json",
        "january.json",
    ];
    let ran = place.run(&json).ends(0);
    assert_eq!(ran.lines()[0]["facilities"][0]["paid"], "15.50");
}

#[test]
fn a_month_is_calculated_once_unless_it_is_reverted() {
    let place = Place::new();
    place.write("scheme.yaml", PAYING);
    for kind in ["index", "capitation"] {
        let runs = json!([{"run": "R1", "product": "P1", "year": 2025, "month": 1,
            "paid": [{"to": "X", "amount": "7.00"}]}]);
        let again = with(asked(kind), json!({"runs": runs}));
        place.write("again.json", again);
        let arguments = [kind, "--scheme", "scheme.yaml", "again.json"];
        let ran = place.run(&arguments).ends(1);
        assert!(
            ran.text().contains("Refused: the run `R1`"),
            "{}",
            ran.text()
        );
        let again = with(asked(kind), json!({"runs": runs, "revert": "R1"}));
        place.write("again.json", again);
        let ran = place.run(&arguments).ends(0);
        assert!(ran.text().contains("Reverts R1"), "{}", ran.text());
        assert!(ran.text().contains("X 7.00"), "{}", ran.text());
    }
}

#[test]
fn what_is_wrong_and_what_is_odd_is_said() {
    let place = Place::new();
    place.write("scheme.yaml", PAYING);
    let odd = with(asked("index"), json!({"claims": [], "month": 2}));
    place.write("odd.json", odd);
    let ran = place
        .run(&["index", "--scheme", "scheme.yaml", "odd.json"])
        .ends(0);
    assert!(ran.stderr.contains("pot.undistributed"), "{}", ran.stderr);
    let odd = with(asked("index"), json!({"month": 13}));
    place.write("odd.json", odd);
    let ran = place
        .run(&["index", "--scheme", "scheme.yaml", "odd.json"])
        .ends(1);
    assert!(ran.stderr.contains("period.unknown"), "{}", ran.stderr);
}

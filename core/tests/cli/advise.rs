//! Advisors that come with the engine.

use super::*;

fn price(claim: &mut Value, price: &str) {
    *claim.pointer_mut("/claim/lines/0/price").unwrap() = json!(price);
}

/// Twenty-four claims: prices 100.00 to 105.00, four times each.
fn place() -> Place {
    let place = Place::new();
    let claim = |number: u32| {
        let mut claim = request(&format!("H{number}"), 1);
        price(&mut claim, &format!("{}.00", 100 + number % 6));
        format!("{claim}\n")
    };
    let history: Vec<String> = (0..24).map(claim).collect();
    place.write("history.ndjson", history.concat());
    let mut odd = request("ODD", 1);
    price(&mut odd, "950.00");
    place.write("claims.ndjson", format!("{}\n{odd}\n", request("FINE", 1)));
    place
}

/// Ranks 6, 12 and 18 of 24: 101.00, 102.00, 104.00. A tenth of the median, 10.20, is more than
/// 3.00, so far out begins above 104.00 + 30.60, and the score is 846 / 856.2 = 0.9880.
#[test]
fn a_profile_says_what_is_usual_and_the_baseline_what_is_not() {
    let place = place();
    let count = |more: &[&str]| {
        let base = ["profile", "--scheme", "scheme.yaml"];
        place.run(&base.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let ran = count(&[
        "history.ndjson",
        "--out",
        "profile.json.gz",
        "--threads",
        "3",
    ])
    .ends(0);
    assert!(
        ran.stderr
            .contains("24 claims, 24 lines in 3 groups; 0 lines left out"),
        "{}",
        ran.stderr
    );
    let profile: Value = serde_json::from_str(count(&["history.ndjson"]).ends(0).text()).unwrap();
    assert_eq!(
        profile["groups"][0]["price"],
        json!({"low": "101.00", "median": "102.00", "high": "104.00"})
    );

    let advise = |more: &[&str]| {
        let base = [
            "advise",
            "baseline",
            "-s",
            "scheme.yaml",
            "-p",
            "profile.json.gz",
        ];
        place.run(&base.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let ran = advise(&["claims.ndjson", "--at", "2025-03-12T09:00:00Z"]).ends(0);
    let answers: Vec<Value> = ran
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers[0]["findings"], json!([]));
    assert_eq!(answers[1]["findings"][0]["score"], "0.9880");
    assert_eq!(
        answers[1]["provenance"]["produced_at"],
        "2025-03-12T09:00:00Z"
    );
    // Without `--at`, the clock; in French; as text.
    let ran = advise(&["claims.ndjson", "--text", "--lang", "fr"]).ends(0);
    assert!(
        ran.text()
            .starts_with("ODD\tline 1\tquestions\tprice_outlier\t0.9880\tprix 950,00 ;"),
        "{}",
        ran.text()
    );
    assert_eq!(ran.text().lines().count(), 1);
    let asked = json!({"schema": "adjudica/baseline_request@1"});
    place.write("wrong.ndjson", format!("{asked}\n{}\n", request("FINE", 1)));
    let ran = advise(&["wrong.ndjson"]).ends(3);
    assert!(ran.text().starts_with("{\"error\":"), "{}", ran.text());
    assert!(
        ran.stderr.contains("1 of 2 claims could not be read"),
        "{}",
        ran.stderr
    );
}

#[test]
fn claims_that_cannot_be_counted_are_told() {
    let place = place();
    place.write(
        "some.ndjson",
        format!("{}\n{{\"claim\": 1}}\n", request("A", 1)),
    );
    let ran = place
        .run(&[
            "profile",
            "-s",
            "scheme.yaml",
            "history.ndjson",
            "some.ndjson",
        ])
        .ends(3);
    assert!(ran.stderr.contains("some.ndjson:2"), "{}", ran.stderr);
    assert!(ran.stderr.contains("25 claims"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("1 claims could not be read"),
        "{}",
        ran.stderr
    );
    let ran = place
        .run(&[
            "profile",
            "-s",
            "scheme.yaml",
            "--fewest",
            "3",
            "history.ndjson",
        ])
        .ends(2);
    assert!(ran.stderr.contains("at least 4"), "{}", ran.stderr);
    place.write("profile.json", "{\"schema\": 1}");
    let ran = place
        .run(&[
            "advise",
            "baseline",
            "-s",
            "scheme.yaml",
            "-p",
            "profile.json",
            "claims.ndjson",
        ])
        .ends(2);
    assert!(ran.stderr.contains("profile.json:1:12"), "{}", ran.stderr);
}

/// One tree: prices up to 500 have log odds -2, others 2.
#[test]
fn trees_look_at_rows_and_at_claims() {
    let place = place();
    let model = json!({
        "schema": "adjudica/trees@1", "name": "small", "version": "1",
        "objective": "binary_logistic", "comparison": "at_most",
        "precision": "f64", "sum_precision": "f64", "base_score": 0.0, "features": ["price_asked"],
        "trees": [{"nodes": [
            {"split": {"feature": 0, "threshold": 500, "yes": 1, "no": 2}},
            {"leaf": {"value": -2, "cover": 50}}, {"leaf": {"value": 2, "cover": 50}}]}],
    });
    place.write("model.json", model.to_string());
    let base = [
        "advise",
        "trees",
        "-m",
        "model.json",
        "-s",
        "scheme.yaml",
        "claims.ndjson",
    ];
    let run = |more: &[&str]| place.run(&base.iter().chain(more).copied().collect::<Vec<_>>());
    let answers: Vec<Value> = run(&[])
        .ends(0)
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let said = |answer: &Value| {
        (
            answer["findings"][0]["stance"].clone(),
            answer["findings"][0]["score"].clone(),
        )
    };
    assert_eq!(said(&answers[0]), (json!("supports"), json!("0.1192")));
    assert_eq!(said(&answers[1]), (json!("questions"), json!("0.8808")));
    assert!(
        run(&["--text", "--from", "0.9"])
            .ends(0)
            .text()
            .contains("ODD\tline 1\tsupports\tusual\t0.8808")
    );
    run(&["--from", "1.5"]).ends(2);
    place
        .run(&[
            "advise",
            "trees",
            "-m",
            "model.json",
            "--text",
            "claims.ndjson",
        ])
        .ends(2);

    // The rows to train with are the rows that are scored.
    let rows = place
        .run(&["advise", "features", "-s", "scheme.yaml", "claims.ndjson"])
        .ends(0);
    let rows: Vec<Value> = rows
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows[1]["id"], "ODD/1");
    assert_eq!(rows[1]["features"]["price_ratio"], 9.5);
    assert_eq!(rows[1]["features"]["prior_last_days"], Value::Null);
    let only =
        json!({"id": "ODD/1", "features": {"price_asked": rows[1]["features"]["price_asked"]}});
    place.write("rows.ndjson", only.to_string());
    let scored = place
        .run(&["advise", "trees", "-m", "model.json", "rows.ndjson"])
        .ends(0);
    assert!(
        scored.text().contains("\"probability\":0.88079"),
        "{}",
        scored.text()
    );
}

/// The commands of examples/advisors/README.md give the files beside it.
#[test]
fn the_demonstrator_says_what_its_folder_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = |name: &str| root.join(name).display().to_string();
    let scheme = file("rules-examples/basic-cover/scheme.yaml");
    let claims = file("examples/advisors/claims.ndjson");
    let place = Place::new();
    let rules = adjudica::wire::compile_text(&fs::read_to_string(&scheme).unwrap()).unwrap();
    let profile = fs::read_to_string(file("examples/advisors/profile.json")).unwrap();
    let profile: Value = serde_json::from_str(&profile).unwrap();
    assert_eq!(
        profile["rules"]["scheme_digest"],
        rules.digest().as_str(),
        "the scheme has changed: run tools/trees/demonstrator.py (see make test-advisors)"
    );
    for (advisor, option, made) in [
        ("baseline", "--profile", "profile.json"),
        ("trees", "--model", "model.json"),
    ] {
        let made = file(&format!("examples/advisors/{made}"));
        let base = [
            "advise", advisor, "--scheme", &scheme, option, &made, &claims,
        ];
        let base = [&base[..], &["--at", "2025-12-31T12:00:00Z"]].concat();
        let stored = |end: &str| {
            let name = file(&format!("examples/advisors/{advisor}.{end}"));
            fs::read_to_string(name).unwrap()
        };
        assert_eq!(place.run(&base).ends(0).text(), stored("ndjson"));
        let text = [&base[..], &["--text"]].concat();
        assert_eq!(place.run(&text).ends(0).text(), stored("txt"));
        assert!(stored("txt").contains("\tquestions\t"));
    }
}

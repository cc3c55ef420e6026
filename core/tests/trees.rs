//! Gradient-boosted trees: small ones worked by hand, and the answers of the libraries that train
//! them (`tools/trees/check.py --fixtures` writes those).
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "in this file a value that is not there is a failed test; scores are floats"
)]

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use adjudica::Code;
use adjudica::advisor::{
    ADVICE_REQUEST_SCHEMA, AdviceRequest, AdvisorAnswer, AdvisorInputRequest, AnswerStatus,
    advisor_input, judge,
};
use adjudica::scheme::Route;
use adjudica::trees::{Trees, TreesAdvisor, TreesModel, TreesRow, TreesScore};
use adjudica::wire::{Format, compile_text, read, write_json};
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::{Value, json};

fn model() -> Value {
    json!({
        "schema": "adjudica/trees@1", "name": "by-hand", "version": "1",
        "objective": "regression", "comparison": "at_most",
        "precision": "f64", "sum_precision": "f64",
        "base_score": 0.5, "features": ["x", "y"],
        "trees": [{"nodes": [
            {"split": {"feature": 0, "threshold": 0.5, "yes": 1, "no": 2, "missing": "no"}},
            {"split": {"feature": 1, "threshold": 1, "yes": 3, "no": 4, "missing": "yes"}},
            {"leaf": {"value": 4.0, "cover": 60}},
            {"leaf": {"value": 1.0, "cover": 10}},
            {"leaf": {"value": 2.0, "cover": 30}},
        ]}],
    })
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut model = model();
    for (pointer, value) in changes {
        match model.pointer_mut(pointer) {
            Some(place) => *place = value.clone(),
            None => model[pointer.trim_start_matches('/')] = value.clone(),
        }
    }
    model
}

fn row(features: Value) -> TreesRow {
    serde_json::from_value(json!({"id": "R", "features": features})).unwrap()
}

fn explain(model: &Value, features: Value) -> TreesScore {
    let trees = Trees::read(&model.to_string()).unwrap();
    let row = row(features);
    let answer = trees.explain(&row).unwrap();
    assert_eq!(trees.score(&row).unwrap(), answer.score);
    answer
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} {expected}");
}

/// Of 100 rows 40 have x <= 0.5, and of those 10 y <= 1. Nothing known: 0.5 + (10*1 + 30*2 +
/// 60*4)/100 = 3.6. Only x = 0: 0.5 + (1 + 3*2)/4 = 2.25. Only y = 0: 0.5 + 0.4*1 + 0.6*4 = 3.3.
/// Both: 1.5. So x adds ((2.25-3.6) + (1.5-3.3))/2 and y ((3.3-3.6) + (1.5-2.25))/2.
#[test]
fn contributions_are_means_over_both_orders() {
    let answer = explain(&model(), json!({"x": 0, "y": 0}));
    near(answer.score, 1.5);
    near(answer.expected, 3.6);
    assert_eq!(answer.contributions[0].feature.as_str(), "x");
    near(answer.contributions[0].contribution, -1.575);
    assert_eq!(answer.contributions[1].feature.as_str(), "y");
    near(answer.contributions[1].contribution, -0.525);
}

/// x is asked twice; whatever the order, it explains all of the difference.
#[test]
fn a_feature_asked_again_is_one_feature() {
    let model = with(&[("/trees/0/nodes/1/split/feature", json!(0))]);
    let answer = explain(&model, json!({"x": 0.25}));
    near(answer.score, 1.5);
    assert_eq!(answer.contributions.len(), 1);
    near(answer.contributions[0].contribution, 1.5 - 3.6);
}

#[test]
fn thresholds_and_missing_values_go_where_the_model_says() {
    let below = with(&[("/comparison", json!("below"))]);
    let single = with(&[
        ("/precision", json!("f32")),
        ("/trees/0/nodes/0/split/threshold", json!(0.1)),
    ]);
    let double = with(&[("/trees/0/nodes/0/split/threshold", json!(0.1))]);
    for (model, features, score) in [
        (&model(), json!({"x": 0.5, "y": 1}), 1.5),
        (&model(), json!({"x": 0.5, "y": 1.0000000000000002}), 2.5),
        (&below, json!({"x": 0.5, "y": 1}), 4.5),
        (&below, json!({"x": 0.4, "y": 1}), 2.5),
        (&model(), json!({"x": null, "y": 1}), 4.5),
        (&model(), json!({"x": 0}), 1.5),
        // The 32-bit float next to 0.1 is above it.
        (&single, json!({"x": 0.1, "y": 0}), 4.5),
        (&double, json!({"x": 0.1, "y": 0}), 1.5),
    ] {
        let answer = explain(model, features.clone());
        assert_eq!(answer.score, score, "{features}");
        let sum: f64 = answer.contributions.iter().map(|c| c.contribution).sum();
        near(answer.expected + sum, score);
    }
}

/// The very bytes, on every platform.
#[test]
fn answers_are_the_same_bytes() {
    let model = with(&[
        ("/objective", json!("binary_logistic")),
        ("/base_score", json!(0.1)),
    ]);
    let trees: TreesModel = serde_json::from_value(model).unwrap();
    let answer = Trees::compile(&trees)
        .unwrap()
        .explain(&row(json!({"x": 0.3, "y": 7})));
    let mut text = Vec::new();
    write_json(&answer.unwrap(), &mut text).unwrap();
    assert_eq!(
        String::from_utf8(text).unwrap(),
        r#"{"schema":"adjudica/trees_score@1","id":"R","model":"by-hand","version":"1","score":2.1,"probability":0.8909031788043871,"expected":3.2,"contributions":[{"feature":"x","value":0.3,"contribution":-1.275},{"feature":"y","value":7.0,"contribution":0.175}]}"#
    );
}

#[test]
fn what_cannot_be_evaluated_is_refused_with_its_path() {
    let leaf = json!({"leaf": {"value": 1, "cover": 1}});
    let mut deep: Vec<Value> = Vec::new();
    for n in 0..65 {
        let (yes, no) = (2 * n + 1, 2 * n + 2);
        deep.push(json!({"split": {"feature": 0, "threshold": 1, "yes": yes, "no": no}}));
        deep.push(leaf.clone());
    }
    deep.push(leaf.clone());
    for (pointer, value, code, path) in [
        (
            "/schema",
            json!("adjudica/trees@2"),
            "schema.unknown",
            "schema",
        ),
        ("/extra", json!(1), "field.unknown", "extra"),
        ("/base_score", json!(1e13), "trees.number", "base_score"),
        ("/features", json!([]), "trees.size", "features"),
        (
            "/features",
            json!(["x", "x"]),
            "trees.duplicate",
            "features[1]",
        ),
        ("/trees", json!([]), "trees.size", "trees"),
        ("/trees/0/nodes", json!([]), "trees.size", "trees"),
        (
            "/trees/0/nodes",
            Value::Array(deep),
            "trees.size",
            "trees[0].nodes[0].split",
        ),
        (
            "/trees/0/nodes/0/split/yes",
            json!(0),
            "trees.order",
            "trees[0].nodes[0].split.yes",
        ),
        (
            "/trees/0/nodes/1/split/no",
            json!(0),
            "trees.order",
            "trees[0].nodes[1].split.no",
        ),
        (
            "/trees/0/nodes/1/split/no",
            json!(5),
            "trees.no_node",
            "trees[0].nodes[1].split.no",
        ),
        (
            "/trees/0/nodes/1/split/no",
            json!(3),
            "trees.shared",
            "trees[0].nodes[1].split.no",
        ),
        (
            "/trees/0/nodes/0/split/no",
            json!(4),
            "trees.shared",
            "trees[0].nodes[0].split.no",
        ),
        (
            "/trees/0/nodes/0",
            leaf.clone(),
            "trees.unreachable",
            "trees[0].nodes[1]",
        ),
        (
            "/trees/0/nodes/1/split/feature",
            json!(2),
            "trees.no_feature",
            "trees[0].nodes[1].split.feature",
        ),
        (
            "/trees/0/nodes/2/leaf/value",
            json!(-1e13),
            "trees.number",
            "trees[0].nodes[2].leaf.value",
        ),
        (
            "/trees/0/nodes/2/leaf/cover",
            json!(0),
            "trees.number",
            "trees[0].nodes[2].leaf.cover",
        ),
        (
            "/trees/0/nodes/2/leaf/value",
            json!("4"),
            "value.type",
            "trees[0].nodes[2].leaf.value",
        ),
    ] {
        let text = with(&[(pointer, value.clone())]).to_string();
        let refused = Trees::read(&text).unwrap_err();
        let error = &refused.errors()[0];
        assert_eq!(
            (&*error.code, &*error.path),
            (code, path),
            "{pointer} {value}"
        );
    }
    let mut model: TreesModel = serde_json::from_value(model()).unwrap();
    model.base_score = f64::NAN;
    let refused = Trees::compile(&model).unwrap_err();
    assert_eq!(refused.errors()[0].path, "base_score");
}

#[test]
fn rows_that_cannot_be_scored_are_refused() {
    let strict = with(&[(
        "/trees/0/nodes/1/split",
        json!({"feature": 1, "threshold": 1, "yes": 3, "no": 4}),
    )]);
    let trees = Trees::read(&strict.to_string()).unwrap();
    let code = |row: &TreesRow| trees.explain(row).unwrap_err().code.into_owned();
    // Only y has no place for missing values.
    assert!(trees.explain(&row(json!({"y": 1}))).is_ok());
    assert_eq!(code(&row(json!({"x": 1}))), "trees.missing_value");
    assert_eq!(
        code(&row(json!({"x": 1, "y": null}))),
        "trees.missing_value"
    );
    assert_eq!(
        code(&row(json!({"x": 1, "y": 1, "z": null}))),
        "trees.no_feature"
    );
    let mut infinite = row(json!({"x": 1, "y": 1}));
    for value in infinite.features.values_mut() {
        *value = Some(f64::INFINITY);
    }
    assert_eq!(code(&infinite), "trees.number");
}

/// A claim of `rules-examples`: the patient asks for 2 units, more than 0.5, so the log odds are
/// 4.5 and the probability 0.9890: the scheme sends it to a senior reviewer. Nothing known: 3.6;
/// quantity alone: 4.5; times alone, which are 1: 3.3. So ((4.5-3.6) + (4.5-3.3))/2 = 1.05 and
/// ((3.3-3.6) + 0)/2 = -0.15.
#[test]
fn a_model_advises_and_the_scheme_routes() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules-examples/basic-cover");
    let text = |file: &str| std::fs::read_to_string(examples.join(file)).unwrap();
    let rules = compile_text(&text("scheme.yaml")).unwrap();
    let case: Value = serde_json::from_str(&text("questions/advisor-input.json")).unwrap();
    let asked: AdvisorInputRequest = serde_json::from_value(case["request"].clone()).unwrap();
    let input = advisor_input(&rules, &asked).unwrap();
    let advisor = TreesAdvisor {
        provider: Code::new("adjudica").unwrap(),
        from: "0.5".parse().unwrap(),
        at: "2025-03-12T10:00:00Z".parse().unwrap(),
    };
    let features = ("/features", json!(["quantity", "prior_times_30"]));
    let model = with(&[
        ("/name", json!("baseline")),
        ("/objective", json!("binary_logistic")),
        features.clone(),
    ]);
    let trees = Trees::read(&model.to_string()).unwrap();
    let findings = trees.advise(&advisor, &input).unwrap();
    let found = &findings.findings[0];
    assert_eq!(findings.findings.len(), input.lines.len());
    assert_eq!(findings.provenance.weights.as_ref(), trees.digest());
    assert_eq!(found.score.unwrap().to_string(), "0.9890");
    assert_eq!(found.evidence[0].feature.as_str(), "quantity");
    assert_eq!(
        found.explanation,
        "the model gives 0.9890 to this line; what moved its log odds most: quantity 2 (1.0500), \
         prior_times_30 1 (-0.1500)"
    );
    let advice = judge(
        &rules,
        &AdviceRequest {
            schema: ADVICE_REQUEST_SCHEMA.to_owned(),
            request: asked.request.clone(),
            at: advisor.at,
            answers: vec![AdvisorAnswer {
                advisor: Code::new("trees").unwrap(),
                text: Some(serde_json::to_string(&findings).unwrap()),
                elapsed_ms: Some(1),
            }],
            quality: None,
        },
    )
    .unwrap();
    assert_eq!(advice.heard[0].status, AnswerStatus::Used);
    assert_eq!(advice.effects.route.unwrap().to, Route::SeniorReview);

    let value = with(&[features]);
    let value = Trees::read(&value.to_string()).unwrap();
    assert_eq!(
        value.advise(&advisor, &input).unwrap_err().code,
        "trees.objective"
    );
    let other = with(&[("/objective", json!("binary_logistic"))]);
    let other = Trees::read(&other.to_string()).unwrap();
    assert_eq!(
        other.advise(&advisor, &input).unwrap_err().code,
        "trees.no_feature"
    );
}

/// What a library said about its model.
#[derive(Deserialize)]
struct Fixture {
    name: String,
    model: Box<serde_json::value::RawValue>,
    rows: Vec<Value>,
    scores: Vec<f64>,
    values: Vec<f64>,
    contributions: Option<Vec<Vec<f64>>>,
}

#[test]
fn scores_and_contributions_are_those_of_the_libraries() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trees/libraries.ndjson.gz");
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    let mut names = Vec::new();
    for line in lines {
        let fixture: Fixture = serde_json::from_str(&line.unwrap()).unwrap();
        let trees = Trees::read(fixture.model.get()).unwrap();
        let single = fixture.name.starts_with("xgboost");
        assert_eq!(fixture.rows.len(), 200);
        for (position, row) in fixture.rows.iter().enumerate() {
            let row: TreesRow = read(&row.to_string(), Format::Json).unwrap();
            let answer = trees.explain(&row).unwrap();
            let at = format!("{} {}", fixture.name, row.id);
            let value = answer.probability.unwrap_or(answer.score);
            assert!(
                (answer.score - fixture.scores[position]).abs() < 1e-6,
                "{at}"
            );
            assert!((value - fixture.values[position]).abs() < 1e-6, "{at}");
            let Some(contributions) = &fixture.contributions else {
                continue;
            };
            let (expected, parts) = contributions[position].split_last().unwrap();
            let allowed = if single { 1e-5 } else { 1e-9 };
            assert!((answer.expected - expected).abs() < allowed, "{at}");
            for (feature, part) in trees.features().zip(parts) {
                let ours = answer.contributions.iter().find(|c| c.feature == *feature);
                let ours = ours.map_or(0.0, |c| c.contribution);
                assert!((ours - part).abs() < allowed, "{at} {feature}");
            }
        }
        names.push(fixture.name);
    }
    let all = [
        "lightgbm-binary",
        "xgboost-binary",
        "sklearn-binary",
        "sklearn-hist-binary",
    ];
    assert_eq!(names, all);
}

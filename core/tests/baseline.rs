//! The baseline advisor: what is counted, in whatever order, and what becomes of its findings. The
//! arithmetic by hand is in `rules-examples/basic-cover/questions/{profile,baseline}*.json`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in this file a value that is not there is a failed test"
)]

use std::path::Path;
use std::sync::LazyLock;

use adjudica::advisor::{
    ADVICE_REQUEST_SCHEMA, AdviceRequest, AdvisorAnswer, AdvisorInput, AdvisorInputRequest,
    AnswerStatus, advisor_input, judge,
};
use adjudica::baseline::{
    Baseline, BaselineAdvisor, FEWEST, Peers, Profile, ProfileBuilder, ProfileRequest,
};
use adjudica::scheme::Route;
use adjudica::wire::compile_text;
use adjudica::{Code, Request, RuleSet};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn text(file: &str) -> String {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules-examples/basic-cover");
    std::fs::read_to_string(examples.join(file)).unwrap()
}

fn rules() -> RuleSet {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| compile_text(&text("scheme.yaml")).unwrap());
    RULES.clone()
}

fn asked(case: &str) -> Value {
    let case: Value = serde_json::from_str(&text(&format!("questions/{case}.json"))).unwrap();
    case["request"].clone()
}

/// The history that the cases count by hand.
fn history() -> Vec<Request> {
    let asked: ProfileRequest = serde_json::from_value(asked("profile")).unwrap();
    asked.requests
}

fn counted<'r>(rules: &RuleSet, claims: impl IntoIterator<Item = &'r Request>) -> ProfileBuilder {
    let mut builder = ProfileBuilder::new(rules, 4).unwrap();
    for claim in claims {
        builder.add(claim).unwrap();
    }
    builder
}

fn advisor(language: Option<&str>) -> BaselineAdvisor {
    let at = "2025-03-12T09:00:00Z".parse().unwrap();
    BaselineAdvisor::new(Code::new("adjudica").unwrap(), at, language).unwrap()
}

/// Claims of history with other prices, quantities, facilities and diagnoses.
fn claims() -> impl Strategy<Value = Vec<Request>> {
    let claim = (0..4_usize, 1..40_i64, 1..5_i64, 0..2_usize, 0..2_usize);
    vec(claim, 0..40).prop_map(|drawn| {
        let history = history();
        let claim = |(which, price, quantity, facility, diagnosis): (usize, i64, i64, _, _)| {
            let mut claim = history[which].clone();
            claim.claim.facility = Code::new(["HC1", "HO1"][facility]).unwrap();
            claim.claim.diagnoses = vec![Code::new(["A09", "I10"][diagnosis]).unwrap()];
            claim.claim.lines[0].price = Some(format!("{price}.50").parse().unwrap());
            claim.claim.lines[0].quantity = quantity.to_string().parse().unwrap();
            claim
        };
        drawn.into_iter().map(claim).collect()
    })
}

/// The quartile by its definition: the smallest value with so many of the lines at or below it.
fn quartile(values: &[String], quarters: usize) -> String {
    let at_or_below = |limit: &f64| {
        let below = values
            .iter()
            .filter(|v| v.parse::<f64>().unwrap() <= *limit);
        4 * below.count() >= quarters * values.len()
    };
    let mut numbers: Vec<f64> = values.iter().map(|v| v.parse().unwrap()).collect();
    numbers.sort_by(f64::total_cmp);
    let found = numbers.into_iter().find(at_or_below).unwrap();
    format!("{found:.2}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn order_and_parts_make_no_difference(claims in claims(), cut in 0..41_usize, seed in any::<u64>()) {
        let rules = rules();
        let whole = counted(&rules, &claims).finish();
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_key(|n| (*n as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let shuffled = counted(&rules, order.iter().map(|n| &claims[*n])).finish();
        prop_assert_eq!(&shuffled, &whole);
        let (first, second) = claims.split_at(cut.min(claims.len()));
        let mut parts = counted(&rules, first);
        parts.merge(counted(&rules, second)).unwrap();
        prop_assert_eq!(&parts.finish(), &whole);
    }

    #[test]
    fn quartiles_are_what_they_are_called(claims in claims()) {
        let rules = rules();
        let whole = counted(&rules, &claims).finish();
        let all = whole.groups.iter().find(|g| g.peers == Peers::All && &*g.code == "CONS");
        let prices: Vec<String> =
            claims.iter().map(|c| c.claim.lines[0].price.unwrap().to_string()).collect();
        prop_assert_eq!(all.is_some(), prices.len() >= 4);
        if let Some(group) = all {
            prop_assert_eq!(group.lines, prices.len() as u64);
            for (found, quarters) in
                [(group.price.low, 1), (group.price.median, 2), (group.price.high, 3)]
            {
                prop_assert_eq!(found.to_string(), quartile(&prices, quarters));
            }
        }
        // What is usual is never questioned.
        let baseline = Baseline::new(&rules, &whole).unwrap();
        for claim in &claims {
            let asked = AdvisorInputRequest {
                schema: "adjudica/advisor_input_request@1".to_owned(),
                request: claim.clone(),
            };
            let input = advisor_input(&rules, &asked).unwrap();
            let findings = baseline.advise(&advisor(None), &input).unwrap().findings;
            for finding in findings.iter().filter(|f| f.suggestion.is_some()) {
                for evidence in &finding.evidence {
                    let number = |code: &Code| code.parse::<f64>().unwrap();
                    prop_assert!(number(&evidence.value) > number(evidence.high.as_ref().unwrap()));
                }
            }
        }
    }
}

/// Case baseline-price: 0.8333 is a review by the scheme's routes (0.7), not a senior one (0.9).
#[test]
fn its_findings_are_heard_and_routed() {
    let rules = rules();
    let case = asked("baseline-price");
    let profile: Profile = serde_json::from_value(case["profile"].clone()).unwrap();
    let input: AdvisorInput = serde_json::from_value(case["input"].clone()).unwrap();
    let request: Request =
        serde_json::from_value(asked("advisor-input")["request"].clone()).unwrap();
    let baseline = Baseline::new(&rules, &profile).unwrap();
    let findings = baseline.advise(&advisor(None), &input).unwrap();
    let advice = judge(
        &rules,
        &AdviceRequest {
            schema: ADVICE_REQUEST_SCHEMA.to_owned(),
            request,
            at: "2025-03-12T10:00:00Z".parse().unwrap(),
            answers: vec![AdvisorAnswer {
                advisor: Code::new("baseline").unwrap(),
                text: Some(serde_json::to_string(&findings).unwrap()),
                elapsed_ms: Some(1),
            }],
            quality: None,
        },
    )
    .unwrap();
    assert_eq!(advice.heard[0].status, AnswerStatus::Used);
    assert_eq!(advice.effects.route.unwrap().to, Route::Review);
    assert_eq!(advice.effects.proposals.len(), 1);
}

#[test]
fn what_cannot_be_is_refused_with_its_path() {
    let rules = rules();
    let good = asked("baseline-price")["profile"].clone();
    let group = good["groups"][1].clone();
    for (pointer, value, code, path) in [
        (
            "/schema",
            json!("adjudica/profile@2"),
            "schema.unknown",
            "schema",
        ),
        (
            "/rules/scheme",
            json!("other"),
            "baseline.other_scheme",
            "rules.scheme",
        ),
        ("/groups/0", group, "profile.duplicate", "groups[1]"),
        (
            "/groups/0/price/low",
            json!("51.00"),
            "profile.number",
            "groups[0].price",
        ),
        (
            "/groups/0/price/low",
            json!("-1.00"),
            "profile.number",
            "groups[0].price",
        ),
        (
            "/groups/0/price/high",
            json!("50.001"),
            "profile.number",
            "groups[0].price",
        ),
        (
            "/groups/2/quantity/median",
            json!("9.00"),
            "profile.number",
            "groups[2].quantity",
        ),
        (
            "/groups/2/times_365/high",
            json!(1),
            "profile.number",
            "groups[2].times_365",
        ),
    ] {
        let mut profile = good.clone();
        *profile.pointer_mut(pointer).unwrap() = value;
        let profile: Profile = serde_json::from_value(profile).unwrap();
        let error = Baseline::new(&rules, &profile).unwrap_err();
        assert_eq!((&*error.code, &*error.path), (code, path), "{pointer}");
    }
    let profile: Profile = serde_json::from_value(good).unwrap();
    let baseline = Baseline::new(&rules, &profile).unwrap();
    let input = asked("baseline-price")["input"].clone();
    for (pointer, value, code) in [
        ("/lines/0/price_asked", json!("60.001"), "baseline.number"),
        ("/rules/scheme", json!("other"), "baseline.other_scheme"),
    ] {
        let mut input = input.clone();
        *input.pointer_mut(pointer).unwrap() = value;
        let input: AdvisorInput = serde_json::from_value(input).unwrap();
        let error = baseline.advise(&advisor(None), &input).unwrap_err();
        assert_eq!(error.code, code, "{pointer}");
        let mut builder = ProfileBuilder::new(&rules, FEWEST).unwrap();
        assert_eq!(builder.add_input(&input).unwrap_err().code, code);
        assert_eq!(builder.finish().claims, 0);
    }
    let at = "2025-03-12T09:00:00Z".parse().unwrap();
    let swahili = BaselineAdvisor::new(Code::new("adjudica").unwrap(), at, Some("sw"));
    assert_eq!(swahili.unwrap_err().code, "language.unknown");
    let french = compile_text(&text("scheme.yaml").replace("Basic Cover (", "Other (")).unwrap();
    let mut builder = ProfileBuilder::new(&rules, 4).unwrap();
    let other = ProfileBuilder::new(&french, 4).unwrap();
    assert_eq!(
        builder.merge(other).unwrap_err().code,
        "profile.other_rules"
    );
}

/// A package that is not dearer than its parts, or that the facility may not claim, or of which one
/// part is there, is no unbundling.
#[test]
fn parts_are_questioned_only_where_the_package_would_be_cheaper() {
    let rules = rules();
    let case = asked("baseline-french");
    let profile: Profile = serde_json::from_value(case["profile"].clone()).unwrap();
    let baseline = Baseline::new(&rules, &profile).unwrap();
    let unbundled = |changes: &[(&str, Value)]| {
        let mut input = case["input"].clone();
        for (pointer, value) in changes {
            *input.pointer_mut(pointer).unwrap() = value.clone();
        }
        let input: AdvisorInput = serde_json::from_value(input).unwrap();
        let findings = baseline
            .advise(&advisor(Some("fr-CM")), &input)
            .unwrap()
            .findings;
        findings
            .iter()
            .any(|f| f.explanation.contains("forfait CATA"))
    };
    assert!(unbundled(&[]));
    // 380.00 + 60.00 + 60.00 = 500.00, which is the package's price.
    assert!(!unbundled(&[("/lines/0/amounts/claimed", json!("380.00"))]));
    assert!(unbundled(&[("/lines/0/amounts/claimed", json!("380.01"))]));
    assert!(!unbundled(&[("/claim/facility", json!("HC1"))]));
    assert!(unbundled(&[("/claim/facility", json!("PH1"))]));
    assert!(!unbundled(&[("/claim/facility", json!("??"))]));
    assert!(!unbundled(&[("/lines/0/status", json!("rejected"))]));
    assert!(!unbundled(&[("/lines/3/code", json!("CATA"))]));
}

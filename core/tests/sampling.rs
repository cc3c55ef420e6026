//! How often the interval of the sampling estimate holds the truth.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in this file a value that is not there is a failed test"
)]

use adjudica::RuleSet;
use adjudica::wire::{Question, ask_json, compile_text};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ROUNDS: u32 = 300;
const CLAIMS: usize = 300;
const REVIEWED: usize = 60;

/// A number below `below`, from the hash of its name: the same on every machine.
fn drawn(name: &str, below: u64) -> i64 {
    let digest = Sha256::digest(name.as_bytes());
    let number = u64::from_be_bytes(digest[..8].try_into().unwrap()) % below;
    i64::try_from(number).unwrap()
}

/// What claims are like.
#[derive(Clone, Copy)]
enum Population {
    /// Amounts between 5.00 and 204.99, all equally likely.
    Even,
    /// Amounts from 5.00 to 500.00 with a Pareto tail (exponent 2): most are below 8.00.
    Skewed,
    /// The same amounts, and reviewers cut claims over 10.00 to nothing thrice as often.
    DearCut,
}

/// What the rules pay for a claim and what reviewers would leave of it, in cents. They leave 60 % of
/// the claims as they are, cut 25 % by 10 to 50 %, and 15 % (`DearCut`: 36 % and 12 %) to nothing.
fn claim(population: Population, name: &str) -> (i64, i64) {
    let payable = match population {
        Population::Even => 500 + drawn(&format!("{name} payable"), 20_000),
        _ => 5 * (100_000_000 / (1 + drawn(&format!("{name} payable"), 10_000))).isqrt(),
    };
    let void = match population {
        Population::DearCut if payable > 1_000 => 36,
        Population::DearCut => 12,
        _ => 15,
    };
    let kind = drawn(&format!("{name} kind"), 100);
    let kept = match kind {
        kind if kind < void => 0,
        kind if kind < void + 25 => 50 + drawn(&format!("{name} cut"), 41),
        _ => 100,
    };
    (payable, payable * kept / 100)
}

fn rules(confidence: &str) -> RuleSet {
    let scheme = json!({"schema": "adjudica/scheme@1", "code": "s", "version": "1",
        "currency": {"code": "USD", "exponent": 2}, "products": [{"code": "P"}],
        "review": {"sampling": {"confidence": confidence, "fewest": 30, "widest": "50"}}});
    compile_text(&scheme.to_string()).unwrap()
}

/// A question about a sample, and the ratio that reviewing every claim would give, in
/// ten-thousandths of a percent, rounded down.
fn sample(population: Population, round: u32) -> (String, i64) {
    let mut claims: Vec<(i64, i64, i64)> = (0..CLAIMS)
        .map(|number| {
            let name = format!("{round} {number}");
            let (payable, left) = claim(population, &name);
            (drawn(&format!("{name} sample"), 1 << 62), payable, left)
        })
        .collect();
    claims.sort_unstable();
    let all: i64 = claims.iter().map(|claim| claim.1).sum();
    let left: i64 = claims.iter().map(|claim| claim.2).sum();
    let amount = |units: i64| format!("{}.{:02}", units / 100, units % 100);
    let claims: Vec<Value> = claims
        .iter()
        .enumerate()
        .map(|(rank, (_, payable, left))| {
            let reviewed = (rank < REVIEWED).then(|| amount(*left));
            json!({"claim": rank.to_string(), "facility": "F", "payable": amount(*payable),
                "reviewed": reviewed})
        })
        .collect();
    let request = json!({"schema": "adjudica/sampling_request@1", "at": "2025-04-01T00:00:00Z",
        "approved_by": "B1", "claims": claims});
    (request.to_string(), left * 1_000_000 / all)
}

/// The group's estimate.
fn estimated(rules: &RuleSet, request: &str) -> Value {
    let mut out = Vec::new();
    ask_json(rules, Question::Sampling, request, &mut out).unwrap();
    let mut answer: Value = serde_json::from_slice(&out).unwrap();
    answer["groups"][0].take()
}

/// Ten-thousandths of a percentage.
fn units(percent: &Value) -> i64 {
    percent.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// Over 300 populations of 300 claims, of which 60 are reviewed, the interval holds the truth in its
/// nominal share of the rounds or more, less 3 standard errors of so many rounds (at 95 %: 3.8
/// points), and the truth lies above it, to the cost of a facility, in no more than half of the
/// rest, with the same allowance. It is no wider than half of the ratio on average, and the 90 %
/// interval misses sometimes.
fn covers(population: Population) {
    let samples: Vec<_> = (0..ROUNDS).map(|round| sample(population, round)).collect();
    for (confidence, nominal) in [("90", 0.90), ("95", 0.95), ("99", 0.99)] {
        let rules = rules(confidence);
        let (mut held, mut above, mut width) = (0, 0, 0);
        for (request, truth) in &samples {
            let group = estimated(&rules, request);
            let (low, high) = (units(&group["low"]), units(&group["high"]));
            held += u32::from(low <= truth + 1 && *truth <= high);
            above += u32::from(*truth > high);
            width += units(&group["half_width"]);
        }
        let rounds = f64::from(ROUNDS);
        let allowed = |share: f64| 3.0 * (rounds * share * (1.0 - share)).sqrt();
        let told = format!("{confidence} %: {held} of {ROUNDS} hold the truth, {above} lie below");
        println!(
            "{told}; half width {} on average",
            width / i64::from(ROUNDS)
        );
        let least = rounds * nominal - allowed(nominal);
        assert!(f64::from(held) >= least, "{told}");
        let side = (1.0 - nominal) / 2.0;
        assert!(f64::from(above) <= rounds * side + allowed(side), "{told}");
        assert!(width <= 500_000 * i64::from(ROUNDS), "{width}");
        assert!(nominal > 0.90 || held < ROUNDS, "{told}");
    }
}

#[test]
fn intervals_hold_the_truth_of_even_amounts() {
    covers(Population::Even);
}

#[test]
fn intervals_hold_the_truth_of_skewed_amounts() {
    covers(Population::Skewed);
}

#[test]
fn intervals_hold_the_truth_where_dear_claims_are_cut_more() {
    covers(Population::DearCut);
}

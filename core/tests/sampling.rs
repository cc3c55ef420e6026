//! The interval of the sampling estimate covers the truth about as often as it says.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in this file a value that is not there is a failed test"
)]

use adjudica::wire::{Question, ask_json, compile_text};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A number below `below`, from the hash of its name: the same on every machine.
fn drawn(name: &str, below: u64) -> u64 {
    let digest = Sha256::digest(name.as_bytes());
    u64::from_be_bytes(digest[..8].try_into().unwrap()) % below
}

fn sampling(confidence: &str, claims: &[Value]) -> Value {
    let scheme = format!(
        "{{schema: adjudica/scheme@1, code: s, version: '1', currency: {{code: USD, exponent: 2}}, \
         products: [{{code: P}}], review: {{sampling: {{confidence: '{confidence}', fewest: 30, widest: '50'}}}}}}"
    );
    let rules = compile_text(&scheme).unwrap();
    let request = json!({"schema": "adjudica/sampling_request@1", "at": "2025-04-01T00:00:00Z",
        "approved_by": "B1", "claims": claims});
    let mut out = Vec::new();
    ask_json(&rules, Question::Sampling, &request.to_string(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// Hundredths of a document's number.
fn hundredths(text: &Value) -> i64 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// 400 populations of 300 claims between 5.00 and 205.00. Reviewers leave 60 % of the claims as
/// they are, cut 25 % of them by 10 to 50 %, and 15 % to nothing. 60 claims are drawn from each.
/// The interval of 90, 95 or 99 % holds the ratio that reviewing all 300 would give in at least its
/// nominal share of the samples less 3 points (three standard errors of the simulation at 95 %),
/// and the 90 % interval misses it sometimes.
#[test]
fn intervals_cover_the_truth() {
    for (confidence, nominal) in [("90", 90), ("95", 95), ("99", 99)] {
        let mut covered = 0;
        let rounds = 400;
        for round in 0..rounds {
            let (mut all, mut left) = (0_i64, 0_i64);
            let mut claims: Vec<(u64, i64, i64)> = Vec::new();
            for number in 0..300 {
                let draw = |what: &str, below| drawn(&format!("{round} {number} {what}"), below);
                let payable = 500 + i64::try_from(draw("payable", 20_000)).unwrap();
                let kept = match draw("kind", 100) {
                    0..60 => 100,
                    60..85 => 50 + i64::try_from(draw("cut", 41)).unwrap(),
                    _ => 0,
                };
                let reviewed = payable * kept / 100;
                all += payable;
                left += reviewed;
                claims.push((draw("sample", u64::MAX), payable, reviewed));
            }
            claims.sort_unstable();
            let amount = |units: i64| format!("{}.{:02}", units / 100, units % 100);
            let claims: Vec<Value> = claims
                .iter()
                .enumerate()
                .map(|(rank, (_, payable, reviewed))| {
                    let mut claim = json!({"claim": rank.to_string(), "facility": "F", "payable": amount(*payable)});
                    if rank < 60 {
                        claim["reviewed"] = json!(amount(*reviewed));
                    }
                    claim
                })
                .collect();
            let answer = sampling(confidence, &claims);
            let group = &answer["groups"][0];
            // In ten-thousandths of a percent, rounded down and up for the comparison.
            let truth = left * 1_000_000 / all;
            let inside =
                hundredths(&group["low"]) <= truth + 1 && truth <= hundredths(&group["high"]);
            covered += u32::from(inside);
        }
        let share = covered * 100 / rounds;
        println!("{confidence} %: {covered} of {rounds} intervals hold the truth");
        assert!(share + 3 >= nominal, "{confidence}: {covered} of {rounds}");
        assert!(
            nominal > 90 || covered < rounds,
            "{confidence}: an interval that never misses"
        );
    }
}

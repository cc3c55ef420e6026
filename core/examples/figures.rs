//! What a claim costs in the core itself, for the figures of the other languages:
//! `cargo run --release --example figures -- <scheme> <requests.ndjson>` prints microseconds per
//! claim, from text to text and without the text.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the measurements: anything unexpected ends it"
)]

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use adjudica::Adjudicator;
use adjudica::adjudicate::NoTrace;
use adjudica::wire::{Options, Session, compile_text, read_request};
use serde_json::json;

fn main() {
    let mut files = std::env::args()
        .skip(1)
        .map(|path| fs::read_to_string(path).unwrap());
    let rules = compile_text(&files.next().unwrap()).unwrap();
    let text = files.next().unwrap();
    let mut session = Session::new(&rules, Options::default());
    let mut out = Vec::new();
    let texts: Vec<&str> = text
        .lines()
        .filter(|request| session.adjudicate_json(request, &mut out).is_ok())
        .collect();
    let text = best(texts.len(), || {
        for request in &texts {
            out.clear();
            session.adjudicate_json(request, &mut out).unwrap();
            black_box(&out);
        }
    });
    let requests: Vec<_> = texts.iter().map(|r| read_request(r).unwrap()).collect();
    let mut adjudicator = Adjudicator::new(&rules);
    let engine = best(requests.len(), || {
        for request in &requests {
            black_box(adjudicator.adjudicate(request, &mut NoTrace).unwrap());
        }
    });
    println!("{}", json!({"engine": engine, "text": text}));
}

/// Microseconds per claim in the best of many rounds.
fn best(claims: usize, mut round: impl FnMut()) -> f64 {
    let end = Instant::now() + Duration::from_secs(2);
    let mut least = Duration::MAX;
    while Instant::now() < end {
        let start = Instant::now();
        for _ in 0..20 {
            round();
        }
        least = least.min(start.elapsed());
    }
    least.as_secs_f64() * 1e6 / (20 * claims) as f64
}

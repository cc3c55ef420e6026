//! What a claim costs in the core itself, for the figures of the other languages:
//! `cargo run --release --example figures -- <directory>` reads what `golden` wrote of one scheme and
//! prints lines of a name, a tab, and microseconds a claim (the best of many rounds).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the measurements: anything unexpected ends it"
)]

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use adjudica::Adjudicator;
use adjudica::adjudicate::NoTrace;
use adjudica::wire::{Options, Session, compile_text, read_request};

/// How often the requests are repeated in a batch.
const TIMES: usize = 20;

fn main() {
    let directory = PathBuf::from(std::env::args().nth(1).unwrap());
    let text = |file: &str| fs::read_to_string(directory.join(file)).unwrap();
    let rules = compile_text(&text("scheme.yaml")).unwrap();
    let mut session = Session::new(&rules, Options::default());
    let mut out = Vec::new();
    let all = text("requests.ndjson");
    let texts: Vec<&str> = all
        .lines()
        .filter(|request| session.adjudicate_json(request, &mut out).is_ok())
        .collect();
    let requests: Vec<_> = texts.iter().map(|r| read_request(r).unwrap()).collect();
    let lines = texts.repeat(TIMES).join("\n");

    let mut adjudicator = Adjudicator::new(&rules);
    report("engine", requests.len(), || {
        for request in &requests {
            black_box(adjudicator.adjudicate(request, &mut NoTrace).unwrap());
        }
    });
    report("document", requests.len(), || {
        for request in &requests {
            black_box(session.adjudicate(request).unwrap());
        }
    });
    report("text", texts.len(), || {
        for request in &texts {
            out.clear();
            session.adjudicate_json(request, &mut out).unwrap();
            black_box(&out);
        }
    });
    report("batch", texts.len() * TIMES, || {
        out.clear();
        session.adjudicate_ndjson(black_box(&lines), &mut out);
        black_box(&out);
    });
}

fn report(name: &str, claims: usize, mut round: impl FnMut()) {
    let end = Instant::now() + Duration::from_secs(2);
    let mut least = Duration::MAX;
    while Instant::now() < end {
        let start = Instant::now();
        round();
        least = least.min(start.elapsed());
    }
    let claims = u32::try_from(claims).unwrap();
    println!(
        "{name}\t{:.3}",
        least.as_secs_f64() * 1e6 / f64::from(claims)
    );
}

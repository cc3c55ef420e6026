//! Runs one program of the plain workload a fixed number of times, for counting instructions:
//! `instructions engine|prepared|dense|decimal|text|plain ROUNDS`. See `make instructions`.

use std::hint::black_box;
use std::process::ExitCode;

use adjudica::adjudicate::{Adjudicator, NoTrace};
use adjudica::wire::{Options, Session};
use adjudica_benches::baseline::{Decimals, Dense, PlainJson};
use adjudica_benches::workload::Workload;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().unwrap_or_default();
    let rounds: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let workload = Workload::default();
    match program.as_str() {
        "engine" => {
            let requests = workload.requests();
            let mut adjudicator = Adjudicator::new(&workload.rules());
            for request in requests.iter().cycle().take(rounds) {
                let _ = black_box(
                    adjudicator
                        .adjudicate(black_box(request), &mut NoTrace)
                        .is_ok(),
                );
            }
        }
        "prepared" => {
            let requests = workload.requests();
            let rules = workload.rules();
            let mut prepared: Vec<_> = requests
                .iter()
                .map(|request| {
                    let mut adjudicator = Adjudicator::new(&rules);
                    let read = adjudicator.prepare(request);
                    assert!(read.is_ok(), "the workload's requests are well-formed");
                    // The first run makes its memory.
                    let ran = adjudicator.run(request, &mut NoTrace).is_ok();
                    assert!(ran, "the workload's requests are well-formed");
                    (adjudicator, request)
                })
                .collect();
            for round in 0..rounds {
                let at = round % prepared.len();
                let (adjudicator, request) = &mut prepared[at];
                let _ = black_box(adjudicator.run(black_box(request), &mut NoTrace).is_ok());
            }
        }
        "dense" => {
            let dense = Dense::new(&workload);
            let mut payable = Vec::new();
            for claim in workload.claims.iter().cycle().take(rounds) {
                black_box(dense.run(black_box(claim), &mut payable));
            }
        }
        "decimal" => {
            let decimals = Decimals::new(&workload);
            let claims = Decimals::claims(&workload);
            let mut payable = Vec::new();
            for claim in claims.iter().cycle().take(rounds) {
                black_box(decimals.run(black_box(claim), &mut payable));
            }
        }
        "text" => {
            let rules = workload.rules();
            let texts = workload.requests_text();
            let mut session = Session::new(&rules, Options::default());
            let mut out = Vec::new();
            for text in texts.iter().cycle().take(rounds) {
                out.clear();
                session.adjudicate_ndjson(black_box(text), &mut out);
                black_box(out.len());
            }
        }
        "plain" => {
            let plain = PlainJson::new(&workload);
            let texts = workload.requests_text();
            let mut out = Vec::new();
            for text in texts.iter().cycle().take(rounds) {
                out.clear();
                plain.run(black_box(text), &mut out);
                black_box(out.len());
            }
        }
        _ => {
            eprintln!("usage: instructions engine|prepared|dense|decimal|text|plain ROUNDS");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

//! Time for each claim in the core alone, for bench.sh: `core <directory>` reads the requests that
//! `golden` wrote there and prints lines of a name, a tab, and microseconds (the median of rounds).

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use adjudica::wire::{Options, Session, compile_text, read_request};

/// How often the requests are repeated in a batch; as in Bench.kt.
const TIMES: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("usage: core <directory>")?;
    let text = |file: &str| fs::read_to_string(Path::new(&directory).join(file));
    let (requests, answers) = (text("requests.ndjson")?, text("none.ndjson")?);
    let good: Vec<&str> = requests
        .lines()
        .zip(answers.lines())
        .filter(|(_, answer)| !answer.starts_with("{\"error\":"))
        .map(|(request, _)| request)
        .collect();
    let typed = good.iter().map(|request| read_request(request));
    let typed = typed.collect::<Result<Vec<_>, _>>()?;
    let lines = good.repeat(TIMES).join("\n");

    let rules = compile_text(&text("scheme.yaml")?)?;
    let mut session = Session::new(&rules, Options::default());
    let mut out = Vec::new();
    report("typed", typed.len(), || {
        for request in &typed {
            let _ = black_box(session.adjudicate(black_box(request)).is_ok());
        }
    });
    report("json", good.len(), || {
        for request in &good {
            out.clear();
            let _ = black_box(
                session
                    .adjudicate_json(black_box(request), &mut out)
                    .is_ok(),
            );
        }
    });
    report("ndjson", good.len() * TIMES, || {
        out.clear();
        session.adjudicate_ndjson(black_box(&lines), &mut out);
    });
    Ok(())
}

fn report(name: &str, claims: usize, mut round: impl FnMut()) {
    let start = Instant::now();
    let mut times = Vec::new();
    while start.elapsed() < Duration::from_secs(3) {
        let mark = Instant::now();
        round();
        times.push(mark.elapsed());
    }
    times.sort();
    if let Some(median) = times.get(times.len() / 2) {
        let claims = u32::try_from(claims).unwrap_or(u32::MAX);
        println!(
            "{name}\t{:.3}",
            median.as_secs_f64() * 1e6 / f64::from(claims)
        );
    }
}

//! Times a scheme on requests.

use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

use adjudica::adjudicate::{Adjudicator, NoTrace};
use adjudica::decision::{DecisionParts, document};
use adjudica::wire::{Options, Session, read_request, request_digest, write_json};
use adjudica::{Error, RuleSet};
use serde::Serialize;

use super::Rules;
use crate::exit::Stop;

/// What happens to a request, in order.
pub const STAGES: [&str; 6] = ["parse", "prepare", "decide", "digest", "document", "print"];

/// Measuring for less says little.
const LEAST: Duration = Duration::from_millis(500);

/// A scheme, measured.
#[derive(Debug, Serialize)]
pub struct Measured {
    pub file: String,
    pub code: String,
    pub version: String,
    pub digest: String,
    pub conventions: String,
    /// From text to rule set.
    pub compile_us: u64,
    /// Claims timed, all rounds together.
    pub claims: usize,
    /// Requests that could not be read, and are not timed.
    pub unreadable: usize,
    pub claims_per_second: Speed,
    /// From text to text.
    pub latency_us: Latency,
    /// Of the fastest round.
    pub stages: Vec<Stage>,
}

/// Claims a second; on one thread those of the fastest round.
#[derive(Debug, Serialize)]
pub struct Speed {
    pub one_thread: u64,
    pub all_cores: u64,
    pub threads: usize,
}

/// Microseconds for one claim.
#[derive(Debug, Serialize)]
pub struct Latency {
    pub p50: f64,
    pub p90: f64,
    pub p99: f64,
    pub max: f64,
}

/// A stage's part.
#[derive(Debug, Serialize)]
pub struct Stage {
    pub name: &'static str,
    pub us_per_claim: f64,
    /// Of the time of all stages.
    pub percent: f64,
}

/// Nanoseconds of each stage.
type Times = [u64; STAGES.len()];

/// Measures a rule set: at least so many rounds, and for a while.
pub fn measure(rules: &Rules, requests: &[String], rounds: usize) -> Result<Measured, Stop> {
    let Rules {
        file,
        rules,
        micros,
    } = rules;
    let mut adjudicator = Adjudicator::new(rules);
    let mut out = Vec::new();
    // Warms up, and finds what can be read at all.
    let readable: Vec<&str> = requests
        .iter()
        .map(String::as_str)
        .filter(|text| timed(&mut adjudicator, text, &mut out).is_ok())
        .collect();
    if readable.is_empty() {
        return Err(Stop::Failed(format!("{file}: no request can be read")));
    }
    let mut latencies = Vec::with_capacity(readable.len() * rounds);
    let mut best: Option<Times> = None;
    let start = Instant::now();
    let mut round = 0;
    while round < rounds || start.elapsed() < LEAST {
        let mut sums: Times = Default::default();
        for text in &readable {
            // What was readable a moment ago still is.
            if let Ok(times) = timed(&mut adjudicator, text, &mut out) {
                latencies.push(times.iter().sum());
                for (sum, time) in sums.iter_mut().zip(times) {
                    *sum += time;
                }
            }
        }
        // The fastest round is the one that other programs disturbed least.
        best = best
            .into_iter()
            .chain([sums])
            .min_by_key(|sums| sums.iter().sum::<u64>());
        round += 1;
    }
    let best = best.unwrap_or_default();
    let total: u64 = best.iter().sum();
    let stages = STAGES
        .iter()
        .zip(best)
        .map(|(name, sum)| Stage {
            name,
            us_per_claim: sum as f64 / 1000.0 / readable.len() as f64,
            percent: 100.0 * sum as f64 / total.max(1) as f64,
        })
        .collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let scheme = rules.scheme();
    Ok(Measured {
        file: file.clone(),
        code: scheme.code.to_string(),
        version: scheme.version.to_string(),
        digest: rules.digest().to_string(),
        conventions: rules.conventions().to_owned(),
        compile_us: *micros,
        claims: latencies.len(),
        unreadable: requests.len() - readable.len(),
        claims_per_second: Speed {
            one_thread: per_second(readable.len(), Duration::from_nanos(total)),
            all_cores: all_cores(rules, &readable, threads),
            threads,
        },
        latency_us: percentiles(latencies),
        stages,
    })
}

/// One request through all stages.
fn timed(adjudicator: &mut Adjudicator, text: &str, out: &mut Vec<u8>) -> Result<Times, Error> {
    out.clear();
    let mut clock = Instant::now();
    let mut lap = || {
        let now = Instant::now();
        let lap = now.duration_since(clock).as_nanos();
        clock = now;
        u64::try_from(lap).unwrap_or(u64::MAX)
    };
    let request = read_request(text)?;
    let parse = lap();
    adjudicator.prepare(&request)?;
    let prepare = lap();
    adjudicator.run(&request, &mut NoTrace)?;
    let decide = lap();
    let digest_text = request_digest(&request);
    let digest = lap();
    let decision = document(&DecisionParts {
        rules: adjudicator.rules(),
        request: &request,
        outcome: adjudicator.outcome(),
        trace: None,
        request_digest: Some(&digest_text),
    });
    let documented = lap();
    write_json(&decision, out)?;
    let print = lap();
    Ok([parse, prepare, decide, digest, documented, print])
}

/// Text to text on every core at once.
fn all_cores(rules: &RuleSet, requests: &[&str], threads: usize) -> u64 {
    let start = Instant::now();
    let done: usize = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut session = Session::new(rules, Options::default());
                    let (mut out, mut done) = (Vec::new(), 0);
                    while start.elapsed() < LEAST {
                        for text in requests.iter().take(1000) {
                            out.clear();
                            done += usize::from(session.adjudicate_json(text, &mut out).is_ok());
                        }
                    }
                    done
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|w| w.join().unwrap_or_default())
            .sum()
    });
    per_second(done, start.elapsed())
}

fn per_second(count: usize, time: Duration) -> u64 {
    (count as f64 / time.as_secs_f64().max(1e-9)) as u64
}

fn percentiles(mut nanos: Vec<u64>) -> Latency {
    nanos.sort_unstable();
    let at = |percent: usize| {
        let rank = (nanos.len() * percent).div_ceil(100).max(1) - 1;
        nanos.get(rank).map_or(0.0, |nanos| *nanos as f64 / 1000.0)
    };
    Latency {
        p50: at(50),
        p90: at(90),
        p99: at(99),
        max: at(100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let latency = percentiles((1..=200).rev().map(|n| n * 1000).collect());
        let figures = [latency.p50, latency.p90, latency.p99, latency.max];
        assert_eq!(figures, [100.0, 180.0, 198.0, 200.0]);
        let one = percentiles(vec![5000]);
        assert_eq!([one.p50, one.max], [5.0, 5.0]);
    }
}

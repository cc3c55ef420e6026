//! `adjudica bench`: how fast a scheme is, and what changing it changes.

mod compare;
mod measure;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use adjudica::RuleSet;
use comfy_table::Table;
use serde::Serialize;

use crate::exit::{Exit, Stop};
use crate::files;
use crate::scheme::{ConventionsArg, load, preset};
use crate::split::{Layout, split};
use crate::table::{numbers_from, table};
use compare::Comparison;
use measure::Measured;

/// Measure a scheme on requests, or compare two schemes or versions
///
/// Reads up to --limit requests into memory and adjudicates them on one thread, stage by stage,
/// then on all cores. With --against, does the same for another scheme and counts the decisions
/// and the money that differ.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica bench --scheme scheme.yaml claims.ndjson
  adjudica bench --scheme 2025.yaml --against 2026.yaml claims.ndjson.gz --show 20
  adjudica bench --scheme scheme.yaml --against scheme.yaml --against-conventions legacy-sql claims/
  adjudica bench --scheme scheme.yaml claims.ndjson --json | jq .schemes[0].latency_us

Stages: parse (text to request), prepare (codes and amounts to numbers), decide, document (numbers
to codes and text), digest (of the request, for the provenance), print (document to text). Their
times and the claims a second on one thread are those of the fastest round; latencies of all.

Exit codes: 0 measured, whatever differs; 2 a scheme or input is unusable.")]
pub struct Args {
    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Another scheme, or another version of it
    #[arg(short, long, value_name = "FILE")]
    against: Option<PathBuf>,

    /// Conventions to use instead of the other scheme's
    #[arg(long, value_name = "PRESET", requires = "against", value_parser = preset)]
    against_conventions: Option<adjudica::conventions::Preset>,

    /// Files or directories of requests; none or `-` for standard input
    #[arg(value_name = "REQUESTS")]
    requests: Vec<PathBuf>,

    /// How requests are laid out in the inputs
    #[arg(long, value_name = "LAYOUT", default_value = "auto", value_enum)]
    input: Layout,

    /// Read at most N requests
    #[arg(long, value_name = "N", default_value = "100000")]
    limit: NonZero<usize>,

    /// Work through the requests at least N times, after once to warm up
    #[arg(long, value_name = "N", default_value = "3")]
    rounds: NonZero<usize>,

    /// Show the N claims whose payment differs most
    #[arg(long, value_name = "N", default_value = "10")]
    show: usize,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Everything measured.
#[derive(Debug, Serialize)]
struct Bench {
    requests: usize,
    schemes: Vec<Measured>,
    /// Absent where the system does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_memory_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison>,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let requests = requests(args)?;
    let one = Rules::load(&args.scheme, &args.conventions)?;
    let other = match &args.against {
        Some(path) => {
            let conventions = ConventionsArg {
                conventions: args.against_conventions,
            };
            Some(Rules::load(path, &conventions)?)
        }
        None => None,
    };
    let schemes = std::iter::once(&one)
        .chain(&other)
        .map(|rules| measure::measure(rules, &requests, args.rounds.get()))
        .collect::<Result<_, Stop>>()?;
    let comparison = other
        .as_ref()
        .map(|other| compare::compare(&one.rules, &other.rules, &requests, args.show));
    let bench = Bench {
        requests: requests.len(),
        schemes,
        peak_memory_bytes: peak_memory(),
        comparison,
    };
    let mut out = std::io::stdout().lock();
    use std::io::Write as _;
    if args.json {
        serde_json::to_writer_pretty(&mut out, &bench)
            .map_err(|error| Stop::from(std::io::Error::from(error)))?;
        writeln!(out)?;
    } else {
        write!(out, "{}", as_text(&bench))?;
    }
    Ok(Exit::Done)
}

/// A rule set and how long it took to get.
struct Rules {
    file: String,
    rules: RuleSet,
    micros: u64,
}

impl Rules {
    fn load(path: &Path, conventions: &ConventionsArg) -> Result<Self, Stop> {
        let start = Instant::now();
        let rules = load(path, conventions)?;
        Ok(Self {
            file: path.display().to_string(),
            rules,
            micros: u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX),
        })
    }
}

fn requests(args: &Args) -> Result<Vec<String>, Stop> {
    let mut found = Vec::new();
    for source in files::sources(&args.requests)? {
        let input = source.open(&Arc::default())?;
        split(input, args.input, 0, &mut |batch| {
            let room = args.limit.get() - found.len();
            let texts = batch.items().take(room);
            found.extend(texts.map(|item| String::from_utf8_lossy(item.text).into_owned()));
            found.len() < args.limit.get()
        })
        .map_err(|error| Stop::about(source.name(), error))?;
    }
    if found.is_empty() {
        return Err(Stop::Failed("there are no requests to measure".to_owned()));
    }
    Ok(found)
}

/// The most memory this process has had, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

fn as_text(bench: &Bench) -> String {
    let mut header = vec![String::new()];
    header.extend(bench.schemes.iter().map(|measured| measured.file.clone()));
    let mut shown = table(header);
    let mut row = |name: &str, figure: &dyn Fn(&Measured) -> String| {
        let figures = bench.schemes.iter().map(figure);
        shown.add_row(std::iter::once(name.to_owned()).chain(figures));
    };
    row("scheme", &|m| format!("{} {}", m.code, m.version));
    row("conventions", &|m| m.conventions.clone());
    row("read and compile", &|m| format!("{} us", m.compile_us));
    row("claims", &|m| m.claims.to_string());
    row("unreadable requests", &|m| m.unreadable.to_string());
    row("claims a second, one thread", &|m| {
        m.claims_per_second.one_thread.to_string()
    });
    row("claims a second, all cores", &|m| {
        let speed = &m.claims_per_second;
        format!("{} ({} threads)", speed.all_cores, speed.threads)
    });
    row("latency p50", &|m| format!("{:.1} us", m.latency_us.p50));
    row("latency p90", &|m| format!("{:.1} us", m.latency_us.p90));
    row("latency p99", &|m| format!("{:.1} us", m.latency_us.p99));
    row("latency max", &|m| format!("{:.1} us", m.latency_us.max));
    for (stage, name) in measure::STAGES.iter().enumerate() {
        row(&format!("  {name}"), &|m| match m.stages.get(stage) {
            Some(stage) => format!("{:.2} us  {:>5.1} %", stage.us_per_claim, stage.percent),
            None => String::new(),
        });
    }
    numbers_from(&mut shown, 1);
    let mut text = format!("{shown}\n");
    if let Some(bytes) = bench.peak_memory_bytes {
        text.push_str(&format!(
            "peak memory {} MiB, the requests included\n",
            bytes >> 20
        ));
    }
    if let Some(comparison) = &bench.comparison {
        text.push_str(&as_comparison(comparison));
    }
    text
}

fn as_comparison(comparison: &Comparison) -> String {
    let mut text = format!(
        "\n{} of {} decisions differ, {} in what the scheme pays\n",
        comparison.different, comparison.compared, comparison.different_payment
    );
    let mut shown: Table = table(["borne by", "first", "second", "difference"]);
    for (name, sums) in [
        ("scheme", &comparison.scheme),
        ("patient", &comparison.patient),
        ("facility", &comparison.facility),
    ] {
        shown.add_row([name, &sums.first, &sums.second, &sums.difference]);
    }
    numbers_from(&mut shown, 1);
    text.push_str(&format!("{shown}\n"));
    if !comparison.largest.is_empty() {
        let mut shown = table(["claim", "first pays", "second pays", "difference", "status"]);
        for change in &comparison.largest {
            shown.add_row([
                change.claim.as_str(),
                &change.payment.first,
                &change.payment.second,
                &change.payment.difference,
                &change.status,
            ]);
        }
        text.push_str(&format!("{shown}\n"));
    }
    text
}

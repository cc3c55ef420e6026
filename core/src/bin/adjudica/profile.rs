//! `adjudica profile`.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use adjudica::Error;
use adjudica::baseline::{FEWEST, ProfileBuilder};
use adjudica::wire::write_json;

use crate::advise::claims::Reader;
use crate::exit::{Exit, Stop};
use crate::files::{self, Sink, Source};
use crate::progress::Progress;
use crate::report::{Severity, diagnostic, say};
use crate::scheme::{ConventionsArg, load};
use crate::split::{Item, Layout};
use crate::stream::{self, Plan, Worker};

/// Most claims whose errors are shown.
const SHOWN: usize = 10;

/// Count what is usual in earlier claims: prices, quantities, frequencies
///
/// Decides every claim and counts the lines that the rules pass, by service or item: in the whole
/// scheme, at each level of facilities, at each facility and for each main diagnosis. Writes a
/// profile (`adjudica schema profile`) with the quartiles of each group, which `adjudica advise
/// baseline` compares claims with. The order of the claims makes no difference. A profile names no
/// person and no claim.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica profile --scheme scheme.yaml history.ndjson.gz --out profile.json
  adjudica profile --scheme scheme.yaml --fewest 50 history/ | jq '.groups | length'

Exit codes: 0 done, 2 scheme or input unusable, 3 done, but some claims could not be read.")]
pub struct Args {
    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Files or directories of claims; none or `-` for standard input
    #[arg(value_name = "CLAIMS")]
    claims: Vec<PathBuf>,

    /// Leave out groups of fewer lines: 4 or more
    #[arg(long, value_name = "N", default_value_t = FEWEST)]
    fewest: u32,

    /// Write to FILE instead of standard output; packed if its name ends in .gz
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Number of worker threads [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let unusable = |error: Error| Stop::Failed(error.to_string());
    let rules = load(&args.scheme, &args.conventions)?;
    let mut all = ProfileBuilder::new(&rules, args.fewest).map_err(unusable)?;
    let sources = files::sources(&args.claims)?;
    let plan = Plan {
        sources: &sources,
        layout: Layout::Auto,
        threads: args.threads,
        read: Arc::new(AtomicU64::new(0)),
    };
    let mut progress = Progress::over(&sources);
    let counter = || Counter {
        reader: Reader::new(&rules),
        builder: ProfileBuilder::new(&rules, args.fewest),
        refused: 0,
        first: Vec::new(),
    };
    // Nothing is written claim by claim.
    let mut nothing = Sink {
        out: Box::new(std::io::sink()),
        gzip: false,
    };
    let counters = stream::run(&plan, counter, &mut nothing, || {
        progress.at(plan.read.load(Ordering::Relaxed));
    })?;
    progress.end();
    let (mut refused, mut shown) = (0, Vec::new());
    for counter in counters {
        refused += counter.refused;
        shown.extend(counter.first);
        let part = counter.builder.map_err(unusable)?;
        all.merge(part).map_err(unusable)?;
    }
    shown.sort_by_key(|(source, error)| (*source, error.line));
    for (source, error) in shown.iter().take(SHOWN) {
        let file = sources.get(*source).map(Source::name).unwrap_or_default();
        say(&diagnostic(Severity::Error, error, &file, ""));
    }
    let profile = all.finish();
    let mut text = Vec::new();
    write_json(&profile, &mut text).map_err(unusable)?;
    text.push(b'\n');
    let mut sink = files::create(args.out.as_deref())?;
    sink.write(&text)?;
    say(&format!(
        "{} claims, {} lines in {} groups; {} lines left out, because the rules reject them",
        profile.claims,
        profile.lines,
        profile.groups.len(),
        profile.rejected,
    ));
    if refused == 0 {
        return Ok(Exit::Done);
    }
    say(&format!("{refused} claims could not be read"));
    Ok(Exit::SomeUnreadable)
}

/// Counts a part of the claims.
struct Counter {
    reader: Reader,
    builder: Result<ProfileBuilder, Error>,
    refused: usize,
    /// The first errors, with their inputs.
    first: Vec<(usize, Error)>,
}

impl Worker for Counter {
    fn item(&mut self, item: &Item<'_>, _: &mut Vec<u8>) {
        let Ok(builder) = &mut self.builder else {
            return;
        };
        let seen = self.reader.see(item);
        if let Err(error) = seen.and_then(|seen| builder.add_input(&seen.input)) {
            self.refused += 1;
            if self.first.len() < SHOWN {
                self.first.push((item.source, item.located(error)));
            }
        }
    }
}

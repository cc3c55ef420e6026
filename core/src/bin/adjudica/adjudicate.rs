//! `adjudica adjudicate`.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use adjudica::decision::{Decision, TraceLevel};
use adjudica::wire::{Options, Session, read_request, write_json};
use adjudica::{Error, RuleSet};
use serde::Serialize;

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::progress::Progress;
use crate::report::say;
use crate::scheme::SchemeArgs;
use crate::split::{Item, Layout};
use crate::stream::{self, Plan, Worker};
use crate::summary::Summary;

/// Adjudicate requests: one decision a line, in the order of the requests
///
/// Reads requests as NDJSON (one a line), as one JSON object or as an array, plain or gzip, from
/// files, directories or standard input. Works on all cores with little memory, however long the
/// input. A request that cannot be read has `{"error": {..}}` in its place, with its line; when
/// there are several inputs, also with its file.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica adjudicate --scheme scheme.yaml claim.json
  adjudica adjudicate --scheme scheme.yaml --explain full claims.ndjson.gz --out decisions.ndjson.gz
  zcat claims.ndjson.gz | adjudica adjudicate --scheme scheme.yaml | jq -r .totals.scheme_share
  adjudica adjudicate --scheme scheme.yaml --conventions legacy-sql --summary inbox/ > decisions.ndjson

Exit codes: 0 every request decided, 2 scheme or input unusable, 3 some requests unreadable.")]
pub struct Args {
    #[command(flatten)]
    scheme: SchemeArgs,

    /// Files or directories of requests; none or `-` for standard input
    #[arg(value_name = "REQUESTS")]
    requests: Vec<PathBuf>,

    #[command(flatten)]
    common: Common,
}

/// What reading requests and writing decisions takes.
#[derive(Debug, clap::Args)]
struct Common {
    /// How much of the reasoning to show
    #[arg(short, long, value_name = "LEVEL", default_value = "none", value_enum)]
    explain: Explain,

    /// Write to FILE instead of standard output; packed if its name ends in .gz
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// How requests are laid out in the inputs
    #[arg(long, value_name = "LAYOUT", default_value = "auto", value_enum)]
    input: Layout,

    /// Indent decisions
    #[arg(long)]
    pretty: bool,

    /// Print counts, sums and reasons to standard error when done
    #[arg(long)]
    summary: bool,

    /// Number of worker threads [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

/// The levels of the trace, for the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Explain {
    /// Reasons at the claim and its lines only
    None,
    /// What rejected or reduced anything
    Reasons,
    /// Every step
    Full,
}

impl From<Explain> for TraceLevel {
    fn from(level: Explain) -> Self {
        match level {
            Explain::None => Self::None,
            Explain::Reasons => Self::Reasons,
            Explain::Full => Self::Full,
        }
    }
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let sources = files::sources(&args.requests)?;
    let rules = args.scheme.compile()?;
    decide(&args.common, &sources, |options| {
        Single::new(&rules, options)
    })
}

/// Decides one document.
trait Decide: Send {
    fn decide(&mut self, text: &str) -> Result<Decision, Error>;
}

/// Requests under one scheme.
struct Single(Session);

impl Single {
    fn new(rules: &RuleSet, options: Options) -> Self {
        Self(Session::new(rules, options))
    }
}

impl Decide for Single {
    fn decide(&mut self, text: &str) -> Result<Decision, Error> {
        self.0.adjudicate(&read_request(text)?)
    }
}

fn decide<D: Decide>(
    args: &Common,
    sources: &[Source],
    make: impl Fn(Options) -> D + Sync,
) -> Result<Exit, Stop> {
    let options = Options {
        trace: args.explain.into(),
        ..Options::default()
    };
    let names: Vec<String> = sources.iter().map(Source::name).collect();
    let names = (names.len() > 1).then_some(names.as_slice());
    let plan = Plan {
        sources,
        layout: args.input,
        threads: args.threads,
        read: Arc::new(AtomicU64::new(0)),
    };
    let mut sink = files::create(args.out.as_deref())?;
    let mut progress = Progress::over(sources);
    let workers = stream::run(
        &plan,
        || Decider {
            decide: make(options),
            pretty: args.pretty,
            names,
            summary: Summary::default(),
        },
        &mut sink,
        || progress.at(plan.read.load(Ordering::Relaxed)),
    )?;
    progress.end();

    let mut summary = Summary::default();
    for worker in workers {
        summary.merge(worker.summary);
    }
    if args.summary {
        say(summary.to_string().trim_end());
    } else if summary.unreadable > 0 {
        let all = summary.unreadable + summary.decided;
        say(&format!(
            "{} of {all} requests could not be read",
            summary.unreadable
        ));
    }
    Ok(if summary.unreadable > 0 {
        Exit::SomeUnreadable
    } else {
        Exit::Done
    })
}

/// Decides documents and writes decisions and errors.
struct Decider<'n, D> {
    decide: D,
    pretty: bool,
    names: Option<&'n [String]>,
    summary: Summary,
}

impl<D: Decide> Worker for Decider<'_, D> {
    fn item(&mut self, item: &Item<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        let decided = utf8(item.text).and_then(|text| {
            let decision = self.decide.decide(text)?;
            self.write(&decision, out)?;
            Ok(decision)
        });
        match decided {
            Ok(decision) => self.summary.add(&decision),
            Err(error) => {
                out.truncate(start);
                self.summary.unreadable += 1;
                self.refuse(located(error, item), item, out);
            }
        }
        out.push(b'\n');
    }
}

impl<D> Decider<'_, D> {
    fn write(&self, document: &impl Serialize, out: &mut Vec<u8>) -> Result<(), Error> {
        if self.pretty {
            serde_json::to_writer_pretty(out, document)
                .map_err(|e| Error::new("document.unwritable", "", e.to_string()))
        } else {
            write_json(document, out)
        }
    }

    fn refuse(&self, error: Error, item: &Item<'_>, out: &mut Vec<u8>) {
        #[derive(Serialize)]
        struct Refused<'e> {
            error: &'e Error,
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'e str>,
        }
        let file = self.names.and_then(|names| names.get(item.source));
        let refused = Refused {
            error: &error,
            file: file.map(String::as_str),
        };
        // Text always prints, and into memory.
        let _ = self.write(&refused, out);
    }
}

fn utf8(text: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(text).map_err(|error| {
        let column = u32::try_from(error.valid_up_to() + 1).ok();
        let mut error = Error::new("syntax", "", "the text is not UTF-8");
        error.line = Some(1);
        error.column = column;
        error
    })
}

/// The place in the input instead of the place in the document.
fn located(mut error: Error, item: &Item<'_>) -> Error {
    let within = error.line.map_or(0, |line| line.saturating_sub(1));
    if within == 0 {
        error.column = error
            .column
            .map(|column| column.saturating_add(item.column - 1));
    }
    error.line = Some(item.line.saturating_add(within));
    error
}

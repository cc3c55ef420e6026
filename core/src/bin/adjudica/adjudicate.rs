//! `adjudica adjudicate`.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use adjudica::compat::Snapshot;
use adjudica::conventions::Preset;
use adjudica::decision::TraceLevel;
use adjudica::explain::{self, Catalogue};
use adjudica::wire::{Options, Session, read_request, write_json};
use adjudica::{Decision, Error, Invalid, RuleSet, Scheme};
use serde::{Deserialize, Serialize};

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::language::LanguageArgs;
use crate::progress::Progress;
use crate::report::say;
use crate::scheme::{ConventionsArg, load};
use crate::split::{Item, Layout};
use crate::stream::{self, Plan, Worker};
use crate::summary::Summary;

/// Adjudicate requests: one decision a line, in the order of the requests
///
/// Reads requests as NDJSON (one a line), as one JSON object or as an array, plain or gzip, from
/// files, directories or standard input. Works on all cores with little memory, however long the
/// input. A request that cannot be read has `{"error": {..}}` in its place, with its line; when
/// there are several inputs, also with its file.
///
/// With `--snapshots`, reads snapshots of openIMIS rows instead, each with its own scheme, and
/// writes `{"id": .., "decision": {..}}`; `warnings` tell where the rows left something to guess.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica adjudicate --scheme scheme.yaml claim.json
  adjudica adjudicate --scheme scheme.yaml --explain full claims.ndjson.gz --out decisions.ndjson.gz
  zcat claims.ndjson.gz | adjudica adjudicate --scheme scheme.yaml | jq -r .totals.scheme_share
  adjudica adjudicate --scheme scheme.yaml --conventions legacy-sql --summary inbox/ > out.ndjson
  adjudica adjudicate --scheme scheme.yaml --text --lang fr claim.json
  adjudica adjudicate --snapshots snapshots.ndjson.gz

Exit codes: 0 every request decided, 2 scheme or input unusable, 3 some requests unreadable.")]
pub struct Args {
    /// The scheme, in YAML or JSON
    #[arg(
        short,
        long,
        value_name = "FILE",
        required_unless_present = "snapshots"
    )]
    scheme: Option<PathBuf>,

    /// Files or directories of requests; none or `-` for standard input
    #[arg(value_name = "REQUESTS")]
    requests: Vec<PathBuf>,

    /// Snapshots of openIMIS rows, in place of a scheme and requests
    #[arg(long, value_name = "FILE", conflicts_with_all = ["scheme", "requests", "text"])]
    snapshots: Vec<PathBuf>,

    #[command(flatten)]
    conventions: ConventionsArg,

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

    /// Print explanations instead of decisions
    #[arg(long, conflicts_with = "pretty")]
    text: bool,

    #[command(flatten)]
    language: LanguageArgs,

    /// Leave the digest of the request out of the provenance; a good part faster
    #[arg(long)]
    no_digest: bool,

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
    let Some(path) = &args.scheme else {
        let sources = files::sources(&args.snapshots)?;
        let preset = args.conventions.conventions;
        return decide(&args.common, &sources, None, |options| Native {
            options,
            preset,
        });
    };
    let sources = files::sources(&args.requests)?;
    let rules = load(path, &args.conventions)?;
    let catalogue = match args.common.text {
        true => Some(args.common.language.catalogue(None, Some(rules.scheme()))?),
        false => None,
    };
    let words = catalogue
        .as_ref()
        .map(|catalogue| (catalogue, rules.scheme()));
    decide(&args.common, &sources, words, |options| {
        Single(Session::new(&rules, options))
    })
}

/// Decides one document.
trait Decide: Send {
    fn decide(&mut self, text: &str) -> Result<Answer, Error>;

    /// The document's id, to say what an error is about.
    fn id(&self, text: &str) -> Option<String>;
}

/// A decision and what goes with it.
struct Answer {
    decision: Decision,
    /// Of a snapshot.
    native: Option<(Option<String>, Vec<Error>)>,
}

/// Requests under one scheme.
struct Single(Session);

impl Decide for Single {
    fn decide(&mut self, text: &str) -> Result<Answer, Error> {
        Ok(Answer {
            decision: self.0.adjudicate(&read_request(text)?)?,
            native: None,
        })
    }

    fn id(&self, _text: &str) -> Option<String> {
        None
    }
}

/// Snapshots, each with its own scheme.
struct Native {
    options: Options,
    preset: Option<Preset>,
}

impl Decide for Native {
    fn decide(&mut self, text: &str) -> Result<Answer, Error> {
        let snapshot = Snapshot::parse(text)?;
        let mut reading = snapshot.read()?;
        if let Some(preset) = self.preset {
            reading = reading.with_preset(preset);
        }
        let rules = RuleSet::compile(reading.scheme).map_err(first)?;
        Ok(Answer {
            decision: Session::new(&rules, self.options).adjudicate(&reading.request)?,
            native: Some((snapshot.id, reading.warnings)),
        })
    }

    fn id(&self, text: &str) -> Option<String> {
        #[derive(Deserialize)]
        struct Probe {
            id: String,
        }
        serde_json::from_str(text).ok().map(|Probe { id }| id)
    }
}

/// The first of several errors, which says how many more there are.
fn first(invalid: Invalid) -> Error {
    let more = invalid.errors().len().saturating_sub(1);
    let mut errors = invalid.errors().iter().cloned();
    let mut first = errors
        .next()
        .unwrap_or_else(|| Error::new("scheme.invalid", "", "the scheme cannot be used"));
    if more > 0 {
        first.message.push_str(&format!(" (and {more} more)"));
    }
    first
}

fn decide<D: Decide>(
    args: &Common,
    sources: &[Source],
    words: Option<(&Catalogue, &Scheme)>,
    make: impl Fn(Options) -> D + Sync,
) -> Result<Exit, Stop> {
    let trace = match words {
        Some(_) => TraceLevel::Full,
        None => args.explain.into(),
    };
    let options = Options {
        trace,
        digest: !args.no_digest,
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
            words,
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
    /// Explanations instead of documents.
    words: Option<(&'n Catalogue, &'n Scheme)>,
    names: Option<&'n [String]>,
    summary: Summary,
}

impl<D: Decide> Worker for Decider<'_, D> {
    fn item(&mut self, item: &Item<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        let decided = item.utf8().and_then(|text| {
            let answer = self.decide.decide(text)?;
            self.answer(&answer, out)?;
            Ok(answer.decision)
        });
        match decided {
            Ok(decision) => self.summary.add(&decision),
            Err(error) => {
                out.truncate(start);
                self.summary.unreadable += 1;
                self.refuse(item.located(error), item, out);
            }
        }
        out.push(b'\n');
    }
}

impl<D: Decide> Decider<'_, D> {
    fn answer(&self, answer: &Answer, out: &mut Vec<u8>) -> Result<(), Error> {
        #[derive(Serialize)]
        struct Document<'a> {
            id: Option<&'a str>,
            decision: &'a Decision,
            #[serde(skip_serializing_if = "<[Error]>::is_empty")]
            warnings: &'a [Error],
        }
        let decision = &answer.decision;
        if let Some((catalogue, scheme)) = self.words {
            out.extend(explain::text(decision, catalogue, scheme).as_bytes());
            return Ok(());
        }
        match &answer.native {
            None => self.write(decision, out),
            Some((id, warnings)) => {
                let id = id.as_deref();
                self.write(
                    &Document {
                        id,
                        decision,
                        warnings,
                    },
                    out,
                )
            }
        }
    }

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
            #[serde(skip_serializing_if = "Option::is_none")]
            id: Option<String>,
            error: &'e Error,
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'e str>,
        }
        let file = self.names.and_then(|names| names.get(item.source));
        if self.words.is_some() {
            let place = file.map(|name| format!("{name}: ")).unwrap_or_default();
            out.extend(format!("{place}{error}\n").as_bytes());
            return;
        }
        let refused = Refused {
            id: item.utf8().ok().and_then(|text| self.decide.id(text)),
            error: &error,
            file: file.map(String::as_str),
        };
        // Text always prints, and into memory.
        let _ = self.write(&refused, out);
    }
}

//! Claims in, what an advisor says of each out.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use adjudica::advisor::{AdvisorInput, Findings, Target, snapshot};
use adjudica::calendar::Moment;
use adjudica::wire::{Format, Options, Session, read, read_request, write_error, write_json};
use adjudica::{Code, Error, RuleSet};
use serde::Deserialize;

use crate::exit::{Exit, Stop};
use crate::files;
use crate::progress::Progress;
use crate::report::say;
use crate::split::{Item, Layout};
use crate::stream::{self, Plan, Worker};

/// Schema id of snapshots.
const INPUT: &str = "adjudica/advisor_input@1";

/// Who advises and how its answers are written.
#[derive(Debug, clap::Args)]
pub struct Speaking {
    /// Who runs the advisor, as the scheme's `review.advisors` knows it
    #[arg(long, value_name = "NAME", default_value = "adjudica", value_parser = code,
        requires = "scheme")]
    pub provider: Code,

    /// Now, for the record, such as 2025-03-10T14:30:00Z [default: the clock of this machine]
    #[arg(long, value_name = "MOMENT", requires = "scheme")]
    pub at: Option<Moment>,

    /// Print a line of text for each finding instead of documents
    #[arg(long, requires = "scheme")]
    pub text: bool,
}

/// Where claims come from and answers go.
#[derive(Debug, clap::Args)]
pub struct Streams {
    /// Write to FILE instead of standard output; packed if its name ends in .gz
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Number of worker threads [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZero<usize>>,
}

fn code(text: &str) -> Result<Code, String> {
    Code::new(text).ok_or_else(|| "not a name of 1 to 100 bytes".to_owned())
}

impl Speaking {
    /// Now.
    pub fn moment(&self) -> Result<Moment, Stop> {
        let unusable = |error: &dyn std::fmt::Display| Stop::about("the clock", error);
        if let Some(at) = self.at {
            return Ok(at);
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = since.map_err(|e| unusable(&e))?.as_secs();
        let time = i64::try_from(seconds).ok();
        let time = time.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
        let text = time.map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        let moment = text.unwrap_or_default().parse::<Moment>();
        moment.map_err(|e| unusable(&e))
    }
}

/// A claim as advisors see it, and its code if it came as a request.
pub struct Seen {
    pub claim: Option<Code>,
    pub input: AdvisorInput,
}

/// Reads requests, and decides them, and snapshots.
pub struct Reader(RuleSet, Session);

impl Reader {
    pub fn new(rules: &RuleSet) -> Self {
        let options = Options {
            digest: false,
            ..Options::default()
        };
        Self(rules.clone(), Session::new(rules, options))
    }

    pub fn see(&mut self, item: &Item<'_>) -> Result<Seen, Error> {
        #[derive(Deserialize)]
        struct Probe {
            schema: Option<String>,
        }
        let text = item.utf8()?;
        let probe: Option<Probe> = serde_json::from_str(text).ok();
        if probe.and_then(|probe| probe.schema).as_deref() == Some(INPUT) {
            let input = read(text, Format::Json)?;
            return Ok(Seen { claim: None, input });
        }
        let request = read_request(text)?;
        let decision = self.1.adjudicate(&request)?;
        Ok(Seen {
            input: snapshot(&self.0, &request, &decision),
            claim: Some(request.claim.code),
        })
    }
}

/// Does something with every claim, and says how many could not be read. Errors stand in the
/// place of answers.
pub fn each<T: Send>(
    streams: &Streams,
    files: &[PathBuf],
    rules: &RuleSet,
    make: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, &Seen, &mut Vec<u8>) -> Result<(), Error> + Sync,
) -> Result<(Exit, Vec<T>), Stop> {
    let sources = files::sources(files)?;
    let plan = Plan {
        sources: &sources,
        layout: Layout::Auto,
        threads: streams.threads,
        read: Arc::new(AtomicU64::new(0)),
    };
    let mut sink = files::create(streams.out.as_deref())?;
    let mut progress = Progress::over(&sources);
    let worker = || Each {
        reader: Reader::new(rules),
        made: make(),
        work: &work,
        done: 0,
        refused: 0,
    };
    let workers = stream::run(&plan, worker, &mut sink, || {
        progress.at(plan.read.load(Ordering::Relaxed));
    })?;
    progress.end();
    let refused: usize = workers.iter().map(|worker| worker.refused).sum();
    let done: usize = workers.iter().map(|worker| worker.done).sum();
    let made = workers.into_iter().map(|worker| worker.made).collect();
    if refused == 0 {
        return Ok((Exit::Done, made));
    }
    let all = refused + done;
    say(&format!("{refused} of {all} claims could not be read"));
    Ok((Exit::SomeUnreadable, made))
}

struct Each<'w, T, W> {
    reader: Reader,
    made: T,
    work: &'w W,
    done: usize,
    refused: usize,
}

impl<T, W> Worker for Each<'_, T, W>
where
    T: Send,
    W: Fn(&mut T, &Seen, &mut Vec<u8>) -> Result<(), Error> + Sync,
{
    fn item(&mut self, item: &Item<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        let seen = self.reader.see(item);
        match seen.and_then(|seen| (self.work)(&mut self.made, &seen, out)) {
            Ok(()) => self.done += 1,
            Err(error) => {
                self.refused += 1;
                out.truncate(start);
                write_error(&item.located(error), out);
                out.push(b'\n');
            }
        }
    }
}

/// Writes findings: the document, or a line of text each.
pub fn write(text: bool, seen: &Seen, findings: &Findings, out: &mut Vec<u8>) -> Result<(), Error> {
    if !text {
        write_json(findings, out)?;
        out.push(b'\n');
        return Ok(());
    }
    let claim = seen.claim.as_deref().unwrap_or("-");
    for finding in &findings.findings {
        let target = match &finding.target {
            Target::Claim => "claim".to_owned(),
            Target::Line(id) => format!("line {id}"),
        };
        let score = finding
            .score
            .map_or("-".to_owned(), |score| score.to_string());
        let stance = word(&finding.stance);
        let code = word(&finding.code);
        let words = &finding.explanation;
        let row = format!("{claim}\t{target}\t{stance}\t{code}\t{score}\t{words}\n");
        out.extend_from_slice(row.as_bytes());
    }
    Ok(())
}

/// The name that documents use.
fn word(value: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(value).ok();
    let name = name.as_ref().and_then(serde_json::Value::as_str);
    name.unwrap_or_default().to_owned()
}

//! `adjudica advise trees`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use adjudica::trees::{Trees, TreesAdvisor, TreesRow};
use adjudica::wire::{Format, read, write_json};
use adjudica::{Code, Error, Score};
use serde::{Deserialize, Serialize};

use super::claims::{self, Speaking, Streams};
use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::progress::Progress;
use crate::report::say;
use crate::scheme::{self, ConventionsArg};
use crate::split::{Item, Layout};
use crate::stream::{self, Plan, Worker};

/// Score rows with gradient-boosted trees, with the part of each feature in the score
///
/// A model is a file as `adjudica schema trees` describes it; tools/trees/import_model.py makes it
/// from a model of LightGBM, XGBoost or scikit-learn. A row is `{"id": .., "features": {NAME:
/// NUMBER or null, ..}}`; its answer has the same id and is at the same place. A row that cannot be
/// scored has `{"id": .., "error": {..}}` in its place.
///
/// With `--scheme`, reads claims instead, as requests or snapshots (`adjudica schema
/// advisor_input`), and answers each by a findings document: what the model says about each line,
/// with the five features that made the difference.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica advise trees --model model.json rows.ndjson
  adjudica advise trees --model model.json rows.ndjson.gz --out scores.ndjson.gz
  adjudica advise trees --model model.json < rows.ndjson | jq -r '[.id, .probability] | @csv'
  adjudica advise trees --model model.json --scheme scheme.yaml --from 0.7 --text claims.ndjson

Exit codes: 0 all scored, 2 scheme, model or input unusable, 3 some rows or claims not scored.")]
pub struct Args {
    /// The model, in JSON, plain or gzip
    #[arg(short, long, value_name = "FILE")]
    model: PathBuf,

    /// Files of rows, or of claims; none or `-` for standard input
    #[arg(value_name = "ROWS")]
    rows: Vec<PathBuf>,

    /// Read claims under this scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: Option<PathBuf>,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Question lines of at least this probability
    #[arg(
        long,
        value_name = "PROBABILITY",
        default_value = "0.5",
        requires = "scheme"
    )]
    from: Score,

    #[command(flatten)]
    speaking: Speaking,

    #[command(flatten)]
    streams: Streams,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let trees = load(&args.model)?;
    match &args.scheme {
        Some(scheme) => of_claims(args, &trees, scheme),
        None => of_rows(args, &trees),
    }
}

fn of_claims(args: &Args, trees: &Trees, scheme: &Path) -> Result<Exit, Stop> {
    if !args.from.in_range() {
        return Err(Stop::about("--from", "a probability is between 0 and 1"));
    }
    let rules = scheme::load(scheme, &args.conventions)?;
    let advisor = TreesAdvisor {
        provider: args.speaking.provider.clone(),
        from: args.from,
        at: args.speaking.moment()?,
    };
    let none = || ();
    let (exit, _) = claims::each(&args.streams, &args.rows, &rules, none, |(), seen, out| {
        let findings = trees.advise(&advisor, &seen.input)?;
        claims::write(args.speaking.text, seen, &findings, out)
    })?;
    Ok(exit)
}

fn of_rows(args: &Args, trees: &Trees) -> Result<Exit, Stop> {
    let sources = files::sources(&args.rows)?;
    let plan = Plan {
        sources: &sources,
        layout: Layout::Auto,
        threads: args.streams.threads,
        read: Arc::new(AtomicU64::new(0)),
    };
    let mut sink = files::create(args.streams.out.as_deref())?;
    let mut progress = Progress::over(&sources);
    let scorer = || Scorer {
        trees,
        scored: 0,
        refused: 0,
    };
    let workers = stream::run(&plan, scorer, &mut sink, || {
        progress.at(plan.read.load(Ordering::Relaxed));
    })?;
    progress.end();
    let refused: usize = workers.iter().map(|worker| worker.refused).sum();
    let scored: usize = workers.iter().map(|worker| worker.scored).sum();
    if refused == 0 {
        return Ok(Exit::Done);
    }
    say(&format!(
        "{refused} of {} rows could not be scored",
        refused + scored
    ));
    Ok(Exit::SomeUnreadable)
}

fn load(path: &Path) -> Result<Trees, Stop> {
    let source = Source::new(path);
    let text = source.read_to_string()?;
    Trees::read(&text).map_err(|invalid| Stop::Invalid {
        file: source.name(),
        errors: invalid.errors().to_vec(),
        text,
    })
}

/// Scores rows and writes answers and errors.
struct Scorer<'t> {
    trees: &'t Trees,
    scored: usize,
    refused: usize,
}

impl Worker for Scorer<'_> {
    fn item(&mut self, item: &Item<'_>, out: &mut Vec<u8>) {
        let answered = item.utf8().and_then(|text| {
            let row: TreesRow = read(text, Format::Json)?;
            write_json(&self.trees.explain(&row)?, out)
        });
        match answered {
            Ok(()) => self.scored += 1,
            Err(error) => {
                self.refused += 1;
                refuse(&item.located(error), item, out);
            }
        }
        out.push(b'\n');
    }
}

/// Writes the error in place of an answer, with the row's id if that can be read.
fn refuse(error: &Error, item: &Item<'_>, out: &mut Vec<u8>) {
    #[derive(Serialize)]
    struct Refused<'e> {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Code>,
        error: &'e Error,
    }
    #[derive(Deserialize)]
    struct Probe {
        id: Code,
    }
    let probe: Option<Probe> = serde_json::from_slice(item.text).ok();
    let id = probe.map(|probe| probe.id);
    // Text always prints, and into memory.
    let _ = write_json(&Refused { id, error }, out);
}

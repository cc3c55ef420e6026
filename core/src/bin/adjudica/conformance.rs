//! `adjudica conformance`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use adjudica::compat::conformance::{Deviation, Vector, Verdict};
use adjudica::conventions::Preset;
use serde::{Deserialize, Serialize};

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::progress::Progress;
use crate::report::say;
use crate::scheme::preset;
use crate::split::{Item, Layout};
use crate::stream::{self, Plan, Worker};
use crate::table::{numbers_from, table};

/// Compare decisions with what another engine stored for the same rows
///
/// Reads vectors: snapshots of openIMIS rows with the columns that engine stored, one a line. Shows
/// how many decisions are equal in every column, by family of vectors; under `standard` also which
/// named deviations of the other engine explain the rest, and ends with `N equal, N different`.
/// Under other presets, which claim to be that engine, ends with `N passed, N failed`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica conformance --conventions standard claims.ndjson.gz
  adjudica conformance --conventions legacy-sql --verbose claims.ndjson.gz
  adjudica conformance --conventions standard --json *.ndjson.gz | jq -c 'select(.unexplained != [])'

Exit codes: 0 compared (standard) or all passed, 1 some failed, 2 usage or files, 3 some vectors
cannot be read (standard; under other presets they have failed).")]
pub struct Args {
    /// The preset to decide under
    #[arg(long, value_name = "PRESET", value_parser = preset)]
    conventions: Preset,

    /// Vectors; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Show every column that differs
    #[arg(short, long, conflicts_with = "json")]
    verbose: bool,

    /// Print every verdict as JSON, one a line, and the summary to standard error
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let sources = files::sources(&args.files)?;
    let names: Vec<String> = sources.iter().map(Source::name).collect();
    let plan = Plan {
        sources: &sources,
        layout: Layout::Ndjson,
        threads: None,
        read: Arc::default(),
    };
    let mut sink = files::create(None)?;
    let mut progress = Progress::over(&sources);
    let judge = || Judge {
        preset: args.conventions,
        verbose: args.verbose,
        json: args.json,
        names: &names,
        counts: Counts::default(),
    };
    let judges = stream::run(&plan, judge, &mut sink, || {
        progress.at(plan.read.load(std::sync::atomic::Ordering::Relaxed));
    })?;
    progress.end();
    let mut counts = Counts::default();
    for judge in judges {
        counts.merge(judge.counts);
    }
    let all = counts
        .families
        .values()
        .fold(Family::default(), Family::plus);
    for fault in &counts.faults {
        say(fault);
    }
    let summary = counts.as_text(args.conventions);
    if args.json {
        say(summary.trim_end());
    } else {
        write!(sink.out, "{summary}")?;
        sink.out.flush()?;
    }
    let standard = args.conventions == Preset::Standard;
    let faults = counts.faults.len();
    Ok(match standard {
        true if faults > 0 => Exit::SomeUnreadable,
        false if faults > 0 || all.equal < all.claims => Exit::Found,
        _ => Exit::Done,
    })
}

/// Judges vectors and counts.
struct Judge<'n> {
    preset: Preset,
    names: &'n [String],
    verbose: bool,
    json: bool,
    counts: Counts,
}

/// What has been counted.
#[derive(Default)]
struct Counts {
    families: BTreeMap<String, Family>,
    deviations: BTreeMap<Deviation, usize>,
    faults: Vec<String>,
}

/// Claims of a family.
#[derive(Debug, Clone, Copy, Default)]
struct Family {
    claims: usize,
    equal: usize,
    /// Different, and nothing explains some of it.
    unexplained: usize,
}

impl Family {
    fn plus(self, other: &Self) -> Self {
        Self {
            claims: self.claims + other.claims,
            equal: self.equal + other.equal,
            unexplained: self.unexplained + other.unexplained,
        }
    }
}

impl Worker for Judge<'_> {
    fn item(&mut self, item: &Item<'_>, out: &mut Vec<u8>) {
        #[derive(Deserialize)]
        struct Probe {
            family: Option<String>,
        }
        let text = String::from_utf8_lossy(item.text);
        let judged = Vector::parse(&text)
            .map_err(|error| error.to_string())
            .and_then(|vector| {
                vector
                    .verdicts(self.preset)
                    .map_err(|fault| fault.to_string())
            });
        let verdicts = match judged {
            Ok(verdicts) => verdicts,
            Err(fault) => {
                let file = self.names.get(item.source).map_or("", String::as_str);
                let fault = format!("{file}, line {}: {fault}", item.line);
                self.counts.faults.push(fault);
                return;
            }
        };
        let family = serde_json::from_str::<Probe>(&text).ok();
        let family = family.and_then(|probe| probe.family).unwrap_or_default();
        for verdict in &verdicts {
            self.counts.add(&family, verdict);
            if self.json {
                #[derive(Serialize)]
                struct Line<'v> {
                    family: &'v str,
                    #[serde(flatten)]
                    verdict: &'v Verdict,
                }
                let line = Line {
                    family: &family,
                    verdict,
                };
                // Text always prints, and into memory.
                let _ = serde_json::to_writer(&mut *out, &line);
                out.push(b'\n');
            } else if self.verbose && !verdict.equal {
                out.extend(differences(verdict).as_bytes());
            }
        }
    }
}

fn differences(verdict: &Verdict) -> String {
    let names: Vec<&str> = verdict.explained_by.iter().map(|d| d.name()).collect();
    let mut text = format!("{}: {}\n", verdict.id, names.join(", "));
    for difference in &verdict.differences {
        let mark = match verdict.unexplained.contains(difference) {
            true => '?',
            false => ' ',
        };
        text.push_str(&format!(
            "{mark} {}: ours {}, theirs {}\n",
            difference.path, difference.ours, difference.theirs
        ));
    }
    text
}

impl Counts {
    fn add(&mut self, family: &str, verdict: &Verdict) {
        let counts = self.families.entry(family.to_owned()).or_default();
        counts.claims += 1;
        counts.equal += usize::from(verdict.equal);
        counts.unexplained += usize::from(!verdict.unexplained.is_empty());
        for deviation in &verdict.explained_by {
            *self.deviations.entry(*deviation).or_default() += 1;
        }
    }

    fn merge(&mut self, other: Self) {
        for (name, family) in other.families {
            let sum = self.families.entry(name).or_default();
            *sum = sum.plus(&family);
        }
        for (deviation, count) in other.deviations {
            *self.deviations.entry(deviation).or_default() += count;
        }
        self.faults.extend(other.faults);
    }

    fn as_text(&self, preset: Preset) -> String {
        let standard = preset == Preset::Standard;
        let mut text = String::new();
        let mut shown = match standard {
            true => table(["family", "claims", "equal", "explained", "unexplained"]),
            false => table(["family", "claims", "passed", "failed"]),
        };
        for (name, family) in &self.families {
            let different = family.claims - family.equal;
            let mut row = vec![
                name.clone(),
                family.claims.to_string(),
                family.equal.to_string(),
            ];
            if standard {
                row.push((different - family.unexplained).to_string());
                row.push(family.unexplained.to_string());
            } else {
                row.push(different.to_string());
            }
            shown.add_row(row);
        }
        numbers_from(&mut shown, 1);
        text.push_str(&format!("{shown}\n"));
        if !self.deviations.is_empty() {
            let mut shown = table(["deviation", "claims", "what the other engine does"]);
            let mut deviations: Vec<_> = self.deviations.iter().collect();
            deviations.sort_by_key(|(deviation, count)| (std::cmp::Reverse(**count), **deviation));
            for (deviation, count) in deviations {
                shown.add_row([
                    deviation.name(),
                    &count.to_string(),
                    deviation.meaning().trim(),
                ]);
            }
            text.push_str(&format!("{shown}\n"));
        }
        if !self.faults.is_empty() {
            text.push_str(&format!("{} vectors cannot be read\n", self.faults.len()));
        }
        let all = self.families.values().fold(Family::default(), Family::plus);
        let different = all.claims - all.equal;
        text.push_str(&match standard {
            true => format!("{} equal, {different} different\n", all.equal),
            false => {
                let failed = different + self.faults.len();
                format!("{} passed, {failed} failed\n", all.equal)
            }
        });
        text
    }
}

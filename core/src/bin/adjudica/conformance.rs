//! `adjudica conformance`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use adjudica::compat::conformance::{Judged, Verdict, Whom, judge};
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

/// Compare decisions with what openIMIS stored for the same rows
///
/// Reads vectors: snapshots of openIMIS rows with the columns that openIMIS 1.11 stored, one a line.
/// Shows how many decisions are equal in every column, by family of vectors; under `standard` also
/// which switches of openIMIS make the difference in the rest, and ends with `N equal, N different`.
/// Under `openimis-1.11`, which claims to be that engine, every recorded run is replayed: submission,
/// processing, and the service's flow of both; like `legacy-sql` it ends with `N passed, N failed`.
/// Recorded policies, enquiries, batch runs (both calls) and capitations are told apart by their shape.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica conformance --conventions standard claims.ndjson.gz
  adjudica conformance --conventions openimis-1.11 --verbose claims.ndjson.gz
  adjudica conformance --conventions standard --json *.ndjson.gz | jq -c 'select(.unexplained != [])'

Exit codes: 0 all explained (standard) or all passed, 1 some not, 2 usage or files, 3 some vectors
cannot be read (standard; under other presets they have failed).")]
pub struct Args {
    /// The engine to decide as: a preset, or `openimis-1.11`
    #[arg(long, value_name = "PRESET", value_parser = engine)]
    conventions: Whom,

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

const STANDARD: Whom = Whom::Ours(Preset::Standard);

fn engine(name: &str) -> Result<Whom, String> {
    if name == "openimis-1.11" {
        return Ok(Whom::OpenImis);
    }
    preset(name)
        .map(Whom::Ours)
        .map_err(|_| format!("`{name}` is none of `standard`, `legacy-sql` and `openimis-1.11`"))
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
        engine: args.conventions,
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
    let standard = args.conventions == STANDARD;
    let faults = counts.faults.len();
    Ok(match standard {
        true if faults > 0 => Exit::SomeUnreadable,
        true if all.unexplained > 0 => Exit::Found,
        false if faults > 0 || all.equal < all.claims => Exit::Found,
        _ => Exit::Done,
    })
}

/// Judges vectors and counts.
struct Judge<'n> {
    engine: Whom,
    names: &'n [String],
    verbose: bool,
    json: bool,
    counts: Counts,
}

/// What has been counted.
#[derive(Default)]
struct Counts {
    families: BTreeMap<String, Family>,
    runs: BTreeMap<&'static str, Family>,
    /// By name: how often, and the meaning.
    switches: BTreeMap<&'static str, (usize, &'static str)>,
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
        let judged = match judge(&text, self.engine) {
            Ok(judged) => judged,
            Err(fault) => {
                let file = self.names.get(item.source).map_or("", String::as_str);
                let fault = format!("{file}, line {}: {fault}", item.line);
                self.counts.faults.push(fault);
                return;
            }
        };
        let family = serde_json::from_str::<Probe>(&text).ok();
        let family = family.and_then(|probe| probe.family).unwrap_or_default();
        for Judged { run, verdict } in &judged {
            self.counts.add(&family, run, verdict);
            if self.json {
                #[derive(Serialize)]
                struct Line<'v> {
                    family: &'v str,
                    #[serde(skip_serializing_if = "str::is_empty")]
                    run: &'v str,
                    #[serde(flatten)]
                    verdict: &'v Verdict,
                }
                let line = Line {
                    family: &family,
                    run,
                    verdict,
                };
                // Text always prints, and into memory.
                let _ = serde_json::to_writer(&mut *out, &line);
                out.push(b'\n');
            } else if self.verbose && !verdict.equal {
                out.extend(differences(run, verdict).as_bytes());
            }
        }
    }
}

fn differences(run: &str, verdict: &Verdict) -> String {
    let mut names: Vec<String> = Vec::new();
    names.extend((!run.is_empty()).then(|| run.to_owned()));
    let shares = verdict.explained_by.iter();
    names.extend(shares.map(|share| format!("{} {}", share.switch, share.money)));
    names.extend(
        verdict
            .carried
            .then(|| "carried from earlier claims".to_owned()),
    );
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
    fn add(&mut self, family: &str, run: &'static str, verdict: &Verdict) {
        let families = self.families.entry(family.to_owned()).or_default();
        for counts in [families, self.runs.entry(run).or_default()] {
            counts.claims += 1;
            counts.equal += usize::from(verdict.equal);
            counts.unexplained += usize::from(!verdict.unexplained.is_empty());
        }
        for share in &verdict.explained_by {
            let (count, meaning) = self.switches.entry(share.switch).or_default();
            *count += 1;
            *meaning = share.meaning;
        }
    }

    fn merge(&mut self, other: Self) {
        for (name, family) in other.families {
            let sum = self.families.entry(name).or_default();
            *sum = sum.plus(&family);
        }
        for (name, run) in other.runs {
            let sum = self.runs.entry(name).or_default();
            *sum = sum.plus(&run);
        }
        for (switch, (more, what)) in other.switches {
            let (count, meaning) = self.switches.entry(switch).or_default();
            *count += more;
            *meaning = what;
        }
        self.faults.extend(other.faults);
    }

    fn as_text(&self, engine: Whom) -> String {
        let standard = engine == STANDARD;
        let mut text = String::new();
        let outcome: &[&str] = match standard {
            true => &["equal", "explained", "unexplained"],
            false => &["passed", "failed"],
        };
        let named = |first: &str| {
            let words = [first, "claims"].into_iter().chain(outcome.iter().copied());
            table(words.map(str::to_owned).collect::<Vec<_>>())
        };
        let row = |name: &str, family: &Family| {
            let different = family.claims - family.equal;
            let mut row = vec![
                name.to_owned(),
                family.claims.to_string(),
                family.equal.to_string(),
            ];
            if standard {
                row.push((different - family.unexplained.min(different)).to_string());
                row.push(family.unexplained.to_string());
            } else {
                row.push(different.to_string());
            }
            row
        };
        let mut shown = named("family");
        for (name, family) in &self.families {
            shown.add_row(row(name, family));
        }
        numbers_from(&mut shown, 1);
        text.push_str(&format!("{shown}\n"));
        // Most kinds of vectors record one call only, which has no name.
        let calls = || self.runs.iter().filter(|(name, _)| !name.is_empty());
        if engine == Whom::OpenImis && calls().next().is_some() {
            let mut shown = named("run");
            for (name, run) in calls() {
                shown.add_row(row(name, run));
            }
            numbers_from(&mut shown, 1);
            text.push_str(&format!("{shown}\n"));
        }
        if !self.switches.is_empty() {
            let mut shown = table(["switch", "claims", "what openIMIS 1.11 does"]);
            let mut switches: Vec<_> = self.switches.iter().collect();
            switches.sort_by_key(|(switch, (count, _))| (std::cmp::Reverse(*count), **switch));
            for (switch, (count, meaning)) in switches {
                shown.add_row([*switch, &count.to_string(), *meaning]);
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

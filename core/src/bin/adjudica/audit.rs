//! `adjudica audit`.

mod page;

use std::io::Write as _;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use adjudica::compat::Rows;
use adjudica::compat::audit::{Audit, Auditor, Group, Place};
use adjudica::compat::openimis_1_11::Run;
use adjudica::wire::write_json;
use adjudica::{Error, RuleSet};

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::progress::Progress;
use crate::report::say;
use crate::scheme::{ConventionsArg, load};
use crate::split::{Item, Layout};
use crate::stream::{self, Plan, Worker};
use crate::table::{numbers_from, numbers_in, table};
use page::grouped;

/// Rows of a table for people; the rest is added up in one more.
const SHOWN: usize = 20;

/// Show, claim by claim and in sums, what a move from openIMIS 1.11 to this engine changes
///
/// Reads snapshots of openIMIS rows, one a line: each claim with every row that its decision
/// depends on, or several claims in order. Each claim is answered by openIMIS 1.11 (replayed, bugs
/// and breakdowns included) and by the standard conventions, both over what openIMIS left of the
/// claims before it. Where the two differ, the deviations of openIMIS that make the difference are
/// named, with the money that each moves.
///
/// Snapshots that carry recorded answers of the real engine, as conformance vectors do, prove the
/// replay: it is compared with them in every column.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica audit --from openimis-1.11 --to standard claims.ndjson.gz
  adjudica audit --from openimis-1.11 --to standard --html report.html --json report.json *.ndjson.gz
  adjudica audit --from openimis-1.11 --to standard --run flow --json - claims.ndjson | jq .totals

  adjudica audit --from openimis-1.11 --to standard --scheme scheme.yaml --requests requests.ndjson

Runs: `process` is validate_claim and what its caller stores; `flow` is the service, which submits
the claim and then processes it; `submit` is submission alone.

--scheme with --requests asks what openIMIS would have paid under these rules: they are written as
its rows first. What those cannot hold, such as Bikram Sambat months or cover by ownership of the
facility, is refused with its path. openIMIS works the items of a claim before its services.

Exit codes: 0 done, 1 done, but recorded answers of openIMIS differ from the replay, 2 usage or
files, 3 done, but some snapshots cannot be used.")]
pub struct Args {
    /// The engine to leave
    #[arg(long, value_name = "ENGINE", value_parser = ["openimis-1.11"])]
    from: String,

    /// The conventions to move to
    #[arg(long, value_name = "PRESET", value_parser = ["standard"])]
    to: String,

    /// Snapshots, NDJSON, packed or not; `-` for standard input
    #[arg(value_name = "SNAPSHOTS", required_unless_present = "scheme")]
    snapshots: Vec<PathBuf>,

    /// A scheme instead of snapshots, JSON or YAML
    #[arg(
        long,
        value_name = "FILE",
        requires = "requests",
        conflicts_with = "snapshots"
    )]
    scheme: Option<PathBuf>,

    /// Its requests: JSON, NDJSON or a directory of them; `-` for standard input
    #[arg(long, value_name = "FILE", requires = "scheme", num_args = 1..)]
    requests: Vec<PathBuf>,

    /// The call of openIMIS to replay: `submit`, `process` or `flow`
    #[arg(long, value_name = "RUN", default_value = "process", value_parser = run_by_name)]
    run: Run,

    /// Write the report as one HTML page, complete in itself
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Write the audit as a document (schema adjudica/audit@1)
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Number of worker threads [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

fn run_by_name(name: &str) -> Result<Run, String> {
    name.parse().map_err(|error: Error| error.to_string())
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let rules = match &args.scheme {
        Some(scheme) => Some((scheme, load(scheme, &ConventionsArg::default())?)),
        None => None,
    };
    let rows = match &rules {
        Some((file, rules)) => Some(rows_of(file, rules)?),
        None => None,
    };
    let sources = match rows {
        Some(_) => files::sources(&args.requests)?,
        None => files::sources(&args.snapshots)?,
    };
    let names: Vec<String> = sources.iter().map(Source::name).collect();
    let audit = audited(args, rows.as_ref(), &sources, &names)?;
    if let Some(path) = &args.json {
        let mut text = Vec::new();
        write_json(&audit, &mut text).map_err(|error| Stop::about(path.display(), error))?;
        text.push(b'\n');
        write(path, &text)?;
    }
    if let Some(path) = &args.html {
        let page = page::html(&audit, &names).map_err(|e| Stop::about(path.display(), e))?;
        write(path, page.as_bytes())?;
    }
    let printed = [&args.json, &args.html];
    let taken = printed
        .into_iter()
        .flatten()
        .any(|path| path == Path::new("-"));
    let summary = as_text(&audit);
    if taken {
        say(summary.trim_end());
    } else {
        let mut out = std::io::stdout().lock();
        out.write_all(summary.as_bytes())?;
        out.flush()?;
    }
    Ok(match (audit.unreadable, audit.recorded.disagreements) {
        (1.., _) => Exit::SomeUnreadable,
        (0, 1..) => Exit::Found,
        (0, 0) => Exit::Done,
    })
}

/// The rules as openIMIS would hold them.
fn rows_of<'r>(file: &Path, rules: &'r RuleSet) -> Result<Rows<'r>, Stop> {
    Rows::of(rules.scheme()).map_err(|invalid| Stop::Invalid {
        file: file.display().to_string(),
        text: String::new(),
        errors: invalid.errors().to_vec(),
    })
}

fn audited(
    args: &Args,
    rows: Option<&Rows<'_>>,
    sources: &[Source],
    names: &[String],
) -> Result<Audit, Stop> {
    let plan = Plan {
        sources,
        layout: match rows {
            Some(_) => Layout::Auto,
            None => Layout::Ndjson,
        },
        threads: args.threads,
        read: Arc::default(),
    };
    let mut nowhere = files::Sink {
        out: Box::new(std::io::sink()),
        gzip: false,
    };
    let mut progress = Progress::over(sources);
    let take = || Taker {
        auditor: Auditor::new(args.run),
        rows,
        names,
    };
    let takers = stream::run(&plan, take, &mut nowhere, || {
        progress.at(plan.read.load(Ordering::Relaxed));
    })?;
    progress.end();
    let mut all = Auditor::new(args.run);
    for taker in takers {
        all.merge(taker.auditor);
    }
    Ok(all.finish())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let about = |error| Stop::about(path.display(), error);
    let mut sink = files::create(Some(path))?;
    sink.out.write_all(bytes).map_err(about)?;
    sink.out.flush().map_err(about)
}

/// Takes snapshots on one thread.
struct Taker<'n> {
    auditor: Auditor,
    /// The scheme of requests; `None` for snapshots.
    rows: Option<&'n Rows<'n>>,
    names: &'n [String],
}

impl Worker for Taker<'_> {
    fn item(&mut self, item: &Item<'_>, _: &mut Vec<u8>) {
        let place = Place {
            file: item.source,
            line: item.line,
        };
        let text = String::from_utf8_lossy(item.text);
        let taken = match self.rows {
            Some(rows) => self.auditor.take_request(place, rows, &text),
            None => self.auditor.take(place, &text),
        };
        if let Err(fault) = taken {
            let file = self.names.get(item.source).map_or("", String::as_str);
            say(&format!("{file}, line {}: {fault}", item.line));
        }
    }
}

fn as_text(audit: &Audit) -> String {
    let all = &audit.totals;
    let mut text = String::new();
    let mut shown = table(["openimis-1.11 against standard", "claims", "money"]);
    for (what, claims, money) in [
        (
            "all claims, as openIMIS approves them",
            all.claims,
            Some(all.openimis),
        ),
        (
            "  as standard approves them",
            all.claims,
            Some(all.standard),
        ),
        ("equal in every column", all.equal, None),
        ("changed", all.changed, Some(all.difference)),
        (
            "  openIMIS pays too much",
            all.overpaid_claims,
            Some(all.overpaid),
        ),
        (
            "  openIMIS pays too little",
            all.underpaid_claims,
            Some(all.underpaid),
        ),
        ("  openIMIS breaks down", all.unadjudicable, None),
    ] {
        let money = money.map_or_else(String::new, grouped);
        shown.add_row([what.to_owned(), claims.to_string(), money]);
    }
    numbers_from(&mut shown, 1);
    text.push_str(&format!("{shown}\n"));
    let mut shown = table([
        "deviation",
        "claims",
        "adds",
        "takes",
        "what openIMIS 1.11 does",
    ]);
    for row in &audit.deviations {
        shown.add_row([
            row.switch.name().to_owned(),
            row.claims.to_string(),
            grouped(row.adds),
            grouped(row.takes),
            row.meaning.to_owned(),
        ]);
    }
    numbers_in(&mut shown, 1..4);
    text.push_str(&format!("{shown}\n"));
    if !audit.faults.is_empty() {
        let mut shown = table(["breakdown", "claims", "approved by standard"]);
        for row in &audit.faults {
            let claims = row.claims.to_string();
            shown.add_row([row.fault.name().to_owned(), claims, grouped(row.standard)]);
        }
        numbers_from(&mut shown, 1);
        text.push_str(&format!("{shown}\n"));
    }
    for (name, groups) in [
        ("product", &audit.products),
        ("facility", &audit.facilities),
        ("category", &audit.categories),
        ("month", &audit.months),
    ] {
        text.push_str(&groups_as_text(name, groups));
    }
    let mut shown = table([
        "largest claims",
        "openIMIS",
        "standard",
        "difference",
        "deviations",
    ]);
    for claim in &audit.largest {
        let names: Vec<&str> = claim
            .deviations
            .iter()
            .map(|share| share.switch.name())
            .collect();
        let name = claim.snapshot.as_deref().unwrap_or_default();
        shown.add_row([
            format!("{name} {}", claim.claim).trim_start().to_owned(),
            grouped(claim.openimis_approved),
            grouped(claim.standard_approved),
            grouped(claim.difference),
            names.join(", "),
        ]);
    }
    numbers_in(&mut shown, 1..4);
    text.push_str(&format!("{shown}\n"));
    let recorded = &audit.recorded;
    if recorded.claims > 0 {
        text.push_str(&format!(
            "{} recorded answers of openIMIS, {} of them other than the replay\n",
            recorded.claims, recorded.disagreements
        ));
        for name in &recorded.names {
            text.push_str(&format!("  {name}\n"));
        }
    }
    if audit.unreadable > 0 {
        text.push_str(&format!("{} snapshots cannot be used\n", audit.unreadable));
    }
    text.push_str(&format!("{} equal, {} different\n", all.equal, all.changed));
    text
}

fn groups_as_text(name: &str, groups: &[Group]) -> String {
    let header = [
        name,
        "claims",
        "changed",
        "openIMIS",
        "standard",
        "too much",
        "too little",
    ];
    let mut shown = table(header);
    for group in groups.iter().take(SHOWN) {
        let figures = &group.figures;
        shown.add_row([
            page::named(&group.name),
            figures.claims.to_string(),
            figures.changed.to_string(),
            grouped(figures.openimis),
            grouped(figures.standard),
            grouped(figures.overpaid),
            grouped(figures.underpaid),
        ]);
    }
    numbers_from(&mut shown, 1);
    let more = groups.len().saturating_sub(SHOWN);
    let rest = match more {
        0 => String::new(),
        more => format!("and {more} more\n"),
    };
    format!("{shown}\n{rest}")
}

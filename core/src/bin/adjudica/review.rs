//! `adjudica review`.

mod page;
mod quality;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use adjudica::review::{
    Difference, LookedAt, ReviewAnswer, ReviewReport, ReviewSelection, ReviewState, Standing,
    StateCounts,
};
use adjudica::wire::{Question, ask_json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::exit::{Exit, Stop};
use crate::files::{Source, sources};
use crate::question::QuestionArgs;
use crate::report::{say, stop};
use crate::scheme::{ConventionsArg, load};
use crate::split::{Layout, split};
use crate::table::{numbers_from, table};

/// Select claims for review, take steps in their review, and count
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Select(Select),
    Apply(Apply),
    Report(ReportArgs),
    Quality(quality::Args),
}

/// Select claims for review by the scheme's rules, with the reasons for each
///
/// Reads requests (NDJSON, JSON or an array, plain or gzip). The same seed selects the same claims,
/// whatever their order, on every machine.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica review select --scheme scheme.yaml --seed 2025-03 --at 2025-04-01T08:00:00Z claims.ndjson
  adjudica review select -s scheme.yaml --seed 2025-03 --at 2025-04-01T08:00:00Z \\
      --past costs.ndjson --advice advice.ndjson --json claims.ndjson | jq .counts

Exit codes: 0 selected, 1 a request cannot be read, 2 usage, files or scheme.")]
struct Select {
    #[command(flatten)]
    common: Common,

    /// Seed of every draw, such as the month
    #[arg(long, value_name = "TEXT")]
    seed: String,

    /// What earlier claims cost: rows of {diagnosis, date, claims, claimed, approved}
    #[arg(long, value_name = "FILE")]
    past: Option<PathBuf>,

    /// Advice on the claims, as `advice` answers it
    #[arg(long, value_name = "FILE")]
    advice: Option<PathBuf>,

    /// Files or directories of requests; none or `-` for standard input
    #[arg(value_name = "REQUESTS")]
    requests: Vec<PathBuf>,
}

/// Take steps in the review of a claim: verdicts, feedback, payment, appeals
///
/// Reads a document with the claim, its review file and the steps. Writes the new file, where the
/// claim stands, the decision with the verdicts, what changed, and what enters the ledger. A
/// refused step is told, and then none of the steps is taken.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica review apply --scheme scheme.yaml steps.json
  adjudica review apply --scheme scheme.yaml --json steps.json | jq .file > file.json

Exit codes: 0 taken, 1 refused or the document cannot be read, 2 usage, files or scheme.")]
struct Apply {
    #[command(flatten)]
    question: QuestionArgs,
}

/// Count how reviews stand, from review files
///
/// Reads review files, or the answers of `review apply --json` that hold them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica review report --scheme scheme.yaml --at 2025-04-30T18:00:00Z files.ndjson

Exit codes: 0 counted, 1 a file cannot be read, 2 usage, files or scheme.")]
struct ReportArgs {
    #[command(flatten)]
    common: Common,

    /// Review files; none or `-` for standard input
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Common {
    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Now, such as 2025-04-01T08:00:00Z
    #[arg(long, value_name = "MOMENT")]
    at: String,

    /// Print the answer as JSON, on one line
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.command {
        Command::Select(args) => select(args),
        Command::Apply(args) => apply(args),
        Command::Report(args) => report(args),
        Command::Quality(args) => quality::run(args),
    }
}

fn select(args: &Select) -> Result<Exit, Stop> {
    #[derive(Serialize)]
    struct Request<'r> {
        schema: &'static str,
        seed: &'r str,
        at: &'r str,
        claims: Vec<Claim>,
        past: Vec<Box<RawValue>>,
    }
    #[derive(Serialize)]
    struct Claim {
        request: Box<RawValue>,
        #[serde(skip_serializing_if = "Option::is_none")]
        advice: Option<Box<RawValue>>,
    }
    let mut advice: BTreeMap<(String, String), Box<RawValue>> = BTreeMap::new();
    for given in optional(args.advice.as_ref())? {
        let Some(about) = claim_of(&parsed(&given)?, "claim") else {
            return Err(Stop::Failed("an advice names no claim".to_owned()));
        };
        let (facility, claim) = &about;
        let twice = format!("there are two advices about claim `{claim}` of `{facility}`");
        if advice.insert(about, given).is_some() {
            return Err(Stop::Failed(twice));
        }
    }
    let mut claims = Vec::new();
    for request in documents(&args.requests)? {
        let read: Value = parsed(&request)?;
        let own = read.get("claim").and_then(|claim| claim_of(claim, "code"));
        let about = own.and_then(|claim| advice.remove(&claim));
        claims.push(Claim {
            request,
            advice: about,
        });
    }
    if let Some((facility, claim)) = advice.keys().next() {
        let number = advice.len();
        let first = format!("the first: claim `{claim}` of `{facility}`");
        say(&format!(
            "{number} of the advices are about claims that are not here; {first}"
        ));
    }
    let request = Request {
        schema: "adjudica/review_selection_request@1",
        seed: &args.seed,
        at: &args.common.at,
        claims,
        past: optional(args.past.as_ref())?,
    };
    ask(&args.common, Question::ReviewSelection, &request, selected)
}

/// Facility and code of a claim, from the document that names it.
fn claim_of(document: &Value, code: &str) -> Option<(String, String)> {
    let name = |field: &str| document.get(field)?.as_str().map(str::to_owned);
    Some((name("facility")?, name(code)?))
}

fn apply(args: &Apply) -> Result<Exit, Stop> {
    let answer = args.question.ask(Question::Review, applied)?;
    Ok(match answer {
        Some(answer) if answer.refusal.is_none() => Exit::Done,
        _ => Exit::Found,
    })
}

fn report(args: &ReportArgs) -> Result<Exit, Stop> {
    #[derive(Serialize)]
    struct Request<'r> {
        schema: &'static str,
        at: &'r str,
        files: Vec<Value>,
    }
    let mut files = Vec::new();
    for document in documents(&args.files)? {
        let mut read: Value = parsed(&document)?;
        // An answer of `apply` holds the file.
        let file = read.get_mut("file").map(Value::take);
        files.push(file.unwrap_or(read));
    }
    let request = Request {
        schema: "adjudica/review_report_request@1",
        at: &args.common.at,
        files,
    };
    ask(&args.common, Question::ReviewReport, &request, counted)
}

/// Asks and prints the answer.
fn ask<A: DeserializeOwned>(
    args: &Common,
    question: Question,
    request: &impl Serialize,
    readable: impl Fn(&A) -> String,
) -> Result<Exit, Stop> {
    let rules = load(&args.scheme, &args.conventions)?;
    let text = serde_json::to_string(request).map_err(|e| Stop::about("the request", e))?;
    let mut answer = Vec::new();
    if let Err(mut error) = ask_json(&rules, question, &text, &mut answer) {
        // The place is one in a text that nobody wrote.
        (error.line, error.column) = (None, None);
        stop(&Stop::Invalid {
            file: "the request".to_owned(),
            text: String::new(),
            errors: vec![error],
        });
        return Ok(Exit::Found);
    }
    let mut out = anstream::stdout().lock();
    if args.json {
        out.write_all(&answer)?;
        out.write_all(b"\n")?;
    } else {
        let read = serde_json::from_slice(&answer).map_err(|e| Stop::about("the answer", e))?;
        out.write_all(readable(&read).as_bytes())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Every document of the inputs, as written: numbers must not pass through floats.
fn documents(paths: &[PathBuf]) -> Result<Vec<Box<RawValue>>, Stop> {
    let mut found = Vec::new();
    for source in sources(paths)? {
        for (line, text) in texts(&source)? {
            let place = || format!("{}, line {line}", source.name());
            let raw: Box<RawValue> =
                serde_json::from_slice(&text).map_err(|e| Stop::about(place(), e))?;
            found.push(raw);
        }
    }
    Ok(found)
}

/// The documents of a file that may not be given; no path means no documents here.
fn optional(path: Option<&PathBuf>) -> Result<Vec<Box<RawValue>>, Stop> {
    match path {
        Some(path) => documents(std::slice::from_ref(path)),
        None => Ok(Vec::new()),
    }
}

fn texts(source: &Source) -> Result<Vec<(u32, Vec<u8>)>, Stop> {
    let mut found = Vec::new();
    let input = source.open(&Arc::default())?;
    split(input, Layout::Auto, 0, &mut |batch| {
        found.extend(batch.items().map(|item| (item.line, item.text.to_vec())));
        true
    })
    .map_err(|error| Stop::about(source.name(), error))?;
    Ok(found)
}

fn parsed(document: &RawValue) -> Result<Value, Stop> {
    serde_json::from_str(document.get()).map_err(|error| Stop::about("a document", error))
}

/// The selection as a table.
fn selected(answer: &ReviewSelection) -> String {
    let counts = answer.counts;
    let mut text = format!(
        "{} of {} claims selected, {} of them blind; {} more chosen, without room\n",
        counts.selected, counts.claims, counts.blind, counts.over_capacity
    );
    let mut shown = table([
        "claim", "facility", "why", "due", "priority", "claimed", "payable",
    ]);
    let mut claims: Vec<_> = answer.claims.iter().collect();
    claims.retain(|claim| claim.state == ReviewState::Selected);
    claims.sort_by_key(|claim| std::cmp::Reverse(claim.priority));
    for claim in claims {
        let chosen = claim.looks.iter().filter(|look| look.chosen);
        let why: Vec<String> = chosen.map(|look| why(&look.rule, &look.found)).collect();
        shown.add_row([
            claim.claim.to_string(),
            claim.facility.to_string(),
            why.join("; "),
            claim
                .due
                .map_or_else(|| "-".to_owned(), |due| due.to_string()),
            claim.priority.unwrap_or(0).to_string(),
            claim.claimed.to_string(),
            claim.payable.to_string(),
        ]);
    }
    numbers_from(&mut shown, 4);
    text.push_str(&format!("{shown}\n"));
    text
}

/// Why a rule chose a claim.
fn why(rule: &str, found: &LookedAt) -> String {
    match found {
        LookedAt::Random {
            claims,
            drawn,
            rank,
            ..
        } => {
            format!("{rule}: drawn as {rank} of {drawn} from {claims}")
        }
        LookedAt::Value { claimed, threshold } => format!("{rule}: {claimed} from {threshold} on"),
        LookedAt::Variance {
            claimed,
            mean,
            limit,
            claims,
        } => {
            format!("{rule}: {claimed} from {limit} on; the mean of {claims} claims is {mean}")
        }
        LookedAt::WithoutMean { claims, .. } => format!("{rule}: only {claims} earlier claims"),
        LookedAt::Advice { advisor, score, .. } => {
            let by = advisor
                .as_ref()
                .map_or("no advisor answered", |a| a.as_str());
            let score = score.map(|score| format!(" {score}")).unwrap_or_default();
            format!("{rule}: {by}{score}")
        }
        LookedAt::TooSmall { .. } | LookedAt::OtherAdvice {} => rule.to_owned(),
    }
}

/// What became of the steps, in words.
fn applied(answer: &ReviewAnswer) -> String {
    let mut text = match &answer.refusal {
        Some(refusal) => format!(
            "refused at step {}: {}\n",
            refusal.step + 1,
            refusal.message
        ),
        None => String::new(),
    };
    let file = &answer.file;
    text.push_str(&format!("claim {}: ", answer.decision.claim));
    text.push_str(&match answer.standing {
        Standing::Pay { .. } => "may be paid".to_owned(),
        Standing::Hold { until, overdue } => {
            let until = until.map(|day| format!(" until {day}")).unwrap_or_default();
            let late = if overdue { ", overdue" } else { "" };
            format!("waits for its review{until}{late}")
        }
        Standing::Paid { .. } => "is paid".to_owned(),
        Standing::Appealed {} => "is paid, with an appeal open".to_owned(),
        Standing::Reversed {} => "was reversed".to_owned(),
    });
    text.push_str(&format!(
        "; review {}, feedback {}\n",
        file.review.name(),
        file.feedback.name()
    ));
    let Difference {
        scheme_share,
        patient_share,
        facility_share,
        ..
    } = &answer.difference;
    let mut shown = table(["borne by", "before", "after", "change"]);
    for (who, change) in [
        ("scheme", scheme_share),
        ("patient", patient_share),
        ("facility", facility_share),
    ] {
        let amounts = [change.before, change.after, change.change];
        let amounts = amounts.map(|amount| amount.to_string());
        shown.add_row([who.to_owned()].into_iter().chain(amounts));
    }
    numbers_from(&mut shown, 1);
    text.push_str(&format!("{shown}\n"));
    let entries = (answer.reversed.len(), answer.added.len());
    if entries != (0, 0) {
        let (reversed, added) = entries;
        text.push_str(&format!("ledger: {reversed} taken back, {added} entered\n"));
    }
    text
}

/// The counts as tables.
fn counted(answer: &ReviewReport) -> String {
    let mut text = format!(
        "{} claims: {} paid, {} reversed, {} overdue; appeals: {} open, {} decided; changed after \
         payment: {}\n",
        answer.claims,
        answer.paid,
        answer.reversed,
        answer.overdue,
        answer.open_appeals,
        answer.decided_appeals,
        answer.changed
    );
    let mut states = table([
        "",
        "idle",
        "not selected",
        "selected",
        "delivered",
        "bypassed",
    ]);
    for (name, counts) in [("review", answer.review), ("feedback", answer.feedback)] {
        let StateCounts {
            idle,
            not_selected,
            selected,
            delivered,
            bypassed,
        } = counts;
        let counts = [idle, not_selected, selected, delivered, bypassed].map(|n| n.to_string());
        states.add_row([name.to_owned()].into_iter().chain(counts));
    }
    numbers_from(&mut states, 1);
    text.push_str(&format!("{states}\n"));
    if !answer.reviewers.is_empty() {
        let mut shown = table([
            "reviewer",
            "reviews",
            "appeals",
            "rejections",
            "other verdicts",
        ]);
        for one in &answer.reviewers {
            let counts = [one.delivered, one.appeals, one.rejected, one.other_verdicts];
            let counts = counts.map(|count| count.to_string());
            shown.add_row([one.reviewer.to_string()].into_iter().chain(counts));
        }
        numbers_from(&mut shown, 1);
        text.push_str(&format!("{shown}\n"));
    }
    text
}

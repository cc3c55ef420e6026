//! `adjudica explain`.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;

use adjudica::decision::TraceLevel;
use adjudica::explain::{Setting, html, text, why};
use adjudica::wire::{Options, Session, read_decision, read_request};
use adjudica::{Decision, Error};
use serde::Deserialize;

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::language::LanguageArgs;
use crate::scheme::{ConventionsArg, load};
use crate::split::{Layout, split};

/// Explain one decision in words: what is paid, what is not, and why
///
/// Adjudicates a request with all its reasoning and explains the decision, or explains a decision
/// made before (as well as its own trace allows).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica explain --scheme scheme.yaml --request claim.json
  adjudica explain --scheme scheme.yaml --request claims.ndjson.gz --claim C0042 --lang fr
  adjudica explain --scheme scheme.yaml --request claim.json --html --out explanation.html
  adjudica explain --scheme scheme.yaml --request claim.json --line 2
  adjudica explain --decision decisions.ndjson --nth 17

Exit codes: 0 explained, 1 the request cannot be read, 2 usage, files or scheme.")]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct Args {
    /// The scheme, in YAML or JSON; for a decision: its currency and calendar
    #[arg(short, long, value_name = "FILE", required_unless_present = "decision")]
    scheme: Option<PathBuf>,

    /// A request, or a file of them; `-` for standard input
    #[arg(short, long, value_name = "FILE", group = "what")]
    request: Option<PathBuf>,

    /// A decision, or a file of them
    #[arg(short, long, value_name = "FILE", group = "what")]
    decision: Option<PathBuf>,

    /// Pick the claim with this code
    #[arg(short, long, value_name = "CODE")]
    claim: Option<String>,

    /// Pick the Nth of the file
    #[arg(short, long, value_name = "N", conflicts_with = "claim")]
    nth: Option<NonZero<usize>>,

    /// Explain only the line of the claim with this id
    #[arg(long, value_name = "ID", conflicts_with = "html")]
    line: Option<String>,

    /// Write an HTML page, complete in itself
    #[arg(long)]
    html: bool,

    #[command(flatten)]
    language: LanguageArgs,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let rules = match &args.scheme {
        Some(path) => Some(load(path, &args.conventions)?),
        None => None,
    };
    let scheme = rules.as_ref().map(adjudica::RuleSet::scheme);
    let catalogue = args.language.catalogue(None, scheme)?;
    let setting = scheme.map_or_else(Setting::default, Setting::from);
    let decision = match (&args.request, &args.decision, &rules) {
        (Some(path), None, Some(rules)) => {
            let options = Options {
                trace: TraceLevel::Full,
                ..Options::default()
            };
            decided(args, path, |text| {
                Session::new(rules, options).adjudicate(&read_request(text)?)
            })?
        }
        (None, Some(path), _) => decided(args, path, read_decision)?,
        _ => return Err(Stop::Failed("either a request or a decision".to_owned())),
    };
    let Some(decision) = decision else {
        return Ok(Exit::Found);
    };
    let page = match (&args.line, args.html) {
        (Some(id), _) => why(&decision, id, &catalogue, setting)
            .map_err(|error| Stop::Failed(error.to_string()))?,
        (None, true) => html(&decision, &catalogue, setting),
        (None, false) => text(&decision, &catalogue, setting),
    };
    let mut out = files::create(args.out.as_deref())?.out;
    out.write_all(page.as_bytes())?;
    if !page.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// The decision on the document picked; none, with the error told, if it cannot be read.
fn decided(
    args: &Args,
    path: &std::path::Path,
    decide: impl Fn(&str) -> Result<Decision, Error>,
) -> Result<Option<Decision>, Stop> {
    let source = Source::new(path);
    let (document, line) = pick(args, &source)?;
    match decide(&document) {
        Ok(decision) => Ok(Some(decision)),
        Err(mut error) => {
            error.line = error.line.map(|within| within - 1 + line);
            crate::report::stop(&Stop::Invalid {
                file: source.name(),
                text: String::new(),
                errors: vec![error],
            });
            Ok(None)
        }
    }
}

/// The document asked for, and the line it begins on.
fn pick(args: &Args, source: &Source) -> Result<(String, u32), Stop> {
    let input = source.open(&Arc::default())?;
    let wanted = args.nth.map(NonZero::get);
    let mut found = Vec::new();
    let mut position = 0;
    split(input, Layout::Auto, 0, &mut |batch| {
        for item in batch.items() {
            position += 1;
            let chosen = match (&args.claim, wanted) {
                (Some(code), _) => claim_code(item.text).as_ref() == Some(code),
                (None, Some(nth)) => nth == position,
                (None, None) => true,
            };
            if chosen {
                found.push((String::from_utf8_lossy(item.text).into_owned(), item.line));
            }
        }
        // Two are already too many; with a position, one is all there can be.
        found.len() < 2 && wanted.is_none_or(|nth| position < nth)
    })
    .map_err(|error| Stop::about(source.name(), error))?;
    let problem = match (found.len(), &args.claim, wanted) {
        (1, ..) => None,
        (0, Some(code), _) => Some(format!("no claim `{code}`")),
        (0, None, Some(_)) => Some(format!("holds {position} documents only")),
        (0, None, None) => Some("holds no document".to_owned()),
        (_, Some(code), _) => Some(format!("several claims `{code}`; pick one with --nth N")),
        (_, None, _) => {
            Some("holds several documents; pick one with --claim CODE or --nth N".to_owned())
        }
    };
    match (problem, found.pop()) {
        (None, Some(picked)) => Ok(picked),
        (problem, _) => Err(Stop::about(source.name(), problem.unwrap_or_default())),
    }
}

/// The claim's code in a request (`claim.code`) or a decision (`claim`).
fn claim_code(text: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Probe {
        claim: Claim,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Claim {
        Code(String),
        Claim { code: String },
    }
    match serde_json::from_slice::<Probe>(text).ok()?.claim {
        Claim::Code(code) | Claim::Claim { code } => Some(code),
    }
}

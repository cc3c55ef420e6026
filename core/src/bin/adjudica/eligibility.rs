//! `adjudica eligibility`.

use std::path::PathBuf;

use adjudica::EligibilityAnswer;
use adjudica::explain;
use adjudica::wire::{Format, Question, ask_json, read};

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::language::LanguageArgs;
use crate::scheme::{ConventionsArg, load};

/// Ask what is covered and what is left, before there is a claim
///
/// Reads an enquiry: a person with policies and history, a visit, and what it is about (a service,
/// an item, or everything). Answers by the rules that adjudicate claims: whether it is covered and
/// why not, from when, what the scheme and the patient would pay, what is left of quantities,
/// counters, deductibles and ceilings, and what a referral or another facility would change.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica eligibility --scheme scheme.yaml enquiry.json
  adjudica eligibility --scheme scheme.yaml enquiry.json --lang fr
  adjudica eligibility --scheme scheme.yaml --json enquiry.json | jq '.elements[].earliest'

Exit codes: 0 answered, 1 the enquiry cannot be read, 2 usage, files or scheme.")]
pub struct Args {
    /// The enquiry, in JSON; `-` for standard input
    #[arg(value_name = "REQUEST")]
    request: PathBuf,

    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    /// Print the answer as JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    language: LanguageArgs,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let rules = load(&args.scheme, &args.conventions)?;
    let catalogue = args.language.catalogue(Some(rules.scheme()))?;
    let source = Source::new(&args.request);
    let text = source.read_to_string()?;
    let mut page = Vec::new();
    if let Err(error) = ask_json(&rules, Question::Eligibility, &text, &mut page) {
        crate::report::stop(&Stop::Invalid {
            file: source.name(),
            text,
            errors: vec![error],
        });
        return Ok(Exit::Found);
    }
    if args.json {
        page.push(b'\n');
    } else {
        let answer: EligibilityAnswer = read(&String::from_utf8_lossy(&page), Format::Json)
            .map_err(|error| Stop::Failed(error.to_string()))?;
        page = explain::eligibility(&answer, &catalogue, rules.scheme()).into_bytes();
    }
    let mut out = files::create(args.out.as_deref())?.out;
    out.write_all(&page)?;
    out.flush()?;
    Ok(Exit::Done)
}

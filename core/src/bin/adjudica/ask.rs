//! Questions asked from the command line: a document from a file, the answer as text or JSON.

use std::io::Write as _;
use std::path::PathBuf;

use adjudica::explain::Catalogues;
use adjudica::wire::{Question, ask_json, not_utf8};
use adjudica::{Error, RuleSet};
use serde::Deserialize;
use serde_json::Value;

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::report;
use crate::scheme::{ConventionsArg, load};

/// What every question needs.
#[derive(Debug, clap::Args)]
pub struct AskArgs {
    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    /// The question, in JSON; `-` for standard input
    #[arg(value_name = "REQUEST")]
    request: PathBuf,

    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,

    /// Language of the explanation, such as `fr` [default: that of the request, else the scheme's
    /// first known one, else en]
    #[arg(short, long, alias = "lang", value_name = "LANG")]
    language: Option<String>,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Asks, and writes the answer: its explanation, or all of it as JSON.
pub fn run(args: &AskArgs, question: Question) -> Result<Exit, Stop> {
    let rules = load(&args.scheme, &args.conventions)?;
    let source = Source::new(&args.request);
    let text = source.read_to_string()?;
    // As it stands first, so that errors have their place in the file.
    let answered = ask(&rules, question, &text).and_then(|answer| {
        let language = args.language.as_deref();
        match with_language(&text, language, preferred(&rules), args.json) {
            None => Ok(answer),
            Some(text) => ask(&rules, question, &text),
        }
    });
    let answer = match answered {
        Ok(answer) => answer,
        Err(error) => {
            report::stop(&Stop::Invalid {
                file: source.name(),
                text,
                errors: vec![error],
            });
            return Ok(Exit::Found);
        }
    };
    let mut out = files::create(args.out.as_deref())?.out;
    if args.json {
        writeln!(out, "{answer}")?;
    } else {
        out.write_all(explanation(&answer).as_bytes())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn ask(rules: &RuleSet, question: Question, text: &str) -> Result<String, Error> {
    let mut answer = Vec::new();
    ask_json(rules, question, text, &mut answer)?;
    String::from_utf8(answer).map_err(|error| not_utf8(error.utf8_error()))
}

/// The first of the scheme's languages that comes with the engine.
fn preferred(rules: &RuleSet) -> &str {
    let built_in = Catalogues::built_in().ok();
    let mut languages = rules.scheme().languages.iter().map(|code| code.as_str());
    languages
        .find(|language| built_in.is_some_and(|known| known.get(language).is_ok()))
        .unwrap_or("en")
}

/// The question with another language of the explanation; none if it stays as it is.
fn with_language(text: &str, asked: Option<&str>, else_in: &str, json: bool) -> Option<String> {
    let mut question: Value = serde_json::from_str(text).ok()?;
    let fields = question.as_object_mut()?;
    let language = match asked {
        Some(language) => language,
        None if json || fields.contains_key("language") => return None,
        None => else_in,
    };
    fields.insert("language".to_owned(), Value::from(language));
    Some(question.to_string())
}

/// The answer in words.
fn explanation(answer: &str) -> String {
    #[derive(Deserialize)]
    struct Explained {
        #[serde(default)]
        explanation: String,
    }
    serde_json::from_str::<Explained>(answer)
        .map(|answer| answer.explanation)
        .unwrap_or_default()
}

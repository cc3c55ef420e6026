//! Questions besides claims: a scheme and a document in, an answer out.

use std::path::PathBuf;

use adjudica::explain::Catalogue;
use adjudica::wire::{Question, ask_json};
use adjudica::{Error, RuleSet, Scheme};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::exit::{Exit, Stop};
use crate::files::{self, Source};
use crate::language::LanguageArgs;
use crate::report::{Severity, diagnostic, say, stop};
use crate::scheme::{ConventionsArg, load};

/// What every question needs.
#[derive(Debug, clap::Args)]
pub struct QuestionArgs {
    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    /// The request, in JSON; `-` for standard input
    #[arg(value_name = "REQUEST")]
    request: PathBuf,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Print the answer as JSON, on one line
    #[arg(long)]
    json: bool,

    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl QuestionArgs {
    /// Asks, prints the answer, and returns it; none, with the error told, if the request cannot
    /// be answered.
    pub fn ask<A: DeserializeOwned>(
        &self,
        question: Question,
        readable: impl FnOnce(&A) -> String,
    ) -> Result<Option<A>, Stop> {
        self.ask_of(question, |answer, _, _| Ok(readable(answer)))
    }

    /// The same where the readable form also looks at the request's text and the rules.
    fn ask_of<A: DeserializeOwned>(
        &self,
        question: Question,
        readable: impl FnOnce(&A, &str, &RuleSet) -> Result<String, Stop>,
    ) -> Result<Option<A>, Stop> {
        let rules = load(&self.scheme, &self.conventions)?;
        let source = Source::new(&self.request);
        let text = source.read_to_string()?;
        let mut page = Vec::new();
        if let Err(error) = ask_json(&rules, question, &text, &mut page) {
            stop(&Stop::Invalid {
                file: source.name(),
                text,
                errors: vec![error],
            });
            return Ok(None);
        }
        let answer: A =
            serde_json::from_slice(&page).map_err(|error| Stop::about("the answer", error))?;
        if self.json {
            page.push(b'\n');
        } else {
            page = readable(&answer, &text, &rules)?.into_bytes();
        }
        let mut out = files::create(self.out.as_deref())?.out;
        out.write_all(&page)?;
        out.flush()?;
        Ok(Some(answer))
    }

    /// Says what the answer warns of, unless it is in the JSON printed.
    pub fn warn(&self, warnings: &[Error]) {
        if !self.json {
            for warning in warnings {
                let file = self.request.display().to_string();
                say(&diagnostic(Severity::Warning, warning, &file, ""));
            }
        }
    }
}

/// What a question needs whose answer is told in words.
#[derive(Debug, clap::Args)]
pub struct TellArgs {
    #[command(flatten)]
    question: QuestionArgs,

    #[command(flatten)]
    language: LanguageArgs,
}

impl TellArgs {
    /// Asks, and tells the answer in the language asked for.
    pub fn run<A: DeserializeOwned>(
        &self,
        question: Question,
        tell: impl FnOnce(&A, &Catalogue, &Scheme) -> String,
    ) -> Result<Exit, Stop> {
        let answer = self.question.ask_of(question, |answer, request, rules| {
            let request: Spoken =
                serde_json::from_str(request).map_err(|error| Stop::about("the request", error))?;
            let scheme = rules.scheme();
            let catalogue = self
                .language
                .catalogue(request.language.as_deref(), Some(scheme))?;
            Ok(tell(answer, &catalogue, scheme))
        })?;
        Ok(match answer {
            Some(_) => Exit::Done,
            None => Exit::Found,
        })
    }
}

/// The language that a request asks for.
#[derive(Deserialize)]
struct Spoken {
    language: Option<String>,
}

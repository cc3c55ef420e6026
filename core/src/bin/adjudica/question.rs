//! Questions besides claims: a scheme and a document in, an answer out.

use std::io::Write as _;
use std::path::PathBuf;

use adjudica::wire::{Question, ask_json};
use adjudica::{Amount, Error};
use serde::de::DeserializeOwned;

use crate::exit::Stop;
use crate::files::Source;
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
}

impl QuestionArgs {
    /// Asks, prints the answer, and returns it; none, with the error told, if the request cannot
    /// be read.
    pub fn ask<A: DeserializeOwned>(
        &self,
        question: Question,
        readable: impl Fn(&A) -> String,
    ) -> Result<Option<A>, Stop> {
        let rules = load(&self.scheme, &self.conventions)?;
        let source = Source::new(&self.request);
        let text = source.read_to_string()?;
        let mut answer = Vec::new();
        if let Err(error) = ask_json(&rules, question, &text, &mut answer) {
            stop(&Stop::Invalid {
                file: source.name(),
                text,
                errors: vec![error],
            });
            return Ok(None);
        }
        let read: A =
            serde_json::from_slice(&answer).map_err(|error| Stop::about("the answer", error))?;
        let mut out = anstream::stdout().lock();
        if self.json {
            out.write_all(&answer)?;
            out.write_all(b"\n")?;
        } else {
            out.write_all(readable(&read).as_bytes())?;
        }
        out.flush()?;
        Ok(Some(read))
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

/// An amount for a table: nothing as a dash.
pub fn cell(amount: Amount) -> String {
    match amount.is_zero() {
        true => "-".to_owned(),
        false => amount.to_string(),
    }
}

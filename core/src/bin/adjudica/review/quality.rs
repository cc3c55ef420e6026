//! `adjudica review quality`.

use std::path::PathBuf;

use adjudica::advisor::{AdvisorQuality, Quality};
use adjudica::wire::Question;

use super::page::{html, shown, told};
use crate::exit::{Exit, Stop};
use crate::files;
use crate::question::QuestionArgs;
use crate::table::{numbers_from, table};

/// Measure advisors by what reviewers decided, and say whether they are within the scheme's limits
///
/// Reads a document with reviewed claims: what the rules and what the reviewers pay, whether the
/// review was blind, and what the advisors had said. Writes precision, recall, wrong flags by
/// subgroup, overrides, calibration and drift. Given back with the next `advice`, an answer that
/// is past a limit makes the scheme only observe.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica review quality --scheme scheme.yaml reviewed.json
  adjudica review quality --scheme scheme.yaml --html quality.html --json reviewed.json

Exit codes: 0 within the limits, 1 past a limit or the document cannot be read, 2 usage, files or
scheme.")]
pub struct Args {
    #[command(flatten)]
    question: QuestionArgs,

    /// Also write a page with charts to FILE
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let Some(answer) = args.question.ask(Question::Quality, measured)? else {
        return Ok(Exit::Found);
    };
    if let Some(path) = &args.html {
        let page = html(&answer).map_err(|error| Stop::about(path.display(), error))?;
        let mut out = files::create(Some(path))?.out;
        out.write_all(page.as_bytes())?;
        out.flush()?;
    }
    Ok(match answer.fall_back {
        true => Exit::Found,
        false => Exit::Done,
    })
}

/// The quality of each advisor as a table.
fn measured(answer: &Quality) -> String {
    let mut text = format!(
        "{} blind claims, {} whose reviewer could see the findings\n",
        answer.blind, answer.shown
    );
    let mut rows = table([
        "advisor",
        "claims",
        "precision",
        "recall",
        "wrong flags",
        "overrides",
        "calibration",
        "drift",
    ]);
    for one in &answer.advisors {
        let AdvisorQuality {
            precision,
            recall,
            wrong_flags,
            overrides,
            calibration,
            drift,
            ..
        } = one;
        let shares = [
            precision,
            recall,
            wrong_flags,
            overrides,
            calibration,
            drift,
        ];
        rows.add_row(
            [one.advisor.to_string(), one.used.to_string()]
                .into_iter()
                .chain(shares.map(|share| shown(*share))),
        );
    }
    numbers_from(&mut rows, 1);
    text.push_str(&format!("{rows}\n"));
    for one in &answer.advisors {
        for breach in &one.breaches {
            text.push_str(&format!("{}: {}\n", one.advisor, told(breach)));
        }
    }
    if answer.fall_back {
        text.push_str("findings are only observed until the advisors are within all limits\n");
    }
    text
}

//! `adjudica period`.

use adjudica::wire::Question;

use crate::ask::{self, AskArgs};
use crate::exit::{Exit, Stop};

/// Say from when to when a policy runs, and why
///
/// Answers a question about one policy: the cycle that it begins with, its first and last day, the last
/// days for payment and renewal, and the product that a renewal is converted to.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica period --scheme scheme.yaml household.json
  adjudica period --scheme scheme.yaml household.json --language fr
  adjudica period --scheme scheme.yaml household.json --json | jq .start

Exit codes: 0 answered, 1 the question cannot be answered, 2 usage, files or scheme.")]
pub struct Args {
    #[command(flatten)]
    ask: AskArgs,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    ask::run(&args.ask, Question::Period)
}

//! `adjudica premium`.

use adjudica::wire::Question;

use crate::ask::{self, AskArgs};
use crate::exit::{Exit, Stop};

/// Say what a policy costs, who pays, and whether it is in force
///
/// Answers a question about one policy and its household: every part of the premium, discounts and
/// rounding, the shares of the payers, instalments, and from when the policy and each member is covered.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica premium --scheme scheme.yaml household.json
  adjudica premium --scheme scheme.yaml household.json --language fr
  adjudica premium --scheme scheme.yaml household.json --json | jq .period.start

Exit codes: 0 answered, 1 the question cannot be answered, 2 usage, files or scheme.")]
pub struct Args {
    #[command(flatten)]
    ask: AskArgs,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    ask::run(&args.ask, Question::Premium)
}

//! `adjudica period`.

use adjudica::enrolment::PeriodAnswer;
use adjudica::explain;
use adjudica::wire::Question;

use crate::exit::{Exit, Stop};
use crate::question::TellArgs;

/// Say from when to when a policy runs, and why
///
/// Answers a question about one policy: the cycle that it begins with, its first and last day, the last
/// days for payment and renewal, and the product that a renewal is converted to.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica period --scheme scheme.yaml household.json
  adjudica period --scheme scheme.yaml household.json --lang fr
  adjudica period --scheme scheme.yaml household.json --json | jq .start

Exit codes: 0 answered, 1 the question cannot be answered, 2 usage, files or scheme.")]
pub struct Args {
    #[command(flatten)]
    tell: TellArgs,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let told =
        |answer: &PeriodAnswer, words: &_, scheme: &_| explain::period(answer, words, scheme);
    args.tell.run(Question::Period, told)
}

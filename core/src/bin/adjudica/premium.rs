//! `adjudica premium`.

use adjudica::enrolment::PremiumAnswer;
use adjudica::explain;
use adjudica::wire::Question;

use crate::exit::{Exit, Stop};
use crate::question::TellArgs;

/// Say what a policy costs, who pays, and whether it is in force
///
/// Answers a question about one policy and its household: every part of the premium, discounts and
/// rounding, the shares of the payers, instalments, and from when the policy and each member is covered.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica premium --scheme scheme.yaml household.json
  adjudica premium --scheme scheme.yaml household.json --lang fr
  adjudica premium --scheme scheme.yaml household.json --json | jq .period.start

Exit codes: 0 answered, 1 the question cannot be answered, 2 usage, files or scheme.")]
pub struct Args {
    #[command(flatten)]
    tell: TellArgs,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let told =
        |answer: &PremiumAnswer, words: &_, scheme: &_| explain::premium(answer, words, scheme);
    args.tell.run(Question::Premium, told)
}

//! `adjudica eligibility`.

use adjudica::EligibilityAnswer;
use adjudica::explain;
use adjudica::wire::Question;

use crate::exit::{Exit, Stop};
use crate::question::TellArgs;

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
    #[command(flatten)]
    tell: TellArgs,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let told = |answer: &EligibilityAnswer, words: &_, scheme: &_| {
        explain::eligibility(answer, words, scheme)
    };
    args.tell.run(Question::Eligibility, told)
}

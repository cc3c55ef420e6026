//! `adjudica capitation`.

use adjudica::payment::{CapitationAnswer, Indicator, RunStatus};
use adjudica::wire::Question;

use crate::exit::{Exit, Stop};
use crate::index::reason;
use crate::question::QuestionArgs;
use crate::run::{allocation, ended, heading};
use crate::table::{numbers_from, table};

/// Calculate what facilities are paid by capitation for a period
///
/// A share of the premium that the period earned is divided over up to six indicators (population,
/// families, insured persons and families, visits, amounts), and each part over the facilities.
/// The request brings the contributions, the insured families, the claims and the earlier runs; a
/// month that was calculated is refused unless the request says which run it reverts.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica capitation --scheme scheme.yaml january.json
  adjudica capitation --scheme scheme.yaml --json january.json | jq .facilities
  adjudica schema capitation_request what the request holds

Exit codes: 0 calculated, or no period ends with the month; 1 refused because the month was
calculated before, or the request cannot be read; 2 usage, files or scheme.")]
pub struct Args {
    #[command(flatten)]
    question: QuestionArgs,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let answer = args.question.ask(Question::Capitation, readable)?;
    let ended = answer.map(|answer: CapitationAnswer| {
        args.question.warn(&answer.warnings);
        ended(answer.status)
    });
    Ok(ended.unwrap_or(Exit::Found))
}

fn readable(answer: &CapitationAnswer) -> String {
    let CapitationAnswer {
        run,
        product,
        year,
        month,
        status,
        refusals,
        reverted,
        ..
    } = answer;
    let title = format!("Run {run}: capitation of {product}, month {month} of {year}");
    let mut text = heading(&title, *status, refusals, reverted.as_ref());
    if *status != RunStatus::Calculated {
        return text;
    }
    if let Some(earned) = &answer.allocation {
        text.push_str(&allocation(earned));
    }
    let (share, pot) = (answer.share, answer.pot);
    text.push_str(&format!("Capitation: {share} % = {pot}\n"));
    let mut shown = table([
        "indicator",
        "weight",
        "amount",
        "total",
        "unit price",
        "paid",
    ]);
    for each in &answer.indicators {
        shown.add_row([
            each.indicator.name().to_owned(),
            each.weight.to_string(),
            each.amount.to_string(),
            each.total.clone(),
            each.unit_price.to_string(),
            each.distributed.to_string(),
        ]);
    }
    numbers_from(&mut shown, 1);
    text.push_str(&format!("\nIndicators\n{shown}\n"));
    for each in &answer.indicators {
        let favoured: Vec<_> = each.remainder.iter().map(ToString::to_string).collect();
        if !favoured.is_empty() {
            let (name, favoured) = (each.indicator.name(), favoured.join(", "));
            text.push_str(&format!(
                "One unit more for rounding ({name}): {favoured}\n"
            ));
        }
    }

    let weighed: Vec<Indicator> = answer
        .indicators
        .iter()
        .map(|each| each.indicator)
        .collect();
    let mut header = vec!["facility".to_owned()];
    header.extend(weighed.iter().map(|each| each.name().replace('_', " ")));
    header.push("paid".to_owned());
    let mut shown = table(header);
    for facility in &answer.facilities {
        let mut row = vec![facility.facility.to_string()];
        for each in &weighed {
            let has = facility.has.of(*each);
            row.push(match facility.for_each.of(*each) {
                nothing if nothing.is_zero() => has.clone(),
                paid => format!("{has}: {paid}"),
            });
        }
        row.push(match facility.paid.is_zero() {
            true => "-".to_owned(),
            false => facility.paid.to_string(),
        });
        shown.add_row(row);
    }
    numbers_from(&mut shown, 1);
    text.push_str(&format!("\nFacilities\n{shown}\n"));
    let (distributed, left) = (answer.distributed, answer.left);
    text.push_str(&format!("Paid {distributed}, left {left}\n"));
    for claim in &answer.left_out {
        text.push_str(&format!(
            "{} does not count: {}\n",
            claim.claim,
            reason(claim.reason)
        ));
    }
    text
}

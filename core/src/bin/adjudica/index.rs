//! `adjudica index`.

use adjudica::payment::{Care, IndexAnswer, LeftOut};
use adjudica::wire::Question;

use crate::exit::{Exit, Stop};
use crate::question::QuestionArgs;
use crate::run::{allocation, ended, heading};
use crate::table::{numbers_from, numbers_in, table};

/// Calculate the relative index of a period, and value the claims that wait for it
///
/// A part of the premium that the period earned is a pot; lines with relative prices share it in
/// proportion to their amounts, and together get all of it. The request brings the contributions,
/// the claims that wait and the earlier runs; a month that was calculated is refused unless the
/// request says which run it reverts.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica index --scheme scheme.yaml january.json
  adjudica index --scheme scheme.yaml --json january.json | jq .record
  adjudica schema index_request      what the request holds

Exit codes: 0 calculated, or no period ends with the month; 1 refused because the month was
calculated before, or the request cannot be read; 2 usage, files or scheme.")]
pub struct Args {
    #[command(flatten)]
    question: QuestionArgs,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let answer = args.question.ask(Question::Index, readable)?;
    let ended = answer.map(|answer: IndexAnswer| {
        args.question.warn(&answer.warnings);
        ended(answer.status)
    });
    Ok(ended.unwrap_or(Exit::Found))
}

fn readable(answer: &IndexAnswer) -> String {
    let IndexAnswer {
        run,
        product,
        year,
        month,
        status,
        refusals,
        reverted,
        ..
    } = answer;
    let title = format!("Run {run}: product {product}, month {month} of {year}");
    let mut text = heading(&title, *status, refusals, reverted.as_ref());
    for earned in &answer.allocations {
        text.push_str(&allocation(earned));
    }
    if !answer.pots.is_empty() {
        let mut shown = table([
            "care", "period", "earned", "%", "pot", "lines", "amount", "index", "paid", "left",
        ]);
        for pot in &answer.pots {
            shown.add_row([
                care(pot.care).to_owned(),
                format!("{} to {}", pot.span.from, pot.span.to),
                pot.allocated.to_string(),
                pot.distribution.to_string(),
                pot.pot.to_string(),
                pot.lines.to_string(),
                pot.amount.to_string(),
                pot.index.to_string(),
                pot.distributed.to_string(),
                pot.left.to_string(),
            ]);
        }
        numbers_from(&mut shown, 2);
        text.push_str(&format!("\nPots\n{shown}\n"));
    }
    for pot in &answer.pots {
        let lines = pot.remainder.iter();
        let lines: Vec<_> = lines
            .map(|r| format!("{} line {}", r.claim, r.line))
            .collect();
        if !lines.is_empty() {
            let care = care(pot.care);
            let lines = lines.join(", ");
            text.push_str(&format!("One unit more for rounding ({care}): {lines}\n"));
        }
    }
    if !answer.claims.is_empty() {
        let mut shown = table(["claim", "line", "facility", "price", "amount", "paid"]);
        for claim in &answer.claims {
            for line in &claim.lines {
                let origin = match line.price_origin {
                    adjudica::scheme::PriceOrigin::Relative => "relative",
                    _ => "own",
                };
                shown.add_row([
                    claim.claim.to_string(),
                    line.id.to_string(),
                    claim.facility.to_string(),
                    origin.to_owned(),
                    line.amount.to_string(),
                    line.paid.to_string(),
                ]);
            }
        }
        let total = ["all", "", "", "", "", &answer.paid.to_string()].map(str::to_owned);
        shown.add_row(total);
        numbers_in(&mut shown, 4..6);
        text.push_str(&format!("\nClaims\n{shown}\n"));
    }
    for claim in &answer.left_out {
        text.push_str(&format!(
            "{} waits on: {}\n",
            claim.claim,
            reason(claim.reason)
        ));
    }
    text
}

const fn care(care: Care) -> &'static str {
    match care {
        Care::General => "general",
        Care::Inpatient => "inpatient",
        Care::Outpatient => "outpatient",
    }
}

/// Why a claim has no part, in words.
pub const fn reason(reason: LeftOut) -> &'static str {
    match reason {
        LeftOut::PaidBefore => "an earlier run has paid it",
        LeftOut::NoPot => "there is no pot for this kind of care",
        LeftOut::NotDue => "no period for this kind of care ends with the month",
        LeftOut::OutsidePeriod => "it was decided outside the period",
        LeftOut::FacilityNotSelected => "its facility takes no part",
        LeftOut::FacilityCapitated => "its facility is paid by capitation",
        LeftOut::OtherCare => "another kind of care counts",
    }
}

//! What runs of relative pricing and capitation show alike.

use adjudica::payment::{Allocation, Refusal, RevertedRun, RunStatus};

use crate::exit::Exit;
use crate::table::{numbers_from, table};

/// How the command ends.
pub fn ended(status: RunStatus) -> Exit {
    match status {
        RunStatus::Refused => Exit::Found,
        RunStatus::Calculated | RunStatus::NotDue => Exit::Done,
    }
}

/// The title, and what became of the run.
pub fn heading(
    title: &str,
    status: RunStatus,
    refusals: &[Refusal],
    reverted: Option<&RevertedRun>,
) -> String {
    let mut text = format!("{title}\n");
    match status {
        RunStatus::Calculated => {}
        RunStatus::NotDue => text.push_str("No period ends with this month.\n"),
        RunStatus::Refused => {
            for refusal in refusals {
                text.push_str(&format!("Refused: {}\n", refusal.message));
            }
        }
    }
    if let Some(RevertedRun { run, paid }) = reverted {
        text.push_str(&format!("Reverts {run}; to be undone:\n"));
        for paid in paid {
            text.push_str(&format!("  {} {}\n", paid.to, paid.amount));
        }
    }
    text
}

/// What a period earned.
pub fn allocation(allocation: &Allocation) -> String {
    let mut shown = table(["contribution", "earned from", "to", "days", "of", "earned"]);
    for share in &allocation.shares {
        shown.add_row([
            share.contribution.to_string(),
            share.from.to_string(),
            share.to.to_string(),
            share.days.to_string(),
            share.of_days.to_string(),
            share.allocated.to_string(),
        ]);
    }
    let total = ["all", "", "", "", "", &allocation.allocated.to_string()].map(str::to_owned);
    shown.add_row(total);
    numbers_from(&mut shown, 3);
    let (from, to) = (allocation.span.from, allocation.span.to);
    format!("\nPremium earned from {from} to {to}\n{shown}\n")
}

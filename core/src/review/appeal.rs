//! What is paid, taken back and paid again: settlements, appeals and reversals as ledger entries.

use super::file::{Change, Difference, LineChange, ReviewFile, Settled, SettledLine};
use super::workflow::Basis;
use crate::calendar::Moment;
use crate::claim::LedgerEntry;
use crate::decision::{Decision, LineStatus};
use crate::money::Money;
use crate::number::Amount;

/// What a decision pays, for the record.
pub(super) fn settled(decision: &Decision, at: Moment, basis: Basis) -> Settled {
    Settled {
        at,
        basis,
        scheme_share: decision.totals.scheme_share,
        patient_share: decision.totals.patient_share,
        facility_share: decision.totals.facility_share,
        lines: decision
            .lines
            .iter()
            .map(|line| SettledLine {
                line: line.id.clone(),
                status: line.status,
                payable: line.amounts.payable,
            })
            .collect(),
    }
}

/// Marks every entry of the claim that still counts as taken back; returns those entries.
pub(super) fn take_back(file: &mut ReviewFile) -> Vec<LedgerEntry> {
    let counting = file.ledger.iter_mut().filter(|entry| !entry.reversed);
    counting
        .map(|entry| {
            entry.reversed = true;
            entry.clone()
        })
        .collect()
}

/// What changed from one settlement to another.
pub(super) fn difference(before: &Settled, after: &Settled, exponent: u8) -> Difference {
    let change = |before: Amount, after: Amount| change(before, after, exponent);
    let lines = before.lines.iter().zip(&after.lines);
    let changed = lines.filter(|(before, after)| before != after);
    Difference {
        scheme_share: change(before.scheme_share, after.scheme_share),
        patient_share: change(before.patient_share, after.patient_share),
        facility_share: change(before.facility_share, after.facility_share),
        lines: changed
            .map(|(before, after)| LineChange {
                line: before.line.clone(),
                before: before.status,
                after: after.status,
                payable: change(before.payable, after.payable),
            })
            .collect(),
    }
}

pub(super) fn change(before: Amount, after: Amount, exponent: u8) -> Change {
    let minor = |amount: Amount| amount.units_at(exponent).unwrap_or(0);
    Change {
        before,
        after,
        change: Money::from_minor(minor(after).saturating_sub(minor(before))).write(exponent),
    }
}

/// A settlement that pays nothing: what is left after a reversal. Nobody bears anything of it.
pub(super) fn nothing(before: &Settled, at: Moment, exponent: u8) -> Settled {
    let zero = Money::ZERO.write(exponent);
    Settled {
        at,
        basis: Basis::Reversal,
        scheme_share: zero,
        patient_share: zero,
        facility_share: zero,
        lines: before
            .lines
            .iter()
            .map(|line| SettledLine {
                line: line.line.clone(),
                status: LineStatus::Rejected,
                payable: zero,
            })
            .collect(),
    }
}

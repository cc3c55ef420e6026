//! What happened before the claim.

use super::super::rows::{ClaimRow, DedRemRow, PastClaimRow};
use super::super::snapshot::Input;
use super::super::value::Number;
use super::claim::{LINE_REJECTED, day};
use super::{Notes, register};
use crate::claim::{
    CareAmounts, CategoryAmounts, ClaimStatus, History, LedgerEntry, PastClaim, Provision,
};
use crate::number::Amount;

/// Rows that are not closed, of other claims.
pub(super) fn history(input: &Input, claim: &ClaimRow, notes: &mut Notes) -> History {
    let mut history = History::default();
    for (position, row) in input.history.claims.iter().enumerate() {
        let path = format!("input.history.claims[{position}]");
        if row.validity_to.is_none() && row.insuree == claim.insuree && row.reference != claim.code
        {
            past_claim(input, row, &path, &mut history, notes);
        }
    }
    for (position, row) in input.history.dedrems.iter().enumerate() {
        let path = format!("input.history.dedrems[{position}]");
        if row.validity_to.is_none() && row.claim != claim.code {
            history.ledger.push(ledger_entry(input, row, &path, notes));
        }
    }
    history
}

fn past_claim(
    input: &Input,
    row: &PastClaimRow,
    path: &str,
    history: &mut History,
    notes: &mut Notes,
) {
    let status = match row.status {
        1 => ClaimStatus::Rejected,
        2 => ClaimStatus::Entered,
        4 => ClaimStatus::Checked,
        8 => ClaimStatus::Processed,
        16 => ClaimStatus::Valuated,
        other => {
            let message = format!("`{other}` is no status of a claim; passed over");
            notes.add("column.unknown_value", format!("{path}.status"), message);
            return;
        }
    };
    let Some(date) = day(row.date_to.or(row.date_from)) else {
        notes.add(
            "column.missing",
            path.to_owned(),
            "the claim has no date of care; passed over",
        );
        return;
    };
    let at_category = || format!("{path}.category");
    let category = row
        .category
        .as_deref()
        .and_then(|text| register::category(text, at_category, notes));
    history.claims.push(PastClaim {
        code: row.reference.clone(),
        facility: None,
        category,
        date,
        status,
    });
    if !status.counts() {
        return;
    }
    let lists = [("items", &row.items), ("services", &row.services)];
    for (list, rows) in lists {
        for (position, line) in rows.iter().enumerate() {
            let path = format!("{path}.{list}[{position}]");
            let accepted = line.status != Some(LINE_REJECTED)
                && line.rejection_reason.unwrap_or(0) == 0
                && line.validity_to.is_none();
            if !accepted {
                continue;
            }
            let (item, service) = (line.item.as_ref(), line.service.as_ref());
            let named = register::element(input, item, service, || path.clone(), notes);
            let Some((kind, code)) = named else { continue };
            let provided = line.qty_provided.unwrap_or(Notes::whole(0));
            history.provisions.push(Provision {
                claim: row.reference.clone(),
                kind,
                code,
                date,
                quantity: notes.quantity(provided, || format!("{path}.qty_provided")),
                approved: line
                    .qty_approved
                    .map(|q| notes.quantity(q, || format!("{path}.qty_approved"))),
                accepted: true,
            });
        }
    }
}

fn ledger_entry(input: &Input, row: &DedRemRow, path: &str, notes: &mut Notes) -> LedgerEntry {
    let mut amount = |column: &str, number: Option<Number>| {
        number.map(|number| notes.amount(number, || format!("{path}.{column}")))
    };
    let nothing = Amount::from_units(0, super::PLACES);
    let policy = input
        .policies
        .iter()
        .find(|policy| policy.reference == row.policy);
    let claim = input
        .history
        .claims
        .iter()
        .find(|claim| claim.reference == row.claim);
    LedgerEntry {
        policy: row.policy.clone(),
        product: policy.map(|policy| policy.product.clone()),
        person: row.insuree.clone(),
        claim: row.claim.clone(),
        date: claim.and_then(|claim| day(claim.date_to.or(claim.date_from))),
        deducted: CareAmounts {
            general: amount("ded_g", row.ded_g).unwrap_or(nothing),
            inpatient: amount("ded_ip", row.ded_ip),
            outpatient: amount("ded_op", row.ded_op),
        },
        remunerated: CareAmounts {
            general: amount("rem_g", row.rem_g).unwrap_or(nothing),
            inpatient: amount("rem_ip", row.rem_ip),
            outpatient: amount("rem_op", row.rem_op),
        },
        categories: CategoryAmounts {
            surgery: amount("rem_surgery", row.rem_surgery),
            delivery: amount("rem_delivery", row.rem_delivery),
            antenatal: amount("rem_antenatal", row.rem_antenatal),
            hospitalization: amount("rem_hospitalization", row.rem_hospitalization),
            consultation: amount("rem_consult", row.rem_consult),
            visit: None,
        },
        reversed: false,
        held: false,
    }
}

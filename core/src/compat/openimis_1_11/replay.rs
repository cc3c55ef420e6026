//! Replaying claims, one by one, with what the earlier ones left.

use rust_decimal::Decimal;

use super::python::{cents, plus, through_float, times};
use super::rows::Rows;
use super::state::{Halt, State};
use super::switches::{Switch, Switches};
use super::validate::{Call, validate};
use super::{Answer, Run, Stored, pricing, service};
use crate::compat::columns::{LineColumns, OpenImisColumns};
use crate::compat::rows::{ClaimRow, DedRemRow, HistoryRows, LineRow, PastClaimRow};
use crate::compat::snapshot::Snapshot;
use crate::compat::value::Number;
use crate::error::Error;
use crate::scheme::ElementKind;

/// Replays claims of a snapshot with some switches on.
#[derive(Debug, Clone, Copy)]
pub struct Replay<'a> {
    /// The rows.
    pub snapshot: &'a Snapshot,
    /// What happened before the claim; usually `snapshot.input.history`.
    pub history: &'a HistoryRows,
    /// The call.
    pub run: Run,
}

impl<'a> Replay<'a> {
    /// Replays over the history that the snapshot has.
    #[must_use]
    pub fn new(snapshot: &'a Snapshot, run: Run) -> Self {
        Self {
            snapshot,
            history: &snapshot.input.history,
            run,
        }
    }

    /// The answer to one claim.
    ///
    /// # Errors
    /// If an amount has more digits than can be counted with.
    pub fn claim(&self, claim: &ClaimRow, on: Switches) -> Result<Answer, Error> {
        let Self {
            snapshot,
            history,
            run,
        } = *self;
        let rows = Rows::new(&snapshot.input, &snapshot.config, claim, history, on);
        match work(&rows, run) {
            Ok((first, last)) => Ok(Answer::Adjudicated {
                first: Box::new(first),
                last: Box::new(last),
            }),
            Err(Halt::Crash(fault)) => Ok(Answer::Unadjudicable { fault }),
            Err(Halt::TooLarge) => Err(Error::new(
                "amount.range",
                format!("input.claim {}", claim.code),
                "an amount has more digits than can be counted with",
            )),
        }
    }
}

fn work(rows: &Rows<'_>, run: Run) -> Result<(Stored, Stored), Halt> {
    let mut state = State::new(rows)?;
    let claimed = claimed(rows)?;
    for claim in [&mut state.claim.now, &mut state.claim.stored] {
        claim.claimed = Some(Number(claimed));
    }
    if run == Run::Flow {
        let errors = service::submit(rows, &mut state)?;
        let first = stored(&state, &errors);
        let errors = service::process(rows, &mut state, errors)?;
        return Ok((first, stored(&state, &errors)));
    }
    let values = run == Run::Process || !rows.has(Switch::FlowPaysGross);
    let errors = validate(
        rows,
        &mut state,
        Call {
            values,
            service: false,
        },
    )?;
    let first = stored(&state, &errors);
    if run == Run::Process {
        service::settle(rows, &mut state, &errors)?;
    }
    Ok((first, stored(&state, &errors)))
}

/// What the claim asks for: openIMIS keeps what was entered, `standard` adds the lines up.
fn claimed(rows: &Rows<'_>) -> Result<Decimal, Halt> {
    let entered = rows.has(Switch::FloatRounding);
    if let Some(Number(claimed)) = rows.claim.claimed
        && entered
    {
        return Ok(claimed);
    }
    let mut sum = Decimal::ZERO;
    for line in rows.claim.items.iter().chain(&rows.claim.services) {
        if line.validity_to.is_some() {
            continue;
        }
        let price = line
            .price_asked
            .map_or_else(|| pricing::known(rows, line), |price| price.0);
        let value = times(line.qty_provided.map_or(Decimal::ZERO, |q| q.0), price)?;
        sum = plus(sum, if entered { value } else { cents(value) })?;
    }
    Ok(if entered { through_float(sum) } else { sum })
}

fn stored(state: &State<'_>, errors: &[i16]) -> Stored {
    let lines = |kind: ElementKind| {
        let own = state.lines.iter().filter(|line| line.kind == kind);
        own.map(|line| line.columns.stored.clone()).collect()
    };
    Stored {
        errors: errors.to_vec(),
        columns: OpenImisColumns {
            claim: state.claim.stored.clone(),
            items: lines(ElementKind::Item),
            services: lines(ElementKind::Service),
            dedrems: state.dedrems.clone(),
        },
    }
}

/// Adds a claim to what happened before the next one.
pub fn remember(history: &mut HistoryRows, claim: &ClaimRow, stored: &OpenImisColumns) {
    let lines = |rows: &[LineRow], columns: &[LineColumns]| {
        let stored = rows.iter().filter(|row| row.validity_to.is_none());
        stored
            .zip(columns)
            .map(|(row, line)| LineRow {
                status: Some(line.status),
                rejection_reason: line.rejection_reason,
                qty_provided: line.qty_provided,
                qty_approved: line.qty_approved,
                ..row.clone()
            })
            .collect()
    };
    history.claims.push(PastClaimRow {
        reference: claim.code.clone(),
        insuree: claim.insuree.clone(),
        status: stored.claim.status,
        category: stored.claim.category.clone(),
        date_from: claim.date_from,
        date_to: claim.date_to,
        date_claimed: claim.date_claimed,
        validity_to: None,
        items: lines(&claim.items, &stored.items),
        services: lines(&claim.services, &stored.services),
    });
    history
        .dedrems
        .extend(stored.dedrems.iter().map(|row| DedRemRow {
            policy: row.policy.clone(),
            insuree: row.insuree.clone(),
            claim: claim.code.clone(),
            validity_to: None,
            ded_g: row.ded_g,
            ded_ip: row.ded_ip,
            ded_op: row.ded_op,
            rem_g: row.rem_g,
            rem_ip: row.rem_ip,
            rem_op: row.rem_op,
            rem_consult: row.rem_consult,
            rem_surgery: row.rem_surgery,
            rem_delivery: row.rem_delivery,
            rem_hospitalization: row.rem_hospitalization,
            rem_antenatal: row.rem_antenatal,
        }));
}

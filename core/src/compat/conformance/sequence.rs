//! Claims in order, each seeing what the earlier ones left.

use super::deviation::Deviation;
use super::facts::Facts;
use super::judge::{Answer, differences, judge};
use super::{Fault, Run, Vector, Verdict};
use crate::adjudicate::{Adjudicator, NoTrace};
use crate::claim::Request;
use crate::compat::columns::{OpenImisColumns, columns};
use crate::compat::read::Reading;
use crate::compat::rows::{ClaimRow, DedRemRow, HistoryRows, LineRow, PastClaimRow};
use crate::compat::snapshot::Snapshot;
use crate::conventions::Preset;
use crate::decision::{Decision, DecisionParts, document};
use crate::ruleset::RuleSet;

pub(super) fn verdicts(vector: &Vector, preset: Preset) -> Result<Vec<Verdict>, Fault> {
    let mut ours = vector.snapshot.clone();
    let mut theirs = vector.snapshot.clone();
    let claims: Vec<ClaimRow> = vector.snapshot.claims().cloned().collect();
    let alone = claims.len() == 1;
    let name = vector.snapshot.id.clone().unwrap_or_default();
    let mut adjudicator: Option<Adjudicator> = None;
    let mut found = Vec::new();
    for (claim, run) in claims.iter().zip(&vector.expected) {
        let Reading {
            scheme, request, ..
        } = ours.read_claim(claim)?.with_preset(preset);
        let adjudicator = match &mut adjudicator {
            Some(adjudicator) => adjudicator,
            empty => empty.insert(Adjudicator::new(&RuleSet::compile(scheme)?)),
        };
        let (decision, stored) = decide(adjudicator, &request)?;
        let id = if alone {
            name.clone()
        } else {
            format!("{name} {}", claim.code)
        };
        let facts = Facts::new(
            &vector.snapshot.input,
            &vector.snapshot.config,
            claim,
            &theirs.input.history,
        );
        let all = differences(&facts, &stored, run);
        let verdict = if preset == Preset::Standard {
            let same_past = ours.input.history == theirs.input.history;
            if same_past {
                let answer = Answer {
                    decision: &decision,
                    columns: &stored,
                };
                judge(id, &facts, answer, run, all)
            } else {
                // What we would decide had we seen what the other engine left.
                let request = theirs.read_claim(claim)?.request;
                let (decision, seen) = decide(adjudicator, &request)?;
                let answer = Answer {
                    decision: &decision,
                    columns: &seen,
                };
                let rest = differences(&facts, &seen, run);
                let mut verdict = judge(id, &facts, answer, run, rest);
                if seen != stored && !all.is_empty() {
                    verdict.explained_by.push(Deviation::Carried);
                }
                verdict.equal = all.is_empty();
                verdict.differences = all;
                verdict
            }
        } else {
            Verdict {
                id,
                equal: all.is_empty(),
                unexplained: all.clone(),
                differences: all,
                explained_by: Vec::new(),
                modelled: false,
            }
        };
        found.push(verdict);
        remember(&mut ours, claim, &stored);
        if let Some(left) = left_by(run) {
            remember(&mut theirs, claim, &left);
        }
    }
    Ok(found)
}

fn decide(
    adjudicator: &mut Adjudicator,
    request: &Request,
) -> Result<(Decision, OpenImisColumns), Fault> {
    let rules = adjudicator.rules().clone();
    let outcome = adjudicator.adjudicate(request, &mut NoTrace)?;
    let decision = document(&DecisionParts {
        rules: &rules,
        request,
        outcome,
        trace: None,
        request_digest: None,
    });
    let stored = columns(request, &decision);
    Ok((decision, stored))
}

/// What later claims see of the other engine's answer: nothing of a breakdown.
fn left_by(run: &Run) -> Option<OpenImisColumns> {
    let mut left = run.stored.clone()?;
    if let Some(after) = &run.after {
        left.claim = after.claim.clone();
        left.dedrems.clone_from(&after.dedrems);
    }
    Some(left)
}

/// Adds an adjudicated claim to what happened before.
fn remember(snapshot: &mut Snapshot, claim: &ClaimRow, stored: &OpenImisColumns) {
    let HistoryRows { claims, dedrems } = &mut snapshot.input.history;
    let lines = |rows: &[LineRow], columns: &[crate::compat::LineColumns]| {
        rows.iter()
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
    claims.push(PastClaimRow {
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
    dedrems.extend(stored.dedrems.iter().map(|row| DedRemRow {
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

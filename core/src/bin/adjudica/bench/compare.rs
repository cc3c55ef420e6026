//! What differs between the decisions of two schemes.

use adjudica::decision::{Decision, Status};
use adjudica::wire::{Options, Session, read_request};
use adjudica::{Amount, RuleSet};
use serde::Serialize;

use crate::summary::Sum;

/// Decisions of two schemes on the same requests.
#[derive(Debug, Default, Serialize)]
pub struct Comparison {
    /// Requests that both decide.
    pub compared: usize,
    /// Of those, decisions that differ in anything but the name of the scheme.
    pub different: usize,
    /// Of those, in what the scheme pays.
    pub different_payment: usize,
    pub scheme: Pair,
    pub patient: Pair,
    pub facility: Pair,
    /// The claims whose payment differs most.
    pub largest: Vec<Change>,
}

/// An amount under both schemes.
#[derive(Debug, Default, Serialize)]
pub struct Pair {
    pub first: String,
    pub second: String,
    /// Second less first.
    pub difference: String,
}

/// A claim that the two schemes pay differently.
#[derive(Debug, Serialize)]
pub struct Change {
    pub claim: String,
    pub payment: Pair,
    /// Under the first, and under the second if it is another.
    pub status: String,
}

/// Decides every request twice.
pub fn compare(one: &RuleSet, other: &RuleSet, requests: &[String], show: usize) -> Comparison {
    let options = Options {
        digest: false,
        ..Options::default()
    };
    let mut sessions = [Session::new(one, options), Session::new(other, options)];
    let mut comparison = Comparison::default();
    let mut shares = [[Sum::default(); 2]; 3];
    let mut changes: Vec<(Sum, Change)> = Vec::new();
    for text in requests {
        let Ok(request) = read_request(text) else {
            continue;
        };
        let [Ok(first), Ok(mut second)] = sessions
            .each_mut()
            .map(|session| session.adjudicate(&request))
        else {
            continue;
        };
        comparison.compared += 1;
        let [scheme, patient, facility] = &mut shares;
        for (sums, share) in [
            (
                scheme,
                [first.totals.scheme_share, second.totals.scheme_share],
            ),
            (
                patient,
                [first.totals.patient_share, second.totals.patient_share],
            ),
            (
                facility,
                [first.totals.facility_share, second.totals.facility_share],
            ),
        ] {
            for (sum, amount) in sums.iter_mut().zip(share) {
                sum.add(amount);
            }
        }
        second.provenance.clone_from(&first.provenance);
        if first == second {
            continue;
        }
        comparison.different += 1;
        if first.totals.scheme_share != second.totals.scheme_share {
            comparison.different_payment += 1;
            changes.push(change(&first, &second));
            // Now and then, so that few are kept.
            if changes.len() > 2 * show + 1000 {
                keep_largest(&mut changes, show);
            }
        }
    }
    keep_largest(&mut changes, show);
    comparison.largest = changes.into_iter().map(|(_, change)| change).collect();
    [comparison.scheme, comparison.patient, comparison.facility] =
        shares.map(|[first, second]| pair(first, second));
    comparison
}

fn keep_largest(changes: &mut Vec<(Sum, Change)>, show: usize) {
    changes.sort_by_key(|(difference, _)| std::cmp::Reverse(difference.size()));
    changes.truncate(show);
}

fn change(first: &Decision, second: &Decision) -> (Sum, Change) {
    let sum = |amount: Amount| {
        let mut sum = Sum::default();
        sum.add(amount);
        sum
    };
    let one = sum(first.totals.scheme_share);
    let other = sum(second.totals.scheme_share);
    let status = match (name(first.status), name(second.status)) {
        (one, other) if one == other => one.to_owned(),
        (one, other) => format!("{one} -> {other}"),
    };
    let change = Change {
        claim: first.claim.to_string(),
        payment: pair(one, other),
        status,
    };
    (other.less(one), change)
}

fn pair(first: Sum, second: Sum) -> Pair {
    Pair {
        first: first.to_string(),
        second: second.to_string(),
        difference: second.less(first).to_string(),
    }
}

fn name(status: Status) -> &'static str {
    match status {
        Status::Rejected => "rejected",
        Status::AwaitingIndex => "awaiting index",
        Status::Valuated => "valuated",
    }
}

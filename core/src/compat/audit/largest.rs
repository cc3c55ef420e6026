//! The claims with the largest differences.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::document::LargestClaim;
use crate::compat::conformance::Fault;
use crate::compat::rows::{ClaimRow, HistoryRows};
use crate::compat::snapshot::{Input, Snapshot};
use crate::decision::TraceLevel;
use crate::explain::{Catalogues, Setting, text};
use crate::ruleset::RuleSet;
use crate::wire::{Options, Session};

/// How many are kept.
const KEPT: usize = 10;

/// Where a claim ranks: the largest difference first, then the order of the input.
type Rank = (Reverse<Decimal>, usize, u32, usize);

/// The claims with the largest differences so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Largest(Vec<(Rank, LargestClaim)>);

impl Largest {
    /// Offers a claim, which is only made if it is among the largest.
    pub(super) fn offer(&mut self, rank: Rank, make: impl FnOnce() -> LargestClaim) {
        let full = self.0.len() >= KEPT;
        if full && self.0.last().is_some_and(|(last, _)| *last < rank) {
            return;
        }
        self.keep(rank, make());
    }

    fn keep(&mut self, rank: Rank, claim: LargestClaim) {
        let place = self.0.partition_point(|(other, _)| *other < rank);
        self.0.insert(place, (rank, claim));
        self.0.truncate(KEPT);
    }

    /// Takes over those of another.
    pub(super) fn merge(&mut self, other: Self) {
        for (rank, claim) in other.0 {
            self.keep(rank, claim);
        }
    }

    /// The largest first.
    pub(super) fn finish(self) -> Vec<LargestClaim> {
        self.0.into_iter().map(|(_, claim)| claim).collect()
    }
}

/// The explanation of benefits of what our engine decides over a history, in English; or, should
/// it refuse the rows, the reason for that.
pub(super) fn explanation(snapshot: &Snapshot, claim: &ClaimRow, history: &HistoryRows) -> String {
    explained(snapshot, claim, history)
        .unwrap_or_else(|fault| format!("there is no explanation: {fault}"))
}

fn explained(
    snapshot: &Snapshot,
    claim: &ClaimRow,
    history: &HistoryRows,
) -> Result<String, Fault> {
    let then = Snapshot {
        input: Input {
            history: history.clone(),
            ..snapshot.input.clone()
        },
        ..snapshot.clone()
    };
    let reading = then.read_claim(claim)?;
    let rules = RuleSet::compile(reading.scheme)?;
    let options = Options {
        trace: TraceLevel::Reasons,
        digest: false,
    };
    let decision = Session::new(&rules, options).adjudicate(&reading.request)?;
    let catalogue = Catalogues::built_in()?.get("en")?;
    // The rows do not say which currency they are in.
    let setting = Setting {
        currency: "",
        ..Setting::from(rules.scheme())
    };
    Ok(text(&decision, catalogue, setting))
}

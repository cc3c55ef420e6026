//! What an audit says.

use schemars::JsonSchema;
use serde::Serialize;

use crate::code::Code;
use crate::compat::columns::OpenImisColumns;
use crate::compat::conformance::Difference;
use crate::compat::openimis_1_11::{Crash, Run, Switch};
use crate::compat::value::Number;
use crate::error::Error;

/// Name and version of the document.
pub const SCHEMA: &str = "adjudica/audit@1";

/// What changes, claim by claim and in sums, for a scheme that moves from openIMIS 1.11 to the
/// `standard` conventions.
///
/// Amounts are exact decimals in the scheme's currency. An amount is *overpaid* if openIMIS
/// approves more than `standard`, and *underpaid* if it approves less; `difference` is what
/// openIMIS approves less what `standard` approves. Where claims are grouped, the groups add up to
/// the totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Audit {
    /// `adjudica/audit@1`.
    pub schema: &'static str,
    /// `openimis-1.11`.
    pub from: &'static str,
    /// `standard`.
    pub to: &'static str,
    /// Which of openIMIS's calls was replayed: `submit`, `process` or `flow`.
    pub run: Run,
    /// All claims.
    pub totals: Figures,
    /// What the two engines remunerate; lines that wait for an index are not in it.
    pub remunerated: Remunerated,
    /// The deviations that make the differences, by the money that they move. Their differences add
    /// up to that of the totals; a claim counts for each of its deviations.
    pub deviations: Vec<Deviation>,
    /// Claims on which openIMIS breaks down, by its exception. They are among those underpaid if
    /// `standard` approves anything.
    pub faults: Vec<Fault>,
    /// By the product that pays in either engine. Claims to which several pay stand under all
    /// their names, joined by ` + `.
    pub products: Vec<Group>,
    /// By facility.
    pub facilities: Vec<Group>,
    /// By the category that `standard` gives the claim.
    pub categories: Vec<Group>,
    /// By the month of the first day of care, as `2025-03`.
    pub months: Vec<Group>,
    /// The claims with the largest differences, the largest first; ten at most.
    pub largest: Vec<LargestClaim>,
    /// How the replay compares with recorded answers of the real engine, where there are any.
    pub recorded: Recorded,
    /// Snapshots that cannot be read or adjudicated.
    pub unreadable: u64,
    /// The first of them; twenty at most.
    pub errors: Vec<Unreadable>,
}

/// Counts and amounts of some claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Figures {
    /// Claims.
    pub claims: u64,
    /// Of these, how many both engines answer alike.
    pub equal: u64,
    /// How many they answer differently, in money or in any other column.
    pub changed: u64,
    /// How many openIMIS approves more for.
    pub overpaid_claims: u64,
    /// How many openIMIS approves less for.
    pub underpaid_claims: u64,
    /// How many openIMIS breaks down on.
    pub unadjudicable: u64,
    /// Approved by openIMIS.
    pub openimis: Number,
    /// Approved by `standard`.
    pub standard: Number,
    /// What openIMIS approves too much, over the claims of which it approves more.
    pub overpaid: Number,
    /// What it approves too little, over the claims of which it approves less.
    pub underpaid: Number,
    /// `openimis` less `standard`, which is `overpaid` less `underpaid`.
    pub difference: Number,
}

/// Amounts remunerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Remunerated {
    /// By openIMIS.
    pub openimis: Number,
    /// By `standard`.
    pub standard: Number,
    /// `openimis` less `standard`.
    pub difference: Number,
}

/// A deviation of openIMIS and what it makes of the claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Deviation {
    /// Name of the switch.
    pub switch: Switch,
    /// What openIMIS does.
    pub meaning: &'static str,
    /// Where it does it.
    pub source: &'static str,
    /// Claims in which it makes a difference.
    pub claims: u64,
    /// What it adds to approved amounts.
    pub adds: Number,
    /// What it takes from approved amounts.
    pub takes: Number,
    /// `adds` less `takes`.
    pub difference: Number,
}

/// A way in which openIMIS breaks down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// Class of the Python exception.
    pub fault: Crash,
    /// Claims.
    pub claims: u64,
    /// What `standard` approves for them.
    pub standard: Number,
}

/// Claims that have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Group {
    /// What it is; empty if the claims have none.
    pub name: String,
    /// Their counts and amounts.
    #[serde(flatten)]
    pub figures: Figures,
}

/// A claim with a large difference, both answers side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LargestClaim {
    /// Name of the snapshot.
    pub snapshot: Option<String>,
    /// Position of its file among the inputs, from 0.
    pub file: usize,
    /// Its line in the file, from 1.
    pub line: u32,
    /// The claim.
    pub claim: Code,
    /// Facility.
    pub facility: Code,
    /// First day of care.
    pub date: Option<String>,
    /// Category.
    pub category: String,
    /// Products that pay.
    pub products: String,
    /// How openIMIS breaks down, if it does.
    pub fault: Option<Crash>,
    /// Approved by openIMIS.
    pub openimis_approved: Number,
    /// Approved by `standard`.
    pub standard_approved: Number,
    /// The one less the other.
    pub difference: Number,
    /// The deviations that make the difference, with the money that each moves.
    pub deviations: Vec<DeviationShare>,
    /// What openIMIS stores; nothing if it breaks down.
    pub openimis: Option<OpenImisColumns>,
    /// What `standard` stores.
    pub standard: Option<OpenImisColumns>,
    /// The columns that differ: `ours` is `standard`, `theirs` openIMIS.
    pub differences: Vec<Difference>,
    /// The explanation of benefits of the `standard` decision, in English.
    pub explanation: String,
}

/// What a deviation moves in one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DeviationShare {
    /// Name of the switch.
    pub switch: Switch,
    /// What openIMIS does.
    pub meaning: &'static str,
    /// What that adds to the approved amount; negative if it takes from it.
    pub money: Number,
}

/// The replay against the real engine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Recorded {
    /// Claims whose recorded answer was compared, in every column.
    pub claims: u64,
    /// How many of them the replay answers otherwise. The audit is to be trusted only if it is 0.
    pub disagreements: u64,
    /// Names of the first; twenty at most.
    pub names: Vec<String>,
}

/// A snapshot that is not part of the audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unreadable {
    /// Position of its file among the inputs, from 0.
    pub file: usize,
    /// Its line in the file, from 1.
    pub line: u32,
    /// Why.
    pub error: Error,
}

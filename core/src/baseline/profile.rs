//! The profile document: what was usual in earlier claims.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::code::Code;
use crate::decision::Provenance;
use crate::number::{Amount, Quantity};
use crate::scheme::{ElementKind, FacilityLevel};

/// Schema id of this version of the profile.
pub(super) const SCHEMA: &str = "adjudica/profile@1";

/// What was usual in earlier claims under a scheme, as quartiles of groups of lines. It names no
/// person and no claim, and no group of fewer lines than `fewest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Always `adjudica/profile@1`.
    pub schema: Cow<'static, str>,
    /// Claims that were read.
    pub claims: u64,
    /// Lines that were counted: those that the rules pass.
    pub lines: u64,
    /// Lines that were left out, because the rules reject them.
    pub rejected: u64,
    /// First day of care of the earliest claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_day: Option<Day>,
    /// First day of care of the latest claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Day>,
    /// Groups of fewer lines are not in the profile.
    pub fewest: u32,
    /// The groups, by kind, code and peers.
    pub groups: Vec<Group>,
    /// The rules that decided which lines count.
    pub rules: Provenance,
}

/// What is usual of one service or item among some lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Which lines these are.
    pub peers: Peers,
    /// How many there are.
    pub lines: u64,
    /// Price asked for one unit.
    pub price: Spread<Amount>,
    /// Units asked.
    pub quantity: Spread<Quantity>,
    /// How often the patient had it in 365 days, this time included.
    pub times_365: Spread<u32>,
}

/// Which lines of a service or item are compared.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Peers {
    /// All of the scheme.
    All,
    /// At facilities of this level.
    Level(FacilityLevel),
    /// At the facility with this code.
    Facility(Code),
    /// With this main diagnosis.
    Diagnosis(Code),
}

/// The quartiles of a group: values that were really claimed (the nearest rank), so that nothing
/// is rounded. Half of the lines lie between `low` and `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread<T> {
    /// A quarter of the lines are here or below.
    pub low: T,
    /// Half of them are.
    pub median: T,
    /// Three quarters of them are.
    pub high: T,
}

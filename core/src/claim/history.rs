//! What happened before: earlier claims, what they gave, and what they consumed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::code::Code;
use crate::number::{Amount, Quantity};
use crate::scheme::{ElementKind, ServiceCategory};

/// Earlier claims of the patient, and the ledgers of the policies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// Services and items the patient received before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<Provision>,
    /// Earlier claims of the patient.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<PastClaim>,
    /// What earlier claims of all members consumed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledger: Vec<LedgerEntry>,
}

impl History {
    /// Nothing happened before?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.provisions.is_empty() && self.claims.is_empty() && self.ledger.is_empty()
    }
}

/// A service or item that the patient received before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Code of its claim.
    pub claim: Code,
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Last day of that care.
    pub date: Day,
    /// Units provided.
    pub quantity: Quantity,
    /// Units approved, where they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Quantity>,
    /// Whether the line was accepted; others do not count.
    #[serde(default = "super::yes", skip_serializing_if = "super::is_yes")]
    #[schemars(extend("default" = true))]
    pub accepted: bool,
}

/// An earlier claim of the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastClaim {
    /// Code of the claim.
    pub code: Code,
    /// Facility, where known; two facilities may use the same claim code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<Code>,
    /// Category; absent and `other` count as visits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<ServiceCategory>,
    /// Last day of that care.
    pub date: Day,
    /// How far it got.
    pub status: ClaimStatus,
}

/// How far a claim got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStatus {
    /// Rejected (openIMIS 1).
    Rejected,
    /// Entered (2), not yet submitted.
    Entered,
    /// Checked (4).
    Checked,
    /// Processed (8), waiting for the relative index.
    Processed,
    /// Valuated (16).
    Valuated,
}

impl ClaimStatus {
    /// Submitted and not rejected: the claim counts.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Checked | Self::Processed | Self::Valuated)
    }
}

/// What one claim consumed of one policy: the unit of the ledger (openIMIS ClaimDedRem). Decisions
/// produce such entries; later requests carry them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerEntry {
    /// The policy.
    pub policy: Code,
    /// Its product; needed where a window reaches over several policies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Code>,
    /// The person treated.
    pub person: Code,
    /// The claim.
    pub claim: Code,
    /// Last day of care; needed where a window is shorter than the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// Deductible taken.
    pub deducted: CareAmounts,
    /// Paid under the ceiling.
    pub remunerated: CareAmounts,
    /// Paid under category limits, before the ceiling.
    #[serde(default, skip_serializing_if = "CategoryAmounts::is_empty")]
    pub categories: CategoryAmounts,
    /// The entry was taken back and counts no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub reversed: bool,
    /// Reserved by a pre-authorisation; counts as consumed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub held: bool,
}

/// An amount in all, and its part in hospital visits or other visits. Absent = 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CareAmounts {
    /// In all.
    pub general: Amount,
    /// In hospital visits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inpatient: Option<Amount>,
    /// In other visits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outpatient: Option<Amount>,
}

/// Amounts by category of claim. Absent = 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryAmounts {
    /// Surgery claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surgery: Option<Amount>,
    /// Delivery claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Amount>,
    /// Antenatal claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antenatal: Option<Amount>,
    /// Hospitalization claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hospitalization: Option<Amount>,
    /// Consultation claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation: Option<Amount>,
    /// Visits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Amount>,
}

impl CategoryAmounts {
    /// Nothing given?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

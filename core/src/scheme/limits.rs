//! Deductibles, ceilings and limits by category of claim.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::benefit::PatientTerms;
use super::terms::Cap;
use crate::code::Code;
use crate::number::Amount;

/// A deductible or ceiling: general, or apart for in- and out-patient care, never both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// For all care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub general: Option<Limit>,
    /// For hospital visits only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inpatient: Option<Limit>,
    /// For other visits only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outpatient: Option<Limit>,
    /// The period over which earlier claims count.
    #[serde(default, skip_serializing_if = "CounterWindow::is_default")]
    pub window: CounterWindow,
}

/// One amount and whose claims share it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Whose claims share the amount.
    pub scope: Scope,
    /// The amount, or `unlimited` for a ceiling.
    pub amount: Cap,
    /// More for large families (scope policy).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra_members: Option<ExtraMembers>,
    /// More for members with certain attributes: in scope policy for each such member, otherwise
    /// for the patient.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplements: Vec<Supplement>,
}

/// Whose claims share an amount (SEMANTICS 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every claim starts anew.
    Treatment,
    /// All claims of the person under the policy.
    Insuree,
    /// All claims under the policy.
    Policy,
}

/// What each member above a threshold adds, up to a maximum (openIMIS max_policy_extra_member,
/// threshold, max_ceiling_policy).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtraMembers {
    /// Members included in the amount; each further one adds.
    pub above: u32,
    /// What each further member adds.
    pub amount: Amount,
    /// The amount with extra members is at most this; absent = no maximum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Amount>,
}

/// What a member with certain attributes adds to an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// Name of the supplement, shown in explanations.
    pub code: Code,
    /// Which members it is for.
    pub patient: PatientTerms,
    /// What it adds.
    pub amount: Amount,
}

/// Limits by category of claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryLimits {
    /// Surgery claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surgery: Option<CategoryLimit>,
    /// Delivery claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<CategoryLimit>,
    /// Antenatal claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antenatal: Option<CategoryLimit>,
    /// Hospitalization claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hospitalization: Option<CategoryLimit>,
    /// Consultation claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation: Option<CategoryLimit>,
    /// Visits: all other claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<CategoryLimit>,
}

impl CategoryLimits {
    /// No category limited?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How many claims of a category, and how much for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryLimit {
    /// Most accepted claims of the person; 0 = none allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_claims: Option<u32>,
    /// The period over which claims count; default the person's membership.
    #[serde(default, skip_serializing_if = "CounterWindow::is_default")]
    pub claims_window: CounterWindow,
    /// Most the scheme pays for claims of the category, before the ceiling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_amount: Option<Amount>,
    /// The period over which the person's amounts add up; absent = each claim by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_window: Option<CounterWindow>,
}

/// The period over which a counter adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CounterWindow {
    /// The policy's period; for counters of a person, the person's membership in it.
    #[default]
    PolicyPeriod,
    /// The calendar year of the visit, in the scheme's calendar.
    CalendarYear,
    /// The fiscal year of the visit, in the scheme's calendar.
    FiscalYear,
    /// That many days up to and including the visit.
    RollingDays(u32),
    /// Ever.
    Lifetime,
}

impl CounterWindow {
    /// The policy's period?
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

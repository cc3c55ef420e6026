//! What is answered about a policy: its period and its premium.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::remark::Remark;
use crate::calendar::Day;
use crate::claim::PolicyStage;
use crate::code::Code;
use crate::number::{Amount, Percent};
use crate::scheme::AgeGroup;

/// Schema id of this version of the answer about a period.
pub const PERIOD_ANSWER_SCHEMA: &str = "adjudica/period@1";
/// Schema id of this version of the answer about a premium.
pub const PREMIUM_ANSWER_SCHEMA: &str = "adjudica/premium@1";

/// When a policy begins and ends, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodAnswer {
    /// Always `adjudica/period@1`.
    pub schema: Cow<'static, str>,
    /// The product that the policy is of, after conversion.
    pub product: Code,
    /// Products that conversion led through, from the one asked for; empty without conversion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub converted_from: Vec<Code>,
    /// New or renewed.
    pub stage: PolicyStage,
    /// First day.
    pub start: Day,
    /// Last day.
    pub expiry: Day,
    /// The beginning of the cycle that was chosen; the start, unless the previous policy ran on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Day>,
    /// Last day for payment; absent = no such limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_payment: Option<Day>,
    /// Last day on which this policy can be renewed; absent = no such limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_renewal: Option<Day>,
    /// A renewal that was asked for after the last day for it: the period is what a renewal would
    /// have, but the product does not allow it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub too_late: bool,
    /// Every rule that was applied, in order.
    pub reasons: Vec<Remark>,
    /// The same in words, if a language was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// What a policy costs, who pays, and whether it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PremiumAnswer {
    /// Always `adjudica/premium@1`.
    pub schema: Cow<'static, str>,
    /// When it begins and ends.
    pub period: PeriodAnswer,
    /// The members, in the order of the request.
    pub members: Vec<MemberAnswer>,
    /// What the premium is made of; adds up to `total` exactly.
    pub lines: Vec<PremiumLine>,
    /// The premium.
    pub total: Amount,
    /// Who pays it; adds up to `total` exactly. The household comes last, even if it pays nothing.
    pub shares: Vec<PayerShare>,
    /// When the household's share is due; adds up to it exactly.
    pub instalments: Vec<InstalmentDue>,
    /// What the household has paid.
    pub paid: Amount,
    /// What the household still owes.
    pub outstanding: Amount,
    /// Whether the policy is in force, and from when.
    pub activation: ActivationAnswer,
    /// Contributions before benefits, where the product asks for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifying: Option<QualifyingAnswer>,
    /// Every rule that was applied, in order.
    pub reasons: Vec<Remark>,
    /// The same in words, if a language was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// A member as the premium sees him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberAnswer {
    /// Id of the person.
    pub id: Code,
    /// Adult or child.
    pub group: AgeGroup,
    /// How the person is charged.
    pub charged: ChargedAs,
    /// The day from which the person is covered; absent = not covered (yet).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Day>,
}

/// How a member is charged; each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChargedAs {
    /// The lump sum covers the person.
    LumpSum,
    /// By the premium for adults or children, without lump sum.
    Person,
    /// By the premium for adults or children, above the members whom the lump sum covers.
    Extra,
    /// By the premium for adults or children, as a relative outside the nuclear family.
    OtherRelative,
    /// Not at all, and not covered: the household is larger than the product allows.
    BeyondMaximum,
}

/// One part of a premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PremiumLine {
    /// What it is for.
    pub step: PremiumStep,
    /// Members it is for, where it is charged for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The amount for each of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Amount>,
    /// The percentage, of a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// What it adds to the premium; negative for what it takes off.
    pub amount: Amount,
}

/// What a part of a premium is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PremiumStep {
    /// One amount for the household.
    LumpSum,
    /// Adults, without lump sum.
    Adults,
    /// Children, without lump sum.
    Children,
    /// Adults above those whom the lump sum covers.
    ExtraAdults,
    /// Children above those whom the lump sum covers.
    ExtraChildren,
    /// Adult relatives outside the nuclear family.
    OtherAdults,
    /// Relatives outside the nuclear family who are children.
    OtherChildren,
    /// The general assembly.
    GeneralAssembly,
    /// Registration.
    Registration,
    /// Less for enrolling early.
    EnrolmentDiscount,
    /// Less for renewing early.
    RenewalDiscount,
    /// Decimals dropped (convention `premium_decimals`).
    WholeUnits,
    /// Rounding to the product's step.
    Rounding,
}

/// What somebody pays of the premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayerShare {
    /// Who: a payer of the scheme's subsidies, or `household`.
    pub payer: Code,
    /// The percentage of the premium, where the scheme says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// The amount.
    pub amount: Amount,
}

/// One payment that the household is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstalmentDue {
    /// Its number, from 1.
    pub number: u16,
    /// The day on which it is due.
    pub due: Day,
    /// The amount.
    pub amount: Amount,
}

/// Whether a policy is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivationAnswer {
    /// In force, from `effective` on?
    pub active: bool,
    /// First day of cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Day>,
    /// Why, or why not.
    pub because: ActivationReason,
}

/// Why a policy is in force, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivationReason {
    /// Enough was paid in time.
    Paid,
    /// The household has nothing to pay.
    NothingDue,
    /// An officer put it in force.
    Enforced,
    /// Not enough was paid in time.
    Unpaid,
    /// It is paid, but not confirmed.
    Unconfirmed,
}

/// Contributions before benefits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualifyingAnswer {
    /// Months with a contribution that are needed.
    pub required: u16,
    /// Months that are looked at.
    pub within_months: u16,
    /// First day of those months.
    pub from: Day,
    /// Last day of those months.
    pub to: Day,
    /// Months with a contribution that were found.
    pub found: u16,
    /// Months that are missing.
    pub missing: u16,
    /// None missing?
    pub met: bool,
}

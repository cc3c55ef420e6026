//! Enrolment: how long a policy runs, what it costs, who pays it, and when cover begins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::terms::Attributes;
use crate::code::Code;
use crate::number::{Amount, Percent};

/// What a product says about its policies rather than about care (DOMAIN A.8, A.9).
///
/// Months are counted in the scheme's calendar. A field left out means that there is no such rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// Months that a policy covers (openIMIS `InsurancePeriod`).
    #[schemars(range(min = 1, max = 600))]
    pub insurance_months: u16,
    /// Months from enrolment until cover may begin, for new policies (`AdministrationPeriod`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 600))]
    pub administration_months: Option<u16>,
    /// Days of the year on which cover begins, at most four (`StartCycle1` to `4`); none = any day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cycles: Vec<Cycle>,
    /// How much later than due something may still happen.
    #[serde(default, skip_serializing_if = "Grace::is_none")]
    pub grace: Grace,
    /// How large a household may be.
    #[serde(default, skip_serializing_if = "HouseholdSize::is_open")]
    pub members: HouseholdSize,
    /// What membership costs.
    #[serde(default, skip_serializing_if = "Premium::is_free")]
    pub premium: Premium,
    /// What registration costs on top: charged for new policies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// What the general assembly costs on top: charged for every policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub general_assembly: Option<Fee>,
    /// For new policies enrolled in good time before the cycle begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment_discount: Option<Discount>,
    /// For policies renewed in good time before the previous one ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_discount: Option<Discount>,
    /// To what the premium is rounded; absent = to the currency's minor unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<PremiumRounding>,
    /// Whether the household may pay in parts; absent = any number of payments counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalments: Option<Instalments>,
    /// Who pays for whom. For each payer, the first rule that fits the family applies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subsidies: Vec<Subsidy>,
    /// Contributions that must have been made before benefits are due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifying: Option<Qualifying>,
    /// What makes cover begin.
    #[serde(default, skip_serializing_if = "Activation::is_default")]
    pub activation: Activation,
    /// The product that takes this one's place when a policy is renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion_product: Option<Code>,
}

/// A day of the year in the scheme's calendar; in years without it, the last day of its month.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// Month of the year, 1 to 12.
    #[schemars(range(min = 1, max = 12))]
    pub month: u8,
    /// Day of the month, from 1.
    #[schemars(range(min = 1, max = 32))]
    pub day: u8,
}

/// Grace periods in months.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grace {
    /// After the beginning of a cycle, new policies may still enrol in it and pay for it
    /// (`GracePeriod`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 600))]
    pub enrolment_months: Option<u16>,
    /// After the end of a policy, it may still be renewed; with cycles also after the beginning of
    /// the cycle (`GracePeriodRenewal`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 600))]
    pub renewal_months: Option<u16>,
    /// Without cycles: after enrolment, or after the end of the previous policy, the premium may
    /// still be paid (`WaitingPeriod` of a product).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 600))]
    pub payment_months: Option<u16>,
}

impl Grace {
    /// No grace period given?
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// How large a household may be, in persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseholdSize {
    /// Fewest members; a smaller household is told so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// Most members (`MaxMember`); who is beyond is neither charged nor covered. Who that is says
    /// the convention `members_kept`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

impl HouseholdSize {
    /// No bound given?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

/// What membership costs: each member is charged once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Premium {
    /// One amount for the household (`LumpSum`); absent = everyone pays for himself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lump_sum: Option<Amount>,
    /// Members whom the lump sum covers, adults first (`Threshold`); absent = all. Other relatives
    /// are never among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lump_sum_members: Option<u32>,
    /// For each adult whom no lump sum covers (`PremiumAdult`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adult: Option<Amount>,
    /// For each child whom no lump sum covers (`PremiumChild`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<Amount>,
}

impl Premium {
    /// No amount given?
    #[must_use]
    pub fn is_free(&self) -> bool {
        *self == Self::default()
    }
}

/// A fee for the household or for each member who is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// The amount.
    pub amount: Amount,
    /// For whom it is due.
    pub per: FeeBasis,
}

/// For whom a fee is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeBasis {
    /// Once for the household.
    Household,
    /// For each member.
    Member,
}

/// The registration fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The amount.
    pub amount: Amount,
    /// For whom it is due.
    pub per: FeeBasis,
    /// Months after which a renewal is charged it again (`Recurrence`); absent = never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 600))]
    pub recurrence_months: Option<u16>,
}

/// Less for who comes early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// Percentage taken off the whole premium, fees included.
    pub percent: Percent,
    /// Months before the beginning of the policy by which the household must have enrolled.
    #[schemars(range(max = 600))]
    pub months_before: u16,
}

/// To what the premium is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PremiumRounding {
    /// The smallest step, such as `"50"`.
    pub unit: Amount,
    /// Which way.
    #[serde(default)]
    pub direction: Direction,
}

/// Which way an amount is rounded to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RoundingDirection")]
pub enum Direction {
    /// To the nearest step; halves up.
    #[default]
    Nearest,
    /// To the next step up.
    Up,
    /// To the next step down.
    Down,
}

/// Payment in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instalments {
    /// Most payments that count (`MaxInstallments`).
    #[schemars(range(min = 1, max = 600))]
    pub max: u16,
    /// Months from one to the next.
    #[serde(default = "one_month")]
    #[schemars(range(max = 600))]
    pub months_apart: u16,
}

fn one_month() -> u16 {
    1
}

/// A share of the premium that another than the household pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subsidy {
    /// Who pays, such as `government`.
    pub payer: Code,
    /// For which families; absent = for all.
    #[serde(default, skip_serializing_if = "FamilyTerms::is_open")]
    pub when: FamilyTerms,
    /// Percentage of the premium, or
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// an amount; never more than what earlier payers leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

/// Which families.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FamilyTerms {
    /// Only families registered as poor, or only others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poverty: Option<bool>,
    /// Only families with all these attributes.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

impl FamilyTerms {
    /// Any family?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.poverty.is_none() && self.attributes.is_empty()
    }
}

/// Contributions before benefits: in `months` of the last `within_months` calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Qualifying {
    /// Months with a contribution that are needed.
    #[schemars(range(min = 1, max = 600))]
    pub months: u16,
    /// Months that are looked at, ending with the month before the day asked about.
    #[schemars(range(min = 1, max = 600))]
    pub within_months: u16,
}

/// What makes cover begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activation {
    /// Percentage of the household's share that must be paid.
    #[serde(default = "all")]
    pub percent: Percent,
    /// Whether an officer must confirm the policy once it is paid (openIMIS status `ready`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_confirmation: bool,
}

fn all() -> Percent {
    Percent::from_units(100, 0)
}

impl Default for Activation {
    fn default() -> Self {
        Self {
            percent: all(),
            needs_confirmation: false,
        }
    }
}

impl Activation {
    /// Begins when all is paid?
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

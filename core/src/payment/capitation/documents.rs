//! What is asked for a capitation, and what is answered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::CAPITATION_REQUEST;
use super::super::allocation::{Allocation, Contribution};
use super::super::exact::Exact;
use super::super::index::LeftOutClaim;
use super::super::period::Span;
use super::super::run::{Refusal, RevertedRun, RunRecord, RunStatus};
use crate::calendar::Day;
use crate::code::Code;
use crate::decision::Provenance;
use crate::error::Error;
use crate::number::{Amount, Percent};

/// Asks for the capitation of the period that ends with a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapitationRequest {
    /// Always `adjudica/capitation_request@1`.
    #[serde(default = "schema_id", skip_serializing_if = "is_schema")]
    pub schema: String,
    /// Name of this run, the host's own.
    pub run: Code,
    /// Code of the product.
    pub product: Code,
    /// Year, in the scheme's calendar.
    pub year: i32,
    /// The month that has ended, from 1.
    #[schemars(range(min = 1, max = 12))]
    pub month: u32,
    /// Contributions paid for policies of the product.
    #[serde(default)]
    pub contributions: Vec<Contribution>,
    /// Insured families, where insured families or persons have a weight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insured: Vec<InsuredFamilies>,
    /// Claims that were decided, where visits or amounts have a weight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ProcessedClaim>,
    /// Earlier runs of the product's capitation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<RunRecord>,
    /// The run that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revert: Option<Code>,
}

fn schema_id() -> String {
    CAPITATION_REQUEST.to_owned()
}

fn is_schema(schema: &str) -> bool {
    schema == CAPITATION_REQUEST
}

/// Families insured by policies of the product, of one village and with the same dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InsuredFamilies {
    /// Code of the village where they live.
    pub village: Code,
    /// First day of their policies.
    pub effective: Day,
    /// Last day. They count if the last day of the period is in the policy.
    pub expiry: Day,
    /// Number of families.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(extend("default" = 1))]
    pub families: u32,
    /// Insured persons in these families.
    pub persons: u32,
}

fn one() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_one(count: &u32) -> bool {
    *count == 1
}

/// A claim that was decided and not rejected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcessedClaim {
    /// Code of the claim.
    pub claim: Code,
    /// Code of the facility.
    pub facility: Code,
    /// First day of care.
    pub date_from: Day,
    /// Last day of care; absent = the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_to: Option<Day>,
    /// The day on which it was decided. It belongs to the period with this day.
    pub processed: Day,
    /// Adjusted price by approved quantity of the lines that passed and that the product pays.
    pub amount: Amount,
}

/// A figure for each indicator (DOMAIN A.7). Persons, families and visits are decimal text with as
/// many places as they need; unit prices and amounts are in the currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicators<T> {
    /// Population of the catchment.
    pub population: T,
    /// Families of the catchment.
    pub families: T,
    /// Insured persons of the catchment.
    pub insured_population: T,
    /// Insured families of the catchment.
    pub insured_families: T,
    /// Claims of the period.
    pub visits: T,
    /// Adjusted amounts of these claims.
    pub adjusted_amount: T,
}

/// Which indicator.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// Population of the catchment.
    Population,
    /// Families of the catchment.
    Families,
    /// Insured persons of the catchment.
    InsuredPopulation,
    /// Insured families of the catchment.
    InsuredFamilies,
    /// Claims of the period.
    Visits,
    /// Adjusted amounts of these claims.
    AdjustedAmount,
}

/// The capitation of a period: the report of the pot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapitationAnswer {
    /// Always `adjudica/capitation@1`.
    pub schema: String,
    /// Name of the run.
    pub run: Code,
    /// Code of the product.
    pub product: Code,
    /// Year, in the scheme's calendar.
    pub year: i32,
    /// Month that has ended.
    pub month: u32,
    /// Whether it was calculated.
    pub status: RunStatus,
    /// Why not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<Refusal>,
    /// What is to be undone first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverted: Option<RevertedRun>,
    /// The period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What the period earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Allocation>,
    /// The part of it that is paid by capitation, in percent.
    pub share: Percent,
    /// `allocated x share / 100`, rounded once by the scheme's rule.
    pub pot: Amount,
    /// What each weighted indicator has to divide.
    pub indicators: Vec<IndicatorMoney>,
    /// What each facility has and is paid, in the order of the scheme.
    pub facilities: Vec<FacilityPayment>,
    /// Claims that do not count, in the order given.
    pub left_out: Vec<LeftOutClaim>,
    /// What is paid out.
    pub distributed: Amount,
    /// What is not: the parts of indicators of which no facility has any, and what the weights
    /// lack to 100 percent. Negative if they add up to more, or if rounded shares do
    /// (`pot_division: rounded`).
    pub left: Amount,
    /// What the host keeps, and brings with later runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RunRecord>,
    /// What is legal but may not be meant.
    pub warnings: Vec<Error>,
    /// What calculated it.
    pub provenance: Provenance,
}

/// The part of the pot that one indicator divides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorMoney {
    /// Which.
    pub indicator: Indicator,
    /// Its weight, in percent.
    pub weight: Percent,
    /// Its money: the pot by the weights, divided by largest remainder.
    pub amount: Amount,
    /// What the facilities have of it together.
    pub total: String,
    /// `amount / total`: the price of one person, family or visit, or of one unit of the currency.
    /// 0 if the total is 0.
    pub unit_price: Exact,
    /// What is paid out: the amount, to the last unit, unless no facility has any. Under the
    /// convention `pot_division: rounded`, the sum of the rounded shares.
    pub distributed: Amount,
    /// Facilities that got one of the units that rounding down left.
    pub remainder: Vec<Code>,
}

/// What a facility has and is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FacilityPayment {
    /// Code of the facility.
    pub facility: Code,
    /// Its district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<Code>,
    /// What it has of each indicator; `0` of those without weight.
    pub has: Indicators<String>,
    /// What it is paid for it.
    pub for_each: Indicators<Amount>,
    /// What it is paid.
    pub paid: Amount,
}

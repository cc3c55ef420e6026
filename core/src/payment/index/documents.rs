//! What is asked for an index, and what is answered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::INDEX_REQUEST;
use super::super::allocation::{Allocation, Contribution};
use super::super::exact::Exact;
use super::super::period::Span;
use super::super::run::{Refusal, RevertedRun, RunRecord, RunStatus};
use crate::calendar::Day;
use crate::code::Code;
use crate::decision::Provenance;
use crate::error::Error;
use crate::number::{Amount, Percent};
use crate::scheme::PriceOrigin;

/// Asks for the indexes of the periods that end with a month, and for what they pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexRequest {
    /// Always `adjudica/index_request@1`.
    #[serde(default = "schema_id", skip_serializing_if = "is_schema")]
    pub schema: String,
    /// Name of this run, the host's own.
    pub run: Code,
    /// Code of the product.
    pub product: Code,
    /// Year, in the scheme's calendar.
    pub year: i32,
    /// The month that has ended, from 1: periods that end with it are calculated.
    #[schemars(range(min = 1, max = 12))]
    pub month: u32,
    /// Contributions paid for policies of the product.
    #[serde(default)]
    pub contributions: Vec<Contribution>,
    /// Claims that wait for an index.
    #[serde(default)]
    pub claims: Vec<WaitingClaim>,
    /// Earlier runs of the product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<RunRecord>,
    /// The run that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revert: Option<Code>,
}

fn schema_id() -> String {
    INDEX_REQUEST.to_owned()
}

fn is_schema(schema: &str) -> bool {
    schema == INDEX_REQUEST
}

/// A claim with lines of relative price (decision status `awaiting_index`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitingClaim {
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
    /// Its lines that the product pays.
    pub lines: Vec<WaitingLine>,
}

/// A line that passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitingLine {
    /// Id of the line in the claim.
    pub id: Code,
    /// Where its price comes from.
    pub price_origin: PriceOrigin,
    /// Its amount before the index, after all limits: `payable` of the decision.
    pub amount: Amount,
}

/// The kind of care that shares a pot.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    /// All care (openIMIS B).
    General,
    /// Hospital visits (openIMIS I).
    Inpatient,
    /// Other visits (openIMIS O).
    Outpatient,
}

/// The indexes of a month and what they pay: the report of the pots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexAnswer {
    /// Always `adjudica/index@1`.
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
    /// What each period earned.
    pub allocations: Vec<Allocation>,
    /// The pots and their indexes.
    pub pots: Vec<Pot>,
    /// Claims that are paid, in the order given.
    pub claims: Vec<PaidClaim>,
    /// Claims that are not, in the order given; they wait on.
    pub left_out: Vec<LeftOutClaim>,
    /// What all claims are paid together.
    pub paid: Amount,
    /// What the host keeps, and brings with later runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RunRecord>,
    /// What is legal but may not be meant.
    pub warnings: Vec<Error>,
    /// What calculated it.
    pub provenance: Provenance,
}

/// A pot: the part of a period's premium that relative lines share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pot {
    /// Whose.
    pub care: Care,
    /// Which period.
    pub span: Span,
    /// What the period earned.
    pub allocated: Amount,
    /// The part of it that goes into the pot, in percent.
    pub distribution: Percent,
    /// `allocated x distribution / 100`, rounded once by the scheme's rule.
    pub pot: Amount,
    /// Relative lines that share it.
    pub lines: u32,
    /// Their amounts together.
    pub amount: Amount,
    /// `pot / amount`, in full; 1 if there is nothing to share it (DOMAIN A.6).
    pub index: Exact,
    /// What is paid out: the pot, to the last unit, unless nobody shares it. Under the convention
    /// `pot_division: rounded`, the sum of the rounded shares.
    pub distributed: Amount,
    /// What is not: the pot, if nobody shares it; else 0. Under `pot_division: rounded`, what
    /// rounding left, below 0 if it paid more.
    pub left: Amount,
    /// Lines that got one of the units that rounding down left: largest remainder first served, of
    /// equal ones the larger amount, then claim and line by their codes.
    pub remainder: Vec<Remainder>,
}

/// A line that got a smallest unit of what rounding left.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remainder {
    /// Code of the claim.
    pub claim: Code,
    /// Id of the line.
    pub line: Code,
}

/// A claim and what it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaidClaim {
    /// Code of the claim.
    pub claim: Code,
    /// Code of the facility.
    pub facility: Code,
    /// The pot that its relative lines share.
    pub care: Care,
    /// Its lines.
    pub lines: Vec<PaidLine>,
    /// Their amounts before the index.
    pub amount: Amount,
    /// What it is paid.
    pub paid: Amount,
}

/// A line and what it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaidLine {
    /// Id of the line.
    pub id: Code,
    /// Where its price comes from.
    pub price_origin: PriceOrigin,
    /// Its amount before the index.
    pub amount: Amount,
    /// Its share of the pot; of other lines than relative ones the amount itself.
    pub paid: Amount,
}

/// A claim that waits on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOutClaim {
    /// Code of the claim.
    pub claim: Code,
    /// Why.
    pub reason: LeftOut,
}

/// Why a claim has no part in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// An earlier run that stands has paid it.
    PaidBefore,
    /// The product has no pot for this kind of care.
    NoPot,
    /// No period for this kind of care ends with the month.
    NotDue,
    /// It was decided on a day outside the period.
    OutsidePeriod,
    /// The facility takes no part in relative pricing, or in the capitation.
    FacilityNotSelected,
    /// The facility is paid by capitation.
    FacilityCapitated,
    /// The capitation counts another kind of care.
    OtherCare,
}

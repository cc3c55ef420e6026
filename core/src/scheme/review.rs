//! Which claims a person looks at before they are paid, and what happens when nobody does
//! (SEMANTICS 7).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::advisors::AdvisorRules;
use super::catalogue::ServiceCategory;
use super::terms::VisitType;
use crate::code::Code;
use crate::number::{Amount, Percent};

/// The scheme's rules of claim review. Without them, claims are reviewed by hand only, and a
/// selected review holds the claim until it is done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewRules {
    /// Rules that select claims, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub selection: Vec<SelectionRule>,
    /// Most claims that one selection may select, without the blind share; absent = no limit. What
    /// advisors' findings select gets the room that the rules leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Percentage of all payable claims, drawn at random, that is reviewed without showing what
    /// advisors found. Only these measure an advisor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blind: Option<Percent>,
    /// What happens to a selected claim that nobody has reviewed.
    #[serde(default, skip_serializing_if = "Undone::is_default")]
    pub undone: Undone,
    /// Products for which something else happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<ProductUndone>,
    /// Days after a decision within which the facility or the insured may appeal; absent = ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal_days: Option<u32>,
    /// Whether the reviewer of a claim may also decide its appeal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub own_appeals: bool,
    /// When what a sample shows may be applied to claims that were not reviewed; absent = never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampling: Option<SamplingRules>,
    /// Which advisors may be heard, and what their findings may do; absent = none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advisors: Option<AdvisorRules>,
}

/// One reason to review a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionRule {
    /// Name of the rule, shown with every claim that it selects.
    pub code: Code,
    /// Which claims it selects.
    pub select: Criterion,
    /// Claims that the rule is for.
    #[serde(default, skip_serializing_if = "ClaimFilter::is_empty")]
    pub only: ClaimFilter,
    /// The rule works within each of these groups by itself: its percentage is exact in each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Stratum>,
    /// Most claims that the rule selects in each group; absent = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Which claims come first, 0 to 100; reviewers and limits on capacity begin with the highest.
    #[serde(default = "middle", skip_serializing_if = "is_middle")]
    #[schemars(range(max = 100))]
    pub priority: u8,
}

/// Priority where none is given.
pub(crate) const fn middle() -> u8 {
    50
}

pub(super) fn is_middle(priority: &u8) -> bool {
    *priority == middle()
}

/// Which claims a rule selects (DOMAIN A.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// A share of the claims, drawn with the caller's seed.
    Random(RandomShare),
    /// Claims that ask for at least this.
    Value(Amount),
    /// Claims far above the mean of their main diagnosis in the preceding year.
    Variance(Variance),
}

/// A share of the claims. Of n claims in a group, exactly n × percent / 100, rounded half up, are
/// drawn: those with the lowest SHA-256 of seed, rule, facility and claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RandomShare {
    /// The percentage, 0 to 100.
    pub percent: Percent,
    /// Fewest claims drawn from each group that has as many.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub at_least: u32,
}

fn is_nothing(count: &u32) -> bool {
    *count == 0
}

/// Far above the mean: the amount is at least `mean × (1 + percent / 100)`.
///
/// The mean is over earlier claims with the same main diagnosis whose day lies in the year before
/// the first day of care (that day itself not included). Engines differ here (DOMAIN R1): the
/// stored procedure compares what is claimed with what was claimed, openIMIS in Python with what
/// was approved. Both can be said; the default is the stored procedure's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variance {
    /// How far above the mean, in percent of it.
    pub percent: Percent,
    /// Claims that ask for less are not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Amount>,
    /// What the mean is of.
    #[serde(default, skip_serializing_if = "MeanOf::is_default")]
    pub mean_of: MeanOf,
    /// Fewest earlier claims that make a mean.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(range(min = 1))]
    pub fewest: u32,
    /// What happens to claims whose diagnosis has fewer earlier claims, or that have no diagnosis.
    #[serde(default, skip_serializing_if = "WithoutMean::is_default")]
    pub without_mean: WithoutMean,
}

fn one() -> u32 {
    1
}

fn is_one(count: &u32) -> bool {
    *count == 1
}

/// What the mean of earlier claims is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeanOf {
    /// What they claimed (uspClaimSelection).
    #[default]
    Claimed,
    /// What was approved of them (openIMIS in Python).
    Approved,
}

impl MeanOf {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What happens to a claim that can be compared with no mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithoutMean {
    /// The rule does not select it (both openIMIS engines).
    #[default]
    Pass,
    /// The rule selects it: a diagnosis never seen is worth a look.
    Select,
}

impl WithoutMean {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What divides claims into groups.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stratum {
    /// The facility.
    Facility,
    /// The facility's level.
    FacilityLevel,
    /// The product that pays most of the claim.
    Product,
    /// Why the patient came.
    VisitType,
    /// The category of the claim.
    Category,
    /// The main diagnosis.
    Diagnosis,
    /// A free attribute of the facility.
    FacilityAttribute(Code),
    /// A free attribute of the patient.
    PatientAttribute(Code),
}

/// Claims that a rule is for. An empty list means any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimFilter {
    /// Facilities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilities: Vec<Code>,
    /// Products that pay a part of the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Code>,
    /// Why the patient came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visit_types: Vec<VisitType>,
    /// Categories of the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<ServiceCategory>,
}

impl ClaimFilter {
    /// Any claim?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What happens to a selected claim that nobody has reviewed. It never just disappears
/// (DOMAIN D.1: openIMIS bypasses it in silence).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Undone {
    /// It is not paid before its deadline.
    Hold(Hold),
    /// It is paid by the rules at once; the review can still be done afterwards.
    PayByRules,
}

impl Default for Undone {
    fn default() -> Self {
        Self::Hold(Hold::default())
    }
}

impl Undone {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How long a claim waits for its review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Days from its selection; on the day after the last, the deadline is over.
    pub days: u32,
    /// What happens then.
    #[serde(default)]
    pub then: AfterDeadline,
}

impl Default for Hold {
    fn default() -> Self {
        Self {
            days: 30,
            then: AfterDeadline::PayByRules,
        }
    }
}

/// What happens when the deadline of a review is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AfterDeadline {
    /// The claim is paid by the rules.
    #[default]
    PayByRules,
    /// It is still held, with the highest priority.
    Escalate,
}

/// What happens to unreviewed claims of a product. Of a claim that several products pay, the one
/// that holds longest decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductUndone {
    /// Code of the product.
    pub product: Code,
    /// What happens.
    pub undone: Undone,
}

/// When what a sample of reviewed claims shows may be applied to the rest of its group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SamplingRules {
    /// Confidence of the interval.
    #[serde(default)]
    pub confidence: Confidence,
    /// Fewest reviewed claims of a group.
    pub fewest: u32,
    /// Half the width of the interval is at most this percentage of the ratio.
    pub widest: Percent,
    /// Which ratio is applied.
    #[serde(default)]
    pub apply: AppliedRatio,
}

/// Confidence of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Confidence {
    /// 90 %.
    #[serde(rename = "90")]
    Ninety,
    /// 95 %.
    #[default]
    #[serde(rename = "95")]
    NinetyFive,
    /// 99 %.
    #[serde(rename = "99")]
    NinetyNine,
}

/// Which ratio is applied to claims that were not reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppliedRatio {
    /// The upper end of the interval, never over 1: what the sample proves, in doubt for the
    /// facility.
    #[default]
    UpperEnd,
    /// The estimate itself.
    Estimate,
}

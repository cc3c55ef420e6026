//! What a sample of reviewed claims says about the rest of its group (SEMANTICS 7, DOMAIN D.2).

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::select::number;
use super::statistics::{Ratio, ratio, student};
use crate::adjudicate::values::{Once, at, money};
use crate::calendar::Moment;
use crate::code::Code;
use crate::decision::{Provenance, provenance};
use crate::error::Error;
use crate::money::{Money, Share};
use crate::number::{Amount, Percent};
use crate::ruleset::RuleSet;
use crate::scheme::{AppliedRatio, Confidence, SamplingRules};

/// Schema id of this version of the question.
pub const SAMPLING_REQUEST_SCHEMA: &str = "adjudica/sampling_request@1";
const SCHEMA: &str = "adjudica/sampling@1";

/// Asks what a reviewed sample says about the claims of its groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SamplingRequest {
    /// Always `adjudica/sampling_request@1`.
    pub schema: String,
    /// Now, as the host says.
    pub at: Moment,
    /// Who approves that the result is applied; without, nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Code>,
    /// All claims of the groups, reviewed or not. The reviewed ones must be a random draw of their
    /// group, such as a selection with `by` makes.
    pub claims: Vec<SampledClaim>,
}

/// A claim of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampledClaim {
    /// Code of the claim.
    pub claim: Code,
    /// Code of its facility.
    pub facility: Code,
    /// The group that it was drawn in; absent = its facility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Code>,
    /// What the scheme pays by the rules.
    pub payable: Amount,
    /// What the scheme pays with the reviewer's verdicts; absent = not reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Amount>,
}

/// What the sample says, and to which claims it is applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sampling {
    /// Always `adjudica/sampling@1`.
    pub schema: Cow<'static, str>,
    /// When, as the host said.
    pub at: Moment,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<Code>,
    /// Confidence of the intervals.
    pub confidence: Confidence,
    /// Each group, in the order of their names.
    pub groups: Vec<GroupEstimate>,
    /// The claims to which a group's ratio is applied, each marked so; in the order given.
    pub extrapolated: Vec<Extrapolated>,
    /// What the scheme pays less for them, together; borne by the facilities. Ledgers of patients
    /// stay as the rules left them.
    pub reduction: Amount,
    /// The rules that it was made with.
    pub provenance: Provenance,
}

/// What the sample says about a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupEstimate {
    /// The group.
    pub group: Code,
    /// Claims in it.
    pub claims: u32,
    /// Of which reviewed.
    pub reviewed: u32,
    /// What the rules pay for all of them.
    pub payable: Amount,
    /// What the rules pay for the reviewed ones.
    pub payable_reviewed: Amount,
    /// What reviewers left of that.
    pub left: Amount,
    /// `left / payable_reviewed`, in percent, rounded half up; absent where the reviewed claims
    /// are all alike or too few, or nothing is paid for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Percent>,
    /// Lower end of the interval, rounded down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Percent>,
    /// Upper end of the interval, rounded up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Percent>,
    /// Half of the width of the interval in percent of the ratio, rounded up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_width: Option<Percent>,
    /// The ratio applied to the claims that were not reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<Percent>,
    /// Why none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_applied: Option<NotApplied>,
}

/// Why nothing is applied.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum NotApplied {
    /// The scheme does not extrapolate.
    NoRules,
    /// Every claim was reviewed.
    AllReviewed,
    /// Fewer reviewed claims than the scheme asks for.
    TooFew,
    /// There is no ratio with an interval: the rules pay nothing for the reviewed claims, nothing
    /// was left, or the reviewed claims are all alike and so tell nothing about the others.
    NoRatio,
    /// The interval is wider than the scheme allows.
    TooWide,
    /// The ratio takes nothing.
    NothingToTake,
    /// Nobody has approved it.
    NotApproved,
}

/// A claim to which the ratio of its group is applied, without a review of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extrapolated {
    /// Code of the claim.
    pub claim: Code,
    /// Code of its facility.
    pub facility: Code,
    /// The group.
    pub group: Code,
    /// What the scheme pays by the rules.
    pub payable: Amount,
    /// The ratio applied, in percent.
    pub ratio: Percent,
    /// What it pays now: `payable` × `ratio`, rounded by the scheme's rule.
    pub amount: Amount,
    /// The difference, borne by the facility.
    pub reduction: Amount,
}

/// Claims of a group: what the rules pay for all, what was left of the reviewed, pairs of the
/// reviewed, and what the rules pay for each of the others.
#[derive(Default)]
struct Group {
    claims: u32,
    payable: i64,
    left: i64,
    pairs: Vec<(i64, i64)>,
    others: Vec<i64>,
}

/// Estimates the ratio of each group and applies it where the scheme allows.
///
/// # Errors
/// If a claim is given twice or an amount is negative or does not fit the currency.
pub fn sampling(rules: &RuleSet, asked: &SamplingRequest) -> Result<Sampling, Error> {
    let scheme = rules.scheme();
    let exponent = scheme.currency.exponent;
    let policy = scheme.review.as_ref().and_then(|r| r.sampling.as_ref());
    let groups = groups(asked, exponent)?;
    let estimates: Vec<GroupEstimate> = groups
        .iter()
        .map(|(name, group)| estimate(name, group, policy, asked.approved_by.is_some(), exponent))
        .collect();
    let applied: BTreeMap<&Code, Percent> = estimates
        .iter()
        .filter_map(|group| Some((&group.group, group.applied?)))
        .collect();
    let mut reduction = 0_i64;
    let mut extrapolated = Vec::new();
    for claim in asked.claims.iter().filter(|claim| claim.reviewed.is_none()) {
        let group = claim.group.as_ref().unwrap_or(&claim.facility);
        let share = applied.get(group).and_then(|percent| Share::read(*percent));
        let payable = Money::read(claim.payable, exponent).unwrap_or_default();
        let Some((share, amount)) =
            share.and_then(|share| Some((share, payable.share(share, scheme.currency.rounding)?)))
        else {
            continue;
        };
        let less = payable.minor().saturating_sub(amount.minor());
        reduction = reduction.saturating_add(less);
        extrapolated.push(Extrapolated {
            claim: claim.claim.clone(),
            facility: claim.facility.clone(),
            group: group.clone(),
            payable: payable.write(exponent),
            ratio: share.write(),
            amount: amount.write(exponent),
            reduction: Money::from_minor(less).write(exponent),
        });
    }
    Ok(Sampling {
        schema: Cow::Borrowed(SCHEMA),
        at: asked.at,
        approved_by: asked.approved_by.clone(),
        confidence: policy.map_or(Confidence::default(), |policy| policy.confidence),
        groups: estimates,
        extrapolated,
        reduction: Money::from_minor(reduction).write(exponent),
        provenance: provenance(rules, None, None),
    })
}

fn groups(asked: &SamplingRequest, exponent: u8) -> Result<BTreeMap<&Code, Group>, Error> {
    let mut groups: BTreeMap<&Code, Group> = BTreeMap::new();
    let mut seen = Once::default();
    for (position, claim) in asked.claims.iter().enumerate() {
        let here = |error: Error| at(error, "claims", position);
        seen.claim(&claim.facility, &claim.claim, "claim")
            .map_err(here)?;
        let minor = |amount: Amount, field: &str| {
            let money = money(amount, exponent, field).map(Money::minor);
            money.map_err(here)
        };
        let payable = minor(claim.payable, "payable")?;
        let reviewed = claim.reviewed.map(|amount| minor(amount, "reviewed"));
        let group = groups.entry(claim.group.as_ref().unwrap_or(&claim.facility));
        let group = group.or_default();
        group.claims = group.claims.saturating_add(1);
        group.payable = sum(group.payable, payable)?;
        match reviewed.transpose()? {
            Some(left) => {
                group.left = sum(group.left, left)?;
                group.pairs.push((payable, left));
            }
            None => group.others.push(payable),
        }
    }
    Ok(groups)
}

fn sum(before: i64, more: i64) -> Result<i64, Error> {
    before.checked_add(more).ok_or_else(|| {
        let message = "the amounts add up to more than can be counted";
        Error::new("amount.range", "claims", message)
    })
}

fn estimate(
    name: &Code,
    group: &Group,
    policy: Option<&SamplingRules>,
    approved: bool,
    exponent: u8,
) -> GroupEstimate {
    let seen: i64 = group.pairs.iter().map(|(payable, _)| payable).sum();
    let reviewed = number(group.pairs.len());
    let confidence = policy.map_or(Confidence::default(), |policy| policy.confidence);
    let found = ratio(&group.pairs, &group.others);
    let t = student(reviewed.saturating_sub(1), confidence);
    let interval = found.and_then(|found| Interval::of(found, t));
    let mut estimate = GroupEstimate {
        group: name.clone(),
        claims: group.claims,
        reviewed,
        payable: Money::from_minor(group.payable).write(exponent),
        payable_reviewed: Money::from_minor(seen).write(exponent),
        left: Money::from_minor(group.left).write(exponent),
        ratio: interval.map(|interval| interval.ratio),
        low: interval.map(|interval| interval.low),
        high: interval.map(|interval| interval.high),
        half_width: interval.and_then(|interval| interval.half_width),
        applied: None,
        not_applied: None,
    };
    match applied(policy, &estimate, approved) {
        Ok(percent) => estimate.applied = Some(percent),
        Err(why) => estimate.not_applied = Some(why),
    }
    estimate
}

fn applied(
    policy: Option<&SamplingRules>,
    group: &GroupEstimate,
    approved: bool,
) -> Result<Percent, NotApplied> {
    let whole = Percent::from_units(100, 0);
    let policy = policy.ok_or(NotApplied::NoRules)?;
    if group.reviewed == group.claims {
        return Err(NotApplied::AllReviewed);
    }
    if group.reviewed < policy.fewest {
        return Err(NotApplied::TooFew);
    }
    let (Some(ratio), Some(high), Some(width)) = (group.ratio, group.high, group.half_width) else {
        return Err(NotApplied::NoRatio);
    };
    if width > policy.widest {
        return Err(NotApplied::TooWide);
    }
    let percent = match policy.apply {
        AppliedRatio::Estimate => ratio,
        AppliedRatio::UpperEnd => high,
    };
    if percent >= whole {
        return Err(NotApplied::NothingToTake);
    }
    if !approved {
        return Err(NotApplied::NotApproved);
    }
    Ok(percent)
}

/// A ratio with its ends, in percent.
#[derive(Clone, Copy)]
struct Interval {
    ratio: Percent,
    low: Percent,
    high: Percent,
    /// None where nothing was left.
    half_width: Option<Percent>,
}

impl Interval {
    fn of(found: Ratio, t: Decimal) -> Option<Self> {
        let (low, high) = found.ends(t)?;
        let half = high.checked_sub(low)?.checked_div(Decimal::TWO)?;
        let low = low.max(Decimal::ZERO);
        let wide = half.checked_div(found.ratio);
        Some(Self {
            ratio: percent(found.ratio, RoundingStrategy::MidpointAwayFromZero)?,
            low: percent(low, RoundingStrategy::ToZero)?,
            high: percent(high, RoundingStrategy::AwayFromZero)?,
            half_width: wide.and_then(|wide| percent(wide, RoundingStrategy::AwayFromZero)),
        })
    }
}

/// A share of one as a percentage with 4 decimals.
fn percent(share: Decimal, rounding: RoundingStrategy) -> Option<Percent> {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED)?;
    let mut percent = percent.round_dp_with_strategy(4, rounding);
    percent.rescale(4);
    Percent::try_from(percent).ok()
}

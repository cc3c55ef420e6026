//! How good advisors are, measured by what reviewers decided (SEMANTICS 7, DOMAIN D.5).
//!
//! Whoever has seen a finding is led by it. So only claims of the blind share measure an advisor;
//! the others tell one thing: how often reviewers overrule what they are shown. All numbers are
//! exact integers until they are rounded for the document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::advice::{AnswerStatus, Heard};
use super::finding::Stance;
use super::route::fits;
use crate::calendar::{Day, Moment};
use crate::code::Code;
use crate::decision::{Provenance, provenance};
use crate::error::Error;
use crate::money::Money;
use crate::number::{Amount, Percent, Score};
use crate::ruleset::RuleSet;
use crate::scheme::{AdvisorRules, QualityLimits};

/// Schema id of this version of the question.
pub const QUALITY_REQUEST_SCHEMA: &str = "adjudica/quality_request@1";
const SCHEMA: &str = "adjudica/quality@1";
/// Bands of scores: below 0.1, below 0.2 and so on.
const BANDS: usize = 10;

/// Asks how good the scheme's advisors are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityRequest {
    /// Always `adjudica/quality_request@1`.
    pub schema: String,
    /// Now, as the host says.
    pub at: Moment,
    /// Claims from this day on are compared with those before, to find drift; absent = not looked
    /// for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later_from: Option<Day>,
    /// Reviewed claims about which advisors were asked.
    pub claims: Vec<QualityClaim>,
}

/// A reviewed claim, and what advisors said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityClaim {
    /// Code of the claim.
    pub claim: Code,
    /// Code of its facility.
    pub facility: Code,
    /// Its day, such as the first day of care.
    pub date: Day,
    /// Whether the reviewer decided before seeing any finding.
    #[serde(default)]
    pub blind: bool,
    /// What the scheme pays by the rules.
    pub payable: Amount,
    /// What it pays with the reviewer's verdicts. A claim for which that differs was corrected.
    pub reviewed: Amount,
    /// Subgroups that the claim belongs to, such as `sex: female`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<Code, Code>,
    /// What advisors said, as the advice on the claim has it.
    pub heard: Vec<Heard>,
}

/// How good the scheme's advisors are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Always `adjudica/quality@1`.
    pub schema: Cow<'static, str>,
    /// When, as the host said.
    pub at: Moment,
    /// From when on claims count as later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later_from: Option<Day>,
    /// Claims of the blind share.
    pub blind: u32,
    /// Claims whose reviewer could see the findings.
    pub shown: u32,
    /// Each advisor, by the host's name.
    pub advisors: Vec<AdvisorQuality>,
    /// Whether an advisor is past a limit of the scheme. Advice that is asked with this document
    /// then only observes.
    pub fall_back: bool,
    /// The rules with the limits.
    pub provenance: Provenance,
}

/// How good an advisor is, on the blind share. A claim is flagged if a finding fits one of the
/// scheme's routes. A share of nothing is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorQuality {
    /// The host's name for the advisor.
    pub advisor: Code,
    /// Blind claims for which its answer could be used.
    pub used: u32,
    /// Blind claims for which it could not.
    pub unusable: u32,
    /// How flags and reviewers agree.
    pub counts: FlagCounts,
    /// Of the flagged claims, how many were corrected, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Percent>,
    /// Of the corrected claims, how many were flagged, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall: Option<Percent>,
    /// Of the claims that reviewers left alone, how many were flagged, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_flags: Option<Percent>,
    /// The same for each subgroup: `facility`, and those that the claims name.
    pub groups: Vec<GroupQuality>,
    /// How flags and reviewers agree where the reviewer could see the findings; measures reviewers
    /// as much as the advisor.
    pub shown: FlagCounts,
    /// Of the flagged claims whose reviewer could see why, how many were left alone, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Percent>,
    /// Scores in bands of a tenth. A claim's score is the highest of its questioning findings.
    pub bands: Vec<ScoreBand>,
    /// Mean distance of a band's mean score from the share that was corrected, by claims, in
    /// percent (expected calibration error).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Percent>,
    /// Mean squared distance of the score from 1 (corrected) or 0 (left alone): Brier score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brier: Option<Score>,
    /// Largest distance between the cumulated scores of earlier and later claims, by bands, in
    /// percent (Kolmogorov and Smirnov).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<Percent>,
    /// The scheme's limits that it is past.
    pub breaches: Vec<Breach>,
}

/// How flags and reviewers agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlagCounts {
    /// Flagged and corrected: rightly flagged.
    pub flagged_corrected: u32,
    /// Flagged and left alone: wrongly flagged.
    pub flagged_left: u32,
    /// Not flagged and corrected: missed.
    pub quiet_corrected: u32,
    /// Not flagged and left alone.
    pub quiet_left: u32,
}

/// Wrong flags in a subgroup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupQuality {
    /// What divides claims, such as `sex`.
    pub by: Code,
    /// The subgroup, such as `female`.
    pub group: Code,
    /// How flags and reviewers agree.
    pub counts: FlagCounts,
    /// Of the claims that reviewers left alone, how many were flagged, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_flags: Option<Percent>,
}

/// Claims with scores from one tenth to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreBand {
    /// The lowest score; the next band begins a tenth higher.
    pub least: Score,
    /// Claims.
    pub claims: u32,
    /// Of which corrected.
    pub corrected: u32,
    /// Mean score, rounded half up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<Score>,
    /// Share that was corrected, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Percent>,
    /// Earlier claims; 0 where drift is not looked for.
    pub earlier: u32,
    /// Later claims; 0 where drift is not looked for.
    pub later: u32,
}

/// A limit that an advisor is past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// Which.
    pub limit: QualityLimit,
    /// What was measured, in percent.
    pub value: Percent,
    /// What the scheme allows, in percent.
    pub allowed: Percent,
    /// What divides claims, where the limit is for a subgroup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Code>,
    /// The subgroup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Code>,
}

/// What a scheme can limit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QualityLimit {
    /// Precision is too low.
    Precision,
    /// Recall is too low.
    Recall,
    /// Wrong flags are too many, in all or in a subgroup.
    WrongFlags,
    /// Reviewers overrule too many flags.
    Overrides,
    /// Scores say something else than reviewers.
    Calibration,
    /// Scores have moved.
    Drift,
}

impl FlagCounts {
    fn add(&mut self, flagged: bool, corrected: bool) {
        let count = match (flagged, corrected) {
            (true, true) => &mut self.flagged_corrected,
            (true, false) => &mut self.flagged_left,
            (false, true) => &mut self.quiet_corrected,
            (false, false) => &mut self.quiet_left,
        };
        *count = count.saturating_add(1);
    }

    fn flagged(self) -> u32 {
        self.flagged_corrected.saturating_add(self.flagged_left)
    }

    fn corrected(self) -> u32 {
        self.flagged_corrected.saturating_add(self.quiet_corrected)
    }

    fn left(self) -> u32 {
        self.flagged_left.saturating_add(self.quiet_left)
    }

    fn wrong_flags(self) -> Option<Percent> {
        share(self.flagged_left.into(), self.left().into())
    }
}

/// `part / whole` in percent with 4 decimals, rounded half up.
fn share(part: u64, whole: u64) -> Option<Percent> {
    let units = rounded(u128::from(part).checked_mul(1_000_000)?, whole.into())?;
    Some(Percent::from_units(units, Percent::PLACES))
}

/// `part / whole`, rounded half up.
fn rounded(part: u128, whole: u128) -> Option<i64> {
    let doubled = part.checked_mul(2)?.checked_add(whole)?;
    i64::try_from(doubled.checked_div(whole.checked_mul(2)?)?).ok()
}

/// A band while it is counted; scores in ten-thousandths.
#[derive(Debug, Clone, Copy, Default)]
struct Band {
    claims: u32,
    corrected: u32,
    scores: u64,
    earlier: u32,
    later: u32,
}

/// An advisor while its claims are counted.
#[derive(Default)]
struct Tally<'q> {
    used: u32,
    unusable: u32,
    counts: FlagCounts,
    shown: FlagCounts,
    groups: BTreeMap<(Code, &'q Code), FlagCounts>,
    bands: [Band; BANDS],
    squares: u128,
}

/// Measures advisors by reviewers' verdicts.
///
/// # Errors
/// If a claim is given twice or an amount is negative or does not fit the currency.
pub fn quality(rules: &RuleSet, asked: &QualityRequest) -> Result<Quality, Error> {
    let scheme = rules.scheme();
    let review = scheme.review.as_ref();
    let policy = review.and_then(|review| review.advisors.as_ref());
    let mut seen = rustc_hash::FxHashSet::default();
    let mut tallies: BTreeMap<&Code, Tally<'_>> = BTreeMap::new();
    let mut blind = 0_u32;
    for (position, claim) in asked.claims.iter().enumerate() {
        let place = |field: &str| format!("claims[{position}].{field}");
        if !seen.insert((&claim.facility, &claim.claim)) {
            let message = format!(
                "claim `{}` of `{}` is here twice",
                claim.claim, claim.facility
            );
            let error = Error::new("claim.duplicate", place("claim"), message);
            return Err(error.with_help("give every claim once"));
        }
        let money = |amount: Amount, field: &str| {
            let exponent = scheme.currency.exponent;
            let money = Money::read(amount, exponent).filter(|money| *money >= Money::ZERO);
            money.ok_or_else(|| {
                let message = format!("`{amount}` is negative or does not fit the currency");
                Error::new("amount.places", place(field), message)
                    .with_help(format!("the scheme's currency has {exponent} decimals"))
            })
        };
        let by_rules = money(claim.payable, "payable")?;
        let corrected = by_rules != money(claim.reviewed, "reviewed")?;
        blind = blind.saturating_add(u32::from(claim.blind));
        let later = asked.later_from.map(|from| claim.date >= from);
        for heard in &claim.heard {
            let tally = tallies.entry(&heard.advisor).or_default();
            tally.add(claim, heard, policy, corrected, later);
        }
    }
    let limits = policy.and_then(|policy| policy.limits.as_ref());
    let advisors: Vec<AdvisorQuality> = tallies
        .into_iter()
        .map(|(advisor, tally)| tally.measured(advisor, limits))
        .collect();
    Ok(Quality {
        schema: Cow::Borrowed(SCHEMA),
        at: asked.at,
        later_from: asked.later_from,
        blind,
        shown: u32::try_from(asked.claims.len())
            .unwrap_or(u32::MAX)
            .saturating_sub(blind),
        fall_back: advisors.iter().any(|one| !one.breaches.is_empty()),
        advisors,
        provenance: provenance(rules, None, None),
    })
}

impl<'q> Tally<'q> {
    fn add(
        &mut self,
        claim: &'q QualityClaim,
        heard: &Heard,
        policy: Option<&AdvisorRules>,
        corrected: bool,
        later: Option<bool>,
    ) {
        let used = heard.status == AnswerStatus::Used;
        let routes = policy.map_or(&[][..], |policy| &policy.routes);
        let flagged = used
            && heard
                .findings
                .iter()
                .any(|finding| routes.iter().any(|rule| fits(rule, finding)));
        if !claim.blind {
            if used {
                self.shown.add(flagged, corrected);
            }
            return;
        }
        if !used {
            self.unusable = self.unusable.saturating_add(1);
            return;
        }
        self.used = self.used.saturating_add(1);
        self.counts.add(flagged, corrected);
        let own = Code::new("facility").map(|by| (by, &claim.facility));
        let named = claim.groups.iter().map(|(by, group)| (by.clone(), group));
        for group in own.into_iter().chain(named) {
            self.groups
                .entry(group)
                .or_default()
                .add(flagged, corrected);
        }
        let asking = heard.findings.iter();
        let asking = asking.filter(|f| f.stance == Stance::Questions && !f.out_of_distribution);
        let score = asking.filter_map(|finding| finding.score).max();
        let units = score.and_then(|score| u64::try_from(score.units_at(Score::PLACES)?).ok());
        if let Some(units) = units.filter(|units| *units <= 10_000) {
            self.score(units, corrected, later);
        }
    }

    fn score(&mut self, units: u64, corrected: bool, later: Option<bool>) {
        let position = usize::try_from(units / 1_000).unwrap_or(0).min(BANDS - 1);
        if let Some(band) = self.bands.get_mut(position) {
            band.claims = band.claims.saturating_add(1);
            band.corrected = band.corrected.saturating_add(u32::from(corrected));
            band.scores = band.scores.saturating_add(units);
            band.earlier = band.earlier.saturating_add(u32::from(later == Some(false)));
            band.later = band.later.saturating_add(u32::from(later == Some(true)));
        }
        let away = u128::from(units.abs_diff(if corrected { 10_000 } else { 0 }));
        self.squares = self.squares.saturating_add(away.saturating_mul(away));
    }

    fn measured(self, advisor: &Code, limits: Option<&QualityLimits>) -> AdvisorQuality {
        let scored: u64 = self.bands.iter().map(|band| u64::from(band.claims)).sum();
        let away = self.bands.iter().map(|band| {
            let corrected = u64::from(band.corrected).saturating_mul(10_000);
            band.scores.abs_diff(corrected)
        });
        let counts = self.counts;
        let mut measured = AdvisorQuality {
            advisor: advisor.clone(),
            used: self.used,
            unusable: self.unusable,
            counts,
            precision: share(counts.flagged_corrected.into(), counts.flagged().into()),
            recall: share(counts.flagged_corrected.into(), counts.corrected().into()),
            wrong_flags: counts.wrong_flags(),
            shown: self.shown,
            overrides: share(self.shown.flagged_left.into(), self.shown.flagged().into()),
            calibration: share(away.sum(), scored.saturating_mul(10_000)),
            brier: rounded(self.squares, u128::from(scored).saturating_mul(10_000))
                .map(|units| Score::from_units(units, Score::PLACES)),
            drift: self.drift(),
            bands: self.bands.iter().zip(0..).map(band).collect(),
            groups: self
                .groups
                .into_iter()
                .map(|((by, group), counts)| GroupQuality {
                    by,
                    group: group.clone(),
                    counts,
                    wrong_flags: counts.wrong_flags(),
                })
                .collect(),
            breaches: Vec::new(),
        };
        if let Some(limits) = limits {
            measured.breaches = breaches(&measured, limits, scored);
        }
        measured
    }

    /// The largest distance between cumulated shares.
    fn drift(&self) -> Option<Percent> {
        let sum = |part: fn(&Band) -> u32| self.bands.iter().map(|b| u64::from(part(b))).sum();
        let (earlier, later): (u64, u64) = (sum(|b| b.earlier), sum(|b| b.later));
        let (mut before, mut after, mut largest) = (0_u64, 0_u64, 0_u64);
        for band in &self.bands {
            before = before.saturating_add(band.earlier.into());
            after = after.saturating_add(band.later.into());
            let away = before.saturating_mul(later);
            largest = largest.max(away.abs_diff(after.saturating_mul(earlier)));
        }
        share(largest, earlier.saturating_mul(later))
    }
}

fn band((band, position): (&Band, i64)) -> ScoreBand {
    ScoreBand {
        least: Score::from_units(position, 1),
        claims: band.claims,
        corrected: band.corrected,
        mean: rounded(band.scores.into(), band.claims.into())
            .map(|units| Score::from_units(units, Score::PLACES)),
        share: share(band.corrected.into(), band.claims.into()),
        earlier: band.earlier,
        later: band.later,
    }
}

/// The limits that are passed, each judged only where it rests on enough claims.
fn breaches(measured: &AdvisorQuality, limits: &QualityLimits, scored: u64) -> Vec<Breach> {
    let enough = |claims: u64| claims >= u64::from(limits.fewest);
    let mut found = Vec::new();
    let mut judge =
        |limit, value: Option<Percent>, allowed: Option<Percent>, claims, least: bool| {
            if let (Some(value), Some(allowed)) = (value, allowed)
                && enough(claims)
                && if least {
                    value < allowed
                } else {
                    value > allowed
                }
            {
                found.push(Breach {
                    limit,
                    value,
                    allowed,
                    by: None,
                    group: None,
                });
            }
        };
    let (counts, shown) = (measured.counts, measured.shown);
    let both = |part: fn(&ScoreBand) -> u32| -> u64 {
        measured.bands.iter().map(|b| u64::from(part(b))).sum()
    };
    let compared = both(|b| b.earlier).min(both(|b| b.later));
    use QualityLimit::{Calibration, Drift, Overrides, Precision, Recall, WrongFlags};
    judge(
        Precision,
        measured.precision,
        limits.precision,
        counts.flagged().into(),
        true,
    );
    judge(
        Recall,
        measured.recall,
        limits.recall,
        counts.corrected().into(),
        true,
    );
    judge(
        WrongFlags,
        measured.wrong_flags,
        limits.wrong_flags,
        counts.left().into(),
        false,
    );
    judge(
        Overrides,
        measured.overrides,
        limits.overrides,
        shown.flagged().into(),
        false,
    );
    judge(
        Calibration,
        measured.calibration,
        limits.calibration,
        scored,
        false,
    );
    judge(Drift, measured.drift, limits.drift, compared, false);
    for group in &measured.groups {
        if let (Some(value), Some(allowed)) = (group.wrong_flags, limits.wrong_flags)
            && enough(group.counts.left().into())
            && value > allowed
        {
            found.push(Breach {
                limit: WrongFlags,
                value,
                allowed,
                by: Some(group.by.clone()),
                group: Some(group.group.clone()),
            });
        }
    }
    found
}

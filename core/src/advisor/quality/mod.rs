//! How good advisors are, measured by what reviewers decided (SEMANTICS 7, DOMAIN D.5).
//!
//! Whoever has seen a finding is led by it. So only claims of the blind share measure an advisor;
//! the others tell one thing: how often reviewers overrule what they are shown. All numbers are
//! exact integers until they are rounded for the document.

mod documents;

pub use documents::{
    AdvisorQuality, Breach, FlagCounts, GroupQuality, Quality, QualityClaim, QualityLimit,
    QualityRequest, ScoreBand,
};

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::advice::{AnswerStatus, Heard};
use super::finding::Stance;
use super::route::fits;
use crate::adjudicate::values::{self, Once, at};
use crate::code::Code;
use crate::decision::provenance;
use crate::error::Error;
use crate::number::{Amount, Percent, Score};
use crate::ruleset::RuleSet;
use crate::scheme::{AdvisorRules, QualityLimits};

/// Schema id of this version of the question.
pub const QUALITY_REQUEST_SCHEMA: &str = "adjudica/quality_request@1";
const SCHEMA: &str = "adjudica/quality@1";
/// Bands of scores: below 0.1, below 0.2 and so on.
const BANDS: usize = 10;

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
    let mut seen = Once::default();
    let mut tallies: BTreeMap<&Code, Tally<'_>> = BTreeMap::new();
    let mut blind = 0_u32;
    for (position, claim) in asked.claims.iter().enumerate() {
        let here = |error: Error| at(error, "claims", position);
        seen.claim(&claim.facility, &claim.claim, "claim")
            .map_err(here)?;
        let money = |amount: Amount, field: &str| {
            values::money(amount, scheme.currency.exponent, field).map_err(here)
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

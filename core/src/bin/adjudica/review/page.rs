//! How good advisors are, as one HTML page without scripts or other files.

use adjudica::advisor::{AdvisorQuality, Breach, FlagCounts, Quality, QualityLimit, ScoreBand};
use adjudica::{Percent, Score};
use askama::Template;

/// Height of the charts.
const HEIGHT: i64 = 150;

/// The page.
pub fn html(quality: &Quality) -> Result<String, askama::Error> {
    Page {
        quality,
        since: quality
            .later_from
            .map(|day| day.to_string())
            .unwrap_or_default(),
        advisors: quality.advisors.iter().map(Advisor::new).collect(),
    }
    .render()
}

/// A percentage, or that there is none.
pub fn shown(percent: Option<Percent>) -> String {
    percent.map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"))
}

/// What is wrong, in words.
pub fn told(breach: &Breach) -> String {
    let what = match breach.limit {
        QualityLimit::Precision => "precision",
        QualityLimit::Recall => "recall",
        QualityLimit::WrongFlags => "wrong flags",
        QualityLimit::Overrides => "overrides",
        QualityLimit::Calibration => "calibration error",
        QualityLimit::Drift => "drift",
    };
    let least = matches!(breach.limit, QualityLimit::Precision | QualityLimit::Recall);
    let bound = if least { "at least" } else { "at most" };
    let of = breach.by.as_ref().zip(breach.group.as_ref());
    let of = of
        .map(|(by, group)| format!(" for {by} {group}"))
        .unwrap_or_default();
    let Breach { value, allowed, .. } = breach;
    format!("{what}{of}: {value} %, {bound} {allowed} % allowed")
}

#[derive(Template)]
#[template(path = "quality.html")]
struct Page<'q> {
    quality: &'q Quality,
    since: String,
    advisors: Vec<Advisor>,
}

struct Advisor {
    name: String,
    breaches: Vec<String>,
    cards: Vec<(&'static str, String)>,
    counts: FlagCounts,
    unusable: u32,
    bands: Vec<Band>,
    drift: Option<String>,
    groups: Vec<Group>,
}

struct Group {
    by: String,
    group: String,
    left: u32,
    flagged: u32,
    share: String,
}

struct Band {
    from: String,
    claims: u32,
    left: usize,
    middle: usize,
    mean: Column,
    share: Column,
    earlier: Column,
    later: Column,
}

/// A column of a chart.
struct Column {
    top: i64,
    height: i64,
    text: String,
}

impl Column {
    /// From millionths.
    fn new(millionths: i64, text: String) -> Self {
        let height = (millionths.clamp(0, 1_000_000) * HEIGHT + 500_000) / 1_000_000;
        Self {
            top: HEIGHT - height,
            height,
            text,
        }
    }

    fn part(part: u32, whole: u32) -> Self {
        let millionths = (i64::from(part) * 1_000_000).checked_div(whole.into());
        Self::new(millionths.unwrap_or(0), format!("{part} of {whole}"))
    }
}

impl Advisor {
    fn new(of: &AdvisorQuality) -> Self {
        let sum = |part: fn(&ScoreBand) -> u32| of.bands.iter().map(part).sum();
        let (earlier, later): (u32, u32) = (sum(|b| b.earlier), sum(|b| b.later));
        let brier = of.brier.map(|brier| brier.to_string());
        let bands = of.bands.iter().enumerate().map(|(position, band)| {
            let mean = band.mean.and_then(|mean| mean.units_at(Score::PLACES));
            let share = band.share.and_then(|share| share.units_at(Percent::PLACES));
            let left = position * 50 + 5;
            let mean_text = band.mean.map(|mean| mean.to_string());
            Band {
                from: band.least.to_string(),
                claims: band.claims,
                left,
                middle: left + 19,
                mean: Column::new(mean.unwrap_or(0) * 100, mean_text.unwrap_or_default()),
                share: Column::new(share.unwrap_or(0), shown(band.share)),
                earlier: Column::part(band.earlier, earlier),
                later: Column::part(band.later, later),
            }
        });
        Self {
            name: of.advisor.to_string(),
            breaches: of.breaches.iter().map(told).collect(),
            cards: vec![
                ("precision: flags that were right", shown(of.precision)),
                ("recall: corrections that were flagged", shown(of.recall)),
                ("wrong flags among claims left alone", shown(of.wrong_flags)),
                ("overrides of flags that were shown", shown(of.overrides)),
                ("calibration error", shown(of.calibration)),
                ("Brier score", brier.unwrap_or_else(|| "-".to_owned())),
                ("drift", shown(of.drift)),
                ("blind claims", of.used.to_string()),
            ],
            counts: of.counts,
            unusable: of.unusable,
            bands: bands.collect(),
            drift: of.drift.map(|drift| format!("{drift} %")),
            groups: of
                .groups
                .iter()
                .map(|group| Group {
                    by: group.by.to_string(),
                    group: group.group.to_string(),
                    left: group.counts.flagged_left + group.counts.quiet_left,
                    flagged: group.counts.flagged_left,
                    share: shown(group.wrong_flags),
                })
                .collect(),
        }
    }
}

//! Counts over many review files.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file::{ReviewFile, ReviewState};
use super::select::number;
use crate::calendar::Moment;
use crate::claim::Verdict;
use crate::code::Code;
use crate::decision::{Provenance, provenance};
use crate::money::Money;
use crate::number::Amount;
use crate::ruleset::RuleSet;

/// Schema id of this version of the question.
pub const REVIEW_REPORT_REQUEST_SCHEMA: &str = "adjudica/review_report_request@1";
const SCHEMA: &str = "adjudica/review_report@1";

/// Asks how reviews stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewReportRequest {
    /// Always `adjudica/review_report_request@1`.
    pub schema: String,
    /// Now, as the host says.
    pub at: Moment,
    /// The files.
    pub files: Vec<ReviewFile>,
}

/// How reviews stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewReport {
    /// Always `adjudica/review_report@1`.
    pub schema: Cow<'static, str>,
    /// When, as the host said.
    pub at: Moment,
    /// Files.
    pub claims: u32,
    /// Reviews by where they stand.
    pub review: StateCounts,
    /// Feedback by where it stands.
    pub feedback: StateCounts,
    /// Selected reviews whose last day has passed.
    pub overdue: u32,
    /// Claims that are paid.
    pub paid: u32,
    /// Claims that were reversed.
    pub reversed: u32,
    /// Appeals that are open.
    pub open_appeals: u32,
    /// Appeals that were decided.
    pub decided_appeals: u32,
    /// What appeals, late reviews and reversals changed in what was paid.
    pub changed: Amount,
    /// Reviewers, by code.
    pub reviewers: Vec<ReviewerCount>,
    /// The rules.
    pub provenance: Provenance,
}

/// How many stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateCounts {
    /// Idle.
    pub idle: u32,
    /// Not selected.
    pub not_selected: u32,
    /// Selected.
    pub selected: u32,
    /// Delivered.
    pub delivered: u32,
    /// Bypassed.
    pub bypassed: u32,
}

impl StateCounts {
    fn add(&mut self, state: ReviewState) {
        let count = match state {
            ReviewState::Idle => &mut self.idle,
            ReviewState::NotSelected => &mut self.not_selected,
            ReviewState::Selected => &mut self.selected,
            ReviewState::Delivered => &mut self.delivered,
            ReviewState::Bypassed => &mut self.bypassed,
        };
        *count = count.saturating_add(1);
    }
}

/// What a reviewer did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewerCount {
    /// Who.
    pub reviewer: Code,
    /// Reviews delivered.
    pub delivered: u32,
    /// Appeals decided.
    pub appeals: u32,
    /// Verdicts that reject a line.
    pub rejected: u32,
    /// Other verdicts.
    pub other_verdicts: u32,
}

/// Counts over review files.
#[must_use]
pub fn review_report(rules: &RuleSet, asked: &ReviewReportRequest) -> ReviewReport {
    let exponent = rules.scheme().currency.exponent;
    let mut changed = 0_i64;
    let mut reviewers: BTreeMap<&Code, ReviewerCount> = BTreeMap::new();
    let (mut review, mut feedback) = (StateCounts::default(), StateCounts::default());
    let mut decided_appeals = 0;
    for file in &asked.files {
        review.add(file.review);
        feedback.add(file.feedback);
        for event in &file.events {
            let change = event.scheme_share.and_then(|c| c.change.units_at(exponent));
            changed = changed.saturating_add(change.unwrap_or(0));
            let (delivered, appeals) = match event.step.as_str() {
                "deliver" => (1, 0),
                "decide_appeal" => (0, 1),
                _ => continue,
            };
            decided_appeals += appeals;
            let rejects = event.verdicts.iter();
            let rejects = rejects
                .filter(|v| v.verdict == Some(Verdict::Rejected))
                .count();
            let count = reviewers.entry(&event.by).or_insert_with(|| ReviewerCount {
                reviewer: event.by.clone(),
                delivered: 0,
                appeals: 0,
                rejected: 0,
                other_verdicts: 0,
            });
            count.delivered += delivered;
            count.appeals += appeals;
            count.rejected += number(rejects);
            count.other_verdicts += number(event.verdicts.len().saturating_sub(rejects));
        }
    }
    let count = |wanted: &dyn Fn(&ReviewFile) -> bool| {
        number(asked.files.iter().filter(|file| wanted(file)).count())
    };
    let today = asked.at.day();
    ReviewReport {
        schema: Cow::Borrowed(SCHEMA),
        at: asked.at,
        claims: number(asked.files.len()),
        review,
        feedback,
        overdue: count(&|file| {
            file.review == ReviewState::Selected && file.due.is_some_and(|due| due < today)
        }),
        paid: count(&|file| file.settled.is_some() && !file.reversed),
        reversed: count(&|file| file.reversed),
        open_appeals: count(&|file| file.appeal.is_some()),
        decided_appeals,
        changed: Money::from_minor(changed).write(exponent),
        reviewers: reviewers.into_values().collect(),
        provenance: provenance(rules, None, None),
    }
}

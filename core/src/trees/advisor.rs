//! Trees as an advisor: what it sees of a claim in, findings out.

use std::cmp::Reverse;

use super::check::Trees;
use super::evaluate::{TreesRow, TreesScore};
use super::features::FEATURES;
use super::model::Objective;
use crate::advisor::{
    AdvisorInput, Evidence, FINDINGS_SCHEMA, Finding, FindingCode, Findings, FindingsProvenance,
    FindingsScope, MOST_FINDINGS, Stance, Target,
};
use crate::calendar::Moment;
use crate::code::Code;
use crate::error::Error;
use crate::number::Score;
use crate::scheme::{Attributes, Severity};

/// Reasons that a finding names.
const REASONS: usize = 5;

/// What a host says about a model that advises.
#[derive(Debug, Clone)]
pub struct TreesAdvisor {
    /// Who runs it.
    pub provider: Code,
    /// Lines of at least this probability are questioned.
    pub from: Score,
    /// Now, as the host says.
    pub at: Moment,
}

impl Trees {
    /// What the model says about each line of a claim, the most doubtful first, with the features
    /// that made the difference. It questions or supports; what that may do, the scheme says.
    ///
    /// # Errors
    /// If the model is not one of probabilities, asks for a feature that lines do not have, or
    /// needs a value that a line lacks.
    pub fn advise(&self, advisor: &TreesAdvisor, input: &AdvisorInput) -> Result<Findings, Error> {
        if self.objective != Objective::BinaryLogistic {
            let message = "an advisor needs a model of probabilities (`binary_logistic`)";
            return Err(Error::new("trees.objective", "objective", message));
        }
        let mut findings = Vec::with_capacity(input.lines.len());
        for line in &input.lines {
            let features = self.features().map(|name| {
                let known = FEATURES.iter().find(|(known, _)| *known == name.as_str());
                let (_, value) = known.ok_or_else(|| no_feature(name))?;
                Ok((name.clone(), value(input, line)))
            });
            let row = TreesRow {
                id: line.id.clone(),
                features: features.collect::<Result<_, Error>>()?,
            };
            findings.push(finding(advisor, &self.explain(&row)?)?);
        }
        findings.sort_by_key(|finding| Reverse(finding.score));
        findings.truncate(MOST_FINDINGS);
        Ok(Findings {
            schema: FINDINGS_SCHEMA.to_owned(),
            input_hash: input.input_hash.clone(),
            provenance: FindingsProvenance {
                provider: advisor.provider.clone(),
                model: self.name.clone(),
                version: self.version.clone(),
                weights: self.digest().cloned(),
                prompt: None,
                parameters: Attributes::default(),
                produced_at: advisor.at,
                expires: None,
            },
            scope: FindingsScope::default(),
            findings,
        })
    }
}

fn no_feature(name: &str) -> Error {
    let known: Vec<&str> = FEATURES.iter().map(|(name, _)| *name).collect();
    let message = format!("a line has no feature `{name}`");
    let help = format!("train with {}", known.join(", "));
    Error::new("trees.no_feature", "features", message).with_help(help)
}

fn finding(advisor: &TreesAdvisor, answer: &TreesScore) -> Result<Finding, Error> {
    let probability = answer.probability.unwrap_or_default();
    let score: Score = format!("{probability:.4}").parse()?;
    let questions = score >= advisor.from;
    let reasons = answer.contributions.iter().take(REASONS);
    let evidence: Vec<Evidence> = reasons
        .map(|reason| Evidence {
            feature: reason.feature.clone(),
            value: code(&reason.value.map_or("missing".to_owned(), |v| v.to_string())),
            low: None,
            high: None,
            contribution: Some(code(&format!("{:.4}", reason.contribution))),
            claims: Vec::new(),
        })
        .collect();
    let because: Vec<String> = evidence
        .iter()
        .map(|e| {
            let added = e.contribution.as_deref().unwrap_or_default();
            format!("{} {} ({added})", e.feature, e.value)
        })
        .collect();
    Ok(Finding {
        target: Target::Line(answer.id.clone()),
        code: match questions {
            true => FindingCode::Unusual,
            false => FindingCode::Usual,
        },
        stance: match questions {
            true => Stance::Questions,
            false => Stance::Supports,
        },
        score: Some(score),
        calibration: None,
        severity: match (questions, probability >= 0.9) {
            (true, true) => Severity::High,
            (true, false) => Severity::Medium,
            (false, _) => Severity::Low,
        },
        suggestion: None,
        explanation: format!(
            "the model gives {score} to this line; what moved its log odds most: {}",
            if because.is_empty() {
                "nothing".to_owned()
            } else {
                because.join(", ")
            },
        ),
        evidence,
        out_of_distribution: false,
    })
}

/// A short text as a code; numbers always are one.
fn code(text: &str) -> Code {
    Code::new(text).unwrap_or_default()
}

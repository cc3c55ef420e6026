//! What the baseline advisor says about a claim.

use std::cmp::Reverse;

use super::build::{Measured, same_scheme};
use super::compare::{FarOut, Lookup, Measure};
use super::packages::unbundled;
use super::profile::{Peers, Profile};
use super::voice::Voice;
use crate::advisor::{
    AdvisorInput, Evidence, FINDINGS_SCHEMA, Finding, FindingCode, Findings, FindingsProvenance,
    FindingsScope, InputLine, MOST_EVIDENCE, MOST_FINDINGS, Stance, Suggestion, Target,
};
use crate::calendar::Moment;
use crate::code::Code;
use crate::decision::LineStatus;
use crate::error::Error;
use crate::number::{Amount, Quantity, Score};
use crate::print::canonical;
use crate::ruleset::{RuleSet, sha256};
use crate::scheme::{Attributes, Severity};

/// Id of the baseline advisor, as a scheme's `review.advisors` knows it.
pub const MODEL: &str = "baseline";
/// Its version: another one where findings or scores change.
pub const VERSION: &str = "1";

/// Scores of what is not measured: how soon a person should look.
const TWIN: Score = Score::from_units(80, 2);
const SAME_DAY: Score = Score::from_units(80, 2);
const ALL_PARTS: Score = Score::from_units(90, 2);
const SOME_PARTS: Score = Score::from_units(75, 2);
/// Scores from here on matter much.
const HIGH: Score = Score::from_units(90, 2);

/// A profile checked and ready to compare claims with.
#[derive(Debug, Clone)]
pub struct Baseline {
    rules: RuleSet,
    lookup: Lookup,
    digest: Code,
}

/// What a host says about the advisor.
#[derive(Debug, Clone)]
pub struct BaselineAdvisor {
    provider: Code,
    at: Moment,
    voice: Voice,
}

impl BaselineAdvisor {
    /// Who runs it, now, and in which language it explains; without one, in English.
    ///
    /// # Errors
    /// `language.unknown`.
    pub fn new(provider: Code, at: Moment, language: Option<&str>) -> Result<Self, Error> {
        let voice = Voice::of(language)?;
        Ok(Self {
            provider,
            at,
            voice,
        })
    }
}

impl Baseline {
    /// Checks a profile.
    ///
    /// # Errors
    /// If it was made under another scheme, or its numbers cannot be; with the path.
    pub fn new(rules: &RuleSet, profile: &Profile) -> Result<Self, Error> {
        let scheme = rules.scheme();
        let lookup = Lookup::new(profile, scheme.currency.exponent)?;
        same_scheme(&scheme.code, &profile.rules, "rules.scheme")?;
        Ok(Self {
            rules: rules.clone(),
            lookup,
            digest: Code::new(&sha256(&canonical(profile))).unwrap_or_default(),
        })
    }

    /// What is unusual about a claim, the farthest from usual first. Lines that the rules reject
    /// are passed over: nothing is paid for them. Scores are distances, not probabilities.
    ///
    /// # Errors
    /// If the snapshot was made under another scheme, or an amount does not fit the currency.
    pub fn advise(
        &self,
        advisor: &BaselineAdvisor,
        input: &AdvisorInput,
    ) -> Result<Findings, Error> {
        let scheme = self.rules.scheme();
        same_scheme(&scheme.code, &input.rules, "rules.scheme")?;
        let looking = Looking {
            lookup: &self.lookup,
            voice: &advisor.voice,
            exponent: scheme.currency.exponent,
            input,
        };
        let mut findings = Vec::new();
        let passed = |line: &&InputLine| line.status == LineStatus::Passed;
        for (position, line) in input.lines.iter().enumerate() {
            if !passed(&line) {
                continue;
            }
            looking.outliers(line, &mut findings)?;
            let before = input.lines.iter().take(position).filter(passed);
            looking.duplicates(line, before, &mut findings);
        }
        looking.packages(&self.rules, &mut findings);
        findings.sort_by_key(|finding| Reverse(finding.score));
        findings.truncate(MOST_FINDINGS);
        Ok(Findings {
            schema: FINDINGS_SCHEMA.to_owned(),
            input_hash: input.input_hash.clone(),
            provenance: FindingsProvenance {
                provider: advisor.provider.clone(),
                model: code(MODEL),
                version: code(VERSION),
                weights: Some(self.digest.clone()),
                prompt: None,
                parameters: Attributes::default(),
                produced_at: advisor.at,
                expires: None,
            },
            scope: FindingsScope {
                scheme: Some(scheme.code.clone()),
                ..FindingsScope::default()
            },
            findings,
        })
    }
}

/// A claim that is looked at.
struct Looking<'a> {
    lookup: &'a Lookup,
    voice: &'a Voice,
    exponent: u8,
    input: &'a AdvisorInput,
}

impl Looking<'_> {
    fn outliers(&self, line: &InputLine, findings: &mut Vec<Finding>) -> Result<(), Error> {
        let measured = Measured::of(line, self.exponent)?;
        if !self.lookup.knows(line) {
            findings.push(Finding {
                stance: Stance::Abstains,
                severity: Severity::Low,
                ..about(
                    line,
                    FindingCode::Other,
                    None,
                    self.voice.unknown(self.lookup.fewest),
                )
            });
            return Ok(());
        }
        for measure in Measure::ALL {
            let far = self
                .lookup
                .far_out(measure, &self.input.claim, line, measured);
            let Some(farthest) = far.iter().max_by_key(|far| far.score) else {
                continue;
            };
            let value = measure.of(measured);
            let words = self.voice.far_out(measure, value, &far, self.exponent);
            findings.push(Finding {
                suggestion: self.suggestion(measure, farthest),
                evidence: far
                    .iter()
                    .map(|f| self.evidence(measure, value, f))
                    .collect(),
                ..about(line, finding_code(measure), Some(farthest.score), words)
            });
        }
        Ok(())
    }

    fn evidence(&self, measure: Measure, value: i64, far: &FarOut) -> Evidence {
        let text = |value: i64| code(&measure.text(value, self.exponent));
        let feature = match measure {
            Measure::Price => "price_asked",
            Measure::Quantity => "quantity",
            Measure::Times => "times_365",
        };
        let among = match &far.peers {
            Peers::All => "all",
            Peers::Level(_) => "level",
            Peers::Facility(_) => "facility",
            Peers::Diagnosis(_) => "diagnosis",
        };
        Evidence {
            low: Some(text(far.usual.low)),
            high: Some(text(far.usual.high)),
            ..measured(&format!("{feature}/{among}"), &text(value))
        }
    }

    /// The median, for the reviewer to consider.
    fn suggestion(&self, measure: Measure, far: &FarOut) -> Option<Suggestion> {
        let median = far.usual.median;
        let (mut quantity, mut price) = (None, None);
        match measure {
            Measure::Price => price = Some(Amount::from_units(median, self.exponent)),
            Measure::Quantity => quantity = Some(Quantity::from_units(median, Quantity::PLACES)),
            Measure::Times => return None,
        }
        Some(Suggestion { quantity, price })
    }

    fn duplicates<'l>(
        &self,
        line: &InputLine,
        mut before: impl Iterator<Item = &'l InputLine>,
        findings: &mut Vec<Finding>,
    ) {
        let alike = |other: &InputLine| {
            (other.kind, &other.code, other.quantity, other.price_asked)
                == (line.kind, &line.code, line.quantity, line.price_asked)
        };
        if let Some(first) = before.find(|other| alike(other)) {
            findings.push(Finding {
                evidence: vec![measured("same_as_line", &first.id)],
                ..about(
                    line,
                    FindingCode::Duplicate,
                    Some(TWIN),
                    self.voice.twin(first),
                )
            });
        }
        if line.prior.last_days == Some(0) {
            findings.push(Finding {
                evidence: vec![measured("prior_last_days", &code("0"))],
                ..about(
                    line,
                    FindingCode::Duplicate,
                    Some(SAME_DAY),
                    self.voice.same_day(),
                )
            });
        }
    }

    fn packages(&self, rules: &RuleSet, findings: &mut Vec<Finding>) {
        for of in unbundled(rules.scheme(), self.input) {
            let amount = |money: crate::money::Money| code(&money.write(self.exponent).to_string());
            let score = if of.found == of.of {
                ALL_PARTS
            } else {
                SOME_PARTS
            };
            let mut evidence = vec![Evidence {
                high: Some(amount(of.price)),
                ..measured("asked_for_parts", &amount(of.asked))
            }];
            evidence.extend(of.parts.iter().map(|line| measured("part", &line.code)));
            evidence.truncate(MOST_EVIDENCE);
            let words = self.voice.unbundled(&of, self.exponent);
            findings.push(Finding {
                target: Target::Claim,
                evidence,
                ..finding(FindingCode::Unbundling, Some(score), words)
            });
        }
    }
}

fn finding_code(measure: Measure) -> FindingCode {
    match measure {
        Measure::Price => FindingCode::PriceOutlier,
        Measure::Quantity => FindingCode::QuantityOutlier,
        Measure::Times => FindingCode::FrequencyOutlier,
    }
}

fn about(line: &InputLine, code: FindingCode, score: Option<Score>, words: String) -> Finding {
    Finding {
        target: Target::Line(line.id.clone()),
        ..finding(code, score, words)
    }
}

fn finding(code: FindingCode, score: Option<Score>, words: String) -> Finding {
    Finding {
        target: Target::Claim,
        code,
        stance: Stance::Questions,
        score,
        calibration: None,
        severity: match score {
            Some(score) if score >= HIGH => Severity::High,
            _ => Severity::Medium,
        },
        suggestion: None,
        explanation: words,
        evidence: Vec::new(),
        out_of_distribution: false,
    }
}

fn measured(feature: &str, value: &Code) -> Evidence {
    Evidence {
        feature: code(feature),
        value: value.clone(),
        low: None,
        high: None,
        contribution: None,
        claims: Vec::new(),
    }
}

/// A short text as a code; what is written here always is one.
fn code(text: &str) -> Code {
    Code::new(text).unwrap_or_default()
}

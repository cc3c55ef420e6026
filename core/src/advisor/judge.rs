//! Reads what advisors send back, whatever it is.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::advice::{Advice, AdviceAudit, AnswerStatus, Heard, SCHEMA};
use super::finding::{FINDINGS_SCHEMA, Finding, Findings, Target};
use super::quality::Quality;
use super::route::effects;
use super::snapshot::{AdvisorInput, snapshot};
use crate::calendar::Moment;
use crate::claim::Request;
use crate::code::Code;
use crate::error::{Error, shorten};
use crate::print::canonical;
use crate::ruleset::{RuleSet, sha256};
use crate::scheme::{AdvisorMode, AdvisorRules, KnownAdvisor, Validity};
use crate::wire::{Format, read};

/// Schema id of this version of the question.
pub const ADVICE_REQUEST_SCHEMA: &str = "adjudica/advice_request@1";
/// Bytes of the longest answer that is read.
pub const LONGEST_ANSWER: usize = 256 * 1024;
/// Most findings of an answer.
pub const MOST_FINDINGS: usize = 200;
/// Most pieces of evidence of a finding, and most other claims of a piece.
pub const MOST_EVIDENCE: usize = 50;
/// Characters of the longest explanation.
const LONGEST_EXPLANATION: usize = 2_000;
/// Characters that are shown of what is wrong with an answer.
const LONGEST_PROBLEM: usize = 300;

/// Asks what may be done with what advisors said about a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviceRequest {
    /// Always `adjudica/advice_request@1`.
    pub schema: String,
    /// The claim as it is adjudicated.
    pub request: Request,
    /// Now, as the host says.
    pub at: Moment,
    /// How good the advisors are, as the engine last said; past the scheme's limits, findings are
    /// only observed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<Box<Quality>>,
    /// What came back, an entry for each advisor that was asked.
    pub answers: Vec<AdvisorAnswer>,
}

/// What one advisor sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisorAnswer {
    /// The host's name for the advisor.
    pub advisor: Code,
    /// The text as it came, whatever it is; absent = none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How long it took, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elapsed_ms: Option<u32>,
}

/// Reads what advisors said about a claim and says what it may do. An answer that cannot be used
/// is never an error: it is noted and does nothing.
///
/// # Errors
/// If the claim's request is malformed.
pub fn judge(rules: &RuleSet, asked: &AdviceRequest) -> Result<Advice, Error> {
    let decision = rules
        .adjudicate(&asked.request)
        .map_err(|error| error.inside("request"))?;
    let seen = snapshot(rules, &asked.request, &decision);
    let policy = rules.scheme().review.as_ref();
    let policy = policy.and_then(|review| review.advisors.as_ref());
    let court = Court {
        policy,
        seen: &seen,
        at: asked.at,
    };
    let fallen_back = match &asked.quality {
        Some(quality) => fallen_back(rules, quality)?,
        None => false,
    };
    let heard: Vec<Heard> = asked.answers.iter().map(|a| court.hear(a)).collect();
    Ok(Advice {
        schema: Cow::Borrowed(SCHEMA),
        claim: asked.request.claim.code.clone(),
        facility: asked.request.claim.facility.clone(),
        mode: policy.map(|policy| match fallen_back {
            true => AdvisorMode::Observe,
            false => policy.mode,
        }),
        effects: effects(policy, &asked.request, &decision, &heard, fallen_back),
        heard,
        audit: AdviceAudit {
            at: asked.at,
            input_hash: seen.input_hash,
            decision_hash: hash(&canonical(&decision)),
            quality_hash: asked.quality.as_ref().map(|q| hash(&canonical(q.as_ref()))),
            rules: decision.provenance,
        },
    })
}

/// Whether a quality document of this scheme says that advisors are past its limits.
fn fallen_back(rules: &RuleSet, quality: &Quality) -> Result<bool, Error> {
    if quality.provenance.scheme == rules.scheme().code {
        return Ok(quality.fall_back);
    }
    Err(Error::new(
        "quality.other_scheme",
        "quality.provenance.scheme",
        format!("`{}` is another scheme", quality.provenance.scheme),
    )
    .with_help("give the quality that was measured under this scheme"))
}

fn hash(bytes: &[u8]) -> Code {
    Code::new(&sha256(bytes)).unwrap_or_default()
}

/// What an answer is judged by.
struct Court<'a> {
    policy: Option<&'a AdvisorRules>,
    seen: &'a AdvisorInput,
    at: Moment,
}

/// Why an answer cannot be used.
type Refused = (AnswerStatus, String);

impl Court<'_> {
    fn hear(&self, answer: &AdvisorAnswer) -> Heard {
        let mut heard = Heard {
            advisor: answer.advisor.clone(),
            status: AnswerStatus::Used,
            problem: None,
            payload_hash: answer.text.as_deref().map(|text| hash(text.as_bytes())),
            provenance: None,
            findings: Vec::new(),
        };
        let read = self.read(answer).and_then(|findings| {
            heard.provenance = Some(findings.provenance.clone());
            self.check(&findings)?;
            Ok(findings.findings)
        });
        match read {
            Ok(findings) => heard.findings = findings,
            Err((status, problem)) => {
                heard.status = status;
                heard.problem = Some(problem.chars().take(LONGEST_PROBLEM).collect());
            }
        }
        heard
    }

    fn read(&self, answer: &AdvisorAnswer) -> Result<Findings, Refused> {
        let Some(text) = &answer.text else {
            return Err((AnswerStatus::Absent, "no answer came".to_owned()));
        };
        let deadline = self.policy.and_then(|policy| policy.deadline_ms);
        if let (Some(most), Some(took)) = (deadline, answer.elapsed_ms)
            && took > most
        {
            let problem = format!("it took {took} ms; the scheme waits {most} ms");
            return Err((AnswerStatus::Late, problem));
        }
        if text.len() > LONGEST_ANSWER {
            let problem = format!("{} bytes are more than {LONGEST_ANSWER}", text.len());
            return Err((AnswerStatus::TooLarge, problem));
        }
        let malformed = |problem: String| (AnswerStatus::Malformed, problem);
        let findings: Findings =
            read(text, Format::Json).map_err(|error| malformed(error.to_string()))?;
        if findings.schema != FINDINGS_SCHEMA {
            return Err(malformed(format!(
                "`{}` is not `{FINDINGS_SCHEMA}`",
                shorten(&findings.schema)
            )));
        }
        Ok(findings)
    }

    fn check(&self, said: &Findings) -> Result<(), Refused> {
        let day = self.seen.claim.date_from;
        let inside = |valid: Validity| {
            day.is_none_or(|day| {
                valid.from.is_none_or(|from| from <= day) && valid.to.is_none_or(|to| day <= to)
            })
        };
        let Some(known) = self.known(said) else {
            let by = &said.provenance;
            let problem = format!(
                "the scheme does not know {} {} {}",
                by.provider, by.model, by.version
            );
            return Err((AnswerStatus::UnknownModel, problem));
        };
        if said.input_hash != self.seen.input_hash {
            let problem = "it is about another snapshot".to_owned();
            return Err((AnswerStatus::OtherInput, problem));
        }
        let scope = |problem: &str| Err((AnswerStatus::OutOfScope, problem.to_owned()));
        if !inside(known.valid) {
            return scope("the scheme has not approved the advisor for the days of care");
        }
        if !inside(said.scope.care) {
            return scope("it is made for other days of care");
        }
        let scheme = said.scope.scheme.as_ref();
        if scheme.is_some_and(|scheme| *scheme != self.seen.rules.scheme) {
            return scope("it is made for another scheme");
        }
        if said.provenance.expires.is_some_and(|end| end < self.at) {
            return scope("it has expired");
        }
        if said.findings.len() > MOST_FINDINGS {
            let problem = format!("more than {MOST_FINDINGS} findings");
            return Err((AnswerStatus::TooLarge, problem));
        }
        let mut findings = said.findings.iter().enumerate();
        findings.try_for_each(|(position, finding)| self.finding(finding, position))
    }

    fn known(&self, said: &Findings) -> Option<&KnownAdvisor> {
        let by = &said.provenance;
        self.policy?.known.iter().find(|known| {
            known.provider == by.provider
                && known.model == by.model
                && known.version == by.version
                && (known.weights.is_none() || known.weights == by.weights)
        })
    }

    fn finding(&self, finding: &Finding, position: usize) -> Result<(), Refused> {
        let here = |what: &str| format!("findings[{position}]: {what}");
        if let Target::Line(id) = &finding.target
            && !self.seen.lines.iter().any(|line| line.id == *id)
        {
            return Err((AnswerStatus::UnknownTarget, here("there is no such line")));
        }
        let range = |what: &str| Err((AnswerStatus::OutOfRange, here(what)));
        if finding.score.is_some_and(|score| !score.in_range()) {
            return range("a score is between 0 and 1");
        }
        if let Some(suggestion) = finding.suggestion {
            if suggestion.quantity.is_none() && suggestion.price.is_none() {
                return range("a suggestion gives a quantity or a price");
            }
            if suggestion.quantity.is_some_and(|q| q.is_negative())
                || suggestion.price.is_some_and(|p| p.is_negative())
            {
                return range("a suggestion is not negative");
            }
            if finding.target == Target::Claim {
                return range("a suggestion is about a line");
            }
        }
        let length = finding.explanation.chars().count();
        let control = |c: char| c.is_control() && c != '\n';
        if length == 0 || length > LONGEST_EXPLANATION || finding.explanation.contains(control) {
            return range(
                "an explanation has 1 to 2000 characters, none of them control characters",
            );
        }
        let long = |list: usize| list > MOST_EVIDENCE;
        if long(finding.evidence.len()) || finding.evidence.iter().any(|e| long(e.claims.len())) {
            return range("there is more evidence than a reviewer can read");
        }
        Ok(())
    }
}

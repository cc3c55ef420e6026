//! Questions to a rule set: a document in, a document out. Every language reaches all of them
//! through [`ask_json`], so a new question is one variant here and one named method in each.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read::{expect_schema, located};
use super::{Format, Options, Session, read, write_json};
use crate::claim::{self, Request};
use crate::eligibility::{self, EligibilityRequest};
use crate::enrolment::{self, PeriodRequest, PremiumRequest};
use crate::error::{Error, shorten};
use crate::payment::{self, CapitationRequest, IndexRequest};
use crate::ruleset::RuleSet;

/// What a rule set can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// What a claim pays: a request, answered by a decision.
    Decision,
    /// What a person is covered for and what is left: an enquiry, answered by what it gets.
    Eligibility,
    /// From when to when a policy runs.
    Period,
    /// What a policy costs, who pays, and whether it is in force.
    Premium,
    /// The relative index of a period and what it pays: an index request, answered by an index.
    Index,
    /// The capitation of a period: a capitation request, answered by a capitation.
    Capitation,
}

impl Question {
    /// Every question.
    pub const ALL: [Self; 6] = [
        Self::Decision,
        Self::Eligibility,
        Self::Period,
        Self::Premium,
        Self::Index,
        Self::Capitation,
    ];

    /// Its name in every language and in the cases of `rules-examples`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Eligibility => "eligibility",
            Self::Period => "period",
            Self::Premium => "premium",
            Self::Index => "index",
            Self::Capitation => "capitation",
        }
    }

    /// The question of a name.
    ///
    /// # Errors
    /// If there is none: `question.unknown`.
    pub fn named(name: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|each| each.name() == name);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join("`, `");
            Error::new(
                "question.unknown",
                "",
                format!("`{}` is no question", shorten(name)),
            )
            .with_help(format!("ask for one of `{names}`"))
        })
    }
}

/// A document that asks.
trait Asks: DeserializeOwned {
    /// The schema id that it must name.
    const SCHEMA: &'static str;

    /// The schema id that it names.
    fn schema(&self) -> &str;
}

impl Asks for Request {
    const SCHEMA: &'static str = claim::SCHEMA;

    fn schema(&self) -> &str {
        &self.schema
    }
}

impl Asks for EligibilityRequest {
    const SCHEMA: &'static str = eligibility::REQUEST_SCHEMA;

    fn schema(&self) -> &str {
        &self.schema
    }
}

impl Asks for PeriodRequest {
    const SCHEMA: &'static str = enrolment::PERIOD_SCHEMA;

    fn schema(&self) -> &str {
        &self.schema
    }
}

impl Asks for IndexRequest {
    const SCHEMA: &'static str = payment::INDEX_REQUEST;

    fn schema(&self) -> &str {
        &self.schema
    }
}

impl Asks for PremiumRequest {
    const SCHEMA: &'static str = enrolment::PREMIUM_SCHEMA;

    fn schema(&self) -> &str {
        &self.schema
    }
}

impl Asks for CapitationRequest {
    const SCHEMA: &'static str = payment::CAPITATION_REQUEST;

    fn schema(&self) -> &str {
        &self.schema
    }
}

/// Answers a question given as JSON text and appends the answer, without line break, to `out`.
///
/// # Errors
/// If the text is no well-formed document of the question, with the place in the text.
pub fn ask_json(
    rules: &RuleSet,
    question: Question,
    request: &str,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    match question {
        Question::Decision => answer(request, out, |request: &Request| {
            Session::new(rules, Options::default()).adjudicate(request)
        }),
        Question::Eligibility => answer(request, out, |request: &EligibilityRequest| {
            eligibility::eligibility(rules, request)
        }),
        Question::Period => answer(request, out, |request| enrolment::period(rules, request)),
        Question::Premium => answer(request, out, |request| enrolment::premium(rules, request)),
        Question::Index => answer(request, out, |request| payment::index(rules, request)),
        Question::Capitation => answer(request, out, |request| payment::capitation(rules, request)),
    }
}

/// Reads, answers and writes.
fn answer<Q: Asks, A: Serialize>(
    text: &str,
    out: &mut Vec<u8>,
    answer: impl FnOnce(&Q) -> Result<A, Error>,
) -> Result<(), Error> {
    let asked: Q = read(text, Format::Json)?;
    let answered = expect_schema(asked.schema(), Q::SCHEMA).and_then(|()| answer(&asked));
    let answered = answered.map_err(|error| located(error, text, Format::Json))?;
    write_json(&answered, out)
}

//! Questions to a rule set: a document in, a document out. Every language reaches all of them
//! through [`ask_json`], so a new question is one variant here and nothing in the doors.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read::{expect_schema, located};
use super::{Format, Options, Session, Tree, read, write_json};
use crate::advisor::{self, AdviceRequest, AdvisorInputRequest, QualityRequest};
use crate::baseline::{self, BaselineRequest, ProfileRequest};
use crate::claim::{self, Request};
use crate::eligibility::{self, EligibilityRequest};
use crate::enrolment::{self, PeriodRequest, PremiumRequest};
use crate::error::{Error, shorten};
use crate::payment::{self, CapitationRequest, IndexRequest};
use crate::review::{
    self, ReviewReportRequest, ReviewRequest, ReviewSelectionRequest, SamplingRequest,
};
use crate::ruleset::RuleSet;

macro_rules! questions {
    ($($(#[doc = $doc:literal])+ $question:ident = $name:literal,)+) => {
        /// What a rule set can be asked.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Question {
            $($(#[doc = $doc])+ $question,)+
        }

        impl Question {
            /// Every question.
            pub const ALL: [Self; [$($name,)+].len()] = [$(Self::$question,)+];

            /// Its name in every language and in the cases of `rules-examples`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$question => $name,)+ }
            }
        }
    };
}

questions! {
    /// What a claim pays: a request, answered by a decision.
    Decision = "decision",
    /// What a person is covered for and what is left: an enquiry, answered by what it gets.
    Eligibility = "eligibility",
    /// From when to when a policy runs.
    Period = "period",
    /// What a policy costs, who pays, and whether it is in force.
    Premium = "premium",
    /// The relative index of a period and what it pays: an index request, answered by an index.
    Index = "index",
    /// The capitation of a period: a capitation request, answered by a capitation.
    Capitation = "capitation",
    /// What an advisor may see of a claim: a claim, answered by a snapshot without identifiers.
    AdvisorInput = "advisor_input",
    /// What advisors' answers may do: a claim and the answers, answered by what may be done.
    Advice = "advice",
    /// Which claims a person looks at.
    ReviewSelection = "review_selection",
    /// Steps in the review of a claim: verdicts, feedback, payment, appeals.
    Review = "review",
    /// How reviews stand: counts over review files.
    ReviewReport = "review_report",
    /// What a reviewed sample says about the rest of its group.
    Sampling = "sampling",
    /// What was usual in earlier claims: claims, answered by a profile.
    Profile = "profile",
    /// What is unusual about a claim: a profile and a snapshot, answered by findings.
    Baseline = "baseline",
    /// How good advisors are, by what reviewers decided.
    Quality = "quality",
}

impl Question {
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

macro_rules! asks {
    ($($document:ty => $schema:expr),* $(,)?) => {$(
        impl Asks for $document {
            const SCHEMA: &'static str = $schema;

            fn schema(&self) -> &str {
                &self.schema
            }
        }
    )*};
}

asks! {
    Request => claim::SCHEMA,
    EligibilityRequest => eligibility::REQUEST_SCHEMA,
    PeriodRequest => enrolment::PERIOD_SCHEMA,
    PremiumRequest => enrolment::PREMIUM_SCHEMA,
    IndexRequest => payment::INDEX_REQUEST,
    CapitationRequest => payment::CAPITATION_REQUEST,
    AdvisorInputRequest => advisor::ADVISOR_INPUT_REQUEST_SCHEMA,
    AdviceRequest => advisor::ADVICE_REQUEST_SCHEMA,
    ReviewSelectionRequest => review::REVIEW_SELECTION_REQUEST_SCHEMA,
    ReviewRequest => review::REVIEW_REQUEST_SCHEMA,
    ReviewReportRequest => review::REVIEW_REPORT_REQUEST_SCHEMA,
    SamplingRequest => review::SAMPLING_REQUEST_SCHEMA,
    ProfileRequest => baseline::PROFILE_REQUEST_SCHEMA,
    BaselineRequest => baseline::BASELINE_REQUEST_SCHEMA,
    QualityRequest => advisor::QUALITY_REQUEST_SCHEMA,
}

/// A question as it came.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// JSON text.
    Text(&'a str),
    /// A host's own values.
    Values(&'a Tree<'a>),
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
    ask(rules, question, Asked::Text(request), out)
}

/// Answers a question and appends the answer as JSON text, without line break, to `out`.
///
/// # Errors
/// If what was asked is no well-formed document of the question; of text with its place.
pub fn ask(
    rules: &RuleSet,
    question: Question,
    request: Asked<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    match question {
        Question::Period => answer(request, out, |request| enrolment::period(rules, request)),
        Question::Premium => answer(request, out, |request| enrolment::premium(rules, request)),
        Question::Index => answer(request, out, |request| payment::index(rules, request)),
        Question::Capitation => answer(request, out, |request| payment::capitation(rules, request)),
        Question::AdvisorInput => answer(request, out, |request: &AdvisorInputRequest| {
            advisor::advisor_input(rules, request)
        }),
        Question::Advice => answer(request, out, |request: &AdviceRequest| {
            advisor::judge(rules, request)
        }),
        Question::ReviewSelection => answer(request, out, |request| {
            review::review_selection(rules, request)
        }),
        Question::Review => answer(request, out, |request| review::review(rules, request)),
        Question::ReviewReport => answer(request, out, |request| {
            Ok(review::review_report(rules, request))
        }),
        Question::Quality => answer(request, out, |request| advisor::quality(rules, request)),
        Question::Sampling => answer(request, out, |request| review::sampling(rules, request)),
        Question::Profile => answer(request, out, |request: &ProfileRequest| {
            baseline::profile(rules, request)
        }),
        Question::Baseline => answer(request, out, |request: &BaselineRequest| {
            baseline::baseline(rules, request)
        }),
        _ => ask_at_care(rules, question, request, out),
    }
}

/// Answers the questions that come up where care is given: about a claim, and what a person is
/// covered for. A program that asks nothing else, such as a page in a browser, need not carry the
/// rest; those of `adjudica-wasm` load it when they import `adjudica-wasm/office`.
///
/// # Errors
/// As [`ask`]; `question.elsewhere` for every other question.
pub fn ask_at_care(
    rules: &RuleSet,
    question: Question,
    request: Asked<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    match question {
        Question::Decision => answer(request, out, |request: &Request| {
            Session::new(rules, Options::default()).adjudicate(request)
        }),
        Question::Eligibility => answer(request, out, |request: &EligibilityRequest| {
            eligibility::eligibility(rules, request)
        }),
        _ => Err(Error::new(
            "question.elsewhere",
            "",
            format!("`{}` is not answered here", question.name()),
        )
        .with_help("import `adjudica-wasm/office` and ask a rule set that was compiled after")),
    }
}

/// Reads, answers and writes.
fn answer<Q: Asks, A: Serialize>(
    asked: Asked<'_>,
    out: &mut Vec<u8>,
    answer: impl FnOnce(&Q) -> Result<A, Error>,
) -> Result<(), Error> {
    let document: Q = match asked {
        Asked::Text(text) => read(text, Format::Json)?,
        Asked::Values(values) => values.document()?,
    };
    let answered = expect_schema(document.schema(), Q::SCHEMA).and_then(|()| answer(&document));
    let answered = answered.map_err(|error| match asked {
        Asked::Text(text) => located(error, text, Format::Json),
        Asked::Values(_) => error,
    })?;
    write_json(&answered, out)
}

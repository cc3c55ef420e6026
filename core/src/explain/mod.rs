//! Decisions in words: an explanation of benefits for patients, facilities and auditors.
//!
//! Everything here reads a [`Decision`] document, which may come from anywhere, and the messages
//! of one language, which are a data file ([`Catalogue`]). English and French come with the
//! engine; a scheme adds a language with a file of its own and no code. Amounts are written as the
//! decision states them: nothing is calculated anew except which part of a total falls to whom.
//!
//! ```
//! use adjudica::explain::{self, Catalogues};
//! # fn show(decision: &adjudica::Decision, scheme: &adjudica::Scheme)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! let languages = Catalogues::built_in()?;
//! println!("{}", explain::text(decision, languages.get("fr")?, scheme));
//! println!("{}", explain::why(decision, "1", languages.first_of(&scheme.languages)?, scheme)?);
//! # Ok(())
//! # }
//! ```

mod build;
mod catalogue;
mod eligibility;
mod html;
mod languages;
mod ledger;
mod page;
mod parts;
mod reasoning;
mod remarks;
mod template;
mod text;
mod vocabulary;
mod words;

pub use catalogue::{Catalogue, Direction, MessageFile, Numbers, SCHEMA};
pub use languages::Catalogues;
pub use words::Setting;

use crate::decision::{Decision, Reason};
use crate::eligibility::EligibilityAnswer;
use crate::enrolment::{PeriodAnswer, PremiumAnswer};
use crate::error::Error;
pub(crate) use remarks::built_in;
pub(crate) use words::{Words, clean};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One reason or step in words, numbers included.
#[must_use]
pub fn message(catalogue: &Catalogue, reason: &Reason) -> String {
    let setting = Setting::default();
    Words { catalogue, setting }.message(reason)
}

/// The explanation of benefits as plain text. The setting is the scheme, or its currency code.
#[must_use]
pub fn text<'a>(
    decision: &Decision,
    catalogue: &Catalogue,
    setting: impl Into<Setting<'a>>,
) -> String {
    let setting = setting.into();
    text::page(&Words { catalogue, setting }.page(decision))
}

/// The explanation of benefits as one HTML document without scripts or other files, fit for print.
/// It is well-formed XML as well, and safe whatever the decision carries.
#[must_use]
pub fn html<'a>(
    decision: &Decision,
    catalogue: &Catalogue,
    setting: impl Into<Setting<'a>>,
) -> String {
    let setting = setting.into();
    html::page(&Words { catalogue, setting }.page(decision), catalogue)
}

/// Why one line was paid as it was, as plain text.
///
/// # Errors
/// `line.unknown` if the decision has no line with that id.
pub fn why<'a>(
    decision: &Decision,
    line: &str,
    catalogue: &Catalogue,
    setting: impl Into<Setting<'a>>,
) -> Result<String, Error> {
    let setting = setting.into();
    render(
        decision,
        Some(line),
        Form::Text,
        &Words { catalogue, setting },
    )
}

/// The answer to an enquiry as plain text.
#[must_use]
pub fn eligibility<'a>(
    answer: &EligibilityAnswer,
    catalogue: &Catalogue,
    setting: impl Into<Setting<'a>>,
) -> String {
    let setting = setting.into();
    text::page(&Words { catalogue, setting }.enquiry(answer))
}

/// Why a policy runs as it does, a sentence for each rule that was applied.
#[must_use]
pub fn period<'a>(
    answer: &PeriodAnswer,
    catalogue: &Catalogue,
    setting: impl Into<Setting<'a>>,
) -> String {
    let setting = setting.into();
    Words { catalogue, setting }.remarks(&answer.reasons)
}

/// What a policy costs and who pays, a sentence for each rule that was applied; the period first.
#[must_use]
pub fn premium<'a>(
    answer: &PremiumAnswer,
    catalogue: &Catalogue,
    setting: impl Into<Setting<'a>>,
) -> String {
    let setting = setting.into();
    let all = answer.period.reasons.iter().chain(&answer.reasons);
    Words { catalogue, setting }.remarks(all)
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Plain text.
    #[default]
    Text,
    /// One HTML document.
    Html,
}

/// The explanation of a decision or of one of its lines, in any form.
pub(crate) fn render(
    decision: &Decision,
    line: Option<&str>,
    form: Form,
    words: &Words<'_>,
) -> Result<String, Error> {
    let page = match line {
        None => words.page(decision),
        Some(id) => match decision.lines.iter().find(|line| line.id.as_str() == id) {
            Some(line) => words.line_page(decision, line),
            None => return Err(no_line(decision, id)),
        },
    };
    Ok(match form {
        Form::Text => text::page(&page),
        Form::Html => html::page(&page, words.catalogue),
    })
}

fn no_line(decision: &Decision, id: &str) -> Error {
    let shown: String = id.chars().take(40).collect();
    let message = format!("the decision has no line `{}`", shown.escape_debug());
    let error = Error::new("line.unknown", "line", message);
    let known: Vec<&str> = decision
        .lines
        .iter()
        .take(20)
        .map(|line| line.id.as_str())
        .collect();
    if known.is_empty() {
        error
    } else {
        error.with_help(format!("there are {}", known.join(", ")))
    }
}

//! Explanations from text to text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::read::read_decision;
use crate::calendar::Calendar;
use crate::code::Code;
use crate::error::Invalid;
use crate::explain::{Catalogue, Catalogues, Form, MessageFile, Setting, Words, render};
use crate::scheme::Scheme;

/// What to explain, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExplainOptions {
    /// The language; an error if there are no messages in it. Absent = the first known one of
    /// `languages`, else English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Languages in order of preference, such as the scheme's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Text or HTML.
    pub form: Form,
    /// ISO 4217 code of the amounts; absent = not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Code>,
    /// The scheme's calendar; dates are always shown in the Gregorian one as well.
    pub calendar: Calendar,
    /// Explain only the line with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Further languages, or other words for those there are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<MessageFile>,
}

impl ExplainOptions {
    /// These options with what a scheme says where they are silent: its languages, its currency
    /// and its calendar.
    #[must_use]
    pub fn of_scheme(mut self, scheme: &Scheme) -> Self {
        if self.languages.is_empty() {
            self.languages = scheme.languages.iter().map(ToString::to_string).collect();
        }
        if self.currency.is_none() {
            self.currency = Some(scheme.currency.code.clone());
        }
        if self.calendar == Calendar::default() {
            self.calendar = scheme.calendar;
        }
        self
    }
}

/// Explains a decision given as JSON text.
///
/// # Errors
/// If the text is no well-formed decision, a message file is incomplete, the language is unknown
/// or the decision has no such line.
pub fn explain_json(decision: &str, options: &ExplainOptions) -> Result<String, Invalid> {
    let decision = read_decision(decision)?;
    let built_in = Catalogues::built_in()?;
    let extended;
    let catalogues = if options.messages.is_empty() {
        built_in
    } else {
        let own = options.messages.iter().map(Catalogue::new);
        extended = own
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .fold(built_in.clone(), Catalogues::with);
        &extended
    };
    let catalogue = match &options.language {
        Some(language) => catalogues.get(language)?,
        None => catalogues.first_of(&options.languages)?,
    };
    let setting = Setting {
        currency: options.currency.as_deref().unwrap_or_default(),
        calendar: options.calendar,
    };
    let words = Words { catalogue, setting };
    Ok(render(
        &decision,
        options.line.as_deref(),
        options.form,
        &words,
    )?)
}

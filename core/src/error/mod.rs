//! One shape for everything that is wrong with an input: a code for programs, a message and help
//! for people, and the path of the value it is about.

mod message;

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use message::{coded, edit_distance, from_serde_message, shorten};

/// What is wrong with a document (or, in a [`Report`], merely suspicious).
///
/// A business outcome is never an error: a claim that the scheme does not pay is a
/// [`Decision`](crate::Decision) with reasons. An error says that a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("{}", self.line_of_text())]
pub struct Error {
    /// Stable code in dotted words, such as `amount.grammar`. Programs match on it.
    pub code: Cow<'static, str>,
    /// One sentence for people, lower case, without full stop.
    pub message: String,
    /// Where in the document, such as `products[0].benefits[3].cover[1].co_insurance`; empty for
    /// the whole document.
    pub path: String,
    /// What to write instead, where we can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Line in the text, from 1, where the document was read from text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column in the text, from 1, where the document was read from text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl Error {
    /// An error about the value at `path`.
    pub fn new(
        code: impl Into<Cow<'static, str>>,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            path: path.into(),
            help: None,
            line: None,
            column: None,
        }
    }

    /// The same error with a line of help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same error about a document inside another, at `place`.
    #[must_use]
    pub(crate) fn inside(mut self, place: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = format!("{place}{dot}{}", self.path);
        self
    }

    fn line_of_text(&self) -> String {
        let mut text = String::new();
        if let (Some(line), Some(column)) = (self.line, self.column) {
            text.push_str(&format!("line {line}, column {column}: "));
        }
        if !self.path.is_empty() {
            text.push_str(&format!("{}: ", self.path));
        }
        text.push_str(&format!("{} [{}]", self.message, self.code));
        if let Some(help) = &self.help {
            text.push_str(&format!("; {help}"));
        }
        text
    }
}

/// Readers of a host's own values (Python objects, JavaScript objects) report like readers of text.
impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        from_serde_message(&message.to_string())
    }

    fn invalid_type(found: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        // JSON's words, such as `null`, so that a value is described alike wherever it came from.
        Self::custom(serde_json::Error::invalid_type(found, expected))
    }
}

/// Everything a check found: errors forbid use, warnings do not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// What must be mended before the document can be used.
    pub errors: Vec<Error>,
    /// What is legal but probably not meant.
    pub warnings: Vec<Error>,
}

/// A document that cannot be used, with every reason found (at least one).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Invalid(Vec<Error>);

impl Invalid {
    /// Every error, in document order.
    pub fn errors(&self) -> &[Error] {
        &self.0
    }

    /// Every error, open for mending, such as for adding places in a text.
    pub(crate) fn errors_mut(&mut self) -> &mut [Error] {
        &mut self.0
    }

    /// `Err` with the errors, or `Ok` if there are none.
    pub fn unless_empty(errors: Vec<Error>) -> Result<(), Self> {
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Self(errors))
        }
    }
}

impl From<Error> for Invalid {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

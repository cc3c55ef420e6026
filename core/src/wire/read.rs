//! Reading documents strictly: every error with the path of the value and its place in the text.

use serde::de::DeserializeOwned;

use super::json;
use super::locate::locate_all;
use super::tree::Tree;
use crate::claim::{self, Request};
use crate::decision::{self, Decision};
use crate::error::{Error, shorten};
use crate::scheme::{self, Scheme};

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML.
    #[cfg(feature = "yaml")]
    Yaml,
}

impl Format {
    /// JSON if the text begins like a JSON object, else YAML.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match without_mark(text).trim_start().as_bytes().first() {
            Some(b'{' | b'[') | None => Self::Json,
            #[cfg(feature = "yaml")]
            Some(_) => Self::Yaml,
            #[cfg(not(feature = "yaml"))]
            Some(_) => Self::Json,
        }
    }
}

/// Reads a scheme, in JSON or YAML.
///
/// # Errors
/// If the text is not well-formed or not a scheme document.
pub fn read_scheme(text: &str, format: Format) -> Result<Scheme, Error> {
    let scheme: Scheme = read(text, format)?;
    expect_schema(&scheme.schema, scheme::SCHEMA).map_err(|error| located(error, text, format))?;
    Ok(scheme)
}

/// Reads a request in JSON.
///
/// # Errors
/// If the text is not well-formed or not a request document.
pub fn read_request(text: &str) -> Result<Request, Error> {
    let request: Request = json::read_fast(without_mark(text))?;
    expect_schema(&request.schema, claim::SCHEMA)
        .map_err(|error| located(error, text, Format::Json))?;
    Ok(request)
}

/// Byte order marks are no part of a text, though some editors write one.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The error with its place in the text, unless it has one already.
#[cold]
pub(super) fn located(mut error: Error, text: &str, format: Format) -> Error {
    locate_all(text, format, std::slice::from_mut(&mut error));
    error
}

/// Reads a request from a host's own values.
///
/// # Errors
/// If the value is not a request document, with its path.
pub fn read_request_tree(values: &Tree<'_>) -> Result<Request, Error> {
    let request: Request = values.document()?;
    expect_schema(&request.schema, claim::SCHEMA)?;
    Ok(request)
}

/// Reads a scheme from a host's own values.
///
/// # Errors
/// If the value is not a scheme document, with its path.
pub fn read_scheme_tree(values: &Tree<'_>) -> Result<Scheme, Error> {
    let scheme: Scheme = values.document()?;
    expect_schema(&scheme.schema, scheme::SCHEMA)?;
    Ok(scheme)
}

/// Reads a decision in JSON.
///
/// # Errors
/// If the text is not well-formed or not a decision document.
pub fn read_decision(text: &str) -> Result<Decision, Error> {
    let decision: Decision = read(text, Format::Json)?;
    expect_schema(&decision.schema, decision::SCHEMA)
        .map_err(|error| located(error, text, Format::Json))?;
    Ok(decision)
}

pub(super) fn expect_schema(found: &str, expected: &str) -> Result<(), Error> {
    if found == expected {
        return Ok(());
    }
    Err(Error::new(
        "schema.unknown",
        "schema",
        format!(
            "`{}` is not a schema this engine reads here",
            shorten(found)
        ),
    )
    .with_help(format!("write `{expected}`")))
}

/// Reads any document.
///
/// # Errors
/// If the text is not well-formed or not such a document.
pub fn read<T: DeserializeOwned>(text: &str, format: Format) -> Result<T, Error> {
    let text = without_mark(text);
    match format {
        Format::Json => json::read(text),
        #[cfg(feature = "yaml")]
        Format::Yaml => super::yaml::read(text),
    }
}

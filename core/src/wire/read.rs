//! Reading documents strictly: every error with the path of the value and its place in the text.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::claim::{self, Request};
use crate::decision::{self, Decision};
use crate::error::{Error, from_serde_message};
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
        match text.trim_start().as_bytes().first() {
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
    expect_schema(&scheme.schema, scheme::SCHEMA)?;
    Ok(scheme)
}

/// Reads a request in JSON.
///
/// # Errors
/// If the text is not well-formed or not a request document.
pub fn read_request(text: &str) -> Result<Request, Error> {
    let request: Request = read_json(text)?;
    expect_schema(&request.schema, claim::SCHEMA)?;
    Ok(request)
}

/// Reads a request from a host's own values. `values` gives a reader of the same value each time:
/// the path of an error is learned by a second reading.
///
/// # Errors
/// If the value is not a request document.
pub fn read_request_values<'v, D>(values: impl Fn() -> D) -> Result<Request, Error>
where
    D: Deserializer<'v, Error = Error>,
{
    let request: Request = read_values(values)?;
    expect_schema(&request.schema, claim::SCHEMA)?;
    Ok(request)
}

/// Reads a scheme from a host's own values, as [`read_request_values`] reads a request.
///
/// # Errors
/// If the value is not a scheme document.
pub fn read_scheme_values<'v, D>(values: impl Fn() -> D) -> Result<Scheme, Error>
where
    D: Deserializer<'v, Error = Error>,
{
    let scheme: Scheme = read_values(values)?;
    expect_schema(&scheme.schema, scheme::SCHEMA)?;
    Ok(scheme)
}

/// Reads any document from a host's own values, as [`read_request_values`] reads a request.
///
/// # Errors
/// If the value is not such a document.
pub fn read_values<'v, T, D>(values: impl Fn() -> D) -> Result<T, Error>
where
    T: Deserialize<'v>,
    D: Deserializer<'v, Error = Error>,
{
    T::deserialize(values()).or_else(|first| {
        serde_path_to_error::deserialize(values()).map_err(|error| {
            let path = path_text(error.path());
            let inner = error.into_inner();
            // A host that answers differently the second time still gets the first complaint.
            let inner = if inner.code == first.code {
                inner
            } else {
                first
            };
            Error { path, ..inner }
        })
    })
}

/// Reads a decision in JSON.
///
/// # Errors
/// If the text is not well-formed or not a decision document.
pub fn read_decision(text: &str) -> Result<Decision, Error> {
    let decision: Decision = read_json(text)?;
    expect_schema(&decision.schema, decision::SCHEMA)?;
    Ok(decision)
}

fn expect_schema(found: &str, expected: &str) -> Result<(), Error> {
    if found == expected {
        return Ok(());
    }
    Err(Error::new(
        "schema.unknown",
        "schema",
        format!("`{found}` is not a schema this engine reads here"),
    )
    .with_help(format!("write `{expected}`")))
}

/// Reads any document.
///
/// # Errors
/// If the text is not well-formed or not such a document.
pub fn read<T: DeserializeOwned>(text: &str, format: Format) -> Result<T, Error> {
    match format {
        Format::Json => read_json(text),
        #[cfg(feature = "yaml")]
        Format::Yaml => read_yaml(text),
    }
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    match serde_json::from_str(text) {
        Ok(document) => Ok(document),
        Err(_) => Err(locate_json::<T>(text)),
    }
}

/// Reads once more, slowly, to learn the path.
#[cold]
pub(crate) fn locate_json<T: DeserializeOwned>(text: &str) -> Error {
    let mut json = serde_json::Deserializer::from_str(text);
    let error = match serde_path_to_error::deserialize::<_, T>(&mut json) {
        Err(error) => error,
        Ok(_) => {
            let rest = json.end().err().map(|e| e.to_string()).unwrap_or_default();
            return from_serde_message(&rest);
        }
    };
    let path = path_text(error.path());
    let inner = error.into_inner();
    let mut explained = from_serde_message(&inner.to_string());
    explained.path = path;
    explained.line = u32::try_from(inner.line()).ok().filter(|line| *line > 0);
    explained.column = explained.line.and(u32::try_from(inner.column()).ok());
    explained
}

fn path_text(path: &serde_path_to_error::Path) -> String {
    let text = path.to_string();
    if text == "." { String::new() } else { text }
}

#[cfg(feature = "yaml")]
fn read_yaml<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_saphyr::from_str(text).map_err(|error| {
        let mut explained = from_serde_message(&error.to_string());
        if let Some(location) = error.location() {
            explained.line = u32::try_from(location.line()).ok();
            explained.column = u32::try_from(location.column()).ok();
        }
        explained
    })
}

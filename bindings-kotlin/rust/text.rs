//! Calls that need no rule set.

use adjudica::Error;
use adjudica::conventions::DIFFERENCES;
use adjudica::wire::{self, ExplainOptions, Format};
use serde::Serialize;

use crate::refused::Refused;

/// The bytes as text.
///
/// # Errors
/// If they are not UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(wire::not_utf8)
}

/// JSON as text, which crosses the boundary without being copied.
///
/// # Errors
/// If the bytes are not UTF-8, which JSON always is.
pub(crate) fn text(json: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(json).map_err(|error| wire::not_utf8(error.utf8_error()))
}

/// A document as JSON text.
///
/// # Errors
/// If it cannot be written.
pub(crate) fn json(document: &impl Serialize) -> Result<String, Error> {
    let mut out = Vec::new();
    wire::write_json(document, &mut out)?;
    text(out)
}

/// Takes back a text that a call gave, to free it.
#[uniffi::export]
pub fn release(text: String) {
    drop(text);
}

/// Version of the engine.
#[must_use]
#[uniffi::export]
pub fn engine_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Audits a scheme (JSON or YAML): core's report as JSON.
///
/// # Errors
/// If the report cannot be written.
#[uniffi::export]
pub fn check(scheme: &[u8]) -> Result<String, Refused> {
    let report = match utf8(scheme) {
        Ok(text) => wire::check_text(text),
        Err(error) => adjudica::Report {
            errors: vec![error],
            warnings: Vec::new(),
        },
    };
    Ok(json(&report)?)
}

/// Explains a decision; `options` is core's explanation options.
///
/// # Errors
/// If the decision cannot be read, or nothing is known in that language or of that line.
#[uniffi::export]
pub fn explain(decision: &[u8], options: &[u8]) -> Result<String, Refused> {
    let options: ExplainOptions = wire::read(utf8(options)?, Format::Json)?;
    Ok(wire::explain_json(utf8(decision)?, &options)?)
}

/// JSON Schema of a document, as JSON text.
///
/// # Errors
/// If there is no document of that name.
#[uniffi::export]
pub fn schema(document: &[u8]) -> Result<String, Refused> {
    let document = utf8(document)?;
    let all = wire::schemas();
    let known = all.iter().find(|(name, _)| *name == document);
    let (_, schema) = known.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        Error::new("schema.unknown", "", format!("no document `{document}`"))
            .with_help(format!("there are {}", names.join(", ")))
    })?;
    Ok(wire::schema_text(schema))
}

/// Every point where engines differ: core's list as JSON.
///
/// # Errors
/// If the list cannot be written.
#[uniffi::export]
pub fn conventions() -> Result<String, Refused> {
    Ok(json(&DIFFERENCES)?)
}

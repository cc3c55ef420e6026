//! Calls that need no rule set.

use adjudica::Error;
use adjudica::conventions::DIFFERENCES;
use adjudica::wire::{self, ExplainOptions, Format};

use crate::refused::Refused;

/// The bytes as text.
///
/// # Errors
/// If they are not UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(wire::not_utf8)
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
pub fn check(scheme: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let report = match utf8(&scheme) {
        Ok(text) => wire::check_text(text),
        Err(error) => adjudica::Report {
            errors: vec![error],
            warnings: Vec::new(),
        },
    };
    let mut out = Vec::new();
    wire::write_json(&report, &mut out)?;
    Ok(out)
}

/// Explains a decision; `options` is core's explanation options.
///
/// # Errors
/// If the decision cannot be read, or nothing is known in that language or of that line.
#[uniffi::export]
pub fn explain(decision: Vec<u8>, options: Vec<u8>) -> Result<String, Refused> {
    let options: ExplainOptions = wire::read(utf8(&options)?, Format::Json)?;
    Ok(wire::explain_json(utf8(&decision)?, &options)?)
}

/// JSON Schema of a document, as JSON text.
///
/// # Errors
/// If there is no document of that name.
#[uniffi::export]
pub fn schema(document: &str) -> Result<String, Refused> {
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
pub fn conventions() -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    wire::write_json(&DIFFERENCES, &mut out)?;
    Ok(out)
}

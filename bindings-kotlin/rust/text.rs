//! Calls that need no rule set.

use adjudica::Error;
use adjudica::wire;

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

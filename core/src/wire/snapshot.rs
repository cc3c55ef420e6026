//! openIMIS snapshots, from text to text.

use schemars::JsonSchema;
use serde::Serialize;

use super::read::{read_decision, read_request};
use super::write_json;
use crate::claim::Request;
use crate::compat::{columns, read_line};
use crate::error::Error;
use crate::scheme::Scheme;

/// What a snapshot of openIMIS rows says, as documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SnapshotDocument {
    /// Name of the snapshot, or the claim's code.
    pub name: String,
    /// The rules.
    pub scheme: Scheme,
    /// The claim and everything else its decision depends on.
    pub request: Request,
    /// Where reading had to guess, or passed something over.
    pub warnings: Vec<Error>,
}

/// Reads the snapshot of one claim from JSON text.
///
/// # Errors
/// If the text is no snapshot of exactly one claim.
pub fn read_snapshot(text: &str) -> Result<SnapshotDocument, Error> {
    let (name, reading) = read_line(text)?;
    Ok(SnapshotDocument {
        name,
        scheme: reading.scheme,
        request: reading.request,
        warnings: reading.warnings,
    })
}

/// Appends, as JSON text, the columns that openIMIS stores of a decision on a request.
///
/// # Errors
/// If either text is no such document.
pub fn columns_json(request: &str, decision: &str, out: &mut Vec<u8>) -> Result<(), Error> {
    write_json(
        &columns(&read_request(request)?, &read_decision(decision)?),
        out,
    )
}

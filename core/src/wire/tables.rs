//! The tables of a legacy openIMIS database, from text to text.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::json;
use super::read::without_mark;
use super::write_json;
use crate::claim::Request;
use crate::code::Code;
use crate::compat::tables::{ImportReport, Tables};
use crate::error::Invalid;
use crate::scheme::Scheme;

/// What the tables of an installation say, as documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ImportDocument {
    /// The rules.
    pub scheme: Scheme,
    /// One request for each current claim, in the order of the rows; none without claims.
    pub requests: Vec<Request>,
    /// What was read, translated, passed over and guessed.
    pub report: ImportReport,
}

/// The tables in one document: rows, or something that stands for them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TablesDocument<T> {
    tables: BTreeMap<String, T>,
    #[serde(default = "none")]
    claims: Option<T>,
    #[serde(default)]
    currency: Option<Code>,
}

/// The derived default would ask that `T` has one.
fn none<T>() -> Option<T> {
    None
}

/// Reads tables, given as their names and JSON texts, and the claims if they are given; which
/// tables are needed says [`Tables::read`].
///
/// # Errors
/// As [`Tables::read`] and [`Tables::requests`].
pub fn import_tables(
    tables: &BTreeMap<String, String>,
    claims: Option<&str>,
    currency: Option<Code>,
) -> Result<ImportDocument, Invalid> {
    let mut tables = Tables::read(tables, currency)?;
    let requests = claims.map(|claims| tables.requests(claims)).transpose()?;
    Ok(ImportDocument {
        scheme: tables.scheme().clone(),
        requests: requests.unwrap_or_default(),
        report: tables.report(),
    })
}

/// Reads tables given in one JSON document, `{"tables": {"items": [..], ..}, "claims": [..],
/// "currency": "XAF"}` (the last two may be left out), and appends the JSON text of an
/// [`ImportDocument`].
///
/// # Errors
/// If the text is no such document, with the place in it; else as [`import_tables`], with table,
/// row and column as the path.
pub fn import_tables_json(text: &str, out: &mut Vec<u8>) -> Result<(), Invalid> {
    let text = without_mark(text);
    let document: TablesDocument<Box<RawValue>> = serde_json::from_str(text)
        .map_err(|_| json::diagnose::<TablesDocument<IgnoredAny>>(text))?;
    let own = |raw: Box<RawValue>| String::from(Box::<str>::from(raw));
    let tables = document.tables.into_iter();
    let tables = tables.map(|(name, rows)| (name, own(rows))).collect();
    let claims = document.claims.map(own);
    let imported = import_tables(&tables, claims.as_deref(), document.currency);
    let imported = imported.map_err(|mut invalid| {
        // They count from the beginning of the table.
        for error in invalid.errors_mut() {
            (error.line, error.column) = (None, None);
        }
        invalid
    })?;
    write_json(&imported, out)?;
    Ok(())
}

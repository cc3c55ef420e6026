//! openIMIS's own rows and tables in, its columns out.

use std::collections::{BTreeMap, HashMap};

use adjudica::wire;
use adjudica::{Code, Error};

use crate::refused::Refused;
use crate::text::utf8;

/// Reads a snapshot of openIMIS rows: core's snapshot document as JSON.
///
/// # Errors
/// If the text is no snapshot of exactly one claim.
#[uniffi::export]
pub fn read_snapshot(snapshot: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    wire::write_json(&wire::read_snapshot(utf8(&snapshot)?)?, &mut out)?;
    Ok(out)
}

/// What openIMIS stores of a decision on a request, as JSON.
///
/// # Errors
/// If either text is no such document.
#[uniffi::export]
pub fn open_imis_columns(request: Vec<u8>, decision: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    wire::columns_json(utf8(&request)?, utf8(&decision)?, &mut out)?;
    Ok(out)
}

/// Reads the tables of an installation, given as their names and JSON texts: core's import document
/// as JSON.
///
/// # Errors
/// With everything that is wrong, the path naming table, row and column.
#[uniffi::export]
pub fn import_tables(
    tables: HashMap<String, String>,
    claims: Option<String>,
    currency: Option<String>,
) -> Result<Vec<u8>, Refused> {
    let currency = currency.map(|code| {
        let told = "the currency is not a code such as XAF";
        Code::new(&code).ok_or_else(|| Error::new("code.invalid", "currency", told))
    });
    let tables: BTreeMap<String, String> = tables.into_iter().collect();
    let imported = wire::import_tables(&tables, claims.as_deref(), currency.transpose()?)?;
    let mut out = Vec::new();
    wire::write_json(&imported, &mut out)?;
    Ok(out)
}

/// Replays openIMIS 1.11 over a snapshot: a list of core's replayed claims as JSON. `options` is
/// core's replay options, or empty.
///
/// # Errors
/// If a text is no such document, or an amount has too many digits.
#[uniffi::export]
pub fn open_imis_replay(snapshot: Vec<u8>, options: &str) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    wire::openimis_replay_json(utf8(&snapshot)?, options, &mut out)?;
    Ok(out)
}

/// Says by which rules openIMIS 1.11 answers otherwise, and the money that each moves: a list of
/// core's attributed claims as JSON. `options` is core's replay options without switches, or empty.
///
/// # Errors
/// If a text is no such document, or an amount has too many digits.
#[uniffi::export]
pub fn open_imis_attribute(snapshot: Vec<u8>, options: &str) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    wire::openimis_attribute_json(utf8(&snapshot)?, options, &mut out)?;
    Ok(out)
}

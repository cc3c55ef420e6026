//! What concerns only openIMIS.

use adjudica::compat::openimis_1_11::SWITCHES;
use adjudica::wire;
use napi_derive::napi;

use crate::{text, thrown};

/// The scheme and the request that a snapshot (JSON text) says, as JSON.
#[napi(catch_unwind)]
pub fn read_snapshot(snapshot: String) -> napi::Result<String> {
    let mut out = Vec::with_capacity(snapshot.len());
    let document = wire::read_snapshot(&snapshot).map_err(thrown)?;
    wire::write_json(&document, &mut out).map_err(thrown)?;
    text(out)
}

/// The columns that openIMIS stores of a decision on a request (both JSON text), as JSON.
#[napi(catch_unwind)]
pub fn columns(request: String, decision: String) -> napi::Result<String> {
    let mut out = Vec::new();
    wire::columns_json(&request, &decision, &mut out).map_err(thrown)?;
    text(out)
}

/// The scheme, the requests and the report that tables (JSON text) say, as JSON.
#[napi(catch_unwind)]
pub fn import_tables(tables: String) -> napi::Result<String> {
    let mut out = Vec::new();
    wire::import_tables_json(&tables, &mut out).map_err(thrown)?;
    text(out)
}

/// What openIMIS 1.11 stores of the claims of a snapshot; both texts are JSON.
#[napi(catch_unwind)]
pub fn replay(snapshot: String, options: String) -> napi::Result<String> {
    let mut out = Vec::new();
    wire::openimis_replay_json(&snapshot, &options, &mut out).map_err(thrown)?;
    text(out)
}

/// Why openIMIS 1.11 answers the claims of a snapshot otherwise; both texts are JSON.
#[napi(catch_unwind)]
pub fn attribute(snapshot: String, options: String) -> napi::Result<String> {
    let mut out = Vec::new();
    wire::openimis_attribute_json(&snapshot, &options, &mut out).map_err(thrown)?;
    text(out)
}

/// The audit of a history of snapshots, one a line; options are JSON text.
#[napi(catch_unwind)]
pub fn audit(snapshots: String, options: String) -> napi::Result<String> {
    let mut out = Vec::new();
    wire::audit_json(&snapshots, &options, &mut out).map_err(thrown)?;
    text(out)
}

/// Every deviation of openIMIS 1.11, as JSON.
#[napi(catch_unwind)]
pub fn switches() -> napi::Result<String> {
    let mut out = Vec::new();
    wire::write_json(&SWITCHES, &mut out).map_err(thrown)?;
    text(out)
}

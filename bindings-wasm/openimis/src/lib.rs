//! What concerns only openIMIS, as a WebAssembly module of its own that is loaded when asked for.
//!
//! As in the engine's module, text goes in and comes out, and every error crosses as an `Error`
//! whose message is the JSON of `{"errors": [..]}`.

#[path = "../../src/text.rs"]
mod text;

use adjudica::compat::openimis_1_11::SWITCHES;
use adjudica::wire;
use wasm_bindgen::prelude::*;

use crate::text::{text, thrown};

/// The scheme and the request that a snapshot (JSON text) says, as JSON.
#[wasm_bindgen(js_name = readSnapshot)]
pub fn read_snapshot(snapshot: &str) -> Result<String, JsError> {
    let mut out = Vec::with_capacity(snapshot.len());
    let document = wire::read_snapshot(snapshot).map_err(thrown)?;
    wire::write_json(&document, &mut out).map_err(thrown)?;
    text(out)
}

/// The columns that openIMIS stores of a decision on a request (both JSON text), as JSON.
#[wasm_bindgen]
pub fn columns(request: &str, decision: &str) -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::columns_json(request, decision, &mut out).map_err(thrown)?;
    text(out)
}

/// The scheme, the requests and the report that tables (JSON text) say, as JSON.
#[wasm_bindgen(js_name = importTables)]
pub fn import_tables(tables: &str) -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::import_tables_json(tables, &mut out).map_err(thrown)?;
    text(out)
}

/// What openIMIS 1.11 stores of the claims of a snapshot; both texts are JSON.
#[wasm_bindgen]
pub fn replay(snapshot: &str, options: &str) -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::openimis_replay_json(snapshot, options, &mut out).map_err(thrown)?;
    text(out)
}

/// Why openIMIS 1.11 answers the claims of a snapshot otherwise; both texts are JSON.
#[wasm_bindgen]
pub fn attribute(snapshot: &str, options: &str) -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::openimis_attribute_json(snapshot, options, &mut out).map_err(thrown)?;
    text(out)
}

/// The audit of a history of snapshots, one a line; options are JSON text.
#[wasm_bindgen]
pub fn audit(snapshots: &str, options: &str) -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::audit_json(snapshots, options, &mut out).map_err(thrown)?;
    text(out)
}

/// Every deviation of openIMIS 1.11, as JSON.
#[wasm_bindgen]
pub fn switches() -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::write_json(&SWITCHES, &mut out).map_err(thrown)?;
    text(out)
}

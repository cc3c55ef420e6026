//! Whole openIMIS installations in, openIMIS's columns out, and openIMIS 1.11 replayed.

use std::collections::BTreeMap;

use adjudica::compat::openimis_1_11::SWITCHES;
use adjudica::{Code, Error, compat, wire};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::decision::Decision;
use crate::errors::{guard, raise_invalid, raise_request};
use crate::output::to_python;
use crate::ruleset::Given;

/// Reads the tables of an installation, given as their names and JSON texts; gives the documents
/// as a dict, and the report in a few lines.
#[pyfunction]
pub fn import_tables<'py>(
    py: Python<'py>,
    tables: BTreeMap<String, String>,
    claims: Option<String>,
    currency: Option<&str>,
) -> PyResult<(Bound<'py, PyAny>, String)> {
    guard(py, || {
        let code = |text| {
            Code::new(text).ok_or_else(|| PyValueError::new_err("currency: not a code such as XAF"))
        };
        let currency = currency.map(code).transpose()?;
        let read = py.detach(|| wire::import_tables(&tables, claims.as_deref(), currency));
        let imported = read.map_err(|invalid| raise_invalid(py, &invalid))?;
        Ok((to_python(py, &imported)?, imported.report.summary()))
    })
}

/// A decision on a request as the columns that openIMIS stores.
#[pyfunction]
pub fn openimis_columns<'py>(
    py: Python<'py>,
    request: &Bound<'py, PyAny>,
    decision: &Decision,
) -> PyResult<Bound<'py, PyAny>> {
    guard(py, || {
        let request = Given::take(request)?.read();
        let request = request.map_err(|error| raise_request(py, &error))?;
        to_python(py, &compat::columns(&request, decision.document()))
    })
}

/// Replays openIMIS 1.11 over the claims of a snapshot, given as JSON text, with options likewise;
/// gives the answers as dicts.
#[pyfunction]
pub fn openimis_replay<'py>(
    py: Python<'py>,
    snapshot: &str,
    options: &str,
) -> PyResult<Bound<'py, PyAny>> {
    guard(py, || {
        replayed(py, snapshot, options, wire::openimis_replay_json)
    })
}

/// Names the deviations of openIMIS 1.11 that change the answers to a snapshot's claims, and the
/// money that each moves; texts and answers as of `openimis_replay`.
#[pyfunction]
pub fn openimis_attribute<'py>(
    py: Python<'py>,
    snapshot: &str,
    options: &str,
) -> PyResult<Bound<'py, PyAny>> {
    guard(py, || {
        replayed(py, snapshot, options, wire::openimis_attribute_json)
    })
}

/// Sums up what a move from openIMIS 1.11 to `standard` changes over snapshots, given as NDJSON, with
/// options as JSON text; gives the audit as a dict.
#[pyfunction]
pub fn openimis_audit<'py>(
    py: Python<'py>,
    snapshots: &str,
    options: &str,
) -> PyResult<Bound<'py, PyAny>> {
    guard(py, || replayed(py, snapshots, options, wire::audit_json))
}

type Replay = fn(&str, &str, &mut Vec<u8>) -> Result<(), Error>;

fn replayed<'py>(
    py: Python<'py>,
    snapshot: &str,
    options: &str,
    replay: Replay,
) -> PyResult<Bound<'py, PyAny>> {
    let mut out = Vec::new();
    let done = py.detach(|| replay(snapshot, options, &mut out));
    done.map_err(|error| raise_request(py, &error))?;
    py.import("json")?.call_method1("loads", (&out[..],))
}

/// Every deviation of openIMIS 1.11, as dicts.
#[pyfunction]
pub fn openimis_switches(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    to_python(py, &SWITCHES)
}

//! openIMIS's rows in, openIMIS's columns out: the handle behind `adjudica.Snapshot`.

use adjudica::Request;
use adjudica::compat::{self, Reading};
use adjudica::conventions::Preset;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use serde::Deserialize;
use serde::de::IntoDeserializer;

use crate::decision::Decision;
use crate::errors::{guard, raise_request, raise_scheme};
use crate::output::to_python;
use crate::ruleset::{RuleSet, text_of};

/// One claim with every row of openIMIS that its decision depends on.
#[pyclass(frozen, module = "adjudica._native")]
#[derive(Debug)]
pub struct Snapshot {
    name: String,
    request: Request,
    warnings: Vec<adjudica::Error>,
    rules: Py<RuleSet>,
}

#[pymethods]
impl Snapshot {
    /// Reads a snapshot from JSON text.
    #[new]
    fn read(py: Python<'_>, text: &Bound<'_, PyAny>, preset: &str) -> PyResult<Self> {
        let preset = Preset::deserialize(preset.into_deserializer())
            .map_err(|e: serde::de::value::Error| PyValueError::new_err(format!("preset: {e}")))?;
        guard(py, || {
            let text = text_of(text).map_err(|error| raise_request(py, &error))?;
            let text = text.ok_or_else(|| PyTypeError::new_err("a snapshot is text or bytes"))?;
            let (name, reading) =
                compat::read_line(&text).map_err(|error| raise_request(py, &error))?;
            let Reading {
                scheme,
                request,
                warnings,
            } = reading.with_preset(preset);
            let rules = py.detach(|| adjudica::RuleSet::compile(scheme));
            let rules = rules.map_err(|invalid| raise_scheme(py, &invalid))?;
            Ok(Self {
                name,
                request,
                warnings,
                rules: Py::new(py, RuleSet::of(rules))?,
            })
        })
    }

    /// Name of the snapshot, or code of the claim.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The compiled scheme.
    #[getter]
    fn rules(&self, py: Python<'_>) -> Py<RuleSet> {
        self.rules.clone_ref(py)
    }

    /// The request as a dict.
    fn request<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.request)
    }

    /// What reading had to guess, as dicts.
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.warnings)
    }

    /// Decides the claim.
    fn adjudicate(&self, py: Python<'_>, trace: &str, digest: bool) -> PyResult<Decision> {
        self.rules.get().decide(py, &self.request, trace, digest)
    }

    /// A decision as the columns that openIMIS stores.
    fn columns<'py>(&self, py: Python<'py>, decision: &Decision) -> PyResult<Bound<'py, PyAny>> {
        guard(py, || {
            to_python(py, &compat::columns(&self.request, decision.document()))
        })
    }
}

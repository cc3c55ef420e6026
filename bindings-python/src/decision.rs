//! The handle behind `adjudica.Decision`.

use adjudica::wire;
use pyo3::prelude::*;

use crate::errors::{guard, raise_request};
use crate::input::{Reader, Scope};
use crate::output::{field_to_python, to_python};
use crate::ruleset::text_of;

/// A decision document.
#[derive(Debug)]
#[pyclass(frozen, module = "adjudica._native")]
pub struct Decision {
    decision: adjudica::Decision,
}

impl Decision {
    pub fn new(decision: adjudica::Decision) -> Self {
        Self { decision }
    }
}

#[pymethods]
impl Decision {
    /// Reads a decision document given as text or as Python objects.
    #[new]
    fn read(py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(py, || {
            let read = match text_of(document) {
                Ok(Some(text)) => wire::read_decision(&text),
                Ok(None) => {
                    let scope = Scope::default();
                    let read = wire::read_values(|| Reader::new(document, &scope));
                    match scope.raised() {
                        Some(raised) if read.is_err() => return Err(raised),
                        _ => read,
                    }
                }
                Err(error) => Err(error),
            };
            read.map(Self::new)
                .map_err(|error| raise_request(py, &error))
        })
    }

    /// One field of the document.
    fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        field_to_python(py, &self.decision, name)
    }

    /// The whole document as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.decision)
    }

    /// The document's canonical text.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let mut out = Vec::new();
        wire::write_json(&self.decision, &mut out).map_err(|error| raise_request(py, &error))?;
        Ok(String::from_utf8(out)?)
    }
}

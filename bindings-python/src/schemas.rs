//! What the documents look like and what the engine can be told, for tools and for the generated
//! Python types.

use adjudica::conventions::DIFFERENCES;
use adjudica::wire::{schema_text, schemas};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::output::to_python;

/// JSON Schema of a document, as JSON text: what is committed in `core/schemas`.
#[pyfunction]
pub fn json_schema(document: &str) -> PyResult<String> {
    let all = schemas();
    match all.iter().find(|(name, _)| *name == document) {
        Some((_, schema)) => Ok(schema_text(schema)),
        None => {
            let known: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
            let known = known.join(", ");
            let message = format!("no document `{document}`; there are {known}");
            Err(PyValueError::new_err(message))
        }
    }
}

/// Every point where engines differ, as dicts.
#[pyfunction]
pub fn conventions(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    to_python(py, &DIFFERENCES)
}

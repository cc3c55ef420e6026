//! Tables of claim lines in, tables of line decisions out, as Arrow streams in capsules: works
//! with every library that speaks the PyCapsule interface and needs none of them.

mod cell;
mod columns;
mod input;
mod output;

use std::ffi::CStr;
use std::sync::Arc;

use adjudica::decision::TraceLevel;
use adjudica::wire::Options;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};

use crate::batch::{on_threads, threads_for};
use crate::errors::{internal, raise_request};
use crate::ruleset::Shared;
use input::{Input, People};

const STREAM: &CStr = c"arrow_array_stream";

/// A table in Arrow's memory format.
#[pyclass(frozen, module = "adjudica._native")]
#[derive(Debug)]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// Number of rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        let fields = self.schema.fields();
        fields.iter().map(|field| field.name().as_str()).collect()
    }

    /// The table as an Arrow stream; may be asked for again and again. A requested schema is a
    /// wish that the interface lets us pass over.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches: Vec<_> = self.batches.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
    }
}

fn arrow_error(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Takes all batches of an object that exports an Arrow stream.
fn read_stream(object: &Bound<'_, PyAny>) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    if !object.hasattr("__arrow_c_stream__")? {
        let kind = object.get_type().fully_qualified_name()?;
        let message = format!("a `{kind}` is no Arrow table: it has no `__arrow_c_stream__`");
        return Err(PyTypeError::new_err(message));
    }
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast_into::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    #[expect(
        unsafe_code,
        reason = "the capsule's name says what it points to; taking the stream leaves it released, \
                  so that the capsule's own destructor frees nothing twice"
    )]
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr().cast()) };
    let reader = RecordBatchStreamReader::try_new(stream).map_err(|e| arrow_error(&e))?;
    let schema = arrow_array::RecordBatchReader::schema(&reader);
    let batches: Result<Vec<_>, _> = reader.collect();
    Ok((schema, batches.map_err(|e| arrow_error(&e))?))
}

/// Decides the claims of a table.
pub fn adjudicate(
    py: Python<'_>,
    shared: &Shared,
    table: &Bound<'_, PyAny>,
    people: Option<People>,
    threads: Option<usize>,
) -> PyResult<Table> {
    let (schema, batches) = read_stream(table)?;
    let exponent = shared.rules.scheme().currency.exponent;
    let schema_out = output::schema(exponent);
    let input = Input::new(&schema, batches, people).map_err(|error| raise_request(py, &error))?;
    let options = Options {
        trace: TraceLevel::None,
        digest: false,
    };
    let decided = py.detach(|| {
        let claims = input.claims();
        let threads = threads_for(threads, claims.len());
        on_threads(shared, options, &claims, threads, |session, claims| {
            let mut out = output::Writer::new(exponent);
            for claim in claims {
                let answer = input
                    .read(claim)
                    .and_then(|request| session.adjudicate(&request));
                out.claim(&input, claim, answer);
            }
            out.finish(Arc::clone(&schema_out))
        })
    });
    let parts = decided.map_err(|panic| internal(py, &*panic))?;
    let batches: Result<Vec<_>, _> = parts.into_iter().collect();
    Ok(Table {
        schema: schema_out,
        batches: batches.map_err(|e| arrow_error(&e))?,
    })
}

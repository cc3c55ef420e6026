//! From the engine's errors to Python exceptions, and from panics to exceptions.

use std::panic::{AssertUnwindSafe, catch_unwind};

use adjudica::{Error, Invalid};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The exception classes, which are written in Python.
struct Classes {
    request: Py<PyType>,
    scheme: Py<PyType>,
    invalid: Py<PyType>,
    internal: Py<PyType>,
}

fn classes(py: Python<'_>) -> PyResult<&Classes> {
    static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
    CLASSES.get_or_try_init(py, || {
        let module = py.import("adjudica._errors")?;
        let class = |name| Ok::<_, PyErr>(module.getattr(name)?.cast_into::<PyType>()?.unbind());
        Ok(Classes {
            request: class("RequestError")?,
            scheme: class("InvalidSchemeError")?,
            invalid: class("InvalidDocumentError")?,
            internal: class("InternalError")?,
        })
    })
}

/// A `RequestError` object, not yet raised.
pub fn request_error<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let class = classes(py)?.request.bind(py);
    class.call1(fields(error))
}

fn fields(error: &Error) -> (&str, &str, &str, Option<&str>, Option<u32>, Option<u32>) {
    let Error {
        code,
        message,
        path,
        help,
        line,
        column,
    } = error;
    (code, message, path, help.as_deref(), *line, *column)
}

/// Raises a `RequestError`.
pub fn raise_request(py: Python<'_>, error: &Error) -> PyErr {
    request_error(py, error).map_or_else(|other| other, PyErr::from_value)
}

/// Raises an `InvalidSchemeError` with every error.
pub fn raise_scheme(py: Python<'_>, invalid: &Invalid) -> PyErr {
    raise_all(py, invalid, |classes| &classes.scheme)
}

/// Raises an `InvalidDocumentError` with every error.
pub fn raise_invalid(py: Python<'_>, invalid: &Invalid) -> PyErr {
    raise_all(py, invalid, |classes| &classes.invalid)
}

fn raise_all(py: Python<'_>, invalid: &Invalid, class: fn(&Classes) -> &Py<PyType>) -> PyErr {
    let make = || {
        let errors: Vec<_> = invalid.errors().iter().map(fields).collect();
        let class = class(classes(py)?).bind(py);
        class.call_method1("_from_fields", (errors,))
    };
    make().map_or_else(|other| other, PyErr::from_value)
}

/// Runs `work`; a panic, which would be a defect of the engine, becomes an `InternalError` that
/// `except Exception` sees. Nothing is poisoned by it: rule sets never change.
pub fn guard<T>(py: Python<'_>, work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(internal(py, &*panic)))
}

/// The `InternalError` of a panic.
pub fn internal(py: Python<'_>, panic: &(dyn std::any::Any + Send)) -> PyErr {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let message = format!("the engine panicked: {}", text.unwrap_or("no message"));
    let make = || {
        let class = classes(py)?.internal.bind(py);
        class.call1(("internal.panic", message))
    };
    make().map_or_else(|other| other, PyErr::from_value)
}

/// Panics inside the library, so that a test sees what a panic would become.
#[pyfunction]
pub fn panic_probe(py: Python<'_>) -> PyResult<()> {
    #[expect(clippy::panic, reason = "the very thing to be shown")]
    guard(py, || panic!("probe"))
}

//! Takes documents from Python objects, which the core then reads by the rules for text.
//!
//! Strict: a float is never a number of a document, `True` never a 1, a `datetime` never a day.
//! `Decimal` stands only where a decimal is expected, `date` only where a day is.

use std::borrow::Cow;

use adjudica::Error;
use adjudica::wire::{Meaning, Number, Tree};
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};

/// Deepest nesting, as in JSON text.
const DEEPEST: u8 = 128;
/// Most values of one document: objects that contain others many times have no end.
const MOST_VALUES: u32 = 10_000_000;

/// The values of an object. The error is an exception of the caller's own code; what no document
/// may hold is an error where it stands.
pub fn tree(object: &Bound<'_, PyAny>) -> PyResult<Tree<'static>> {
    Taker { left: MOST_VALUES }.take(object, 0)
}

fn refused(error: Error) -> Tree<'static> {
    Tree::Refused(Box::new(error))
}

fn imported<'py>(
    py: Python<'py>,
    cell: &'static PyOnceLock<Py<PyType>>,
    module: &str,
    name: &str,
) -> PyResult<&'py Bound<'py, PyType>> {
    cell.import(py, module, name)
}

fn is_decimal(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    value.is_instance(imported(value.py(), &CLASS, "decimal", "Decimal")?)
}

fn is_date(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    value.is_instance(imported(value.py(), &CLASS, "datetime", "date")?)
}

fn is_datetime(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    value.is_instance(imported(value.py(), &CLASS, "datetime", "datetime")?)
}

fn is_enum(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    value.is_instance(imported(value.py(), &CLASS, "enum", "Enum")?)
}

/// The text of a string; the inner error is that of half a character.
fn text(text: &Bound<'_, PyString>) -> PyResult<Result<String, Error>> {
    match text.to_str() {
        Ok(text) => Ok(Ok(text.to_owned())),
        Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(text.py()) => {
            let message = "the text holds half a character (a lone surrogate)";
            Ok(Err(Error::new("text.utf8", "", message)))
        }
        Err(error) => Err(error),
    }
}

fn whole(value: &Bound<'_, PyInt>) -> Tree<'static> {
    if let Ok(number) = value.extract::<u64>() {
        return Tree::Number(Number::Unsigned(number), None);
    }
    match value.extract::<i64>() {
        Ok(number) => Tree::Number(Number::Signed(number), None),
        Err(_) => Tree::Other("integer beyond 64 bits".into()),
    }
}

/// Text that a method of a value gives, standing only where it is meant.
fn only(
    meaning: Meaning,
    value: &Bound<'_, PyAny>,
    given: Bound<'_, PyAny>,
) -> PyResult<Tree<'static>> {
    let given = given.cast_into::<PyString>()?;
    let elsewhere = Box::new(Tree::Other(class_name(value)?));
    Ok(Tree::Only(
        meaning,
        given.to_str()?.to_owned().into(),
        elsewhere,
    ))
}

fn class_name(value: &Bound<'_, PyAny>) -> PyResult<Cow<'static, str>> {
    let name = value.get_type().fully_qualified_name()?;
    Ok(Cow::Owned(format!("`{}`", name.to_string_lossy())))
}

/// Takes one document.
struct Taker {
    left: u32,
}

impl Taker {
    fn take(&mut self, value: &Bound<'_, PyAny>, depth: u8) -> PyResult<Tree<'static>> {
        if self.left == 0 {
            let message = "more values than any document needs";
            return Ok(refused(Error::new("text.too_complex", "", message)));
        }
        self.left -= 1;
        if let Ok(string) = value.cast::<PyString>() {
            return Ok(text(string)?.map_or_else(refused, |text| Tree::Text(text.into())));
        }
        if value.is_none() {
            return Ok(Tree::Null);
        }
        if let Ok(truth) = value.cast::<PyBool>() {
            return Ok(Tree::Bool(truth.is_true(), None));
        }
        if let Ok(number) = value.cast::<PyInt>() {
            return Ok(whole(number));
        }
        if depth >= DEEPEST {
            let error = Error::new("text.too_complex", "", "recursion limit exceeded");
            let help = "nest less: no document needs such depth";
            return Ok(refused(error.with_help(help)));
        }
        if let Ok(dict) = value.cast::<PyDict>() {
            // A copy: the caller's code that runs meanwhile may change the dict.
            self.pairs(&dict.items(), depth)
        } else if let Ok(list) = value.cast::<PyList>() {
            self.elements(list.iter(), depth)
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.elements(tuple.iter(), depth)
        } else if let Ok(float) = value.cast::<PyFloat>() {
            Ok(Tree::Number(Number::Fraction(float.value()), None))
        } else {
            self.other(value, depth)
        }
    }

    fn elements<'py>(
        &mut self,
        elements: impl Iterator<Item = Bound<'py, PyAny>>,
        depth: u8,
    ) -> PyResult<Tree<'static>> {
        let values: PyResult<_> = elements.map(|value| self.take(&value, depth + 1)).collect();
        values.map(Tree::List)
    }

    fn pairs(&mut self, pairs: &Bound<'_, PyList>, depth: u8) -> PyResult<Tree<'static>> {
        let mut fields = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let (name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
            let Ok(name) = name.cast::<PyString>() else {
                let shown = name.repr()?;
                let shown: String = shown.to_string_lossy().chars().take(40).collect();
                let message = format!("the name {shown} is not a str");
                return Ok(refused(Error::new("field.name", "", message)));
            };
            match text(name)? {
                Ok(name) => fields.push((name.into(), self.take(&value, depth + 1)?)),
                Err(error) => return Ok(refused(error)),
            }
        }
        Ok(Tree::Map(fields))
    }

    /// Fields of a dataclass instance; those that are `None` count as left out, and one underscore
    /// at the end of a name is dropped, for names that are words of Python.
    fn dataclass(&mut self, value: &Bound<'_, PyAny>, depth: u8) -> PyResult<Tree<'static>> {
        static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let fields = FIELDS
            .import(value.py(), "dataclasses", "fields")?
            .call1((value,))?;
        let mut items = Vec::new();
        for field in fields.try_iter()? {
            let name = field?.getattr("name")?.cast_into::<PyString>()?;
            let content = value.getattr(&name)?;
            if !content.is_none() {
                let name = name.to_str()?;
                let name = name.strip_suffix('_').unwrap_or(name).to_owned();
                items.push((name.into(), self.take(&content, depth + 1)?));
            }
        }
        Ok(Tree::Map(items))
    }

    /// What is no string, dict, list, number or `None`.
    fn other(&mut self, value: &Bound<'_, PyAny>, depth: u8) -> PyResult<Tree<'static>> {
        if is_decimal(value)? {
            // Plain digits: `str` would write some decimals with an exponent.
            let digits = value.call_method1("__format__", ("f",))?;
            return only(Meaning::Decimal, value, digits);
        }
        if is_datetime(value)? {
            let error = Error::new("date.datetime", "", "a datetime where a day is expected");
            let help = "pass a `datetime.date`, such as `value.date()`";
            return Ok(refused(error.with_help(help)));
        }
        if is_date(value)? {
            return only(Meaning::Day, value, value.call_method0("isoformat")?);
        }
        if is_enum(value)? {
            return self.take(&value.getattr("value")?, depth + 1);
        }
        let class = value.get_type();
        if class.hasattr("__adjudica__")? {
            // A record of a decision, such as an entry for the ledger.
            return self.take(&value.call_method0("__adjudica__")?, depth + 1);
        }
        if value.is_instance_of::<PyType>() {
            return Ok(Tree::Other(class_name(value)?));
        }
        if class.hasattr("__dataclass_fields__")? {
            return self.dataclass(value, depth);
        }
        if let Ok(mapping) = value.cast::<PyMapping>() {
            return self.pairs(&mapping.items()?, depth);
        }
        if class.hasattr("__index__")? {
            let index = value.call_method0("__index__")?;
            return Ok(whole(&index.cast_into::<PyInt>()?));
        }
        Ok(Tree::Other(class_name(value)?))
    }
}

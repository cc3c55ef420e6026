//! Writes documents as Python dicts, lists and text: what `json.loads` would make of their JSON.

use std::fmt;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::ser::{self, Impossible, Serialize};

type Object<'py> = Bound<'py, PyAny>;

/// A document as Python objects.
pub fn to_python<'py>(py: Python<'py>, document: &impl Serialize) -> PyResult<Object<'py>> {
    document
        .serialize(Writer { py, only: None })
        .map_err(|error| error.0)
}

/// One field of a document as a Python object; `None` for a field it does not have or leaves out.
pub fn field_to_python<'py>(
    py: Python<'py>,
    document: &impl Serialize,
    name: &str,
) -> PyResult<Object<'py>> {
    let writer = Writer {
        py,
        only: Some(name),
    };
    let fields = document.serialize(writer).map_err(|error| error.0)?;
    let value = fields.cast_into::<PyDict>()?.get_item(name)?;
    Ok(value.unwrap_or_else(|| py.None().into_bound(py)))
}

#[derive(Clone, Copy)]
struct Writer<'py, 'n> {
    py: Python<'py>,
    /// The only field of the outermost struct to be written.
    only: Option<&'n str>,
}

/// What writing can fail with.
#[derive(Debug)]
struct Fault(PyErr);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyValueError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

macro_rules! number {
    ($($method:ident: $kind:ty),+) => {
        $(fn $method(self, value: $kind) -> Result<Object<'py>, Fault> {
            match value.into_pyobject(self.py) {
                Ok(number) => Ok(number.into_any()),
                Err(never) => match never {},
            }
        })+
    };
}

impl<'py> ser::Serializer for Writer<'py, '_> {
    type Ok = Object<'py>;
    type Error = Fault;
    type SerializeSeq = Sequence<'py>;
    type SerializeTuple = Impossible<Object<'py>, Fault>;
    type SerializeTupleStruct = Impossible<Object<'py>, Fault>;
    type SerializeTupleVariant = Impossible<Object<'py>, Fault>;
    type SerializeMap = Mapping<'py>;
    type SerializeStruct = Fields<'py, Self>;
    type SerializeStructVariant = Impossible<Object<'py>, Fault>;

    number! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    fn serialize_bool(self, value: bool) -> Result<Object<'py>, Fault> {
        Ok(pyo3::types::PyBool::new(self.py, value)
            .to_owned()
            .into_any())
    }

    fn serialize_str(self, text: &str) -> Result<Object<'py>, Fault> {
        Ok(PyString::new(self.py, text).into_any())
    }

    fn serialize_none(self) -> Result<Object<'py>, Fault> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Object<'py>, Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Object<'py>, Fault> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Object<'py>, Fault> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Object<'py>, Fault> {
        Ok(PyString::intern(self.py, variant).into_any())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Object<'py>, Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Object<'py>, Fault> {
        let dict = PyDict::new(self.py);
        dict.set_item(PyString::intern(self.py, variant), value.serialize(self)?)?;
        Ok(dict.into_any())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Sequence<'py>, Fault> {
        Ok(Sequence {
            list: PyList::empty(self.py),
        })
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Mapping<'py>, Fault> {
        Ok(Mapping {
            dict: PyDict::new(self.py),
            name: None,
        })
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeStruct, Fault> {
        Ok(Fields {
            dict: PyDict::new(self.py),
            writer: self,
        })
    }

    fn serialize_f32(self, _: f32) -> Result<Object<'py>, Fault> {
        Err(ser::Error::custom("documents hold no floats"))
    }

    fn serialize_f64(self, _: f64) -> Result<Object<'py>, Fault> {
        Err(ser::Error::custom("documents hold no floats"))
    }

    fn serialize_char(self, value: char) -> Result<Object<'py>, Fault> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Object<'py>, Fault> {
        Err(ser::Error::custom("documents hold no bytes"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Fault> {
        Err(ser::Error::custom("documents hold no tuples"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Fault> {
        Err(ser::Error::custom("documents hold no tuples"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(ser::Error::custom("documents hold no tuples"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        Err(ser::Error::custom("documents hold no variants with fields"))
    }
}

struct Sequence<'py> {
    list: Bound<'py, PyList>,
}

impl<'py> ser::SerializeSeq for Sequence<'py> {
    type Ok = Object<'py>;
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let py = self.list.py();
        Ok(self
            .list
            .append(value.serialize(Writer { py, only: None })?)?)
    }

    fn end(self) -> Result<Object<'py>, Fault> {
        Ok(self.list.into_any())
    }
}

struct Mapping<'py> {
    dict: Bound<'py, PyDict>,
    name: Option<Object<'py>>,
}

impl<'py> ser::SerializeMap for Mapping<'py> {
    type Ok = Object<'py>;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Fault> {
        let py = self.dict.py();
        self.name = Some(name.serialize(Writer { py, only: None })?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let py = self.dict.py();
        let value = value.serialize(Writer { py, only: None })?;
        match self.name.take() {
            Some(name) => Ok(self.dict.set_item(name, value)?),
            None => Err(ser::Error::custom("a value before its name")),
        }
    }

    fn end(self) -> Result<Object<'py>, Fault> {
        Ok(self.dict.into_any())
    }
}

struct Fields<'py, W> {
    dict: Bound<'py, PyDict>,
    writer: W,
}

impl<'py> ser::SerializeStruct for Fields<'py, Writer<'py, '_>> {
    type Ok = Object<'py>;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        if self.writer.only.is_some_and(|only| only != name) {
            return Ok(());
        }
        let py = self.dict.py();
        let value = value.serialize(Writer { py, only: None })?;
        Ok(self.dict.set_item(PyString::intern(py, name), value)?)
    }

    fn end(self) -> Result<Object<'py>, Fault> {
        Ok(self.dict.into_any())
    }
}

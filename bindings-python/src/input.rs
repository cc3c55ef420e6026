//! Reads documents from Python objects, with the types and errors that reading text has.
//!
//! Strict: a float is never a number of a document, `True` never a 1, a `datetime` never a day.
//! `Decimal` stands only where a decimal is expected, `date` only where a day is.

use std::cell::RefCell;

use adjudica::Error;
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// Deepest nesting, as in JSON text.
const DEEPEST: u8 = 128;

/// What all readers of one object share.
#[derive(Default)]
pub struct Scope {
    /// What the caller's own code raised while being read.
    raised: RefCell<Option<PyErr>>,
}

impl Scope {
    /// The exception that the caller's own code raised, if it did.
    pub fn raised(self) -> Option<PyErr> {
        self.raised.into_inner()
    }

    fn stash(&self, error: PyErr) -> Error {
        let text = error.to_string();
        self.raised.borrow_mut().get_or_insert(error);
        Error::new("host.exception", "", text)
    }
}

/// A reader of one Python object.
pub struct Reader<'s, 'py> {
    value: Bound<'py, PyAny>,
    scope: &'s Scope,
    depth: u8,
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

/// Names and values of a dataclass instance; fields that are `None` count as left out, and one
/// underscore at the end of a name is dropped, for names that are words of Python.
fn dataclass_items<'py>(
    value: &Bound<'py, PyAny>,
) -> PyResult<Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let fields = FIELDS
        .import(value.py(), "dataclasses", "fields")?
        .call1((value,))?;
    let mut items = Vec::new();
    for field in fields.try_iter()? {
        let name = field?.getattr("name")?.cast_into::<PyString>()?;
        let content = value.getattr(&name)?;
        if content.is_none() {
            continue;
        }
        let text = name.to_str()?;
        let name = text
            .strip_suffix('_')
            .map_or(name.clone(), |n| PyString::new(value.py(), n));
        items.push((name.into_any(), content));
    }
    Ok(items)
}

impl<'s, 'py> Reader<'s, 'py> {
    /// A reader of `value`.
    pub fn new(value: &Bound<'py, PyAny>, scope: &'s Scope) -> Self {
        Self {
            value: value.clone(),
            scope,
            depth: 0,
        }
    }

    fn of(&self, value: Bound<'py, PyAny>) -> Self {
        Self {
            value,
            scope: self.scope,
            depth: self.depth + 1,
        }
    }

    fn python<T>(&self, result: PyResult<T>) -> Result<T, Error> {
        result.map_err(|error| self.scope.stash(error))
    }

    fn shallow_enough(&self) -> Result<(), Error> {
        if self.depth < DEEPEST {
            return Ok(());
        }
        Err(Error::new("syntax", "", "recursion limit exceeded"))
    }

    /// Visits the text of a string.
    fn text<T>(
        &self,
        text: &Bound<'py, PyString>,
        visit: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match text.to_str() {
            Ok(text) => visit(text),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(text.py()) => {
                let message = "the text holds half a character (a lone surrogate)";
                Err(Error::new("text.utf8", "", message))
            }
            Err(error) => Err(self.scope.stash(error)),
        }
    }

    /// The value as a mapping, if it is one.
    fn items(&self) -> Result<Option<Items<'py>>, Error> {
        if let Ok(dict) = self.value.cast::<PyDict>() {
            // A copy: the caller's code that runs meanwhile may change the dict.
            return Ok(Some(Items::Pairs(dict.items())));
        }
        if self.value.is_instance_of::<PyType>() {
            return Ok(None);
        }
        if self.python(self.value.get_type().hasattr("__dataclass_fields__"))? {
            return self
                .python(dataclass_items(&self.value))
                .map(|items| Some(Items::Fields(items)));
        }
        match self.value.cast::<PyMapping>() {
            Ok(mapping) => self
                .python(mapping.items())
                .map(|items| Some(Items::Pairs(items))),
            Err(_) => Ok(None),
        }
    }

    fn visit_sequence<'de, V: Visitor<'de>>(
        &self,
        list: Sequence<'py>,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.shallow_enough()?;
        visitor.visit_seq(Elements {
            list,
            next: 0,
            reader: self,
        })
    }

    /// Visits what is no string, dict, list, number or `None`.
    #[cold]
    fn visit_other<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.python(is_enum(&self.value))? {
            self.shallow_enough()?;
            let value = self.python(self.value.getattr("value"))?;
            return self.of(value).deserialize_any(visitor);
        }
        if self.python(is_datetime(&self.value))? {
            return Err(datetime_refused());
        }
        if self.python(self.value.get_type().hasattr("__adjudica__"))? {
            // A record of a decision, such as an entry for the ledger.
            self.shallow_enough()?;
            let data = self.python(self.value.call_method0("__adjudica__"))?;
            return self.of(data).deserialize_any(visitor);
        }
        if let Some(items) = self.items()? {
            return self.visit_items(items, visitor);
        }
        if self.python(self.value.get_type().hasattr("__index__"))?
            && !self.value.is_instance_of::<PyType>()
        {
            let whole = self.python(self.value.call_method0("__index__"))?;
            let whole = self.python(whole.cast_into::<PyInt>().map_err(PyErr::from))?;
            return visit_int(&whole, visitor);
        }
        let name = self.python(self.value.get_type().fully_qualified_name())?;
        let name = self.text(&name, |text| Ok(text.to_owned()))?;
        Err(Error::invalid_type(
            Unexpected::Other(&format!("`{name}`")),
            &visitor,
        ))
    }

    fn visit_items<'de, V: Visitor<'de>>(
        &self,
        items: Items<'py>,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.shallow_enough()?;
        visitor.visit_map(Entries {
            items,
            next: 0,
            value: None,
            reader: self,
        })
    }
}

fn datetime_refused() -> Error {
    Error::new("date.datetime", "", "a datetime where a day is expected")
        .with_help("pass a `datetime.date`, such as `value.date()`")
}

fn visit_int<'de, V: Visitor<'de>>(
    value: &Bound<'_, PyInt>,
    visitor: V,
) -> Result<V::Value, Error> {
    if let Ok(number) = value.extract::<u64>() {
        return visitor.visit_u64(number);
    }
    match value.extract::<i64>() {
        Ok(number) => visitor.visit_i64(number),
        Err(_) => Err(Error::invalid_type(
            Unexpected::Other("integer beyond 64 bits"),
            &visitor,
        )),
    }
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = &self.value;
        if let Ok(text) = value.cast::<PyString>() {
            self.text(text, |text| visitor.visit_str(text))
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.visit_items(Items::Pairs(dict.items()), visitor)
        } else if let Ok(list) = value.cast::<PyList>() {
            self.visit_sequence(Sequence::List(list.clone()), visitor)
        } else if value.is_none() {
            visitor.visit_unit()
        } else if let Ok(truth) = value.cast::<PyBool>() {
            visitor.visit_bool(truth.is_true())
        } else if let Ok(whole) = value.cast::<PyInt>() {
            visit_int(whole, visitor)
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.visit_sequence(Sequence::Tuple(tuple.clone()), visitor)
        } else if let Ok(float) = value.cast::<PyFloat>() {
            visitor.visit_f64(float.value())
        } else {
            self.visit_other(visitor)
        }
    }

    /// The core names the types that have a Python class of their own.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let value = &self.value;
        if value.is_instance_of::<PyString>() {
            return visitor.visit_newtype_struct(self);
        }
        let decimal = matches!(name, "Amount" | "Quantity" | "Percent" | "Cap");
        if decimal && self.python(is_decimal(value))? {
            // Plain digits: `str` would write some decimals with an exponent.
            let text = self.python(value.call_method1("__format__", ("f",)))?;
            let text = self.python(text.cast_into::<PyString>().map_err(PyErr::from))?;
            return self.text(&text, |text| visitor.visit_str(text));
        }
        if name == "Day" && self.python(is_date(value))? {
            if self.python(is_datetime(value))? {
                return Err(datetime_refused());
            }
            let text = self.python(value.call_method0("isoformat"))?;
            let text = self.python(text.cast_into::<PyString>().map_err(PyErr::from))?;
            return self.text(&text, |text| visitor.visit_str(text));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_none() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Ok(text) = self.value.cast::<PyString>() {
            return self.text(text, |text| visitor.visit_enum(text.into_deserializer()));
        }
        if self.python(is_enum(&self.value))? {
            self.shallow_enough()?;
            let value = self.python(self.value.getattr("value"))?;
            return self.of(value).deserialize_enum(_name, _variants, visitor);
        }
        if let Some(items) = self.items()? {
            self.shallow_enough()?;
            return match (items.get(0)?, items.get(1)?) {
                (Some((name, value)), None) => visitor.visit_enum(Variant {
                    name,
                    value: self.of(value),
                    reader: &self,
                }),
                _ => Err(Error::custom("expected value")),
            };
        }
        // JSON text with a number here says the same.
        Err(Error::custom("expected value"))
    }

    /// Objects only: by serde's own rules a list could give the fields in order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.value.is_instance_of::<PyList>() || self.value.is_instance_of::<PyTuple>() {
            return Err(Error::invalid_type(Unexpected::Seq, &visitor));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

type Entry<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// Names and values of a mapping.
enum Items<'py> {
    /// A list of pairs.
    Pairs(Bound<'py, PyList>),
    /// Fields of a dataclass.
    Fields(Vec<Entry<'py>>),
}

impl<'py> Items<'py> {
    fn len(&self) -> usize {
        match self {
            Self::Pairs(list) => list.len(),
            Self::Fields(fields) => fields.len(),
        }
    }

    fn get(&self, index: usize) -> Result<Option<Entry<'py>>, Error> {
        match self {
            Self::Fields(fields) => Ok(fields.get(index).cloned()),
            Self::Pairs(list) => match list.get_item(index) {
                Ok(pair) => pair
                    .extract()
                    .map(Some)
                    .map_err(|_| Error::custom("a mapping gave no pairs")),
                Err(_) => Ok(None),
            },
        }
    }
}

enum Sequence<'py> {
    List(Bound<'py, PyList>),
    Tuple(Bound<'py, PyTuple>),
}

struct Elements<'r, 's, 'py> {
    list: Sequence<'py>,
    next: usize,
    reader: &'r Reader<'s, 'py>,
}

impl<'de> SeqAccess<'de> for Elements<'_, '_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        // The list may have become shorter meanwhile; then it simply ends.
        let item = match &self.list {
            Sequence::List(list) => list.get_item(self.next),
            Sequence::Tuple(tuple) => tuple.get_item(self.next),
        };
        let Ok(item) = item else { return Ok(None) };
        self.next += 1;
        seed.deserialize(self.reader.of(item)).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        let len = match &self.list {
            Sequence::List(list) => list.len(),
            Sequence::Tuple(tuple) => tuple.len(),
        };
        Some(len.saturating_sub(self.next))
    }
}

struct Entries<'r, 's, 'py> {
    items: Items<'py>,
    next: usize,
    value: Option<Bound<'py, PyAny>>,
    reader: &'r Reader<'s, 'py>,
}

fn read_name<'de, 'py, T: DeserializeSeed<'de>>(
    reader: &Reader<'_, 'py>,
    name: &Bound<'py, PyAny>,
    seed: T,
) -> Result<T::Value, Error> {
    let Ok(name) = name.cast::<PyString>() else {
        let shown = reader.python(name.repr())?;
        let shown = reader.text(&shown, |text| Ok(text.chars().take(40).collect::<String>()))?;
        return Err(Error::new(
            "field.name",
            "",
            format!("the name {shown} is not a str"),
        ));
    };
    reader.text(name, |text| seed.deserialize(text.into_deserializer()))
}

impl<'de> MapAccess<'de> for Entries<'_, '_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.items.get(self.next)? else {
            return Ok(None);
        };
        self.next += 1;
        self.value = Some(value);
        read_name(self.reader, &name, seed).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = self
            .value
            .take()
            .ok_or_else(|| Error::custom("a value before its name"))?;
        seed.deserialize(self.reader.of(value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len().saturating_sub(self.next))
    }
}

/// A variant with content: a mapping with one name.
struct Variant<'r, 's, 'py> {
    name: Bound<'py, PyAny>,
    value: Reader<'s, 'py>,
    reader: &'r Reader<'s, 'py>,
}

impl<'de, 's, 'py> EnumAccess<'de> for Variant<'_, 's, 'py> {
    type Error = Error;
    type Variant = Content<'s, 'py>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), Error> {
        let name = read_name(self.reader, &self.name, seed)?;
        Ok((name, Content(self.value)))
    }
}

struct Content<'s, 'py>(Reader<'s, 'py>);

impl<'de> VariantAccess<'de> for Content<'_, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        serde::Deserialize::deserialize(self.0)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Error> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_any(visitor)
    }
}

//! Any document as a tree of values, and documents read from such a tree.
//!
//! Documents that are read once and kept (schemes, decisions, options) are read in two steps: text
//! to tree, which depends on the format, and tree to document, which does not. So JSON and YAML
//! are read by one set of rules, errors know their path without a second reading, and the readers
//! of some hundred types exist once instead of once for each format. Only requests, of which there
//! are many, have a reader without a tree.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::path::push_name;
use crate::error::Error;

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    /// Nothing.
    Null,
    /// True or false, and how it is written where it may also be meant as text.
    Bool(bool, Option<String>),
    /// A number, and how it is written where it may also be meant as text.
    Number(Number, Option<String>),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// Fields in the order of the text; a name may come twice.
    Map(Vec<(String, Tree)>),
}

/// A number as the format's reader has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    /// Not negative.
    Unsigned(u64),
    /// Negative.
    Signed(i64),
    /// With a fraction, an exponent, or too large for a whole number. Never calculated with: no
    /// document has a field for it, so it only ever ends in a message.
    Fraction(f64),
}

impl Number {
    fn unexpected(self) -> Unexpected<'static> {
        match self {
            Self::Unsigned(value) => Unexpected::Unsigned(value),
            Self::Signed(value) => Unexpected::Signed(value),
            Self::Fraction(value) => Unexpected::Float(value),
        }
    }
}

impl Tree {
    /// Reads a document from the tree.
    ///
    /// # Errors
    /// With the path of the value that is wrong.
    pub(super) fn into_document<'de, T: Deserialize<'de>>(self) -> Result<T, Error> {
        T::deserialize(Reader(self))
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value, _) => Unexpected::Bool(*value),
            Self::Number(number, _) => number.unexpected(),
            Self::Text(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Map(_) => Unexpected::Map,
        }
    }

    #[cold]
    fn invalid(&self, expected: &dyn Expected) -> Error {
        Error::invalid_type(self.unexpected(), expected)
    }

    /// The text of a value that may be meant as text.
    fn text(self) -> Result<String, Self> {
        match self {
            Self::Text(text) | Self::Bool(_, Some(text)) | Self::Number(_, Some(text)) => Ok(text),
            other => Err(other),
        }
    }
}

/// Reads from a tree.
struct Reader(Tree);

macro_rules! forward {
    ($($to:ident <- $($from:ident)*;)*) => {$($(
        fn $from<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$to(visitor)
        }
    )*)*};
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value, _) => visitor.visit_bool(value),
            Tree::Number(Number::Unsigned(value), _) => visitor.visit_u64(value),
            Tree::Number(Number::Signed(value), _) => visitor.visit_i64(value),
            Tree::Number(Number::Fraction(value), _) => visitor.visit_f64(value),
            Tree::Text(text) => visitor.visit_string(text),
            Tree::List(values) => visitor.visit_seq(Values::new(values)),
            Tree::Map(fields) => visitor.visit_map(Fields::new(fields)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.text() {
            Ok(text) => visitor.visit_string(text),
            Err(other) => Err(other.invalid(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Map(fields) => visitor.visit_map(Fields::new(fields)),
            other => Err(other.invalid(&visitor)),
        }
    }

    /// Objects must be written as objects: serde would also take a list with the fields in
    /// declared order, which would make that order a part of the contract.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Tree::List(values) => visitor.visit_seq(Values::new(values)),
            other => Err(other.invalid(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Bool(value, _) => visitor.visit_bool(value),
            other => Err(other.invalid(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Number(Number::Unsigned(value), _) => visitor.visit_u64(value),
            Tree::Number(Number::Signed(value), _) => visitor.visit_i64(value),
            other => Err(other.invalid(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Map(mut fields) if fields.len() == 1 => match fields.pop() {
                Some((name, value)) => visitor.visit_enum(Choice {
                    name,
                    value: Some(value),
                }),
                None => Err(Error::custom("an object without fields")),
            },
            Tree::Map(_) => Err(Error::invalid_value(
                Unexpected::Map,
                &"an object with one field",
            )),
            other => match other.text() {
                Ok(name) => visitor.visit_enum(Choice { name, value: None }),
                Err(other) => Err(other.invalid(&visitor)),
            },
        }
    }

    // Each asks only for what it wants: a reader for everything would be built for every type.
    forward! {
        deserialize_i64 <- deserialize_i8 deserialize_i16 deserialize_i32 deserialize_u8
            deserialize_u16 deserialize_u32 deserialize_u64;
        deserialize_str <- deserialize_identifier;
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

/// The error with one more step at the front of its path.
#[cold]
fn inside(mut error: Error, step: &str) -> Error {
    let dot = if error.path.is_empty() || error.path.starts_with('[') {
        ""
    } else {
        "."
    };
    error.path = format!("{step}{dot}{}", error.path);
    error
}

fn name_step(name: &str) -> String {
    let mut step = String::new();
    push_name(&mut step, name);
    step
}

struct Values {
    values: std::vec::IntoIter<Tree>,
    next: usize,
}

impl Values {
    fn new(values: Vec<Tree>) -> Self {
        Self {
            values: values.into_iter(),
            next: 0,
        }
    }
}

impl<'de> SeqAccess<'de> for Values {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some(value) = self.values.next() else {
            return Ok(None);
        };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader(value))
            .map(Some)
            .map_err(|error| inside(error, &format!("[{index}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

struct Fields {
    fields: std::vec::IntoIter<(String, Tree)>,
    current: Option<(String, Tree)>,
}

impl Fields {
    fn new(fields: Vec<(String, Tree)>) -> Self {
        Self {
            fields: fields.into_iter(),
            current: None,
        }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        self.current = self.fields.next();
        let Some((name, _)) = &self.current else {
            return Ok(None);
        };
        let reader: StrDeserializer<'_, Error> = name.as_str().into_deserializer();
        seed.deserialize(reader)
            .map(Some)
            .map_err(|error| inside(error, &name_step(name)))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let Some((name, value)) = self.current.take() else {
            return Err(Error::custom("a value without a name"));
        };
        seed.deserialize(Reader(value))
            .map_err(|error| inside(error, &name_step(&name)))
    }
}

struct Choice {
    name: String,
    value: Option<Tree>,
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = Error;
    type Variant = ChoiceValue;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, ChoiceValue), Error> {
        let reader: StrDeserializer<'_, Error> = self.name.as_str().into_deserializer();
        let variant = seed.deserialize(reader)?;
        let value = ChoiceValue {
            name: self.name,
            value: self.value,
        };
        Ok((variant, value))
    }
}

struct ChoiceValue {
    name: String,
    value: Option<Tree>,
}

impl ChoiceValue {
    fn reader(self) -> Result<(Reader, String), Error> {
        match self.value {
            Some(value) => Ok((Reader(value), name_step(&self.name))),
            None => Err(Error::invalid_type(
                Unexpected::UnitVariant,
                &"an object with one field",
            )),
        }
    }
}

impl<'de> VariantAccess<'de> for ChoiceValue {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.value {
            None => Ok(()),
            Some(value) => Err(Error::invalid_type(value.unexpected(), &"a name as text")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        let (reader, step) = self.reader()?;
        seed.deserialize(reader)
            .map_err(|error| inside(error, &step))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        let (reader, step) = self.reader()?;
        reader
            .deserialize_any(visitor)
            .map_err(|error| inside(error, &step))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (reader, step) = self.reader()?;
        reader
            .deserialize_struct("", fields, visitor)
            .map_err(|error| inside(error, &step))
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value, None))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(Number::Unsigned(value), None))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(Number::Signed(value), None))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(Number::Fraction(value), None))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Tree, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Tree::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Tree::Map(fields))
    }
}

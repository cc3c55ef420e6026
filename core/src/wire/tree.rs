//! Any document as a tree of values, and documents read from such a tree.
//!
//! Documents that are read once and kept (schemes, decisions, options) are read in two steps: text
//! to tree, which depends on the format, and tree to document, which does not. So JSON and YAML
//! are read by one set of rules, errors know their path without a second reading, and the readers
//! of some hundred types exist once instead of once for each format. Only requests, of which there
//! are many, have a reader without a tree. A host's own values (Python objects, rows of a table)
//! become a tree as well.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected,
    IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::json;
use super::path::push_name;
use crate::error::Error;

/// A value of a document, from text or from a host's own values.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree<'t> {
    /// Nothing.
    Null,
    /// True or false, and how it is written where it may also be meant as text.
    Bool(bool, Option<Cow<'t, str>>),
    /// A number, and how it is written where it may also be meant as text.
    Number(Number, Option<Cow<'t, str>>),
    /// Text.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Tree<'t>>),
    /// Fields in the order of the text; a name may come twice.
    Map(Vec<(Cow<'t, str>, Tree<'t>)>),
    /// Text of a host's value that stands only where it is meant, and what it is elsewhere.
    Only(Meaning, Cow<'t, str>, Box<Tree<'t>>),
    /// Text that is JSON where a list or an object is wanted.
    Json(Cow<'t, str>),
    /// What no document has, in words.
    Other(Cow<'t, str>),
    /// A value that the host refuses wherever it stands.
    Refused(Box<Error>),
}

/// What a host's value of its own type means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// An amount, quantity or percentage.
    Decimal,
    /// A day.
    Day,
}

impl Meaning {
    fn fits(self, name: &str) -> bool {
        match self {
            Self::Decimal => matches!(name, "Amount" | "Quantity" | "Percent" | "Cap"),
            Self::Day => name == "Day",
        }
    }
}

/// A number as the format's reader has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Not negative.
    Unsigned(u64),
    /// Negative.
    Signed(i64),
    /// With a fraction, an exponent, or too large for a whole number. Never calculated with: no
    /// document of ours has a field for it, so it only ever ends in a message; openIMIS's rows
    /// turn it back into the text that was written.
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

impl Tree<'_> {
    /// Reads a document from the tree.
    ///
    /// # Errors
    /// With the path of the value that is wrong.
    pub fn document<T: DeserializeOwned>(&self) -> Result<T, Error> {
        T::deserialize(Reader(self, None)).map_err(|fault| *fault.0)
    }

    /// Reads a document from the tree, with the paths of the values that it does not know.
    ///
    /// # Errors
    /// With the path of the value that is wrong.
    pub(super) fn document_noting<T: DeserializeOwned>(&self) -> Result<(T, Vec<String>), Error> {
        let passed_over: PassedOver<'_> = RefCell::default();
        let document = T::deserialize(Reader(self, Some(&passed_over)));
        let document = document.map_err(|fault| *fault.0)?;
        let mut paths = Vec::new();
        let passed_over = passed_over.take();
        self.paths_of(&mut passed_over.into_iter().peekable(), "", &mut paths);
        Ok((document, paths))
    }

    /// The paths of values inside this one, which come in the order of the text.
    fn paths_of<'a>(
        &'a self,
        values: &mut std::iter::Peekable<std::vec::IntoIter<&'a Tree<'a>>>,
        path: &str,
        paths: &mut Vec<String>,
    ) {
        if values.next_if(|value| std::ptr::eq(*value, self)).is_some() {
            paths.push(path.to_owned());
            return;
        }
        match self {
            Tree::List(list) => {
                for (index, value) in list.iter().enumerate() {
                    value.paths_of(values, &format!("{path}[{index}]"), paths);
                }
            }
            Tree::Map(fields) => {
                for (name, value) in fields {
                    let mut path = path.to_owned();
                    push_name(&mut path, name);
                    value.paths_of(values, &path, paths);
                }
            }
            _ => {}
        }
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value, _) => Unexpected::Bool(*value),
            Self::Number(number, _) => number.unexpected(),
            Self::Text(text) | Self::Json(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Map(_) => Unexpected::Map,
            Self::Only(_, _, elsewhere) => elsewhere.unexpected(),
            Self::Other(what) => Unexpected::Other(what),
            Self::Refused(error) => Unexpected::Other(&error.message),
        }
    }

    #[cold]
    fn invalid(&self, expected: &dyn Expected) -> Fault {
        match self {
            Self::Only(_, _, elsewhere) => elsewhere.invalid(expected),
            Self::Refused(error) => Fault(error.clone()),
            _ => Fault::invalid_type(self.unexpected(), expected),
        }
    }

    /// The text of a value that may be meant as text.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text)
            | Self::Json(text)
            | Self::Bool(_, Some(text))
            | Self::Number(_, Some(text)) => Some(text),
            _ => None,
        }
    }
}

/// An error in one word of memory: every reader of every type hands it on.
#[derive(Debug)]
struct Fault(Box<Error>);

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl serde::de::Error for Fault {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(Error::custom(message)))
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(Box::new(Error::invalid_type(found, expected)))
    }
}

/// The list or object that is written as JSON.
fn json_inside(text: &str) -> Result<Tree<'_>, Fault> {
    json::tree(text).map_err(|error| Fault(Box::new(error)))
}

/// The error with one more step at the front of its path.
#[cold]
pub(super) fn inside(mut error: Error, step: &str) -> Error {
    let dot = if error.path.is_empty() || error.path.starts_with('[') {
        ""
    } else {
        "."
    };
    error.path = format!("{step}{dot}{}", error.path);
    error
}

impl Fault {
    #[cold]
    fn inside(mut self, step: &str) -> Self {
        *self.0 = inside(*self.0, step);
        self
    }

    #[cold]
    fn inside_field(self, name: &str) -> Self {
        let mut step = String::new();
        push_name(&mut step, name);
        self.inside(&step)
    }
}

/// Values that a document does not know, in the order of the text.
type PassedOver<'a> = RefCell<Vec<&'a Tree<'a>>>;

/// Reads from a tree, and may note what is passed over.
///
/// It borrows, so that the readers of all the types need no code that cleans up.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a Tree<'a>, Option<&'a PassedOver<'a>>);

macro_rules! forward {
    ($($to:ident <- $($from:ident)*;)*) => {$($(
        fn $from<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.$to(visitor)
        }
    )*)*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value, _) => visitor.visit_bool(*value),
            Tree::Number(Number::Unsigned(value), _) => visitor.visit_u64(*value),
            Tree::Number(Number::Signed(value), _) => visitor.visit_i64(*value),
            Tree::Number(Number::Fraction(value), _) => visitor.visit_f64(*value),
            Tree::Text(text) | Tree::Json(text) => visitor.visit_str(text),
            Tree::List(values) => visitor.visit_seq(Values::new(values, self.1)),
            Tree::Map(fields) => visitor.visit_map(Fields::new(fields, self.1)),
            Tree::Only(_, _, elsewhere) => Reader(elsewhere, self.1).deserialize_any(visitor),
            refused @ (Tree::Other(_) | Tree::Refused(_)) => Err(refused.invalid(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.text() {
            Some(text) => visitor.visit_str(text),
            None => Err(self.0.invalid(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Only(meaning, text, _) if meaning.fits(name) => {
                visitor.visit_newtype_struct(Reader(&Tree::Text(Cow::Borrowed(text)), None))
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Map(fields) => visitor.visit_map(Fields::new(fields, self.1)),
            Tree::Json(text) => match json_inside(text)? {
                Tree::Map(fields) => visitor.visit_map(Fields::new(&fields, None)),
                other => Err(other.invalid(&visitor)),
            },
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
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::List(values) => visitor.visit_seq(Values::new(values, self.1)),
            Tree::Json(text) => match json_inside(text)? {
                Tree::List(values) => visitor.visit_seq(Values::new(&values, None)),
                other => Err(other.invalid(&visitor)),
            },
            other => Err(other.invalid(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Bool(value, _) => visitor.visit_bool(*value),
            other => Err(other.invalid(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Number(Number::Unsigned(value), _) => visitor.visit_u64(*value),
            Tree::Number(Number::Signed(value), _) => visitor.visit_i64(*value),
            Tree::Only(_, _, elsewhere) => Reader(elsewhere, self.1).deserialize_i64(visitor),
            other => Err(other.invalid(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some(passed_over) = self.1 {
            passed_over.borrow_mut().push(self.0);
        }
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let choice = self.choice(&visitor)?;
        visitor.visit_enum(choice)
    }

    // Each asks only for what it wants: a reader for everything would be built for every type.
    forward! {
        deserialize_i64 <- deserialize_i8 deserialize_i16 deserialize_i32 deserialize_u8
            deserialize_u16 deserialize_u32 deserialize_u64;
        deserialize_str <- deserialize_string deserialize_identifier;
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

impl<'a> Reader<'a> {
    fn choice(self, expected: &dyn Expected) -> Result<Choice<'a>, Fault> {
        match self.0 {
            Tree::Map(fields) => match &**fields {
                [(name, value)] => Ok(Choice {
                    name,
                    value: Some(Reader(value, self.1)),
                }),
                _ => Err(Fault::invalid_value(
                    Unexpected::Map,
                    &"an object with one field",
                )),
            },
            other => match other.text() {
                Some(name) => Ok(Choice { name, value: None }),
                None => Err(other.invalid(expected)),
            },
        }
    }
}

struct Values<'a> {
    values: std::slice::Iter<'a, Tree<'a>>,
    next: usize,
    passed_over: Option<&'a PassedOver<'a>>,
}

impl<'a> Values<'a> {
    fn new(values: &'a [Tree<'a>], passed_over: Option<&'a PassedOver<'a>>) -> Self {
        Self {
            values: values.iter(),
            next: 0,
            passed_over,
        }
    }

    fn next(&mut self) -> Option<Reader<'a>> {
        self.next += 1;
        let value = self.values.next()?;
        Some(Reader(value, self.passed_over))
    }

    #[cold]
    fn wrong(&self, fault: Fault) -> Fault {
        fault.inside(&format!("[{}]", self.next.saturating_sub(1)))
    }
}

impl<'de> SeqAccess<'de> for Values<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        match self.next() {
            Some(reader) => match seed.deserialize(reader) {
                Ok(value) => Ok(Some(value)),
                Err(fault) => Err(self.wrong(fault)),
            },
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

struct Fields<'a> {
    fields: std::slice::Iter<'a, (Cow<'a, str>, Tree<'a>)>,
    current: Option<&'a (Cow<'a, str>, Tree<'a>)>,
    passed_over: Option<&'a PassedOver<'a>>,
}

impl<'a> Fields<'a> {
    fn new(
        fields: &'a [(Cow<'a, str>, Tree<'a>)],
        passed_over: Option<&'a PassedOver<'a>>,
    ) -> Self {
        Self {
            fields: fields.iter(),
            current: None,
            passed_over,
        }
    }

    fn next_name(&mut self) -> Option<&'a str> {
        self.current = self.fields.next();
        self.current.map(|(name, _)| &**name)
    }

    /// There is always a current field: a name is asked for before its value.
    fn value(&self) -> Reader<'a> {
        const NONE: &Tree<'static> = &Tree::Null;
        let value = self.current.map_or(NONE, |(_, value)| value);
        Reader(value, self.passed_over)
    }

    #[cold]
    fn wrong(&self, fault: Fault) -> Fault {
        match self.current {
            Some((name, _)) => fault.inside_field(name),
            None => fault,
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(name) = self.next_name() else {
            return Ok(None);
        };
        let reader: StrDeserializer<'_, Fault> = name.into_deserializer();
        match seed.deserialize(reader) {
            Ok(name) => Ok(Some(name)),
            Err(fault) => Err(self.wrong(fault)),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match seed.deserialize(self.value()) {
            Ok(value) => Ok(value),
            Err(fault) => Err(self.wrong(fault)),
        }
    }
}

#[derive(Clone, Copy)]
struct Choice<'a> {
    name: &'a str,
    value: Option<Reader<'a>>,
}

impl<'de> EnumAccess<'de> for Choice<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let reader: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        Ok((seed.deserialize(reader)?, self))
    }
}

impl<'a> Choice<'a> {
    fn reader(self) -> Result<Reader<'a>, Fault> {
        self.value.ok_or_else(|| {
            Fault::invalid_type(Unexpected::UnitVariant, &"an object with one field")
        })
    }
}

impl<'de> VariantAccess<'de> for Choice<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.value {
            None => Ok(()),
            Some(value) => Err(value.0.invalid(&"a name as text")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self.reader()?)
            .map_err(|fault| fault.inside_field(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.reader()?
            .deserialize_any(visitor)
            .map_err(|fault| fault.inside_field(self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.reader()?
            .deserialize_map(visitor)
            .map_err(|fault| fault.inside_field(self.name))
    }
}

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Bool(value, None))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(Number::Unsigned(value), None))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(Number::Signed(value), None))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(Number::Fraction(value), None))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree<'de>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Tree::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((Name(name), value)) = map.next_entry()? {
            fields.push((name, value));
        }
        Ok(Tree::Map(fields))
    }
}

/// The name of a field, as it stands in the text where it can.
struct Name<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

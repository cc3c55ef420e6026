//! Documents read from a tree.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::fault::Fault;
use super::{Number, Tree};
use crate::wire::json;

/// The list or object that is written as JSON.
fn json_inside(text: &str) -> Result<Tree<'_>, Fault> {
    json::tree(text).map_err(|error| Fault(Box::new(error)))
}

/// Values that a document does not know, in the order of the text.
pub(super) type PassedOver<'a> = RefCell<Vec<&'a Tree<'a>>>;

/// Reads from a tree, and may note what is passed over.
///
/// It borrows, so that the readers of all the types need no code that cleans up.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(
    pub(super) &'a Tree<'a>,
    pub(super) Option<&'a PassedOver<'a>>,
);

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

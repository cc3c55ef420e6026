//! Documents to compact JSON, the very bytes of `serde_json`.
//!
//! Printing is the largest part of text in, text out: `serde_json` looks at every byte of every
//! field name and string for something to escape. Field names never need it and most strings
//! don't, so here they are copied whole; whatever is out of the ordinary goes to `serde_json`.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{self, Error as _, Serializer};
use serde_json::Error;

/// Appends a document's text to `out`; nothing if it cannot be printed.
pub(crate) fn print(document: &impl Serialize, out: &mut Vec<u8>) -> Result<(), Error> {
    let start = out.len();
    let mut page = Page { out, end: start };
    let printed = document.serialize(Printer { page: &mut page });
    let end = if printed.is_ok() { page.end } else { start };
    out.truncate(end);
    printed
}

/// The canonical text of a document: compact JSON, fields in declared order.
pub(crate) fn canonical(document: &impl Serialize) -> Vec<u8> {
    // Two steps of room hold most claims, so that they are printed in place.
    let mut out = Vec::with_capacity(2 * STEP);
    // Documents are structs of text; only a day outside the calendar's range can fail to print,
    // and reading refuses those.
    match print(document, &mut out) {
        Ok(()) => out,
        Err(_) => Vec::new(),
    }
}

/// Bytes of room made at a time.
const STEP: usize = 4096;

/// Room for text, made in large steps: each piece is then written with one look at the room left.
struct Page<'o> {
    /// The text, and room after it.
    out: &'o mut Vec<u8>,
    /// Where the text ends.
    end: usize,
}

impl Page<'_> {
    /// The next `length` bytes, to be written.
    #[inline]
    fn next(&mut self, length: usize) -> &mut [u8] {
        let start = self.end;
        self.end += length;
        if self.out.len() < self.end {
            self.grow();
        }
        self.out.get_mut(start..self.end).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self) {
        self.out.resize(self.end + STEP, 0);
    }

    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        self.next(bytes.len()).copy_from_slice(bytes);
    }

    #[inline]
    fn quoted(&mut self, text: &str) {
        if let [open, inside @ .., close] = self.next(text.len() + 2) {
            *open = b'"';
            inside.copy_from_slice(text.as_bytes());
            *close = b'"';
        }
    }

    /// `"name":`
    #[inline]
    fn name(&mut self, name: &str) {
        if let [open, inside @ .., close, colon] = self.next(name.len() + 3) {
            *open = b'"';
            inside.copy_from_slice(name.as_bytes());
            *close = b'"';
            *colon = b':';
        }
    }
}

impl Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Is there nothing to escape?
#[inline]
fn plain(text: &str) -> bool {
    let escaped = |byte| byte < b' ' || byte == b'"' || byte == b'\\';
    !text.bytes().any(escaped)
}

struct Printer<'p, 'o> {
    page: &'p mut Page<'o>,
}

impl<'p, 'o> Printer<'p, 'o> {
    /// What `serde_json` prints best.
    fn other(self, value: &impl Serialize) -> Result<(), Error> {
        serde_json::to_writer(self.page, value)
    }

    #[inline]
    fn open(self, open: u8, close: &'static [u8]) -> Parts<'p, 'o> {
        self.page.put(&[open]);
        Parts {
            page: self.page,
            first: true,
            close,
        }
    }

    /// `{"variant":` and the opening bracket of its content.
    fn variant(self, variant: &str, open: u8, close: &'static [u8]) -> Parts<'p, 'o> {
        self.page.put(b"{");
        self.page.name(variant);
        self.open(open, close)
    }
}

/// An array or object that is being printed.
struct Parts<'p, 'o> {
    page: &'p mut Page<'o>,
    first: bool,
    close: &'static [u8],
}

impl<'o> Parts<'_, 'o> {
    #[inline]
    fn printer(&mut self) -> Printer<'_, 'o> {
        Printer { page: self.page }
    }

    #[inline]
    fn separate(&mut self) {
        if !self.first {
            self.page.put(b",");
        }
        self.first = false;
    }

    #[inline]
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.separate();
        value.serialize(self.printer())
    }

    #[inline]
    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.separate();
        self.page.name(name);
        value.serialize(self.printer())
    }

    fn close(self) {
        self.page.put(self.close);
    }
}

/// Values that go to `serde_json` as they are.
macro_rules! others {
    ($($method:ident $kind:ty),+ $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<(), Error> {
            self.other(&value)
        })+
    };
}

impl<'p, 'o> Serializer for Printer<'p, 'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'p, 'o>;
    type SerializeTuple = Parts<'p, 'o>;
    type SerializeTupleStruct = Parts<'p, 'o>;
    type SerializeTupleVariant = Parts<'p, 'o>;
    type SerializeMap = Parts<'p, 'o>;
    type SerializeStruct = Parts<'p, 'o>;
    type SerializeStructVariant = Parts<'p, 'o>;

    others! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_f32 f32, serialize_f64 f64, serialize_char char, serialize_bytes &[u8],
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        let text: &[u8] = if value { b"true" } else { b"false" };
        self.page.put(text);
        Ok(())
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        if plain(value) {
            self.page.quoted(value);
            Ok(())
        } else {
            self.other(&value)
        }
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.page.put(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.page.quoted(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut object = self.open(b'{', b"}");
        object.field(variant, value)?;
        object.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'p, 'o>, Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'p, 'o>, Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'p, 'o>, Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'p, 'o>, Error> {
        Ok(self.variant(variant, b'[', b"]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'p, 'o>, Error> {
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'p, 'o>, Error> {
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'p, 'o>, Error> {
        Ok(self.variant(variant, b'{', b"}}"))
    }
}

/// The ways in which serde gives the parts of an array: all the same to JSON.
macro_rules! arrays {
    ($($kind:ident $method:ident),+ $(,)?) => {
        $(impl ser::$kind for Parts<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.element(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        })+
    };
}

arrays! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

/// The same for objects with known fields.
macro_rules! objects {
    ($($kind:ident),+ $(,)?) => {
        $(impl ser::$kind for Parts<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        })+
    };
}

objects! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Parts<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.separate();
        let start = self.page.end;
        key.serialize(self.printer())?;
        if self.page.out.get(start) != Some(&b'"') {
            return Err(Error::custom("a name in an object must be text"));
        }
        self.page.put(b":");
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.printer())
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn printed(document: &impl Serialize) -> String {
        let mut out = Vec::new();
        print(document, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
            "[ -~\\\\\"\n\u{1}\u{7f}é]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".{0,6}", inner, 0..6).prop_map(Value::from_iter),
            ]
        })
    }

    proptest! {
        #[test]
        fn prints_what_serde_json_prints(value in any_value()) {
            prop_assert_eq!(printed(&value), serde_json::to_string(&value).unwrap());
        }
    }

    /// Every shape that derived serialization has.
    #[derive(Serialize)]
    enum Shapes {
        Unit,
        New(Option<u8>),
        Pair(i8, char),
        Named {
            some: Option<bool>,
            none: Option<()>,
        },
    }

    #[derive(Serialize)]
    struct All(Vec<Shapes>, (u16, i32), Wrapped, Unit);

    #[derive(Serialize)]
    struct Wrapped(f64);

    #[derive(Serialize)]
    struct Unit;

    #[test]
    fn prints_every_shape() {
        let all = All(
            vec![
                Shapes::Unit,
                Shapes::New(Some(1)),
                Shapes::New(None),
                Shapes::Pair(-1, '"'),
                Shapes::Named {
                    some: Some(true),
                    none: None,
                },
            ],
            (2, -3),
            Wrapped(0.5),
            Unit,
        );
        let text = printed(&all);
        assert_eq!(text, serde_json::to_string(&all).unwrap());
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read[0][3], json!({"Pair": [-1, "\""]}));
    }

    #[test]
    fn names_must_be_text() {
        let mut out = Vec::new();
        assert!(print(&BTreeMap::from([(vec![1], 2)]), &mut out).is_err());
    }
}

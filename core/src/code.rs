//! Codes and short texts of documents.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use crate::error::coded;

/// Longest code, in bytes.
const LONGEST: usize = 100;

/// A code as people write it: 1 to 100 bytes, no control characters, no space at either end.
/// Compared exactly; codes up to 23 bytes need no heap.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Default)]
pub struct Code(SmolStr);

impl Code {
    /// A code, if `text` is one.
    pub fn new(text: &str) -> Option<Self> {
        let fine = || text.trim() == text && !text.chars().any(char::is_control);
        let fits = !text.is_empty() && text.len() <= LONGEST;
        // Most codes are such that nothing else is to be asked.
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        (fits && (visible || fine())).then(|| Self(SmolStr::new(text)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Deref for Code {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Code {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Code;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code as text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Code, E> {
                Code::new(text).ok_or_else(|| {
                    let shown: String = text.chars().take(40).collect();
                    coded(
                        "code.invalid",
                        &format!("{shown:?} is not a code"),
                        "write 1 to 100 bytes without control characters or space at either end",
                    )
                })
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

impl JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST })
    }
}

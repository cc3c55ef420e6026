//! Small terms that several parts of the documents share.

use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::Day;
use crate::code::Code;
use crate::error::coded;
use crate::number::Amount;

/// A range of days, both ends included; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// First valid day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last valid day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

impl Validity {
    /// No end given?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// A range of ages in completed years, both ends included; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgeRange {
    /// Youngest age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u8>,
    /// Oldest age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u8>,
}

impl AgeRange {
    /// No end given?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Is `age` inside?
    #[must_use]
    pub fn contains(&self, age: i32) -> bool {
        self.min.is_none_or(|min| age >= i32::from(min))
            && self.max.is_none_or(|max| age <= i32::from(max))
    }
}

/// Sex as registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Neither or not stated; passes a restriction that allows either sex.
    Other,
}

/// Age group by the scheme's age of majority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgeGroup {
    /// Completed years at or over the age of majority.
    Adult,
    /// Below it.
    Child,
}

/// Why the patient came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitType {
    /// Any other visit (openIMIS `O`).
    #[default]
    Other,
    /// An emergency (openIMIS `E`).
    Emergency,
    /// A referral (openIMIS `R`).
    Referral,
}

/// A maximum: an amount, or written `unlimited`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// At most this.
    Amount(Amount),
    /// No maximum, said on purpose.
    Unlimited,
}

impl Serialize for Cap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Amount(amount) => amount.serialize(serializer),
            Self::Unlimited => serializer.serialize_str("unlimited"),
        }
    }
}

impl<'de> Deserialize<'de> for Cap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Cap;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount as text, such as \"1250.00\", or \"unlimited\"")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Cap, D::Error> {
                inner.deserialize_str(self)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Cap, E> {
                if text == "unlimited" {
                    return Ok(Cap::Unlimited);
                }
                text.parse().map(Cap::Amount).map_err(|e: crate::Error| {
                    coded(
                        &e.code,
                        &e.message,
                        "write digits as text, with at most 4 decimals, or \"unlimited\"",
                    )
                })
            }
        }
        deserializer.deserialize_newtype_struct("Cap", Visitor)
    }
}

impl JsonSchema for Cap {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cap".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^(-?[0-9]+(\\.[0-9]{1,4})?|unlimited)$",
            "description": "Decimal text with at most 4 decimals, or \"unlimited\"."
        })
    }
}

/// Free attributes: names with text values, each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Attributes(pub BTreeMap<Code, Code>);

impl Attributes {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(Code::as_str)
    }

    /// No attributes?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Attributes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("attributes as names with text values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
                let mut attributes = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<Code, Code>()? {
                    if attributes.contains_key(&name) {
                        return Err(serde::de::Error::custom(format_args!(
                            "duplicate field `{name}`"
                        )));
                    }
                    attributes.insert(name, value);
                }
                Ok(Attributes(attributes))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

impl JsonSchema for Attributes {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Attributes".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": { "type": "string", "minLength": 1, "maxLength": 100 } })
    }
}

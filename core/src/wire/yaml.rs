//! YAML: reading, what its errors mean, and where values stand.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};

use super::locate::{Position, place};
use super::path::{Step, path_text, push_name, steps};
use crate::error::{Error, from_serde_message, shorten};

/// Most values (scalars, lists, mappings) of a document: enough for a price entry of every item
/// in every district of a country, little enough to stop a document that only repeats itself.
const MOST_NODES: usize = 4_000_000;

/// Most values that may be repeated by name (`*`): enough to write a product's benefits once for
/// many products.
const MOST_REPEATED: usize = 200_000;

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MOST_NODES,
            max_events: 2 * MOST_NODES,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MOST_REPEATED,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        strict_booleans: true,
        reject_unsupported_tags: true,
        reject_tagged_field_names: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

/// Reads a document; plain numbers reach text values as they are written.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_saphyr::from_str_with_options(text, options()).map_err(|_| explain::<T>(text))
}

/// Reads once more, slowly, to learn the path.
#[cold]
fn explain<T: DeserializeOwned>(text: &str) -> Error {
    let mut path = String::new();
    let read = serde_saphyr::with_deserializer_from_str_with_options(text, options(), |yaml| {
        serde_path_to_error::deserialize::<_, T>(yaml).map_err(|error| {
            path = path_text(error.path());
            error.into_inner()
        })
    });
    let Err(error) = read else {
        return Error::new("syntax", "", "the document reads differently each time");
    };
    let mut explained = meaning(&error);
    match &*explained.code {
        "syntax" | "text.too_complex" => {}
        "field.duplicate" => {
            if let Some(name) = duplicate(&error) {
                push_name(&mut path, name);
            }
            explained.path = path;
        }
        _ => explained.path = path,
    }
    // Of a missing field, the reader knows the last line it saw; the mapping's first is better.
    if explained.code == "field.missing" {
        locate(text, std::slice::from_mut(&mut explained));
    }
    if explained.line.is_none()
        && let Some(location) = error.location()
    {
        place(&mut explained, position(location));
    }
    explained
}

fn position(location: serde_saphyr::Location) -> Position {
    let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).max(1);
    (number(location.line()), number(location.column()))
}

fn duplicate(error: &serde_saphyr::Error) -> Option<&str> {
    match error.without_snippet() {
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => key.as_deref(),
        serde_saphyr::Error::AliasError { error, .. } => duplicate(error),
        _ => None,
    }
}

/// The same error in the words used for JSON.
fn meaning(error: &serde_saphyr::Error) -> Error {
    use serde_saphyr::Error as Yaml;
    match error.without_snippet() {
        Yaml::AliasError { error, .. } => meaning(error),
        Yaml::Message { msg, .. } => from_serde_message(msg),
        Yaml::SerdeUnknownField {
            field, expected, ..
        } => from_serde_message(&format!("unknown field `{field}`, {}", one_of(expected))),
        Yaml::SerdeUnknownVariant {
            variant, expected, ..
        } => from_serde_message(&format!(
            "unknown variant `{variant}`, {}",
            one_of(expected)
        )),
        Yaml::SerdeMissingField { field, .. } => {
            from_serde_message(&format!("missing field `{field}`"))
        }
        Yaml::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("?");
            from_serde_message(&format!("duplicate field `{key}`"))
        }
        Yaml::SerdeInvalidType {
            unexpected,
            expected,
            ..
        } => from_serde_message(&format!("invalid type: {unexpected}, expected {expected}")),
        Yaml::SerdeInvalidValue {
            unexpected,
            expected,
            ..
        } => from_serde_message(&format!("invalid value: {unexpected}, expected {expected}")),
        Yaml::Unexpected { expected, .. } => {
            let expected = match *expected {
                "mapping start" => "struct ",
                "sequence start" => "a sequence",
                "string scalar" | "scalar" => "a string",
                other => other,
            };
            from_serde_message(&format!("invalid type, expected {expected}"))
        }
        Yaml::InvalidScalar { ty, .. } => {
            from_serde_message(&format!("invalid value, expected {ty}"))
        }
        Yaml::InvalidBooleanStrict { .. } => from_serde_message("invalid type, expected a boolean"),
        Yaml::NullIntoString { .. } => from_serde_message("invalid type: null, expected a string")
            .with_help("write the value, or leave the field out; the word null needs quotes"),
        Yaml::TaggedScalarCannotDeserializeIntoString { .. } => {
            from_serde_message("invalid type: a value with a tag, expected a string")
                .with_help("remove the tag (`!!`)")
        }
        Yaml::MultipleDocuments { .. } => {
            Error::new("syntax", "", "a second document begins in the same text")
                .with_help("write one document; remove the line `---`")
        }
        Yaml::Budget { .. }
        | Yaml::AliasReplayCounterOverflow { .. }
        | Yaml::AliasReplayLimitExceeded { .. }
        | Yaml::AliasExpansionLimitExceeded { .. }
        | Yaml::AliasReplayStackDepthExceeded { .. }
        | Yaml::RecursiveReferencesRequireWeakTypes { .. } => Error::new(
            "text.too_complex",
            "",
            "the document is nested too deeply, repeats itself too often or is too large",
        )
        .with_help("write less, or write it as JSON"),
        other => {
            let text = other.to_string();
            let message = text
                .rsplit_once(" at line ")
                .map_or(&*text, |(before, _)| before);
            Error::new("syntax", "", shorten(message))
        }
    }
}

fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "there are no fields".to_owned(),
        [one] => format!("expected {one}"),
        [one, two] => format!("expected {one} or {two}"),
        many => format!("expected one of {}", many.join(", ")),
    }
}

/// Gives line and column to every error that has none.
#[cold]
pub(super) fn locate(text: &str, errors: &mut [Error]) {
    let Ok(root) = serde_saphyr::from_str_with_options::<Node>(text, options()) else {
        return;
    };
    for error in errors.iter_mut().filter(|error| error.line.is_none()) {
        let mut node = &root;
        for step in steps(&error.path) {
            let child = match (&node.content, step) {
                (Content::Map(fields), Step::Field(wanted)) => fields
                    .iter()
                    .find_map(|(name, value)| (*name == wanted).then_some(value)),
                (Content::List(values), Step::Index(position)) => values.get(position),
                _ => None,
            };
            let Some(child) = child else {
                break;
            };
            node = child;
        }
        place(error, node.position);
    }
}

/// A value with its place.
struct Node {
    position: Position,
    content: Content,
}

enum Content {
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
    Scalar,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned: Spanned<Content> = Spanned::deserialize(deserializer)?;
        Ok(Self {
            position: position(spanned.referenced),
            content: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ContentVisitor;
        impl<'de> Visitor<'de> for ContentVisitor {
            type Value = Content;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Content::Map(fields))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Content, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Content::List(values))
            }

            fn visit_str<E>(self, _: &str) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_i128<E>(self, _: i128) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_u128<E>(self, _: u128) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_bytes<E>(self, _: &[u8]) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_unit<E>(self) -> Result<Content, E> {
                Ok(Content::Scalar)
            }

            fn visit_none<E>(self) -> Result<Content, E> {
                Ok(Content::Scalar)
            }
        }
        deserializer.deserialize_any(ContentVisitor)
    }
}

//! YAML: reading, what its errors mean, and where values stand.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};

use super::locate::{Position, place};
use super::path::{Step, path_text, push_name, steps};
use super::tree::{Number, Tree};
use crate::error::{Error, from_serde_message, shorten};

/// Most values (scalars, lists, mappings) of a document: enough for a price entry of every item
/// in every district of a country, little enough to stop a document that only repeats itself.
const MOST_NODES: usize = 4_000_000;

/// Most values that may be repeated by name (`*`): enough to write a product's benefits once for
/// many products.
const MOST_REPEATED: usize = 200_000;

/// Deepest nesting: three times what a scheme needs, and little stack.
const DEEPEST: usize = 32;

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MOST_NODES,
            max_events: 2 * MOST_NODES,
            max_depth: DEEPEST,
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
    let root: Node = match serde_saphyr::from_str_with_options(text, options()) {
        Ok(root) => root,
        Err(_) => return Err(unreadable(text)),
    };
    root.tree(text).into_document().map_err(|mut error: Error| {
        if error.code == "value.type" && error.message.starts_with("invalid type: null") {
            error.help = Some(
                "write the value, or leave the field out; the word null needs quotes".to_owned(),
            );
        }
        root.locate(std::slice::from_mut(&mut error));
        error
    })
}

/// Why a text is no YAML, or none we read. Reads once more, slowly, to learn the path.
#[cold]
fn unreadable(text: &str) -> Error {
    let mut path = String::new();
    let read = serde_saphyr::with_deserializer_from_str_with_options(text, options(), |yaml| {
        serde_path_to_error::deserialize::<_, Tree>(yaml).map_err(|error| {
            path = path_text(error.path());
            error.into_inner()
        })
    });
    let Err(error) = read else {
        return Error::new("syntax", "", "the document reads differently each time");
    };
    let mut explained = meaning(&error);
    if explained.code == "field.duplicate" {
        if let Some(name) = duplicate(&error) {
            push_name(&mut path, name);
        }
        explained.path = path;
    }
    if let Some(location) = error.location() {
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
        Yaml::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("?");
            from_serde_message(&format!("duplicate field `{key}`"))
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

/// Gives line and column to every error that has none.
#[cold]
pub(super) fn locate(text: &str, errors: &mut [Error]) {
    if let Ok(root) = serde_saphyr::from_str_with_options::<Node>(text, options()) {
        root.locate(errors);
    }
}

/// A value with its place.
struct Node {
    position: Position,
    /// Bytes of the text, where the parser knows them.
    bytes: Option<(usize, usize)>,
    content: Content,
}

enum Content {
    Map(Vec<(Name, Node)>),
    List(Vec<Node>),
    Scalar(Tree),
}

/// The name of a field with its place.
struct Name {
    position: Position,
    text: String,
}

impl Node {
    /// The value without places; numbers and truth values with the text they were written in.
    fn tree(&self, text: &str) -> Tree {
        match &self.content {
            Content::Map(fields) => Tree::Map(
                fields
                    .iter()
                    .map(|(name, value)| (name.text.clone(), value.tree(text)))
                    .collect(),
            ),
            Content::List(values) => {
                Tree::List(values.iter().map(|value| value.tree(text)).collect())
            }
            Content::Scalar(Tree::Number(number, None)) => {
                Tree::Number(*number, self.written(text))
            }
            Content::Scalar(Tree::Bool(value, None)) => Tree::Bool(*value, self.written(text)),
            // What the parser makes of a number too large for it.
            Content::Scalar(Tree::Text(infinite))
                if matches!(infinite.as_str(), ".inf" | "-.inf" | ".nan") =>
            {
                let plain = |written: &String| !written.starts_with(['"', '\'']);
                let written = self.written(text).filter(plain);
                Tree::Text(written.unwrap_or_else(|| infinite.clone()))
            }
            Content::Scalar(other) => other.clone(),
        }
    }

    fn written(&self, text: &str) -> Option<String> {
        let (from, length) = self.bytes?;
        let before = text.get(..from)?.split_whitespace().next_back();
        if before.is_some_and(|word| word.starts_with('!')) {
            return None; // A tag says that no text is meant.
        }
        text.get(from..from.checked_add(length)?)
            .map(|written| written.trim().to_owned())
    }

    fn locate(&self, errors: &mut [Error]) {
        for error in errors.iter_mut().filter(|error| error.line.is_none()) {
            let position = self.find(error);
            place(error, position);
        }
    }

    /// Where the value at the error's path stands; its name, where the field itself is wrong.
    fn find(&self, error: &Error) -> Position {
        let names = matches!(&*error.code, "field.unknown" | "field.duplicate");
        let steps = steps(&error.path);
        let mut node = self;
        for (number, step) in steps.iter().enumerate() {
            let child = match (&node.content, step) {
                (Content::Map(fields), Step::Field(wanted)) => {
                    let Some((name, value)) = fields.iter().find(|(name, _)| name.text == *wanted)
                    else {
                        break;
                    };
                    if names && number + 1 == steps.len() {
                        return name.position;
                    }
                    value
                }
                (Content::List(values), Step::Index(index)) => match values.get(*index) {
                    Some(value) => value,
                    None => break,
                },
                _ => break,
            };
            node = child;
        }
        node.position
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned: Spanned<Content> = Spanned::deserialize(deserializer)?;
        let size = |n: u64| usize::try_from(n).ok();
        let span = spanned.referenced.span();
        Ok(Self {
            position: position(spanned.referenced),
            bytes: span
                .byte_offset()
                .and_then(size)
                .zip(span.byte_len().and_then(size)),
            content: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned: Spanned<String> = Spanned::deserialize(deserializer)?;
        Ok(Self {
            position: position(spanned.referenced),
            text: spanned.value,
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

            fn visit_str<E>(self, text: &str) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Text(text.to_owned())))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Bool(value, None)))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Number(Number::Signed(value), None)))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Number(Number::Unsigned(value), None)))
            }

            fn visit_i128<E>(self, value: i128) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Text(value.to_string())))
            }

            fn visit_u128<E>(self, value: u128) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Text(value.to_string())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Number(Number::Fraction(value), None)))
            }

            fn visit_unit<E>(self) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Null))
            }

            fn visit_none<E>(self) -> Result<Content, E> {
                Ok(Content::Scalar(Tree::Null))
            }
        }
        deserializer.deserialize_any(ContentVisitor)
    }
}

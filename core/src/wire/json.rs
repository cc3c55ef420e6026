//! JSON: reading, and what its errors mean.

use serde::Deserialize as _;
use serde::de::DeserializeOwned;

use super::Format;
use super::locate::{locate_all, place};
use super::path::{push_name, steps};
#[cfg(not(target_family = "wasm"))]
use super::strict::Strict;
use super::tree::Tree;
use crate::error::{Error, from_serde_message};

/// Reads a document.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    tree(text)?.document().map_err(|error| explain(text, error))
}

/// Reads a document, with the paths of the values that it does not know.
pub(crate) fn read_noting<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<String>), Error> {
    let read = tree(text)?.document_noting();
    read.map_err(|error| explain(text, error))
}

/// Reads a document from a value.
pub(crate) fn read_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Error> {
    let tree = Tree::deserialize(value).map_err(|error| from_serde_message(&error.to_string()))?;
    tree.document()
}

pub(super) fn tree(text: &str) -> Result<Tree<'_>, Error> {
    serde_json::from_str(text).map_err(|error| unreadable(text, &error))
}

/// The error with its place, and with its path to the end.
#[cold]
fn explain(text: &str, mut error: Error) -> Error {
    if let Some(name) = duplicate(&error) {
        let name = name.to_owned();
        push_name(&mut error.path, &name);
    }
    locate_all(text, Format::Json, std::slice::from_mut(&mut error));
    error
}

/// Reads a document of which there are many: without a tree, as long as nothing is wrong.
#[cfg(not(target_family = "wasm"))]
pub(super) fn read_fast<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    T::deserialize(Strict(&mut json))
        .and_then(|document| json.end().map(|()| document))
        .map_err(|_| diagnose::<T>(text))
}

/// Reads a document of which there are many. A reader for each type without a tree would make the
/// module larger by a tenth.
#[cfg(target_family = "wasm")]
pub(super) fn read_fast<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    read(text)
}

/// What is wrong with a text that is known to be no such document.
#[cold]
pub(crate) fn diagnose<T: DeserializeOwned>(text: &str) -> Error {
    match read::<T>(text) {
        Err(error) => error,
        Ok(_) => Error::new("syntax", "", "the document reads differently each time"),
    }
}

/// Why a text is no JSON.
#[cold]
fn unreadable(text: &str, error: &serde_json::Error) -> Error {
    let mut explained = from_serde_message(&error.to_string());
    if error.line() > 0 {
        place(&mut explained, position(text, error.line(), error.column()));
    }
    explained
}

/// The field that is written twice, if that is the error and its path does not say so yet.
fn duplicate(error: &Error) -> Option<&str> {
    let name = error
        .message
        .strip_prefix("duplicate field `")?
        .strip_suffix('`')?;
    let named = steps(&error.path)
        .last()
        .is_some_and(|step| step.is_field(name));
    (error.code == "field.duplicate" && !named).then_some(name)
}

/// From the reader's line and bytes to line and characters, both from 1.
fn position(text: &str, line: usize, column: usize) -> (u32, u32) {
    let whole = text.split('\n').nth(line.saturating_sub(1)).unwrap_or("");
    let read = whole.get(..column).unwrap_or(whole);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).max(1);
    (number(line), number(read.chars().count()))
}

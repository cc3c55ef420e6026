//! JSON: reading, and what its errors mean.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::Format;
use super::locate::{locate_all, place};
use super::path::{path_text, push_name, steps};
use super::strict::Strict;
use crate::error::{Error, from_serde_message};

/// Reads a document.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    T::deserialize(Strict(&mut json))
        .and_then(|document| json.end().map(|()| document))
        .map_err(|_| diagnose::<T>(text))
}

/// Reads once more, slowly, to learn the path.
#[cold]
pub(crate) fn diagnose<T: DeserializeOwned>(text: &str) -> Error {
    let mut json = serde_json::Deserializer::from_str(text);
    let (path, error) = match serde_path_to_error::deserialize::<_, T>(Strict(&mut json)) {
        Err(error) => (path_text(error.path()), error.into_inner()),
        Ok(_) => match json.end() {
            Err(error) => (String::new(), error),
            Ok(()) => {
                return Error::new("syntax", "", "the document reads differently each time");
            }
        },
    };
    let mut explained = from_serde_message(&error.to_string());
    if error.classify() == Category::Data {
        explained.path = path;
        if let Some(name) = duplicate(&explained) {
            let name = name.to_owned();
            push_name(&mut explained.path, &name);
        }
        // The reader stands behind the value by now.
        locate_all(text, Format::Json, std::slice::from_mut(&mut explained));
    }
    if explained.line.is_none() && error.line() > 0 {
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

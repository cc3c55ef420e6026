//! Any document as a tree of values, and documents read from such a tree.
//!
//! Documents that are read once and kept (schemes, decisions, options) are read in two steps: text
//! to tree, which depends on the format, and tree to document, which does not. So JSON and YAML
//! are read by one set of rules, errors know their path without a second reading, and the readers
//! of some hundred types exist once instead of once for each format. Only requests, of which there
//! are many, have a reader without a tree. A host's own values (Python objects, rows of a table)
//! become a tree as well.

mod any;
mod fault;
mod reader;

pub(super) use fault::inside;

use std::borrow::Cow;
use std::cell::RefCell;

use serde::de::{DeserializeOwned, Error as _, Expected, Unexpected};

use super::path::push_name;
use crate::error::Error;
use fault::Fault;
use reader::{PassedOver, Reader};

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

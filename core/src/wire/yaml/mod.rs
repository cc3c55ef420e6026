//! YAML: reading, what its errors mean, and where values stand.

mod build;
mod scalar;

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::locate::{Position, place};
use super::path::{Step, steps};
use super::tree::Tree;
use crate::error::Error;

/// Reads a document; plain numbers reach text values as they are written.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let document = Document::read(text)?;
    document
        .tree(document.root)
        .document()
        .map_err(|error| explain(&document, error))
}

/// Adds help that only YAML needs, and the place.
#[cold]
fn explain(document: &Document<'_>, mut error: Error) -> Error {
    if error.code == "value.type" && error.message.starts_with("invalid type: null") {
        error.help =
            Some("write the value, or leave the field out; the word null needs quotes".to_owned());
    }
    let position = document.find(&error);
    place(&mut error, position);
    error
}

/// Gives line and column to every error that has none.
#[cold]
pub(super) fn locate(text: &str, errors: &mut [Error]) {
    if let Ok(document) = Document::read(text) {
        for error in errors.iter_mut().filter(|error| error.line.is_none()) {
            let position = document.find(error);
            place(error, position);
        }
    }
}

/// A text's values with their places. Values that are named and repeated exist once.
struct Document<'t> {
    nodes: Vec<Node<'t>>,
    root: Id,
}

/// Number of a value in its document.
type Id = usize;

struct Node<'t> {
    position: Position,
    content: Content<'t>,
    /// Values in it, itself included, with what it repeats.
    size: usize,
    /// Lists and mappings one inside the other.
    height: usize,
}

enum Content<'t> {
    Map(Vec<Field<'t>>),
    List(Vec<Id>),
    Scalar(Tree<'t>),
    /// The value that a name (`*name`) stands for. It counts as standing where the name stands.
    Alias(Id),
}

struct Field<'t> {
    name: Cow<'t, str>,
    position: Position,
    value: Id,
}

impl<'t> Document<'t> {
    fn node(&self, id: Id) -> Option<&Node<'t>> {
        self.nodes.get(id)
    }

    /// The value without places.
    fn tree(&self, id: Id) -> Tree<'t> {
        match self.node(id).map(|node| &node.content) {
            Some(Content::Map(fields)) => Tree::Map(
                fields
                    .iter()
                    .map(|field| (field.name.clone(), self.tree(field.value)))
                    .collect(),
            ),
            Some(Content::List(values)) => {
                Tree::List(values.iter().map(|value| self.tree(*value)).collect())
            }
            Some(Content::Scalar(value)) => value.clone(),
            Some(Content::Alias(named)) => self.tree(*named),
            None => Tree::Null,
        }
    }

    /// Where the value at the error's path stands; its name, where the field itself is wrong.
    fn find(&self, error: &Error) -> Position {
        let names = matches!(&*error.code, "field.unknown" | "field.duplicate");
        let steps = steps(&error.path);
        let mut place = Place::default();
        let mut content = self.open(self.root, &mut place);
        for (number, step) in steps.iter().enumerate() {
            let child = match (content, step) {
                (Some(Content::Map(fields)), Step::Field(wanted)) => {
                    let Some(field) = fields.iter().find(|field| field.name == *wanted) else {
                        break;
                    };
                    if names && number + 1 == steps.len() {
                        place.at(field.position);
                        break;
                    }
                    field.value
                }
                (Some(Content::List(values)), Step::Index(index)) => match values.get(*index) {
                    Some(value) => *value,
                    None => break,
                },
                _ => break,
            };
            content = self.open(child, &mut place);
        }
        place.position
    }

    /// What a value holds; notes where it stands.
    fn open(&self, id: Id, place: &mut Place) -> Option<&Content<'t>> {
        let node = self.node(id)?;
        place.at(node.position);
        match &node.content {
            Content::Alias(named) => {
                place.repeated = true;
                self.open(*named, place)
            }
            content => Some(content),
        }
    }
}

/// The place of a value on the way down; what is inside a repeated value stands at its name.
#[derive(Default)]
struct Place {
    position: Position,
    repeated: bool,
}

impl Place {
    fn at(&mut self, position: Position) {
        if !self.repeated {
            self.position = position;
        }
    }
}

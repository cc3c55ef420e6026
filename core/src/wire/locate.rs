//! Where a value stands in the text that a document was read from.
//!
//! Documents are read without positions: nothing is kept for the many that are fine. Where an
//! error is to be shown, the text is walked once more along the paths of the errors.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Format;
use super::path::{Step, steps};
use super::read::without_mark;
use crate::error::Error;

/// Line and column, both from 1; columns count characters.
pub(super) type Position = (u32, u32);

/// Line and column, both from 1 and in characters, of the value at `path` (such as
/// `products[0].benefits[3].cover[1].co_insurance`), or of the nearest value around it that the
/// text has. `None` if the text cannot be read.
///
/// ```
/// use adjudica::wire::{Format, locate};
///
/// let text = "code: a\nproducts:\n  - code: b\n";
/// assert_eq!(locate(text, Format::Yaml, "products[0].code"), Some((3, 11)));
/// ```
#[must_use]
pub fn locate(text: &str, format: Format, path: &str) -> Option<(u32, u32)> {
    let mut error = [Error::new("", path, "")];
    locate_all(text, format, &mut error);
    let [error] = error;
    error.line.zip(error.column)
}

/// Gives line and column to every error that has none.
#[cold]
pub(super) fn locate_all(text: &str, format: Format, errors: &mut [Error]) {
    let text = without_mark(text);
    match format {
        Format::Json => locate_json(text, errors),
        #[cfg(feature = "yaml")]
        Format::Yaml => super::yaml::locate(text, errors),
    }
}

/// Gives an error its position.
pub(super) fn place(error: &mut Error, position: Position) {
    error.line = Some(position.0);
    error.column = Some(position.1);
}

fn locate_json(text: &str, errors: &mut [Error]) {
    let Ok(root) = serde_json::from_str::<&RawValue>(text) else {
        return;
    };
    let root = Node::new(root.get());
    let mut found: Vec<(usize, &mut Error)> = errors
        .iter_mut()
        .filter(|error| error.line.is_none())
        .map(|error| (find_json(text, &root, error), error))
        .collect();
    found.sort_by_key(|(offset, _)| *offset);
    let mut cursor = Cursor::new(text);
    for (offset, error) in found {
        place(error, cursor.at(offset));
    }
}

/// Offset of the value at the error's path; of its name, where the field itself is wrong.
fn find_json(text: &str, root: &Node<'_>, error: &Error) -> usize {
    let names = matches!(&*error.code, "field.unknown" | "field.duplicate");
    let steps = steps(&error.path);
    let mut node = root;
    for (position, step) in steps.iter().enumerate() {
        let last = names && position + 1 == steps.len();
        let child = match step {
            Step::Index(index) => node.children().get(*index).filter(|c| c.name.is_none()),
            Step::Field(wanted) => {
                let mut fitting = node.children().iter().filter(|child| child.has(wanted));
                // Of a field written twice, the second is the wrong one.
                if last {
                    fitting.next_back()
                } else {
                    fitting.next()
                }
            }
        };
        let Some(child) = child else {
            break;
        };
        node = &child.node;
        if let (true, Some(name)) = (last, &child.name) {
            return offset_of_name(text, offset_in(text, node.text), name);
        }
    }
    offset_in(text, node.text)
}

/// Offset of the name whose value begins at `value`; of the value, if the name is not written
/// plainly.
fn offset_of_name(text: &str, value: usize, name: &str) -> usize {
    text.get(..value)
        .map(str::trim_end)
        .and_then(|before| before.strip_suffix(':'))
        .map(str::trim_end)
        .and_then(|before| before.strip_suffix(&format!("\"{name}\"")))
        .map_or(value, str::len)
}

/// `part` must be a slice of `text`.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// A value of a JSON text, opened only where a path goes through it.
struct Node<'t> {
    text: &'t str,
    children: OnceCell<Vec<Child<'t>>>,
}

struct Child<'t> {
    /// Name of the field; none in a list.
    name: Option<String>,
    node: Node<'t>,
}

impl Child<'_> {
    fn has(&self, name: &str) -> bool {
        self.name.as_deref() == Some(name)
    }
}

impl<'t> Node<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            children: OnceCell::new(),
        }
    }

    fn children(&self) -> &[Child<'t>] {
        self.children.get_or_init(|| {
            let parts: Parts<'t> = serde_json::from_str(self.text).unwrap_or_default();
            parts.0
        })
    }
}

/// The values directly inside a value.
#[derive(Default)]
struct Parts<'t>(Vec<Child<'t>>);

impl<'de> Deserialize<'de> for Parts<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PartsVisitor;
        impl<'de> Visitor<'de> for PartsVisitor {
            type Value = Parts<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a list")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts<'de>, A::Error> {
                let mut parts = Parts::default();
                while let Some((name, value)) = map.next_entry::<Cow<'de, str>, &RawValue>()? {
                    parts.push(Some(name.into_owned()), value);
                }
                Ok(parts)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Parts<'de>, A::Error> {
                let mut parts = Parts::default();
                while let Some(value) = list.next_element::<&RawValue>()? {
                    parts.push(None, value);
                }
                Ok(parts)
            }
        }
        deserializer.deserialize_any(PartsVisitor)
    }
}

impl<'t> Parts<'t> {
    fn push(&mut self, name: Option<String>, value: &'t RawValue) {
        self.0.push(Child {
            name,
            node: Node::new(value.get()),
        });
    }
}

/// Counts lines and columns on the way through a text.
pub(super) struct Cursor<'t> {
    rest: &'t str,
    offset: usize,
    position: Position,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            offset: 0,
            position: (1, 1),
        }
    }

    /// The position of a byte offset; offsets must be asked for in rising order.
    pub(super) fn at(&mut self, offset: usize) -> Position {
        let ahead = offset.saturating_sub(self.offset);
        let Some((passed, rest)) = self.rest.split_at_checked(ahead) else {
            return self.position;
        };
        for character in passed.chars() {
            if character == '\n' {
                self.position = (self.position.0.saturating_add(1), 1);
            } else {
                self.position.1 = self.position.1.saturating_add(1);
            }
        }
        self.rest = rest;
        self.offset = offset;
        self.position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_and_names_in_json() {
        let text = "{\"é\": 1, \"a\" :\n  [ {\"b\": 2},\t{\"b\": [3,4], \"c\":5, \"c\":6} ]}";
        for (path, position) in [
            ("", (1, 1)),
            ("é", (1, 7)),
            ("a", (2, 3)),
            ("a[0].b", (2, 11)),
            ("a[1]", (2, 15)),
            ("a[1].b[1]", (2, 24)),
            ("a[1].b[7]", (2, 21)),
            ("a[1].nothing.here", (2, 15)),
        ] {
            assert_eq!(locate(text, Format::Json, path), Some(position), "{path}");
        }
        let mut twice = [Error::new("field.duplicate", "a[1].c", "")];
        locate_all(text, Format::Json, &mut twice);
        assert_eq!(twice[0].line.zip(twice[0].column), Some((2, 35)));
        assert_eq!(locate("{\"a\": ", Format::Json, "a"), None);
    }
}

//! From a parser's events to the values of a document.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};
use rustc_hash::{FxHashMap, FxHashSet};

use super::scalar::{Kind, kind, unsupported, value};
use super::{Content, Document, Field, Id, Node};
use crate::error::{Error, from_serde_message, shorten};
use crate::wire::locate::{Position, place};
use crate::wire::path::push_name;
use crate::wire::tree::inside;

/// Most values (scalars, lists, mappings) of a document: enough for a price entry of every item
/// in every district of a country, little enough to stop a document that only repeats itself.
const MOST_NODES: usize = 4_000_000;

/// Most values that may be repeated by name (`*`): enough to write a product's benefits once for
/// many products.
const MOST_REPEATED: usize = 200_000;

/// Deepest nesting: three times what a scheme needs, and little stack.
const DEEPEST: usize = 32;

impl<'t> Document<'t> {
    /// Reads the one document of a text.
    ///
    /// # Errors
    /// If it is no YAML, or none we read; with the place, and the path of a field written twice.
    pub(super) fn read(text: &'t str) -> Result<Self, Error> {
        let mut builder = Builder {
            parser: Parser::new_from_str(text),
            nodes: Vec::new(),
            named: FxHashMap::default(),
            repeated: 0,
        };
        let mut root = None;
        loop {
            let (event, _) = builder.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(..) => {
                    let (event, position) = builder.next()?;
                    if root.is_some() {
                        return Err(second(position));
                    }
                    root = Some(builder.value(event, position, 0)?);
                }
                _ => {}
            }
        }
        match root {
            Some(root) => Ok(Document {
                nodes: builder.nodes,
                root,
            }),
            None => Err(Error::new("syntax", "", "the text has no value")),
        }
    }
}

struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    nodes: Vec<Node<'t>>,
    /// Values by the number of their anchor; none while the value is still open.
    named: FxHashMap<usize, Option<Id>>,
    repeated: usize,
}

impl<'t> Builder<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Position), Error> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, position(&span.start))),
            Some(Err(error)) => Err(unreadable(&error)),
            None => Ok((Event::StreamEnd, (1, 1))),
        }
    }

    /// The value that begins with an event, inside of `depth` lists and mappings.
    fn value(&mut self, event: Event<'t>, at: Position, depth: usize) -> Result<Id, Error> {
        let (anchor, content) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value =
                    value(text, style, tag.as_deref()).map_err(|error| placed(error, at))?;
                (anchor, Content::Scalar(value))
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.begin(anchor, tag.as_deref(), Kind::List, at, depth)?;
                (anchor, self.list(depth + 1)?)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.begin(anchor, tag.as_deref(), Kind::Map, at, depth)?;
                (anchor, self.map(depth + 1)?)
            }
            Event::Alias(anchor) => return self.alias(anchor, at, depth),
            _ => return Err(placed(Error::new("syntax", "", "a value is missing"), at)),
        };
        let id = self.push(content, at)?;
        if anchor > 0 {
            self.named.insert(anchor, Some(id));
        }
        Ok(id)
    }

    /// Before the values of a list or mapping.
    fn begin(
        &mut self,
        anchor: usize,
        tag: Option<&Tag>,
        wanted: Kind,
        at: Position,
        depth: usize,
    ) -> Result<(), Error> {
        if let Some(tag) = tag {
            let fits = kind(tag).map(|kind| kind == wanted || tag.original() == "!");
            if fits != Ok(true) {
                return Err(placed(unsupported(tag), at));
            }
        }
        if depth >= DEEPEST {
            return Err(too_complex(at));
        }
        self.named.insert(anchor, None);
        Ok(())
    }

    fn push(&mut self, content: Content<'t>, position: Position) -> Result<Id, Error> {
        if self.nodes.len() >= MOST_NODES {
            return Err(too_complex(position));
        }
        let (mut size, mut height) = (1_usize, 0);
        let mut inside = |id: Id, step: usize| {
            if let Some(node) = self.nodes.get(id) {
                size = size.saturating_add(node.size);
                height = height.max(node.height + step);
            }
        };
        match &content {
            Content::Map(fields) => fields.iter().for_each(|field| inside(field.value, 1)),
            Content::List(values) => values.iter().for_each(|value| inside(*value, 1)),
            Content::Alias(named) => inside(*named, 0),
            Content::Scalar(_) => {}
        }
        let id = self.nodes.len();
        self.nodes.push(Node {
            position,
            content,
            size,
            height,
        });
        Ok(id)
    }

    /// The value of an anchor once more.
    fn alias(&mut self, anchor: usize, at: Position, depth: usize) -> Result<Id, Error> {
        // None while it is open: it would hold itself.
        let Some(Some(named)) = self.named.get(&anchor).copied() else {
            return Err(too_complex(at));
        };
        if let Some(node) = self.nodes.get(named) {
            self.repeated = self.repeated.saturating_add(node.size);
            if self.repeated > MOST_REPEATED || depth + node.height > DEEPEST {
                return Err(too_complex(at));
            }
        }
        self.push(Content::Alias(named), at)
    }

    fn list(&mut self, depth: usize) -> Result<Content<'t>, Error> {
        let mut values = Vec::new();
        loop {
            let (event, at) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(Content::List(values));
            }
            let value = self.value(event, at, depth);
            values.push(value.map_err(|error| within(error, || format!("[{}]", values.len())))?);
        }
    }

    fn map(&mut self, depth: usize) -> Result<Content<'t>, Error> {
        let mut fields: Vec<Field<'t>> = Vec::new();
        let mut names = FxHashSet::default();
        let mut merged = Vec::new();
        loop {
            let (event, position) = self.next()?;
            let (name, style) = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, style, 0, None) => (text, style),
                _ => return Err(no_name(position)),
            };
            let (event, at) = self.next()?;
            let value = self
                .value(event, at, depth)
                .map_err(|error| within(error, || step(&name)))?;
            if name == "<<" && style == ScalarStyle::Plain {
                merged.push((value, at));
                continue;
            }
            if !names.insert(name.clone()) {
                return Err(twice(&name, position));
            }
            fields.push(Field {
                name,
                position,
                value,
            });
        }
        for (value, at) in merged {
            self.merge(value, at, &mut fields, &mut names)?;
        }
        Ok(Content::Map(fields))
    }

    /// Adds the fields of a mapping, or of each mapping of a list, that are not there yet
    /// (`<<: *name`). They stand where the merge stands.
    fn merge(
        &mut self,
        from: Id,
        at: Position,
        fields: &mut Vec<Field<'t>>,
        names: &mut FxHashSet<Cow<'t, str>>,
    ) -> Result<(), Error> {
        let found: Vec<(Cow<'t, str>, Id)> = match self.nodes.get(from).map(|node| &node.content) {
            Some(Content::Alias(named)) => return self.merge(*named, at, fields, names),
            Some(Content::Map(fields)) => fields
                .iter()
                .map(|field| (field.name.clone(), field.value))
                .collect(),
            Some(Content::List(values)) => {
                for value in values.clone() {
                    self.merge(value, at, fields, names)?;
                }
                return Ok(());
            }
            _ => {
                let message = "only the fields of a mapping can be merged (`<<`)";
                return Err(placed(Error::new("syntax", "", message), at));
            }
        };
        for (name, value) in found {
            if names.insert(name.clone()) {
                fields.push(Field {
                    name,
                    position: at,
                    value: self.push(Content::Alias(value), at)?,
                });
            }
        }
        Ok(())
    }
}

fn position(mark: &Marker) -> Position {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).max(1);
    (number(mark.line()), number(mark.col().saturating_add(1)))
}

fn placed(mut error: Error, position: Position) -> Error {
    place(&mut error, position);
    error
}

/// Only a field written twice is looked for by its path; all else is told by line and column.
#[cold]
fn within(error: Error, step: impl FnOnce() -> String) -> Error {
    if error.code == "field.duplicate" {
        inside(error, &step())
    } else {
        error
    }
}

fn step(name: &str) -> String {
    let mut step = String::new();
    push_name(&mut step, name);
    step
}

#[cold]
fn twice(name: &str, position: Position) -> Error {
    let error = from_serde_message(&format!("duplicate field `{name}`"));
    placed(inside(error, &step(name)), position)
}

#[cold]
fn no_name(position: Position) -> Error {
    let message = "the name of a field must be text without anchor and tag";
    placed(Error::new("syntax", "", message), position)
}

#[cold]
fn second(position: Position) -> Error {
    let message = "a second document begins in the same text";
    let error = Error::new("syntax", "", message);
    placed(
        error.with_help("write one document; remove the line `---`"),
        position,
    )
}

#[cold]
fn too_complex(position: Position) -> Error {
    let message = "the document is nested too deeply, repeats itself too often or is too large";
    let error = Error::new("text.too_complex", "", message);
    placed(error.with_help("write less, or write it as JSON"), position)
}

#[cold]
fn unreadable(error: &ScanError) -> Error {
    let message = match error.kind() {
        ErrorKind::UnknownAnchor => "alias references unknown anchor".to_owned(),
        kind => shorten(&kind.to_string()),
    };
    placed(Error::new("syntax", "", message), position(error.marker()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::error::Error;
    use crate::wire::yaml::read;

    fn error(text: &str) -> Error {
        read::<Value>(text).unwrap_err()
    }

    #[test]
    fn names_repeat_values_and_merge_fields() {
        let text = "a: &a {x: 1, y: [2, &z z]}\nb: *a\nc: {y: 3, <<: *a}\nd: {<<: [{x: 5}, *a]}\n\
                    e: [*z, *z]\nf: {\"<<\": 1}\n";
        let found: Value = read(text).unwrap();
        let expected = json!({
            "a": {"x": 1, "y": [2, "z"]}, "b": {"x": 1, "y": [2, "z"]}, "c": {"y": 3, "x": 1},
            "d": {"x": 5, "y": [2, "z"]}, "e": ["z", "z"], "f": {"<<": 1},
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_document_of_ours_has_its_place() {
        let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert!(read::<Value>(&deep(32)).is_ok());
        let chain = format!("a: &a {}\nb: [[*a]]\n", deep(30));
        for (text, code, path, place) in [
            (deep(33).as_str(), "text.too_complex", "", (1, 33)),
            (chain.as_str(), "text.too_complex", "", (2, 6)),
            (
                "a: {b: [1, {c: 1, c: 2}]}",
                "field.duplicate",
                "a.b[1].c",
                (1, 19),
            ),
            ("a: {<<: 1}", "syntax", "", (1, 9)),
            ("? [a]\n: 1", "syntax", "", (1, 3)),
            ("a: !!int x", "syntax", "", (1, 10)),
            ("a: !!map [1]", "syntax", "", (1, 10)),
            ("a: &a 1\nb: *c", "syntax", "", (2, 4)),
        ] {
            let error = error(text);
            let found = (&*error.code, &*error.path, error.line.zip(error.column));
            assert_eq!(found, (code, path, Some(place)), "{text}: {error}");
        }
        assert_eq!(error("# nothing").message, "the text has no value");
    }
}

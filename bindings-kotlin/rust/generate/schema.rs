//! What the JSON Schemas of core's documents say, in the few forms that they use. A form that is
//! new here is an error, so that no field is ever lost silently.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A type of the documents.
pub enum Shape<'s> {
    /// An object with fields.
    Record(Vec<Field<'s>>),
    /// One of several texts.
    Choice(Vec<Name<'s>>),
    /// One of several objects with one field each, or texts.
    Union(Vec<Case<'s>>),
    /// One of several objects, told apart by the text in a field that all of them have.
    Tagged {
        tag: &'s str,
        cases: Vec<(Name<'s>, Vec<Field<'s>>)>,
        /// The cases as they are in the schema.
        of: &'s Value,
    },
    /// An object with fields and, among them, those of a [`Tagged`](Self::Tagged) with these cases.
    Flat(Vec<Field<'s>>, &'s Value),
    /// Another name for a simpler type.
    Alias(Kind<'s>),
}

/// A field of an object.
#[derive(Clone)]
pub struct Field<'s> {
    pub name: &'s str,
    pub kind: Kind<'s>,
    pub nullable: bool,
    pub required: bool,
    pub default: Option<&'s Value>,
    /// Written even if it is the default.
    pub always: bool,
    pub description: &'s str,
}

/// A text that stands for itself.
pub struct Name<'s> {
    pub text: &'s str,
    pub description: &'s str,
}

/// One form of a union: its name and, unless it is a mere text, what it holds.
pub struct Case<'s> {
    pub name: Name<'s>,
    pub holds: Option<Kind<'s>>,
}

/// The type of a value.
#[derive(Clone)]
pub enum Kind<'s> {
    Text,
    Decimal,
    Day,
    Moment,
    Flag,
    Int,
    Long,
    List(Box<Kind<'s>>),
    Map(Box<Kind<'s>>),
    Named(&'s str),
}

/// The sentences that describe a schema.
pub fn description(schema: &Value) -> &str {
    text(schema, "description").unwrap_or_default()
}

pub fn text<'s>(schema: &'s Value, key: &str) -> Option<&'s str> {
    schema.get(key).and_then(Value::as_str)
}

/// Whether a schema is of an object with these fields or none, not of any names.
pub fn is_record(schema: &Value) -> bool {
    let names = schema.get("additionalProperties");
    schema.get("properties").is_some()
        || text(schema, "type") == Some("object") && names.is_none_or(Value::is_boolean)
}

/// The fields that are always there.
pub fn required(schema: &Value) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default()
}

/// What a definition is.
pub fn shape(schema: &Value) -> Result<Shape<'_>> {
    if let Some(of @ Value::Array(cases)) = schema.get("oneOf") {
        if schema.get("properties").is_some() {
            return Ok(Shape::Flat(fields(schema)?, of));
        }
        if let Some(tag) = cases.iter().find_map(tag) {
            let cases = cases.iter().map(|case| tagged(case, tag));
            let cases = cases.collect::<Result<Vec<_>>>()?;
            return Ok(Shape::Tagged { tag, cases, of });
        }
        let cases = cases.iter().map(case).collect::<Result<Vec<_>>>()?;
        if cases.iter().any(|case| case.holds.is_some()) {
            return Ok(Shape::Union(cases));
        }
        return Ok(Shape::Choice(cases.into_iter().map(|c| c.name).collect()));
    }
    if let Some(texts) = schema.get("enum").and_then(Value::as_array) {
        let names = texts.iter().map(|text| text.as_str().map(named));
        let names = names.collect::<Option<Vec<_>>>();
        return Ok(Shape::Choice(names.context("a name is no text")?));
    }
    if is_record(schema) {
        return Ok(Shape::Record(fields(schema)?));
    }
    let (kind, nullable) = kind(schema)?;
    if nullable {
        bail!("an alias may not be null");
    }
    Ok(Shape::Alias(kind))
}

fn named(text: &str) -> Name<'_> {
    Name {
        text,
        description: "",
    }
}

/// The name of the field that holds but one text.
fn tag(case: &Value) -> Option<&str> {
    let properties = case.get("properties")?.as_object()?;
    let tag = properties
        .iter()
        .find(|(_, schema)| schema.get("const").is_some());
    tag.map(|(name, _)| name.as_str())
}

fn tagged<'s>(case: &'s Value, tag: &str) -> Result<(Name<'s>, Vec<Field<'s>>)> {
    let field = case.get("properties").and_then(|all| all.get(tag));
    let text = field
        .and_then(|field| text(field, "const"))
        .context("a case without its tag")?;
    let description = description(case);
    let mut fields = fields(case)?;
    fields.retain(|field| field.name != tag);
    Ok((Name { text, description }, fields))
}

fn case(schema: &Value) -> Result<Case<'_>> {
    let description = description(schema);
    if let Some(text) = text(schema, "const") {
        let name = Name { text, description };
        return Ok(Case { name, holds: None });
    }
    let [field] = <[Field; 1]>::try_from(fields(schema)?)
        .map_err(|fields| anyhow::anyhow!("a case with {} fields", fields.len()))?;
    if field.nullable || !field.required {
        bail!("a case whose value may be absent");
    }
    let name = Name {
        text: field.name,
        description,
    };
    Ok(Case {
        name,
        holds: Some(field.kind),
    })
}

fn fields(schema: &Value) -> Result<Vec<Field<'_>>> {
    let required = required(schema);
    if !is_record(schema) {
        bail!("neither properties nor a simpler form");
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(name, schema)| {
            let (kind, nullable) = kind(schema).with_context(|| format!("field `{name}`"))?;
            Ok(Field {
                name,
                kind,
                nullable,
                required: required.contains(&name.as_str()),
                default: schema.get("default"),
                always: schema.get("always").is_some(),
                description: description(schema),
            })
        })
        .collect()
}

/// The type of a value, and whether it may be null.
fn kind(schema: &Value) -> Result<(Kind<'_>, bool)> {
    if let Some(reference) = text(schema, "$ref") {
        let name = reference.strip_prefix("#/$defs/");
        return Ok((Kind::Named(name.context("a foreign reference")?), false));
    }
    if let Some(forms) = schema.get("anyOf").and_then(Value::as_array) {
        let [form, null] = forms.as_slice() else {
            bail!("any of {} forms", forms.len());
        };
        if text(null, "type") != Some("null") {
            bail!("any of two forms, neither of which is null");
        }
        return Ok((kind(form)?.0, true));
    }
    let (name, nullable) = match schema.get("type") {
        Some(Value::String(name)) => (name.as_str(), false),
        Some(Value::Array(names)) => match names.as_slice() {
            [Value::String(name), Value::String(null)] if null == "null" => (name.as_str(), true),
            _ => bail!("one of several types"),
        },
        _ => bail!("no type: {schema}"),
    };
    let kind = match (name, text(schema, "format")) {
        ("string", Some("date")) => Kind::Day,
        ("string", Some("date-time")) => Kind::Moment,
        ("string", None) if is_decimal(schema) => Kind::Decimal,
        ("string", None) => Kind::Text,
        ("boolean", None) => Kind::Flag,
        ("integer", Some("uint" | "uint32" | "uint64" | "int64")) => Kind::Long,
        ("integer", Some("uint8" | "int8" | "uint16" | "int16" | "int32")) => Kind::Int,
        ("array", None) => Kind::List(Box::new(part(schema, "items")?)),
        ("object", None) => Kind::Map(Box::new(part(schema, "additionalProperties")?)),
        (name, format) => bail!("type {name} with format {format:?}"),
    };
    Ok((kind, nullable))
}

fn is_decimal(schema: &Value) -> bool {
    text(schema, "pattern").is_some_and(|pattern| pattern.starts_with("^-?[0-9]+(\\."))
}

fn part<'s>(schema: &'s Value, key: &str) -> Result<Kind<'s>> {
    let part = schema
        .get(key)
        .with_context(|| format!("`{key}` is missing"))?;
    match kind(part)? {
        (kind, false) => Ok(kind),
        (_, true) => bail!("null inside `{key}`"),
    }
}

//! What the JSON Schemas of core's documents say, in the few forms that they use. A form that is
//! new here is an error, so that no field is ever lost silently.

use adjudica::compat::audit::Audit;
use adjudica::compat::openimis_1_11::SwitchRow;
use adjudica::conventions::Difference;
use adjudica::wire::{
    AttributedClaim, ExplainOptions, ImportDocument, Options, ReplayOptions, ReplayedClaim,
    SnapshotDocument,
};
use adjudica::{Decision, Error, Report, Request, Scheme};
use anyhow::{Context, Result, bail};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// The documents that stand for themselves; the other types are parts of these.
pub const ROOTS: [&str; 12] = [
    "Scheme",
    "Request",
    "Decision",
    "Options",
    "Report",
    "ExplainOptions",
    "SnapshotDocument",
    "ImportDocument",
    "ReplayOptions",
    "ReplayedClaim",
    "AttributedClaim",
    "Audit",
];

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
    Flag,
    Int,
    Long,
    List(Box<Kind<'s>>),
    Map(Box<Kind<'s>>),
    Named(&'s str),
}

/// Every type of the documents by name, in order of declaration. Those that are only written are
/// described as they are found: no field is left out.
pub fn definitions() -> Map<String, Value> {
    let mut read = SchemaSettings::draft2020_12().into_generator();
    read.subschema_for::<Scheme>();
    read.subschema_for::<Options>();
    read.subschema_for::<Request>();
    read.subschema_for::<Decision>();
    read.subschema_for::<Report>();
    read.subschema_for::<ExplainOptions>();
    read.subschema_for::<SnapshotDocument>();
    read.subschema_for::<ImportDocument>();
    read.subschema_for::<Difference>();
    read.subschema_for::<Error>();
    read.subschema_for::<ReplayOptions>();
    let mut written = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    written.subschema_for::<SwitchRow>();
    written.subschema_for::<ReplayedClaim>();
    written.subschema_for::<AttributedClaim>();
    written.subschema_for::<Audit>();
    let mut all = read.take_definitions(true);
    for (name, schema) in written.take_definitions(true) {
        all.entry(name).or_insert(schema);
    }
    all
}

/// The sentences that describe a schema.
pub fn description(schema: &Value) -> &str {
    text(schema, "description").unwrap_or_default()
}

fn text<'s>(schema: &'s Value, key: &str) -> Option<&'s str> {
    schema.get(key).and_then(Value::as_str)
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
    if schema.get("properties").is_some() {
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
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let properties = schema
        .get("properties")
        .and_then(Value::as_object)
        .context("neither properties nor a simpler form")?;
    properties
        .iter()
        .map(|(name, schema)| {
            let (kind, nullable) = kind(schema).with_context(|| format!("field `{name}`"))?;
            Ok(Field {
                name,
                kind,
                nullable,
                required: required.contains(&name.as_str()),
                default: schema.get("default"),
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

//! The types of core's documents by name: those that stand for themselves, and their parts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use adjudica::compat::audit::Audit;
use adjudica::compat::openimis_1_11::SwitchRow;
use adjudica::conventions::Difference;
use adjudica::wire::{
    AttributedClaim, ExplainOptions, ImportDocument, Options, Question, ReplayOptions,
    ReplayedClaim, SnapshotDocument, schemas,
};
use adjudica::{Decision, Error, Report, Request, Scheme};
use anyhow::{Context, Result};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::kotlin::pascal;
use crate::schema::{is_record, required, text};

/// The documents that stand for themselves, beside those of questions; the other types are parts
/// of these.
const ROOTS: [&str; 12] = [
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

/// The schemas of core's documents by name.
static SCHEMAS: LazyLock<BTreeMap<&str, Value>> = LazyLock::new(|| {
    let all = schemas().into_iter();
    all.map(|(name, schema)| (name, schema.to_value()))
        .collect()
});

/// The schemas of a question's request and answer.
pub fn asked(question: Question) -> Result<[&'static Value; 2]> {
    let answer = question.name();
    let request = match question {
        Question::Decision => "request".to_owned(),
        _ => format!("{answer}_request"),
    };
    let schema = |name: &str| {
        SCHEMAS
            .get(name)
            .with_context(|| format!("no schema `{name}`"))
    };
    Ok([schema(&request)?, schema(answer)?])
}

/// The name of the type that a schema describes.
pub fn title(schema: &Value) -> Result<&str> {
    text(schema, "title").context("a document without a title")
}

/// Whether a type stands for itself.
pub fn is_root(name: &str) -> bool {
    let asks = |question| {
        asked(question).is_ok_and(|both| both.iter().any(|it| text(it, "title") == Some(name)))
    };
    ROOTS.contains(&name) || Question::ALL.into_iter().any(asks)
}

/// Every type of the documents by name, in order of declaration. Those that are only written are
/// described as they are found: no field is left out.
pub fn definitions() -> Result<Map<String, Value>> {
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
    for question in Question::ALL {
        for document in asked(question)? {
            add_document(&mut all, document, &pascal(question.name()))?;
        }
    }
    Ok(all)
}

/// Adds the types of a document. A name that another type has already gets the question's before it.
fn add_document(all: &mut Map<String, Value>, document: &Value, question: &str) -> Result<()> {
    let parts = document.get("$defs").and_then(Value::as_object);
    let mut types: Vec<(String, Value)> = parts
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    types.push((title(document)?.to_owned(), document.clone()));
    let own: Vec<String> = types
        .iter()
        .filter(|(name, schema)| {
            all.get(name)
                .is_some_and(|known| names(known) != names(schema))
        })
        .map(|(name, _)| name.clone())
        .collect();
    for (name, mut schema) in types {
        point(&mut schema, &own, question);
        match own.contains(&name) {
            true => add(all, &format!("{question}{name}"), schema),
            false => add(all, &name, schema),
        }
    }
    Ok(())
}

/// Points references to types of those names to the question's own.
fn point(schema: &mut Value, own: &[String], question: &str) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| point(item, own, question)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| {
            let name = value
                .as_str()
                .and_then(|text| text.strip_prefix("#/$defs/"));
            match name.filter(|name| key == "$ref" && own.iter().any(|own| own == name)) {
                Some(name) => *value = json!(format!("#/$defs/{question}{name}")),
                None => point(value, own, question),
            }
        }),
        _ => {}
    }
}

/// Adds a type; objects inside a case get a name of their own. One that is known may be written
/// otherwise than read: fields that need not be given, but are always written.
fn add(all: &mut Map<String, Value>, name: &str, mut schema: Value) {
    if let Some(known) = all.get_mut(name) {
        let always: Vec<String> = required(&schema).into_iter().map(str::to_owned).collect();
        let fields = known.get_mut("properties").and_then(Value::as_object_mut);
        for (name, field) in fields.into_iter().flatten() {
            if always.contains(name) && field.get("default").is_some() {
                field["always"] = Value::Bool(true);
            }
        }
        return;
    }
    let cases = schema.get_mut("oneOf").and_then(Value::as_array_mut);
    for case in cases.into_iter().flatten() {
        let fields = case.get_mut("properties").and_then(Value::as_object_mut);
        for (field, held) in fields.into_iter().flatten() {
            if is_record(held) {
                let own = format!("{name}{}", pascal(field));
                let reference = json!({"$ref": format!("#/$defs/{own}")});
                all.insert(own, std::mem::replace(held, reference));
            }
        }
    }
    all.insert(name.to_owned(), schema);
}

/// The fields of a type, and the texts and fields of its cases.
fn names(schema: &Value) -> BTreeSet<&str> {
    let fields = schema.get("properties").and_then(Value::as_object);
    let cases = schema.get("oneOf").and_then(Value::as_array);
    let mut all: BTreeSet<&str> = cases.into_iter().flatten().flat_map(names).collect();
    all.extend(fields.into_iter().flatten().map(|(name, _)| name.as_str()));
    all.extend(text(schema, "const"));
    all
}

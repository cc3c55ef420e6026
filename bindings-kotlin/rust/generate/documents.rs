//! The documents as Kotlin data classes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::definitions::{definitions, is_root};
use crate::kotlin::{comment, constant, pascal, property, type_name};
use crate::schema::{Case, Field, Kind, Name, Shape, description, shape};

const HEAD: &str = r#"// Written by generate-kotlin from the JSON Schemas of core's documents.
@file:OptIn(ExperimentalSerializationApi::class)

package org.adjudica

import java.math.BigDecimal
import java.time.LocalDate
import java.time.OffsetDateTime
import kotlinx.serialization.EncodeDefault
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KeepGeneratedSerializer
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.MapSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.json.JsonClassDiscriminator

/** A day; `YYYY-MM-DD` in JSON. */
public typealias Day = @Serializable(with = DaySerializer::class) LocalDate
"#;

type Shapes<'s> = BTreeMap<&'s str, Shape<'s>>;

/// `Documents.kt`.
pub fn source() -> Result<String> {
    let definitions = definitions()?;
    let mut shapes = Shapes::new();
    for (name, schema) in &definitions {
        let shape = shape(schema).with_context(|| format!("type `{name}`"))?;
        shapes.insert(name, shape);
    }
    let mut out = String::from(HEAD);
    for (name, schema) in &definitions {
        out.push('\n');
        out.push_str(&comment(description(schema), ""));
        let declaration = declaration(name, &shapes);
        out.push_str(&declaration.with_context(|| format!("type `{name}`"))?);
    }
    Ok(out)
}

fn declaration(name: &str, shapes: &Shapes) -> Result<String> {
    let kotlin = type_name(name);
    match shapes.get(name).context("not defined")? {
        Shape::Alias(kind) => Ok(format!("public typealias {kotlin} = {}\n", text(kind))),
        Shape::Choice(names) => Ok(choice(kotlin, names)),
        Shape::Union(cases) => union(kotlin, cases, shapes),
        Shape::Record(fields) => {
            let head = "@Serializable\npublic ";
            Ok(format!("{head}{}\n", record(name, fields, shapes)?))
        }
        Shape::Tagged { tag, cases, .. } => tagged(kotlin, tag, cases, shapes),
        Shape::Flat(fields, cases) => flat(name, fields, cases, shapes),
    }
}

fn choice(kotlin: &str, names: &[Name]) -> String {
    let mut out = format!("@Serializable\npublic enum class {kotlin} {{\n");
    for name in names {
        out.push_str(&comment(name.description, "    "));
        let _ = writeln!(out, "    @SerialName(\"{}\")", name.text);
        let _ = writeln!(out, "    {},", constant(name.text));
    }
    out + "}\n"
}

fn union(kotlin: &str, cases: &[Case], shapes: &Shapes) -> Result<String> {
    let mut types = String::new();
    let mut forms = String::new();
    for Case { name, holds } in cases {
        let case = pascal(name.text);
        types.push_str(&comment(name.description, "    "));
        if let Some(kind) = holds {
            let mut held = text(kind);
            // Inside the union, its cases hide types of the same name.
            if cases.iter().any(|case| pascal(case.name.text) == held) {
                held = format!("org.adjudica.{held}");
            }
            let _ = writeln!(
                types,
                "    public data class {case}(public val value: {held}) : {kotlin}"
            );
            let _ = writeln!(
                forms,
                "    form(\"{}\", {}, {kotlin}::{case}, {kotlin}.{case}::value),",
                name.text,
                serializer(kind, shapes)?
            );
        } else {
            let _ = writeln!(types, "    public data object {case} : {kotlin}");
            let _ = writeln!(forms, "    form(\"{}\", {kotlin}.{case}),", name.text);
        }
    }
    Ok(format!(
        "@Serializable(with = {kotlin}Serializer::class)\n\
         public sealed interface {kotlin} {{\n{types}}}\n\n\
         internal object {kotlin}Serializer : UnionSerializer<{kotlin}>(\n    \
         \"org.adjudica.{kotlin}\",\n{forms})\n"
    ))
}

fn tagged(
    kotlin: &str,
    tag: &str,
    cases: &[(Name, Vec<Field>)],
    shapes: &Shapes,
) -> Result<String> {
    let mut out = format!(
        "@Serializable\n\
         @JsonClassDiscriminator(\"{tag}\")\npublic sealed interface {kotlin} {{\n"
    );
    for (place, (name, fields)) in cases.iter().enumerate() {
        if place > 0 {
            out.push('\n');
        }
        let case = data_class(&pascal(name.text), fields, shapes)?;
        let declared = format!(
            "{}@Serializable\n@SerialName(\"{}\")\npublic {case} : {kotlin}\n",
            comment(name.description, ""),
            name.text,
        );
        for line in declared.lines() {
            let _ = writeln!(out, "    {line}");
        }
    }
    Ok(out + "}\n")
}

/// A record of which one part has no name of its own in JSON.
fn flat(name: &str, fields: &[Field], cases: &Value, shapes: &Shapes) -> Result<String> {
    let kotlin = type_name(name);
    let part = shapes.iter().find_map(|(part, shape)| match shape {
        Shape::Tagged { of, .. } if *of == cases => Some(*part),
        _ => None,
    });
    let part = part.context("no type has these cases by itself")?;
    let part_name = property(part);
    let own: Vec<String> = fields.iter().map(|f| format!("\"{}\"", f.name)).collect();
    let mut all = fields.to_vec();
    all.push(Field {
        name: &part_name,
        kind: Kind::Named(part),
        nullable: false,
        required: true,
        default: None,
        always: false,
        description: "The rest of the fields.",
    });
    Ok(format!(
        "@KeepGeneratedSerializer\n\
         @Serializable(with = {kotlin}Serializer::class)\npublic {}\n\n\
         internal object {kotlin}Serializer :\n    \
         FlatSerializer<{kotlin}>({kotlin}.generatedSerializer(), \"{part_name}\", {})\n",
        record(name, &all, shapes)?,
        own.join(", ")
    ))
}

/// A data class; one that stands for itself reads and writes JSON text.
fn record(name: &str, fields: &[Field], shapes: &Shapes) -> Result<String> {
    let kotlin = type_name(name);
    let mut out = data_class(kotlin, fields, shapes)?;
    if is_root(name) {
        let _ = write!(
            out,
            " {{\n    \
             /**\n     * The document as JSON text.\n     *\n     \
             * @throws InvalidDocumentException if a number has too many digits to write\n     */\n    \
             public fun toJson(): String = Documents.write(serializer(), this)\n\n    \
             public companion object {{\n        \
             /**\n         * Reads the document from JSON text.\n         *\n         \
             * @throws InvalidDocumentException if the text is no such document\n         */\n        \
             @JvmStatic\n        \
             public fun fromJson(text: String): {kotlin} = Documents.read(serializer(), text)\n    \
             }}\n}}"
        );
    }
    Ok(out)
}

fn data_class(kotlin: &str, fields: &[Field], shapes: &Shapes) -> Result<String> {
    if fields.is_empty() {
        return Ok(format!("data object {kotlin}"));
    }
    let overloads = if fields.iter().any(|field| !field.required) {
        " @JvmOverloads constructor"
    } else {
        ""
    };
    let mut out = format!("data class {kotlin}{overloads}(\n");
    for field in fields {
        out.push_str(&comment(field.description, "    "));
        let property = property(field.name);
        if property != field.name {
            let _ = writeln!(out, "    @SerialName(\"{}\")", field.name);
        }
        if field.always && !field.required {
            out.push_str("    @EncodeDefault\n");
        }
        let default = default(field, shapes).with_context(|| format!("field `{}`", field.name))?;
        let null = if field.nullable || default.as_deref() == Some("null") {
            "?"
        } else {
            ""
        };
        let default = default.map_or(String::new(), |value| format!(" = {value}"));
        let kind = text(&field.kind);
        let _ = writeln!(out, "    public val {property}: {kind}{null}{default},");
    }
    Ok(out + ")")
}

/// What a field that is not given holds; `None` for a field that must be given. `null` always
/// means "not given", for which the engine knows the default.
fn default(field: &Field, shapes: &Shapes) -> Result<Option<String>> {
    if field.required {
        return Ok(None);
    }
    if field.nullable {
        return Ok(Some("null".to_owned()));
    }
    let named = match &field.kind {
        Kind::Named(name) => shapes.get(name),
        _ => None,
    };
    let value = match (field.default, &field.kind, named) {
        (None, Kind::List(_), _) => "emptyList()".to_owned(),
        (None, Kind::Map(_), _) | (None, _, Some(Shape::Alias(Kind::Map(_)))) => {
            "emptyMap()".to_owned()
        }
        (None, Kind::Named(name), Some(Shape::Record(fields)))
            if fields.iter().all(|field| !field.required) =>
        {
            format!("{}()", type_name(name))
        }
        (None, _, _) => "null".to_owned(),
        (Some(Value::Bool(flag)), Kind::Flag, _) => flag.to_string(),
        (Some(Value::Number(number)), Kind::Int | Kind::Long, _) => number.to_string(),
        (Some(Value::String(number)), Kind::Named(_), Some(Shape::Alias(Kind::Decimal)))
        | (Some(Value::String(number)), Kind::Decimal, _) => format!("BigDecimal(\"{number}\")"),
        (Some(Value::String(text)), Kind::Text, _) => format!("\"{text}\""),
        (Some(Value::String(text)), Kind::Named(name), Some(Shape::Choice(_))) => {
            format!("{}.{}", type_name(name), constant(text))
        }
        (Some(Value::String(text)), Kind::Named(name), Some(Shape::Union(_))) => {
            format!("{}.{}", type_name(name), pascal(text))
        }
        (Some(Value::Array(items)), Kind::List(_), _) if items.is_empty() => {
            "emptyList()".to_owned()
        }
        (Some(Value::Object(given)), Kind::Named(name), Some(Shape::Record(fields)))
            if given.iter().all(|(name, value)| {
                let defaults = |field: &Field| field.name == name && field.default == Some(value);
                fields.iter().any(defaults)
            }) =>
        {
            format!("{}()", type_name(name))
        }
        (Some(Value::Array(items)), Kind::List(item), _)
            if matches!(**item, Kind::Int | Kind::Long) && items.iter().all(Value::is_number) =>
        {
            let items: Vec<String> = items.iter().map(Value::to_string).collect();
            format!("listOf({})", items.join(", "))
        }
        (Some(value), _, _) => bail!("the default {value} has no Kotlin form yet"),
    };
    Ok(Some(value))
}

/// A type as Kotlin writes it.
fn text(kind: &Kind) -> String {
    match kind {
        Kind::Text => "String".to_owned(),
        Kind::Decimal => "@Serializable(with = DecimalSerializer::class) BigDecimal".to_owned(),
        Kind::Day => "Day".to_owned(),
        Kind::Moment => "@Serializable(with = MomentSerializer::class) OffsetDateTime".to_owned(),
        Kind::Flag => "Boolean".to_owned(),
        Kind::Int => "Int".to_owned(),
        Kind::Long => "Long".to_owned(),
        Kind::List(item) => format!("List<{}>", text(item)),
        Kind::Map(value) => format!("Map<String, {}>", text(value)),
        Kind::Named(name) => type_name(name).to_owned(),
    }
}

/// The object that reads and writes values of a type.
fn serializer(kind: &Kind, shapes: &Shapes) -> Result<String> {
    Ok(match kind {
        Kind::Decimal => "DecimalSerializer".to_owned(),
        Kind::Day => "DaySerializer".to_owned(),
        Kind::Moment => "MomentSerializer".to_owned(),
        Kind::Text | Kind::Flag | Kind::Int | Kind::Long => format!("{}.serializer()", text(kind)),
        Kind::List(item) => format!("ListSerializer({})", serializer(item, shapes)?),
        Kind::Map(value) => format!(
            "MapSerializer(String.serializer(), {})",
            serializer(value, shapes)?
        ),
        Kind::Named(name) => match shapes.get(name).context("not defined")? {
            Shape::Alias(kind) => serializer(kind, shapes)?,
            _ => format!("{}.serializer()", type_name(name)),
        },
    })
}

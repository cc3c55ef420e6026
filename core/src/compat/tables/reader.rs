//! From JSON rows in legacy columns to our rows, with a tally of what was translated or passed over.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::columns::{Column, Spec};
use super::report::{NotRead, Translation};
use crate::code::Code;
use crate::error::{Error, from_serde_message};
use crate::wire::{diagnose_json, read_value};

/// One row: its fields under our names, and the rows inside it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Such as `items[ItemID=4]`.
    pub path: String,
    /// What the id column says.
    pub id: Option<String>,
    /// Our fields; ids of other rows under the legacy names, as text.
    pub fields: Map<String, Value>,
    nested: BTreeMap<&'static str, Value>,
}

impl Row {
    /// The id of another row.
    pub fn link(&self, column: &str) -> Option<&str> {
        self.fields.get(column).and_then(Value::as_str)
    }

    /// Whether the row has ended.
    pub fn ended(&self) -> bool {
        self.fields
            .get("validity_to")
            .is_some_and(|to| !to.is_null())
    }

    /// The text of a field.
    pub fn text(&self, ours: &str) -> Option<&str> {
        self.link(ours)
    }
}

/// Reads rows and remembers what it did.
#[derive(Debug, Default)]
pub(super) struct Reader {
    translated: BTreeMap<(String, &'static str, &'static str, &'static str), usize>,
    passed_over: BTreeMap<(String, String, &'static str), usize>,
    unknown: BTreeMap<(String, String), usize>,
    /// What nothing can replace.
    pub errors: Vec<Error>,
    /// Guesses of the tables as a whole.
    pub warnings: Vec<Error>,
    said: BTreeSet<(String, String)>,
}

impl Reader {
    /// The rows of a table.
    pub fn table(&mut self, spec: &Spec, text: &str) -> Vec<Row> {
        match serde_json::from_str::<Vec<Map<String, Value>>>(text) {
            Ok(rows) => self.rows(spec, "", spec.table, rows),
            Err(_) => {
                let mut error = diagnose_json::<Vec<Map<String, Value>>>(text);
                error.path = format!("{}{}", spec.table, error.path);
                self.errors.push(error);
                Vec::new()
            }
        }
    }

    /// The rows of a list inside a row; `table` is the list's name with that of the table.
    pub fn inner(&mut self, spec: &Spec, table: &str, row: &mut Row) -> Vec<Row> {
        let rows = match row.nested.remove(spec.table) {
            None | Some(Value::Null) => return Vec::new(),
            Some(value) => serde_json::from_value::<Vec<Map<String, Value>>>(value),
        };
        match rows {
            Ok(rows) => self.rows(spec, &format!("{}.", row.path), table, rows),
            Err(error) => {
                let mut error = from_serde_message(&error.to_string());
                error.path = format!("{}.{}", row.path, spec.table);
                self.errors.push(error);
                Vec::new()
            }
        }
    }

    fn rows(
        &mut self,
        spec: &Spec,
        parent: &str,
        table: &str,
        rows: Vec<Map<String, Value>>,
    ) -> Vec<Row> {
        let named = rows.into_iter().enumerate();
        named
            .map(|(at, row)| self.row(spec, parent, table, at, row))
            .collect()
    }

    fn row(
        &mut self,
        spec: &Spec,
        parent: &str,
        table: &str,
        at: usize,
        columns: Map<String, Value>,
    ) -> Row {
        let id = columns
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(spec.id))
            .and_then(|(_, value)| id_text(value));
        let path = match &id {
            Some(id) => format!("{parent}{}[{}={id}]", spec.table, spec.id),
            None => format!("{parent}{}[{at}]", spec.table),
        };
        let mut row = Row {
            path,
            id,
            fields: Map::new(),
            nested: BTreeMap::new(),
        };
        for (name, value) in columns {
            let same = |known: &str| known.eq_ignore_ascii_case(&name);
            if same(spec.id) {
                continue;
            }
            if let Some(list) = spec.nested.iter().find(|list| same(list)) {
                row.nested.insert(list, value);
            } else if let Some(column) = spec.columns.iter().find(|c| same(c.theirs)) {
                self.field(column, value, &mut row);
            } else if !is_blank(&value) {
                let table = table.to_owned();
                match spec.unread(&name) {
                    Some(why) => *self.passed_over.entry((table, name, why)).or_default() += 1,
                    None => *self.unknown.entry((table, name)).or_default() += 1,
                }
            }
        }
        self.habits(spec, table, &row);
        row
    }

    /// Text without the blanks that fixed-width columns are filled with; a blank is NULL.
    fn field(&mut self, column: &Column, value: Value, row: &mut Row) {
        let value = match value {
            value if is_blank(&value) => return,
            value if column.id => match id_text(&value) {
                Some(id) => Value::String(id),
                None => {
                    let path = format!("{}.{}", row.path, column.theirs);
                    let message = format!("`{value}` is not the id of a row");
                    self.errors.push(Error::new("column.id", path, message));
                    return;
                }
            },
            Value::String(text) => Value::String(text.trim().to_owned()),
            value => value,
        };
        row.fields.insert(column.ours.to_owned(), value);
    }

    /// Counts what NULL and 0 stood for, and asks for what must be there.
    fn habits(&mut self, spec: &Spec, table: &str, row: &Row) {
        for column in spec.columns {
            let (value, meaning) = match row.fields.get(column.ours) {
                None if column.required => {
                    let path = format!("{}.{}", row.path, column.theirs);
                    let message = format!("`{}` is missing or empty", column.theirs);
                    self.errors
                        .push(Error::new("column.missing", path, message));
                    continue;
                }
                None => ("NULL", column.null),
                Some(value) if is_zero(value) => ("0", column.zero),
                Some(_) => continue,
            };
            if let Some(meaning) = meaning {
                let key = (table.to_owned(), column.theirs, value, meaning);
                *self.translated.entry(key).or_default() += 1;
            }
        }
    }

    /// Our row.
    pub fn typed<T: DeserializeOwned>(&mut self, spec: &Spec, row: &Row) -> Option<T> {
        let fields = Value::Object(row.fields.clone());
        match read_value(fields) {
            Ok(typed) => Some(typed),
            Err(mut said) => {
                said.path = match said.path.as_str() {
                    "" => row.path.clone(),
                    ours => format!("{}.{}", row.path, spec.theirs(ours)),
                };
                // A missing column was named before.
                let named = |c: &Column| c.required && !row.fields.contains_key(c.ours);
                if said.code != "field.missing" || !spec.columns.iter().any(named) {
                    self.errors.push(said);
                }
                None
            }
        }
    }

    /// The row's own id, which other rows need to name it.
    pub fn own_id(&mut self, row: &Row, spec: &Spec) -> Option<String> {
        if row.id.is_none() {
            let path = format!("{}.{}", row.path, spec.id);
            let message = format!("`{}` is missing or empty", spec.id);
            self.errors
                .push(Error::new("column.missing", path, message));
        }
        row.id.clone()
    }

    /// Notes the code of a row under its id, which no other row may have.
    pub fn identify(
        &mut self,
        row: &Row,
        spec: &Spec,
        code: &Code,
        codes: &mut BTreeMap<String, Code>,
    ) {
        let Some(id) = self.own_id(row, spec) else {
            return;
        };
        if codes.insert(id, code.clone()).is_some() {
            let message = "another row of the table has this id";
            self.errors
                .push(Error::new("column.duplicate_id", row.path.clone(), message));
        }
    }

    /// An id that leads nowhere.
    pub fn dangling(&mut self, row: &Row, column: &str, table: &str) {
        let Some(id) = row.link(column) else { return };
        let error = Error::new(
            "reference.unknown",
            format!("{}.{column}", row.path),
            format!("no row of `{table}` has the id {id}"),
        );
        if row.ended() {
            self.warn(error);
        } else {
            self.errors.push(error);
        }
    }

    /// A warning, said once for each place.
    pub fn warn(&mut self, warning: Error) {
        let key = (warning.code.to_string(), warning.path.clone());
        if self.said.insert(key) {
            self.warnings.push(warning);
        }
    }

    /// What NULL and 0 were read as.
    pub fn translations(&self) -> Vec<Translation> {
        let rows = self.translated.iter();
        rows.map(|((table, column, value, meaning), rows)| Translation {
            table: table.clone(),
            column: (*column).to_owned(),
            value: (*value).to_owned(),
            read_as: (*meaning).to_owned(),
            rows: *rows,
        })
        .collect()
    }

    /// Columns with values that were passed over.
    pub fn not_read(&self) -> Vec<NotRead> {
        let rows = self.passed_over.iter();
        rows.map(|((table, column, why), rows)| NotRead {
            table: table.clone(),
            column: Some(column.clone()),
            why: (*why).to_owned(),
            rows: *rows,
        })
        .collect()
    }

    /// Columns that nobody knows.
    pub fn unknown(&self) -> Vec<Error> {
        let columns = self.unknown.iter();
        columns
            .map(|((table, column), rows)| {
                Error::new(
                    "column.unknown",
                    format!("{table}.{column}"),
                    format!("the column is not known, and not read ({rows} rows have it)"),
                )
            })
            .collect()
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64() == Some(0) || number.to_string() == "0.0",
        Value::String(text) => {
            text.contains('0') && text.bytes().all(|byte| matches!(byte, b'0' | b'.'))
        }
        _ => false,
    }
}

/// An id, which may be a number or text.
fn id_text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    }
}

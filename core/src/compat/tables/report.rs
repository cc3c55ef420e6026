//! What an import did, for people and for programs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;

/// What an import of tables read, translated, passed over and guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ImportReport {
    /// What the tables gave: products, items, services, facilities and so on.
    pub counts: BTreeMap<String, usize>,
    /// What NULL and 0 were read as.
    pub translated: Vec<Translation>,
    /// Tables and columns that have values and were passed over.
    pub not_read: Vec<NotRead>,
    /// How many warnings there are of each code.
    pub warnings_by_code: BTreeMap<String, usize>,
    /// Guesses; the path names table, row and column.
    pub warnings: Vec<Error>,
}

/// A value that stands for something else in the legacy database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Translation {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// `NULL` or `0`; a blank text is NULL.
    pub value: String,
    /// What it was read as.
    pub read_as: String,
    /// In how many rows.
    pub rows: usize,
}

/// A table or column that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotRead {
    /// The table.
    pub table: String,
    /// The column; absent = the whole table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why.
    pub why: String,
    /// How many rows have a value there.
    pub rows: usize,
}

/// What is counted, in the order in which it is told: word for one, word for many.
const COUNTED: [(&str, &str); 10] = [
    ("product", "products"),
    ("item", "items"),
    ("service", "services"),
    ("facility", "facilities"),
    ("price list", "price lists"),
    ("benefit row", "benefit rows"),
    ("family", "families"),
    ("insuree", "insurees"),
    ("policy", "policies"),
    ("request", "requests"),
];

impl ImportReport {
    /// The number of something, by its plural.
    pub(super) fn count(&mut self, many: &str, number: usize) {
        self.counts.insert(many.to_owned(), number);
    }

    /// A few lines for people.
    #[must_use]
    pub fn summary(&self) -> String {
        let counted: Vec<String> = COUNTED
            .iter()
            .filter_map(|(one, many)| {
                let number = *self.counts.get(*many)?;
                Some(format!("{number} {}", if number == 1 { one } else { many }))
            })
            .collect();
        let mut lines = vec![counted.join(", ")];
        let rows: usize = self.translated.iter().map(|t| t.rows).sum();
        lines.push(format!(
            "translated: {} NULL or 0 in {}",
            plural(rows, "value"),
            plural(self.translated.len(), "column")
        ));
        let mut passed: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for not_read in &self.not_read {
            let (tables, columns) = passed.entry(&not_read.why).or_default();
            match not_read.column {
                None => *tables += 1,
                Some(_) => *columns += 1,
            }
        }
        for (why, (tables, columns)) in passed {
            let what = match (tables, columns) {
                (0, columns) => plural(columns, "column"),
                (tables, 0) => plural(tables, "table"),
                (tables, columns) => {
                    format!(
                        "{} and {}",
                        plural(tables, "table"),
                        plural(columns, "column")
                    )
                }
            };
            lines.push(format!("not read: {what} ({why})"));
        }
        lines.push(match self.warnings.len() {
            0 => "no warnings".to_owned(),
            number => plural(number, "warning") + ":",
        });
        for (code, number) in &self.warnings_by_code {
            lines.push(format!("  {number:>6} {code}"));
        }
        lines.join("\n") + "\n"
    }
}

fn plural(number: usize, word: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {word}{end}")
}

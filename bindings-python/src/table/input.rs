//! From rows to claims.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use adjudica::claim::{History, Policy};
use adjudica::wire::{Tree, read_request_tree};
use adjudica::{Error, Request};
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use serde::Deserialize;

use super::cell::{Cell, cell_of};
use super::columns::{Columns, Field};

/// Policies and history of a person, for tables that do not carry them in columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    #[serde(default)]
    coverage: Vec<Policy>,
    #[serde(default)]
    history: History,
}

/// Persons by id.
pub type People = BTreeMap<String, Person>;

/// Position of a row: batch, and row in it.
type Place = (usize, usize);

/// The rows of one claim, or why they are none.
#[derive(Debug)]
pub struct Claim {
    pub rows: Vec<Place>,
    /// Number of its first row in the table, from 1.
    first: u32,
    fault: Option<Error>,
}

impl Claim {
    /// The error with the number of the claim's first row.
    pub fn numbered(&self, error: Error) -> Error {
        Error {
            line: Some(self.first),
            column: None,
            ..error
        }
    }
}

/// A table of claim lines.
#[derive(Debug)]
pub struct Input {
    batches: Vec<RecordBatch>,
    columns: Columns,
    people: Option<People>,
}

impl Input {
    /// The table, if its columns can be read.
    pub fn new(
        schema: &Schema,
        batches: Vec<RecordBatch>,
        people: Option<People>,
    ) -> Result<Self, Error> {
        let columns = Columns::new(schema)?;
        if people.is_some() {
            for name in ["coverage", "history"] {
                if columns.request.find(&[name]).is_some() {
                    let message = format!("both the table and `people` give the {name}");
                    return Err(Error::new("column.duplicate", name, message));
                }
            }
        }
        Ok(Self {
            batches,
            columns,
            people,
        })
    }

    fn cell(&self, column: usize, (batch, row): Place) -> Cell<'_> {
        match self.batches.get(batch) {
            Some(batch) => cell_of(batch.column(column).as_ref(), row),
            None => Cell::Null,
        }
    }

    /// The text of a column named by its path, where there is one.
    pub fn text(&self, path: &[&str], place: Place) -> Option<&str> {
        match self.cell(self.columns.request.find(path)?, place) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The id of a line: the text of its column, else its number in the claim.
    pub fn line_id(&self, place: Place, number: usize) -> String {
        let column = self.columns.line.find(&["id"]);
        match column.map(|column| self.cell(column, place)) {
            Some(Cell::Text(text)) => text.to_owned(),
            _ => number.to_string(),
        }
    }

    /// The claims: rows that follow each other with the same claim code and facility, whatever
    /// batch they are in.
    pub fn claims(&self) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        let mut seen = HashSet::new();
        let mut last = None;
        let mut number: u32 = 0;
        for (index, batch) in self.batches.iter().enumerate() {
            for row in 0..batch.num_rows() {
                number = number.saturating_add(1);
                let place = (index, row);
                let code = self.text(&["claim", "code"], place);
                let key = code.map(|code| (code, self.text(&["claim", "facility"], place)));
                if let (Some(claim), true) = (claims.last_mut(), key.is_some() && key == last) {
                    claim.fault = claim.fault.take().or_else(|| self.differs(claim, place));
                    claim.rows.push(place);
                } else {
                    let again = key.is_some_and(|key| !seen.insert(key));
                    claims.push(Claim {
                        rows: vec![place],
                        first: number,
                        fault: again.then(torn),
                    });
                }
                last = key;
            }
        }
        claims
    }

    /// What differs between a row and the first of its claim, where nothing may.
    fn differs(&self, claim: &Claim, place: Place) -> Option<Error> {
        let first = *claim.rows.first()?;
        let mut repeated = self.columns.repeated.iter();
        let (_, name) =
            repeated.find(|(column, _)| self.cell(*column, first) != self.cell(*column, place))?;
        let message = "the rows of one claim say different things here";
        Some(Error::new("column.differs", name.as_str(), message))
    }

    /// The request of a claim.
    pub fn read(&self, claim: &Claim) -> Result<Request, Error> {
        if let Some(fault) = &claim.fault {
            return Err(fault.clone());
        }
        let mut request = read_request_tree(&self.tree(claim))?;
        let people = self.people.as_ref();
        if let Some(person) = people.and_then(|people| people.get(request.patient.id.as_str())) {
            request.coverage.clone_from(&person.coverage);
            request.history.clone_from(&person.history);
        }
        Ok(request)
    }

    /// What the rows of a claim say.
    fn tree(&self, claim: &Claim) -> Tree<'_> {
        let rows = claim.rows.iter().enumerate();
        let lines = rows.map(|(index, place)| self.line(*place, index + 1));
        let lines = ("lines".into(), Tree::List(lines.collect()));
        let mut request = match claim.rows.first() {
            Some(first) => self.fields(&self.columns.request, *first),
            None => Vec::new(),
        };
        let claim = request.iter_mut().find(|(name, _)| name == "claim");
        if let Some((_, Tree::Map(claim))) = claim {
            claim.push(lines);
        }
        Tree::Map(request)
    }

    fn line(&self, place: Place, number: usize) -> Tree<'_> {
        let mut line = self.fields(&self.columns.line, place);
        if self.columns.line.find(&["id"]).is_none() {
            line.push(("id".into(), Tree::Text(number.to_string().into())));
        }
        Tree::Map(line)
    }

    /// The fields of an object; what is NULL is left out.
    fn fields<'t>(&'t self, field: &'t Field, place: Place) -> Vec<(Cow<'t, str>, Tree<'t>)> {
        let mut fields = Vec::with_capacity(field.fields.len());
        for field in &field.fields {
            let value = match field.column.map(|column| self.cell(column, place)) {
                Some(Cell::Null) => continue,
                Some(cell) => cell.into(),
                None => match self.fields(field, place) {
                    inner if inner.is_empty() => continue,
                    inner => Tree::Map(inner),
                },
            };
            fields.push((field.name.as_str().into(), value));
        }
        fields
    }
}

fn torn() -> Error {
    let message = "rows of this claim stand further up, with others between";
    Error::new("claim.torn", "claim.code", message).with_help("sort the table by claim")
}

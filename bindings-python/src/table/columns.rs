//! Which column is which field: names are paths of the request document, with `line` for the
//! lines of the claim.

use adjudica::Error;
use arrow_schema::Schema;

use super::cell::readable;

/// A field of the document: a column, or an object with fields.
#[derive(Debug, Default)]
pub struct Field {
    pub name: String,
    pub column: Option<usize>,
    pub fields: Vec<Field>,
}

impl Field {
    fn add(&mut self, path: &str, column: usize) -> Result<(), Error> {
        let (name, rest) = path
            .split_once('.')
            .map_or((path, None), |(a, b)| (a, Some(b)));
        let place = self.fields.iter().position(|field| field.name == name);
        let place = place.unwrap_or_else(|| {
            self.fields.push(Self {
                name: name.to_owned(),
                ..Self::default()
            });
            self.fields.len() - 1
        });
        let Some(field) = self.fields.get_mut(place) else {
            return Ok(());
        };
        let twice = || Error::new("column.duplicate", name, "two columns say the same");
        match rest {
            Some(_) if field.column.is_some() => Err(twice()),
            Some(rest) => field.add(rest, column),
            None if field.column.is_some() || !field.fields.is_empty() => Err(twice()),
            None => {
                field.column = Some(column);
                Ok(())
            }
        }
    }

    /// The column of a path below this field.
    pub fn find(&self, path: &[&str]) -> Option<usize> {
        match path {
            [] => self.column,
            [name, rest @ ..] => self
                .fields
                .iter()
                .find(|field| field.name == *name)?
                .find(rest),
        }
    }
}

/// The fields of the request, those of its lines, and the columns of either.
#[derive(Debug)]
pub struct Columns {
    pub request: Field,
    pub line: Field,
    /// Columns whose value is the same in all rows of a claim, by name.
    pub repeated: Vec<(usize, String)>,
}

impl Columns {
    /// The columns of a table.
    pub fn new(schema: &Schema) -> Result<Self, Error> {
        let mut columns = Self {
            request: Field::default(),
            line: Field::default(),
            repeated: Vec::new(),
        };
        for (column, field) in schema.fields().iter().enumerate() {
            let name = field.name();
            if !readable(field.data_type()) {
                let kind = field.data_type();
                let message = format!("a column of type {kind} cannot be read");
                let help = "days are date32, amounts decimal128 or text, everything else text, \
                            whole numbers or booleans";
                return Err(Error::new("column.type", name, message).with_help(help));
            }
            match name.strip_prefix("line.") {
                Some(path) => columns.line.add(path, column)?,
                None => {
                    columns.request.add(name, column)?;
                    columns.repeated.push((column, name.clone()));
                }
            }
        }
        let needed = columns.request.find(&["claim", "code"]);
        needed.map(|_| columns).ok_or_else(|| {
            Error::new(
                "column.missing",
                "claim.code",
                "there is no column `claim.code`",
            )
            .with_help(
                "columns are named by their path in the request, such as `claim.code`, \
                            `patient.id`, `line.quantity`",
            )
        })
    }
}

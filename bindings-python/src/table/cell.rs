//! One value of a table, and how documents are read from it.

use adjudica::calendar::Day;
use adjudica::wire::{Meaning, Number, Tree};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'t> {
    Null,
    Text(&'t str),
    Truth(bool),
    Whole(i64),
    Natural(u64),
    Float(f64),
    /// Units of 10 to the power of minus the second.
    Decimal(i128, i8),
    /// Days since 1970-01-01.
    Day(i32),
    List(ArrayRef),
}

/// Whether cells of a type can be read.
pub fn readable(kind: &DataType) -> bool {
    use DataType as D;
    match kind {
        D::Null | D::Utf8 | D::LargeUtf8 | D::Utf8View | D::Boolean | D::Date32 => true,
        D::Int8 | D::Int16 | D::Int32 | D::Int64 => true,
        D::UInt8 | D::UInt16 | D::UInt32 | D::UInt64 => true,
        D::Float32 | D::Float64 | D::Decimal128(_, _) => true,
        D::List(inner) | D::LargeList(inner) => readable(inner.data_type()),
        D::Dictionary(key, value) => {
            matches!(
                **key,
                D::Int8 | D::Int16 | D::Int32 | D::Int64 | D::UInt8 | D::UInt16 | D::UInt32
            ) && matches!(**value, D::Utf8 | D::LargeUtf8 | D::Utf8View)
        }
        _ => false,
    }
}

fn entry<K: ArrowDictionaryKeyType>(array: &dyn Array, row: usize) -> Cell<'_> {
    let dictionary = array.as_dictionary::<K>();
    match dictionary.key(row) {
        Some(key) => cell_of(dictionary.values().as_ref(), key),
        None => Cell::Null,
    }
}

/// The value in a row of a readable column; the row must be there.
pub fn cell_of(array: &dyn Array, row: usize) -> Cell<'_> {
    use DataType as D;
    if array.is_null(row) {
        return Cell::Null;
    }
    match array.data_type() {
        D::Utf8 => Cell::Text(array.as_string::<i32>().value(row)),
        D::LargeUtf8 => Cell::Text(array.as_string::<i64>().value(row)),
        D::Utf8View => Cell::Text(array.as_string_view().value(row)),
        D::Boolean => Cell::Truth(array.as_boolean().value(row)),
        D::Int8 => Cell::Whole(array.as_primitive::<Int8Type>().value(row).into()),
        D::Int16 => Cell::Whole(array.as_primitive::<Int16Type>().value(row).into()),
        D::Int32 => Cell::Whole(array.as_primitive::<Int32Type>().value(row).into()),
        D::Int64 => Cell::Whole(array.as_primitive::<Int64Type>().value(row)),
        D::UInt8 => Cell::Natural(array.as_primitive::<UInt8Type>().value(row).into()),
        D::UInt16 => Cell::Natural(array.as_primitive::<UInt16Type>().value(row).into()),
        D::UInt32 => Cell::Natural(array.as_primitive::<UInt32Type>().value(row).into()),
        D::UInt64 => Cell::Natural(array.as_primitive::<UInt64Type>().value(row)),
        D::Float32 => Cell::Float(array.as_primitive::<Float32Type>().value(row).into()),
        D::Float64 => Cell::Float(array.as_primitive::<Float64Type>().value(row)),
        D::Decimal128(_, scale) => {
            Cell::Decimal(array.as_primitive::<Decimal128Type>().value(row), *scale)
        }
        D::Date32 => Cell::Day(array.as_primitive::<Date32Type>().value(row)),
        D::List(_) => Cell::List(array.as_list::<i32>().value(row)),
        D::LargeList(_) => Cell::List(array.as_list::<i64>().value(row)),
        D::Dictionary(key, _) => match **key {
            D::Int8 => entry::<Int8Type>(array, row),
            D::Int16 => entry::<Int16Type>(array, row),
            D::Int32 => entry::<Int32Type>(array, row),
            D::Int64 => entry::<Int64Type>(array, row),
            D::UInt8 => entry::<UInt8Type>(array, row),
            D::UInt16 => entry::<UInt16Type>(array, row),
            D::UInt32 => entry::<UInt32Type>(array, row),
            _ => Cell::Null,
        },
        _ => Cell::Null,
    }
}

/// Plain digits. The column's type fixes the number of decimals, so zeros that say nothing are
/// dropped beyond the second.
fn decimal_text(units: i128, scale: i8) -> String {
    let places = usize::from(scale.max(0).unsigned_abs());
    let zeros = usize::from(scale.min(0).unsigned_abs());
    let digits = format!(
        "{:0width$}{}",
        units.unsigned_abs(),
        "0".repeat(zeros),
        width = places + 1
    );
    let (whole, decimals) = digits.split_at(digits.len() - places);
    let needed = decimals.trim_end_matches('0').len().max(places.min(2));
    let decimals = decimals.get(..needed).unwrap_or(decimals);
    let sign = if units < 0 { "-" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{decimals}")
}

impl From<Cell<'_>> for Tree<'_> {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Null => Self::Null,
            // Coverage and history are JSON text.
            Cell::Text(text) => Self::Json(text.to_owned().into()),
            Cell::Truth(truth) => Self::Bool(truth, None),
            Cell::Whole(number) => match u64::try_from(number) {
                Ok(natural) => whole(number.to_string(), Number::Unsigned(natural)),
                Err(_) => whole(number.to_string(), Number::Signed(number)),
            },
            Cell::Natural(number) => whole(number.to_string(), Number::Unsigned(number)),
            Cell::Float(number) => Self::Number(Number::Fraction(number), None),
            Cell::Decimal(units, scale) => {
                let text = decimal_text(units, scale);
                let elsewhere = Self::Other(format!("decimal `{text}`").into());
                Self::Only(Meaning::Decimal, text.into(), Box::new(elsewhere))
            }
            Cell::Day(number) => {
                let text = Day::from_number(number).to_string();
                let elsewhere = Self::Other(format!("day `{text}`").into());
                Self::Only(Meaning::Day, text.into(), Box::new(elsewhere))
            }
            Cell::List(list) => {
                let cells = (0..list.len()).map(|row| cell_of(list.as_ref(), row).into());
                Self::List(cells.collect())
            }
        }
    }
}

/// A column of whole numbers may hold amounts: nothing was lost on the way.
fn whole(text: String, number: Number) -> Tree<'static> {
    let elsewhere = Box::new(Tree::Number(number, None));
    Tree::Only(Meaning::Decimal, text.into(), elsewhere)
}

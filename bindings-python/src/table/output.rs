//! From decisions to a table with one row for each line.

use std::fmt;
use std::sync::Arc;

use adjudica::decision::{AmountsDocument, Effect, LineDecision};
use adjudica::{Amount, Decision, Error, Quantity};
use arrow_array::builder::{
    Decimal128Builder, Int16Builder, ListBuilder, StringBuilder, UInt32Builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use serde::Serialize;

use super::input::{Claim, Input};

/// Most digits of an amount: those of a 64-bit integer.
const DIGITS: u8 = 19;

/// Names of the amounts of a line, in order.
const AMOUNTS: [&str; 11] = [
    "claimed",
    "price_adjustment",
    "review_adjustment",
    "quantity_cut",
    "fixed_cut",
    "deductible",
    "co_insurance",
    "category_excess",
    "ceiling_excess",
    "rejected",
    "payable",
];

/// The amounts in the order of their names; a new amount of the engine does not compile here.
fn amounts(amounts: &AmountsDocument) -> [Amount; 11] {
    let AmountsDocument {
        claimed,
        price_adjustment,
        review_adjustment,
        quantity_cut,
        fixed_cut,
        deductible,
        co_insurance,
        category_excess,
        ceiling_excess,
        rejected,
        payable,
    } = *amounts;
    [
        claimed,
        price_adjustment,
        review_adjustment,
        quantity_cut,
        fixed_cut,
        deductible,
        co_insurance,
        category_excess,
        ceiling_excess,
        rejected,
        payable,
    ]
}

fn money(exponent: u8) -> DataType {
    DataType::Decimal128(DIGITS, i8::try_from(exponent).unwrap_or(0))
}

fn quantity() -> DataType {
    money(Quantity::PLACES)
}

/// Columns of the answer; amounts have the decimals of the currency.
pub fn schema(exponent: u8) -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let amount = |name: &str| Field::new(name, money(exponent), true);
    let mut fields = vec![
        text("claim"),
        text("facility"),
        text("line"),
        text("claim_status"),
        text("line_status"),
        Field::new_list("reasons", Field::new_list_field(DataType::Utf8, true), true),
        Field::new("openimis", DataType::Int16, true),
        text("policy"),
        text("product"),
        Field::new("quantity", quantity(), true),
        amount("unit_price"),
    ];
    fields.extend(AMOUNTS.map(amount));
    fields.push(amount("remunerated"));
    fields.extend(["error_code", "error_message", "error_path"].map(text));
    fields.push(Field::new("error_row", DataType::UInt32, true));
    Arc::new(Schema::new(fields))
}

/// Gathers the rows of one batch.
pub struct Writer {
    exponent: u8,
    texts: [StringBuilder; 7],
    reasons: ListBuilder<StringBuilder>,
    openimis: Int16Builder,
    quantity: Decimal128Builder,
    unit_price: Decimal128Builder,
    amounts: [Decimal128Builder; 11],
    remunerated: Decimal128Builder,
    errors: [StringBuilder; 3],
    error_row: UInt32Builder,
}

/// A status as documents have it.
struct Name<T>(T);

impl<T: Serialize> fmt::Display for Name<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

impl Writer {
    /// An empty batch.
    pub fn new(exponent: u8) -> Self {
        let decimals = |kind: DataType| Decimal128Builder::new().with_data_type(kind);
        Self {
            exponent,
            texts: Default::default(),
            reasons: ListBuilder::new(StringBuilder::new()),
            openimis: Int16Builder::new(),
            quantity: decimals(quantity()),
            unit_price: decimals(money(exponent)),
            amounts: std::array::from_fn(|_| decimals(money(exponent))),
            remunerated: decimals(money(exponent)),
            errors: Default::default(),
            error_row: UInt32Builder::new(),
        }
    }

    /// Appends the rows of a claim.
    pub fn claim(&mut self, input: &Input, claim: &Claim, answer: Result<Decision, Error>) {
        let (decision, error) = match answer {
            Ok(decision) => (Some(decision), None),
            Err(error) => (None, Some(claim.numbered(error))),
        };
        let status = decision.as_ref().map(|d| Name(d.status).to_string());
        for (index, place) in claim.rows.iter().enumerate() {
            let line = decision.as_ref().and_then(|d| d.lines.get(index));
            let id = match line {
                Some(line) => line.id.to_string(),
                None => input.line_id(*place, index + 1),
            };
            let line_status = line.map(|line| Name(line.status).to_string());
            let assignment = line.and_then(|line| line.assignment.as_ref());
            let texts = [
                input.text(&["claim", "code"], *place),
                input.text(&["claim", "facility"], *place),
                Some(&*id),
                status.as_deref(),
                line_status.as_deref(),
                assignment.map(|assignment| assignment.policy.as_str()),
                assignment.map(|assignment| assignment.product.as_str()),
            ];
            for (column, text) in self.texts.iter_mut().zip(texts) {
                column.append_option(text);
            }
            self.line(line);
            self.error(error.as_ref());
        }
    }

    /// Appends what is decided on a line; NULL everywhere if nothing is.
    fn line(&mut self, line: Option<&LineDecision>) {
        let reasons = line.map_or(&[][..], |line| &line.reasons);
        for reason in reasons {
            self.reasons.values().append_value(&reason.code);
        }
        self.reasons.append(line.is_some());
        let mut rejecting = reasons
            .iter()
            .filter(|reason| reason.effect == Effect::Rejects);
        self.openimis
            .append_option(rejecting.find_map(|reason| reason.openimis));
        let exponent = self.exponent;
        let units = |amount: Amount| amount.units_at(exponent).map(i128::from);
        let approved = line.and_then(|line| line.quantity.approved.units_at(Quantity::PLACES));
        self.quantity.append_option(approved.map(i128::from));
        self.unit_price
            .append_option(line.and_then(|line| units(line.unit_price.adjusted)));
        let values = line.map(|line| amounts(&line.amounts).map(units));
        for (column, value) in self.amounts.iter_mut().zip(values.unwrap_or_default()) {
            column.append_option(value);
        }
        self.remunerated
            .append_option(line.and_then(|line| line.remunerated).and_then(units));
    }

    fn error(&mut self, error: Option<&Error>) {
        let texts = error.map(|error| [&*error.code, &*error.message, &*error.path].map(Some));
        for (column, text) in self.errors.iter_mut().zip(texts.unwrap_or_default()) {
            column.append_option(text);
        }
        self.error_row
            .append_option(error.and_then(|error| error.line));
    }

    /// The batch.
    pub fn finish(mut self, schema: SchemaRef) -> Result<RecordBatch, ArrowError> {
        let [claim, facility, line, status, line_status, policy, product] = &mut self.texts;
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(schema.fields().len());
        for text in [claim, facility, line, status, line_status] {
            columns.push(Arc::new(text.finish()));
        }
        columns.push(Arc::new(self.reasons.finish()));
        columns.push(Arc::new(self.openimis.finish()));
        columns.push(Arc::new(policy.finish()));
        columns.push(Arc::new(product.finish()));
        columns.push(Arc::new(self.quantity.finish()));
        columns.push(Arc::new(self.unit_price.finish()));
        for amount in &mut self.amounts {
            columns.push(Arc::new(amount.finish()));
        }
        columns.push(Arc::new(self.remunerated.finish()));
        for text in &mut self.errors {
            columns.push(Arc::new(text.finish()));
        }
        columns.push(Arc::new(self.error_row.finish()));
        RecordBatch::try_new(schema, columns)
    }
}

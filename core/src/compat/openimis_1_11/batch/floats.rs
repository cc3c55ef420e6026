//! The index as openIMIS computes it: in binary fractions, as there. Nothing else here uses them.

use rust_decimal::Decimal;

/// `1.0 * (distribution / 100) * allocated / total`; none if it is no number.
#[expect(
    clippy::float_arithmetic,
    reason = "the engine that is replayed computes its index so"
)]
pub(super) fn index(distribution: Decimal, allocated: Decimal, total: Decimal) -> Option<f64> {
    let float = |value: Decimal| value.to_string().parse::<f64>().ok();
    let percent = float(distribution)? / 100.0;
    let index = percent * float(allocated)? / float(total)?;
    index.is_finite().then_some(index)
}

/// The decimal number that its shortest text says, as the database receives it.
pub(super) fn shortest(index: f64) -> Option<Decimal> {
    index.to_string().parse().ok()
}

/// Four decimals of its exact value, as the column keeps it.
pub(super) fn stored(index: f64) -> Option<Decimal> {
    format!("{index:.4}").parse().ok()
}

//! What a run stores, in openIMIS's columns.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::rows::BatchRows;

/// How the run breaks down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchCrash {
    /// A filter that is no pair.
    TooManyValues,
    /// A filter by a column that is not there.
    CannotResolve,
    /// An index without period.
    MandatoryFields,
    /// A month before January.
    BadMonth,
    /// A premium over zero days.
    ZeroDays,
}

impl BatchCrash {
    /// Words of its message by which it is known.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::TooManyValues => "too many values to unpack",
            Self::CannotResolve => "Cannot resolve keyword",
            Self::MandatoryFields => "not respecting the mandatory fields",
            Self::BadMonth => "month must be in 1..12",
            Self::ZeroDays => "DivisionByZero",
        }
    }
}

/// A claim's total. openIMIS takes one item and one service of several, in physical order.
#[derive(Debug, Clone, Default)]
pub struct Total {
    /// The total; none if it is not written.
    pub is: Option<Decimal>,
    /// What it might be as well, with other lines.
    pub or: BTreeSet<Decimal>,
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.is == other.is
    }
}

impl Eq for Total {}

/// A claim as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimTotals {
    /// Its name.
    pub name: String,
    /// Its status.
    pub status: i16,
    /// What it is valued at.
    pub valuated: Total,
    /// What is paid.
    pub remunerated: Total,
    /// It belongs to the run.
    pub run: bool,
}

/// A line as it is stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineColumns {
    /// What it is valued at.
    pub price_valuated: Option<Decimal>,
    /// What is paid.
    pub remunerated_amount: Option<Decimal>,
}

/// An index as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexColumns {
    /// 12 months, 6 of two months, 4 quarters, 2 half-years, 1 year.
    pub kind: u32,
    /// `B`, `I` or `O`.
    pub care_type: String,
    /// Year of the end of the period.
    pub year: i32,
    /// Number of the period in the year.
    pub period: u32,
    /// Four decimals.
    pub rel_index: Decimal,
}

/// Everything that a run stores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchColumns {
    /// How it broke down.
    pub crash: Option<BatchCrash>,
    /// The claims, in the order given.
    pub claims: Vec<ClaimTotals>,
    /// The lines of each.
    pub lines: Vec<Vec<LineColumns>>,
    /// Indexes.
    pub indexes: Vec<IndexColumns>,
    /// Year and month of the run.
    pub run: (i32, u32),
    /// Totals of the bills, by facility.
    pub bills: BTreeMap<String, Decimal>,
}

impl BatchColumns {
    /// The rows before anything is done.
    pub(super) fn untouched(rows: &BatchRows) -> Self {
        let number = |number: Option<crate::compat::value::Number>| number.map(|n| n.0);
        Self {
            claims: rows
                .claims
                .iter()
                .map(|claim| ClaimTotals {
                    name: claim.name.clone(),
                    status: claim.status,
                    ..ClaimTotals::default()
                })
                .collect(),
            lines: rows
                .claims
                .iter()
                .map(|claim| {
                    let lines = claim.lines.iter();
                    lines
                        .map(|line| LineColumns {
                            price_valuated: number(line.price_valuated),
                            remunerated_amount: number(line.remunerated_amount),
                        })
                        .collect()
                })
                .collect(),
            run: (rows.run.year, rows.run.month),
            ..Self::default()
        }
    }

    /// What the run pays together.
    #[must_use]
    pub fn remunerated(&self) -> Decimal {
        let totals = self.claims.iter().map(|claim| claim.remunerated.is);
        totals.flatten().sum()
    }
}

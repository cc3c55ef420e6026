//! The columns of the legacy database: which of ours each one is, what NULL and 0 mean in it, and
//! which ones are passed over.

mod claims;
mod people;
mod products;
mod register;

pub(super) use claims::{CLAIM_ITEMS, CLAIM_SERVICES, CLAIMS, DEDREMS};
pub(super) use people::{FAMILIES, INSUREES, MEMBERSHIPS, POLICIES};
pub(super) use products::{PRODUCT_ITEMS, PRODUCT_SERVICES, PRODUCTS};
pub(super) use register::{
    DIAGNOSES, FACILITIES, ITEM_LISTS, ITEM_PRICES, ITEMS, SERVICE_LISTS, SERVICE_PRICES, SERVICES,
};

/// A column that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its name in the legacy database.
    pub theirs: &'static str,
    /// The field of our row.
    pub ours: &'static str,
    /// What NULL is read as, where that is a convention.
    pub null: Option<&'static str>,
    /// What 0 is read as, where that is a convention.
    pub zero: Option<&'static str>,
    /// Whether a row without it cannot be read.
    pub required: bool,
    /// Whether it holds the id of a row, read as text.
    pub id: bool,
}

/// A table, or the rows nested in another.
#[derive(Debug)]
pub(super) struct Spec {
    /// Name of the file without `.json`, or of the list inside the parent.
    pub table: &'static str,
    /// The column with the row's id.
    pub id: &'static str,
    /// Columns that are read.
    pub columns: &'static [Column],
    /// Lists of further rows inside a row.
    pub nested: &'static [&'static str],
    /// Columns that are passed over, with the reason.
    pub unread: &'static [(&'static str, &'static [&'static str])],
}

impl Spec {
    /// The legacy name of our field, or the field itself.
    pub fn theirs<'c>(&self, ours: &'c str) -> &'c str {
        let found = self.columns.iter().find(|column| column.ours == ours);
        found.map_or(ours, |column| column.theirs)
    }

    /// Why a column is passed over; `None` for one that nobody knows.
    pub fn unread(&self, column: &str) -> Option<&'static str> {
        let among = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(column));
        let uuid = column.to_ascii_lowercase().ends_with("uuid");
        let listed = self.unread.iter().find(|(_, names)| among(names));
        listed
            .map(|(why, _)| *why)
            .or_else(|| (uuid || among(COMMON)).then_some(BOOKKEEPING))
    }
}

/// Why columns are passed over.
pub(super) const BOOKKEEPING: &str = "bookkeeping";
/// Why columns are passed over.
pub(super) const ENROLMENT: &str = "whom and when policies are sold to, not needed for claims";
/// Why columns are passed over.
pub(super) const PAYMENT: &str = "payment of facilities, not read yet";
const INFORMATION: &str = "for information only";
const RECOMPUTED: &str = "recomputed";
const PACKAGES: &str = "packages are priced as services";

/// Columns of every table.
const COMMON: &[&str] = &[
    "ValidityFrom",
    "LegacyID",
    "AuditUserID",
    "RowID",
    "OffLine",
    "isOffline",
    "JsonExt",
    "Source",
    "SourceVersion",
];

const fn column(theirs: &'static str, ours: &'static str) -> Column {
    Column {
        theirs,
        ours,
        null: None,
        zero: None,
        required: false,
        id: false,
    }
}

const fn required(theirs: &'static str, ours: &'static str) -> Column {
    Column {
        required: true,
        ..column(theirs, ours)
    }
}

/// The id of another row; a row without it cannot be read.
const fn to(theirs: &'static str) -> Column {
    Column {
        id: true,
        ..required(theirs, theirs)
    }
}

/// The id of another row, or NULL.
const fn may_be_to(theirs: &'static str, null: &'static str) -> Column {
    Column {
        id: true,
        ..null_is(theirs, theirs, null)
    }
}

const fn null_is(theirs: &'static str, ours: &'static str, null: &'static str) -> Column {
    Column {
        null: Some(null),
        ..column(theirs, ours)
    }
}

/// NULL and 0 mean the same.
const fn empty_is(theirs: &'static str, ours: &'static str, both: &'static str) -> Column {
    Column {
        null: Some(both),
        zero: Some(both),
        ..column(theirs, ours)
    }
}

const fn zero_is(c: Column, zero: &'static str) -> Column {
    Column {
        zero: Some(zero),
        ..c
    }
}

const FROM: Column = column("ValidityFrom", "validity_from");
const TO: Column = column("ValidityTo", "validity_to");

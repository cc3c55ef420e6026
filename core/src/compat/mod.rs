//! Between openIMIS's rows and our documents.
//!
//! A [`Snapshot`] is one claim (or several, in order) with every row of openIMIS that its decision
//! depends on, in the columns of openIMIS's own models. [`Snapshot::read`] translates it into a
//! scheme and a request (SEMANTICS 10); each guess is a warning with a code and the path of the
//! row. [`Rows`] goes the other way. [`columns`] writes a decision back as the columns that openIMIS
//! stores.

pub mod audit;
mod columns;
pub mod conformance;
pub mod openimis_1_11;
pub mod policies;
mod read;
mod rows;
mod snapshot;
pub mod tables;
mod value;
mod write;

pub use columns::{
    ClaimColumns, DedRemColumns, LineColumns, OpenImisColumns, category_letter, columns,
};
pub use read::Reading;
pub use rows::{
    BenefitRow, ClaimRow, Config, DedRemRow, FacilityRow, FamilyRow, HistoryRows, InsureeRow,
    ItemRow, LineRow, MembershipRow, PackageRow, PastClaimRow, PolicyRow, PriceListRow, PriceRow,
    ProductRow, ServiceRow, SubLineRow,
};
pub use snapshot::{Input, Snapshot};
pub use value::{Moment, Number};
pub use write::Rows;

use crate::error::Error;

/// Reads the snapshot of one claim from one line of a file: its name (or the claim's code) and
/// what it says. Answers of another engine in the same line are passed over.
///
/// # Errors
/// If the text is no snapshot of exactly one claim.
pub fn read_line(text: &str) -> Result<(String, Reading), Error> {
    let snapshot = Snapshot::parse(text)?;
    let reading = snapshot.read()?;
    let name = snapshot
        .id
        .unwrap_or_else(|| reading.request.claim.code.to_string());
    Ok((name, reading))
}

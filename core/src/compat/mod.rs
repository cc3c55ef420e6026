//! Between openIMIS's rows and our documents.
//!
//! A [`Snapshot`] is one claim (or several, in order) with every row of openIMIS that its decision
//! depends on, in the columns of openIMIS's own models. [`Snapshot::read`] translates it into a
//! scheme and a request (SEMANTICS 10); each guess is a warning with a code and the path of the
//! row. [`columns`] writes a decision back as the columns that openIMIS stores.

mod read;
mod rows;
mod snapshot;
mod value;

pub use read::Reading;
pub use rows::{
    BenefitRow, ClaimRow, Config, DedRemRow, FacilityRow, FamilyRow, HistoryRows, InsureeRow,
    ItemRow, LineRow, MembershipRow, PackageRow, PastClaimRow, PolicyRow, PriceListRow, PriceRow,
    ProductRow, ServiceRow, SubLineRow,
};
pub use snapshot::{Input, Snapshot};
pub use value::{Moment, Number};

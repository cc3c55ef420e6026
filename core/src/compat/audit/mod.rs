//! The migration audit: many claims answered by openIMIS 1.11 and by `standard`, in sums.
//!
//! An [`Auditor`] takes snapshots one by one and keeps only sums and the claims with the largest
//! differences, so its memory does not grow with the input. Several may work side by side and be
//! [merged](Auditor::merge): the order does not change the [`Audit`].
//!
//! Every claim is decided by both engines over the same past: what openIMIS left of the claims
//! before it. So a difference belongs to the claim in which it arises, and the sums by deviation,
//! product, facility, category and month each add up to the whole.
//!
//! Pure: no files, no clock.

mod auditor;
mod document;
mod figures;
mod largest;

pub use auditor::{Auditor, Place};
pub use document::{
    Audit, Deviation, DeviationShare, Fault, Figures, Group, LargestClaim, Recorded, Remunerated,
    SCHEMA, Unreadable,
};

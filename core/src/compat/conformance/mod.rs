//! Comparing answers with what openIMIS 1.11 stored for the same rows, and naming why they differ.
//!
//! A [`Vector`] is a snapshot with recorded answers of that engine. Our own decisions are compared
//! with them in meaning ([`compare`]), and under `standard` every difference is attributed to
//! switches of [`super::openimis_1_11`]. The replay of that engine is compared in every column.
//! Pure: no files, no clock.

mod batch;
mod capitation;
mod compare;
mod eligibility;
mod exact;
mod kind;
mod policies;
mod vector;
mod verdict;

pub use batch::BatchVector;
pub use capitation::CapitationVector;
pub use compare::{Difference, compare, matters};
pub use eligibility::EligibilityVector;
pub use exact::exactly;
pub use kind::{Judged, Kind, Whom, judge};
pub use vector::{After, Exception, Recorded, RecordedFlow, Vector};
pub use verdict::{Engine, Explained, Verdict};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{Error, Invalid};

/// Why a vector could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The snapshot could not be read or the claim not adjudicated.
    #[error(transparent)]
    Error(#[from] Error),
    /// The scheme of the snapshot is not valid.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// What many verdicts say together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Answers compared.
    pub claims: usize,
    /// Answers without any difference.
    pub equal: usize,
    /// Answers with differences.
    pub different: usize,
    /// Of these, how many each switch helps to explain.
    pub explained_by: BTreeMap<&'static str, usize>,
    /// Names of claims with differences that no switch explains.
    pub unexplained: Vec<String>,
}

impl Summary {
    /// Counts one more verdict.
    pub fn add(&mut self, verdict: &Verdict) {
        self.claims += 1;
        if verdict.equal {
            self.equal += 1;
        } else {
            self.different += 1;
        }
        for share in &verdict.explained_by {
            *self.explained_by.entry(share.switch).or_default() += 1;
        }
        if !verdict.unexplained.is_empty() {
            self.unexplained.push(verdict.id.clone());
        }
    }
}

//! Comparing decisions with what another engine stored for the same rows, and naming why they
//! differ.
//!
//! A [`Vector`] is a snapshot with the answers of the Python release of openIMIS.
//! [`Vector::verdicts`] adjudicates its claims and compares column by column. Under `standard`
//! every difference is attributed to named [`Deviation`]s: those of eligibility by rules that ask
//! rows and columns, those of money by a model apart from the engine, which must give both answers
//! to the cent, and whose switches say what matters. Pure: no files, no clock.

mod compare;
mod deviation;
mod eligibility;
mod facts;
mod judge;
mod limits;
mod lines;
mod money;
mod sequence;

pub use compare::{Difference, compare};
pub use deviation::Deviation;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::OpenImisColumns;
use super::snapshot::Snapshot;
use crate::conventions::Preset;
use crate::error::{Error, Invalid};
use crate::wire::{Format, read};

/// A snapshot and what the other engine stored.
#[derive(Debug, Clone)]
pub struct Vector {
    /// The rows.
    pub snapshot: Snapshot,
    /// What the other engine did, one for each claim of the snapshot.
    pub expected: Vec<Run>,
}

/// What the other engine did with a claim.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Run {
    /// It broke down.
    pub exception: Option<Exception>,
    /// Reasons that it reported, in order.
    #[serde(default)]
    pub errors: Vec<i16>,
    /// The columns it stored; none if it broke down.
    #[serde(flatten)]
    pub stored: Option<OpenImisColumns>,
    /// What its caller stored after that, which later claims see.
    pub after: Option<After>,
}

/// How the other engine broke down.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Exception {
    /// Class of the exception.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its text.
    #[serde(default)]
    pub message: String,
}

/// What the caller of the other engine stored.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct After {
    /// The claim.
    pub claim: super::columns::ClaimColumns,
    /// What it consumed.
    #[serde(default)]
    pub dedrems: Vec<super::columns::DedRemColumns>,
}

#[derive(Deserialize)]
struct Answers {
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    process: Option<Run>,
    #[serde(default)]
    steps: Vec<Run>,
}

/// How a decision compares with what the other engine did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Name of the snapshot, and for one claim of several its code.
    pub id: String,
    /// No column differs.
    pub equal: bool,
    /// The columns that differ.
    pub differences: Vec<Difference>,
    /// The deviations that explain differences.
    pub explained_by: Vec<Deviation>,
    /// Differences that no deviation explains.
    pub unexplained: Vec<Difference>,
    /// The model of money, written apart from the engine, gives our money without deviations and
    /// the other engine's with them. `false` where that engine broke down, or nothing was
    /// attributed.
    pub modelled: bool,
}

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

impl Vector {
    /// Reads a vector from one line of a file.
    ///
    /// # Errors
    /// If the text is no snapshot, or has no answers.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let Answers { expected } = read(text, Format::Json)?;
        Ok(Self {
            snapshot: Snapshot::parse(text)?,
            expected: expected.process.into_iter().chain(expected.steps).collect(),
        })
    }

    /// Adjudicates the claims in order under a preset, each seeing what this engine decided on the
    /// earlier ones, and compares. Differences are attributed under `standard` only.
    ///
    /// # Errors
    /// If the snapshot cannot be read or adjudicated.
    pub fn verdicts(&self, preset: Preset) -> Result<Vec<Verdict>, Fault> {
        sequence::verdicts(self, preset)
    }
}

/// What many verdicts say together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Claims compared.
    pub claims: usize,
    /// Claims without any difference.
    pub equal: usize,
    /// Claims with differences.
    pub different: usize,
    /// Claims whose money the model gives for both engines.
    pub modelled: usize,
    /// Of these, how many each deviation helps to explain.
    pub explained_by: BTreeMap<&'static str, usize>,
    /// Names of claims with differences that no deviation explains.
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
        self.modelled += usize::from(verdict.modelled);
        for deviation in &verdict.explained_by {
            *self.explained_by.entry(deviation.name()).or_default() += 1;
        }
        if !verdict.unexplained.is_empty() {
            self.unexplained.push(verdict.id.clone());
        }
    }
}

//! Recorded answers of openIMIS 1.11.

use serde::Deserialize;

use crate::compat::columns::{ClaimColumns, DedRemColumns, OpenImisColumns};
use crate::compat::openimis_1_11::Run;
use crate::compat::snapshot::Snapshot;
use crate::error::Error;
use crate::wire::{Format, read};

/// A snapshot and what openIMIS stored for its claims.
#[derive(Debug, Clone)]
pub struct Vector {
    /// The rows.
    pub snapshot: Snapshot,
    /// `validate_claim(is_process=False)` on each claim; empty if it was not recorded.
    pub submit: Vec<Recorded>,
    /// `validate_claim(is_process=True)` on each claim.
    pub process: Vec<Recorded>,
    /// Submission and processing of each claim.
    pub flow: Vec<RecordedFlow>,
}

/// What openIMIS did with a claim in one call.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Recorded {
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

/// What openIMIS did with a claim in two calls.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct RecordedFlow {
    /// It broke down in one of them.
    pub exception: Option<Exception>,
    /// After submission.
    pub submit: Option<Recorded>,
    /// After processing.
    pub process: Option<Recorded>,
}

/// How openIMIS broke down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Exception {
    /// Class of the exception.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its text.
    #[serde(default)]
    pub message: String,
}

/// What the caller of openIMIS stored.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct After {
    /// The claim.
    pub claim: ClaimColumns,
    /// What it consumed.
    #[serde(default)]
    pub dedrems: Vec<DedRemColumns>,
}

#[derive(Deserialize)]
struct Answers {
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    submit: Option<Recorded>,
    process: Option<Recorded>,
    flow: Option<RecordedFlow>,
    #[serde(default)]
    steps: Vec<Recorded>,
    #[serde(default)]
    flow_steps: Vec<RecordedFlow>,
}

impl Recorded {
    /// What later claims see: nothing of a breakdown.
    #[must_use]
    pub fn left(&self) -> Option<OpenImisColumns> {
        let mut left = self.stored.clone()?;
        if let Some(after) = &self.after {
            left.claim = after.claim.clone();
            left.dedrems.clone_from(&after.dedrems);
        }
        Some(left)
    }
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
            submit: expected.submit.into_iter().collect(),
            process: expected.process.into_iter().chain(expected.steps).collect(),
            flow: expected
                .flow
                .into_iter()
                .chain(expected.flow_steps)
                .collect(),
        })
    }

    /// Number of claims whose answers were recorded in a run.
    #[must_use]
    pub fn recorded(&self, run: Run) -> usize {
        match run {
            Run::Submit => self.submit.len(),
            Run::Process => self.process.len(),
            Run::Flow => self.flow.len(),
        }
    }
}

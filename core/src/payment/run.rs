//! Runs: a period is calculated once, and can be reverted.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::repeated;
use crate::code::Code;
use crate::error::Error;
use crate::number::Amount;

/// What the host keeps of a run and brings with the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunRecord {
    /// Name of the run, the host's own.
    pub run: Code,
    /// Code of the product.
    pub product: Code,
    /// Year of the last month, in the scheme's calendar.
    pub year: i32,
    /// Last month of the period, from 1.
    pub month: u32,
    /// What it paid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paid: Vec<PaidOut>,
}

/// What a run paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaidOut {
    /// The claim, or for capitation the facility.
    pub to: Code,
    /// How much.
    pub amount: Amount,
}

/// Whether a run was calculated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// It was.
    Calculated,
    /// No period ends with this month: nothing is to be done.
    NotDue,
    /// It was refused; `refusals` says why, and nothing else is in the answer.
    Refused,
}

/// Why a run is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Stable code: `run.again`, the period was calculated before.
    pub code: Cow<'static, str>,
    /// One sentence for people.
    pub message: String,
    /// The run that stands in the way.
    pub run: Code,
}

/// What is to be undone before the new run is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevertedRun {
    /// The run.
    pub run: Code,
    /// What it paid. These claims wait again; these payments to facilities are taken back.
    pub paid: Vec<PaidOut>,
}

/// What is asked for, of either kind.
pub(super) struct Asked<'q> {
    pub(super) run: &'q Code,
    pub(super) product: &'q Code,
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) runs: &'q [RunRecord],
    pub(super) revert: Option<&'q Code>,
}

/// What earlier runs mean for this one.
pub(super) struct Earlier<'q> {
    /// Runs of the same product that stand.
    pub(super) standing: Vec<&'q RunRecord>,
    pub(super) reverted: Option<RevertedRun>,
    pub(super) refusals: Vec<Refusal>,
}

impl<'q> Asked<'q> {
    /// What is to be kept of this run.
    pub(super) fn record(&self, paid: Vec<PaidOut>) -> RunRecord {
        RunRecord {
            run: self.run.clone(),
            product: self.product.clone(),
            year: self.year,
            month: self.month,
            paid,
        }
    }

    pub(super) fn earlier(&self) -> Result<Earlier<'q>, Error> {
        let named = self.runs.iter().map(|record| &record.run);
        if let Some((position, run)) = repeated(named.clone()) {
            return Err(Error::new(
                "run.duplicate",
                format!("runs[{position}].run"),
                format!("the run `{run}` is there already"),
            ));
        }
        if named.clone().any(|run| run == self.run) {
            return Err(Error::new(
                "run.duplicate",
                "run",
                format!("an earlier run is named `{}`", self.run),
            )
            .with_help("give each run a name of its own"));
        }
        let same = |record: &RunRecord| record.product == *self.product;
        let mut reverted = None;
        if let Some(revert) = self.revert {
            let found = self
                .runs
                .iter()
                .find(|record| record.run == *revert && same(record));
            let record = found.ok_or_else(|| {
                Error::new(
                    "run.unknown",
                    "revert",
                    format!("there is no run `{revert}` of this product"),
                )
                .with_help("name one of `runs`")
            })?;
            reverted = Some(RevertedRun {
                run: record.run.clone(),
                paid: record.paid.clone(),
            });
        }
        let standing: Vec<&RunRecord> = self
            .runs
            .iter()
            .filter(|record| same(record) && Some(&record.run) != self.revert)
            .collect();
        let again = standing
            .iter()
            .filter(|record| (record.year, record.month) == (self.year, self.month));
        let refusals = again
            .map(|record| Refusal {
                code: Cow::Borrowed("run.again"),
                message: format!(
                    "the run `{}` has calculated month {} of {}; revert it to calculate it again",
                    record.run, record.month, record.year
                ),
                run: record.run.clone(),
            })
            .collect();
        Ok(Earlier {
            standing,
            reverted,
            refusals,
        })
    }
}

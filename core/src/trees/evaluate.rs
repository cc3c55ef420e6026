//! Scores of rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::{Branch, Fork, Trees};
use super::model::{Comparison, Objective, Side};
use crate::code::Code;
use crate::error::Error;

/// Schema id of this version of the answer.
const SCHEMA: &str = "adjudica/trees_score@1";

/// What is known of one claim, line or other subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TreesRow {
    /// Which it is; the answer carries it, so that answers are found by id and never by position.
    pub id: Code,
    /// Values by name of the feature, as JSON numbers. A feature that is `null` or not named is
    /// missing; a name that the model does not know is an error.
    pub features: BTreeMap<Code, Option<f64>>,
}

/// What a model says about one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TreesScore {
    /// Always `adjudica/trees_score@1`.
    pub schema: Cow<'static, str>,
    /// The row.
    pub id: Code,
    /// Name of the model.
    pub model: Code,
    /// Version of the model.
    pub version: Code,
    /// SHA-256 of the model file in hexadecimal, if the model was read from a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Code>,
    /// The score: log odds or a value, as the model's objective says.
    pub score: f64,
    /// The probability, 0 to 1, of a model whose score is log odds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// The score that is expected before anything is known of the row: the mean over the training
    /// data.
    pub expected: f64,
    /// What each feature added to `expected` to make `score`, the largest first; computed in 64
    /// bits, so of a model that adds up in 32 the sum differs in the seventh digit. Features that
    /// added nothing are left out.
    pub contributions: Vec<Contribution>,
}

/// The part of a feature in a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// Name of the feature.
    pub feature: Code,
    /// Its value in the row; absent = missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What it added to the score.
    pub contribution: f64,
}

impl Trees {
    /// The score of one row, with its reasons.
    ///
    /// # Errors
    /// If the row names a feature that the model does not know, has a number that is not finite, or
    /// lacks a value where the model knows no missing ones.
    pub fn explain(&self, row: &TreesRow) -> Result<TreesScore, Error> {
        let values = self.values(row)?;
        let score = self.raw(&values);
        let parts = self.contributions(&values);
        let mut contributions: Vec<Contribution> = self
            .features
            .iter()
            .zip(values)
            .zip(parts)
            .filter(|(_, contribution)| *contribution != 0.0)
            .map(|((feature, value), contribution)| Contribution {
                feature: feature.name.clone(),
                value,
                contribution,
            })
            .collect();
        // Stable: equal ones stay in the order of the model.
        contributions.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        Ok(TreesScore {
            schema: Cow::Borrowed(SCHEMA),
            id: row.id.clone(),
            model: self.name.clone(),
            version: self.version.clone(),
            weights: self.digest().cloned(),
            score,
            probability: match self.objective {
                Objective::BinaryLogistic => Some(logistic(score)),
                Objective::Regression => None,
            },
            expected: self.expected,
            contributions,
        })
    }

    /// The score of one row alone.
    ///
    /// # Errors
    /// As for [`Self::explain`].
    pub fn score(&self, row: &TreesRow) -> Result<f64, Error> {
        Ok(self.raw(&self.values(row)?))
    }

    /// The values of a row in the order of the model's features.
    fn values(&self, row: &TreesRow) -> Result<Vec<Option<f64>>, Error> {
        let mut known = 0;
        let mut values = Vec::with_capacity(self.features.len());
        for feature in &self.features {
            let found = row.features.get(&feature.name);
            known += usize::from(found.is_some());
            let value = found.copied().flatten();
            if value.is_none() && feature.required {
                let message = format!("the model needs a value of `{}`", feature.name);
                return Err(Error::new("trees.missing_value", "features", message)
                    .with_help("it was trained without missing values"));
            }
            if value.is_some_and(|number| !number.is_finite()) {
                let path = format!("features.{}", feature.name);
                return Err(Error::new("trees.number", path, "must be a finite number"));
            }
            values.push(value);
        }
        if known < row.features.len() {
            let unknown = row
                .features
                .keys()
                .find(|name| !self.features().any(|f| f == *name));
            let unknown = unknown.map(Code::as_str).unwrap_or_default();
            let message = format!("the model has no feature `{unknown}`");
            return Err(Error::new("trees.no_feature", "features", message));
        }
        Ok(values)
    }

    fn raw(&self, values: &[Option<f64>]) -> f64 {
        // Rounding a 64-bit sum of two 32-bit numbers gives their 32-bit sum.
        let mut score = self.sum_precision.round(self.base_score);
        for tree in &self.trees {
            score = self.sum_precision.round(score + self.leaf(tree, values));
        }
        score
    }

    fn leaf(&self, mut branch: &Branch, values: &[Option<f64>]) -> f64 {
        loop {
            match branch {
                Branch::Leaf(value) => return *value,
                Branch::Fork(fork) => {
                    branch = match self.side(fork, values) {
                        Side::Yes => &fork.yes,
                        Side::No => &fork.no,
                    };
                }
            }
        }
    }

    /// Where a row goes at a split.
    pub(super) fn side(&self, fork: &Fork, values: &[Option<f64>]) -> Side {
        let Some(value) = values.get(fork.feature).copied().flatten() else {
            return fork.missing;
        };
        let value = self.precision.round(value);
        let passes = match self.comparison {
            Comparison::AtMost => value <= fork.threshold,
            Comparison::Below => value < fork.threshold,
        };
        if passes { Side::Yes } else { Side::No }
    }
}

/// Probability from log odds. The standard library's exponential differs between platforms.
fn logistic(score: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-score))
}

//! The model file `adjudica/trees@1`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::code::Code;

/// Schema id of this version of the model file.
pub(super) const SCHEMA: &str = "adjudica/trees@1";

/// A sum of decision trees.
///
/// The score of a row is `base_score` plus one leaf of each tree, added in the order of `trees`.
/// Numbers are JSON numbers, written with as many digits as a 64-bit float needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TreesModel {
    /// Always `adjudica/trees@1`.
    pub schema: String,
    /// Name of the model.
    pub name: Code,
    /// Its version.
    pub version: Code,
    /// The library and version that trained it, for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trained_with: Option<Code>,
    /// What the score means.
    pub objective: Objective,
    /// Which values go to `yes` at a split.
    pub comparison: Comparison,
    /// To what a feature's value is rounded before it is compared.
    pub precision: Precision,
    /// To what the sum is rounded after every tree.
    pub sum_precision: Precision,
    /// The score without any tree.
    pub base_score: f64,
    /// Names of the features, 1 to 4096; splits name them by position, from 0.
    pub features: Vec<Code>,
    /// The trees, 1 to 10000, with at most 1000000 nodes in all.
    pub trees: Vec<Tree>,
}

/// What the score means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Log odds: the probability is `1 / (1 + exp(-score))`.
    BinaryLogistic,
    /// The predicted value itself.
    Regression,
}

/// Which values go to `yes` at a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Values up to the threshold, and the threshold itself (LightGBM, scikit-learn).
    AtMost,
    /// Values below the threshold (XGBoost).
    Below,
}

/// How many digits a number keeps. XGBoost compares and adds up in 32 bits, scikit-learn's
/// `GradientBoosting…` compares in 32 and adds up in 64, LightGBM and scikit-learn's
/// `HistGradientBoosting…` do both in 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
}

impl Precision {
    /// The number with as many digits.
    pub(super) fn round(self, number: f64) -> f64 {
        match self {
            Self::F32 => f64::from(number as f32),
            Self::F64 => number,
        }
    }
}

/// One tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// The nodes; the first is the root, and both children of a split come after it. Every other
    /// node is the child of exactly one split. At most 64 splits lie one below the other.
    pub nodes: Vec<Node>,
}

/// One node of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Asks a question.
    Split(Split),
    /// Ends in a value.
    Leaf(Leaf),
}

/// A question about one feature.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Position of the feature in `features`, from 0.
    pub feature: u32,
    /// What the feature's value is compared with.
    pub threshold: f64,
    /// Position of the node for values that pass the comparison.
    pub yes: u32,
    /// Position of the node for other values.
    pub no: u32,
    /// The child for rows without a value; absent = the model knows no missing values, and such a
    /// row is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Side>,
}

/// A child of a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The child for values that pass.
    Yes,
    /// The other child.
    No,
}

/// An end of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// What it adds to the score, -1e12 to 1e12.
    pub value: f64,
    /// How much of the training data ended here: rows, or their weight. Above 0, up to 1e15. A
    /// split's is the sum of its children's. Contributions are weighted with it.
    pub cover: f64,
}

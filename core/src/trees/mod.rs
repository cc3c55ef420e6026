//! Gradient-boosted trees: a model file in, a score and the share of each feature in it out.
//!
//! A model is data ([`TreesModel`], `adjudica/trees@1`), written by `tools/trees/import_model.py`
//! from LightGBM, XGBoost or scikit-learn. [`Trees`] is the model checked and compiled. It scores
//! by plain IEEE operations in a fixed order and an exponential in software, so the bytes of an
//! answer are the same on every platform. A score can only ask for a person to look: nothing here
//! is reached by the pipeline that decides money, and this is the one module with floats.
#![expect(
    clippy::float_arithmetic,
    reason = "statistics that can only ask for a review; never money"
)]

mod advisor;
mod check;
mod contributions;
mod evaluate;
mod features;
mod gauss;
mod model;

pub use advisor::TreesAdvisor;
pub use check::Trees;
pub use evaluate::{Contribution, TreesRow, TreesScore};
pub use features::rows;
pub use model::{Comparison, Leaf, Node, Objective, Precision, Side, Split, Tree, TreesModel};

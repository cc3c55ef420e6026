//! What each feature added to a score: exact path-dependent Shapley values ("TreeSHAP").
//!
//! What is known of a row may be known in any order. A feature's contribution is how much the
//! expected score changes when its value becomes known, averaged over all orders (Lundberg et al.,
//! *Consistent Individualized Feature Attribution for Tree Ensembles*, 2018). While a feature is
//! unknown, a split on it follows both children, by their shares of the training data.
//!
//! A leaf is reached with a product of one factor a feature on its path: known, 1 or 0 (the row
//! goes there or not); unknown, the share of the data that does. In a random order in which a
//! feature comes at time `s` between 0 and 1, every other one is known with probability `s`, so
//! the average over all orders is an integral over `s` of a product of `share * (1 - s) + known *
//! s`. It is a polynomial, so a few Gauss-Legendre points give it exactly; and as every factor is
//! between 0 and 1, no digits are lost in deep trees.

use super::check::{Branch, Trees};
use super::model::Side;

/// What a path from the root asks of one feature.
#[derive(Debug, Clone, Copy)]
struct Step {
    feature: usize,
    /// Share of the data that passes when the feature is unknown.
    share: f64,
    /// Whether the row passes.
    passes: bool,
}

impl Step {
    /// 1 if the row passes, else 0.
    fn known(self) -> f64 {
        f64::from(u8::from(self.passes))
    }

    /// The factor at a time.
    fn factor(self, at: f64) -> f64 {
        self.share * (1.0 - at) + self.known() * at
    }
}

impl Trees {
    /// The contributions of all features; with the expected score they add up to the score.
    pub(super) fn contributions(&self, values: &[Option<f64>]) -> Vec<f64> {
        let mut sums = vec![0.0; self.features.len()];
        let mut path = Vec::new();
        for tree in &self.trees {
            self.walk(tree, values, &mut path, &mut sums);
        }
        sums
    }

    fn walk(
        &self,
        branch: &Branch,
        values: &[Option<f64>],
        path: &mut Vec<Step>,
        sums: &mut [f64],
    ) {
        let fork = match branch {
            Branch::Leaf(value) => return self.add(*value, path, sums),
            Branch::Fork(fork) => fork,
        };
        let side = self.side(fork, values);
        let feature = fork.feature;
        for (child, share, passes) in [
            (&fork.yes, fork.yes_share, side == Side::Yes),
            (&fork.no, fork.no_share, side == Side::No),
        ] {
            // A feature that is asked again has one step, for all its questions together.
            let before = path
                .iter_mut()
                .enumerate()
                .find(|(_, s)| s.feature == feature);
            if let Some((position, step)) = before {
                let old = *step;
                step.share *= share;
                step.passes &= passes;
                self.walk(child, values, path, sums);
                if let Some(step) = path.get_mut(position) {
                    *step = old;
                }
            } else {
                path.push(Step {
                    feature,
                    share,
                    passes,
                });
                self.walk(child, values, path, sums);
                path.pop();
            }
        }
    }

    /// Adds what a leaf contributes to the features on its path.
    fn add(&self, value: f64, path: &[Step], sums: &mut [f64]) {
        for point in &self.points {
            let product: f64 = path.iter().map(|step| step.factor(point.at)).product();
            let weighted = value * point.weight * product;
            for step in path {
                let factor = step.factor(point.at);
                // A share that is too small for a float: nothing gets there.
                if factor > 0.0
                    && let Some(sum) = sums.get_mut(step.feature)
                {
                    *sum += weighted / factor * (step.known() - step.share);
                }
            }
        }
    }
}

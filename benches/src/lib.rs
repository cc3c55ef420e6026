//! What is measured: one workload, our engine on it, and the two hand-written baselines that bound
//! what any engine could do on the same rule.
//!
//! The rule: a line is covered if its code is in the benefit table, which gives a price and a
//! percentage; a deductible and a ceiling run through the claim; money is rounded half away from
//! zero. The baselines compute just that, without reasons. The engine computes the same payable
//! amounts (asserted) with every check of the pipeline, full reasons and the whole money identity.

pub mod baseline;
pub mod rich;
pub mod workload;

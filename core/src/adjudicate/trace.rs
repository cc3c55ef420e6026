//! Where the steps of a decision are written down, if anybody wants them.

use crate::decision::{Fact, PolicyIndex};

/// Receives the steps of a decision. Facts arrive as closures, so that a trace that does not want
/// them costs nothing.
pub trait Trace {
    /// About the claim.
    fn claim(&mut self, fact: impl FnOnce() -> Fact);
    /// About a policy and its product, as they apply to the claim.
    fn policy(&mut self, policy: PolicyIndex, fact: impl FnOnce() -> Fact);
    /// About a line, by position.
    fn line(&mut self, line: u32, fact: impl FnOnce() -> Fact);
}

/// Writes nothing down.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTrace;

impl Trace for NoTrace {
    #[inline]
    fn claim(&mut self, _: impl FnOnce() -> Fact) {}
    #[inline]
    fn policy(&mut self, _: PolicyIndex, _: impl FnOnce() -> Fact) {}
    #[inline]
    fn line(&mut self, _: u32, _: impl FnOnce() -> Fact) {}
}

/// Writes every step down, in order.
#[derive(Debug, Clone, Default)]
pub struct FullTrace {
    /// Facts about the claim.
    pub claim: Vec<Fact>,
    /// Facts about policies.
    pub policies: Vec<(PolicyIndex, Fact)>,
    /// Facts about lines.
    pub lines: Vec<(u32, Fact)>,
}

impl FullTrace {
    /// Empty, with the memory kept.
    pub fn clear(&mut self) {
        self.claim.clear();
        self.policies.clear();
        self.lines.clear();
    }
}

impl Trace for FullTrace {
    fn claim(&mut self, fact: impl FnOnce() -> Fact) {
        self.claim.push(fact());
    }

    fn policy(&mut self, policy: PolicyIndex, fact: impl FnOnce() -> Fact) {
        self.policies.push((policy, fact()));
    }

    fn line(&mut self, line: u32, fact: impl FnOnce() -> Fact) {
        self.lines.push((line, fact()));
    }
}

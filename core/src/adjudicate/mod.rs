//! The pipeline: a stage is a file, data flows one way.
//!
//! ```text
//! request -> prepared -> header -> coverage -> for each line:
//!     line_checks -> candidates -> assignment -> pricing -> cost_sharing -> outcome
//! ```
//!
//! Stages are generic over a [`Trace`]; with [`NoTrace`] explaining compiles away, so there is one
//! code path whether or not anybody asked why.

mod assignment;
mod candidates;
mod cost_sharing;
mod coverage;
mod header;
mod ledger;
mod line_checks;
mod prepared;
mod pricing;
mod trace;

pub use trace::{FullTrace, NoTrace, Trace};

use crate::calendar::Day;
use crate::claim::Request;
use crate::compile::{Compiled, CompiledFacility};
use crate::conventions::{ConsumptionRule, LineOrder};
use crate::decision::{CarcGroup, Fact, LineOutcome, LineStatus, Outcome, PolicyIndex, Status};
use crate::error::Error;
use crate::money::Money;
use crate::ruleset::RuleSet;
use crate::scheme::{ElementKind, PriceOrigin};

use candidates::Candidate;
use cost_sharing::Account;
use prepared::{Known, Prepared, PreparedLine};

/// A reusable adjudicator: one for each thread. Its memory grows to the largest claim it has seen
/// and stays, so that adjudicating allocates nothing in steady state.
#[derive(Debug)]
pub struct Adjudicator {
    rules: RuleSet,
    claim: Prepared,
    work: Work,
}

/// What the stages of one claim share.
#[derive(Debug, Default)]
struct Work {
    outcome: Outcome,
    candidates: Vec<Candidate>,
    accounts: Vec<Account>,
}

/// What the stages of one claim read.
#[derive(Debug, Clone, Copy)]
struct Context<'a> {
    rules: &'a Compiled,
    request: &'a Request,
    claim: &'a Prepared,
    /// Last day of care: the day on which everything is looked up.
    target: Day,
}

impl Adjudicator {
    /// An adjudicator for a rule set.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        Self {
            rules: rules.clone(),
            claim: Prepared::default(),
            work: Work::default(),
        }
    }

    /// The rule set.
    #[must_use]
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Decides a claim.
    ///
    /// # Errors
    /// If the request is malformed: amounts with more decimals than the currency, negative
    /// quantities, two lines with one id, a rejection without reviewer. Never for a claim that the
    /// scheme does not pay.
    pub fn adjudicate(
        &mut self,
        request: &Request,
        trace: &mut impl Trace,
    ) -> Result<&Outcome, Error> {
        self.prepare(request)?;
        self.run(request, trace)
    }

    /// Reads a request: resolves its codes and amounts. [`run`](Self::run) decides what was
    /// prepared last.
    ///
    /// # Errors
    /// As [`adjudicate`](Self::adjudicate).
    pub fn prepare(&mut self, request: &Request) -> Result<(), Error> {
        self.claim.read(self.rules.compiled(), request)
    }

    /// Decides the claim prepared last, which must be this one.
    ///
    /// # Errors
    /// If an amount grows beyond the range of money.
    pub fn run(&mut self, request: &Request, trace: &mut impl Trace) -> Result<&Outcome, Error> {
        let Self { rules, claim, work } = self;
        work.outcome.clear();
        work.outcome
            .lines
            .resize(claim.lines.len(), LineOutcome::default());
        let context = Context {
            rules: rules.compiled(),
            request,
            claim,
            target: claim.target.unwrap_or(Day::MIN),
        };
        context
            .decide(work, trace)
            .map_err(|TooLarge| too_large())?;
        Ok(&self.work.outcome)
    }

    /// The decision made last.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.work.outcome
    }
}

impl<'a> Context<'a> {
    fn facility(self) -> Option<&'a CompiledFacility> {
        self.rules.facilities.get(self.claim.facility?.index())
    }

    fn decide<T: Trace>(self, work: &mut Work, trace: &mut T) -> Result<(), TooLarge> {
        for (line, slot) in self.claim.lines.iter().zip(&mut work.outcome.lines) {
            pricing::ask(self, line, slot)?;
        }
        header::findings(self, &mut work.outcome);
        if let Some((claim, lines)) = header::fault(self) {
            return self.reject_claim(work, claim, lines);
        }
        work.outcome.stay = self.claim.stay;
        work.outcome.category = header::category(self);
        trace.claim(|| Fact::Category {
            category: work.outcome.category.name(),
        });

        work.accounts.clear();
        work.accounts
            .resize_with(self.claim.policies.len(), Account::default);
        if let Some((claim, lines)) =
            coverage::admit(self, work.outcome.category, &mut work.accounts, trace)
        {
            return self.reject_claim(work, claim, lines);
        }
        match self.rules.conventions.line_order {
            LineOrder::AsGiven => self.lines(work, trace, |_| true)?,
            LineOrder::ItemsFirst => {
                self.lines(work, trace, |line| line.kind == ElementKind::Item)?;
                self.lines(work, trace, |line| line.kind == ElementKind::Service)?;
            }
            LineOrder::ServicesFirst => {
                self.lines(work, trace, |line| line.kind == ElementKind::Service)?;
                self.lines(work, trace, |line| line.kind == ElementKind::Item)?;
            }
        }
        self.finish(work)
    }

    fn lines<T: Trace>(
        self,
        work: &mut Work,
        trace: &mut T,
        wanted: impl Fn(&PreparedLine) -> bool,
    ) -> Result<(), TooLarge> {
        for line in self.claim.lines.iter().filter(|line| wanted(line)) {
            match self.line(line, work, trace) {
                Ok(()) => {}
                Err(Halt::Rejected(fact)) => reject_line(&mut work.outcome, line.position, fact),
                Err(Halt::TooLarge) => return Err(TooLarge),
            }
        }
        Ok(())
    }

    /// One line through all its stages; `Err` with the reason that rejects it.
    fn line<T: Trace>(
        self,
        line: &'a PreparedLine,
        work: &mut Work,
        trace: &mut T,
    ) -> Result<(), Halt> {
        let checked = line_checks::check(self, line, &mut work.outcome.line_reasons, trace)?;
        candidates::collect(self, line, checked.known, work, trace)?;
        let notes = &mut work.outcome.line_reasons;
        line_checks::after_candidates(self, checked, notes, trace)?;
        let chosen = assignment::choose(self, line, checked.known, &work.candidates)?;
        trace.line(line.position, || chosen.fact());
        let Some(asked) = work.outcome.lines.get(line.index()) else {
            return Err(Fact::RegisterUnknown.into());
        };
        let priced = pricing::price(self, checked, &chosen, asked, notes, trace)?;
        cost_sharing::value(self, line, &chosen, priced, work, trace)
    }

    /// Rejects the claim with one reason and every line with another.
    fn reject_claim(
        self,
        work: &mut Work,
        claim: Option<Fact>,
        lines: Fact,
    ) -> Result<(), TooLarge> {
        work.outcome.reasons.extend(claim);
        for line in &self.claim.lines {
            reject_line(&mut work.outcome, line.position, lines);
        }
        self.total(&mut work.outcome)
    }

    fn finish(self, work: &mut Work) -> Result<(), TooLarge> {
        let outcome = &mut work.outcome;
        let mut passed = outcome
            .lines
            .iter()
            .filter(|line| line.status == LineStatus::Passed)
            .peekable();
        outcome.status = if passed.peek().is_none() {
            Status::Rejected
        } else if passed.any(|line| {
            line.assignment
                .is_some_and(|a| a.origin == PriceOrigin::Relative)
        }) {
            Status::AwaitingIndex
        } else {
            Status::Valuated
        };
        if outcome.status == Status::Rejected {
            outcome.reasons.push(Fact::NoLinePassed);
        }
        let accounts = work.accounts.iter().enumerate();
        let entries = accounts.filter_map(|(policy, account)| {
            account.entry(
                PolicyIndex(u16::try_from(policy).unwrap_or(u16::MAX)),
                self.target,
            )
        });
        outcome.consumption.extend(entries);
        if self.rules.conventions.consumption == ConsumptionRule::LastPolicy {
            let others = outcome.consumption.len().saturating_sub(1);
            outcome.consumption.drain(..others);
        }
        self.total(outcome)
    }

    fn total(self, outcome: &mut Outcome) -> Result<(), TooLarge> {
        for line in &outcome.lines {
            outcome.totals = outcome.totals.plus(&line.amounts).ok_or(TooLarge)?;
        }
        Ok(())
    }
}

/// Why a line goes no further.
enum Halt {
    Rejected(Fact),
    TooLarge,
}

/// An amount grew beyond the range of money: the one error that arithmetic can make. Small, so that
/// carrying it through every step costs nothing; it becomes an [`Error`] at the end.
#[derive(Debug)]
struct TooLarge;

impl From<TooLarge> for Halt {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl From<Fact> for Halt {
    fn from(fact: Fact) -> Self {
        Self::Rejected(fact)
    }
}

fn reject_line(outcome: &mut Outcome, position: u32, fact: Fact) {
    outcome.line_reasons.push((position, fact));
    if let Some(line) = outcome.lines.get_mut(position as usize) {
        line.status = LineStatus::Rejected;
        line.assignment = None;
        line.rejected_to_patient = matches!(fact.carc(), Some((CarcGroup::PR, _)));
        line.amounts.rejected = line.amounts.claimed;
    }
}

#[cold]
fn too_large() -> Error {
    Error::new(
        "amount.range",
        "claim.lines",
        "the amounts of the claim are too large to add up",
    )
    .with_help("amounts in minor units must stay below 9223372036854775807")
}

/// `amount`, if it fits.
#[inline]
fn in_range(amount: Option<Money>) -> Result<Money, TooLarge> {
    amount.ok_or(TooLarge)
}

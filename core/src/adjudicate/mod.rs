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
mod left;
mod line_checks;
mod prepared;
mod pricing;
mod trace;
pub(crate) mod values;

pub use ledger::Care;
pub(crate) use left::{CategoryLeft, LimitLeft, PolicyLeft};
pub use trace::{FullTrace, NoTrace, Trace};

use crate::calendar::Day;
use crate::claim::Request;
use crate::compile::{Compiled, CompiledFacility};
use crate::conventions::{ConsumptionRule, LineOrder};
use crate::decision::{CarcGroup, Fact, LineStatus, Outcome, Status};
use crate::error::Error;
use crate::money::Money;
use crate::ruleset::RuleSet;
use crate::scheme::{CareType, ElementKind, PriceOrigin};

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
    /// Memory for the candidates of a line.
    candidates: Vec<Candidate<'static>>,
}

/// What the stages of one claim share.
#[derive(Debug, Default)]
struct Work {
    outcome: Outcome,
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
    facility: Option<&'a CompiledFacility>,
    /// The facility gives any care that is itself neither in-patient nor out-patient.
    any_care: bool,
}

impl Adjudicator {
    /// An adjudicator for a rule set.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        Self {
            rules: rules.clone(),
            claim: Prepared::default(),
            work: Work::default(),
            candidates: Vec::new(),
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
        let Self {
            rules,
            claim,
            work,
            candidates: memory,
        } = self;
        work.outcome.clear();
        let context = Context::new(rules.compiled(), request, claim);
        let mut candidates = candidates::recycled(std::mem::take(memory));
        let decided = context.decide(work, &mut candidates, trace);
        *memory = candidates::recycled(candidates);
        decided.map_err(|TooLarge| too_large())?;
        Ok(&self.work.outcome)
    }

    /// The decision made last.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.work.outcome
    }
}

impl<'a> Context<'a> {
    fn new(rules: &'a Compiled, request: &'a Request, claim: &'a Prepared) -> Self {
        let facility = claim
            .facility
            .and_then(|id| rules.facilities.get(id.index()));
        let outpatient = |facility: &CompiledFacility| facility.care_type == CareType::Outpatient;
        Self {
            rules,
            request,
            claim,
            target: claim.target.unwrap_or(Day::MIN),
            facility,
            any_care: !(claim.stay && facility.is_some_and(outpatient)),
        }
    }

    fn decide<T: Trace>(
        &self,
        work: &mut Work,
        candidates: &mut Vec<Candidate<'a>>,
        trace: &mut T,
    ) -> Result<(), TooLarge> {
        for line in &self.claim.lines {
            work.outcome.lines.push(pricing::ask(self, line)?);
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
        let policies = (0_u16..).zip(&self.claim.policies);
        work.accounts
            .extend(policies.map(|(policy, _)| Account::closed(policy)));
        if let Some((claim, lines)) =
            coverage::admit(self, work.outcome.category, &mut work.accounts, trace)
        {
            return self.reject_claim(work, claim, lines);
        }
        let first = match self.rules.conventions.line_order {
            LineOrder::AsGiven => None,
            LineOrder::ItemsFirst => Some(ElementKind::Item),
            LineOrder::ServicesFirst => Some(ElementKind::Service),
        };
        self.lines(work, candidates, trace, |kind| {
            first.is_none_or(|first| kind == first)
        })?;
        if first.is_some() {
            self.lines(work, candidates, trace, |kind| Some(kind) != first)?;
        }
        self.finish(work)
    }

    fn lines<T: Trace>(
        &self,
        work: &mut Work,
        candidates: &mut Vec<Candidate<'a>>,
        trace: &mut T,
        wanted: impl Fn(ElementKind) -> bool,
    ) -> Result<(), TooLarge> {
        for line in self.claim.lines.iter().filter(|line| wanted(line.kind)) {
            match self.line(line, work, candidates, trace) {
                Ok(()) => {}
                Err(Halt::Rejected(fact)) => reject_line(&mut work.outcome, line.position, fact),
                Err(Halt::TooLarge) => return Err(TooLarge),
            }
        }
        Ok(())
    }

    /// One line through all its stages; `Err` with the reason that rejects it.
    fn line<T: Trace>(
        &self,
        line: &'a PreparedLine,
        work: &mut Work,
        candidates: &mut Vec<Candidate<'a>>,
        trace: &mut T,
    ) -> Result<(), Halt> {
        let Work { outcome, accounts } = work;
        let checked = line_checks::check(self, line, &mut outcome.line_reasons, trace)?;
        candidates::collect(
            self,
            line,
            checked.known,
            accounts,
            candidates,
            outcome,
            trace,
        )?;
        line_checks::after_candidates(self, checked, &mut outcome.line_reasons, trace)?;
        let chosen =
            assignment::choose(self, line, checked.known, candidates).ok_or(Fact::CoverageNone)?;
        trace.line(line.position, || chosen.fact());
        let priced = pricing::price(self, checked, &chosen, outcome, trace)?;
        cost_sharing::value(self, line, &chosen, priced, accounts, outcome, trace)
    }

    /// Rejects the claim with one reason and every line with another.
    fn reject_claim(
        &self,
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

    fn finish(&self, work: &mut Work) -> Result<(), TooLarge> {
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
        let entries = work
            .accounts
            .iter()
            .filter_map(|account| account.entry(self.target));
        outcome.consumption.extend(entries);
        if self.rules.conventions.consumption == ConsumptionRule::LastPolicy {
            let others = outcome.consumption.len().saturating_sub(1);
            outcome.consumption.drain(..others);
        }
        self.total(outcome)
    }

    fn total(&self, outcome: &mut Outcome) -> Result<(), TooLarge> {
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

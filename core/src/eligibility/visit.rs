//! The visit that an enquiry asks about, adjudicated as a predetermination of one line.

use super::request::EligibilityRequest;
use crate::adjudicate::{Adjudicator, NoTrace};
use crate::calendar::Day;
use crate::claim::{Claim, Line, LineComponent, LineReview, Mode, Override, Request, Verdict};
use crate::code::Code;
use crate::compile::{Compiled, ElementId};
use crate::decision::{DecisionParts, LineStatus, Outcome, Shares, shares};
use crate::error::Error;
use crate::money::{Money, Units};
use crate::number::Quantity;
use crate::ruleset::RuleSet;
use crate::scheme::ElementKind;

/// A service or item that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) kind: ElementKind,
    pub(super) code: Code,
    /// Where the register has it.
    pub(super) id: Option<ElementId>,
}

/// What matters of the outcome for one unit of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) covered: bool,
    pub(super) pays: Money,
    pub(super) patient: Money,
}

/// A visit that can be changed and asked about, element by element.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) rules: RuleSet,
    pub(super) adjudicator: Adjudicator,
    /// The predetermination. Its claim's code is empty, which no document's is, so that it is not
    /// taken for an earlier claim.
    pub(super) request: Request,
    /// Whether everything but the line was prepared as the request is now.
    prepared: bool,
    /// The frequency of care is kept, whatever the history says.
    pub(super) spaced: bool,
}

impl Visit {
    pub(super) fn new(rules: &RuleSet, asked: &EligibilityRequest) -> Self {
        let request = Request {
            schema: crate::claim::SCHEMA.to_owned(),
            mode: Mode::Predetermination,
            claim: Claim {
                code: Code::default(),
                date_from: Some(asked.date_from),
                date_to: asked.date_to,
                date_claimed: None,
                facility: asked.facility.clone(),
                visit_type: asked.visit_type,
                referred: asked.referred,
                diagnoses: asked.diagnoses.clone(),
                lines: Vec::new(),
            },
            patient: asked.patient.clone(),
            coverage: asked.coverage.clone(),
            history: asked.history.clone(),
            as_of: asked.as_of,
        };
        Self {
            rules: rules.clone(),
            adjudicator: Adjudicator::new(rules),
            request,
            prepared: false,
            spaced: false,
        }
    }

    pub(super) fn compiled(&self) -> &Compiled {
        self.rules.compiled()
    }

    /// Last day of care.
    pub(super) fn target(&self) -> Day {
        let claim = &self.request.claim;
        claim.date_to.or(claim.date_from).unwrap_or(Day::MIN)
    }

    /// Days between the first and the last day of care.
    pub(super) fn length(&self) -> i32 {
        let from = self.request.claim.date_from;
        from.map_or(0, |from| from.days_until(self.target()))
    }

    /// The request, to be changed in more than its line.
    pub(super) fn change(&mut self) -> &mut Request {
        self.prepared = false;
        &mut self.request
    }

    /// The same visit so that its last day is another.
    pub(super) fn move_to(&mut self, target: Day) {
        let from = target.add_days(self.length().saturating_neg());
        let claim = &mut self.change().claim;
        claim.date_from = Some(from);
        claim.date_to = claim.date_to.map(|_| target);
    }

    /// Reads the visit without a line: what is left can be asked then.
    pub(super) fn prepare(&mut self) -> Result<(), Error> {
        self.request.claim.lines.clear();
        self.adjudicator.prepare(&self.request)?;
        self.prepared = true;
        Ok(())
    }

    /// Adjudicates one unit of an element. A package is given as it is listed.
    pub(super) fn ask(&mut self, element: &Element) -> Result<&Outcome, Error> {
        let components = self.content(element);
        let line = Line {
            id: element.code.clone(),
            kind: element.kind,
            code: element.code.clone(),
            quantity: one(),
            price: None,
            components,
            review: self.spaced.then(|| without(Override::Frequency)),
            rejected_before: None,
        };
        self.request.claim.lines.clear();
        self.request.claim.lines.push(line);
        if self.prepared {
            self.adjudicator.prepare_lines(&self.request)?;
        } else {
            self.adjudicator.prepare(&self.request)?;
            self.prepared = true;
        }
        self.adjudicator.run(&self.request, &mut NoTrace)
    }

    /// As [`ask`](Self::ask), and what matters of the outcome.
    pub(super) fn found(&mut self, element: &Element) -> Result<Found, Error> {
        Ok(found(self.ask(element)?))
    }

    fn content(&self, element: &Element) -> Vec<LineComponent> {
        let compiled = self.rules.compiled();
        let target = self.target();
        let package = element.id.and_then(|id| {
            let (_, version) = compiled.register.find(id, |v| v.valid.contains(target))?;
            compiled.packages.get(version.package? as usize)
        });
        let listed = package.map_or(&[][..], |package| &package.components);
        let part = |(id, quantity): &(ElementId, Units)| {
            let (kind, code) = compiled.elements.get(id.index())?;
            Some(LineComponent {
                kind: *kind,
                code: code.clone(),
                quantity: quantity.write(),
                price: None,
            })
        };
        listed.iter().filter_map(part).collect()
    }

    /// What the documents of an outcome are made of.
    pub(super) fn parts(&self) -> DecisionParts<'_> {
        DecisionParts {
            rules: &self.rules,
            request: &self.request,
            outcome: self.adjudicator.outcome(),
            trace: None,
            request_digest: None,
        }
    }
}

pub(super) fn found(outcome: &Outcome) -> Found {
    let line = outcome.lines.first();
    let Shares { patient, .. } = shares(outcome);
    Found {
        covered: line.is_some_and(|line| line.status == LineStatus::Passed),
        pays: outcome.totals.payable,
        patient,
    }
}

/// A verdict that replaces one check and changes nothing else.
fn without(check: Override) -> LineReview {
    LineReview {
        reviewer: None,
        quantity: None,
        price: None,
        verdict: Some(Verdict::Accepted),
        reason: None,
        overrides: vec![check],
    }
}

/// One unit.
fn one() -> Quantity {
    Quantity::from_units(1, 0)
}

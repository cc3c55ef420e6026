//! Between which amounts a claim comes out if the history is not known up to the visit.
//!
//! Claims that the history does not know can have taken of everything that is limited, and nothing
//! else of them matters. Each kind of limit acts in one direction only:
//! - ceilings and category amounts taken pay less, deductibles taken pay more;
//! - claims counted close policies, each at its own number, and units used close rows, each at its
//!   own quantity, after cutting what they pay for; which rows are open decides which one pays;
//! - any unit used may be too soon before the next, where care has a frequency.
//!
//! One row pays, and what it pays depends on its own limits only. Unseen claims may lie on days that
//! one window counts and another does not, so each window can be used up by itself. So the extremes
//! are found by adjudicating the visit with every number of claims and every quantity at which
//! something closes in one window, and all other windows used up; once with all ceilings and
//! category amounts used up, and once with all deductibles used up and the rest as it is known. A
//! test adjudicates random histories in between.

use super::document::Between;
use super::visit::{Element, Found, Visit};
use crate::adjudicate::PolicyLeft;
use crate::claim::{CareAmounts, CategoryAmounts, LedgerEntry, Request};
use crate::code::Code;
use crate::compile::Span;
use crate::error::Error;
use crate::money::{Money, Units};
use crate::number::Amount;
use crate::scheme::ServiceCategory;

/// For each element, between which amounts a claim can come out; `None` of each if the history is
/// known up to the visit.
pub(super) fn between(
    visit: &mut Visit,
    elements: &[Element],
) -> Result<Vec<Option<Between>>, Error> {
    let stale = visit
        .request
        .as_of
        .is_some_and(|as_of| as_of < visit.target());
    if !stale {
        return Ok(elements.iter().map(|_| None).collect());
    }
    visit.prepare()?;
    let left = visit.adjudicator.left(&visit.request);
    let mut states = Vec::with_capacity(elements.len());
    for element in elements {
        let category = visit.ask(element)?.category;
        states.push(States {
            category,
            claims: claims(&left, category),
            units: units(visit),
            spaced: spaced(visit, element),
        });
    }
    let exponent = visit.compiled().exponent;
    let mut least: Vec<Option<Found>> = elements.iter().map(|_| None).collect();
    let mut most = Money::ZERO;
    let mut mosts = Vec::with_capacity(elements.len());
    let known = visit.request.history.ledger.len();
    consume(visit, true);
    for ((element, states), least) in elements.iter().zip(&states).zip(&mut least) {
        states.each(visit, element, |got| {
            let worst = least.get_or_insert(got);
            worst.covered &= got.covered;
            worst.pays = worst.pays.min(got.pays);
        })?;
    }
    visit.change().history.ledger.truncate(known);
    consume(visit, false);
    for (element, states) in elements.iter().zip(&states) {
        states.each(visit, element, |got| most = most.max(got.pays))?;
        mosts.push(std::mem::take(&mut most));
    }
    visit.change().history.ledger.truncate(known);
    let both = least.into_iter().zip(mosts);
    Ok(both
        .map(|(least, most)| {
            Some(Between {
                surely_covered: least.is_some_and(|least| least.covered),
                at_least: least
                    .map_or(Money::ZERO, |least| least.pays)
                    .write(exponent),
                at_most: most.write(exponent),
            })
        })
        .collect())
}

/// What unseen claims can have closed for an element.
struct States {
    category: ServiceCategory,
    /// Numbers of claims in each window, among them those at which policies close.
    claims: Vec<Vec<(Span, u32)>>,
    /// Units in each window, among them those at which rows close, and just before.
    units: Vec<Vec<(Span, Units)>>,
    /// Any unit may have been used too short a time before.
    spaced: bool,
}

impl States {
    /// Adjudicates the element in every state.
    fn each(
        &self,
        visit: &mut Visit,
        element: &Element,
        mut tell: impl FnMut(Found),
    ) -> Result<(), Error> {
        let known = visit.found(element)?;
        tell(known);
        // More claims open nothing.
        if !known.covered {
            return Ok(());
        }
        if let Some(id) = element.id.filter(|_| self.spaced) {
            visit.adjudicator.suppose_used(id, visit.target());
            let got = visit.found(element);
            visit.adjudicator.forget_used();
            tell(got?);
        }
        visit.spaced = true;
        let told = self.used(visit, element, tell);
        visit.spaced = false;
        visit.adjudicator.suppose_claims(self.category, &[]);
        visit.adjudicator.suppose_units(&[]);
        told
    }

    fn used(
        &self,
        visit: &mut Visit,
        element: &Element,
        mut tell: impl FnMut(Found),
    ) -> Result<(), Error> {
        for claims in &self.claims {
            visit.adjudicator.suppose_claims(self.category, claims);
            for units in &self.units {
                visit.adjudicator.suppose_units(units);
                tell(visit.found(element)?);
            }
        }
        Ok(())
    }
}

/// Every way to use windows that matters: all as they are known, and each with every number at
/// which something in it closes while all others are used up.
fn uses<N: Ord + Copy>(
    closing: impl Iterator<Item = (Span, Vec<N>)>,
    none: N,
) -> Vec<Vec<(Span, N)>> {
    let mut windows: Vec<(Span, Vec<N>)> = Vec::new();
    for (span, numbers) in closing {
        match windows.iter_mut().find(|(own, _)| *own == span) {
            Some((_, known)) => known.extend(numbers),
            None => windows.push((span, numbers)),
        }
    }
    for (_, numbers) in &mut windows {
        numbers.push(none);
        numbers.sort_unstable();
        numbers.dedup();
    }
    let used_up: Vec<(Span, N)> = windows
        .iter()
        .map(|(span, numbers)| (*span, numbers.last().copied().unwrap_or(none)))
        .collect();
    let mut uses = vec![Vec::new()];
    for (place, (_, numbers)) in windows.iter().enumerate() {
        uses.extend(numbers.iter().map(|number| {
            let mut used = used_up.clone();
            if let Some((_, own)) = used.get_mut(place) {
                *own = *number;
            }
            used
        }));
    }
    uses
}

/// Uses up, of every policy, ceilings and category amounts, or else deductibles.
fn consume(visit: &mut Visit, paid: bool) {
    let exponent = visit.compiled().exponent;
    let Request {
        coverage,
        history,
        patient,
        ..
    } = visit.change();
    let all = Money::from_minor(i64::MAX).write(exponent);
    let none = Money::ZERO.write(exponent);
    let by_care = |amount: Amount| CareAmounts {
        general: amount,
        inpatient: Some(amount),
        outpatient: Some(amount),
    };
    let [deducted, remunerated] = if paid { [none, all] } else { [all, none] };
    let category = paid.then_some(all);
    history
        .ledger
        .extend(coverage.iter().map(|policy| LedgerEntry {
            policy: policy.policy.clone(),
            product: None,
            person: patient.id.clone(),
            claim: unseen(),
            date: None,
            deducted: by_care(deducted),
            remunerated: by_care(remunerated),
            categories: CategoryAmounts {
                surgery: category,
                delivery: category,
                antenatal: category,
                hospitalization: category,
                consultation: category,
                visit: category,
            },
            reversed: false,
            held: false,
        }));
}

/// The code of claims that nobody has seen; the enquiry's own is empty.
fn unseen() -> Code {
    Code::new("unseen").unwrap_or_default()
}

/// Claims of a category in each window, among them the numbers at which policies close.
fn claims(left: &[PolicyLeft], category: ServiceCategory) -> Vec<Vec<(Span, u32)>> {
    let counters = left.iter().flat_map(|policy| &policy.categories);
    let counters = counters.filter(|left| left.category == category);
    let closing = counters.filter_map(|left| {
        let (counter, _) = left.claims?;
        Some((
            counter.window,
            vec![counter.maximum.saturating_sub(counter.count)],
        ))
    });
    uses(closing, 0)
}

/// Has the element a frequency?
fn spaced(visit: &Visit, element: &Element) -> bool {
    let target = visit.target();
    let register = &visit.compiled().register;
    let version = element
        .id
        .and_then(|id| register.find(id, |version| version.valid.contains(target)));
    version.is_some_and(|(_, version)| version.frequency_days > 0)
}

/// Units of the element asked about last in each window, among them those at which rows close, and
/// just before.
fn units(visit: &Visit) -> Vec<Vec<(Span, Units)>> {
    let quotas = visit.adjudicator.quotas(&visit.request);
    let closing = quotas.iter().map(|row| {
        let left = row.quota.left();
        (row.span, vec![left.less(Units::LEAST), left])
    });
    uses(closing, Units::ZERO)
}

//! Between which amounts a claim comes out if the history is not known up to the visit.
//!
//! Claims that the history does not know can have taken of everything that is limited, and nothing
//! else of them matters. Each kind of limit acts in one direction only:
//! - ceilings and category amounts taken pay less, deductibles taken pay more;
//! - claims counted close policies, each at its own number, and units used close rows, each at its
//!   own quantity, after cutting what they pay for; which rows are open decides which one pays;
//! - any unit used may be too soon before the next, where care has a frequency.
//!
//! So the extremes are found by adjudicating the visit with every number of claims and every
//! quantity at which something closes, once with all ceilings and category amounts used up, and
//! once with all deductibles used up and the rest as it is known. A test adjudicates random
//! histories in between.

use super::document::Between;
use super::visit::{Element, Found, Visit};
use crate::adjudicate::PolicyLeft;
use crate::claim::{CareAmounts, CategoryAmounts, ClaimStatus, LedgerEntry, PastClaim, Request};
use crate::code::Code;
use crate::error::Error;
use crate::money::{Money, Units};
use crate::number::Amount;
use crate::scheme::ServiceCategory;

/// A counter with more claims left than this is not taken to be used up unseen.
const UNSEEN: u32 = 1_000;

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
    /// Numbers of claims at which policies close, from 0.
    claims: Vec<u32>,
    /// Units at which rows close, and just before, from 0.
    units: Vec<Units>,
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
        if self.spaced {
            tell(self.one(visit, element, 0, Units::LEAST)?);
        }
        visit.spaced = true;
        for &claims in &self.claims {
            for &units in &self.units {
                if claims > 0 || units > Units::ZERO {
                    tell(self.one(visit, element, claims, units)?);
                }
            }
        }
        visit.spaced = false;
        Ok(())
    }

    fn one(
        &self,
        visit: &mut Visit,
        element: &Element,
        claims: u32,
        units: Units,
    ) -> Result<Found, Error> {
        let known = visit.request.history.claims.len();
        let used = element.id.filter(|_| units > Units::ZERO);
        visit.suppose(self.category, claims);
        if let Some(id) = used {
            visit.adjudicator.suppose_used(id, visit.target(), units);
        }
        let got = visit.found(element);
        if used.is_some() {
            visit.adjudicator.forget_used();
        }
        visit.request.history.claims.truncate(known);
        got
    }
}

impl Visit {
    /// Adds unseen claims on the day of the visit, which every window holds. Claims are counted
    /// where the request has them, so nothing has to be prepared again.
    fn suppose(&mut self, category: ServiceCategory, claims: u32) {
        let date = self.target();
        let unseen = (0..claims).map(|_| PastClaim {
            code: unseen(),
            facility: None,
            category: Some(category),
            date,
            status: ClaimStatus::Valuated,
        });
        self.request.history.claims.extend(unseen);
    }
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

/// Numbers of claims of a category at which policies close, from 0.
fn claims(left: &[PolicyLeft], category: ServiceCategory) -> Vec<u32> {
    let counters = left.iter().flat_map(|policy| &policy.categories);
    let counters = counters.filter(|left| left.category == category);
    let open = counters.filter_map(|left| {
        let (counter, _) = left.claims?;
        Some(counter.maximum.saturating_sub(counter.count))
    });
    let mut numbers: Vec<u32> = open.filter(|left| *left <= UNSEEN).collect();
    numbers.push(0);
    numbers.sort_unstable();
    numbers.dedup();
    numbers
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

/// Units of the element asked about last at which rows close and just before, from 0.
fn units(visit: &Visit) -> Vec<Units> {
    let quotas = visit.adjudicator.quotas(&visit.request);
    let closes = quotas.iter().map(|row| row.quota.left());
    let mut units: Vec<Units> = closes
        .flat_map(|left| [left.less(Units::LEAST), left])
        .collect();
    units.push(Units::ZERO);
    units.sort_unstable();
    units.dedup();
    units
}

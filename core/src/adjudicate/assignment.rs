//! Which of several covering rows pays a line (SEMANTICS 4).

use super::candidates::{Candidate, Quota};
use super::prepared::PreparedLine;
use super::{Context, Known, pricing};
use crate::compile::{Cell, CompiledBenefit};
use crate::conventions::{AssignmentPrice, AssignmentRule, FixedCovers, UnstatedCoInsurance};
use crate::decision::{Assignment, Fact, Terms};
use crate::money::{Money, Share};
use crate::scheme::ElementKind;

/// The row that pays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen<'a> {
    pub(super) assignment: Assignment,
    pub(super) row: &'a CompiledBenefit,
    /// The quantity limit, where it leaves less than the line asks.
    pub(super) quota: Option<Quota>,
}

impl Chosen<'_> {
    pub(super) fn fact(&self) -> Fact {
        let Assignment {
            policy,
            product,
            terms,
            ..
        } = self.assignment;
        match terms {
            Terms::CoInsurance(percent) => Fact::ChosenCoInsurance {
                policy,
                product,
                percent,
            },
            Terms::Fixed(amount) => Fact::ChosenFixed {
                policy,
                product,
                amount,
            },
            Terms::Unlimited => Fact::ChosenUnlimited { policy, product },
        }
    }
}

/// A candidate with its terms and the price of one unit that it is compared at.
#[derive(Clone, Copy)]
struct Offer<'c, 'a> {
    candidate: &'c Candidate<'a>,
    terms: Terms,
    price: Money,
}

impl Offer<'_, '_> {
    /// What the patient pays for one unit, in millionths of a minor unit so that nothing is lost.
    fn patient_pays(&self) -> i128 {
        let price = i128::from(self.price.minor());
        match self.terms {
            Terms::CoInsurance(percent) => price * i128::from(percent.complement().scaled()),
            Terms::Fixed(amount) => {
                (price - i128::from(amount.minor())).max(0) * i128::from(Share::ALL.scaled())
            }
            Terms::Unlimited => 0,
        }
    }

    /// What the scheme pays for one unit, likewise.
    fn scheme_pays(&self) -> i128 {
        i128::from(self.price.minor()) * i128::from(Share::ALL.scaled()) - self.patient_pays()
    }
}

#[inline]
pub(super) fn choose<'a>(
    cx: &Context<'_>,
    line: &PreparedLine,
    known: &Known,
    candidates: &[Candidate<'a>],
) -> Option<Chosen<'a>> {
    let (candidate, terms) = match candidates {
        // Nothing to compare.
        [only] => (only, terms(cx, line, only)?),
        several => {
            let Offer {
                candidate, terms, ..
            } = best(cx, line, known, several)?;
            (candidate, terms)
        }
    };
    Some(Chosen {
        assignment: Assignment {
            policy: candidate.policy,
            product: candidate.product,
            benefit: candidate.benefit,
            terms,
            origin: candidate.row.origin,
        },
        row: candidate.row,
        quota: candidate.quota,
    })
}

#[inline(never)]
fn best<'c, 'a>(
    cx: &Context<'_>,
    line: &PreparedLine,
    known: &Known,
    candidates: &'c [Candidate<'a>],
) -> Option<Offer<'c, 'a>> {
    let mut offers = candidates.iter().filter_map(|candidate| {
        Some(Offer {
            candidate,
            terms: terms(cx, line, candidate)?,
            price: compared_price(cx, line, known, candidate),
        })
    });
    match cx.rules.conventions.assignment {
        AssignmentRule::ProductPriority => offers.next(),
        // `min_by_key` keeps the first of equals.
        AssignmentRule::BestForScheme => offers.min_by_key(Offer::scheme_pays),
        AssignmentRule::BestForPatient => best_for_patient(cx, offers),
    }
}

/// What the row pays for the visit.
#[inline]
fn terms(cx: &Context<'_>, line: &PreparedLine, candidate: &Candidate<'_>) -> Option<Terms> {
    match candidate.cell {
        Cell::CoInsurance(percent) => Some(Terms::CoInsurance(percent)),
        Cell::Fixed(amount) => Some(Terms::Fixed(amount)),
        Cell::Unlimited => Some(Terms::Unlimited),
        Cell::Unstated => Some(Terms::CoInsurance(
            match (line.kind, cx.rules.conventions.unstated_item_co_insurance) {
                (ElementKind::Item, UnstatedCoInsurance::Zero) => Share::NONE,
                _ => Share::ALL,
            },
        )),
        Cell::NotCovered | Cell::Absent => None,
    }
}

/// The price of one unit at which candidates are compared.
fn compared_price(
    cx: &Context<'_>,
    line: &PreparedLine,
    known: &Known,
    candidate: &Candidate<'_>,
) -> Money {
    match cx.rules.conventions.assignment_price {
        AssignmentPrice::Effective => line
            .approved_price
            .unwrap_or_else(|| pricing::by_origin(line, known, candidate.row.origin)),
        AssignmentPrice::HigherOfAskedAndApproved => {
            let asked = line.price.unwrap_or(known.price);
            line.approved_price
                .map_or(asked, |approved| approved.max(asked))
        }
    }
}

/// The highest percentage against the highest fixed amount, the first of equals in each kind.
fn best_for_patient<'c, 'a>(
    cx: &Context<'_>,
    offers: impl Iterator<Item = Offer<'c, 'a>>,
) -> Option<Offer<'c, 'a>> {
    let mut percent: Option<(Share, Offer<'c, 'a>)> = None;
    let mut fixed: Option<(Option<Money>, Offer<'c, 'a>)> = None;
    for offer in offers {
        match offer.terms {
            Terms::CoInsurance(value) => {
                if percent.is_none_or(|(best, _)| value > best) {
                    percent = Some((value, offer));
                }
            }
            Terms::Fixed(value) => {
                if fixed.is_none_or(|(best, _)| best.is_some_and(|best| value > best)) {
                    fixed = Some((Some(value), offer));
                }
            }
            Terms::Unlimited => {
                if fixed.is_none_or(|(best, _)| best.is_some()) {
                    fixed = Some((None, offer));
                }
            }
        }
    }
    let ((share, percent), (amount, fixed)) = match (percent, fixed) {
        (Some(percent), Some(fixed)) => (percent, fixed),
        (Some((_, only)), None) | (None, Some((_, only))) => return Some(only),
        (None, None) => return None,
    };
    let covers = amount.is_none_or(|amount| match cx.rules.conventions.fixed_covers {
        FixedCovers::AtThePrice => amount >= fixed.price,
        FixedCovers::AboveThePrice => amount > fixed.price,
    });
    if covers {
        Some(fixed)
    } else if share >= Share::ALL || percent.patient_pays() <= fixed.patient_pays() {
        Some(percent)
    } else {
        Some(fixed)
    }
}

//! Which of several covering rows pays a line (SEMANTICS 4).

use super::candidates::Candidate;
use super::prepared::PreparedLine;
use super::{Context, Halt, Known, pricing};
use crate::compile::Cell;
use crate::conventions::{AssignmentPrice, AssignmentRule, FixedCovers, UnstatedCoInsurance};
use crate::decision::{Assignment, Fact, Terms};
use crate::money::{Money, Share, Units};
use crate::scheme::{ElementKind, PriceOrigin};

/// The row that pays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    pub(super) assignment: Assignment,
    pub(super) allowed: Units,
    pub(super) trim: Option<Fact>,
}

impl Chosen {
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
struct Offer<'c> {
    candidate: &'c Candidate,
    terms: Terms,
    origin: PriceOrigin,
    price: Money,
}

impl Offer<'_> {
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

pub(super) fn choose(
    cx: Context<'_>,
    line: &PreparedLine,
    known: &Known,
    candidates: &[Candidate],
) -> Result<Chosen, Halt> {
    let mut offers = candidates
        .iter()
        .filter_map(|candidate| offer(cx, line, known, candidate));
    let best = match cx.rules.conventions.assignment {
        // Nothing to compare.
        _ if candidates.len() == 1 => offers.next(),
        AssignmentRule::ProductPriority => offers.next(),
        AssignmentRule::BestForScheme => {
            // `min_by_key` keeps the first of equals.
            offers.min_by_key(Offer::scheme_pays)
        }
        AssignmentRule::BestForPatient => best_for_patient(cx, offers),
    };
    let Some(Offer {
        candidate,
        terms,
        origin,
        ..
    }) = best
    else {
        return Err(Fact::CoverageNone.into());
    };
    let (allowed, trim) = candidate.allowed(cx, line.quantity);
    Ok(Chosen {
        assignment: Assignment {
            policy: candidate.policy,
            product: candidate.product,
            benefit: candidate.benefit,
            terms,
            origin,
        },
        allowed,
        trim,
    })
}

fn offer<'c>(
    cx: Context<'_>,
    line: &PreparedLine,
    known: &Known,
    candidate: &'c Candidate,
) -> Option<Offer<'c>> {
    let row = cx
        .rules
        .product(candidate.product)?
        .benefits
        .get(candidate.benefit as usize)?;
    let terms = match candidate.cell {
        Cell::CoInsurance(percent) => Terms::CoInsurance(percent),
        Cell::Fixed(amount) => Terms::Fixed(amount),
        Cell::Unlimited => Terms::Unlimited,
        Cell::Unstated => Terms::CoInsurance(
            match (line.kind, cx.rules.conventions.unstated_item_co_insurance) {
                (ElementKind::Item, UnstatedCoInsurance::Zero) => Share::NONE,
                _ => Share::ALL,
            },
        ),
        Cell::NotCovered | Cell::Absent => return None,
    };
    let price = match cx.rules.conventions.assignment_price {
        AssignmentPrice::Effective => line
            .approved_price
            .unwrap_or_else(|| pricing::by_origin(line, known, row.origin)),
        AssignmentPrice::HigherOfAskedAndApproved => {
            let asked = line.price.unwrap_or(known.price);
            line.approved_price
                .map_or(asked, |approved| approved.max(asked))
        }
    };
    Some(Offer {
        candidate,
        terms,
        origin: row.origin,
        price,
    })
}

/// The highest percentage against the highest fixed amount, the first of equals in each kind.
fn best_for_patient<'c>(
    cx: Context<'_>,
    offers: impl Iterator<Item = Offer<'c>>,
) -> Option<Offer<'c>> {
    let mut percent: Option<(Share, Offer<'c>)> = None;
    let mut fixed: Option<(Option<Money>, Offer<'c>)> = None;
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

//! What the engine decides, as typed numbers and ids. The reusable form behind
//! [`Decision`](crate::Decision): vectors keep their memory from claim to claim.

use super::fact::{Fact, PolicyIndex};
use crate::calendar::Day;
use crate::compile::ProductId;
use crate::money::{Money, Share, Units};
use crate::scheme::{PriceOrigin, ServiceCategory};

use super::{LineStatus, Status};

/// The decision on one claim.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Where the claim stands.
    pub status: Status,
    /// What the claim counts as.
    pub category: ServiceCategory,
    /// A stay: care that ended on a later day than it began.
    pub stay: bool,
    /// Facts at the claim: reasons of rejection and findings.
    pub reasons: Vec<Fact>,
    /// One for each line of the request, in its order.
    pub lines: Vec<LineOutcome>,
    /// Facts at the lines, each with the position of its line, in the order they were found.
    pub line_reasons: Vec<(u32, Fact)>,
    /// What the claim consumes, one for each (policy, product) that paid.
    pub consumption: Vec<Consumption>,
    /// Sums over the lines.
    pub totals: Amounts,
}

/// The decision on one line.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineOutcome {
    /// Passed or rejected.
    pub status: LineStatus,
    /// The policy that pays.
    pub assignment: Option<Assignment>,
    /// Units asked.
    pub quantity_asked: Units,
    /// Units paid for.
    pub quantity_approved: Units,
    /// Price of one unit asked.
    pub price_asked: Money,
    /// Price of one unit used.
    pub price_adjusted: Money,
    /// Where every unit of money went.
    pub amounts: Amounts,
    /// Whether the patient bears what was rejected.
    pub rejected_to_patient: bool,
}

/// Which row of which policy pays a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    /// Policy of the request, by position.
    pub policy: PolicyIndex,
    /// Its product.
    pub product: ProductId,
    /// Row of the product, by position in the scheme document.
    pub benefit: u32,
    /// What the row pays.
    pub terms: Terms,
    /// Where the price came from.
    pub origin: PriceOrigin,
}

/// What a row pays for a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms {
    /// A percentage after the deductible.
    CoInsurance(Share),
    /// At most an amount for one unit.
    Fixed(Money),
    /// The price, on purpose without limit.
    Unlimited,
}

/// Where every unit of money went (SEMANTICS 6): `claimed` is the exact sum of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Asked: quantity × price.
    pub claimed: Money,
    /// Above the scheme's price; negative where the scheme's price is higher.
    pub price_adjustment: Money,
    /// Taken (or, if negative, added) by a reviewer.
    pub review_adjustment: Money,
    /// Beyond a quantity limit.
    pub quantity_cut: Money,
    /// Above a fixed amount.
    pub fixed_cut: Money,
    /// Deductible.
    pub deductible: Money,
    /// The patient's percentage.
    pub co_insurance: Money,
    /// Above a category limit.
    pub category_excess: Money,
    /// Above the ceiling.
    pub ceiling_excess: Money,
    /// Rejected lines.
    pub rejected: Money,
    /// Paid by the scheme (for relative prices: the weight that the index values).
    pub payable: Money,
}

impl Amounts {
    /// The parts in order, with their names: everything but `claimed`.
    #[must_use]
    pub const fn parts(&self) -> [Money; 10] {
        [
            self.price_adjustment,
            self.review_adjustment,
            self.quantity_cut,
            self.fixed_cut,
            self.deductible,
            self.co_insurance,
            self.category_excess,
            self.ceiling_excess,
            self.rejected,
            self.payable,
        ]
    }

    /// Does every unit of money have its place?
    #[must_use]
    pub fn balances(&self) -> bool {
        let sum: i128 = self
            .parts()
            .iter()
            .map(|part| i128::from(part.minor()))
            .sum();
        sum == i128::from(self.claimed.minor())
    }

    /// Adds a line to the totals; `None` when a sum no longer fits.
    #[must_use]
    pub fn plus(&self, line: &Self) -> Option<Self> {
        Some(Self {
            claimed: self.claimed.checked_add(line.claimed)?,
            price_adjustment: self.price_adjustment.checked_add(line.price_adjustment)?,
            review_adjustment: self.review_adjustment.checked_add(line.review_adjustment)?,
            quantity_cut: self.quantity_cut.checked_add(line.quantity_cut)?,
            fixed_cut: self.fixed_cut.checked_add(line.fixed_cut)?,
            deductible: self.deductible.checked_add(line.deductible)?,
            co_insurance: self.co_insurance.checked_add(line.co_insurance)?,
            category_excess: self.category_excess.checked_add(line.category_excess)?,
            ceiling_excess: self.ceiling_excess.checked_add(line.ceiling_excess)?,
            rejected: self.rejected.checked_add(line.rejected)?,
            payable: self.payable.checked_add(line.payable)?,
        })
    }
}

/// What a claim consumes of one policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consumption {
    /// Policy of the request, by position.
    pub policy: PolicyIndex,
    /// Its product.
    pub product: ProductId,
    /// Last day of care.
    pub date: Day,
    /// Whether the visit is a hospital visit for the product.
    pub hospital: bool,
    /// Deductible taken.
    pub deducted: Money,
    /// Paid under the ceiling.
    pub remunerated: Money,
    /// Paid under the claim's category, before the ceiling.
    pub category: Money,
}

impl Outcome {
    /// Adds a fact to a line unless it stands there already.
    pub(crate) fn note_once(&mut self, line: u32, fact: Fact) {
        if !self.line_reasons.contains(&(line, fact)) {
            self.line_reasons.push((line, fact));
        }
    }

    /// Empty, with the memory kept.
    pub(crate) fn clear(&mut self) {
        self.status = Status::default();
        self.category = ServiceCategory::default();
        self.stay = false;
        self.reasons.clear();
        self.lines.clear();
        self.line_reasons.clear();
        self.consumption.clear();
        self.totals = Amounts::default();
    }
}

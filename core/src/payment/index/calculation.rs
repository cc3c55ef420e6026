//! The work of [`index`](super::index()).

use std::collections::BTreeMap;

use super::super::allocation::{Allocation, allocate};
use super::super::distribution::distribute;
use super::super::exact::Exact;
use super::super::period::{Span, span};
use super::super::run::RunRecord;
use super::super::{Facilities, amount, hospital_visit, minor, selects, too_large};
use super::documents::{
    Care, IndexAnswer, IndexRequest, LeftOut, LeftOutClaim, PaidClaim, PaidLine, Pot, Remainder,
    WaitingClaim,
};
use crate::adjudicate::values::at;
use crate::conventions::PotDivision;
use crate::error::Error;
use crate::money::{Money, Share};
use crate::number::{Amount, Percent};
use crate::ruleset::RuleSet;
use crate::scheme::{
    CapitatedFacilities, Facility, PotRule, PriceOrigin, Product, RelativePricing,
};

/// A pot and the lines that share it.
struct Filling {
    care: Care,
    span: Span,
    distribution: Share,
    allocated: i64,
    pot: i64,
    /// Amount, claim and line of each.
    lines: Vec<(i64, usize, usize)>,
}

/// A claim that takes part.
struct Taken {
    claim: usize,
    care: Care,
    /// Amount and payment of each line.
    lines: Vec<(i64, i64)>,
}

pub(super) struct Calculation<'q> {
    rules: &'q RuleSet,
    product: &'q Product,
    rule: &'q RelativePricing,
    request: &'q IndexRequest,
    allocations: Vec<Allocation>,
    fillings: Vec<Filling>,
    taken: Vec<Taken>,
    left_out: Vec<LeftOutClaim>,
    pots: Vec<Pot>,
}

impl<'q> Calculation<'q> {
    pub(super) fn new(
        rules: &'q RuleSet,
        product: &'q Product,
        rule: &'q RelativePricing,
        request: &'q IndexRequest,
    ) -> Self {
        Self {
            rules,
            product,
            rule,
            request,
            allocations: Vec::new(),
            fillings: Vec::new(),
            taken: Vec::new(),
            left_out: Vec::new(),
            pots: Vec::new(),
        }
    }

    fn rule_of(&self, care: Care) -> Option<&'q PotRule> {
        match care {
            Care::General => self.rule.general.as_ref(),
            Care::Inpatient => self.rule.inpatient.as_ref(),
            Care::Outpatient => self.rule.outpatient.as_ref(),
        }
    }

    /// The pots of the periods that end with the month.
    pub(super) fn pots(&mut self) -> Result<(), Error> {
        let scheme = self.rules.scheme();
        let mut earned: BTreeMap<Span, i64> = BTreeMap::new();
        for care in [Care::General, Care::Inpatient, Care::Outpatient] {
            let Some(rule) = self.rule_of(care) else {
                continue;
            };
            let (year, month) = (self.request.year, self.request.month);
            let Some(span) = span(scheme.calendar, rule.period, year, month)? else {
                continue;
            };
            let allocated = match earned.get(&span) {
                Some(allocated) => *allocated,
                None => {
                    let contributions = &self.request.contributions;
                    let (total, allocation) = allocate(self.rules, contributions, span)?;
                    self.allocations.push(allocation);
                    earned.insert(span, total);
                    total
                }
            };
            let distribution = distribution(rule, span);
            let pot = Money::from_minor(allocated)
                .share(distribution, scheme.currency.rounding)
                .ok_or_else(|| too_large("contributions"))?;
            self.fillings.push(Filling {
                care,
                span,
                distribution,
                allocated,
                pot: pot.minor(),
                lines: Vec::new(),
            });
        }
        Ok(())
    }

    /// Puts every claim into its pot, and divides the pots.
    pub(super) fn share(&mut self, standing: &[&RunRecord]) -> Result<(), Error> {
        let paid = standing.iter().flat_map(|record| &record.paid);
        let paid: rustc_hash::FxHashSet<_> = paid.map(|paid| &paid.to).collect();
        let facilities = Facilities::of(self.rules);
        for (position, claim) in self.request.claims.iter().enumerate() {
            let facility = facilities
                .get(&claim.facility)
                .map_err(|error| at(error, "claims", position))?;
            let care = self.care(claim, facility);
            let reason = match paid.contains(&claim.claim) {
                true => Some(LeftOut::PaidBefore),
                false => self.left_out(claim, facility, care),
            };
            if let Some(reason) = reason {
                self.left_out.push(LeftOutClaim {
                    claim: claim.claim.clone(),
                    reason,
                });
                continue;
            }
            let mut filling = self.fillings.iter_mut().find(|f| f.care == care);
            let mut lines = Vec::new();
            for (number, line) in claim.lines.iter().enumerate() {
                let units = minor(self.rules, line.amount, "amount")
                    .map_err(|error| at(error, &format!("claims[{position}].lines"), number))?;
                let relative = line.price_origin == PriceOrigin::Relative;
                if let (true, Some(filling)) = (relative, &mut filling) {
                    filling.lines.push((units, position, lines.len()));
                }
                lines.push((units, if relative { 0 } else { units }));
            }
            self.taken.push(Taken {
                claim: position,
                care,
                lines,
            });
        }
        for filling in std::mem::take(&mut self.fillings) {
            let pot = self.divide(&filling)?;
            self.pots.push(pot);
        }
        Ok(())
    }

    /// The pot to which a claim belongs.
    fn care(&self, claim: &WaitingClaim, facility: &Facility) -> Care {
        if self.rule.general.is_some() {
            return Care::General;
        }
        match hospital_visit(self.product, facility, claim.date_from, claim.date_to) {
            true => Care::Inpatient,
            false => Care::Outpatient,
        }
    }

    fn left_out(&self, claim: &WaitingClaim, facility: &Facility, care: Care) -> Option<LeftOut> {
        if self.rule_of(care).is_none() {
            return Some(LeftOut::NoPot);
        }
        let only = self.rule.facilities.as_deref();
        if only.is_some_and(|only| !selects(only, facility)) {
            return Some(LeftOut::FacilityNotSelected);
        }
        let capitation = self
            .product
            .payment
            .as_ref()
            .and_then(|p| p.capitation.as_ref());
        if self.rule.capitated_facilities == CapitatedFacilities::Excluded
            && capitation.is_some_and(|rule| super::super::capitation::takes_part(rule, facility))
        {
            return Some(LeftOut::FacilityCapitated);
        }
        match self.fillings.iter().find(|filling| filling.care == care) {
            None => Some(LeftOut::NotDue),
            Some(filling) => {
                (!filling.span.contains(claim.processed)).then_some(LeftOut::OutsidePeriod)
            }
        }
    }

    /// Divides a pot over its lines and reports it.
    fn divide(&mut self, filling: &Filling) -> Result<Pot, Error> {
        let claims = &self.request.claims;
        let names = |claim: usize, line: usize| {
            let claim = claims.get(claim)?;
            Some((&claim.claim, &claim.lines.get(line)?.id))
        };
        let parts: Vec<_> = filling
            .lines
            .iter()
            .map(|(units, claim, line)| (i128::from(*units), names(*claim, *line)))
            .collect();
        let total: i128 = parts.iter().map(|(units, _)| units).sum();
        let wide = || too_large("claims");
        let total_units = i64::try_from(total).map_err(|_| wide())?;
        let mut distributed = 0;
        let mut remainder = Vec::new();
        let index = match total {
            0 => Exact::new(1, 1),
            _ => Exact::new(filling.pot.into(), total),
        };
        let index = index.ok_or_else(wide)?;
        if total > 0 {
            let (shares, favoured) = match self.division() {
                PotDivision::Exact => distribute(filling.pot, &parts),
                PotDivision::Rounded => self.at_rounded(&index, &parts),
            }
            .ok_or_else(wide)?;
            distributed = shares.iter().sum();
            for ((_, claim, line), share) in filling.lines.iter().zip(shares) {
                let place = self.taken.binary_search_by_key(claim, |taken| taken.claim);
                let taken = place.ok().and_then(|at| self.taken.get_mut(at));
                if let Some((_, paid)) = taken.and_then(|taken| taken.lines.get_mut(*line)) {
                    *paid = share;
                }
            }
            let favoured = favoured.iter().filter_map(|position| parts.get(*position));
            remainder = favoured
                .filter_map(|(_, names)| *names)
                .map(|(claim, line)| Remainder {
                    claim: claim.clone(),
                    line: line.clone(),
                })
                .collect();
            remainder.sort_unstable();
        }
        let rules = self.rules;
        Ok(Pot {
            care: filling.care,
            span: filling.span,
            allocated: amount(rules, filling.allocated),
            distribution: filling.distribution.write(),
            pot: amount(rules, filling.pot),
            lines: u32::try_from(filling.lines.len()).unwrap_or(u32::MAX),
            amount: amount(rules, total_units),
            index,
            distributed: amount(rules, distributed),
            left: amount(rules, filling.pot - distributed),
            remainder,
        })
    }

    fn division(&self) -> PotDivision {
        self.rules.compiled().conventions.pot_division
    }

    /// Every amount times the index of four decimals; no line gets a unit that is left.
    fn at_rounded<K>(&self, index: &Exact, parts: &[(i128, K)]) -> Option<(Vec<i64>, Vec<usize>)> {
        let index = i128::from(index.rounded.units_at(Amount::PLACES)?);
        let rounding = self.rules.scheme().currency.rounding;
        let one = 10_i128.pow(Amount::PLACES.into());
        let shares = parts
            .iter()
            .map(|(units, _)| rounding.quotient(units.checked_mul(index)?, one));
        Some((shares.collect::<Option<_>>()?, Vec::new()))
    }

    /// Writes everything into the answer.
    pub(super) fn finish(self, answer: &mut IndexAnswer) -> Result<(), Error> {
        let rules = self.rules;
        let mut all: i64 = 0;
        let wide = || too_large("claims");
        for taken in &self.taken {
            let Some(claim) = self.request.claims.get(taken.claim) else {
                continue;
            };
            let (mut before, mut paid) = (0_i64, 0_i64);
            let mut lines = Vec::new();
            for (line, (units, share)) in claim.lines.iter().zip(&taken.lines) {
                before = before.checked_add(*units).ok_or_else(wide)?;
                paid = paid.checked_add(*share).ok_or_else(wide)?;
                lines.push(PaidLine {
                    id: line.id.clone(),
                    price_origin: line.price_origin,
                    amount: amount(rules, *units),
                    paid: amount(rules, *share),
                });
            }
            all = all.checked_add(paid).ok_or_else(wide)?;
            answer.claims.push(PaidClaim {
                claim: claim.claim.clone(),
                facility: claim.facility.clone(),
                care: taken.care,
                lines,
                amount: amount(rules, before),
                paid: amount(rules, paid),
            });
        }
        answer.paid = amount(rules, all);
        for (position, pot) in self.pots.iter().enumerate() {
            answer.warnings.extend(warning(pot, position));
        }
        answer.allocations = self.allocations;
        answer.pots = self.pots;
        answer.left_out = self.left_out;
        Ok(())
    }
}

/// The part of the period's premium: the period's percentage, else all of it.
fn distribution(rule: &PotRule, span: Span) -> Share {
    let percent: Option<&Percent> = rule
        .distribution
        .as_ref()
        .and_then(|all| all.get(usize::from(span.number).checked_sub(1)?));
    percent
        .and_then(|percent| Share::read(*percent))
        .unwrap_or(Share::ALL)
}

fn warning(pot: &Pot, position: usize) -> Option<Error> {
    let path = format!("pots[{position}]");
    if pot.amount.is_zero() && !pot.pot.is_zero() {
        let message = format!("nobody shares the pot of {}; it stays whole", pot.pot);
        return Some(Error::new("pot.undistributed", path, message));
    }
    (pot.pot.is_zero() && !pot.amount.is_zero()).then(|| {
        let message = format!(
            "the pot is empty, so lines of {} are paid nothing",
            pot.amount
        );
        Error::new("pot.empty", path, message)
    })
}

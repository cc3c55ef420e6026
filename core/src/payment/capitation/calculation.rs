//! The work of [`capitation`](super::capitation()).

use super::super::distribution::distribute;
use super::super::exact::Exact;
use super::super::period::Span;
use super::super::{amount, too_large};
use super::documents::{
    CapitationAnswer, CapitationRequest, FacilityPayment, Indicator, IndicatorMoney, Indicators,
};
use super::indicators::{Counting, Figures, ONE, written};
use crate::code::Code;
use crate::conventions::PotDivision;
use crate::error::Error;
use crate::money::{Money, Share};
use crate::number::Amount;
use crate::ruleset::RuleSet;
use crate::scheme::{Capitation, Currency, Facility, Product};

pub(super) struct Calculation<'q> {
    pub(super) rules: &'q RuleSet,
    pub(super) product: &'q Product,
    pub(super) rule: &'q Capitation,
    pub(super) request: &'q CapitationRequest,
    pub(super) span: Span,
}

/// A facility at work.
struct Paying<'q> {
    facility: &'q Facility,
    has: Figures,
    gets: Indicators<i64>,
}

impl Calculation<'_> {
    pub(super) fn run(&self, allocated: i64, answer: &mut CapitationAnswer) -> Result<(), Error> {
        let Currency {
            rounding, exponent, ..
        } = self.rules.scheme().currency;
        let wide = || too_large("contributions");
        let share = |money: i64, share: Share| {
            let part = Money::from_minor(money).share(share, rounding);
            part.map(Money::minor).ok_or_else(wide)
        };
        let pot = share(
            allocated,
            Share::read(self.rule.share).unwrap_or(Share::ALL),
        )?;
        let weights = Indicator::ALL.map(|each| (each, each.weight(&self.rule.weights).scaled()));
        let total: i64 = weights.iter().map(|(_, weight)| weight).sum();
        let weighed = match total == Share::ALL.scaled() {
            true => pot,
            false => rounding
                .quotient(
                    i128::from(pot) * i128::from(total),
                    i128::from(Share::ALL.scaled()),
                )
                .ok_or_else(wide)?,
        };
        let parts = weights.map(|(each, weight)| (i128::from(weight), each));
        let (money, _) = distribute(weighed, &parts).ok_or_else(wide)?;

        let counting = Counting {
            rules: self.rules,
            product: self.product,
            rule: self.rule,
            request: self.request,
            span: self.span,
        };
        let figures = counting.figures(&mut answer.left_out, &mut answer.warnings)?;
        let mut paying: Vec<Paying<'_>> = figures
            .into_iter()
            .map(|(facility, has)| Paying {
                facility,
                has,
                gets: Indicators::default(),
            })
            .collect();
        let mut distributed: i64 = 0;
        for ((indicator, weight), money) in weights.into_iter().zip(money) {
            if weight == 0 {
                continue;
            }
            let report = self.divide(indicator, money, &mut paying)?;
            let path = format!("indicators[{}]", answer.indicators.len());
            if report.total == "0" {
                answer.warnings.push(Error::new(
                    "indicator.empty",
                    path,
                    format!(
                        "no facility has any `{}`; its {} stay undivided",
                        indicator.name(),
                        report.amount
                    ),
                ));
            }
            let given = report.distributed.units_at(exponent).unwrap_or(0);
            distributed = distributed.checked_add(given).ok_or_else(wide)?;
            answer.indicators.push(report);
        }
        if total != Share::ALL.scaled() {
            let message = format!(
                "the weights of the indicators add up to {} %",
                Share::from_scaled(total).write()
            );
            let warning = Error::new("capitation.weights", "indicators", message);
            answer.warnings.push(warning);
        }
        answer.pot = amount(self.rules, pot);
        answer.distributed = amount(self.rules, distributed);
        answer.left = amount(self.rules, pot - distributed);
        for paying in paying {
            answer.facilities.push(self.paid(&paying)?);
        }
        Ok(())
    }

    /// Divides one indicator's money over the facilities.
    fn divide(
        &self,
        indicator: Indicator,
        money: i64,
        paying: &mut [Paying<'_>],
    ) -> Result<IndicatorMoney, Error> {
        let wide = || too_large("contributions");
        let parts: Vec<(i128, &Code)> = paying
            .iter()
            .map(|paying| (*paying.has.of(indicator), &paying.facility.code))
            .collect();
        let mut total: i128 = 0;
        for (has, _) in &parts {
            total = total.checked_add(*has).ok_or_else(wide)?;
        }
        let mut remainder = Vec::new();
        let mut shares = vec![0; parts.len()];
        if total > 0 {
            let scheme = self.rules.scheme();
            let divided = match self.rules.compiled().conventions.pot_division {
                PotDivision::Exact => distribute(money, &parts),
                PotDivision::Rounded => {
                    let share = |(has, _): &(i128, _)| {
                        let dividend = i128::from(money).checked_mul(*has)?;
                        scheme.currency.rounding.quotient(dividend, total)
                    };
                    let shares: Option<Vec<i64>> = parts.iter().map(share).collect();
                    shares.map(|shares| (shares, Vec::new()))
                }
            };
            let divided = divided.ok_or_else(wide)?;
            shares = divided.0;
            let favoured = divided.1.iter().filter_map(|place| parts.get(*place));
            remainder = favoured.map(|(_, code)| (*code).clone()).collect();
        }
        for (paying, share) in paying.iter_mut().zip(&shares) {
            *paying.gets.of_mut(indicator) = *share;
        }
        let exponent = u32::from(self.rules.scheme().currency.exponent.min(Amount::PLACES));
        let unit_price = match total {
            0 => Exact::new(0, 1),
            _ => total
                .checked_mul(10_i128.pow(exponent))
                .and_then(|below| Exact::new(i128::from(money) * ONE, below)),
        };
        Ok(IndicatorMoney {
            indicator,
            weight: indicator.weight(&self.rule.weights).write(),
            amount: amount(self.rules, money),
            total: written(total),
            unit_price: unit_price.ok_or_else(wide)?,
            distributed: amount(self.rules, shares.iter().sum()),
            remainder,
        })
    }

    fn paid(&self, paying: &Paying<'_>) -> Result<FacilityPayment, Error> {
        let mut has = Indicators::default();
        let mut sum: i64 = 0;
        let mut for_each = Indicators {
            population: amount(self.rules, 0),
            families: amount(self.rules, 0),
            insured_population: amount(self.rules, 0),
            insured_families: amount(self.rules, 0),
            visits: amount(self.rules, 0),
            adjusted_amount: amount(self.rules, 0),
        };
        for indicator in Indicator::ALL {
            *has.of_mut(indicator) = written(*paying.has.of(indicator));
            let gets = *paying.gets.of(indicator);
            *for_each.of_mut(indicator) = amount(self.rules, gets);
            sum = sum
                .checked_add(gets)
                .ok_or_else(|| too_large("contributions"))?;
        }
        Ok(FacilityPayment {
            facility: paying.facility.code.clone(),
            district: paying.facility.district.clone(),
            has,
            for_each,
            paid: amount(self.rules, sum),
        })
    }
}

//! What facilities have of each indicator, in whole numbers.

use rustc_hash::FxHashMap;

use super::super::index::{LeftOut, LeftOutClaim};
use super::super::period::Span;
use super::super::{Facilities, hospital_visit, minor, too_large};
use super::documents::{CapitationRequest, Indicator, Indicators};
use super::takes_part;
use crate::adjudicate::values::at;
use crate::code::Code;
use crate::error::Error;
use crate::money::Share;
use crate::number::{Amount, Percent};
use crate::ruleset::RuleSet;
use crate::scheme::{Capitation, CareType, Facility, Product, Weights};

impl Indicator {
    /// All of them, in the order of documents.
    pub const ALL: [Self; 6] = [
        Self::Population,
        Self::Families,
        Self::InsuredPopulation,
        Self::InsuredFamilies,
        Self::Visits,
        Self::AdjustedAmount,
    ];

    /// Its name in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Population => "population",
            Self::Families => "families",
            Self::InsuredPopulation => "insured_population",
            Self::InsuredFamilies => "insured_families",
            Self::Visits => "visits",
            Self::AdjustedAmount => "adjusted_amount",
        }
    }

    pub(super) fn weight(self, weights: &Weights) -> Share {
        let weight: Option<Percent> = match self {
            Self::Population => weights.population,
            Self::Families => weights.families,
            Self::InsuredPopulation => weights.insured_population,
            Self::InsuredFamilies => weights.insured_families,
            Self::Visits => weights.visits,
            Self::AdjustedAmount => weights.adjusted_amount,
        };
        weight.and_then(Share::read).unwrap_or(Share::NONE)
    }
}

impl<T> Indicators<T> {
    /// The figure of an indicator.
    pub fn of(&self, indicator: Indicator) -> &T {
        match indicator {
            Indicator::Population => &self.population,
            Indicator::Families => &self.families,
            Indicator::InsuredPopulation => &self.insured_population,
            Indicator::InsuredFamilies => &self.insured_families,
            Indicator::Visits => &self.visits,
            Indicator::AdjustedAmount => &self.adjusted_amount,
        }
    }

    pub(super) fn of_mut(&mut self, indicator: Indicator) -> &mut T {
        match indicator {
            Indicator::Population => &mut self.population,
            Indicator::Families => &mut self.families,
            Indicator::InsuredPopulation => &mut self.insured_population,
            Indicator::InsuredFamilies => &mut self.insured_families,
            Indicator::Visits => &mut self.visits,
            Indicator::AdjustedAmount => &mut self.adjusted_amount,
        }
    }
}

/// Decimals of a figure: a whole number times a percentage of four decimals.
const PLACES: u32 = 6;
/// One person, family or visit.
pub(super) const ONE: i128 = 10_i128.pow(PLACES);

/// A figure as decimal text with as many places as it needs.
pub(super) fn written(figure: i128) -> String {
    let text = format!("{}.{:06}", figure / ONE, figure % ONE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What a facility has, in millionths; of amounts, in millionths of the currency.
pub(super) type Figures = Indicators<i128>;

/// What the period counts.
pub(super) struct Counting<'q> {
    pub(super) rules: &'q RuleSet,
    pub(super) product: &'q Product,
    pub(super) rule: &'q Capitation,
    pub(super) request: &'q CapitationRequest,
    pub(super) span: Span,
}

impl<'q> Counting<'q> {
    fn weighs(&self, indicator: Indicator) -> bool {
        indicator.weight(&self.rule.weights) != Share::NONE
    }

    /// The facilities that take part, in the order of the scheme, and what each has.
    pub(super) fn figures(
        &self,
        left_out: &mut Vec<LeftOutClaim>,
        warnings: &mut Vec<Error>,
    ) -> Result<Vec<(&'q Facility, Figures)>, Error> {
        let facilities = self.rules.scheme().facilities.iter();
        let taking_part = facilities.filter(|facility| takes_part(self.rule, facility));
        let villages = self.villages(warnings)?;
        let mut found: Vec<(&Facility, Figures)> = Vec::new();
        for facility in taking_part {
            let mut figures = Figures::default();
            for part in &facility.catchment {
                let percent = Share::read(part.percent).map_or(0, Share::scaled);
                let Some(village) = villages.get(&part.village) else {
                    continue;
                };
                for indicator in Indicator::ALL {
                    // Whole numbers times ten-thousandths of a percent are millionths.
                    *figures.of_mut(indicator) += village.of(indicator) * i128::from(percent);
                }
            }
            found.push((facility, figures));
        }
        self.claims(&mut found, left_out)?;
        Ok(found)
    }

    /// Whole numbers of each village.
    fn villages(
        &self,
        warnings: &mut Vec<Error>,
    ) -> Result<FxHashMap<&'q Code, Indicators<i128>>, Error> {
        let mut villages: FxHashMap<&Code, Indicators<i128>> = FxHashMap::default();
        for village in &self.rules.scheme().villages {
            let mut figures = Indicators::default();
            let known = [
                (Indicator::Population, village.population),
                (Indicator::Families, village.families),
            ];
            for (indicator, count) in known {
                if !self.weighs(indicator) {
                    continue;
                }
                if count.is_none() {
                    let (code, what) = (&village.code, indicator.name());
                    let message = format!("the {what} of the village `{code}` is not known: 0");
                    warnings.push(Error::new("village.unknown_figure", "villages", message));
                }
                *figures.of_mut(indicator) = count.unwrap_or(0).into();
            }
            villages.insert(&village.code, figures);
        }
        for (position, insured) in self.request.insured.iter().enumerate() {
            let Some(figures) = villages.get_mut(&insured.village) else {
                return Err(Error::new(
                    "village.unknown",
                    format!("insured[{position}].village"),
                    format!("the scheme has no village `{}`", insured.village),
                ));
            };
            if insured.effective > self.span.to || insured.expiry < self.span.to {
                continue;
            }
            if self.weighs(Indicator::InsuredPopulation) {
                figures.insured_population += i128::from(insured.persons);
            }
            if self.weighs(Indicator::InsuredFamilies) {
                figures.insured_families += i128::from(insured.families);
            }
        }
        Ok(villages)
    }

    fn claims(
        &self,
        found: &mut [(&'q Facility, Figures)],
        left_out: &mut Vec<LeftOutClaim>,
    ) -> Result<(), Error> {
        let facilities = Facilities::of(self.rules);
        let places: FxHashMap<&Code, usize> = found
            .iter()
            .enumerate()
            .map(|(place, (facility, _))| (&facility.code, place))
            .collect();
        let exponent = self.rules.scheme().currency.exponent;
        let millionths = 10_i128.pow(PLACES - u32::from(exponent.min(Amount::PLACES)));
        for (position, claim) in self.request.claims.iter().enumerate() {
            let facility = facilities
                .get(&claim.facility)
                .map_err(|error| at(error, "claims", position))?;
            let units = minor(self.rules, claim.amount, "amount")
                .map_err(|error| at(error, "claims", position))?;
            let hospital = hospital_visit(self.product, facility, claim.date_from, claim.date_to);
            let other_care = match self.rule.care_type {
                CareType::Both => false,
                CareType::Inpatient => !hospital,
                CareType::Outpatient => hospital,
            };
            let place = places.get(&claim.facility);
            let figures = place.and_then(|place| found.get_mut(*place));
            let reason = match &figures {
                None => Some(LeftOut::FacilityNotSelected),
                Some(_) if other_care => Some(LeftOut::OtherCare),
                Some(_) if !self.span.contains(claim.processed) => Some(LeftOut::OutsidePeriod),
                Some(_) => None,
            };
            if let Some(reason) = reason {
                left_out.push(LeftOutClaim {
                    claim: claim.claim.clone(),
                    reason,
                });
            } else if let Some((_, figures)) = figures {
                if self.weighs(Indicator::Visits) {
                    figures.visits += ONE;
                }
                if self.weighs(Indicator::AdjustedAmount) {
                    let amount = i128::from(units) * millionths;
                    let sum = figures.adjusted_amount.checked_add(amount);
                    figures.adjusted_amount = sum.ok_or_else(|| too_large("claims"))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_show_the_places_they_need() {
        assert_eq!(written(0), "0");
        assert_eq!(written(100 * ONE), "100");
        assert_eq!(written(1_500_000), "1.5");
        assert_eq!(written(333_333), "0.333333");
    }
}

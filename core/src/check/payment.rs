//! Relative pricing, capitation and catchments.

use rustc_hash::FxHashMap;

use super::Audit;
use super::at::At;
use super::references::Target;
use crate::money::Share;
use crate::number::Percent;
use crate::scheme::{
    Capitation, FacilitySelector, Payment, PotRule, PriceOrigin, Product, RelativePricing,
};

/// Selectors that capitation may have (openIMIS Level1 to Level4).
const MOST_SELECTORS: usize = 4;

impl Audit<'_> {
    /// Villages and how much of each is served.
    pub(super) fn catchments(&mut self) {
        let scheme = self.scheme;
        let villages = At::Root.field("villages");
        self.unique(
            "village",
            scheme.villages.iter().map(|v| &v.code),
            &villages,
        );
        let mut served: FxHashMap<&str, i64> = FxHashMap::default();
        let facilities = At::Root.field("facilities");
        for (position, facility) in scheme.facilities.iter().enumerate() {
            let at = facilities.index(position);
            let list = at.field("catchment");
            for (position, part) in facility.catchment.iter().enumerate() {
                let at = list.index(position);
                self.reference(Target::Village, &part.village, &at.field("village"));
                self.part_of_money(part.percent, &at.field("percent"));
                let percent = Share::read(part.percent).map_or(0, Share::scaled);
                *served.entry(&part.village).or_default() += percent;
            }
            self.not_repeated(facility.catchment.iter().map(|part| &part.village), &list);
        }
        for (position, village) in scheme.villages.iter().enumerate() {
            let Some(percent) = served.get(village.code.as_str()) else {
                continue;
            };
            if *percent != Share::ALL.scaled() {
                self.warn(
                    "catchment.total",
                    &villages.index(position),
                    format!(
                        "the facilities serve {} % of the village `{}`",
                        Share::from_scaled(*percent).write(),
                        village.code
                    ),
                    "the percentages of a village should add up to 100",
                );
            }
        }
    }

    pub(super) fn payment(&mut self, product: &Product, product_at: &At<'_>) {
        let at = product_at.field("payment");
        let relative = |product: &Product| {
            let mut rows = product.benefits.iter();
            rows.any(|row| row.price_origin == PriceOrigin::Relative)
        };
        let Some(Payment {
            relative: pricing,
            capitation,
        }) = &product.payment
        else {
            return;
        };
        if pricing.is_none() && capitation.is_none() {
            self.error(
                "payment.empty",
                &at,
                "a payment needs `relative` or `capitation`".to_owned(),
                "write one, or remove `payment`",
            );
        }
        if let Some(pricing) = pricing {
            let at = at.field("relative");
            self.relative(pricing, &at);
            if !relative(product) {
                self.warn(
                    "payment.no_relative_prices",
                    &at,
                    format!("no benefit of `{}` has relative prices", product.code),
                    "give benefits `price_origin: relative`, or remove `relative`",
                );
            }
        } else if relative(product) {
            self.warn(
                "payment.no_index",
                &at,
                format!(
                    "nothing gives the relative prices of `{}` their index",
                    product.code
                ),
                "add `relative`, or give the benefits another `price_origin`",
            );
        }
        if let Some(capitation) = capitation {
            self.capitation(capitation, &at.field("capitation"));
        }
    }

    fn relative(&mut self, pricing: &RelativePricing, at: &At<'_>) {
        let RelativePricing {
            general,
            inpatient,
            outpatient,
            facilities,
            capitated_facilities: _,
        } = pricing;
        let apart = inpatient.is_some() || outpatient.is_some();
        if general.is_some() && apart {
            self.error(
                "payment.general_and_apart",
                at,
                "care is in the general pot, and in one of its own".to_owned(),
                "write `general`, or `inpatient` and `outpatient`",
            );
        } else if general.is_none() && !apart {
            self.error(
                "payment.empty",
                at,
                "relative pricing needs a pot".to_owned(),
                "write `general`, or `inpatient` and `outpatient`",
            );
        }
        let pots = [
            ("general", general),
            ("inpatient", inpatient),
            ("outpatient", outpatient),
        ];
        for (name, rule) in pots {
            if let Some(rule) = rule {
                self.pot(rule, &at.field(name));
            }
        }
        self.selectors(facilities.as_deref(), &at.field("facilities"));
    }

    fn pot(&mut self, rule: &PotRule, at: &At<'_>) {
        let Some(distribution) = &rule.distribution else {
            return;
        };
        let at = at.field("distribution");
        let (period, wanted) = (rule.period.name(), rule.period.in_year());
        if distribution.len() != wanted {
            self.error(
                "distribution.length",
                &at,
                format!(
                    "there are {} percentages, and {wanted} periods of a {period} in a year",
                    distribution.len()
                ),
                "write one percentage for each period of the year",
            );
        }
        for (position, percent) in distribution.iter().enumerate() {
            let at = at.index(position);
            self.part_of_money(*percent, &at);
            if percent.is_zero() {
                self.warn(
                    "distribution.zero",
                    &at,
                    "a pot of 0 % pays nothing for relative prices".to_owned(),
                    "write more, unless this is meant",
                );
            }
        }
    }

    fn capitation(&mut self, rule: &Capitation, at: &At<'_>) {
        self.part_of_money(rule.share, &at.field("share"));
        self.selectors(rule.facilities.as_deref(), &at.field("facilities"));
        if rule.facilities.as_ref().map_or(0, Vec::len) > MOST_SELECTORS {
            self.error(
                "capitation.selectors",
                &at.field("facilities"),
                format!("capitation selects facilities by at most {MOST_SELECTORS} levels"),
                "leave out sub-levels that one level covers",
            );
        }
        self.not_repeated(rule.districts.iter().flatten(), &at.field("districts"));
        let scheme = self.scheme;
        for (position, code) in rule.districts.iter().flatten().enumerate() {
            let mut facilities = scheme.facilities.iter();
            if !facilities.any(|facility| facility.district.as_ref() == Some(code)) {
                self.warn(
                    "capitation.empty_district",
                    &at.field("districts").index(position),
                    format!("no facility lies in `{code}`"),
                    "compare it with the `district` of the facilities",
                );
            }
        }
        let weights = at.field("weights");
        let mut total = 0;
        for (name, weight) in rule.weights.named() {
            if let Some(weight) = weight {
                self.part_of_money(weight, &weights.field(name));
                total += Share::read(weight).map_or(0, Share::scaled);
            }
        }
        if total == 0 {
            self.error(
                "capitation.no_weight",
                &weights,
                "no indicator has a weight".to_owned(),
                "write at least one; they should add up to 100",
            );
        } else if total != Share::ALL.scaled() {
            self.warn(
                "capitation.weights",
                &weights,
                format!(
                    "the weights add up to {} %",
                    Share::from_scaled(total).write()
                ),
                "they should add up to 100",
            );
        }
        let by_catchment = [
            rule.weights.population,
            rule.weights.families,
            rule.weights.insured_population,
            rule.weights.insured_families,
        ];
        let weighs = by_catchment.iter().flatten().any(|w| !w.is_zero());
        if weighs && scheme.facilities.iter().all(|f| f.catchment.is_empty()) {
            self.warn(
                "capitation.no_catchment",
                &weights,
                "catchments have a weight, and no facility has one".to_owned(),
                "give the facilities their `catchment`",
            );
        }
    }

    fn selectors(&mut self, selectors: Option<&[FacilitySelector]>, at: &At<'_>) {
        let Some(selectors) = selectors else {
            return;
        };
        if selectors.is_empty() {
            self.warn(
                "facilities.none",
                at,
                "no facility takes part".to_owned(),
                "leave the field out for all facilities",
            );
        }
        for (position, selector) in selectors.iter().enumerate() {
            if selectors
                .iter()
                .take(position)
                .any(|other| other == selector)
            {
                self.warn(
                    "selector.repeated",
                    &at.index(position),
                    "this is written twice in this list".to_owned(),
                    "remove one of them",
                );
            }
        }
    }

    /// A part must be from 0 to 100 percent.
    fn part_of_money(&mut self, percent: Percent, at: &At<'_>) {
        if percent.is_negative() || percent > Percent::from_units(100, 0) {
            self.error(
                "percent.range",
                at,
                format!("`{percent}` is not between 0 and 100"),
                "write a part in percent, such as \"80\"",
            );
        }
    }
}

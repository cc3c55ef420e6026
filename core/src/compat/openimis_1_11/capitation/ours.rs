//! The same rows as a scheme and a capitation request, and our answer in openIMIS's columns.

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::batch::{code, empty_scheme, facility_level};
use super::super::python::cents;
use super::super::table::Set;
use super::counts::Counts;
use super::replay::{CapitationColumns, PaymentColumns};
use super::rows::CapitationRows;
use crate::compat::conformance::Fault;
use crate::conventions::Preset;
use crate::error::Error;
use crate::number::{Amount, Percent};
use crate::payment::{
    CAPITATION_REQUEST, CapitationRequest, Contribution, Indicator, InsuredFamilies,
    ProcessedClaim, capitation,
};
use crate::ruleset::RuleSet;
use crate::scheme::{
    Capitation, CareType, Catchment, Facility, FacilitySelector, HospitalVisit, Payment,
    PaymentPeriod, Scheme, Village, Weights,
};

/// What our engine pays, in the columns of openIMIS.
///
/// # Errors
/// If the rows hold what a scheme or request cannot.
pub fn capitation_by_engine(
    rows: &CapitationRows,
    preset: Preset,
) -> Result<CapitationColumns, Fault> {
    let unknown = || Error::new("period.unknown", "input", "there is no such month");
    let counts = Counts::new(rows, Set::NONE).ok_or_else(unknown)?;
    let mut scheme = scheme(rows, &counts)?;
    scheme.conventions.preset = preset;
    let rules = RuleSet::compile(scheme)?;
    let request = request(rows, &counts)?;
    let answer = capitation(&rules, &request)?;
    let find = |indicator: Indicator| answer.indicators.iter().find(|i| i.indicator == indicator);
    let prices = Indicator::ALL.map(|each| {
        let exact = find(each).map(|found| found.unit_price.decimal.parse::<Decimal>());
        let price = exact.and_then(Result::ok).unwrap_or_default();
        price.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    });
    let allocated =
        Indicator::ALL.map(|each| find(each).map_or(Decimal::ZERO, |i| i.amount.decimal()));
    let mut payments = Vec::new();
    for paid in answer.facilities.iter().filter(|f| !f.paid.is_zero()) {
        let mut facilities = rows.health_facilities.iter();
        let Some(row) = facilities.find(|row| row.code == *paid.facility) else {
            continue;
        };
        let mut locations = rows.locations.iter();
        let district = locations.find(|location| location.code == row.location);
        payments.push(PaymentColumns {
            facility: row.code.clone(),
            region: district.and_then(|d| d.parent.clone()).unwrap_or_default(),
            district: row.location.clone(),
            level: row.level.clone(),
            sublevel: row.sub_level.clone(),
            month: (answer.year, answer.month),
            totals: Indicator::ALL.map(|each| paid.for_each.of(each).decimal()),
            allocated,
            unit_prices: prices,
            payment: paid.paid.decimal(),
        });
    }
    Ok(CapitationColumns {
        crashed: false,
        payments,
    })
}

fn scheme(rows: &CapitationRows, counts: &Counts<'_>) -> Result<Scheme, Error> {
    let plan = &rows.params;
    let mut scheme = empty_scheme(&rows.product.code)?;
    let live = |code: &str| {
        let mut villages = rows.locations.iter();
        villages.any(|row| row.code == code && row.validity_to.is_none())
    };
    for row in rows
        .locations
        .iter()
        .filter(|row| row.kind == "V" && row.validity_to.is_none())
    {
        scheme.villages.push(Village {
            code: code(&row.code)?,
            name: None,
            population: Some(row.population()),
            families: row.families,
        });
    }
    for row in rows
        .health_facilities
        .iter()
        .filter(|row| row.validity_to.is_none())
    {
        let current = row.catchments.iter();
        let current = current.filter(|part| part.validity_to.is_none() && live(&part.village));
        let catchment = current.map(|part| {
            Ok::<_, Error>(Catchment {
                village: code(&part.village)?,
                percent: Percent::from_units(part.catchment.into(), 0),
            })
        });
        scheme.facilities.push(Facility {
            code: code(&row.code)?,
            name: None,
            level: facility_level(&row.level)?,
            sublevel: row.sub_level.as_deref().map(code).transpose()?,
            care_type: CareType::Both,
            ownership: None,
            district: Some(code(&row.location)?),
            catchment: catchment.collect::<Result<_, _>>()?,
            beds: None,
            attributes: Default::default(),
            price_lists: None,
        });
    }
    let levels = plan.levels();
    let selectors = levels.iter().map(|(level, sublevel)| {
        Ok::<_, Error>(FacilitySelector {
            level: facility_level(level)?,
            sublevel: sublevel.map(code).transpose()?,
        })
    });
    let districts = counts.districts().into_iter().map(code);
    let percent = |whole: u32| Some(Percent::from_units(whole.into(), 0));
    let rule = Capitation {
        period: PaymentPeriod::Month,
        share: Percent::from_units(plan.share_contribution.into(), 0),
        facilities: match levels.is_empty() {
            true => None,
            false => Some(selectors.collect::<Result<_, _>>()?),
        },
        districts: Some(districts.collect::<Result<_, _>>()?),
        care_type: match plan.claim_type.as_str() {
            "I" => CareType::Inpatient,
            "O" => CareType::Outpatient,
            _ => CareType::Both,
        },
        weights: Weights {
            population: percent(plan.weight_population),
            families: percent(plan.weight_number_families),
            insured_population: percent(plan.weight_insured_population),
            insured_families: percent(plan.weight_number_insured_families),
            visits: percent(plan.weight_number_visits),
            adjusted_amount: percent(plan.weight_adjusted_amount),
        },
    };
    for product in &mut scheme.products {
        if rows.product.ceiling_interpretation.as_deref() == Some("H") {
            product.hospital_visit = HospitalVisit::FacilityLevel;
        }
        product.payment = Some(Payment {
            relative: None,
            capitation: Some(rule.clone()),
        });
    }
    Ok(scheme)
}

fn request(rows: &CapitationRows, counts: &Counts<'_>) -> Result<CapitationRequest, Error> {
    let (start, end) = (counts.start, counts.end);
    let (year, month, _) = start.ymd();
    let known = |village: &str| {
        let mut rows = rows.locations.iter();
        rows.any(|row| row.code == village && row.kind == "V" && row.validity_to.is_none())
    };
    let insured = counts.insured().filter(|(village, _)| known(village));
    let insured = insured.map(|(village, persons)| {
        Ok::<_, Error>(InsuredFamilies {
            village: code(village)?,
            effective: start,
            expiry: end,
            families: 1,
            persons,
        })
    });
    let open = |name: &str| {
        let mut facilities = rows.health_facilities.iter();
        facilities.any(|row| row.code == name && row.validity_to.is_none())
    };
    let claims = counts
        .claims()
        .filter(|(claim, _)| open(&claim.health_facility));
    let claims = claims.enumerate().map(|(number, (claim, amount))| {
        Ok::<_, Error>(ProcessedClaim {
            claim: code(&format!("{number:06}"))?,
            facility: code(&claim.health_facility)?,
            date_from: claim.date_from.day,
            date_to: claim.date_to.map(|to| to.day),
            processed: claim.process_stamp.map_or(end, |at| at.day),
            amount: Amount::try_from(amount)?,
        })
    });
    Ok(CapitationRequest {
        schema: CAPITATION_REQUEST.to_owned(),
        run: code("RUN")?,
        product: code(&rows.product.code)?,
        year,
        month,
        contributions: vec![Contribution {
            id: code("ALL")?,
            amount: Amount::try_from(cents(rows.allocated_contribution.0))?,
            paid: start,
            effective: start,
            expiry: end,
        }],
        insured: insured.collect::<Result<_, _>>()?,
        claims: claims.collect::<Result<_, _>>()?,
        runs: Vec::new(),
        revert: None,
    })
}

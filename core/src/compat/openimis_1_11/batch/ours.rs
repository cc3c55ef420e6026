//! The same rows as a scheme and an index request, and our answer in openIMIS's columns.

use rust_decimal::Decimal;
use serde_json::json;

use super::columns::{BatchColumns, IndexColumns, Total};
use super::replay::{amount, line_id};
use super::rows::{BatchRows, ClaimRow, FacilityRow};
use crate::calendar::Calendar;
use crate::code::Code;
use crate::compat::conformance::Fault;
use crate::conventions::Preset;
use crate::error::Error;
use crate::number::{Amount, Percent};
use crate::payment::{
    Contribution, INDEX_REQUEST, IndexRequest, WaitingClaim, WaitingLine, index, span,
};
use crate::ruleset::RuleSet;
use crate::scheme::{
    CapitatedFacilities, Facility, FacilityLevel, FacilitySelector, HospitalVisit, Payment,
    PaymentPeriod, PotRule, RelativePricing, Scheme,
};
use crate::wire::{Format, read_scheme};

const VALUATED: i16 = 16;

/// What our engine answers, in the columns of openIMIS.
///
/// # Errors
/// If the rows hold what a scheme or request cannot, such as a period of four months.
pub fn batch_by_engine(rows: &BatchRows, preset: Preset) -> Result<BatchColumns, Fault> {
    let period = period(rows.payment_plan.periodicity)?;
    let (year, month) = (rows.run.year, rows.run.month);
    let mut scheme = scheme(rows, period)?;
    scheme.conventions.preset = preset;
    let rules = RuleSet::compile(scheme)?;
    let request = request(rows)?;
    let answer = index(&rules, &request)?;
    let mut out = BatchColumns::untouched(rows);
    for pot in &answer.pots {
        out.indexes.push(IndexColumns {
            kind: u32::try_from(pot.span.period.in_year()).unwrap_or_default(),
            care_type: rows.payment_plan.claim_type.clone(),
            year,
            period: pot.span.number.into(),
            rel_index: pot.index.rounded.decimal(),
        });
    }
    debug_assert_eq!(
        answer.pots.is_empty(),
        span(Calendar::Gregorian, period, year, month)?.is_none()
    );
    for paid in &answer.claims {
        let Some(position) = rows.claims.iter().position(|c| c.name == *paid.claim) else {
            continue;
        };
        for line in &paid.lines {
            let number: Option<usize> = line.id.parse().ok();
            let lines = out.lines.get_mut(position);
            let columns = lines.and_then(|lines| lines.get_mut(number?));
            if let Some(columns) = columns {
                columns.price_valuated = Some(line.amount.decimal());
                columns.remunerated_amount = Some(line.paid.decimal());
            }
        }
        let total = |amount: Amount| Total {
            is: Some(amount.decimal()),
            ..Total::default()
        };
        let bill = out.bills.entry(paid.facility.to_string()).or_default();
        *bill += paid.paid.decimal();
        if let Some(claim) = out.claims.get_mut(position) {
            claim.status = VALUATED;
            claim.run = true;
            claim.valuated = total(paid.amount);
            claim.remunerated = total(paid.paid);
        }
    }
    Ok(out)
}

fn period(periodicity: u32) -> Result<PaymentPeriod, Error> {
    Ok(match periodicity {
        1 => PaymentPeriod::Month,
        2 => PaymentPeriod::TwoMonths,
        3 => PaymentPeriod::Quarter,
        6 => PaymentPeriod::HalfYear,
        12 => PaymentPeriod::Year,
        _ => {
            let message = format!("there is no period of {periodicity} months");
            return Err(Error::new("period.unknown", "input.payment_plan", message));
        }
    })
}

pub(in super::super) fn code(text: &str) -> Result<Code, Error> {
    Code::new(text).ok_or_else(|| Error::new("code.invalid", "", format!("`{text}` is no code")))
}

pub(in super::super) fn facility_level(text: &str) -> Result<FacilityLevel, Error> {
    match text {
        "D" => Ok(FacilityLevel::Dispensary),
        "C" => Ok(FacilityLevel::HealthCentre),
        "H" => Ok(FacilityLevel::Hospital),
        _ => Err(Error::new(
            "value.unknown",
            "level",
            format!("`{text}` is no level"),
        )),
    }
}

fn facility(row: &FacilityRow) -> Result<Facility, Error> {
    Ok(Facility {
        code: code(&row.code)?,
        name: None,
        level: facility_level(&row.level)?,
        sublevel: None,
        care_type: Default::default(),
        ownership: None,
        district: None,
        catchment: Vec::new(),
        beds: None,
        attributes: Default::default(),
        price_lists: None,
    })
}

fn scheme(rows: &BatchRows, period: PaymentPeriod) -> Result<Scheme, Error> {
    let plan = &rows.payment_plan;
    let months = (1..=12).filter(|month| month % period.months() == 0);
    let distribution = months.map(|month| match plan.distr.get(&month.to_string()) {
        Some(percent) => Percent::try_from(percent.0),
        None => Ok(Percent::from_units(100, 0)),
    });
    let pot = Some(PotRule {
        period,
        distribution: Some(distribution.collect::<Result<_, _>>()?),
    });
    let of = |claim_type: &str| match plan.claim_type == claim_type {
        true => pot.clone(),
        false => None,
    };
    let general = match plan.claim_type.as_str() {
        "I" | "O" => None,
        _ => pot.clone(),
    };
    let levels = plan.levels();
    let selectors = levels.iter().map(|text| {
        Ok::<_, Error>(FacilitySelector {
            level: facility_level(text)?,
            sublevel: None,
        })
    });
    let selectors: Vec<FacilitySelector> = selectors.collect::<Result<_, _>>()?;
    let relative = RelativePricing {
        general,
        inpatient: of("I"),
        outpatient: of("O"),
        facilities: (!selectors.is_empty()).then_some(selectors),
        capitated_facilities: CapitatedFacilities::Excluded,
    };
    let mut scheme = empty_scheme(&rows.product.code)?;
    let facilities = rows.health_facilities.iter().map(facility);
    scheme.facilities = facilities.collect::<Result<_, _>>()?;
    for product in &mut scheme.products {
        if rows.product.ceiling_interpretation.as_deref() == Some("H") {
            product.hospital_visit = HospitalVisit::FacilityLevel;
        }
        product.payment = Some(Payment {
            relative: Some(relative.clone()),
            capitation: None,
        });
    }
    Ok(scheme)
}

/// A scheme with one product and nothing else.
pub(in super::super) fn empty_scheme(product: &str) -> Result<Scheme, Error> {
    let scheme = json!({
        "schema": crate::scheme::SCHEMA,
        "code": "openimis",
        "version": "rows",
        "currency": {"code": "XXX", "exponent": 2},
        "products": [{"code": product}],
    });
    read_scheme(&scheme.to_string(), Format::Json)
}

fn money(amount: Decimal) -> Result<Amount, Error> {
    Amount::try_from(amount)
}

fn request(rows: &BatchRows) -> Result<IndexRequest, Error> {
    let contributions = rows.premiums.iter().enumerate().map(|(number, premium)| {
        Ok::<_, Error>(Contribution {
            id: code(&line_id(number))?,
            amount: money(premium.amount.0)?,
            paid: premium.created_date.day,
            effective: premium.policy_effective_date.day,
            expiry: premium.policy_expiry_date.day,
        })
    });
    let claims = rows.claims.iter().filter(|claim| claim.status != VALUATED);
    Ok(IndexRequest {
        schema: INDEX_REQUEST.to_owned(),
        run: code("RUN")?,
        product: code(&rows.product.code)?,
        year: rows.run.year,
        month: rows.run.month,
        contributions: contributions.collect::<Result<_, _>>()?,
        claims: claims.map(claim).collect::<Result<_, _>>()?,
        runs: Vec::new(),
        revert: None,
    })
}

fn claim(row: &ClaimRow) -> Result<WaitingClaim, Error> {
    let lines = row.lines.iter().enumerate();
    let passed = lines.filter(|(_, line)| line.passed());
    let lines = passed.map(|(number, line)| {
        let amount = amount(line)
            .ok_or_else(|| Error::new("amount.range", "", "an amount has too many digits"))?;
        Ok::<_, Error>(WaitingLine {
            id: code(&line_id(number))?,
            price_origin: line.origin(),
            amount: money(amount)?,
        })
    });
    Ok(WaitingClaim {
        claim: code(&row.name)?,
        facility: code(&row.health_facility)?,
        date_from: row.date_from.day,
        date_to: row.date_to.map(|to| to.day),
        processed: row.process_stamp.day,
        lines: lines.collect::<Result<_, _>>()?,
    })
}

//! Capitation: what facilities are paid for whom they serve and what they do.

mod calculation;
mod documents;
mod indicators;

pub use documents::{
    CapitationAnswer, CapitationRequest, FacilityPayment, Indicator, IndicatorMoney, Indicators,
    InsuredFamilies, ProcessedClaim,
};

use super::allocation::allocate;
use super::period::span;
use super::run::{Asked, PaidOut, RunStatus};
use super::{
    CAPITATION_ANSWER, allocation, amount, not_reversed, product, provenance, refuse_repeated,
    selects,
};
use crate::error::Error;
use crate::ruleset::RuleSet;
use crate::scheme::{Capitation, Facility};
use calculation::Calculation;

/// Calculates the capitation of the period that ends with a month (DOMAIN A.7 as intended).
///
/// The product's share of what the period earned is divided over the indicators by their weights,
/// and each part over the facilities in proportion to what they have of the indicator, exactly.
/// A facility has, of each village that it serves, its percentage of the population, families and
/// insured; nothing is rounded before the money is divided.
///
/// # Errors
/// If the request contradicts itself or the scheme: an unknown product, facility, village or month,
/// a product without capitation, a repeated code, a negative amount.
pub fn capitation(rules: &RuleSet, request: &CapitationRequest) -> Result<CapitationAnswer, Error> {
    let product = product(rules, &request.product)?;
    let payment = product.payment.as_ref();
    let rule = payment
        .and_then(|payment| payment.capitation.as_ref())
        .ok_or_else(|| {
            Error::new(
                "payment.no_capitation",
                "product",
                format!("the product `{}` has no capitation", product.code),
            )
            .with_help("add `payment.capitation` to the product")
        })?;
    let asked = Asked {
        run: &request.run,
        product: &request.product,
        year: request.year,
        month: request.month,
        runs: &request.runs,
        revert: request.revert.as_ref(),
    };
    let earlier = asked.earlier()?;
    let nothing = amount(rules, 0);
    let mut answer = CapitationAnswer {
        schema: CAPITATION_ANSWER.to_owned(),
        run: request.run.clone(),
        product: request.product.clone(),
        year: request.year,
        month: request.month,
        status: RunStatus::Refused,
        refusals: earlier.refusals,
        reverted: earlier.reverted,
        span: None,
        allocation: None,
        share: rule.share,
        pot: nothing,
        indicators: Vec::new(),
        facilities: Vec::new(),
        left_out: Vec::new(),
        distributed: nothing,
        left: nothing,
        record: None,
        warnings: Vec::new(),
        provenance: provenance(rules, request),
    };
    check(request)?;
    allocation::check(rules, &request.contributions, &mut answer.warnings)?;
    let calendar = rules.scheme().calendar;
    let span = span(calendar, rule.period, request.year, request.month)?;
    if !answer.refusals.is_empty() {
        return Ok(answer);
    }
    let Some(span) = span else {
        answer.status = RunStatus::NotDue;
        return Ok(answer);
    };
    let (allocated, allocation) = allocate(rules, &request.contributions, span)?;
    answer.status = RunStatus::Calculated;
    answer.span = Some(span);
    answer.allocation = Some(allocation);
    Calculation {
        rules,
        product,
        rule,
        request,
        span,
    }
    .run(allocated, &mut answer)?;
    let paid = answer.facilities.iter().map(|facility| PaidOut {
        to: facility.facility.clone(),
        amount: facility.paid,
    });
    answer.record = Some(asked.record(paid.collect()));
    Ok(answer)
}

/// Is the facility paid by this capitation?
pub(super) fn takes_part(rule: &Capitation, facility: &Facility) -> bool {
    let districts = rule.districts.as_ref();
    let here = districts.is_none_or(|districts| {
        let district = facility.district.as_ref();
        district.is_some_and(|district| districts.contains(district))
    });
    let selectors = rule.facilities.as_deref();
    here && selectors.is_none_or(|selectors| selects(selectors, facility))
}

fn check(request: &CapitationRequest) -> Result<(), Error> {
    refuse_repeated("claims", "claim", request.claims.iter().map(|c| &c.claim))?;
    for (position, claim) in request.claims.iter().enumerate() {
        let path = format!("claims[{position}].date_to");
        not_reversed(claim.date_from, claim.date_to, path)?;
    }
    for (position, insured) in request.insured.iter().enumerate() {
        if insured.expiry < insured.effective {
            return Err(Error::new(
                "validity.reversed",
                format!("insured[{position}].expiry"),
                "the policies end before they begin",
            )
            .with_help("swap `effective` and `expiry`"));
        }
    }
    Ok(())
}

//! Who pays a premium, and when.

use super::HOUSEHOLD;
use super::answer::{InstalmentDue, PayerShare, PeriodAnswer};
use super::premium::part;
use super::product::{Terms, minus};
use super::remark::Remark;
use super::request::{Family, PremiumRequest};
use crate::code::Code;
use crate::error::Error;
use crate::money::Money;
use crate::scheme::FamilyTerms;

/// The shares of a premium.
pub(super) struct Payers {
    pub(super) shares: Vec<PayerShare>,
    pub(super) household: Money,
    pub(super) reasons: Vec<Remark>,
}

/// Splits a premium: for each payer the first rule that fits, in the order of the scheme, at most
/// what is left; the household pays the rest. The shares add up to the premium.
pub(super) fn shares(
    terms: &Terms<'_>,
    request: &PremiumRequest,
    total: Money,
) -> Result<Payers, Error> {
    let mut shares: Vec<PayerShare> = Vec::new();
    let mut reasons = Vec::new();
    let mut left = total;
    for subsidy in &terms.enrolment.subsidies {
        let known = shares.iter().any(|share| share.payer == subsidy.payer);
        if known || !fits(&subsidy.when, &request.family) {
            continue;
        }
        let amount = match (subsidy.percent, subsidy.amount) {
            (Some(percent), _) => part(terms, total, percent)?,
            (None, Some(amount)) => terms.own(amount)?,
            (None, None) => Money::ZERO,
        };
        let amount = amount.min(left);
        left = minus(left, amount)?;
        let written = terms.write(amount);
        let remark = match subsidy.percent {
            Some(percent) => Remark::new("share.percent").percent("percent", percent),
            None => Remark::new("share.amount"),
        };
        reasons.push(
            remark
                .text("payer", &subsidy.payer)
                .money("amount", written),
        );
        shares.push(PayerShare {
            payer: subsidy.payer.clone(),
            percent: subsidy.percent,
            amount: written,
        });
    }
    reasons.push(Remark::new("share.household").money("amount", terms.write(left)));
    shares.push(PayerShare {
        payer: Code::new(HOUSEHOLD).unwrap_or_default(),
        percent: None,
        amount: terms.write(left),
    });
    Ok(Payers {
        shares,
        household: left,
        reasons,
    })
}

fn fits(when: &FamilyTerms, family: &Family) -> bool {
    let mut wanted = when.attributes.0.iter();
    when.poverty.is_none_or(|poverty| poverty == family.poverty)
        && wanted.all(|(name, value)| family.attributes.get(name) == Some(value.as_str()))
}

/// The household's share in equal parts; what does not divide goes to the first of them. None is
/// due after the last day for payment.
pub(super) fn instalments(
    terms: &Terms<'_>,
    request: &PremiumRequest,
    period: &PeriodAnswer,
    household: Money,
    reasons: &mut Vec<Remark>,
) -> Result<Vec<InstalmentDue>, Error> {
    let wished = request.instalments.unwrap_or(1);
    let rule = terms.enrolment.instalments;
    let most = rule.map_or(MOST, |rule| rule.max);
    if wished == 0 || wished > most {
        let message = format!("the premium is not paid in {wished} instalments");
        return Err(Error::new("instalments.range", "instalments", message)
            .with_help(format!("write a number from 1 to {most}")));
    }
    if household == Money::ZERO {
        return Ok(Vec::new());
    }
    let apart = i32::from(rule.map_or(1, |rule| rule.months_apart));
    let (each, rest) = (
        household.minor() / i64::from(wished),
        household.minor() % i64::from(wished),
    );
    let plan = (0..wished).map(|position| {
        let day = terms
            .calendar
            .add_months(request.enrolment_date, apart * i32::from(position));
        let more = i64::from(i64::from(position) < rest);
        InstalmentDue {
            number: position + 1,
            due: period.last_payment.map_or(day, |last| day.min(last)),
            amount: terms.write(Money::from_minor(each + more)),
        }
    });
    let plan: Vec<InstalmentDue> = plan.collect();
    if wished > 1 {
        reasons.extend(plan.iter().map(|instalment| {
            Remark::new("instalment")
                .count("number", instalment.number)
                .count("of", wished)
                .money("amount", instalment.amount)
                .day("due", instalment.due)
        }));
    }
    Ok(plan)
}

/// Instalments that may be asked for where the product has no rule.
const MOST: u16 = 600;

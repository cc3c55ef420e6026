//! From rows to documents, as SEMANTICS 10 and DOMAIN A.8, A.9 read them: NULL and 0 are no rule,
//! except for grace periods, where 0 is none.

use rust_decimal::Decimal;

use super::rows::{EnrolmentRow, OTHER_RELATIVE, PolicySnapshot};
use crate::calendar::Calendar;
use crate::claim::PolicyStage;
use crate::code::Code;
use crate::compat::value::Number;
use crate::conventions::{ConventionChoice, Preset};
use crate::enrolment::{Family, Member, PREMIUM_SCHEMA, PremiumRequest, PreviousPolicy};
use crate::error::Error;
use crate::number::{Amount, Percent};
use crate::scheme::{
    self, Activation, AgeRange, Catalogue, CategoryLimits, Currency, Cycle, Discount, Enrolment,
    Fee, FeeBasis, Grace, HospitalVisit, HouseholdSize, Instalments, Premium, Product,
    Registration, Scheme, Validity,
};

/// Code of the product, which the rows do not name.
const PRODUCT: &str = "PRODUCT";
/// Age of majority where the installation states none.
const MAJORITY: u8 = 18;

/// What the rows say, as our documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyReading {
    /// The rules: one product, with nothing but its enrolment.
    pub scheme: Scheme,
    /// The question.
    pub request: PremiumRequest,
    /// Where reading passed something over.
    pub warnings: Vec<Error>,
}

impl PolicyReading {
    /// The same reading under another preset of conventions.
    #[must_use]
    pub fn with_preset(mut self, preset: Preset) -> Self {
        self.scheme.conventions.preset = preset;
        self
    }
}

impl PolicySnapshot {
    /// The calendar of the scheme: with openIMIS's secondary calendar of Nepal, Bikram Sambat for
    /// everything (DOMAIN B.3 P5).
    pub(crate) fn calendar(&self) -> Calendar {
        match self.config.secondary_calendar.as_deref() {
            Some("Nepal") => Calendar::BikramSambat,
            _ => Calendar::Gregorian,
        }
    }

    /// The age of majority.
    pub(crate) fn majority(&self) -> u8 {
        self.config.age_of_majority.unwrap_or(MAJORITY)
    }

    /// Translates the rows, under the `standard` conventions.
    ///
    /// # Errors
    /// If a column holds what no document can write.
    pub fn read(&self) -> Result<PolicyReading, Error> {
        let mut warnings = Vec::new();
        let enrolment = enrolment(&self.input.product, self.calendar(), &mut warnings)?;
        let product = Product {
            code: code(PRODUCT),
            name: None,
            valid: Validity::default(),
            hospital_visit: HospitalVisit::default(),
            age_limits: AgeRange::default(),
            filing_deadline_days: None,
            deductible: None,
            ceiling: None,
            category_limits: CategoryLimits::default(),
            benefits: Vec::new(),
            enrolment: Some(enrolment),
            payment: None,
        };
        let scheme = Scheme {
            schema: scheme::SCHEMA.to_owned(),
            code: code("openimis"),
            name: None,
            version: code("1"),
            effective: Validity::default(),
            currency: Currency {
                code: code("XXX"),
                exponent: 2,
                rounding: crate::money::Rounding::default(),
            },
            calendar: self.calendar(),
            fiscal_year: None,
            age_of_majority: self.majority(),
            conventions: ConventionChoice::default(),
            languages: Vec::new(),
            catalogue: Catalogue::default(),
            price_lists: Vec::new(),
            facilities: Vec::new(),
            villages: Vec::new(),
            diagnoses: None,
            review: None,
            products: vec![product],
        };
        Ok(PolicyReading {
            scheme,
            request: self.request(),
            warnings,
        })
    }

    fn request(&self) -> PremiumRequest {
        let input = &self.input;
        let members = input
            .members
            .iter()
            .enumerate()
            .map(|(position, row)| Member {
                id: code(&(position + 1).to_string()),
                birth_date: row.dob.map(|dob| dob.day),
                other_relative: row.relationship == Some(OTHER_RELATIVE),
                joined: None,
            });
        PremiumRequest {
            schema: PREMIUM_SCHEMA.to_owned(),
            product: code(PRODUCT),
            stage: match input.policy.stage.as_str() {
                "R" => PolicyStage::Renewed,
                _ => PolicyStage::New,
            },
            enrolment_date: input.policy.enroll_date.day,
            previous: input.prev_policy.as_ref().map(|row| PreviousPolicy {
                expiry: row.expiry_date.day,
                registered: None,
            }),
            members: members.collect(),
            family: Family::default(),
            instalments: None,
            payments: Vec::new(),
            enforced: None,
            confirmed: None,
            contributed: Vec::new(),
            as_of: self.config.today.map(|today| today.day),
            language: None,
        }
    }
}

/// Only called with codes.
fn code(text: &str) -> Code {
    Code::new(text).unwrap_or_default()
}

/// The part of a product that is about enrolment.
///
/// # Errors
/// If a column holds what no document can write; its path is `input.product.<column>`.
pub(crate) fn enrolment(
    row: &EnrolmentRow,
    calendar: Calendar,
    warnings: &mut Vec<Error>,
) -> Result<Enrolment, Error> {
    let lump_sum = amount(row.lump_sum, "lump_sum")?;
    let threshold = row.threshold.filter(|members| *members > 0);
    Ok(Enrolment {
        insurance_months: months(Some(row.insurance_period), "insurance_period")?.unwrap_or(0),
        administration_months: months(
            row.administration_period.filter(|months| *months != 0),
            "administration_period",
        )?,
        cycles: cycles(row, calendar, warnings),
        grace: Grace {
            enrolment_months: months(row.grace_period_enrolment, "grace_period_enrolment")?,
            renewal_months: months(row.grace_period_renewal, "grace_period_renewal")?,
            payment_months: months(row.grace_period_payment, "grace_period_payment")?,
        },
        members: HouseholdSize {
            min: None,
            max: u32::try_from(row.max_members).ok().filter(|max| *max > 0),
        },
        premium: Premium {
            lump_sum,
            lump_sum_members: match lump_sum {
                None => None,
                Some(_) => threshold.and_then(|members| u32::try_from(members).ok()),
            },
            adult: amount(row.premium_adult, "premium_adult")?,
            child: amount(row.premium_child, "premium_child")?,
        },
        registration: fee(
            amount(row.registration_lump_sum, "registration_lump_sum")?,
            amount(row.registration_fee, "registration_fee")?,
        )
        .map(|fee| {
            Ok(Registration {
                amount: fee.amount,
                per: fee.per,
                recurrence_months: months(row.recurrence.filter(|m| *m != 0), "recurrence")?,
            })
        })
        .transpose()?,
        general_assembly: fee(
            amount(row.general_assembly_lump_sum, "general_assembly_lump_sum")?,
            amount(row.general_assembly_fee, "general_assembly_fee")?,
        ),
        enrolment_discount: discount(
            row.enrolment_discount_perc,
            row.enrolment_discount_period,
            "enrolment_discount_perc",
        )?,
        renewal_discount: discount(
            row.renewal_discount_perc,
            row.renewal_discount_period,
            "renewal_discount_perc",
        )?,
        rounding: None,
        instalments: months(row.max_installments.filter(|m| *m != 0), "max_installments")?.map(
            |max| Instalments {
                max,
                months_apart: 1,
            },
        ),
        subsidies: Vec::new(),
        qualifying: None,
        activation: Activation::default(),
        conversion_product: None,
    })
}

fn outside(column: &str, value: &impl std::fmt::Display) -> Error {
    Error::new(
        "column.range",
        format!("input.product.{column}"),
        format!("`{value}` cannot be read here"),
    )
}

fn months(months: Option<i64>, column: &str) -> Result<Option<u16>, Error> {
    months
        .map(|months| u16::try_from(months).map_err(|_| outside(column, &months)))
        .transpose()
}

/// NULL and 0 are no rule.
fn amount(number: Option<Number>, column: &str) -> Result<Option<Amount>, Error> {
    let Some(number) = number.filter(|number| !number.is_zero()) else {
        return Ok(None);
    };
    let amount = Amount::try_from(number.0).map_err(|_| outside(column, &number))?;
    Ok(Some(amount))
}

fn fee(household: Option<Amount>, member: Option<Amount>) -> Option<Fee> {
    let of = |per| move |amount| Fee { amount, per };
    household
        .map(of(FeeBasis::Household))
        .or(member.map(of(FeeBasis::Member)))
}

fn discount(
    percent: Option<Number>,
    period: Option<i64>,
    column: &str,
) -> Result<Option<Discount>, Error> {
    let percent = percent.map_or(Decimal::ZERO, |percent| percent.0);
    let period = months(period, column)?.unwrap_or(0);
    if percent.is_zero() || period == 0 {
        return Ok(None);
    }
    Ok(Some(Discount {
        percent: Percent::try_from(percent).map_err(|_| outside(column, &percent))?,
        months_before: period,
    }))
}

fn cycles(row: &EnrolmentRow, calendar: Calendar, warnings: &mut Vec<Error>) -> Vec<Cycle> {
    let mut cycles = Vec::new();
    for (position, text) in row.cycles().into_iter().enumerate() {
        let Some(text) = text else {
            continue;
        };
        match cycle(text).filter(|cycle| exists(*cycle, calendar)) {
            Some(cycle) if !cycles.contains(&cycle) => cycles.push(cycle),
            Some(_) => {}
            None => {
                let path = format!("input.product.start_cycle_{}", position + 1);
                let message = format!("`{text}` is no day of a year; passed over");
                warnings.push(Error::new("cycle.unreadable", path, message));
            }
        }
    }
    cycles
}

/// A day and month, such as `01-07`, as Python's `%d-%m` reads them.
pub(crate) fn cycle(text: &str) -> Option<Cycle> {
    let (day, month) = text.split_once('-')?;
    let number = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u8>()
            .ok()
            .filter(|number| digits && *number > 0)
    };
    let (day, month) = (number(day)?, number(month)?);
    (day <= 32 && month <= 12).then_some(Cycle { month, day })
}

/// Does any year have the day?
pub(crate) fn exists(cycle: Cycle, calendar: Calendar) -> bool {
    let mut years = match calendar {
        Calendar::Gregorian => 2000..=2000,
        Calendar::BikramSambat => 1970..=2100,
        Calendar::Ethiopian => 2000..=2003,
    };
    let (month, day) = (u32::from(cycle.month), u32::from(cycle.day));
    years.any(|year| calendar.from_ymd(year, month, day).is_some())
}

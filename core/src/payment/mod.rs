//! Paying facilities out of the premium: relative prices and capitation.
//!
//! Pure functions over a rule set and a document that the host brings: contributions, claims that
//! wait, earlier runs. Money is counted in whole minor units and divided exactly: what is paid adds
//! up to the pot, to the last unit ([`distribute`]). Nothing depends on the order of the input.
//!
//! - [`index`]: the part of the premium that a period earned is a pot; lines with relative prices
//!   share it in proportion to their amounts (DOMAIN A.6).
//! - [`capitation`]: a share of that premium is divided over facilities by six indicators (A.7).
//!
//! Both keep a record of each run. A period is calculated once; to calculate it again, the host
//! names the run that it reverts and learns what is to be undone.

mod allocation;
mod capitation;
mod distribution;
mod exact;
mod index;
mod period;
mod run;

pub use allocation::{AllocatedShare, Allocation, Contribution};
pub use capitation::{
    CapitationAnswer, CapitationRequest, FacilityPayment, Indicator, IndicatorMoney, Indicators,
    InsuredFamilies, ProcessedClaim, capitation,
};
pub use distribution::distribute;
pub use exact::Exact;
pub use index::{
    Care, IndexAnswer, IndexRequest, LeftOut, LeftOutClaim, PaidClaim, PaidLine, Pot, Remainder,
    WaitingClaim, WaitingLine, index,
};
pub use period::Span;
pub use run::{PaidOut, Refusal, RevertedRun, RunRecord, RunStatus};

pub(crate) use period::span;

use serde::Serialize;

use crate::adjudicate::values;
use crate::calendar::Day;
use crate::code::Code;
use crate::decision::Provenance;
use crate::error::Error;
use crate::money::Money;
use crate::number::Amount;
use crate::print::canonical;
use crate::ruleset::{RuleSet, sha256};
use crate::scheme::{Facility, FacilityLevel, FacilitySelector, HospitalVisit, Product};

/// Schema ids of the four documents.
pub const INDEX_REQUEST: &str = "adjudica/index_request@1";
/// What [`index`] answers with.
pub const INDEX_ANSWER: &str = "adjudica/index@1";
/// What [`capitation`] is asked with.
pub const CAPITATION_REQUEST: &str = "adjudica/capitation_request@1";
/// What [`capitation`] answers with.
pub const CAPITATION_ANSWER: &str = "adjudica/capitation@1";

fn product<'r>(rules: &'r RuleSet, code: &Code) -> Result<&'r Product, Error> {
    let mut products = rules.scheme().products.iter();
    products
        .find(|product| product.code == *code)
        .ok_or_else(|| {
            Error::new(
                "product.unknown",
                "product",
                format!("the scheme has no product `{code}`"),
            )
        })
}

/// The facilities of the scheme by code.
struct Facilities<'r>(rustc_hash::FxHashMap<&'r Code, &'r Facility>);

impl<'r> Facilities<'r> {
    fn of(rules: &'r RuleSet) -> Self {
        let facilities = rules.scheme().facilities.iter();
        Self(
            facilities
                .map(|facility| (&facility.code, facility))
                .collect(),
        )
    }

    fn get(&self, code: &Code) -> Result<&'r Facility, Error> {
        self.0.get(code).copied().ok_or_else(|| {
            Error::new(
                "facility.unknown",
                "facility",
                format!("the scheme has no facility `{code}`"),
            )
        })
    }
}

/// Is this a hospital visit of the product?
fn hospital_visit(product: &Product, facility: &Facility, from: Day, to: Option<Day>) -> bool {
    match product.hospital_visit {
        HospitalVisit::Stay => to.is_some_and(|to| to != from),
        HospitalVisit::FacilityLevel => facility.level == FacilityLevel::Hospital,
    }
}

fn not_reversed(from: Day, to: Option<Day>, path: String) -> Result<(), Error> {
    if to.is_some_and(|to| to < from) {
        return Err(
            Error::new("validity.reversed", path, "care ends before it begins")
                .with_help("swap `date_from` and `date_to`"),
        );
    }
    Ok(())
}

fn selects(selectors: &[FacilitySelector], facility: &Facility) -> bool {
    selectors.iter().any(|selector| {
        selector.level == facility.level
            && (selector.sublevel.is_none() || selector.sublevel == facility.sublevel)
    })
}

/// An amount of a request in minor units.
fn minor(rules: &RuleSet, amount: Amount, field: &str) -> Result<i64, Error> {
    values::money(amount, rules.scheme().currency.exponent, field).map(Money::minor)
}

/// Minor units as a document amount.
fn amount(rules: &RuleSet, units: i64) -> Amount {
    Money::from_minor(units).write(rules.scheme().currency.exponent)
}

fn too_large(path: &str) -> Error {
    Error::new(
        "amount.range",
        path,
        "the amounts add up to more than can be counted",
    )
}

fn provenance(rules: &RuleSet, request: &impl Serialize) -> Provenance {
    let scheme = rules.scheme();
    Provenance {
        engine: env!("CARGO_PKG_VERSION").into(),
        scheme: scheme.code.clone(),
        version: scheme.version.clone(),
        scheme_digest: rules.digest().clone(),
        conventions: rules.conventions().to_owned().into(),
        request_digest: Some(sha256(&canonical(request))),
        as_of: None,
    }
}

/// The first code that an earlier one repeats, with its position.
fn repeated<'c>(codes: impl Iterator<Item = &'c Code>) -> Option<(usize, &'c Code)> {
    let mut seen = rustc_hash::FxHashSet::default();
    codes.enumerate().find(|(_, code)| !seen.insert(*code))
}

fn refuse_repeated<'c>(
    list: &str,
    field: &str,
    codes: impl Iterator<Item = &'c Code>,
) -> Result<(), Error> {
    match repeated(codes) {
        None => Ok(()),
        Some((position, code)) => Err(Error::new(
            "code.duplicate",
            format!("{list}[{position}].{field}"),
            format!("`{code}` is there already"),
        )),
    }
}

//! The scheme document: what scheme designers write.
//!
//! Everything an insurance scheme says about adjudication as plain data, in JSON or YAML. It says
//! what was written and nothing more: defaults, cross-references and impossible combinations are
//! the business of [`check`](crate::check()) and [`RuleSet::compile`](crate::RuleSet::compile).
//!
//! Absent, zero and unlimited are three different things. A field left out means "no such rule";
//! zero means "nothing allowed" or "nothing paid"; unlimited is written `unlimited`.

mod advisors;
mod benefit;
mod catalogue;
mod enrolment;
mod limits;
mod payment;
mod review;
mod terms;

pub use advisors::{
    AdvisorMode, AdvisorRules, Exempt, KnownAdvisor, QualityLimits, Route, RouteRule, Severity,
    Unheard,
};
pub use benefit::{
    AgeSplit, Benefit, CoverRule, Exclusion, FacilityTerms, PatientTerms, PriceOrigin, When,
};
pub use catalogue::{
    CareType, Component, Diagnosis, ElementKind, Facility, FacilityLevel, Item, Package,
    PackageKind, Patients, PriceEntry, PriceList, Service, ServiceCategory,
};
pub use enrolment::{
    Activation, Cycle, Direction, Discount, Enrolment, FamilyTerms, Fee, FeeBasis, Grace,
    HouseholdSize, Instalments, Premium, PremiumRounding, Qualifying, Registration, Subsidy,
};
pub use limits::{
    CategoryLimit, CategoryLimits, CounterWindow, ExtraMembers, Limit, Limits, Scope, Supplement,
};
pub use payment::{
    CapitatedFacilities, Capitation, Catchment, FacilitySelector, Payment, PaymentPeriod, PotRule,
    RelativePricing, Village, Weights,
};
pub(crate) use review::middle;
pub use review::{
    AfterDeadline, AppliedRatio, ClaimFilter, Confidence, Criterion, Hold, MeanOf, ProductUndone,
    RandomShare, ReviewRules, SamplingRules, SelectionRule, Stratum, Undone, Variance, WithoutMean,
};
pub use terms::{AgeGroup, AgeRange, Attributes, Cap, Sex, Validity, VisitType};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, FiscalYearStart};
use crate::code::Code;
use crate::conventions::ConventionChoice;
use crate::money::Rounding;

/// Schema id of this version of the scheme document.
pub const SCHEMA: &str = "adjudica/scheme@1";

/// The authored rules of one scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Always `adjudica/scheme@1`.
    pub schema: String,
    /// The scheme's code, such as `nepal-hib`.
    pub code: Code,
    /// The scheme's name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Version of the rules, as the scheme counts them; part of every decision's provenance.
    pub version: Code,
    /// When these rules apply; claims outside it are still adjudicated, with a finding.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub effective: Validity,
    /// The currency of every amount.
    pub currency: Currency,
    /// The calendar of months, years and fiscal years.
    #[serde(default)]
    pub calendar: Calendar,
    /// First day of the fiscal year in the scheme's calendar; default the first day of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiscal_year: Option<FiscalYearStart>,
    /// Completed years from which a patient counts as an adult.
    #[serde(default = "eighteen")]
    pub age_of_majority: u8,
    /// Where engines differ: a preset and the choices that deviate from it.
    #[serde(default, skip_serializing_if = "ConventionChoice::is_default")]
    pub conventions: ConventionChoice,
    /// Languages of explanations, in order of preference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Code>,
    /// The register of services and items.
    #[serde(default)]
    pub catalogue: Catalogue,
    /// Price lists that facilities may use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_lists: Vec<PriceList>,
    /// Facilities that may claim.
    #[serde(default)]
    pub facilities: Vec<Facility>,
    /// Villages that facilities serve, for capitation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub villages: Vec<Village>,
    /// Register of diagnoses; absent = any diagnosis code is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnoses: Option<Vec<Diagnosis>>,
    /// Insurance products.
    pub products: Vec<Product>,
    /// Which claims a person looks at before they are paid; absent = as reviewers choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewRules>,
}

fn eighteen() -> u8 {
    18
}

/// The scheme's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217 code, such as `NPR`.
    pub code: Code,
    /// Decimal places of the minor unit, 0 to 4: 2 for cents, 0 for XAF.
    pub exponent: u8,
    /// How amounts are rounded to the minor unit.
    #[serde(default)]
    pub rounding: Rounding,
}

/// The register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Medical services.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// Medical items (drugs and consumables).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// One insurance product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The product's code.
    pub code: Code,
    /// The product's name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Visit dates for which the product pays.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
    /// What makes a visit a hospital visit, for in- and out-patient limits and ceiling exclusions.
    #[serde(default)]
    pub hospital_visit: HospitalVisit,
    /// Completed years at the visit for which the product pays.
    #[serde(default, skip_serializing_if = "AgeRange::is_open")]
    pub age_limits: AgeRange,
    /// Days after the end of care within which a claim must be made; absent = no deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing_deadline_days: Option<u32>,
    /// What the insured pays before the scheme does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deductible: Option<Limits>,
    /// What the scheme pays at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Limits>,
    /// Limits by category of claim.
    #[serde(default, skip_serializing_if = "CategoryLimits::is_empty")]
    pub category_limits: CategoryLimits,
    /// What the product covers.
    #[serde(default)]
    pub benefits: Vec<Benefit>,
    /// How long its policies run, what they cost and when cover begins; absent = policies come
    /// from elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<Enrolment>,
    /// How facilities are paid out of the premium; absent = by their claims alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

/// What counts as a hospital visit (openIMIS ceiling interpretation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HospitalVisit {
    /// A stay: care that ends on a later day than it began (openIMIS `I`).
    #[default]
    Stay,
    /// Care at a facility of level hospital (openIMIS `H`).
    FacilityLevel,
}

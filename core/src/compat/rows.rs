//! The rows of a snapshot, column by column, with the names of openIMIS's Django models.
//!
//! A column that is left out is NULL. A column that is not listed here is not read; reading says
//! so by a warning.

use serde::{Deserialize, Serialize};

use super::value::{Moment, Number};
use crate::code::Code;

/// Settings of the installation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// `ClaimConfig`: packages are checked by their content.
    #[serde(default)]
    pub verify_quantities: bool,
    /// `ClaimConfig`: openIMIS leaves validation to others.
    #[serde(default)]
    pub default_validations_disabled: bool,
    /// `core.age_of_majority`; NULL = 18.
    pub age_of_majority: Option<u8>,
}

/// `location.HealthFacility`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityRow {
    /// Code.
    pub code: Code,
    /// C health centre, D dispensary, H hospital.
    pub level: Option<String>,
    /// I in-patient, O out-patient, B both.
    pub care_type: Option<String>,
}

/// `medical.Item`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// Code.
    pub code: Code,
    /// Name.
    pub name: Option<String>,
    /// D drug, M medical consumable.
    #[serde(rename = "type")]
    pub item_type: Option<Code>,
    /// Register price.
    pub price: Option<Number>,
    /// I, O or B.
    pub care_type: Option<String>,
    /// Days between two; NULL or 0 = no restriction.
    pub frequency: Option<i64>,
    /// 1 man, 2 woman, 4 adult, 8 child; NULL or 0 = no restriction.
    pub patient_category: Option<i64>,
    /// Not read by any version of the engine.
    pub maximum_amount: Option<Number>,
    /// When the row begins.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
}

/// `medical.Service`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// Code.
    pub code: Code,
    /// Name.
    pub name: Option<String>,
    /// S, D, A, H, C, O or V; NULL = other.
    pub category: Option<String>,
    /// S simple, V visit, D day, H hospital.
    pub level: Option<Code>,
    /// P preventive, C curative.
    #[serde(rename = "type")]
    pub service_type: Option<String>,
    /// S service, P priced by its content, F fixed price.
    pub packagetype: Option<String>,
    /// Whether the price is typed at the claim; the engines do not read it.
    #[serde(rename = "manualPrice")]
    pub manual_price: Option<bool>,
    /// Register price.
    pub price: Option<Number>,
    /// I, O or B.
    pub care_type: Option<String>,
    /// Days between two; NULL or 0 = no restriction.
    pub frequency: Option<i64>,
    /// 1 man, 2 woman, 4 adult, 8 child; NULL or 0 = no restriction.
    pub patient_category: Option<i64>,
    /// Not read by any version of the engine.
    pub maximum_amount: Option<Number>,
    /// When the row begins.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// Items of a package.
    #[serde(default)]
    pub service_items: Vec<PackageRow>,
    /// Services of a package.
    #[serde(default)]
    pub service_services: Vec<PackageRow>,
}

/// `medical.ServiceItem` or `medical.ServiceService`: a part of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageRow {
    /// Code of the item, or
    pub item: Option<Code>,
    /// of the service.
    pub service: Option<Code>,
    /// Units in one package.
    pub qty_provided: Option<Number>,
    /// Price of one unit; only for information.
    pub price_asked: Option<Number>,
}

/// `medical_pricelist.ItemsPricelist` or `ServicesPricelist`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceListRow {
    /// When the row begins.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// What is on the list.
    #[serde(default)]
    pub details: Vec<PriceRow>,
}

/// `ItemsPricelistDetail` or `ServicesPricelistDetail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRow {
    /// Code of the item, or
    pub item: Option<Code>,
    /// of the service.
    pub service: Option<Code>,
    /// Price instead of the register's; NULL or 0 = the register's.
    pub price_overrule: Option<Number>,
    /// When the row begins.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
}

/// `product.ProductItem` or `product.ProductService`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitRow {
    /// Code of the item, or
    pub item: Option<Code>,
    /// of the service.
    pub service: Option<Code>,
    /// P price list, O as claimed, R relative.
    pub price_origin: Option<String>,
    /// C co-insurance or F fixed limit for other visits; NULL = not covered.
    pub limitation_type: Option<String>,
    /// The same for emergencies.
    pub limitation_type_e: Option<String>,
    /// The same for referrals.
    pub limitation_type_r: Option<String>,
    /// Percentage or amount for adults.
    pub limit_adult: Option<Number>,
    /// For children.
    pub limit_child: Option<Number>,
    /// For adults in emergencies.
    pub limit_adult_e: Option<Number>,
    /// For children in emergencies.
    pub limit_child_e: Option<Number>,
    /// For adults referred.
    pub limit_adult_r: Option<Number>,
    /// For children referred.
    pub limit_child_r: Option<Number>,
    /// Months; NULL or 0 = none.
    pub waiting_period_adult: Option<i64>,
    /// Months; NULL or 0 = none.
    pub waiting_period_child: Option<i64>,
    /// Most units; NULL or negative = any.
    pub limit_no_adult: Option<Number>,
    /// Most units; NULL or negative = any.
    pub limit_no_child: Option<Number>,
    /// H hospital, N non-hospital, B both visits are outside the ceiling.
    pub ceiling_exclusion_adult: Option<String>,
    /// The same for children.
    pub ceiling_exclusion_child: Option<String>,
    /// When the row begins.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
}

/// `product.Product`: what matters for adjudication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    /// Code.
    pub code: Code,
    /// Name.
    pub name: Option<String>,
    /// Deductible a treatment, for all care.
    pub ded_treatment: Option<Number>,
    /// In out-patient care.
    pub ded_op_treatment: Option<Number>,
    /// In hospital care.
    pub ded_ip_treatment: Option<Number>,
    /// Deductible of a person, for all care.
    pub ded_insuree: Option<Number>,
    /// In out-patient care.
    pub ded_op_insuree: Option<Number>,
    /// In hospital care.
    pub ded_ip_insuree: Option<Number>,
    /// Deductible of a policy, for all care.
    pub ded_policy: Option<Number>,
    /// In out-patient care.
    pub ded_op_policy: Option<Number>,
    /// In hospital care.
    pub ded_ip_policy: Option<Number>,
    /// Ceiling of a treatment, for all care.
    pub max_treatment: Option<Number>,
    /// In out-patient care.
    pub max_op_treatment: Option<Number>,
    /// In hospital care.
    pub max_ip_treatment: Option<Number>,
    /// Ceiling of a person, for all care.
    pub max_insuree: Option<Number>,
    /// In out-patient care.
    pub max_op_insuree: Option<Number>,
    /// In hospital care.
    pub max_ip_insuree: Option<Number>,
    /// Ceiling of a policy, for all care.
    pub max_policy: Option<Number>,
    /// In out-patient care.
    pub max_op_policy: Option<Number>,
    /// In hospital care.
    pub max_ip_policy: Option<Number>,
    /// What each member above the threshold adds to `max_policy`.
    pub max_policy_extra_member: Option<Number>,
    /// To `max_ip_policy`.
    pub max_policy_extra_member_ip: Option<Number>,
    /// To `max_op_policy`.
    pub max_policy_extra_member_op: Option<Number>,
    /// Most that `max_policy` grows to.
    pub max_ceiling_policy: Option<Number>,
    /// Most that `max_ip_policy` grows to.
    pub max_ceiling_policy_ip: Option<Number>,
    /// Most that `max_op_policy` grows to.
    pub max_ceiling_policy_op: Option<Number>,
    /// Members included in the ceilings; NULL = 0.
    pub threshold: Option<i64>,
    /// Most for a consultation claim.
    pub max_amount_consultation: Option<Number>,
    /// Most for a surgery claim.
    pub max_amount_surgery: Option<Number>,
    /// Most for a delivery claim.
    pub max_amount_delivery: Option<Number>,
    /// Most for a hospitalization claim.
    pub max_amount_hospitalization: Option<Number>,
    /// Most for an antenatal claim.
    pub max_amount_antenatal: Option<Number>,
    /// Most consultation claims; NULL or negative = any.
    pub max_no_consultation: Option<i64>,
    /// Most surgery claims.
    pub max_no_surgery: Option<i64>,
    /// Most delivery claims.
    pub max_no_delivery: Option<i64>,
    /// Most hospitalization claims.
    pub max_no_hospitalization: Option<i64>,
    /// Most visits.
    pub max_no_visits: Option<i64>,
    /// Most antenatal claims.
    pub max_no_antenatal: Option<i64>,
    /// Enrolment only.
    pub max_members: Option<i64>,
    /// Youngest age.
    pub age_minimal: Option<i64>,
    /// Oldest age.
    pub age_maximal: Option<i64>,
    /// Enrolment only.
    pub insurance_period: Option<i64>,
    /// Enrolment only.
    pub grace_period_enrolment: Option<i64>,
    /// H by facility level, I (or NULL) by the stay.
    pub ceiling_interpretation: Option<String>,
    /// Not read by any version of the engine.
    pub ceiling_type: Option<String>,
    /// When the row begins.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// `ProductItem` rows.
    #[serde(default)]
    pub items: Vec<BenefitRow>,
    /// `ProductService` rows.
    #[serde(default)]
    pub services: Vec<BenefitRow>,
}

/// `insuree.Family`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyRow {
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// Its members.
    #[serde(default)]
    pub members: Vec<InsureeRow>,
}

/// `insuree.Insuree`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsureeRow {
    /// Insurance number.
    pub chf_id: Code,
    /// Birth date; NULL = unknown.
    pub dob: Option<Moment>,
    /// M, F or O.
    pub gender: Option<String>,
    /// Head of the family.
    pub head: Option<bool>,
    /// `false`: `Insuree.family` is NULL.
    pub in_family: Option<bool>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
}

/// `policy.Policy`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRow {
    /// Name of the row in the snapshot.
    #[serde(rename = "ref")]
    pub reference: Code,
    /// Position of its family: 0 the first, then `other_families`.
    #[serde(default)]
    pub family: usize,
    /// Code of the product.
    pub product: Code,
    /// 1 idle, 2 active, 4 suspended, 8 expired, 16 ready.
    pub status: Option<i64>,
    /// N new, R renewed.
    pub stage: Option<String>,
    /// Day of enrolment.
    pub enroll_date: Option<Moment>,
    /// Enrolment only.
    pub start_date: Option<Moment>,
    /// First day of cover.
    pub effective_date: Option<Moment>,
    /// Last day of cover.
    pub expiry_date: Option<Moment>,
    /// Premium.
    pub value: Option<Number>,
    /// When the row was written; no condition of cover.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// Memberships.
    #[serde(default)]
    pub insuree_policies: Vec<MembershipRow>,
}

/// `policy.InsureePolicy`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipRow {
    /// Insurance number.
    pub insuree: Code,
    /// Day of enrolment.
    pub enrollment_date: Option<Moment>,
    /// Enrolment only.
    pub start_date: Option<Moment>,
    /// First day of cover.
    pub effective_date: Option<Moment>,
    /// Last day of cover.
    pub expiry_date: Option<Moment>,
    /// When the row was written; no condition of cover.
    pub validity_from: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
}

/// What happened before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRows {
    /// Earlier claims.
    #[serde(default)]
    pub claims: Vec<PastClaimRow>,
    /// What they consumed.
    #[serde(default)]
    pub dedrems: Vec<DedRemRow>,
}

/// `claim.Claim` of the past.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastClaimRow {
    /// Name of the row in the snapshot.
    #[serde(rename = "ref")]
    pub reference: Code,
    /// Insurance number.
    pub insuree: Code,
    /// 1 rejected, 2 entered, 4 checked, 8 processed, 16 valuated.
    pub status: i64,
    /// S, D, A, H, C, O or V; NULL = visit.
    pub category: Option<String>,
    /// First day of care.
    pub date_from: Option<Moment>,
    /// Last day of care.
    pub date_to: Option<Moment>,
    /// Day of the claim.
    pub date_claimed: Option<Moment>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// Items.
    #[serde(default)]
    pub items: Vec<LineRow>,
    /// Services.
    #[serde(default)]
    pub services: Vec<LineRow>,
}

/// `claim.ClaimDedRem`: what a claim consumed of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DedRemRow {
    /// The policy.
    pub policy: Code,
    /// Insurance number.
    pub insuree: Code,
    /// The claim.
    pub claim: Code,
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// Deductible taken.
    pub ded_g: Option<Number>,
    /// In hospital care.
    pub ded_ip: Option<Number>,
    /// In other care.
    pub ded_op: Option<Number>,
    /// Paid under the ceiling.
    pub rem_g: Option<Number>,
    /// In hospital care.
    pub rem_ip: Option<Number>,
    /// In other care.
    pub rem_op: Option<Number>,
    /// Paid for consultations.
    pub rem_consult: Option<Number>,
    /// Paid for surgery.
    pub rem_surgery: Option<Number>,
    /// Paid for deliveries.
    pub rem_delivery: Option<Number>,
    /// Paid for hospitalizations.
    pub rem_hospitalization: Option<Number>,
    /// Paid for antenatal contacts.
    pub rem_antenatal: Option<Number>,
}

/// `claim.Claim`: the claim to adjudicate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRow {
    /// Code.
    pub code: Code,
    /// Insurance number.
    pub insuree: Code,
    /// Code of the facility; NULL = the snapshot's only one.
    pub health_facility: Option<Code>,
    /// First day of care.
    pub date_from: Option<Moment>,
    /// Last day of care; NULL = the first.
    pub date_to: Option<Moment>,
    /// Day of the claim.
    pub date_claimed: Option<Moment>,
    /// O other, E emergency, R referral; NULL = other.
    pub visit_type: Option<String>,
    /// Recomputed, not read.
    pub category: Option<String>,
    /// Not read by any version of the engine.
    pub care_type: Option<String>,
    /// Main diagnosis.
    pub icd: Option<Code>,
    /// Sum of what was asked, as entered; computed anew under `standard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Number>,
    /// 2 entered; not read.
    pub status: Option<i64>,
    /// Not read by `standard`.
    pub review_status: Option<i64>,
    /// Not read by `standard`.
    pub feedback_status: Option<i64>,
    /// Items.
    #[serde(default)]
    pub items: Vec<LineRow>,
    /// Services.
    #[serde(default)]
    pub services: Vec<LineRow>,
}

/// `claim.ClaimItem` or `claim.ClaimService`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRow {
    /// Code of the item, or
    pub item: Option<Code>,
    /// of the service.
    pub service: Option<Code>,
    /// Units given.
    pub qty_provided: Option<Number>,
    /// Units that a reviewer approved; 0 = none.
    pub qty_approved: Option<Number>,
    /// Price asked for one unit.
    pub price_asked: Option<Number>,
    /// Price of one unit that an earlier run found; recomputed, not read.
    pub price_adjusted: Option<Number>,
    /// Price of one unit that a reviewer approved.
    pub price_approved: Option<Number>,
    /// 1 passed, 2 rejected.
    pub status: Option<i64>,
    /// Why it was rejected; NULL or 0 = it was not.
    pub rejection_reason: Option<i16>,
    /// When the row ended.
    pub validity_to: Option<Moment>,
    /// Items of a package as given.
    #[serde(default)]
    pub items: Vec<SubLineRow>,
    /// Services of a package as given.
    #[serde(default)]
    pub services: Vec<SubLineRow>,
}

/// `claim.ClaimServiceItem` or `claim.ClaimServiceService`: a part of a package as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubLineRow {
    /// Code of the item, or
    pub item: Option<Code>,
    /// of the service.
    pub service: Option<Code>,
    /// Units that the package lists.
    pub qty_provided: Option<Number>,
    /// Units given; NULL = as listed.
    pub qty_displayed: Option<Number>,
    /// Price asked for one unit.
    pub price_asked: Option<Number>,
}

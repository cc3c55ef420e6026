//! Register of services and items, price lists, facilities and diagnoses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::payment::Catchment;
use super::terms::{AgeGroup, Attributes, Sex, Validity};
use crate::code::Code;
use crate::number::{Amount, Quantity};

/// Service or item: the two registers may use the same code.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    /// A medical service.
    Service,
    /// A medical item: a drug or consumable.
    Item,
}

/// A medical service of the register. Several entries of one code must have disjoint validity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Code of the service.
    pub code: Code,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Category: what kind of claim the service makes.
    #[serde(default)]
    pub category: ServiceCategory,
    /// Level of the service, free text of the scheme (openIMIS: S simple, V visit, D day, H hospital).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Code>,
    /// In which kind of care it may be given.
    #[serde(default)]
    pub care_type: CareType,
    /// Register price of one unit.
    pub price: Amount,
    /// A second one within fewer days than this is refused; absent = no restriction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency_days: Option<u32>,
    /// Who may receive it; absent = everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patients: Option<Patients>,
    /// Most units one line may have; absent = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_quantity: Option<Quantity>,
    /// Content, if the service is a package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// When the entry is in the register.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
}

/// A medical item of the register. Several entries of one code must have disjoint validity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Code of the item.
    pub code: Code,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Type, free text of the scheme (openIMIS: D drug, M medical consumable).
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub item_type: Option<Code>,
    /// In which kind of care it may be given.
    #[serde(default)]
    pub care_type: CareType,
    /// Register price of one unit.
    pub price: Amount,
    /// A second one within fewer days than this is refused; absent = no restriction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency_days: Option<u32>,
    /// Who may receive it; absent = everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patients: Option<Patients>,
    /// Most units one line may have; absent = any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_quantity: Option<Quantity>,
    /// When the entry is in the register.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
}

/// Category of a service (SEMANTICS 1, openIMIS S D A H C O V), in order of precedence: the first of
/// a claim's services gives the claim its category.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ServiceCategory {
    /// Surgery.
    Surgery,
    /// Delivery.
    Delivery,
    /// Antenatal contact.
    Antenatal,
    /// Hospitalization.
    Hospitalization,
    /// Consultation.
    Consultation,
    /// None of these; counts as a visit.
    #[default]
    Other,
    /// Visit.
    Visit,
}

/// Kind of care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CareType {
    /// In-patient only.
    Inpatient,
    /// Out-patient only.
    Outpatient,
    /// Both.
    #[default]
    Both,
}

/// Who may receive a service or item. An absent list means no restriction, an empty one nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Patients {
    /// Sexes allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sexes: Option<Vec<Sex>>,
    /// Age groups allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_groups: Option<Vec<AgeGroup>>,
}

/// Content of a package service (DOMAIN M20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// How the content decides the price.
    pub kind: PackageKind,
    /// What belongs to it.
    pub components: Vec<Component>,
}

/// How a package is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PackageKind {
    /// The package price is the most that is paid, whatever was given (openIMIS F).
    Fixed,
    /// The content must have been given in the quantities listed (openIMIS P).
    Provided,
}

/// One part of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Units that belong to one package.
    pub quantity: Quantity,
}

/// A list of what a facility may claim, and at which price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// Code of the list.
    pub code: Code,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When the list applies; outside it, nothing is on it.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
    /// What is on the list.
    pub entries: Vec<PriceEntry>,
}

/// One entry of a price list. Several entries of one code must have disjoint validity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceEntry {
    /// Service or item.
    pub kind: ElementKind,
    /// Its code.
    pub code: Code,
    /// Price of one unit instead of the register price; absent = the register price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// When the entry applies.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
}

/// A health facility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// Code of the facility.
    pub code: Code,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Level.
    pub level: FacilityLevel,
    /// Sub-level, free text of the scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sublevel: Option<Code>,
    /// Kind of care it gives.
    #[serde(default)]
    pub care_type: CareType,
    /// Ownership, free text of the scheme, such as `government` or `private`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Code>,
    /// District in which it lies, for capitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<Code>,
    /// Villages that it serves, for capitation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catchment: Vec<Catchment>,
    /// Number of beds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beds: Option<u32>,
    /// Free attributes that conditions may ask for.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    /// Lists of what it may claim. Absent = no price list rules here: everything of the register
    /// at register prices. Empty = nothing may be claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_lists: Option<Vec<Code>>,
}

/// Level of a facility.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FacilityLevel {
    /// Dispensary (openIMIS D).
    Dispensary,
    /// Health centre (openIMIS C).
    HealthCentre,
    /// Hospital (openIMIS H).
    Hospital,
}

/// A diagnosis of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    /// Code, usually ICD-10.
    pub code: Code,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Groups that conditions may ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Code>,
}

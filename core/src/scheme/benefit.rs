//! What a product pays for which service or item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::catalogue::FacilityLevel;
use super::limits::CounterWindow;
use super::terms::{AgeGroup, AgeRange, Attributes, Cap, Sex, Validity, VisitType};
use crate::code::Code;
use crate::number::{Percent, Quantity};

/// One benefit row: the services and items it is for share everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// Codes of services.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Code>,
    /// Codes of items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Code>,
    /// Where the price of one unit comes from.
    #[serde(default)]
    pub price_origin: PriceOrigin,
    /// How much is covered: the first rule that fits the visit decides. A visit that none fits is
    /// not covered by this row.
    pub cover: Vec<CoverRule>,
    /// Months after joining before it is covered.
    #[serde(default, skip_serializing_if = "AgeSplit::is_empty")]
    pub waiting_months: AgeSplit<u16>,
    /// Most units the person gets within the window; 0 = none.
    #[serde(default, skip_serializing_if = "AgeSplit::is_empty")]
    pub max_quantity: AgeSplit<Quantity>,
    /// The period over which units add up; default the person's membership.
    #[serde(default, skip_serializing_if = "CounterWindow::is_default")]
    pub quantity_window: CounterWindow,
    /// Visits for which the ceiling neither applies nor is consumed.
    #[serde(default, skip_serializing_if = "AgeSplit::is_empty")]
    pub ceiling_exclusion: AgeSplit<Exclusion>,
    /// Visit dates for which the row exists.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
}

/// Where the price of one unit comes from (SEMANTICS 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceOrigin {
    /// The facility's price list, else the register (openIMIS P).
    #[default]
    PriceList,
    /// What the facility asks (openIMIS O).
    Claimed,
    /// As `price_list`, as a weight: what is paid follows from the period's index (openIMIS R).
    Relative,
}

/// One rule of cover. Everything given must fit; a rule with neither `co_insurance`, `fixed` nor
/// `not_covered` pays 100 %.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverRule {
    /// Visit types it is for; absent = all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_types: Option<Vec<VisitType>>,
    /// Age group it is for; absent = both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_group: Option<AgeGroup>,
    /// Further conditions; absent = none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Percentage the scheme pays after the deductible, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub co_insurance: Option<Percent>,
    /// Most the scheme pays for one unit, or `unlimited`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Cap>,
    /// `true`: the row does not cover these visits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub not_covered: bool,
}

/// Conditions on a visit. All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// About the facility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<FacilityTerms>,
    /// About the patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient: Option<PatientTerms>,
    /// Any diagnosis of the claim is in one of these groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis_groups: Option<Vec<Code>>,
    /// The claim says the patient was referred (`true`) or not (`false`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referred: Option<bool>,
    /// The visit date is inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Validity>,
}

/// Conditions on the facility. All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FacilityTerms {
    /// One of these levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Vec<FacilityLevel>>,
    /// One of these sub-levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sublevels: Option<Vec<Code>>,
    /// One of these kinds of ownership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Vec<Code>>,
    /// At least this many beds; a facility with unknown beds does not fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_beds: Option<u32>,
    /// At most this many beds; a facility with unknown beds does not fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_beds: Option<u32>,
    /// All of these attributes with these values.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

/// Conditions on a person. All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PatientTerms {
    /// This sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Completed years at the visit; an unknown birth date does not fit.
    #[serde(default, skip_serializing_if = "AgeRange::is_open")]
    pub age: AgeRange,
    /// All of these attributes with these values.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

/// When the ceiling neither applies nor is consumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Hospital visits (openIMIS H).
    Hospital,
    /// Other visits (openIMIS N).
    NonHospital,
    /// All visits (openIMIS B).
    Both,
}

/// A value for adults and one for children; absent = no such rule for the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgeSplit<T> {
    /// For adults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adult: Option<T>,
    /// For children.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child: Option<T>,
}

impl<T> Default for AgeSplit<T> {
    fn default() -> Self {
        Self {
            adult: None,
            child: None,
        }
    }
}

impl<T> AgeSplit<T> {
    /// Neither given?
    pub fn is_empty(&self) -> bool {
        self.adult.is_none() && self.child.is_none()
    }

    /// The value for the group.
    pub fn of(&self, group: AgeGroup) -> Option<&T> {
        match group {
            AgeGroup::Adult => self.adult.as_ref(),
            AgeGroup::Child => self.child.as_ref(),
        }
    }
}

//! openIMIS's rows for a capitation.

use serde::Deserialize;

use crate::compat::value::{Moment, Number};

/// One product with capitation, and everything that it looks at.
#[derive(Debug, Clone, Deserialize)]
pub struct CapitationRows {
    /// The product.
    pub product: ProductRow,
    /// Its weights and levels.
    pub params: ParamsRow,
    /// First day of the period.
    pub start_date: Moment,
    /// Its last day, as it is given.
    pub end_date: Moment,
    /// What the period earned.
    pub allocated_contribution: Number,
    /// Regions, districts, wards and villages.
    pub locations: Vec<LocationRow>,
    /// Facilities.
    pub health_facilities: Vec<FacilityRow>,
    /// Families with their policies.
    pub families: Vec<FamilyRow>,
    /// Claims.
    pub claims: Vec<ClaimRow>,
}

/// A product.
#[derive(Debug, Clone, Deserialize)]
pub struct ProductRow {
    /// Its code.
    pub code: String,
    /// Its region or district.
    pub location: String,
    /// `H`: hospital visits go by the facility's level; else by a stay.
    pub ceiling_interpretation: Option<String>,
}

/// Parameters of the payment plan.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ParamsRow {
    /// `B`, `I` or `O`.
    pub claim_type: String,
    /// Percentage of the premium.
    pub share_contribution: u32,
    /// Weights, in percent.
    pub weight_population: u32,
    /// Of families.
    pub weight_number_families: u32,
    /// Of insured persons.
    pub weight_insured_population: u32,
    /// Of insured families.
    pub weight_number_insured_families: u32,
    /// Of visits.
    pub weight_number_visits: u32,
    /// Of amounts.
    pub weight_adjusted_amount: u32,
    /// Levels and sub-levels.
    pub hf_level_1: Option<String>,
    /// As the first.
    pub hf_sublevel_1: Option<String>,
    /// As the first.
    pub hf_level_2: Option<String>,
    /// As the first.
    pub hf_sublevel_2: Option<String>,
    /// As the first.
    pub hf_level_3: Option<String>,
    /// As the first.
    pub hf_sublevel_3: Option<String>,
    /// As the first.
    pub hf_level_4: Option<String>,
    /// As the first.
    pub hf_sublevel_4: Option<String>,
}

impl ParamsRow {
    pub(super) fn weights(&self) -> [u32; 6] {
        [
            self.weight_population,
            self.weight_number_families,
            self.weight_insured_population,
            self.weight_number_insured_families,
            self.weight_number_visits,
            self.weight_adjusted_amount,
        ]
    }

    /// Levels with their sub-levels.
    pub(super) fn levels(&self) -> Vec<(&str, Option<&str>)> {
        let pairs = [
            (&self.hf_level_1, &self.hf_sublevel_1),
            (&self.hf_level_2, &self.hf_sublevel_2),
            (&self.hf_level_3, &self.hf_sublevel_3),
            (&self.hf_level_4, &self.hf_sublevel_4),
        ];
        pairs
            .into_iter()
            .filter_map(|(level, sublevel)| Some((level.as_deref()?, sublevel.as_deref())))
            .collect()
    }

    pub(super) fn any_sublevel(&self) -> bool {
        [
            &self.hf_sublevel_1,
            &self.hf_sublevel_2,
            &self.hf_sublevel_3,
            &self.hf_sublevel_4,
        ]
        .into_iter()
        .any(Option::is_some)
    }
}

/// A location.
#[derive(Debug, Clone, Deserialize)]
pub struct LocationRow {
    /// Its code.
    pub code: String,
    /// `R`, `D`, `W` or `V`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of what it lies in.
    pub parent: Option<String>,
    /// Inhabitants.
    pub male_population: Option<u32>,
    /// Inhabitants.
    pub female_population: Option<u32>,
    /// Inhabitants.
    pub other_population: Option<u32>,
    /// Families.
    pub families: Option<u32>,
    /// Since when it is closed.
    pub validity_to: Option<Moment>,
}

impl LocationRow {
    pub(super) fn population(&self) -> u32 {
        let parts = [
            self.male_population,
            self.female_population,
            self.other_population,
        ];
        parts.into_iter().flatten().sum()
    }

    pub(super) fn complete(&self) -> bool {
        self.male_population.is_some()
            && self.female_population.is_some()
            && self.other_population.is_some()
    }
}

/// A facility.
#[derive(Debug, Clone, Deserialize)]
pub struct FacilityRow {
    /// Its code.
    pub code: String,
    /// `D`, `C` or `H`.
    pub level: String,
    /// Its sub-level.
    pub sub_level: Option<String>,
    /// Its district.
    pub location: String,
    /// Since when it is closed.
    pub validity_to: Option<Moment>,
    /// Villages that it serves.
    pub catchments: Vec<CatchmentRow>,
}

/// A village that a facility serves.
#[derive(Debug, Clone, Deserialize)]
pub struct CatchmentRow {
    /// Its code.
    pub village: String,
    /// How much of it, in percent.
    pub catchment: u32,
    /// Since when it is closed.
    pub validity_to: Option<Moment>,
}

/// A family.
#[derive(Debug, Clone, Deserialize)]
pub struct FamilyRow {
    /// Its village.
    pub village: String,
    /// Its policies.
    pub policies: Vec<PolicyRow>,
}

/// A policy.
#[derive(Debug, Clone, Deserialize)]
pub struct PolicyRow {
    /// Code of its product.
    pub product: String,
    /// First day.
    pub effective_date: Moment,
    /// Last day.
    pub expiry_date: Moment,
    /// Insured persons.
    pub insured: u32,
    /// Since when it is closed.
    pub validity_to: Option<Moment>,
}

/// A claim.
#[derive(Debug, Clone, Deserialize)]
pub struct ClaimRow {
    /// Its facility.
    pub health_facility: String,
    /// First day of care.
    pub date_from: Moment,
    /// Last day of care.
    pub date_to: Option<Moment>,
    /// Its status.
    pub status: i16,
    /// When it was decided.
    pub process_stamp: Option<Moment>,
    /// When it was decided, for the choice of facilities.
    pub date_processed: Option<Moment>,
    /// Since when it is closed.
    pub validity_to: Option<Moment>,
    /// Its lines.
    pub lines: Vec<LineRow>,
}

/// A line.
#[derive(Debug, Clone, Deserialize)]
pub struct LineRow {
    /// Code of the product that pays it.
    pub product: Option<String>,
    /// What it is valued at.
    pub price_valuated: Option<Number>,
    /// 1 passed, 2 rejected.
    pub status: i16,
    /// Since when it is closed.
    pub validity_to: Option<Moment>,
}

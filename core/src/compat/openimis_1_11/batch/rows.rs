//! openIMIS's rows for a batch.

use serde::Deserialize;

use crate::compat::value::{Moment, Number};
use crate::scheme::PriceOrigin;

/// One product, its payment plan, and what a run finds.
#[derive(Debug, Clone, Deserialize)]
pub struct BatchRows {
    /// The product.
    pub product: ProductRow,
    /// Its payment plan, for fees for service.
    pub payment_plan: PlanRow,
    /// Facilities.
    pub health_facilities: Vec<FacilityRow>,
    /// Premiums with the dates of their policies.
    pub premiums: Vec<PremiumRow>,
    /// Claims with their lines.
    pub claims: Vec<ClaimRow>,
    /// What is run.
    pub run: RunRow,
}

/// A product.
#[derive(Debug, Clone, Deserialize)]
pub struct ProductRow {
    /// Its code.
    pub code: String,
    /// `H`: hospital visits go by the facility's level; else by a stay.
    pub ceiling_interpretation: Option<String>,
}

/// A payment plan.
#[derive(Debug, Clone, Deserialize)]
pub struct PlanRow {
    /// Months of its period.
    pub periodicity: u32,
    /// `B`, `I` or `O`.
    pub claim_type: String,
    /// Levels of facilities that take part; all of them if none is given.
    #[serde(default)]
    pub hf_level_1: Option<String>,
    /// As the first.
    #[serde(default)]
    pub hf_level_2: Option<String>,
    /// As the first.
    #[serde(default)]
    pub hf_level_3: Option<String>,
    /// As the first.
    #[serde(default)]
    pub hf_level_4: Option<String>,
    /// Percentage by month of the end of the period.
    #[serde(default)]
    pub distr: std::collections::BTreeMap<String, Number>,
}

impl PlanRow {
    /// Levels of facilities that take part.
    pub fn levels(&self) -> Vec<&str> {
        let levels = [
            &self.hf_level_1,
            &self.hf_level_2,
            &self.hf_level_3,
            &self.hf_level_4,
        ];
        levels.into_iter().flatten().map(String::as_str).collect()
    }
}

/// A facility.
#[derive(Debug, Clone, Deserialize)]
pub struct FacilityRow {
    /// Its code.
    pub code: String,
    /// `D`, `C` or `H`.
    pub level: String,
}

/// A premium.
#[derive(Debug, Clone, Deserialize)]
pub struct PremiumRow {
    /// What was paid.
    pub amount: Number,
    /// When.
    pub created_date: Moment,
    /// First day of the policy.
    pub policy_effective_date: Moment,
    /// Last day of the policy.
    pub policy_expiry_date: Moment,
}

/// A claim.
#[derive(Debug, Clone, Deserialize)]
pub struct ClaimRow {
    /// Its name.
    #[serde(rename = "ref")]
    pub name: String,
    /// Its facility.
    pub health_facility: String,
    /// First day of care.
    pub date_from: Moment,
    /// Last day of care.
    pub date_to: Option<Moment>,
    /// When it was decided.
    pub process_stamp: Moment,
    /// 8 processed, 16 valuated.
    pub status: i16,
    /// Its lines.
    pub lines: Vec<LineRow>,
}

/// A line.
#[derive(Debug, Clone, Deserialize)]
pub struct LineRow {
    /// `item` or `service`.
    pub kind: String,
    /// `R`, `P` or `O`.
    pub price_origin: Option<String>,
    /// 1 passed, 2 rejected.
    pub status: i16,
    /// 0 or nothing: not rejected.
    pub rejection_reason: Option<i16>,
    /// Quantity provided.
    pub qty_provided: Number,
    /// Quantity that a reviewer approved.
    pub qty_approved: Option<Number>,
    /// Price asked.
    pub price_asked: Number,
    /// Price adjusted.
    pub price_adjusted: Option<Number>,
    /// Price that a reviewer approved.
    pub price_approved: Option<Number>,
    /// What adjudication has valued it at.
    pub price_valuated: Option<Number>,
    /// What was remunerated.
    pub remunerated_amount: Option<Number>,
}

impl LineRow {
    pub(super) fn relative(&self) -> bool {
        self.price_origin.as_deref() == Some("R")
    }

    pub(super) fn origin(&self) -> PriceOrigin {
        match self.price_origin.as_deref() {
            Some("R") => PriceOrigin::Relative,
            Some("O") => PriceOrigin::Claimed,
            _ => PriceOrigin::PriceList,
        }
    }

    /// Neither its status nor its reason rejects it.
    pub(super) fn passed(&self) -> bool {
        self.status == 1 && !self.has_reason()
    }

    pub(super) fn has_reason(&self) -> bool {
        self.rejection_reason.is_some_and(|reason| reason != 0)
    }
}

/// What is run.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct RunRow {
    /// Year.
    pub year: i32,
    /// Month.
    pub month: u32,
}

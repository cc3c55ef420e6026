//! The snapshot as a whole.

use serde::{Deserialize, Serialize};

use super::rows::{
    ClaimRow, Config, FacilityRow, FamilyRow, HistoryRows, ItemRow, PolicyRow, PriceListRow,
    ProductRow, ServiceRow,
};
use crate::error::Error;
use crate::wire::read_noting;

/// One claim, or several in order, with every row that their decisions depend on.
///
/// The text may carry more at its top level, such as the answers of another engine; only what
/// stands here is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Name of the snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Settings of the installation.
    #[serde(default)]
    pub config: Config,
    /// The rows.
    pub input: Input,
    /// Paths of columns that the text has and reading passes over.
    #[serde(skip)]
    pub passed_over: Vec<String>,
}

/// The rows of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The facility of the claim.
    pub health_facility: FacilityRow,
    /// Facilities of other claims; all share the price lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_health_facilities: Vec<FacilityRow>,
    /// Register of items.
    #[serde(default)]
    pub medical_items: Vec<ItemRow>,
    /// Register of services.
    #[serde(default)]
    pub medical_services: Vec<ServiceRow>,
    /// Items that the facility may claim; NULL = none.
    pub items_pricelist: Option<PriceListRow>,
    /// Services that the facility may claim; NULL = none.
    pub services_pricelist: Option<PriceListRow>,
    /// Insurance products.
    #[serde(default)]
    pub products: Vec<ProductRow>,
    /// The family of the claim's patient.
    #[serde(default)]
    pub family: FamilyRow,
    /// Families of other claims' patients.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_families: Vec<FamilyRow>,
    /// Policies.
    #[serde(default)]
    pub policies: Vec<PolicyRow>,
    /// What happened before.
    #[serde(default)]
    pub history: HistoryRows,
    /// The claim, or
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimRow>,
    /// several in order, each seeing what the earlier ones left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimRow>,
}

impl Snapshot {
    /// Reads a snapshot from JSON text, such as one line of a file.
    ///
    /// # Errors
    /// If the text is not JSON, a column has the wrong type, or a column that nothing can replace
    /// is missing.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (mut snapshot, mut passed_over): (Self, Vec<String>) = read_noting(text)?;
        passed_over.retain(|path| path.starts_with("input") || path.starts_with("config"));
        snapshot.passed_over = passed_over;
        Ok(snapshot)
    }

    /// The claims in order: the one claim, or all of a sequence.
    pub fn claims(&self) -> impl Iterator<Item = &ClaimRow> {
        self.input.claim.iter().chain(&self.input.claims)
    }
}

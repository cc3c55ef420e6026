//! JSON Schemas of the documents, generated from the types that read and write them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::{
    AttributedClaim, ImportDocument, Options, ReplayOptions, ReplayedClaim, SnapshotDocument,
};
use crate::advisor::{
    Advice, AdviceRequest, AdvisorInput, AdvisorInputRequest, Findings, Quality, QualityRequest,
};
use crate::baseline::{BaselineRequest, Profile, ProfileRequest};
use crate::claim::Request;
use crate::compat::OpenImisColumns;
use crate::compat::audit::Audit;
use crate::compat::openimis_1_11::SwitchRow;
use crate::conventions::Difference;
use crate::decision::Decision;
use crate::eligibility::{EligibilityAnswer, EligibilityRequest};
use crate::enrolment::{PeriodAnswer, PeriodRequest, PremiumAnswer, PremiumRequest};
use crate::error::{Error, Report};
use crate::payment::{CapitationAnswer, CapitationRequest, IndexAnswer, IndexRequest};
use crate::review::{
    ReviewAnswer, ReviewReport, ReviewReportRequest, ReviewRequest, ReviewSelection,
    ReviewSelectionRequest, Sampling, SamplingRequest,
};
use crate::scheme::Scheme;
#[cfg(feature = "trees")]
use crate::trees::{TreesModel, TreesRow, TreesScore};

/// Every document with its JSON Schema (draft 2020-12), by name.
///
/// Documents that are read (`scheme`, `request`, `findings`, `profile`, `options` and what ends in `_request`)
/// are described as they may be written; documents that are written (`decision`, `eligibility`,
/// `index`, `capitation`, `advice`, `error`, `report`, `columns`, `audit` and so on) as they will be
/// found. What is read from openIMIS (`snapshot`, `import`) holds schemes and requests to be read
/// again. Of lists (`replay`, `attribution`, `switch`, `convention`) it is the schema of one
/// element.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("scheme", read::<Scheme>()),
        ("request", read::<Request>()),
        ("decision", written::<Decision>()),
        ("eligibility_request", read::<EligibilityRequest>()),
        ("eligibility", written::<EligibilityAnswer>()),
        ("advisor_input_request", read::<AdvisorInputRequest>()),
        ("advisor_input", written::<AdvisorInput>()),
        ("findings", read::<Findings>()),
        ("advice_request", read::<AdviceRequest>()),
        ("advice", written::<Advice>()),
        ("review_selection_request", read::<ReviewSelectionRequest>()),
        ("review_selection", written::<ReviewSelection>()),
        ("review_request", read::<ReviewRequest>()),
        ("review", written::<ReviewAnswer>()),
        ("review_report_request", read::<ReviewReportRequest>()),
        ("review_report", written::<ReviewReport>()),
        ("sampling_request", read::<SamplingRequest>()),
        ("sampling", written::<Sampling>()),
        ("profile_request", read::<ProfileRequest>()),
        ("profile", read::<Profile>()),
        ("baseline_request", read::<BaselineRequest>()),
        ("baseline", read::<Findings>()),
        ("quality_request", read::<QualityRequest>()),
        ("quality", written::<Quality>()),
        ("options", read::<Options>()),
        ("error", written::<Error>()),
        ("report", written::<Report>()),
        ("snapshot", read::<SnapshotDocument>()),
        ("columns", written::<OpenImisColumns>()),
        ("import", read::<ImportDocument>()),
        ("replay_options", read::<ReplayOptions>()),
        ("replay", written::<ReplayedClaim>()),
        ("attribution", written::<AttributedClaim>()),
        ("switch", written::<SwitchRow>()),
        ("convention", written::<Difference>()),
        ("audit", written::<Audit>()),
        ("period_request", read::<PeriodRequest>()),
        ("period", written::<PeriodAnswer>()),
        ("premium_request", read::<PremiumRequest>()),
        ("premium", written::<PremiumAnswer>()),
        ("index_request", read::<IndexRequest>()),
        ("index", written::<IndexAnswer>()),
        ("capitation_request", read::<CapitationRequest>()),
        ("capitation", written::<CapitationAnswer>()),
        #[cfg(feature = "trees")]
        ("trees", read::<TreesModel>()),
        #[cfg(feature = "trees")]
        ("trees_row", read::<TreesRow>()),
        #[cfg(feature = "trees")]
        ("trees_score", written::<TreesScore>()),
    ]
}

/// A schema as committed text: indented, with a final line break.
#[must_use]
pub fn schema_text(schema: &Schema) -> String {
    format!("{:#}\n", schema.as_value())
}

fn read<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_deserialize()
        .into_generator()
        .into_root_schema_for::<T>()
}

fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
}

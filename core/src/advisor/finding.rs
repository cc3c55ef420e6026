//! What an advisor says: the document it sends back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Moment;
use crate::code::Code;
use crate::number::{Amount, Quantity, Score};
use crate::scheme::{Attributes, Severity, Validity};

/// Schema id of this version of the findings.
pub const FINDINGS_SCHEMA: &str = "adjudica/findings@1";

/// What one advisor says about one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Findings {
    /// Always `adjudica/findings@1`.
    pub schema: String,
    /// The `input_hash` of the snapshot that was looked at.
    pub input_hash: Code,
    /// Who says it.
    pub provenance: FindingsProvenance,
    /// For what the advisor says that it is valid.
    #[serde(default, skip_serializing_if = "FindingsScope::is_open")]
    pub scope: FindingsScope,
    /// The findings; none = nothing to remark.
    #[serde(default)]
    pub findings: Vec<Finding>,
}

/// Who says it, so that it can be said again and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingsProvenance {
    /// Who runs the advisor.
    pub provider: Code,
    /// Id of the model.
    pub model: Code,
    /// Version of the model.
    pub version: Code,
    /// SHA-256 of the model's file, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Code>,
    /// SHA-256 of the prompt, for language models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<Code>,
    /// Settings of the model.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub parameters: Attributes,
    /// When it was said.
    pub produced_at: Moment,
    /// Until when it may be used; absent = ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Moment>,
}

/// For what an advisor says that it is valid. What it does not name it does not limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingsScope {
    /// Code of the scheme that it was made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Code>,
    /// Days of care that it was made for.
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub care: Validity,
    /// Code systems that it knows, such as `ICD-10`; for the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code_systems: Vec<Code>,
}

impl FindingsScope {
    /// Nothing limited?
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// One remark. It has no amount to pay and no status: what becomes of the claim is not its to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What it is about.
    pub target: Target,
    /// What kind of remark it is.
    pub code: FindingCode,
    /// Which way it points.
    pub stance: Stance,
    /// How sure the advisor is, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// Id of the calibration with which the score was measured; absent = not calibrated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Code>,
    /// How much it matters.
    pub severity: Severity,
    /// Values that the reviewer may consider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Suggestion>,
    /// Why, in the words of a claim, for the reviewer: 1 to 2000 characters. It is shown as text,
    /// and nothing reads it.
    pub explanation: String,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// The claim is unlike those that the advisor was made with, so the remark routes nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("default" = false))]
    pub out_of_distribution: bool,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The claim as a whole.
    Claim,
    /// The line with this id.
    Line(Code),
}

/// The kinds of findings.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The same seems to have been claimed before.
    Duplicate,
    /// More units than usual.
    QuantityOutlier,
    /// A higher price than usual.
    PriceOutlier,
    /// More often than usual.
    FrequencyOutlier,
    /// Parts claimed apart that usually come as one service.
    Unbundling,
    /// A dearer service than the case seems to ask for.
    Upcoding,
    /// Service or item does not fit the diagnosis.
    DiagnosisMismatch,
    /// Service or item does not fit the patient.
    PatientMismatch,
    /// Documents say something else.
    DocumentMismatch,
    /// A document is missing.
    DocumentMissing,
    /// A doubt about who is covered.
    EligibilityDoubt,
    /// Unusual as a whole.
    Unusual,
    /// Nothing unusual.
    Usual,
    /// Something else; the explanation says what.
    Other,
}

/// Which way a finding points. There is no "reject": that is for a person to say.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// In favour of what was claimed. Never lowers what another finding raises.
    Supports,
    /// A question to a reviewer.
    Questions,
    /// The advisor cannot tell.
    Abstains,
}

/// Values that a reviewer may consider; at least one. Nothing applies them by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suggestion {
    /// Units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Price of one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
}

/// One thing that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What was measured, such as `price_asked`.
    pub feature: Code,
    /// Its value here, as text.
    pub value: Code,
    /// Lower end of what is usual, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Code>,
    /// Upper end of what is usual, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Code>,
    /// How much it added to the score, as decimal text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Code>,
    /// Codes of other claims that it points to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Code>,
}

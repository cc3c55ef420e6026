//! What an enquiry asks: a person, a visit that may come, and what it would be for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::claim::{History, Patient, Policy};
use crate::code::Code;
use crate::scheme::VisitType;

/// Schema id of this version of the enquiry.
pub const REQUEST_SCHEMA: &str = "adjudica/eligibility_request@1";

/// An enquiry: patient, coverage and history are those of a claim's request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EligibilityRequest {
    /// Always `adjudica/eligibility_request@1`; may be left out.
    #[serde(default = "schema_id", skip_serializing_if = "is_schema")]
    pub schema: String,
    /// First day of the visit.
    pub date_from: Day,
    /// Last day of the visit; absent = the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_to: Option<Day>,
    /// Code of the facility.
    pub facility: Code,
    /// Why the patient comes.
    #[serde(default)]
    pub visit_type: VisitType,
    /// Whether the patient is referred; absent = only if the visit type says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referred: Option<bool>,
    /// Codes of diagnoses, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnoses: Vec<Code>,
    /// What is asked about.
    #[serde(default)]
    pub about: About,
    /// The person.
    pub patient: Patient,
    /// The person's policies, whether they cover the visit or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coverage: Vec<Policy>,
    /// What happened before.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History,
    /// The day up to which the history is known; absent = complete. Before the last day of the
    /// visit, the answer also says between which amounts a claim can come out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

fn schema_id() -> String {
    REQUEST_SCHEMA.to_owned()
}

fn is_schema(schema: &str) -> bool {
    schema == REQUEST_SCHEMA
}

/// What an enquiry is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Every service and item that a product of the person's policies has a row for, in the order
    /// of the register.
    #[default]
    Everything,
    /// One service, by code.
    Service(Code),
    /// One item, by code.
    Item(Code),
}

//! One policy with every row that its period and value depend on, with the names of openIMIS's
//! Django models. A column that is left out is NULL.

use serde::{Deserialize, Serialize};

use crate::compat::value::{Moment, Number};
use crate::error::Error;
use crate::wire::{Format, read};

/// One policy and its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySnapshot {
    /// Name of the snapshot.
    pub id: Option<String>,
    /// Settings of the installation.
    #[serde(default)]
    pub config: PolicyConfig,
    /// The rows.
    pub input: PolicyInput,
}

impl PolicySnapshot {
    /// Reads a snapshot from JSON text, such as one line of a file.
    ///
    /// # Errors
    /// If the text is not JSON or a column has the wrong type.
    pub fn parse(text: &str) -> Result<Self, Error> {
        read(text, Format::Json)
    }
}

/// Settings of the installation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyConfig {
    /// `core.age_of_majority`; NULL = 18.
    pub age_of_majority: Option<u8>,
    /// `core.secondary_calendar`: `Nepal`, or NULL.
    pub secondary_calendar: Option<String>,
    /// The day on which openIMIS answered; NULL = the day of enrolment.
    pub today: Option<Moment>,
}

/// The rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyInput {
    /// `product.Product`.
    pub product: EnrolmentRow,
    /// `policy.Policy`.
    pub policy: StageRow,
    /// The policy that is renewed.
    pub prev_policy: Option<PreviousRow>,
    /// The members of the family.
    pub members: Vec<MemberRow>,
}

/// What `product.Product` says about enrolment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentRow {
    /// Months that a policy covers.
    pub insurance_period: i64,
    /// Months before a new policy covers.
    pub administration_period: Option<i64>,
    /// For the household; NULL or 0 = none.
    pub lump_sum: Option<Number>,
    /// Most members; 0 = any number.
    #[serde(default)]
    pub max_members: i64,
    /// Members whom the lump sum covers; NULL or 0 = all.
    pub threshold: Option<i64>,
    /// For an adult.
    pub premium_adult: Option<Number>,
    /// For a child.
    pub premium_child: Option<Number>,
    /// Registration of a household; NULL or 0 = by member.
    pub registration_lump_sum: Option<Number>,
    /// Registration of a member.
    pub registration_fee: Option<Number>,
    /// Months after which registration is charged again; read by no version of the engine.
    pub recurrence: Option<i64>,
    /// Assembly for a household; NULL or 0 = by member.
    pub general_assembly_lump_sum: Option<Number>,
    /// Assembly for a member.
    pub general_assembly_fee: Option<Number>,
    /// Day and month of the first cycle, such as `01-07`.
    pub start_cycle_1: Option<String>,
    /// Of the second.
    pub start_cycle_2: Option<String>,
    /// Of the third.
    pub start_cycle_3: Option<String>,
    /// Of the fourth.
    pub start_cycle_4: Option<String>,
    /// Months of grace for new policies.
    pub grace_period_enrolment: Option<i64>,
    /// Months of grace for renewals.
    pub grace_period_renewal: Option<i64>,
    /// Months of grace for payment.
    pub grace_period_payment: Option<i64>,
    /// Most instalments.
    pub max_installments: Option<i64>,
    /// Percentage for early enrolment; NULL or 0 = none.
    pub enrolment_discount_perc: Option<Number>,
    /// Months before the cycle; NULL or 0 = no discount.
    pub enrolment_discount_period: Option<i64>,
    /// Percentage for early renewal; NULL or 0 = none.
    pub renewal_discount_perc: Option<Number>,
    /// Months before the end of the previous policy; NULL or 0 = no discount.
    pub renewal_discount_period: Option<i64>,
}

impl EnrolmentRow {
    /// The four cycles in the order of their columns.
    pub(crate) fn cycles(&self) -> [Option<&str>; 4] {
        [
            &self.start_cycle_1,
            &self.start_cycle_2,
            &self.start_cycle_3,
            &self.start_cycle_4,
        ]
        .map(|cycle| cycle.as_deref().filter(|text| !text.is_empty()))
    }
}

/// `policy.Policy`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    /// N new, R renewed.
    pub stage: String,
    /// The day of enrolment.
    pub enroll_date: Moment,
}

/// The policy that is renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousRow {
    /// Its last day.
    pub expiry_date: Moment,
}

/// `insuree.Insuree`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// Birth date.
    pub dob: Option<Moment>,
    /// Relation to the head of the family; 7 = another relative.
    pub relationship: Option<i64>,
}

/// `insuree.Relation` of relatives outside the nuclear family.
pub(crate) const OTHER_RELATIVE: i64 = 7;

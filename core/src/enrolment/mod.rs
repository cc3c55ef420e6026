//! Enrolment: from when to when a policy runs, what it costs, who pays, and when cover begins.
//!
//! [`period`] and [`premium`] are functions of a rule set and a request: no clock, no history but
//! what the request says. Months are counted in the scheme's calendar, amounts in minor units of
//! its currency. Every rule that is applied is a [`Remark`] of the answer, which
//! [`explain`](crate::explain) puts into words.
//!
//! The rules are those of DOMAIN A.8 and A.9 in what they intend (B.3); where engines differ, a
//! [convention](crate::conventions) says so.

mod activation;
mod answer;
mod members;
mod payers;
mod period;
mod premium;
mod product;
mod qualifying;
mod remark;
mod request;

pub use answer::{
    ActivationAnswer, ActivationReason, ChargedAs, InstalmentDue, MemberAnswer,
    PERIOD_ANSWER_SCHEMA, PREMIUM_ANSWER_SCHEMA, PayerShare, PeriodAnswer, PremiumAnswer,
    PremiumLine, PremiumStep, QualifyingAnswer,
};
pub use period::period;
pub use premium::premium;
pub(crate) use product::MOST_CONVERSIONS;
pub use remark::Remark;
pub(crate) use remark::{REMARKS, remark_value_kind};
pub use request::{
    Family, Member, PERIOD_SCHEMA, PREMIUM_SCHEMA, PeriodRequest, PremiumPayment, PremiumRequest,
    PreviousPolicy,
};

/// The payer that pays what the others leave.
pub(crate) const HOUSEHOLD: &str = "household";

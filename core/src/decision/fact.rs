//! Facts: everything the engine can say about a claim, as typed data.
//!
//! A fact is either a reason (it rejects a claim or line, or reduces it) or a step of the
//! calculation. Facts are `Copy` and hold numbers and ids only, so recording one costs nothing on
//! the heap; [`explain`](crate::explain) turns them into words.

use crate::calendar::Day;
use crate::compile::{ElementId, ProductId, Symbol};
use crate::money::{Money, Share, Units};

/// A value inside a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// An amount.
    Money(Money),
    /// A quantity.
    Units(Units),
    /// A percentage.
    Share(Share),
    /// A day.
    Day(Day),
    /// A whole number.
    Count(i64),
    /// One of a fixed set of names, such as `surgery`.
    Name(&'static str),
    /// A policy of the request, by position.
    Policy(u16),
    /// A product.
    Product(ProductId),
    /// A service or item.
    Element(ElementId),
    /// A text of the scheme.
    Text(Symbol),
    /// The reviewer of a line, by position of the line.
    Reviewer(u32),
}

/// How a value is read and written: what a document, where every value is text, no longer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// An amount in the scheme's currency.
    Money,
    /// A quantity.
    Quantity,
    /// A percentage.
    Percent,
    /// A day.
    Day,
    /// A whole number.
    Count,
    /// One of a fixed set of names, such as `surgery`.
    Name,
    /// A code of the scheme or the request; possibly empty.
    Code,
}

/// Types that facts hold.
trait OfKind {
    const KIND: ValueKind;
}

macro_rules! value_from {
    ($($from:ty => $kind:ident, $make:expr),+ $(,)?) => {
        $(impl From<$from> for Value {
            fn from(value: $from) -> Self {
                ($make)(value)
            }
        }

        impl OfKind for $from {
            const KIND: ValueKind = ValueKind::$kind;
        })+
    };
}

value_from! {
    Money => Money, Self::Money,
    Units => Quantity, Self::Units,
    Share => Percent, Self::Share,
    Day => Day, Self::Day,
    u16 => Count, |n| Self::Count(i64::from(n)),
    u32 => Count, |n| Self::Count(i64::from(n)),
    i32 => Count, |n| Self::Count(i64::from(n)),
    i16 => Count, |n| Self::Count(i64::from(n)),
    u8 => Count, |n| Self::Count(i64::from(n)),
    &'static str => Name, Self::Name,
    ProductId => Code, Self::Product,
    ElementId => Code, Self::Element,
    Symbol => Code, Self::Text,
    PolicyIndex => Code, |policy: PolicyIndex| Self::Policy(policy.0),
    ReviewerOf => Code, |line: ReviewerOf| Self::Reviewer(line.0),
}

/// A policy of the request, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyIndex(pub u16);

/// The reviewer of a line, by position of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewerOf(pub u32);

/// What a reason does to the claim or line it stands at.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Rejects it.
    Rejects,
    /// Pays less for it.
    Reduces,
    /// Only informs.
    Informs,
}

/// Claim adjustment group code of X12: who bears an amount. We publish codes of our own with a
/// mapping to X12's; X12's descriptions are X12's.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub enum CarcGroup {
    /// Patient responsibility.
    PR,
    /// Contractual obligation: the facility bears it.
    CO,
    /// Other adjustment: the facility bears it.
    OA,
}

macro_rules! facts {
    ($(
        $(#[doc = $doc:literal])+
        $fact:ident $({ $($field:ident: $kind:ty),* $(,)? })?
            = $code:literal, $effect:ident, $openimis:expr, $carc:expr;
    )+) => {
        /// Something the engine found or did. The code of a fact is its message key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Fact {
            $($(#[doc = $doc])+ $fact $({ $(#[doc = stringify!($field)] $field: $kind),* })?,)+
        }

        impl Fact {
            /// Code in dotted words; the message key.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$fact $({ $($field: _),* })? => $code,)+ }
            }

            /// What it does where it stands.
            #[must_use]
            pub const fn effect(&self) -> Effect {
                match self { $(Self::$fact $({ $($field: _),* })? => Effect::$effect,)+ }
            }

            /// openIMIS rejection code, where there is one.
            #[must_use]
            pub const fn openimis(&self) -> Option<i16> {
                match *self { $(Self::$fact $({ $($field),* })? => { $($(let _ = $field;)*)? $openimis },)+ }
            }

            /// X12 group and claim adjustment reason code, where there is one.
            #[must_use]
            pub const fn carc(&self) -> Option<(CarcGroup, &'static str)> {
                match self { $(Self::$fact $({ $($field: _),* })? => $carc,)+ }
            }

            /// Names and values, in the order of the message.
            pub fn for_each_value(&self, mut visit: impl FnMut(&'static str, Value)) {
                match *self {
                    $(Self::$fact $({ $($field),* })? => { $($(visit(stringify!($field), Value::from($field));)*)? })+
                }
            }
        }

        /// Code, names of values, effect, openIMIS code and CARC of every fact: the vocabulary.
        pub const VOCABULARY: &[(&str, &[&str], Effect)] = &[
            $(($code, &[$($(stringify!($field)),*)?], Effect::$effect),)+
        ];

        /// How the value `name` of the fact `code` is read and written.
        #[must_use]
        pub fn value_kind(code: &str, name: &str) -> Option<ValueKind> {
            match code {
                $($code => match name {
                    $($(stringify!($field) => Some(<$kind as OfKind>::KIND),)*)?
                    _ => None,
                },)+
                _ => None,
            }
        }
    };
}

use CarcGroup::{CO, OA, PR};

facts! {
    // Claim header (SEMANTICS 1).
    /// The register knows no such live person or family.
    PersonInvalid = "person.invalid", Rejects, Some(7), Some((PR, "31"));
    /// No date of care.
    DateMissing = "date.invalid.missing", Rejects, Some(9), Some((CO, "16"));
    /// Claimed before care began.
    DateClaimedEarly { claimed: Day, care: Day } = "date.invalid.claimed_before_care", Rejects, Some(9), Some((CO, "110"));
    /// Care ended before it began.
    DateReversed { from: Day, to: Day } = "date.invalid.ended_before_start", Rejects, Some(9), Some((CO, "16"));
    /// Accepted before under the same code.
    Duplicate { date: Day } = "duplicate", Rejects, Some(6), Some((OA, "18"));
    /// The scheme knows no such facility.
    FacilityUnknown = "facility.unknown", Rejects, None, Some((CO, "B7"));
    /// The main diagnosis is not in the register.
    DiagnosisUnknown = "diagnosis.unknown", Rejects, Some(8), Some((CO, "146"));
    /// No lines.
    ClaimEmpty = "claim.empty", Rejects, None, Some((CO, "16"));
    /// No policy covers the visit.
    CoverageNoneClaim { visit: Day } = "coverage.none.claim", Rejects, Some(21), Some((PR, "200"));
    /// Claimed too late for every covering product.
    FilingLate { deadline: u32, days: i32 } = "filing.late", Rejects, None, Some((CO, "29"));
    /// As many surgery claims as allowed.
    CounterSurgery { maximum: u32, count: u32 } = "counter.surgery", Rejects, Some(14), Some((PR, "119"));
    /// As many delivery claims as allowed.
    CounterDelivery { maximum: u32, count: u32 } = "counter.delivery", Rejects, Some(15), Some((PR, "119"));
    /// As many antenatal claims as allowed.
    CounterAntenatal { maximum: u32, count: u32 } = "counter.antenatal", Rejects, Some(19), Some((PR, "119"));
    /// As many hospitalization claims as allowed.
    CounterHospitalization { maximum: u32, count: u32 } = "counter.hospitalization", Rejects, Some(11), Some((PR, "119"));
    /// As many consultation claims as allowed.
    CounterConsultation { maximum: u32, count: u32 } = "counter.consultation", Rejects, Some(13), Some((PR, "119"));
    /// As many visits as allowed.
    CounterVisit { maximum: u32, count: u32 } = "counter.visit", Rejects, Some(12), Some((PR, "119"));
    /// No line passed.
    NoLinePassed = "claim.no_line_passed", Rejects, None, None;

    // Lines (SEMANTICS 3).
    /// Not in the register at the visit.
    RegisterUnknown = "register.unknown", Rejects, Some(1), Some((CO, "181"));
    /// Not in the facility's price list at the visit.
    PriceListAbsent = "price_list.absent", Rejects, Some(2), Some((CO, "170"));
    /// The facility gives no such care.
    CareTypeFacility { facility: &'static str, element: &'static str } = "care_type.facility", Rejects, Some(10), Some((CO, "58"));
    /// The facility takes no in-patients.
    CareTypeStay { facility: &'static str } = "care_type.stay", Rejects, Some(10), Some((CO, "58"));
    /// The care does not match the stay.
    CareTypeMismatch { element: &'static str } = "care_type.mismatch", Rejects, Some(10), Some((CO, "58"));
    /// Not for this sex.
    PatientSex { sex: &'static str } = "patient.category.sex", Rejects, Some(4), Some((CO, "7"));
    /// Not for this age group.
    PatientAge { group: &'static str } = "patient.category.age", Rejects, Some(4), Some((CO, "6"));
    /// No covering product pays for it.
    CoverageNone = "coverage.none", Rejects, Some(3), Some((PR, "204"));
    /// Outside the product's ages.
    ProductAge { product: ProductId, age: i32 } = "product.age", Rejects, Some(3), Some((PR, "204"));
    /// Waiting period not over.
    Waiting { product: ProductId, joined: Day, months: u16, until: Day } = "waiting", Rejects, Some(17), Some((PR, "179"));
    /// Quantity used up.
    QuantityExhausted { product: ProductId, limit: Units, used: Units } = "quantity.limit", Rejects, Some(16), Some((PR, "119"));
    /// Too soon after (or before) the same care.
    Frequency { days: u32, gap: i32, other: Day } = "frequency", Rejects, Some(5), Some((CO, "119"));
    /// A reviewer rejected it.
    ReviewRejected { reviewer: ReviewerOf } = "review.rejected", Rejects, Some(-1), Some((CO, "50"));
    /// It arrived rejected.
    RejectedBefore { reason: i16 } = "rejected.before", Rejects, Some(reason), Some((OA, "96"));
    /// The package was not given as listed.
    PackageMismatch { component: ElementId, expected: Units, given: Units } = "package.mismatch", Rejects, None, Some((CO, "16"));
    /// Less than asked is left of a limit.
    QuantityTrimmed { asked: Units, allowed: Units, limit: Units, used: Units } = "quantity.trimmed", Reduces, Some(16), Some((PR, "119"));
    /// More than one line may have.
    QuantityOverRegister { asked: Units, maximum: Units } = "quantity.register_maximum", Reduces, Some(16), Some((PR, "119"));
    /// A reviewer's verdict replaced a check.
    OverrideApplied { check: &'static str, reviewer: ReviewerOf } = "review.override", Informs, None, None;

    // Findings about the claim.
    /// The birth date is not known.
    AgeUnknown = "person.age_unknown", Informs, None, None;
    /// The visit lies outside the scheme's own dates.
    SchemeNotEffective { visit: Day } = "scheme.not_effective", Informs, None, None;
    /// The request names a product that the scheme does not have.
    ProductUnknown { policy: PolicyIndex } = "coverage.product_unknown", Informs, None, None;

    // Steps of the claim.
    /// What the claim is counted as.
    Category { category: &'static str } = "step.category", Informs, None, None;
    /// Hospital visit or not, for a product.
    HospitalVisit { product: ProductId, visit: &'static str } = "step.hospital_visit", Informs, None, None;
    /// A policy covers the visit.
    PolicyCovers { policy: PolicyIndex, product: ProductId } = "step.policy_covers", Informs, None, None;
    /// A policy is not in force at the visit.
    PolicyNotInForce { policy: PolicyIndex } = "step.policy_not_in_force", Informs, None, None;
    /// The patient is no member at the visit.
    NotMember { policy: PolicyIndex } = "step.not_member", Informs, None, None;
    /// The product pays for no such visit date.
    ProductNotValid { policy: PolicyIndex, product: ProductId } = "step.product_not_valid", Informs, None, None;
    /// A counter of the policy is used up.
    PolicyCounterFull { policy: PolicyIndex, category: &'static str, maximum: u32, count: u32 } = "step.policy_counter_full", Informs, None, None;
    /// The policy's filing deadline has passed.
    PolicyFilingLate { policy: PolicyIndex, deadline: u32, days: i32 } = "step.policy_filing_late", Informs, None, None;

    // Steps of a line.
    /// A row covers the line.
    Candidate { policy: PolicyIndex, product: ProductId, order: Day } = "step.candidate", Informs, None, None;
    /// A row is for the code, but does not cover the visit.
    RowDoesNotCover { policy: PolicyIndex, product: ProductId } = "step.row_does_not_cover", Informs, None, None;
    /// The row that pays, by percentage.
    ChosenCoInsurance { policy: PolicyIndex, product: ProductId, percent: Share } = "step.chosen_co_insurance", Informs, None, None;
    /// The row that pays, by fixed amount.
    ChosenFixed { policy: PolicyIndex, product: ProductId, amount: Money } = "step.chosen_fixed", Informs, None, None;
    /// The row that pays, without limit.
    ChosenUnlimited { policy: PolicyIndex, product: ProductId } = "step.chosen_unlimited", Informs, None, None;
    /// The price of one unit.
    Priced { origin: &'static str, source: &'static str, asked: Money, price: Money } = "step.priced", Informs, None, None;
    /// A package price capped the price of one unit.
    PackageCapped { asked: Money, price: Money } = "step.package_capped", Informs, None, None;
    /// The value before cost sharing.
    Valued { quantity: Units, price: Money, value: Money } = "step.valued", Informs, None, None;
    /// The fixed amount cut the value.
    FixedCut { amount: Money, quantity: Units, cut: Money } = "step.fixed_cut", Reduces, None, Some((PR, "45"));
    /// The deductible took its part.
    Deductible { took: Money, value: Money, limit: Money, used: Money, left: Money } = "step.deductible", Reduces, None, Some((PR, "1"));
    /// Co-insurance took its part.
    CoInsurance { percent: Share, value: Money, took: Money } = "step.co_insurance", Reduces, None, Some((PR, "2"));
    /// The category limit took its part.
    CategoryExcess { category: &'static str, limit: Money, used: Money, took: Money } = "step.category_excess", Reduces, None, Some((PR, "119"));
    /// The ceiling neither applied nor was consumed.
    CeilingExcluded { visit: &'static str } = "step.ceiling_excluded", Informs, None, None;
    /// The ceiling took its part.
    CeilingExcess { limit: Money, used: Money, took: Money } = "step.ceiling_excess", Reduces, None, Some((PR, "119"));
    /// The ceiling left room.
    CeilingRoom { limit: Money, used: Money, left: Money } = "step.ceiling_room", Informs, None, None;
    /// A limit for a large family.
    ExtraMembers { members: u32, above: u32, base: Money, extra: Money, amount: Money } = "step.extra_members", Informs, None, None;
    /// A limit raised for certain members.
    Supplemented { supplement: Symbol, members: u32, amount: Money } = "step.supplement", Informs, None, None;
    /// What is paid.
    Payable { amount: Money } = "step.payable", Informs, None, None;
    /// What is paid waits for the period's index.
    AwaitsIndex { weight: Money } = "step.awaits_index", Informs, None, None;
}

//! Every point where legitimate engines differ, as named data.
//!
//! A scheme takes a preset and may override single items by name. Stages ask the [`Conventions`]
//! they are given; nothing else in the engine knows which engine it is being. The table
//! [`DIFFERENCES`] lists each item with its meaning, its source and its value in every preset.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A named set of conventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Preset {
    /// What the rules evidently intend (SEMANTICS.md): the default.
    #[default]
    #[serde(rename = "standard")]
    Standard,
    /// The stored procedures of the legacy engine, with which the older schemes went live.
    #[serde(rename = "legacy-sql")]
    LegacySql,
}

/// One row of [`DIFFERENCES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Convention")]
pub struct Difference {
    /// Name of the item, as scheme documents write it.
    pub name: &'static str,
    /// What the item decides.
    pub meaning: &'static str,
    /// Where the rule was read.
    pub source: &'static str,
    /// The choice under `standard`.
    pub standard: &'static str,
    /// The choice under `legacy-sql`.
    pub legacy_sql: &'static str,
}

macro_rules! conventions {
    ($(
        $(#[doc = $meaning:literal])+
        #[source = $source:literal]
        $field:ident: $kind:ident = $standard:ident, legacy $legacy:ident {
            $($(#[doc = $choice_doc:literal])+ $choice:ident = $name:literal),+ $(,)?
        }
    )+) => {
        $(
            $(#[doc = $meaning])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
            pub enum $kind {
                $($(#[doc = $choice_doc])+ #[serde(rename = $name)] $choice,)+
            }

            impl $kind {
                /// The choice as documents write it.
                #[must_use]
                pub const fn name(self) -> &'static str {
                    match self { $(Self::$choice => $name,)+ }
                }
            }
        )+

        /// The conventions in force: one choice for every item.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
        pub struct Conventions {
            $($(#[doc = $meaning])+ pub $field: $kind,)+
        }

        /// The items on which a scheme deviates from its preset.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Overrides {
            $(
                $(#[doc = $meaning])+
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$kind>,
            )+
        }

        impl Conventions {
            /// `standard`: what the rules evidently intend.
            pub const STANDARD: Self = Self { $($field: $kind::$standard,)+ };
            /// `legacy-sql`: the stored procedures.
            pub const LEGACY_SQL: Self = Self { $($field: $kind::$legacy,)+ };

            /// The preset's choices, replaced where the scheme deviates.
            #[must_use]
            pub fn of(choice: &ConventionChoice) -> Self {
                let base = match choice.preset {
                    Preset::Standard => Self::STANDARD,
                    Preset::LegacySql => Self::LEGACY_SQL,
                };
                Self { $($field: choice.overrides.$field.unwrap_or(base.$field),)+ }
            }
        }

        impl Overrides {
            /// The overrides that choose what `preset` chooses anyway: name of the item, choice.
            pub(crate) fn same_as(
                &self,
                preset: &Conventions,
            ) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
                [$((stringify!($field), self.$field.filter(|c| *c == preset.$field).map($kind::name)),)+]
                    .into_iter()
                    .filter_map(|(name, choice)| Some((name, choice?)))
            }
        }

        /// Every item: meaning, source, and the choice of each preset.
        pub const DIFFERENCES: &[Difference] = &[
            $(Difference {
                name: stringify!($field),
                meaning: concat!($($meaning),+).trim_ascii(),
                source: $source,
                standard: $kind::$standard.name(),
                legacy_sql: $kind::$legacy.name(),
            },)+
        ];
    };
}

/// A preset and the items on which a scheme deviates from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConventionChoice {
    /// The preset.
    #[serde(default)]
    pub preset: Preset,
    /// Deviations from it.
    #[serde(default, skip_serializing_if = "Overrides::is_empty")]
    pub overrides: Overrides,
}

impl ConventionChoice {
    /// `standard` without deviations?
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Conventions {
    fn default() -> Self {
        Self::STANDARD
    }
}

impl Preset {
    /// As documents write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::LegacySql => "legacy-sql",
        }
    }
}

impl Overrides {
    /// No deviations?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

conventions! {
    /// In which order the lines of a claim are worked, and so take deductible and ceiling.
    #[source = "SEMANTICS 0; DOMAIN A.4 (items by id, then services by id)"]
    line_order: LineOrder = AsGiven, legacy ItemsFirst {
        /// In the order of the request.
        AsGiven = "as_given",
        /// Items before services, each in the order of the request.
        ItemsFirst = "items_first",
        /// Services before items, each in the order of the request.
        ServicesFirst = "services_first",
    }

    /// How age at the visit is counted.
    #[source = "DOMAIN A.0 Ages, E1"]
    age: AgeRule = CompletedYears, legacy YearDifference {
        /// Completed years in the scheme's calendar.
        CompletedYears = "completed_years",
        /// Year of the visit less year of birth.
        YearDifference = "year_difference",
    }

    /// Whether the kind of care of a service or item must match the stay.
    #[source = "SEMANTICS 3.3; DOMAIN A.2 3a, E2"]
    care_type: CareTypeRule = Facility, legacy FacilityAndStay {
        /// Only the facility's kind of care restricts.
        Facility = "facility",
        /// In-patient care needs a stay, out-patient care forbids one.
        FacilityAndStay = "facility_and_stay",
    }

    /// What sex `other`, or none stated, means for a restriction by sex.
    #[source = "SEMANTICS 10; DOMAIN A.0 patient mask"]
    other_sex: OtherSex = Either, legacy Male {
        /// Allowed where either sex is.
        Either = "either",
        /// Counts as male.
        Male = "male",
    }

    /// Whether hospitalization is a matter of the stay alone.
    #[source = "SEMANTICS 1; DOMAIN A.1, E10"]
    hospitalization: HospitalizationRule = StayOrService, legacy Stay {
        /// A stay, or a service of category hospitalization.
        StayOrService = "stay_or_service",
        /// A stay only.
        Stay = "stay",
    }

    /// Which claims a limit on the number of claims can reject.
    #[source = "SEMANTICS 2; DOMAIN A.2 3c, E9"]
    claim_counters: ClaimCounters = EveryClaim, legacy ClaimsWithServices {
        /// Every claim.
        EveryClaim = "every_claim",
        /// Only claims with at least one service.
        ClaimsWithServices = "claims_with_services",
    }

    /// What a line may have when a quantity limit is partly used.
    #[source = "SEMANTICS 3.6; DOMAIN A.2 3c, E5"]
    quantity_limit: QuantityLimit = Trim, legacy BlockWhenUsedUp {
        /// The remainder; the cut is shown.
        Trim = "trim",
        /// All it asks for while anything is left, then nothing.
        BlockWhenUsedUp = "block_when_used_up",
    }

    /// Which quantity of earlier lines counts against a limit.
    #[source = "SEMANTICS 3.6; DOMAIN E6"]
    quantity_counted: QuantityCounted = Approved, legacy Provided {
        /// Approved, else provided.
        Approved = "approved",
        /// Provided.
        Provided = "provided",
    }

    /// Whether earlier lines of the same claim count against quantity limits.
    #[source = "SEMANTICS 3.6; DOMAIN A.2 3c (other claims only)"]
    same_claim: SameClaim = Counts, legacy Ignored {
        /// They count, in line order.
        Counts = "counts",
        /// They do not.
        Ignored = "ignored",
    }

    /// Which covering rows a line may be assigned to.
    #[source = "SEMANTICS 4; DOMAIN A.3, E7"]
    candidates: Candidates = FaultFree, legacy AllCovering {
        /// Those without waiting or quantity fault for this line.
        FaultFree = "fault_free",
        /// Every covering policy's row valid at the visit, tested or not, once one is fault-free.
        AllCovering = "all_covering",
    }

    /// Which of several covering rows pays.
    #[source = "SEMANTICS 4; DOMAIN A.3, B.4"]
    assignment: AssignmentRule = BestForPatient, legacy BestForPatient {
        /// The one that leaves the patient less.
        BestForPatient = "best_for_patient",
        /// The one that costs the scheme less.
        BestForScheme = "best_for_scheme",
        /// The first in candidate order.
        ProductPriority = "product_priority",
    }

    /// Which price co-insurance and fixed amounts are compared at.
    #[source = "SEMANTICS 4; DOMAIN A.3, E15"]
    assignment_price: AssignmentPrice = Effective, legacy HigherOfAskedAndApproved {
        /// The price each row would pay at.
        Effective = "effective",
        /// The higher of asked and approved price.
        HigherOfAskedAndApproved = "higher_of_asked_and_approved",
    }

    /// When a fixed amount counts as covering the whole price.
    #[source = "SEMANTICS 4; DOMAIN A.3 rule 1"]
    fixed_covers: FixedCovers = AtThePrice, legacy AboveThePrice {
        /// From the price on.
        AtThePrice = "at_the_price",
        /// Only above it.
        AboveThePrice = "above_the_price",
    }

    /// What an unlimited fixed amount pays.
    #[source = "DOMAIN A.4 step 2, M8"]
    unlimited_fixed: UnlimitedFixed = InFull, legacy Nothing {
        /// The price in full.
        InFull = "in_full",
        /// Nothing: chosen as unlimited, then paid as 0.
        Nothing = "nothing",
    }

    /// The co-insurance of items for which none is stated.
    #[source = "DOMAIN A.3, E13"]
    unstated_item_co_insurance: UnstatedCoInsurance = Hundred, legacy Zero {
        /// 100 %, as for services.
        Hundred = "hundred",
        /// 0 %.
        Zero = "zero",
    }

    /// Whether package services are priced by their content.
    #[source = "SEMANTICS 5; DOMAIN M20"]
    packages: Packages = ByContent, legacy AsServices {
        /// Fixed packages cap, provided packages check the content.
        ByContent = "by_content",
        /// As ordinary services.
        AsServices = "as_services",
    }

    /// What is written to the ledger when several policies pay one claim.
    #[source = "SEMANTICS 6; DOMAIN A.4, M13"]
    consumption: ConsumptionRule = EveryPolicy, legacy LastPolicy {
        /// One entry for each policy that paid.
        EveryPolicy = "every_policy",
        /// One entry, of the last policy only.
        LastPolicy = "last_policy",
    }

    /// Whether a claim already accepted under the same code is refused.
    #[source = "SEMANTICS 1; DOMAIN A.0 code 6 (never raised)"]
    duplicates: Duplicates = Refused, legacy Accepted {
        /// Refused.
        Refused = "refused",
        /// Adjudicated again.
        Accepted = "accepted",
    }

    /// Whether dates that contradict each other reject the claim.
    #[source = "SEMANTICS 1; DOMAIN A.2 1, E11"]
    contradictory_dates: ContradictoryDates = Rejected, legacy Ignored {
        /// Claimed before care began, or care ended before it began: rejected.
        Rejected = "rejected",
        /// Only a missing date rejects.
        Ignored = "ignored",
    }

    /// Which reason a claim without any covering policy has.
    #[source = "SEMANTICS 1; DOMAIN E12"]
    no_coverage: NoCoverage = ClaimAndLines, legacy LinesOnly {
        /// 21 at the claim, 3 at its lines.
        ClaimAndLines = "claim_and_lines",
        /// 3 at its lines only.
        LinesOnly = "lines_only",
    }

    /// The day on which the age of members is counted for a premium.
    #[source = "DOMAIN A.8 (age as of today); OPENIMIS P2"]
    premium_age: PremiumAge = AtEnrolment, legacy AsOf {
        /// The day of enrolment.
        AtEnrolment = "at_enrolment",
        /// The day that the request gives as `as_of`.
        AsOf = "as_of",
    }

    /// Which members stay when a household has more than the product allows.
    #[source = "DOMAIN A.8 members, B.3 P1"]
    members_kept: MembersKept = AdultsFirst, legacy FirstRegistered {
        /// Adults, then children, then other relatives who are children, then other relatives.
        AdultsFirst = "adults_first",
        /// Who joined first.
        FirstRegistered = "first_registered",
        /// In the order of the request.
        AsGiven = "as_given",
    }

    /// How members above the threshold are charged when there is no lump sum.
    #[source = "SEMANTICS 8; DOMAIN A.8, B.3 P2"]
    premium_extras: PremiumExtras = Once, legacy Twice {
        /// Once, like every member.
        Once = "once",
        /// Once with everyone, and once more as extra members.
        Twice = "twice",
    }

    /// Whether a premium has decimals.
    #[source = "DOMAIN A.8, B.3 P3"]
    premium_decimals: PremiumDecimals = Kept, legacy Dropped {
        /// As many as the currency.
        Kept = "kept",
        /// None: whole units, towards zero.
        Dropped = "dropped",
    }

    /// Whether someone who enrols on the last day for a cycle is still in it.
    #[source = "DOMAIN A.9 cycles, B.3 P4"]
    cycle_boundary: CycleBoundary = Inclusive, legacy Exclusive {
        /// Yes: the cycle begins on or after the day of enrolment less the grace period.
        Inclusive = "inclusive",
        /// No: the day of enrolment comes before the cycle's beginning plus the grace period.
        Exclusive = "exclusive",
    }

    /// Which grace period lets a renewal join a cycle that has begun.
    #[source = "DOMAIN A.9 cycles, B.3 P4"]
    cycle_grace: CycleGrace = ByStage, legacy EnrolmentOnly {
        /// That for renewals.
        ByStage = "by_stage",
        /// That for enrolment, as for new policies.
        EnrolmentOnly = "enrolment_only",
    }

    /// From which day a paid policy covers.
    #[source = "DOMAIN A.9 activation, B.3 P6"]
    cover_begins: CoverBegins = LaterOfStartAndPayment, legacy LaterOfStartAndPayment {
        /// Its start, or the last payment needed or enforcement if that is later.
        LaterOfStartAndPayment = "later_of_start_and_payment",
        /// Its start, whenever it was paid.
        Start = "start",
        /// The day of the payment or enforcement, even before its start.
        Payment = "payment",
        /// The day of the payment if more was paid than asked or it was enforced; else the later
        /// of start and payment.
        PaymentIfMore = "payment_if_more",
    }

    /// What a period earns of a contribution.
    #[source = "SEMANTICS 8; DOMAIN A.6 allocated premium, B.2 B3"]
    earned_premium: EarnedPremium = DayByDay, legacy DaysBetween {
        /// Its days of all the days, both ends counted: the periods together earn the contribution.
        DayByDay = "day_by_day",
        /// Its days, both ends counted, of the days from the first to the last, rounded for each
        /// period: the periods together earn a day more than the contribution.
        DaysBetween = "days_between",
    }

    /// How a pot is divided over lines or facilities.
    #[source = "SEMANTICS 8; DOMAIN A.6 index, A.7"]
    pot_division: PotDivision = Exact, legacy Rounded {
        /// To the last unit: what is paid adds up to the pot.
        Exact = "exact",
        /// Each share for itself: a line's amount times the index of four decimals, a facility's
        /// exact share of an indicator, each rounded; what is paid may differ from the pot.
        Rounded = "rounded",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_replace_single_items() {
        let choice: ConventionChoice = serde_json::from_str(
            r#"{"preset":"legacy-sql","overrides":{"packages":"by_content"}}"#,
        )
        .unwrap();
        let conventions = Conventions::of(&choice);
        assert_eq!(conventions.packages, Packages::ByContent);
        assert_eq!(
            Conventions {
                packages: Packages::AsServices,
                ..conventions
            },
            Conventions::LEGACY_SQL
        );
    }

    #[test]
    fn every_difference_has_meaning_and_source() {
        for difference in DIFFERENCES {
            assert!(!difference.meaning.is_empty() && !difference.source.is_empty());
        }
    }
}

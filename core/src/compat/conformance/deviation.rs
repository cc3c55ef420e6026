//! What the other engine is known to do otherwise, by name.

use serde::{Deserialize, Serialize};

macro_rules! deviations {
    ($($(#[doc = $meaning:literal])+ $variant:ident = $name:literal, $numbers:literal;)+) => {
        /// A named deviation of the Python release of openIMIS from the `standard` conventions.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Deviation {
            $($(#[doc = $meaning])+ #[serde(rename = $name)] $variant,)+
        }

        impl Deviation {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What the other engine does.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($meaning),+),)+ }
            }

            /// Its numbers in the list of deviations that was drawn up by running the engine;
            /// empty for those found here.
            #[must_use]
            pub const fn numbers(self) -> &'static str {
                match self { $(Self::$variant => $numbers,)+ }
            }
        }
    };
}

deviations! {
    // Money.
    /// The cents of every line are dropped before anything else.
    IntTruncation = "int_truncation", "1";
    /// A line wholly inside the deductible is charged to it and paid in full.
    DeductibleNotSubtracted = "deductible_not_subtracted_when_larger", "2";
    /// Everybody counts as an adult for ceiling exclusions.
    IsAdultNotCalled = "is_adult_not_called", "3";
    /// Lines outside the ceiling are missing from the claim's totals.
    ExcludedLinesMissing = "excluded_lines_missing_from_totals", "4";
    /// A policy counts as one member, and extra amounts follow from that.
    PolicyMembers = "policy_members_counts_policies", "5";
    /// Every policy that pays a line works all lines, and the totals add up.
    EveryLineForEveryPolicy = "every_line_for_every_policy", "6, 52";
    /// Closed rows of what was consumed still count.
    ArchivedDedrems = "archived_dedrems_counted", "8";
    /// The excess over a category's limit is not stored.
    CategoryExcessNotStored = "exceed_ceiling_amount_category_not_stored", "9";
    /// A product is chosen for its fixed limit, but the co-insurance of another is written and used.
    CoInsuranceFlagKept = "coinsurance_flag_kept", "10";
    /// A co-insurance of 0 pays in full.
    ZeroIsAbsent = "zero_is_absent", "11";
    /// An approved quantity of 0 is paid as provided.
    QtyApprovedZeroPaid = "qty_approved_zero_paid", "12";
    /// Amounts are rounded once, on storing, through binary fractions.
    FloatRounding = "float_rounding_on_save", "13";
    /// A product with ceilings in several scopes takes the policy's amount with another scope's use.
    PolicyCeilingScope = "policy_ceiling_with_insuree_consumption", "15";
    /// Without an interpretation of the ceiling no visit is a hospital visit.
    NullInterpretation = "null_interpretation_is_never_hospital", "";
    /// The category that a claim arrives with is used for limits.
    GivenCategory = "given_category_kept", "37, 46";
    // Prices.
    /// The price that a reviewer approved is used but not stored as the adjusted price.
    ApprovedPriceNotStored = "approved_price_not_stored", "";
    /// A closed price-list row that covers the day wins over the current one; one that begins later
    /// that day breaks the engine down.
    PriceHistory = "price_history_row_wins", "16";
    /// A package whose content differs is paid 0 instead of rejected, is not checked at claimed
    /// prices, and is capped at a stored price.
    PackageMismatch = "package_mismatch_price", "17";
    // Crashes.
    /// A value of zero with more decimals than a column breaks the engine down.
    ZeroWithDecimals = "zero_with_decimals_crash", "14";
    /// A missing threshold breaks the engine down.
    ThresholdNull = "threshold_null_crash", "20";
    /// Consumption without a hospital or other part breaks the engine down.
    NullDedrem = "null_dedrem_crash", "21, 49";
    /// Policies with and without a deductible break the engine down.
    MergeDeductible = "merge_deductible_crash", "22, 50";
    /// A missing limit breaks the choice between co-insurance and fixed limit down.
    NullLimit = "null_limit_crash", "23";
    // Eligibility.
    /// Waiting periods ignore when a person joined.
    WaitingIgnoresPerson = "waiting_period_ignores_insuree_dates", "25";
    /// Months are added as lengths of the current month.
    MonthArithmetic = "month_arithmetic", "26";
    /// Quantity limits: every covering product's apply, lines of one claim are not added up, and a
    /// reviewer's quantity is tested and cut.
    QuantityLimits = "quantity_limits_of_every_product", "27";
    /// Frequency counts from exactly the distance on, any later claim, and only claims within
    /// the dates of current policies.
    FrequencyWindow = "frequency_window", "28";
    /// Frequency is tested before coverage and quantity.
    FrequencyFirst = "frequency_tested_first", "";
    /// Earlier claims without category are not counted as visits.
    NullCategory = "null_category_not_counted", "29, 46";
    /// A full counter is reported, but the claim and its lines are not changed.
    CountNotSaved = "count_rejection_not_saved", "30, 47";
    /// With a second policy, a full counter leaves a reason but the claim is paid.
    CountEscaped = "count_limit_escaped", "30, 31";
    /// Policy rows written after the visit do not cover it.
    PolicyRowLater = "policy_row_written_later", "32";
    /// Membership rows that were closed after the visit cover it.
    MembershipClosed = "membership_closed_later_covers", "";
    /// A line without type of limitation stops the claim before anything is stored.
    LimitationNullStops = "null_limitation_stops_claim", "33";
    /// Reasons of the header are stored otherwise, and the lines stay passed.
    HeaderReasons = "header_reasons", "34";
    /// Care may end before it began.
    ReversedDates = "reversed_dates_accepted", "35";
    /// An item or service that was ever closed is rejected.
    ElementClosed = "closed_element_rejected", "36";
    /// An item or service that begins after the start of the day is rejected for its date.
    ElementNotYet = "element_not_yet_valid", "";
    /// A product's row for an item or service that was ever closed covers nothing.
    BenefitClosed = "closed_benefit_covers_nothing", "";
    /// A line that arrives rejected without a reason is paid.
    RejectedResurrected = "rejected_status_resurrected", "38";
    /// A line that arrives with a reason but passed is left out, but stays passed.
    ReasonKeepsStatus = "reason_keeps_status", "";
    /// Gender O is male.
    GenderOther = "gender_other_is_male", "39";
    /// The product is chosen by limits alone: highest percentage, highest amount, first in the
    /// order of policies.
    CandidateChoice = "candidate_choice_by_limits", "40, 51";
    // Sequences.
    /// Earlier claims were decided otherwise, so less or more was left.
    Carried = "carried_from_earlier_claims", "";
}

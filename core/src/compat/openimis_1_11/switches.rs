//! Every way in which openIMIS 1.11 deviates from `standard`, as one named switch in one table.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::{Deviates as _, Set, switch_table};
use crate::error::Error;

switch_table! {
    /// A deviation of openIMIS 1.11 from the `standard` conventions.
    Switch
    /// Every switch for claims, with its meaning and its source.
    ///
    /// Findings without a switch of their own are the same in `standard` (order of steps 18,
    /// relative lines 19 and 53, exhausted ceilings 48, rejected claims in the history 54), or
    /// another view of one that is here (review after submission 45 of 41; 47 of 30; 49 of 21;
    /// 50 of 22; 51 of 40; 52 of 6).
    SWITCHES {
    // Money.
    /// The cents of every line are dropped before anything else.
    IntTruncation = "int_truncation", "V:434; A1";
    /// A line wholly inside the deductible is charged to it and paid in full.
    DeductibleNotSubtracted = "deductible_not_subtracted_when_larger", "V:446-461; A2";
    /// Everybody counts as an adult for ceiling exclusions.
    IsAdultNotCalled = "is_adult_not_called", "V:566-581; A3";
    /// Lines outside the ceiling are missing from the claim's total.
    ExcludedLinesMissing = "excluded_lines_missing_from_totals", "V:586; A4, S48";
    /// A policy counts as one member, whatever the family.
    PolicyMembers = "policy_members_counts_policies", "V:147-154, V:281; A5";
    /// Every policy that pays a line works all lines, and the totals add up.
    EveryLineForEveryPolicy = "every_line_for_every_policy", "V:1024-1077; A6, S52";
    /// What a claim consumed of its category is stored only where the category has a limit.
    CategoryHistoryNeverLoaded = "category_history_never_loaded", "V:157-177; A7";
    /// Closed rows of what was consumed still count.
    ArchivedDedrems = "archived_dedrems_counted", "V:180-184; A8";
    /// The excess over a category's limit is not stored.
    CategoryExcessNotStored = "exceed_ceiling_amount_category_not_stored", "V:611-627; A9";
    /// A row is chosen for its fixed limit, but the co-insurance of another is written and used.
    CoInsuranceFlagKept = "coinsurance_flag_kept", "V:853-858; A10";
    /// A co-insurance of 0 pays in full.
    ZeroIsAbsent = "zero_is_absent", "V:474-478; A11";
    /// An approved quantity of 0 is paid as provided.
    QtyApprovedZeroPaid = "qty_approved_zero_paid", "V:1043; A12";
    /// Amounts are rounded once, on storing, through binary fractions.
    FloatRounding = "float_rounding_on_save", "core/validation/base.py:64-71; A13";
    /// A zero with more decimals than its column breaks the engine down.
    ZeroWithDecimals = "zero_with_decimals_crash", "core/validation/base.py:64-71; A14";
    /// With ceilings in several scopes the policy's amount meets another scope's use.
    PolicyCeilingScope = "policy_ceiling_with_insuree_consumption", "V:199-222, V:2014-2031; A15";
    /// A closed price-list row that covers the day wins over the current one for pricing.
    PriceHistory = "price_history_row_wins", "U:323-327; A16";
    /// A price-list row that begins later that day lists the line but has no price: breakdown.
    PriceSameDay = "price_row_of_same_day_crash", "U:323-327, V:1108-1131; A16";
    /// A package whose content differs is paid 0 instead of rejected, is not checked at claimed
    /// prices, and is capped at the register's price at claimed prices only.
    PackageMismatch = "package_mismatch_price", "V:381-419; A17";
    /// With several policies a claim waits for the index only if each has a relative line.
    RelativeFlagAnded = "relative_flag_anded", "V:1086; A19";
    /// Without an interpretation of the ceiling no visit is a hospital visit.
    NullInterpretation = "null_interpretation_is_never_hospital", "V:137-144";
    /// The price that a reviewer approved is used but not stored as the adjusted price.
    ApprovedPriceNotStored = "approved_price_not_stored", "V:613";

    // Breakdowns.
    /// A missing threshold breaks the engine down where a policy has a ceiling.
    ThresholdNull = "threshold_null_crash", "V:200, V:248; B20";
    /// Consumption without a hospital or other part breaks the engine down.
    NullDedrem = "null_dedrem_crash", "V:646-652, V:2019-2027; B21, S49";
    /// Policies with and without a deductible in one claim break the engine down.
    MergeDeductible = "merge_deductible_crash", "V:1081-1095; B22, S50";
    /// A missing limit breaks the choice between co-insurance and fixed limit down.
    NullLimit = "null_limit_crash", "V:892-895; B23";
    /// Through the service, a full counter breaks the engine down.
    QuerysetRemove = "queryset_remove_crash", "S:635, V:1148; B24, S46";

    // Eligibility.
    /// Waiting, quantities and counters go by the policy's dates, not by when a person joined.
    WaitingIgnoresPerson = "waiting_period_ignores_insuree_dates", "V:941; C25";
    /// Each month that is added is as long as the month that the day then lies in.
    MonthArithmetic = "month_arithmetic", "core/datetimes/shared.py:41-44; C26";
    /// Waiting periods and quantity limits of every covering row apply, whichever pays; the ages
    /// of a product do not.
    EveryCandidateApplies = "limits_of_every_product", "V:1717-1818; C27";
    /// A quantity that is cut replaces the provided one.
    PartialQuantityOverwrites = "partial_quantity_overwrites", "V:1884-1888; C27, S54";
    /// Lines of one claim are not added up against quantity limits.
    SameClaimNotAdded = "same_claim_not_added_up", "V:1872-1881; C27";
    /// A reviewer's quantity is tested and cut.
    ReviewedQuantityLimited = "reviewed_quantity_limited", "V:1877-1888; C27";
    /// Frequency looks only at care within the dates of the policies that cover the visit.
    FrequencyWithinPolicies = "frequency_within_policies", "V:1206-1290; C28";
    /// Frequency counts any later care, however much later.
    FrequencyLater = "frequency_counts_later_care", "V:1630-1663; C28";
    /// Care exactly the frequency apart is too soon.
    FrequencyExact = "frequency_at_exact_distance", "V:1630-1663; C28";
    /// Frequency is tested before coverage, waiting and quantity.
    FrequencyFirst = "frequency_tested_first", "V:1403-1493; C28";
    /// Earlier claims without category are not counted as visits.
    NullCategory = "null_category_not_counted", "V:1948, V:1964; C29";
    /// A full counter is reported, but the claim and its lines stay as they were.
    CountNotSaved = "count_rejection_not_saved", "V:1134-1155; C30, S47";
    /// Policies with full counters leave a list that is being walked: the next one escapes, and
    /// the reason stays at a claim that is paid.
    CountEscapes = "count_limit_escaped_by_next_policy", "V:1134-1148; C30";
    /// Each membership row of a person is a policy of its own, so a full counter of the one policy
    /// is not reported.
    InsureePolicyTwice = "insuree_policy_twice", "U:74-85; C31";
    /// Policy and membership rows written after the visit do not cover it.
    PolicyRowLater = "policy_row_written_later", "U:77; C32";
    /// Policy and membership rows that were closed after the visit cover it.
    ClosedLaterCovers = "rows_closed_later_cover", "U:77-78";
    /// A row without type of limitation is found, stops the claim, and nothing is rejected.
    LimitationNullStops = "null_limitation_stops_claim", "V:803-813; C33";
    /// Faults of the header reject the claim as not covered; its lines keep their status.
    HeaderReasons = "header_reasons", "V:1149-1153; C34";
    /// Care may end before it began.
    ReversedDates = "reversed_dates_accepted", "V:1666-1679; C35";
    /// An item or service that was ever closed is rejected.
    ElementClosed = "closed_element_rejected", "V:1495-1540; C36";
    /// An item or service that begins after the start of the day is rejected for its date.
    ElementNotYet = "element_not_yet_valid", "V:1495-1540";
    /// A price list that was ever closed is empty.
    PriceListClosed = "closed_price_list_is_empty", "V:1108-1131";
    /// A product's row counts while it is current, whatever its dates.
    BenefitClosed = "benefit_row_must_be_current", "V:921-925";
    /// Only services of the price list give a claim its category.
    CategoryNeedsPriceList = "category_needs_pricelist", "V:1123-1133; C37";
    /// The category that a claim arrives with is used.
    GivenCategory = "given_category_kept", "V:1983-1984; C37";
    /// `other` is a category of its own, not a visit.
    OtherCategory = "other_category_is_its_own", "V:1985-2011; C37";
    /// A line that arrives rejected without a reason is paid.
    RejectedResurrected = "rejected_status_resurrected", "V:92-108; C38";
    /// A line that arrives with a reason is left as it is, even if it is not rejected.
    ReasonUntouched = "line_with_reason_untouched", "V:92-108; C38";
    /// Gender O is male; who has no birth date is a child, and where care is for some patients only,
    /// a missing gender or birth date breaks the engine down.
    GenderOther = "gender_other_is_male", "core/utils.py:222-243; C39";
    /// The row is chosen by limits alone: highest percentage, highest amount, first in order.
    CandidateChoice = "candidate_choice_by_limits", "V:869-885, V:1054-1062; C40, S51";
    /// Processing stores neither category nor `valuated`.
    CategoryNotStored = "category_not_stored_on_direct_path", "S:587; S46";

    // Service flow.
    /// Submission stores no money, and processing pays the sum of price by quantity.
    FlowPaysGross = "flow_pays_gross", "S:638, S:682-700; D41, D45";
    /// Items are added once for each service, and services once for each item.
    ApprovedCrossJoin = "approved_cross_join", "U:109-122; D42";
    /// The sum counts rejected lines.
    ApprovedCountsRejected = "approved_counts_rejected_line", "U:109-122; D43";
    /// A claim rejected at submission is validated again, without its rejected lines.
    RejectedRevalidated = "rejected_claim_becomes_valuated", "S:617-663; D44";
}}

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Switch {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Switch::ALL.iter().find(|switch| switch.name() == text);
        found.copied().ok_or_else(|| {
            Error::new(
                "switch.unknown",
                "switches",
                format!("`{text}` is no switch of openimis-1.11"),
            )
            .with_help("`adjudica conventions` lists them")
        })
    }
}

impl Serialize for Switch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Switch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A set of switches for claims.
pub type Switches = Set<Switch>;

#[cfg(test)]
mod tests {
    use super::super::table::assert_complete;
    use super::*;

    #[test]
    fn the_table_is_complete_and_its_names_are_read_back() {
        assert_complete::<Switch>(SWITCHES);
        for switch in Switch::ALL {
            assert_eq!(switch.name().parse::<Switch>().unwrap(), *switch);
        }
        assert!("ghost".parse::<Switch>().is_err());
    }

    #[test]
    fn sets_add_and_remove() {
        let set = Switches::NONE.with(Switch::FlowPaysGross);
        assert!(set.has(Switch::FlowPaysGross) && !set.has(Switch::IntTruncation));
        assert_eq!(set.without(Switch::FlowPaysGross), Switches::NONE);
    }
}

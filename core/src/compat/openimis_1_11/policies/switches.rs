//! How openIMIS 1.11 deviates from `standard` in periods and premiums.

use super::super::table::{Set, switch_table};

switch_table! {
    /// A deviation of openIMIS 1.11 from `standard` in the period or value of a policy.
    PolicySwitch
    /// Every switch for policies, with its meaning and its source (lines of policy 1.11.0
    /// `values.py`).
    ///
    /// Finding P5 (the value is worked out twice) changes nothing and has no switch.
    POLICY_SWITCHES {
    // The period.
    /// Each month that is added or taken away is as long as the month that the day then lies in.
    MonthArithmetic = "policy_month_arithmetic", "core/datetimes/shared.py:41-60, values.py:29-79; P4, C26";
    /// The first cycle in the order of its columns, not of the year, is chosen.
    CycleColumnOrder = "cycle_column_order", "values.py:50-62; P4";
    /// A renewal begins when it is asked for, even while the previous policy runs.
    RenewalStart = "renewal_ignores_previous_policy", "values.py:29-62; DOMAIN A.9";
    /// A cycle on a day that the year does not have breaks the engine down.
    CycleDayCrash = "cycle_day_crash", "values.py:24, values.py:59";
    /// Without a first cycle the engine breaks down when no cycle of the year is left.
    FirstCycleCrash = "first_cycle_missing_crash", "values.py:58-62";
    /// With the Nepali calendar, cycles are those of the year of today, not of enrolment.
    NepaliYearOfToday = "nepali_cycle_year_of_today", "values.py:16-22; DOMAIN B.3 P5";
    /// With the Nepali calendar, the first cycle of the next year is read as a Gregorian date.
    NepaliNextYear = "nepali_next_year_is_gregorian", "values.py:58-62; DOMAIN B.3 P5";
    /// With the Nepali calendar, months, years and ages are still Gregorian.
    NepaliMonths = "nepali_months_are_gregorian", "values.py:29-79, values.py:97; DOMAIN B.3 P5";

    // The premium.
    /// Other relatives are not told apart: they count in the lump sum.
    OthersNotSeparated = "other_relatives_not_separated", "values.py:81-90; P1";
    /// Ages are those of today, not of the day of enrolment.
    AgeOfToday = "age_of_today", "values.py:97-99; P2";
    /// On the birthday of majority a member is still a child.
    BirthdayIsChild = "child_on_the_birthday", "values.py:81-90; P2";
    /// A member without birth date breaks the engine down.
    BirthDateCrash = "birth_date_missing_crash", "values.py:87";
    /// Without lump sum, members above the threshold are not charged.
    ExtrasFree = "extra_members_free_without_lump_sum", "values.py:162-175; DOMAIN B.3 P2";
    /// The value keeps every decimal of a discount.
    NotRounded = "policy_value_not_rounded", "values.py:201-216; DOMAIN B.3 P3";
    /// A renewal without previous policy breaks the engine down where there is a discount for
    /// renewals.
    PreviousCrash = "previous_policy_missing_crash", "values.py:205-216; P3";
    /// A maximum of 0 members means any number, and warns of every family.
    ZeroMaximumWarns = "zero_maximum_warns", "values.py:268-275";
}}

/// A set of switches for policies.
pub type PolicySwitches = Set<PolicySwitch>;

#[cfg(test)]
mod tests {
    use super::super::super::table::assert_complete;
    use super::*;

    #[test]
    fn the_table_is_complete() {
        assert_complete::<PolicySwitch>(POLICY_SWITCHES);
    }
}

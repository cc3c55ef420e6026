//! How the enquiry of openIMIS 1.11 deviates from `standard`.

use crate::compat::openimis_1_11::table::switch_table;

switch_table! {
    /// A deviation of openIMIS 1.11's enquiry from the `standard` conventions.
    EligibilitySwitch
    /// Every switch of the enquiry. Line numbers are those of policy 1.11.0 `services.py`.
    ///
    /// Findings without a switch: the cache of answers (Q2) is filled in a form that is never found
    /// again, so it changes nothing; ceilings of out-patient treatments (Q3) and the maximum for
    /// large families (Q4) belong to another service, whose columns an enquiry does not have.
    ELIGIBILITY_SWITCHES
    {
        /// Without an earlier accepted claim for the same care, neither waiting period nor quantity
        /// limit is found.
        NeedsEarlierClaim = "earlier_claim_needed", "P:831-855; E1, Q1";
        /// A policy of any status and of any time answers; of several the last to expire.
        AnyPolicyAnswers = "policy_of_any_status_answers", "P:948-1050; E2";
        /// Waiting periods and limits are those of active policies, whatever their dates.
        AnyDates = "dates_of_cover_not_looked_at", "P:818-830";
        /// Limits of policies whose claims of the category are used up are shown, too.
        ClosedPolicies = "claims_left_do_not_close_policies", "P:818-830";
        /// A policy that has expired since does not show its limits.
        ActiveOnly = "expired_policies_not_found", "P:819";
        /// What is found decides whether it is covered: register, price list, patient, kind of
        /// care, frequency and cover itself are not looked at; claims and amounts left only for
        /// surgery, delivery and consultation.
        FoundDecides = "cover_not_looked_at", "P:1128-1181";
        /// What was not asked about is said to be covered, or not if there is no policy.
        NotAskedAnswered = "answer_for_what_was_not_asked", "P:1061-1075, P:1176-1181; E3";
        /// The largest quantity left in any row whose waiting period is over; unlimited if one is.
        LargestLeft = "largest_quantity_of_all_rows", "P:885-896";
        /// Quantities below nothing are shown as such, and count as something left.
        BelowNothing = "quantity_left_below_nothing", "P:873, P:1178";
        /// Quantities of all times count, not only of the membership.
        QuantityOfAllTimes = "quantity_of_all_times", "P:831-855";
        /// Rows that look alike add up what was used once for each.
        RowsAddUp = "alike_rows_add_up", "P:855-873";
        /// Lines that passed but carry a reason of rejection count.
        ReasonNotLookedAt = "reason_of_line_not_looked_at", "P:842-848";
        /// The end of a waiting period is shown even if it is over, or was none.
        OverIsShown = "waiting_shown_when_over", "P:860-883";
        /// Renewed policies wait anew.
        RenewedWait = "renewed_policies_wait", "P:860-864";
        /// Who has no birth date is a child.
        UnknownAgeIsChild = "unknown_age_is_child", "insuree/models.py:246-250";
        /// Claims of all times count, not only of the membership.
        ClaimsOfAllTimes = "claims_of_all_times", "P:901-912";
        /// Claims without category, or of the category `other`, are not counted as visits.
        NullCategory = "visits_without_category_not_counted", "P:904";
        /// Claims of which every service was rejected are not counted.
        RejectedServices = "claims_of_rejected_services_not_counted", "P:906-912";
        /// A negative number of claims allows none.
        NegativeIsNone = "negative_number_allows_none", "P:1078-1112";
        /// An amount of zero is shown, and allows nothing.
        ZeroAmount = "zero_amount_allows_nothing", "P:1114-1167";
        /// Codes are found in any case.
        AnyCase = "code_in_any_case", "P:804-813";
        /// A person or code that the register does not have breaks the enquiry down.
        UnknownBreaks = "unknown_breaks_down", "P:804-813, P:914-916";
    }
}

/// A set of switches of the enquiry.
pub type EligibilitySwitches = super::super::Set<EligibilitySwitch>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compat::openimis_1_11::table::assert_complete;

    #[test]
    fn the_table_is_complete() {
        assert_complete::<EligibilitySwitch>(ELIGIBILITY_SWITCHES);
    }
}

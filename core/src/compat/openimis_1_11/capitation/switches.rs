//! Every way in which openIMIS 1.11 deviates from `standard` when it pays by capitation.

use super::super::table::switch_table;

switch_table! {
    /// A deviation of openIMIS 1.11 from the `standard` conventions for capitation.
    CapitationSwitch
    /// Every switch for capitation, with its meaning and its source (functions of
    /// calcrule_capitation_payment 1.10.0 `utils.py`).
    CAPITATION_SWITCHES {
    /// Nobody counts as insured in the whole, so the insured have a unit price of 0.
    InsuredUnpaid = "insured_weights_pay_nothing", "get_product_sum_insurees; K1";
    /// The insured of a facility are multiplied by the catchments of all facilities.
    InsuredJoined = "insured_by_all_catchments", "get_product_sum_policies; K2";
    /// Visits and amounts are counted but not paid.
    VisitsUnpaid = "visits_and_amounts_not_paid", "generate_capitation_health_facility; K3";
    /// A village of which one figure is missing is not in the whole.
    NullPopulation = "null_population_drops_village", "get_product_sum_population; K4";
    /// The whole is that of all villages and claims, not of the facilities that take part.
    WholeProduct = "whole_product_is_divisor", "get_product_sum_population; K5";
    /// Persons and families of a catchment are rounded down.
    WholePersons = "catchment_rounded_down", "get_hf_sum_population; K5";
    /// With levels selected, facilities without any claim take no part.
    ClaimNeeded = "facility_needs_a_claim", "get_capitation_health_facilites; K6";
    /// With a sub-level selected, facilities of the level with another one or none are mixed up.
    SublevelMixed = "sublevel_or_null", "get_product_hf_filter; K6";
    /// Facilities elsewhere take part if they have claims of the product.
    Elsewhere = "facilities_elsewhere_take_part", "get_capitation_health_facilites; K6";
    /// In-patient or out-patient plans break the run down.
    CareTypeCrash = "capitation_claim_type_crash", "get_hospital_claim_filter; K7";
    /// Claims decided on the last day, after it began, do not count.
    LastDayCut = "capitation_last_day_left_out", "get_product_sum_claim; K8";
    /// The period ends, and is named by, the day that is given, if in the next month.
    EndAsGiven = "end_date_names_the_month", "generate_capitation; K8";
    /// The insured are those in force on the first day, not on the last.
    FirstDay = "insured_on_first_day", "get_product_sum_insurees; K8";
    /// The sub-level is stored as the name of an object.
    SublevelName = "sublevel_stored_as_object", "generate_capitation_health_facility; K9";
    /// Rejected lines and claims, and closed claims, count.
    StatusIgnored = "line_status_ignored", "get_product_sum_claim; K10";
    /// Money is rounded for each facility, so it misses the pot.
    RoundedOneByOne = "rounded_one_by_one", "generate_capitation_health_facility; K3";
}}

#[cfg(test)]
mod tests {
    use super::super::super::table::assert_complete;
    use super::*;

    #[test]
    fn the_table_is_complete() {
        assert_complete::<CapitationSwitch>(CAPITATION_SWITCHES);
    }
}

//! Every way in which openIMIS 1.11 deviates from `standard` when it values a batch.

use super::super::table::switch_table;

switch_table! {
    /// A deviation of openIMIS 1.11 from the `standard` conventions for batches.
    BatchSwitch
    /// Every switch for batches, with its meaning and its source (lines of claim_batch 1.11.0: B
    /// `services.py`, Q claim 1.11.0 `subqueries.py`, T calcrule_third_party_payment 1.9.0
    /// `utils.py`; divergences of batches begin with R).
    BATCH_SWITCHES {
    /// The run of a month works on the next month: run, period, distribution and premium.
    NextMonth = "next_month_run", "B:142-177; R1";
    /// The period ends as its last day begins: claims decided on that day wait on.
    LastDayCut = "last_day_of_period_left_out", "B:318-330; R1";
    /// Claims decided before the period are valued with it.
    EarlierClaims = "claims_of_earlier_periods_included", "B:318-365; R2";
    /// Premium is divided by the days after its first one if it began before the period.
    PremiumDays = "premium_days_not_inclusive", "B:478-508; R1";
    /// Premium paid after the period counts as less than nothing.
    LaterPayment = "later_payment_subtracts", "B:478-508; R1";
    /// In-patient or out-patient plans break the run down.
    CareTypeCrash = "claim_type_crash", "B:511-525; R4";
    /// Periods of two months break the run down; half-years and years are named as quarters.
    PeriodNames = "period_misnamed", "B:528-547; R2";
    /// Without premium or relative lines the index is 1 and is not stored.
    NoPotPaysInFull = "no_pot_pays_in_full", "B:818-845; R2";
    /// The index divides by provided quantities and adjusted prices, of rejected lines as well.
    GrossTotal = "index_divides_gross_total", "T:40-56; Q:43-50; R2";
    /// The index values every line, not the relative ones that passed.
    EveryLineIndexed = "every_line_indexed", "T:57-60; R2";
    /// The index is multiplied with the price of one unit, whatever the quantity.
    UnitPriceIndexed = "unit_price_indexed", "T:57-60; R2";
    /// Index and lines are rounded one by one, so they miss the pot.
    RoundedLineByLine = "rounded_line_by_line", "B:829-836; R2";
    /// What a line is paid is not stored.
    LineNotStored = "line_remuneration_not_stored", "T:57-60; R3";
    /// A claim's totals are those of one item and one service, remunerated without index.
    OneLineTotals = "totals_of_one_line", "Q:126-165; R3";
    /// Claims that were valued long since are remunerated again.
    ValuedAgain = "valued_claims_remunerated_again", "B:236-247; Q:192-203; R3";
    /// Bills are written before anything is remunerated, so they are empty.
    EmptyBills = "bills_are_empty", "calculation_rule.py:150-186; R3";
}}

#[cfg(test)]
mod tests {
    use super::super::super::table::assert_complete;
    use super::*;

    #[test]
    fn the_table_is_complete() {
        assert_complete::<BatchSwitch>(BATCH_SWITCHES);
    }
}

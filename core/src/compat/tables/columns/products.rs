//! Products and their benefit rows.

use super::{
    BOOKKEEPING, Column, ENROLMENT, FROM, PAYMENT, Spec, TO, column, empty_is, null_is, required,
    to, zero_is,
};

const fn amount(theirs: &'static str, ours: &'static str) -> Column {
    empty_is(theirs, ours, "absent")
}

const fn count(theirs: &'static str, ours: &'static str) -> Column {
    zero_is(null_is(theirs, ours, "any number"), "none allowed")
}

pub(in crate::compat::tables) const PRODUCTS: Spec = Spec {
    table: "products",
    id: "ProdID",
    columns: &[
        required("ProductCode", "code"),
        column("ProductName", "name"),
        amount("DedTreatment", "ded_treatment"),
        amount("DedOPTreatment", "ded_op_treatment"),
        amount("DedIPTreatment", "ded_ip_treatment"),
        amount("DedInsuree", "ded_insuree"),
        amount("DedOPInsuree", "ded_op_insuree"),
        amount("DedIPInsuree", "ded_ip_insuree"),
        amount("DedPolicy", "ded_policy"),
        amount("DedOPPolicy", "ded_op_policy"),
        amount("DedIPPolicy", "ded_ip_policy"),
        amount("MaxTreatment", "max_treatment"),
        amount("MaxOPTreatment", "max_op_treatment"),
        amount("MaxIPTreatment", "max_ip_treatment"),
        amount("MaxInsuree", "max_insuree"),
        amount("MaxOPInsuree", "max_op_insuree"),
        amount("MaxIPInsuree", "max_ip_insuree"),
        amount("MaxPolicy", "max_policy"),
        amount("MaxOPPolicy", "max_op_policy"),
        amount("MaxIPPolicy", "max_ip_policy"),
        amount("MaxPolicyExtraMember", "max_policy_extra_member"),
        amount("MaxPolicyExtraMemberIP", "max_policy_extra_member_ip"),
        amount("MaxPolicyExtraMemberOP", "max_policy_extra_member_op"),
        amount("MaxCeilingPolicy", "max_ceiling_policy"),
        amount("MaxCeilingPolicyIP", "max_ceiling_policy_ip"),
        amount("MaxCeilingPolicyOP", "max_ceiling_policy_op"),
        null_is("Threshold", "threshold", "0 members"),
        amount("MaxAmountConsultation", "max_amount_consultation"),
        amount("MaxAmountSurgery", "max_amount_surgery"),
        amount("MaxAmountDelivery", "max_amount_delivery"),
        amount("MaxAmountHospitalization", "max_amount_hospitalization"),
        amount("MaxAmountAntenatal", "max_amount_antenatal"),
        count("MaxNoConsultation", "max_no_consultation"),
        count("MaxNoSurgery", "max_no_surgery"),
        count("MaxNoDelivery", "max_no_delivery"),
        // The legacy database spells it so.
        count("MaxNoHospitalizaion", "max_no_hospitalization"),
        count("MaxNoVisits", "max_no_visits"),
        count("MaxNoAntenatal", "max_no_antenatal"),
        column("AgeMinimal", "age_minimal"),
        column("AgeMaximal", "age_maximal"),
        // As openIMIS 1.11 names them.
        column("Min Age", "age_minimal"),
        column("Max Age", "age_maximal"),
        null_is(
            "CeilingInterpretation",
            "ceiling_interpretation",
            "by the stay",
        ),
        // Enrolment; the legacy names of the grace periods are misleading.
        column("InsurancePeriod", "insurance_period"),
        empty_is("AdministrationPeriod", "administration_period", "none"),
        null_is("GracePeriod", "grace_period_enrolment", "none"),
        null_is("GracePeriodRenewal", "grace_period_renewal", "none"),
        null_is("WaitingPeriod", "grace_period_payment", "none"),
        column("StartCycle1", "start_cycle_1"),
        column("StartCycle2", "start_cycle_2"),
        column("StartCycle3", "start_cycle_3"),
        column("StartCycle4", "start_cycle_4"),
        zero_is(column("MemberCount", "max_members"), "any number"),
        empty_is("LumpSum", "lump_sum", "none"),
        empty_is("PremiumAdult", "premium_adult", "none"),
        empty_is("PremiumChild", "premium_child", "none"),
        empty_is("RegistrationLumpSum", "registration_lump_sum", "none"),
        empty_is("RegistrationFee", "registration_fee", "none"),
        empty_is("Recurrence", "recurrence", "charged once"),
        empty_is(
            "GeneralAssemblyLumpSum",
            "general_assembly_lump_sum",
            "none",
        ),
        empty_is("GeneralAssemblyFee", "general_assembly_fee", "none"),
        empty_is("EnrolmentDiscountPerc", "enrolment_discount_perc", "none"),
        empty_is(
            "EnrolmentDiscountPeriod",
            "enrolment_discount_period",
            "none",
        ),
        empty_is("RenewalDiscountPerc", "renewal_discount_perc", "none"),
        empty_is("RenewalDiscountPeriod", "renewal_discount_period", "none"),
        empty_is("MaxInstallments", "max_installments", "any number"),
        Column {
            id: true,
            ..column("ConversionProdID", "ConversionProdID")
        },
        FROM,
        TO,
    ],
    nested: &[],
    unread: &[
        (ENROLMENT, &["LocationId", "DateFrom", "DateTo"]),
        (
            PAYMENT,
            &[
                "PeriodRelPrices",
                "PeriodRelPricesOP",
                "PeriodRelPricesIP",
                "Level1",
                "Sublevel1",
                "Level2",
                "Sublevel2",
                "Level3",
                "Sublevel3",
                "Level4",
                "Sublevel4",
                "ShareContribution",
                "WeightPopulation",
                "WeightNumberFamilies",
                "WeightInsuredPopulation",
                "WeightNumberInsuredFamilies",
                "WeightNumberVisits",
                "WeightAdjustedAmount",
            ],
        ),
        (BOOKKEEPING, &["AccCodePremiums", "AccCodeRemuneration"]),
    ],
};

/// What `tblProductItems` and `tblProductServices` share.
macro_rules! benefit_columns {
    ($of:literal) => {
        &[
            to("ProdID"),
            to($of),
            null_is("PriceOrigin", "price_origin", "price list"),
            null_is(
                "LimitationType",
                "limitation_type",
                "other visits not covered",
            ),
            null_is(
                "LimitationTypeE",
                "limitation_type_e",
                "emergencies not covered",
            ),
            null_is(
                "LimitationTypeR",
                "limitation_type_r",
                "referrals not covered",
            ),
            column("LimitAdult", "limit_adult"),
            column("LimitChild", "limit_child"),
            column("LimitAdultE", "limit_adult_e"),
            column("LimitChildE", "limit_child_e"),
            column("LimitAdultR", "limit_adult_r"),
            column("LimitChildR", "limit_child_r"),
            empty_is("WaitingPeriodAdult", "waiting_period_adult", "none"),
            empty_is("WaitingPeriodChild", "waiting_period_child", "none"),
            count("LimitNoAdult", "limit_no_adult"),
            count("LimitNoChild", "limit_no_child"),
            null_is("CeilingExclusionAdult", "ceiling_exclusion_adult", "never"),
            null_is("CeilingExclusionChild", "ceiling_exclusion_child", "never"),
            FROM,
            TO,
        ]
    };
}

pub(in crate::compat::tables) const PRODUCT_ITEMS: Spec = Spec {
    table: "product_items",
    id: "ProdItemID",
    columns: benefit_columns!("ItemID"),
    nested: &[],
    unread: &[],
};

pub(in crate::compat::tables) const PRODUCT_SERVICES: Spec = Spec {
    table: "product_services",
    id: "ProdServiceID",
    columns: benefit_columns!("ServiceID"),
    nested: &[],
    unread: &[],
};

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
        null_is(
            "CeilingInterpretation",
            "ceiling_interpretation",
            "by the stay",
        ),
        FROM,
        TO,
    ],
    nested: &[],
    unread: &[
        (
            ENROLMENT,
            &[
                "LocationId",
                "InsurancePeriod",
                "DateFrom",
                "DateTo",
                "ConversionProdID",
                "LumpSum",
                "MemberCount",
                "PremiumAdult",
                "PremiumChild",
                "GracePeriod",
                "GracePeriodRenewal",
                "RegistrationLumpSum",
                "RegistrationFee",
                "GeneralAssemblyLumpSum",
                "GeneralAssemblyFee",
                "StartCycle1",
                "StartCycle2",
                "StartCycle3",
                "StartCycle4",
                "MaxInstallments",
                "WaitingPeriod",
                "AdministrationPeriod",
                "RenewalDiscountPerc",
                "RenewalDiscountPeriod",
                "EnrolmentDiscountPerc",
                "EnrolmentDiscountPeriod",
                "Recurrence",
            ],
        ),
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

//! The columns of the legacy database: which of ours each one is, what NULL and 0 mean in it, and
//! which ones are passed over.

/// A column that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its name in the legacy database.
    pub theirs: &'static str,
    /// The field of our row.
    pub ours: &'static str,
    /// What NULL is read as, where that is a convention.
    pub null: Option<&'static str>,
    /// What 0 is read as, where that is a convention.
    pub zero: Option<&'static str>,
    /// Whether a row without it cannot be read.
    pub required: bool,
    /// Whether it holds the id of a row, read as text.
    pub id: bool,
}

/// A table, or the rows nested in another.
#[derive(Debug)]
pub(super) struct Spec {
    /// Name of the file without `.json`, or of the list inside the parent.
    pub table: &'static str,
    /// The column with the row's id.
    pub id: &'static str,
    /// Columns that are read.
    pub columns: &'static [Column],
    /// Lists of further rows inside a row.
    pub nested: &'static [&'static str],
    /// Columns that are passed over, with the reason.
    pub unread: &'static [(&'static str, &'static [&'static str])],
}

impl Spec {
    /// The legacy name of our field, or the field itself.
    pub fn theirs<'c>(&self, ours: &'c str) -> &'c str {
        let found = self.columns.iter().find(|column| column.ours == ours);
        found.map_or(ours, |column| column.theirs)
    }

    /// Why a column is passed over; `None` for one that nobody knows.
    pub fn unread(&self, column: &str) -> Option<&'static str> {
        let is = |name: &&str| name.eq_ignore_ascii_case(column);
        let listed = self
            .unread
            .iter()
            .find(|(_, names)| names.iter().any(|n| is(&n)));
        let uuid = column.to_ascii_lowercase().ends_with("uuid");
        listed
            .map(|(why, _)| *why)
            .or_else(|| (uuid || COMMON.iter().any(|n| is(&n))).then_some(BOOKKEEPING))
    }
}

/// Why columns are passed over.
pub(super) const BOOKKEEPING: &str = "bookkeeping";
/// Why columns are passed over.
pub(super) const ENROLMENT: &str = "enrolment and premiums, not read yet";
/// Why columns are passed over.
pub(super) const PAYMENT: &str = "payment of facilities, not read yet";
const INFORMATION: &str = "for information only";
const RECOMPUTED: &str = "recomputed";
const PACKAGES: &str = "packages are priced as services";

/// Columns of every table.
const COMMON: &[&str] = &[
    "ValidityFrom",
    "LegacyID",
    "AuditUserID",
    "RowID",
    "OffLine",
    "isOffline",
    "JsonExt",
    "Source",
    "SourceVersion",
];

const fn column(theirs: &'static str, ours: &'static str) -> Column {
    Column {
        theirs,
        ours,
        null: None,
        zero: None,
        required: false,
        id: false,
    }
}

const fn required(theirs: &'static str, ours: &'static str) -> Column {
    Column {
        required: true,
        ..column(theirs, ours)
    }
}

/// The id of another row; a row without it cannot be read.
const fn to(theirs: &'static str) -> Column {
    Column {
        id: true,
        ..required(theirs, theirs)
    }
}

/// The id of another row, or NULL.
const fn may_be_to(theirs: &'static str, null: &'static str) -> Column {
    Column {
        id: true,
        ..null_is(theirs, theirs, null)
    }
}

const fn null_is(theirs: &'static str, ours: &'static str, null: &'static str) -> Column {
    Column {
        null: Some(null),
        ..column(theirs, ours)
    }
}

/// NULL and 0 mean the same.
const fn empty_is(theirs: &'static str, ours: &'static str, both: &'static str) -> Column {
    Column {
        null: Some(both),
        zero: Some(both),
        ..column(theirs, ours)
    }
}

const fn zero_is(c: Column, zero: &'static str) -> Column {
    Column {
        zero: Some(zero),
        ..c
    }
}

const FROM: Column = column("ValidityFrom", "validity_from");
const TO: Column = column("ValidityTo", "validity_to");

pub(super) const ITEMS: Spec = Spec {
    table: "items",
    id: "ItemID",
    columns: &[
        required("ItemCode", "code"),
        column("ItemName", "name"),
        column("ItemType", "type"),
        column("ItemPrice", "price"),
        null_is("ItemCareType", "care_type", "both in- and out-patient care"),
        empty_is("ItemFrequency", "frequency", "no restriction"),
        empty_is("ItemPatCat", "patient_category", "no restriction"),
        column("MaximumAmount", "maximum_amount"),
        FROM,
        TO,
    ],
    nested: &[],
    unread: &[(INFORMATION, &["ItemPackage", "Quantity"])],
};

pub(super) const SERVICES: Spec = Spec {
    table: "services",
    id: "ServiceID",
    columns: &[
        required("ServCode", "code"),
        column("ServName", "name"),
        null_is("ServCategory", "category", "other"),
        column("ServLevel", "level"),
        column("ServType", "type"),
        column("ServPrice", "price"),
        null_is("ServCareType", "care_type", "both in- and out-patient care"),
        empty_is("ServFrequency", "frequency", "no restriction"),
        empty_is("ServPatCat", "patient_category", "no restriction"),
        column("MaximumAmount", "maximum_amount"),
        FROM,
        TO,
    ],
    nested: &[],
    unread: &[
        (INFORMATION, &["ManualPrice"]),
        (PACKAGES, &["PackageType"]),
    ],
};

pub(super) const ITEM_LISTS: Spec = Spec {
    table: "items_pricelists",
    id: "PLItemID",
    columns: &[column("PLItemName", "name"), FROM, TO],
    nested: &["details"],
    unread: &[(INFORMATION, &["DatePL", "LocationId"])],
};

pub(super) const ITEM_PRICES: Spec = Spec {
    table: "details",
    id: "PLItemDetailID",
    columns: &[
        to("ItemID"),
        empty_is("PriceOverule", "price_overrule", "the register's price"),
        FROM,
        TO,
    ],
    nested: &[],
    unread: &[(BOOKKEEPING, &["PLItemID"])],
};

pub(super) const SERVICE_LISTS: Spec = Spec {
    table: "services_pricelists",
    id: "PLServiceID",
    columns: &[column("PLServName", "name"), FROM, TO],
    nested: &["details"],
    unread: &[(INFORMATION, &["DatePL", "LocationId"])],
};

pub(super) const SERVICE_PRICES: Spec = Spec {
    table: "details",
    id: "PLServiceDetailID",
    columns: &[
        to("ServiceID"),
        empty_is("PriceOverule", "price_overrule", "the register's price"),
        FROM,
        TO,
    ],
    nested: &[],
    unread: &[(BOOKKEEPING, &["PLServiceID"])],
};

pub(super) const FACILITIES: Spec = Spec {
    table: "health_facilities",
    id: "HfID",
    columns: &[
        required("HFCode", "code"),
        column("HFName", "name"),
        required("HFLevel", "level"),
        null_is("HFCareType", "care_type", "both in- and out-patient care"),
        may_be_to("PLServiceID", "no service may be claimed"),
        may_be_to("PLItemID", "no item may be claimed"),
        TO,
    ],
    nested: &[],
    unread: &[
        (
            INFORMATION,
            &[
                "LegalForm",
                "HFSublevel",
                "LocationId",
                "HFAddress",
                "Phone",
                "Fax",
                "eMail",
            ],
        ),
        (BOOKKEEPING, &["AccCode"]),
    ],
};

const fn amount(theirs: &'static str, ours: &'static str) -> Column {
    empty_is(theirs, ours, "absent")
}

const fn count(theirs: &'static str, ours: &'static str) -> Column {
    zero_is(null_is(theirs, ours, "any number"), "none allowed")
}

pub(super) const PRODUCTS: Spec = Spec {
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

pub(super) const PRODUCT_ITEMS: Spec = Spec {
    table: "product_items",
    id: "ProdItemID",
    columns: benefit_columns!("ItemID"),
    nested: &[],
    unread: &[],
};

pub(super) const PRODUCT_SERVICES: Spec = Spec {
    table: "product_services",
    id: "ProdServiceID",
    columns: benefit_columns!("ServiceID"),
    nested: &[],
    unread: &[],
};

pub(super) const DIAGNOSES: Spec = Spec {
    table: "diagnoses",
    id: "ICDID",
    columns: &[required("ICDCode", "code"), column("ICDName", "name"), TO],
    nested: &[],
    unread: &[],
};

pub(super) const FAMILIES: Spec = Spec {
    table: "families",
    id: "FamilyID",
    columns: &[TO],
    nested: &[],
    unread: &[(
        ENROLMENT,
        &[
            "InsureeID",
            "LocationId",
            "Poverty",
            "FamilyType",
            "FamilyAddress",
            "Ethnicity",
            "ConfirmationNo",
            "ConfirmationType",
        ],
    )],
};

pub(super) const INSUREES: Spec = Spec {
    table: "insurees",
    id: "InsureeID",
    columns: &[
        required("CHFID", "chf_id"),
        null_is("DOB", "dob", "age unknown"),
        null_is("Gender", "gender", "sex unknown"),
        may_be_to("FamilyID", "of no family"),
        TO,
    ],
    nested: &[],
    unread: &[(
        INFORMATION,
        &[
            "IsHead",
            "LastName",
            "OtherNames",
            "Marital",
            "passport",
            "Phone",
            "PhotoID",
            "PhotoDate",
            "CardIssued",
            "Relationship",
            "Profession",
            "Education",
            "Email",
            "TypeOfId",
            "HFID",
            "CurrentAddress",
            "CurrentVillage",
            "GeoLocation",
        ],
    )],
};

pub(super) const POLICIES: Spec = Spec {
    table: "policies",
    id: "PolicyID",
    columns: &[
        to("FamilyID"),
        to("ProdID"),
        column("PolicyStatus", "status"),
        null_is("PolicyStage", "stage", "new"),
        column("EffectiveDate", "effective_date"),
        column("ExpiryDate", "expiry_date"),
        TO,
    ],
    nested: &[],
    unread: &[(
        ENROLMENT,
        &[
            "EnrollDate",
            "StartDate",
            "PolicyValue",
            "OfficerID",
            "RenewalOrder",
            "SelfRenewed",
        ],
    )],
};

pub(super) const MEMBERSHIPS: Spec = Spec {
    table: "insuree_policies",
    id: "InsureePolicyId",
    columns: &[
        to("InsureeId"),
        to("PolicyId"),
        column("EffectiveDate", "effective_date"),
        column("ExpiryDate", "expiry_date"),
        TO,
    ],
    nested: &[],
    unread: &[(ENROLMENT, &["EnrollmentDate", "StartDate"])],
};

pub(super) const CLAIMS: Spec = Spec {
    table: "claims",
    id: "ClaimID",
    columns: &[
        required("ClaimCode", "code"),
        to("InsureeID"),
        to("HFID"),
        required("DateFrom", "date_from"),
        null_is("DateTo", "date_to", "the first day of care"),
        column("DateClaimed", "date_claimed"),
        null_is("VisitType", "visit_type", "other"),
        may_be_to("ICDID", "no diagnosis"),
        null_is("ClaimStatus", "status", "entered"),
        // Read only for the claims that come after it.
        null_is(
            "ClaimCategory",
            "category",
            "visit, in the history of later claims",
        ),
        column("RejectionReason", "RejectionReason"),
        TO,
    ],
    nested: &["items", "services", "dedrem"],
    unread: &[
        (
            RECOMPUTED,
            &[
                "Claimed",
                "Approved",
                "Reinsured",
                "Valuated",
                "Remunerated",
                "DateProcessed",
            ],
        ),
        (
            INFORMATION,
            &[
                "ReviewStatus",
                "FeedbackStatus",
                "ApprovalStatus",
                "Feedback",
                "FeedbackID",
                "Explanation",
                "Adjuster",
                "Adjustment",
                "ICDID1",
                "ICDID2",
                "ICDID3",
                "ICDID4",
                "GuaranteeId",
                "ClaimAdminId",
                "CareType",
                "ReferFrom",
                "ReferTo",
            ],
        ),
        (
            BOOKKEEPING,
            &[
                "RunID",
                "SubmitStamp",
                "ProcessStamp",
                "AuditUserIDSubmit",
                "AuditUserIDReview",
                "AuditUserIDProcess",
                "ValidityFromReview",
                "ValidityToReview",
            ],
        ),
    ],
};

/// What `tblClaimItems` and `tblClaimServices` share.
macro_rules! line_columns {
    ($of:literal, $status:literal) => {
        &[
            to($of),
            required("QtyProvided", "qty_provided"),
            zero_is(
                null_is("QtyApproved", "qty_approved", "not reviewed"),
                "nothing approved",
            ),
            column("PriceAsked", "price_asked"),
            null_is("PriceApproved", "price_approved", "not reviewed"),
            null_is($status, "status", "not rejected"),
            empty_is("RejectionReason", "rejection_reason", "not rejected"),
            TO,
        ]
    };
}

/// Columns of lines that are passed over.
const LINE_UNREAD: &[(&str, &[&str])] = &[
    (
        RECOMPUTED,
        &[
            "PriceAdjusted",
            "PriceValuated",
            "PriceOrigin",
            "ProdID",
            "PolicyID",
            "Limitation",
            "LimitationValue",
            "DeductableAmount",
            "ExceedCeilingAmount",
            "ExceedCeilingAmountCategory",
            "RemuneratedAmount",
            "Availability",
        ],
    ),
    (INFORMATION, &["Explanation", "Justification"]),
    (
        BOOKKEEPING,
        &[
            "ClaimID",
            "AuditUserIDReview",
            "ValidityFromReview",
            "ValidityToReview",
        ],
    ),
];

pub(super) const CLAIM_ITEMS: Spec = Spec {
    table: "items",
    id: "ClaimItemID",
    columns: line_columns!("ItemID", "ClaimItemStatus"),
    nested: &[],
    unread: LINE_UNREAD,
};

pub(super) const CLAIM_SERVICES: Spec = Spec {
    table: "services",
    id: "ClaimServiceID",
    columns: line_columns!("ServiceID", "ClaimServiceStatus"),
    nested: &[],
    unread: LINE_UNREAD,
};

const fn sum(theirs: &'static str, ours: &'static str) -> Column {
    null_is(theirs, ours, "0")
}

pub(super) const DEDREMS: Spec = Spec {
    table: "dedrem",
    id: "ExpenditureID",
    columns: &[
        to("PolicyID"),
        to("InsureeID"),
        sum("DedG", "ded_g"),
        sum("DedOP", "ded_op"),
        sum("DedIP", "ded_ip"),
        sum("RemG", "rem_g"),
        sum("RemOP", "rem_op"),
        sum("RemIP", "rem_ip"),
        sum("RemConsult", "rem_consult"),
        sum("RemSurgery", "rem_surgery"),
        sum("RemDelivery", "rem_delivery"),
        sum("RemHospitalization", "rem_hospitalization"),
        sum("RemAntenatal", "rem_antenatal"),
        TO,
    ],
    nested: &[],
    unread: &[(BOOKKEEPING, &["ClaimID"])],
};

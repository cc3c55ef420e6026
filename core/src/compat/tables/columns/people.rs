//! Families, insurees, policies.

use super::{ENROLMENT, INFORMATION, Spec, TO, column, may_be_to, null_is, required, to};

pub(in crate::compat::tables) const FAMILIES: Spec = Spec {
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

pub(in crate::compat::tables) const INSUREES: Spec = Spec {
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

pub(in crate::compat::tables) const POLICIES: Spec = Spec {
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

pub(in crate::compat::tables) const MEMBERSHIPS: Spec = Spec {
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

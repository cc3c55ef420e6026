//! Register, price lists, facilities.

use super::{
    BOOKKEEPING, FROM, INFORMATION, PACKAGES, Spec, TO, column, empty_is, may_be_to, null_is,
    required, to,
};

pub(in crate::compat::tables) const ITEMS: Spec = Spec {
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

pub(in crate::compat::tables) const SERVICES: Spec = Spec {
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

pub(in crate::compat::tables) const ITEM_LISTS: Spec = Spec {
    table: "items_pricelists",
    id: "PLItemID",
    columns: &[column("PLItemName", "name"), FROM, TO],
    nested: &["details"],
    unread: &[(INFORMATION, &["DatePL", "LocationId"])],
};

pub(in crate::compat::tables) const ITEM_PRICES: Spec = Spec {
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

pub(in crate::compat::tables) const SERVICE_LISTS: Spec = Spec {
    table: "services_pricelists",
    id: "PLServiceID",
    columns: &[column("PLServName", "name"), FROM, TO],
    nested: &["details"],
    unread: &[(INFORMATION, &["DatePL", "LocationId"])],
};

pub(in crate::compat::tables) const SERVICE_PRICES: Spec = Spec {
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

pub(in crate::compat::tables) const FACILITIES: Spec = Spec {
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

pub(in crate::compat::tables) const DIAGNOSES: Spec = Spec {
    table: "diagnoses",
    id: "ICDID",
    columns: &[required("ICDCode", "code"), column("ICDName", "name"), TO],
    nested: &[],
    unread: &[],
};

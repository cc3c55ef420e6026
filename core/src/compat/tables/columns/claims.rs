//! Claims, their lines and what they consumed.

use super::{
    BOOKKEEPING, Column, INFORMATION, RECOMPUTED, Spec, TO, column, empty_is, may_be_to, null_is,
    required, to, zero_is,
};

pub(in crate::compat::tables) const CLAIMS: Spec = Spec {
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

pub(in crate::compat::tables) const CLAIM_ITEMS: Spec = Spec {
    table: "items",
    id: "ClaimItemID",
    columns: line_columns!("ItemID", "ClaimItemStatus"),
    nested: &[],
    unread: LINE_UNREAD,
};

pub(in crate::compat::tables) const CLAIM_SERVICES: Spec = Spec {
    table: "services",
    id: "ClaimServiceID",
    columns: line_columns!("ServiceID", "ClaimServiceStatus"),
    nested: &[],
    unread: LINE_UNREAD,
};

const fn sum(theirs: &'static str, ours: &'static str) -> Column {
    null_is(theirs, ours, "0")
}

pub(in crate::compat::tables) const DEDREMS: Spec = Spec {
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

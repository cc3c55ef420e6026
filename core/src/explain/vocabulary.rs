//! What a language must say besides the messages of the facts: labels and the names of values.

macro_rules! labels {
    ($($(#[doc = $doc:literal])+ $label:ident = $key:literal [$($value:literal),*];)+) => {
        /// A text of the page, by key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Label {
            $($(#[doc = $doc])+ $label,)+
        }

        impl Label {
            /// Key in the message file.
            pub(super) const fn key(self) -> &'static str {
                match self { $(Self::$label => $key,)+ }
            }
        }

        /// Keys of the labels and the values each may use.
        pub(super) const LABELS: &[(&str, &[&str])] = &[$(($key, &[$($value),*]),)+];
    };
}

labels! {
    /// Title of the page.
    Title = "title" [];
    /// A label and what it is about.
    Pair = "pair" ["label", "value"];
    /// A percentage.
    Percent = "percent" ["number"];
    /// An amount with its currency.
    Money = "money" ["amount", "currency"];
    /// A date in both calendars.
    TwoDates = "two_dates" ["date", "bikram_sambat"];
    /// A date in both calendars, where the scheme's is the Ethiopian one.
    TwoDatesEthiopian = "two_dates_ethiopian" ["date", "ethiopian"];
    /// A value that the decision does not state.
    NotStated = "not_stated" [];
    /// A message of a code that the catalogue does not know.
    UnknownMessage = "unknown_message" ["code", "values"];
    /// Codes of a reason for programs and registers.
    Codes = "codes" ["codes"];

    /// Claim code.
    Claim = "claim" [];
    /// What the decision is for.
    Mode = "mode" [];
    /// Status of the claim or line.
    Status = "status" [];
    /// Category and stay.
    Care = "care" [];
    /// Currency.
    Currency = "currency" [];

    /// Who pays what, in a sentence.
    Summary = "summary" ["scheme", "patient", "facility"];
    /// The same while lines wait for the index.
    SummaryWaiting = "summary_waiting" ["paid", "weight", "patient", "facility"];
    /// Heading of the shares.
    Shares = "shares" [];
    /// Heading of the parts.
    Parts = "parts" [];
    /// The sum of shares and of parts.
    Asked = "asked" [];
    /// One part and who bears it.
    PartOf = "part_of" ["part", "bearer"];
    /// What is paid now.
    PaidNow = "paid_now" [];
    /// Nothing yet, for lines that wait for the index.
    NotYet = "not_yet" [];

    /// Heading of reasons.
    Reasons = "reasons" [];
    /// Heading of steps.
    Steps = "steps" [];
    /// Heading of facts about a policy.
    Policy = "policy" ["policy"];
    /// Heading of a part of the reasoning that belongs to no line or policy.
    Other = "other" ["id"];

    /// Heading of a line.
    Line = "line" ["id", "kind", "code", "status"];
    /// Units.
    Quantity = "quantity" [];
    /// Price of one unit.
    UnitPrice = "unit_price" [];
    /// Units asked and accepted, or price asked and used.
    AskedAndUsed = "asked_and_used" ["asked", "used"];
    /// Which rule pays.
    PaidUnder = "paid_under" [];
    /// The rule that pays.
    Rule = "rule" ["policy", "product", "rule", "terms"];
    /// Pays a percentage.
    TermsCoInsurance = "terms_co_insurance" ["percent"];
    /// Pays at most an amount a unit.
    TermsFixed = "terms_fixed" ["amount"];
    /// Pays the price.
    TermsUnlimited = "terms_unlimited" [];
    /// Where the price comes from.
    PriceRule = "price_rule" [];

    /// Heading of the ledger effect.
    Ledger = "ledger" [];
    /// Nothing is used up.
    LedgerNothing = "ledger_nothing" [];
    /// One entry.
    LedgerEntry = "ledger_entry" ["policy", "product", "person", "date"];
    /// An entry reserved by a pre-authorisation.
    LedgerHeld = "ledger_held" [];
    /// An entry taken back.
    LedgerReversed = "ledger_reversed" [];
    /// Deductible used.
    LedgerDeducted = "ledger_deducted" [];
    /// Ceiling used.
    LedgerRemunerated = "ledger_remunerated" [];
    /// Category used.
    LedgerCategory = "ledger_category" ["category"];
    /// The part in one kind of visit.
    LedgerVisit = "ledger_visit" ["amount", "visit", "part"];

    /// Title of the answer to an enquiry.
    EnquiryTitle = "enquiry_title" [];
    /// The person asked about.
    Patient = "patient" [];
    /// The day or days of the visit.
    Visit = "visit" [];
    /// From a day to a day.
    FromTo = "from_to" ["from", "to"];
    /// The facility.
    Facility = "facility" [];
    /// Heading of the services and items.
    Elements = "elements" [];
    /// No service or item was found.
    NoElements = "no_elements" [];
    /// What is left of a deductible.
    DeductibleLeft = "deductible_left" ["left", "limit", "care", "scope", "window"];
    /// What is left of a ceiling.
    CeilingLeft = "ceiling_left" ["left", "limit", "care", "scope", "window"];
    /// Claims left in a category.
    ClaimsLeft = "claims_left" ["category", "left", "maximum", "window"];
    /// Amount left in a category.
    CategoryLeft = "category_left" ["category", "left", "limit", "window"];
    /// Nothing adds up: each claim has the whole amount.
    EachClaim = "each_claim" [];
    /// A policy without deductible, ceiling or counters.
    NothingLimited = "nothing_limited" [];
    /// A number of days up to the visit.
    WindowDays = "window_days" ["days"];
    /// A service or item that is covered.
    ElementCovered = "element_covered" ["kind", "code", "price", "scheme", "patient"];
    /// The same at a price that the index of the period values.
    ElementWeighed = "element_weighed" ["kind", "code", "price", "scheme", "patient"];
    /// A service or item that is not covered.
    ElementNotCovered = "element_not_covered" ["kind", "code", "price", "scheme", "patient"];
    /// Units left.
    QuantityLeft = "quantity_left" ["left", "limit", "window"];
    /// Most units of one line.
    LineMaximum = "line_maximum" ["maximum"];
    /// The first day on which it would be covered.
    Earliest = "earliest" ["date"];
    /// There is no such day.
    NoEarliest = "no_earliest" [];
    /// What a referral would change.
    WithReferral = "with_referral" ["outcome"];
    /// What another facility would change.
    AtFacility = "at_facility" ["level", "code", "outcome"];
    /// What would be paid then.
    WouldPay = "would_pay" ["scheme", "patient"];
    /// It would not be covered then.
    WouldNotCover = "would_not_cover" [];
    /// Covered whatever happened since, and what is paid.
    BetweenCovered = "between_covered" ["least", "most"];
    /// Perhaps not covered any more, and what is paid.
    BetweenOpen = "between_open" ["least", "most"];

    /// Heading of the provenance.
    Provenance = "provenance" [];
    /// Engine.
    Engine = "engine" [];
    /// Scheme and version.
    Scheme = "scheme" [];
    /// The scheme and its version.
    SchemeVersion = "scheme_version" ["scheme", "version"];
    /// Conventions.
    Conventions = "conventions" [];
    /// Digest of the scheme.
    SchemeDigest = "scheme_digest" [];
    /// Digest of the request.
    RequestDigest = "request_digest" [];
    /// How far the history is known.
    AsOf = "as_of" [];
}

/// Names that values may have, by the name of the value.
pub(super) const NAMES: &[(&str, &[&str])] = &[
    ("mode", &["claim", "predetermination", "preauthorization"]),
    ("status", &["rejected", "awaiting_index", "valuated"]),
    ("line_status", &["rejected", "passed"]),
    ("stay", &["yes", "no"]),
    (
        "category",
        &[
            "surgery",
            "delivery",
            "antenatal",
            "hospitalization",
            "consultation",
            "other",
            "visit",
        ],
    ),
    ("kind", &["service", "item"]),
    (
        "part",
        &[
            "price_adjustment",
            "review_adjustment",
            "quantity_cut",
            "fixed_cut",
            "deductible",
            "co_insurance",
            "category_excess",
            "ceiling_excess",
            "rejected",
            "payable",
            "weight",
        ],
    ),
    ("bearer", &["scheme", "patient", "facility"]),
    ("share", &["scheme", "patient", "facility"]),
    ("visit", &["hospital", "other"]),
    ("facility", &["inpatient", "outpatient", "both"]),
    ("element", &["inpatient", "outpatient", "both"]),
    ("sex", &["male", "female", "other"]),
    ("group", &["adult", "child"]),
    (
        "check",
        &["care_type", "patient", "waiting", "quantity", "frequency"],
    ),
    ("origin", &["price_list", "claimed", "relative"]),
    ("limit_care", &["general", "inpatient", "outpatient"]),
    ("scope", &["treatment", "insuree", "policy"]),
    (
        "window",
        &["policy_period", "calendar_year", "fiscal_year", "lifetime"],
    ),
    ("level", &["dispensary", "health_centre", "hospital"]),
    ("source", &["reviewer", "claim", "price_list", "register"]),
];

// Generated from core/schemas by `npm run types`.

/** What findings may do. */
export type AdvisorMode = "observe" | "route";
/** What happens when the deadline of a review is over. */
export type AfterDeadline = "pay_by_rules" | "escalate";
/** Age group by the scheme's age of majority. */
export type AgeGroup = "adult" | "child";
/** How age at the visit is counted. */
export type AgeRule = "completed_years" | "year_difference";
/** Decimal text with at most 4 decimals, such as "1250.00". */
export type Amount = string;
/** Which ratio is applied to claims that were not reviewed. */
export type AppliedRatio = "upper_end" | "estimate";
/** Which price co-insurance and fixed amounts are compared at. */
export type AssignmentPrice = "effective" | "higher_of_asked_and_approved";
/** Which of several covering rows pays. */
export type AssignmentRule = "best_for_patient" | "best_for_scheme" | "product_priority";
/**
 * The calendar in which months and years are counted.
 *
 * Days are the same in all; only where months and years begin differs.
 *
 * Bikram Sambat is known from 1 Baishakh 1970 (13 April 1913) to the last day of Chaitra 2100.
 * Functions that must always answer (`add_months`,
 * `add_years`, `year`, `year_bounds` and
 * `fiscal_year_bounds`) treat a day outside that span as its nearest
 * end, and never answer outside it. Conversions return `None` or an error instead.
 */
export type Calendar = "gregorian" | "bikram_sambat" | "ethiopian";
/** Which covering rows a line may be assigned to. */
export type Candidates = "fault_free" | "all_covering";
/** Decimal text with at most 4 decimals, or "unlimited". */
export type Cap = string;
/** What becomes of the facilities that the product pays by capitation. */
export type CapitatedFacilities = "excluded" | "included";
/** Kind of care. */
export type CareType = "inpatient" | "outpatient" | "both";
/** Whether the kind of care of a service or item must match the stay. */
export type CareTypeRule = "facility" | "facility_and_stay";
/** Which claims a limit on the number of claims can reject. */
export type ClaimCounters = "every_claim" | "claims_with_services";
export type Code = string;
/** Confidence of an interval. */
export type Confidence = "90" | "95" | "99";
/** What is written to the ledger when several policies pay one claim. */
export type ConsumptionRule = "every_policy" | "last_policy";
/** Whether dates that contradict each other reject the claim. */
export type ContradictoryDates = "rejected" | "ignored";
/** The period over which a counter adds up. */
export type CounterWindow =
  | "policy_period"
  | "calendar_year"
  | "fiscal_year"
  | {
      rolling_days: number;
    }
  | "lifetime";
/** From which day a paid policy covers. */
export type CoverBegins = "later_of_start_and_payment" | "start" | "payment" | "payment_if_more";
/** Which claims a rule selects (DOMAIN A.5). */
export type Criterion =
  | {
      random: RandomShare;
    }
  | {
      value: Amount;
    }
  | {
      variance: Variance;
    };
/** Whether someone who enrols on the last day for a cycle is still in it. */
export type CycleBoundary = "inclusive" | "exclusive";
/** Which grace period lets a renewal join a cycle that has begun. */
export type CycleGrace = "by_stage" | "enrolment_only";
/** Whether a claim already accepted under the same code is refused. */
export type Duplicates = "refused" | "accepted";
/** What a period earns of a contribution. */
export type EarnedPremium = "day_by_day" | "days_between";
/** Service or item: the two registers may use the same code. */
export type ElementKind = "service" | "item";
/** When the ceiling neither applies nor is consumed. */
export type Exclusion = "hospital" | "non_hospital" | "both";
/** Level of a facility. */
export type FacilityLevel = "dispensary" | "health_centre" | "hospital";
/** For whom a fee is due. */
export type FeeBasis = "household" | "member";
/** When a fixed amount counts as covering the whole price. */
export type FixedCovers = "at_the_price" | "above_the_price";
/** What counts as a hospital visit (openIMIS ceiling interpretation). */
export type HospitalVisit = "stay" | "facility_level";
/** Whether hospitalization is a matter of the stay alone. */
export type HospitalizationRule = "stay_or_service" | "stay";
/** In which order the lines of a claim are worked, and so take deductible and ceiling. */
export type LineOrder = "as_given" | "items_first" | "services_first";
/** What the mean of earlier claims is of. */
export type MeanOf = "claimed" | "approved";
/** Which members stay when a household has more than the product allows. */
export type MembersKept = "adults_first" | "first_registered" | "as_given";
/** Which reason a claim without any covering policy has. */
export type NoCoverage = "claim_and_lines" | "lines_only";
/** What sex `other`, or none stated, means for a restriction by sex. */
export type OtherSex = "either" | "male";
/** How a package is priced. */
export type PackageKind = "fixed" | "provided";
/** Whether package services are priced by their content. */
export type Packages = "by_content" | "as_services";
/** A period of payment in the scheme's calendar. Periods begin with the year. */
export type PaymentPeriod = "month" | "two_months" | "quarter" | "half_year" | "year";
/** Decimal text with at most 4 decimals, such as "80". */
export type Percent = string;
/** How a pot is divided over lines or facilities. */
export type PotDivision = "exact" | "rounded";
/** The day on which the age of members is counted for a premium. */
export type PremiumAge = "at_enrolment" | "as_of";
/** Whether a premium has decimals. */
export type PremiumDecimals = "kept" | "dropped";
/** How members above the threshold are charged when there is no lump sum. */
export type PremiumExtras = "once" | "twice";
/** A named set of conventions. */
export type Preset = "standard" | "legacy-sql";
/** Where the price of one unit comes from (SEMANTICS 5). */
export type PriceOrigin = "price_list" | "claimed" | "relative";
/** Decimal text with at most 2 decimals, such as "1.50". */
export type Quantity = string;
/** Which quantity of earlier lines counts against a limit. */
export type QuantityCounted = "approved" | "provided";
/** What a line may have when a quantity limit is partly used. */
export type QuantityLimit = "trim" | "block_when_used_up";
/**
 * How a product of money and a quantity or percentage becomes whole minor units again
 * (SEMANTICS 0). Every rounding step of the engine uses the scheme's rule once.
 */
export type Rounding = "half_away_from_zero" | "half_even" | "down";
/** Which way an amount is rounded to a step. */
export type RoundingDirection = "nearest" | "up" | "down";
/** Where a claim goes; each is a person. There is no other way out. */
export type Route = "review" | "request_information" | "senior_review";
/** Whether earlier lines of the same claim count against quantity limits. */
export type SameClaim = "counts" | "ignored";
/** Whose claims share an amount (SEMANTICS 6). */
export type Scope = "treatment" | "insuree" | "policy";
/** Decimal text with at most 4 decimals, such as "0.93". */
export type Score = string;
/**
 * Category of a service (SEMANTICS 1, openIMIS S D A H C O V), in order of precedence: the first of
 * a claim's services gives the claim its category.
 */
export type ServiceCategory =
  "surgery" | "delivery" | "antenatal" | "hospitalization" | "consultation" | "other" | "visit";
/** How much a finding matters. */
export type Severity = "low" | "medium" | "high";
/** Sex as registered. */
export type Sex = "male" | "female" | "other";
/** What divides claims into groups. */
export type Stratum =
  | "facility"
  | "facility_level"
  | "product"
  | "visit_type"
  | "category"
  | "diagnosis"
  | {
      facility_attribute: Code;
    }
  | {
      patient_attribute: Code;
    };
/**
 * What happens to a selected claim that nobody has reviewed. It never just disappears
 * (DOMAIN D.1: openIMIS bypasses it in silence).
 */
export type Undone =
  | {
      hold: Hold;
    }
  | "pay_by_rules";
/**
 * What happens to a claim for which no advisor gave a usable answer. Never an approval: the rules
 * decide, with or without a person.
 */
export type Unheard = "by_rules" | "review";
/** What an unlimited fixed amount pays. */
export type UnlimitedFixed = "in_full" | "nothing";
/** The co-insurance of items for which none is stated. */
export type UnstatedCoInsurance = "hundred" | "zero";
/** Why the patient came. */
export type VisitType = "other" | "emergency" | "referral";
/** What happens to a claim that can be compared with no mean. */
export type WithoutMean = "pass" | "select";
/** How far a claim got. */
export type ClaimStatus = "rejected" | "entered" | "checked" | "processed" | "valuated";
/** What a decision is for. */
export type Mode = "claim" | "predetermination" | "preauthorization";
/**
 * A check that a reviewer may replace. Coverage, register and price list are not among them:
 * no one can approve what no product covers.
 */
export type Override = "care_type" | "patient" | "waiting" | "quantity" | "frequency";
/** New or renewed policy. */
export type PolicyStage = "new" | "renewed";
/** Status of a policy. */
export type PolicyStatus = "idle" | "active" | "suspended" | "expired" | "ready";
/** Accept or reject. */
export type Verdict = "accepted" | "rejected";
/** How much of the reasoning a decision shows. */
export type TraceLevel = "none" | "reasons" | "full";
/** A moment: RFC 3339 to the second, such as "2025-03-10T14:30:00Z". */
export type Moment = string;
/** What a scheme can limit. */
export type QualityLimit =
  "precision" | "recall" | "wrong_flags" | "overrides" | "calibration" | "drift";
/** Whether an advisor's answer could be used, and why not. */
export type AnswerStatus =
  | "used"
  | "absent"
  | "late"
  | "too_large"
  | "malformed"
  | "unknown_model"
  | "other_input"
  | "out_of_scope"
  | "out_of_range"
  | "unknown_target";
/** The kinds of findings. */
export type FindingCode =
  | "duplicate"
  | "quantity_outlier"
  | "price_outlier"
  | "frequency_outlier"
  | "unbundling"
  | "upcoding"
  | "diagnosis_mismatch"
  | "patient_mismatch"
  | "document_mismatch"
  | "document_missing"
  | "eligibility_doubt"
  | "unusual"
  | "usual"
  | "other";
/** Why a claim is not routed. */
export type NotRouted =
  | "no_advisors"
  | "observe"
  | "quality"
  | "nothing_to_pay"
  | "below_floor"
  | "exempt"
  | "no_answer"
  | "nothing_questioned";
/** Which way a finding points. There is no "reject": that is for a person to say. */
export type Stance = "supports" | "questions" | "abstains";
/** What a finding is about. */
export type Target =
  | "claim"
  | {
      line: Code;
    };
/** Passed or rejected. */
export type LineStatus = "rejected" | "passed";
/** Where a claim stands. */
export type Status = "rejected" | "awaiting_index" | "valuated";
/** What a row pays for a visit. */
export type TermsDocument =
  | {
      co_insurance: Percent;
    }
  | {
      fixed: Amount;
    }
  | "unlimited";
/** What a run leaves. */
export type Answer =
  | {
      /**
       * After the first call of two: after submission of a flow, after `validate_claim` of a
       * process.
       */
      first: Stored;
      /** After the whole run: what later claims see. */
      last: Stored;
      outcome: "adjudicated";
    }
  | {
      /** The exception. */
      fault: Crash;
      outcome: "unadjudicable";
    };
/**
 * How openIMIS breaks down: the class of the Python exception that leaves it. The claim is
 * `unadjudicable`; nothing of it is stored.
 */
export type Crash =
  "AttributeError" | "TypeError" | "ValidationError" | "NotImplementedError" | "ValueError";
/** A deviation of openIMIS 1.11 from the `standard` conventions. */
export type Switch =
  | "int_truncation"
  | "deductible_not_subtracted_when_larger"
  | "is_adult_not_called"
  | "excluded_lines_missing_from_totals"
  | "policy_members_counts_policies"
  | "every_line_for_every_policy"
  | "category_history_never_loaded"
  | "archived_dedrems_counted"
  | "exceed_ceiling_amount_category_not_stored"
  | "coinsurance_flag_kept"
  | "zero_is_absent"
  | "qty_approved_zero_paid"
  | "float_rounding_on_save"
  | "zero_with_decimals_crash"
  | "policy_ceiling_with_insuree_consumption"
  | "price_history_row_wins"
  | "price_row_of_same_day_crash"
  | "package_mismatch_price"
  | "relative_flag_anded"
  | "null_interpretation_is_never_hospital"
  | "approved_price_not_stored"
  | "threshold_null_crash"
  | "null_dedrem_crash"
  | "merge_deductible_crash"
  | "null_limit_crash"
  | "queryset_remove_crash"
  | "waiting_period_ignores_insuree_dates"
  | "month_arithmetic"
  | "limits_of_every_product"
  | "partial_quantity_overwrites"
  | "same_claim_not_added_up"
  | "reviewed_quantity_limited"
  | "frequency_within_policies"
  | "frequency_counts_later_care"
  | "frequency_at_exact_distance"
  | "frequency_tested_first"
  | "null_category_not_counted"
  | "count_rejection_not_saved"
  | "count_limit_escaped_by_next_policy"
  | "insuree_policy_twice"
  | "policy_row_written_later"
  | "rows_closed_later_cover"
  | "null_limitation_stops_claim"
  | "header_reasons"
  | "reversed_dates_accepted"
  | "closed_element_rejected"
  | "element_not_yet_valid"
  | "closed_price_list_is_empty"
  | "benefit_row_must_be_current"
  | "category_needs_pricelist"
  | "given_category_kept"
  | "other_category_is_its_own"
  | "rejected_status_resurrected"
  | "line_with_reason_untouched"
  | "gender_other_is_male"
  | "candidate_choice_by_limits"
  | "category_not_stored_on_direct_path"
  | "flow_pays_gross"
  | "approved_cross_join"
  | "approved_counts_rejected_line"
  | "rejected_claim_becomes_valuated";
/** Which of openIMIS's calls is replayed. */
export type Run = "submit" | "process" | "flow";
/** Which lines of a service or item are compared. */
export type Peers =
  | "all"
  | {
      level: FacilityLevel;
    }
  | {
      facility: Code;
    }
  | {
      diagnosis: Code;
    };
/** Which indicator. */
export type Indicator =
  | "population"
  | "families"
  | "insured_population"
  | "insured_families"
  | "visits"
  | "adjusted_amount";
/** Why a claim has no part in a run. */
export type LeftOut =
  | "paid_before"
  | "no_pot"
  | "not_due"
  | "outside_period"
  | "facility_not_selected"
  | "facility_capitated"
  | "other_care";
/** Whether a run was calculated. */
export type RunStatus = "calculated" | "not_due" | "refused";
/**
 * Claim adjustment group code of X12: who bears an amount. We publish codes of our own with a
 * mapping to X12's; X12's descriptions are X12's.
 */
export type CarcGroup = "PR" | "CO" | "OA";
/** What a reason does to the claim or line it stands at. */
export type Effect = "rejects" | "reduces" | "informs";
/** What a part of the reasoning is about. */
export type Subject = "claim" | "policy" | "line";
/** What an enquiry is about. */
export type About =
  | "everything"
  | {
      service: Code;
    }
  | {
      item: Code;
    };
/** Which care a limit is for. */
export type Care = "general" | "inpatient" | "outpatient";
/** How a visit could be different. */
export type Other =
  | "referral"
  | {
      facility: {
        /** Code of a facility of that level: of those with the best answer, the first. */
        code: Code;
        /** Level of the facility. */
        level: FacilityLevel;
      };
    };
/** The kind of care that shares a pot. */
export type WrittenCare = "general" | "inpatient" | "outpatient";
/** Why a policy is in force, or not. */
export type ActivationReason = "paid" | "nothing_due" | "enforced" | "unpaid" | "unconfirmed";
/** How a member is charged; each once. */
export type ChargedAs = "lump_sum" | "person" | "extra" | "other_relative" | "beyond_maximum";
/** What a part of a premium is for. */
export type PremiumStep =
  | "lump_sum"
  | "adults"
  | "children"
  | "extra_adults"
  | "extra_children"
  | "other_adults"
  | "other_children"
  | "general_assembly"
  | "registration"
  | "enrolment_discount"
  | "renewal_discount"
  | "whole_units"
  | "rounding";
/** The answer to one claim of a snapshot. */
export type ReplayedClaim =
  | {
      /** The claim's code. */
      claim: Code;
      /**
       * After the first call of two: after submission of a flow, after `validate_claim` of a
       * process.
       */
      first: Stored;
      /** After the whole run: what later claims see. */
      last: Stored;
      outcome: "adjudicated";
    }
  | {
      /** The claim's code. */
      claim: Code;
      /** The exception. */
      fault: Crash;
      outcome: "unadjudicable";
    };
/** On what ground a claim is paid. */
export type Basis = "rules" | "unreviewed" | "review" | "appeal" | "reversal";
/** Where a review or feedback stands (openIMIS 1, 2, 4, 8, 16). */
export type ReviewState = "idle" | "not_selected" | "selected" | "delivered" | "bypassed";
/** What a step moves. */
export type Track = "review" | "feedback";
/** What is done. */
export type Action =
  | {
      select: SelectStep;
    }
  | {
      pass_over: PlainStep;
    }
  | {
      deliver: DeliverStep;
    }
  | {
      bypass: ReasonStep;
    }
  | {
      lapse: PlainStep;
    }
  | {
      reopen: ReasonStep;
    }
  | {
      select_feedback: PlainStep;
    }
  | {
      pass_over_feedback: PlainStep;
    }
  | {
      deliver_feedback: AnswersStep;
    }
  | {
      bypass_feedback: ReasonStep;
    }
  | {
      settle: PlainStep;
    }
  | {
      appeal: ReasonStep;
    }
  | {
      decide_appeal: DecideStep;
    }
  | {
      reverse: ReasonStep;
    };
/** The numbers of a rule's choice. */
export type LookedAt =
  | {
      random: {
        /** Claims in the group. */
        claims: number;
        /**
         * The first 16 hexadecimal digits of the SHA-256 of `seed`, `rule`, `facility` and
         * `claim`, with line breaks between them.
         */
        draw: string;
        /** Claims drawn from it. */
        drawn: number;
        /** Percentage drawn. */
        percent: Percent;
        /** Rank of this claim by its draw, from 1. */
        rank: number;
      };
    }
  | {
      value: {
        /** What the claim asks for. */
        claimed: Amount;
        /** The threshold. */
        threshold: Amount;
      };
    }
  | {
      variance: {
        /** What the claim asks for. */
        claimed: Amount;
        /** Earlier claims that the mean is of. */
        claims: number;
        /** The mean × (1 + percent / 100). */
        limit: Amount;
        /** Their mean. */
        mean: Amount;
      };
    }
  | {
      too_small: {
        /** The least that the rule looks at. */
        at_least: Amount;
        /** What the claim asks for. */
        claimed: Amount;
      };
    }
  | {
      without_mean: {
        /** Earlier claims. */
        claims: number;
        /** Fewest that make a mean. */
        fewest: number;
      };
    }
  | {
      advice: {
        /** The host's name for the advisor. */
        advisor?: Code;
        /** Position of the finding in its answer, from 0. */
        finding?: number;
        /** Its score. */
        score?: Score;
        /** Where the claim goes. */
        to: Route;
      };
    }
  | {
      other_advice: {};
    };
/** Why a step was not taken. */
export type RefusalCode =
  | "wrong_state"
  | "reason_missing"
  | "wrong_line"
  | "out_of_range"
  | "not_due"
  | "held"
  | "already_settled"
  | "not_settled"
  | "appeal_open"
  | "no_appeal"
  | "appeal_late"
  | "same_reviewer"
  | "reversed";
/** Where a claim stands. */
export type Standing =
  | {
      pay: {
        /** On what ground. */
        basis: Basis;
      };
    }
  | {
      hold: {
        /** The deadline is over, and the scheme goes on waiting. */
        overdue: boolean;
        /** Last day to review it; absent = no deadline. */
        until?: string;
      };
    }
  | {
      paid: {
        /** On what ground. */
        basis: Basis;
      };
    }
  | {
      appealed: {};
    }
  | {
      reversed: {};
    };
/** Why nothing is applied. */
export type NotApplied =
  | "no_rules"
  | "all_reviewed"
  | "too_few"
  | "no_ratio"
  | "too_wide"
  | "nothing_to_take"
  | "not_approved";
/** Which values go to `yes` at a split. */
export type Comparison = "at_most" | "below";
/** One node of a tree. */
export type Node =
  | {
      split: Split;
    }
  | {
      leaf: Leaf;
    };
/** What the score means. */
export type Objective = "binary_logistic" | "regression";
/**
 * How many digits a number keeps. XGBoost compares and adds up in 32 bits, scikit-learn's
 * `GradientBoosting…` compares in 32 and adds up in 64, LightGBM and scikit-learn's
 * `HistGradientBoosting…` do both in 64.
 */
export type Precision = "f32" | "f64";
/** A child of a split. */
export type Side = "yes" | "no";

/** What makes cover begin. */
export interface Activation {
  /** Whether an officer must confirm the policy once it is paid (openIMIS status `ready`). */
  needs_confirmation?: boolean;
  /** Percentage of the household's share that must be paid. */
  percent?: Percent;
}
/** The routing policy. No field of it can deny a claim or change an amount. */
export interface AdvisorRules {
  /**
   * Free attributes of patients that advisors may see. Others are never shown: anything may
   * stand in them.
   */
  attributes?: Code[];
  /** Most claims that findings may select in one selection; absent = no limit. */
  capacity?: number;
  /** An answer that took longer than this is late, in milliseconds; absent = no limit. */
  deadline_ms?: number;
  /** Claims that findings never route. */
  exempt?: Exempt;
  /** Claims of which the rules pay less than this are not routed. */
  floor?: Amount;
  /** The advisors that are heard; answers of others are kept and do nothing. */
  known: KnownAdvisor[];
  /** How good advisors must be; past a limit, findings are only observed. Absent = not limited. */
  limits?: QualityLimits;
  /** Whether findings may route claims, or are only kept. */
  mode?: AdvisorMode;
  /** Which questioning findings route a claim where: the first that fits each. */
  routes?: RouteRule[];
  /** What happens to a claim for which no advisor gave a usable answer. */
  unheard?: Unheard;
}
/** A range of ages in completed years, both ends included; an absent end is open. */
export interface AgeRange {
  /** Oldest age. */
  max?: number;
  /** Youngest age. */
  min?: number;
}
/** A value for adults and one for children; absent = no such rule for the group. */
export interface AgeSplit {
  /** For adults. */
  adult?: number;
  /** For children. */
  child?: number;
}
/** A value for adults and one for children; absent = no such rule for the group. */
export interface AgeSplit2 {
  /** For adults. */
  adult?: Quantity;
  /** For children. */
  child?: Quantity;
}
/** A value for adults and one for children; absent = no such rule for the group. */
export interface AgeSplit3 {
  /** For adults. */
  adult?: Exclusion;
  /** For children. */
  child?: Exclusion;
}
export interface Attributes {
  [k: string]: string;
}
/** One benefit row: the services and items it is for share everything else. */
export interface Benefit {
  /** Visits for which the ceiling neither applies nor is consumed. */
  ceiling_exclusion?: AgeSplit3;
  /**
   * How much is covered: the first rule that fits the visit decides. A visit that none fits is
   * not covered by this row.
   */
  cover: CoverRule[];
  /** Codes of items. */
  items?: Code[];
  /** Most units the person gets within the window; 0 = none. */
  max_quantity?: AgeSplit2;
  /** Where the price of one unit comes from. */
  price_origin?: PriceOrigin;
  /** The period over which units add up; default the person's membership. */
  quantity_window?: CounterWindow;
  /** Codes of services. */
  services?: Code[];
  /** Visit dates for which the row exists. */
  valid?: Validity;
  /** Months after joining before it is covered. */
  waiting_months?: AgeSplit;
}
/**
 * Capitation (DOMAIN A.7): a share of the premium is divided by up to six indicators, each over
 * the facilities in proportion to what they have of it.
 */
export interface Capitation {
  /** Claims that count as visits and with their amounts. */
  care_type?: CareType;
  /** Districts whose facilities take part; absent = all. */
  districts?: Code[];
  /** Facilities that take part: those that one of these selects, at most four; absent = all. */
  facilities?: FacilitySelector[];
  /** How often it is paid. */
  period?: PaymentPeriod;
  /** Part of the period's premium that is paid by capitation, in percent. */
  share: Percent;
  /** How the money is divided over the indicators. */
  weights: Weights;
}
/** The register. */
export interface Catalogue {
  /** Medical items (drugs and consumables). */
  items?: Item[];
  /** Medical services. */
  services?: Service[];
}
/** A village that a facility serves. */
export interface Catchment {
  /** Part of the village that it serves, in percent. */
  percent: Percent;
  /** Code of the village. */
  village: Code;
}
/** How many claims of a category, and how much for them. */
export interface CategoryLimit {
  /** The period over which the person's amounts add up; absent = each claim by itself. */
  amount_window?: CounterWindow;
  /** The period over which claims count; default the person's membership. */
  claims_window?: CounterWindow;
  /** Most the scheme pays for claims of the category, before the ceiling. */
  max_amount?: Amount;
  /** Most accepted claims of the person; 0 = none allowed. */
  max_claims?: number;
}
/** Limits by category of claim. */
export interface CategoryLimits {
  /** Antenatal claims. */
  antenatal?: CategoryLimit;
  /** Consultation claims. */
  consultation?: CategoryLimit;
  /** Delivery claims. */
  delivery?: CategoryLimit;
  /** Hospitalization claims. */
  hospitalization?: CategoryLimit;
  /** Surgery claims. */
  surgery?: CategoryLimit;
  /** Visits: all other claims. */
  visit?: CategoryLimit;
}
/** Claims that a rule is for. An empty list means any. */
export interface ClaimFilter {
  /** Categories of the claim. */
  categories?: ServiceCategory[];
  /** Facilities. */
  facilities?: Code[];
  /** Products that pay a part of the claim. */
  products?: Code[];
  /** Why the patient came. */
  visit_types?: VisitType[];
}
/** One part of a package. */
export interface Component {
  /** Its code. */
  code: Code;
  /** Service or item. */
  kind: ElementKind;
  /** Units that belong to one package. */
  quantity: Quantity;
}
/** A preset and the items on which a scheme deviates from it. */
export interface ConventionChoice {
  /** Deviations from it. */
  overrides?: Overrides;
  /** The preset. */
  preset?: Preset;
}
/**
 * One rule of cover. Everything given must fit; a rule with neither `co_insurance`, `fixed` nor
 * `not_covered` pays 100 %.
 */
export interface CoverRule {
  /** Age group it is for; absent = both. */
  age_group?: AgeGroup;
  /** Percentage the scheme pays after the deductible, 0 to 100. */
  co_insurance?: Percent;
  /** Most the scheme pays for one unit, or `unlimited`. */
  fixed?: Cap;
  /** `true`: the row does not cover these visits. */
  not_covered?: boolean;
  /** Visit types it is for; absent = all. */
  visit_types?: VisitType[];
  /** Further conditions; absent = none. */
  when?: When;
}
/** The scheme's currency. */
export interface Currency {
  /** ISO 4217 code, such as `NPR`. */
  code: Code;
  /** Decimal places of the minor unit, 0 to 4: 2 for cents, 0 for XAF. */
  exponent: number;
  /** How amounts are rounded to the minor unit. */
  rounding?: Rounding;
}
/** A day of the year in the scheme's calendar; in years without it, the last day of its month. */
export interface Cycle {
  /** Day of the month, from 1. */
  day: number;
  /** Month of the year, 1 to 12. */
  month: number;
}
/** A diagnosis of the register. */
export interface Diagnosis {
  /** Code, usually ICD-10. */
  code: Code;
  /** Groups that conditions may ask for. */
  groups?: Code[];
  /** Name for people. */
  name?: string;
}
/** Less for who comes early. */
export interface Discount {
  /** Months before the beginning of the policy by which the household must have enrolled. */
  months_before: number;
  /** Percentage taken off the whole premium, fees included. */
  percent: Percent;
}
/**
 * What a product says about its policies rather than about care (DOMAIN A.8, A.9).
 *
 * Months are counted in the scheme's calendar. A field left out means that there is no such rule.
 */
export interface Enrolment {
  /** What makes cover begin. */
  activation?: Activation;
  /** Months from enrolment until cover may begin, for new policies (`AdministrationPeriod`). */
  administration_months?: number;
  /** The product that takes this one's place when a policy is renewed. */
  conversion_product?: Code;
  /** Days of the year on which cover begins, at most four (`StartCycle1` to `4`); none = any day. */
  cycles?: Cycle[];
  /** For new policies enrolled in good time before the cycle begins. */
  enrolment_discount?: Discount;
  /** What the general assembly costs on top: charged for every policy. */
  general_assembly?: Fee;
  /** How much later than due something may still happen. */
  grace?: Grace;
  /** Whether the household may pay in parts; absent = any number of payments counts. */
  instalments?: Instalments;
  /** Months that a policy covers (openIMIS `InsurancePeriod`). */
  insurance_months: number;
  /** How large a household may be. */
  members?: HouseholdSize;
  /** What membership costs. */
  premium?: Premium;
  /** Contributions that must have been made before benefits are due. */
  qualifying?: Qualifying;
  /** What registration costs on top: charged for new policies. */
  registration?: Registration;
  /** For policies renewed in good time before the previous one ends. */
  renewal_discount?: Discount;
  /** To what the premium is rounded; absent = to the currency's minor unit. */
  rounding?: PremiumRounding;
  /** Who pays for whom. For each payer, the first rule that fits the family applies. */
  subsidies?: Subsidy[];
}
/** Claims that findings never route. */
export interface Exempt {
  /** Categories of the claim, such as delivery. */
  categories?: ServiceCategory[];
  /** Why the patient came, such as an emergency. */
  visit_types?: VisitType[];
}
/**
 * What each member above a threshold adds, up to a maximum (openIMIS max_policy_extra_member,
 * threshold, max_ceiling_policy).
 */
export interface ExtraMembers {
  /** Members included in the amount; each further one adds. */
  above: number;
  /** What each further member adds. */
  amount: Amount;
  /** The amount with extra members is at most this; absent = no maximum. */
  maximum?: Amount;
}
/** A health facility. */
export interface Facility {
  /** Free attributes that conditions may ask for. */
  attributes?: Attributes;
  /** Number of beds. */
  beds?: number;
  /** Kind of care it gives. */
  care_type?: CareType;
  /** Villages that it serves, for capitation. */
  catchment?: Catchment[];
  /** Code of the facility. */
  code: Code;
  /** District in which it lies, for capitation. */
  district?: Code;
  /** Level. */
  level: FacilityLevel;
  /** Name for people. */
  name?: string;
  /** Ownership, free text of the scheme, such as `government` or `private`. */
  ownership?: Code;
  /**
   * Lists of what it may claim. Absent = no price list rules here: everything of the register
   * at register prices. Empty = nothing may be claimed.
   */
  price_lists?: Code[];
  /** Sub-level, free text of the scheme. */
  sublevel?: Code;
}
/** Selects facilities by level, and by sub-level if one is given. */
export interface FacilitySelector {
  /** Level. */
  level: FacilityLevel;
  /** Sub-level; absent = any or none. */
  sublevel?: Code;
}
/** Conditions on the facility. All that are given must hold. */
export interface FacilityTerms {
  /** All of these attributes with these values. */
  attributes?: Attributes;
  /** One of these levels. */
  levels?: FacilityLevel[];
  /** At most this many beds; a facility with unknown beds does not fit. */
  max_beds?: number;
  /** At least this many beds; a facility with unknown beds does not fit. */
  min_beds?: number;
  /** One of these kinds of ownership. */
  ownership?: Code[];
  /** One of these sub-levels. */
  sublevels?: Code[];
}
/** Which families. */
export interface FamilyTerms {
  /** Only families with all these attributes. */
  attributes?: Attributes;
  /** Only families registered as poor, or only others. */
  poverty?: boolean;
}
/** A fee for the household or for each member who is charged. */
export interface Fee {
  /** The amount. */
  amount: Amount;
  /** For whom it is due. */
  per: FeeBasis;
}
/**
 * The month and day on which a fiscal year begins, in the scheme's own calendar.
 *
 * Nepal's fiscal year begins on 1 Shrawan: month 4, day 1 of Bikram Sambat. The default, month 1
 * day 1, makes the fiscal year the calendar year.
 */
export interface FiscalYearStart {
  /** Day of the month, from 1. */
  day: number;
  /** Month of the year, 1 to 12. */
  month: number;
}
/** Grace periods in months. */
export interface Grace {
  /**
   * After the beginning of a cycle, new policies may still enrol in it and pay for it
   * (`GracePeriod`).
   */
  enrolment_months?: number;
  /**
   * Without cycles: after enrolment, or after the end of the previous policy, the premium may
   * still be paid (`WaitingPeriod` of a product).
   */
  payment_months?: number;
  /**
   * After the end of a policy, it may still be renewed; with cycles also after the beginning of
   * the cycle (`GracePeriodRenewal`).
   */
  renewal_months?: number;
}
/** How long a claim waits for its review. */
export interface Hold {
  /** Days from its selection; on the day after the last, the deadline is over. */
  days: number;
  /** What happens then. */
  then?: AfterDeadline;
}
/** How large a household may be, in persons. */
export interface HouseholdSize {
  /**
   * Most members (`MaxMember`); who is beyond is neither charged nor covered. Who that is says
   * the convention `members_kept`.
   */
  max?: number;
  /** Fewest members; a smaller household is told so. */
  min?: number;
}
/** Payment in parts. */
export interface Instalments {
  /** Most payments that count (`MaxInstallments`). */
  max: number;
  /** Months from one to the next. */
  months_apart?: number;
}
/** A medical item of the register. Several entries of one code must have disjoint validity. */
export interface Item {
  /** In which kind of care it may be given. */
  care_type?: CareType;
  /** Code of the item. */
  code: Code;
  /** A second one within fewer days than this is refused; absent = no restriction. */
  frequency_days?: number;
  /** Most units one line may have; absent = any. */
  max_quantity?: Quantity;
  /** Name for people. */
  name?: string;
  /** Who may receive it; absent = everybody. */
  patients?: Patients;
  /** Register price of one unit. */
  price: Amount;
  /** Type, free text of the scheme (openIMIS: D drug, M medical consumable). */
  type?: Code;
  /** When the entry is in the register. */
  valid?: Validity;
}
/** An advisor that the scheme has approved. */
export interface KnownAdvisor {
  /** Id of the model. */
  model: Code;
  /** Who runs it. */
  provider: Code;
  /** Days of care for which it is approved. */
  valid?: Validity;
  /** Version of the model. */
  version: Code;
  /** SHA-256 of the model's file, in hexadecimal; given, the answer must name the same. */
  weights?: Code;
}
/** One amount and whose claims share it. */
export interface Limit {
  /** The amount, or `unlimited` for a ceiling. */
  amount: Cap;
  /** More for large families (scope policy). */
  extra_members?: ExtraMembers;
  /** Whose claims share the amount. */
  scope: Scope;
  /**
   * More for members with certain attributes: in scope policy for each such member, otherwise
   * for the patient.
   */
  supplements?: Supplement[];
}
/** A deductible or ceiling: general, or apart for in- and out-patient care, never both. */
export interface Limits {
  /** For all care. */
  general?: Limit;
  /** For hospital visits only. */
  inpatient?: Limit;
  /** For other visits only. */
  outpatient?: Limit;
  /** The period over which earlier claims count. */
  window?: CounterWindow;
}
/** The items on which a scheme deviates from its preset. */
export interface Overrides {
  /** How age at the visit is counted. */
  age?: AgeRule;
  /** Which of several covering rows pays. */
  assignment?: AssignmentRule;
  /** Which price co-insurance and fixed amounts are compared at. */
  assignment_price?: AssignmentPrice;
  /** Which covering rows a line may be assigned to. */
  candidates?: Candidates;
  /** Whether the kind of care of a service or item must match the stay. */
  care_type?: CareTypeRule;
  /** Which claims a limit on the number of claims can reject. */
  claim_counters?: ClaimCounters;
  /** What is written to the ledger when several policies pay one claim. */
  consumption?: ConsumptionRule;
  /** Whether dates that contradict each other reject the claim. */
  contradictory_dates?: ContradictoryDates;
  /** From which day a paid policy covers. */
  cover_begins?: CoverBegins;
  /** Whether someone who enrols on the last day for a cycle is still in it. */
  cycle_boundary?: CycleBoundary;
  /** Which grace period lets a renewal join a cycle that has begun. */
  cycle_grace?: CycleGrace;
  /** Whether a claim already accepted under the same code is refused. */
  duplicates?: Duplicates;
  /** What a period earns of a contribution. */
  earned_premium?: EarnedPremium;
  /** When a fixed amount counts as covering the whole price. */
  fixed_covers?: FixedCovers;
  /** Whether hospitalization is a matter of the stay alone. */
  hospitalization?: HospitalizationRule;
  /** In which order the lines of a claim are worked, and so take deductible and ceiling. */
  line_order?: LineOrder;
  /** Which members stay when a household has more than the product allows. */
  members_kept?: MembersKept;
  /** Which reason a claim without any covering policy has. */
  no_coverage?: NoCoverage;
  /** What sex `other`, or none stated, means for a restriction by sex. */
  other_sex?: OtherSex;
  /** Whether package services are priced by their content. */
  packages?: Packages;
  /** How a pot is divided over lines or facilities. */
  pot_division?: PotDivision;
  /** The day on which the age of members is counted for a premium. */
  premium_age?: PremiumAge;
  /** Whether a premium has decimals. */
  premium_decimals?: PremiumDecimals;
  /** How members above the threshold are charged when there is no lump sum. */
  premium_extras?: PremiumExtras;
  /** Which quantity of earlier lines counts against a limit. */
  quantity_counted?: QuantityCounted;
  /** What a line may have when a quantity limit is partly used. */
  quantity_limit?: QuantityLimit;
  /** Whether earlier lines of the same claim count against quantity limits. */
  same_claim?: SameClaim;
  /** What an unlimited fixed amount pays. */
  unlimited_fixed?: UnlimitedFixed;
  /** The co-insurance of items for which none is stated. */
  unstated_item_co_insurance?: UnstatedCoInsurance;
}
/** Content of a package service (DOMAIN M20). */
export interface Package {
  /** What belongs to it. */
  components: Component[];
  /** How the content decides the price. */
  kind: PackageKind;
}
/** Conditions on a person. All that are given must hold. */
export interface PatientTerms {
  /** Completed years at the visit; an unknown birth date does not fit. */
  age?: AgeRange;
  /** All of these attributes with these values. */
  attributes?: Attributes;
  /** This sex. */
  sex?: Sex;
}
/** Who may receive a service or item. An absent list means no restriction, an empty one nobody. */
export interface Patients {
  /** Age groups allowed. */
  age_groups?: AgeGroup[];
  /** Sexes allowed. */
  sexes?: Sex[];
}
/** How a product pays facilities out of the premium that it earns. */
export interface Payment {
  /** Payment by catchment and use; absent = none. */
  capitation?: Capitation;
  /** Relative prices; absent = claims with relative prices have no index to wait for. */
  relative?: RelativePricing;
}
/** How large a pot is, and how often it is divided. */
export interface PotRule {
  /**
   * Part of the period's premium that goes into the pot, in percent: one percentage for each
   * period of the year, in order. Absent = 100 in every period; 0 = nothing is paid.
   */
  distribution?: Percent[];
  /** How often it is divided. */
  period: PaymentPeriod;
}
/** What membership costs: each member is charged once. */
export interface Premium {
  /** For each adult whom no lump sum covers (`PremiumAdult`). */
  adult?: Amount;
  /** For each child whom no lump sum covers (`PremiumChild`). */
  child?: Amount;
  /** One amount for the household (`LumpSum`); absent = everyone pays for himself. */
  lump_sum?: Amount;
  /**
   * Members whom the lump sum covers, adults first (`Threshold`); absent = all. Other relatives
   * are never among them.
   */
  lump_sum_members?: number;
}
/** To what the premium is rounded. */
export interface PremiumRounding {
  /** Which way. */
  direction?: RoundingDirection;
  /** The smallest step, such as `"50"`. */
  unit: Amount;
}
/** One entry of a price list. Several entries of one code must have disjoint validity. */
export interface PriceEntry {
  /** Its code. */
  code: Code;
  /** Service or item. */
  kind: ElementKind;
  /** Price of one unit instead of the register price; absent = the register price. */
  price?: Amount;
  /** When the entry applies. */
  valid?: Validity;
}
/** A list of what a facility may claim, and at which price. */
export interface PriceList {
  /** Code of the list. */
  code: Code;
  /** What is on the list. */
  entries: PriceEntry[];
  /** Name for people. */
  name?: string;
  /** When the list applies; outside it, nothing is on it. */
  valid?: Validity;
}
/** One insurance product. */
export interface Product {
  /** Completed years at the visit for which the product pays. */
  age_limits?: AgeRange;
  /** What the product covers. */
  benefits?: Benefit[];
  /** Limits by category of claim. */
  category_limits?: CategoryLimits;
  /** What the scheme pays at most. */
  ceiling?: Limits;
  /** The product's code. */
  code: Code;
  /** What the insured pays before the scheme does. */
  deductible?: Limits;
  /**
   * How long its policies run, what they cost and when cover begins; absent = policies come
   * from elsewhere.
   */
  enrolment?: Enrolment;
  /** Days after the end of care within which a claim must be made; absent = no deadline. */
  filing_deadline_days?: number;
  /** What makes a visit a hospital visit, for in- and out-patient limits and ceiling exclusions. */
  hospital_visit?: HospitalVisit;
  /** The product's name for people. */
  name?: string;
  /** How facilities are paid out of the premium; absent = by their claims alone. */
  payment?: Payment;
  /** Visit dates for which the product pays. */
  valid?: Validity;
}
/**
 * What happens to unreviewed claims of a product. Of a claim that several products pay, the one
 * that holds longest decides.
 */
export interface ProductUndone {
  /** Code of the product. */
  product: Code;
  /** What happens. */
  undone: Undone;
}
/** Contributions before benefits: in `months` of the last `within_months` calendar months. */
export interface Qualifying {
  /** Months with a contribution that are needed. */
  months: number;
  /** Months that are looked at, ending with the month before the day asked about. */
  within_months: number;
}
/**
 * How good an advisor must be, by what reviewers decided in the blind share. Percentages of 0 to
 * 100; what is absent is not limited.
 */
export interface QualityLimits {
  /** Largest calibration error. */
  calibration?: Percent;
  /** Largest drift. */
  drift?: Percent;
  /** A limit counts only where what it limits rests on at least so many claims. */
  fewest: number;
  /** Of the flagged claims whose reviewer could see why, at most so many were left alone. */
  overrides?: Percent;
  /** Of the flagged claims, at least so many were corrected. */
  precision?: Percent;
  /** Of the corrected claims, at least so many were flagged. */
  recall?: Percent;
  /** Of the claims left alone, at most so many were flagged, in all and in every subgroup. */
  wrong_flags?: Percent;
}
/**
 * A share of the claims. Of n claims in a group, exactly n × percent / 100, rounded half up, are
 * drawn: those with the lowest SHA-256 of seed, rule, facility and claim.
 */
export interface RandomShare {
  /** Fewest claims drawn from each group that has as many. */
  at_least?: number;
  /** The percentage, 0 to 100. */
  percent: Percent;
}
/** The registration fee. */
export interface Registration {
  /** The amount. */
  amount: Amount;
  /** For whom it is due. */
  per: FeeBasis;
  /** Months after which a renewal is charged it again (`Recurrence`); absent = never. */
  recurrence_months?: number;
}
/**
 * Relative pricing (DOMAIN A.6): a part of the premium earned in a period is a fixed pot, divided
 * over the lines with relative prices in proportion to their amounts. The index that follows may
 * exceed 1. Either `general`, or `inpatient` and `outpatient` apart, each as it needs.
 */
export interface RelativePricing {
  /** Whether facilities that the product pays by capitation take part as well. */
  capitated_facilities?: CapitatedFacilities;
  /** Only facilities that one of these selects take part; absent = all. */
  facilities?: FacilitySelector[];
  /** One pot for all care (openIMIS care type B). */
  general?: PotRule;
  /** A pot for hospital visits (openIMIS I). */
  inpatient?: PotRule;
  /** A pot for other visits (openIMIS O). */
  outpatient?: PotRule;
}
/**
 * The scheme's rules of claim review. Without them, claims are reviewed by hand only, and a
 * selected review holds the claim until it is done.
 */
export interface ReviewRules {
  /** Which advisors may be heard, and what their findings may do; absent = none. */
  advisors?: AdvisorRules;
  /** Days after a decision within which the facility or the insured may appeal; absent = ever. */
  appeal_days?: number;
  /**
   * Percentage of all payable claims, drawn at random, that is reviewed without showing what
   * advisors found. Only these measure an advisor.
   */
  blind?: Percent;
  /**
   * Most claims that one selection may select, without the blind share; absent = no limit. What
   * advisors' findings select gets the room that the rules leave.
   */
  capacity?: number;
  /** Whether the reviewer of a claim may also decide its appeal. */
  own_appeals?: boolean;
  /** Products for which something else happens. */
  products?: ProductUndone[];
  /** When what a sample shows may be applied to claims that were not reviewed; absent = never. */
  sampling?: SamplingRules;
  /** Rules that select claims, the most important first. */
  selection?: SelectionRule[];
  /** What happens to a selected claim that nobody has reviewed. */
  undone?: Undone;
}
/** Where a finding sends a claim. */
export interface RouteRule {
  /** Which claims come first, 0 to 100. */
  priority?: number;
  /** Findings with at least this score. */
  score: Score;
  /** Findings of at least this severity; absent = any. */
  severity?: Severity;
  /** Where the claim goes. */
  to: Route;
}
/** When what a sample of reviewed claims shows may be applied to the rest of its group. */
export interface SamplingRules {
  /** Which ratio is applied. */
  apply?: AppliedRatio;
  /** Confidence of the interval. */
  confidence?: Confidence;
  /** Fewest reviewed claims of a group. */
  fewest: number;
  /** Half the width of the interval is at most this percentage of the ratio. */
  widest: Percent;
}
/** One reason to review a claim. */
export interface SelectionRule {
  /** The rule works within each of these groups by itself: its percentage is exact in each. */
  by?: Stratum[];
  /** Most claims that the rule selects in each group; absent = no limit. */
  capacity?: number;
  /** Name of the rule, shown with every claim that it selects. */
  code: Code;
  /** Claims that the rule is for. */
  only?: ClaimFilter;
  /** Which claims come first, 0 to 100; reviewers and limits on capacity begin with the highest. */
  priority?: number;
  /** Which claims it selects. */
  select: Criterion;
}
/** A medical service of the register. Several entries of one code must have disjoint validity. */
export interface Service {
  /** In which kind of care it may be given. */
  care_type?: CareType;
  /** Category: what kind of claim the service makes. */
  category?: ServiceCategory;
  /** Code of the service. */
  code: Code;
  /** A second one within fewer days than this is refused; absent = no restriction. */
  frequency_days?: number;
  /** Level of the service, free text of the scheme (openIMIS: S simple, V visit, D day, H hospital). */
  level?: Code;
  /** Most units one line may have; absent = any. */
  max_quantity?: Quantity;
  /** Name for people. */
  name?: string;
  /** Content, if the service is a package. */
  package?: Package;
  /** Who may receive it; absent = everybody. */
  patients?: Patients;
  /** Register price of one unit. */
  price: Amount;
  /** When the entry is in the register. */
  valid?: Validity;
}
/** A share of the premium that another than the household pays. */
export interface Subsidy {
  /** an amount; never more than what earlier payers leave. */
  amount?: Amount;
  /** Who pays, such as `government`. */
  payer: Code;
  /** Percentage of the premium, or */
  percent?: Percent;
  /** For which families; absent = for all. */
  when?: FamilyTerms;
}
/** What a member with certain attributes adds to an amount. */
export interface Supplement {
  /** What it adds. */
  amount: Amount;
  /** Name of the supplement, shown in explanations. */
  code: Code;
  /** Which members it is for. */
  patient: PatientTerms;
}
/** A range of days, both ends included; an absent end is open. */
export interface Validity {
  /** First valid day. */
  from?: string;
  /** Last valid day. */
  to?: string;
}
/**
 * Far above the mean: the amount is at least `mean × (1 + percent / 100)`.
 *
 * The mean is over earlier claims with the same main diagnosis whose day lies in the year before
 * the first day of care (that day itself not included). Engines differ here (DOMAIN R1): the
 * stored procedure compares what is claimed with what was claimed, openIMIS in Python with what
 * was approved. Both can be said; the default is the stored procedure's.
 */
export interface Variance {
  /** Claims that ask for less are not looked at. */
  at_least?: Amount;
  /** Fewest earlier claims that make a mean. */
  fewest?: number;
  /** What the mean is of. */
  mean_of?: MeanOf;
  /** How far above the mean, in percent of it. */
  percent: Percent;
  /** What happens to claims whose diagnosis has fewer earlier claims, or that have no diagnosis. */
  without_mean?: WithoutMean;
}
/** A village, the unit of catchments. */
export interface Village {
  /** Code of the village. */
  code: Code;
  /** Families; absent = not known, counts as 0 with a warning where it is asked for. */
  families?: number;
  /** Name for people. */
  name?: string;
  /** Inhabitants; absent = not known, counts as 0 with a warning where it is asked for. */
  population?: number;
}
/** Parts of the money for each indicator, in percent. They should add up to 100. */
export interface Weights {
  /** Adjusted amounts, price by quantity, of these claims. */
  adjusted_amount?: Percent;
  /** Families of the catchment. */
  families?: Percent;
  /** Insured families of the catchment, in force on the last day of the period. */
  insured_families?: Percent;
  /** Insured persons of the catchment, in force on the last day of the period. */
  insured_population?: Percent;
  /** Population of the catchment. */
  population?: Percent;
  /** Claims of the facility that were processed in the period. */
  visits?: Percent;
}
/** Conditions on a visit. All that are given must hold. */
export interface When {
  /** Any diagnosis of the claim is in one of these groups. */
  diagnosis_groups?: Code[];
  /** About the facility. */
  facility?: FacilityTerms;
  /** About the patient. */
  patient?: PatientTerms;
  /** The claim says the patient was referred (`true`) or not (`false`). */
  referred?: boolean;
  /** The visit date is inside. */
  visit?: Validity;
}
/** The authored rules of one scheme. */
export interface Scheme {
  /** Completed years from which a patient counts as an adult. */
  age_of_majority?: number;
  /** The calendar of months, years and fiscal years. */
  calendar?: Calendar;
  /** The register of services and items. */
  catalogue?: Catalogue;
  /** The scheme's code, such as `nepal-hib`. */
  code: Code;
  /** Where engines differ: a preset and the choices that deviate from it. */
  conventions?: ConventionChoice;
  /** The currency of every amount. */
  currency: Currency;
  /** Register of diagnoses; absent = any diagnosis code is accepted. */
  diagnoses?: Diagnosis[];
  /** When these rules apply; claims outside it are still adjudicated, with a finding. */
  effective?: Validity;
  /** Facilities that may claim. */
  facilities?: Facility[];
  /** First day of the fiscal year in the scheme's calendar; default the first day of the year. */
  fiscal_year?: FiscalYearStart;
  /** Languages of explanations, in order of preference. */
  languages?: Code[];
  /** The scheme's name for people. */
  name?: string;
  /** Price lists that facilities may use. */
  price_lists?: PriceList[];
  /** Insurance products. */
  products: Product[];
  /** Which claims a person looks at before they are paid; absent = as reviewers choose. */
  review?: ReviewRules;
  /** Always `adjudica/scheme@1`. */
  schema: string;
  /** Version of the rules, as the scheme counts them; part of every decision's provenance. */
  version: Code;
  /** Villages that facilities serve, for capitation. */
  villages?: Village[];
}
/** An amount in all, and its part in hospital visits or other visits. Absent = 0. */
export interface CareAmounts {
  /** In all. */
  general: Amount;
  /** In hospital visits. */
  inpatient?: Amount;
  /** In other visits. */
  outpatient?: Amount;
}
/** Amounts by category of claim. Absent = 0. */
export interface CategoryAmounts {
  /** Antenatal claims. */
  antenatal?: Amount;
  /** Consultation claims. */
  consultation?: Amount;
  /** Delivery claims. */
  delivery?: Amount;
  /** Hospitalization claims. */
  hospitalization?: Amount;
  /** Surgery claims. */
  surgery?: Amount;
  /** Visits. */
  visit?: Amount;
}
/** A claim as the facility makes it. */
export interface Claim {
  /** Code of the claim, unique at its facility. */
  code: Code;
  /** Day the claim was made. */
  date_claimed?: string;
  /** First day of care. */
  date_from?: string;
  /** Last day of care; absent = the first. */
  date_to?: string;
  /** Codes of diagnoses, the main one first. */
  diagnoses?: Code[];
  /** Code of the facility. */
  facility: Code;
  /** What was given. */
  lines: Line[];
  /** Whether the patient was referred; absent = only if the visit type says so. */
  referred?: boolean;
  /** Why the patient came. */
  visit_type?: VisitType;
}
/** Earlier claims of the patient, and the ledgers of the policies. */
export interface History {
  /** Earlier claims of the patient. */
  claims?: PastClaim[];
  /** What earlier claims of all members consumed. */
  ledger?: LedgerEntry[];
  /** Services and items the patient received before. */
  provisions?: Provision[];
}
/**
 * What one claim consumed of one policy: the unit of the ledger (openIMIS ClaimDedRem). Decisions
 * produce such entries; later requests carry them back.
 */
export interface LedgerEntry {
  /** Paid under category limits, before the ceiling. */
  categories?: CategoryAmounts;
  /** The claim. */
  claim: Code;
  /** Last day of care; needed where a window is shorter than the policy. */
  date?: string;
  /** Deductible taken. */
  deducted: CareAmounts;
  /** Reserved by a pre-authorisation; counts as consumed. */
  held?: boolean;
  /** The person treated. */
  person: Code;
  /** The policy. */
  policy: Code;
  /** Its product; needed where a window reaches over several policies. */
  product?: Code;
  /** Paid under the ceiling. */
  remunerated: CareAmounts;
  /** The entry was taken back and counts no more. */
  reversed?: boolean;
}
/** One service or item of a claim. */
export interface Line {
  /** Its code. */
  code: Code;
  /** Content given in each package, for package services. */
  components?: LineComponent[];
  /** Id of the line, unique in the claim. */
  id: Code;
  /** Service or item. */
  kind: ElementKind;
  /** Price asked for one unit; absent = the price the scheme knows. */
  price?: Amount;
  /** Units provided. */
  quantity: Quantity;
  /** The line arrived rejected, with this openIMIS reason (0 = none given); it stays rejected. */
  rejected_before?: number;
  /** What a reviewer decided about the line. */
  review?: LineReview;
}
/** One part of a package as given. */
export interface LineComponent {
  /** Its code. */
  code: Code;
  /** Service or item. */
  kind: ElementKind;
  /** Price asked for one unit. */
  price?: Amount;
  /** Units given in one package: a line of two packages gives them twice. */
  quantity: Quantity;
}
/** A reviewer's decision on a line (SEMANTICS 7). It is recorded, never silent. */
export interface LineReview {
  /** Checks that an accepting verdict replaces. */
  overrides?: Override[];
  /** Price approved for one unit; wins over every price origin. */
  price?: Amount;
  /** Units approved; 0 = none. */
  quantity?: Quantity;
  /** Why. A rejection needs one. */
  reason?: string;
  /** Who decided. A rejection needs one. */
  reviewer?: Code;
  /** Whether the line stands; absent = as the rules say. */
  verdict?: Verdict;
}
/** One person's membership in a policy. */
export interface Membership {
  /** Free attributes, where supplements ask for them. */
  attributes?: Attributes;
  /** Birth date, where supplements ask for age. */
  birth_date?: string;
  /** First day; absent = never in force. */
  effective?: string;
  /** Last day; absent = never in force. */
  expiry?: string;
  /** Id of the person. */
  person: Code;
  /** Sex, where supplements ask for it. */
  sex?: Sex;
}
/** An earlier claim of the patient. */
export interface PastClaim {
  /** Category; absent and `other` count as visits. */
  category?: ServiceCategory;
  /** Code of the claim. */
  code: Code;
  /** Last day of that care. */
  date: string;
  /** Facility, where known; two facilities may use the same claim code. */
  facility?: Code;
  /** How far it got. */
  status: ClaimStatus;
}
/** The person treated. */
export interface Patient {
  /** Free attributes that conditions may ask for. */
  attributes?: Attributes;
  /** Birth date; absent = unknown, which counts as adult and is said so. */
  birth_date?: string;
  /** Id of the person, the same as in memberships and the ledger. */
  id: Code;
  /** `false`: the register knows no such live person or family, and the claim is rejected. */
  registered?: boolean;
  /** Sex; absent = not stated. */
  sex?: Sex;
}
/** One policy of the person's family. */
export interface Policy {
  /** First day of cover; absent = never in force. */
  effective?: string;
  /** Last day of cover; absent = never in force. */
  expiry?: string;
  /**
   * Number of members at the visit, where the memberships here are not all; absent = count the
   * distinct persons whose memberships are in force.
   */
  members?: number;
  /** Who belongs to it. Other members than the patient matter for limits by family size. */
  memberships?: Membership[];
  /** Id of the policy. */
  policy: Code;
  /** Code of its product. */
  product: Code;
  /** New or renewed. */
  stage?: PolicyStage;
  /** Status. */
  status?: PolicyStatus;
}
/** A service or item that the patient received before. */
export interface Provision {
  /** Whether the line was accepted; others do not count. */
  accepted?: boolean;
  /** Units approved, where they differ. */
  approved?: Quantity;
  /** Code of its claim. */
  claim: Code;
  /** Its code. */
  code: Code;
  /** Last day of that care. */
  date: string;
  /** Service or item. */
  kind: ElementKind;
  /** Units provided. */
  quantity: Quantity;
}
/** One claim and everything its decision depends on. */
export interface Request {
  /** The day up to which the history is known; absent = complete. */
  as_of?: string;
  /** The claim. */
  claim: Claim;
  /** The person's policies, whether they cover the visit or not. */
  coverage?: Policy[];
  /** What happened before. */
  history?: History;
  /** What the decision is for. */
  mode?: Mode;
  /** The person treated. */
  patient: Patient;
  /** Always `adjudica/request@1`; may be left out. */
  schema?: string;
}
/** What a caller may ask for besides the decision itself. */
export interface Options {
  /** Whether the decision carries the request's digest. */
  digest?: boolean;
  /** How much of the reasoning to show. */
  trace?: TraceLevel;
}
/** What one advisor sent back. */
export interface AdvisorAnswer {
  /** The host's name for the advisor. */
  advisor: Code;
  /** How long it took, in milliseconds. */
  elapsed_ms?: number;
  /** The text as it came, whatever it is; absent = none came. */
  text?: string;
}
/**
 * How good an advisor is, on the blind share. A claim is flagged if a finding fits one of the
 * scheme's routes. A share of nothing is left out.
 */
export interface AdvisorQuality {
  /** The host's name for the advisor. */
  advisor: Code;
  /** Scores in bands of a tenth. A claim's score is the highest of its questioning findings. */
  bands: ScoreBand[];
  /** The scheme's limits that it is past. */
  breaches: Breach[];
  /** Mean squared distance of the score from 1 (corrected) or 0 (left alone): Brier score. */
  brier?: Score;
  /**
   * Mean distance of a band's mean score from the share that was corrected, by claims, in
   * percent (expected calibration error).
   */
  calibration?: Percent;
  /** How flags and reviewers agree. */
  counts: FlagCounts;
  /**
   * Largest distance between the cumulated scores of earlier and later claims, by bands, in
   * percent (Kolmogorov and Smirnov).
   */
  drift?: Percent;
  /** The same for each subgroup: `facility`, and those that the claims name. */
  groups: GroupQuality[];
  /** Of the flagged claims whose reviewer could see why, how many were left alone, in percent. */
  overrides?: Percent;
  /** Of the flagged claims, how many were corrected, in percent. */
  precision?: Percent;
  /** Of the corrected claims, how many were flagged, in percent. */
  recall?: Percent;
  /**
   * How flags and reviewers agree where the reviewer could see the findings; measures reviewers
   * as much as the advisor.
   */
  shown: FlagCounts;
  /** Blind claims for which it could not. */
  unusable: number;
  /** Blind claims for which its answer could be used. */
  used: number;
  /** Of the claims that reviewers left alone, how many were flagged, in percent. */
  wrong_flags?: Percent;
}
/** A limit that an advisor is past. */
export interface Breach {
  /** What the scheme allows, in percent. */
  allowed: Percent;
  /** What divides claims, where the limit is for a subgroup. */
  by?: Code;
  /** The subgroup. */
  group?: Code;
  /** Which. */
  limit: QualityLimit;
  /** What was measured, in percent. */
  value: Percent;
}
/** How flags and reviewers agree. */
export interface FlagCounts {
  /** Flagged and corrected: rightly flagged. */
  flagged_corrected: number;
  /** Flagged and left alone: wrongly flagged. */
  flagged_left: number;
  /** Not flagged and corrected: missed. */
  quiet_corrected: number;
  /** Not flagged and left alone. */
  quiet_left: number;
}
/** Wrong flags in a subgroup. */
export interface GroupQuality {
  /** What divides claims, such as `sex`. */
  by: Code;
  /** How flags and reviewers agree. */
  counts: FlagCounts;
  /** The subgroup, such as `female`. */
  group: Code;
  /** Of the claims that reviewers left alone, how many were flagged, in percent. */
  wrong_flags?: Percent;
}
/** What the decision was made with, so that it can be made again. */
export interface Provenance {
  /** The day up to which the history was known. */
  as_of?: string;
  /** Conventions preset; `+` if the scheme deviates from it. */
  conventions: string;
  /** Version of the engine. */
  engine: string;
  /** SHA-256 of the request's canonical text. */
  request_digest?: string;
  /** Code of the scheme. */
  scheme: Code;
  /** SHA-256 of the scheme's canonical text. */
  scheme_digest: Code;
  /** Its version. */
  version: Code;
}
/** How good the scheme's advisors are. */
export interface Quality {
  /** Each advisor, by the host's name. */
  advisors: AdvisorQuality[];
  /** When, as the host said. */
  at: Moment;
  /** Claims of the blind share. */
  blind: number;
  /**
   * Whether an advisor is past a limit of the scheme. Advice that is asked with this document
   * then only observes.
   */
  fall_back: boolean;
  /** From when on claims count as later. */
  later_from?: string;
  /** The rules with the limits. */
  provenance: Provenance;
  /** Always `adjudica/quality@1`. */
  schema: string;
  /** Claims whose reviewer could see the findings. */
  shown: number;
}
/** Claims with scores from one tenth to the next. */
export interface ScoreBand {
  /** Claims. */
  claims: number;
  /** Of which corrected. */
  corrected: number;
  /** Earlier claims; 0 where drift is not looked for. */
  earlier: number;
  /** Later claims; 0 where drift is not looked for. */
  later: number;
  /** The lowest score; the next band begins a tenth higher. */
  least: Score;
  /** Mean score, rounded half up. */
  mean?: Score;
  /** Share that was corrected, in percent. */
  share?: Percent;
}
/** Asks what may be done with what advisors said about a claim. */
export interface AdviceRequest {
  /** What came back, an entry for each advisor that was asked. */
  answers: AdvisorAnswer[];
  /** Now, as the host says. */
  at: Moment;
  /**
   * How good the advisors are, as the engine last said; past the scheme's limits, findings are
   * only observed.
   */
  quality?: Quality;
  /** The claim as it is adjudicated. */
  request: Request;
  /** Always `adjudica/advice_request@1`. */
  schema: string;
}
/** What the advice was made with, so that it can be made again. */
export interface AdviceAudit {
  /** When, as the host says. */
  at: Moment;
  /** SHA-256 of the canonical text of the decision, which the advice did not touch. */
  decision_hash: Code;
  /** Hash of the snapshot. */
  input_hash: Code;
  /** SHA-256 of the canonical text of the quality document, in hexadecimal, if one was given. */
  quality_hash?: Code;
  /** The rules, with the routing policy in the scheme's digest. */
  rules: Provenance;
}
/** What the findings may do; this is all that there is. */
export interface AdviceEffects {
  /** Why not. */
  not_routed?: NotRouted;
  /** Where the claim would go in mode `route`, if the mode is `observe` or fell back to it. */
  observed?: RouteTaken;
  /** Values proposed to the reviewer. */
  proposals: Proposal[];
  /** Send the claim to a person, with a priority. */
  route?: RouteTaken;
}
/** One thing that a finding rests on. */
export interface Evidence {
  /** Codes of other claims that it points to. */
  claims?: Code[];
  /** How much it added to the score, as decimal text. */
  contribution?: Code;
  /** What was measured, such as `price_asked`. */
  feature: Code;
  /** Upper end of what is usual, as text. */
  high?: Code;
  /** Lower end of what is usual, as text. */
  low?: Code;
  /** Its value here, as text. */
  value: Code;
}
/** One remark. It has no amount to pay and no status: what becomes of the claim is not its to say. */
export interface Finding {
  /** Id of the calibration with which the score was measured; absent = not calibrated. */
  calibration?: Code;
  /** What kind of remark it is. */
  code: FindingCode;
  /** What it rests on. */
  evidence?: Evidence[];
  /**
   * Why, in the words of a claim, for the reviewer: 1 to 2000 characters. It is shown as text,
   * and nothing reads it.
   */
  explanation: string;
  /** The claim is unlike those that the advisor was made with, so the remark routes nothing. */
  out_of_distribution?: boolean;
  /** How sure the advisor is, 0 to 1. */
  score?: Score;
  /** How much it matters. */
  severity: Severity;
  /** Which way it points. */
  stance: Stance;
  /** Values that the reviewer may consider. */
  suggestion?: Suggestion;
  /** What it is about. */
  target: Target;
}
/** Who says it, so that it can be said again and compared. */
export interface FindingsProvenance {
  /** Until when it may be used; absent = ever. */
  expires?: Moment;
  /** Id of the model. */
  model: Code;
  /** Settings of the model. */
  parameters?: Attributes;
  /** When it was said. */
  produced_at: Moment;
  /** SHA-256 of the prompt, for language models. */
  prompt?: Code;
  /** Who runs the advisor. */
  provider: Code;
  /** Version of the model. */
  version: Code;
  /** SHA-256 of the model's file, in hexadecimal. */
  weights?: Code;
}
/** One advisor's answer. */
export interface Heard {
  /** The host's name for the advisor. */
  advisor: Code;
  /** The findings, attached to the claim for its reviewer; none unless `used`. */
  findings: Finding[];
  /** SHA-256 of the answer's text, in hexadecimal. */
  payload_hash?: Code;
  /** What is wrong with it, for people. */
  problem?: string;
  /** Who says it, as the answer states. */
  provenance?: FindingsProvenance;
  /** Whether it could be used. */
  status: AnswerStatus;
}
/** Values that a finding proposes to the reviewer. */
export interface Proposal {
  /** The host's name for the advisor. */
  advisor: Code;
  /** What. */
  suggestion: Suggestion;
  /** Where. */
  target: Target;
}
/** Where a claim goes and which finding sends it there. */
export interface RouteTaken {
  /** The host's name for the advisor. */
  advisor?: Code;
  /** Position of the finding in the advisor's answer, from 0. */
  finding?: number;
  /** Which claims come first, 0 to 100. */
  priority: number;
  /** Position of the scheme's route, from 0; absent = no advisor gave a usable answer. */
  rule?: number;
  /** Its score. */
  score?: Score;
  /** Where. */
  to: Route;
}
/** Values that a reviewer may consider; at least one. Nothing applies them by itself. */
export interface Suggestion {
  /** Price of one unit. */
  price?: Amount;
  /** Units. */
  quantity?: Quantity;
}
/** What the advisors of a claim said, whether it could be used, and what it may do. */
export interface Advice {
  /** What it was made with. */
  audit: AdviceAudit;
  /** Code of the claim. */
  claim: Code;
  /** What the findings may do. */
  effects: AdviceEffects;
  /** Code of its facility. */
  facility: Code;
  /** What became of each answer, in the order given. */
  heard: Heard[];
  /** What findings may do under the scheme; absent = the scheme hears no advisors. */
  mode?: AdvisorMode;
  /** Always `adjudica/advice@1`. */
  schema: string;
}
/** Asks for what an advisor may see of a claim. */
export interface AdvisorInputRequest {
  /** The claim as it is adjudicated. */
  request: Request;
  /** Always `adjudica/advisor_input_request@1`. */
  schema: string;
}
/** Where every unit of money went: `claimed` is the exact sum of all the others. */
export interface AmountsDocument {
  /** Above a category limit. Borne by the patient. */
  category_excess: Amount;
  /** Above the ceiling. Borne by the patient. */
  ceiling_excess: Amount;
  /** Asked: quantity × price. */
  claimed: Amount;
  /** The patient's percentage. */
  co_insurance: Amount;
  /** Deductible. Borne by the patient. */
  deductible: Amount;
  /** Above a fixed amount. Borne by the patient. */
  fixed_cut: Amount;
  /** Paid by the scheme (for relative prices: the weight that the index values). */
  payable: Amount;
  /** Above the scheme's price (negative: below it). Borne by the facility. */
  price_adjustment: Amount;
  /** Beyond a quantity limit. Borne by the patient. */
  quantity_cut: Amount;
  /** Rejected; the reason says who bears it. */
  rejected: Amount;
  /** Taken (negative: added) by a reviewer. Borne by the facility. */
  review_adjustment: Amount;
}
/** A claim without who it is about. */
export interface InputClaim {
  /** Completed years at the first day of care. */
  age?: number;
  /** Where every unit of money goes by the rules. */
  amounts: AmountsDocument;
  /** Attributes of the patient that the scheme shows to advisors. */
  attributes?: Attributes;
  /** What the claim counts as. */
  category: ServiceCategory;
  /** Days from the last day of care to the claim. */
  claimed_after_days?: number;
  /** Accepted claims of the patient in the 365 days before the first day of care. */
  claims_365: number;
  /** First day of care. */
  date_from?: string;
  /** Codes of diagnoses, the main one first. */
  diagnoses: Code[];
  /** Code of the facility. */
  facility: Code;
  /** Its free attributes. */
  facility_attributes?: Attributes;
  /** Its kind of care. */
  facility_care?: CareType;
  /** Its level, if the scheme knows it. */
  facility_level?: FacilityLevel;
  /** Codes of the reasons for the claim as a whole. */
  reasons: string[];
  /** Sex. */
  sex?: Sex;
  /** Where the claim stands by the rules. */
  status: Status;
  /** Days from the first to the last day of care; 0 on the same day. */
  stay_days?: number;
  /** Why the patient came. */
  visit_type: VisitType;
}
/** A line and what the rules decide about it. */
export interface InputLine {
  /** Where every unit of money goes by the rules. */
  amounts: AmountsDocument;
  /** Its code. */
  code: Code;
  /** Id of the line; findings name it. */
  id: Code;
  /** Service or item. */
  kind: ElementKind;
  /** Price of one unit by the rules. */
  price: Amount;
  /** Price asked for one unit. */
  price_asked: Amount;
  /** The same service or item in the patient's history. */
  prior: PriorUse;
  /** Code of the product that pays. */
  product?: Code;
  /** Units asked. */
  quantity: Quantity;
  /** Codes of the reasons. */
  reasons: string[];
  /** Passed or rejected. */
  status: LineStatus;
  /** What it pays. */
  terms?: TermsDocument;
}
/**
 * How often the patient had the same before, as far as the request's history tells. Only accepted
 * provisions of other claims, up to the first day of care.
 */
export interface PriorUse {
  /** Days since the last time; 0 = on the same day. */
  last_days?: number;
  /** Units in the 365 days before. */
  quantity_365: Quantity;
  /** Times in the 30 days before. */
  times_30: number;
  /** Times in the 365 days before. */
  times_365: number;
}
/**
 * What an advisor sees of a claim: the claim, what the rules decide, and what the patient had
 * before. No names, ids of persons, policies or claims, no birth date, and no attribute of the
 * patient that the scheme does not name. Facilities are organisations and keep their code.
 */
export interface AdvisorInput {
  /** The claim. */
  claim: InputClaim;
  /**
   * SHA-256 of the canonical text of `[claim, lines]`, in hexadecimal. Findings name it, so that
   * they can only be about this.
   */
  input_hash: Code;
  /** Its lines, in order. */
  lines: InputLine[];
  /** The rules that decided. */
  rules: Provenance;
  /** Always `adjudica/advisor_input@1`. */
  schema: string;
}
/** Columns of `Claim`. */
export interface ClaimColumns {
  /** Sum of what the rules pay; NULL for rejected claims. */
  approved: string | null;
  /** S, D, A, H, C or V. */
  category: string | null;
  /** Sum of what was asked. */
  claimed: string | null;
  /** 1 idle, 2 not selected, 4 selected, 8 delivered, 16 passed over; no decision sets it. */
  feedback_status?: number | null;
  /** Whether the claim has a time of processing; no decision sets it. */
  process_stamp_set?: boolean | null;
  /** 0, or why the claim was rejected. */
  rejection_reason: number | null;
  /** As `valuated`. */
  remunerated: string | null;
  /** Likewise, for reviews. */
  review_status?: number | null;
  /** 1 rejected, 8 processed (waiting for the index), 16 valuated. */
  status: number;
  /** The same once no line waits for the index, else NULL. */
  valuated: string | null;
}
/** Columns of `ClaimDedRem`. */
export interface DedRemColumns {
  /** Deductible taken. */
  ded_g: string | null;
  /** In a hospital visit; else NULL. */
  ded_ip: string | null;
  /** In another visit; else NULL. */
  ded_op: string | null;
  /** The person. */
  insuree: Code;
  /** The policy. */
  policy: Code;
  /** Paid for an antenatal claim. */
  rem_antenatal: string | null;
  /** Paid for a consultation claim, before the ceiling. */
  rem_consult: string | null;
  /** Paid for a delivery claim. */
  rem_delivery: string | null;
  /** Paid under the ceiling. */
  rem_g: string | null;
  /** Paid for a hospitalization claim. */
  rem_hospitalization: string | null;
  /** In a hospital visit; else NULL. */
  rem_ip: string | null;
  /** In another visit; else NULL. */
  rem_op: string | null;
  /** Paid for a surgery claim. */
  rem_surgery: string | null;
}
/** A column in which two engines differ. */
export interface Difference {
  /** What this engine stores. */
  ours: string;
  /** The column, such as `items[0].price_valuated`. */
  path: string;
  /** What the other stores. */
  theirs: string;
}
/** Columns of `ClaimItem` and `ClaimService`. What a rejected line has none of is NULL. */
export interface LineColumns {
  /** Deductible taken. */
  deductable_amount: string | null;
  /** Above the ceiling. */
  exceed_ceiling_amount: string | null;
  /** Above the limit of the claim's category. */
  exceed_ceiling_amount_category: string | null;
  /** Code of the item, or */
  item?: Code | null;
  /** C co-insurance, F fixed limit. */
  limitation: string | null;
  /** Percentage or amount; NULL for no limit. */
  limitation_value: string | null;
  /** Position in the list, from 0. */
  line: number;
  /** Policy that pays. */
  policy: Code | null;
  /** Price of one unit used. */
  price_adjusted: string | null;
  /** Price of one unit that a reviewer approved. */
  price_approved: string | null;
  /** Price asked for one unit. */
  price_asked: string | null;
  /** P price list, O as claimed, R relative. */
  price_origin: string | null;
  /** What the line is worth to the scheme, in all; NULL while it waits for the index. */
  price_valuated: string | null;
  /** Product that pays. */
  product: Code | null;
  /** Units approved, where they differ; 0 for rejected lines. */
  qty_approved: string | null;
  /** Units given. */
  qty_provided: string | null;
  /** 0, or why the line was rejected. */
  rejection_reason: number | null;
  /** As `price_valuated`. */
  remunerated_amount: string | null;
  /** of the service. */
  service?: Code | null;
  /** 1 passed, 2 rejected. */
  status: number;
}
/** A switch that makes a difference. */
export interface Share {
  /** What it adds to the claim's approved amount; negative if the switch pays less. */
  money: string;
  /** The switch. */
  switch: Switch;
}
/** A claim as it is stored after a call. */
export interface Stored {
  /** The claim. */
  claim: ClaimColumns;
  /** What it consumed, one row for each policy. */
  dedrems: DedRemColumns[];
  /** Codes that the call reported, in order. */
  errors: number[];
  /** Its items, in order. */
  items: LineColumns[];
  /** Its services, in order. */
  services: LineColumns[];
}
/** Why one claim of a snapshot is answered otherwise. */
export interface AttributedClaim {
  /** The claim's code. */
  claim: Code;
  /** The columns that differ; for a breakdown one difference that names it. */
  differences: Difference[];
  /** Both store the same: nothing to attribute. */
  equal: boolean;
  /** The answer of openIMIS. */
  openimis: Answer;
  /** What openIMIS approves: 0 if the claim is rejected, left as it was, or it breaks down. */
  openimis_approved: string;
  /**
   * No smaller set does. `false` only if the search was given up because there were too many
   * sets to try.
   */
  smallest: boolean;
  /** The answer of `standard`. */
  standard: Answer;
  /** What `standard` approves: 0 if the claim is rejected. */
  standard_approved: string;
  /**
   * The set of switches that turns the one answer into the other, in the order of the table.
   *
   * Taking any of them away no longer gives openIMIS's answer. Which of several sets of equal
   * size is named follows the order of the table.
   */
  switches: Share[];
}
/** A deviation of openIMIS and what it makes of the claims. */
export interface Deviation {
  /** What it adds to approved amounts. */
  adds: string;
  /** Claims in which it makes a difference. */
  claims: number;
  /** `adds` less `takes`. */
  difference: string;
  /** What openIMIS does. */
  meaning: string;
  /** Where it does it. */
  source: string;
  /** Name of the switch. */
  switch: Switch;
  /** What it takes from approved amounts. */
  takes: string;
}
/** What a deviation moves in one claim. */
export interface DeviationShare {
  /** What openIMIS does. */
  meaning: string;
  /** What that adds to the approved amount; negative if it takes from it. */
  money: string;
  /** Name of the switch. */
  switch: Switch;
}
/**
 * What is wrong with a document (or, in a `Report`, merely suspicious).
 *
 * A business outcome is never an error: a claim that the scheme does not pay is a
 * `Decision` with reasons. An error says that a document could not be read.
 */
export interface ErrorDocument {
  /** Stable code in dotted words, such as `amount.grammar`. Programs match on it. */
  code: string;
  /** Column in the text, from 1, where the document was read from text. */
  column?: number | null;
  /** What to write instead, where we can tell. */
  help?: string | null;
  /** Line in the text, from 1, where the document was read from text. */
  line?: number | null;
  /** One sentence for people, lower case, without full stop. */
  message: string;
  /**
   * Where in the document, such as `products[0].benefits[3].cover[1].co_insurance`; empty for
   * the whole document.
   */
  path: string;
}
/** A way in which openIMIS breaks down. */
export interface Fault {
  /** Claims. */
  claims: number;
  /** Class of the Python exception. */
  fault: Crash;
  /** What `standard` approves for them. */
  standard: string;
}
/** Counts and amounts of some claims. */
export interface Figures {
  /** How many they answer differently, in money or in any other column. */
  changed: number;
  /** Claims. */
  claims: number;
  /** `openimis` less `standard`, which is `overpaid` less `underpaid`. */
  difference: string;
  /** Of these, how many both engines answer alike. */
  equal: number;
  /** Approved by openIMIS. */
  openimis: string;
  /** What openIMIS approves too much, over the claims of which it approves more. */
  overpaid: string;
  /** How many openIMIS approves more for. */
  overpaid_claims: number;
  /** Approved by `standard`. */
  standard: string;
  /** How many openIMIS breaks down on. */
  unadjudicable: number;
  /** What it approves too little, over the claims of which it approves less. */
  underpaid: string;
  /** How many openIMIS approves less for. */
  underpaid_claims: number;
}
/** Claims that have something in common. */
export interface Group {
  /** How many they answer differently, in money or in any other column. */
  changed: number;
  /** Claims. */
  claims: number;
  /** `openimis` less `standard`, which is `overpaid` less `underpaid`. */
  difference: string;
  /** Of these, how many both engines answer alike. */
  equal: number;
  /** What it is; empty if the claims have none. */
  name: string;
  /** Approved by openIMIS. */
  openimis: string;
  /** What openIMIS approves too much, over the claims of which it approves more. */
  overpaid: string;
  /** How many openIMIS approves more for. */
  overpaid_claims: number;
  /** Approved by `standard`. */
  standard: string;
  /** How many openIMIS breaks down on. */
  unadjudicable: number;
  /** What it approves too little, over the claims of which it approves less. */
  underpaid: string;
  /** How many openIMIS approves less for. */
  underpaid_claims: number;
}
/** A claim with a large difference, both answers side by side. */
export interface LargestClaim {
  /** Category. */
  category: string;
  /** The claim. */
  claim: Code;
  /** First day of care. */
  date: string | null;
  /** The deviations that make the difference, with the money that each moves. */
  deviations: DeviationShare[];
  /** The one less the other. */
  difference: string;
  /** The columns that differ: `ours` is `standard`, `theirs` openIMIS. */
  differences: Difference[];
  /** The explanation of benefits of the `standard` decision, in English. */
  explanation: string;
  /** Facility. */
  facility: Code;
  /** How openIMIS breaks down, if it does. */
  fault: Crash | null;
  /** Position of its file among the inputs, from 0. */
  file: number;
  /** Its line in the file, from 1. */
  line: number;
  /** What openIMIS stores; nothing if it breaks down. */
  openimis: OpenImisColumns | null;
  /** Approved by openIMIS. */
  openimis_approved: string;
  /** Products that pay. */
  products: string;
  /** Name of the snapshot. */
  snapshot: string | null;
  /** What `standard` stores. */
  standard: OpenImisColumns | null;
  /** Approved by `standard`. */
  standard_approved: string;
}
/**
 * What openIMIS stores of a decision: columns of `Claim`, `ClaimItem`, `ClaimService` and
 * `ClaimDedRem` by the names of its Django models. Amounts are in the scheme's currency.
 */
export interface OpenImisColumns {
  /** The claim. */
  claim: ClaimColumns;
  /** What it consumed, one row for each policy. */
  dedrems: DedRemColumns[];
  /** Its items, in order. */
  items: LineColumns[];
  /** Its services, in order. */
  services: LineColumns[];
}
/** The replay against the real engine. */
export interface Recorded {
  /** Claims whose recorded answer was compared, in every column. */
  claims: number;
  /** How many of them the replay answers otherwise. The audit is to be trusted only if it is 0. */
  disagreements: number;
  /** Names of the first; twenty at most. */
  names: string[];
}
/** Amounts remunerated. */
export interface Remunerated {
  /** `openimis` less `standard`. */
  difference: string;
  /** By openIMIS. */
  openimis: string;
  /** By `standard`. */
  standard: string;
}
/** A snapshot that is not part of the audit. */
export interface Unreadable {
  /** Why. */
  error: ErrorDocument;
  /** Position of its file among the inputs, from 0. */
  file: number;
  /** Its line in the file, from 1. */
  line: number;
}
/**
 * What changes, claim by claim and in sums, for a scheme that moves from openIMIS 1.11 to the
 * `standard` conventions.
 *
 * Amounts are exact decimals in the scheme's currency. An amount is *overpaid* if openIMIS
 * approves more than `standard`, and *underpaid* if it approves less; `difference` is what
 * openIMIS approves less what `standard` approves. Where claims are grouped, the groups add up to
 * the totals.
 */
export interface Audit {
  /** By the category that `standard` gives the claim. */
  categories: Group[];
  /**
   * The deviations that make the differences, by the money that they move. Their differences add
   * up to that of the totals; a claim counts for each of its deviations.
   */
  deviations: Deviation[];
  /** The first of them; twenty at most. */
  errors: Unreadable[];
  /** By facility. */
  facilities: Group[];
  /**
   * Claims on which openIMIS breaks down, by its exception. They are among those underpaid if
   * `standard` approves anything.
   */
  faults: Fault[];
  /** `openimis-1.11`. */
  from: string;
  /** The claims with the largest differences, the largest first; ten at most. */
  largest: LargestClaim[];
  /** By the month of the first day of care, as `2025-03`. */
  months: Group[];
  /**
   * By the product that pays in either engine. Claims to which several pay stand under all
   * their names, joined by ` + `.
   */
  products: Group[];
  /** How the replay compares with recorded answers of the real engine, where there are any. */
  recorded: Recorded;
  /** What the two engines remunerate; lines that wait for an index are not in it. */
  remunerated: Remunerated;
  /** Which of openIMIS's calls was replayed: `submit`, `process` or `flow`. */
  run: Run;
  /** `adjudica/audit@1`. */
  schema: string;
  /** `standard`. */
  to: string;
  /** All claims. */
  totals: Figures;
  /** Snapshots that cannot be read or adjudicated. */
  unreadable: number;
}
/** What is usual of one service or item among some lines. */
export interface WrittenGroup {
  /** Its code. */
  code: Code;
  /** Service or item. */
  kind: ElementKind;
  /** How many there are. */
  lines: number;
  /** Which lines these are. */
  peers: Peers;
  /** Price asked for one unit. */
  price: Spread;
  /** Units asked. */
  quantity: Spread2;
  /** How often the patient had it in 365 days, this time included. */
  times_365: Spread3;
}
/**
 * What was usual in earlier claims under a scheme, as quartiles of groups of lines. It names no
 * person and no claim, and no group of fewer lines than `fewest`.
 */
export interface Profile {
  /** Claims that were read. */
  claims: number;
  /** Groups of fewer lines are not in the profile. */
  fewest: number;
  /** First day of care of the earliest claim. */
  first_day?: string;
  /** The groups, by kind, code and peers. */
  groups: WrittenGroup[];
  /** First day of care of the latest claim. */
  last_day?: string;
  /** Lines that were counted: those that the rules pass. */
  lines: number;
  /** Lines that were left out, because the rules reject them. */
  rejected: number;
  /** The rules that decided which lines count. */
  rules: Provenance;
  /** Always `adjudica/profile@1`. */
  schema: string;
}
/**
 * The quartiles of a group: values that were really claimed (the nearest rank), so that nothing
 * is rounded. Half of the lines lie between `low` and `high`.
 */
export interface Spread {
  /** Three quarters of them are. */
  high: Amount;
  /** A quarter of the lines are here or below. */
  low: Amount;
  /** Half of them are. */
  median: Amount;
}
/**
 * The quartiles of a group: values that were really claimed (the nearest rank), so that nothing
 * is rounded. Half of the lines lie between `low` and `high`.
 */
export interface Spread2 {
  /** Three quarters of them are. */
  high: Quantity;
  /** A quarter of the lines are here or below. */
  low: Quantity;
  /** Half of them are. */
  median: Quantity;
}
/**
 * The quartiles of a group: values that were really claimed (the nearest rank), so that nothing
 * is rounded. Half of the lines lie between `low` and `high`.
 */
export interface Spread3 {
  /** Three quarters of them are. */
  high: number;
  /** A quarter of the lines are here or below. */
  low: number;
  /** Half of them are. */
  median: number;
}
/** Asks the baseline advisor about a claim. The answer is a findings document. */
export interface BaselineRequest {
  /** Now, as the host says. */
  at: Moment;
  /** The claim as advisors see it. */
  input: AdvisorInput;
  /** Language of the explanations, such as `fr`; absent = English. */
  language?: Code;
  /** What is usual. */
  profile: Profile;
  /** Who runs the advisor; the scheme knows it by this name. */
  provider: Code;
  /** Always `adjudica/baseline_request@1`. */
  schema: string;
}
/** For what an advisor says that it is valid. What it does not name it does not limit. */
export interface FindingsScope {
  /** Days of care that it was made for. */
  care?: Validity;
  /** Code systems that it knows, such as `ICD-10`; for the record. */
  code_systems?: Code[];
  /** Code of the scheme that it was made for. */
  scheme?: Code;
}
/** What one advisor says about one claim. */
export interface Findings {
  /** The findings; none = nothing to remark. */
  findings?: Finding[];
  /** The `input_hash` of the snapshot that was looked at. */
  input_hash: Code;
  /** Who says it. */
  provenance: FindingsProvenance;
  /** Always `adjudica/findings@1`. */
  schema: string;
  /** For what the advisor says that it is valid. */
  scope?: FindingsScope;
}
/** A contribution paid for a policy of the product. */
export interface Contribution {
  /** What was paid. */
  amount: Amount;
  /** First day of the policy. */
  effective: string;
  /** Last day of the policy. */
  expiry: string;
  /** Id of the contribution. */
  id: Code;
  /** The day it was paid. */
  paid: string;
}
/** Families insured by policies of the product, of one village and with the same dates. */
export interface InsuredFamilies {
  /** First day of their policies. */
  effective: string;
  /** Last day. They count if the last day of the period is in the policy. */
  expiry: string;
  /** Number of families. */
  families?: number;
  /** Insured persons in these families. */
  persons: number;
  /** Code of the village where they live. */
  village: Code;
}
/** What a run paid. */
export interface PaidOut {
  /** How much. */
  amount: Amount;
  /** The claim, or for capitation the facility. */
  to: Code;
}
/** A claim that was decided and not rejected. */
export interface ProcessedClaim {
  /** Adjusted price by approved quantity of the lines that passed and that the product pays. */
  amount: Amount;
  /** Code of the claim. */
  claim: Code;
  /** First day of care. */
  date_from: string;
  /** Last day of care; absent = the first. */
  date_to?: string;
  /** Code of the facility. */
  facility: Code;
  /** The day on which it was decided. It belongs to the period with this day. */
  processed: string;
}
/** What the host keeps of a run and brings with the next one. */
export interface RunRecord {
  /** Last month of the period, from 1. */
  month: number;
  /** What it paid. */
  paid?: PaidOut[];
  /** Code of the product. */
  product: Code;
  /** Name of the run, the host's own. */
  run: Code;
  /** Year of the last month, in the scheme's calendar. */
  year: number;
}
/** Asks for the capitation of the period that ends with a month. */
export interface CapitationRequest {
  /** Claims that were decided, where visits or amounts have a weight. */
  claims?: ProcessedClaim[];
  /** Contributions paid for policies of the product. */
  contributions?: Contribution[];
  /** Insured families, where insured families or persons have a weight. */
  insured?: InsuredFamilies[];
  /** The month that has ended, from 1. */
  month: number;
  /** Code of the product. */
  product: Code;
  /** The run that this one replaces. */
  revert?: Code;
  /** Name of this run, the host's own. */
  run: Code;
  /** Earlier runs of the product's capitation. */
  runs?: RunRecord[];
  /** Always `adjudica/capitation_request@1`. */
  schema?: string;
  /** Year, in the scheme's calendar. */
  year: number;
}
/**
 * What a period earned of one contribution.
 *
 * Under the convention `earned_premium: day_by_day`, a contribution is earned day by day from the later of payment and beginning of the policy to its
 * last day, both included. What is earned up to a day is `amount x days / of_days`, rounded once
 * by the scheme's rule; a period earns the difference between its last day and the day before
 * it. So the shares of all periods add up to the contribution. Under `days_between`, `of_days` lacks
 * the last day, and each period is rounded for itself.
 */
export interface AllocatedShare {
  /** What was earned. */
  allocated: Amount;
  /** Id of the contribution. */
  contribution: Code;
  /** Days from one to the other, both included. */
  days: number;
  /** First day of the period on which it is earned. */
  from: string;
  /** Days over which the whole contribution is earned. */
  of_days: number;
  /** Last one. */
  to: string;
}
/** What a period earned of the premium (DOMAIN A.6, divergence B3 as intended). */
export interface Allocation {
  /** What it earned: the sum of the shares. */
  allocated: Amount;
  /**
   * The share of each contribution, in the order given. Contributions that earn nothing in the
   * period are left out.
   */
  shares: AllocatedShare[];
  /** The period. */
  span: Span;
}
/**
 * A quotient in full: `numerator / denominator` is exact and reduced; `decimal` is it rounded half
 * away from zero to twelve decimals, and `rounded` to four, as openIMIS keeps indexes.
 */
export interface Exact {
  /** Twelve decimals. */
  decimal: string;
  /** Whole number below the line, as digits; at least 1. */
  denominator: string;
  /** Whole number above the line, as digits. */
  numerator: string;
  /** Four decimals. */
  rounded: Amount;
}
/** What a facility has and is paid. */
export interface FacilityPayment {
  /** Its district. */
  district?: Code;
  /** Code of the facility. */
  facility: Code;
  /** What it is paid for it. */
  for_each: Indicators2;
  /** What it has of each indicator; `0` of those without weight. */
  has: Indicators;
  /** What it is paid. */
  paid: Amount;
}
/** The part of the pot that one indicator divides. */
export interface IndicatorMoney {
  /** Its money: the pot by the weights, divided by largest remainder. */
  amount: Amount;
  /**
   * What is paid out: the amount, to the last unit, unless no facility has any. Under the
   * convention `pot_division: rounded`, the sum of the rounded shares.
   */
  distributed: Amount;
  /** Which. */
  indicator: Indicator;
  /** Facilities that got one of the units that rounding down left. */
  remainder: Code[];
  /** What the facilities have of it together. */
  total: string;
  /**
   * `amount / total`: the price of one person, family or visit, or of one unit of the currency.
   * 0 if the total is 0.
   */
  unit_price: Exact;
  /** Its weight, in percent. */
  weight: Percent;
}
/**
 * A figure for each indicator (DOMAIN A.7). Persons, families and visits are decimal text with as
 * many places as they need; unit prices and amounts are in the currency.
 */
export interface Indicators {
  /** Adjusted amounts of these claims. */
  adjusted_amount: string;
  /** Families of the catchment. */
  families: string;
  /** Insured families of the catchment. */
  insured_families: string;
  /** Insured persons of the catchment. */
  insured_population: string;
  /** Population of the catchment. */
  population: string;
  /** Claims of the period. */
  visits: string;
}
/**
 * A figure for each indicator (DOMAIN A.7). Persons, families and visits are decimal text with as
 * many places as they need; unit prices and amounts are in the currency.
 */
export interface Indicators2 {
  /** Adjusted amounts of these claims. */
  adjusted_amount: Amount;
  /** Families of the catchment. */
  families: Amount;
  /** Insured families of the catchment. */
  insured_families: Amount;
  /** Insured persons of the catchment. */
  insured_population: Amount;
  /** Population of the catchment. */
  population: Amount;
  /** Claims of the period. */
  visits: Amount;
}
/** A claim that waits on. */
export interface LeftOutClaim {
  /** Code of the claim. */
  claim: Code;
  /** Why. */
  reason: LeftOut;
}
/** Why a run is refused. */
export interface Refusal {
  /** Stable code: `run.again`, the period was calculated before. */
  code: string;
  /** One sentence for people. */
  message: string;
  /** The run that stands in the way. */
  run: Code;
}
/** What is to be undone before the new run is stored. */
export interface RevertedRun {
  /** What it paid. These claims wait again; these payments to facilities are taken back. */
  paid: PaidOut[];
  /** The run. */
  run: Code;
}
/** The days of a period. */
export interface Span {
  /** First day. */
  from: string;
  /** Its number in the year, from 1. */
  number: number;
  /** How long it is. */
  period: PaymentPeriod;
  /** Last day. */
  to: string;
}
/** The capitation of a period: the report of the pot. */
export interface CapitationAnswer {
  /** What the period earned. */
  allocation?: Allocation;
  /** What is paid out. */
  distributed: Amount;
  /** What each facility has and is paid, in the order of the scheme. */
  facilities: FacilityPayment[];
  /** What each weighted indicator has to divide. */
  indicators: IndicatorMoney[];
  /**
   * What is not: the parts of indicators of which no facility has any, and what the weights
   * lack to 100 percent. Negative if they add up to more, or if rounded shares do
   * (`pot_division: rounded`).
   */
  left: Amount;
  /** Claims that do not count, in the order given. */
  left_out: LeftOutClaim[];
  /** Month that has ended. */
  month: number;
  /** `allocated x share / 100`, rounded once by the scheme's rule. */
  pot: Amount;
  /** Code of the product. */
  product: Code;
  /** What calculated it. */
  provenance: Provenance;
  /** What the host keeps, and brings with later runs. */
  record?: RunRecord;
  /** Why not. */
  refusals?: Refusal[];
  /** What is to be undone first. */
  reverted?: RevertedRun;
  /** Name of the run. */
  run: Code;
  /** Always `adjudica/capitation@1`. */
  schema: string;
  /** The part of it that is paid by capitation, in percent. */
  share: Percent;
  /** The period. */
  span?: Span;
  /** Whether it was calculated. */
  status: RunStatus;
  /** What is legal but may not be meant. */
  warnings: ErrorDocument[];
  /** Year, in the scheme's calendar. */
  year: number;
}
/** One row of `DIFFERENCES`. */
export interface Convention {
  /** The choice under `legacy-sql`. */
  legacy_sql: string;
  /** What the item decides. */
  meaning: string;
  /** Name of the item, as scheme documents write it. */
  name: string;
  /** Where the rule was read. */
  source: string;
  /** The choice under `standard`. */
  standard: string;
}
/** Which row of which policy pays a line. */
export interface AssignmentDocument {
  /** Position of the benefit row in the product, from 0. */
  benefit: number;
  /** The policy. */
  policy: Code;
  /** Where the price came from. */
  price_origin: PriceOrigin;
  /** Its product. */
  product: Code;
  /** What the row pays. */
  terms: TermsDocument;
}
/** X12 group and claim adjustment reason code. */
export interface Carc {
  /** The code. */
  code: string;
  /** Who bears the amount. */
  group: CarcGroup;
}
/** The decision on one line. */
export interface LineDecision {
  /** Where every unit of money went. */
  amounts: AmountsDocument;
  /** Which row of which policy pays; absent for rejected lines. */
  assignment?: AssignmentDocument;
  /** Its code. */
  code: Code;
  /** Id of the line. */
  id: Code;
  /** Service or item. */
  kind: ElementKind;
  /** Units asked and paid for. */
  quantity: QuantityPair;
  /** Why. */
  reasons: Reason[];
  /** What the scheme pays now; absent while the line waits for the index. */
  remunerated?: Amount;
  /** Passed or rejected. */
  status: LineStatus;
  /** Price of one unit asked and used. */
  unit_price: PricePair;
}
/** Price of one unit asked and used. */
export interface PricePair {
  /** Used. */
  adjusted: Amount;
  /** Asked. */
  asked: Amount;
}
/** Units asked and paid for. */
export interface QuantityPair {
  /** Paid for. */
  approved: Quantity;
  /** Asked. */
  asked: Quantity;
}
/** Why a claim or line was rejected or reduced, or what was noticed. */
export interface Reason {
  /** X12 claim adjustment reason, where there is one. */
  carc?: Carc;
  /** Code in dotted words, such as `waiting`; also the key of the message. */
  code: string;
  /** What the reason does. */
  effect: Effect;
  /** openIMIS rejection code, where there is one. */
  openimis?: number;
  /** Numbers, dates and codes of the message, by name. */
  values?: {
    [k: string]: string;
  };
}
/** Sums over the lines, and who bears them. */
export interface Totals {
  /** Where every unit of money went. */
  amounts: AmountsDocument;
  /** Borne by the facility. The three shares add up to `claimed`. */
  facility_share: Amount;
  /** Borne by the patient. */
  patient_share: Amount;
  /** What the scheme pays now; absent while any line waits for the index. */
  remunerated?: Amount;
  /** Borne by the scheme: `payable`. */
  scheme_share: Amount;
}
/** One subject of the reasoning and what was found about it. */
export interface TraceNode {
  /** Parts of the subject. */
  children?: TraceNode[];
  /** What was found and done, in order. */
  facts: Reason[];
  /** Claim code, line id or policy id. */
  id: Code;
  /** What it is about. */
  subject: Subject;
}
/** The decision on one claim, as a document. */
export interface DecisionDocument {
  /** What the claim counts as. */
  category: ServiceCategory;
  /** Code of the claim. */
  claim: Code;
  /** What the claim consumes: entries for the ledger. */
  consumption: LedgerEntry[];
  /** The decision on each line, in the order of the request. */
  lines: LineDecision[];
  /** What the decision is for. */
  mode: Mode;
  /** What the decision was made with. */
  provenance: Provenance;
  /** Why, for the claim as a whole. */
  reasons: Reason[];
  /** Always `adjudica/decision@1`. */
  schema: string;
  /** Where the claim stands. */
  status: Status;
  /** A stay: care that ended on a later day than it began. */
  stay: boolean;
  /** Sums over the lines. */
  totals: Totals;
  /** The reasoning, where asked for. */
  trace?: TraceNode;
}
/** An enquiry: patient, coverage and history are those of a claim's request. */
export interface EligibilityRequest {
  /** What is asked about. */
  about?: About;
  /**
   * The day up to which the history is known; absent = complete. Before the last day of the
   * visit, the answer also says between which amounts a claim can come out.
   */
  as_of?: string;
  /** The person's policies, whether they cover the visit or not. */
  coverage?: Policy[];
  /** First day of the visit. */
  date_from: string;
  /** Last day of the visit; absent = the first. */
  date_to?: string;
  /** Codes of diagnoses, the main one first. */
  diagnoses?: Code[];
  /** Code of the facility. */
  facility: Code;
  /** What happened before. */
  history?: History;
  /** The person. */
  patient: Patient;
  /** Whether the patient is referred; absent = only if the visit type says so. */
  referred?: boolean;
  /** Always `adjudica/eligibility_request@1`; may be left out. */
  schema?: string;
  /** Why the patient comes. */
  visit_type?: VisitType;
}
/**
 * Between which amounts a claim can come out, whatever claims between `as_of` and the visit the
 * history does not know: any of them may have consumed anything that is limited, and deductibles.
 */
export interface Between {
  /** The scheme pays at least this. */
  at_least: Amount;
  /** The scheme pays at most this. */
  at_most: Amount;
  /** It is covered whatever happened. */
  surely_covered: boolean;
}
/** How much is left for claims of a category. */
export interface CategoryAmountAnswer {
  /** How much of it is left. */
  left: Amount;
  /** How much it is. */
  limit: Amount;
  /** The period over which claims share it; absent = each claim has all of it. */
  window?: CounterWindow;
}
/** What is left for claims of a category. */
export interface CategoryAnswer {
  /** The amount, before the ceiling; absent = not limited. */
  amount?: CategoryAmountAnswer;
  /** The category. */
  category: ServiceCategory;
  /** Claims; absent = as many as wanted. */
  claims?: CountAnswer;
}
/** How many claims are left. */
export interface CountAnswer {
  /** How many were counted. */
  count: number;
  /** How many are left. */
  left: number;
  /** How many are allowed. */
  maximum: number;
  /** The period over which they count. */
  window: CounterWindow;
}
/**
 * What one unit of a service or item would get, as the only line of a claim that asks the price
 * the scheme knows.
 */
export interface ElementAnswer {
  /** Which row of which policy would pay; absent if none would. */
  assignment?: AssignmentDocument;
  /** `pays` is a weight: what is paid follows from the period's index. */
  awaits_index?: boolean;
  /** Between which amounts a claim can come out, where the history is not known up to the visit. */
  between?: Between;
  /** What a claim for it counts as. */
  category: ServiceCategory;
  /** Its code. */
  code: Code;
  /** Whether a claim for it would be accepted. What is covered may still be paid 0: see `pays`. */
  covered: boolean;
  /**
   * The first day, from the visit's on, on which a visit of this length would be covered, if
   * nothing else happens until then; absent if there is none before the policies end.
   */
  earliest?: string;
  /** What would make a difference: other visits with another answer. */
  instead?: Instead[];
  /** Service or item. */
  kind: ElementKind;
  /** Most units that one line of a claim may have; absent = not limited. */
  line_maximum?: Quantity;
  /**
   * What a claim would leave to the patient; 0 where the facility would bear it, as for care
   * that is not in its price list.
   */
  patient_pays: Amount;
  /** What the scheme would pay. */
  pays: Amount;
  /** The price of one unit; absent if the register does not have it. */
  price?: Amount;
  /**
   * What is left of that row's quantity limit, or of the one that is used up; absent = not
   * limited.
   */
  quantity?: QuantityAnswer;
  /** Why it is not covered, or what reduces it; the reasons of adjudication. */
  reasons: Reason[];
  /** The day from which its waiting period is over, if that is what it is not covered for. */
  waiting_until?: string;
}
/** The same care in another visit. */
export interface Instead {
  /** Whether it would be covered. */
  covered: boolean;
  /** What the patient would pay. */
  patient_pays: Amount;
  /** What the scheme would pay. */
  pays: Amount;
  /** What is different. */
  with: Other;
}
/** What is left of a deductible or ceiling. */
export interface LimitAnswer {
  /** The care that it is for. */
  care: Care;
  /** How much of it is left. */
  left: Amount;
  /** How much it is, with what large families and supplements add. */
  limit: Amount;
  /** Whose claims share it; of `treatment` each claim has all of it. */
  scope: Scope;
  /** The period over which claims share it. */
  window: CounterWindow;
}
/** What a policy has left for the visit. */
export interface PolicyAnswer {
  /** What is left by category of claim; categories that are not limited are not listed. */
  categories: CategoryAnswer[];
  /** What the scheme pays yet; empty = no ceiling. */
  ceiling: LimitAnswer[];
  /** Whether it covers the visit. */
  covers: boolean;
  /** What the person has yet to pay before the scheme does; empty = no deductible. */
  deductible: LimitAnswer[];
  /**
   * Whether the visit is a hospital visit for the product: which of the limits apart for
   * in- and out-patient care applies.
   */
  hospital_visit: boolean;
  /** Id of the policy. */
  policy: Code;
  /** Code of its product. */
  product: Code;
  /** That it covers the visit, or why it does not. */
  reason?: Reason;
}
/** What is left of a quantity limit. */
export interface QuantityAnswer {
  /**
   * A claim for more is cut to what is left; `false` (by convention `quantity_limit`): it gets
   * all it asks for while anything is left.
   */
  cuts: boolean;
  /** Units left. */
  left: Quantity;
  /** Units allowed. */
  limit: Quantity;
  /** Units used. */
  used: Quantity;
  /** The period over which they add up. */
  window: CounterWindow;
}
/** The answer to an enquiry. */
export interface EligibilityAnswer {
  /** First day of the visit. */
  date_from: string;
  /** Last day of the visit. */
  date_to: string;
  /** What was asked about. */
  elements: ElementAnswer[];
  /** Code of the facility. */
  facility: Code;
  /** What is worth knowing but rejects nothing, such as an unknown birth date. */
  findings: Reason[];
  /** Id of the person. */
  patient: Code;
  /** The policies, in the order of the request. */
  policies: PolicyAnswer[];
  /** What the answer was made with. */
  provenance: Provenance;
  /** Always `adjudica/eligibility@1`. */
  schema: string;
}
/** What an import of tables read, translated, passed over and guessed. */
export interface ImportReport {
  /** What the tables gave: products, items, services, facilities and so on. */
  counts: {
    [k: string]: number;
  };
  /** Tables and columns that have values and were passed over. */
  not_read: NotRead[];
  /** What NULL and 0 were read as. */
  translated: Translation[];
  /** Guesses; the path names table, row and column. */
  warnings: ErrorDocument[];
  /** How many warnings there are of each code. */
  warnings_by_code: {
    [k: string]: number;
  };
}
/** A table or column that was passed over. */
export interface NotRead {
  /** The column; absent = the whole table. */
  column?: string;
  /** How many rows have a value there. */
  rows: number;
  /** The table. */
  table: string;
  /** Why. */
  why: string;
}
/** A value that stands for something else in the legacy database. */
export interface Translation {
  /** The column. */
  column: string;
  /** What it was read as. */
  read_as: string;
  /** In how many rows. */
  rows: number;
  /** The table. */
  table: string;
  /** `NULL` or `0`; a blank text is NULL. */
  value: string;
}
/** What the tables of an installation say, as documents. */
export interface ImportDocument {
  /** What was read, translated, passed over and guessed. */
  report: ImportReport;
  /** One request for each current claim, in the order of the rows; none without claims. */
  requests: Request[];
  /** The rules. */
  scheme: Scheme;
}
/** A claim with lines of relative price (decision status `awaiting_index`). */
export interface WaitingClaim {
  /** Code of the claim. */
  claim: Code;
  /** First day of care. */
  date_from: string;
  /** Last day of care; absent = the first. */
  date_to?: string;
  /** Code of the facility. */
  facility: Code;
  /** Its lines that the product pays. */
  lines: WaitingLine[];
  /** The day on which it was decided. It belongs to the period with this day. */
  processed: string;
}
/** A line that passed. */
export interface WaitingLine {
  /** Its amount before the index, after all limits: `payable` of the decision. */
  amount: Amount;
  /** Id of the line in the claim. */
  id: Code;
  /** Where its price comes from. */
  price_origin: PriceOrigin;
}
/** Asks for the indexes of the periods that end with a month, and for what they pay. */
export interface IndexRequest {
  /** Claims that wait for an index. */
  claims?: WaitingClaim[];
  /** Contributions paid for policies of the product. */
  contributions?: Contribution[];
  /** The month that has ended, from 1: periods that end with it are calculated. */
  month: number;
  /** Code of the product. */
  product: Code;
  /** The run that this one replaces. */
  revert?: Code;
  /** Name of this run, the host's own. */
  run: Code;
  /** Earlier runs of the product. */
  runs?: RunRecord[];
  /** Always `adjudica/index_request@1`. */
  schema?: string;
  /** Year, in the scheme's calendar. */
  year: number;
}
/** A claim and what it is paid. */
export interface PaidClaim {
  /** Their amounts before the index. */
  amount: Amount;
  /** The pot that its relative lines share. */
  care: WrittenCare;
  /** Code of the claim. */
  claim: Code;
  /** Code of the facility. */
  facility: Code;
  /** Its lines. */
  lines: PaidLine[];
  /** What it is paid. */
  paid: Amount;
}
/** A line and what it is paid. */
export interface PaidLine {
  /** Its amount before the index. */
  amount: Amount;
  /** Id of the line. */
  id: Code;
  /** Its share of the pot; of other lines than relative ones the amount itself. */
  paid: Amount;
  /** Where its price comes from. */
  price_origin: PriceOrigin;
}
/** A pot: the part of a period's premium that relative lines share. */
export interface Pot {
  /** What the period earned. */
  allocated: Amount;
  /** Their amounts together. */
  amount: Amount;
  /** Whose. */
  care: WrittenCare;
  /**
   * What is paid out: the pot, to the last unit, unless nobody shares it. Under the convention
   * `pot_division: rounded`, the sum of the rounded shares.
   */
  distributed: Amount;
  /** The part of it that goes into the pot, in percent. */
  distribution: Percent;
  /** `pot / amount`, in full; 1 if there is nothing to share it (DOMAIN A.6). */
  index: Exact;
  /**
   * What is not: the pot, if nobody shares it; else 0. Under `pot_division: rounded`, what
   * rounding left, below 0 if it paid more.
   */
  left: Amount;
  /** Relative lines that share it. */
  lines: number;
  /** `allocated x distribution / 100`, rounded once by the scheme's rule. */
  pot: Amount;
  /**
   * Lines that got one of the units that rounding down left: largest remainder first served, of
   * equal ones the larger amount, then claim and line by their codes.
   */
  remainder: Remainder[];
  /** Which period. */
  span: Span;
}
/** A line that got a smallest unit of what rounding left. */
export interface Remainder {
  /** Code of the claim. */
  claim: Code;
  /** Id of the line. */
  line: Code;
}
/** The indexes of a month and what they pay: the report of the pots. */
export interface IndexAnswer {
  /** What each period earned. */
  allocations: Allocation[];
  /** Claims that are paid, in the order given. */
  claims: PaidClaim[];
  /** Claims that are not, in the order given; they wait on. */
  left_out: LeftOutClaim[];
  /** Month that has ended. */
  month: number;
  /** What all claims are paid together. */
  paid: Amount;
  /** The pots and their indexes. */
  pots: Pot[];
  /** Code of the product. */
  product: Code;
  /** What calculated it. */
  provenance: Provenance;
  /** What the host keeps, and brings with later runs. */
  record?: RunRecord;
  /** Why not. */
  refusals?: Refusal[];
  /** What is to be undone first. */
  reverted?: RevertedRun;
  /** Name of the run. */
  run: Code;
  /** Always `adjudica/index@1`. */
  schema: string;
  /** Whether it was calculated. */
  status: RunStatus;
  /** What is legal but may not be meant. */
  warnings: ErrorDocument[];
  /** Year, in the scheme's calendar. */
  year: number;
}
/** The policy that is renewed. */
export interface PreviousPolicy {
  /** Its last day. */
  expiry: string;
  /** The day on which registration was last charged; absent = not known. */
  registered?: string;
}
/** When would a policy begin and end? */
export interface PeriodRequest {
  /** The day of enrolment, or on which renewal is asked for. */
  enrolment_date: string;
  /** Language of the explanation, such as `fr`; absent = no explanation. */
  language?: Code;
  /** The policy that is renewed, where there is one. */
  previous?: PreviousPolicy;
  /** Code of the product; for a renewal that of the previous policy. */
  product: Code;
  /** Always `adjudica/period_request@1`; may be left out. */
  schema?: string;
  /** New or renewed. */
  stage?: PolicyStage;
}
/** One rule that was applied, or one thing that was found, with its numbers. */
export interface Remark {
  /** Stable code in dotted words, such as `period.cycle`. Message files have a sentence for each. */
  code: string;
  /** Its values by name, as text. */
  values?: {
    [k: string]: string;
  };
}
/** When a policy begins and ends, and why. */
export interface PeriodAnswer {
  /** Products that conversion led through, from the one asked for; empty without conversion. */
  converted_from?: Code[];
  /** The beginning of the cycle that was chosen; the start, unless the previous policy ran on. */
  cycle?: string;
  /** Last day. */
  expiry: string;
  /** The same in words, if a language was asked for. */
  explanation?: string;
  /** Last day for payment; absent = no such limit. */
  last_payment?: string;
  /** Last day on which this policy can be renewed; absent = no such limit. */
  last_renewal?: string;
  /** The product that the policy is of, after conversion. */
  product: Code;
  /** Every rule that was applied, in order. */
  reasons: Remark[];
  /** Always `adjudica/period@1`. */
  schema: string;
  /** New or renewed. */
  stage: PolicyStage;
  /** First day. */
  start: string;
  /**
   * A renewal that was asked for after the last day for it: the period is what a renewal would
   * have, but the product does not allow it any more.
   */
  too_late?: boolean;
}
/** What is known of a family. */
export interface Family {
  /** Free attributes that subsidies may ask for. */
  attributes?: Attributes;
  /** Registered as poor. */
  poverty?: boolean;
}
/** A member of the household. */
export interface Member {
  /** Birth date; absent = unknown, which counts as adult and is said so. */
  birth_date?: string;
  /** Id of the person. */
  id: Code;
  /**
   * The day on which the person joined the household; after enrolment, the person is a late
   * member. Absent = from the beginning.
   */
  joined?: string;
  /** Not of the nuclear family (openIMIS relationship 7): pays apart from a lump sum. */
  other_relative?: boolean;
}
/** What the household paid on a day. */
export interface PremiumPayment {
  /** The amount. */
  amount: Amount;
  /** The day. */
  date: string;
}
/** What does a policy cost, who pays, and is it in force? */
export interface PremiumRequest {
  /**
   * The day of the question: qualifying contributions are counted up to it, and the convention
   * `premium_age: as_of` counts ages at it. Absent = the day of enrolment.
   */
  as_of?: string;
  /** The day on which an officer confirmed the policy, where the product asks for that. */
  confirmed?: string;
  /** A day of each month for which a contribution was made, for products that ask for them. */
  contributed?: string[];
  /** The day on which an officer put the policy in force without full payment. */
  enforced?: string;
  /** The day of enrolment, or on which renewal is asked for. */
  enrolment_date: string;
  /** What is known of the family, for subsidies. */
  family?: Family;
  /** Instalments that the household wishes to pay in; absent = 1. */
  instalments?: number;
  /** Language of the explanation, such as `fr`; absent = no explanation. */
  language?: Code;
  /** The household's members. */
  members: Member[];
  /** What the household has paid. What others owe by subsidies is not waited for. */
  payments?: PremiumPayment[];
  /** The policy that is renewed, where there is one. */
  previous?: PreviousPolicy;
  /** Code of the product; for a renewal that of the previous policy. */
  product: Code;
  /** Always `adjudica/premium_request@1`; may be left out. */
  schema?: string;
  /** New or renewed. */
  stage?: PolicyStage;
}
/** Whether a policy is in force. */
export interface ActivationAnswer {
  /** In force, from `effective` on? */
  active: boolean;
  /** Why, or why not. */
  because: ActivationReason;
  /** First day of cover. */
  effective?: string;
}
/** One payment that the household is asked for. */
export interface InstalmentDue {
  /** The amount. */
  amount: Amount;
  /** The day on which it is due. */
  due: string;
  /** Its number, from 1. */
  number: number;
}
/** A member as the premium sees him. */
export interface MemberAnswer {
  /** How the person is charged. */
  charged: ChargedAs;
  /** The day from which the person is covered; absent = not covered (yet). */
  effective?: string;
  /** Adult or child. */
  group: AgeGroup;
  /** Id of the person. */
  id: Code;
}
/** What somebody pays of the premium. */
export interface PayerShare {
  /** The amount. */
  amount: Amount;
  /** Who: a payer of the scheme's subsidies, or `household`. */
  payer: Code;
  /** The percentage of the premium, where the scheme says one. */
  percent?: Percent;
}
/** One part of a premium. */
export interface PremiumLine {
  /** What it adds to the premium; negative for what it takes off. */
  amount: Amount;
  /** Members it is for, where it is charged for each. */
  count?: number;
  /** The amount for each of them. */
  each?: Amount;
  /** The percentage, of a discount. */
  percent?: Percent;
  /** What it is for. */
  step: PremiumStep;
}
/** Contributions before benefits. */
export interface QualifyingAnswer {
  /** Months with a contribution that were found. */
  found: number;
  /** First day of those months. */
  from: string;
  /** None missing? */
  met: boolean;
  /** Months that are missing. */
  missing: number;
  /** Months with a contribution that are needed. */
  required: number;
  /** Last day of those months. */
  to: string;
  /** Months that are looked at. */
  within_months: number;
}
/** What a policy costs, who pays, and whether it is in force. */
export interface PremiumAnswer {
  /** Whether the policy is in force, and from when. */
  activation: ActivationAnswer;
  /** The same in words, if a language was asked for. */
  explanation?: string;
  /** When the household's share is due; adds up to it exactly. */
  instalments: InstalmentDue[];
  /** What the premium is made of; adds up to `total` exactly. */
  lines: PremiumLine[];
  /** The members, in the order of the request. */
  members: MemberAnswer[];
  /** What the household still owes. */
  outstanding: Amount;
  /** What the household has paid. */
  paid: Amount;
  /** When it begins and ends. */
  period: PeriodAnswer;
  /** Contributions before benefits, where the product asks for them. */
  qualifying?: QualifyingAnswer;
  /** Every rule that was applied, in order. */
  reasons: Remark[];
  /** Always `adjudica/premium@1`. */
  schema: string;
  /** Who pays it; adds up to `total` exactly. The household comes last, even if it pays nothing. */
  shares: PayerShare[];
  /** The premium. */
  total: Amount;
}
/**
 * Asks what was usual in earlier claims. For long histories, `adjudica profile` and
 * `ProfileBuilder` read claim by claim.
 */
export interface ProfileRequest {
  /** Groups of fewer lines are left out: 4 or more. */
  fewest?: number;
  /** The claims, in any order. */
  requests: Request[];
  /** Always `adjudica/profile_request@1`. */
  schema: string;
}
/** A reviewed claim, and what advisors said about it. */
export interface QualityClaim {
  /** Whether the reviewer decided before seeing any finding. */
  blind?: boolean;
  /** Code of the claim. */
  claim: Code;
  /** Its day, such as the first day of care. */
  date: string;
  /** Code of its facility. */
  facility: Code;
  /** Subgroups that the claim belongs to, such as `sex: female`. */
  groups?: {
    [k: string]: Code;
  };
  /** What advisors said, as the advice on the claim has it. */
  heard: Heard[];
  /** What the scheme pays by the rules. */
  payable: Amount;
  /** What it pays with the reviewer's verdicts. A claim for which that differs was corrected. */
  reviewed: Amount;
}
/** Asks how good the scheme's advisors are. */
export interface QualityRequest {
  /** Now, as the host says. */
  at: Moment;
  /** Reviewed claims about which advisors were asked. */
  claims: QualityClaim[];
  /**
   * Claims from this day on are compared with those before, to find drift; absent = not looked
   * for.
   */
  later_from?: string;
  /** Always `adjudica/quality_request@1`. */
  schema: string;
}
/** What to replay. */
export interface ReplayOptions {
  /** The call; `process` if left out. */
  run?: Run;
  /**
   * The switches that are on; all of them, which is openIMIS 1.11, if left out. None of them
   * is `standard`.
   */
  switches?: Switch[];
}
/** Everything a check found: errors forbid use, warnings do not. */
export interface Report {
  /** What must be mended before the document can be used. */
  errors: ErrorDocument[];
  /** What is legal but probably not meant. */
  warnings: ErrorDocument[];
}
/** An appeal that nobody has decided yet. */
export interface Appeal {
  /** When it was made. */
  at: Moment;
  /** Who appeals. */
  by: Code;
  /** Why. */
  reason: string;
}
/** An amount before and after. */
export interface Change {
  /** After. */
  after: Amount;
  /** Before. */
  before: Amount;
  /** After less before. */
  change: Amount;
}
/** Something that happened. */
export interface Event {
  /** Where it stands now. */
  after?: ReviewState;
  /** When, as the host says. */
  at: Moment;
  /** Where that stood before. */
  before?: ReviewState;
  /** Who did it. */
  by: Code;
  /** Why. */
  reason?: string;
  /** What the scheme paid before and after, where that changed. */
  scheme_share?: Change;
  /** What, such as `deliver`. */
  step: Code;
  /** What it moved. */
  track?: Track;
  /** The verdicts given. */
  verdicts?: LineVerdict[];
}
/** The five answers of feedback (DOMAIN D.1). */
export interface FeedbackAnswers {
  /** Was the care given? */
  care_rendered: boolean;
  /** Was a drug prescribed? */
  drug_prescribed: boolean;
  /** Was the drug received? */
  drug_received: boolean;
  /** How good it was all in all, 0 to 5. */
  overall: number;
  /** Was a payment asked? */
  payment_asked: boolean;
}
/** What a reviewer decides about a line. */
export interface LineVerdict {
  /** Id of the line. */
  line: Code;
  /** Checks that an accepting verdict replaces. */
  overrides?: Override[];
  /** Price approved for one unit. */
  price?: Amount;
  /** Units approved; 0 = none. */
  quantity?: Quantity;
  /** Why. A rejection needs one. */
  reason?: string;
  /** Whether the line stands; absent = as the rules say. */
  verdict?: Verdict;
}
/** The review file of a claim, kept by the host from step to step. An empty one is the beginning. */
export interface ReviewFile {
  /** What the insured answered. */
  answers?: FeedbackAnswers;
  /** The appeal that is open. */
  appeal?: Appeal;
  /** The reviewer decides before seeing what advisors found. */
  blind?: boolean;
  /** Code of the claim, once something has happened. */
  claim?: Code;
  /** Last day to review it, if it is held until then. */
  due?: string;
  /** Everything that happened, in order. */
  events?: Event[];
  /** Code of its facility. */
  facility?: Code;
  /** Where the feedback stands. */
  feedback?: ReviewState;
  /** Every entry that the claim ever made in the ledger; those taken back are marked `reversed`. */
  ledger?: LedgerEntry[];
  /** Which claims come first, 0 to 100. */
  priority?: number;
  /** The claim was reversed as a whole. */
  reversed?: boolean;
  /** Where the review stands. */
  review?: ReviewState;
  /** What was paid. */
  settled?: Settled;
  /** The verdicts in force, by line, each with its reviewer. */
  verdicts?: Verdicts[];
}
/** What was paid, and on what ground. */
export interface Settled {
  /** When. */
  at: Moment;
  /** On what ground. */
  basis: Basis;
  /** Borne by the facility. */
  facility_share: Amount;
  /** Line by line. */
  lines: SettledLine[];
  /** Borne by the patient. */
  patient_share: Amount;
  /** Borne by the scheme. */
  scheme_share: Amount;
}
/** A line as it was paid. */
export interface SettledLine {
  /** Id of the line. */
  line: Code;
  /** Paid by the scheme. */
  payable: Amount;
  /** Passed or rejected. */
  status: LineStatus;
}
/** A verdict in force and who decided it. */
export interface Verdicts {
  /** When. */
  at: Moment;
  /** What. */
  decided: LineVerdict;
  /** Who decided. */
  reviewer: Code;
}
/** Asks how reviews stand. */
export interface ReviewReportRequest {
  /** Now, as the host says. */
  at: Moment;
  /** The files. */
  files: ReviewFile[];
  /** Always `adjudica/review_report_request@1`. */
  schema: string;
}
/** What a reviewer did. */
export interface ReviewerCount {
  /** Appeals decided. */
  appeals: number;
  /** Reviews delivered. */
  delivered: number;
  /** Other verdicts. */
  other_verdicts: number;
  /** Verdicts that reject a line. */
  rejected: number;
  /** Who. */
  reviewer: Code;
}
/** How many stand where. */
export interface StateCounts {
  /** Bypassed. */
  bypassed: number;
  /** Delivered. */
  delivered: number;
  /** Idle. */
  idle: number;
  /** Not selected. */
  not_selected: number;
  /** Selected. */
  selected: number;
}
/** How reviews stand. */
export interface ReviewReport {
  /** When, as the host said. */
  at: Moment;
  /** What appeals, late reviews and reversals changed in what was paid. */
  changed: Amount;
  /** Files. */
  claims: number;
  /** Appeals that were decided. */
  decided_appeals: number;
  /** Feedback by where it stands. */
  feedback: StateCounts;
  /** Appeals that are open. */
  open_appeals: number;
  /** Selected reviews whose last day has passed. */
  overdue: number;
  /** Claims that are paid. */
  paid: number;
  /** The rules. */
  provenance: Provenance;
  /** Claims that were reversed. */
  reversed: number;
  /** Reviews by where they stand. */
  review: StateCounts;
  /** Reviewers, by code. */
  reviewers: ReviewerCount[];
  /** Always `adjudica/review_report@1`. */
  schema: string;
}
/** What the insured answered. */
export interface AnswersStep {
  /** The answers. */
  answers: FeedbackAnswers;
}
/** How an appeal is decided. */
export interface DecideStep {
  /** Verdicts on lines; they replace those in force. None: the decision stands. */
  lines: LineVerdict[];
  /** Why. */
  reason: string;
}
/** What a reviewer decided. */
export interface DeliverStep {
  /** Verdicts on lines. */
  lines: LineVerdict[];
}
/** A step that needs nothing else. */
export interface PlainStep {}
/** A step that needs a reason. */
export interface ReasonStep {
  /** Why. */
  reason: string;
}
/** A claim is to be reviewed. */
export interface SelectStep {
  /** The reviewer decides before seeing what advisors found. */
  blind?: boolean;
  /** Which claims come first, 0 to 100. */
  priority?: number;
  /** Why, such as the codes of the rules. */
  reason?: string;
}
/** One step. */
export interface Step {
  /** What. */
  action: Action;
  /** Who does it: a reviewer, an officer, the appellant, or the host's own name. */
  by: Code;
}
/** Asks to take steps in the review of a claim: all of them or, if one is refused, none. */
export interface ReviewRequest {
  /** Now, as the host says. */
  at: Moment;
  /** The claim's file; left out for a claim that has none yet. */
  file?: ReviewFile;
  /** The claim as it was made, without the verdicts of the file. */
  request: Request;
  /** Always `adjudica/review_request@1`. */
  schema: string;
  /** The steps, in order; none = only say where the claim stands. */
  steps?: Step[];
}
/** A claim to choose from. */
export interface ClaimToSelect {
  /** What advisors' findings may do, as the engine said. It must be about this claim. */
  advice?: Advice;
  /** The claim as it is adjudicated. */
  request: Request;
}
/** What earlier claims with one main diagnosis cost on one day. */
export interface PastCosts {
  /**
   * What was approved of them together; absent = not known, and the row does not count where the
   * mean is of what was approved.
   */
  approved?: Amount;
  /** What they claimed together. */
  claimed: Amount;
  /** How many claims. */
  claims?: number;
  /** The day: first day of care. */
  date: string;
  /** Code of the main diagnosis. */
  diagnosis: Code;
}
/** Asks which claims are to be reviewed. */
export interface ReviewSelectionRequest {
  /** Now, as the host says; deadlines run from its day. */
  at: Moment;
  /** The claims to choose from. */
  claims: ClaimToSelect[];
  /** What earlier claims cost, for comparison with their mean. A row may stand for many claims. */
  past?: PastCosts[];
  /** Always `adjudica/review_selection_request@1`. */
  schema: string;
  /** Seed of every draw; the same seed draws the same claims, in any order, on any machine. */
  seed: Code;
}
/** What a rule did in a group. */
export interface GroupCount {
  /** Claims that it chose. */
  chosen: number;
  /** Claims that the rule looked at. */
  claims: number;
  /**
   * What the claims of the group have in common, in the order of the rule's `by`; an empty text
   * where there is no value.
   */
  group: string[];
}
/** How long a claim waits for its review. */
export interface WrittenHold {
  /** Days from its selection; on the day after the last, the deadline is over. */
  days: number;
  /** What happens then. */
  then: AfterDeadline;
}
/** What a rule found. */
export interface Look {
  /** Whether it chose the claim. */
  chosen: boolean;
  /** The numbers. */
  found: LookedAt;
  /** It would have, but had chosen as many as it may. */
  over_capacity?: boolean;
  /** Code of the rule. */
  rule: Code;
}
/** What a rule did. */
export interface RuleCount {
  /** What it did in each group, in the order of their names. */
  groups: GroupCount[];
  /** Code of the rule; `blind` and `advice` for the blind share and advisors' findings. */
  rule: Code;
}
/** What becomes of a claim. */
export interface SelectedClaim {
  /** The reviewer decides before seeing what advisors found. */
  blind?: boolean;
  /** Code of the claim. */
  claim: Code;
  /** What it asks for. */
  claimed: Amount;
  /** Last day to review it, if it is held until then. */
  due?: string;
  /** Code of its facility. */
  facility: Code;
  /** What each rule that looked at the claim found; none for claims of which nothing is paid. */
  looks: Look[];
  /** Chosen, but beyond the scheme's capacity. */
  over_capacity?: boolean;
  /** What the rules pay. */
  payable: Amount;
  /**
   * Which claims come first, 0 to 100: the highest of the rules that chose it. For selected
   * claims.
   */
  priority?: number;
  /** `selected` or `not_selected`. */
  state: ReviewState;
  /** What happens if nobody reviews it. For selected claims. */
  undone?: Undone;
}
/** How many claims. */
export interface SelectionCounts {
  /** Of the blind share. */
  blind: number;
  /** Given. */
  claims: number;
  /** Chosen by a rule or a finding and left out for lack of capacity. */
  over_capacity: number;
  /** Of which the rules pay something. */
  payable: number;
  /** Selected, those of the blind share included. */
  selected: number;
}
/** Which claims are to be reviewed, and why. */
export interface ReviewSelection {
  /** When, as the host said. */
  at: Moment;
  /** Every claim, in the order given. */
  claims: SelectedClaim[];
  /** How many claims. */
  counts: SelectionCounts;
  /** The rules that decided and selected. */
  provenance: Provenance;
  /** What each rule did, in the order of the scheme; then `blind` and `advice`. */
  rules: RuleCount[];
  /** Always `adjudica/review_selection@1`. */
  schema: string;
  /** The seed. */
  seed: Code;
}
/** What changed in money. */
export interface WrittenDifference {
  /** Borne by the facility. */
  facility_share: Change;
  /** The lines that changed. */
  lines: LineChange[];
  /** Borne by the patient. */
  patient_share: Change;
  /** Borne by the scheme. */
  scheme_share: Change;
}
/** A line that changed. */
export interface LineChange {
  /** After. */
  after: LineStatus;
  /** Before. */
  before: LineStatus;
  /** Id of the line. */
  line: Code;
  /** What the scheme pays for it. */
  payable: Change;
}
/** Why a step was not taken. Nothing of the request's steps is then taken. */
export interface WrittenRefusal {
  /** Why. */
  code: RefusalCode;
  /** Why, for people. */
  message: string;
  /** Position of the step, from 0. */
  step: number;
}
/** The review file of a claim, kept by the host from step to step. An empty one is the beginning. */
export interface WrittenReviewFile {
  /** What the insured answered. */
  answers?: FeedbackAnswers;
  /** The appeal that is open. */
  appeal?: Appeal;
  /** The reviewer decides before seeing what advisors found. */
  blind?: boolean;
  /** Code of the claim, once something has happened. */
  claim?: Code;
  /** Last day to review it, if it is held until then. */
  due?: string;
  /** Everything that happened, in order. */
  events?: Event[];
  /** Code of its facility. */
  facility?: Code;
  /** Where the feedback stands. */
  feedback: ReviewState;
  /** Every entry that the claim ever made in the ledger; those taken back are marked `reversed`. */
  ledger?: LedgerEntry[];
  /** Which claims come first, 0 to 100. */
  priority?: number;
  /** The claim was reversed as a whole. */
  reversed?: boolean;
  /** Where the review stands. */
  review: ReviewState;
  /** What was paid. */
  settled?: Settled;
  /** The verdicts in force, by line, each with its reviewer. */
  verdicts?: Verdicts[];
}
/** What became of the steps. */
export interface ReviewAnswer {
  /** Ledger entries to add. */
  added: LedgerEntry[];
  /** The decision with the verdicts in force. */
  decision: DecisionDocument;
  /**
   * What the verdicts change, compared with the rules alone; after a payment, what the steps
   * change in what was paid.
   */
  difference: WrittenDifference;
  /** The file after the steps; after a refusal as it was. */
  file: WrittenReviewFile;
  /** Why nothing was done. */
  refusal?: WrittenRefusal;
  /** Ledger entries to mark as reversed. */
  reversed: LedgerEntry[];
  /** Always `adjudica/review@1`. */
  schema: string;
  /** Whether the reviewer may see what advisors found; not while a blind review is undone. */
  show_findings: boolean;
  /** Where the claim stands. */
  standing: Standing;
}
/** A claim of a group. */
export interface SampledClaim {
  /** Code of the claim. */
  claim: Code;
  /** Code of its facility. */
  facility: Code;
  /** The group that it was drawn in; absent = its facility. */
  group?: Code;
  /** What the scheme pays by the rules. */
  payable: Amount;
  /** What the scheme pays with the reviewer's verdicts; absent = not reviewed. */
  reviewed?: Amount;
}
/** Asks what a reviewed sample says about the claims of its groups. */
export interface SamplingRequest {
  /** Who approves that the result is applied; without, nothing is. */
  approved_by?: Code;
  /** Now, as the host says. */
  at: Moment;
  /**
   * All claims of the groups, reviewed or not. The reviewed ones must be a random draw of their
   * group, such as a selection with `by` makes.
   */
  claims: SampledClaim[];
  /** Always `adjudica/sampling_request@1`. */
  schema: string;
}
/** A claim to which the ratio of its group is applied, without a review of its own. */
export interface Extrapolated {
  /** What it pays now: `payable` × `ratio`, rounded by the scheme's rule. */
  amount: Amount;
  /** Code of the claim. */
  claim: Code;
  /** Code of its facility. */
  facility: Code;
  /** The group. */
  group: Code;
  /** What the scheme pays by the rules. */
  payable: Amount;
  /** The ratio applied, in percent. */
  ratio: Percent;
  /** The difference, borne by the facility. */
  reduction: Amount;
}
/** What the sample says about a group. */
export interface GroupEstimate {
  /** The ratio applied to the claims that were not reviewed. */
  applied?: Percent;
  /** Claims in it. */
  claims: number;
  /** The group. */
  group: Code;
  /** Half of the width of the interval in percent of the ratio, rounded up. */
  half_width?: Percent;
  /** Upper end of the interval, rounded up. */
  high?: Percent;
  /** What reviewers left of that. */
  left: Amount;
  /** Lower end of the interval, rounded down. */
  low?: Percent;
  /** Why none is. */
  not_applied?: NotApplied;
  /** What the rules pay for all of them. */
  payable: Amount;
  /** What the rules pay for the reviewed ones. */
  payable_reviewed: Amount;
  /**
   * `left / payable_reviewed`, in percent, rounded half up; absent where the reviewed claims
   * are all alike or too few, or nothing is paid for them.
   */
  ratio?: Percent;
  /** Of which reviewed. */
  reviewed: number;
}
/** What the sample says, and to which claims it is applied. */
export interface Sampling {
  /** Who approved it. */
  approved_by?: Code;
  /** When, as the host said. */
  at: Moment;
  /** Confidence of the intervals. */
  confidence: Confidence;
  /** The claims to which a group's ratio is applied, each marked so; in the order given. */
  extrapolated: Extrapolated[];
  /** Each group, in the order of their names. */
  groups: GroupEstimate[];
  /** The rules that it was made with. */
  provenance: Provenance;
  /**
   * What the scheme pays less for them, together; borne by the facilities. Ledgers of patients
   * stay as the rules left them.
   */
  reduction: Amount;
  /** Always `adjudica/sampling@1`. */
  schema: string;
}
/** What a snapshot of openIMIS rows says, as documents. */
export interface SnapshotDocument {
  /** Name of the snapshot, or the claim's code. */
  name: string;
  /** The claim and everything else its decision depends on. */
  request: Request;
  /** The rules. */
  scheme: Scheme;
  /** Where reading had to guess, or passed something over. */
  warnings: ErrorDocument[];
}
/** One row of `SWITCHES`. */
export interface SwitchRow {
  /** What openIMIS 1.11 does. */
  meaning: string;
  /** Its name, as documents and the command line write it. */
  name: string;
  /**
   * Where it does it (lines of claim 1.11.0: V `validations.py`, S `services.py`, U `utils.py`;
   * of policy 1.11.0: P `services.py`), and the number of the finding in our list of deviations.
   */
  source: string;
}
/** What is known of one claim, line or other subject. */
export interface TreesRow {
  /**
   * Values by name of the feature, as JSON numbers. A feature that is `null` or not named is
   * missing; a name that the model does not know is an error.
   */
  features: {
    [k: string]: number;
  };
  /** Which it is; the answer carries it, so that answers are found by id and never by position. */
  id: Code;
}
/** The part of a feature in a score. */
export interface WrittenContribution {
  /** What it added to the score. */
  contribution: number;
  /** Name of the feature. */
  feature: Code;
  /** Its value in the row; absent = missing. */
  value?: number;
}
/** What a model says about one row. */
export interface TreesScore {
  /**
   * What each feature added to `expected` to make `score`, the largest first; computed in 64
   * bits, so of a model that adds up in 32 the sum differs in the seventh digit. Features that
   * added nothing are left out.
   */
  contributions: WrittenContribution[];
  /**
   * The score that is expected before anything is known of the row: the mean over the training
   * data.
   */
  expected: number;
  /** The row. */
  id: Code;
  /** Name of the model. */
  model: Code;
  /** The probability, 0 to 1, of a model whose score is log odds. */
  probability?: number;
  /** Always `adjudica/trees_score@1`. */
  schema: string;
  /** The score: log odds or a value, as the model's objective says. */
  score: number;
  /** Version of the model. */
  version: Code;
  /** SHA-256 of the model file in hexadecimal, if the model was read from a file. */
  weights?: Code;
}
/** An end of a tree. */
export interface Leaf {
  /**
   * How much of the training data ended here: rows, or their weight. Above 0, up to 1e15. A
   * split's is the sum of its children's. Contributions are weighted with it.
   */
  cover: number;
  /** What it adds to the score, -1e12 to 1e12. */
  value: number;
}
/** A question about one feature. */
export interface Split {
  /** Position of the feature in `features`, from 0. */
  feature: number;
  /**
   * The child for rows without a value; absent = the model knows no missing values, and such a
   * row is refused.
   */
  missing?: Side;
  /** Position of the node for other values. */
  no: number;
  /** What the feature's value is compared with. */
  threshold: number;
  /** Position of the node for values that pass the comparison. */
  yes: number;
}
/** One tree. */
export interface Tree {
  /**
   * The nodes; the first is the root, and both children of a split come after it. Every other
   * node is the child of exactly one split. At most 64 splits lie one below the other.
   */
  nodes: Node[];
}
/**
 * A sum of decision trees.
 *
 * The score of a row is `base_score` plus one leaf of each tree, added in the order of `trees`.
 * Numbers are JSON numbers, written with as many digits as a 64-bit float needs.
 */
export interface TreesModel {
  /** The score without any tree. */
  base_score: number;
  /** Which values go to `yes` at a split. */
  comparison: Comparison;
  /** Names of the features, 1 to 4096; splits name them by position, from 0. */
  features: Code[];
  /** Name of the model. */
  name: Code;
  /** What the score means. */
  objective: Objective;
  /** To what a feature's value is rounded before it is compared. */
  precision: Precision;
  /** Always `adjudica/trees@1`. */
  schema: string;
  /** To what the sum is rounded after every tree. */
  sum_precision: Precision;
  /** The library and version that trained it, for the record. */
  trained_with?: Code;
  /** The trees, 1 to 10000, with at most 1000000 nodes in all. */
  trees: Tree[];
  /** Its version. */
  version: Code;
}
/** What a rule set can be asked, with the request and the answer. */
export interface Questions {
  decision: [request: Request, answer: DecisionDocument];
  advice: [request: AdviceRequest, answer: Advice];
  advisor_input: [request: AdvisorInputRequest, answer: AdvisorInput];
  baseline: [request: BaselineRequest, answer: Findings];
  capitation: [request: CapitationRequest, answer: CapitationAnswer];
  eligibility: [request: EligibilityRequest, answer: EligibilityAnswer];
  index: [request: IndexRequest, answer: IndexAnswer];
  period: [request: PeriodRequest, answer: PeriodAnswer];
  premium: [request: PremiumRequest, answer: PremiumAnswer];
  profile: [request: ProfileRequest, answer: Profile];
  quality: [request: QualityRequest, answer: Quality];
  review_report: [request: ReviewReportRequest, answer: ReviewReport];
  review_selection: [request: ReviewSelectionRequest, answer: ReviewSelection];
  review: [request: ReviewRequest, answer: ReviewAnswer];
  sampling: [request: SamplingRequest, answer: Sampling];
}

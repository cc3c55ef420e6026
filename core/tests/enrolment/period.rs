//! When policies begin and end.

use serde_json::json;

use super::*;

fn start(rules: &RuleSet, request: Value) -> String {
    period(rules, request).unwrap().start.to_string()
}

#[test]
fn without_cycles_cover_begins_after_the_administration_period() {
    let rules = rules(json!({"insurance_months": 12, "administration_months": 1}));
    let answer = period(&rules, new_on("2024-01-31")).unwrap();
    // End of month: 31 January + 1 month is 29 February.
    assert_eq!(answer.start.to_string(), "2024-02-29");
    assert_eq!(answer.expiry.to_string(), "2025-02-27");
    assert_eq!(
        (answer.cycle, answer.last_payment, answer.last_renewal),
        (None, None, None)
    );
    // A renewal has no administration period, and begins the day after the previous policy, or
    // when it is asked for if that lapsed.
    assert_eq!(
        start(&rules, renewed_on("2024-01-31", "2024-03-31")),
        "2024-04-01"
    );
    assert_eq!(
        start(&rules, renewed_on("2024-05-10", "2024-03-31")),
        "2024-05-10"
    );
}

#[test]
fn the_first_cycle_from_the_day_less_the_grace_period() {
    // Written out of order on purpose.
    let rules = rules(
        json!({"insurance_months": 6, "cycles": [{"month": 7, "day": 1},
        {"month": 1, "day": 1}], "grace": {"enrolment_months": 1, "renewal_months": 2}}),
    );
    for (date, cycle) in [
        ("2024-01-01", "2024-01-01"),
        // 1 February less a month is 1 January: still in.
        ("2024-02-01", "2024-01-01"),
        ("2024-02-02", "2024-07-01"),
        ("2024-08-01", "2024-07-01"),
        ("2024-08-02", "2025-01-01"),
        // Less a month it is still the old year, whose cycles have passed.
        ("2025-01-15", "2025-01-01"),
    ] {
        assert_eq!(start(&rules, new_on(date)), cycle, "{date}");
    }
    assert_eq!(
        start(&rules, renewed_on("2024-03-01", "2023-12-31")),
        "2024-01-01"
    );
    assert_eq!(
        start(&rules, renewed_on("2024-03-02", "2023-12-31")),
        "2024-07-01"
    );
    let new = period(&rules, new_on("2024-01-20")).unwrap();
    assert_eq!(new.last_payment.unwrap().to_string(), "2024-01-31");
    assert_eq!(new.expiry.to_string(), "2024-06-30");
    assert_eq!(new.last_renewal.unwrap().to_string(), "2024-09-01");
    let renewed = period(&rules, renewed_on("2024-01-20", "2023-12-31")).unwrap();
    assert_eq!(renewed.last_payment.unwrap().to_string(), "2024-02-29");
}

#[test]
fn the_legacy_engine_has_its_own_boundary_and_grace() {
    let part = json!({"insurance_months": 12, "cycles": [{"month": 1, "day": 1},
        {"month": 7, "day": 1}], "grace": {"enrolment_months": 1, "renewal_months": 3}});
    let legacy = legacy(part.clone());
    // The day itself is out: 1 February is not before 1 January + 1 month.
    assert_eq!(start(&legacy, new_on("2024-01-31")), "2024-01-01");
    assert_eq!(start(&legacy, new_on("2024-02-01")), "2024-07-01");
    // Renewals have the grace of enrolment.
    assert_eq!(
        start(&legacy, renewed_on("2024-03-10", "2023-12-31")),
        "2024-07-01"
    );
    assert_eq!(
        start(&rules(part), renewed_on("2024-03-10", "2023-12-31")),
        "2024-01-01"
    );
}

#[test]
fn a_cycle_on_a_leap_day_begins_on_the_last_day_of_the_month() {
    let rules = rules(json!({"insurance_months": 12, "cycles": [{"month": 2, "day": 29}]}));
    assert_eq!(start(&rules, new_on("2024-02-01")), "2024-02-29");
    assert_eq!(start(&rules, new_on("2025-02-01")), "2025-02-28");
}

#[test]
fn renewals_follow_conversion_to_its_end() {
    let to = |code: &str| json!({"insurance_months": 12, "conversion_product": code});
    let rules = rules_of(scheme(&[to("B"), to("C"), json!({"insurance_months": 6})]));
    let answer = period(&rules, renewed_on("2024-03-10", "2024-03-31")).unwrap();
    assert_eq!(answer.product.as_str(), "C");
    assert_eq!(
        answer.converted_from,
        ["A", "B"].map(|c| adjudica::Code::new(c).unwrap())
    );
    assert_eq!(answer.expiry.to_string(), "2024-09-30");
    assert_eq!(codes(&answer.reasons)[..2], ["renewal.converted"; 2]);
    // New policies stay with the product.
    assert_eq!(
        period(&rules, new_on("2024-03-10"))
            .unwrap()
            .product
            .as_str(),
        "A"
    );
}

#[test]
fn renewal_is_possible_up_to_the_end_of_its_grace_period() {
    let rules = rules(json!({"insurance_months": 12, "grace": {"renewal_months": 2}}));
    let late = |date| {
        period(&rules, renewed_on(date, "2024-03-31"))
            .unwrap()
            .too_late
    };
    assert!(!late("2024-06-01") && late("2024-06-02"));
    // Without a previous policy there is nothing to be late for.
    let mut request = renewed_on("2024-06-02", "2024-03-31");
    request.as_object_mut().unwrap().remove("previous");
    assert!(!period(&rules, request).unwrap().too_late);
}

#[test]
fn what_cannot_be_answered_is_an_error() {
    let mut without = scheme(&[json!({"insurance_months": 12})]);
    without["products"][0]
        .as_object_mut()
        .unwrap()
        .remove("enrolment");
    let error = period(&rules_of(without), new_on("2024-01-01")).unwrap_err();
    assert_eq!(
        (error.code.as_ref(), error.path.as_str()),
        ("enrolment.absent", "product")
    );
    let rules = rules(json!({"insurance_months": 12}));
    let mut request = new_on("2024-01-01");
    request["language"] = "xx".into();
    assert!(
        period(&rules, request)
            .unwrap_err()
            .to_string()
            .contains("`xx`")
    );
}

#[test]
fn the_table_of_bikram_sambat_has_an_end() {
    let mut scheme = scheme(&[json!({"insurance_months": 12, "cycles": [{"month": 1, "day": 1}]})]);
    scheme["calendar"] = "bikram_sambat".into();
    let error = period(&rules_of(scheme), new_on("2044-03-01")).unwrap_err();
    assert_eq!(error.code, "calendar.range");
}

//! When cover begins. The premium is 100, the policy begins on 15 January 2025.

use serde_json::json;

use super::*;

fn part(more: Value) -> Value {
    let mut part = json!({"insurance_months": 12, "premium": {"adult": "100"}});
    let fields = part.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    part
}

fn paid(payments: &[(&str, &str)]) -> Value {
    let mut request = household("2025-01-15", [1, 0, 0, 0]);
    let payments = payments.iter();
    request["payments"] = payments
        .map(|(date, amount)| json!({"date": date, "amount": amount}))
        .collect();
    request
}

fn outcome(rules: &RuleSet, request: Value) -> String {
    let answer = premium(rules, request).unwrap();
    let because = serde_json::to_value(answer.activation.because).unwrap();
    let effective = answer.activation.effective;
    assert_eq!(answer.activation.active, effective.is_some());
    assert_eq!(answer.members[0].effective, effective);
    match effective {
        Some(day) => format!("{} {day}", because.as_str().unwrap()),
        None => because.as_str().unwrap().to_owned(),
    }
}

#[test]
fn cover_begins_with_the_later_of_start_and_the_payment_that_completes() {
    let rules = rules(part(json!({})));
    for (payments, expected) in [
        (&[("2025-01-10", "100")][..], "paid 2025-01-15"),
        (&[("2025-01-20", "100")], "paid 2025-01-20"),
        // By day, whatever the order; what comes after it is complete moves nothing.
        (
            &[
                ("2025-02-20", "60"),
                ("2025-01-16", "40"),
                ("2025-03-01", "5"),
            ],
            "paid 2025-02-20",
        ),
        (&[("2025-01-20", "99.99")], "unpaid"),
        (&[], "unpaid"),
    ] {
        assert_eq!(outcome(&rules, paid(payments)), expected, "{payments:?}");
    }
}

#[test]
fn conventions_choose_the_day() {
    let of = |convention: &str, payments: &[(&str, &str)]| {
        let conventions = json!({"overrides": {"cover_begins": convention}});
        outcome(&under(conventions, part(json!({}))), paid(payments))
    };
    let early = [("2025-01-10", "100")];
    let late = [("2025-01-20", "100")];
    assert_eq!(of("start", &late), "paid 2025-01-15");
    assert_eq!(of("payment", &early), "paid 2025-01-10");
    assert_eq!(of("payment_if_more", &early), "paid 2025-01-15");
    assert_eq!(
        of("payment_if_more", &[("2025-01-10", "101")]),
        "paid 2025-01-10"
    );
}

#[test]
fn late_payments_and_too_many_do_not_count() {
    let rules = rules(part(
        json!({"grace": {"payment_months": 1}, "instalments": {"max": 2}}),
    ));
    // The last day is 14 February.
    assert_eq!(
        outcome(&rules, paid(&[("2025-02-14", "100")])),
        "paid 2025-02-14"
    );
    assert_eq!(outcome(&rules, paid(&[("2025-02-15", "100")])), "unpaid");
    let three = [
        ("2025-01-15", "40"),
        ("2025-01-16", "40"),
        ("2025-01-17", "20"),
    ];
    assert_eq!(outcome(&rules, paid(&three)), "unpaid");
    let answer = premium(&rules, paid(&three)).unwrap();
    assert!(codes(&answer.reasons).contains(&"payment.too_many"));
    assert_eq!(answer.outstanding.to_string(), "0.00");
}

#[test]
fn officers_enforce_and_confirm() {
    let mut request = paid(&[("2025-01-20", "50")]);
    request["enforced"] = "2025-02-01".into();
    assert_eq!(
        outcome(&rules(part(json!({}))), request),
        "enforced 2025-02-01"
    );
    // Half is enough here.
    let half = rules(part(json!({"activation": {"percent": "50"}})));
    assert_eq!(
        outcome(&half, paid(&[("2025-01-20", "50")])),
        "paid 2025-01-20"
    );
    let confirmed = rules(part(json!({"activation": {"needs_confirmation": true}})));
    let mut request = paid(&[("2025-01-20", "100")]);
    assert_eq!(outcome(&confirmed, request.clone()), "unconfirmed");
    request["confirmed"] = "2025-01-22".into();
    assert_eq!(outcome(&confirmed, request), "paid 2025-01-22");
}

#[test]
fn late_members_wait_for_their_own_payment() {
    let rules = rules(part(json!({})));
    let of = |request: &Value| {
        let answer = premium(&rules, request.clone()).unwrap();
        assert_eq!(
            answer.members[0].effective.unwrap().to_string(),
            "2025-01-15"
        );
        answer.members[1].effective.map(|day| day.to_string())
    };
    let mut request = paid(&[("2025-01-10", "100")]);
    let joined = json!({"id": "late", "birth_date": "1990-01-01", "joined": "2025-06-01"});
    request["members"].as_array_mut().unwrap().push(joined);
    assert_eq!(of(&request), None);
    let payments = request["payments"].as_array_mut().unwrap();
    payments.push(json!({"date": "2025-05-20", "amount": "100"}));
    assert_eq!(of(&request).as_deref(), Some("2025-06-01"));
    request["payments"][1]["date"] = "2025-06-20".into();
    assert_eq!(of(&request).as_deref(), Some("2025-06-20"));
    // An officer's word of before they joined was not about them.
    request["payments"][1]["amount"] = "99".into();
    request["enforced"] = "2025-05-30".into();
    assert_eq!(of(&request), None);
    request["enforced"] = "2025-06-05".into();
    assert_eq!(of(&request).as_deref(), Some("2025-06-05"));
}

//! What policies cost, worked out by hand: adults 100, children 40 throughout.

use serde_json::json;

use super::*;

fn with(mut premium: Value, more: Value) -> Value {
    premium["adult"] = "100".into();
    premium["child"] = "40".into();
    let mut enrolment = json!({"insurance_months": 12, "premium": premium});
    let fields = enrolment.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    enrolment
}

#[test]
fn each_member_is_charged_once() {
    for (premium, counts, expected) in [
        // Nobody shares: 2 x 100 + 3 x 40; other relatives pay like everyone.
        (json!({}), [2, 3, 0, 0], "320.00"),
        (json!({}), [2, 3, 1, 1], "460.00"),
        // A threshold without lump sum changes nothing.
        (json!({"lump_sum_members": 2}), [2, 3, 0, 0], "320.00"),
        // The lump sum covers the nuclear family, others pay apart.
        (json!({"lump_sum": "250"}), [2, 3, 0, 0], "250.00"),
        (json!({"lump_sum": "250"}), [2, 3, 1, 2], "430.00"),
        // Four are covered: two adults and two children; one child is extra.
        (
            json!({"lump_sum": "250", "lump_sum_members": 4}),
            [2, 3, 0, 0],
            "290.00",
        ),
        // Adults come first: four of five, the fifth and all children are extra.
        (
            json!({"lump_sum": "250", "lump_sum_members": 4}),
            [5, 2, 0, 0],
            "430.00",
        ),
        (
            json!({"lump_sum": "250", "lump_sum_members": 4}),
            [5, 2, 1, 1],
            "570.00",
        ),
        // Zero is a number: the lump sum covers nobody, or costs nothing.
        (
            json!({"lump_sum": "250", "lump_sum_members": 0}),
            [1, 1, 0, 0],
            "390.00",
        ),
        (
            json!({"lump_sum": "0", "lump_sum_members": 2}),
            [2, 1, 0, 0],
            "40.00",
        ),
        (json!({"lump_sum": "0"}), [2, 1, 0, 0], "0.00"),
    ] {
        let rules = rules(with(premium.clone(), json!({})));
        assert_eq!(total(&rules, counts), expected, "{premium} {counts:?}");
    }
}

#[test]
fn the_legacy_engine_charges_extra_members_twice_without_lump_sum() {
    let part = with(json!({"lump_sum_members": 4}), json!({}));
    // Five adults and two children: 500 + 80, and 100 + 80 again.
    assert_eq!(total(&legacy(part.clone()), [5, 2, 0, 0]), "760.00");
    assert_eq!(total(&rules(part), [5, 2, 0, 0]), "580.00");
    // With a lump sum it charges once.
    let part = with(json!({"lump_sum": "250", "lump_sum_members": 4}), json!({}));
    assert_eq!(total(&legacy(part), [5, 2, 0, 0]), "430.00");
}

#[test]
fn fees_are_for_the_household_or_for_each_member_charged() {
    let fees = |registration: &str, assembly: &str| {
        with(
            json!({"lump_sum": "250"}),
            json!({"members": {"max": 4},
                "registration": {"amount": "10", "per": registration},
                "general_assembly": {"amount": "3", "per": assembly}}),
        )
    };
    // Five members, four of them kept: 250 + 4 x 10 + 3, and 250 + 10 + 4 x 3.
    assert_eq!(
        total(&rules(fees("member", "household")), [2, 3, 0, 0]),
        "293.00"
    );
    assert_eq!(
        total(&rules(fees("household", "member")), [2, 3, 0, 0]),
        "272.00"
    );
    // A renewal is not charged registration.
    let mut request = renewed_on("2025-01-15", "2025-01-31");
    request["members"] = members([2, 2, 0, 0]).into();
    let answer = premium(&rules(fees("member", "household")), request).unwrap();
    assert_eq!(answer.total.to_string(), "253.00");
}

#[test]
fn registration_comes_back_after_its_recurrence() {
    let rules = rules(json!({"insurance_months": 12,
        "registration": {"amount": "10", "per": "household", "recurrence_months": 36}}));
    for (registered, total, code) in [
        (json!("2022-01-15"), "10.00", "registration.again"),
        (json!("2022-01-16"), "0.00", "registration.not_yet"),
        (Value::Null, "0.00", "registration.unknown"),
    ] {
        let mut request = renewed_on("2025-01-15", "2025-01-31");
        request["previous"]["registered"] = registered;
        request["members"] = members([1, 0, 0, 0]).into();
        let answer = premium(&rules, request).unwrap();
        assert_eq!(
            (answer.total.to_string().as_str(), codes(&answer.reasons)[0]),
            (total, code)
        );
    }
}

#[test]
fn discounts_are_for_who_comes_in_time() {
    let part = with(
        json!({}),
        json!({"cycles": [{"month": 7, "day": 1}],
            "enrolment_discount": {"percent": "33", "months_before": 2},
            "renewal_discount": {"percent": "5", "months_before": 1}}),
    );
    let rules = rules(part);
    let of = |mut request: Value| {
        request["members"] = members([1, 1, 0, 0]).into();
        premium(&rules, request).unwrap().total.to_string()
    };
    // 140 less 33 %: 46.20. The last day is 1 May.
    assert_eq!(of(new_on("2025-05-01")), "93.80");
    assert_eq!(of(new_on("2025-05-02")), "140.00");
    // A renewal counts from the day after the previous policy: 1 July less a month.
    assert_eq!(of(renewed_on("2025-06-01", "2025-06-30")), "133.00");
    assert_eq!(of(renewed_on("2025-06-02", "2025-06-30")), "140.00");
}

#[test]
fn amounts_are_rounded_once_and_to_the_step_that_is_asked_for() {
    let part = |direction: &str| {
        json!({"insurance_months": 12, "cycles": [{"month": 7, "day": 1}],
            "premium": {"adult": "10.15"},
            "enrolment_discount": {"percent": "10", "months_before": 0},
            "rounding": {"unit": "0.50", "direction": direction}})
    };
    // 10.15 less 1.015, rounded away from zero to 1.02, is 9.13.
    for (direction, expected) in [("nearest", "9.00"), ("up", "9.50"), ("down", "9.00")] {
        let answer = premium(
            &rules(part(direction)),
            household("2025-06-01", [1, 0, 0, 0]),
        );
        let answer = answer.unwrap();
        assert_eq!(answer.lines[1].amount.to_string(), "-1.02");
        assert_eq!(answer.total.to_string(), expected, "{direction}");
    }
    let mut legacy_part = part("nearest");
    legacy_part.as_object_mut().unwrap().remove("rounding");
    let answer = premium(&legacy(legacy_part), household("2025-06-01", [1, 0, 0, 0])).unwrap();
    assert_eq!(
        answer.total.to_string(),
        "9.00",
        "the legacy engine drops 0.13"
    );
}

#[test]
fn age_is_counted_on_the_day_of_enrolment() {
    let part = with(json!({}), json!({}));
    let rules_at = |date: &str, rules: &RuleSet| {
        let mut request = new_on(date);
        request["members"] = json!([{"id": "x", "birth_date": "2007-03-10"}]);
        request["as_of"] = "2026-06-01".into();
        premium(rules, request).unwrap().total.to_string()
    };
    assert_eq!(rules_at("2025-03-09", &rules(part.clone())), "40.00");
    assert_eq!(rules_at("2025-03-10", &rules(part.clone())), "100.00");
    // The legacy engine: the difference of the years, on the day of the question.
    assert_eq!(rules_at("2024-03-10", &legacy(part.clone())), "100.00");
    // Unknown: an adult, and said so.
    let mut request = new_on("2025-03-09");
    request["members"] = json!([{"id": "x"}]);
    let answer = premium(&rules(part), request).unwrap();
    assert_eq!(answer.total.to_string(), "100.00");
    assert_eq!(codes(&answer.reasons)[0], "member.age_unknown");
}

#[test]
fn the_household_has_a_maximum() {
    let part = with(json!({}), json!({"members": {"max": 3}}));
    let household = json!([
        {"id": "child", "birth_date": "2020-01-01", "joined": "2020-01-01"},
        {"id": "aunt", "birth_date": "1970-01-01", "other_relative": true, "joined": "2012-01-01"},
        {"id": "nephew", "birth_date": "2019-01-01", "other_relative": true, "joined": "2024-01-01"},
        {"id": "mother", "birth_date": "1990-01-01", "joined": "2015-01-01"},
    ]);
    let beyond = |rules: &RuleSet| {
        let mut request = new_on("2025-01-15");
        request["members"] = household.clone();
        let answer = premium(rules, request).unwrap();
        let beyond =
            |m: &&enrolment::MemberAnswer| m.charged == enrolment::ChargedAs::BeyondMaximum;
        let found = answer.members.iter().find(beyond).map(|m| m.id.to_string());
        (found.unwrap(), answer.total.to_string())
    };
    let own = |text: &str, total: &str| (text.to_owned(), total.to_owned());
    assert_eq!(beyond(&rules(part.clone())), own("aunt", "180.00"));
    assert_eq!(beyond(&legacy(part.clone())), own("nephew", "240.00"));
    let as_given = json!({"overrides": {"members_kept": "as_given"}});
    assert_eq!(beyond(&under(as_given, part)), own("mother", "180.00"));
}

#[test]
fn payers_share_in_order_and_the_household_pays_the_rest() {
    let part = with(
        json!({}),
        json!({"subsidies": [
            {"payer": "state", "when": {"poverty": true}, "percent": "33.33"},
            {"payer": "state", "percent": "10"},
            {"payer": "donor", "when": {"attributes": {"area": "north"}}, "amount": "120"}]}),
    );
    let rules = rules(part);
    let shares = |family: Value| {
        let mut request = household("2025-01-15", [1, 1, 0, 0]);
        request["family"] = family;
        let answer = premium(&rules, request).unwrap();
        let shares = answer.shares.iter();
        shares
            .map(|s| format!("{} {}", s.payer, s.amount))
            .collect::<Vec<_>>()
    };
    assert_eq!(shares(json!({})), ["state 14.00", "household 126.00"]);
    // 33.33 % of 140 is 46.662; the donor pays no more than is left.
    assert_eq!(
        shares(json!({"poverty": true, "attributes": {"area": "north"}})),
        ["state 46.66", "donor 93.34", "household 0.00"]
    );
}

#[test]
fn instalments_add_up_and_end_with_the_last_day_for_payment() {
    let rules = rules(with(
        json!({}),
        json!({"grace": {"payment_months": 2}, "instalments": {"max": 3, "months_apart": 1}}),
    ));
    let mut request = household("2025-01-31", [1, 0, 0, 0]);
    request["instalments"] = 3.into();
    let answer = premium(&rules, request).unwrap();
    let plan = answer.instalments.iter();
    let plan: Vec<String> = plan
        .map(|i| format!("{} {} {}", i.number, i.due, i.amount))
        .collect();
    assert_eq!(
        plan,
        [
            "1 2025-01-31 33.34",
            "2 2025-02-28 33.33",
            "3 2025-03-30 33.33"
        ]
    );
}

#[test]
fn qualifying_contributions_are_counted_by_month() {
    let rules = rules(json!({"insurance_months": 12,
        "qualifying": {"months": 3, "within_months": 6}}));
    let of = |contributed: Value| {
        let mut request = household("2025-07-20", [1, 0, 0, 0]);
        request["contributed"] = contributed;
        premium(&rules, request).unwrap().qualifying.unwrap()
    };
    // January to June; twice in a month counts once, the month of the question does not count.
    let days = [
        "2024-12-31",
        "2025-01-01",
        "2025-02-03",
        "2025-02-28",
        "2025-07-01",
    ];
    let answer = of(json!(days));
    assert_eq!(
        (answer.from.to_string(), answer.to.to_string()),
        ("2025-01-01".into(), "2025-06-30".into())
    );
    assert_eq!((answer.found, answer.missing, answer.met), (2, 1, false));
    assert!(of(json!(["2025-01-31", "2025-03-01", "2025-06-30"])).met);
}

#[test]
fn what_cannot_be_charged_is_an_error() {
    let rules = rules(with(json!({}), json!({"instalments": {"max": 2}})));
    for (field, value, code, path) in [
        (
            "members",
            json!([{"id": "x"}, {"id": "x"}]),
            "member.duplicate",
            "members[1].id",
        ),
        ("instalments", json!(3), "instalments.range", "instalments"),
        ("instalments", json!(0), "instalments.range", "instalments"),
        (
            "payments",
            json!([{"date": "2025-01-01", "amount": "-1"}]),
            "amount.negative",
            "payments[0].amount",
        ),
        (
            "payments",
            json!([{"date": "2025-01-01", "amount": "0.001"}]),
            "amount.places",
            "payments[0].amount",
        ),
    ] {
        let mut request = household("2025-01-15", [1, 0, 0, 0]);
        request[field] = value;
        let error = premium(&rules, request).unwrap_err();
        assert_eq!((error.code.as_ref(), error.path.as_str()), (code, path));
    }
}

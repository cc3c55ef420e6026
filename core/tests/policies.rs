//! Periods and values of policies as openIMIS 1.11 answered them.
//!
//! `vectors/policies.ndjson.gz` are the public vectors. `data/policies.ndjson.gz` are answers of
//! that release's `policy/values.py` run by itself on random rows, with what those lack: the Nepali
//! calendar, other days of today, cycles on days that a year does not have, missing values, and the
//! breakdowns that follow.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in this file a value that is not there is a failed test"
)]

use std::collections::BTreeMap;
use std::io::Read as _;

use adjudica::RuleSet;
use adjudica::compat::conformance::{Whom, judge};
use adjudica::compat::openimis_1_11::Deviates as _;
use adjudica::compat::openimis_1_11::policies::{
    PolicyAnswer, PolicySwitch, PolicySwitches, attribute_policy, replay_policy,
};
use adjudica::compat::policies::PolicySnapshot;
use adjudica::conventions::Preset;
use adjudica::enrolment::{ChargedAs, premium};
use serde_json::{Value, json};

fn lines(file: &str) -> Vec<String> {
    let path = format!("{}/tests/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(str::to_owned).collect()
}

const FILES: [(&str, usize); 2] = [
    ("vectors/policies.ndjson.gz", 420),
    ("data/policies.ndjson.gz", 600),
];

#[test]
fn the_replay_gives_every_recorded_answer() {
    for (file, count) in FILES {
        let vectors = lines(file);
        assert_eq!(vectors.len(), count);
        for line in vectors {
            for judged in judge(&line, Whom::OpenImis).unwrap() {
                assert!(judged.verdict.equal, "{:#?}", judged.verdict);
            }
        }
    }
}

#[test]
fn every_difference_from_standard_has_a_name() {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut equal = Vec::new();
    for (file, _) in FILES {
        let mut same = 0;
        for line in lines(file) {
            for judged in judge(&line, Whom::Ours(Preset::Standard)).unwrap() {
                let verdict = judged.verdict;
                assert!(
                    verdict.unexplained.is_empty() && verdict.smallest,
                    "{verdict:#?}"
                );
                assert_eq!(
                    verdict.equal,
                    verdict.explained_by.is_empty(),
                    "{verdict:#?}"
                );
                same += usize::from(verdict.equal);
                for share in verdict.explained_by {
                    *named.entry(share.switch).or_default() += 1;
                }
            }
        }
        equal.push(same);
    }
    assert_eq!(equal, [243, 148]);
    // No switch is idle.
    for switch in PolicySwitch::ALL {
        assert!(named.contains_key(switch.name()), "{}", switch.name());
    }
}

/// The replay without switches and our engine share no code, and agree.
#[test]
fn without_switches_the_replay_is_our_engine() {
    for (file, _) in FILES {
        for line in lines(file) {
            let snapshot = PolicySnapshot::parse(&line).unwrap();
            let reading = snapshot.read().unwrap();
            let rules = RuleSet::compile(reading.scheme).unwrap();
            let ours = premium(&rules, &reading.request).unwrap();
            let PolicyAnswer::Valued {
                start_date,
                expiry_date,
                value,
                warnings,
            } = replay_policy(&snapshot, PolicySwitches::NONE).unwrap()
            else {
                unreachable!("standard never breaks down");
            };
            let beyond = ours
                .members
                .iter()
                .any(|m| m.charged == ChargedAs::BeyondMaximum);
            assert_eq!(
                (
                    ours.period.start,
                    ours.period.expiry,
                    ours.total.decimal(),
                    u8::from(beyond)
                ),
                (start_date, expiry_date, value.0, warnings),
                "{line}"
            );
        }
    }
}

fn snapshot(product: Value, policy: Value, members: &[&str]) -> PolicySnapshot {
    let members: Vec<Value> = members.iter().map(|dob| json!({"dob": dob})).collect();
    let mut row = json!({"insurance_period": 12, "max_members": 10, "grace_period_enrolment": 0});
    let fields = row.as_object_mut().unwrap();
    fields.extend(product.as_object().unwrap().clone());
    let text = json!({"config": {"today": "2026-11-21"}, "input": {"product": row,
        "policy": {"stage": policy["stage"], "enroll_date": policy["date"]},
        "prev_policy": policy.get("expiry").map(|day| json!({"expiry_date": day})),
        "members": members}});
    PolicySnapshot::parse(&text.to_string()).unwrap()
}

#[test]
fn attribution_names_the_rule_and_the_money() {
    for (snapshot, expected) in [
        // Two of four adults are above the threshold: free there, 2 x 100 here.
        (
            snapshot(
                json!({"threshold": 2, "premium_adult": "100.00"}),
                json!({"stage": "N", "date": "2025-01-15"}),
                &["1970-01-01"; 4],
            ),
            &[(PolicySwitch::ExtrasFree, "-200")][..],
        ),
        // 17 at enrolment, 18 when openIMIS was asked.
        (
            snapshot(
                json!({"premium_adult": "100.00", "premium_child": "40.00"}),
                json!({"stage": "N", "date": "2025-01-15"}),
                &["2008-03-01"],
            ),
            &[(PolicySwitch::AgeOfToday, "60")],
        ),
        // 5 % of 10.15 is 0.5075; the value keeps the decimals: 9.6425 for 9.64.
        (
            snapshot(
                json!({"premium_adult": "10.15", "renewal_discount_perc": 5,
                    "renewal_discount_period": 1}),
                json!({"stage": "R", "date": "2025-01-15", "expiry": "2025-01-14"}),
                &["1970-01-01"],
            ),
            &[],
        ),
        (
            snapshot(
                json!({"premium_adult": "10.15", "renewal_discount_perc": 5,
                    "renewal_discount_period": 1}),
                json!({"stage": "R", "date": "2025-01-15", "expiry": "2025-03-31"}),
                &["1970-01-01"],
            ),
            &[
                (PolicySwitch::RenewalStart, "0"),
                (PolicySwitch::NotRounded, "0.0025"),
            ],
        ),
        // A cycle on 29 February, enrolled in a common year.
        (
            snapshot(
                json!({"start_cycle_1": "29-02"}),
                json!({"stage": "N", "date": "2025-01-15"}),
                &["1970-01-01"],
            ),
            &[(PolicySwitch::CycleDayCrash, "0")],
        ),
    ] {
        let why = attribute_policy(&snapshot).unwrap();
        let found: Vec<(PolicySwitch, String)> = why
            .switches
            .iter()
            .map(|(switch, money)| (*switch, money.normalize().to_string()))
            .collect();
        let expected: Vec<(PolicySwitch, String)> = expected
            .iter()
            .map(|(s, m)| (*s, (*m).to_owned()))
            .collect();
        assert_eq!(found, expected);
        assert!(why.smallest);
    }
}

#[test]
fn what_rows_cannot_say_is_passed_over_or_refused() {
    let new = json!({"stage": "N", "date": "2025-01-15"});
    let odd = snapshot(
        json!({"start_cycle_1": "31-04", "start_cycle_2": "1-7"}),
        new.clone(),
        &[],
    );
    let reading = odd.read().unwrap();
    let warnings: Vec<String> = reading.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "input.product.start_cycle_1: `31-04` is no day of a year; passed over [cycle.unreadable]"
        ]
    );
    for (column, value) in [
        ("insurance_period", json!(-1)),
        ("premium_adult", json!("0.00001")),
        ("grace_period_renewal", json!(100_000)),
    ] {
        let error = snapshot(json!({column: value}), new.clone(), &[])
            .read()
            .unwrap_err();
        assert_eq!(
            (error.code.as_ref(), error.path),
            ("column.range", format!("input.product.{column}"))
        );
    }
}

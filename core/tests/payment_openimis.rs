//! openIMIS 1.11's batches and capitations: every recorded answer is replayed exactly, and under
//! `standard` every difference has a name.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use std::collections::BTreeSet;
use std::io::Read as _;

use adjudica::compat::conformance::{Judged, Whom, judge};
use adjudica::compat::openimis_1_11::batch::{
    BATCH_SWITCHES, BatchCall, BatchRows, BatchSwitch, attribute_batch, batch_by_engine,
    replay_batch,
};
use adjudica::compat::openimis_1_11::capitation::{
    CAPITATION_SWITCHES, CapitationRows, CapitationSwitch, capitation_by_engine, replay_capitation,
};
use adjudica::compat::openimis_1_11::policies::POLICY_SWITCHES;
use adjudica::compat::openimis_1_11::{Deviates, ELIGIBILITY_SWITCHES, SWITCHES, Set};
use adjudica::conventions::Preset;
use serde_json::Value;

const STANDARD: Whom = Whom::Ours(Preset::Standard);

fn lines(file: &str) -> Vec<String> {
    let path = format!("{}/tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(str::to_owned).collect()
}

fn judged(file: &str, whom: Whom) -> Vec<Judged> {
    let lines = lines(file);
    lines
        .iter()
        .flat_map(|line| judge(line, whom).unwrap())
        .collect()
}

fn input(line: &str) -> Value {
    serde_json::from_str::<Value>(line).unwrap()["input"].clone()
}

#[test]
fn with_every_switch_the_answers_are_openimis() {
    for (file, count) in [("batches.ndjson.gz", 200), ("capitation.ndjson.gz", 27)] {
        let judged = judged(file, Whom::OpenImis);
        assert_eq!(judged.len(), count);
        for one in judged {
            assert_eq!(
                one.verdict.differences,
                [],
                "{} {}",
                one.verdict.id,
                one.run
            );
        }
    }
}

#[test]
fn under_standard_every_difference_has_a_name() {
    for file in ["batches.ndjson.gz", "capitation.ndjson.gz"] {
        for one in judged(file, STANDARD) {
            let verdict = one.verdict;
            assert_eq!(verdict.unexplained, [], "{} {}", verdict.id, one.run);
            assert_eq!(
                verdict.equal,
                verdict.explained_by.is_empty(),
                "{}",
                verdict.id
            );
            assert!(verdict.smallest, "{}", verdict.id);
        }
    }
}

/// What is recorded and no switch makes is not explained away.
#[test]
fn what_no_switch_makes_is_not_explained() {
    for (file, from, to) in [
        (
            "batches.ndjson.gz",
            "\"batch_run\":true",
            "\"batch_run\":false",
        ),
        (
            "capitation.ndjson.gz",
            "\"total_claims\":\"0.00\"",
            "\"total_claims\":\"0.01\"",
        ),
    ] {
        let lines = lines(file);
        let line = lines.iter().find(|line| line.contains(from)).unwrap();
        let altered = line.replace(from, to);
        for whom in [Whom::OpenImis, STANDARD] {
            let unexplained = |judged: &Judged| !judged.verdict.unexplained.is_empty();
            assert!(judge(&altered, whom).unwrap().iter().any(unexplained));
        }
    }
}

/// Worlds that the vectors do not have.
fn batches() -> Vec<BatchRows> {
    let mut worlds = Vec::new();
    for line in lines("batches.ndjson.gz") {
        let world = input(&line);
        worlds.push(world.clone());
        // Paid after the run, the day after it began, and on its last day.
        for (paid, effective, expiry) in [
            ("2024-12-30", "2024-01-01", "2024-12-31"),
            ("2024-01-02", "2024-01-01", "2025-01-01"),
            ("2024-02-01", "2023-02-02", "2024-02-01"),
        ] {
            let mut other = world.clone();
            other["premiums"] = serde_json::json!([{"amount": "1234.57", "created_date": paid,
                "policy_effective_date": effective, "policy_expiry_date": expiry}]);
            worlds.push(other);
        }
        // Other kinds of care and levels, reviewers' values, lines that were valued.
        let text = world.to_string();
        for (from, to) in [
            ("\"claim_type\":\"B\"", "\"claim_type\":\"O\""),
            ("\"hf_level_1\":null", "\"hf_level_1\":\"C\""),
            ("\"price_valuated\":null", "\"price_valuated\":\"33.33\""),
            ("\"price_approved\":null", "\"price_approved\":\"7.77\""),
            ("\"periodicity\":1,", "\"periodicity\":3,"),
        ] {
            worlds.push(serde_json::from_str(&text.replace(from, to)).unwrap());
        }
    }
    let worlds = worlds.into_iter();
    worlds
        .map(|world| serde_json::from_value(world).unwrap())
        .collect()
}

const CALLS: [BatchCall; 2] = [BatchCall::ProcessBatch, BatchCall::MonthEnd];

#[test]
fn without_switches_batches_are_our_engine() {
    for rows in batches() {
        let ours = batch_by_engine(&rows, Preset::Standard).unwrap();
        for call in CALLS {
            assert_eq!(
                replay_batch(&rows, call, Set::NONE).unwrap(),
                ours,
                "{rows:?}"
            );
        }
    }
}

/// No switch is dead: turned on alone, or off alone, each changes some answer.
#[test]
fn each_batch_switch_changes_a_batch() {
    let mut left: BTreeSet<BatchSwitch> = BatchSwitch::ALL.iter().copied().collect();
    for rows in batches() {
        for call in CALLS {
            let of = |set| replay_batch(&rows, call, set).unwrap();
            let (plain, openimis) = (of(Set::NONE), of(Set::ALL));
            left.retain(|switch| {
                of(Set::NONE.with(*switch)) == plain && of(Set::ALL.without(*switch)) == openimis
            });
        }
    }
    assert_eq!(left, BTreeSet::new());
}

/// The named set, and no part of it, gives openIMIS's answer.
#[test]
fn no_switch_of_an_attribution_can_be_spared() {
    for rows in batches().iter().step_by(37) {
        for call in CALLS {
            let why = attribute_batch(rows, call).unwrap();
            let set: Set<BatchSwitch> = why.switches.iter().map(|(switch, _)| *switch).collect();
            let openimis = replay_batch(rows, call, Set::ALL).unwrap();
            assert_eq!(replay_batch(rows, call, set).unwrap(), openimis);
            for switch in set.iter() {
                assert_ne!(
                    replay_batch(rows, call, set.without(switch)).unwrap(),
                    openimis
                );
            }
        }
    }
}

fn capitations() -> Vec<CapitationRows> {
    let mut worlds = Vec::new();
    for line in lines("capitation.ndjson.gz") {
        let world = input(&line);
        let weights = [
            "weight_population",
            "weight_number_families",
            "weight_insured_population",
            "weight_number_insured_families",
            "weight_number_visits",
            "weight_adjusted_amount",
        ];
        for (care, alone) in ["B", "I", "O"]
            .iter()
            .flat_map(|care| [(care, 0), (care, 2), (care, 4)])
        {
            let mut other = world.clone();
            other["params"]["claim_type"] = Value::from(*care);
            for (position, name) in weights.iter().enumerate() {
                let own = alone == position || alone + 1 == position;
                other["params"][*name] = Value::from(if own { 50 } else { 0 });
            }
            worlds.push(other);
        }
        let mut elsewhere = world.clone();
        elsewhere["params"]["hf_level_1"] = Value::from("D");
        elsewhere["claims"] = Value::Array(Vec::new());
        worlds.push(elsewhere);
        worlds.push(world);
    }
    let worlds = worlds.into_iter();
    worlds
        .map(|world| serde_json::from_value(world).unwrap())
        .collect()
}

#[test]
fn without_switches_capitations_are_our_engine() {
    for rows in capitations() {
        let ours = capitation_by_engine(&rows, Preset::Standard).unwrap();
        let plain = replay_capitation(&rows, Set::NONE).unwrap();
        assert_eq!(plain, ours, "{:?}", rows.params);
    }
}

/// As for batches.
#[test]
fn each_capitation_switch_changes_a_capitation() {
    let mut left: BTreeSet<CapitationSwitch> = CapitationSwitch::ALL.iter().copied().collect();
    for rows in capitations() {
        let of = |set| replay_capitation(&rows, set).unwrap();
        let (plain, openimis) = (of(Set::NONE), of(Set::ALL));
        left.retain(|switch| {
            of(Set::NONE.with(*switch)) == plain && of(Set::ALL.without(*switch)) == openimis
        });
    }
    assert_eq!(left, BTreeSet::new());
}

#[test]
fn names_of_switches_are_their_own_across_tables() {
    let tables = [
        SWITCHES,
        ELIGIBILITY_SWITCHES,
        POLICY_SWITCHES,
        BATCH_SWITCHES,
        CAPITATION_SWITCHES,
    ];
    let names: Vec<_> = tables.into_iter().flatten().map(|row| row.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

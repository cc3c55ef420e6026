//! The replay of openIMIS 1.11: with every switch on it is that engine in every column, with none
//! it is ours, and each switch makes a difference somewhere.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::LazyLock;

use adjudica::adjudicate::NoTrace;
use adjudica::compat::conformance::{Engine, Vector, compare};
use adjudica::compat::openimis_1_11::{
    Deviates as _, Replay, Run, Switch, Switches, attribute, attribute_claim, differences, remember,
};
use adjudica::compat::{Moment, Number, OpenImisColumns, Snapshot, columns};
use adjudica::conventions::Preset;
use adjudica::decision::{DecisionParts, document};
use adjudica::{Adjudicator, RuleSet};
use rust_decimal::Decimal;

/// Claims are altered this far apart.
const STEP: usize = 3;
const RUNS: [Run; 3] = [Run::Submit, Run::Process, Run::Flow];

static CLAIMS: LazyLock<Vec<String>> = LazyLock::new(|| read("claims.ndjson.gz"));
static SEQUENCES: LazyLock<Vec<String>> = LazyLock::new(|| read("sequences.ndjson.gz"));

fn read(file: &str) -> Vec<String> {
    let path = format!("{}/tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Errors in order, every column of claim, lines and consumption, exceptions by type; sequences
/// with what the replay itself left of earlier claims.
fn every_switch(lines: &[String], run: Run, recorded: usize) {
    let mut claims = 0;
    for line in lines {
        for verdict in Vector::parse(line)
            .unwrap()
            .verdicts(Engine::OpenImis(run))
            .unwrap()
        {
            assert!(
                verdict.equal,
                "{} {run:?}: {:#?}",
                verdict.id, verdict.differences
            );
            claims += 1;
        }
    }
    assert_eq!(claims, recorded);
}

#[test]
fn with_every_switch_submitted_claims_are_openimis() {
    every_switch(&CLAIMS, Run::Submit, 2172);
}

#[test]
fn with_every_switch_processed_claims_are_openimis() {
    every_switch(&CLAIMS, Run::Process, 2172);
}

#[test]
fn with_every_switch_the_flow_is_openimis() {
    every_switch(&CLAIMS, Run::Flow, 591);
    every_switch(&SEQUENCES, Run::Flow, 632);
}

#[test]
fn with_every_switch_sequences_are_openimis() {
    every_switch(&SEQUENCES, Run::Process, 1290);
}

fn by_our_engine(snapshot: &Snapshot, claim: &adjudica::compat::ClaimRow) -> OpenImisColumns {
    let reading = snapshot.read_claim(claim).unwrap();
    let rules = RuleSet::compile(reading.scheme).unwrap();
    let mut adjudicator = Adjudicator::new(&rules);
    let outcome = adjudicator
        .adjudicate(&reading.request, &mut NoTrace)
        .unwrap();
    let decision = document(&DecisionParts {
        rules: &rules,
        request: &reading.request,
        outcome,
        trace: None,
        request_digest: None,
    });
    columns(&reading.request, &decision)
}

/// Two implementations of `standard`, written apart, agree, in each run.
#[test]
fn without_switches_every_run_is_our_engine() {
    let mut claims = 0;
    for line in CLAIMS.iter().chain(SEQUENCES.iter()) {
        let mut snapshot = Snapshot::parse(line).unwrap();
        let all: Vec<_> = snapshot.claims().cloned().collect();
        for claim in &all {
            let ours = by_our_engine(&snapshot, claim);
            for run in RUNS {
                let answer = Replay::new(&snapshot, run)
                    .claim(claim, Switches::NONE)
                    .unwrap();
                let replayed = answer.last().unwrap();
                let found = compare(&ours, &replayed.columns);
                assert_eq!(found, [], "{:?} {} {run:?}", snapshot.id, claim.code);
            }
            remember(&mut snapshot.input.history, claim, &ours);
            claims += 1;
        }
    }
    assert_eq!(claims, 2172 + 1290);
}

/// The same off the recorded claims: with columns changed, one way for each claim.
#[test]
fn without_switches_altered_claims_are_our_engine_too() {
    let number = |text: &str| text.parse().map(Number).ok();
    for (position, line) in CLAIMS.iter().enumerate().step_by(STEP) {
        let mut snapshot = Snapshot::parse(line).unwrap();
        let input = &mut snapshot.input;
        let claim = input.claim.as_mut().unwrap();
        let way = position / STEP % 16;
        match way {
            0 => claim.visit_type = Some("R".to_owned()),
            1 => claim.visit_type = Some("E".to_owned()),
            2 => claim.date_to = claim.date_from,
            3 => claim.date_from = Moment::parse("2024-01-31"),
            4 => claim
                .items
                .iter_mut()
                .for_each(|line| line.qty_approved = number("0")),
            5 => claim
                .services
                .iter_mut()
                .for_each(|line| line.qty_approved = number("1.5")),
            6 => claim
                .items
                .iter_mut()
                .for_each(|line| line.price_approved = number("33.33")),
            7 => claim
                .items
                .iter_mut()
                .for_each(|line| line.price_asked = None),
            8 => input
                .family
                .members
                .iter_mut()
                .for_each(|m| m.gender = None),
            9 => input.family.members.iter_mut().for_each(|m| m.dob = None),
            10 => snapshot.config.verify_quantities ^= true,
            11 => input.health_facility.care_type = Some("O".to_owned()),
            12 => input
                .policies
                .iter_mut()
                .for_each(|policy| policy.stage = Some("R".to_owned())),
            13 => input
                .history
                .claims
                .iter_mut()
                .for_each(|past| past.category = None),
            14 => claim.items.extend(claim.items.clone()),
            _ => input.products.iter_mut().for_each(|product| {
                product.max_insuree = number("50");
                product.ded_policy = number("12.34");
                product.age_minimal = Some(30);
                product.max_amount_consultation = number("40");
            }),
        }
        let claim = snapshot.only_claim().unwrap();
        let ours = by_our_engine(&snapshot, claim);
        let answer = Replay::new(&snapshot, Run::Process)
            .claim(claim, Switches::NONE)
            .unwrap();
        let found = compare(&ours, &answer.last().unwrap().columns);
        assert_eq!(found, [], "{:?} altered by {way}", snapshot.id);
    }
}

/// No switch is dead: alone, each changes the answer to some claim.
#[test]
fn each_switch_alone_changes_a_claim() {
    let mut left: BTreeSet<Switch> = Switch::ALL.iter().copied().collect();
    let mut lines: Vec<&String> = CLAIMS.iter().collect();
    // Hand-made claims first: they kill most.
    lines.sort_by_key(|line| !line.contains("\"deviation-"));
    for line in lines {
        if left.is_empty() {
            break;
        }
        let snapshot = Snapshot::parse(line).unwrap();
        let claim = snapshot.only_claim().unwrap();
        for run in RUNS {
            let replay = Replay::new(&snapshot, run);
            let standard = replay.claim(claim, Switches::NONE).unwrap();
            left.retain(|switch| {
                replay.claim(claim, Switches::NONE.with(*switch)).unwrap() == standard
            });
        }
    }
    assert_eq!(left, BTreeSet::new());
}

/// The set that attribution names gives openIMIS's answer, none of it can be spared, and what its
/// switches move adds up to the whole difference.
#[test]
fn attribution_explains_every_difference() {
    let mut named = BTreeSet::new();
    for (position, line) in CLAIMS.iter().enumerate() {
        // Every claim is attributed in release, by `make test-conformance`.
        let run = match position % 31 {
            0 => Run::Process,
            8 => Run::Flow,
            _ => continue,
        };
        let snapshot = Snapshot::parse(line).unwrap();
        let why = attribute(&snapshot, run).unwrap();
        let replay = Replay::new(&snapshot, run);
        let claim = snapshot.only_claim().unwrap();
        let set: Switches = why.switches.iter().map(|share| share.switch).collect();
        let same = |set: Switches| {
            let answer = replay.claim(claim, set).unwrap();
            differences(&snapshot, run, &answer, &why.openimis).is_empty()
        };
        assert!(same(set), "{:?} {run:?}", snapshot.id);
        assert!(
            set.iter().all(|switch| !same(set.without(switch))),
            "{:?}",
            snapshot.id
        );
        assert_eq!(why.equal, set.is_empty());
        let moved: Decimal = why.switches.iter().map(|share| share.money.0).sum();
        assert_eq!(moved, why.openimis_approved.0 - why.standard_approved.0);
        named.extend(set.iter());
    }
    assert!(named.len() > 20, "{named:?}");
}

fn share_of(id: &str, switch: Switch) -> Decimal {
    let line = CLAIMS.iter().find(|line| line.contains(id)).unwrap();
    let why = attribute(&Snapshot::parse(line).unwrap(), Run::Process).unwrap();
    assert!(why.smallest);
    let found = why.switches.iter().find(|share| share.switch == switch);
    found
        .unwrap_or_else(|| panic!("{id}: {:?}", why.switches))
        .money
        .0
}

/// Hand-made claims with one deviation each: it is named, with the money that it moves.
#[test]
fn hand_made_claims_name_their_deviation() {
    for (id, switch, money) in [
        ("deviation-int-truncation", Switch::IntTruncation, None),
        (
            "deviation-deductible-swallows-nothing",
            Switch::DeductibleNotSubtracted,
            Some("100"),
        ),
        (
            "deviation-child-exclusion-ignored",
            Switch::IsAdultNotCalled,
            None,
        ),
        (
            "deviation-every-line-for-each-policy",
            Switch::EveryLineForEveryPolicy,
            Some("200"),
        ),
        (
            "deviation-archived-dedrem-counted",
            Switch::ArchivedDedrems,
            None,
        ),
        (
            "deviation-coinsurance-zero-pays-all",
            Switch::ZeroIsAbsent,
            Some("100"),
        ),
        (
            "deviation-float-rounding-half-cent",
            Switch::FloatRounding,
            None,
        ),
        (
            "deviation-threshold-null-crash",
            Switch::ThresholdNull,
            None,
        ),
        (
            "deviation-merge-deductible-type-error",
            Switch::MergeDeductible,
            None,
        ),
        (
            "deviation-waiting-month-arithmetic",
            Switch::MonthArithmetic,
            None,
        ),
        (
            "deviation-rejected-status-resurrected",
            Switch::RejectedResurrected,
            None,
        ),
    ] {
        let moved = share_of(&format!("\"{id}\""), switch);
        if let Some(money) = money {
            assert_eq!(moved, money.parse::<Decimal>().unwrap(), "{id}");
        }
    }
}

/// What the recorded engine cannot have done is not explained.
#[test]
fn what_no_switch_makes_is_not_explained() {
    let (mut altered, mut caught) = (0, 0);
    for line in CLAIMS.iter().step_by(61) {
        let mut vector = Vector::parse(line).unwrap();
        let recorded = vector.process.first_mut().unwrap();
        let Some(stored) = recorded.stored.as_mut() else {
            continue;
        };
        match stored.claim.approved.as_mut() {
            Some(approved) => approved.0 += Decimal::ONE,
            None => stored.claim.status = 16,
        }
        altered += 1;
        let verdicts = vector.verdicts(Engine::Ours(Preset::Standard)).unwrap();
        caught += usize::from(verdicts.iter().any(|v| !v.unexplained.is_empty()));
    }
    assert!(altered > 30);
    assert_eq!(caught, altered);
}

/// In a sequence, only what a claim itself does otherwise is attributed to it.
#[test]
fn a_claim_of_a_sequence_is_attributed_over_what_openimis_left() {
    let vector = Vector::parse(&SEQUENCES[0]).unwrap();
    let mut history = vector.snapshot.input.history.clone();
    for (claim, recorded) in vector.snapshot.claims().zip(&vector.process) {
        let why = attribute_claim(&vector.snapshot, claim, &history, Run::Process).unwrap();
        assert_eq!(
            why.openimis.first().map(|s| &s.columns),
            recorded.stored.as_ref()
        );
        if let Some(left) = recorded.left() {
            remember(&mut history, claim, &left);
        }
    }
}

//! Every vector of the other engine: it can be read, adjudicated without fault, and compared; what
//! differs has a name.
#![expect(
    clippy::unwrap_used,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use std::io::Read as _;

use adjudica::adjudicate::{FullTrace, NoTrace};
use adjudica::compat::conformance::{Engine, Summary, Vector, Verdict};
use adjudica::compat::{Reading, Snapshot};
use adjudica::conventions::Preset;
use adjudica::decision::{Amounts, Outcome};
use adjudica::{Adjudicator, RuleSet};

/// Claims in `claims.ndjson.gz`.
const CLAIMS: usize = 2172;
/// Claims in `sequences.ndjson.gz`.
const STEPS: usize = 1290;

fn lines(file: &str) -> Vec<String> {
    let path = format!("{}/tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text.lines().map(str::to_owned).collect()
}

fn balanced(outcome: &Outcome) {
    let mut sum = Amounts::default();
    for line in &outcome.lines {
        assert!(line.amounts.balances());
        sum = sum.plus(&line.amounts).unwrap();
    }
    assert_eq!(sum, outcome.totals);
    assert!(outcome.totals.balances());
}

/// Under both presets: the money adds up, the trace changes nothing, a used adjudicator decides as
/// a new one.
#[test]
fn every_claim_is_read_and_adjudicated() {
    let vectors = lines("claims.ndjson.gz");
    assert_eq!(vectors.len(), CLAIMS);
    for line in &vectors {
        let snapshot = Snapshot::parse(line).unwrap();
        assert_eq!(snapshot.passed_over, Vec::<String>::new());
        let reading = snapshot.read().unwrap();
        for preset in [Preset::Standard, Preset::LegacySql] {
            let Reading {
                scheme, request, ..
            } = reading.clone().with_preset(preset);
            let rules =
                RuleSet::compile(scheme).unwrap_or_else(|e| panic!("{:?}: {e}", snapshot.id));
            let mut adjudicator = Adjudicator::new(&rules);
            let plain = adjudicator.adjudicate(&request, &mut NoTrace).unwrap();
            let plain = format!("{plain:?}");
            let traced = adjudicator
                .adjudicate(&request, &mut FullTrace::default())
                .unwrap();
            balanced(traced);
            assert_eq!(plain, format!("{traced:?}"), "{:?}", snapshot.id);
        }
    }
}

#[test]
fn a_batch_decides_as_its_claims_one_by_one() {
    let mut claims = 0;
    for line in &lines("sequences.ndjson.gz") {
        let snapshot = Snapshot::parse(line).unwrap();
        let readings: Vec<Reading> = snapshot
            .claims()
            .map(|claim| snapshot.read_claim(claim).unwrap())
            .collect();
        let rules = RuleSet::compile(readings.first().unwrap().scheme.clone()).unwrap();
        let batch = rules.adjudicate_batch(readings.iter().map(|reading| &reading.request));
        assert_eq!(batch.len(), readings.len());
        for (reading, decision) in readings.iter().zip(batch) {
            assert_eq!(decision, rules.adjudicate(&reading.request));
            claims += 1;
        }
    }
    assert_eq!(claims, STEPS);
}

fn summary(file: &str, preset: Preset, step: usize) -> (Summary, Vec<Verdict>) {
    let mut summary = Summary::default();
    let mut all = Vec::new();
    for line in lines(file).iter().step_by(step) {
        let vector = Vector::parse(line).unwrap();
        for verdict in vector.verdicts(Engine::Ours(preset)).unwrap() {
            summary.add(&verdict);
            all.push(verdict);
        }
    }
    (summary, all)
}

/// No difference without a name. Every 17th claim here; all of them in `make test-conformance`.
#[test]
fn claims_differ_only_by_named_switches() {
    let (summary, _) = summary("claims.ndjson.gz", Preset::Standard, 17);
    assert_eq!(summary.claims, CLAIMS.div_ceil(17));
    assert!(summary.different > 40, "{}", summary.different);
    assert_eq!(summary.unexplained, Vec::<String>::new());
}

/// Our own ledger and history carried from claim to claim.
#[test]
fn sequences_differ_only_by_named_switches() {
    let (summary, verdicts) = summary("sequences.ndjson.gz", Preset::Standard, 9);
    assert!(summary.different > 30, "{}", summary.different);
    assert_eq!(summary.unexplained, Vec::<String>::new());
    let carried = verdicts.iter().filter(|verdict| verdict.carried).count();
    assert!(carried > 5, "{carried}");
}

#[test]
fn legacy_sql_is_compared_too() {
    let (claims, _) = summary("claims.ndjson.gz", Preset::LegacySql, 1);
    assert!(claims.equal >= 902, "{}", claims.equal);
    assert_eq!(claims.different, claims.unexplained.len());
    let (steps, _) = summary("sequences.ndjson.gz", Preset::LegacySql, 1);
    assert!(steps.equal >= 748, "{}", steps.equal);
}

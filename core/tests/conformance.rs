//! Every vector of the other engine: it can be read, adjudicated without fault, and compared.
#![expect(
    clippy::unwrap_used,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use std::io::Read as _;

use adjudica::Adjudicator;
use adjudica::RuleSet;
use adjudica::adjudicate::{FullTrace, NoTrace};
use adjudica::compat::{Reading, Snapshot};
use adjudica::conventions::Preset;
use adjudica::decision::{Amounts, Outcome};

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
    assert_eq!(vectors.len(), 2172);
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
            let plain = format!(
                "{:?}",
                adjudicator.adjudicate(&request, &mut NoTrace).unwrap()
            );
            let traced = adjudicator
                .adjudicate(&request, &mut FullTrace::default())
                .unwrap();
            balanced(traced);
            assert_eq!(plain, format!("{traced:?}"), "{:?}", snapshot.id);
        }
    }
}

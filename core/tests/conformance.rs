//! Every vector of the other engine: it can be read, adjudicated without fault, and compared; what
//! differs has a name.
#![expect(
    clippy::unwrap_used,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use std::io::Read as _;

use adjudica::adjudicate::{FullTrace, NoTrace};
use adjudica::compat::conformance::{Deviation, Summary, Vector, Verdict};
use adjudica::compat::{Number, Reading, Snapshot};
use adjudica::conventions::Preset;
use adjudica::decision::{Amounts, Outcome};
use adjudica::{Adjudicator, RuleSet};

/// Claims in `claims.ndjson.gz`, and how many of them openIMIS broke down on.
const CLAIMS: usize = 2172;
const BROKEN_DOWN: usize = 46;
/// Claims in `sequences.ndjson.gz`, and how many of them openIMIS broke down on.
const STEPS: usize = 1290;
const STEPS_BROKEN_DOWN: usize = 35;

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

fn summary(file: &str, preset: Preset) -> (Summary, Vec<Verdict>) {
    let mut summary = Summary::default();
    let mut all = Vec::new();
    for line in &lines(file) {
        let vector = Vector::parse(line).unwrap();
        for verdict in vector.verdicts(preset).unwrap() {
            summary.add(&verdict);
            all.push(verdict);
        }
    }
    (summary, all)
}

/// No difference without a name; and the model of money, written apart from the engine, gives our
/// money for every claim to the cent, and with the deviations the other engine's.
#[test]
fn claims_differ_only_by_named_deviations() {
    let (summary, verdicts) = summary("claims.ndjson.gz", Preset::Standard);
    assert_eq!(summary.claims, CLAIMS);
    assert!(summary.equal >= 1000, "{}", summary.equal);
    assert_eq!(summary.unexplained, Vec::<String>::new());
    assert_eq!(summary.modelled, CLAIMS - BROKEN_DOWN);
    // Hand-made claims, one deviation each.
    for (id, deviation) in [
        ("int-truncation", Deviation::IntTruncation),
        (
            "deductible-swallows-nothing",
            Deviation::DeductibleNotSubtracted,
        ),
        ("child-exclusion-ignored", Deviation::IsAdultNotCalled),
        (
            "excluded-line-missing-from-totals",
            Deviation::ExcludedLinesMissing,
        ),
        ("policy-members-is-one", Deviation::PolicyMembers),
        (
            "every-line-for-each-policy",
            Deviation::EveryLineForEveryPolicy,
        ),
        ("archived-dedrem-counted", Deviation::ArchivedDedrems),
        (
            "category-exceed-not-stored",
            Deviation::CategoryExcessNotStored,
        ),
        ("coinsurance-flag-kept", Deviation::CoInsuranceFlagKept),
        ("coinsurance-zero-pays-all", Deviation::ZeroIsAbsent),
        ("qty-approved-zero-paid", Deviation::QtyApprovedZeroPaid),
        ("float-rounding-half-cent", Deviation::FloatRounding),
        ("pricelist-historic-price", Deviation::PriceHistory),
        ("package-mismatch-zero", Deviation::PackageMismatch),
        ("coinsurance-on-zero-crash", Deviation::ZeroWithDecimals),
        ("threshold-null-crash", Deviation::ThresholdNull),
        ("null-dedrem-crash", Deviation::NullDedrem),
        ("merge-deductible-type-error", Deviation::MergeDeductible),
        ("fixed-limit-null-crash", Deviation::NullLimit),
        ("waiting-late-insuree", Deviation::WaitingIgnoresPerson),
        ("waiting-month-arithmetic", Deviation::MonthArithmetic),
        ("qty-limit-of-unused-product", Deviation::QuantityLimits),
        ("frequency-future-claim", Deviation::FrequencyWindow),
        ("visits-null-category", Deviation::NullCategory),
        ("max-visits-not-saved", Deviation::CountNotSaved),
        ("max-visits-second-policy-escapes", Deviation::CountEscaped),
        ("policy-edited-after-visit", Deviation::PolicyRowLater),
        (
            "no-limitation-type-stops-claim",
            Deviation::LimitationNullStops,
        ),
        ("family-invalid-reason", Deviation::HeaderReasons),
        ("date-to-before-from", Deviation::ReversedDates),
        ("item-closed-later-rejected", Deviation::ElementClosed),
        (
            "rejected-status-resurrected",
            Deviation::RejectedResurrected,
        ),
    ] {
        let id = format!("deviation-{id}");
        let verdict = verdicts.iter().find(|verdict| verdict.id == id).unwrap();
        assert!(verdict.explained_by.contains(&deviation), "{verdict:?}");
    }
}

/// Our own ledger and history carried from claim to claim.
#[test]
fn sequences_differ_only_by_named_deviations() {
    let (summary, _) = summary("sequences.ndjson.gz", Preset::Standard);
    assert_eq!(summary.claims, STEPS);
    assert!(summary.equal >= 773, "{}", summary.equal);
    assert_eq!(summary.unexplained, Vec::<String>::new());
    assert_eq!(summary.modelled, STEPS - STEPS_BROKEN_DOWN);
}

#[test]
fn legacy_sql_is_compared_too() {
    let (claims, _) = summary("claims.ndjson.gz", Preset::LegacySql);
    assert!(claims.equal >= 902, "{}", claims.equal);
    assert_eq!(claims.different, claims.unexplained.len());
    let (steps, _) = summary("sequences.ndjson.gz", Preset::LegacySql);
    assert!(steps.equal >= 748, "{}", steps.equal);
}

/// The attribution does not explain just anything: a wrong amount, price, reason, assignment or
/// consumption has no name.
#[test]
fn what_no_deviation_makes_is_not_explained() {
    let (mut altered, mut caught) = (0, 0);
    let one = Number(rust_decimal::Decimal::ONE);
    for line in lines("claims.ndjson.gz").iter().step_by(13) {
        let vector = Vector::parse(line).unwrap();
        for change in 0..5 {
            let mut vector = vector.clone();
            let Some(stored) = vector
                .expected
                .first_mut()
                .and_then(|run| run.stored.as_mut())
            else {
                continue;
            };
            let add = |number: &mut Option<Number>| {
                number.as_mut().map(|number| number.0 += one.0).is_some()
            };
            let item = stored.items.iter_mut().find(|item| item.product.is_some());
            let changed = match change {
                0 => add(&mut stored.claim.approved),
                1 => item.is_some_and(|item| add(&mut item.exceed_ceiling_amount)),
                2 => item.is_some_and(|item| item.rejection_reason.replace(4).is_some()),
                3 => stored
                    .dedrems
                    .first_mut()
                    .is_some_and(|row| add(&mut row.rem_g)),
                _ => item.is_some_and(|item| add(&mut item.limitation_value)),
            };
            if changed {
                altered += 1;
                let verdicts = vector.verdicts(Preset::Standard).unwrap();
                caught += usize::from(verdicts.iter().any(|v| !v.unexplained.is_empty()));
            }
        }
    }
    assert!(altered > 600, "{altered}");
    assert!(caught * 100 >= altered * 98, "{caught} of {altered}");
}

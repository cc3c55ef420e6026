//! What holds for every scheme and every claim, tried on at least 100,000 random ones.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in this file a value that is not there is a failed test"
)]

mod advisor;
mod eligibility;
mod world;

use adjudica::adjudicate::{Adjudicator, NoTrace};
use adjudica::claim::{History, LedgerEntry, PastClaim, Provision};
use adjudica::decision::{LineStatus, Status, TraceLevel};
use adjudica::wire::{Options, Session};
use adjudica::{Decision, Request, RuleSet, Scheme};
use proptest::prelude::*;
use proptest::test_runner::Config;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use world::{PERSONS, World, world};

/// Worlds times claims: at least 100,000.
const WORLDS: u32 = 2_600;
const CLAIMS: usize = 40;

fn rules(scheme: &Value) -> RuleSet {
    let scheme: Scheme = serde_json::from_value(scheme.clone()).unwrap();
    RuleSet::compile(scheme).unwrap()
}

/// The world's claims in order, each seeing what the accepted ones before it left.
fn replay(world: &World, rules: &RuleSet, mut visit: impl FnMut(&Request, &Decision)) {
    let mut session = Session::new(
        rules,
        Options {
            trace: TraceLevel::None,
            digest: false,
        },
    );
    let mut ledger: Vec<LedgerEntry> = Vec::new();
    let mut pasts: Vec<(usize, PastClaim, Vec<Provision>)> = Vec::new();
    for (number, (person, claim)) in world.claims.iter().enumerate() {
        let mut claim = claim.clone();
        claim["code"] = json!(format!("C{number}"));
        let request = json!({
            "claim": claim,
            "patient": {"id": PERSONS[*person], "sex": if *person == 0 { "male" } else { "female" },
                        "birth_date": if *person == 2 { "2015-05-05" } else { "1980-02-29" }},
            "coverage": world.coverage,
        });
        let mut request: Request = serde_json::from_value(request).unwrap();
        let own = || pasts.iter().filter(|(p, ..)| p == person);
        request.history = History {
            provisions: own()
                .flat_map(|(_, _, provisions)| provisions.clone())
                .collect(),
            claims: own().map(|(_, past, _)| past.clone()).collect(),
            ledger: ledger.clone(),
        };
        let decision = session.adjudicate(&request).unwrap();
        visit(&request, &decision);
        if decision.status == Status::Rejected {
            continue;
        }
        ledger.extend(decision.consumption.iter().cloned());
        let date = request.claim.date_to.unwrap();
        let provisions = decision
            .lines
            .iter()
            .filter(|line| line.status == LineStatus::Passed)
            .map(|line| Provision {
                claim: request.claim.code.clone(),
                kind: line.kind,
                code: line.code.clone(),
                date,
                quantity: line.quantity.asked,
                approved: Some(line.quantity.approved),
                accepted: true,
            })
            .collect();
        let past = PastClaim {
            code: request.claim.code.clone(),
            facility: None,
            category: Some(decision.category),
            date,
            status: adjudica::claim::ClaimStatus::Valuated,
        };
        pasts.push((*person, past, provisions));
    }
}

/// The parts of an amount, other than `claimed`.
fn parts(a: &adjudica::decision::AmountsDocument) -> [Decimal; 10] {
    [
        a.price_adjustment,
        a.review_adjustment,
        a.quantity_cut,
        a.fixed_cut,
        a.deductible,
        a.co_insurance,
        a.category_excess,
        a.ceiling_excess,
        a.rejected,
        a.payable,
    ]
    .map(|part| part.decimal())
}

fn money_identity(decision: &Decision) {
    let mut sums = [Decimal::ZERO; 11];
    for line in &decision.lines {
        let parts = parts(&line.amounts);
        assert_eq!(
            parts.iter().sum::<Decimal>(),
            line.amounts.claimed.decimal(),
            "{line:?}"
        );
        assert!(
            parts[4..].iter().all(|part| *part >= Decimal::ZERO),
            "{line:?}"
        );
        for (sum, part) in sums
            .iter_mut()
            .zip(parts.into_iter().chain([line.amounts.claimed.decimal()]))
        {
            *sum += part;
        }
    }
    let totals = &decision.totals;
    assert_eq!(sums[..10], parts(&totals.amounts));
    assert_eq!(sums[10], totals.amounts.claimed.decimal());
    let shares = [
        totals.scheme_share,
        totals.patient_share,
        totals.facility_share,
    ];
    assert_eq!(
        shares.map(|s| s.decimal()).iter().sum::<Decimal>(),
        totals.amounts.claimed.decimal()
    );
}

/// A deductible or ceiling as its product states it, where this test can say its size without the
/// engine: general, and without extra members.
fn stated<'v>(scheme: &'v Value, product: &str, kind: &str) -> Option<(&'v str, Decimal)> {
    let products = scheme["products"].as_array()?;
    let product = products.iter().find(|p| p["code"] == product)?;
    let general = product.get(kind)?.get("general")?;
    let plain = general.get("extra_members").is_none();
    plain.then(|| {
        (
            general["scope"].as_str().unwrap(),
            general["amount"].as_str().unwrap().parse().unwrap(),
        )
    })
}

/// What one claim takes never exceeds what the product states, whatever was used before.
fn within_limits(world: &World, decision: &Decision) {
    for entry in &decision.consumption {
        let product = entry.product.as_ref().unwrap();
        if let Some((_, most)) = stated(&world.scheme, product, "deductible") {
            assert!(entry.deducted.general.decimal() <= most, "{entry:?}");
        }
        if let Some((_, most)) = stated(&world.scheme, product, "ceiling") {
            assert!(entry.remunerated.general.decimal() <= most, "{entry:?}");
        }
    }
}

/// An amount of a ledger entry.
type Of = fn(&LedgerEntry) -> Decimal;

/// Over all claims of a policy period, an insuree's or a policy's ceiling is never exceeded.
fn within_limits_over_time(world: &World, ledger: &[LedgerEntry]) {
    for policy in world.coverage.as_array().unwrap() {
        let (code, product) = (
            policy["policy"].as_str().unwrap(),
            policy["product"].as_str().unwrap(),
        );
        let by_period = |kind: &str| {
            let products = world.scheme["products"].as_array().unwrap();
            let product = products.iter().find(|p| p["code"] == product).unwrap();
            product
                .get(kind)
                .is_some_and(|limits| limits["window"] == "policy_period")
        };
        let sum = |person: Option<&str>, of: Of| -> Decimal {
            let counted = |e: &&LedgerEntry| {
                e.policy.as_str() == code && person.is_none_or(|p| e.person.as_str() == p)
            };
            ledger.iter().filter(counted).map(of).sum()
        };
        let kinds: [(&str, Of); 2] = [
            ("deductible", |e| e.deducted.general.decimal()),
            ("ceiling", |e| e.remunerated.general.decimal()),
        ];
        for (kind, of) in kinds {
            match stated(&world.scheme, product, kind).filter(|_| by_period(kind)) {
                Some(("policy", most)) => assert!(sum(None, of) <= most),
                Some(("insuree", most)) => {
                    PERSONS
                        .iter()
                        .for_each(|person| assert!(sum(Some(person), of) <= most));
                }
                _ => {}
            }
        }
    }
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        max_shrink_iters: 2_000,
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config(WORLDS))]

    /// Identity, limits, and the ledger: what was paid under a ceiling is what its entries say.
    #[test]
    fn money_is_conserved_and_limits_hold(world in world(CLAIMS)) {
        let rules = rules(&world.scheme);
        let last_policy_only = world.scheme["conventions"]["preset"] == "legacy-sql";
        let mut ledger = Vec::new();
        replay(&world, &rules, |_, decision| {
            money_identity(decision);
            within_limits(&world, decision);
            let passed = decision.lines.iter().any(|line| line.status == LineStatus::Passed);
            assert_eq!(decision.status != Status::Rejected, passed);
            let deducted: Decimal = decision.consumption.iter().map(|e| e.deducted.general.decimal()).sum();
            let remunerated: Decimal = decision.consumption.iter().map(|e| e.remunerated.general.decimal()).sum();
            if !last_policy_only {
                assert_eq!(deducted, decision.totals.amounts.deductible.decimal());
                assert!(remunerated <= decision.totals.amounts.payable.decimal());
                ledger.extend(decision.consumption.iter().cloned());
            }
        });
        within_limits_over_time(&world, &ledger);
    }
}

proptest! {
    #![proptest_config(config(200))]

    /// One path: the trace changes nothing, a batch is its singles, text is the document, and a
    /// reused adjudicator remembers nothing.
    #[test]
    fn every_way_gives_the_same(world in world(10)) {
        let rules = rules(&world.scheme);
        let mut requests = Vec::new();
        let mut decisions = Vec::new();
        replay(&world, &rules, |request, decision| {
            requests.push(request.clone());
            decisions.push(decision.clone());
        });
        let batch: Vec<Decision> = rules.adjudicate_batch(&requests).into_iter().map(Result::unwrap).collect();
        prop_assert_eq!(&batch, &decisions);
        let mut traced = Session::new(&rules, Options { trace: TraceLevel::Full, digest: false });
        for (request, decision) in requests.iter().zip(&decisions) {
            prop_assert_eq!(&rules.adjudicate(request).unwrap(), decision);
            let mut with_trace = traced.adjudicate(request).unwrap();
            prop_assert!(with_trace.trace.take().is_some());
            prop_assert_eq!(&with_trace, decision);
            let text = serde_json::to_string(decision).unwrap();
            let back: Decision = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&back).unwrap(), text);
            let text = serde_json::to_string(request).unwrap();
            let back: Request = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&back, request);
        }
        let mut reused = Adjudicator::new(&rules);
        for (request, decision) in requests.iter().zip(&decisions).rev() {
            let outcome = reused.adjudicate(request, &mut NoTrace).unwrap();
            prop_assert_eq!(outcome.totals.payable.decimal(rules.scheme().currency.exponent), decision.totals.scheme_share.decimal());
        }
    }

    /// Where order has no meaning in the scheme, it has no effect on the decision.
    #[test]
    fn order_of_registers_has_no_effect(world in world(10)) {
        let mut reversed = world.clone();
        for list in ["/catalogue/services", "/price_lists/0/entries", "/facilities", "/products"] {
            reversed.scheme.pointer_mut(list).unwrap().as_array_mut().unwrap().reverse();
        }
        let mut decisions = Vec::new();
        replay(&world, &rules(&world.scheme), |_, decision| decisions.push(decision.clone()));
        let mut others = decisions.iter();
        replay(&reversed, &rules(&reversed.scheme), |_, decision| {
            let mut other = others.next().unwrap().clone();
            other.provenance.scheme_digest = decision.provenance.scheme_digest.clone();
            assert_eq!(&other, decision);
        });
    }
}

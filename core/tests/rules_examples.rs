//! The example schemes and their cases: `rules-examples/<scheme>/{scheme.yaml, cases/*.json}`.
//!
//! Questions other than a claim's decision have their cases in `questions/*.json`, with the
//! question's name in `ask`.
//!
//! The cases are the contract between languages: every binding runs the same files. A case is
//! `{name, description, request, expect}` or `{name, description, request, expect_error}`. What is
//! expected is partial: fields that a case does not give are not compared, lists must have the
//! same length. Here, money is checked in full on top: see [`balance`].

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in this file a value that is not there is a failed test"
)]

mod examples;

use std::collections::BTreeSet;

use adjudica::claim::{LedgerEntry, Mode};
use adjudica::decision::{
    AmountsDocument, Effect, LineStatus, Status, TraceLevel, TraceNode, VOCABULARY,
};
use adjudica::{Amount, Decision, check};
use serde_json::Value;

use examples::{ask, compare, examples, run};

/// Cases, of claims and other questions, that each scheme must have at least.
const FEWEST: usize = 15;

#[test]
fn schemes_are_without_findings_and_well_covered() {
    for example in examples() {
        let report = check(&example.scheme);
        assert!(
            report.errors.is_empty(),
            "{}: {:#?}",
            example.name,
            report.errors
        );
        assert!(
            report.warnings.is_empty(),
            "{}: {:#?}",
            example.name,
            report.warnings
        );
        assert_eq!(example.scheme.code.as_str(), example.name);
        assert!(
            example.cases.len() + example.questions.len() >= FEWEST,
            "{}: {}",
            example.name,
            example.cases.len()
        );
    }
}

#[test]
fn cases_decide_as_expected() {
    let mut found = Vec::new();
    for example in examples() {
        let rules = example.rules();
        for case in &example.cases {
            let answer = run(&rules, case, TraceLevel::None);
            let name = format!("{}/{}", example.name, case.name);
            expect(
                &name,
                answer,
                [&case.expect, &case.expect_error],
                &mut found,
            );
        }
        for asked in &example.questions {
            let answer = ask(&rules, asked);
            let name = format!("{}/{}", example.name, asked.name);
            expect(
                &name,
                answer,
                [&asked.expect, &asked.expect_error],
                &mut found,
            );
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

fn expect(
    name: &str,
    answer: Result<Vec<u8>, String>,
    [wanted, refused]: [&Option<Value>; 2],
    found: &mut Vec<String>,
) {
    let mut differences = Vec::new();
    let (expected, actual) = match answer {
        Ok(text) => (wanted, serde_json::from_slice(&text).unwrap()),
        Err(payload) => {
            let payload: Value = serde_json::from_str(&payload).unwrap();
            (refused, payload.get("error").unwrap().clone())
        }
    };
    match expected {
        Some(expected) => compare(expected, &actual, "", &mut differences),
        None => differences.push(format!("is {actual}")),
    }
    found.extend(
        differences
            .into_iter()
            .map(|line| format!("{name}: {line}")),
    );
}

/// Error cases name every field of the payload but the place in the text, which depends on how
/// the request is laid out.
#[test]
fn expected_errors_are_complete() {
    let mut errors = 0;
    for example in examples() {
        let rules = example.rules();
        for case in example
            .cases
            .iter()
            .filter(|case| case.expect_error.is_some())
        {
            let payload = run(&rules, case, TraceLevel::None).unwrap_err();
            let mut payload: Value = serde_json::from_str(&payload).unwrap();
            let error = payload
                .get_mut("error")
                .and_then(Value::as_object_mut)
                .unwrap();
            error.remove("line");
            error.remove("column");
            assert_eq!(
                Some(&Value::from(error.clone())),
                case.expect_error.as_ref()
            );
            errors += 1;
        }
    }
    assert!(errors >= 6, "{errors}");
}

#[test]
fn money_balances_and_tracing_changes_nothing() {
    for example in examples() {
        let rules = example.rules();
        for case in example.cases.iter().filter(|case| case.expect.is_some()) {
            let name = format!("{}/{}", example.name, case.name);
            let read = |trace| {
                let text = run(&rules, case, trace).unwrap_or_else(|e| panic!("{name}: {e}"));
                serde_json::from_slice::<Decision>(&text).unwrap()
            };
            let decision = read(TraceLevel::None);
            balance(&name, &decision);
            for level in [TraceLevel::Reasons, TraceLevel::Full] {
                let mut traced = read(level);
                assert!(traced.trace.take().is_some(), "{name}");
                assert_eq!(traced, decision, "{name}");
            }
        }
    }
}

/// In units of 10^-4 of the currency, the finest that documents can write.
fn units(amount: Amount) -> i128 {
    i128::from(amount.units_at(4).unwrap())
}

/// The parts of `claimed`, in the order of the document.
fn parts(amounts: &AmountsDocument) -> [i128; 10] {
    [
        amounts.price_adjustment,
        amounts.review_adjustment,
        amounts.quantity_cut,
        amounts.fixed_cut,
        amounts.deductible,
        amounts.co_insurance,
        amounts.category_excess,
        amounts.ceiling_excess,
        amounts.rejected,
        amounts.payable,
    ]
    .map(units)
}

/// Every unit of money has its place, on every line, in the totals, between the three that bear
/// it, and in the ledger.
fn balance(name: &str, decision: &Decision) {
    let mut sums = [0; 10];
    let mut claimed = 0;
    for line in &decision.lines {
        let parts = parts(&line.amounts);
        assert_eq!(
            units(line.amounts.claimed),
            parts.iter().sum::<i128>(),
            "{name} {}",
            line.id
        );
        claimed += units(line.amounts.claimed);
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum += part;
        }
        let passed = line.status == LineStatus::Passed;
        assert_eq!(line.assignment.is_some(), passed, "{name} {}", line.id);
        let rejects = line
            .reasons
            .iter()
            .any(|reason| reason.effect == Effect::Rejects);
        assert_eq!(rejects, !passed, "{name} {}: {:?}", line.id, line.reasons);
        if let Some(remunerated) = line.remunerated {
            assert_eq!(remunerated, line.amounts.payable, "{name} {}", line.id);
        }
    }
    let totals = &decision.totals;
    assert_eq!(parts(&totals.amounts), sums, "{name}");
    assert_eq!(units(totals.amounts.claimed), claimed, "{name}");
    let shares = [
        totals.scheme_share,
        totals.patient_share,
        totals.facility_share,
    ];
    assert_eq!(shares.map(units).iter().sum::<i128>(), claimed, "{name}");
    assert_eq!(totals.scheme_share, totals.amounts.payable, "{name}");
    let waits = decision.status == Status::AwaitingIndex;
    assert_eq!(totals.remunerated.is_none(), waits, "{name}");

    let predetermination = decision.mode == Mode::Predetermination;
    assert!(
        !predetermination || decision.consumption.is_empty(),
        "{name}"
    );
    for entry in &decision.consumption {
        let own = decision.lines.iter().filter(|line| {
            line.assignment
                .as_ref()
                .is_some_and(|a| a.policy == entry.policy)
        });
        let deducted: i128 = own.clone().map(|line| units(line.amounts.deductible)).sum();
        let payable: i128 = own.map(|line| units(line.amounts.payable)).sum();
        assert_eq!(units(entry.deducted.general), deducted, "{name}");
        assert!(units(entry.remunerated.general) <= payable, "{name}");
        assert_eq!(
            entry.held,
            decision.mode == Mode::Preauthorization,
            "{name}"
        );
    }
}

/// A ledger entry whose claim is another case of the scheme is what that case consumed, so that
/// cases which follow each other really do.
#[test]
fn ledgers_replay_what_other_cases_consumed() {
    for example in examples() {
        let decisions = example.decisions();
        let mut replayed = 0;
        for case in example.cases.iter().filter(|case| case.expect.is_some()) {
            let Some(ledger) = case.request.pointer("/history/ledger") else {
                continue;
            };
            let ledger: Vec<LedgerEntry> = serde_json::from_value(ledger.clone()).unwrap();
            for mut entry in ledger {
                let mut before = decisions
                    .values()
                    .filter(|d| d.claim == entry.claim)
                    .peekable();
                if before.peek().is_none() {
                    continue;
                }
                entry.reversed = false;
                assert!(
                    before.any(|d| d.consumption.contains(&entry)),
                    "{}: {entry:?}",
                    case.name
                );
                replayed += 1;
            }
        }
        assert!(
            replayed > 0,
            "{} has no case that follows another",
            example.name
        );
    }
}

#[test]
fn cases_show_every_reason() {
    let mut shown = BTreeSet::new();
    let mut modes = Vec::new();
    let mut statuses = Vec::new();
    for example in examples() {
        for decision in example.decisions().values() {
            let reasons = decision
                .reasons
                .iter()
                .chain(decision.lines.iter().flat_map(|l| &l.reasons));
            shown.extend(reasons.map(|reason| reason.code.clone().into_owned()));
            steps(decision.trace.as_ref().unwrap(), &mut shown);
            modes.push(decision.mode);
            statuses.push(decision.status);
        }
    }
    let missing: Vec<&str> = VOCABULARY
        .iter()
        .filter(|(code, _, effect)| *effect != Effect::Informs && !shown.contains(*code))
        .map(|(code, ..)| *code)
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:#?}");
    for mode in [Mode::Claim, Mode::Predetermination, Mode::Preauthorization] {
        assert!(modes.contains(&mode), "{mode:?}");
    }
    for status in [Status::Rejected, Status::AwaitingIndex, Status::Valuated] {
        assert!(statuses.contains(&status), "{status:?}");
    }
}

/// The codes of the steps in a trace that did something: that took nothing is no case of taking.
fn steps(node: &TraceNode, shown: &mut BTreeSet<String>) {
    let nothing = |text: &String| text.chars().all(|c| matches!(c, '0' | '.'));
    for fact in &node.facts {
        let took = fact.values.get("took").or_else(|| fact.values.get("cut"));
        if !took.is_some_and(nothing) {
            shown.insert(fact.code.clone().into_owned());
        }
    }
    for child in &node.children {
        steps(child, shown);
    }
}

//! Hand-written programs for the one rule: what the engine is measured against.

use std::collections::HashMap;

use rust_decimal::prelude::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::workload::{CEILING, CODES, Claim, DEDUCTIBLE, Workload};

/// Integers in cents and dense ids: close to the least work the rule can cost.
#[derive(Debug)]
pub struct Dense {
    rows: Vec<Option<(i64, i64)>>,
}

impl Dense {
    /// The rule.
    pub fn new(workload: &Workload) -> Self {
        let row =
            |code: usize| workload.percents[code].map(|percent| (workload.prices[code], percent));
        Self {
            rows: (0..CODES).map(row).collect(),
        }
    }

    /// What is payable for each line, in cents.
    pub fn run(&self, claim: &Claim, payable: &mut Vec<i64>) -> i64 {
        payable.clear();
        let mut deductible = (DEDUCTIBLE - claim.deducted).max(0);
        let mut ceiling = (CEILING - claim.paid).max(0);
        for line in &claim.lines {
            payable.push(match self.rows[line.code] {
                None => 0,
                Some((price, percent)) => {
                    pay(
                        price * line.quantity,
                        percent,
                        &mut deductible,
                        &mut ceiling,
                    )
                    .payable
                }
            });
        }
        payable.iter().sum()
    }
}

/// What one line costs whom, in cents.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    deductible: i64,
    co_insurance: i64,
    excess: i64,
    payable: i64,
}

fn pay(gross: i64, percent: i64, deductible: &mut i64, ceiling: &mut i64) -> Parts {
    let taken = gross.min(*deductible);
    *deductible -= taken;
    let shared = gross - taken;
    let covered = (shared * percent + 50) / 100;
    let paid = covered.min(*ceiling);
    *ceiling -= paid;
    Parts {
        deductible: taken,
        co_insurance: shared - covered,
        excess: covered - paid,
        payable: paid,
    }
}

/// `rust_decimal` and codes as strings: how the rule is usually written.
#[derive(Debug)]
pub struct Decimals {
    rows: HashMap<String, (Decimal, Decimal)>,
}

/// A claim as [`Decimals`] takes it.
#[derive(Debug, Clone)]
pub struct DecimalClaim {
    /// Code and units of each line.
    pub lines: Vec<(String, Decimal)>,
    /// Deductible used before.
    pub deducted: Decimal,
    /// Ceiling used before.
    pub paid: Decimal,
}

impl Decimals {
    /// The rule.
    pub fn new(workload: &Workload) -> Self {
        let codes = workload.codes();
        let row = |(i, code): (usize, &String)| {
            let percent = workload.percents[i]?;
            Some((
                code.clone(),
                (Decimal::new(workload.prices[i], 2), Decimal::from(percent)),
            ))
        };
        Self {
            rows: codes.iter().enumerate().filter_map(row).collect(),
        }
    }

    /// The claims of the workload.
    pub fn claims(workload: &Workload) -> Vec<DecimalClaim> {
        let codes = workload.codes();
        let line =
            |line: &crate::workload::Line| (codes[line.code].clone(), Decimal::from(line.quantity));
        let claim = |claim: &Claim| DecimalClaim {
            lines: claim.lines.iter().map(line).collect(),
            deducted: Decimal::new(claim.deducted, 2),
            paid: Decimal::new(claim.paid, 2),
        };
        workload.claims.iter().map(claim).collect()
    }

    /// What is payable for each line.
    pub fn run(&self, claim: &DecimalClaim, payable: &mut Vec<Decimal>) -> Decimal {
        payable.clear();
        let mut deductible = (Decimal::new(DEDUCTIBLE, 2) - claim.deducted).max(Decimal::ZERO);
        let mut ceiling = (Decimal::new(CEILING, 2) - claim.paid).max(Decimal::ZERO);
        for (code, quantity) in &claim.lines {
            let Some((price, percent)) = self.rows.get(code) else {
                payable.push(Decimal::ZERO);
                continue;
            };
            let gross = price * quantity;
            let taken = gross.min(deductible);
            deductible -= taken;
            let covered = ((gross - taken) * percent / Decimal::ONE_HUNDRED)
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            let paid = covered.min(ceiling);
            ceiling -= paid;
            payable.push(paid);
        }
        payable.iter().sum()
    }
}

/// Parses a request, runs the integer rule, prints: text in and out as one would write it by hand
/// with serde, reading the very documents that the engine reads.
#[derive(Debug)]
pub struct PlainJson {
    rows: HashMap<String, (i64, i64)>,
}

// A request as plain structs of strings; every field of the workload's documents is read.
#[derive(Deserialize)]
#[expect(
    dead_code,
    reason = "a plain program parses the document it is given, not only what the rule needs"
)]
struct PlainRequest {
    claim: PlainClaim,
    patient: PlainPatient,
    coverage: Vec<PlainPolicy>,
    history: PlainHistory,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainClaim {
    code: String,
    date_from: String,
    date_to: String,
    date_claimed: String,
    facility: String,
    lines: Vec<PlainLine>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainLine {
    id: String,
    kind: String,
    code: String,
    quantity: String,
    price: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainPatient {
    id: String,
    birth_date: String,
    sex: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainPolicy {
    policy: String,
    product: String,
    effective: String,
    expiry: String,
    memberships: Vec<PlainMembership>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainMembership {
    person: String,
    effective: String,
    expiry: String,
}

#[derive(Deserialize)]
struct PlainHistory {
    ledger: Vec<PlainEntry>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct PlainEntry {
    policy: String,
    person: String,
    claim: String,
    deducted: PlainGeneral,
    remunerated: PlainGeneral,
}

#[derive(Deserialize)]
struct PlainGeneral {
    general: String,
}

#[derive(Serialize)]
struct PlainDecision<'a> {
    claim: &'a str,
    status: &'static str,
    lines: Vec<PlainResult<'a>>,
    payable: String,
}

#[derive(Serialize)]
struct PlainResult<'a> {
    id: &'a str,
    code: &'a str,
    status: &'static str,
    reason: Option<&'static str>,
    claimed: String,
    deductible: String,
    co_insurance: String,
    excess: String,
    payable: String,
}

fn cents(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    whole.parse::<i64>().unwrap_or(0) * 100 + part.parse::<i64>().unwrap_or(0)
}

fn text(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl PlainJson {
    /// The rule.
    pub fn new(workload: &Workload) -> Self {
        let codes = workload.codes();
        let row = |(i, code): (usize, &String)| {
            Some((code.clone(), (workload.prices[i], workload.percents[i]?)))
        };
        Self {
            rows: codes.iter().enumerate().filter_map(row).collect(),
        }
    }

    /// One claim; appends a line to `out`.
    pub fn run(&self, request: &str, out: &mut Vec<u8>) {
        let request: PlainRequest =
            serde_json::from_str(request).expect("the workload's requests are well-formed");
        let used = request.history.ledger.iter();
        let (deducted, paid) = used.fold((0, 0), |(d, p), entry| {
            (
                d + cents(&entry.deducted.general),
                p + cents(&entry.remunerated.general),
            )
        });
        let mut deductible = (DEDUCTIBLE - deducted).max(0);
        let mut ceiling = (CEILING - paid).max(0);
        let mut total = 0;
        let lines: Vec<PlainResult<'_>> = request
            .claim
            .lines
            .iter()
            .map(|line| {
                let quantity: i64 = line.quantity.parse().unwrap_or(0);
                let (gross, parts, reason) = match self.rows.get(&line.code) {
                    None => (
                        cents(&line.price) * quantity,
                        Parts::default(),
                        Some("not covered"),
                    ),
                    Some((price, percent)) => {
                        let gross = price * quantity;
                        (
                            gross,
                            pay(gross, *percent, &mut deductible, &mut ceiling),
                            None,
                        )
                    }
                };
                total += parts.payable;
                PlainResult {
                    id: &line.id,
                    code: &line.code,
                    status: if reason.is_some() {
                        "rejected"
                    } else {
                        "passed"
                    },
                    reason,
                    claimed: text(gross),
                    deductible: text(parts.deductible),
                    co_insurance: text(parts.co_insurance),
                    excess: text(parts.excess),
                    payable: text(parts.payable),
                }
            })
            .collect();
        let decision = PlainDecision {
            claim: &request.claim.code,
            status: "valuated",
            lines,
            payable: text(total),
        };
        serde_json::to_writer(&mut *out, &decision).expect("writing to memory");
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use adjudica::adjudicate::{Adjudicator, NoTrace};

    /// Everybody computes the same: engine, integers, decimals.
    #[test]
    fn all_give_the_same_payable() {
        let workload = Workload::default();
        let rules = workload.rules();
        let mut adjudicator = Adjudicator::new(&rules);
        let (dense, decimals) = (Dense::new(&workload), Decimals::new(&workload));
        let decimal_claims = Decimals::claims(&workload);
        let (mut met, mut exhausted, mut uncovered) = (0, 0, 0);
        for ((request, claim), decimal) in workload
            .requests()
            .iter()
            .zip(&workload.claims)
            .zip(&decimal_claims)
        {
            let outcome = adjudicator.adjudicate(request, &mut NoTrace).unwrap();
            assert!(
                outcome.totals.balances()
                    && outcome.lines.iter().all(|line| line.amounts.balances())
            );
            let engine: Vec<i64> = outcome
                .lines
                .iter()
                .map(|line| line.amounts.payable.minor())
                .collect();
            let mut integers = Vec::new();
            dense.run(claim, &mut integers);
            let mut exact = Vec::new();
            decimals.run(decimal, &mut exact);
            assert_eq!(engine, integers);
            assert_eq!(
                exact,
                integers
                    .iter()
                    .map(|cents| Decimal::new(*cents, 2))
                    .collect::<Vec<_>>()
            );
            met += usize::from(outcome.totals.deductible.minor() > 0);
            exhausted += usize::from(outcome.totals.ceiling_excess.minor() > 0);
            uncovered += outcome
                .lines
                .iter()
                .filter(|line| line.assignment.is_none())
                .count();
        }
        assert!(
            met > 500 && exhausted > 300 && uncovered > 100,
            "{met} {exhausted} {uncovered}"
        );
    }
}

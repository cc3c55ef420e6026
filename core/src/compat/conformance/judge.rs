//! One claim: what differs, and what explains it.

use rust_decimal::Decimal;

use super::compare::{Difference, compare};
use super::deviation::Deviation;
use super::eligibility::Case;
use super::facts::Facts;
use super::money::{self, MODELLED, Money, Switches, claim_lines};
use super::{Exception, Run, Verdict};
use crate::compat::columns::OpenImisColumns;
use crate::decision::Decision;

/// Half a cent of rounding on each side.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Our answer to one claim.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) decision: &'a Decision,
    pub(super) columns: &'a OpenImisColumns,
}

/// The columns that differ; for a breakdown one difference that says so.
pub(super) fn differences(facts: &Facts<'_>, ours: &OpenImisColumns, run: &Run) -> Vec<Difference> {
    match (&run.exception, &run.stored) {
        (None, Some(theirs)) => {
            let mut all = compare(ours, theirs);
            all.retain(|difference| !unlimited_category(facts, difference));
            all
        }
        (exception, _) => vec![Difference {
            path: "exception".to_owned(),
            ours: String::new(),
            theirs: exception
                .as_ref()
                .map(|e| e.kind.clone())
                .unwrap_or_default(),
        }],
    }
}

/// Consumption by category is only written, and only matters, where the category has a limit.
fn unlimited_category(facts: &Facts<'_>, difference: &Difference) -> bool {
    let Some((policy, column)) = difference
        .path
        .strip_prefix("dedrems[")
        .and_then(|rest| rest.split_once("]."))
    else {
        return false;
    };
    let policies = &facts.input.policies;
    let policy = policies.iter().find(|row| row.reference.as_str() == policy);
    let Some(product) = policy.and_then(|policy| facts.product(&policy.product)) else {
        return false;
    };
    let limit = match column {
        "rem_surgery" => product.max_amount_surgery,
        "rem_delivery" => product.max_amount_delivery,
        "rem_antenatal" => product.max_amount_antenatal,
        "rem_hospitalization" => product.max_amount_hospitalization,
        "rem_consult" => product.max_amount_consultation,
        _ => return false,
    };
    limit.is_none_or(|limit| limit.is_zero())
}

/// The verdict on differences that both answers to the same rows have.
pub(super) fn judge(
    id: String,
    facts: &Facts<'_>,
    answer: Answer<'_>,
    run: &Run,
    differences: Vec<Difference>,
) -> Verdict {
    let mut explained_by = Vec::new();
    let mut unexplained = Vec::new();
    let mut modelled = false;
    match (&run.exception, &run.stored) {
        (None, Some(theirs)) => {
            let case = Case {
                facts: *facts,
                decision: answer.decision,
                ours: answer.columns,
                theirs,
                errors: &run.errors,
            };
            let model = Model::new(facts, answer.columns, theirs, &differences);
            modelled = model.fits;
            for difference in &differences {
                let found = if is_money(difference) {
                    model.explain(&case, difference)
                } else {
                    case.explain(difference)
                };
                if found.is_empty() {
                    unexplained.push(difference.clone());
                }
                explained_by.extend(found);
            }
        }
        (exception, _) => {
            explained_by = exception
                .as_ref()
                .map(|e| breakdown(facts, e))
                .unwrap_or_default();
            if explained_by.is_empty() {
                unexplained.clone_from(&differences);
            }
        }
    }
    explained_by.sort();
    explained_by.dedup();
    Verdict {
        id,
        equal: differences.is_empty(),
        differences,
        explained_by,
        unexplained,
        modelled,
    }
}

fn is_money(difference: &Difference) -> bool {
    matches!(
        difference.column(),
        "approved"
            | "claimed"
            | "remunerated"
            | "price_valuated"
            | "remunerated_amount"
            | "deductable_amount"
            | "exceed_ceiling_amount"
            | "exceed_ceiling_amount_category"
    ) || difference.path.starts_with("dedrems[")
}

/// The model of money, run for both answers.
struct Model {
    /// It gives their money with every switch on, and ours with every switch off.
    fits: bool,
    /// The switches that change a column that differs.
    matter: Vec<Deviation>,
}

impl Model {
    fn new(
        facts: &Facts<'_>,
        ours: &OpenImisColumns,
        theirs: &OpenImisColumns,
        differences: &[Difference],
    ) -> Self {
        let run = |columns: &OpenImisColumns, on: &Switches| money::money(facts, columns, on);
        let every = Switches::from(MODELLED);
        let none = Switches::new();
        let (Some(theirs_on), Some(ours_off)) = (run(theirs, &every), run(ours, &none)) else {
            return Self {
                fits: false,
                matter: Vec::new(),
            };
        };
        let fits = agrees(
            &theirs_on,
            theirs,
            TOLERANCE,
            &["exceed_ceiling_amount_category"],
        ) && agrees(&ours_off, ours, Decimal::ZERO, &[]);
        let theirs_off = run(theirs, &none);
        let changes = |a: Option<&Money>, b: Option<&Money>| {
            differences.iter().any(|d| {
                let of = |money: Option<&Money>| money.and_then(|m| m.get(&d.path).copied());
                of(a) != of(b)
            })
        };
        let matter = MODELLED
            .into_iter()
            .filter(|switch| {
                if differences.is_empty() {
                    return false;
                }
                let mut without = every.clone();
                without.remove(switch);
                let without = run(theirs, &without);
                let alone = run(theirs, &Switches::from([*switch]));
                changes(without.as_ref(), Some(&theirs_on))
                    || changes(alone.as_ref(), theirs_off.as_ref())
            })
            .collect();
        Self { fits, matter }
    }

    fn explain(&self, case: &Case<'_>, difference: &Difference) -> Vec<Deviation> {
        if difference.path == "claim.claimed" {
            let lines = claim_lines(case.facts.claim).count();
            let bound = TOLERANCE * Decimal::from(lines.max(1));
            let apart = |a: &str, b: &str| {
                Some((a.parse::<Decimal>().ok()? - b.parse::<Decimal>().ok()?).abs())
            };
            let close = apart(&difference.ours, &difference.theirs).is_some_and(|gap| gap <= bound);
            return close
                .then_some(Deviation::FloatRounding)
                .into_iter()
                .collect();
        }
        if difference.column() == "exceed_ceiling_amount_category" && difference.theirs == "0.00" {
            return vec![Deviation::CategoryExcessNotStored];
        }
        if !self.fits {
            return Vec::new();
        }
        let mut found = self.matter.clone();
        found.extend(case.explain_money(difference));
        found
    }
}

/// Does the money of the model stand in the columns?
fn agrees(model: &Money, columns: &OpenImisColumns, tolerance: Decimal, but: &[&str]) -> bool {
    let stored = stored(columns);
    model.iter().all(|(path, amount)| {
        let column = path.rsplit('.').next().unwrap_or(path);
        let found = stored.get(path).copied().unwrap_or(Decimal::ZERO);
        but.contains(&column) || (found - *amount).abs() <= tolerance
    })
}

/// The columns of money, by path.
fn stored(columns: &OpenImisColumns) -> Money {
    let mut found = Money::new();
    let mut add = |path: String, number: Option<crate::compat::Number>| {
        if let Some(number) = number {
            found.insert(path, number.0);
        }
    };
    add("claim.approved".into(), columns.claim.approved);
    add("claim.remunerated".into(), columns.claim.remunerated);
    for (list, lines) in [("items", &columns.items), ("services", &columns.services)] {
        for line in lines {
            let at = |column: &str| format!("{list}[{}].{column}", line.line);
            add(at("price_valuated"), line.price_valuated);
            add(at("remunerated_amount"), line.remunerated_amount);
            add(at("deductable_amount"), line.deductable_amount);
            add(at("exceed_ceiling_amount"), line.exceed_ceiling_amount);
            add(
                at("exceed_ceiling_amount_category"),
                line.exceed_ceiling_amount_category,
            );
        }
    }
    for row in &columns.dedrems {
        let at = |column: &str| format!("dedrems[{}].{column}", row.policy);
        add(at("ded_g"), row.ded_g);
        add(at("ded_ip"), row.ded_ip);
        add(at("ded_op"), row.ded_op);
        add(at("rem_g"), row.rem_g);
        add(at("rem_ip"), row.rem_ip);
        add(at("rem_op"), row.rem_op);
        add(at("rem_surgery"), row.rem_surgery);
        add(at("rem_delivery"), row.rem_delivery);
        add(at("rem_antenatal"), row.rem_antenatal);
        add(at("rem_hospitalization"), row.rem_hospitalization);
        add(at("rem_consult"), row.rem_consult);
    }
    found
}

/// Why the other engine broke down.
fn breakdown(facts: &Facts<'_>, exception: &Exception) -> Vec<Deviation> {
    let covering = facts.covering();
    let products: Vec<_> = covering
        .iter()
        .filter_map(|policy| facts.product(&policy.product))
        .collect();
    let set = |number: Option<crate::compat::Number>| number.is_some_and(|n| !n.is_zero());
    let mut found = Vec::new();
    let mut add = |applies: bool, deviation| {
        if applies {
            found.push(deviation);
        }
    };
    let type_error = exception.kind == "TypeError";
    let attribute_error = exception.kind == "AttributeError";
    let rows = || claim_lines(facts.claim).map(|(.., line)| facts.benefit_rows(line));
    let null_limit = rows().any(|rows| {
        let limits: Vec<_> = rows.iter().map(|(_, row)| facts.limitation(row)).collect();
        let has = |kind: &str| limits.iter().any(|(k, _)| *k == Some(kind));
        has("C") && has("F") && limits.iter().any(|(_, value)| value.is_none())
    });
    add(type_error && null_limit, Deviation::NullLimit);
    let threshold = products.iter().any(|product| {
        product.threshold.is_none() && (set(product.max_policy) || set(product.max_ip_policy))
    });
    add(
        type_error && exception.message.starts_with("'>'") && threshold,
        Deviation::ThresholdNull,
    );
    let null_part = facts.history.dedrems.iter().any(|row| {
        [row.ded_ip, row.ded_op, row.rem_ip, row.rem_op]
            .iter()
            .any(Option::is_none)
    });
    let by_care = products.iter().any(|product| {
        [
            product.ded_ip_insuree,
            product.ded_ip_policy,
            product.ded_op_insuree,
            product.ded_op_policy,
            product.max_ip_insuree,
            product.max_ip_policy,
            product.max_op_insuree,
            product.max_op_policy,
        ]
        .into_iter()
        .any(set)
    });
    add(type_error && null_part && by_care, Deviation::NullDedrem);
    let with_deductible = products
        .iter()
        .filter(|product| {
            [
                product.ded_treatment,
                product.ded_insuree,
                product.ded_policy,
                product.ded_ip_treatment,
                product.ded_ip_insuree,
                product.ded_ip_policy,
                product.ded_op_treatment,
                product.ded_op_insuree,
                product.ded_op_policy,
            ]
            .into_iter()
            .any(set)
        })
        .count();
    let merge = products.len() > 1 && with_deductible > 0;
    let list = exception.message.contains("list") || exception.message.contains("append");
    add(merge && list, Deviation::MergeDeductible);
    let mut prices = claim_lines(facts.claim).flat_map(|(.., line)| facts.price_rows(line));
    let later_that_day = prices.any(|times| {
        times
            .from
            .is_some_and(|from| from.day == facts.target && from.seconds > 0)
    });
    add(attribute_error && later_that_day, Deviation::PriceHistory);
    let decimals = exception.kind == "ValidationError";
    add(decimals, Deviation::ZeroWithDecimals);
    found
}

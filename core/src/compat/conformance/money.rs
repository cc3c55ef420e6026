//! A small model of the money of a claim, written from the rules and apart from the engine, with
//! a switch for every deviation: which switches matter for a claim says what explains it.
//!
//! It starts from the columns that the eligibility of the lines left (product, policy, limitation,
//! quantity and price) and ends with the columns of money.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::columns::{LineColumns, OpenImisColumns};
use super::super::rows::{BenefitRow, ClaimRow, LineRow, PolicyRow, ProductRow};
use super::super::value::Number;
use super::deviation::Deviation;
use super::facts::Facts;
use super::limits::{Care, Used, ceilings, deductibles, policy_ceiling, scoped};

/// The switches that are on.
pub(super) type Switches = std::collections::BTreeSet<Deviation>;

/// The deviations that the model knows.
pub(super) const MODELLED: [Deviation; 13] = [
    Deviation::IntTruncation,
    Deviation::DeductibleNotSubtracted,
    Deviation::IsAdultNotCalled,
    Deviation::ExcludedLinesMissing,
    Deviation::PolicyMembers,
    Deviation::EveryLineForEveryPolicy,
    Deviation::ArchivedDedrems,
    Deviation::ZeroIsAbsent,
    Deviation::QtyApprovedZeroPaid,
    Deviation::FloatRounding,
    Deviation::PolicyCeilingScope,
    Deviation::NullInterpretation,
    Deviation::GivenCategory,
];

/// The money of one claim, by column.
pub(super) type Money = BTreeMap<String, Decimal>;

#[derive(Clone, Copy)]
struct Line<'a> {
    kind: &'static str,
    columns: &'a LineColumns,
    row: &'a LineRow,
}

/// The money that the columns follow from, with these switches on. `None` if the columns refer to
/// rows that are not there.
pub(super) fn money(facts: &Facts<'_>, columns: &OpenImisColumns, on: &Switches) -> Option<Money> {
    let claim = facts.claim;
    let lines: Vec<Line<'_>> = [
        ("items", &columns.items, &claim.items),
        ("services", &columns.services, &claim.services),
    ]
    .into_iter()
    .flat_map(|(kind, columns, rows)| {
        columns
            .iter()
            .zip(rows)
            .map(move |(columns, row)| Line { kind, columns, row })
    })
    .filter(|line| line.columns.status == 1 && line.columns.product.is_some())
    .collect();
    let mut found = Money::new();
    let mut approved = Decimal::ZERO;
    for row in &columns.dedrems {
        let policy = facts.policy(&row.policy)?;
        let product = facts.product(&policy.product)?;
        let mut account = Account::open(facts, policy, product, on);
        for line in &lines {
            let own = line.columns.policy.as_ref() == Some(&row.policy);
            if own || on.contains(&Deviation::EveryLineForEveryPolicy) {
                account.work(facts, *line, on, &mut found)?;
            }
        }
        let hospital = account.hospital;
        let mut add = |column: &str, amount| {
            found.insert(format!("dedrems[{}].{column}", row.policy), amount);
        };
        add("ded_g", account.deducted);
        add("rem_g", account.under_ceiling);
        add(if hospital { "ded_ip" } else { "ded_op" }, account.deducted);
        add(
            if hospital { "rem_ip" } else { "rem_op" },
            account.under_ceiling,
        );
        if let Some(column) = category_column(facts.category(on))
            && account.category_left.is_some()
        {
            add(column, account.under_category);
        }
        approved += account.paid;
    }
    if columns.claim.status != 1 && !columns.dedrems.is_empty() {
        found.insert("claim.approved".to_owned(), approved);
        if columns.claim.remunerated.is_some() {
            found.insert("claim.remunerated".to_owned(), approved);
        }
    }
    Some(found)
}

fn category_column(category: &str) -> Option<&'static str> {
    match category {
        "S" => Some("rem_surgery"),
        "D" => Some("rem_delivery"),
        "A" => Some("rem_antenatal"),
        "H" => Some("rem_hospitalization"),
        "C" => Some("rem_consult"),
        _ => None,
    }
}

pub(super) fn value(number: Option<Number>) -> Decimal {
    number.map_or(Decimal::ZERO, |number| number.0)
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// What one policy has left for the claim.
struct Account {
    hospital: bool,
    deductible_left: Decimal,
    ceiling_left: Option<Decimal>,
    category_left: Option<Decimal>,
    deducted: Decimal,
    under_ceiling: Decimal,
    under_category: Decimal,
    paid: Decimal,
}

impl Account {
    fn open(facts: &Facts<'_>, policy: &PolicyRow, product: &ProductRow, on: &Switches) -> Self {
        let hospital = match product.ceiling_interpretation.as_deref() {
            Some("H") => facts.facility_level() == Some("H"),
            Some("I") => facts.stay,
            _ => facts.stay && !on.contains(&Deviation::NullInterpretation),
        };
        let used = Used::of(facts, policy, on);
        let ip_or_op = if hospital {
            Care::Hospital
        } else {
            Care::Other
        };
        let first = |of: &dyn Fn(Care) -> Option<(Decimal, Decimal)>| {
            of(Care::General).or_else(|| of(ip_or_op))
        };
        let left = |(amount, used): (Decimal, Decimal)| (amount - used).max(Decimal::ZERO);
        let deductible = first(&|care| scoped(deductibles(product, care), &used.deducted, care));
        let ceiling = first(&|care| {
            let base = scoped(ceilings(product, care), &used.remunerated, care)?;
            Some((
                policy_ceiling(facts, policy, product, care, base.0, on),
                base.1,
            ))
        });
        let category = match facts.category(on) {
            "S" => product.max_amount_surgery,
            "D" => product.max_amount_delivery,
            "A" => product.max_amount_antenatal,
            "H" => product.max_amount_hospitalization,
            "C" => product.max_amount_consultation,
            _ => None,
        };
        Self {
            hospital,
            deductible_left: deductible.map_or(Decimal::ZERO, left),
            ceiling_left: ceiling.map(left),
            category_left: category.map(|n| n.0).filter(|amount| !amount.is_zero()),
            deducted: Decimal::ZERO,
            under_ceiling: Decimal::ZERO,
            under_category: Decimal::ZERO,
            paid: Decimal::ZERO,
        }
    }

    fn work(
        &mut self,
        facts: &Facts<'_>,
        line: Line<'_>,
        on: &Switches,
        found: &mut Money,
    ) -> Option<()> {
        let round = |amount| {
            if on.contains(&Deviation::FloatRounding) {
                amount
            } else {
                cents(amount)
            }
        };
        let Line { kind, columns, row } = line;
        let approved = columns.qty_approved.filter(|quantity| {
            !(quantity.is_zero() && on.contains(&Deviation::QtyApprovedZeroPaid))
        });
        let quantity = value(approved.or(columns.qty_provided));
        let price = value(row.price_approved.or(columns.price_adjusted));
        let mut worth = round(quantity.checked_mul(price)?);
        if on.contains(&Deviation::IntTruncation) {
            worth = worth.trunc();
        }
        let limit = columns.limitation_value.map(|limit| limit.0);
        let fixed = columns.limitation.as_deref() == Some("F");
        if let Some(limit) = limit.filter(|limit| fixed && !limit.is_zero()) {
            worth = worth.min(round(quantity.checked_mul(limit)?));
        }
        let taken = worth.min(self.deductible_left);
        if worth > self.deductible_left || !on.contains(&Deviation::DeductibleNotSubtracted) {
            worth -= taken;
        }
        self.deductible_left -= taken;
        self.deducted += taken;
        if let Some(percent) = limit
            .filter(|limit| !(fixed || limit.is_zero() && on.contains(&Deviation::ZeroIsAbsent)))
        {
            worth = round(worth.checked_mul(percent)? / Decimal::ONE_HUNDRED);
        }
        let mut over_category = Decimal::ZERO;
        if let Some(left) = &mut self.category_left {
            over_category = (worth - *left).max(Decimal::ZERO);
            worth -= over_category;
            *left -= worth;
            self.under_category += worth;
        }
        let mut over_ceiling = Decimal::ZERO;
        if self.excluded(facts, line, on)? {
            if !on.contains(&Deviation::ExcludedLinesMissing) {
                self.paid += worth;
            }
        } else {
            if let Some(left) = &mut self.ceiling_left {
                over_ceiling = (worth - *left).max(Decimal::ZERO);
                worth -= over_ceiling;
                *left -= worth;
            }
            self.under_ceiling += worth;
            self.paid += worth;
        }
        let mut add = |column: &str, amount| {
            found.insert(format!("{kind}[{}].{column}", columns.line), amount);
        };
        add("deductable_amount", taken);
        add("exceed_ceiling_amount", over_ceiling);
        add("exceed_ceiling_amount_category", over_category);
        if columns.price_origin.as_deref() != Some("R") {
            add("price_valuated", worth);
            add("remunerated_amount", worth);
        }
        Some(())
    }

    fn excluded(&self, facts: &Facts<'_>, line: Line<'_>, on: &Switches) -> Option<bool> {
        let row = facts.paying_row(line.columns)?;
        let adult = facts.adult || on.contains(&Deviation::IsAdultNotCalled);
        let exclusion = exclusion(row, adult);
        Some(exclusion == Some("B") || exclusion == Some(if self.hospital { "H" } else { "N" }))
    }
}

/// The ceiling exclusion of a row.
fn exclusion(row: &BenefitRow, adult: bool) -> Option<&str> {
    if adult {
        row.ceiling_exclusion_adult.as_deref()
    } else {
        row.ceiling_exclusion_child.as_deref()
    }
}

/// The line of a claim that a row stands for; used by the facts too.
pub(super) fn claim_lines(
    claim: &ClaimRow,
) -> impl Iterator<Item = (&'static str, usize, &LineRow)> {
    let lists = [("items", &claim.items), ("services", &claim.services)];
    lists.into_iter().flat_map(|(kind, rows)| {
        rows.iter()
            .enumerate()
            .map(move |(position, row)| (kind, position, row))
    })
}

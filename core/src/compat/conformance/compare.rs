//! Column by column: what two engines store for one claim.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::columns::{DedRemColumns, LineColumns, OpenImisColumns};
use super::super::rows::ProductRow;
use super::super::snapshot::Input;
use super::super::value::Number;

/// A column in which two engines differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// The column, such as `items[0].price_valuated`.
    pub path: String,
    /// What this engine stores.
    pub ours: String,
    /// What the other stores.
    pub theirs: String,
}

impl Difference {
    /// The list and position of the line that the column belongs to.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        let (line, _) = self.path.split_once("].")?;
        (line.starts_with("items[") || line.starts_with("services[")).then_some(line)
    }

    /// The name of the column, without its row.
    #[must_use]
    pub fn column(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
}

/// The columns that differ. Not compared are the category of the claim and `valuated`, which the
/// other engine leaves to its caller.
///
/// Two spellings of the same thing are equal: NULL and 100 for a co-insurance, NULL and 0 for a
/// fixed limit, NULL and 0 for amounts of a passed line, an approved quantity that is left out
/// and one that is the provided one.
#[must_use]
pub fn compare(ours: &OpenImisColumns, theirs: &OpenImisColumns) -> Vec<Difference> {
    let mut found = Found(Vec::new());
    let (a, b) = (&ours.claim, &theirs.claim);
    found.add("claim.status", a.status.to_string(), b.status.to_string());
    found.add(
        "claim.rejection_reason",
        a.rejection_reason.unwrap_or(0).to_string(),
        b.rejection_reason.unwrap_or(0).to_string(),
    );
    found.number("claim.claimed", a.claimed, b.claimed);
    found.number("claim.approved", a.approved, b.approved);
    found.number("claim.remunerated", a.remunerated, b.remunerated);
    for (list, ours, theirs) in [
        ("items", &ours.items, &theirs.items),
        ("services", &ours.services, &theirs.services),
    ] {
        found.add(
            &format!("{list}.count"),
            ours.len().to_string(),
            theirs.len().to_string(),
        );
        for (a, b) in ours.iter().zip(theirs) {
            found.line(&format!("{list}[{}]", a.line), a, b);
        }
    }
    found.dedrems(&ours.dedrems, &theirs.dedrems);
    found.0
}

/// Does a difference of two answers say more than how they write the same? Consumption by category
/// only matters where the category has a limit.
#[must_use]
pub fn matters(input: &Input, difference: &Difference) -> bool {
    let row = difference.path.strip_prefix("dedrems[");
    let Some((policy, column)) = row.and_then(|rest| rest.split_once("].")) else {
        return true;
    };
    let policy = input
        .policies
        .iter()
        .find(|row| row.reference.as_str() == policy);
    let products = input.products.iter();
    let mut own = products.filter(|row| policy.is_some_and(|policy| policy.product == row.code));
    let limits = |row: &ProductRow| match column {
        "rem_surgery" => row.max_amount_surgery,
        "rem_delivery" => row.max_amount_delivery,
        "rem_antenatal" => row.max_amount_antenatal,
        "rem_hospitalization" => row.max_amount_hospitalization,
        "rem_consult" => row.max_amount_consultation,
        _ => Some(Number(Decimal::ONE)),
    };
    own.any(|row| limits(row).is_some_and(|limit| !limit.is_zero()))
}

struct Found(Vec<Difference>);

impl Found {
    fn add(&mut self, path: &str, ours: String, theirs: String) {
        if ours != theirs {
            self.0.push(Difference {
                path: path.to_owned(),
                ours,
                theirs,
            });
        }
    }

    fn number(&mut self, path: &str, ours: Option<Number>, theirs: Option<Number>) {
        self.add(path, written(ours), written(theirs));
    }

    fn line(&mut self, path: &str, a: &LineColumns, b: &LineColumns) {
        let at = |column: &str| format!("{path}.{column}");
        self.add(&at("status"), a.status.to_string(), b.status.to_string());
        let reason = |line: &LineColumns| line.rejection_reason.unwrap_or(0).to_string();
        self.add(&at("rejection_reason"), reason(a), reason(b));
        self.add(
            &at("product"),
            text(a.product.as_deref()),
            text(b.product.as_deref()),
        );
        self.add(
            &at("policy"),
            text(a.policy.as_deref()),
            text(b.policy.as_deref()),
        );
        self.add(
            &at("price_origin"),
            text(a.price_origin.as_deref()),
            text(b.price_origin.as_deref()),
        );
        self.add(
            &at("limitation"),
            text(a.limitation.as_deref()),
            text(b.limitation.as_deref()),
        );
        self.number(&at("limitation_value"), limitation(a), limitation(b));
        if a.status != 1 || b.status != 1 {
            return;
        }
        let quantity = |line: &LineColumns| line.qty_approved.or(line.qty_provided);
        self.number(&at("quantity"), quantity(a), quantity(b));
        self.number(&at("price_adjusted"), a.price_adjusted, b.price_adjusted);
        self.number(&at("price_valuated"), a.price_valuated, b.price_valuated);
        self.number(
            &at("remunerated_amount"),
            a.remunerated_amount,
            b.remunerated_amount,
        );
        self.amount(
            &at("deductable_amount"),
            a.deductable_amount,
            b.deductable_amount,
        );
        self.amount(
            &at("exceed_ceiling_amount"),
            a.exceed_ceiling_amount,
            b.exceed_ceiling_amount,
        );
        self.amount(
            &at("exceed_ceiling_amount_category"),
            a.exceed_ceiling_amount_category,
            b.exceed_ceiling_amount_category,
        );
    }

    /// NULL and 0 are the same.
    fn amount(&mut self, path: &str, ours: Option<Number>, theirs: Option<Number>) {
        let zero = Some(Number(Decimal::ZERO));
        self.number(path, ours.or(zero), theirs.or(zero));
    }

    fn dedrems(&mut self, ours: &[DedRemColumns], theirs: &[DedRemColumns]) {
        let policies = |rows: &[DedRemColumns]| {
            let mut names: Vec<_> = rows.iter().map(|row| row.policy.to_string()).collect();
            names.sort();
            names.join(" ")
        };
        self.add("dedrems.policies", policies(ours), policies(theirs));
        for a in ours {
            let Some(b) = theirs.iter().find(|b| b.policy == a.policy) else {
                continue;
            };
            let at = |column: &str| format!("dedrems[{}].{column}", a.policy);
            self.number(&at("ded_g"), a.ded_g, b.ded_g);
            self.number(&at("ded_ip"), a.ded_ip, b.ded_ip);
            self.number(&at("ded_op"), a.ded_op, b.ded_op);
            self.number(&at("rem_g"), a.rem_g, b.rem_g);
            self.number(&at("rem_ip"), a.rem_ip, b.rem_ip);
            self.number(&at("rem_op"), a.rem_op, b.rem_op);
            self.amount(&at("rem_consult"), a.rem_consult, b.rem_consult);
            self.amount(&at("rem_surgery"), a.rem_surgery, b.rem_surgery);
            self.amount(&at("rem_delivery"), a.rem_delivery, b.rem_delivery);
            self.amount(
                &at("rem_hospitalization"),
                a.rem_hospitalization,
                b.rem_hospitalization,
            );
            self.amount(&at("rem_antenatal"), a.rem_antenatal, b.rem_antenatal);
        }
    }
}

/// The same digits for the same value.
fn written(number: Option<Number>) -> String {
    number.map_or_else(|| "NULL".to_owned(), |n| format!("{:.2}", n.0.normalize()))
}

fn text(text: Option<&str>) -> String {
    text.unwrap_or("NULL").to_owned()
}

/// A co-insurance of NULL is 100, a fixed limit of 0 none.
fn limitation(line: &LineColumns) -> Option<Number> {
    match line.limitation.as_deref() {
        Some("C") => Some(
            line.limitation_value
                .unwrap_or(Number(Decimal::ONE_HUNDRED)),
        ),
        Some("F") => line.limitation_value.filter(|value| !value.is_zero()),
        _ => line.limitation_value,
    }
}

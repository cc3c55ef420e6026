//! Recorded capitations.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use super::kind::{Judged, Kind, Whom};
use super::{Difference, Explained, Fault, Verdict};
use crate::compat::openimis_1_11::Set;
use crate::compat::openimis_1_11::capitation::{
    CapitationColumns, CapitationRows, Sums, attribute_capitation, capitation_by_engine,
    replay_capitation,
};
use crate::compat::value::Number;
use crate::conventions::Preset;
use crate::error::Error;
use crate::wire::{Format, read};

/// Rows, and what was paid for them.
#[derive(Debug, Clone, Deserialize)]
pub struct CapitationVector {
    #[serde(default)]
    id: String,
    input: CapitationRows,
    expected: Expected,
}

#[derive(Debug, Clone, Deserialize)]
struct Expected {
    /// How it broke down.
    error: Option<Value>,
    sums: RecordedSums,
    /// Codes, or how the choice broke down.
    selected_health_facilities: Value,
    hf_sums: BTreeMap<String, RecordedSums>,
    #[serde(default)]
    capitation_payments: Vec<BTreeMap<String, Value>>,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedSums {
    population_families: [i64; 2],
    insurees: i64,
    policies: i64,
    /// Amount and visits, or how counting broke down.
    claim_amount_visits: Value,
}

/// Columns of the six indicators.
const TOTALS: [&str; 6] = [
    "total_population",
    "total_families",
    "total_insured_insuree",
    "total_insured_families",
    "total_claims",
    "total_adjusted",
];
const ALLOCATED: [&str; 6] = [
    "alc_contri_population",
    "alc_contri_num_families",
    "alc_contri_ins_population",
    "alc_contri_ins_families",
    "alc_contri_visits",
    "alc_contri_adjusted_amount",
];
const UNIT_PRICES: [&str; 6] = [
    "up_population",
    "up_num_families",
    "up_ins_population",
    "up_ins_families",
    "up_visits",
    "up_adjusted_amount",
];

impl Kind for CapitationVector {
    fn parse(text: &str) -> Result<Self, Error> {
        read(text, Format::Json)
    }

    fn judge(&self, whom: Whom) -> Result<Vec<Judged>, Fault> {
        let openimis = replay_capitation(&self.input, Set::ALL)?;
        let unexplained = self.differences(&openimis);
        let mut verdict = Verdict {
            id: self.id.clone(),
            equal: false,
            differences: unexplained.clone(),
            explained_by: Vec::new(),
            carried: false,
            smallest: false,
            unexplained,
        };
        match whom {
            Whom::OpenImis => {
                verdict.differences.extend(self.counts());
                verdict.unexplained.clone_from(&verdict.differences);
            }
            Whom::Ours(preset) => {
                let ours = capitation_by_engine(&self.input, preset)?;
                verdict.differences = self.differences(&ours);
                if preset == Preset::Standard {
                    // What two engines of ours see differently, no switch explains.
                    if replay_capitation(&self.input, Set::NONE)? != ours {
                        verdict.unexplained.clone_from(&verdict.differences);
                    }
                    let (switches, smallest) = attribute_capitation(&self.input)?;
                    let switches = switches.into_iter();
                    verdict.explained_by = switches
                        .map(|(switch, money)| Explained::by(switch, Number(money)))
                        .collect();
                    verdict.smallest = smallest;
                } else {
                    verdict.unexplained.clone_from(&verdict.differences);
                }
            }
        }
        verdict.equal = verdict.differences.is_empty();
        Ok(vec![Judged { run: "", verdict }])
    }
}

impl CapitationVector {
    /// Every column of the payments.
    fn differences(&self, ours: &CapitationColumns) -> Vec<Difference> {
        let mut found = Vec::new();
        compare(
            &mut found,
            "error",
            ours.crashed,
            self.expected.error.is_some(),
        );
        let text = |row: &BTreeMap<String, Value>, column: &str| match row.get(column) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let recorded: BTreeMap<String, &BTreeMap<String, Value>> = self
            .expected
            .capitation_payments
            .iter()
            .map(|row| (text(row, "health_facility_code"), row))
            .collect();
        let paid = |codes: Vec<&str>| codes.join(" ");
        let mut codes: Vec<&str> = ours.payments.iter().map(|p| p.facility.as_str()).collect();
        codes.sort_unstable();
        let theirs = recorded.keys().map(String::as_str).collect();
        compare(&mut found, "capitation_payments", paid(codes), paid(theirs));
        for row in &ours.payments {
            let Some(theirs) = recorded.get(&row.facility) else {
                continue;
            };
            let mut column = |name: &str, ours: String| {
                let path = format!("{}.{name}", row.facility);
                compare(&mut found, &path, ours, text(theirs, name));
            };
            column("year", row.month.0.to_string());
            column("month", row.month.1.to_string());
            column("region_code", row.region.clone());
            column("district_code", row.district.clone());
            column("hf_level", row.level.clone());
            column("hf_sublevel", row.sublevel.clone().unwrap_or_default());
            let money = [
                (TOTALS, row.totals),
                (ALLOCATED, row.allocated),
                (UNIT_PRICES, row.unit_prices),
            ];
            for (names, amounts) in money {
                for (name, amount) in names.into_iter().zip(amounts) {
                    column(name, format!("{amount:.2}"));
                }
            }
            column("payment_cathment", format!("{:.2}", row.payment));
        }
        found
    }

    /// What openIMIS counts on the way.
    fn counts(&self) -> Vec<Difference> {
        let mut found = Vec::new();
        let Some(ours) = Sums::of(&self.input) else {
            compare(&mut found, "sums", "", "counted");
            return found;
        };
        // Nobody is insured in the whole; that is what `insured_weights_pay_nothing` does.
        let [population, families, ..] = ours.product.people;
        let theirs = &self.expected.sums;
        let whole = format!("{} {} 0 0", population / 100, families / 100);
        compare(&mut found, "sums", whole, theirs.people());
        let claims = shown(ours.product.amount, ours.product.visits);
        compare(&mut found, "sums.claims", claims, theirs.claims());
        let crash = self.input.params.claim_type != "B";
        let mut selected = ours.selected;
        selected.sort_unstable();
        let chosen = match &self.expected.selected_health_facilities {
            Value::Array(codes) => {
                let mut codes: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
                codes.sort_unstable();
                codes.join(" ")
            }
            _ => "breakdown".to_owned(),
        };
        let selected = match crash {
            true => "breakdown".to_owned(),
            false => selected.join(" "),
        };
        compare(&mut found, "selected_health_facilities", selected, chosen);
        for (code, has) in &ours.facilities {
            let Some(theirs) = self.expected.hf_sums.get(code) else {
                continue;
            };
            let people = has.people.map(|hundredths| (hundredths / 100).to_string());
            compare(&mut found, code, people.join(" "), theirs.people());
            let claims = match crash {
                true => "breakdown".to_owned(),
                false => shown(has.amount, has.visits),
            };
            compare(
                &mut found,
                &format!("{code}.claims"),
                claims,
                theirs.claims(),
            );
        }
        found
    }
}

fn shown(amount: Decimal, visits: i64) -> String {
    format!("{} {visits}", amount.normalize())
}

impl RecordedSums {
    fn people(&self) -> String {
        let [population, families] = self.population_families;
        format!(
            "{population} {families} {} {}",
            self.insurees, self.policies
        )
    }

    fn claims(&self) -> String {
        let parts = match &self.claim_amount_visits {
            Value::Array(parts) => parts.as_slice(),
            _ => return "breakdown".to_owned(),
        };
        let (amount, visits) = match parts {
            [amount, visits] => (amount, visits),
            _ => return String::new(),
        };
        let amount = match amount {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let amount: Decimal = amount.parse().unwrap_or_default();
        shown(amount, visits.as_i64().unwrap_or_default())
    }
}

fn compare<T: PartialEq + ToString>(found: &mut Vec<Difference>, path: &str, ours: T, theirs: T) {
    if ours != theirs {
        found.push(Difference {
            path: path.to_owned(),
            ours: ours.to_string(),
            theirs: theirs.to_string(),
        });
    }
}

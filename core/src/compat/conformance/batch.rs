//! Recorded batch runs.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::kind::{Judged, Kind, Whom};
use super::{Difference, Explained, Fault, Verdict};
use crate::compat::openimis_1_11::Set;
use crate::compat::openimis_1_11::batch::{
    BatchCall, BatchColumns, BatchRows, Total, attribute_batch, batch_by_engine, replay_batch,
};
use crate::compat::value::Number;
use crate::conventions::Preset;
use crate::error::Error;
use crate::wire::{Format, read};

/// Rows, and what two calls stored.
#[derive(Debug, Clone, Deserialize)]
pub struct BatchVector {
    #[serde(default)]
    id: String,
    input: BatchRows,
    expected: Expected,
}

#[derive(Debug, Clone, Deserialize)]
struct Expected {
    process_batch: Option<Recorded>,
    do_process_batch_month_end: Option<Recorded>,
}

#[derive(Debug, Clone, Deserialize)]
struct Recorded {
    exception: Option<super::Exception>,
    returned: Option<Vec<String>>,
    #[serde(default)]
    claims: Vec<RecordedClaim>,
    #[serde(default)]
    lines: Vec<RecordedLine>,
    #[serde(default)]
    relative_indexes: Vec<RecordedIndex>,
    #[serde(default)]
    batch_runs: Vec<RecordedRun>,
    #[serde(default)]
    bills: Vec<Number>,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedClaim {
    #[serde(rename = "ref")]
    name: String,
    status: i16,
    valuated: Option<Number>,
    remunerated: Option<Number>,
    batch_run: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedLine {
    claim: String,
    line: usize,
    price_valuated: Option<Number>,
    remunerated_amount: Option<Number>,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedIndex {
    #[serde(rename = "type")]
    kind: u32,
    care_type: String,
    year: i32,
    period: u32,
    rel_index: Number,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedRun {
    run_year: i32,
    run_month: u32,
}

impl Kind for BatchVector {
    fn parse(text: &str) -> Result<Self, Error> {
        read(text, Format::Json)
    }

    fn judge(&self, whom: Whom) -> Result<Vec<Judged>, Fault> {
        let calls = [
            (
                "process_batch",
                BatchCall::ProcessBatch,
                &self.expected.process_batch,
            ),
            (
                "month_end",
                BatchCall::MonthEnd,
                &self.expected.do_process_batch_month_end,
            ),
        ];
        let mut judged = Vec::new();
        for (run, call, recorded) in calls {
            let Some(recorded) = recorded else {
                continue;
            };
            let openimis = replay_batch(&self.input, call, Set::ALL)?;
            let unexplained = recorded.differences(&openimis);
            let mut verdict = Verdict {
                id: self.id.clone(),
                equal: unexplained.is_empty(),
                differences: unexplained.clone(),
                explained_by: Vec::new(),
                carried: false,
                smallest: false,
                unexplained,
            };
            if let Whom::Ours(preset) = whom {
                let ours = batch_by_engine(&self.input, preset)?;
                verdict.differences = recorded.differences(&ours);
                verdict.equal = verdict.differences.is_empty();
                if preset == Preset::Standard {
                    // What two engines of ours see differently, no switch explains.
                    let plain = replay_batch(&self.input, call, Set::NONE)?;
                    if plain != ours {
                        verdict.unexplained.clone_from(&verdict.differences);
                    }
                    let why = attribute_batch(&self.input, call)?;
                    let shares = why.switches.into_iter();
                    verdict.explained_by = shares
                        .map(|(switch, money)| Explained::by(switch, Number(money)))
                        .collect();
                    verdict.smallest = why.smallest;
                } else {
                    verdict.unexplained.clone_from(&verdict.differences);
                }
            }
            judged.push(Judged { run, verdict });
        }
        Ok(judged)
    }
}

impl Recorded {
    /// Everything in which the columns are not those recorded. Totals of one line of several are
    /// taken loosely: which one it is depends on the physical order of rows.
    fn differences(&self, ours: &BatchColumns) -> Vec<Difference> {
        let mut found = Found(Vec::new());
        let raised = self.exception.as_ref().map(|exception| &exception.message);
        let theirs = raised.or(self.returned.iter().flatten().next());
        let (words, message) = (
            ours.crash.map_or("", |crash| crash.words()),
            theirs.map_or("", String::as_str),
        );
        if words.is_empty() != message.is_empty() || !message.contains(words) {
            found.push("exception", words, message);
        }
        if self.exception.is_some() {
            return found.0;
        }
        for (theirs, claim) in self.claims.iter().zip(&ours.claims) {
            let name = &theirs.name;
            found.compare(&format!("{name}.status"), claim.status, theirs.status);
            found.compare(&format!("{name}.batch_run"), claim.run, theirs.batch_run);
            found.total(
                &format!("{name}.valuated"),
                &claim.valuated,
                theirs.valuated,
            );
            found.total(
                &format!("{name}.remunerated"),
                &claim.remunerated,
                theirs.remunerated,
            );
        }
        for theirs in &self.lines {
            let claim = ours
                .claims
                .iter()
                .position(|claim| claim.name == theirs.claim);
            let lines = claim.and_then(|position| ours.lines.get(position));
            let columns = lines.and_then(|lines| lines.get(theirs.line));
            let columns = columns.copied().unwrap_or_default();
            let path = |column: &str| format!("{}[{}].{column}", theirs.claim, theirs.line);
            found.amount(
                &path("price_valuated"),
                columns.price_valuated,
                theirs.price_valuated,
            );
            found.amount(
                &path("remunerated_amount"),
                columns.remunerated_amount,
                theirs.remunerated_amount,
            );
        }
        let shown = |kind: u32, care: &str, year: i32, period: u32, index: Decimal| {
            format!("{kind} {care} {year} {period}: {}", index.normalize())
        };
        let indexes = ours.indexes.iter();
        let indexes: Vec<String> = indexes
            .map(|i| shown(i.kind, &i.care_type, i.year, i.period, i.rel_index))
            .collect();
        let theirs = self.relative_indexes.iter();
        let theirs: Vec<String> = theirs
            .map(|i| shown(i.kind, &i.care_type, i.year, i.period, i.rel_index.0))
            .collect();
        found.compare("relative_indexes", indexes.join(", "), theirs.join(", "));
        let (year, month) = ours.run;
        let runs = self.batch_runs.iter();
        let runs: Vec<String> = runs
            .map(|r| format!("{} {}", r.run_year, r.run_month))
            .collect();
        found.compare("batch_runs", format!("{year} {month}"), runs.join(", "));
        let mut bills: Vec<Decimal> = ours.bills.values().map(Decimal::normalize).collect();
        bills.sort_unstable();
        let mut theirs: Vec<Decimal> = self.bills.iter().map(|bill| bill.0.normalize()).collect();
        theirs.sort_unstable();
        found.compare("bills", format!("{bills:?}"), format!("{theirs:?}"));
        found.0
    }
}

/// What was found to differ.
struct Found(Vec<Difference>);

impl Found {
    fn push(&mut self, path: &str, ours: &str, theirs: &str) {
        self.0.push(Difference {
            path: path.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
        });
    }

    fn compare<T: PartialEq + ToString>(&mut self, path: &str, ours: T, theirs: T) {
        if ours != theirs {
            self.push(path, &ours.to_string(), &theirs.to_string());
        }
    }

    fn amount(&mut self, path: &str, ours: Option<Decimal>, theirs: Option<Number>) {
        let theirs = theirs.map(|number| number.0);
        if ours != theirs {
            let shown = |amount: Option<Decimal>| amount.map_or("-".to_owned(), |a| a.to_string());
            self.push(path, &shown(ours), &shown(theirs));
        }
    }

    fn total(&mut self, path: &str, ours: &Total, theirs: Option<Number>) {
        let loosely = theirs.is_some_and(|number| ours.or.contains(&number.0));
        if !loosely {
            self.amount(path, ours.is, theirs);
        }
    }
}

//! Claim by claim.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::document::{
    Audit, Deviation, DeviationShare, Fault, Figures, LargestClaim, Recorded, Remunerated, SCHEMA,
    Unreadable,
};
use super::figures::{Groups, add, money};
use super::largest::{Largest, explanation};
use crate::code::Code;
use crate::compat::columns::OpenImisColumns;
use crate::compat::conformance::{self, Engine, Vector};
use crate::compat::openimis_1_11::{
    Answer, Attribution, Crash, Deviates as _, Run, Switch, attribute_claim, remember,
};
use crate::compat::rows::{ClaimRow, HistoryRows};
use crate::compat::snapshot::Snapshot;
use crate::compat::value::Number;
use crate::compat::write::Rows;
use crate::error::Error;
use crate::wire::{Format, read, read_request};

/// How many errors and names are kept.
const NAMED: usize = 20;
/// Amounts that can be added up exactly to cents, whatever comes: 10 to the power of 24.
const MOST: Decimal = Decimal::from_parts(2_701_131_776, 466_537_709, 54_210, false, 0);

/// Where a snapshot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Position of the file among the inputs, from 0.
    pub file: usize,
    /// Line in the file, from 1.
    pub line: u32,
}

/// Takes claims and keeps sums.
#[derive(Debug, Clone)]
pub struct Auditor {
    run: Run,
    totals: Figures,
    remunerated: Remunerated,
    deviations: BTreeMap<Switch, Moved>,
    faults: BTreeMap<Crash, (u64, Number)>,
    products: Groups,
    facilities: Groups,
    categories: Groups,
    months: Groups,
    largest: Largest,
    recorded: BTreeMap<(Place, usize), String>,
    compared: u64,
    disagreements: u64,
    unreadable: u64,
    errors: BTreeMap<Place, Error>,
    /// Everything that was added up, without signs: no sum exceeds it.
    volume: Decimal,
}

/// What a deviation has moved so far.
#[derive(Debug, Clone, Copy, Default)]
struct Moved {
    claims: u64,
    adds: Number,
    takes: Number,
}

impl Auditor {
    /// An audit of nothing yet. `run` says which of openIMIS's calls is replayed.
    #[must_use]
    pub fn new(run: Run) -> Self {
        Self {
            run,
            totals: Figures::default(),
            remunerated: Remunerated::default(),
            deviations: BTreeMap::new(),
            faults: BTreeMap::new(),
            products: Groups::default(),
            facilities: Groups::default(),
            categories: Groups::default(),
            months: Groups::default(),
            largest: Largest::default(),
            recorded: BTreeMap::new(),
            compared: 0,
            disagreements: 0,
            unreadable: 0,
            errors: BTreeMap::new(),
            volume: Decimal::ZERO,
        }
    }

    /// Takes a snapshot from JSON text: all its claims in order. What the real engine recorded for
    /// them, as in our vectors, is compared with the replay.
    ///
    /// A snapshot that cannot be used is counted as such; of a sequence, the claims before the one
    /// that cannot be used are part of the audit.
    ///
    /// # Errors
    /// The same error that is kept, for whoever wants to tell it at once.
    pub fn take(&mut self, place: Place, text: &str) -> Result<(), conformance::Fault> {
        let taken = self.try_take(place, text);
        self.noting(place, taken)
    }

    /// Takes a request to a scheme, of which `rows` are openIMIS's, from JSON text.
    ///
    /// # Errors
    /// As [`take`](Self::take); also if openIMIS's rows cannot hold the request.
    pub fn take_request(
        &mut self,
        place: Place,
        rows: &Rows<'_>,
        text: &str,
    ) -> Result<(), conformance::Fault> {
        let taken = self.try_take_request(place, rows, text);
        self.noting(place, taken)
    }

    fn noting(
        &mut self,
        place: Place,
        taken: Result<(), conformance::Fault>,
    ) -> Result<(), conformance::Fault> {
        if let Err(fault) = &taken {
            self.unreadable += 1;
            let mut error = match fault {
                conformance::Fault::Error(error) => error.clone(),
                conformance::Fault::Invalid(invalid) => match invalid.errors().first() {
                    Some(error) => error.clone(),
                    None => Error::new("scheme.invalid", "", invalid.to_string()),
                },
            };
            // The line of the file; the text of one snapshot has but one.
            error.line = None;
            self.errors.insert(place, error);
            if self.errors.len() > NAMED {
                self.errors.pop_last();
            }
        }
        taken
    }

    fn try_take(&mut self, place: Place, text: &str) -> Result<(), conformance::Fault> {
        #[derive(Deserialize)]
        struct Probe {
            expected: Option<IgnoredAny>,
        }
        let Probe { expected } = read(text, Format::Json)?;
        let snapshot = if expected.is_some() {
            let vector = Vector::parse(text)?;
            self.check(place, &vector)?;
            vector.snapshot
        } else {
            Snapshot::parse(text)?
        };
        self.answer(place, &snapshot)
    }

    fn try_take_request(
        &mut self,
        place: Place,
        rows: &Rows<'_>,
        text: &str,
    ) -> Result<(), conformance::Fault> {
        let snapshot = rows.snapshot(&read_request(text)?)?;
        self.answer(place, &snapshot)
    }

    fn answer(&mut self, place: Place, snapshot: &Snapshot) -> Result<(), conformance::Fault> {
        let mut history = snapshot.input.history.clone();
        for (position, claim) in snapshot.claims().enumerate() {
            let answered = attribute_claim(snapshot, claim, &history, self.run)?;
            self.add(place, position, snapshot, claim, &history, &answered)?;
            if let Some(last) = answered.openimis.last() {
                remember(&mut history, claim, &last.columns);
            }
        }
        Ok(())
    }

    /// Compares what the real engine recorded.
    fn check(&mut self, place: Place, vector: &Vector) -> Result<(), conformance::Fault> {
        let verdicts = vector.verdicts(Engine::OpenImis(self.run))?;
        for (position, verdict) in verdicts.into_iter().enumerate() {
            self.compared += 1;
            if !verdict.equal {
                self.disagreements += 1;
                self.recorded.insert((place, position), verdict.id);
                if self.recorded.len() > NAMED {
                    self.recorded.pop_last();
                }
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        place: Place,
        position: usize,
        snapshot: &Snapshot,
        claim: &ClaimRow,
        history: &HistoryRows,
        answered: &Attribution,
    ) -> Result<(), Error> {
        let paid = [
            stored(&answered.openimis).and_then(|columns| columns.claim.remunerated),
            stored(&answered.standard).and_then(|columns| columns.claim.remunerated),
        ];
        let paid = paid.map(|amount| amount.unwrap_or_default().0);
        self.weigh(claim, answered, &paid)?;

        let difference = answered.openimis_approved.0 - answered.standard_approved.0;
        let (facility, month) = (facility(snapshot, claim), month(claim));
        let (category, products) = (category(&answered.standard), products(answered));
        self.totals.add(answered);
        let [openimis, standard] = paid;
        self.remunerated.add(openimis, standard);
        self.products.add(&products, answered);
        self.facilities.add(facility, answered);
        self.categories.add(category, answered);
        self.months.add(&month, answered);
        for share in &answered.switches {
            let moved = self.deviations.entry(share.switch).or_default();
            moved.claims += 1;
            if share.money.0 > Decimal::ZERO {
                add(&mut moved.adds, share.money.0);
            } else {
                add(&mut moved.takes, -share.money.0);
            }
        }
        if let Some(fault) = answered.openimis.fault() {
            let (claims, standard) = self.faults.entry(fault).or_default();
            *claims += 1;
            add(standard, answered.standard_approved.0);
        }
        if !difference.is_zero() {
            let rank = (Reverse(difference.abs()), place.file, place.line, position);
            self.largest.offer(rank, || LargestClaim {
                snapshot: snapshot.id.clone(),
                file: place.file,
                line: place.line,
                claim: claim.code.clone(),
                facility: facility.clone(),
                date: claim.date_from.map(|moment| moment.day.to_string()),
                category: category.to_owned(),
                products: products.clone(),
                fault: answered.openimis.fault(),
                openimis_approved: money(answered.openimis_approved.0),
                standard_approved: money(answered.standard_approved.0),
                difference: money(difference),
                deviations: answered
                    .switches
                    .iter()
                    .map(|share| DeviationShare {
                        switch: share.switch,
                        meaning: share.switch.row().meaning,
                        money: money(share.money.0),
                    })
                    .collect(),
                openimis: stored(&answered.openimis).cloned(),
                standard: stored(&answered.standard).cloned(),
                differences: answered.differences.clone(),
                explanation: explanation(snapshot, claim, history),
            });
        }
        Ok(())
    }

    /// Refuses a claim whose amounts could spoil a sum.
    fn weigh(
        &mut self,
        claim: &ClaimRow,
        answered: &Attribution,
        paid: &[Decimal],
    ) -> Result<(), Error> {
        let approved = [answered.openimis_approved.0, answered.standard_approved.0];
        let shares = answered.switches.iter().map(|share| share.money.0);
        let all = approved.into_iter().chain(paid.iter().copied());
        let mut volume = Some(self.volume);
        for amount in all.chain(shares) {
            volume = volume.and_then(|sum| sum.checked_add(amount.abs()));
        }
        match volume.filter(|sum| *sum <= MOST) {
            Some(sum) => {
                self.volume = sum;
                Ok(())
            }
            None => Err(Error::new(
                "amount.range",
                format!("input.claim {}", claim.code),
                "the amounts are too large to be added up",
            )),
        }
    }

    /// Takes over what another has counted. Both have to replay the same run.
    pub fn merge(&mut self, other: Self) {
        self.totals.merge(&other.totals);
        let paid = other.remunerated;
        self.remunerated.add(paid.openimis.0, paid.standard.0);
        for (switch, moved) in other.deviations {
            let sum = self.deviations.entry(switch).or_default();
            sum.claims += moved.claims;
            add(&mut sum.adds, moved.adds.0);
            add(&mut sum.takes, moved.takes.0);
        }
        for (fault, (claims, standard)) in other.faults {
            let sum = self.faults.entry(fault).or_default();
            sum.0 += claims;
            add(&mut sum.1, standard.0);
        }
        self.products.merge(other.products);
        self.facilities.merge(other.facilities);
        self.categories.merge(other.categories);
        self.months.merge(other.months);
        self.largest.merge(other.largest);
        self.recorded.extend(other.recorded);
        self.compared += other.compared;
        self.disagreements += other.disagreements;
        self.unreadable += other.unreadable;
        self.errors.extend(other.errors);
        self.volume += other.volume;
    }

    /// The audit of everything taken.
    #[must_use]
    pub fn finish(self) -> Audit {
        let mut deviations: Vec<Deviation> = Switch::ALL
            .iter()
            .filter_map(|switch| {
                let row = switch.row();
                let moved = self.deviations.get(switch)?;
                Some(Deviation {
                    switch: *switch,
                    meaning: row.meaning,
                    source: row.source,
                    claims: moved.claims,
                    adds: moved.adds,
                    takes: moved.takes,
                    difference: money(moved.adds.0 - moved.takes.0),
                })
            })
            .collect();
        deviations.sort_by_key(|row| Reverse((row.adds.0 + row.takes.0, row.claims)));
        let faults = self.faults.into_iter();
        let errors = self.errors.into_iter().take(NAMED);
        Audit {
            schema: SCHEMA,
            from: "openimis-1.11",
            to: "standard",
            run: self.run,
            totals: self.totals,
            remunerated: self.remunerated,
            deviations,
            faults: faults
                .map(|(fault, (claims, standard))| Fault {
                    fault,
                    claims,
                    standard,
                })
                .collect(),
            products: self.products.by_money(),
            facilities: self.facilities.by_money(),
            categories: self.categories.by_money(),
            months: self.months.by_name(),
            largest: self.largest.finish(),
            recorded: Recorded {
                claims: self.compared,
                disagreements: self.disagreements,
                names: self.recorded.into_values().take(NAMED).collect(),
            },
            unreadable: self.unreadable,
            errors: errors
                .map(|(place, error)| Unreadable {
                    file: place.file,
                    line: place.line,
                    error,
                })
                .collect(),
        }
    }
}

fn stored(answer: &Answer) -> Option<&OpenImisColumns> {
    answer.last().map(|stored| &stored.columns)
}

fn facility<'a>(snapshot: &'a Snapshot, claim: &'a ClaimRow) -> &'a Code {
    let own = claim.health_facility.as_ref();
    own.unwrap_or(&snapshot.input.health_facility.code)
}

/// `2025-03`; empty if the claim has no day.
fn month(claim: &ClaimRow) -> String {
    let day = claim.date_from.map(|moment| moment.day.to_string());
    // Year, month and day, the year with four digits.
    day.and_then(|day| day.get(..7).map(str::to_owned))
        .unwrap_or_default()
}

fn category(standard: &Answer) -> &'static str {
    match stored(standard).and_then(|columns| columns.claim.category.as_deref()) {
        Some("S") => "surgery",
        Some("D") => "delivery",
        Some("A") => "antenatal",
        Some("H") => "hospitalization",
        Some("C") => "consultation",
        Some("V") => "visit",
        _ => "",
    }
}

/// The products that pay a line in either engine.
fn products(answered: &Attribution) -> String {
    let answers = [&answered.openimis, &answered.standard];
    let columns = answers.into_iter().filter_map(stored);
    let lines = columns.flat_map(|columns| columns.items.iter().chain(&columns.services));
    let names: BTreeSet<&str> = lines.filter_map(|line| line.product.as_deref()).collect();
    names.into_iter().collect::<Vec<_>>().join(" + ")
}

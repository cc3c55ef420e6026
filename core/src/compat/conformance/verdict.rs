//! Judging the claims of a vector in order, each seeing what the earlier ones left.

use serde::Serialize;

use super::Fault;
use super::compare::{Difference, compare, matters};
use super::exact::exactly;
use super::vector::{Exception, Recorded, Vector};
use crate::adjudicate::{Adjudicator, NoTrace};
use crate::claim::Request;
use crate::compat::columns::{OpenImisColumns, columns};
use crate::compat::openimis_1_11::{
    Answer, Crash, Deviates, Replay, Run, Stored, SwitchRow, Switches, attribute_claim, remember,
};
use crate::compat::read::Reading;
use crate::compat::rows::ClaimRow;
use crate::compat::snapshot::Snapshot;
use crate::compat::value::Number;
use crate::conventions::Preset;
use crate::decision::{DecisionParts, document};
use crate::ruleset::RuleSet;

/// Which engine is compared with what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Ours under a preset, with the recorded runs of `process`.
    Ours(Preset),
    /// The replay of openIMIS 1.11, with the recorded runs of the same kind.
    OpenImis(Run),
}

/// A switch that makes a difference; of whichever table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Name of the switch.
    pub switch: &'static str,
    /// What openIMIS 1.11 does.
    #[serde(skip)]
    pub meaning: &'static str,
    /// What it adds to what is paid; negative if the switch pays less.
    pub money: Number,
}

impl Explained {
    /// By a switch and what it moves.
    #[must_use]
    pub fn by<D: Deviates>(switch: D, money: Number) -> Self {
        let SwitchRow { name, meaning, .. } = switch.row();
        Self {
            switch: name,
            meaning,
            money,
        }
    }
}

/// How an answer compares with what openIMIS stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Name of the snapshot, and for one claim of several its code.
    pub id: String,
    /// No column differs.
    pub equal: bool,
    /// The columns that differ.
    pub differences: Vec<Difference>,
    /// The switches that make the difference, over the history that openIMIS left.
    pub explained_by: Vec<Explained>,
    /// Earlier claims were decided otherwise, so less or more was left for this one.
    pub carried: bool,
    /// No smaller set of switches makes the difference.
    pub smallest: bool,
    /// Differences that the switches do not explain.
    pub unexplained: Vec<Difference>,
}

impl Vector {
    /// Answers the claims in order, each seeing what the same engine left of the earlier ones, and
    /// compares. Differences are attributed for `standard` only.
    ///
    /// # Errors
    /// If the snapshot cannot be read or adjudicated.
    pub fn verdicts(&self, engine: Engine) -> Result<Vec<Verdict>, Fault> {
        match engine {
            Engine::Ours(preset) => self.ours(preset),
            Engine::OpenImis(run) => self.replayed(run),
        }
    }

    fn name(&self, claim: &ClaimRow) -> String {
        let name = self.snapshot.id.clone().unwrap_or_default();
        if self.snapshot.input.claim.is_some() {
            name
        } else {
            format!("{name} {}", claim.code)
        }
    }

    fn ours(&self, preset: Preset) -> Result<Vec<Verdict>, Fault> {
        let mut ours = self.snapshot.clone();
        let mut theirs = self.snapshot.input.history.clone();
        let mut adjudicator: Option<Adjudicator> = None;
        let mut found = Vec::new();
        for (claim, recorded) in self.snapshot.claims().zip(&self.process) {
            let Reading {
                scheme, request, ..
            } = ours.read_claim(claim)?.with_preset(preset);
            let adjudicator = match &mut adjudicator {
                Some(adjudicator) => adjudicator,
                empty => empty.insert(Adjudicator::new(&RuleSet::compile(scheme)?)),
            };
            let stored = decide(adjudicator, &request)?;
            let differences = in_meaning(&self.snapshot, Some(&stored), recorded);
            let mut verdict = Verdict {
                id: self.name(claim),
                equal: differences.is_empty(),
                unexplained: differences.clone(),
                differences,
                explained_by: Vec::new(),
                carried: false,
                smallest: false,
            };
            if preset == Preset::Standard {
                // Over what openIMIS left, so that only this claim is explained.
                let why = attribute_claim(&self.snapshot, claim, &theirs, Run::Process)?;
                let replayed = why.openimis.first();
                verdict.unexplained =
                    match crash(&why.openimis) == recorded_crash(&recorded.exception) {
                        true => in_meaning(&self.snapshot, replayed.map(|s| &s.columns), recorded),
                        false => verdict.differences.clone(),
                    };
                let past = &ours.input.history;
                verdict.carried = *past != theirs && {
                    let request = Snapshot {
                        input: with(&ours, &theirs),
                        ..ours.clone()
                    };
                    decide(adjudicator, &request.read_claim(claim)?.request)? != stored
                };
                let shares = why.switches.into_iter();
                verdict.explained_by = shares
                    .map(|share| Explained::by(share.switch, share.money))
                    .collect();
                verdict.smallest = why.smallest;
            }
            found.push(verdict);
            remember(&mut ours.input.history, claim, &stored);
            if let Some(left) = recorded.left() {
                remember(&mut theirs, claim, &left);
            }
        }
        Ok(found)
    }

    fn replayed(&self, run: Run) -> Result<Vec<Verdict>, Fault> {
        let mut history = self.snapshot.input.history.clone();
        let mut found = Vec::new();
        for (position, claim) in self.snapshot.claims().take(self.recorded(run)).enumerate() {
            let replay = Replay {
                snapshot: &self.snapshot,
                history: &history,
                run,
            };
            let answer = replay.claim(claim, Switches::ALL)?;
            let differences = self.against_recorded(run, position, &answer);
            found.push(Verdict {
                id: self.name(claim),
                equal: differences.is_empty(),
                unexplained: differences.clone(),
                differences,
                explained_by: Vec::new(),
                carried: false,
                smallest: false,
            });
            if let Some(last) = answer.last() {
                remember(&mut history, claim, &last.columns);
            }
        }
        Ok(found)
    }

    /// Every column, the reported reasons in order, and the exception.
    fn against_recorded(&self, run: Run, position: usize, answer: &Answer) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut call = |stored: Option<&Stored>, recorded: &Recorded| {
            found.extend(exceptions(answer, &recorded.exception));
            if let (Some(ours), Some(theirs)) = (stored, &recorded.stored) {
                found.extend(reported(&ours.errors, &recorded.errors));
                found.extend(exactly(&ours.columns, theirs));
            }
        };
        match run {
            Run::Submit | Run::Process => {
                let of_run = if run == Run::Submit {
                    &self.submit
                } else {
                    &self.process
                };
                let Some(recorded) = of_run.get(position) else {
                    return found;
                };
                call(answer.first(), recorded);
                if let (Some(last), Some(left)) = (answer.last(), recorded.left())
                    && recorded.after.is_some()
                {
                    found.extend(exactly(&last.columns, &left));
                }
            }
            Run::Flow => {
                let Some(flow) = self.flow.get(position) else {
                    return found;
                };
                if let (Some(submit), Some(process)) = (&flow.submit, &flow.process) {
                    call(answer.first(), submit);
                    call(answer.last(), process);
                } else {
                    found.extend(exceptions(answer, &flow.exception));
                }
            }
        }
        found
    }
}

fn with(
    snapshot: &Snapshot,
    history: &crate::compat::rows::HistoryRows,
) -> crate::compat::snapshot::Input {
    crate::compat::snapshot::Input {
        history: history.clone(),
        ..snapshot.input.clone()
    }
}

fn crash(answer: &Answer) -> &str {
    answer.fault().map_or("", Crash::name)
}

fn recorded_crash(exception: &Option<Exception>) -> &str {
    exception.as_ref().map_or("", |exception| &exception.kind)
}

fn exceptions(answer: &Answer, recorded: &Option<Exception>) -> Option<Difference> {
    let (ours, theirs) = (crash(answer), recorded_crash(recorded));
    (ours != theirs).then(|| Difference {
        path: "exception".to_owned(),
        ours: ours.to_owned(),
        theirs: theirs.to_owned(),
    })
}

fn reported(ours: &[i16], theirs: &[i16]) -> Option<Difference> {
    (ours != theirs).then(|| Difference {
        path: "errors".to_owned(),
        ours: format!("{ours:?}"),
        theirs: format!("{theirs:?}"),
    })
}

/// The columns that differ in meaning; for a breakdown one difference that says so.
fn in_meaning(
    snapshot: &Snapshot,
    ours: Option<&OpenImisColumns>,
    recorded: &Recorded,
) -> Vec<Difference> {
    match (ours, &recorded.stored) {
        (Some(ours), Some(theirs)) if recorded.exception.is_none() => {
            let mut all = compare(ours, theirs);
            all.retain(|difference| matters(&snapshot.input, difference));
            all
        }
        (None, None) => Vec::new(),
        _ => vec![Difference {
            path: "exception".to_owned(),
            ours: String::new(),
            theirs: recorded_crash(&recorded.exception).to_owned(),
        }],
    }
}

fn decide(adjudicator: &mut Adjudicator, request: &Request) -> Result<OpenImisColumns, Fault> {
    let rules = adjudicator.rules().clone();
    let outcome = adjudicator.adjudicate(request, &mut NoTrace)?;
    let decision = document(&DecisionParts {
        rules: &rules,
        request,
        outcome,
        trace: None,
        request_digest: None,
    });
    Ok(columns(request, &decision))
}

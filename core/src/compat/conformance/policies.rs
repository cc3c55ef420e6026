//! Recorded periods and values of policies.

use serde::Deserialize;

use super::kind::{Judged, Kind, Whom};
use super::{Difference, Exception, Explained, Fault, Verdict};
use crate::compat::openimis_1_11::policies::{
    PolicyAnswer, PolicySwitches, attribute_policy, replay_policy,
};
use crate::compat::policies::PolicySnapshot;
use crate::compat::value::{Moment, Number};
use crate::conventions::Preset;
use crate::enrolment::{ChargedAs, premium};
use crate::error::Error;
use crate::ruleset::RuleSet;
use crate::wire::{Format, read};

/// A policy and what openIMIS said of it.
#[derive(Debug, Clone)]
pub(super) struct PolicyVector {
    snapshot: PolicySnapshot,
    recorded: RecordedPolicy,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedPolicy {
    exception: Option<Exception>,
    start_date: Option<Moment>,
    expiry_date: Option<Moment>,
    value: Option<Number>,
    warnings: Option<u8>,
}

impl Kind for PolicyVector {
    fn parse(text: &str) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Answers {
            expected: RecordedPolicy,
        }
        let Answers { expected } = read(text, Format::Json)?;
        Ok(Self {
            snapshot: PolicySnapshot::parse(text)?,
            recorded: expected,
        })
    }

    fn judge(&self, whom: Whom) -> Result<Vec<Judged>, Fault> {
        let mut verdict = Verdict {
            id: self.snapshot.id.clone().unwrap_or_default(),
            equal: false,
            differences: Vec::new(),
            explained_by: Vec::new(),
            carried: false,
            smallest: false,
            unexplained: Vec::new(),
        };
        match whom {
            Whom::OpenImis => {
                let answer = replay_policy(&self.snapshot, PolicySwitches::ALL)?;
                verdict.differences = self.differences(&answer);
                verdict.unexplained.clone_from(&verdict.differences);
            }
            Whom::Ours(preset) => {
                let ours = self.ours(preset)?;
                verdict.differences = self.differences(&ours);
                verdict.unexplained.clone_from(&verdict.differences);
                if preset == Preset::Standard {
                    let why = attribute_policy(&self.snapshot)?;
                    // The switches explain what lies between the two ends of the replay, so both
                    // must be right: the one what we answer, the other what was recorded.
                    if ours == why.standard {
                        verdict.unexplained = self.differences(&why.openimis);
                    }
                    let switches = why.switches.into_iter();
                    verdict.explained_by = switches
                        .map(|(switch, money)| Explained::by(switch, Number(money)))
                        .collect();
                    verdict.smallest = why.smallest;
                }
            }
        }
        verdict.equal = verdict.differences.is_empty();
        Ok(vec![Judged { run: "", verdict }])
    }
}

impl PolicyVector {
    /// The answer of our engine, in openIMIS's terms.
    fn ours(&self, preset: Preset) -> Result<PolicyAnswer, Fault> {
        let reading = self.snapshot.read()?.with_preset(preset);
        let rules = RuleSet::compile(reading.scheme)?;
        let answer = premium(&rules, &reading.request)?;
        let beyond = |charged| charged == ChargedAs::BeyondMaximum;
        let beyond = answer.members.iter().any(|member| beyond(member.charged));
        Ok(PolicyAnswer::Valued {
            start_date: answer.period.start,
            expiry_date: answer.period.expiry,
            value: Number(answer.total.decimal()),
            warnings: u8::from(beyond),
        })
    }

    fn differences(&self, ours: &PolicyAnswer) -> Vec<Difference> {
        let recorded = &self.recorded;
        let difference = |path: &str, ours: String, theirs: String| Difference {
            path: path.to_owned(),
            ours,
            theirs,
        };
        let exception = recorded.exception.as_ref().map_or("", |e| e.kind.as_str());
        match ours {
            PolicyAnswer::Unadjudicable { fault } if fault.name() == exception => Vec::new(),
            PolicyAnswer::Unadjudicable { fault } => {
                vec![difference(
                    "exception",
                    fault.name().to_owned(),
                    exception.to_owned(),
                )]
            }
            PolicyAnswer::Valued { .. } if !exception.is_empty() => {
                vec![difference("exception", String::new(), exception.to_owned())]
            }
            PolicyAnswer::Valued {
                start_date,
                expiry_date,
                value,
                warnings,
            } => {
                let mut found = Vec::new();
                let days = [
                    ("start_date", *start_date, recorded.start_date),
                    ("expiry_date", *expiry_date, recorded.expiry_date),
                ];
                for (path, ours, theirs) in days {
                    if theirs.is_none_or(|theirs| theirs.day != ours) {
                        let theirs = theirs.map_or_else(String::new, |day| day.to_string());
                        found.push(difference(path, ours.to_string(), theirs));
                    }
                }
                if recorded.value != Some(*value) {
                    let theirs = recorded.value.map_or_else(String::new, |v| v.to_string());
                    found.push(difference("value", value.to_string(), theirs));
                }
                if recorded.warnings != Some(*warnings) {
                    let theirs = recorded
                        .warnings
                        .map_or_else(String::new, |w| w.to_string());
                    found.push(difference("warnings", warnings.to_string(), theirs));
                }
                found
            }
        }
    }
}

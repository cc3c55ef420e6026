//! The kinds of recorded answers, told apart by their shape: one place to add a kind.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::batch::BatchVector;
use super::capitation::CapitationVector;
use super::eligibility::EligibilityVector;
use super::policies::PolicyVector;
use super::{Engine, Fault, Vector, Verdict};
use crate::compat::openimis_1_11::Run;
use crate::conventions::Preset;
use crate::error::Error;
use crate::wire::{Format, read};

/// Whom to answer as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Us, under a preset.
    Ours(Preset),
    /// openIMIS 1.11, replayed with every switch on.
    OpenImis,
}

/// The verdict on one recorded answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Which call was recorded, such as `submit`; empty if there is but one.
    pub run: &'static str,
    /// How the answers compare.
    pub verdict: Verdict,
}

/// A kind of vectors.
pub trait Kind: Sized {
    /// Reads a vector from one line of a file.
    ///
    /// # Errors
    /// If the text is no vector of this kind.
    fn parse(text: &str) -> Result<Self, Error>;

    /// Answers what was recorded, and compares.
    ///
    /// # Errors
    /// If the rows cannot be read or answered.
    fn judge(&self, whom: Whom) -> Result<Vec<Judged>, Fault>;
}

/// Reads a vector of any kind and judges it.
///
/// # Errors
/// If the text is no vector, or its rows cannot be answered.
pub fn judge(text: &str, whom: Whom) -> Result<Vec<Judged>, Fault> {
    let shape: Shape = read(text, Format::Json)?;
    let has = |field: &str| shape.input.contains_key(field);
    // A further kind is told apart by a field of `input` that no other kind has.
    if has("payment_plan") {
        of::<BatchVector>(text, whom)
    } else if has("params") {
        of::<CapitationVector>(text, whom)
    } else if has("request") {
        of::<EligibilityVector>(text, whom)
    } else if has("members") {
        of::<PolicyVector>(text, whom)
    } else {
        of::<Vector>(text, whom)
    }
}

/// The fields by which kinds are told apart.
#[derive(Deserialize)]
struct Shape {
    #[serde(default)]
    input: BTreeMap<String, IgnoredAny>,
}

fn of<K: Kind>(text: &str, whom: Whom) -> Result<Vec<Judged>, Fault> {
    K::parse(text)?.judge(whom)
}

impl Kind for Vector {
    fn parse(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }

    fn judge(&self, whom: Whom) -> Result<Vec<Judged>, Fault> {
        let runs: &[(&str, Engine)] = match whom {
            Whom::Ours(preset) => &[("", Engine::Ours(preset))],
            Whom::OpenImis => &[
                ("submit", Engine::OpenImis(Run::Submit)),
                ("process", Engine::OpenImis(Run::Process)),
                ("flow", Engine::OpenImis(Run::Flow)),
            ],
        };
        let mut judged = Vec::new();
        for (run, engine) in runs {
            let verdicts = self.verdicts(*engine)?.into_iter();
            judged.extend(verdicts.map(|verdict| Judged { run, verdict }));
        }
        Ok(judged)
    }
}

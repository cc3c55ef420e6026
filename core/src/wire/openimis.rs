//! openIMIS 1.11 replayed over its own rows, from text to text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Format, read, write_json};
use crate::code::Code;
use crate::compat::Snapshot;
use crate::compat::openimis_1_11::{
    Answer, Attribution, Replay, Run, Switch, Switches, attribute_claim, remember,
};
use crate::error::Error;

/// What to replay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayOptions {
    /// The call; `process` if left out.
    #[serde(default)]
    pub run: Run,
    /// The switches that are on; all of them, which is openIMIS 1.11, if left out. None of them
    /// is `standard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switches: Option<Vec<Switch>>,
}

/// The answer to one claim of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReplayedClaim {
    /// The claim's code.
    pub claim: Code,
    /// What is stored, or how the engine broke down.
    #[serde(flatten)]
    pub answer: Answer,
}

/// Why one claim of a snapshot is answered otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AttributedClaim {
    /// The claim's code.
    pub claim: Code,
    /// The switches and what they move.
    #[serde(flatten)]
    pub attribution: Attribution,
}

/// Replays the claims of a snapshot in order, each seeing what the earlier ones left.
///
/// # Errors
/// If an amount has too many digits.
pub fn openimis_replay(
    snapshot: &Snapshot,
    options: &ReplayOptions,
) -> Result<Vec<ReplayedClaim>, Error> {
    let on = match &options.switches {
        Some(switches) => switches.iter().copied().collect(),
        None => Switches::ALL,
    };
    let mut history = snapshot.input.history.clone();
    let mut answers = Vec::new();
    for claim in snapshot.claims() {
        let replay = Replay {
            snapshot,
            history: &history,
            run: options.run,
        };
        let answer = replay.claim(claim, on)?;
        if let Some(last) = answer.last() {
            remember(&mut history, claim, &last.columns);
        }
        answers.push(ReplayedClaim {
            claim: claim.code.clone(),
            answer,
        });
    }
    Ok(answers)
}

/// Attributes the claims of a snapshot in order, each over what openIMIS left of the earlier ones.
///
/// # Errors
/// If an amount has too many digits.
pub fn openimis_attribute(snapshot: &Snapshot, run: Run) -> Result<Vec<AttributedClaim>, Error> {
    let mut history = snapshot.input.history.clone();
    let mut all = Vec::new();
    for claim in snapshot.claims() {
        let attribution = attribute_claim(snapshot, claim, &history, run)?;
        if let Some(last) = attribution.openimis.last() {
            remember(&mut history, claim, &last.columns);
        }
        all.push(AttributedClaim {
            claim: claim.code.clone(),
            attribution,
        });
    }
    Ok(all)
}

/// As [`openimis_replay`], from JSON text to JSON text: a list of [`ReplayedClaim`]. `options` is a
/// [`ReplayOptions`] or empty.
///
/// # Errors
/// If a text is no such document, or an amount has too many digits.
pub fn openimis_replay_json(snapshot: &str, options: &str, out: &mut Vec<u8>) -> Result<(), Error> {
    let snapshot = Snapshot::parse(snapshot)?;
    write_json(&openimis_replay(&snapshot, &replay_options(options)?)?, out)
}

/// As [`openimis_attribute`], from JSON text to JSON text: a list of [`AttributedClaim`]. Of the
/// [`ReplayOptions`] only the run is read, and switches are an error.
///
/// # Errors
/// If a text is no such document, or an amount has too many digits.
pub fn openimis_attribute_json(
    snapshot: &str,
    options: &str,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let snapshot = Snapshot::parse(snapshot)?;
    let options = replay_options(options)?;
    if options.switches.is_some() {
        return Err(Error::new(
            "switches.unexpected",
            "switches",
            "attribution finds the switches itself",
        ));
    }
    write_json(&openimis_attribute(&snapshot, options.run)?, out)
}

fn replay_options(text: &str) -> Result<ReplayOptions, Error> {
    if text.trim().is_empty() {
        return Ok(ReplayOptions::default());
    }
    read(text, Format::Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SNAPSHOT: &str = r#"{"input": {
        "health_facility": {"code": "HF1", "level": "C", "care_type": "B"},
        "medical_items": [{"code": "I1", "price": "99.99", "patient_category": 15,
            "validity_from": "2019-01-01"}],
        "items_pricelist": {"details": [{"item": "I1", "validity_from": "2019-01-01"}]},
        "products": [{"code": "P1", "ceiling_interpretation": "I", "items": [{"item": "I1",
            "price_origin": "P", "limitation_type": "C", "limit_adult": "100.00"}]}],
        "family": {"members": [{"chf_id": "1", "dob": "1980-01-01", "gender": "F"}]},
        "policies": [{"ref": "POL1", "product": "P1", "status": 2, "stage": "N",
            "effective_date": "2024-01-01", "expiry_date": "2024-12-31",
            "insuree_policies": [{"insuree": "1", "effective_date": "2024-01-01",
                "expiry_date": "2024-12-31"}]}],
        "claim": {"code": "C1", "insuree": "1", "date_from": "2024-05-01",
            "date_claimed": "2024-05-02", "status": 2,
            "items": [{"item": "I1", "qty_provided": "1.50", "price_asked": "99.99", "status": 1}]}
    }}"#;

    fn json(
        run: impl FnOnce(&str, &str, &mut Vec<u8>) -> Result<(), Error>,
        options: &str,
    ) -> serde_json::Value {
        let mut out = Vec::new();
        run(SNAPSHOT, options, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn switches_say_which_engine_answers() {
        for (options, approved) in [
            ("", "149.00"),
            (r#"{"run": "flow"}"#, "149.99"),
            (r#"{"switches": []}"#, "149.99"),
            (r#"{"switches": ["int_truncation"]}"#, "149.00"),
        ] {
            let answers = json(openimis_replay_json, options);
            assert_eq!(answers[0]["claim"], "C1");
            assert_eq!(answers[0]["outcome"], "adjudicated");
            assert_eq!(
                answers[0]["last"]["claim"]["approved"], approved,
                "{options}"
            );
        }
    }

    #[test]
    fn attribution_names_the_switch_and_its_money() {
        let all = json(openimis_attribute_json, "");
        assert_eq!(all[0]["equal"], false);
        let switches = serde_json::json!([{"switch": "int_truncation", "money": "-0.99"}]);
        assert_eq!(all[0]["switches"], switches);
        assert_eq!(all[0]["smallest"], true);
    }

    #[test]
    fn wrong_options_are_told() {
        let told = |options: &str| {
            let mut out = Vec::new();
            openimis_replay_json(SNAPSHOT, options, &mut out)
                .unwrap_err()
                .to_string()
        };
        assert!(told(r#"{"switches": ["ghost"]}"#).contains("ghost"));
        assert!(told(r#"{"run": "walk"}"#).contains("walk"));
        let mut out = Vec::new();
        let refused = openimis_attribute_json(SNAPSHOT, r#"{"switches": []}"#, &mut out);
        assert_eq!(refused.unwrap_err().code, "switches.unexpected");
    }
}

//! Decisions in words.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in these files a value that is not there is a failed test"
)]

mod golden;
mod languages;
mod pages;

use adjudica::decision::TraceLevel;
use adjudica::explain::{Catalogue, Catalogues};
use adjudica::wire::{Format, Options, Session, read_scheme};
use adjudica::{Code, Decision, RuleSet};

const SCHEME: &str = include_str!("data/scheme.yaml");
const DEDUCTIBLE: &str = include_str!("data/deductible.json");
const WAITING: &str = include_str!("data/waiting.json");
const UNCOVERED: &str = include_str!("data/uncovered.json");

fn rules() -> RuleSet {
    RuleSet::compile(read_scheme(SCHEME, Format::Yaml).unwrap()).unwrap()
}

fn decide(rules: &RuleSet, request: &str, trace: TraceLevel) -> Decision {
    let options = Options {
        trace,
        digest: false,
    };
    let mut out = Vec::new();
    let mut session = Session::new(rules, options);
    session.adjudicate_json(request, &mut out).unwrap();
    let mut decision: Decision = serde_json::from_slice(&out).unwrap();
    // What changes with every version of the engine is not for these tests.
    decision.provenance.engine = "0".into();
    decision.provenance.scheme_digest = Code::new("digest").unwrap();
    decision
}

fn language(tag: &str) -> &'static Catalogue {
    Catalogues::built_in().unwrap().get(tag).unwrap()
}

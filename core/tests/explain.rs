//! Decisions in words.
#![expect(clippy::unwrap_used, reason = "a failure of a helper is a failed test")]

use adjudica::explain::{self, Catalogues};
use adjudica::wire::{Format, Options, Session, read, read_scheme};
use adjudica::{Decision, RuleSet};

const SCHEME: &str = include_str!("data/explain/scheme.yaml");
const DEDUCTIBLE: &str = include_str!("data/explain/deductible.json");

fn decide(rules: &RuleSet, request: &str, trace: &str) -> Decision {
    let options = format!(r#"{{"trace":"{trace}","digest":false}}"#);
    let options: Options = read(&options, Format::Json).unwrap();
    let mut out = Vec::new();
    Session::new(rules, options)
        .adjudicate_json(request, &mut out)
        .unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn the_steps_name_their_numbers() {
    let rules = RuleSet::compile(read_scheme(SCHEME, Format::Yaml).unwrap()).unwrap();
    let languages = Catalogues::built_in().unwrap();
    let decision = decide(&rules, DEDUCTIBLE, "full");
    for (language, sentence) in [
        (
            "en",
            "  - The deductible took 30.00 of 1,250.00. It is 30.00 in all; 0.00 was used before, 0.00 is left.\n",
        ),
        (
            "fr",
            "  - La franchise a pris 30,00 sur 1\u{202f}250,00. Elle est de 30,00 au total\u{202f}; 0,00 déjà utilisé, 0,00 restant.\n",
        ),
    ] {
        let text = explain::text(&decision, languages.get(language).unwrap(), rules.scheme());
        assert!(text.contains(sentence), "{text}");
    }
}

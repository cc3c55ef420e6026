//! The committed JSON Schemas are those of the code.

use std::fs;
use std::path::Path;

use adjudica::wire::{Question, schema_text, schemas};

#[test]
fn committed_schemas_are_current() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let mut names: Vec<String> = fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut current: Vec<String> = schemas()
        .iter()
        .map(|(name, _)| format!("{name}.json"))
        .collect();
    current.sort();
    assert_eq!(names, current);
    for (name, schema) in schemas() {
        let committed = fs::read_to_string(directory.join(format!("{name}.json"))).unwrap();
        assert!(
            committed == schema_text(&schema),
            "core/schemas/{name}.json is stale: run `adjudica schema --out core/schemas`"
        );
    }
}

/// What the schemas promise about documents in general.
#[test]
fn schemas_are_strict_and_described() {
    for (name, schema) in schemas() {
        let schema = schema.as_value();
        assert!(schema.get("description").is_some(), "{name}");
        if matches!(name, "scheme" | "request" | "decision" | "options") {
            assert_eq!(schema["additionalProperties"], false, "{name}");
        }
    }
}

/// The doors take the types of questions from the schemas of their names.
#[test]
fn every_question_has_its_schemas() {
    let all = schemas();
    for question in Question::ALL {
        let name = question.name();
        let request = match question {
            Question::Decision => "request".to_owned(),
            _ => format!("{name}_request"),
        };
        for document in [&request, name] {
            let found = all.iter().find(|(each, _)| *each == document);
            let (_, schema) = found.unwrap_or_else(|| panic!("no schema `{document}`"));
            assert!(schema.pointer("/properties/schema").is_some(), "{document}");
        }
    }
}

/// A default that the schema states is what the reader takes for a field that is not given.
#[test]
fn defaults_are_the_readers() {
    let request = r#"{"claim":{"code":"C","facility":"F","lines":[]},"patient":{"id":"P"},
        "history":{"provisions":[{"claim":"B","kind":"item","code":"I","date":"2025-01-01",
            "quantity":"1"}],
          "ledger":[{"policy":"L","person":"P","claim":"B","deducted":{"general":"0"},
            "remunerated":{"general":"0"}}]}}"#;
    let request = adjudica::wire::read_request(request).unwrap();
    let provision = &request.history.provisions[0];
    let entry = &request.history.ledger[0];
    let (_, schema) = schemas()
        .into_iter()
        .find(|(name, _)| *name == "request")
        .unwrap();
    let stated = |pointer: &str| schema.pointer(pointer).unwrap().clone();
    let flag =
        |name: &str, field: &str| stated(&format!("/$defs/{name}/properties/{field}/default"));
    assert_eq!(stated("/properties/mode/default"), "claim");
    assert_eq!(request.mode, adjudica::claim::Mode::Claim);
    assert_eq!(flag("Patient", "registered"), request.patient.registered);
    assert_eq!(flag("Provision", "accepted"), provision.accepted);
    assert_eq!(flag("LedgerEntry", "reversed"), entry.reversed);
    assert_eq!(flag("LedgerEntry", "held"), entry.held);
}

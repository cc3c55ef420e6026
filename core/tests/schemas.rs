//! The committed JSON Schemas are those of the code.

use std::fs;
use std::path::Path;

use adjudica::wire::{schema_text, schemas};

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

//! Scheme text in, rule set or errors out.

use adjudica::wire::{check_text, compile_text, write_invalid};

const YAML: &str = "schema: adjudica/scheme@1\ncode: smoke\nversion: '1'\n\
    currency: {code: USD, exponent: 2}\nproducts: [{code: P}]\n";

#[test]
fn json_and_yaml_give_one_digest() {
    let json = r#"{"schema":"adjudica/scheme@1","code":"smoke","version":"1",
        "currency":{"code":"USD","exponent":2},"products":[{"code":"P"}]}"#;
    let yaml = compile_text(YAML).unwrap();
    assert_eq!(yaml.digest(), compile_text(json).unwrap().digest());
    assert!(check_text(YAML).errors.is_empty());
}

#[test]
fn text_that_is_no_scheme_is_reported() {
    let text = "{\n\"cod\": \"smoke\"}";
    let invalid = compile_text(text).unwrap_err();
    assert_eq!(check_text(text).errors, invalid.errors());
    let mut out = Vec::new();
    write_invalid(&invalid, &mut out);
    let payload: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(payload["errors"][0]["code"], "field.unknown");
    assert_eq!(payload["errors"][0]["line"], 2);
}

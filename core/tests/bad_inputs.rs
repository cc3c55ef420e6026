//! Malformed schemes and requests: every finding exactly, with code, path, message, help and the
//! place in the text.
//!
//! A case of `bad_inputs/*.yaml` is a document with what is found in it. The document is a text
//! (`scheme_text`, `request_text`: then line and column are in the case), or changes to the base
//! document (`scheme`, `request`: path and new value, `~` to remove; then line and column are
//! worked out here, independently of the engine).

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in this file a value that is not there is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use adjudica::wire::{self, Format, Options, Session, check_text, compile_text, locate};
use adjudica::{Error, Report, RuleSet, check};
use serde::Deserialize;
use serde_json::{Map, Value};

const BASE_SCHEME: &str = include_str!("bad_inputs/base_scheme.json");
const BASE_REQUEST: &str = include_str!("bad_inputs/base_request.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    scheme: Option<Changes>,
    scheme_text: Option<String>,
    request: Option<Changes>,
    request_text: Option<String>,
    #[serde(default)]
    errors: Vec<Error>,
    #[serde(default)]
    warnings: Vec<Error>,
}

type Changes = BTreeMap<String, Value>;

fn cases() -> Vec<Case> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_inputs");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let text = std::fs::read_to_string(&path).unwrap();
            let more: Vec<Case> = wire::read(&text, Format::Yaml)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            cases.extend(more);
        }
    }
    cases
}

/// `a[0].b` as `["a", "0", "b"]`.
fn parts(path: &str) -> Vec<String> {
    let path = path.replace('[', ".").replace(']', "");
    let parts = path.split('.').filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// The value at a path, if the document has it.
fn find<'v>(document: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(document, |value, part| match value {
        Value::Array(list) => list.get_mut(part.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get_mut(part),
        _ => None,
    })
}

/// Puts a value at a path; `null` removes. A list takes a new last element at its length.
fn change(document: &mut Value, path: &str, new: &Value) {
    let mut parts = parts(path);
    let last = parts.pop().unwrap();
    let mut parent = document;
    for part in &parts {
        parent = match parent {
            Value::Array(list) => list.get_mut(part.parse::<usize>().unwrap()).unwrap(),
            Value::Object(fields) => fields
                .entry(part)
                .or_insert_with(|| Value::Object(Map::new())),
            other => panic!("{path}: nothing goes into {other}"),
        };
    }
    match parent {
        Value::Object(fields) if new.is_null() => {
            fields.remove(&last).unwrap();
        }
        Value::Object(fields) => {
            fields.insert(last, new.clone());
        }
        Value::Array(list) => {
            let position: usize = last.parse().unwrap();
            list.truncate(list.len().max(position));
            if position == list.len() {
                list.push(new.clone());
            } else if let Some(element) = list.get_mut(position) {
                *element = new.clone();
            }
        }
        other => panic!("{path}: nothing goes into {other}"),
    }
}

fn changed(base: &str, changes: &Changes) -> Value {
    let mut document = serde_json::from_str(base).unwrap();
    for (path, value) in changes {
        change(&mut document, path, value);
    }
    document
}

fn pretty(document: &Value) -> String {
    serde_json::to_string_pretty(document).unwrap()
}

/// Line and column of the value at `path`, or of the nearest value around it: where a marker
/// appears if it takes the value's place. Everything before it is printed alike.
fn expected_place(document: &Value, path: &str) -> (u32, u32) {
    let marker = Value::from("here is the value");
    let mut document = document.clone();
    let parts = parts(path);
    let found = (0..=parts.len()).rev().find_map(|length| {
        parts
            .get(..length)
            .filter(|p| find(&mut document, p).is_some())
    });
    *find(&mut document, found.unwrap()).unwrap() = marker.clone();
    let text = pretty(&document);
    let offset = text.find(&marker.to_string()).unwrap();
    let before = text.get(..offset).unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
}

fn with_places(findings: &[Error], document: &Value) -> Vec<Error> {
    let place = |finding: &Error| {
        let (line, column) = expected_place(document, &finding.path);
        Error {
            line: Some(line),
            column: Some(column),
            ..finding.clone()
        }
    };
    findings.iter().map(place).collect()
}

fn base_rules() -> RuleSet {
    compile_text(BASE_SCHEME).unwrap()
}

fn adjudicate(rules: &RuleSet, text: &str) -> Report {
    let mut session = Session::new(rules, Options::default());
    let mut out = Vec::new();
    let errors = session.adjudicate_json(text, &mut out).err();
    Report {
        errors: errors.into_iter().collect(),
        warnings: Vec::new(),
    }
}

/// What was found, and what should have been.
fn run(case: &Case, rules: &RuleSet) -> (Report, Report) {
    let expected = |document: Option<&Value>| match document {
        None => Report {
            errors: case.errors.clone(),
            warnings: case.warnings.clone(),
        },
        Some(document) => Report {
            errors: with_places(&case.errors, document),
            warnings: with_places(&case.warnings, document),
        },
    };
    match case {
        Case {
            scheme: Some(changes),
            ..
        } => {
            let document = changed(BASE_SCHEME, changes);
            let text = pretty(&document);
            let found = check_text(&text);
            for finding in found.errors.iter().chain(&found.warnings) {
                // JSON is YAML: the same value must stand at the same place.
                let yaml = locate(&text, Format::Yaml, &finding.path);
                assert_eq!(yaml, finding.line.zip(finding.column), "{}", case.name);
            }
            (found, expected(Some(&document)))
        }
        Case {
            request: Some(changes),
            ..
        } => {
            let document = changed(BASE_REQUEST, changes);
            (
                adjudicate(rules, &pretty(&document)),
                expected(Some(&document)),
            )
        }
        Case {
            scheme_text: Some(text),
            ..
        } => (check_text(text), expected(None)),
        Case {
            request_text: Some(text),
            ..
        } => (adjudicate(rules, text), expected(None)),
        _ => panic!("{}: no document", case.name),
    }
}

#[test]
fn the_base_documents_are_fine() {
    assert_eq!(check_text(BASE_SCHEME), Report::default());
    assert_eq!(adjudicate(&base_rules(), BASE_REQUEST), Report::default());
}

#[test]
fn every_finding_is_exact() {
    let rules = base_rules();
    let cases = cases();
    assert!(cases.len() >= 100, "{}", cases.len());
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases have one name");
    let mut wrong = String::new();
    for case in &cases {
        let (found, expected) = run(case, &rules);
        assert!(
            !(expected.errors.is_empty() && expected.warnings.is_empty()),
            "{}: nothing is expected",
            case.name
        );
        if found != expected {
            let show = |report| serde_json::to_string(report).unwrap();
            wrong.push_str(&format!(
                "\n{}\n  found    {}\n  expected {}\n",
                case.name,
                show(&found),
                show(&expected)
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What is checked is what compiling refuses, and a scheme that only has warnings compiles.
#[test]
fn compiling_refuses_what_the_check_refuses() {
    for case in cases() {
        let text = match (&case.scheme, &case.scheme_text) {
            (Some(changes), _) => pretty(&changed(BASE_SCHEME, changes)),
            (None, Some(text)) => text.clone(),
            (None, None) => continue,
        };
        let refused = compile_text(&text).err();
        let errors = refused.map(|invalid| invalid.errors().to_vec());
        assert_eq!(
            errors.unwrap_or_default(),
            check_text(&text).errors,
            "{}",
            case.name
        );
    }
}

/// Texts made to hurt: each is one error, found in the time of a test.
#[test]
fn hostile_texts_are_errors() {
    let yaml_head =
        "schema: adjudica/scheme@1\ncode: a\nversion: '1'\ncurrency: {code: USD, exponent: 2}\n";
    let long = "x".repeat(10_000_000);
    let laughs: String = ('b'..='z')
        .map(|c| {
            let before = char::from(c as u8 - 1);
            format!(
                "{c}: &{c} [{}]\n",
                vec![format!("*{before}"); 10].join(", ")
            )
        })
        .collect();
    let rows = vec!["{services: [S], cover: [{}]}"; 500].join(", ");
    let copies = vec!["{code: Q, benefits: *rows}"; 1_000].join(", ");
    let repeated =
        format!("{yaml_head}products: [{{code: P, benefits: &rows [{rows}]}}, {copies}]");
    for (name, code, text) in [
        ("deep JSON lists", "text.too_complex", "[".repeat(1_000_000)),
        (
            "deep JSON objects",
            "text.too_complex",
            "{\"a\":".repeat(1_000_000),
        ),
        (
            "deep JSON in a field",
            "text.too_complex",
            format!("{{\"code\": {}", "[".repeat(1_000_000)),
        ),
        (
            "deep YAML lists",
            "syntax",
            format!("products: {}", "[".repeat(100_000)),
        ),
        (
            "deep YAML blocks",
            "text.too_complex",
            format!("products:\n{}", "- ".repeat(10_000)),
        ),
        (
            "long code",
            "code.invalid",
            format!("{{\"code\": \"{long}\"}}"),
        ),
        (
            "long name of a field",
            "field.unknown",
            format!("{{\"{long}\": 1}}"),
        ),
        (
            "long amount",
            "amount.range",
            format!(
                "{yaml_head}catalogue: {{items: [{{code: a, price: {}}}]}}",
                "9".repeat(10_000_000)
            ),
        ),
        (
            "huge number",
            "value.type",
            format!("{yaml_head}age_of_majority: {}", "9".repeat(100)),
        ),
        (
            "huge JSON number",
            "syntax",
            "{\"age_of_majority\": 1e99999999}".to_owned(),
        ),
        (
            "many laughs",
            "text.too_complex",
            format!("a: &a lol\n{laughs}"),
        ),
        ("one list many times", "text.too_complex", repeated),
        (
            "a list inside itself",
            "text.too_complex",
            format!("{yaml_head}products: &a [*a]"),
        ),
        ("empty text", "syntax", String::new()),
        ("only a mark", "syntax", "\u{feff}".to_owned()),
        ("nul", "syntax", "\0".to_owned()),
    ] {
        let report = check_text(&text);
        assert_eq!(report.errors.len(), 1, "{name}: {:?}", report.errors);
        let error = report.errors.first().unwrap();
        assert_eq!(error.code, code, "{name}: {error}");
        assert!(
            error.to_string().len() < 4_000,
            "{name}: {}",
            error.to_string().len()
        );
    }
}

/// Findings of one code do not cost a pass over the document each.
#[test]
fn many_findings_take_little_time() {
    let mut document = changed(BASE_SCHEME, &Changes::new());
    let benefit = serde_json::json!({"services": ["COMS"], "cover": [{"co_insurance": "101"}]});
    let rows = vec![benefit; 20_000];
    change(&mut document, "products[0].benefits", &Value::from(rows));
    let text = document.to_string();
    let report = check_text(&text);
    assert_eq!(report.errors.len(), 40_000);
    assert!(
        report
            .errors
            .iter()
            .all(|error| error.line == Some(1) && error.column > Some(1))
    );
    let suggested = |error: &&Error| error.help.as_deref() == Some("did you mean `CONS`?");
    assert_eq!(report.errors.iter().filter(suggested).count(), 100);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let marked = format!("\u{feff}{BASE_SCHEME}");
    assert_eq!(check_text(&marked), Report::default());
    let wrong = marked.replace("\"USD\"", "\"usd\"");
    assert_eq!(
        check_text(&wrong).warnings,
        check_text(wrong.trim_start_matches('\u{feff}')).warnings
    );
}

/// Amounts in YAML need no quotes and lose nothing.
#[test]
fn yaml_numbers_reach_amounts_as_they_are_written() {
    let price = |written: &str| {
        let scheme = format!(
            "schema: adjudica/scheme@1\ncode: a\nversion: 1.10\ncurrency: {{code: USD, exponent: 2}}\n\
             catalogue: {{items: [{{code: 0755, price: {written}}}]}}\nproducts: [{{code: P}}]\n"
        );
        wire::read_scheme(&scheme, Format::Yaml)
    };
    for (written, read) in [
        ("100.50", "100.50"),
        ("0.10", "0.10"),
        ("100", "100"),
        ("007", "7"),
        ("-1", "-1"),
        ("\"12.5\"", "12.5"),
        ("'3'", "3"),
        ("9007199254740993.01", "9007199254740993.01"),
    ] {
        let scheme = price(written).unwrap();
        let item = scheme.catalogue.items.first().unwrap();
        assert_eq!(item.price.to_string(), read);
        assert_eq!(
            (item.code.as_str(), scheme.version.as_str()),
            ("0755", "1.10")
        );
    }
    for (written, code) in [
        ("1e3", "amount.grammar"),
        (".5", "amount.grammar"),
        ("5.", "amount.grammar"),
        ("0o17", "amount.grammar"),
        ("0x10", "amount.grammar"),
        ("1_000", "amount.grammar"),
        ("+1", "amount.grammar"),
        (".inf", "amount.grammar"),
        (".nan", "amount.grammar"),
        ("true", "amount.grammar"),
        ("\"1,5\"", "amount.grammar"),
        ("\"\"", "amount.grammar"),
        ("0.12345", "amount.places"),
        ("~", "value.type"),
        ("null", "value.type"),
        ("", "value.type"),
        ("[1]", "value.type"),
        ("{a: 1}", "value.type"),
        ("!!float 1.5", "value.type"),
    ] {
        let error = price(written).unwrap_err();
        assert_eq!(error.code, code, "{written}: {error}");
        assert_eq!(error.path, "catalogue.items[0].price", "{written}: {error}");
        let column = match written {
            // Nothing stands at the colon, and a tag before its value.
            "" => 39,
            "!!float 1.5" => 49,
            _ => 41,
        };
        assert_eq!(
            error.line.zip(error.column),
            Some((5, column)),
            "{written}: {error}"
        );
    }
}

#[test]
fn host_and_text_agree() {
    let scheme = wire::read_scheme(BASE_SCHEME, Format::Json).unwrap();
    assert_eq!(check(&scheme), Report::default());
    assert_eq!(
        wire::read_scheme(BASE_SCHEME, Format::Yaml).unwrap(),
        scheme
    );
}

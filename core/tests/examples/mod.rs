//! Reads and runs the cases of `rules-examples`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use adjudica::decision::TraceLevel;
use adjudica::wire::{Format, Options, Question, Session, ask_json, read_scheme, write_error};
use adjudica::{Decision, RuleSet, Scheme};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    pub description: String,
    /// Shorthand for the request's `as_of`.
    pub as_of: Option<Value>,
    pub request: Value,
    pub expect: Option<Value>,
    pub expect_error: Option<Value>,
}

/// A question other than a claim's decision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub name: String,
    pub description: String,
    /// Name of the question.
    pub ask: String,
    pub request: Value,
    pub expect: Option<Value>,
    pub expect_error: Option<Value>,
}

pub struct Example {
    pub name: String,
    pub scheme: Scheme,
    pub cases: Vec<Case>,
    pub questions: Vec<Asked>,
}

fn sorted_entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

pub fn examples() -> Vec<Example> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules-examples");
    let examples: Vec<Example> = sorted_entries(&root)
        .into_iter()
        .filter(|path| path.join("scheme.yaml").exists())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(path.join("scheme.yaml")).unwrap();
            let scheme = read_scheme(&text, Format::Yaml).unwrap_or_else(|e| panic!("{name}: {e}"));
            let cases = sorted_entries(&path.join("cases"));
            let cases = cases.iter().map(|file| read_case(file)).collect();
            let questions = match path.join("questions") {
                folder if folder.is_dir() => sorted_entries(&folder),
                _ => Vec::new(),
            };
            let questions = questions.iter().map(|file| read_asked(file)).collect();
            Example {
                name,
                scheme,
                cases,
                questions,
            }
        })
        .collect();
    assert!(!examples.is_empty(), "no examples in {}", root.display());
    examples
}

fn read_as<T: DeserializeOwned>(file: &Path) -> T {
    let text = fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn expect_form(file: &Path, name: &str, description: &str, expects: [bool; 2]) {
    assert_eq!(file.file_stem().unwrap(), name, "file and name");
    assert!(description.len() > 20, "{name}: describe it");
    assert_ne!(expects[0], expects[1], "{name}");
}

fn read_case(file: &Path) -> Case {
    let mut case: Case = read_as(file);
    if let Some(day) = case.as_of.take() {
        let request = case.request.as_object_mut().unwrap();
        request.insert("as_of".to_owned(), day);
    }
    let expects = [case.expect.is_some(), case.expect_error.is_some()];
    expect_form(file, &case.name, &case.description, expects);
    case
}

fn read_asked(file: &Path) -> Asked {
    let asked: Asked = read_as(file);
    let expects = [asked.expect.is_some(), asked.expect_error.is_some()];
    expect_form(file, &asked.name, &asked.description, expects);
    asked
}

impl Example {
    pub fn rules(&self) -> RuleSet {
        RuleSet::compile(self.scheme.clone()).unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }

    /// The decisions of all cases that have one, by name of the case, with a full trace.
    pub fn decisions(&self) -> BTreeMap<&str, Decision> {
        let rules = self.rules();
        let decided = self.cases.iter().filter(|case| case.expect.is_some());
        decided
            .map(|case| {
                let text = run(&rules, case, TraceLevel::Full).unwrap_or_else(|e| panic!("{e}"));
                (case.name.as_str(), serde_json::from_slice(&text).unwrap())
            })
            .collect()
    }
}

/// Asks a question as any language does: text in, text out. `Err` is the error payload.
pub fn ask(rules: &RuleSet, asked: &Asked) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let answered = Question::named(&asked.ask)
        .and_then(|question| ask_json(rules, question, &asked.request.to_string(), &mut out));
    match answered {
        Ok(()) => Ok(out),
        Err(error) => {
            write_error(&error, &mut out);
            Err(String::from_utf8(out).unwrap())
        }
    }
}

/// Runs a case as any language does: text in, text out. `Err` is the error payload.
pub fn run(rules: &RuleSet, case: &Case, trace: TraceLevel) -> Result<Vec<u8>, String> {
    let mut session = Session::new(
        rules,
        Options {
            trace,
            ..Options::default()
        },
    );
    let mut out = Vec::new();
    match session.adjudicate_json(&case.request.to_string(), &mut out) {
        Ok(()) => Ok(out),
        Err(error) => {
            write_error(&error, &mut out);
            Err(String::from_utf8(out).unwrap())
        }
    }
}

/// Everything in which `actual` is not as `expected` says, one line each.
pub fn compare(expected: &Value, actual: &Value, path: &str, found: &mut Vec<String>) {
    match (expected, actual) {
        (Value::Object(wanted), Value::Object(given)) => {
            for (name, value) in wanted {
                let path = format!("{path}.{name}");
                match given.get(name) {
                    Some(actual) => compare(value, actual, &path, found),
                    None => found.push(format!("{path}: expected {value}, is not there")),
                }
            }
        }
        (Value::Array(wanted), Value::Array(given)) if wanted.len() == given.len() => {
            for (position, (value, actual)) in wanted.iter().zip(given).enumerate() {
                compare(value, actual, &format!("{path}[{position}]"), found);
            }
        }
        _ if expected == actual => {}
        _ => found.push(format!("{path}: expected {expected}, is {actual}")),
    }
}

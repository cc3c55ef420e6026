//! Writes what the core answers, for the tests of the other languages to compare byte by byte:
//! `cargo run --example golden -- <directory> [<directory for openIMIS>]`.
//!
//! For each scheme of `rules-examples`, in a folder of its name:
//!
//! | file | holds |
//! |---|---|
//! | `scheme.yaml` | the scheme's text |
//! | `compiled.json` | `{digest, report}` |
//! | `requests.ndjson` | the request of every case, one a line |
//! | `<trace>.ndjson` | the answers to that file as one text, for each level of tracing |
//! | `single.ndjson` | the answer to each of its lines by itself |
//! | `malformed.json` | `[[text, answer], ..]`: requests cut, doubled and garbled, by themselves |
//! | `questions.json` | `[[question, text, answer], ..]`: the other questions, some garbled |
//!
//! For openIMIS, if its directory is given:
//!
//! | file | holds |
//! |---|---|
//! | `snapshots.ndjson` | some of the snapshots in `core/tests/vectors` |
//! | `readings.ndjson` | what each of them says, as documents |
//! | `columns.ndjson` | what openIMIS stores of the decision on each |
//! | `tables.json` | the tables in `core/tests/tables` as one document |
//! | `import.json` | what they say, as documents |
//! | `switches.json`, `conventions.json` | the lists of switches and of conventions |
//! | `replayed.ndjson` | snapshots of one claim and of several |
//! | `replay-<run>.ndjson` | what openIMIS 1.11 stores of each: `submit`, `process`, `flow` |
//! | `replay-standard.ndjson` | the same for `process` without any switch |
//! | `audit.json` | the audit of all of them |
//! | `attribution-<run>.ndjson` | the switches that make the difference: `process`, `flow` |

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a tool of the tests: anything unexpected ends it"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use adjudica::RuleSet;
use adjudica::compat::openimis_1_11::SWITCHES;
use adjudica::conventions::DIFFERENCES;
use adjudica::decision::TraceLevel;
use adjudica::wire::{
    Options, Question, Session, ask_json, audit_json, check_text, columns_json, compile_text,
    import_tables_json, openimis_attribute_json, openimis_replay_json, read_snapshot, write_error,
    write_json,
};
use serde_json::{Value, json};

fn main() {
    let out = PathBuf::from(std::env::args().nth(1).unwrap());
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Some(out) = std::env::args().nth(2).map(PathBuf::from) {
        fs::create_dir_all(&out).unwrap();
        let claims = unpacked(&core.join("tests/vectors/claims.ndjson.gz"));
        let sequences = unpacked(&core.join("tests/vectors/sequences.ndjson.gz"));
        write_snapshots(&claims, &out);
        let single = claims.lines().step_by(60);
        let replayed: Vec<&str> = single.chain(sequences.lines().step_by(25)).collect();
        write_replays(&replayed, &out);
        write_audit(&replayed, &out);
        write_tables(&core.join("tests/tables"), &out);
        fs::write(out.join("switches.json"), json_of(&SWITCHES)).unwrap();
        fs::write(out.join("conventions.json"), json_of(&DIFFERENCES)).unwrap();
    }
    let examples = core.join("../rules-examples");
    for scheme in entries(&examples) {
        if let Ok(text) = fs::read_to_string(scheme.join("scheme.yaml")) {
            let folder = out.join(scheme.file_name().unwrap());
            fs::create_dir_all(&folder).unwrap();
            write(&folder, &text, &requests(&scheme.join("cases")));
            write_questions(&folder, &text, &scheme.join("questions"));
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn requests(cases: &Path) -> Vec<String> {
    let request = |path: &PathBuf| {
        let case: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        case["request"].to_string()
    };
    entries(cases).iter().map(request).collect()
}

fn write(folder: &Path, scheme: &str, requests: &[String]) {
    let rules = compile_text(scheme).unwrap();
    let compiled = json!({"digest": rules.digest().to_string(), "report": check_text(scheme)});
    let all = requests.join("\n");
    fs::write(folder.join("scheme.yaml"), scheme).unwrap();
    fs::write(folder.join("compiled.json"), compiled.to_string()).unwrap();
    fs::write(folder.join("requests.ndjson"), &all).unwrap();
    for (name, trace) in [
        ("none", TraceLevel::None),
        ("reasons", TraceLevel::Reasons),
        ("full", TraceLevel::Full),
    ] {
        let mut answers = Vec::new();
        session(&rules, trace).adjudicate_ndjson(&all, &mut answers);
        fs::write(folder.join(format!("{name}.ndjson")), answers).unwrap();
    }
    let mut session = session(&rules, TraceLevel::None);
    let single: Vec<String> = requests.iter().map(|r| answer(&mut session, r)).collect();
    fs::write(folder.join("single.ndjson"), single.join("\n")).unwrap();
    let malformed: Vec<[String; 2]> = requests
        .iter()
        .flat_map(|request| garbled(request))
        .map(|text| {
            let answer = answer(&mut session, &text);
            [text, answer]
        })
        .collect();
    fs::write(
        folder.join("malformed.json"),
        serde_json::to_string(&malformed).unwrap(),
    )
    .unwrap();
}

fn write_questions(folder: &Path, scheme: &str, questions: &Path) {
    let rules = compile_text(scheme).unwrap();
    let files = match questions.is_dir() {
        true => entries(questions),
        false => Vec::new(),
    };
    let asked = files.iter().flat_map(|path| {
        let case: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let ask = case["ask"].as_str().unwrap().to_owned();
        let request = case["request"].to_string();
        let garbled = garbled(&request).into_iter().step_by(7);
        let texts: Vec<String> = std::iter::once(request).chain(garbled).collect();
        texts.into_iter().map(move |text| (ask.clone(), text))
    });
    let answered: Vec<[String; 3]> = asked
        .map(|(ask, text)| {
            let mut out = Vec::new();
            let question = Question::named(&ask).unwrap();
            if let Err(error) = ask_json(&rules, question, &text, &mut out) {
                out.clear();
                write_error(&error, &mut out);
            }
            [ask, text, String::from_utf8(out).unwrap()]
        })
        .collect();
    let text = serde_json::to_string(&answered).unwrap();
    fs::write(folder.join("questions.json"), text).unwrap();
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn json_of(document: &impl serde::Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    write_json(document, &mut out).unwrap();
    out
}

type Call = fn(&str, &str, &mut Vec<u8>) -> Result<(), adjudica::Error>;

fn write_replays(snapshots: &[&str], out: &Path) {
    fs::write(out.join("replayed.ndjson"), snapshots.join("\n")).unwrap();
    let calls: [(&str, &str, Call); 6] = [
        ("replay-submit", r#"{"run":"submit"}"#, openimis_replay_json),
        ("replay-process", "", openimis_replay_json),
        ("replay-flow", r#"{"run":"flow"}"#, openimis_replay_json),
        (
            "replay-standard",
            r#"{"switches":[]}"#,
            openimis_replay_json,
        ),
        ("attribution-process", "", openimis_attribute_json),
        (
            "attribution-flow",
            r#"{"run":"flow"}"#,
            openimis_attribute_json,
        ),
    ];
    for (name, options, call) in calls {
        let mut answers = Vec::new();
        for snapshot in snapshots {
            call(snapshot, options, &mut answers).unwrap();
            answers.push(b'\n');
        }
        fs::write(out.join(format!("{name}.ndjson")), answers).unwrap();
    }
}

fn write_audit(snapshots: &[&str], out: &Path) {
    let mut audit = Vec::new();
    audit_json(&snapshots.join("\n"), "", &mut audit).unwrap();
    fs::write(out.join("audit.json"), audit).unwrap();
}

fn write_snapshots(text: &str, out: &Path) {
    let (mut snapshots, mut readings, mut columns) = (String::new(), Vec::new(), Vec::new());
    for snapshot in text.lines().step_by(20) {
        snapshots.push_str(&format!("{snapshot}\n"));
        let reading = read_snapshot(snapshot).unwrap();
        write_json(&reading, &mut readings).unwrap();
        let rules = RuleSet::compile(reading.scheme).unwrap();
        let request = serde_json::to_string(&reading.request).unwrap();
        let decision = answer(&mut session(&rules, TraceLevel::None), &request);
        columns_json(&request, &decision, &mut columns).unwrap();
        readings.push(b'\n');
        columns.push(b'\n');
    }
    fs::write(out.join("snapshots.ndjson"), snapshots).unwrap();
    fs::write(out.join("readings.ndjson"), readings).unwrap();
    fs::write(out.join("columns.ndjson"), columns).unwrap();
}

fn write_tables(folder: &Path, out: &Path) {
    let mut tables: BTreeMap<String, Value> = entries(folder)
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (
                name,
                serde_json::from_slice(&fs::read(path).unwrap()).unwrap(),
            )
        })
        .collect();
    let claims = tables.remove("claims");
    let document = json!({"tables": tables, "claims": claims, "currency": "XAF"}).to_string();
    let mut imported = Vec::new();
    import_tables_json(&document, &mut imported).unwrap();
    fs::write(out.join("tables.json"), document).unwrap();
    fs::write(out.join("import.json"), imported).unwrap();
}

fn session(rules: &RuleSet, trace: TraceLevel) -> Session {
    Session::new(
        rules,
        Options {
            trace,
            ..Options::default()
        },
    )
}

fn answer(session: &mut Session, request: &str) -> String {
    let mut out = Vec::new();
    if let Err(error) = session.adjudicate_json(request, &mut out) {
        out.clear();
        write_error(&error, &mut out);
    }
    String::from_utf8(out).unwrap()
}

/// Requests that are mostly no requests any more: about 60 for each.
fn garbled(request: &str) -> Vec<String> {
    let replaced = [
        ("\"quantity\":\"", "\"quantity\":\"-"),
        ("\"price\":\"", "\"price\":\"1e"),
        ("\"code\"", "\"kode\""),
        ("2025-", "2025-13-"),
        ("\"1\"", "1"),
        (":\"", ":\"\\u0000é𝄞"),
        ("[", "[["),
        ("{", "{\"x\":null,"),
    ];
    let mut texts: Vec<String> = replaced
        .iter()
        .map(|(from, to)| request.replace(from, to))
        .collect();
    texts.push(request.repeat(2));
    texts.push(format!("{}{request}", "[".repeat(2000)));
    for part in 0..50 {
        let place = request.floor_char_boundary(request.len() * part / 50);
        texts.push(request[..place].to_owned());
    }
    texts
}

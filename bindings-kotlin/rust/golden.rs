//! Writes what core answers to the cases of rules-examples, for the Kotlin tests to compare with:
//! `golden <directory>` makes `<directory>/<scheme>/{scheme.yaml, requests.ndjson, none.ndjson,
//! full.ndjson}`, one line for each case, without and with the full reasoning; and
//! `<directory>/snapshots/{snapshots.ndjson, readings.ndjson, columns.ndjson}` for openIMIS's rows.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use adjudica::RuleSet;
use adjudica::compat::columns;
use adjudica::decision::TraceLevel;
use adjudica::wire::{Options, Session, compile_text, read_snapshot, write_json};
use flate2::read::GzDecoder;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("usage: golden <directory>")?;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules-examples");
    for example in entries(&examples)? {
        let scheme = example.join("scheme.yaml");
        if scheme.exists() {
            let name = example.file_name().ok_or("a directory without name")?;
            write(&scheme, &example, &Path::new(&directory).join(name))?;
        }
    }
    snapshots(&Path::new(&directory).join("snapshots"))
}

/// Every so many of the recorded claims is read.
const STEP: usize = 40;

fn snapshots(directory: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(directory)?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/vectors/claims.ndjson.gz");
    let mut text = String::new();
    GzDecoder::new(fs::File::open(file)?).read_to_string(&mut text)?;
    let (mut snapshots, mut readings, mut all_columns) = (String::new(), Vec::new(), Vec::new());
    for snapshot in text.lines().step_by(STEP) {
        let reading = read_snapshot(snapshot)?;
        snapshots.push_str(&format!("{snapshot}\n"));
        write_json(&reading, &mut readings)?;
        readings.push(b'\n');
        let rules = RuleSet::compile(reading.scheme)?;
        let decision = Session::new(&rules, Options::default()).adjudicate(&reading.request)?;
        write_json(&columns(&reading.request, &decision), &mut all_columns)?;
        all_columns.push(b'\n');
    }
    fs::write(directory.join("snapshots.ndjson"), snapshots)?;
    fs::write(directory.join("readings.ndjson"), readings)?;
    fs::write(directory.join("columns.ndjson"), all_columns)?;
    Ok(())
}

fn write(scheme: &Path, example: &Path, directory: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(directory)?;
    let text = fs::read_to_string(scheme)?;
    fs::write(directory.join("scheme.yaml"), &text)?;

    let mut requests = String::new();
    for case in entries(&example.join("cases"))? {
        let case: Value = serde_json::from_str(&fs::read_to_string(case)?)?;
        let request = case.get("request").ok_or("a case without request")?;
        requests.push_str(&format!("{request}\n"));
    }
    fs::write(directory.join("requests.ndjson"), &requests)?;

    let rules = compile_text(&text)?;
    for (name, trace) in [("none", TraceLevel::None), ("full", TraceLevel::Full)] {
        let options = Options {
            trace,
            ..Options::default()
        };
        let mut out = Vec::new();
        Session::new(&rules, options).adjudicate_ndjson(&requests, &mut out);
        fs::write(directory.join(format!("{name}.ndjson")), out)?;
    }
    Ok(())
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory)? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

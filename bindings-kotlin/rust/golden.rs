//! Writes what core answers to the cases of rules-examples, for the Kotlin tests to compare with:
//! `golden <directory>` makes `<directory>/<scheme>/{scheme.yaml, requests.ndjson, none.ndjson,
//! full.ndjson}`, one line for each case, without and with the full reasoning; and
//! `<directory>/openimis/{snapshots, readings, columns, replayed, attributed}.ndjson` for openIMIS's
//! rows; and `<directory>/openimis/{tables/*.json, imported.json}` for its tables.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use adjudica::compat::columns;
use adjudica::decision::TraceLevel;
use adjudica::wire::{
    Options, Session, compile_text, import_tables, openimis_attribute_json, openimis_replay_json,
    read_snapshot, write_json,
};
use adjudica::{Code, RuleSet};
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
    let openimis = Path::new(&directory).join("openimis");
    snapshots(&openimis)?;
    tables(&openimis)
}

/// Every so many of the recorded claims is read.
const STEP: usize = 40;

fn snapshots(directory: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(directory)?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/vectors/claims.ndjson.gz");
    let mut text = String::new();
    GzDecoder::new(fs::File::open(file)?).read_to_string(&mut text)?;
    let (mut snapshots, mut readings, mut all_columns) = (String::new(), Vec::new(), Vec::new());
    let (mut replayed, mut attributed) = (Vec::new(), Vec::new());
    for snapshot in text.lines().step_by(STEP) {
        let reading = read_snapshot(snapshot)?;
        snapshots.push_str(&format!("{snapshot}\n"));
        write_json(&reading, &mut readings)?;
        readings.push(b'\n');
        let rules = RuleSet::compile(reading.scheme)?;
        let decision = Session::new(&rules, Options::default()).adjudicate(&reading.request)?;
        write_json(&columns(&reading.request, &decision), &mut all_columns)?;
        all_columns.push(b'\n');
        openimis_replay_json(snapshot, "", &mut replayed)?;
        replayed.push(b'\n');
        openimis_attribute_json(snapshot, "", &mut attributed)?;
        attributed.push(b'\n');
    }
    fs::write(directory.join("snapshots.ndjson"), snapshots)?;
    fs::write(directory.join("readings.ndjson"), readings)?;
    fs::write(directory.join("columns.ndjson"), all_columns)?;
    fs::write(directory.join("replayed.ndjson"), replayed)?;
    fs::write(directory.join("attributed.ndjson"), attributed)?;
    Ok(())
}

fn tables(directory: &Path) -> Result<(), Box<dyn Error>> {
    let copies = directory.join("tables");
    fs::create_dir_all(&copies)?;
    let mut tables = BTreeMap::new();
    for file in entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/tables"))? {
        if file
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let name = file.file_stem().and_then(|name| name.to_str());
            let name = name.ok_or("a file without name")?.to_owned();
            let text = fs::read_to_string(&file)?;
            fs::write(copies.join(format!("{name}.json")), &text)?;
            tables.insert(name, text);
        }
    }
    let claims = tables.remove("claims").ok_or("no claims")?;
    let mut imported = Vec::new();
    let document = import_tables(&tables, Some(&claims), Code::new("XAF"))?;
    write_json(&document, &mut imported)?;
    fs::write(directory.join("imported.json"), imported)?;
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

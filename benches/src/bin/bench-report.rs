//! Reads criterion's estimates and prints them as ratios to the baselines, as a table and as JSON:
//! `bench-report CRITERION_DIR JSON_FILE`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

/// Measurement, and what it is compared with.
const ROWS: &[(&str, &str, &[&str])] = &[
    ("plain", "baseline_i64_dense", &[]),
    ("plain", "baseline_rust_decimal", &[]),
    (
        "plain",
        "engine_prepared",
        &["plain/baseline_i64_dense", "plain/baseline_rust_decimal"],
    ),
    (
        "plain",
        "engine_request",
        &["plain/baseline_i64_dense", "plain/baseline_rust_decimal"],
    ),
    (
        "plain",
        "engine_request_full_trace",
        &["plain/baseline_i64_dense", "plain/baseline_rust_decimal"],
    ),
    ("ndjson", "baseline_plain_json", &[]),
    ("ndjson", "engine", &["ndjson/baseline_plain_json"]),
    (
        "ndjson",
        "engine_without_digest",
        &["ndjson/baseline_plain_json"],
    ),
    ("rich", "engine_request", &[]),
    ("rich", "decision_document", &[]),
    ("compile", "200_codes", &[]),
    ("compile", "200_codes_from_text", &[]),
];

/// Median nanoseconds of a measurement.
fn median(directory: &Path, name: &str) -> Result<f64, String> {
    let file = directory.join(name).join("new/estimates.json");
    let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let estimates: Value =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    estimates["median"]["point_estimate"]
        .as_f64()
        .ok_or_else(|| format!("{}: no median", file.display()))
}

fn report(directory: &Path, out: &Path) -> Result<(), String> {
    let mut rows = Vec::new();
    println!(
        "{:<38} {:>12} {:>14}  times the speed of",
        "measurement", "ns a claim", "claims/s"
    );
    for (group, name, against) in ROWS {
        let ours = median(directory, &format!("{group}/{name}"))?;
        let mut ratios = serde_json::Map::new();
        let mut shown = String::new();
        for other in *against {
            let ratio = median(directory, other)? / ours;
            shown += &format!("  {ratio:.2} {other}");
            ratios.insert((*other).to_owned(), json!(ratio));
        }
        println!(
            "{:<38} {ours:>12.0} {:>14.0}{shown}",
            format!("{group}/{name}"),
            1e9 / ours
        );
        rows.push(json!({"measurement": format!("{group}/{name}"), "nanoseconds": ours, "speed_ratio": ratios}));
    }
    let text = serde_json::to_string_pretty(&rows).map_err(|e| e.to_string())?;
    fs::write(out, text + "\n").map_err(|e| format!("{}: {e}", out.display()))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, directory, out] = arguments.as_slice() else {
        eprintln!("usage: bench-report CRITERION_DIR JSON_FILE");
        return ExitCode::from(2);
    };
    match report(Path::new(directory), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-report: {error}");
            ExitCode::FAILURE
        }
    }
}

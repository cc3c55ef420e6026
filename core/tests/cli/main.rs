//! The command line, as its users call it.

#![expect(
    clippy::unwrap_used,
    reason = "in this file a value that is not there is a failed test"
)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tempfile::TempDir;

mod advise;
mod decide;
mod eligibility;
mod enrolment;
mod explain;
mod openimis;
mod payment;
mod review;
mod rules;
mod usage;

const SCHEME: &str = r#"
schema: adjudica/scheme@1
code: small
version: "1"
currency: {code: USD, exponent: 2}
catalogue:
  services: [{code: S1, price: "100.00"}]
facilities: [{code: HF1, level: health_centre}]
products:
  - code: P1
    benefits:
      - services: [S1]
        cover: [{co_insurance: "80"}]
"#;

/// A scheme with a slip of the pen on line 7.
const BROKEN: &str = r#"{
  "schema": "adjudica/scheme@1",
  "code": "small",
  "version": "1",
  "currency": {"code": "USD", "exponent": 2},
  "products": [
    {"code": "P1", "benefits": [{"services": ["S1"], "cover": [{"co_insurence": "80"}]}]}
  ]
}
"#;

fn request(code: &str, quantity: u32) -> Value {
    json!({
        "claim": {"code": code, "date_from": "2025-03-01", "facility": "HF1", "lines": [
            {"id": "1", "kind": "service", "code": "S1",
             "quantity": quantity.to_string(), "price": "100.00"}]},
        "patient": {"id": "P", "birth_date": "1990-01-01", "sex": "female"},
        "coverage": [{"policy": "POL", "product": "P1",
            "effective": "2025-01-01", "expiry": "2025-12-31",
            "memberships": [{"person": "P",
                "effective": "2025-01-01", "expiry": "2025-12-31"}]}],
    })
}

/// A directory with the scheme in it, and the command run there.
struct Place(TempDir);

struct Ran {
    code: i32,
    stdout: Vec<u8>,
    stderr: String,
}

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        place.write("scheme.yaml", SCHEME);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_adjudica"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // Beside reading: the command writes before it has read everything.
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        output.into()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }

    fn lines(&self) -> Vec<Value> {
        lines(self.text())
    }

    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.text(), self.stderr);
        self
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ndjson(requests: impl IntoIterator<Item = Value>) -> String {
    requests.into_iter().map(|r| format!("{r}\n")).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

fn gunzip(path: &Path) -> String {
    let mut text = String::new();
    MultiGzDecoder::new(fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text
}

const ADJUDICATE: [&str; 3] = ["adjudicate", "--scheme", "scheme.yaml"];

fn adjudicate<'a>(more: &[&'a str]) -> Vec<&'a str> {
    ADJUDICATE.into_iter().chain(more.iter().copied()).collect()
}

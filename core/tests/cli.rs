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

#[test]
fn twenty_thousand_claims_keep_their_order_around_errors() {
    let place = Place::new();
    let broken = |n: u32| n % 997 == 3;
    let text: String = (1..=20_000)
        .map(|n| match broken(n) {
            true if n % 2 == 0 => "{\"claim\":\n".to_owned(),
            true => "{\"claims\":{}}\n".to_owned(),
            false => format!("{}\n", request(&format!("C{n}"), n % 5 + 1)),
        })
        .collect();
    place.write("claims.ndjson", &text);

    // More threads than cores, so that they overtake each other.
    let arguments = adjudicate(&["--threads", "5", "claims.ndjson"]);
    let ran = place.run(&arguments).ends(3);
    let answers = ran.lines();
    assert_eq!(answers.len(), 20_000);
    for (n, answer) in (1_u32..).zip(&answers) {
        if broken(n) {
            assert_eq!(answer["error"]["line"], n);
            assert!(answer.get("file").is_none());
        } else {
            assert_eq!(answer["claim"], format!("C{n}"));
            let payable = format!("{}.00", (n % 5 + 1) * 80);
            assert_eq!(answer["totals"]["scheme_share"], payable);
        }
    }
    assert_eq!(ran.stderr, "21 of 20000 requests could not be read\n");
}

#[test]
fn gzip_goes_in_and_out() {
    let place = Place::new();
    let text = ndjson((1..=3000).map(|n| request(&format!("C{n}"), 1)));
    place.write("claims.ndjson", &text);
    place.write("claims.ndjson.gz", gzip(&text));
    let plain = place.run(&adjudicate(&["claims.ndjson"])).ends(0);

    // Recognised by content, whatever the name, and from standard input too.
    place.write("claims", gzip(&text));
    for input in ["claims.ndjson.gz", "claims"] {
        let ran = place.run(&adjudicate(&[input])).ends(0);
        assert!(ran.stdout == plain.stdout, "{input}");
    }
    let ran = place.run_with(&adjudicate(&["-"]), &gzip(&text)).ends(0);
    assert!(ran.stdout == plain.stdout);

    let arguments = adjudicate(&["claims.ndjson.gz", "--out", "decisions.ndjson.gz"]);
    let ran = place.run(&arguments).ends(0);
    assert_eq!(ran.text(), "");
    assert!(gunzip(&place.path("decisions.ndjson.gz")) == plain.text());

    place.write("cut.gz", gzip(&text).split_at(2000).0);
    let ran = place.run(&adjudicate(&["cut.gz"])).ends(2);
    assert!(ran.stderr.contains("cut.gz: "), "{}", ran.stderr);
}

#[test]
fn one_request_may_come_in_any_layout() {
    let place = Place::new();
    let one = request("C1", 2);
    let two = request("C2", 1);
    let expected = place
        .run_with(&ADJUDICATE, ndjson([one.clone(), two.clone()]).as_bytes())
        .ends(0)
        .stdout;
    for layout in [
        format!("{one:#}\n{two:#}\n"),
        format!("[{one},{two}]"),
        format!("{:#}", json!([one, two])),
        format!("\u{feff}{one}\r\n\r\n{two}"),
    ] {
        let ran = place.run_with(&ADJUDICATE, layout.as_bytes()).ends(0);
        assert!(ran.stdout == expected, "{layout}");
    }
    let ran = place
        .run_with(&adjudicate(&["--pretty"]), one.to_string().as_bytes())
        .ends(0);
    assert!(ran.text().lines().count() > 50);
    let decision: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(decision["claim"], "C1");
}

#[test]
fn errors_in_documents_over_several_lines_point_into_the_file() {
    let place = Place::new();
    let text = "[\n  {\"claim\": {}},\n  {\n    \"klaim\": 1\n  },\n";
    let ran = place.run_with(&ADJUDICATE, text.as_bytes()).ends(3);
    let places: Vec<_> = ran
        .lines()
        .iter()
        .map(|answer| {
            (
                answer["error"]["line"].clone(),
                answer["error"]["code"].clone(),
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            (json!(2), json!("field.missing")),
            (json!(4), json!("field.unknown")),
            // The array does not end.
            (json!(6), json!("syntax")),
        ]
    );
}

#[test]
fn bytes_that_are_no_text_spoil_their_line_only() {
    let place = Place::new();
    let mut bytes = ndjson([request("C1", 1)]).into_bytes();
    bytes.extend(b"{\"claim\": \"\xff\"}\n");
    bytes.extend(ndjson([request("C3", 1)]).into_bytes());
    let answers = place.run_with(&ADJUDICATE, &bytes).ends(3).lines();
    assert_eq!(answers[0]["claim"], "C1");
    assert_eq!(answers[1]["error"]["message"], "the text is not UTF-8");
    assert_eq!(answers[1]["error"]["line"], 2);
    assert_eq!(answers[1]["error"]["column"], 12);
    assert_eq!(answers[2]["claim"], "C3");
}

#[test]
fn directories_are_read_by_name_and_errors_name_the_file() {
    let place = Place::new();
    place.write("in/b.ndjson", ndjson([request("C3", 1)]));
    place.write("in/a/2.json", "{}");
    place.write("in/a/1.json.gz", gzip(&format!("{:#}", request("C1", 1))));
    place.write("in/notes.txt", "not a request");
    let answers = place.run(&adjudicate(&["in"])).ends(3).lines();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["claim"], "C1");
    assert_eq!(answers[1]["file"], "in/a/2.json");
    assert_eq!(answers[1]["error"]["code"], "field.missing");
    assert_eq!(answers[2]["claim"], "C3");

    place.write("empty/notes.txt", "");
    let ran = place.run(&adjudicate(&["empty"])).ends(2);
    assert!(ran.stderr.contains("no .json"), "{}", ran.stderr);
}

#[test]
fn explanation_conventions_and_summary() {
    let place = Place::new();
    let text = ndjson([request("C1", 1)]);
    let traced = |level| {
        let ran = place.run_with(&adjudicate(&["--explain", level]), text.as_bytes());
        let answers = ran.ends(0).lines();
        (answers[0]["trace"].clone(), answers[0]["totals"].clone())
    };
    let (none, totals) = traced("none");
    assert!(none.is_null());
    let (reasons, same) = traced("reasons");
    assert_eq!(same, totals);
    let (full, same) = traced("full");
    assert_eq!(same, totals);
    assert!(full.to_string().len() > reasons.to_string().len());

    for (more, digest) in [(&[][..], true), (&["--no-digest"], false)] {
        let ran = place.run_with(&adjudicate(more), text.as_bytes()).ends(0);
        let answers = ran.lines();
        let provenance = answers[0]["provenance"].as_object().unwrap();
        assert_eq!(provenance.contains_key("request_digest"), digest);
    }

    let arguments = adjudicate(&["--conventions", "legacy-sql", "--summary"]);
    let ran = place.run_with(&arguments, text.as_bytes()).ends(0);
    assert_eq!(ran.lines()[0]["provenance"]["conventions"], "legacy-sql");
    for figure in [
        "1  claims decided",
        "100.00  claimed",
        "80.00    borne by the scheme",
    ] {
        assert!(ran.stderr.contains(figure), "{}", ran.stderr);
    }
}

#[test]
fn explanations_come_as_text_and_page_in_two_languages() {
    let place = Place::new();
    place.write(
        "claims.ndjson",
        ndjson((1..=3).map(|n| request(&format!("C{n}"), n))),
    );
    let explain = |more: &[&str]| {
        let base = [
            "explain",
            "--scheme",
            "scheme.yaml",
            "--request",
            "claims.ndjson",
        ];
        place.run(&base.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let by_code = explain(&["--claim", "C2"]).ends(0);
    assert!(by_code.text().contains("Claim: C2"), "{}", by_code.text());
    assert!(by_code.text().contains("The scheme pays USD 160.00"));
    let by_position = explain(&["--nth", "2"]).ends(0);
    assert_eq!(by_position.text(), by_code.text());
    let french = explain(&["--claim", "C2", "--lang", "fr"]).ends(0);
    assert!(
        french.text().contains("Le régime paie 160,00"),
        "{}",
        french.text()
    );
    let line = explain(&["--nth", "2", "--line", "1"]).ends(0);
    assert!(line.text().len() < by_code.text().len());
    explain(&["--nth", "2", "--html", "--out", "page.html"]).ends(0);
    let page = fs::read_to_string(place.path("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));

    for (arguments, message) in [
        (&[][..], "several documents"),
        (&["--claim", "C9"], "no claim `C9`"),
        (&["--nth", "4"], "holds 3 documents only"),
        (&["--nth", "1", "--lang", "xx"], "no messages in `xx`"),
        (&["--nth", "1", "--line", "7"], "no line `7`"),
    ] {
        let ran = explain(arguments).ends(2);
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }

    // A decision made before needs no scheme.
    let arguments = adjudicate(&[
        "claims.ndjson",
        "--explain",
        "full",
        "--out",
        "decisions.ndjson",
    ]);
    place.run(&arguments).ends(0);
    let arguments = ["explain", "--decision", "decisions.ndjson", "--claim", "C2"];
    let ran = place.run(&arguments).ends(0);
    assert!(
        ran.text().contains("The scheme pays 160.00"),
        "{}",
        ran.text()
    );

    // All claims of a file at once.
    let all = place.run(&adjudicate(&["claims.ndjson", "--text"])).ends(0);
    assert!(all.text().contains(by_code.text().trim_end()));
    assert_eq!(all.text().matches("Explanation of benefits").count(), 3);

    place.write("wrong.json", r#"{"claim": {"code": "C1"}}"#);
    let arguments = [
        "explain",
        "--scheme",
        "scheme.yaml",
        "--request",
        "wrong.json",
    ];
    let ran = place.run(&arguments).ends(1);
    assert!(
        ran.stderr.contains("missing field `facility`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn snapshots_bring_their_own_scheme() {
    let place = Place::new();
    let snapshot = |id: &str, price: &str| {
        json!({
            "id": id,
            "input": {
                "health_facility": {"code": "HF1", "level": "H", "care_type": "B"},
                "medical_items": [], "services_pricelist": null, "items_pricelist": null,
                "medical_services": [{"code": "S1", "category": "V", "type": "D", "level": "S",
                    "price": price, "care_type": "B", "frequency": null, "patient_category": 15}],
                "products": [{"code": "P1"}], "policies": [],
                "family": {"members": [{"chf_id": "P", "dob": "1990-01-01", "gender": "F"}]},
                "claim": {"code": id, "insuree": "P", "date_from": "2025-03-01",
                    "date_to": "2025-03-01", "date_claimed": "2025-03-02", "items": [],
                    "services": [{"service": "S1", "qty_provided": "1.00",
                        "price_asked": "10.00"}]},
            },
        })
    };
    let broken = json!({"id": "two", "input": {}});
    let lines = ndjson([snapshot("one", "10.00"), broken, snapshot("three", "20.00")]);
    place.write("snapshots.ndjson.gz", gzip(&lines));
    let ran = place
        .run(&["adjudicate", "--snapshots", "snapshots.ndjson.gz"])
        .ends(3);
    let answers = ran.lines();
    assert_eq!(answers.len(), 3, "{}", ran.text());
    for (answer, id) in answers.iter().zip(["one", "two", "three"]) {
        assert_eq!(answer["id"], id);
    }
    assert_eq!(
        answers[0]["decision"]["schema"], "adjudica/decision@1",
        "{}",
        answers[0]
    );
    assert_eq!(answers[0]["decision"]["status"], "rejected");
    let conventions = &answers[0]["decision"]["provenance"]["conventions"];
    assert!(conventions.as_str().unwrap().starts_with("standard"));
    assert_eq!(answers[1]["error"]["line"], 2);
    assert_eq!(
        answers[2]["decision"]["totals"]["amounts"]["claimed"],
        "10.00"
    );

    let arguments = [
        "adjudicate",
        "--conventions",
        "legacy-sql",
        "--snapshots",
        "snapshots.ndjson.gz",
    ];
    let answers = place.run(&arguments).ends(3).lines();
    let conventions = &answers[0]["decision"]["provenance"]["conventions"];
    assert!(conventions.as_str().unwrap().starts_with("legacy-sql"));
}

/// The first vectors of the other engine.
fn vectors(count: usize) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/claims.ndjson.gz");
    let all = gunzip(&path);
    all.lines()
        .take(count)
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn conformance_counts_and_ends_with_one_line() {
    let place = Place::new();
    place.write("vectors.ndjson", vectors(100));
    let compare = |preset: &str, more: &[&str]| {
        let base = ["conformance", "--conventions", preset, "vectors.ndjson"];
        place.run(&[&base[..], more].concat())
    };
    let last = |ran: &Ran| -> (usize, usize) {
        let line = ran.text().lines().last().unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        let [first, _, second, _] = words[..] else {
            panic!("{line}")
        };
        (first.parse().unwrap(), second.parse().unwrap())
    };
    let standard = compare("standard", &[]).ends(0);
    let (equal, different) = last(&standard);
    assert_eq!(equal + different, 100);
    assert!(equal > 0 && different > 0);
    assert!(
        standard
            .text()
            .ends_with(&format!("\n{equal} equal, {different} different\n"))
    );

    let verdicts = compare("standard", &["--json"]).ends(0);
    assert!(
        verdicts
            .stderr
            .ends_with(&format!("{equal} equal, {different} different\n"))
    );
    let verdicts = verdicts.lines();
    assert_eq!(verdicts.len(), 100);
    assert_eq!(
        verdicts.iter().filter(|v| v["equal"] == true).count(),
        equal
    );

    // Another engine is either met in every column or not.
    let legacy = compare("legacy-sql", &["--verbose"]).ends(1);
    let (passed, failed) = last(&legacy);
    assert_eq!(passed + failed, 100);
    assert!(
        legacy
            .text()
            .ends_with(&format!("\n{passed} passed, {failed} failed\n"))
    );
    assert!(legacy.text().contains(": ours "));
    let (passed, failed) = last(&compare("openimis-1.11", &[]).ends(0));
    // Submission, processing, and where it was recorded the flow.
    assert!(passed > 200 && failed == 0, "{passed} {failed}");

    place.write("vectors.ndjson", vectors(1) + "{}\n");
    let ran = compare("standard", &[]).ends(3);
    assert!(
        ran.stderr.starts_with("vectors.ndjson, line 2: "),
        "{}",
        ran.stderr
    );
    assert_eq!(last(&compare("legacy-sql", &[]).ends(1)).1, 1);
}

#[test]
fn an_audit_comes_as_table_document_and_page() {
    let place = Place::new();
    place.write("vectors.ndjson", vectors(100));
    let audit = |more: &[&str]| {
        let base = ["audit", "--from", "openimis-1.11", "--to", "standard"];
        place.run(&[&base[..], more].concat())
    };
    let ran = audit(&["vectors.ndjson", "--json", "a.json", "--html", "a.html"]).ends(0);
    let text = fs::read_to_string(place.path("a.json")).unwrap();
    let found: Value = serde_json::from_str(&text).unwrap();
    let totals = &found["totals"];
    assert_eq!(totals["claims"], 100);
    assert_eq!(found["recorded"]["claims"], 100);
    assert_eq!(found["recorded"]["disagreements"], 0);
    let last = format!(
        "\n{} equal, {} different\n",
        totals["equal"], totals["changed"]
    );
    assert!(ran.text().ends_with(&last), "{}", ran.text());

    // The page says the same, in itself and well-formed, one section for each large claim.
    let page = fs::read_to_string(place.path("a.html")).unwrap();
    let tree = roxmltree::Document::parse_with_options(
        &page.replace("&nbsp;", " "),
        roxmltree::ParsingOptions {
            allow_dtd: true,
            ..roxmltree::ParsingOptions::default()
        },
    )
    .map(|tree| {
        let of = |class: &str| {
            let nodes = tree.descendants();
            nodes
                .filter(|node| node.attribute("class") == Some(class))
                .count()
        };
        let rows = |id: &str| {
            let table = tree
                .descendants()
                .find(|node| node.attribute("id") == Some(id));
            let nodes = table.unwrap().descendants();
            nodes.filter(|node| node.has_tag_name("tr")).count()
        };
        (of("claim"), rows("deviations"))
    })
    .unwrap();
    let count = |list: &str| found[list].as_array().unwrap().len();
    assert_eq!(tree, (count("largest"), count("deviations") + 2));
    assert!(count("largest") > 3 && count("deviations") > 3);
    for elsewhere in ["http:", "https:", "src=", "href=", "url(", "<script"] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }

    // A document on standard output leaves the table to standard error; threads change nothing.
    let ran = audit(&["vectors.ndjson", "--json", "-", "--threads", "1"]).ends(0);
    assert_eq!(ran.text(), text);
    assert!(ran.stderr.ends_with(&last));

    // Names and files from elsewhere do no harm.
    let mut vector: Value = serde_json::from_str(vectors(100).lines().last().unwrap()).unwrap();
    vector["id"] = json!("<script>alert(1)</script>");
    vector["expected"]["process"]["errors"] = json!([99]);
    place.write("other.ndjson", format!("{vector}\n{{}}\n"));
    let ran = audit(&["other.ndjson", "--html", "b.html"]).ends(3);
    assert!(
        ran.stderr.starts_with("other.ndjson, line 2: "),
        "{}",
        ran.stderr
    );
    let page = fs::read_to_string(place.path("b.html")).unwrap();
    assert!(page.contains("&#60;script&#62;") && !page.contains("<script>"));
    place.write("other.ndjson", format!("{vector}\n"));
    audit(&["other.ndjson"]).ends(1);

    let ran = audit(&["--scheme", "scheme.yaml", "--requests", "claims.ndjson"]).ends(2);
    assert!(ran.stderr.contains("audit.needs_rows"), "{}", ran.stderr);
    assert!(audit(&[]).ends(2).stderr.contains("SNAPSHOTS"));
}

#[test]
fn bench_measures_and_compares() {
    let place = Place::new();
    place.write("cheaper.yaml", SCHEME.replace("\"80\"", "\"70\""));
    let mut requests: String = ndjson((1..=20).map(|n| request(&format!("C{n}"), n)));
    requests.push_str("{}\n");
    place.write("claims.ndjson", requests);
    let arguments = [
        "bench",
        "--scheme",
        "scheme.yaml",
        "--against",
        "cheaper.yaml",
        "--rounds",
        "1",
        "--show",
        "2",
        "claims.ndjson",
    ];
    let table = place.run(&arguments).ends(0);
    assert!(
        table
            .text()
            .contains("20 of 20 decisions differ, 20 in what the scheme pays"),
        "{}",
        table.text()
    );
    let ran = place.run(&[&arguments[..], &["--json"]].concat()).ends(0);
    let bench: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(bench["requests"], 21);
    let measured = bench["schemes"].as_array().unwrap();
    assert_eq!(measured.len(), 2);
    for scheme in measured {
        assert_eq!(scheme["unreadable"], 1);
        assert!(scheme["claims"].as_u64().unwrap() >= 20);
        assert!(scheme["claims_per_second"]["one_thread"].as_u64().unwrap() > 0);
        let stages = scheme["stages"].as_array().unwrap();
        let percent: f64 = stages.iter().map(|s| s["percent"].as_f64().unwrap()).sum();
        assert!((percent - 100.0).abs() < 0.01, "{percent}");
        let latency = |name: &str| scheme["latency_us"][name].as_f64().unwrap();
        assert!(latency("p50") <= latency("p99") && latency("p99") <= latency("max"));
    }
    let comparison = &bench["comparison"];
    // 1 + .. + 20 = 210 services of 100.00.
    assert_eq!(
        comparison["scheme"],
        json!({"first": "16800.00", "second": "14700.00", "difference": "-2100.00"})
    );
    assert_eq!(comparison["facility"]["difference"], "0.00");
    let largest = comparison["largest"].as_array().unwrap();
    let claims: Vec<_> = largest.iter().map(|change| &change["claim"]).collect();
    assert_eq!(claims, ["C20", "C19"]);
}

#[test]
fn what_cannot_be_used_ends_with_two() {
    let place = Place::new();
    place.write("broken.json", BROKEN);
    for (arguments, message) in [
        (adjudicate(&["nowhere.json"]), "nowhere.json: no such file"),
        (
            adjudicate(&["--conventions", "nowhere"]),
            "unknown variant `nowhere`",
        ),
        (vec!["adjudicate"], "--scheme <FILE>"),
        (
            vec!["adjudicate", "--scheme", "nowhere.yaml"],
            "nowhere.yaml: ",
        ),
        (
            vec!["adjudicate", "--scheme", "broken.json"],
            "did you mean `co_insurance`?",
        ),
        (vec!["test", "nowhere"], "nowhere: "),
        (vec!["test", "."], "no cases found"),
        (vec!["check", "nowhere.yaml"], "nowhere.yaml: "),
        (vec!["schema", "nowhere"], "possible values: scheme"),
    ] {
        let ran = place.run(&arguments).ends(2);
        assert_eq!(ran.text(), "", "{arguments:?}");
        assert!(
            ran.stderr.contains(message),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn check_tells_errors_from_a_fine_scheme() {
    let place = Place::new();
    let ran = place.run(&["check", "scheme.yaml"]).ends(0);
    assert!(
        ran.text()
            .starts_with("scheme.yaml: fine; small 1, 1 product")
    );

    place.write("broken.json", BROKEN);
    let ran = place.run(&["check", "scheme.yaml", "broken.json"]).ends(1);
    assert!(
        ran.text().contains("error[field.unknown]"),
        "{}",
        ran.text()
    );
    assert!(ran.text().contains("--> broken.json:7:"), "{}", ran.text());
    assert!(!ran.text().contains('\u{1b}'), "no colours into a pipe");

    // What only the audit finds has a place too.
    place.write("dangling.yaml", SCHEME.replace("[S1]", "[S2]"));
    let ran = place.run(&["check", "dangling.yaml"]).ends(1);
    for shown in [
        "--> dangling.yaml:12:20 products[0].benefits[0].services[0]\n",
        "   |       - services: [S2]\n",
        "dangling.yaml: 1 error",
    ] {
        assert!(ran.text().contains(shown), "{}", ran.text());
    }

    let ran = place.run(&["check", "--json", "broken.json"]).ends(1);
    let found: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(found[0]["file"], "broken.json");
    assert_eq!(found[0]["errors"][0]["code"], "field.unknown");
    assert_eq!(found[0]["errors"][0]["line"], 7);

    let ran = place.run_with(&["check", "-"], SCHEME.as_bytes()).ends(0);
    assert!(ran.text().starts_with("standard input: fine"));
}

#[test]
fn test_compares_what_cases_say_and_shows_the_rest() {
    let place = Place::new();
    let case = |expected: Value| {
        let mut case = json!({"name": "n", "description": "d", "request": request("C1", 1)});
        let fields = case.as_object_mut().unwrap();
        fields.extend(expected.as_object().unwrap().clone());
        case.to_string()
    };
    place.write("s/scheme.yaml", SCHEME);
    place.write(
        "s/cases/good.json",
        case(json!({"expect": {"lines": [{"amounts": {"payable": "80.00"}}]}})),
    );
    let ran = place.run(&["test", "."]).ends(0);
    assert_eq!(ran.text(), "1 passed, 0 failed\n");

    place.write(
        "s/cases/wrong.json",
        case(json!({"expect": {"status": "valuated", "totals": {"scheme_share": "81.00"}}})),
    );
    place.write("s/cases/torn.json", "{");
    place.write(
        "s/cases/no_error.json",
        case(json!({"expect_error": {"code": "x"}})),
    );
    let ran = place.run(&["test", "."]).ends(1);
    let text = ran.text();
    assert!(text.ends_with("1 passed, 3 failed\n"), "{text}");
    for shown in [
        "totals.scheme_share: expected \"81.00\", got \"80.00\"",
        "  -     \"scheme_share\": \"81.00\"\n",
        "  +     \"scheme_share\": \"80.00\"\n",
        "EOF while parsing",
        "the whole answer: expected 1 field",
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let ran = place.run(&["test", "--json", "."]).ends(1);
    let result: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(result["passed"].as_array().unwrap().len(), 1);
    assert_eq!(result["failed"].as_array().unwrap().len(), 3);

    // Only the cases asked for.
    let ran = place.run(&["test", ".", "--filter", "good"]).ends(0);
    assert_eq!(ran.text(), "1 passed, 0 failed\n");
}

#[test]
fn schemas_and_conventions_are_printed() {
    let place = Place::new();
    let names = place.run(&["schema"]).ends(0);
    place.run(&["schema", "--out", "schemas"]).ends(0);
    for name in names.text().lines() {
        let printed = place.run(&["schema", name]).ends(0).stdout;
        let written = fs::read(place.path(&format!("schemas/{name}.json"))).unwrap();
        assert_eq!(printed, written);
    }
    let ran = place.run(&["conventions", "--json"]).ends(0);
    let all: Value = serde_json::from_str(ran.text()).unwrap();
    let table = place.run(&["conventions"]).ends(0);
    for difference in all.as_array().unwrap() {
        assert!(table.text().contains(difference["name"].as_str().unwrap()));
    }
    let ran = place
        .run(&["conventions", "openimis-1.11", "--json"])
        .ends(0);
    let all: Value = serde_json::from_str(ran.text()).unwrap();
    let table = place.run(&["conventions", "openimis-1.11"]).ends(0);
    assert!(all.as_array().unwrap().len() > 50);
    for switch in all.as_array().unwrap() {
        assert!(table.text().contains(switch["name"].as_str().unwrap()));
        assert!(!switch["meaning"].as_str().unwrap().is_empty());
    }
}

#[test]
fn whoever_stops_reading_hears_nothing_more() {
    let place = Place::new();
    let text = ndjson((1..=5000).map(|n| request(&format!("C{n}"), 1)));
    place.write("claims.ndjson", text);
    let mut child = place
        .command(&adjudicate(&["claims.ndjson"]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn tables_are_imported_and_adjudicated() {
    let place = Place::new();
    let tables = format!("{}/tests/tables", env!("CARGO_MANIFEST_DIR"));
    let claims = format!("{tables}/claims.json");
    let import = ["import", "openimis-tables", &tables, "--out", "in"];
    let ran = place
        .run(&[&import[..], &["--claims", &claims]].concat())
        .ends(0);
    assert!(
        ran.text()
            .starts_with("1 product, 2 items, 2 services, 2 facilities, ")
    );
    assert!(
        ran.text()
            .contains("\nnext: adjudica adjudicate --scheme in/scheme.json in/requests.ndjson\n")
    );
    let report: Value =
        serde_json::from_slice(&fs::read(place.path("in/report.json")).unwrap()).unwrap();
    assert_eq!(report["counts"]["requests"], 4);
    let ran = place
        .run(&[
            "adjudicate",
            "--scheme",
            "in/scheme.json",
            "in/requests.ndjson",
        ])
        .ends(0);
    let shares: Vec<String> = ran
        .text()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|decision| {
            decision["totals"]["scheme_share"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(shares, ["72.00", "528.00", "0.00", "32.80"]);

    place.write("bare/items.json", "[]");
    let ran = place
        .run(&["import", "openimis-tables", "bare", "--out", "out"])
        .ends(2);
    assert!(
        ran.stderr
            .contains("error[table.missing]: the table `services` is missing")
    );
    assert!(!place.path("out").exists());
}

#[test]
fn every_command_has_help_with_examples() {
    let place = Place::new();
    for command in [
        "audit",
        "check",
        "adjudicate",
        "import",
        "test",
        "schema",
        "conventions",
        "completions",
    ] {
        let ran = place.run(&[command, "--help"]).ends(0);
        let example = format!("\n  adjudica {command}");
        assert!(ran.text().contains(&example), "{}", ran.text());
    }
    assert!(place.run(&["--help"]).ends(0).text().contains("Exit codes"));
    let ran = place.run(&["completions", "bash"]).ends(0);
    assert!(ran.text().contains("adjudicate"));
}

//! openIMIS: snapshots, tables, conformance, the audit.

use super::*;

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

    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules-examples");
    let scheme = format!("{examples}/basic-cover/scheme.yaml");
    let ran = audit(&["--scheme", &scheme, "--requests", "claims.ndjson"]).ends(2);
    assert!(ran.stderr.contains("rows.cannot_hold"), "{}", ran.stderr);
    assert!(ran.stderr.contains("products[0].filing_deadline_days"));
    assert!(audit(&[]).ends(2).stderr.contains("SNAPSHOTS"));
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

    // What openIMIS would have paid under the same rules.
    let audit = "audit --from openimis-1.11 --to standard --scheme in/scheme.json --json -";
    let audit: Vec<&str> = audit.split(' ').collect();
    let ran = place
        .run(&[&audit[..], &["--requests", "in/requests.ndjson"]].concat())
        .ends(0);
    let audited: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(audited["totals"]["claims"], 4);
    assert_eq!(audited["totals"]["standard"], "632.80");

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

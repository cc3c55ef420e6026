//! Documents as openIMIS rows: what is written and read again decides the same, and what rows
//! cannot hold is refused.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers outside the tests themselves fail as the tests do"
)]

use std::io::Read as _;

use adjudica::claim::Request;
use adjudica::compat::openimis_1_11::{Replay, Run, Switches};
use adjudica::compat::{Rows, Snapshot};
use adjudica::scheme::Cap;
use adjudica::wire::{Format, read_request, read_scheme};
use adjudica::{Decision, Error, RuleSet, Scheme};

/// The decision without its provenance: the digests are those of other texts.
fn decision(scheme: &Scheme, request: &Request) -> serde_json::Value {
    let rules = RuleSet::compile(scheme.clone()).unwrap();
    let decision: Decision = rules.adjudicate(request).unwrap();
    let mut value = serde_json::to_value(&decision).unwrap();
    value.as_object_mut().unwrap().remove("provenance");
    // Rows that were closed leave gaps in the names of lines.
    for line in value["lines"].as_array_mut().unwrap() {
        line.as_object_mut().unwrap().remove("id");
    }
    value
}

/// As any host would hand it over.
fn handed_over(snapshot: &Snapshot) -> Snapshot {
    Snapshot::parse(&serde_json::to_string(snapshot).unwrap()).unwrap()
}

/// Every second claim of the vectors: rows to documents, to rows, to documents. The second
/// documents decide as the first; writing them gives the same rows once more, and so the same
/// answer of openIMIS.
///
/// The first rows may say more than documents do, on which openIMIS depends: 0 or NULL where both
/// mean "no limit", limits that another hides. So not every replay is the same as of the first
/// rows; most are.
#[test]
fn what_is_written_is_what_was_read() {
    let path = format!(
        "{}/tests/vectors/claims.ndjson.gz",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    let (mut claims, mut same) = (0, 0);
    for line in text.lines().step_by(2) {
        let first = Snapshot::parse(line).unwrap();
        let name = first.id.clone().unwrap();
        let read = first.read().unwrap();
        let rows = Rows::of(&read.scheme).unwrap_or_else(|e| panic!("{name}: {e}"));
        let second = handed_over(&rows.snapshot(&read.request).unwrap());
        let again = second.read().unwrap();
        assert_eq!(
            decision(&again.scheme, &again.request),
            decision(&read.scheme, &read.request),
            "{name}"
        );
        let rows = Rows::of(&again.scheme).unwrap();
        let third = handed_over(&rows.snapshot(&again.request).unwrap());
        assert_eq!(third, second, "{name}");
        let replay = |snapshot: &Snapshot| {
            let replay = Replay::new(snapshot, Run::Process);
            let claim = snapshot.only_claim().unwrap();
            let answer = replay.claim(claim, Switches::ALL).unwrap();
            (
                answer.fault(),
                answer.last().map(|stored| {
                    let columns = &stored.columns;
                    (
                        columns.claim.approved,
                        columns.items.clone(),
                        columns.services.clone(),
                    )
                }),
            )
        };
        claims += 1;
        same += usize::from(replay(&first) == replay(&second));
    }
    println!("{same} of {claims} replays are the same");
    assert!(
        claims > 1000 && same * 10 > claims * 8,
        "{same} of {claims}"
    );
}

const SCHEME: &str = r#"
schema: adjudica/scheme@1
code: plain
version: "1"
currency: {code: USD, exponent: 2}
catalogue:
  services: [{code: S1, price: "100.00"}, {code: S2, price: "40.00"}]
  items: [{code: I1, price: "5.00"}]
facilities: [{code: F1, level: hospital}]
products:
  - code: P1
    ceiling: {general: {scope: policy, amount: "150.00", extra_members: {above: 2, amount: "10.00"}}}
    benefits:
      - {services: [S1, S2], items: [I1], cover: [{visit_types: [emergency], co_insurance: "100"}, {co_insurance: "80"}]}
"#;

const REQUEST: &str = r#"{
  "claim": {"code": "C1", "date_from": "2025-03-01", "facility": "F1", "lines": [
    {"id": "a", "kind": "service", "code": "S1", "quantity": "2", "price": "90.00"},
    {"id": "b", "kind": "item", "code": "I1", "quantity": "4", "price": "5.00"}
  ]},
  "patient": {"id": "A", "birth_date": "1990-01-01"},
  "coverage": [{"policy": "POL", "product": "P1", "effective": "2025-01-01", "expiry": "2025-12-31",
    "members": 4, "memberships": [{"person": "A", "effective": "2025-01-01", "expiry": "2025-12-31"}]}]
}"#;

fn scheme() -> Scheme {
    read_scheme(SCHEME, Format::of(SCHEME)).unwrap()
}

/// Without price lists everything may be claimed at register prices; members of whom only the
/// number is known count; items come first.
#[test]
fn documents_that_never_were_rows() {
    let (scheme, request) = (scheme(), read_request(REQUEST).unwrap());
    let snapshot = Rows::of(&scheme).unwrap().snapshot(&request).unwrap();
    assert_eq!(snapshot.input.family.members.len(), 4);
    let read = handed_over(&snapshot).read().unwrap();
    assert_eq!(read.warnings, []);
    let decided = RuleSet::compile(read.scheme)
        .unwrap()
        .adjudicate(&read.request)
        .unwrap();
    let paid: Vec<String> = decided
        .lines
        .iter()
        .map(|l| l.amounts.payable.to_string())
        .collect();
    // 4 x 5.00 and 2 x 100.00 at 80 %; the ceiling is 150.00 + 2 x 10.00.
    assert_eq!(paid, ["16.00", "154.00"]);
    let ours = RuleSet::compile(scheme)
        .unwrap()
        .adjudicate(&request)
        .unwrap();
    assert_eq!(ours.totals.amounts.payable, decided.totals.amounts.payable);
}

fn paths(errors: &[Error]) -> Vec<&str> {
    assert!(errors.iter().all(|error| error.code == "rows.cannot_hold"));
    errors.iter().map(|error| error.path.as_str()).collect()
}

#[test]
fn what_rows_cannot_hold_is_refused_with_its_path() {
    let text = SCHEME
        .replace("version: \"1\"", "version: \"1\"\ncalendar: bikram_sambat")
        .replace(
            "{code: S1, price: \"100.00\"}",
            "{code: S1, price: \"100.00\", max_quantity: \"3\"}",
        )
        .replace(
            "visit_types: [emergency]",
            "when: {facility: {levels: [hospital]}}",
        )
        .replace("amount: \"150.00\"", "amount: \"0.00\"")
        .replace("  - code: P1", "  - code: P1\n    filing_deadline_days: 30");
    let mut refused = read_scheme(&text, Format::of(&text)).unwrap();
    let invalid = Rows::of(&refused).unwrap_err();
    assert_eq!(
        paths(invalid.errors()),
        [
            "calendar",
            "products[0].filing_deadline_days",
            "products[0].ceiling.general.amount",
            "products[0].benefits[0].cover[0].when",
            "catalogue.services[0].max_quantity",
        ]
    );
    // An unlimited amount is no limit, in rows as here.
    refused = scheme();
    let product = refused.products.first_mut().unwrap();
    product
        .ceiling
        .as_mut()
        .unwrap()
        .general
        .as_mut()
        .unwrap()
        .amount = Cap::Unlimited;
    assert!(Rows::of(&refused).is_ok());

    let scheme = scheme();
    let rows = Rows::of(&scheme).unwrap();
    let text = REQUEST
        .replace(
            "\"facility\": \"F1\"",
            "\"facility\": \"F9\", \"referred\": true",
        )
        .replace(
            "{\n  \"claim\"",
            "{\"mode\": \"predetermination\", \"claim\"",
        )
        .replace("\"members\": 4", "\"members\": 0");
    let invalid = rows.snapshot(&read_request(&text).unwrap()).unwrap_err();
    assert_eq!(
        paths(invalid.errors()),
        [
            "claim.facility",
            "coverage[0].members",
            "mode",
            "claim.referred"
        ]
    );
}

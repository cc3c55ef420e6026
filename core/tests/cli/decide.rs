//! Deciding: streams, layouts, files, errors.

use super::*;

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

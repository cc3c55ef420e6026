//! Explaining one claim.

use super::*;

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

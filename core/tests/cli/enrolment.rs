//! Asking about a policy.

use super::*;

const ENROLMENT: &str = r#"
    enrolment:
      insurance_months: 12
      premium: {adult: "10.00", child: "4.00"}
"#;

fn place() -> Place {
    let place = Place::new();
    place.write("scheme.yaml", format!("{}{ENROLMENT}", SCHEME.trim_end()));
    let policy = r#"{"product": "P1", "enrolment_date": "2025-03-01"}"#;
    place.write("policy.json", policy);
    let members =
        r#"[{"id": "A", "birth_date": "1990-01-01"}, {"id": "C", "birth_date": "2020-01-01"}]"#;
    let household = policy.replace('}', &format!(r#", "members": {members}}}"#));
    place.write("household.json", household);
    place
}

#[test]
fn a_period_is_said_in_words_and_as_json() {
    let place = place();
    let ask = |more: &[&str]| {
        let base = ["period", "--scheme", "scheme.yaml", "policy.json"];
        place.run(&base.iter().chain(more).copied().collect::<Vec<_>>())
    };
    assert_eq!(
        ask(&[]).ends(0).text(),
        "There are no cycles: cover begins on 2025-03-01.\n\
         The policy runs from 2025-03-01 to 2026-02-28 (months: 12).\n"
    );
    let french = ask(&["--lang", "fr"]).ends(0);
    assert!(
        french
            .text()
            .contains("La police court du 2025-03-01 au 2026-02-28")
    );
    let json: Value = serde_json::from_str(ask(&["--json"]).ends(0).text()).unwrap();
    assert_eq!(json["expiry"], "2026-02-28");
    assert!(json.get("explanation").is_none());
    let asks_french = r#"{"product": "P1", "enrolment_date": "2025-03-01", "language": "fr"}"#;
    place.write("french.json", asks_french);
    let base = ["period", "--scheme", "scheme.yaml", "french.json"];
    assert_eq!(place.run(&base).ends(0).text(), french.text());
    let english = place.run(&[&base[..], &["--lang", "en"]].concat()).ends(0);
    assert_eq!(english.text(), ask(&[]).ends(0).text());
    let json = place.run(&[&base[..], &["--json"]].concat()).ends(0);
    let json: Value = serde_json::from_str(json.text()).unwrap();
    assert_eq!(json["explanation"], french.text());
    ask(&["--out", "period.txt"]).ends(0);
    let written = fs::read_to_string(place.path("period.txt")).unwrap();
    assert_eq!(written, ask(&[]).ends(0).text());
}

#[test]
fn a_premium_is_broken_down() {
    let place = place();
    let said = place
        .run(&["premium", "--scheme", "scheme.yaml", "household.json"])
        .ends(0);
    for line in [
        "Adults: 1 at USD 10.00, together USD 10.00.",
        "Children: 1 at USD 4.00, together USD 4.00.",
        "Premium: USD 14.00.",
        "The policy is not in force: USD 14.00 is needed, USD 0.00 was paid in time.",
    ] {
        assert!(
            said.text().lines().any(|said| said == line),
            "{}",
            said.text()
        );
    }
}

#[test]
fn questions_that_cannot_be_answered_show_where() {
    let place = place();
    place.write(
        "wrong.json",
        "{\"product\": \"P1\",\n \"enrolment_date\": \"2025-13-01\"}",
    );
    let ran = place
        .run(&["period", "--scheme", "scheme.yaml", "wrong.json"])
        .ends(1);
    assert!(ran.stderr.contains("wrong.json:2:"), "{}", ran.stderr);
    let ran = place
        .run(&["premium", "--scheme", "scheme.yaml", "policy.json"])
        .ends(1);
    assert!(ran.stderr.contains("members"), "{}", ran.stderr);
    let arguments = [
        "premium",
        "--scheme",
        "scheme.yaml",
        "household.json",
        "--lang",
        "xx",
    ];
    let ran = place.run(&arguments).ends(2);
    assert!(ran.stderr.contains("no messages in `xx`"), "{}", ran.stderr);
    place
        .run(&["premium", "--scheme", "nowhere.yaml", "household.json"])
        .ends(2);
}

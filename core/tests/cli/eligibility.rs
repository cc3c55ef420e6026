//! Asking before there is a claim.

use super::*;

fn enquiry(code: &str, date: &str) -> Value {
    let mut asked = request("C1", 1);
    let fields = asked.as_object_mut().unwrap();
    fields.remove("claim");
    fields.insert("date_from".to_owned(), json!(date));
    fields.insert("facility".to_owned(), json!("HF1"));
    fields.insert("about".to_owned(), json!({"service": code}));
    asked
}

#[test]
fn enquiries_are_answered_in_words_and_as_json() {
    let place = Place::new();
    place.write("enquiry.json", enquiry("S1", "2025-03-01").to_string());
    place.write("later.json", enquiry("S1", "2026-01-01").to_string());
    let ask = |file: &str, more: &[&str]| {
        let base = ["eligibility", "--scheme", "scheme.yaml", file];
        place.run(&base.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let told = ask("enquiry.json", &[]).ends(0);
    for line in [
        "Policy POL, product P1, covers the visit.",
        "It has no deductible, no ceiling and no limit by category of claim.",
        "service S1: covered. Of USD 100.00 the scheme pays USD 80.00, the patient USD 20.00.",
    ] {
        assert!(told.text().contains(line), "{line}\n{}", told.text());
    }
    let french = ask("enquiry.json", &["--lang", "fr"]).ends(0);
    assert!(
        french.text().contains("le régime paie 80,00"),
        "{}",
        french.text()
    );
    let later = ask("later.json", &[]).ends(0);
    for line in [
        "Policy POL is not in force on the day of care.",
        "service S1: not covered.",
        "There is no later day on which it would be covered under these policies.",
    ] {
        assert!(later.text().contains(line), "{line}\n{}", later.text());
    }

    ask("enquiry.json", &["--json", "--out", "answer.json"]).ends(0);
    let answer = fs::read_to_string(place.path("answer.json")).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let at = |place: &str| answer.pointer(place).and_then(Value::as_str);
    assert_eq!(at("/schema"), Some("adjudica/eligibility@1"));
    assert_eq!(at("/elements/0/pays"), Some("80.00"));

    let mut wrong = enquiry("S1", "2025-03-01");
    let fields = wrong.as_object_mut().unwrap();
    fields.insert("fasility".to_owned(), json!("HF1"));
    place.write("wrong.json", serde_json::to_string_pretty(&wrong).unwrap());
    let ran = ask("wrong.json", &[]).ends(1);
    assert!(
        ran.stderr.contains("unknown field `fasility`") && ran.stderr.contains("facility"),
        "{}",
        ran.stderr
    );
    ask("none.json", &[]).ends(2);
}

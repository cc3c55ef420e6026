//! Whole texts, worked and read by hand.

use adjudica::calendar::Calendar;
use adjudica::decision::TraceLevel;
use adjudica::explain::{self, Setting};

use super::{DEDUCTIBLE, UNCOVERED, WAITING, decide, language, rules};

macro_rules! golden {
    ($($test:ident: $request:ident, $trace:ident, $language:literal;)+) => { $(
        #[test]
        fn $test() {
            let rules = rules();
            let decision = decide(&rules, $request, TraceLevel::$trace);
            let text = explain::text(&decision, language($language), rules.scheme());
            assert_eq!(text, include_str!(concat!("data/", stringify!($test), ".txt")), "\n{text}");
        }
    )+ };
}

golden! {
    deductible_en: DEDUCTIBLE, Full, "en";
    deductible_fr: DEDUCTIBLE, None, "fr";
    waiting_en: WAITING, None, "en";
    waiting_fr: WAITING, Full, "fr";
    uncovered_en: UNCOVERED, Reasons, "en";
    uncovered_fr: UNCOVERED, None, "fr";
}

#[test]
fn why_one_line() {
    let rules = rules();
    let decision = decide(&rules, WAITING, TraceLevel::Full);
    let why = |id, tag| explain::why(&decision, id, language(tag), rules.scheme());
    assert_eq!(why("3", "en").unwrap(), include_str!("data/why_en.txt"));
    assert_eq!(why("3", "fr").unwrap(), include_str!("data/why_fr.txt"));
    assert_eq!(
        why("7", "en").unwrap_err().to_string(),
        "line: the decision has no line `7` [line.unknown]; there are 1, 2, 3, 4, 5, 6"
    );
}

#[test]
fn a_rejected_claim_says_why_at_each_line() {
    let rules = rules();
    let decision = decide(&rules, UNCOVERED, TraceLevel::None);
    let text = explain::why(&decision, "1", language("en"), "USD").unwrap();
    assert!(
        text.contains("No policy covers the patient on 2026-03-01."),
        "{text}"
    );
}

#[test]
fn dates_in_both_calendars() {
    let rules = rules();
    let decision = decide(&rules, UNCOVERED, TraceLevel::None);
    let setting = Setting {
        currency: "NPR",
        calendar: Calendar::BikramSambat,
    };
    let text = explain::text(&decision, language("en"), setting);
    assert!(
        text.contains("No policy covers the patient on 2026-03-01 (BS 2082-11-17)."),
        "{text}"
    );
    assert!(text.contains("The scheme pays NPR 0.00."), "{text}");
}

#[test]
fn without_a_currency_amounts_stand_alone() {
    let rules = rules();
    let decision = decide(&rules, DEDUCTIBLE, TraceLevel::None);
    let text = explain::text(&decision, language("en"), "");
    assert!(text.contains("The scheme pays 900.00."), "{text}");
    assert!(!text.contains("Currency"), "{text}");
}

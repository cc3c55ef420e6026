//! What a language must say, and languages that come at run time.

use adjudica::calendar::Calendar;
use adjudica::claim::Mode;
use adjudica::decision::{
    Effect, LineStatus, Reason, Status, TraceLevel, VOCABULARY, ValueKind, value_kind,
};
use adjudica::explain::{self, Catalogue, Catalogues, MessageFile, Setting};
use adjudica::scheme::{AgeGroup, CareType, ElementKind, PriceOrigin, ServiceCategory, Sex};
use adjudica::wire::{ExplainOptions, explain_json};
use serde::Serialize;
use serde_json::{Value, json};

use super::{DEDUCTIBLE, WAITING, decide, language, rules};

const ENGLISH: &str = include_str!("../../src/explain/messages/en.json");
const FRENCH: &str = include_str!("../../src/explain/messages/fr.json");

/// A value of each kind, and how English and French write it.
fn sample(kind: ValueKind, position: usize) -> (String, String, String) {
    let text = |text: &str| (text.to_owned(), text.to_owned(), text.to_owned());
    let number = 1001 + position;
    match kind {
        ValueKind::Money => (
            format!("{number}.50"),
            format!("1,00{}.50", 1 + position),
            format!("1\u{202f}00{},50", 1 + position),
        ),
        ValueKind::Quantity => (
            format!("{number}.20"),
            format!("1,00{}.2", 1 + position),
            format!("1\u{202f}00{},2", 1 + position),
        ),
        ValueKind::Percent => (
            "33.3333".to_owned(),
            "33.3333%".to_owned(),
            "33,3333\u{a0}%".to_owned(),
        ),
        ValueKind::Day => text(&format!("2025-03-1{position}")),
        ValueKind::Count => text(&format!("7{position}")),
        ValueKind::Name => text(&format!("name-{position}")),
        ValueKind::Code => text(&format!("CODE{position}")),
    }
}

#[test]
fn every_fact_says_all_its_numbers_in_every_language() {
    for (code, names, effect) in VOCABULARY {
        let samples: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(position, name)| (*name, sample(value_kind(code, name).unwrap(), position)))
            .collect();
        let reason = Reason {
            code: (*code).into(),
            effect: *effect,
            openimis: None,
            carc: None,
            values: samples
                .iter()
                .map(|(name, (text, ..))| ((*name).into(), text.clone()))
                .collect(),
        };
        let english = explain::message(language("en"), &reason);
        let french = explain::message(language("fr"), &reason);
        for (_, (_, en, fr)) in &samples {
            assert!(english.contains(en), "{code}: {en} in {english}");
            assert!(french.contains(fr), "{code}: {fr} in {french}");
        }
        for message in [&english, &french] {
            assert!(
                message.ends_with('.') && !message.contains(['{', '}']),
                "{message}"
            );
        }
        assert_ne!(english, french);
    }
}

#[test]
fn a_value_that_is_not_there_is_said_so() {
    let reason = Reason {
        code: "review.rejected".into(),
        effect: Effect::Rejects,
        openimis: None,
        carc: None,
        values: [("reviewer".into(), String::new())].into(),
    };
    let message = explain::message(language("en"), &reason);
    assert_eq!(message, "A reviewer rejected it (reviewer: not stated).");
    let unknown = Reason {
        code: "later.engine".into(),
        values: [
            ("b".into(), "2".to_owned()),
            ("a".into(), "x\ny".to_owned()),
        ]
        .into(),
        ..reason
    };
    let message = explain::message(language("fr"), &unknown);
    assert_eq!(message, "later.engine\u{a0}: a = x\u{fffd}y, b = 2");
}

#[test]
fn every_name_in_decisions_has_a_word() {
    fn check<T: Serialize>(set: &str, names: &[T]) {
        for file in [ENGLISH, FRENCH] {
            let file: Value = serde_json::from_str(file).unwrap();
            let words = file
                .pointer(&format!("/values/{set}"))
                .unwrap()
                .as_object()
                .unwrap();
            assert_eq!(words.len(), names.len(), "{set}");
            for name in names {
                let name = serde_json::to_value(name).unwrap();
                assert!(words.contains_key(name.as_str().unwrap()), "{set}: {name}");
            }
        }
    }
    use ServiceCategory as C;
    check(
        "mode",
        &[Mode::Claim, Mode::Predetermination, Mode::Preauthorization],
    );
    check(
        "status",
        &[Status::Rejected, Status::AwaitingIndex, Status::Valuated],
    );
    check("line_status", &[LineStatus::Rejected, LineStatus::Passed]);
    check(
        "category",
        &[
            C::Surgery,
            C::Delivery,
            C::Antenatal,
            C::Hospitalization,
            C::Consultation,
            C::Other,
            C::Visit,
        ],
    );
    check("kind", &[ElementKind::Service, ElementKind::Item]);
    check(
        "origin",
        &[
            PriceOrigin::PriceList,
            PriceOrigin::Claimed,
            PriceOrigin::Relative,
        ],
    );
    for set in ["facility", "element"] {
        check(
            set,
            &[CareType::Inpatient, CareType::Outpatient, CareType::Both],
        );
    }
    check("sex", &[Sex::Male, Sex::Female, Sex::Other]);
    check("group", &[AgeGroup::Adult, AgeGroup::Child]);
}

/// English with a change.
fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut file: Value = serde_json::from_str(ENGLISH).unwrap();
    change(&mut file);
    file.to_string()
}

fn set(file: &mut Value, pointer: &str, value: impl Into<Value>) {
    *file.pointer_mut(pointer).unwrap() = value.into();
}

#[test]
fn a_scheme_brings_a_language_of_its_own() {
    let text = changed(|file| {
        set(file, "/language", "ar");
        set(file, "/name", "العربية");
        set(file, "/direction", "rtl");
        set(
            file,
            "/numbers",
            json!({"decimal": "٫", "group": "٬", "group_sizes": [3, 2], "digits": "٠١٢٣٤٥٦٧٨٩"}),
        );
        set(
            file,
            "/messages/step.deductible",
            "{limit} | {took}/{value} {{x}}",
        );
    });
    let own = Catalogue::from_json(&text).unwrap();
    assert_eq!((own.language(), own.name()), ("ar", "العربية"));
    let catalogues = Catalogues::built_in().unwrap().clone().with(own);
    assert_eq!(
        catalogues.languages().collect::<Vec<_>>(),
        ["en", "fr", "ar"]
    );
    let rules = rules();
    let decision = decide(&rules, DEDUCTIBLE, TraceLevel::Full);
    let arabic = catalogues.get("ar-SD").unwrap();
    let page = explain::text(&decision, arabic, "USD");
    assert!(page.contains("٣٠٫٠٠ | ٣٠٫٠٠/١٬٢٥٠٫٠٠ {x}"), "{page}");
    let html = explain::html(&decision, arabic, "USD");
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{html}");

    // The same through text alone, as other languages of programming do it.
    let options = ExplainOptions {
        language: Some("ar".to_owned()),
        currency: adjudica::Code::new("USD"),
        messages: vec![serde_json::from_str::<MessageFile>(&text).unwrap()],
        ..ExplainOptions::default()
    };
    let decision = serde_json::to_string(&decision).unwrap();
    assert_eq!(explain_json(&decision, &options).unwrap(), page);
}

#[test]
fn a_language_that_is_not_complete_says_everything_that_is_wrong() {
    for (text, expected) in [
        (
            changed(|file| {
                file["messages"].as_object_mut().unwrap().remove("waiting");
                set(file, "/messages/duplicate", "Before on {day}.");
                set(file, "/messages/claim.empty", "Nothing in {it}.");
                set(file, "/messages/frequency", "Too soon {");
                file["messages"]["wating"] = "x".into();
                file["labels"].as_object_mut().unwrap().remove("title");
                set(file, "/labels/asked", " ");
                file["values"]["sex"]
                    .as_object_mut()
                    .unwrap()
                    .remove("other");
                set(file, "/values/stay/no", "");
                file["values"]["colour"] = json!({"red": "red"});
            }),
            "messages.duplicate: `duplicate` has no value `day` [template.value]; it has date\n\
             messages.claim.empty: `claim.empty` has no value `it` [template.value]; it has no values\n\
             messages.waiting: the language says nothing for `waiting` [message.missing]\n\
             messages.frequency: `{` does not begin a name [template.invalid]; write `{name}` for a value and `{{` for a brace\n\
             messages: nothing asks for `wating` [message.unknown]\n\
             labels.title: the language says nothing for `title` [message.missing]\n\
             labels.asked: the template is empty [template.invalid]\n\
             values.stay.no: the word is empty or has control characters [template.invalid]\n\
             values.sex.other: the language says nothing for `other` [message.missing]\n\
             values.colour: nothing asks for `red` [message.unknown]",
        ),
        (
            changed(|file| {
                set(file, "/schema", "x");
                set(file, "/language", "en\"><script>");
                set(
                    file,
                    "/numbers",
                    json!({"decimal": ",", "group": ",", "group_sizes": [0], "digits": "123"}),
                );
            }),
            "schema: `x` is not a schema of message files [schema.unknown]; write `adjudica/messages@1`\n\
             language: `en\\\"><script>` is not a language tag [language.invalid]; write a tag such as `fr` or `pt-BR`\n\
             numbers.group: the group mark is not none, one or two signs other than the decimal mark [numbers.invalid]\n\
             numbers.group_sizes: groups have at least one digit [numbers.invalid]\n\
             numbers.digits: there are not ten different digits [numbers.invalid]",
        ),
        (
            // Left out, enrolment is not spoken of; begun, it must be complete.
            changed(|file| {
                let remarks = file["enrolment"].as_object_mut().unwrap();
                remarks.remove("period.expiry").unwrap();
                remarks.insert("period.end".to_owned(), "x".into());
            }),
            "enrolment.period.expiry: the language says nothing for `period.expiry` [message.missing]\n\
             enrolment: nothing asks for `period.end` [message.unknown]",
        ),
        (
            changed(|file| file["langage"] = "x".into()),
            "langage: unknown field `langage`, expected one of `schema`, `language`, `name`, `direction`, `numbers`, `messages`, `labels`, `values`, `enrolment` [field.unknown]; did you mean `language`?",
        ),
    ] {
        let found = Catalogue::from_json(&text).unwrap_err().to_string();
        let found = found
            .split_once(" column ")
            .map_or(found.as_str(), |(_, rest)| rest.split_once(": ").unwrap().1);
        assert_eq!(found, expected);
    }
}

#[test]
fn languages_are_found_by_tag_and_by_preference() {
    let languages = Catalogues::built_in().unwrap();
    let found = |tag| languages.get(tag).map(Catalogue::language);
    assert_eq!(found("fr").unwrap(), "fr");
    assert_eq!(found("fr-CM").unwrap(), "fr");
    assert_eq!(found("FR").unwrap(), "fr");
    assert_eq!(
        found("tlh").unwrap_err().to_string(),
        "language: there are no messages in `tlh` [language.unknown]; there are en, fr"
    );
    let first = |tags: &[&str]| languages.first_of(tags).unwrap().language().to_owned();
    assert_eq!(first(&["ne", "fr-CM", "en"]), "fr");
    assert_eq!(first(&["ne"]), "en");
    assert_eq!(first(&[]), "en");
    assert_eq!(
        languages
            .first_of(&rules().scheme().languages)
            .unwrap()
            .language(),
        "fr"
    );
}

#[test]
fn text_in_text_out() {
    let rules = rules();
    let decision = decide(&rules, WAITING, TraceLevel::Full);
    let json = serde_json::to_string(&decision).unwrap();
    let explain = |options: Value| {
        let options: ExplainOptions = serde_json::from_value(options).unwrap();
        explain_json(&json, &options)
    };
    let french = Setting {
        currency: "USD",
        calendar: Calendar::BikramSambat,
    };
    assert_eq!(
        explain(json!({"languages": ["xx", "fr"], "currency": "USD", "calendar": "bikram_sambat"}))
            .unwrap(),
        explain::text(&decision, language("fr"), french)
    );
    let ethiopian = explain(json!({"calendar": "ethiopian"})).unwrap();
    assert!(ethiopian.contains(" E.C.)"), "{ethiopian}");
    assert_eq!(
        explain(json!({"form": "html"})).unwrap(),
        explain::html(&decision, language("en"), "")
    );
    assert_eq!(
        explain(json!({"line": "3"})).unwrap(),
        explain::why(&decision, "3", language("en"), "").unwrap()
    );
    for (options, message) in [
        (
            json!({"language": "xx"}),
            "language: there are no messages in `xx` [language.unknown]; there are en, fr",
        ),
        (
            json!({"line": "9"}),
            "line: the decision has no line `9` [line.unknown]; there are 1, 2, 3, 4, 5, 6",
        ),
    ] {
        assert_eq!(explain(options).unwrap_err().to_string(), message);
    }
    let broken = json.replace("adjudica/decision@1", "adjudica/decision@9");
    assert_eq!(
        explain_json(&broken, &ExplainOptions::default())
            .unwrap_err()
            .to_string(),
        "line 1, column 11: schema: `adjudica/decision@9` is not a schema this engine reads here [schema.unknown]; write `adjudica/decision@1`"
    );
}

//! Documents read from a host's own values, and lines of a file.

use adjudica::claim::Patient;
use adjudica::wire::{Meaning, Options, Session, Tree, read_scheme};
use adjudica::{Error, RuleSet};

fn patient(fields: &[(&'static str, Tree<'static>)]) -> Result<Patient, Error> {
    let fields = fields.iter();
    let fields = fields.map(|(name, value)| ((*name).into(), value.clone()));
    Tree::Map(fields.collect()).document()
}

fn text(text: &'static str) -> Tree<'static> {
    Tree::Text(text.into())
}

#[test]
fn values_are_read_like_text() {
    let read = patient(&[("id", text("P"))]).unwrap();
    assert_eq!(read.id.as_str(), "P");
    let error = patient(&[("id", text(" P"))]).unwrap_err();
    assert_eq!((&*error.code, &*error.path), ("code.invalid", "id"));
    let error = patient(&[("idd", text("P"))]).unwrap_err();
    assert_eq!((&*error.code, &*error.path), ("field.unknown", "idd"));
    assert_eq!(error.help.as_deref(), Some("did you mean `id`?"));
    let error = patient(&[]).unwrap_err();
    assert_eq!(
        (&*error.code, &*error.message),
        ("field.missing", "missing field `id`")
    );
}

#[test]
fn values_of_the_hosts_own_types_stand_only_where_they_are_meant() {
    let day = Tree::Only(
        Meaning::Day,
        "1990-05-20".into(),
        Box::new(Tree::Other("a day".into())),
    );
    let read = patient(&[("id", text("P")), ("birth_date", day.clone())]).unwrap();
    assert_eq!(read.birth_date.unwrap().to_string(), "1990-05-20");
    let refused = |value: Tree<'static>| {
        let error = patient(&[("id", value)]).unwrap_err();
        assert_eq!(error.path, "id");
        format!("{}: {}", error.code, error.message)
    };
    assert_eq!(
        refused(day),
        "value.type: invalid type: a day, expected a code as text"
    );
    let own = Error::new("host.own", "", "not this");
    assert_eq!(refused(Tree::Refused(Box::new(own))), "host.own: not this");
}

#[test]
fn text_is_json_where_a_list_or_an_object_is_wanted() {
    let json = |text: &'static str| Tree::Json(text.into());
    let read = patient(&[("id", json("{}")), ("attributes", json("{\"a\": \"b\"}"))]).unwrap();
    assert_eq!(read.id.as_str(), "{}");
    assert_eq!(read.attributes.0.len(), 1);
    for (text, code) in [
        ("{\"a\": 5}", "value.type"),
        ("[]", "value.type"),
        ("{", "syntax"),
    ] {
        let error = patient(&[("id", json("P")), ("attributes", json(text))]).unwrap_err();
        assert_eq!(error.code, code);
        assert!(error.path.starts_with("attributes"));
    }
}

#[test]
fn a_line_that_is_not_utf8_is_an_error_at_its_place() {
    let scheme = "{schema: adjudica/scheme@1, code: s, version: '1', currency: {code: USD, exponent: 2}, products: [{code: P}]}";
    let scheme = read_scheme(scheme, adjudica::wire::Format::Yaml).unwrap();
    let rules = RuleSet::compile(scheme).unwrap();
    let mut out = Vec::new();
    let mut session = Session::new(&rules, Options::default());
    session.adjudicate_line(1, b" ", &mut out);
    session.adjudicate_line(7, b"{\"claim\":\"\xff\"}", &mut out);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "{\"error\":{\"code\":\"text.utf8\",\"message\":\"the text is not UTF-8 from byte 10 on\",\"path\":\"\",\
         \"help\":\"write the document in UTF-8\",\"line\":7}}\n"
    );
}

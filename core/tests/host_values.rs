//! Documents read from a host's own values, and lines of a file.

use adjudica::claim::Patient;
use adjudica::wire::{Options, Session, read_scheme, read_values};
use adjudica::{Error, RuleSet};
use serde::de::value::MapDeserializer;

fn patient(fields: &[(&'static str, &'static str)]) -> Result<Patient, Error> {
    read_values(|| MapDeserializer::<_, Error>::new(fields.iter().copied()))
}

#[test]
fn values_are_read_like_text() {
    let read = patient(&[("id", "P")]).unwrap();
    assert_eq!(read.id.as_str(), "P");
    let error = patient(&[("id", " P")]).unwrap_err();
    assert_eq!((&*error.code, &*error.path), ("code.invalid", "id"));
    let error = patient(&[("idd", "P")]).unwrap_err();
    assert_eq!((&*error.code, &*error.path), ("field.unknown", "idd"));
    assert_eq!(error.help.as_deref(), Some("did you mean `id`?"));
    let error = patient(&[]).unwrap_err();
    assert_eq!(
        (&*error.code, &*error.message),
        ("field.missing", "missing field `id`")
    );
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

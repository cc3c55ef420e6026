//! What a scalar means: YAML 1.2's core schema, with decimal numbers only.

use std::borrow::Cow;

use granit_parser::{ScalarStyle, Tag};

use crate::error::{Error, shorten};
use crate::wire::tree::{Number, Tree};

/// The value of a scalar. Plain numbers and truth values keep the text they are written in.
///
/// # Errors
/// If its tag is none we read, or does not fit.
pub(super) fn value<'t>(
    text: Cow<'t, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Result<Tree<'t>, Error> {
    let Some(tag) = tag else {
        return Ok(match style {
            ScalarStyle::Plain => plain(text),
            _ => Tree::Text(text),
        });
    };
    let value = match (kind(tag)?, plain(Cow::Borrowed(&*text))) {
        (Kind::Text, _) => Tree::Text(text),
        (Kind::Null, _) => Tree::Null,
        (Kind::Bool, Tree::Bool(value, _)) => Tree::Bool(value, None),
        (Kind::Whole, Tree::Number(number @ (Number::Unsigned(_) | Number::Signed(_)), _))
        | (Kind::Fraction, Tree::Number(number, _)) => Tree::Number(number, None),
        (Kind::Map | Kind::List, _) => return Err(unsupported(tag)),
        _ => {
            let tag = tag.original();
            let message = format!("`{}` is not what its tag `{tag}` says", shorten(&text));
            return Err(Error::new("syntax", "", message));
        }
    };
    Ok(value)
}

/// What a tag that we read says of its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Null,
    Bool,
    Whole,
    Fraction,
    List,
    Map,
}

/// What a tag says.
///
/// # Errors
/// If it is none we read.
pub(super) fn kind(tag: &Tag) -> Result<Kind, Error> {
    match tag.core_suffix() {
        Some("str") => Ok(Kind::Text),
        Some("null") => Ok(Kind::Null),
        Some("bool") => Ok(Kind::Bool),
        Some("int") => Ok(Kind::Whole),
        Some("float") => Ok(Kind::Fraction),
        Some("seq") => Ok(Kind::List),
        Some("map") => Ok(Kind::Map),
        _ if tag.original() == "!" => Ok(Kind::Text),
        _ => Err(unsupported(tag)),
    }
}

#[cold]
pub(super) fn unsupported(tag: &Tag) -> Error {
    let tag = tag.original();
    Error::new("syntax", "", format!("unsupported tag `{}`", shorten(&tag)))
}

/// The value of a scalar without quotes and tag.
fn plain(text: Cow<'_, str>) -> Tree<'_> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Tree::Null,
        "true" | "True" | "TRUE" => Tree::Bool(true, Some(text)),
        "false" | "False" | "FALSE" => Tree::Bool(false, Some(text)),
        digits => match number(digits) {
            Some(number) => Tree::Number(number, Some(text)),
            None => Tree::Text(text),
        },
    }
}

/// A decimal number. With leading zeros it is no whole number: elsewhere that means octal.
fn number(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let octal = unsigned.len() > 1 && unsigned.starts_with('0');
    let whole = || {
        let unsigned = text.parse().map(Number::Unsigned);
        unsigned.or_else(|_| text.parse().map(Number::Signed)).ok()
    };
    let fraction = || {
        let value: f64 = text.parse().ok()?;
        value.is_finite().then_some(Number::Fraction(value))
    };
    (!octal).then(whole).flatten().or_else(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_what_they_look_like() {
        let text = |text: &'static str| Some(Cow::Borrowed(text));
        for (written, meant) in [
            ("~", Tree::Null),
            ("", Tree::Null),
            ("True", Tree::Bool(true, text("True"))),
            ("yes", Tree::Text("yes".into())),
            ("0", Tree::Number(Number::Unsigned(0), text("0"))),
            ("-3", Tree::Number(Number::Signed(-3), text("-3"))),
            ("007", Tree::Number(Number::Fraction(7.0), text("007"))),
            ("1e3", Tree::Number(Number::Fraction(1000.0), text("1e3"))),
            (".5", Tree::Number(Number::Fraction(0.5), text(".5"))),
            ("1e999", Tree::Text("1e999".into())),
            (".inf", Tree::Text(".inf".into())),
            ("inf", Tree::Text("inf".into())),
            ("nan", Tree::Text("nan".into())),
            ("1_000", Tree::Text("1_000".into())),
            ("0x10", Tree::Text("0x10".into())),
            ("2025-03-01", Tree::Text("2025-03-01".into())),
        ] {
            assert_eq!(plain(Cow::Borrowed(written)), meant, "{written}");
        }
    }

    #[test]
    fn tags_say_what_is_meant() {
        let tagged = |tag: &str, text: &'static str| {
            let tag = Tag::new("tag:yaml.org,2002:", tag);
            value(Cow::Borrowed(text), ScalarStyle::DoubleQuoted, Some(&tag))
        };
        assert_eq!(tagged("str", "1"), Ok(Tree::Text("1".into())));
        let one = Tree::Number(Number::Unsigned(1), None);
        assert_eq!(tagged("int", "1"), Ok(one.clone()));
        assert_eq!(tagged("float", "1"), Ok(one));
        assert_eq!(tagged("bool", "true"), Ok(Tree::Bool(true, None)));
        assert_eq!(tagged("null", "x"), Ok(Tree::Null));
        for (tag, text) in [
            ("int", "1.5"),
            ("bool", "yes"),
            ("seq", "x"),
            ("binary", ""),
        ] {
            assert_eq!(tagged(tag, text).unwrap_err().code, "syntax", "{tag}");
        }
    }
}

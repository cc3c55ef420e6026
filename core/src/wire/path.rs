//! Paths of values in a document, such as `products[0].benefits[3].cover[1].co_insurance`.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Longest name written out in a path.
const LONGEST: usize = 100;

/// One step of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step<'p> {
    /// Into a field.
    Field(Cow<'p, str>),
    /// Into an element of a list.
    Index(usize),
}

impl Step<'_> {
    /// Is it the step into this field?
    pub(super) fn is_field(&self, name: &str) -> bool {
        matches!(self, Self::Field(field) if field == name)
    }
}

/// Appends a step into a field.
pub(super) fn push_name(path: &mut String, name: &str) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    if name.len() > LONGEST {
        let shown: String = name.chars().take(40).collect();
        let _ = write!(path, "[{:?}]", format!("{shown}…"));
    } else if name.is_empty() || !name.chars().all(plain) {
        let quoted = serde_json::to_string(name).unwrap_or_default();
        let _ = write!(path, "[{quoted}]");
    } else {
        let dot = if path.is_empty() { "" } else { "." };
        let _ = write!(path, "{dot}{name}");
    }
}

/// The steps of a path's text. What does not look like a step ends the path.
pub(super) fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while let Some((step, after)) = next_step(rest) {
        steps.push(step);
        rest = after;
    }
    steps
}

fn next_step(path: &str) -> Option<(Step<'_>, &str)> {
    if let Some(quoted) = path.strip_prefix('[').filter(|rest| rest.starts_with('"')) {
        let mut names = serde_json::Deserializer::from_str(quoted).into_iter::<String>();
        let name = names.next()?.ok()?;
        let after = quoted.get(names.byte_offset()..)?.strip_prefix(']')?;
        return Some((Step::Field(Cow::Owned(name)), after));
    }
    if let Some(index) = path.strip_prefix('[') {
        let (index, after) = index.split_once(']')?;
        return Some((Step::Index(index.parse().ok()?), after));
    }
    let path = path.strip_prefix('.').unwrap_or(path);
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, after) = path.split_at_checked(end)?;
    (!name.is_empty()).then_some((Step::Field(Cow::Borrowed(name)), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> Step<'_> {
        Step::Field(Cow::Borrowed(name))
    }

    #[test]
    fn reads_what_it_writes() {
        let mut text = "products[12]".to_owned();
        push_name(&mut text, "attributes");
        push_name(&mut text, "a.b]\"");
        push_name(&mut text, "c");
        assert_eq!(text, r#"products[12].attributes["a.b]\""].c"#);
        let expected = [
            field("products"),
            Step::Index(12),
            field("attributes"),
            field("a.b]\""),
            field("c"),
        ];
        assert_eq!(steps(&text), expected);
        assert_eq!(steps(""), []);
        assert_eq!(steps("a[x].b"), [field("a")]);
        assert_eq!(steps("a..b"), [field("a")]);
    }
}

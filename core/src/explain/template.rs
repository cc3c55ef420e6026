//! Message templates: text with `{name}` where a value goes.

use crate::error::Error;

/// A message with places for values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(String),
}

impl Template {
    /// Reads a template. `{{` and `}}` stand for braces.
    ///
    /// # Errors
    /// If a brace stands alone, a name is not made of `a-z` and `_`, or the text has control
    /// characters.
    pub(super) fn parse(text: &str, path: &str) -> Result<Self, Error> {
        let fault = |message: &str| Error::new("template.invalid", path, message);
        if text.trim().is_empty() {
            return Err(fault("the template is empty"));
        }
        if text.chars().any(char::is_control) {
            return Err(fault("the template has control characters"));
        }
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text.chars().peekable();
        while let Some(next) = rest.next() {
            match next {
                '{' | '}' if rest.peek() == Some(&next) => {
                    rest.next();
                    plain.push(next);
                }
                '{' => {
                    let mut name = String::new();
                    loop {
                        match rest.next() {
                            Some('}') if !name.is_empty() => break,
                            Some(c @ ('a'..='z' | '_')) => name.push(c),
                            _ => {
                                let help = "write `{name}` for a value and `{{` for a brace";
                                return Err(fault("`{` does not begin a name").with_help(help));
                            }
                        }
                    }
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Value(name));
                }
                '}' => return Err(fault("`}` ends no name").with_help("write `}}` for a brace")),
                other => plain.push(other),
            }
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Self(pieces))
    }

    /// Names of the values, as often as they are used.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The text with values in their places.
    pub(super) fn fill(&self, mut value: impl FnMut(&str) -> String) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Value(name) => text.push_str(&value(name)),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    fn filled(text: &str) -> Result<String, String> {
        Template::parse(text, "messages.x")
            .map(|template| template.fill(|name| format!("<{name}>")))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn fills_names_and_keeps_doubled_braces() {
        assert_eq!(filled("a {b_c} d{e}").unwrap(), "a <b_c> d<e>");
        assert_eq!(filled("{{{a}}} {{x}}").unwrap(), "{<a>} {x}");
    }

    #[test]
    fn refuses_what_is_no_template() {
        for (text, message) in [
            ("", "the template is empty"),
            ("a\nb", "the template has control characters"),
            ("{", "`{` does not begin a name"),
            ("{}", "`{` does not begin a name"),
            ("{Took}", "`{` does not begin a name"),
            ("{took", "`{` does not begin a name"),
            ("took}", "`}` ends no name"),
        ] {
            let found = filled(text).unwrap_err();
            assert!(
                found.starts_with(&format!("messages.x: {message} [template.invalid]")),
                "{found}"
            );
        }
    }
}

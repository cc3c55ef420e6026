//! From the one string that serde lets an error carry, and back to code, message and help.

use super::Error;

/// Separates the parts of a coded message inside serde's one string.
const MARK: char = '\u{1}';

/// Longest message in characters: what is wrong may be a text of megabytes.
const LONGEST: usize = 600;

/// Longest name for which a similar one is sought.
const LONGEST_NAME: usize = 64;

/// A serde error that keeps its code and help until the document reader unpacks it.
#[cold]
pub(crate) fn coded<E: serde::de::Error>(code: &str, message: &str, help: &str) -> E {
    let message = message.replace(MARK, "\u{fffd}");
    E::custom(format_args!(
        "{MARK}{code}{MARK}{message}{MARK}{help}{MARK}"
    ))
}

/// Turns serde's message into code, message and help.
pub(crate) fn from_serde_message(text: &str) -> Error {
    if let Some(parts) = text.strip_prefix(MARK) {
        let mut parts = parts.split(MARK);
        if let (Some(code), Some(message), Some(help)) = (parts.next(), parts.next(), parts.next())
        {
            let error = Error::new(code.to_owned(), "", shorten(message));
            return if help.is_empty() {
                error
            } else {
                error.with_help(help)
            };
        }
    }
    // serde_json appends " at line 1 column 2", which the error carries in fields of its own.
    let message = text
        .rsplit_once(" at line ")
        .map_or(text, |(before, _)| before);
    let code = match message {
        m if m.starts_with("unknown field") => "field.unknown",
        m if m.starts_with("missing field") => "field.missing",
        m if m.starts_with("duplicate field") => "field.duplicate",
        m if m.starts_with("unknown variant") => "value.unknown",
        m if m.starts_with("invalid type") => "value.type",
        m if m.starts_with("invalid value") => "value.invalid",
        m if m.starts_with("invalid length") => "value.invalid",
        m if m.starts_with("recursion limit") => "text.too_complex",
        _ => "syntax",
    };
    let error = Error::new(code, "", in_plain_words(&shorten(message)));
    if code == "field.duplicate" {
        return error.with_help("keep one of them");
    }
    if code == "text.too_complex" {
        return error.with_help("nest less: no document needs such depth");
    }
    if number_for_text(message) {
        return error
            .with_help("write it as text, in quotes: numbers can lose digits on their way");
    }
    match nearest_expected(message) {
        Some(name) => error.with_help(format!("did you mean `{name}`?")),
        None => error,
    }
}

/// The beginning and the end of a long text.
pub(crate) fn shorten(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let from = text.chars().take(LONGEST / 3);
    let mut to: Vec<char> = text.chars().rev().take(LONGEST / 2).collect();
    to.reverse();
    from.chain(" … ".chars()).chain(to).collect()
}

/// Says in words what serde says in types.
fn in_plain_words(message: &str) -> String {
    let Some((found, wanted)) = message.rsplit_once(", expected ") else {
        return message.to_owned();
    };
    let words = match wanted {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "i16" => "a whole number from -32768 to 32767",
        "a boolean" => "true or false",
        "a string" => "text",
        "a sequence" => "a list",
        other if other.starts_with("struct ") => "an object with named fields",
        other if other.starts_with("variant ") || other.starts_with("enum ") => "a name as text",
        other => other,
    };
    format!("{found}, expected {words}")
}

/// A number where one of our decimals is expected?
fn number_for_text(message: &str) -> bool {
    let number = ["integer `", "floating point `", "number"];
    message
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.split_once(", expected "))
        .is_some_and(|(found, wanted)| {
            wanted.contains(" as text") && number.iter().any(|n| found.starts_with(n))
        })
}

/// For "unknown field `x`, expected one of `a`, `b`": the expected name closest to `x`.
fn nearest_expected(message: &str) -> Option<&str> {
    let (head, tail) = message.rsplit_once(", expected ")?;
    if !message.starts_with("unknown") {
        return None;
    }
    let wrong = head.split('`').nth(1)?;
    if wrong.len() > LONGEST_NAME {
        return None;
    }
    tail.split('`')
        .skip(1)
        .step_by(2)
        .map(|name| (edit_distance(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein distance over bytes; only ever run on short names.
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.bytes().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            let best = (diagonal + usize::from(x != y))
                .min(above + 1)
                .min(left + 1);
            diagonal = above;
            left = best;
            *cell = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_in_the_input_does_not_break_a_message() {
        let error: Error = coded("amount.grammar", "`\u{1}x\u{1}` is not an amount", "help");
        assert_eq!(error.code, "amount.grammar");
        assert_eq!(error.message, "`\u{fffd}x\u{fffd}` is not an amount");
        assert_eq!(error.help.as_deref(), Some("help"));
        let error = from_serde_message("unknown field `\u{1}a\u{1}b\u{1}c`, expected `d`");
        assert_eq!(error.code, "field.unknown");
    }

    #[test]
    fn distances() {
        for (a, b, distance) in [
            ("", "abc", 3),
            ("cover", "covers", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(edit_distance(a, b), distance);
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let short = shorten(&"x".repeat(10_000_000));
        assert!(short.chars().count() <= LONGEST);
        assert_eq!(shorten("short"), "short");
    }
}

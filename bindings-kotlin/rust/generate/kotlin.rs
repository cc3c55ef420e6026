//! Names and comments as Kotlin writes them.

/// Words that Kotlin keeps for itself everywhere.
const KEYWORDS: [&str; 28] = [
    "as",
    "break",
    "class",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
];

/// Our names where core's would be confused with Kotlin's own.
pub fn type_name(name: &str) -> &str {
    match name {
        "Error" => "Problem",
        name => name,
    }
}

/// `date_from` -> `dateFrom`.
pub fn property(name: &str) -> String {
    let pascal = pascal(name);
    let mut letters = pascal.chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    let camel: String = first.into_iter().chain(letters).collect();
    if KEYWORDS.contains(&camel.as_str()) {
        format!("`{camel}`")
    } else {
        camel
    }
}

/// `co_insurance` -> `CoInsurance`.
pub fn pascal(name: &str) -> String {
    let word = |word: &str| -> String {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    };
    name.split(['_', '-', '.']).map(word).collect()
}

/// `legacy-sql` -> `LEGACY_SQL`, `TypeError` -> `TYPE_ERROR`, `95` -> `_95`.
pub fn constant(name: &str) -> String {
    let mut constant = String::with_capacity(name.len());
    let mut after_small = false;
    for letter in name.replace(['-', '.'], "_").chars() {
        if after_small && letter.is_ascii_uppercase() {
            constant.push('_');
        }
        after_small = letter.is_ascii_lowercase();
        constant.push(letter.to_ascii_uppercase());
    }
    if constant.starts_with(|first: char| first.is_ascii_digit()) {
        constant.insert(0, '_');
    }
    constant
}

/// A KDoc comment; nothing for no text.
pub fn comment(text: &str, indent: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = without_links(text).replace("*/", "*&#47;");
    let lines: Vec<&str> = text.lines().collect();
    match lines.as_slice() {
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let mut comment = format!("{indent}/**\n");
            for line in lines {
                comment.push_str(format!("{indent} * {line}").trim_end());
                comment.push('\n');
            }
            comment + indent + " */\n"
        }
    }
}

/// Rust's links, ``[`Decision`](crate::Decision)`` or ``[`Decision`]``, as mere code.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else {
            break;
        };
        plain.push_str(before);
        plain.push('`');
        plain.push_str(name);
        plain.push('`');
        rest = match after.strip_prefix('(').and_then(|t| t.split_once(')')) {
            Some((_target, after)) => after,
            None => after,
        };
    }
    plain + rest
}

//! What one language says: a data file that anybody can add to.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::template::Template;
use super::vocabulary::{LABELS, Label, NAMES};
use crate::decision::VOCABULARY;
use crate::enrolment::REMARKS;
use crate::error::{Error, Invalid};
use crate::wire::{Format, read};

/// Schema id of this version of the message file.
pub const SCHEMA: &str = "adjudica/messages@1";

/// The messages of one language, as their file writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageFile {
    /// Always `adjudica/messages@1`.
    pub schema: Cow<'static, str>,
    /// Language tag (BCP 47), such as `fr` or `fr-CM`.
    pub language: String,
    /// The language's own name.
    pub name: String,
    /// Direction of writing.
    #[serde(default)]
    pub direction: Direction,
    /// How numbers are written.
    pub numbers: Numbers,
    /// Template of each fact, by its code.
    pub messages: BTreeMap<String, String>,
    /// Texts of the page, by key.
    pub labels: BTreeMap<String, String>,
    /// Words for named values, such as `category` → `surgery`.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Sentences about periods and premiums, by the code of the remark; complete where there are
    /// any, and may be left out by a language that explains decisions only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub enrolment: BTreeMap<String, String>,
}

/// Direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// How numbers are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// Between whole units and decimals.
    pub decimal: String,
    /// Between groups of digits; empty for none.
    pub group: String,
    /// Digits of each group, from the decimal mark to the left; the last one goes on. `[3]` gives
    /// 1,234,567 and `[3, 2]` gives 12,34,567.
    #[serde(default = "thousands")]
    pub group_sizes: Vec<u8>,
    /// The ten digits from zero, where they are not 0 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<String>,
}

fn thousands() -> Vec<u8> {
    vec![3]
}

/// What one language says, checked to be complete: every fact, label and named value has its
/// words, and no template uses a value that its fact does not have.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub(super) language: String,
    pub(super) direction: Direction,
    pub(super) numbers: Numbers,
    name: String,
    messages: HashMap<String, Template>,
    labels: HashMap<String, Template>,
    values: HashMap<(String, String), String>,
    enrolment: HashMap<String, Template>,
}

impl Catalogue {
    /// Reads a message file in JSON.
    ///
    /// # Errors
    /// Everything that is missing, unknown or malformed in it.
    pub fn from_json(text: &str) -> Result<Self, Invalid> {
        Self::new(&read(text, Format::Json)?)
    }

    /// Checks a message file.
    ///
    /// # Errors
    /// Everything that is missing, unknown or malformed in it.
    pub fn new(file: &MessageFile) -> Result<Self, Invalid> {
        let mut errors = Vec::new();
        if file.schema != SCHEMA {
            let message = format!("`{}` is not a schema of message files", file.schema);
            errors.push(
                Error::new("schema.unknown", "schema", message)
                    .with_help(format!("write `{SCHEMA}`")),
            );
        }
        check_language(&file.language, &mut errors);
        check_numbers(&file.numbers, &mut errors);
        let facts = VOCABULARY.iter().map(|(code, names, _)| (*code, *names));
        let messages = templates("messages", facts, &file.messages, &mut errors);
        let labels = templates("labels", LABELS.iter().copied(), &file.labels, &mut errors);
        let values = words(&file.values, &mut errors);
        let remarks = REMARKS.iter().map(|(code, names, _)| (*code, *names));
        let enrolment = match file.enrolment.is_empty() {
            true => HashMap::new(),
            false => templates("enrolment", remarks, &file.enrolment, &mut errors),
        };
        Invalid::unless_empty(errors)?;
        Ok(Self {
            language: file.language.clone(),
            direction: file.direction,
            numbers: file.numbers.clone(),
            name: file.name.clone(),
            messages,
            labels,
            values,
            enrolment,
        })
    }

    /// Language tag, such as `fr`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The language's own name, such as `français`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn message(&self, code: &str) -> Option<&Template> {
        self.messages.get(code)
    }

    pub(super) fn enrolment(&self, code: &str) -> Option<&Template> {
        self.enrolment.get(code)
    }

    pub(super) fn label(&self, label: Label) -> Option<&Template> {
        self.labels.get(label.key())
    }

    /// The word for a named value; the name itself where there is none (a decision of a newer
    /// engine may carry such names).
    pub(super) fn word<'t>(&'t self, value: &str, name: &'t str) -> &'t str {
        self.values
            .get(&(value.to_owned(), name.to_owned()))
            .map_or(name, String::as_str)
    }
}

fn check_language(language: &str, errors: &mut Vec<Error>) {
    let tag = !language.is_empty()
        && language.len() <= 35
        && language.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    if !tag {
        let message = format!("`{}` is not a language tag", language.escape_debug());
        errors.push(
            Error::new("language.invalid", "language", message)
                .with_help("write a tag such as `fr` or `pt-BR`"),
        );
    }
}

fn check_numbers(numbers: &Numbers, errors: &mut Vec<Error>) {
    let mut fault = |path: &str, message: &str| {
        errors.push(Error::new(
            "numbers.invalid",
            format!("numbers.{path}"),
            message,
        ));
    };
    let mark = |text: &str| {
        text.chars().count() <= 2
            && !text
                .chars()
                .any(|c| c.is_control() || c.is_alphanumeric() || c == '-')
    };
    if numbers.decimal.is_empty() || !mark(&numbers.decimal) {
        fault("decimal", "the decimal mark is not one or two signs");
    }
    if !mark(&numbers.group) || numbers.group == numbers.decimal {
        fault(
            "group",
            "the group mark is not none, one or two signs other than the decimal mark",
        );
    }
    if numbers.group_sizes.is_empty() || numbers.group_sizes.contains(&0) {
        fault("group_sizes", "groups have at least one digit");
    }
    if let Some(digits) = &numbers.digits {
        let all: BTreeSet<char> = digits.chars().filter(|c| c.is_numeric()).collect();
        if all.len() != 10 || digits.chars().count() != 10 {
            fault("digits", "there are not ten different digits");
        }
    }
}

/// Templates of one section, checked against the keys it must have.
fn templates<'k>(
    section: &str,
    keys: impl Iterator<Item = (&'static str, &'static [&'static str])>,
    texts: &'k BTreeMap<String, String>,
    errors: &mut Vec<Error>,
) -> HashMap<String, Template> {
    let mut unknown: BTreeSet<&'k str> = texts.keys().map(String::as_str).collect();
    let mut templates = HashMap::new();
    for (key, names) in keys {
        let path = format!("{section}.{key}");
        unknown.remove(key);
        let Some(text) = texts.get(key) else {
            let message = format!("the language says nothing for `{key}`");
            errors.push(Error::new("message.missing", path, message));
            continue;
        };
        match Template::parse(text, &path) {
            Err(error) => errors.push(error),
            Ok(template) => {
                for name in template.names().filter(|name| !names.contains(name)) {
                    let message = format!("`{key}` has no value `{name}`");
                    let help = if names.is_empty() {
                        "it has no values".to_owned()
                    } else {
                        format!("it has {}", names.join(", "))
                    };
                    errors
                        .push(Error::new("template.value", path.clone(), message).with_help(help));
                }
                templates.insert(key.to_owned(), template);
            }
        }
    }
    for key in unknown {
        let message = format!("nothing asks for `{}`", key.escape_debug());
        errors.push(Error::new("message.unknown", section, message));
    }
    templates
}

/// Words for named values, checked against the names there are.
fn words(
    texts: &BTreeMap<String, BTreeMap<String, String>>,
    errors: &mut Vec<Error>,
) -> HashMap<(String, String), String> {
    let mut words = HashMap::new();
    for (value, names) in NAMES {
        for name in *names {
            let path = format!("values.{value}.{name}");
            match texts.get(*value).and_then(|words| words.get(*name)) {
                None => {
                    let message = format!("the language says nothing for `{name}`");
                    errors.push(Error::new("message.missing", path, message));
                }
                Some(word) if word.trim().is_empty() || word.chars().any(char::is_control) => {
                    let message = "the word is empty or has control characters";
                    errors.push(Error::new("template.invalid", path, message));
                }
                Some(word) => {
                    words.insert(((*value).to_owned(), (*name).to_owned()), word.clone());
                }
            }
        }
    }
    for (value, given) in texts {
        let names = NAMES.iter().find(|(known, _)| *known == value.as_str());
        for name in given.keys() {
            if !names.is_some_and(|(_, names)| names.contains(&name.as_str())) {
                let message = format!("nothing asks for `{}`", name.escape_debug());
                let path = format!("values.{}", value.escape_debug());
                errors.push(Error::new("message.unknown", path, message));
            }
        }
    }
    words
}

//! The head of the scheme: schema, dates, currency, calendar, languages, conventions.

use super::Audit;
use super::at::At;
use super::values::MOST_DECIMALS;
use crate::conventions::{ConventionChoice, Conventions};
use crate::scheme::SCHEMA;

impl Audit<'_> {
    pub(super) fn header(&mut self) {
        let root = At::Root;
        let scheme = self.scheme;
        if scheme.schema != SCHEMA {
            let shown: String = scheme.schema.chars().take(40).collect();
            self.error(
                "schema.unknown",
                &root.field("schema"),
                format!("`{shown}` is not a schema this engine reads here"),
                &format!("write `{SCHEMA}`"),
            );
        }
        self.validity(scheme.effective, &root.field("effective"));
        self.currency(&root.field("currency"));
        if let Some(start) = scheme.fiscal_year
            && !start.exists_in(scheme.calendar)
        {
            self.error(
                "fiscal_year.impossible",
                &root.field("fiscal_year"),
                format!(
                    "not every year of the calendar has a day {} in month {}",
                    start.day, start.month
                ),
                "write a month from 1 to 12 and a day that each year has",
            );
        }
        if scheme.age_of_majority == 0 {
            self.error(
                "age_of_majority.zero",
                &root.field("age_of_majority"),
                "with an age of majority of 0 there are no children".to_owned(),
                "write the age from which a patient is an adult, such as 18",
            );
        }
        self.languages(&root.field("languages"));
        self.conventions(&root.field("conventions").field("overrides"));
    }

    fn currency(&mut self, at: &At<'_>) {
        let currency = &self.scheme.currency;
        if currency.exponent > MOST_DECIMALS {
            self.error(
                "currency.exponent",
                &at.field("exponent"),
                format!(
                    "a currency with {} decimals cannot be written",
                    currency.exponent
                ),
                "write 0 to 4: 2 for cents, 0 for a currency without a minor unit",
            );
        }
        let code = currency.code.as_bytes();
        if code.len() != 3 || !code.iter().all(u8::is_ascii_uppercase) {
            self.warn(
                "currency.code",
                &at.field("code"),
                format!("`{}` is not an ISO 4217 code", currency.code),
                "write three capital letters, such as `NPR`",
            );
        }
    }

    fn languages(&mut self, at: &At<'_>) {
        let languages = &self.scheme.languages;
        for (position, language) in languages.iter().enumerate() {
            if !is_language(language) {
                self.warn(
                    "language.malformed",
                    &at.index(position),
                    format!("`{language}` is not a language code"),
                    "write an ISO 639 code of two or three small letters, such as `en` or `fr`",
                );
            }
        }
        self.not_repeated(languages.iter(), at);
    }

    /// An override that chooses what the preset chooses says nothing.
    fn conventions(&mut self, at: &At<'_>) {
        let choice = self.scheme.conventions;
        let preset = Conventions::of(&ConventionChoice {
            overrides: crate::conventions::Overrides::default(),
            ..choice
        });
        for (name, value) in choice.overrides.same_as(&preset) {
            self.warn(
                "convention.same",
                &at.field(name),
                format!(
                    "`{value}` is what the preset `{}` says",
                    choice.preset.name()
                ),
                "remove the override",
            );
        }
    }
}

/// Two or three small letters, then perhaps parts for script and region (BCP 47).
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| {
            matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

//! Answers about enrolment in words: a sentence for each rule that was applied.

use super::catalogue::Catalogue;
use super::languages::Catalogues;
use super::vocabulary::Label;
use super::words::{Words, clean};
use crate::decision::ValueKind;
use crate::enrolment::{Remark, remark_value_kind};
use crate::error::{Error, Invalid};

/// The words of a language that comes with the engine.
///
/// # Errors
/// If the language is unknown.
pub(crate) fn built_in(language: &str) -> Result<&'static Catalogue, Error> {
    let catalogues = Catalogues::built_in().map_err(|invalid: Invalid| {
        let first = invalid.errors().first().cloned();
        first.unwrap_or_else(|| Error::new("message.missing", "", "no language is complete"))
    })?;
    catalogues.get(language)
}

impl Words<'_> {
    /// One sentence a line.
    pub(super) fn remarks<'a>(&self, remarks: impl IntoIterator<Item = &'a Remark>) -> String {
        let mut text = String::new();
        for remark in remarks {
            text.push_str(&self.remark(remark));
            text.push('\n');
        }
        text
    }

    /// The sentence of a remark, with its numbers.
    fn remark(&self, remark: &Remark) -> String {
        let Some(template) = self.catalogue.enrolment(&remark.code) else {
            let values = remark.values.values().map(|value| clean(value));
            let values = values.collect::<Vec<_>>().join(", ");
            let code = clean(&remark.code);
            let fields = [("code", code.as_str()), ("values", values.as_str())];
            return self.fill(Label::UnknownMessage, &fields);
        };
        template.fill(|name| {
            let text = remark.values.get(name).map_or("", String::as_str);
            match remark_value_kind(&remark.code, name) {
                _ if text.is_empty() => self.label(Label::NotStated),
                Some(ValueKind::Money) => self.money(text),
                Some(ValueKind::Percent) => self.percent(text),
                Some(ValueKind::Day) => self.date_text(text),
                Some(ValueKind::Count | ValueKind::Quantity) => self.number(text),
                Some(ValueKind::Name | ValueKind::Code) | None => clean(text),
            }
        })
    }
}

//! Values, labels and messages in the words of one language.

use super::catalogue::{Catalogue, Numbers};
use super::vocabulary::Label;
use crate::calendar::{Calendar, Day};
use crate::decision::{Reason, ValueKind, value_kind};
use crate::scheme::Scheme;

/// What a decision does not say about its scheme: the currency of its amounts and the calendar of
/// its dates. Made from a scheme, or from a currency code alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Setting<'a> {
    /// ISO 4217 code; empty if not to be shown.
    pub currency: &'a str,
    /// If not the Gregorian one, dates are shown in both calendars.
    pub calendar: Calendar,
}

impl<'a> From<&'a str> for Setting<'a> {
    fn from(currency: &'a str) -> Self {
        Self {
            currency,
            calendar: Calendar::Gregorian,
        }
    }
}

impl<'a> From<&'a Scheme> for Setting<'a> {
    fn from(scheme: &'a Scheme) -> Self {
        Self {
            currency: &scheme.currency.code,
            calendar: scheme.calendar,
        }
    }
}

/// One language in one setting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) setting: Setting<'a>,
}

impl Words<'_> {
    /// A text without values.
    pub(super) fn label(&self, label: Label) -> String {
        self.fill(label, &[])
    }

    /// A text with values.
    pub(super) fn fill(&self, label: Label, values: &[(&str, &str)]) -> String {
        let value = |name: &str| {
            let found = values.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .unwrap_or_default()
        };
        match self.catalogue.label(label) {
            Some(template) => template.fill(value),
            None => label.key().to_owned(),
        }
    }

    /// The word for a name of a set of names.
    pub(super) fn word(&self, value: &str, name: &str) -> String {
        clean(self.catalogue.word(value, name))
    }

    /// The message of a reason or step.
    pub(super) fn message(&self, reason: &Reason) -> String {
        let Some(template) = self.catalogue.message(&reason.code) else {
            return self.unknown(reason);
        };
        template.fill(|name| {
            let text = reason.values.get(name).map_or("", String::as_str);
            match value_kind(&reason.code, name) {
                _ if text.is_empty() => self.label(Label::NotStated),
                Some(ValueKind::Money | ValueKind::Count) => self.number(text),
                Some(ValueKind::Quantity) => self.quantity(text),
                Some(ValueKind::Percent) => self.percent(text),
                Some(ValueKind::Day) => self.date_text(text),
                Some(ValueKind::Name) => self.word(name, text),
                Some(ValueKind::Code) | None => clean(text),
            }
        })
    }

    /// A code from a newer engine than the catalogue: the code and its values, as they are.
    fn unknown(&self, reason: &Reason) -> String {
        let values: Vec<String> = reason
            .values
            .iter()
            .map(|(name, value)| format!("{} = {}", clean(name), clean(value)))
            .collect();
        let values = if values.is_empty() {
            self.label(Label::NotStated)
        } else {
            values.join(", ")
        };
        self.fill(
            Label::UnknownMessage,
            &[("code", &clean(&reason.code)), ("values", &values)],
        )
    }

    /// The codes of a reason, for whoever looks it up in a register.
    pub(super) fn codes(&self, reason: &Reason) -> String {
        let mut codes = vec![clean(&reason.code)];
        codes.extend(reason.openimis.map(|code| format!("openIMIS {code}")));
        codes.extend(
            reason
                .carc
                .as_ref()
                .map(|carc| format!("CARC {:?} {}", carc.group, clean(&carc.code))),
        );
        self.fill(Label::Codes, &[("codes", &codes.join(", "))])
    }

    /// A decimal text such as `1250.00` with the marks of the language.
    pub(crate) fn number(&self, text: impl ToString) -> String {
        let text = text.to_string();
        localized(&text, &self.catalogue.numbers).unwrap_or_else(|| clean(&text))
    }

    /// A quantity, without decimals that say nothing: `3.00` is 3.
    pub(crate) fn quantity(&self, text: impl ToString) -> String {
        let text = text.to_string();
        let short = match text.split_once('.') {
            Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
            None => &text,
        };
        self.number(short)
    }

    /// A percentage.
    pub(super) fn percent(&self, text: impl ToString) -> String {
        self.fill(Label::Percent, &[("number", &self.number(text))])
    }

    /// An amount with its currency, where that is known.
    pub(super) fn money(&self, text: impl ToString) -> String {
        let amount = self.number(text);
        if self.setting.currency.is_empty() {
            return amount;
        }
        let currency = clean(self.setting.currency);
        self.fill(
            Label::Money,
            &[("amount", &amount), ("currency", &currency)],
        )
    }

    /// A day: `YYYY-MM-DD`, and the same in the scheme's own calendar.
    pub(super) fn date(&self, day: Day) -> String {
        let date = self.digits(&day.to_string());
        let calendar = self.setting.calendar;
        let (label, name) = match calendar {
            Calendar::Gregorian => return date,
            Calendar::BikramSambat => (Label::TwoDates, "bikram_sambat"),
            Calendar::Ethiopian => (Label::TwoDatesEthiopian, "ethiopian"),
        };
        match calendar.format(day) {
            None => date,
            Some(other) => {
                let values = [("date", date.as_str()), (name, &self.digits(&other))];
                self.fill(label, &values)
            }
        }
    }

    pub(super) fn date_text(&self, text: &str) -> String {
        match text.parse::<Day>() {
            Ok(day) => self.date(day),
            Err(_) => clean(text),
        }
    }

    fn digits(&self, text: &str) -> String {
        text.chars()
            .map(|c| digit(c, &self.catalogue.numbers))
            .collect()
    }
}

/// Marks and digits of a language in a decimal text; `None` if it is no decimal text.
fn localized(text: &str, numbers: &Numbers) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, decimals) = match unsigned.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !decimals.is_none_or(digits) {
        return None;
    }
    // From the right: digits, and a mark whenever a group is full.
    let mut sizes = numbers.group_sizes.iter().copied();
    let mut size = sizes.next().unwrap_or(u8::MAX);
    let mut filled = 0;
    let mut reversed: Vec<String> = Vec::new();
    for c in whole.chars().rev() {
        if filled == size {
            reversed.push(numbers.group.clone());
            size = sizes.next().unwrap_or(size);
            filled = 0;
        }
        reversed.push(digit(c, numbers).to_string());
        filled += 1;
    }
    let mut written = sign.to_owned();
    written.extend(reversed.into_iter().rev());
    if let Some(decimals) = decimals {
        written.push_str(&numbers.decimal);
        written.extend(decimals.chars().map(|c| digit(c, numbers)));
    }
    Some(written)
}

fn digit(c: char, numbers: &Numbers) -> char {
    let own = numbers.digits.as_deref().zip(c.to_digit(10));
    own.and_then(|(digits, value)| digits.chars().nth(value as usize))
        .unwrap_or(c)
}

/// Text of a document, without characters that could forge lines or turn the writing around.
pub(crate) fn clean(text: &str) -> String {
    let forges = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars()
        .map(|c| {
            if forges(c) {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(decimal: &str, group: &str, group_sizes: &[u8], digits: Option<&str>) -> Numbers {
        Numbers {
            decimal: decimal.to_owned(),
            group: group.to_owned(),
            group_sizes: group_sizes.to_vec(),
            digits: digits.map(str::to_owned),
        }
    }

    #[test]
    fn groups_and_marks() {
        let english = numbers(".", ",", &[3], None);
        let french = numbers(",", "\u{202f}", &[3], None);
        let nepali = numbers(".", ",", &[3, 2], Some("०१२३४५६७८९"));
        let bare = numbers(",", "", &[3], None);
        for (text, marks, expected) in [
            ("0", &english, "0"),
            ("999.00", &english, "999.00"),
            ("1000", &english, "1,000"),
            ("-1234567.05", &english, "-1,234,567.05"),
            ("1234567.05", &french, "1\u{202f}234\u{202f}567,05"),
            ("12345678.90", &nepali, "१,२३,४५,६७८.९०"),
            ("1234.5", &bare, "1234,5"),
        ] {
            assert_eq!(localized(text, marks).as_deref(), Some(expected));
        }
        for text in ["", "-", "1.", ".5", "1e3", "12a", "1.2.3", "+1"] {
            assert_eq!(localized(text, &english), None, "{text}");
        }
    }
}

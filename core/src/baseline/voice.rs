//! The advisor's sentences, in English and French.

use super::compare::{FarOut, Measure};
use super::profile::Peers;
use crate::advisor::InputLine;
use crate::error::Error;
use crate::explain::{Setting, Words, built_in, clean};

/// Most lines that a sentence names: explanations have an end.
const NAMED: usize = 10;

/// One language.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    french: bool,
    words: Words<'static>,
}

impl Voice {
    /// # Errors
    /// `language.unknown`.
    pub(super) fn of(language: Option<&str>) -> Result<Self, Error> {
        let catalogue = built_in(language.unwrap_or("en"))?;
        let french = match catalogue.language() {
            "en" => false,
            "fr" => true,
            other => {
                let message = format!("the baseline advisor does not speak `{other}`");
                let error = Error::new("language.unknown", "language", message);
                return Err(error.with_help("there are en, fr"));
            }
        };
        let setting = Setting::default();
        let words = Words { catalogue, setting };
        Ok(Self { french, words })
    }

    pub(super) fn far_out(
        &self,
        measure: Measure,
        value: i64,
        found: &[FarOut],
        exponent: u8,
    ) -> String {
        let number = |value: i64| self.measured(measure, value, exponent);
        let value = number(value);
        let mut text = match (self.french, measure) {
            (false, Measure::Price) => format!("price {value}"),
            (false, Measure::Quantity) => format!("quantity {value}"),
            (false, Measure::Times) => format!("times in 365 days, this one included: {value}"),
            (true, Measure::Price) => format!("prix {value}"),
            (true, Measure::Quantity) => format!("quantité {value}"),
            (true, Measure::Times) => format!("fois en 365 jours, celle-ci comprise : {value}"),
        };
        for far in found {
            let (low, high) = (number(far.usual.low), number(far.usual.high));
            let (limit, lines) = (number(far.limit), self.words.number(far.lines));
            let among = self.peers(&far.peers);
            text.push_str(&match self.french {
                false => format!(
                    "; usual {among}: {low} to {high} (the middle half of {lines} lines), \
                     far out above {limit}"
                ),
                true => format!(
                    " ; habituel {among} : de {low} à {high} (la moitié centrale de {lines} \
                     lignes), très éloigné au-delà de {limit}"
                ),
            });
        }
        text
    }

    fn measured(&self, measure: Measure, value: i64, exponent: u8) -> String {
        let text = measure.text(value, exponent);
        match measure {
            Measure::Price | Measure::Times => self.words.number(text),
            Measure::Quantity => self.words.quantity(text),
        }
    }

    fn peers(&self, peers: &Peers) -> &'static str {
        match (peers, self.french) {
            (Peers::All, false) => "in the scheme",
            (Peers::Level(_), false) => "at facilities of this level",
            (Peers::Facility(_), false) => "at this facility",
            (Peers::Diagnosis(_), false) => "with this main diagnosis",
            (Peers::All, true) => "dans le régime",
            (Peers::Level(_), true) => "dans les établissements de ce niveau",
            (Peers::Facility(_), true) => "dans cet établissement",
            (Peers::Diagnosis(_), true) => "avec ce diagnostic principal",
        }
    }

    /// Two lines of a claim are alike.
    pub(super) fn twin(&self, first: &InputLine) -> String {
        let id = clean(&first.id);
        match self.french {
            false => format!("line {id} asks for the same code, quantity and price"),
            true => format!("la ligne {id} demande les mêmes code, quantité et prix"),
        }
    }

    /// The patient had the same on that day.
    pub(super) fn same_day(&self) -> String {
        match self.french {
            false => "another accepted claim has the same for this patient on the same day",
            true => "une autre demande acceptée contient la même prestation pour ce patient le même jour",
        }
        .to_owned()
    }

    /// A package in parts.
    pub(super) fn unbundled(&self, of: &super::packages::Unbundled<'_>, exponent: u8) -> String {
        let package = clean(of.package);
        let named = of.parts.iter().take(NAMED);
        let mut lines: Vec<String> = named.map(|line| clean(&line.id)).collect();
        if of.parts.len() > NAMED {
            lines.push("…".to_owned());
        }
        let lines = lines.join(", ");
        let asked = self.words.number(of.asked.write(exponent));
        let price = self.words.number(of.price.write(exponent));
        let (found, parts) = (of.found, of.of);
        match self.french {
            false => format!(
                "{found} of the {parts} parts of package {package} are billed singly (lines \
                 {lines}) for {asked}; the package costs {price}"
            ),
            true => format!(
                "{found} des {parts} éléments du forfait {package} sont facturés séparément \
                 (lignes {lines}) pour {asked} ; le forfait coûte {price}"
            ),
        }
    }

    /// Nothing to compare with.
    pub(super) fn unknown(&self, fewest: u32) -> String {
        match self.french {
            false => format!("fewer than {fewest} earlier lines to compare with"),
            true => format!("moins de {fewest} lignes antérieures pour comparer"),
        }
    }
}

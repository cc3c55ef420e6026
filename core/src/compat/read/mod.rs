//! From rows to documents (SEMANTICS 10).

pub(super) mod claim;
mod history;
mod product;
pub(super) mod register;

use super::rows::ClaimRow;
use super::snapshot::Snapshot;
use super::value::{Moment, Number};
use crate::calendar::{Calendar, Day};
use crate::claim::Request;
use crate::code::Code;
use crate::conventions::{ConventionChoice, Overrides, Packages, Preset};
use crate::error::Error;
use crate::money::Rounding;
use crate::number::{Amount, Percent, Quantity};
use crate::scheme::{self, Currency, Scheme, Validity};

/// Decimal places of the amounts and quantities that openIMIS stores.
pub(super) const PLACES: u8 = 2;
/// Age of majority where the installation states none.
const MAJORITY: u8 = 18;

/// What a snapshot says, as our documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The rules.
    pub scheme: Scheme,
    /// The claim and everything else its decision depends on.
    pub request: Request,
    /// Where reading had to guess, or passed something over.
    pub warnings: Vec<Error>,
}

impl Reading {
    /// The same reading under another preset of conventions. What the snapshot's settings say
    /// stays as it is.
    #[must_use]
    pub fn with_preset(mut self, preset: Preset) -> Self {
        self.scheme.conventions.preset = preset;
        self
    }
}

impl Snapshot {
    /// Translates the snapshot of one claim, under the `standard` conventions.
    ///
    /// # Errors
    /// If there is no claim or more than one.
    pub fn read(&self) -> Result<Reading, Error> {
        self.read_claim(self.only_claim()?)
    }

    /// The claim, if there is just one.
    ///
    /// # Errors
    /// If there is no claim or more than one.
    pub fn only_claim(&self) -> Result<&ClaimRow, Error> {
        let mut claims = self.claims();
        match (claims.next(), claims.next()) {
            (Some(claim), None) => Ok(claim),
            (None, _) => Err(Error::new(
                "snapshot.no_claim",
                "input.claim",
                "there is no claim",
            )),
            (Some(_), Some(_)) => Err(Error::new(
                "snapshot.many_claims",
                "input.claims",
                "there are several claims, each of which depends on the earlier ones",
            )),
        }
    }

    /// Translates one claim of the snapshot (see [`Snapshot::claims`]) as if it was the only one.
    ///
    /// # Errors
    /// If the patient's facility cannot be told.
    pub fn read_claim(&self, claim: &ClaimRow) -> Result<Reading, Error> {
        let mut notes = Notes::default();
        for path in &self.passed_over {
            notes.add(
                "column.passed_over",
                path.clone(),
                "this column is not read",
            );
        }
        let scheme = self.scheme(&mut notes);
        let request = claim::request(&self.input, claim, &mut notes)?;
        Ok(Reading {
            scheme,
            request,
            warnings: notes.0,
        })
    }

    /// The rules, without a claim.
    pub(super) fn scheme(&self, notes: &mut Notes) -> Scheme {
        let Self { config, input, .. } = self;
        if config.default_validations_disabled {
            notes.add(
                "config.validations_disabled",
                "config.default_validations_disabled".into(),
                "openIMIS leaves validation to others here; the claim is adjudicated all the same",
            );
        }
        let overrides = Overrides {
            packages: (!config.verify_quantities).then_some(Packages::AsServices),
            ..Overrides::default()
        };
        let catalogue = register::catalogue(input, notes);
        let price_lists = register::price_lists(input, notes);
        let facilities = register::facilities(input, notes);
        let products = product::products(input, notes);
        Scheme {
            schema: scheme::SCHEMA.to_owned(),
            code: Code::new("openimis").unwrap_or_default(),
            name: None,
            version: Code::new("snapshot").unwrap_or_default(),
            effective: Validity::default(),
            currency: Currency {
                code: Code::new("XXX").unwrap_or_default(),
                exponent: PLACES,
                rounding: Rounding::default(),
            },
            calendar: Calendar::default(),
            fiscal_year: None,
            age_of_majority: config.age_of_majority.unwrap_or(MAJORITY),
            conventions: ConventionChoice {
                preset: Preset::Standard,
                overrides,
            },
            languages: Vec::new(),
            catalogue,
            price_lists,
            facilities,
            villages: Vec::new(),
            diagnoses: None,
            products,
            review: None,
        }
    }
}

/// The warnings of a reading.
#[derive(Debug, Default)]
pub(super) struct Notes(pub Vec<Error>);

impl Notes {
    pub fn add(&mut self, code: &'static str, path: String, message: impl Into<String>) {
        self.0.push(Error::new(code, path, message));
    }

    /// An amount of zero or more with as many places as openIMIS stores.
    fn amount(&mut self, number: Number, path: impl FnOnce() -> String) -> Amount {
        Amount::from_units(self.hundredths(number, path), PLACES)
    }

    /// An amount, where NULL and 0 both mean that there is none.
    fn nonzero(&mut self, number: Option<Number>, path: impl FnOnce() -> String) -> Option<Amount> {
        let amount = self.amount(number.filter(|n| !n.is_zero())?, path);
        (!amount.is_zero()).then_some(amount)
    }

    fn quantity(&mut self, number: Number, path: impl FnOnce() -> String) -> Quantity {
        Quantity::from_units(self.hundredths(number, path), Quantity::PLACES)
    }

    /// A percentage from 0 to 100.
    fn percent(&mut self, number: Number, path: impl FnOnce() -> String) -> Percent {
        let most = Self::whole(100);
        let least = Self::whole(0);
        let within = number.clamp(least, most);
        if within != number {
            let message = format!("`{number}` is not between 0 and 100; read as {within}");
            self.add("column.percent_range", path(), message);
        }
        let rounded = within.0.round_dp_with_strategy(
            u32::from(Percent::PLACES),
            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        );
        Percent::try_from(rounded).unwrap_or(Percent::from_units(0, 0))
    }

    fn whole(number: i64) -> Number {
        Number(rust_decimal::Decimal::from(number))
    }

    /// Hundredths of a number that must not be negative.
    fn hundredths(&mut self, number: Number, path: impl FnOnce() -> String) -> i64 {
        let rounded = number.0.round_dp_with_strategy(
            u32::from(PLACES),
            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        );
        if rounded.is_sign_negative() && !rounded.is_zero() {
            let message = format!("`{number}` is negative; read as 0");
            self.add("column.negative", path(), message);
            return 0;
        }
        let mut scaled = rounded;
        scaled.rescale(u32::from(PLACES));
        match i64::try_from(scaled.mantissa()) {
            Ok(units) if scaled.scale() == u32::from(PLACES) => {
                if rounded != number.0 {
                    let message = format!("`{number}` has more than 2 decimals; read as {rounded}");
                    self.add("column.places", path(), message);
                }
                units
            }
            _ => {
                let message = format!("`{number}` is too large; read as the largest amount");
                self.add("column.range", path(), message);
                i64::MAX
            }
        }
    }
}

/// From the day of `from` to the day before that of `to`: a row that ended during a day was
/// valid on the days before.
fn validity(from: Option<Moment>, to: Option<Moment>) -> Validity {
    Validity {
        from: from.map(|moment| moment.day),
        to: to.map(|moment| moment.day.add_days(-1)),
    }
}

/// Windows in which each of several rows for one code is the valid one that began last (of those
/// that began together, the first): disjoint, in order of the rows. A row that is never it has no
/// window.
fn windows(rows: &[(Option<Moment>, Option<Moment>)]) -> Vec<(usize, Validity)> {
    let mut windows = Vec::new();
    for (position, (from, to)) in rows.iter().enumerate() {
        let mut left = vec![span(*from, *to)];
        for (other, (begin, end)) in rows.iter().enumerate() {
            let began_later = begin > from || (begin == from && other < position);
            if began_later {
                let taken = span(*begin, *end);
                left = left
                    .into_iter()
                    .flat_map(|part| without(part, taken))
                    .collect();
            }
        }
        windows.extend(
            left.into_iter()
                .filter(|(from, to)| from <= to)
                .map(|(from, to)| {
                    let valid = Validity {
                        from: (from != Day::MIN).then_some(from),
                        to: (to != Day::MAX).then_some(to),
                    };
                    (position, valid)
                }),
        );
    }
    windows
}

fn span(from: Option<Moment>, to: Option<Moment>) -> (Day, Day) {
    let valid = validity(from, to);
    (valid.from.unwrap_or(Day::MIN), valid.to.unwrap_or(Day::MAX))
}

/// What of a span lies before and after another.
fn without((from, to): (Day, Day), (begin, end): (Day, Day)) -> Vec<(Day, Day)> {
    if begin > end || end < from || to < begin {
        return vec![(from, to)];
    }
    let mut parts = Vec::new();
    if from < begin {
        parts.push((from, begin.add_days(-1)));
    }
    if end < to {
        parts.push((end.add_days(1), to));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_rows_the_one_that_began_last_is_valid() {
        let at = |text: &str| Moment::parse(text);
        let day = |text: &str| text.parse::<Day>().ok();
        let rows = [
            (at("2019-01-01"), None),
            (at("2020-01-01T08:00:00"), at("2021-01-01T12:00:00")),
            (at("2020-06-01"), at("2020-06-01T10:00:00")),
            (at("2019-01-01"), None),
        ];
        let found = windows(&rows);
        let expected = [
            (0, day("2019-01-01"), day("2019-12-31")),
            (0, day("2021-01-01"), None),
            (1, day("2020-01-01"), day("2020-12-31")),
        ]
        .map(|(row, from, to)| (row, Validity { from, to }));
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_that_do_not_fit_are_drawn_in_and_said_so() {
        let mut notes = Notes::default();
        let number = |text: &str| Number(text.parse().unwrap());
        let path = || "x".to_owned();
        assert_eq!(notes.amount(number("12.345"), path).to_string(), "12.35");
        assert_eq!(notes.amount(number("-1"), path).to_string(), "0.00");
        assert_eq!(notes.percent(number("120"), path).to_string(), "100");
        assert_eq!(notes.amount(number("7"), path).to_string(), "7.00");
        let codes: Vec<_> = notes.0.iter().map(|note| note.code.as_ref()).collect();
        assert_eq!(
            codes,
            ["column.places", "column.negative", "column.percent_range"]
        );
    }
}

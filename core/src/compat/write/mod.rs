//! From documents to rows: what openIMIS would hold of a scheme and a request, so that it can be
//! replayed over them.
//!
//! The reverse of [`read`](super::read). What openIMIS has no column for is refused, each with its
//! path: a replay over rows that say less would compare two different sets of rules.

mod cover;
mod product;
mod register;
mod request;

use super::rows::{Config, ProductRow};
use super::snapshot::{Input, Snapshot};
use super::value::{Moment, Number};
use crate::calendar::{Calendar, Day};
use crate::claim::Request;
use crate::conventions::{Overrides, Packages, Preset};
use crate::error::{Error, Invalid};
use crate::number::{Amount, Quantity};
use crate::scheme::{Scheme, Validity};

/// Decimal places of the amounts and quantities that openIMIS stores.
const PLACES: u8 = 2;

/// A scheme as rows; makes the snapshot of each request.
#[derive(Debug, Clone)]
pub struct Rows<'s> {
    scheme: &'s Scheme,
    config: Config,
    products: Vec<ProductRow>,
    register: register::Register,
}

impl<'s> Rows<'s> {
    /// The rows of a scheme.
    ///
    /// # Errors
    /// Everything that openIMIS's rows cannot hold: `rows.cannot_hold`, with its path.
    pub fn of(scheme: &'s Scheme) -> Result<Self, Invalid> {
        let mut refused = Refused::default();
        header(scheme, &mut refused);
        let rows = Self {
            scheme,
            config: Config {
                verify_quantities: scheme.conventions.overrides.packages
                    != Some(Packages::AsServices),
                default_validations_disabled: false,
                age_of_majority: Some(scheme.age_of_majority),
            },
            products: product::products(&scheme.products, &mut refused),
            register: register::register(scheme, &mut refused),
        };
        refused.or(rows)
    }

    /// The snapshot of a request. Items come before services, as openIMIS works them; the code of
    /// the claim is its name.
    ///
    /// # Errors
    /// Everything in the request that openIMIS's rows cannot hold.
    pub fn snapshot(&self, request: &Request) -> Result<Snapshot, Invalid> {
        let mut refused = Refused::default();
        let facility = register::facility(self.scheme, &request.claim.facility, &mut refused);
        let [items_pricelist, services_pricelist] = self.register.lists(self.scheme, facility.1);
        let people = request::people(request, &mut refused);
        let snapshot = Snapshot {
            id: Some(request.claim.code.to_string()),
            config: self.config.clone(),
            input: Input {
                health_facility: facility.0,
                other_health_facilities: Vec::new(),
                medical_items: self.register.items.clone(),
                medical_services: self.register.services.clone(),
                items_pricelist,
                services_pricelist,
                products: self.products.clone(),
                family: people.family,
                other_families: Vec::new(),
                policies: people.policies,
                history: request::history(self.scheme, request, &mut refused),
                claim: Some(request::claim(self.scheme, request, &mut refused)),
                claims: Vec::new(),
            },
            passed_over: Vec::new(),
        };
        refused.or(snapshot)
    }
}

/// What the header says that rows cannot.
fn header(scheme: &Scheme, refused: &mut Refused) {
    let conventions = &scheme.conventions;
    if scheme.calendar != Calendar::Gregorian {
        refused.add(
            "calendar",
            "openIMIS counts months in the Gregorian calendar",
        );
    }
    if scheme.currency.exponent > PLACES {
        refused.add("currency.exponent", "openIMIS stores two decimals");
    }
    let packages = Overrides {
        packages: conventions.overrides.packages,
        ..Overrides::default()
    };
    if conventions.preset != Preset::Standard || conventions.overrides != packages {
        refused.add(
            "conventions",
            "openIMIS is compared with the `standard` conventions; it has no setting but `packages`",
        );
    }
}

/// What cannot be written as rows.
#[derive(Debug, Default)]
struct Refused(Vec<Error>);

impl Refused {
    fn add(&mut self, path: impl Into<String>, message: &str) {
        let error = Error::new("rows.cannot_hold", path, message)
            .with_help("an audit needs rules and claims that the rows of openIMIS can hold");
        self.0.push(error);
    }

    /// Refuses `path`, unless it holds that openIMIS can say the same.
    fn unless(&mut self, holds: bool, path: impl FnOnce() -> String, message: &str) {
        if !holds {
            self.add(path(), message);
        }
    }

    fn or<T>(mut self, value: T) -> Result<T, Invalid> {
        // A rule is asked once for each kind of visit.
        self.0.dedup();
        Invalid::unless_empty(self.0).map(|()| value)
    }

    /// An amount as openIMIS stores it.
    fn amount(&mut self, amount: Amount, path: impl FnOnce() -> String) -> Number {
        let fits = amount.units_at(PLACES).is_some();
        self.unless(fits, path, "openIMIS stores two decimals");
        Number(amount.decimal())
    }

    /// An amount in a column where 0 means that there is none.
    fn nonzero(&mut self, amount: Amount, path: impl Fn() -> String) -> Number {
        let given = !amount.is_zero();
        self.unless(given, &path, "openIMIS reads 0 in this column as no rule");
        self.amount(amount, path)
    }
}

fn number(quantity: Quantity) -> Number {
    Number(quantity.decimal())
}

fn moment(day: Day) -> Moment {
    Moment { day, seconds: 0 }
}

/// When a row of these days begins and ends: at the day's start, and at the start of the next.
fn times(valid: Validity) -> (Option<Moment>, Option<Moment>) {
    let to = valid.to.map(|day| moment(day.add_days(1)));
    (valid.from.map(moment), to)
}

//! Static audit of a scheme: what is wrong, and what is legal but probably not meant.
//!
//! Reading has already refused unknown fields, wrong types and texts that are no amount; here is
//! everything that needs more than one value to see. Each finding has a stable code, the path of
//! the value and, where we can tell, what to write instead.

mod at;
mod benefits;
mod catalogue;
mod enrolment;
mod header;
mod limits;
mod network;
mod payment;
mod products;
mod references;
mod review;
mod values;

use at::At;
use references::Known;

use crate::error::{Error, Report};
use crate::scheme::Scheme;

/// Everything that is wrong with a scheme, and what is suspicious, in document order within each
/// part of the document.
#[must_use]
pub fn check(scheme: &Scheme) -> Report {
    let mut audit = Audit {
        scheme,
        known: Known::of(scheme),
        report: Report::default(),
        suggestions: MOST_SUGGESTIONS,
    };
    audit.header();
    audit.catalogue();
    audit.network();
    audit.products();
    audit.review();
    audit.report
}

/// Names looked up for "did you mean": each costs a pass over a register, so a document full of
/// wrong codes does not get one for each.
const MOST_SUGGESTIONS: u32 = 100;

/// What one audit works with.
struct Audit<'s> {
    scheme: &'s Scheme,
    known: Known<'s>,
    report: Report,
    suggestions: u32,
}

impl Audit<'_> {
    /// Reports an error; an empty `help` is none.
    fn error(&mut self, code: &'static str, at: &At<'_>, message: String, help: &str) {
        self.report.errors.push(finding(code, at, message, help));
    }

    /// Reports a warning; an empty `help` is none.
    fn warn(&mut self, code: &'static str, at: &At<'_>, message: String, help: &str) {
        self.report.warnings.push(finding(code, at, message, help));
    }
}

fn finding(code: &'static str, at: &At<'_>, message: String, help: &str) -> Error {
    let error = Error::new(code, at.to_string(), message);
    if help.is_empty() {
        error
    } else {
        error.with_help(help)
    }
}

//! Static audit of a scheme.

use crate::error::Report;
use crate::scheme::Scheme;

/// Everything that is wrong with a scheme, and what is suspicious.
#[must_use]
pub fn check(_scheme: &Scheme) -> Report {
    Report::default()
}

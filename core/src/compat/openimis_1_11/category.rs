//! What kind of claim it is.

use super::rows::{Rows, valid_by_day, valid_by_second};
use super::state::State;
use super::switches::Switch;
use crate::scheme::ElementKind;

/// The categories that a claim can have, the first that fits.
const ORDER: [&str; 5] = ["S", "D", "A", "H", "C"];
const OTHER: &str = "O";
const VISIT: &str = "V";

/// The services that say what a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Services {
    /// Those of lines not rejected before and, in openIMIS, in the price list.
    Listed,
    /// All of the claim.
    All,
}

/// The letter of the claim's category.
pub(super) fn of_claim<'a>(rows: &Rows<'a>, state: &State<'a>, services: Services) -> &'a str {
    if let Some(given) = rows.claim.category.as_deref()
        && rows.has(Switch::GivenCategory)
        && !given.is_empty()
    {
        return given;
    }
    let listed = services == Services::Listed && rows.has(Switch::CategoryNeedsPriceList);
    let own = state
        .lines
        .iter()
        .filter(|line| line.kind == ElementKind::Service);
    let found: Vec<&str> = own
        .filter(|line| !listed || line.columns.stored.rejection_reason.unwrap_or(0) == 0)
        .filter_map(|line| {
            let element = rows.element(line.row)?;
            let counts = match (services, rows.has(Switch::CategoryNeedsPriceList)) {
                (Services::Listed, true) => rows.listed(line.row).is_some(),
                (Services::All, true) => valid_by_second(element.from, element.to, rows.target),
                (_, false) => valid_by_day(element.from, element.to, rows.target),
            };
            element.category.filter(|_| counts)
        })
        .collect();
    let has = |letter: &str| found.contains(&letter) || letter == "H" && rows.stay;
    let first = ORDER.into_iter().find(|letter| has(letter));
    let other = rows.has(Switch::OtherCategory) && has(OTHER);
    first.or(other.then_some(OTHER)).unwrap_or(VISIT)
}

/// The category that an earlier claim counts as.
pub(super) fn of_past<'a>(rows: &Rows<'_>, stored: Option<&'a str>) -> Option<&'a str> {
    match stored {
        None => (!rows.has(Switch::NullCategory)).then_some(VISIT),
        Some(OTHER) if !rows.has(Switch::OtherCategory) => Some(VISIT),
        stored => stored,
    }
}

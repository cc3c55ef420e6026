//! What happens to a selected claim that nobody has reviewed.

use crate::calendar::Day;
use crate::code::Code;
use crate::scheme::{AfterDeadline, ReviewRules, Undone};

/// The rule for a claim that these products pay: the one that holds longest.
pub(super) fn undone(review: Option<&ReviewRules>, products: &[Code]) -> Undone {
    let Some(review) = review else {
        return Undone::default();
    };
    let of = |product: &Code| {
        let own = review.products.iter().find(|p| p.product == *product);
        own.map_or(review.undone, |own| own.undone)
    };
    let longest = products.iter().map(of).max_by_key(|undone| match undone {
        Undone::PayByRules => None,
        Undone::Hold(hold) => Some((hold.then == AfterDeadline::Escalate, hold.days)),
    });
    longest.unwrap_or(review.undone)
}

/// The last day to review a claim selected on a day, if it is held until then.
pub(super) fn due(undone: Undone, selected: Day) -> Option<Day> {
    match undone {
        Undone::PayByRules => None,
        Undone::Hold(hold) => Some(selected.add_days(i32::try_from(hold.days).unwrap_or(i32::MAX))),
    }
}

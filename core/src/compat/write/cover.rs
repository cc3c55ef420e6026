//! Cover rules as the columns of one visit type.

use super::Refused;
use crate::number::Percent;
use crate::scheme::{AgeGroup, Cap, CoverRule, VisitType};

/// What a benefit pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pays {
    /// It does not cover the visit.
    Nothing,
    /// A percentage; `None` = as the conventions say.
    Share(Option<Percent>),
    /// Up to an amount.
    UpTo(Cap),
}

/// The first rule that fits decides.
pub(super) fn pays(
    rules: &[CoverRule],
    visit: VisitType,
    group: AgeGroup,
    at: &str,
    refused: &mut Refused,
) -> Pays {
    for (position, rule) in rules.iter().enumerate() {
        let fits = rule
            .visit_types
            .as_ref()
            .is_none_or(|own| own.contains(&visit))
            && rule.age_group.is_none_or(|own| own == group);
        if !fits {
            continue;
        }
        refused.unless(
            rule.when.is_none(),
            || format!("{at}.cover[{position}].when"),
            "openIMIS covers by visit type and age group only",
        );
        return match (rule.not_covered, rule.fixed) {
            (true, _) => Pays::Nothing,
            (false, Some(cap)) => Pays::UpTo(cap),
            (false, None) => Pays::Share(rule.co_insurance),
        };
    }
    Pays::Nothing
}

/// The letter of a visit type, which adults and children share; `None` = not covered.
pub(super) fn letter(
    [adult, child]: [Pays; 2],
    at: &str,
    refused: &mut Refused,
) -> Option<&'static str> {
    let letter = |pays: Pays| match pays {
        Pays::Nothing => None,
        Pays::Share(_) => Some("C"),
        Pays::UpTo(_) => Some("F"),
    };
    refused.unless(
        letter(adult) == letter(child),
        || format!("{at}.cover"),
        "openIMIS covers adults and children alike, both by a percentage or both by an amount",
    );
    letter(adult)
}

//! Codes: which exist, which are written twice, and which one was probably meant.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Audit;
use super::at::At;
use crate::calendar::Day;
use crate::code::Code;
use crate::error::edit_distance;
use crate::scheme::{ElementKind, Scheme, Validity};

/// What a code may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Service,
    Item,
    PriceList,
    DiagnosisGroup,
    Village,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Item => "item",
            Self::PriceList => "price list",
            Self::DiagnosisGroup => "diagnosis group",
            Self::Village => "village",
        }
    }
}

impl From<ElementKind> for Target {
    fn from(kind: ElementKind) -> Self {
        match kind {
            ElementKind::Service => Self::Service,
            ElementKind::Item => Self::Item,
        }
    }
}

/// Every code that others may refer to.
pub(super) struct Known<'s> {
    services: FxHashSet<&'s str>,
    items: FxHashSet<&'s str>,
    price_lists: FxHashSet<&'s str>,
    groups: FxHashSet<&'s str>,
    villages: FxHashSet<&'s str>,
}

impl<'s> Known<'s> {
    pub(super) fn of(scheme: &'s Scheme) -> Self {
        let catalogue = &scheme.catalogue;
        let diagnoses = scheme.diagnoses.iter().flatten();
        Self {
            services: catalogue.services.iter().map(|s| s.code.as_str()).collect(),
            items: catalogue.items.iter().map(|i| i.code.as_str()).collect(),
            price_lists: scheme.price_lists.iter().map(|l| l.code.as_str()).collect(),
            groups: diagnoses
                .flat_map(|d| d.groups.iter().map(Code::as_str))
                .collect(),
            villages: scheme.villages.iter().map(|v| v.code.as_str()).collect(),
        }
    }

    pub(super) fn codes(&self, target: Target) -> &FxHashSet<&'s str> {
        match target {
            Target::Service => &self.services,
            Target::Item => &self.items,
            Target::PriceList => &self.price_lists,
            Target::DiagnosisGroup => &self.groups,
            Target::Village => &self.villages,
        }
    }
}

impl Audit<'_> {
    /// Reports a code that nothing has.
    pub(super) fn reference(&mut self, target: Target, code: &Code, at: &At<'_>) {
        if self.known.codes(target).contains(code.as_str()) {
            return;
        }
        let what = target.name();
        let other = match target {
            Target::Service if self.known.items.contains(code.as_str()) => Some("item"),
            Target::Item if self.known.services.contains(code.as_str()) => Some("service"),
            _ => None,
        };
        let help = match (other, self.nearest(target, code)) {
            (Some(other), _) => {
                format!("`{code}` is the code of a {other}").replace("a item", "an item")
            }
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("define the {what}, or remove the code here"),
        };
        self.error(
            "reference.unknown",
            at,
            format!("there is no {what} `{code}`"),
            &help,
        );
    }

    /// The known code that looks most like a wrong one.
    fn nearest(&mut self, target: Target, wrong: &str) -> Option<String> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        let most = 1 + wrong.len() / 4;
        let wrong_lower = wrong.to_lowercase();
        self.known
            .codes(target)
            .iter()
            .filter(|code| code.len().abs_diff(wrong.len()) <= most)
            .map(|code| (edit_distance(&wrong_lower, &code.to_lowercase()), *code))
            .filter(|(distance, _)| *distance <= most && *distance < wrong.len())
            .min()
            .map(|(_, code)| code.to_owned())
    }

    /// Reports codes of a list that an earlier entry of the same list has.
    pub(super) fn unique<'c>(
        &mut self,
        what: &str,
        codes: impl Iterator<Item = &'c Code>,
        list: &At<'_>,
    ) {
        let mut seen = FxHashMap::default();
        for (position, code) in codes.enumerate() {
            if let Some(earlier) = seen.insert(code.as_str(), position) {
                self.error(
                    "code.duplicate",
                    &list.index(position).field("code"),
                    format!("the {what} `{code}` is already at {}", list.index(earlier)),
                    "give every code once",
                );
            }
        }
    }

    /// Warns of codes that are written twice in a plain list.
    pub(super) fn not_repeated<'c>(
        &mut self,
        codes: impl Iterator<Item = &'c Code>,
        list: &At<'_>,
    ) {
        let mut seen = FxHashSet::default();
        for (position, code) in codes.enumerate() {
            if !seen.insert(code.as_str()) {
                self.warn(
                    "code.repeated",
                    &list.index(position),
                    format!("`{code}` is written twice in this list"),
                    "remove one of them",
                );
            }
        }
    }
}

/// Of rows with a key and validity: each that shares a key and at least one day with another, and
/// that other (its position smaller).
pub(super) fn clashes<K: Eq + Hash>(
    rows: impl Iterator<Item = (K, Validity)>,
) -> Vec<(usize, usize)> {
    let mut groups: FxHashMap<K, Vec<(Day, Day, usize)>> = FxHashMap::default();
    for (position, (key, valid)) in rows.enumerate() {
        let from = valid.from.unwrap_or(Day::MIN);
        let to = valid.to.unwrap_or(Day::MAX);
        // A reversed range has no days; it is reported as such.
        if from <= to {
            groups.entry(key).or_default().push((from, to, position));
        }
    }
    let mut found = Vec::new();
    for mut group in groups.into_values() {
        group.sort_unstable();
        let mut longest: Option<(Day, usize)> = None;
        for (from, to, position) in group {
            if let Some((last, other)) = longest
                && from <= last
            {
                found.push((position.max(other), position.min(other)));
            }
            if longest.is_none_or(|(last, _)| to > last) {
                longest = Some((to, position));
            }
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(from: Option<&str>, to: Option<&str>) -> Validity {
        Validity {
            from: from.map(|day| day.parse().unwrap()),
            to: to.map(|day| day.parse().unwrap()),
        }
    }

    #[test]
    fn finds_rows_that_share_a_day() {
        let rows = [
            ("a", valid(None, Some("2024-12-31"))),
            ("a", valid(Some("2025-01-01"), None)),
            ("b", valid(None, None)),
            ("b", valid(Some("2025-01-01"), Some("2025-01-01"))),
            ("b", valid(Some("2026-01-01"), None)),
            ("c", valid(Some("2025-01-01"), Some("2025-06-30"))),
            ("c", valid(Some("2025-06-30"), None)),
        ];
        assert_eq!(clashes(rows.into_iter()), [(3, 2), (4, 2), (6, 5)]);
    }
}

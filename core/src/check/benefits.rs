//! Benefit rows, their cover rules and conditions.

use super::Audit;
use super::at::At;
use super::references::{Target, clashes};
use crate::code::Code;
use crate::compile::facility_fits;
use crate::scheme::{
    AgeGroup, Benefit, Cap, CoverRule, ElementKind, FacilityTerms, PatientTerms, VisitType, When,
};

impl Audit<'_> {
    pub(super) fn benefits(&mut self, benefits: &[Benefit], list: &At<'_>) {
        for (position, benefit) in benefits.iter().enumerate() {
            self.benefit(benefit, &list.index(position));
        }
        let rows: Vec<(usize, ElementKind, usize, &Code)> = benefits
            .iter()
            .enumerate()
            .flat_map(|(row, benefit)| elements(benefit).map(move |(kind, i, c)| (row, kind, i, c)))
            .collect();
        let valid = rows.iter().map(|(row, kind, _, code)| {
            let valid = benefits.get(*row).map(|b| b.valid).unwrap_or_default();
            ((*kind, code.as_str()), valid)
        });
        for (later, earlier) in clashes(valid) {
            let (Some(later), Some(earlier)) = (rows.get(later), rows.get(earlier)) else {
                continue;
            };
            let (row, kind, position, code) = *later;
            let at = list.index(row);
            let field = match kind {
                ElementKind::Service => "services",
                ElementKind::Item => "items",
            };
            let place = at.field(field);
            if row == earlier.0 {
                self.warn(
                    "code.repeated",
                    &place.index(position),
                    format!("`{code}` is written twice in this list"),
                    "remove one of them",
                );
            } else {
                self.warn(
                    "benefit.overlap",
                    &place.index(position),
                    format!("`{code}` is also covered by {}", list.index(earlier.0)),
                    "both rows are candidates and the better one pays; merge them if that is not \
                     meant",
                );
            }
        }
    }

    fn benefit(&mut self, benefit: &Benefit, at: &At<'_>) {
        if benefit.services.is_empty() && benefit.items.is_empty() {
            self.error(
                "benefit.empty",
                at,
                "a benefit needs `services` or `items`".to_owned(),
                "list the codes it is for, or remove it",
            );
        }
        for (kind, position, code) in elements(benefit) {
            let (target, field) = match kind {
                ElementKind::Service => (Target::Service, "services"),
                ElementKind::Item => (Target::Item, "items"),
            };
            self.reference(target, code, &at.field(field).index(position));
        }
        self.cover(&benefit.cover, &at.field("cover"));
        let most = at.field("max_quantity");
        for (name, quantity) in [
            ("adult", benefit.max_quantity.adult),
            ("child", benefit.max_quantity.child),
        ] {
            if let Some(quantity) = quantity {
                self.most_quantity(quantity, &most.field(name));
            }
        }
        self.window(
            benefit.quantity_window,
            !benefit.max_quantity.is_empty(),
            &at.field("quantity_window"),
        );
        self.validity(benefit.valid, &at.field("valid"));
    }

    fn cover(&mut self, rules: &[CoverRule], list: &At<'_>) {
        if rules.is_empty() {
            self.error(
                "cover.empty",
                list,
                "a benefit without cover rules covers nothing".to_owned(),
                "write at least one rule: `- {}` pays 100 %",
            );
        }
        // What earlier rules without conditions have decided, by visit type and age group.
        let mut decided: Vec<(VisitType, AgeGroup)> = Vec::new();
        for (position, rule) in rules.iter().enumerate() {
            let at = list.index(position);
            self.cover_rule(rule, &at);
            let cells = cells(rule);
            if !cells.is_empty() && cells.iter().all(|cell| decided.contains(cell)) {
                self.warn(
                    "cover.unreachable",
                    &at,
                    "earlier rules decide every visit that this rule is for".to_owned(),
                    "the first rule that fits decides: put the special rule first",
                );
            }
            if rule.when.as_ref().is_none_or(says_nothing) {
                decided.extend(cells);
            }
        }
    }

    fn cover_rule(&mut self, rule: &CoverRule, at: &At<'_>) {
        let stated = [
            rule.co_insurance.is_some(),
            rule.fixed.is_some(),
            rule.not_covered,
        ];
        if stated.into_iter().filter(|said| *said).count() > 1 {
            self.error(
                "cover.several",
                at,
                "a rule has one of `co_insurance`, `fixed` and `not_covered`".to_owned(),
                "keep one of them",
            );
        }
        if let Some(percent) = rule.co_insurance {
            self.percent(percent, &at.field("co_insurance"));
        }
        if let Some(Cap::Amount(amount)) = rule.fixed {
            self.amount(amount, &at.field("fixed"));
            if amount.is_zero() {
                self.warn(
                    "cover.fixed_zero",
                    &at.field("fixed"),
                    "a fixed amount of 0 pays nothing".to_owned(),
                    "write `not_covered: true`, or `fixed: unlimited`",
                );
            }
        }
        if rule.visit_types.as_ref().is_some_and(Vec::is_empty) {
            self.never(&at.field("visit_types"));
        }
        if let Some(when) = &rule.when {
            self.when(when, &at.field("when"));
        }
    }

    fn when(&mut self, when: &When, at: &At<'_>) {
        if says_nothing(when) {
            self.warn(
                "when.empty",
                at,
                "a condition without terms always holds".to_owned(),
                "remove `when`, or write a term",
            );
        }
        if let Some(terms) = &when.facility {
            self.facility_terms(terms, &at.field("facility"));
        }
        if let Some(terms) = &when.patient {
            self.person(terms, &at.field("patient"));
        }
        if let Some(valid) = when.visit {
            self.validity(valid, &at.field("visit"));
        }
        let Some(groups) = &when.diagnosis_groups else {
            return;
        };
        let list = at.field("diagnosis_groups");
        if self.scheme.diagnoses.is_none() {
            self.error(
                "reference.unknown",
                &list,
                "the scheme has no register of diagnoses to take groups from".to_owned(),
                "add `diagnoses`, or remove the condition",
            );
            return;
        }
        if groups.is_empty() {
            self.never(&list);
        }
        for (position, group) in groups.iter().enumerate() {
            self.reference(Target::DiagnosisGroup, group, &list.index(position));
        }
    }

    fn facility_terms(&mut self, terms: &FacilityTerms, at: &At<'_>) {
        let lists = [
            ("levels", terms.levels.as_ref().map(Vec::is_empty)),
            ("sublevels", terms.sublevels.as_ref().map(Vec::is_empty)),
            ("ownership", terms.ownership.as_ref().map(Vec::is_empty)),
        ];
        for (name, empty) in lists {
            if empty == Some(true) {
                self.never(&at.field(name));
                return;
            }
        }
        if let (Some(min), Some(max)) = (terms.min_beds, terms.max_beds)
            && min > max
        {
            self.error(
                "beds.reversed",
                at,
                format!("no facility has at least {min} and at most {max} beds"),
                "swap `min_beds` and `max_beds`",
            );
            return;
        }
        let mut facilities = self.scheme.facilities.iter();
        if !facilities.any(|facility| facility_fits(facility, terms)) {
            self.warn(
                "when.no_facility",
                at,
                "no facility of the scheme fits these terms".to_owned(),
                "compare the terms with `facilities`",
            );
        }
    }

    /// Terms about a person.
    pub(super) fn person(&mut self, terms: &PatientTerms, at: &At<'_>) {
        self.ages(terms.age, &at.field("age"));
        if *terms == PatientTerms::default() {
            self.warn(
                "when.empty",
                at,
                "terms that ask for nothing fit everybody".to_owned(),
                "write `sex`, `age` or `attributes`",
            );
        }
    }

    fn never(&mut self, at: &At<'_>) {
        self.warn(
            "when.never",
            at,
            "an empty list fits no visit".to_owned(),
            "leave the field out for all",
        );
    }
}

/// Services then items of a row: kind, position in its list, code.
fn elements(benefit: &Benefit) -> impl Iterator<Item = (ElementKind, usize, &Code)> {
    let services = benefit.services.iter().enumerate();
    let items = benefit.items.iter().enumerate();
    services
        .map(|(position, code)| (ElementKind::Service, position, code))
        .chain(items.map(|(position, code)| (ElementKind::Item, position, code)))
}

/// The visits and age groups a rule is for.
fn cells(rule: &CoverRule) -> Vec<(VisitType, AgeGroup)> {
    let visits = [VisitType::Other, VisitType::Emergency, VisitType::Referral];
    let groups = [AgeGroup::Adult, AgeGroup::Child];
    let of_visit = |visit: &VisitType| {
        rule.visit_types
            .as_ref()
            .is_none_or(|visits| visits.contains(visit))
    };
    visits
        .into_iter()
        .filter(of_visit)
        .flat_map(|visit| groups.map(|group| (visit, group)))
        .filter(|(_, group)| rule.age_group.is_none_or(|wanted| wanted == *group))
        .collect()
}

fn says_nothing(when: &When) -> bool {
    *when == When::default()
}

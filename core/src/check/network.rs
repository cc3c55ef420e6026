//! Price lists, facilities and diagnoses.

use super::Audit;
use super::at::At;
use super::references::{Target, clashes};
use crate::scheme::PriceList;

impl Audit<'_> {
    pub(super) fn network(&mut self) {
        let scheme = self.scheme;
        let lists = At::Root.field("price_lists");
        self.unique(
            "price list",
            scheme.price_lists.iter().map(|l| &l.code),
            &lists,
        );
        for (position, list) in scheme.price_lists.iter().enumerate() {
            self.price_list(list, &lists.index(position));
        }
        self.facilities(&At::Root.field("facilities"));
        self.catchments();
        let diagnoses = At::Root.field("diagnoses");
        self.unique(
            "diagnosis",
            scheme.diagnoses.iter().flatten().map(|d| &d.code),
            &diagnoses,
        );
        for (position, diagnosis) in scheme.diagnoses.iter().flatten().enumerate() {
            let at = diagnoses.index(position);
            self.not_repeated(diagnosis.groups.iter(), &at.field("groups"));
        }
    }

    fn price_list(&mut self, list: &PriceList, at: &At<'_>) {
        self.validity(list.valid, &at.field("valid"));
        let entries = at.field("entries");
        if list.entries.is_empty() {
            self.warn(
                "price_list.empty",
                &entries,
                format!("nothing is on the price list `{}`", list.code),
                "add what its facilities may claim",
            );
        }
        for (position, entry) in list.entries.iter().enumerate() {
            let at = entries.index(position);
            self.reference(Target::from(entry.kind), &entry.code, &at.field("code"));
            if let Some(price) = entry.price {
                self.amount(price, &at.field("price"));
                if price.is_zero() {
                    self.warn(
                        "price.zero",
                        &at.field("price"),
                        "a price of 0 pays nothing".to_owned(),
                        "leave the field out for the register price",
                    );
                }
            }
            self.validity(entry.valid, &at.field("valid"));
        }
        let rows = list
            .entries
            .iter()
            .map(|entry| ((entry.kind, entry.code.as_str()), entry.valid));
        for (later, earlier) in clashes(rows) {
            self.overlap(
                "price entry",
                &entries.index(later),
                &entries.index(earlier),
            );
        }
    }

    fn facilities(&mut self, list: &At<'_>) {
        let scheme = self.scheme;
        self.unique("facility", scheme.facilities.iter().map(|f| &f.code), list);
        for (position, facility) in scheme.facilities.iter().enumerate() {
            let at = list.index(position);
            let Some(codes) = &facility.price_lists else {
                continue;
            };
            let lists = at.field("price_lists");
            if codes.is_empty() {
                self.warn(
                    "facility.no_prices",
                    &lists,
                    format!("the facility `{}` may claim nothing", facility.code),
                    "leave the field out for everything at register prices",
                );
            }
            for (position, code) in codes.iter().enumerate() {
                self.reference(Target::PriceList, code, &lists.index(position));
            }
            self.not_repeated(codes.iter(), &lists);
        }
    }
}

//! Services, items and packages.

use super::Audit;
use super::at::At;
use super::references::{Target, clashes};
use crate::code::Code;
use crate::number::{Amount, Quantity};
use crate::scheme::{Component, ElementKind, Package, Patients, Validity};

/// What services and items have in common.
struct Entry<'e> {
    price: Amount,
    frequency_days: Option<u32>,
    patients: Option<&'e Patients>,
    max_quantity: Option<Quantity>,
    valid: Validity,
}

impl Audit<'_> {
    pub(super) fn catalogue(&mut self) {
        let catalogue = &self.scheme.catalogue;
        let root = At::Root.field("catalogue");
        let services = root.field("services");
        for (position, service) in catalogue.services.iter().enumerate() {
            let at = services.index(position);
            self.register_entry(
                &Entry {
                    price: service.price,
                    frequency_days: service.frequency_days,
                    patients: service.patients.as_ref(),
                    max_quantity: service.max_quantity,
                    valid: service.valid,
                },
                &at,
            );
            if let Some(package) = &service.package {
                self.package(package, &service.code, &at.field("package"));
            }
        }
        let rows = catalogue
            .services
            .iter()
            .map(|s| (s.code.as_str(), s.valid));
        for (later, earlier) in clashes(rows) {
            self.overlap("service", &services.index(later), &services.index(earlier));
        }
        let items = root.field("items");
        for (position, item) in catalogue.items.iter().enumerate() {
            self.register_entry(
                &Entry {
                    price: item.price,
                    frequency_days: item.frequency_days,
                    patients: item.patients.as_ref(),
                    max_quantity: item.max_quantity,
                    valid: item.valid,
                },
                &items.index(position),
            );
        }
        let rows = catalogue.items.iter().map(|i| (i.code.as_str(), i.valid));
        for (later, earlier) in clashes(rows) {
            self.overlap("item", &items.index(later), &items.index(earlier));
        }
    }

    /// Two entries of one code for the same day: which price would hold?
    pub(super) fn overlap(&mut self, what: &str, later: &At<'_>, earlier: &At<'_>) {
        self.error(
            "validity.overlap",
            later,
            format!("the same {what} is at {earlier} for some of the same days"),
            "end one entry (`valid.to`) before the other begins, or remove it",
        );
    }

    fn register_entry(&mut self, entry: &Entry<'_>, at: &At<'_>) {
        self.amount(entry.price, &at.field("price"));
        if entry.price.is_zero() {
            self.warn(
                "price.zero",
                &at.field("price"),
                "a price of 0 pays nothing".to_owned(),
                "write the price of one unit",
            );
        }
        if entry.frequency_days == Some(0) {
            self.warn(
                "frequency.zero",
                &at.field("frequency_days"),
                "a frequency of 0 days restricts nothing".to_owned(),
                "leave the field out for no restriction",
            );
        }
        if let Some(quantity) = entry.max_quantity {
            self.most_quantity(quantity, &at.field("max_quantity"));
        }
        if let Some(patients) = entry.patients {
            self.patients(patients, &at.field("patients"));
        }
        self.validity(entry.valid, &at.field("valid"));
    }

    fn patients(&mut self, patients: &Patients, at: &At<'_>) {
        let sexes = patients.sexes.as_ref().map(Vec::is_empty);
        let groups = patients.age_groups.as_ref().map(Vec::is_empty);
        for (name, empty) in [("sexes", sexes), ("age_groups", groups)] {
            if empty == Some(true) {
                self.warn(
                    "patients.nobody",
                    &at.field(name),
                    "an empty list means that nobody may receive it".to_owned(),
                    "leave the field out for everybody",
                );
            }
        }
    }

    fn package(&mut self, package: &Package, service: &Code, at: &At<'_>) {
        let list = at.field("components");
        if package.components.is_empty() {
            self.warn(
                "package.empty",
                &list,
                "the package has no content to check".to_owned(),
                "list what belongs to it, or remove `package`",
            );
        }
        for (position, component) in package.components.iter().enumerate() {
            let at = list.index(position);
            self.component(component, service, &at);
            let same =
                |other: &Component| other.kind == component.kind && other.code == component.code;
            if package.components.iter().take(position).any(same) {
                self.error(
                    "code.duplicate",
                    &at.field("code"),
                    format!("`{}` is in the package already", component.code),
                    "write each component once, with its whole quantity",
                );
            }
        }
    }

    fn component(&mut self, component: &Component, service: &Code, at: &At<'_>) {
        if component.kind == ElementKind::Service && component.code == *service {
            self.error(
                "package.itself",
                &at.field("code"),
                format!("the package `{service}` contains itself"),
                "remove the component",
            );
        } else {
            self.reference(
                Target::from(component.kind),
                &component.code,
                &at.field("code"),
            );
        }
        self.quantity(component.quantity, &at.field("quantity"));
        if component.quantity.is_zero() {
            self.warn(
                "quantity.zero",
                &at.field("quantity"),
                "a component with quantity 0 does not belong to the package".to_owned(),
                "write its quantity, or remove the component",
            );
        }
    }
}

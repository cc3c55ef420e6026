//! The register, the price lists and the facility of a claim.

use super::super::columns::category_letter;
use super::super::rows::{FacilityRow, ItemRow, PackageRow, PriceListRow, PriceRow, ServiceRow};
use super::{Refused, number, times};
use crate::code::Code;
use crate::number::{Amount, Quantity};
use crate::scheme::{
    AgeGroup, CareType, ElementKind, Facility, FacilityLevel, PackageKind, Patients, PriceEntry,
    Scheme, Sex, Validity,
};

/// The register as rows.
#[derive(Debug, Clone)]
pub(super) struct Register {
    pub(super) items: Vec<ItemRow>,
    pub(super) services: Vec<ServiceRow>,
}

pub(super) fn register(scheme: &Scheme, refused: &mut Refused) -> Register {
    let catalogue = &scheme.catalogue;
    let mut common = |at: String, price: Amount, most: Option<Quantity>| {
        refused.unless(
            most.is_none(),
            || format!("{at}.max_quantity"),
            "openIMIS has no most of an element on a line",
        );
        refused.amount(price, || format!("{at}.price"))
    };
    let items = catalogue.items.iter().enumerate().map(|(position, item)| {
        let at = format!("catalogue.items[{position}]");
        let (validity_from, validity_to) = times(item.valid);
        ItemRow {
            code: item.code.clone(),
            name: item.name.clone(),
            item_type: item.item_type.clone(),
            price: Some(common(at, item.price, item.max_quantity)),
            care_type: Some(care_type(item.care_type)),
            frequency: item.frequency_days.map(i64::from),
            patient_category: item.patients.as_ref().map(mask),
            maximum_amount: None,
            validity_from,
            validity_to,
        }
    });
    let items = items.collect();
    let services = catalogue.services.iter().enumerate();
    let services = services.map(|(position, service)| {
        let at = format!("catalogue.services[{position}]");
        let (validity_from, validity_to) = times(service.valid);
        let package = service.package.as_ref();
        let parts = |kind: ElementKind| -> Vec<PackageRow> {
            let parts = package.into_iter().flat_map(|package| &package.components);
            let parts = parts.filter(|part| part.kind == kind);
            parts
                .map(|part| PackageRow {
                    item: (kind == ElementKind::Item).then(|| part.code.clone()),
                    service: (kind == ElementKind::Service).then(|| part.code.clone()),
                    qty_provided: Some(number(part.quantity)),
                    price_asked: None,
                })
                .collect()
        };
        let packagetype = match package.map(|package| package.kind) {
            None => "S",
            Some(PackageKind::Fixed) => "F",
            Some(PackageKind::Provided) => "P",
        };
        ServiceRow {
            code: service.code.clone(),
            name: service.name.clone(),
            category: Some(category_letter(service.category).to_owned()),
            level: service.level.clone(),
            service_type: None,
            packagetype: Some(packagetype.to_owned()),
            manual_price: None,
            price: Some(common(at, service.price, service.max_quantity)),
            care_type: Some(care_type(service.care_type)),
            frequency: service.frequency_days.map(i64::from),
            patient_category: service.patients.as_ref().map(mask),
            maximum_amount: None,
            validity_from,
            validity_to,
            service_items: parts(ElementKind::Item),
            service_services: parts(ElementKind::Service),
        }
    });
    let services = services.collect();
    for (position, list) in scheme.price_lists.iter().enumerate() {
        for (entry, row) in list.entries.iter().enumerate() {
            if let Some(price) = row.price {
                let at = || format!("price_lists[{position}].entries[{entry}].price");
                refused.nonzero(price, at);
            }
        }
    }
    Register { items, services }
}

impl Register {
    /// The lists of items and services that a facility may claim; NULL = none. A facility without
    /// the rule may claim everything at register prices.
    pub(super) fn lists(
        &self,
        scheme: &Scheme,
        facility: Option<&Facility>,
    ) -> [Option<PriceListRow>; 2] {
        let Some(codes) = facility.and_then(|facility| facility.price_lists.as_ref()) else {
            let items = self
                .items
                .iter()
                .map(|row| priced(ElementKind::Item, &row.code));
            let services = self.services.iter();
            let services = services.map(|row| priced(ElementKind::Service, &row.code));
            return [open(items.collect()), open(services.collect())].map(Some);
        };
        [ElementKind::Item, ElementKind::Service].map(|kind| {
            let lists = scheme.price_lists.iter();
            let lists = lists.filter(|list| codes.contains(&list.code));
            let details: Vec<PriceRow> = lists
                .flat_map(|list| {
                    let own = list.entries.iter().filter(|entry| entry.kind == kind);
                    own.filter_map(|entry| detail(entry, list.valid))
                })
                .collect();
            (!details.is_empty()).then(|| open(details))
        })
    }
}

fn open(details: Vec<PriceRow>) -> PriceListRow {
    PriceListRow {
        validity_from: None,
        validity_to: None,
        details,
    }
}

/// An entry while both it and its list are valid.
fn detail(entry: &PriceEntry, list: Validity) -> Option<PriceRow> {
    let valid = Validity {
        from: entry.valid.from.max(list.from),
        to: match (entry.valid.to, list.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
    };
    if let (Some(from), Some(to)) = (valid.from, valid.to)
        && to < from
    {
        return None;
    }
    let (validity_from, validity_to) = times(valid);
    Some(PriceRow {
        price_overrule: entry.price.map(|price| super::Number(price.decimal())),
        validity_from,
        validity_to,
        ..priced(entry.kind, &entry.code)
    })
}

fn priced(kind: ElementKind, code: &Code) -> PriceRow {
    PriceRow {
        item: (kind == ElementKind::Item).then(|| code.clone()),
        service: (kind == ElementKind::Service).then(|| code.clone()),
        price_overrule: None,
        validity_from: None,
        validity_to: None,
    }
}

/// The facility's row, and what the scheme says of it.
pub(super) fn facility<'s>(
    scheme: &'s Scheme,
    code: &Code,
    refused: &mut Refused,
) -> (FacilityRow, Option<&'s Facility>) {
    let found = scheme.facilities.iter().find(|own| own.code == *code);
    refused.unless(
        found.is_some(),
        || "claim.facility".to_owned(),
        "openIMIS has no claim of a facility that is not registered",
    );
    let level = found.map(|facility| match facility.level {
        FacilityLevel::Dispensary => "D",
        FacilityLevel::HealthCentre => "C",
        FacilityLevel::Hospital => "H",
    });
    let row = FacilityRow {
        code: code.clone(),
        level: level.map(str::to_owned),
        care_type: found.map(|facility| care_type(facility.care_type)),
    };
    (row, found)
}

fn care_type(care: CareType) -> String {
    let letter = match care {
        CareType::Inpatient => "I",
        CareType::Outpatient => "O",
        CareType::Both => "B",
    };
    letter.to_owned()
}

/// 1 man, 2 woman, 4 adult, 8 child.
fn mask(patients: &Patients) -> i64 {
    let sexes = [(1, Sex::Male), (2, Sex::Female)];
    let groups = [(4, AgeGroup::Adult), (8, AgeGroup::Child)];
    let sexes = sexes.iter().filter(|(_, sex)| {
        let named = patients.sexes.as_ref();
        named.is_none_or(|named| named.contains(sex))
    });
    let groups = groups.iter().filter(|(_, group)| {
        let named = patients.age_groups.as_ref();
        named.is_none_or(|named| named.contains(group))
    });
    sexes
        .map(|(bit, _)| bit)
        .chain(groups.map(|(bit, _)| bit))
        .sum()
}

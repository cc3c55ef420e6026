//! Register, price lists and facilities.

use std::collections::{BTreeMap, BTreeSet};

use super::super::rows::{FacilityRow, PackageRow, PriceListRow, PriceRow};
use super::super::snapshot::Input;
use super::super::value::{Moment, Number};
use super::{Notes, validity, windows};
use crate::code::Code;
use crate::scheme::{
    AgeGroup, CareType, Catalogue, Component, ElementKind, Facility, FacilityLevel, Item, Package,
    PackageKind, Patients, PriceEntry, PriceList, Service, ServiceCategory, Sex, Validity,
};

const MAN: i64 = 1;
const WOMAN: i64 = 2;
const ADULT: i64 = 4;
const CHILD: i64 = 8;

/// Codes of the two price lists.
const ITEMS: &str = "items";
const SERVICES: &str = "services";

/// Does the register know the element, at any time?
pub(super) fn registered(input: &Input, kind: ElementKind, code: &Code) -> bool {
    match kind {
        ElementKind::Item => input.medical_items.iter().any(|row| row.code == *code),
        ElementKind::Service => input.medical_services.iter().any(|row| row.code == *code),
    }
}

/// The element that a row with an item and a service column is about, if the register knows it.
pub(super) fn element(
    input: &Input,
    item: Option<&Code>,
    service: Option<&Code>,
    path: impl FnOnce() -> String,
    notes: &mut Notes,
) -> Option<(ElementKind, Code)> {
    let found = match (item, service) {
        (Some(code), None) => Some((ElementKind::Item, code)),
        (None, Some(code)) => Some((ElementKind::Service, code)),
        _ => None,
    };
    let known = found.filter(|(kind, code)| registered(input, *kind, code));
    if known.is_none() {
        notes.add(
            "reference.unknown",
            path(),
            "the row names no item or service of the register; passed over",
        );
    }
    known.map(|(kind, code)| (kind, code.clone()))
}

pub(super) fn catalogue(input: &Input, notes: &mut Notes) -> Catalogue {
    let mut catalogue = Catalogue::default();
    let items = versions(
        input
            .medical_items
            .iter()
            .map(|r| (&r.code, r.validity_from, r.validity_to)),
    );
    for (position, valid) in items {
        let Some(row) = input.medical_items.get(position) else {
            continue;
        };
        let at = |column: &str| format!("input.medical_items[{position}].{column}");
        ignored_maximum(row.maximum_amount, || at("maximum_amount"), notes);
        catalogue.items.push(Item {
            code: row.code.clone(),
            name: row.name.clone(),
            item_type: row.item_type.clone(),
            care_type: care_type(row.care_type.as_deref(), || at("care_type"), notes),
            price: price(row.price, || at("price"), notes),
            frequency_days: frequency(row.frequency),
            patients: patients(row.patient_category, || at("patient_category"), notes),
            max_quantity: None,
            valid,
        });
    }
    let services = versions(
        input
            .medical_services
            .iter()
            .map(|r| (&r.code, r.validity_from, r.validity_to)),
    );
    for (position, valid) in services {
        let Some(row) = input.medical_services.get(position) else {
            continue;
        };
        let at = |column: &str| format!("input.medical_services[{position}].{column}");
        ignored_maximum(row.maximum_amount, || at("maximum_amount"), notes);
        let kind = match row.packagetype.as_deref() {
            None | Some("S" | "") => None,
            Some("F") => Some(PackageKind::Fixed),
            Some("P") => Some(PackageKind::Provided),
            Some(other) => {
                let message = format!("`{other}` is no type of package; read as a service");
                notes.add("column.unknown_value", at("packagetype"), message);
                None
            }
        };
        let package = kind.map(|kind| Package {
            kind,
            components: row
                .service_items
                .iter()
                .chain(&row.service_services)
                .filter_map(|part| component(input, part, &at("packages"), notes))
                .collect(),
        });
        catalogue.services.push(Service {
            code: row.code.clone(),
            name: row.name.clone(),
            category: row
                .category
                .as_deref()
                .and_then(|text| category(text, || at("category"), notes))
                .unwrap_or_default(),
            level: row.level.clone(),
            care_type: care_type(row.care_type.as_deref(), || at("care_type"), notes),
            price: price(row.price, || at("price"), notes),
            frequency_days: frequency(row.frequency),
            patients: patients(row.patient_category, || at("patient_category"), notes),
            max_quantity: None,
            package,
            valid,
        });
    }
    catalogue
}

/// Windows of rows that share codes, in order of the rows.
fn versions<'r>(
    rows: impl Iterator<Item = (&'r Code, Option<Moment>, Option<Moment>)>,
) -> Vec<(usize, Validity)> {
    let mut by_code: BTreeMap<&Code, Vec<usize>> = BTreeMap::new();
    let mut times = Vec::new();
    for (position, (code, from, to)) in rows.enumerate() {
        by_code.entry(code).or_default().push(position);
        times.push((from, to));
    }
    let mut all: Vec<(usize, Validity)> = by_code
        .into_values()
        .flat_map(|positions| {
            let own: Vec<_> = positions
                .iter()
                .filter_map(|p| times.get(*p).copied())
                .collect();
            windows(&own)
                .into_iter()
                .filter_map(|(row, valid)| Some((*positions.get(row)?, valid)))
                .collect::<Vec<_>>()
        })
        .collect();
    all.sort_by_key(|(position, _)| *position);
    all
}

fn component(input: &Input, row: &PackageRow, path: &str, notes: &mut Notes) -> Option<Component> {
    let (item, service) = (row.item.as_ref(), row.service.as_ref());
    let (kind, code) = element(input, item, service, || path.to_owned(), notes)?;
    Some(Component {
        kind,
        code,
        quantity: notes.quantity(row.qty_provided.unwrap_or(Notes::whole(0)), || {
            path.to_owned()
        }),
    })
}

fn ignored_maximum(maximum: Option<Number>, path: impl FnOnce() -> String, notes: &mut Notes) {
    if maximum.is_some_and(|maximum| !maximum.is_zero()) {
        notes.add(
            "column.not_applied",
            path(),
            "no version of the engine applies this maximum",
        );
    }
}

fn price(
    price: Option<Number>,
    path: impl Fn() -> String,
    notes: &mut Notes,
) -> crate::number::Amount {
    if price.is_none() {
        notes.add("column.missing", path(), "no price; read as 0");
    }
    notes.amount(price.unwrap_or(Notes::whole(0)), path)
}

fn frequency(days: Option<i64>) -> Option<u32> {
    days.and_then(|days| u32::try_from(days).ok())
        .filter(|days| *days > 0)
}

/// The mask: a sex or age group is allowed if its bit is set; without any bit, everybody is.
fn patients(
    mask: Option<i64>,
    path: impl FnOnce() -> String,
    notes: &mut Notes,
) -> Option<Patients> {
    let mask = mask? & (MAN | WOMAN | ADULT | CHILD);
    if mask == 0 || mask == MAN | WOMAN | ADULT | CHILD {
        return None;
    }
    if mask & (MAN | WOMAN) == 0 || mask & (ADULT | CHILD) == 0 {
        notes.add(
            "patients.nobody",
            path(),
            format!("the mask {mask} allows no sex or no age group, so nobody"),
        );
    }
    let allowed = |bits: [(i64, Sex); 2]| {
        let both = bits.iter().all(|(bit, _)| mask & bit != 0);
        (!both).then(|| {
            bits.iter()
                .filter(|(bit, _)| mask & bit != 0)
                .map(|(_, sex)| *sex)
                .collect()
        })
    };
    let groups = [(ADULT, AgeGroup::Adult), (CHILD, AgeGroup::Child)];
    let every_group = groups.iter().all(|(bit, _)| mask & bit != 0);
    Some(Patients {
        sexes: allowed([(MAN, Sex::Male), (WOMAN, Sex::Female)]),
        age_groups: (!every_group).then(|| {
            groups
                .iter()
                .filter(|(bit, _)| mask & bit != 0)
                .map(|(_, group)| *group)
                .collect()
        }),
    })
}

fn care_type(text: Option<&str>, path: impl FnOnce() -> String, notes: &mut Notes) -> CareType {
    match text {
        Some("I") => CareType::Inpatient,
        Some("O") => CareType::Outpatient,
        None | Some("B" | "" | " ") => CareType::Both,
        Some(other) => {
            let message = format!("`{other}` is no kind of care; read as both");
            notes.add("column.unknown_value", path(), message);
            CareType::Both
        }
    }
}

/// A category by its letter; `None` for a letter that means nothing.
pub(super) fn category(
    text: &str,
    path: impl FnOnce() -> String,
    notes: &mut Notes,
) -> Option<ServiceCategory> {
    match text {
        "S" => Some(ServiceCategory::Surgery),
        "D" => Some(ServiceCategory::Delivery),
        "A" => Some(ServiceCategory::Antenatal),
        "H" => Some(ServiceCategory::Hospitalization),
        "C" => Some(ServiceCategory::Consultation),
        "O" => Some(ServiceCategory::Other),
        "V" => Some(ServiceCategory::Visit),
        "" => None,
        other => {
            let message = format!("`{other}` is no category; read as none");
            notes.add("column.unknown_value", path(), message);
            None
        }
    }
}

pub(super) fn price_lists(input: &Input, notes: &mut Notes) -> Vec<PriceList> {
    let lists = [
        (ITEMS, ElementKind::Item, &input.items_pricelist),
        (SERVICES, ElementKind::Service, &input.services_pricelist),
    ];
    lists
        .into_iter()
        .filter_map(|(code, kind, list)| Some(price_list(input, code, kind, list.as_ref()?, notes)))
        .collect()
}

pub(in crate::compat) fn price_list(
    input: &Input,
    code: &str,
    kind: ElementKind,
    list: &PriceListRow,
    notes: &mut Notes,
) -> PriceList {
    let path = |position: usize| format!("input.{code}_pricelist.details[{position}]");
    let of = |row: &'_ PriceRow| match kind {
        ElementKind::Item => row.item.clone(),
        ElementKind::Service => row.service.clone(),
    };
    let mut known = Vec::new();
    for (position, row) in list.details.iter().enumerate() {
        let column = of(row);
        let (item, service) = match kind {
            ElementKind::Item => (column.as_ref(), None),
            ElementKind::Service => (None, column.as_ref()),
        };
        if let Some((_, code)) = element(input, item, service, || path(position), notes) {
            known.push((position, row, code));
        }
    }
    let entries = versions(
        known
            .iter()
            .map(|(_, row, code)| (code, row.validity_from, row.validity_to)),
    )
    .into_iter()
    .filter_map(|(at, valid)| {
        let (position, row, code) = known.get(at)?;
        let price = notes.nonzero(row.price_overrule, || path(*position));
        Some(PriceEntry {
            kind,
            code: code.clone(),
            price,
            valid,
        })
    })
    .collect();
    PriceList {
        code: Code::new(code).unwrap_or_default(),
        name: None,
        valid: validity(list.validity_from, list.validity_to),
        entries,
    }
}

/// All facilities share the two lists; without a list, nothing of its kind may be claimed.
pub(super) fn facilities(input: &Input, notes: &mut Notes) -> Vec<Facility> {
    let lists = [
        (ITEMS, input.items_pricelist.is_some()),
        (SERVICES, input.services_pricelist.is_some()),
    ];
    let lists: Vec<Code> = lists
        .iter()
        .filter(|(_, given)| *given)
        .filter_map(|(code, _)| Code::new(code))
        .collect();
    let others = input.other_health_facilities.iter().enumerate();
    let others = others.map(|(i, row)| (format!("input.other_health_facilities[{i}]"), row));
    let mut seen = BTreeSet::new();
    std::iter::once(("input.health_facility".to_owned(), &input.health_facility))
        .chain(others)
        .filter(|(_, row)| seen.insert(row.code.clone()))
        .map(|(path, row)| facility(row, &path, &lists, notes))
        .collect()
}

fn facility(row: &FacilityRow, path: &str, lists: &[Code], notes: &mut Notes) -> Facility {
    let path = |column: &str| format!("{path}.{column}");
    let level = match row.level.as_deref() {
        Some("D") => FacilityLevel::Dispensary,
        Some("C") => FacilityLevel::HealthCentre,
        Some("H") => FacilityLevel::Hospital,
        other => {
            let shown = other.unwrap_or("NULL");
            let message = format!("`{shown}` is no level; read as health centre");
            notes.add("column.unknown_value", path("level"), message);
            FacilityLevel::HealthCentre
        }
    };
    Facility {
        code: row.code.clone(),
        name: None,
        level,
        sublevel: None,
        district: None,
        catchment: Vec::new(),
        care_type: care_type(row.care_type.as_deref(), || path("care_type"), notes),
        ownership: None,
        beds: None,
        attributes: Default::default(),
        price_lists: Some(lists.to_vec()),
    }
}

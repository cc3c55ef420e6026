//! The tables of a legacy openIMIS database, exported row by row as JSON.
//!
//! Each file is an array of rows in the columns of the legacy database; [`Tables::read`] turns
//! register, price lists, facilities, products and their benefit rows into a scheme, and
//! [`Tables::requests`] turns claims (rows of `tblClaim`, each with `items`, `services` and
//! `dedrem`) into requests. The rows are read by the rules for snapshots (SEMANTICS 10); what NULL
//! and 0 stood for, what was passed over and every guess stand in the [`ImportReport`].

mod claims;
mod columns;
mod lists;
mod paths;
mod people;
mod products;
mod reader;
mod report;

use std::collections::BTreeMap;

use columns::{
    DIAGNOSES, ENROLMENT, FAMILIES, INSUREES, ITEM_LISTS, ITEMS, MEMBERSHIPS, PAYMENT, POLICIES,
    PRODUCT_ITEMS, PRODUCT_SERVICES, PRODUCTS, SERVICE_LISTS, SERVICES, Spec,
};
use paths::Paths;
use people::People;
use reader::{Reader, Row};
pub use report::{ImportReport, NotRead, Translation};

use super::read::Notes;
use super::rows::Config;
use super::snapshot::{Input, Snapshot};
use crate::code::Code;
use crate::error::{Error, Invalid};
use crate::scheme::Scheme;

/// Tables that are known and not read, and why.
const UNREAD_TABLES: [(&str, &str); 3] = [
    ("premiums", ENROLMENT),
    ("relative_distribution", PAYMENT),
    ("locations", PAYMENT),
];

/// The tables of an installation.
#[derive(Debug)]
pub struct Tables {
    reader: Reader,
    /// Registers and products; every claim puts its family, policies and past beside them.
    snapshot: Snapshot,
    paths: Paths,
    scheme: Scheme,
    ids: Ids,
    people: Option<People>,
    unread: Vec<NotRead>,
    report: ImportReport,
}

/// Codes by the ids of their rows.
#[derive(Debug, Default)]
struct Ids {
    items: BTreeMap<String, Code>,
    services: BTreeMap<String, Code>,
    products: BTreeMap<String, Code>,
    facilities: BTreeMap<String, Code>,
    diagnoses: Option<BTreeMap<String, Code>>,
}

impl Tables {
    /// Reads tables, given as their names (`items`, `product_services`, ..) and JSON texts.
    /// `currency` is the currency of all amounts, which the tables do not name.
    ///
    /// Needed are `items`, `services`, `items_pricelists`, `services_pricelists`,
    /// `health_facilities`, `products`, `product_items` and `product_services`; for claims also
    /// `families`, `insurees`, `policies` and `insuree_policies`. `diagnoses` (`ICDID`, `ICDCode`)
    /// may be there.
    ///
    /// # Errors
    /// Every table or column that is missing, every value of the wrong type and every id that
    /// leads nowhere, with table and row.
    pub fn read(files: &BTreeMap<String, String>, currency: Option<Code>) -> Result<Self, Invalid> {
        let mut reader = Reader::default();
        let mut ids = Ids::default();
        let mut paths = Paths::default();
        let mut lists = lists::Lists::default();
        let products = table(files, &PRODUCTS, &mut reader);
        let input = registers(
            files,
            &products,
            &mut reader,
            &mut ids,
            &mut paths,
            &mut lists,
        );
        let enrolments = products::enrolments(&products, &ids, &mut reader);
        Invalid::unless_empty(std::mem::take(&mut reader.errors))?;
        let input = input.ok_or_else(|| {
            Error::new("table.empty", "health_facilities", "there is no facility")
        })?;
        let snapshot = Snapshot {
            id: None,
            config: Config::default(),
            input,
            passed_over: Vec::new(),
        };
        let mut notes = Notes::default();
        let mut scheme = snapshot.scheme(&mut notes);
        scheme.version = Code::new("tables").unwrap_or_default();
        scheme.price_lists = lists.price_lists(&snapshot.input, &mut notes);
        lists.give(&mut scheme.facilities);
        products::enrol(&mut scheme, &enrolments, &mut notes);
        if let Some(currency) = currency {
            scheme.currency.code = currency;
        } else {
            let message = "the tables name no currency; written as XXX";
            notes.add("currency.unknown", String::new(), message);
        }
        notes.add(
            "config.unknown",
            String::new(),
            format!(
                "the tables have no settings of the installation; age of majority {}, packages \
                 priced as services",
                scheme.age_of_majority
            ),
        );
        let mut tables = Self {
            people: None,
            unread: unread_tables(files, &mut reader),
            report: ImportReport::default(),
            reader,
            snapshot,
            paths,
            scheme,
            ids,
        };
        tables.warn(notes, &[]);
        tables.group_benefits();
        tables.people(files)?;
        tables.count();
        Ok(tables)
    }

    /// The rules.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// What was read so far, translated, passed over and guessed.
    #[must_use]
    pub fn report(&self) -> ImportReport {
        let mut report = self.report.clone();
        report.translated = self.reader.translations();
        report.not_read.clone_from(&self.unread);
        report.not_read.extend(self.reader.not_read());
        report.warnings.clone_from(&self.reader.warnings);
        report.warnings.extend(self.reader.unknown());
        for warning in &report.warnings {
            let number = report.warnings_by_code.entry(warning.code.to_string());
            *number.or_default() += 1;
        }
        report
    }

    /// Takes over the warnings of a reading. The first of `paths`, then the tables' own, that knows
    /// the row gives the place.
    fn warn(&mut self, notes: Notes, paths: &[&Paths]) {
        for mut warning in notes.0 {
            let mut all = paths.iter().copied().chain([&self.paths]);
            if let Some(place) = all.find_map(|paths| paths.place(&warning.path)) {
                warning.path = place;
            }
            self.reader.warn(warning);
        }
    }

    /// Writes benefit rows that say the same as one row of several items and services.
    fn group_benefits(&mut self) {
        for product in &mut self.scheme.products {
            let (grouped, repeated) = products::grouped(std::mem::take(&mut product.benefits));
            product.benefits = grouped;
            for code in repeated {
                self.reader.warn(Error::new(
                    "benefit.repeated",
                    format!("products[{}]", product.code),
                    format!("`{code}` has two benefit rows that say the same; read as one"),
                ));
            }
        }
    }

    fn people(&mut self, files: &BTreeMap<String, String>) -> Result<(), Invalid> {
        let specs = [&FAMILIES, &INSUREES, &POLICIES, &MEMBERSHIPS];
        if specs.iter().all(|spec| !files.contains_key(spec.table)) {
            return Ok(());
        }
        let rows = specs.map(|spec| table(files, spec, &mut self.reader));
        self.people = Some(People::new(rows, &self.ids, &mut self.reader));
        Invalid::unless_empty(std::mem::take(&mut self.reader.errors))
    }

    fn count(&mut self) {
        let (report, scheme) = (&mut self.report, &self.scheme);
        report.count("products", scheme.products.len());
        report.count("items", self.snapshot.input.medical_items.len());
        report.count("services", self.snapshot.input.medical_services.len());
        report.count("facilities", scheme.facilities.len());
        report.count("price lists", scheme.price_lists.len());
        let products = &self.snapshot.input.products;
        let rows = products.iter().map(|p| p.items.len() + p.services.len());
        report.count("benefit rows", rows.sum());
        if let Some(people) = &self.people {
            report.count("families", people.families());
            report.count("insurees", people.insurees());
            report.count("policies", people.policies());
        }
    }
}

/// The rows of a table that must be there.
fn table(files: &BTreeMap<String, String>, spec: &Spec, reader: &mut Reader) -> Vec<Row> {
    match files.get(spec.table) {
        Some(text) => reader.table(spec, text),
        None => {
            let message = format!("the table `{}` is missing", spec.table);
            let error = Error::new("table.missing", spec.table, message);
            let help = format!(
                "export it as {}.json, or write [] if it has no rows",
                spec.table
            );
            reader.errors.push(error.with_help(help));
            Vec::new()
        }
    }
}

/// Register, price lists, facilities and products. `None` if there is no facility.
fn registers(
    files: &BTreeMap<String, String>,
    products: &[Row],
    reader: &mut Reader,
    ids: &mut Ids,
    paths: &mut Paths,
    lists: &mut lists::Lists,
) -> Option<Input> {
    let mut medical_items = Vec::new();
    for row in table(files, &ITEMS, reader) {
        if let Some(item) = reader.typed::<super::ItemRow>(&ITEMS, &row) {
            paths.add(
                format!("input.medical_items[{}]", medical_items.len()),
                &row,
                &ITEMS,
            );
            reader.identify(&row, &ITEMS, &item.code, &mut ids.items);
            medical_items.push(item);
        }
    }
    let mut medical_services = Vec::new();
    for row in table(files, &SERVICES, reader) {
        if let Some(service) = reader.typed::<super::ServiceRow>(&SERVICES, &row) {
            let ours = format!("input.medical_services[{}]", medical_services.len());
            paths.add(ours, &row, &SERVICES);
            reader.identify(&row, &SERVICES, &service.code, &mut ids.services);
            medical_services.push(service);
        }
    }
    if let Some(text) = files.get(DIAGNOSES.table) {
        let mut diagnoses = BTreeMap::new();
        for row in reader.table(&DIAGNOSES, text) {
            if let Some(code) = row.text("code").and_then(Code::new) {
                reader.identify(&row, &DIAGNOSES, &code, &mut diagnoses);
            }
        }
        ids.diagnoses = Some(diagnoses);
    }
    for spec in [&ITEM_LISTS, &SERVICE_LISTS] {
        let rows = table(files, spec, reader);
        lists.read(spec, rows, ids, reader, paths);
    }
    let rows = table(files, &columns::FACILITIES, reader);
    let facilities = lists.facilities(rows, ids, reader, paths);
    let benefits = [&PRODUCT_ITEMS, &PRODUCT_SERVICES].map(|spec| table(files, spec, reader));
    let products = products::read(products, benefits, ids, reader, paths);
    let mut facilities = facilities.into_iter();
    Some(Input {
        health_facility: facilities.next()?,
        other_health_facilities: facilities.collect(),
        medical_items,
        medical_services,
        items_pricelist: None,
        services_pricelist: None,
        products,
        family: Default::default(),
        other_families: Vec::new(),
        policies: Vec::new(),
        history: Default::default(),
        claim: None,
        claims: Vec::new(),
    })
}

/// Counts the rows of tables that are not read.
fn unread_tables(files: &BTreeMap<String, String>, reader: &mut Reader) -> Vec<NotRead> {
    let read = [
        &ITEMS,
        &SERVICES,
        &ITEM_LISTS,
        &SERVICE_LISTS,
        &columns::FACILITIES,
        &PRODUCTS,
        &PRODUCT_ITEMS,
        &PRODUCT_SERVICES,
        &DIAGNOSES,
        &FAMILIES,
        &INSUREES,
        &POLICIES,
        &MEMBERSHIPS,
    ];
    let mut unread = Vec::new();
    for (name, text) in files {
        if read.iter().any(|spec| spec.table == name) {
            continue;
        }
        let rows = serde_json::from_str::<Vec<serde::de::IgnoredAny>>(text).map_or(0, |r| r.len());
        let known = UNREAD_TABLES.iter().find(|(table, _)| table == name);
        if known.is_none() {
            let message = format!("the table is not known, and not read ({rows} rows)");
            reader.warn(Error::new("table.unknown", name.clone(), message));
        }
        unread.push(NotRead {
            table: name.clone(),
            column: None,
            why: known.map_or("unknown", |(_, why)| why).to_owned(),
            rows,
        });
    }
    unread
}

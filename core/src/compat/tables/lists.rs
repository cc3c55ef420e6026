//! Price lists, and which facility may claim from which.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Ids;
use super::columns::{FACILITIES, ITEM_LISTS, ITEM_PRICES, SERVICE_PRICES, Spec};
use super::paths::Paths;
use super::reader::{Reader, Row};
use crate::code::Code;
use crate::compat::read::{Notes, register};
use crate::compat::rows::{FacilityRow, PriceListRow, PriceRow};
use crate::compat::snapshot::Input;
use crate::scheme::{ElementKind, Facility, PriceList};

/// The price lists, and the lists of facilities.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<(Code, Option<String>, ElementKind, PriceListRow)>,
    /// Name and lists, by code of the facility.
    given: BTreeMap<Code, (Option<String>, Vec<Code>)>,
}

/// The code that a list gets: `items-5`, `services-14`.
fn list_code(kind: ElementKind, id: &str) -> Code {
    let name = match kind {
        ElementKind::Item => "items",
        ElementKind::Service => "services",
    };
    Code::new(&format!("{name}-{id}")).unwrap_or_default()
}

impl Lists {
    /// Reads the lists of one kind.
    pub fn read(
        &mut self,
        spec: &'static Spec,
        rows: Vec<Row>,
        ids: &Ids,
        reader: &mut Reader,
        paths: &mut Paths,
    ) {
        let (kind, prices, to, of, codes) = if spec.table == ITEM_LISTS.table {
            (
                ElementKind::Item,
                &ITEM_PRICES,
                "ItemID",
                "items",
                &ids.items,
            )
        } else {
            (
                ElementKind::Service,
                &SERVICE_PRICES,
                "ServiceID",
                "services",
                &ids.services,
            )
        };
        for mut row in rows {
            let Some(id) = reader.own_id(&row, spec) else {
                continue;
            };
            let code = list_code(kind, &id);
            let details = reader.inner(prices, &format!("{}.details", spec.table), &mut row);
            let Some(mut list) = reader.typed::<PriceListRow>(spec, &row) else {
                continue;
            };
            for mut detail in details {
                let Some(element) = detail.link(to).and_then(|id| codes.get(id)).cloned() else {
                    reader.dangling(&detail, to, of);
                    continue;
                };
                let field = of.trim_end_matches('s').to_owned();
                detail
                    .fields
                    .insert(field, Value::String(element.to_string()));
                if let Some(price) = reader.typed::<PriceRow>(prices, &detail) {
                    let at = list.details.len();
                    paths.add(
                        format!("input.{code}_pricelist.details[{at}]"),
                        &detail,
                        prices,
                    );
                    list.details.push(price);
                }
            }
            let name = row.text("name").map(str::to_owned);
            self.lists.push((code, name, kind, list));
        }
    }

    /// Reads facilities: first the current rows, then those that have ended.
    pub fn facilities(
        &mut self,
        mut rows: Vec<Row>,
        ids: &mut Ids,
        reader: &mut Reader,
        paths: &mut Paths,
    ) -> Vec<FacilityRow> {
        rows.sort_by_key(Row::ended);
        let known: BTreeSet<Code> = self.lists.iter().map(|(code, ..)| code.clone()).collect();
        let mut facilities = Vec::new();
        for row in rows {
            let Some(facility) = reader.typed::<FacilityRow>(&FACILITIES, &row) else {
                continue;
            };
            let ours = match facilities.len().checked_sub(1) {
                None => "input.health_facility".to_owned(),
                Some(at) => format!("input.other_health_facilities[{at}]"),
            };
            paths.add(ours, &row, &FACILITIES);
            reader.identify(&row, &FACILITIES, &facility.code, &mut ids.facilities);
            let mut own = Vec::new();
            for (kind, column, table) in [
                (ElementKind::Item, "PLItemID", "items_pricelists"),
                (ElementKind::Service, "PLServiceID", "services_pricelists"),
            ] {
                match row.link(column).map(|id| list_code(kind, id)) {
                    None => {}
                    Some(code) if known.contains(&code) => own.push(code),
                    Some(_) => reader.dangling(&row, column, table),
                }
            }
            let name = row.text("name").map(str::to_owned);
            self.given
                .entry(facility.code.clone())
                .or_insert((name, own));
            facilities.push(facility);
        }
        facilities
    }

    /// The lists of the scheme.
    pub fn price_lists(&self, input: &Input, notes: &mut Notes) -> Vec<PriceList> {
        let lists = self.lists.iter();
        lists
            .map(|(code, name, kind, list)| PriceList {
                name: name.clone(),
                ..register::price_list(input, code, *kind, list, notes)
            })
            .collect()
    }

    /// Names the facilities of the scheme and gives them their lists; a facility without a list of
    /// a kind may claim nothing of that kind.
    pub fn give(&self, facilities: &mut [Facility]) {
        for facility in facilities {
            if let Some((name, lists)) = self.given.get(&facility.code) {
                facility.name.clone_from(name);
                facility.price_lists = Some(lists.clone());
            }
        }
    }
}

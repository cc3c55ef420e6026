//! Products with their benefit rows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Ids;
use super::columns::{PRODUCT_ITEMS, PRODUCT_SERVICES, PRODUCTS};
use super::paths::Paths;
use super::reader::{Reader, Row};
use crate::code::Code;
use crate::compat::rows::{BenefitRow, ProductRow};
use crate::scheme::Benefit;

/// The products; `benefits` are the rows of items and of services.
pub(super) fn read(
    rows: Vec<Row>,
    benefits: [Vec<Row>; 2],
    ids: &mut Ids,
    reader: &mut Reader,
    paths: &mut Paths,
) -> Vec<ProductRow> {
    let mut products = Vec::new();
    let mut positions = BTreeMap::new();
    for row in rows {
        let Some(product) = reader.typed::<ProductRow>(&PRODUCTS, &row) else {
            continue;
        };
        paths.add(
            format!("input.products[{}]", products.len()),
            &row,
            &PRODUCTS,
        );
        reader.identify(&row, &PRODUCTS, &product.code, &mut ids.products);
        if let Some(id) = row.id {
            positions.insert(id, products.len());
        }
        products.push(product);
    }
    let [items, services] = benefits;
    let items = items
        .into_iter()
        .map(|row| (row, &PRODUCT_ITEMS, "ItemID", "item", &ids.items));
    let services = services.into_iter().map(|row| {
        (
            row,
            &PRODUCT_SERVICES,
            "ServiceID",
            "service",
            &ids.services,
        )
    });
    for (mut row, spec, to, field, codes) in items.chain(services) {
        let element = row.link(to).and_then(|id| codes.get(id)).cloned();
        if element.is_none() {
            reader.dangling(&row, to, &format!("{field}s"));
        }
        let position = row.link("ProdID").and_then(|id| positions.get(id));
        if position.is_none() {
            reader.dangling(&row, "ProdID", PRODUCTS.table);
        }
        let (Some(element), Some(position)) = (element, position) else {
            continue;
        };
        row.fields
            .insert(field.to_owned(), Value::String(element.to_string()));
        let Some(benefit) = reader.typed::<BenefitRow>(spec, &row) else {
            continue;
        };
        if let Some(product) = products.get_mut(*position) {
            let list = if field == "item" {
                &mut product.items
            } else {
                &mut product.services
            };
            let ours = format!("input.products[{position}].{field}s[{}]", list.len());
            paths.add(ours, &row, spec);
            list.push(benefit);
        }
    }
    products
}

/// Rows that differ only in their item or service become one, in the order of the first of each.
/// Also gives the codes that a row had already.
pub(super) fn grouped(rows: Vec<Benefit>) -> (Vec<Benefit>, Vec<Code>) {
    let mut groups: Vec<Benefit> = Vec::new();
    let mut repeated = Vec::new();
    for mut row in rows {
        let services = std::mem::take(&mut row.services);
        let items = std::mem::take(&mut row.items);
        let same = groups.iter().position(|group| alike(group, &row));
        let at = same.unwrap_or(groups.len());
        if same.is_none() {
            groups.push(row);
        }
        let Some(group) = groups.get_mut(at) else {
            continue;
        };
        for (list, codes) in [(&mut group.services, services), (&mut group.items, items)] {
            for code in codes {
                if list.contains(&code) {
                    repeated.push(code);
                } else {
                    list.push(code);
                }
            }
        }
    }
    (groups, repeated)
}

/// Whether two rows say the same about their items and services.
fn alike(one: &Benefit, other: &Benefit) -> bool {
    let Benefit {
        services: _,
        items: _,
        price_origin,
        cover,
        waiting_months,
        max_quantity,
        quantity_window,
        ceiling_exclusion,
        valid,
    } = one;
    *price_origin == other.price_origin
        && *cover == other.cover
        && *waiting_months == other.waiting_months
        && *max_quantity == other.max_quantity
        && *quantity_window == other.quantity_window
        && *ceiling_exclusion == other.ceiling_exclusion
        && *valid == other.valid
}

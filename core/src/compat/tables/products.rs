//! Products with their benefit rows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Ids;
use super::columns::{PRODUCT_ITEMS, PRODUCT_SERVICES, PRODUCTS};
use super::paths::Paths;
use super::reader::{Reader, Row};
use crate::calendar::Calendar;
use crate::check::check;
use crate::code::Code;
use crate::compat::policies::{EnrolmentRow, enrolment};
use crate::compat::read::Notes;
use crate::compat::rows::{BenefitRow, ProductRow};
use crate::error::Error;
use crate::scheme::{Benefit, Enrolment, Scheme};

/// What the products say about enrolment, by product.
pub(super) type Enrolments = BTreeMap<Code, Enrolment>;

/// What products say about enrolment: their months of insurance make it an enrolment.
pub(super) fn enrolments(rows: &[Row], ids: &Ids, reader: &mut Reader) -> Enrolments {
    let mut enrolments = Enrolments::new();
    let sold = |row: &&Row| !row.ended() && row.fields.contains_key("insurance_period");
    for row in rows.iter().filter(sold) {
        let product = row.text("code").and_then(Code::new);
        let columns = reader.typed::<EnrolmentRow>(&PRODUCTS, row);
        let (Some(product), Some(columns)) = (product, columns) else {
            continue;
        };
        let place = |mut said: Error| {
            let ours = said.path.trim_start_matches("input.product.");
            said.path = format!("{}.{}", row.path, PRODUCTS.theirs(ours));
            said
        };
        let mut warnings = Vec::new();
        match enrolment(&columns, Calendar::default(), &mut warnings) {
            Ok(mut enrolment) => {
                enrolment.conversion_product = row
                    .link(CONVERSION)
                    .and_then(|id| ids.products.get(id))
                    .cloned();
                if enrolment.conversion_product.is_none() {
                    reader.dangling(row, CONVERSION, PRODUCTS.table);
                }
                enrolments.insert(product, enrolment);
            }
            Err(error) => reader.warn(place(error)),
        }
        for warning in warnings {
            reader.warn(place(warning));
        }
    }
    enrolments
}

/// Gives the products their enrolment. One that no scheme may have (a product that is renewed as
/// itself) is left out, with a warning: claims can be decided without.
pub(super) fn enrol(scheme: &mut Scheme, enrolments: &Enrolments, notes: &mut Notes) {
    for product in &mut scheme.products {
        product.enrolment = enrolments.get(&product.code).cloned();
    }
    loop {
        let errors = check(scheme).errors;
        let mut sound = true;
        for (position, product) in scheme.products.iter_mut().enumerate() {
            let about = format!("products[{position}].enrolment");
            let error = errors.iter().find(|error| error.path.starts_with(&about));
            if let (Some(error), Some(_)) = (error, &product.enrolment) {
                let path = error.path.replacen(&position.to_string(), &product.code, 1);
                let message = format!("{}; read without enrolment", error.message);
                notes.add("enrolment.unusable", path, message);
                product.enrolment = None;
                sound = false;
            }
        }
        if sound {
            return;
        }
    }
}

/// The column with the product that a policy is renewed as.
const CONVERSION: &str = "ConversionProdID";

/// The products; `benefits` are the rows of items and of services.
pub(super) fn read(
    rows: &[Row],
    benefits: [Vec<Row>; 2],
    ids: &mut Ids,
    reader: &mut Reader,
    paths: &mut Paths,
) -> Vec<ProductRow> {
    let mut products = Vec::new();
    let mut positions = BTreeMap::new();
    for row in rows {
        let Some(product) = reader.typed::<ProductRow>(&PRODUCTS, row) else {
            continue;
        };
        paths.add(
            format!("input.products[{}]", products.len()),
            row,
            &PRODUCTS,
        );
        reader.identify(row, &PRODUCTS, &product.code, &mut ids.products);
        if let Some(id) = &row.id {
            positions.insert(id.clone(), products.len());
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

//! The price of one unit.

use rust_decimal::Decimal;

use super::Crash;
use super::rows::{Element, Rows, amount};
use super::state::{Halt, Line};
use super::switches::Switch;
use crate::compat::rows::{BenefitRow, LineRow, PackageRow, PriceRow, SubLineRow};
use crate::compat::value::Number;

const CLAIMED: &str = "O";
const FIXED_PACKAGE: &str = "F";
const PROVIDED_PACKAGE: &str = "P";

fn list_price(row: Option<&PriceRow>, element: &Element<'_>) -> Decimal {
    row.and_then(|row| amount(row.price_overrule))
        .unwrap_or(element.price)
}

/// The scheme's own price at the visit; 0 for what it does not know.
pub(super) fn known(rows: &Rows<'_>, line: &LineRow) -> Decimal {
    let element = rows
        .element(line)
        .filter(|element| super::rows::valid_by_day(element.from, element.to, rows.target));
    element.map_or(Decimal::ZERO, |element| {
        list_price(rows.listed(line), &element)
    })
}

/// The price at which `standard` compares a row before it chooses: packages are not looked at.
pub(super) fn expected(rows: &Rows<'_>, line: &Line<'_>, row: &BenefitRow) -> Decimal {
    if let Some(Number(approved)) = line.row.price_approved {
        return approved;
    }
    let known = known(rows, line.row);
    match (row.price_origin.as_deref(), line.row.price_asked) {
        (Some(CLAIMED), Some(Number(asked))) => asked,
        _ => known,
    }
}

/// The price that the line is paid at.
pub(super) fn price(rows: &Rows<'_>, line: &Line<'_>) -> Result<Decimal, Halt> {
    let Some(element) = rows.element(line.row) else {
        return Ok(Decimal::ZERO);
    };
    let by_midnight = rows.priced_by(line.row);
    if by_midnight.is_none() && rows.has(Switch::PriceSameDay) {
        return Err(Halt::Crash(Crash::AttributeError));
    }
    let row = match by_midnight {
        Some(row) if rows.has(Switch::PriceHistory) => Some(row),
        _ => rows.listed(line.row),
    };
    let listed = list_price(row, &element);
    let now = &line.columns.now;
    if let Some(Number(approved)) = now.price_approved {
        return Ok(approved);
    }
    let claimed = now.price_origin.as_deref() == Some(CLAIMED);
    let asked = now.price_asked.map_or(listed, |price| price.0);
    let package = element.package.filter(|_| rows.config.verify_quantities);
    if !rows.has(Switch::PackageMismatch) {
        let price = if claimed { asked } else { listed };
        return Ok(match package {
            Some(FIXED_PACKAGE) => price.min(listed),
            _ => price,
        });
    }
    if !claimed {
        let other = package == Some(PROVIDED_PACKAGE) && other_content(line.row, &element);
        return Ok(if other { Decimal::ZERO } else { listed });
    }
    let compared = amount(now.price_adjusted).unwrap_or(asked);
    let capped =
        package == Some(FIXED_PACKAGE) && !element.price.is_zero() && compared > element.price;
    Ok(if capped { element.price } else { asked })
}

/// As openIMIS compares a package with what was given: as many parts, and no part of the same name
/// in another quantity.
fn other_content(line: &LineRow, element: &Element<'_>) -> bool {
    let differs = |parts: &[PackageRow], given: &[SubLineRow]| {
        parts.len() != given.len()
            || parts.iter().any(|part| {
                given.iter().any(|given| {
                    given.item == part.item
                        && given.service == part.service
                        && given.qty_displayed != part.qty_provided
                })
            })
    };
    let [items, services] = element.parts;
    differs(services, &line.services) || differs(items, &line.items)
}

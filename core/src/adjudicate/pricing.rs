//! Price and quantity of a line (SEMANTICS 5).

use super::assignment::Chosen;
use super::line_checks::{Checked, overridden};
use super::prepared::PreparedLine;
use super::{Context, Known, TooLarge, Trace, in_range};
use crate::claim::Override;
use crate::compile::ElementVersion;
use crate::conventions::Packages;
use crate::decision::{Fact, LineOutcome};
use crate::money::{Money, Units};
use crate::scheme::PriceOrigin;

/// What a line is worth before anybody shares its cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Priced {
    pub(super) quantity: Units,
    pub(super) price: Money,
    pub(super) value: Money,
    pub(super) price_adjustment: Money,
    pub(super) quantity_cut: Money,
    pub(super) review_adjustment: Money,
}

/// Writes down the line as asked. Without a price asked, it asks the price that the scheme knows.
pub(super) fn ask(
    cx: Context<'_>,
    line: &PreparedLine,
    outcome: &mut LineOutcome,
) -> Result<(), TooLarge> {
    let known = line.known.map(|known| known.price);
    let price = line.price.or(known).unwrap_or_default();
    outcome.quantity_asked = line.quantity;
    outcome.price_asked = price;
    outcome.amounts.claimed = in_range(price.times(line.quantity, cx.rules.rounding))?;
    Ok(())
}

/// Price of one unit by its origin, before any reviewer.
pub(super) fn by_origin(line: &PreparedLine, known: &Known, origin: PriceOrigin) -> Money {
    match origin {
        PriceOrigin::Claimed => line.price.unwrap_or(known.price),
        PriceOrigin::PriceList | PriceOrigin::Relative => known.price,
    }
}

/// Price, quantity and value of the line, with what each step took of what was claimed.
pub(super) fn price<T: Trace>(
    cx: Context<'_>,
    checked: Checked<'_>,
    chosen: &Chosen,
    asked: &LineOutcome,
    notes: &mut Vec<(u32, Fact)>,
    trace: &mut T,
) -> Result<Priced, TooLarge> {
    let Checked {
        line,
        known,
        version,
    } = checked;
    let origin = chosen.assignment.origin;
    let uncapped = by_origin(line, known, origin);
    let by_rules = package_cap(cx, known, version, uncapped);
    let price = line.approved_price.unwrap_or(by_rules);
    trace.line(line.position, || Fact::Priced {
        origin: origin_name(origin),
        source: price_source(line, known, origin),
        asked: asked.price_asked,
        price,
    });
    if by_rules < uncapped {
        trace.line(line.position, || Fact::PackageCapped {
            asked: uncapped,
            price: by_rules,
        });
    }

    let (within_limits, note) = match version.max_quantity {
        Some(maximum) if maximum < chosen.allowed && line.overrides(Override::Quantity) => {
            (chosen.allowed, Some(overridden(line, Override::Quantity)))
        }
        Some(maximum) if maximum < chosen.allowed => (
            maximum,
            Some(Fact::QuantityOverRegister {
                asked: line.quantity,
                maximum,
            }),
        ),
        _ => (chosen.allowed, chosen.trim),
    };
    // A reviewer's quantity replaces the cut, so what is missing is theirs, not the limit's.
    let (cut_to, quantity) = match line.approved_quantity {
        Some(approved) => (line.quantity, approved),
        None => {
            let note = note.map(|fact| (line.position, fact));
            notes.extend(note.filter(|note| !notes.contains(note)));
            (within_limits, within_limits)
        }
    };

    // From what was claimed to what the line is worth, one change at a time. Most lines change
    // nothing, and each value is rounded by itself.
    let value = |changed: bool, before, price: Money, quantity| {
        if !changed {
            return Ok(before);
        }
        in_range(price.times(quantity, cx.rules.rounding))
    };
    let claimed = asked.amounts.claimed;
    let at_price = value(
        by_rules != asked.price_asked,
        claimed,
        by_rules,
        line.quantity,
    )?;
    let at_quantity = value(cut_to != line.quantity, at_price, by_rules, cut_to)?;
    let reviewed = price != by_rules || quantity != cut_to;
    let worth = value(reviewed, at_quantity, price, quantity)?;
    trace.line(line.position, || Fact::Valued {
        quantity,
        price,
        value: worth,
    });
    Ok(Priced {
        quantity,
        price,
        value: worth,
        price_adjustment: claimed.minus(at_price),
        quantity_cut: at_price.minus(at_quantity),
        review_adjustment: at_quantity.minus(worth),
    })
}

/// A fixed package costs at most the package price, whatever was asked.
fn package_cap(cx: Context<'_>, known: &Known, version: &ElementVersion, price: Money) -> Money {
    let package = version
        .package
        .and_then(|index| cx.rules.packages.get(index as usize));
    match package {
        Some(package)
            if package.kind.is_fixed() && cx.rules.conventions.packages == Packages::ByContent =>
        {
            price.min(known.price)
        }
        _ => price,
    }
}

fn origin_name(origin: PriceOrigin) -> &'static str {
    match origin {
        PriceOrigin::PriceList => "price_list",
        PriceOrigin::Claimed => "claimed",
        PriceOrigin::Relative => "relative",
    }
}

fn price_source(line: &PreparedLine, known: &Known, origin: PriceOrigin) -> &'static str {
    match (line.approved_price, origin, line.price) {
        (Some(_), ..) => "reviewer",
        (None, PriceOrigin::Claimed, Some(_)) => "claim",
        (None, _, _) if known.overridden => "price_list",
        (None, _, _) => "register",
    }
}

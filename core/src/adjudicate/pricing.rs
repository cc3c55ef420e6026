//! Price and quantity of a line (SEMANTICS 5).

use super::assignment::Chosen;
use super::line_checks::{Known, overridden};
use super::prepared::PreparedLine;
use super::{Context, Halt, Trace, in_range};
use crate::claim::Override;
use crate::conventions::Packages;
use crate::decision::{Amounts, Fact, LineOutcome};
use crate::error::Error;
use crate::money::{Money, Units};
use crate::scheme::PriceOrigin;

/// What a line is worth before anybody shares its cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Priced {
    pub(super) quantity: Units,
    pub(super) price: Money,
    pub(super) value: Money,
    pub(super) amounts: Amounts,
}

/// The line as asked. Without a price asked, it asks the price that the scheme knows.
pub(super) fn asked(cx: Context<'_>, line: &PreparedLine) -> Result<LineOutcome, Error> {
    let price = match (line.price, line.element) {
        (Some(price), _) => price,
        (None, Some(element)) => scheme_price(cx, element),
        (None, None) => Money::ZERO,
    };
    let claimed = in_range(price.times(line.quantity, cx.rules.rounding))?;
    Ok(LineOutcome {
        quantity_asked: line.quantity,
        price_asked: price,
        amounts: Amounts {
            claimed,
            ..Amounts::default()
        },
        ..LineOutcome::default()
    })
}

fn scheme_price(cx: Context<'_>, element: crate::compile::ElementId) -> Money {
    let lists = cx
        .claim
        .facility
        .and_then(|id| cx.rules.facilities.get(id.index()))
        .and_then(|facility| facility.price_lists.as_ref());
    let listed = lists
        .into_iter()
        .flatten()
        .filter_map(|list| cx.rules.price_lists.get(*list as usize))
        .flat_map(|list| list.of(element))
        .find(|row| row.valid.contains(cx.target))
        .and_then(|row| row.price);
    listed
        .or_else(|| {
            cx.rules
                .version(element, cx.target)
                .map(|version| version.price)
        })
        .unwrap_or_default()
}

/// Price of one unit by its origin, before any reviewer.
pub(super) fn by_origin(line: &PreparedLine, known: &Known<'_>, origin: PriceOrigin) -> Money {
    match origin {
        PriceOrigin::Claimed => line.price.unwrap_or_else(|| known.price()),
        PriceOrigin::PriceList | PriceOrigin::Relative => known.price(),
    }
}

/// Price, quantity and value of the line, with what each step took.
pub(super) fn price<T: Trace>(
    cx: Context<'_>,
    line: &PreparedLine,
    known: &Known<'_>,
    chosen: &Chosen,
    notes: &mut Vec<(u32, Fact)>,
    trace: &mut T,
) -> Result<Priced, Halt> {
    let rounding = cx.rules.rounding;
    let value =
        |price: Money, quantity| in_range(price.times(quantity, rounding)).map_err(Halt::Error);
    let origin = chosen.assignment.origin;
    let asked_price = line.price.unwrap_or_else(|| known.price());
    let by_rules = package_cap(cx, known, by_origin(line, known, origin));
    trace.line(line.position, || Fact::Priced {
        origin: origin_name(origin),
        source: price_source(line, known, origin),
        asked: asked_price,
        price: line.approved_price.unwrap_or(by_rules),
    });
    if by_rules < by_origin(line, known, origin) {
        trace.line(line.position, || Fact::PackageCapped {
            asked: asked_price,
            price: by_rules,
        });
    }

    let (within_limits, note) = limited_quantity(line, known, chosen);
    if line.approved_quantity.is_none() {
        let note = note.map(|fact| (line.position, fact));
        notes.extend(note.filter(|note| !notes.contains(note)));
    }
    let price = line.approved_price.unwrap_or(by_rules);
    let quantity = line.approved_quantity.unwrap_or(within_limits);
    // A reviewer's quantity replaces the cut, so it is theirs, not the limit's.
    let cut_to = if line.approved_quantity.is_some() {
        line.quantity
    } else {
        within_limits
    };

    let claimed = value(asked_price, line.quantity)?;
    let at_price = value(by_rules, line.quantity)?;
    let at_quantity = value(by_rules, cut_to)?;
    let final_value = value(price, quantity)?;
    trace.line(line.position, || Fact::Valued {
        quantity,
        price,
        value: final_value,
    });
    Ok(Priced {
        quantity,
        price,
        value: final_value,
        amounts: Amounts {
            claimed,
            price_adjustment: claimed.minus(at_price),
            quantity_cut: at_price.minus(at_quantity),
            review_adjustment: at_quantity.minus(final_value),
            ..Amounts::default()
        },
    })
}

/// A fixed package costs at most the package price, whatever was asked.
fn package_cap(cx: Context<'_>, known: &Known<'_>, price: Money) -> Money {
    let by_content = cx.rules.conventions.packages == Packages::ByContent;
    let package = known
        .version
        .package
        .and_then(|index| cx.rules.packages.get(index as usize));
    match package {
        Some(package) if by_content && package.kind.is_fixed() => price.min(known.price()),
        _ => price,
    }
}

/// The units that the limits leave, and the note that says so.
fn limited_quantity(
    line: &PreparedLine,
    known: &Known<'_>,
    chosen: &Chosen,
) -> (Units, Option<Fact>) {
    match known.version.max_quantity {
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
    }
}

fn origin_name(origin: PriceOrigin) -> &'static str {
    match origin {
        PriceOrigin::PriceList => "price_list",
        PriceOrigin::Claimed => "claimed",
        PriceOrigin::Relative => "relative",
    }
}

fn price_source(line: &PreparedLine, known: &Known<'_>, origin: PriceOrigin) -> &'static str {
    match (line.approved_price, origin, line.price, known.list_price) {
        (Some(_), ..) => "reviewer",
        (None, PriceOrigin::Claimed, Some(_), _) => "claim",
        (None, _, _, Some(_)) => "price_list",
        (None, _, _, None) => "register",
    }
}

//! Price and quantity of a line (SEMANTICS 5).

use super::assignment::Chosen;
use super::candidates::Quota;
use super::line_checks::{Checked, overridden};
use super::prepared::PreparedLine;
use super::{Context, Known, TooLarge, Trace, in_range};
use crate::claim::Override;
use crate::compile::ElementVersion;
use crate::conventions::{Packages, QuantityLimit};
use crate::decision::{Amounts, Fact, LineOutcome, Outcome};
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

/// The line as asked. Without a price asked, it asks the price that the scheme knows.
#[inline]
pub(super) fn ask(cx: &Context<'_>, line: &PreparedLine) -> Result<LineOutcome, TooLarge> {
    let known = line.known.map(|known| known.price);
    let price = line.price.or(known).unwrap_or_default();
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

/// Price of one unit by its origin, before any reviewer.
pub(super) fn by_origin(line: &PreparedLine, known: &Known, origin: PriceOrigin) -> Money {
    match origin {
        PriceOrigin::Claimed => line.price.unwrap_or(known.price),
        PriceOrigin::PriceList | PriceOrigin::Relative => known.price,
    }
}

/// Price, quantity and value of the line, with what each step took of what was claimed.
pub(super) fn price<T: Trace>(
    cx: &Context<'_>,
    checked: Checked<'_>,
    chosen: &Chosen<'_>,
    outcome: &mut Outcome,
    trace: &mut T,
) -> Result<Priced, TooLarge> {
    let Checked {
        line,
        known,
        version,
    } = checked;
    let asked = outcome.lines.get(line.index());
    let (price_asked, claimed) = asked.map_or_else(Default::default, |asked| {
        (asked.price_asked, asked.amounts.claimed)
    });
    let origin = chosen.assignment.origin;
    let uncapped = by_origin(line, known, origin);
    let by_rules = package_cap(cx, known, version, uncapped);
    let price = line.approved_price.unwrap_or(by_rules);
    trace.line(line.position, || Fact::Priced {
        origin: origin_name(origin),
        source: price_source(line, known, origin),
        asked: price_asked,
        price,
    });
    if by_rules < uncapped {
        trace.line(line.position, || Fact::PackageCapped {
            asked: uncapped,
            price: by_rules,
        });
    }

    // A reviewer's quantity replaces the cut, so what is missing is theirs, not the limit's.
    let (cut_to, quantity) = match line.approved_quantity {
        Some(approved) => (line.quantity, approved),
        None => {
            let (within_limits, note) = within_limits(cx, checked, chosen);
            if let Some(note) = note {
                outcome.note_once(line.position, note);
            }
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
    let at_price = value(by_rules != price_asked, claimed, by_rules, line.quantity)?;
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

/// The quantity that the limits of the row and of the register leave, and the note that says why.
#[inline]
fn within_limits(
    cx: &Context<'_>,
    checked: Checked<'_>,
    chosen: &Chosen<'_>,
) -> (Units, Option<Fact>) {
    let Checked { line, version, .. } = checked;
    let asked = line.quantity;
    let trims = cx.rules.conventions.quantity_limit == QuantityLimit::Trim;
    let quota = chosen.quota.filter(|quota| trims && quota.left() < asked);
    let allowed = quota.map_or(asked, Quota::left);
    match version.max_quantity {
        Some(maximum) if maximum < allowed && line.overrides(Override::Quantity) => {
            (allowed, Some(overridden(line, Override::Quantity)))
        }
        Some(maximum) if maximum < allowed => {
            (maximum, Some(Fact::QuantityOverRegister { asked, maximum }))
        }
        _ => {
            let note = quota.map(|Quota { limit, used }| Fact::QuantityTrimmed {
                asked,
                allowed,
                limit,
                used,
            });
            (allowed, note)
        }
    }
}

/// A fixed package costs at most the package price, whatever was asked.
#[inline]
fn package_cap(cx: &Context<'_>, known: &Known, version: &ElementVersion, price: Money) -> Money {
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

//! The audit as one HTML page without scripts or other files, fit for print.

use adjudica::compat::audit::{Audit, DeviationShare, Figures, Group, LargestClaim};
use adjudica::compat::openimis_1_11::Run;
use adjudica::compat::{LineColumns, Number, OpenImisColumns};
use askama::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::SHOWN;

/// Half the width of the bars in a table.
const BAR: u32 = 100;
/// Height of the columns by month.
const COLUMN: u32 = 140;
/// Width of the chart by month.
const CHART: u32 = 700;

/// The page.
pub fn html(audit: &Audit, inputs: &[String]) -> Result<String, askama::Error> {
    let all = &audit.totals;
    let alike = all.changed - all.overpaid_claims - all.underpaid_claims;
    let largest = audit.deviations.iter();
    let largest = largest.flat_map(|row| [row.adds.0, row.takes.0]).max();
    let deviations = audit.deviations.iter();
    Page {
        inputs: inputs.join(", "),
        call: match audit.run {
            Run::Submit => "openIMIS is replayed as it submits a claim.",
            Run::Process => "openIMIS is replayed as it validates and processes a claim.",
            Run::Flow => "openIMIS is replayed as its service submits a claim and processes it.",
        },
        audit,
        totals: Row::new("", all, None),
        equal: percent(all.equal, all.claims),
        claims: segments(&[
            ("equal", "answered alike", all.equal),
            ("other", "same money, other details", alike),
            ("over", "openIMIS pays too much", all.overpaid_claims),
            ("under", "openIMIS pays too little", all.underpaid_claims),
        ]),
        remunerated: [
            grouped(audit.remunerated.openimis),
            grouped(audit.remunerated.standard),
        ],
        deviations: deviations
            .map(|row| Moves {
                name: row.switch.name(),
                meaning: row.meaning,
                claims: row.claims,
                adds: grouped(row.adds),
                takes: grouped(row.takes),
                difference: signed(row.difference),
                bar: Bar::new(row.adds, row.takes, largest),
            })
            .collect(),
        faults: audit
            .faults
            .iter()
            .map(|row| (row.fault.name(), row.claims, grouped(row.standard)))
            .collect(),
        chart: Chart::new(&audit.months),
        groups: vec![
            Groups::new("Month of care", &audit.months, usize::MAX),
            Groups::new("Product", &audit.products, SHOWN),
            Groups::new("Facility", &audit.facilities, SHOWN),
            Groups::new("Category of care", &audit.categories, SHOWN),
        ],
        largest: audit.largest.iter().map(Claim::new).collect(),
    }
    .render()
}

/// An amount with its thousands set apart, such as `1,234,567.50`.
pub fn grouped(amount: Number) -> String {
    let text = amount.0.abs().to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut shown = String::new();
    if amount.0 < Decimal::ZERO {
        shown.push('-');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if !rest.is_empty() {
        shown.push('.');
        shown.push_str(rest);
    }
    shown
}

/// A name or value, or that there is none.
pub fn named(name: &str) -> String {
    if name.is_empty() { "none" } else { name }.to_owned()
}

fn signed(amount: Number) -> String {
    let plus = if amount.0 > Decimal::ZERO { "+" } else { "" };
    format!("{plus}{}", grouped(amount))
}

/// How long a bar for `amount` is where one for `largest` is `length`.
fn scaled(amount: Decimal, largest: Option<Decimal>, length: u32) -> u32 {
    let share = largest
        .filter(|largest| *largest > Decimal::ZERO)
        .and_then(|largest| amount.checked_div(largest));
    let length = share.map(|share| share * Decimal::from(length));
    length
        .and_then(|length| length.ceil().to_u32())
        .unwrap_or(0)
}

/// `12.3 %`.
fn percent(part: u64, whole: u64) -> String {
    let permille = (part * 1000 + whole / 2).checked_div(whole).unwrap_or(0);
    format!("{}.{} %", permille / 10, permille % 10)
}

#[derive(Template)]
#[template(path = "audit.html")]
struct Page<'a> {
    audit: &'a Audit,
    inputs: String,
    call: &'static str,
    totals: Row,
    equal: String,
    claims: Vec<Segment>,
    remunerated: [String; 2],
    deviations: Vec<Moves>,
    faults: Vec<(&'static str, u64, String)>,
    chart: Chart,
    groups: Vec<Groups>,
    largest: Vec<Claim>,
}

/// A part of the bar of all claims.
struct Segment {
    class: &'static str,
    label: &'static str,
    claims: u64,
    share: String,
    start: u64,
    width: u64,
}

fn segments(parts: &[(&'static str, &'static str, u64)]) -> Vec<Segment> {
    let width = u64::from(CHART);
    let all: u64 = parts.iter().map(|(_, _, claims)| claims).sum();
    let at = |claims: u64| (claims * width).checked_div(all).unwrap_or(0);
    let mut before = 0;
    let mut segments = Vec::new();
    for (class, label, claims) in parts {
        let start = at(before);
        before += claims;
        segments.push(Segment {
            class,
            label,
            claims: *claims,
            share: percent(*claims, all),
            start,
            width: at(before) - start,
        });
    }
    segments
}

/// A bar to the right for what is too much, and one to the left for what is too little.
struct Bar {
    left: u32,
    over: u32,
    under: u32,
}

impl Bar {
    fn new(over: Number, under: Number, largest: Option<Decimal>) -> Self {
        let under = scaled(under.0, largest, BAR);
        Self {
            left: BAR - under.min(BAR),
            over: scaled(over.0, largest, BAR),
            under,
        }
    }
}

/// A deviation in the table of all.
struct Moves {
    name: &'static str,
    meaning: &'static str,
    claims: u64,
    adds: String,
    takes: String,
    difference: String,
    bar: Bar,
}

/// A table of groups.
struct Groups {
    title: &'static str,
    rows: Vec<Row>,
}

/// A group in a table.
struct Row {
    name: String,
    claims: u64,
    changed: u64,
    openimis: String,
    standard: String,
    overpaid: String,
    underpaid: String,
    difference: String,
    bar: Bar,
}

impl Row {
    fn new(name: &str, figures: &Figures, largest: Option<Decimal>) -> Self {
        Self {
            name: named(name),
            claims: figures.claims,
            changed: figures.changed,
            openimis: grouped(figures.openimis),
            standard: grouped(figures.standard),
            overpaid: grouped(figures.overpaid),
            underpaid: grouped(figures.underpaid),
            difference: signed(figures.difference),
            bar: Bar::new(figures.overpaid, figures.underpaid, largest),
        }
    }
}

impl Groups {
    fn new(title: &'static str, groups: &[Group], most: usize) -> Self {
        let (shown, rest) = groups.split_at_checked(most).unwrap_or((groups, &[]));
        let mut figures: Vec<(&str, Figures)> = Vec::new();
        for group in shown {
            figures.push((&group.name, group.figures));
        }
        let name = format!("{} others together", rest.len());
        if !rest.is_empty() {
            let mut sum = Figures::default();
            for group in rest {
                sum.merge(&group.figures);
            }
            figures.push((&name, sum));
        }
        let amounts = figures.iter();
        let largest = amounts
            .flat_map(|(_, figures)| [figures.overpaid.0, figures.underpaid.0])
            .max();
        Self {
            title,
            rows: figures
                .iter()
                .map(|(name, figures)| Row::new(name, figures, largest))
                .collect(),
        }
    }
}

/// Two columns a month: what openIMIS pays too much, and too little.
struct Chart {
    width: u32,
    height: u32,
    columns: Vec<Column>,
    /// The amount of the highest column.
    top: String,
}

struct Column {
    name: String,
    /// Whether there is room for its name.
    labelled: bool,
    left: usize,
    middle: usize,
    right: usize,
    width: usize,
    over: u32,
    under: u32,
    over_top: u32,
    under_top: u32,
    over_text: String,
    under_text: String,
}

impl Chart {
    fn new(months: &[Group]) -> Self {
        let amounts = months.iter();
        let top = amounts
            .flat_map(|month| [month.figures.overpaid.0, month.figures.underpaid.0])
            .max();
        let room = usize::try_from(CHART).unwrap_or(0);
        let each = (room / months.len().max(1)).clamp(6, 60);
        let width = each * 2 / 5;
        // A label takes about fifty units.
        let every = 50_usize.div_ceil(each);
        let columns = months.iter().enumerate().map(|(position, month)| {
            let over = scaled(month.figures.overpaid.0, top, COLUMN).min(COLUMN);
            let under = scaled(month.figures.underpaid.0, top, COLUMN).min(COLUMN);
            let left = position * each + 2;
            Column {
                name: named(&month.name),
                labelled: position % every == 0,
                left,
                middle: left + width,
                right: left + 2 * width,
                width,
                over,
                under,
                over_top: COLUMN - over,
                under_top: COLUMN - under,
                over_text: grouped(month.figures.overpaid),
                under_text: grouped(month.figures.underpaid),
            }
        });
        let columns: Vec<Column> = columns.collect();
        let last = columns.last().map_or(0, |column| column.right + 30);
        Self {
            width: u32::try_from(last).unwrap_or(CHART).max(CHART),
            height: COLUMN,
            columns,
            top: grouped(Number(top.unwrap_or_default())),
        }
    }
}

/// A claim with both answers.
struct Claim {
    title: String,
    about: String,
    openimis: String,
    standard: String,
    difference: String,
    openimis_status: String,
    standard_status: String,
    deviations: Vec<(String, &'static str, &'static str)>,
    lines: Vec<Line>,
    differences: Vec<[String; 3]>,
    explanation: String,
}

/// A line of a claim with both answers.
struct Line {
    code: String,
    asked: String,
    /// openIMIS, then `standard`.
    sides: [Cells; 2],
}

/// What an engine does with a line.
struct Cells {
    result: String,
    price: String,
    deductible: String,
    excess: String,
    paid: String,
}

impl Claim {
    fn new(claim: &LargestClaim) -> Self {
        let mut about = vec![format!("facility {}", claim.facility)];
        about.extend(claim.date.as_ref().map(|date| format!("care from {date}")));
        for (what, name) in [("category", &claim.category), ("product", &claim.products)] {
            if !name.is_empty() {
                about.push(format!("{what} {name}"));
            }
        }
        let broken = claim.fault.map(|fault| {
            format!(
                "openIMIS breaks down ({}); the claim stays as entered",
                fault.name()
            )
        });
        let share =
            |share: &DeviationShare| (signed(share.money), share.meaning, share.switch.name());
        let differences = claim.differences.iter();
        let name = claim.snapshot.as_deref().unwrap_or_default();
        Self {
            title: match name {
                "" => format!("Claim {}", claim.claim),
                name => format!("Claim {} of {name}", claim.claim),
            },
            about: about.join(", "),
            openimis: grouped(claim.openimis_approved),
            standard: grouped(claim.standard_approved),
            difference: signed(claim.difference),
            openimis_status: broken.unwrap_or_else(|| status(claim.openimis.as_ref())),
            standard_status: status(claim.standard.as_ref()),
            deviations: claim.deviations.iter().map(share).collect(),
            lines: lines(claim.openimis.as_ref(), claim.standard.as_ref()),
            differences: differences
                .map(|d| [d.path.clone(), named(&d.theirs), named(&d.ours)])
                .collect(),
            explanation: claim.explanation.clone(),
        }
    }
}

/// The state of a claim in words.
fn status(columns: Option<&OpenImisColumns>) -> String {
    let Some(claim) = columns.map(|columns| &columns.claim) else {
        return "no answer".to_owned();
    };
    match claim.status {
        1 => rejected(claim.rejection_reason),
        2 => "entered".to_owned(),
        4 => "checked".to_owned(),
        8 => "processed, waits for the index".to_owned(),
        16 => "valuated".to_owned(),
        other => format!("status {other}"),
    }
}

/// The lines of both answers, side by side.
fn lines(openimis: Option<&OpenImisColumns>, standard: Option<&OpenImisColumns>) -> Vec<Line> {
    let mut all = Vec::new();
    for list in [
        |columns: &OpenImisColumns| columns.services.clone(),
        |columns: &OpenImisColumns| columns.items.clone(),
    ] {
        let of = |columns: Option<&OpenImisColumns>| columns.map(list).unwrap_or_default();
        let (theirs, ours) = (of(openimis), of(standard));
        for position in 0..theirs.len().max(ours.len()) {
            let (theirs, ours) = (theirs.get(position), ours.get(position));
            let Some(named) = ours.or(theirs) else {
                continue;
            };
            let code = named.service.as_ref().or(named.item.as_ref());
            let asked = [named.qty_provided, named.price_asked];
            let [quantity, price] = asked.map(|number| number.map_or("?".to_owned(), grouped));
            all.push(Line {
                code: code.map(ToString::to_string).unwrap_or_default(),
                asked: format!("{quantity} × {price}"),
                sides: [Cells::new(theirs), Cells::new(ours)],
            });
        }
    }
    all
}

impl Cells {
    fn new(line: Option<&LineColumns>) -> Self {
        let amount = |amount: Option<Number>| amount.map_or("–".to_owned(), grouped);
        let Some(line) = line else {
            return Self {
                result: "not worked".to_owned(),
                price: amount(None),
                deductible: amount(None),
                excess: amount(None),
                paid: amount(None),
            };
        };
        let excess = [
            line.exceed_ceiling_amount,
            line.exceed_ceiling_amount_category,
        ];
        let excess = excess
            .into_iter()
            .flatten()
            .filter_map(|excess| (!excess.is_zero()).then_some(excess.0))
            .reduce(|a, b| a + b);
        Self {
            result: match line.status {
                1 => "passed".to_owned(),
                _ => rejected(line.rejection_reason),
            },
            price: amount(line.price_adjusted),
            deductible: amount(line.deductable_amount.filter(|amount| !amount.is_zero())),
            excess: amount(excess.map(Number)),
            paid: amount(line.remunerated_amount.or(line.price_valuated)),
        }
    }
}

/// A rejection, with openIMIS's reason in words and its number.
fn rejected(reason: Option<i16>) -> String {
    let code = reason.unwrap_or(0);
    let words = match code {
        0 => return "rejected".to_owned(),
        1 => "not in the register, or nothing of the claim is left",
        2 => "not on the price list",
        3 => "not covered",
        4 => "not for this patient",
        5 => "too soon after the last",
        6 => "claimed before",
        7 => "person not valid",
        8 => "diagnosis not valid",
        9 => "dates not valid",
        10 => "kind of care not offered",
        11..=15 | 19 => "maximum number of such claims reached",
        16 => "quantity limit reached",
        17 => "waiting period",
        21 => "no cover on the day",
        _ => "other reason",
    };
    format!("rejected: {words} ({code})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_percentages_and_bars() {
        for (amount, shown) in [
            ("0.00", "0.00"),
            ("999.50", "999.50"),
            ("-1234567.00", "-1,234,567.00"),
            ("100000", "100,000"),
        ] {
            assert_eq!(grouped(Number(amount.parse().unwrap())), shown);
        }
        assert_eq!(percent(1, 3), "33.3 %");
        assert_eq!(percent(0, 0), "0.0 %");
        let ten = Some(Decimal::TEN);
        assert_eq!(scaled(Decimal::TEN, ten, 100), 100);
        assert_eq!(scaled(Decimal::new(1, 2), ten, 100), 1);
        assert_eq!(scaled(Decimal::ZERO, Some(Decimal::ZERO), 100), 0);
        let parts = segments(&[("a", "", 1), ("b", "", 2), ("c", "", 4)]);
        let ends: Vec<u64> = parts.iter().map(|part| part.start + part.width).collect();
        assert_eq!(ends, [100, 300, 700]);
    }
}

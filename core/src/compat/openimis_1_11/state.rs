//! A claim while it is worked: what the engine has in memory, and what is stored.

use rust_decimal::Decimal;

use super::Crash;
use super::python::{PLACES, cents, fits, through_float};
use super::rows::{Cover, Rows};
use super::switches::Switch;
use crate::compat::columns::{ClaimColumns, DedRemColumns, LineColumns};
use crate::compat::rows::{BenefitRow, LineRow};
use crate::compat::value::Number;
use crate::scheme::ElementKind;

pub(super) const REJECTED: i64 = 1;
pub(super) const ENTERED: i64 = 2;
pub(super) const CHECKED: i64 = 4;
pub(super) const PROCESSED: i64 = 8;
pub(super) const VALUATED: i64 = 16;
pub(super) const LINE_PASSED: i64 = 1;
pub(super) const LINE_REJECTED: i64 = 2;

/// Why work on a claim stops.
#[derive(Debug)]
pub(super) enum Halt {
    /// The other engine breaks down.
    Crash(Crash),
    /// A number has more digits than we can count with.
    TooLarge,
}

/// Something in memory and as it was stored last.
#[derive(Debug, Clone, Default)]
pub(super) struct Saved<T> {
    pub(super) now: T,
    pub(super) stored: T,
}

impl<T: Clone> Saved<T> {
    pub(super) fn new(value: T) -> Self {
        Self {
            stored: value.clone(),
            now: value,
        }
    }
}

/// A line of the claim.
#[derive(Clone)]
pub(super) struct Line<'a> {
    pub(super) row: &'a LineRow,
    pub(super) kind: ElementKind,
    pub(super) columns: Saved<LineColumns>,
    /// It is looked at in this run.
    pub(super) fetched: bool,
    /// The policy that pays.
    pub(super) cover: Option<Cover<'a>>,
    /// The product's row whose ceiling exclusion applies.
    pub(super) benefit: Option<&'a BenefitRow>,
}

/// The claim.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) claim: Saved<ClaimColumns>,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) dedrems: Vec<DedRemColumns>,
}

impl<'a> State<'a> {
    /// The claim as it was entered.
    pub(super) fn new(rows: &Rows<'a>) -> Result<Self, Halt> {
        let claim = rows.claim;
        let lists = [
            (ElementKind::Item, &claim.items),
            (ElementKind::Service, &claim.services),
        ];
        let lines = lists.into_iter().flat_map(|(kind, list)| {
            list.iter()
                .enumerate()
                .filter(|(_, row)| row.validity_to.is_none())
                .map(move |(position, row)| Line {
                    row,
                    kind,
                    columns: Saved::new(entered(rows, row, position)),
                    fetched: false,
                    cover: None,
                    benefit: None,
                })
        });
        let columns = ClaimColumns {
            status: ENTERED,
            rejection_reason: Some(0),
            category: claim.category.clone(),
            feedback_status: claim.feedback_status,
            review_status: claim.review_status,
            process_stamp_set: Some(false),
            ..ClaimColumns::default()
        };
        Ok(Self {
            claim: Saved::new(columns),
            lines: lines.collect(),
            dedrems: Vec::new(),
        })
    }

    /// Stores the claim.
    pub(super) fn save_claim(&mut self, rows: &Rows<'_>) -> Result<(), Halt> {
        let claim = &mut self.claim.now;
        for amount in [
            &mut claim.approved,
            &mut claim.valuated,
            &mut claim.remunerated,
        ] {
            store(rows, amount)?;
        }
        self.claim.stored = claim.clone();
        Ok(())
    }

    /// Forgets what was not stored, as another request of the service does.
    pub(super) fn reload(&mut self) {
        self.claim.now = self.claim.stored.clone();
        for line in &mut self.lines {
            line.columns.now = line.columns.stored.clone();
        }
    }

    /// Rejects the claim with one reason and its lines with another.
    pub(super) fn reject(&mut self, rows: &Rows<'_>, claim: i16, lines: i16) -> Result<(), Halt> {
        for line in &mut self.lines {
            line.reject(lines);
            line.save(rows)?;
        }
        self.claim.now.status = REJECTED;
        self.claim.now.rejection_reason = Some(claim);
        self.save_claim(rows)
    }
}

impl Line<'_> {
    pub(super) fn reject(&mut self, reason: i16) {
        let now = &mut self.columns.now;
        now.status = LINE_REJECTED;
        now.rejection_reason = Some(reason);
        now.qty_approved = Some(Number(Decimal::ZERO));
    }

    /// Stores the line.
    pub(super) fn save(&mut self, rows: &Rows<'_>) -> Result<(), Halt> {
        let now = &mut self.columns.now;
        let amounts = [
            &mut now.qty_provided,
            &mut now.qty_approved,
            &mut now.price_asked,
            &mut now.price_adjusted,
            &mut now.price_approved,
            &mut now.price_valuated,
            &mut now.limitation_value,
            &mut now.remunerated_amount,
            &mut now.deductable_amount,
            &mut now.exceed_ceiling_amount,
            &mut now.exceed_ceiling_amount_category,
        ];
        for amount in amounts {
            store(rows, amount)?;
        }
        self.columns.stored = now.clone();
        Ok(())
    }

    pub(super) fn rejection(&self) -> i16 {
        self.columns.now.rejection_reason.unwrap_or(0)
    }

    /// Quantity that is paid for.
    pub(super) fn quantity(&self, rows: &Rows<'_>) -> Decimal {
        let now = &self.columns.now;
        let approved = now
            .qty_approved
            .filter(|quantity| !(quantity.is_zero() && rows.has(Switch::QtyApprovedZeroPaid)));
        approved
            .or(now.qty_provided)
            .map_or(Decimal::ZERO, |quantity| quantity.0)
    }
}

/// Brings an amount into its column.
pub(super) fn store(rows: &Rows<'_>, amount: &mut Option<Number>) -> Result<(), Halt> {
    let Some(Number(value)) = amount else {
        return Ok(());
    };
    if value.is_zero() {
        if value.scale() > PLACES && rows.has(Switch::ZeroWithDecimals) {
            return Err(Halt::Crash(Crash::ValidationError));
        }
        *value = Decimal::new(0, PLACES);
    } else if rows.has(Switch::FloatRounding) {
        *value = through_float(*value);
        if !fits(*value) {
            return Err(Halt::Crash(Crash::ValidationError));
        }
    } else {
        *value = cents(*value);
    }
    Ok(())
}

fn entered(rows: &Rows<'_>, row: &LineRow, position: usize) -> LineColumns {
    let number = |number: Option<Number>| match number {
        Some(Number(value)) if rows.has(Switch::FloatRounding) => {
            Some(Number(through_float(value)))
        }
        other => other,
    };
    LineColumns {
        line: position,
        item: row.item.clone(),
        service: row.service.clone(),
        status: row.status.unwrap_or(LINE_PASSED),
        rejection_reason: row.rejection_reason,
        qty_provided: number(row.qty_provided),
        qty_approved: number(row.qty_approved),
        price_asked: number(row.price_asked),
        price_adjusted: number(row.price_adjusted),
        price_approved: number(row.price_approved),
        ..LineColumns::default()
    }
}

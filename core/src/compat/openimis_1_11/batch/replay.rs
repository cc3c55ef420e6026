//! The run itself, with any set of switches.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::python::cents;
use super::super::table::Set;
use super::columns::{BatchColumns, BatchCrash, IndexColumns, LineColumns, Total};
use super::rows::{BatchRows, ClaimRow, LineRow};
use super::switches::BatchSwitch;
use super::{floats, premium};
use crate::calendar::{Calendar, Day};
use crate::compat::value::Moment;
use crate::error::Error;
use crate::payment::distribute;

const PROCESSED: i16 = 8;
const VALUATED: i16 = 16;

/// Which of openIMIS's calls is replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchCall {
    /// `process_batch(.., month, year)`, what users call.
    ProcessBatch,
    /// `do_process_batch(.., last day of the month)`, what openIMIS's own tests call.
    MonthEnd,
}

/// Replays a run with some switches on.
///
/// # Errors
/// If there is no such month, or an amount has too many digits.
pub fn replay_batch(
    rows: &BatchRows,
    call: BatchCall,
    on: Set<BatchSwitch>,
) -> Result<BatchColumns, Error> {
    let large = || Error::new("amount.range", "", "an amount has too many digits");
    let unknown = || Error::new("period.unknown", "input.run", "there is no such month");
    let (year, month) = (rows.run.year, rows.run.month);
    let last = Calendar::Gregorian
        .days_in_month(year, month)
        .ok_or_else(unknown)?;
    let last = Day::from_ymd(year, month, last).ok_or_else(unknown)?;
    let end = match call == BatchCall::ProcessBatch && on.has(BatchSwitch::NextMonth) {
        true => last.add_days(1),
        false => last,
    };
    let mut out = BatchColumns::untouched(rows);
    let mut work = Work {
        rows,
        on,
        end,
        start: end,
        cutoff: Moment {
            day: end,
            seconds: match on.has(BatchSwitch::LastDayCut) {
                true => 0,
                false => u32::MAX,
            },
        },
    };
    let (year, month, _) = end.ymd();
    out.run = (year, month);
    match begin(rows.payment_plan.periodicity, year, month) {
        Ok(Some(start)) => work.start = start,
        Ok(None) => return Ok(out),
        Err(crash) => {
            out.crash = Some(crash);
            return Ok(out);
        }
    }
    if let Some(crash) = work.value(&mut out).ok_or_else(large)? {
        out.crash = Some(crash);
        return Ok(out);
    }
    work.pay(&mut out).ok_or_else(large)?;
    Ok(out)
}

/// First day of the period that ends with a month.
fn begin(periodicity: u32, year: i32, month: u32) -> Result<Option<Day>, BatchCrash> {
    let first = match periodicity {
        1 | 2 | 3 | 6 | 12 if month.is_multiple_of(periodicity) => month + 1 - periodicity,
        // openIMIS takes one month too many, and has no such period otherwise.
        4 if month.is_multiple_of(4) => match month - 4 {
            0 => return Err(BatchCrash::BadMonth),
            first => first,
        },
        _ => return Ok(None),
    };
    Ok(Day::from_ymd(year, first, 1))
}

struct Work<'r> {
    rows: &'r BatchRows,
    on: Set<BatchSwitch>,
    start: Day,
    end: Day,
    cutoff: Moment,
}

impl Work<'_> {
    fn on(&self, switch: BatchSwitch) -> bool {
        self.on.has(switch)
    }

    /// Does the claim's day, facility and kind of care take part?
    fn takes_part(&self, claim: &ClaimRow) -> bool {
        let facility = self.rows.health_facilities.iter();
        let level = facility
            .filter(|facility| facility.code == claim.health_facility)
            .map(|facility| facility.level.as_str())
            .next()
            .unwrap_or_default();
        let levels = self.rows.payment_plan.levels();
        let by_level = self.rows.product.ceiling_interpretation.as_deref() == Some("H");
        let hospital = match by_level {
            true => level == "H",
            false => claim.date_to.is_some_and(|to| to.day > claim.date_from.day),
        };
        let care = match self.rows.payment_plan.claim_type.as_str() {
            "I" => hospital,
            "O" => !hospital,
            _ => true,
        };
        let late = claim.process_stamp > self.cutoff;
        let early = claim.process_stamp.day < self.start;
        care && !late
            && (!early || self.on(BatchSwitch::EarlierClaims))
            && (levels.is_empty() || levels.contains(&level))
    }

    /// Values the claims that wait. `None`: an amount has too many digits.
    fn value(&mut self, out: &mut BatchColumns) -> Option<Option<BatchCrash>> {
        let plan = &self.rows.payment_plan;
        if plan.claim_type != "B" && self.on(BatchSwitch::CareTypeCrash) {
            let by_level = self.rows.product.ceiling_interpretation.as_deref() == Some("H");
            return Some(Some(match by_level {
                true => BatchCrash::CannotResolve,
                false => BatchCrash::TooManyValues,
            }));
        }
        let claims = self.rows.claims.iter().enumerate();
        let waiting: Vec<(usize, &ClaimRow)> = claims
            .filter(|(_, claim)| claim.status == PROCESSED && self.takes_part(claim))
            .collect();
        let gross = self.on(BatchSwitch::GrossTotal);
        let mut total = Decimal::ZERO;
        for (_, claim) in &waiting {
            for line in claim.lines.iter().filter(|line| line.relative()) {
                if gross {
                    let price = line.price_adjusted.unwrap_or(line.price_asked).0;
                    total = total.checked_add(line.qty_provided.0.checked_mul(price)?)?;
                } else if line.passed() {
                    total = total.checked_add(amount(line)?)?;
                }
            }
        }
        let Some(allocated) =
            premium::allocated(&self.rows.premiums, self.start, self.end, self.on)
        else {
            return Some(Some(BatchCrash::ZeroDays));
        };
        let month = self.end.ymd().1;
        let distribution = plan
            .distr
            .get(&month.to_string())
            .map_or(Decimal::ONE_HUNDRED, |d| d.0);
        let pot = cents(
            allocated
                .checked_mul(distribution)?
                .checked_div(Decimal::ONE_HUNDRED)?,
        );
        let index = match self.index(allocated, pot, distribution, total, out)? {
            Ok(index) => index,
            Err(crash) => return Some(Some(crash)),
        };
        self.lines(&waiting, &index, pot, out)?;
        for (position, claim) in &waiting {
            let valuated = self.totals(claim, out.lines.get(*position)?, |line, columns| {
                let counted = line.passed() || self.on(BatchSwitch::OneLineTotals);
                match counted {
                    true => Some(columns.price_valuated.unwrap_or_default()),
                    false => Some(Decimal::ZERO),
                }
            })?;
            let stored = out.claims.get_mut(*position)?;
            stored.status = VALUATED;
            stored.run = true;
            stored.valuated = valuated;
        }
        Some(None)
    }

    /// The index, stored.
    fn index(
        &self,
        allocated: Decimal,
        pot: Decimal,
        distribution: Decimal,
        total: Decimal,
        out: &mut BatchColumns,
    ) -> Option<Result<Index, BatchCrash>> {
        let something = total > Decimal::ZERO && allocated > Decimal::ZERO;
        if !something && self.on(BatchSwitch::NoPotPaysInFull) {
            return Some(Ok(Index::Number(Decimal::ONE)));
        }
        let (index, stored) = if total <= Decimal::ZERO {
            (Index::Share(total), Decimal::ONE)
        } else if self.on(BatchSwitch::RoundedLineByLine) {
            let index = floats::index(distribution, allocated, total)?;
            (
                Index::Number(floats::shortest(index)?),
                floats::stored(index)?,
            )
        } else {
            let exact = pot.checked_div(total)?;
            let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
            (
                Index::Share(total),
                exact.round_dp_with_strategy(4, strategy),
            )
        };
        let (kind, period) = match self.named() {
            Ok(named) => named,
            Err(crash) => return Some(Err(crash)),
        };
        out.indexes.push(IndexColumns {
            kind,
            care_type: self.rows.payment_plan.claim_type.clone(),
            year: self.end.ymd().0,
            period,
            rel_index: stored,
        });
        Some(Ok(index))
    }

    /// Type and number of the period.
    fn named(&self) -> Result<(u32, u32), BatchCrash> {
        let (first, last) = (self.start.ymd().1, self.end.ymd().1);
        if !self.on(BatchSwitch::PeriodNames) {
            let months = last + 1 - first;
            return Ok((12 / months.max(1), last / months.max(1)));
        }
        if first == last {
            Ok((12, last))
        } else if first % 3 == 1 && last % 3 == 0 {
            Ok((4, last / 3))
        } else if first % 6 == 1 && last % 6 == 0 {
            Ok((2, last / 6))
        } else {
            Err(BatchCrash::MandatoryFields)
        }
    }

    /// Values the lines of the waiting claims.
    fn lines(
        &self,
        waiting: &[(usize, &ClaimRow)],
        index: &Index,
        pot: Decimal,
        out: &mut BatchColumns,
    ) -> Option<()> {
        let every = self.on(BatchSwitch::EveryLineIndexed);
        let mut parts = Vec::new();
        for (position, claim) in waiting {
            for (number, line) in claim.lines.iter().enumerate() {
                let columns = out.lines.get_mut(*position)?.get_mut(number)?;
                let indexed = every || (line.relative() && line.passed());
                if !line.passed() && !every {
                    continue;
                }
                let before = amount(line)?;
                let unit = line.price_adjusted.unwrap_or(line.price_asked).0;
                let of = match self.on(BatchSwitch::UnitPriceIndexed) {
                    true => unit,
                    false => before,
                };
                columns.price_valuated = Some(before);
                columns.remunerated_amount = Some(before);
                if !indexed {
                    continue;
                }
                let paid = match index {
                    Index::Number(index) => cents(of.checked_mul(*index)?),
                    Index::Share(total) if total.is_zero() => before,
                    Index::Share(total) if self.on(BatchSwitch::UnitPriceIndexed) || every => {
                        cents(of.checked_mul(pot)?.checked_div(*total)?)
                    }
                    Index::Share(_) => {
                        let key = (claim.name.as_str(), line_id(number));
                        parts.push(((units(before)?, key), (*position, number)));
                        continue;
                    }
                };
                columns.remunerated_amount = Some(paid);
                if self.on(BatchSwitch::UnitPriceIndexed) {
                    columns.price_valuated = Some(paid);
                }
            }
        }
        let weights: Vec<_> = parts.iter().map(|(part, _)| part.clone()).collect();
        let pot = i64::try_from(units(pot.max(Decimal::ZERO))?).ok()?;
        if let Some((shares, _)) = distribute(pot, &weights) {
            for ((_, (position, number)), share) in parts.iter().zip(shares) {
                let columns = out.lines.get_mut(*position)?.get_mut(*number)?;
                columns.remunerated_amount = Some(Decimal::new(share, 2));
            }
        }
        Some(())
    }

    /// Remunerates claims and writes the bills.
    fn pay(&self, out: &mut BatchColumns) -> Option<()> {
        for (position, claim) in self.rows.claims.iter().enumerate() {
            let again = claim.status == VALUATED && self.on(BatchSwitch::ValuedAgain);
            let stored = out.claims.get(position)?;
            if !(stored.run || again && self.takes_part(claim)) {
                continue;
            }
            let one = self.on(BatchSwitch::OneLineTotals);
            let lines = out.lines.get(position)?;
            let total = self.totals(claim, lines, |line, columns| match one {
                true => {
                    let price = line.price_approved.or(line.price_adjusted);
                    let price = price.unwrap_or(line.price_asked).0;
                    price.checked_mul(line.qty_approved.unwrap_or(line.qty_provided).0)
                }
                false if line.passed() => Some(columns.remunerated_amount.unwrap_or_default()),
                false => Some(Decimal::ZERO),
            })?;
            let bill = out.bills.entry(claim.health_facility.clone()).or_default();
            if !self.on(BatchSwitch::EmptyBills) {
                *bill += total.is.unwrap_or_default();
            }
            let stored = out.claims.get_mut(position)?;
            stored.remunerated = total;
            stored.run = true;
        }
        if self.on(BatchSwitch::LineNotStored) {
            for (lines, claim) in out.lines.iter_mut().zip(&self.rows.claims) {
                for (columns, line) in lines.iter_mut().zip(&claim.lines) {
                    columns.remunerated_amount = line.remunerated_amount.map(|n| n.0);
                }
            }
        }
        Some(())
    }

    /// A claim's total: of all lines, or of one item and one service without reason.
    fn totals(
        &self,
        claim: &ClaimRow,
        lines: &[LineColumns],
        of: impl Fn(&LineRow, &LineColumns) -> Option<Decimal>,
    ) -> Option<Total> {
        if !self.on(BatchSwitch::OneLineTotals) {
            let mut sum = Decimal::ZERO;
            for (line, columns) in claim.lines.iter().zip(lines) {
                sum = sum.checked_add(of(line, columns)?)?;
            }
            return Some(Total {
                is: Some(sum),
                or: BTreeSet::new(),
            });
        }
        let of_kind = |kind: &str| -> Option<Vec<Decimal>> {
            let lines = claim.lines.iter().zip(lines);
            let found: Option<Vec<Decimal>> = lines
                .filter(|(line, _)| line.kind == kind && !line.has_reason())
                .map(|(line, columns)| of(line, columns))
                .collect();
            found.map(|found| match found.is_empty() {
                true => vec![Decimal::ZERO],
                false => found,
            })
        };
        let (items, services) = (of_kind("item")?, of_kind("service")?);
        let sums = items
            .iter()
            .flat_map(|item| services.iter().map(move |service| cents(item + service)));
        Some(Total {
            is: sums.clone().next(),
            or: sums.collect(),
        })
    }
}

/// What the index does.
enum Index {
    /// It is a number, and lines are rounded one by one.
    Number(Decimal),
    /// The pot is shared over this total.
    Share(Decimal),
}

/// A line before the index: as adjudication has valued it, else price by quantity.
pub(super) fn amount(line: &LineRow) -> Option<Decimal> {
    if let Some(valuated) = line.price_valuated {
        return Some(valuated.0);
    }
    let price = line.price_approved.or(line.price_adjusted);
    let price = price.unwrap_or(line.price_asked).0;
    let quantity = line.qty_approved.unwrap_or(line.qty_provided).0;
    price.checked_mul(quantity).map(cents)
}

/// Ids of lines whose order is that of the lines.
pub(super) fn line_id(number: usize) -> String {
    format!("{number:06}")
}

/// Cents.
pub(super) fn units(amount: Decimal) -> Option<i128> {
    let mut amount = cents(amount);
    amount.rescale(2);
    Some(amount.mantissa())
}

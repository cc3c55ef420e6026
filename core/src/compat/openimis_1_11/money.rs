//! Who pays how much, policy by policy and line by line.

use rust_decimal::Decimal;

use super::limits::{self, Account};
use super::python::{cents, minus, plus, share, times};
use super::rows::{Cover, Rows};
use super::state::{Halt, LINE_PASSED, Line, PROCESSED, State, VALUATED, store};
use super::switches::Switch;
use super::validate::Call;
use super::{Crash, pricing, service};
use crate::compat::columns::DedRemColumns;
use crate::compat::value::Number;
use crate::scheme::ElementKind;

const RELATIVE: &str = "R";
const CO_INSURANCE: &str = "C";
const FIXED: &str = "F";
/// Chosen for feedback or review, and passed over now that the claim is paid.
const SELECTED: i64 = 4;
const BYPASSED: i64 = 16;

/// Pays the lines that passed.
pub(super) fn pay<'a>(
    rows: &Rows<'a>,
    state: &mut State<'a>,
    covers: &[Cover<'a>],
    category: &str,
    call: Call,
) -> Result<(), Halt> {
    let mut policies: Vec<Cover<'a>> = Vec::new();
    for cover in covers {
        let pays = |line: &Line<'a>| line.fetched && line.cover.is_some_and(|own| own.is(cover));
        let known = policies.iter().any(|policy| policy.is(cover));
        if !known && state.lines.iter().any(|line| is_paid(line) && pays(line)) {
            policies.push(*cover);
        }
    }
    policies.sort_by_key(|cover| cover.position);
    if policies.is_empty() {
        // Only lines that nobody looks at: every policy is opened, and nothing paid.
        policies = covers.to_vec();
    }
    let mut approved = [Decimal::ZERO; 2];
    let mut relative: Option<bool> = None;
    let mut deductible: Option<bool> = None;
    for cover in &policies {
        let mut account = limits::open(rows, cover, category)?;
        for line in &mut state.lines {
            let own = line.cover.is_some_and(|own| own.is(cover));
            if is_paid(line) && (own || rows.has(Switch::EveryLineForEveryPolicy)) {
                work(rows, line, &mut account, call)?;
            }
        }
        state.dedrems.push(dedrem(rows, cover, &account, category)?);
        // Policies with and without deductible cannot be put together.
        let has = account.deductible.is_some();
        if deductible.replace(has).is_some_and(|before| before != has)
            && rows.has(Switch::MergeDeductible)
        {
            return Err(Halt::Crash(match has {
                true => Crash::TypeError,
                false => Crash::AttributeError,
            }));
        }
        for (sum, of_policy) in approved.iter_mut().zip(account.approved) {
            *sum = plus(*sum, of_policy)?;
        }
        let and = rows.has(Switch::RelativeFlagAnded);
        relative = Some(relative.map_or(account.relative, |before| match and {
            true => before && account.relative,
            false => before || account.relative,
        }));
    }
    if call.values {
        let waits = relative.unwrap_or(false);
        let net = call.service && !rows.has(Switch::FlowPaysGross);
        let total = Some(Number(service::total(rows, state, approved, net)?));
        let claim = &mut state.claim.now;
        claim.approved = total;
        claim.status = if waits { PROCESSED } else { VALUATED };
        claim.remunerated = total.filter(|_| !waits);
        if !rows.has(Switch::CategoryNotStored) {
            claim.category = Some(category.to_owned());
            claim.valuated = claim.remunerated;
        }
        claim.process_stamp_set = Some(true);
        for status in [&mut claim.feedback_status, &mut claim.review_status] {
            if *status == Some(SELECTED) {
                *status = Some(BYPASSED);
            }
        }
    }
    state.save_claim(rows)
}

fn is_paid(line: &Line<'_>) -> bool {
    line.fetched && line.columns.now.status == LINE_PASSED
}

/// Works one line against what a policy has left.
fn work(
    rows: &Rows<'_>,
    line: &mut Line<'_>,
    account: &mut Account,
    call: Call,
) -> Result<(), Halt> {
    // Rounding leaves a zero its places, which storing may not like.
    let round = |amount: Decimal| {
        if rows.has(Switch::FloatRounding) || amount.is_zero() {
            amount
        } else {
            cents(amount)
        }
    };
    let price = pricing::price(rows, line)?;
    let quantity = line.quantity(rows);
    let mut value = round(times(quantity, price)?);
    if rows.has(Switch::IntTruncation) {
        value = value.trunc();
    }
    let limitation = line.columns.now.limitation.clone();
    let limit = line.columns.now.limitation_value.map(|limit| limit.0);

    if let Some(limit) = limit.filter(|limit| !limit.is_zero())
        && limitation.as_deref() == Some(FIXED)
    {
        let fixed = round(times(quantity, limit)?);
        if fixed < value {
            value = fixed;
        }
    }
    let deducted = account.deduct(rows, &mut value)?;
    if let Some(percent) = limit
        && limitation.as_deref() == Some(CO_INSURANCE)
        && !(percent.is_zero() && rows.has(Switch::ZeroIsAbsent))
    {
        value = round(share(percent, value)?);
    }
    let over_category = account.limit_category(rows, &mut value)?;
    let mut over_ceiling = Decimal::ZERO;
    if excluded(rows, line, account.hospital) {
        if !rows.has(Switch::ExcludedLinesMissing) {
            account.approve(line.kind, value)?;
        }
    } else {
        over_ceiling = account.limit_ceiling(&mut value)?;
        account.remunerated = plus(account.remunerated, value)?;
        account.approve(line.kind, value)?;
    }

    let relative = line.columns.now.price_origin.as_deref() == Some(RELATIVE);
    let now = &mut line.columns.now;
    if now.price_approved.is_none() || !rows.has(Switch::ApprovedPriceNotStored) {
        now.price_adjusted = Some(Number(price));
    }
    if call.values {
        account.relative |= relative;
        now.deductable_amount = Some(Number(deducted));
        now.exceed_ceiling_amount = Some(Number(over_ceiling));
        if !rows.has(Switch::CategoryExcessNotStored) {
            now.exceed_ceiling_amount_category = Some(Number(over_category));
        }
        now.price_valuated = Some(Number(value)).filter(|_| !relative);
        if !relative {
            now.remunerated_amount = now.price_valuated;
        }
    }
    line.save(rows)
}

/// Does the ceiling leave the line alone?
fn excluded(rows: &Rows<'_>, line: &Line<'_>, hospital: bool) -> bool {
    let Some(row) = line.benefit else {
        return false;
    };
    let adult = rows.adult || rows.has(Switch::IsAdultNotCalled);
    let exclusion = if adult {
        &row.ceiling_exclusion_adult
    } else {
        &row.ceiling_exclusion_child
    };
    match exclusion.as_deref() {
        Some("B") => true,
        Some("H") => hospital,
        Some("N") => !hospital,
        _ => false,
    }
}

impl Account {
    fn approve(&mut self, kind: ElementKind, value: Decimal) -> Result<(), Halt> {
        let [items, services] = &mut self.approved;
        let sum = if kind == ElementKind::Item {
            items
        } else {
            services
        };
        *sum = plus(*sum, value)?;
        Ok(())
    }

    /// Takes from `value` what the patient still bears; what was taken.
    fn deduct(&mut self, rows: &Rows<'_>, value: &mut Decimal) -> Result<Decimal, Halt> {
        let Some((amount, before)) = self.deductible else {
            return Ok(Decimal::ZERO);
        };
        let left = minus(minus(amount, before)?, self.deducted)?;
        if left <= Decimal::ZERO {
            return Ok(Decimal::ZERO);
        }
        let taken = if left >= *value { *value } else { left };
        if left < *value || !rows.has(Switch::DeductibleNotSubtracted) {
            *value = minus(*value, taken)?;
        }
        self.deducted = plus(self.deducted, taken)?;
        Ok(taken)
    }

    /// Cuts `value` to what the claim's category has left; what was cut.
    fn limit_category(&mut self, rows: &Rows<'_>, value: &mut Decimal) -> Result<Decimal, Halt> {
        let Some(maximum) = self.category_limit else {
            if !rows.has(Switch::CategoryHistoryNeverLoaded) {
                self.category_used = plus(self.category_used, *value)?;
            }
            return Ok(Decimal::ZERO);
        };
        let total = plus(*value, self.category_used)?;
        let mut over = Decimal::ZERO;
        if total > maximum {
            if self.category_used >= maximum {
                over = *value;
                *value = Decimal::ZERO;
                return Ok(over);
            }
            over = minus(total, maximum)?;
            *value = minus(*value, over)?;
        }
        self.category_used = plus(self.category_used, *value)?;
        Ok(over)
    }

    /// Cuts `value` to what the ceiling leaves; what was cut.
    fn limit_ceiling(&mut self, value: &mut Decimal) -> Result<Decimal, Halt> {
        let Some((amount, before)) = self.ceiling else {
            return Ok(Decimal::ZERO);
        };
        let left = minus(minus(amount, before)?, self.remunerated)?;
        if left <= Decimal::ZERO {
            return Ok(std::mem::take(value));
        }
        if left >= *value {
            return Ok(Decimal::ZERO);
        }
        let over = minus(*value, left)?;
        *value = left;
        Ok(over)
    }
}

fn dedrem(
    rows: &Rows<'_>,
    cover: &Cover<'_>,
    account: &Account,
    category: &str,
) -> Result<DedRemColumns, Halt> {
    let column = |amount: Decimal| {
        let mut amount = Some(Number(amount));
        store(rows, &mut amount)?;
        Ok(amount)
    };
    let of = |letter: &str| {
        column(if category == letter {
            account.category_used
        } else {
            Decimal::ZERO
        })
    };
    let (deducted, remunerated) = (column(account.deducted)?, column(account.remunerated)?);
    let hospital = account.hospital;
    Ok(DedRemColumns {
        policy: cover.policy.reference.clone(),
        insuree: rows.claim.insuree.clone(),
        ded_g: deducted,
        ded_ip: deducted.filter(|_| hospital),
        ded_op: deducted.filter(|_| !hospital),
        rem_g: remunerated,
        rem_ip: remunerated.filter(|_| hospital),
        rem_op: remunerated.filter(|_| !hospital),
        rem_consult: of("C")?,
        rem_surgery: of("S")?,
        rem_delivery: of("D")?,
        rem_hospitalization: of("H")?,
        rem_antenatal: of("A")?,
    })
}

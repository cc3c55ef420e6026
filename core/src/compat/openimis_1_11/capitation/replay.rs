//! The capitation itself, with any set of switches.

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::python::{cents, through_float};
use super::super::table::Set;
use super::counts::{Counts, FacilitySums, Sums};
use super::rows::{CapitationRows, FacilityRow};
use super::switches::CapitationSwitch;
use crate::error::Error;
use crate::payment::distribute;

/// What a facility is paid, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentColumns {
    /// Code of the facility.
    pub facility: String,
    /// Its region.
    pub region: String,
    /// Its district.
    pub district: String,
    /// Its level.
    pub level: String,
    /// Its sub-level.
    pub sublevel: Option<String>,
    /// Year and month.
    pub month: (i32, u32),
    /// For each indicator: population, families, insured persons, insured families, visits, amounts.
    pub totals: [Decimal; 6],
    /// The money of each indicator.
    pub allocated: [Decimal; 6],
    /// The unit price of each indicator.
    pub unit_prices: [Decimal; 6],
    /// What is paid.
    pub payment: Decimal,
}

/// Everything that a capitation stores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CapitationColumns {
    /// It broke down.
    pub crashed: bool,
    /// The payments, in the order of the facilities.
    pub payments: Vec<PaymentColumns>,
}

/// Replays a capitation with some switches on.
///
/// # Errors
/// If an amount has too many digits.
pub fn replay_capitation(
    rows: &CapitationRows,
    on: Set<CapitationSwitch>,
) -> Result<CapitationColumns, Error> {
    let large = || Error::new("amount.range", "", "an amount has too many digits");
    let counts = Counts::new(rows, on).ok_or_else(large)?;
    let plan = &rows.params;
    let [a, b, c, d, ..] = plan.weights();
    // openIMIS does nothing at all for visits and amounts alone.
    let nothing = on.has(CapitationSwitch::VisitsUnpaid) && a + b + c + d == 0;
    let crashes = on.has(CapitationSwitch::CareTypeCrash) && plan.claim_type != "B";
    if nothing || crashes {
        return Ok(CapitationColumns {
            crashed: crashes && !nothing,
            payments: Vec::new(),
        });
    }
    let payments = payments(&counts).ok_or_else(large)?;
    Ok(CapitationColumns {
        crashed: false,
        payments,
    })
}

impl Sums {
    /// What openIMIS counts on the way, with every switch on.
    #[must_use]
    pub fn of(rows: &CapitationRows) -> Option<Self> {
        let counts = Counts::new(rows, Set::ALL)?;
        let facilities = rows.health_facilities.iter();
        let selected = counts.selected().into_iter();
        Some(Self {
            product: counts.product(),
            selected: selected.map(|facility| facility.code.clone()).collect(),
            facilities: facilities
                .map(|facility| (facility.code.clone(), counts.facility(facility)))
                .collect(),
        })
    }
}

fn payments(counts: &Counts<'_>) -> Option<Vec<PaymentColumns>> {
    let (rows, on) = (counts.rows, counts.on);
    let one_by_one = on.has(CapitationSwitch::RoundedOneByOne);
    let weights = rows.params.weights();
    let share = Decimal::from(rows.params.share_contribution);
    let percent = |money: Decimal, percent: Decimal| {
        let part = money
            .checked_mul(percent)?
            .checked_div(Decimal::ONE_HUNDRED)?;
        Some(if one_by_one { part } else { cents(part) })
    };
    let allocated = rows.allocated_contribution.0;
    let pot = match one_by_one {
        true => percent(allocated, share)?,
        false => percent(cents(allocated), share)?,
    };
    let money = match one_by_one {
        true => {
            let mut money = [Decimal::ZERO; 6];
            for (part, weight) in money.iter_mut().zip(weights) {
                *part = percent(pot, Decimal::from(weight))?;
            }
            money
        }
        false => {
            let total: u32 = weights.iter().sum();
            let weighed = percent(pot, Decimal::from(total))?;
            exactly(weighed, &weights.map(Decimal::from))?
                .try_into()
                .ok()?
        }
    };
    let selected = counts.selected();
    let has: Vec<FacilitySums> = selected.iter().map(|f| counts.facility(f)).collect();
    let whole = match on.has(CapitationSwitch::WholeProduct) {
        true => counts.product(),
        false => {
            let sum = FacilitySums::default();
            has.iter().fold(sum, |sum, facility| sum.plus(facility))
        }
    };
    let mut whole = whole.all();
    if on.has(CapitationSwitch::InsuredUnpaid) {
        for insured in whole.iter_mut().skip(2).take(2) {
            *insured = Decimal::ZERO;
        }
    }
    let mut prices = [Decimal::ZERO; 6];
    for ((price, money), whole) in prices.iter_mut().zip(money).zip(whole) {
        if whole > Decimal::ZERO {
            *price = money.checked_div(whole)?;
        }
    }
    let mut totals = vec![[Decimal::ZERO; 6]; has.len()];
    for indicator in 0..6 {
        let each: Vec<Decimal> = has
            .iter()
            .map(|facility| facility.all().get(indicator).copied().unwrap_or_default())
            .collect();
        let (money, price) = (*money.get(indicator)?, *prices.get(indicator)?);
        let shared = !one_by_one && !on.has(CapitationSwitch::WholeProduct);
        let paid: Vec<Decimal> = match shared && price > Decimal::ZERO {
            true => named(money, &each, &selected)?,
            false => {
                let paid = each.iter().map(|has| has.checked_mul(price));
                let paid: Vec<Decimal> = paid.collect::<Option<_>>()?;
                match one_by_one {
                    true => paid,
                    false => paid.into_iter().map(cents).collect(),
                }
            }
        };
        for (row, paid) in totals.iter_mut().zip(paid) {
            *row.get_mut(indicator)? = paid;
        }
    }
    let visits = !on.has(CapitationSwitch::VisitsUnpaid);
    let store = |value: Decimal| match one_by_one {
        true => through_float(value),
        false => value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
    };
    let mut allocated = money;
    if !visits {
        for unwritten in allocated.iter_mut().skip(4) {
            *unwritten = Decimal::ZERO;
        }
    }
    let (year, month, _) = counts.end.ymd();
    let mut payments = Vec::new();
    for (facility, totals) in selected.into_iter().zip(totals) {
        let counted = totals.iter().take(if visits { 6 } else { 4 });
        let payment: Decimal = counted.sum();
        if payment <= Decimal::ZERO {
            continue;
        }
        let locations = rows.locations.iter();
        let mut district = locations.filter(|row| row.code == facility.location);
        payments.push(PaymentColumns {
            facility: facility.code.clone(),
            region: district
                .next()
                .and_then(|district| district.parent.clone())
                .unwrap_or_default(),
            district: facility.location.clone(),
            level: facility.level.clone(),
            sublevel: sublevel(facility, on),
            month: (year, month),
            totals: totals.map(store),
            allocated: allocated.map(store),
            unit_prices: prices.map(store),
            payment: store(payment),
        });
    }
    Some(payments)
}

fn sublevel(facility: &FacilityRow, on: Set<CapitationSwitch>) -> Option<String> {
    let own = facility.sub_level.as_ref()?;
    Some(match on.has(CapitationSwitch::SublevelName) {
        true => format!("HealthFacilitySubLevel object ({own})"),
        false => own.clone(),
    })
}

/// Whole millionths of a figure.
fn weight(figure: Decimal) -> Option<i128> {
    let mut figure = figure;
    figure.rescale(6);
    Some(figure.mantissa())
}

/// Money divided by weights, each part named by its place.
fn exactly(money: Decimal, weights: &[Decimal]) -> Option<Vec<Decimal>> {
    let parts = weights.iter().enumerate();
    let parts: Option<Vec<_>> = parts.map(|(at, w)| Some((weight(*w)?, at))).collect();
    divided(money, &parts?)
}

/// Money divided over facilities.
fn named(money: Decimal, has: &[Decimal], facilities: &[&FacilityRow]) -> Option<Vec<Decimal>> {
    let parts = has.iter().zip(facilities);
    let parts: Option<Vec<_>> = parts
        .map(|(has, facility)| Some((weight(*has)?, facility.code.as_str())))
        .collect();
    divided(money, &parts?)
}

fn divided<K: Ord>(money: Decimal, parts: &[(i128, K)]) -> Option<Vec<Decimal>> {
    let mut money = money;
    money.rescale(2);
    let cents = i64::try_from(money.mantissa()).ok()?;
    let Some((shares, _)) = distribute(cents, parts) else {
        return Some(parts.iter().map(|_| Decimal::ZERO).collect());
    };
    Some(
        shares
            .into_iter()
            .map(|share| Decimal::new(share, 2))
            .collect(),
    )
}

//! What a period earns of the premium, as `standard` and as openIMIS 1.11 count it.

use rust_decimal::Decimal;

use super::super::python::cents;
use super::super::table::Set;
use super::rows::PremiumRow;
use super::switches::BatchSwitch;
use crate::calendar::Day;

fn days(from: Day, to: Day) -> Decimal {
    Decimal::from(i64::from(from.days_until(to)) + 1)
}

/// What all premiums earn from one day to another; none if openIMIS divides by zero days.
pub(super) fn allocated(
    premiums: &[PremiumRow],
    start: Day,
    end: Day,
    on: Set<BatchSwitch>,
) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for premium in premiums {
        let (effective, expiry) = (
            premium.policy_effective_date.day,
            premium.policy_expiry_date.day,
        );
        if effective > end || expiry < start {
            continue;
        }
        let paid = effective.max(premium.created_date.day);
        let (from, to) = (paid.max(start), expiry.min(end));
        let amount = premium.amount.0;
        if from > to {
            if on.has(BatchSwitch::LaterPayment) {
                let whole = days(paid, expiry) - lacks(paid, start, on);
                sum += amount.checked_mul(days(from, to))?.checked_div(whole)?;
            }
            continue;
        }
        let whole = days(paid, expiry);
        sum += if on.has(BatchSwitch::PremiumDays) {
            let whole = whole - lacks(paid, start, on);
            amount.checked_mul(days(from, to))?.checked_div(whole)?
        } else {
            let earned = |days: Decimal| Some(cents(amount.checked_mul(days)?.checked_div(whole)?));
            earned(days(paid, to))? - earned(days(paid, from) - Decimal::ONE)?
        };
    }
    Some(sum)
}

/// The day that openIMIS does not count where the premium began before the period.
fn lacks(paid: Day, start: Day, on: Set<BatchSwitch>) -> Decimal {
    let lacks = on.has(BatchSwitch::PremiumDays) && paid < start;
    Decimal::from(u8::from(lacks))
}

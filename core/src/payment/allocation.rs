//! What a period earns of the premium.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::period::Span;
use super::{amount, minor, refuse_repeated, too_large};
use crate::adjudicate::values::at;
use crate::calendar::Day;
use crate::code::Code;
use crate::conventions::EarnedPremium;
use crate::error::Error;
use crate::number::Amount;
use crate::ruleset::RuleSet;

/// A contribution paid for a policy of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// Id of the contribution.
    pub id: Code,
    /// What was paid.
    pub amount: Amount,
    /// The day it was paid.
    pub paid: Day,
    /// First day of the policy.
    pub effective: Day,
    /// Last day of the policy.
    pub expiry: Day,
}

/// What a period earned of the premium (DOMAIN A.6, divergence B3 as intended).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// The period.
    pub span: Span,
    /// What it earned: the sum of the shares.
    pub allocated: Amount,
    /// The share of each contribution, in the order given. Contributions that earn nothing in the
    /// period are left out.
    pub shares: Vec<AllocatedShare>,
}

/// What a period earned of one contribution.
///
/// Under the convention `earned_premium: day_by_day`, a contribution is earned day by day from the later of payment and beginning of the policy to its
/// last day, both included. What is earned up to a day is `amount x days / of_days`, rounded once
/// by the scheme's rule; a period earns the difference between its last day and the day before
/// it. So the shares of all periods add up to the contribution. Under `days_between`, `of_days` lacks
/// the last day, and each period is rounded for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocatedShare {
    /// Id of the contribution.
    pub contribution: Code,
    /// First day of the period on which it is earned.
    pub from: Day,
    /// Last one.
    pub to: Day,
    /// Days from one to the other, both included.
    pub days: u32,
    /// Days over which the whole contribution is earned.
    pub of_days: u32,
    /// What was earned.
    pub allocated: Amount,
}

/// Refuses contributions that make no sense; warns of those that are never earned.
pub(super) fn check(
    rules: &RuleSet,
    contributions: &[Contribution],
    warnings: &mut Vec<Error>,
) -> Result<(), Error> {
    refuse_repeated("contributions", "id", contributions.iter().map(|c| &c.id))?;
    for (position, contribution) in contributions.iter().enumerate() {
        let path = |field: &str| format!("contributions[{position}].{field}");
        minor(rules, contribution.amount, "amount")
            .map_err(|error| at(error, "contributions", position))?;
        if contribution.expiry < contribution.effective {
            return Err(Error::new(
                "validity.reversed",
                path("expiry"),
                "the policy ends before it begins",
            )
            .with_help("swap `effective` and `expiry`"));
        }
        if contribution.paid > contribution.expiry {
            warnings.push(Error::new(
                "contribution.late",
                path("paid"),
                format!(
                    "`{}` was paid after its policy ended, so no period earns it",
                    contribution.id
                ),
            ));
        }
    }
    Ok(())
}

/// What the period earns, in minor units, and how.
pub(super) fn allocate(
    rules: &RuleSet,
    contributions: &[Contribution],
    span: Span,
) -> Result<(i64, Allocation), Error> {
    let earned_premium = rules.compiled().conventions.earned_premium;
    let rounding = rules.scheme().currency.rounding;
    let mut total: i64 = 0;
    let mut shares = Vec::new();
    for (position, contribution) in contributions.iter().enumerate() {
        let start = contribution.effective.max(contribution.paid);
        let (from, to) = (start.max(span.from), contribution.expiry.min(span.to));
        if from > to {
            continue;
        }
        let paid = minor(rules, contribution.amount, "amount")
            .map_err(|error| at(error, "contributions", position))?;
        let days = |from: Day, to: Day| i128::from(from.days_until(to)) + 1;
        let whole = match earned_premium {
            EarnedPremium::DayByDay => days(start, contribution.expiry),
            EarnedPremium::DaysBetween => days(start, contribution.expiry) - 1,
        };
        if whole == 0 {
            continue;
        }
        let earned = |days: i128| {
            rounding
                .quotient(i128::from(paid) * days, whole)
                .ok_or_else(|| too_large("contributions"))
        };
        let allocated = match earned_premium {
            EarnedPremium::DayByDay => earned(days(start, to))? - earned(days(start, from) - 1)?,
            EarnedPremium::DaysBetween => earned(days(from, to))?,
        };
        total = total
            .checked_add(allocated)
            .ok_or_else(|| too_large("contributions"))?;
        let count = |days: i128| u32::try_from(days).unwrap_or(u32::MAX);
        shares.push(AllocatedShare {
            contribution: contribution.id.clone(),
            from,
            to,
            days: count(days(from, to)),
            of_days: count(whole),
            allocated: amount(rules, allocated),
        });
    }
    let allocation = Allocation {
        span,
        allocated: amount(rules, total),
        shares,
    };
    Ok((total, allocation))
}

//! Deductibles and ceilings of the model of money.

use rust_decimal::Decimal;

use super::deviation::Deviation;
use super::facts::Facts;
use super::money::{Switches, value};
use crate::calendar::Day;
use crate::compat::rows::{DedRemRow, PolicyRow, ProductRow};
use crate::compat::value::Number;

#[derive(Clone, Copy)]
pub(super) enum Care {
    General,
    Hospital,
    Other,
}

impl Care {
    fn of<T: Copy>(self, [general, hospital, other]: [T; 3]) -> T {
        match self {
            Self::General => general,
            Self::Hospital => hospital,
            Self::Other => other,
        }
    }
}

/// By care, of the person and of the policy.
pub(super) struct Used {
    pub(super) deducted: [(Decimal, Decimal); 3],
    pub(super) remunerated: [(Decimal, Decimal); 3],
}

impl Used {
    pub(super) fn of(facts: &Facts<'_>, policy: &PolicyRow, on: &Switches) -> Self {
        let archived = on.contains(&Deviation::ArchivedDedrems);
        let rows = || {
            facts.history.dedrems.iter().filter(move |row| {
                row.policy == policy.reference
                    && row.claim != facts.claim.code
                    && (archived || row.validity_to.is_none())
            })
        };
        let sums = |column: fn(&DedRemRow) -> Option<Number>| {
            let own = rows().filter(|row| row.insuree == facts.claim.insuree);
            let own: Decimal = own.map(|row| value(column(row))).sum();
            (own, rows().map(|row| value(column(row))).sum::<Decimal>())
        };
        Self {
            deducted: [
                sums(|row| row.ded_g),
                sums(|row| row.ded_ip),
                sums(|row| row.ded_op),
            ],
            remunerated: [
                sums(|row| row.rem_g),
                sums(|row| row.rem_ip),
                sums(|row| row.rem_op),
            ],
        }
    }
}

/// Treatment, insuree, policy.
pub(super) type Scopes = [Option<Number>; 3];

pub(super) fn deductibles(product: &ProductRow, care: Care) -> Scopes {
    care.of([
        [
            product.ded_treatment,
            product.ded_insuree,
            product.ded_policy,
        ],
        [
            product.ded_ip_treatment,
            product.ded_ip_insuree,
            product.ded_ip_policy,
        ],
        [
            product.ded_op_treatment,
            product.ded_op_insuree,
            product.ded_op_policy,
        ],
    ])
}

pub(super) fn ceilings(product: &ProductRow, care: Care) -> Scopes {
    care.of([
        [
            product.max_treatment,
            product.max_insuree,
            product.max_policy,
        ],
        [
            product.max_ip_treatment,
            product.max_ip_insuree,
            product.max_ip_policy,
        ],
        [
            product.max_op_treatment,
            product.max_op_insuree,
            product.max_op_policy,
        ],
    ])
}

/// The first scope with an amount, and what of it was used.
pub(super) fn scoped(
    [treatment, insuree, policy]: Scopes,
    used: &[(Decimal, Decimal); 3],
    care: Care,
) -> Option<(Decimal, Decimal)> {
    let (own, all) = care.of(*used);
    [(treatment, Decimal::ZERO), (insuree, own), (policy, all)]
        .into_iter()
        .find_map(|(amount, used)| Some((amount.filter(|n| !n.is_zero())?.0, used)))
}

/// What a ceiling becomes by the policy's amount and its extra members.
pub(super) fn policy_ceiling(
    facts: &Facts<'_>,
    policy: &PolicyRow,
    product: &ProductRow,
    care: Care,
    base: Decimal,
    on: &Switches,
) -> Decimal {
    let [treatment, insuree, amount] = ceilings(product, care);
    let narrower = [treatment, insuree]
        .into_iter()
        .flatten()
        .any(|n| !n.is_zero());
    let Some(amount) = amount.filter(|n| !n.is_zero()) else {
        return base;
    };
    if narrower && !on.contains(&Deviation::PolicyCeilingScope) {
        return base;
    }
    let (extra, maximum) = care.of([
        (product.max_policy_extra_member, product.max_ceiling_policy),
        (
            product.max_policy_extra_member_ip,
            product.max_ceiling_policy_ip,
        ),
        (
            product.max_policy_extra_member_op,
            product.max_ceiling_policy_op,
        ),
    ]);
    let (extra, maximum) = (value(extra), value(maximum));
    let threshold = product.threshold.unwrap_or(0);
    let by_row = on.contains(&Deviation::PolicyMembers);
    let members = if by_row {
        1
    } else {
        members(policy, facts.target)
    };
    let more = members.saturating_sub(threshold);
    if more <= 0 || by_row && matches!(care, Care::Other) || !by_row && extra.is_zero() {
        return amount.0;
    }
    // Without extra amount the other engine keeps what the narrower scope gave.
    let grown = if extra.is_zero() {
        base
    } else {
        amount.0 + Decimal::from(more) * extra
    };
    if maximum.is_zero() {
        grown
    } else {
        grown.min(maximum)
    }
}

/// Distinct persons whose membership is in force.
fn members(policy: &PolicyRow, target: Day) -> i64 {
    let in_force = policy.insuree_policies.iter().filter(|row| {
        row.validity_to.is_none()
            && row.effective_date.is_some_and(|from| from.day <= target)
            && row.expiry_date.is_some_and(|to| target <= to.day)
    });
    let persons: std::collections::BTreeSet<_> = in_force.map(|row| &row.insuree).collect();
    i64::try_from(persons.len()).unwrap_or(i64::MAX)
}

//! Deductibles, ceilings and category limits, and what earlier claims left of them.

use rust_decimal::Decimal;

use super::Crash;
use super::rows::{Cover, Rows, amount};
use super::state::Halt;
use super::switches::Switch;
use crate::compat::rows::{DedRemRow, ProductRow};
use crate::compat::value::Number;

/// What one policy has left for the claim, and what the claim has taken.
pub(super) struct Account {
    pub(super) hospital: bool,
    /// Amount, and what was used of it before.
    pub(super) deductible: Option<(Decimal, Decimal)>,
    pub(super) ceiling: Option<(Decimal, Decimal)>,
    pub(super) category_limit: Option<Decimal>,
    pub(super) deducted: Decimal,
    pub(super) remunerated: Decimal,
    pub(super) category_used: Decimal,
    /// What items and services add to the claim's total.
    pub(super) approved: [Decimal; 2],
    /// A line waits for the index.
    pub(super) relative: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    General,
    Hospital,
    Other,
}

type Column = fn(&DedRemRow) -> Option<Number>;

/// Opens the account of a policy for the claim.
pub(super) fn open(rows: &Rows<'_>, cover: &Cover<'_>, category: &str) -> Result<Account, Halt> {
    let product = cover.product;
    let hospital = match product.ceiling_interpretation.as_deref() {
        Some("H") => rows
            .facility
            .is_some_and(|f| f.level.as_deref() == Some("H")),
        Some("I") => rows.stay,
        _ => rows.stay && !rows.has(Switch::NullInterpretation),
    };
    let care = if hospital {
        Care::Hospital
    } else {
        Care::Other
    };
    let mut deductible = deductible_of(rows, cover, Care::General)?;
    let mut ceiling = ceiling_of(rows, cover, Care::General)?;
    if deductible.is_none() {
        deductible = deductible_of(rows, cover, care)?;
    }
    if ceiling.is_none() {
        ceiling = ceiling_of(rows, cover, care)?;
    }
    let category_limit = match category {
        "S" => product.max_amount_surgery,
        "D" => product.max_amount_delivery,
        "A" => product.max_amount_antenatal,
        "H" => product.max_amount_hospitalization,
        "C" => product.max_amount_consultation,
        _ => None,
    };
    Ok(Account {
        hospital,
        deductible,
        ceiling,
        category_limit: amount(category_limit),
        deducted: Decimal::ZERO,
        remunerated: Decimal::ZERO,
        category_used: Decimal::ZERO,
        approved: [Decimal::ZERO; 2],
        relative: false,
    })
}

fn deductible_of(
    rows: &Rows<'_>,
    cover: &Cover<'_>,
    care: Care,
) -> Result<Option<(Decimal, Decimal)>, Halt> {
    let p = cover.product;
    let (scopes, column): ([Option<Number>; 3], Column) = match care {
        Care::General => ([p.ded_treatment, p.ded_insuree, p.ded_policy], |row| {
            row.ded_g
        }),
        Care::Hospital => (
            [p.ded_ip_treatment, p.ded_ip_insuree, p.ded_ip_policy],
            |row| row.ded_ip,
        ),
        Care::Other => (
            [p.ded_op_treatment, p.ded_op_insuree, p.ded_op_policy],
            |row| row.ded_op,
        ),
    };
    scoped(rows, cover, scopes, column)
}

/// Of treatment, person and policy the first with an amount, and what earlier claims used of it.
fn scoped(
    rows: &Rows<'_>,
    cover: &Cover<'_>,
    [treatment, insuree, policy]: [Option<Number>; 3],
    column: Column,
) -> Result<Option<(Decimal, Decimal)>, Halt> {
    if let Some(amount) = amount(treatment) {
        return Ok(Some((amount, Decimal::ZERO)));
    }
    if let Some(amount) = amount(insuree) {
        return Ok(Some((amount, used(rows, cover, column, true)?)));
    }
    match amount(policy) {
        Some(amount) => Ok(Some((amount, used(rows, cover, column, false)?))),
        None => Ok(None),
    }
}

/// What other claims used of the policy.
fn used(rows: &Rows<'_>, cover: &Cover<'_>, column: Column, own: bool) -> Result<Decimal, Halt> {
    let mut sum = Decimal::ZERO;
    for row in &rows.history.dedrems {
        let counts = row.policy == cover.policy.reference
            && row.claim != rows.claim.code
            && (rows.has(Switch::ArchivedDedrems) || row.validity_to.is_none())
            && (!own || row.insuree == rows.claim.insuree);
        if !counts {
            continue;
        }
        match column(row) {
            Some(Number(value)) => sum = sum.checked_add(value).ok_or(Halt::TooLarge)?,
            None if rows.has(Switch::NullDedrem) => return Err(Halt::Crash(Crash::TypeError)),
            None => {}
        }
    }
    Ok(sum)
}

fn ceiling_of(
    rows: &Rows<'_>,
    cover: &Cover<'_>,
    care: Care,
) -> Result<Option<(Decimal, Decimal)>, Halt> {
    let p = cover.product;
    let (scopes, column): ([Option<Number>; 3], Column) = match care {
        Care::General => ([p.max_treatment, p.max_insuree, p.max_policy], |row| {
            row.rem_g
        }),
        Care::Hospital => (
            [p.max_ip_treatment, p.max_ip_insuree, p.max_ip_policy],
            |row| row.rem_ip,
        ),
        Care::Other => (
            [p.max_op_treatment, p.max_op_insuree, p.max_op_policy],
            |row| row.rem_op,
        ),
    };
    let Some((base, before)) = scoped(rows, cover, scopes, column)? else {
        return Ok(None);
    };
    let [treatment, insuree, policy] = scopes.map(amount);
    let narrower = treatment.or(insuree).is_some();
    match policy {
        Some(policy) if !narrower || rows.has(Switch::PolicyCeilingScope) => {
            Ok(Some((of_family(rows, cover, care, base, policy)?, before)))
        }
        _ => Ok(Some((base, before))),
    }
}

/// The policy's ceiling, with what members above the threshold add.
fn of_family(
    rows: &Rows<'_>,
    cover: &Cover<'_>,
    care: Care,
    base: Decimal,
    policy: Decimal,
) -> Result<Decimal, Halt> {
    let product = cover.product;
    let (extra, maximum) = extras(product, care);
    let by_row = rows.has(Switch::PolicyMembers);
    let members = if by_row {
        // The number of policies with this id.
        i64::from(cover.policy.validity_to.is_none())
    } else {
        i64::try_from(rows.members(cover.policy)).unwrap_or(i64::MAX)
    };
    let threshold = match product.threshold {
        None if care != Care::Other && rows.has(Switch::ThresholdNull) => {
            return Err(Halt::Crash(Crash::TypeError));
        }
        threshold => threshold.unwrap_or(0),
    };
    let more = members.saturating_sub(threshold);
    // In out-patient care a threshold of 0 is no threshold.
    let never = by_row && care == Care::Other && threshold == 0;
    if more <= 0 || never {
        return Ok(policy);
    }
    let grown = match extra {
        Some(extra) => {
            let added = extra
                .checked_mul(Decimal::from(more))
                .ok_or(Halt::TooLarge)?;
            policy.checked_add(added).ok_or(Halt::TooLarge)?
        }
        None if by_row => base,
        None => return Ok(policy),
    };
    Ok(maximum.map_or(grown, |maximum| grown.min(maximum)))
}

/// What each further member adds, and the most that comes of it.
fn extras(product: &ProductRow, care: Care) -> (Option<Decimal>, Option<Decimal>) {
    let (extra, maximum) = match care {
        Care::General => (product.max_policy_extra_member, product.max_ceiling_policy),
        Care::Hospital => (
            product.max_policy_extra_member_ip,
            product.max_ceiling_policy_ip,
        ),
        Care::Other => (
            product.max_policy_extra_member_op,
            product.max_ceiling_policy_op,
        ),
    };
    (amount(extra), amount(maximum))
}

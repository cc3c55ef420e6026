//! What earlier claims left of deductibles, ceilings and category limits (SEMANTICS 6).

use super::coverage::window;
use super::prepared::{ByCare, PreparedEntry, member_age, person_fits};
use super::{Context, Trace};
use crate::claim::Membership;
use crate::compile::{CompiledLimit, CompiledLimits, CompiledProduct, ProductId, Span};
use crate::decision::{Fact, PolicyIndex};
use crate::money::Money;
use crate::scheme::{CounterWindow, FacilityLevel, Scope, ServiceCategory};

/// A limit and what is left of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Room {
    pub(crate) limit: Money,
    pub(crate) left: Money,
}

impl Room {
    fn after(limit: Money, used: i128) -> Self {
        let left = (i128::from(limit.minor()) - used).clamp(0, i128::from(limit.minor().max(0)));
        Self {
            limit,
            left: Money::from_minor(i64::try_from(left).unwrap_or(i64::MAX)),
        }
    }
}

/// Is the visit a hospital visit for the product?
pub(super) fn hospital_visit(cx: &Context<'_>, product: &CompiledProduct) -> bool {
    if product.by_level {
        let facility = cx.facility;
        facility.is_some_and(|facility| facility.level == FacilityLevel::Hospital)
    } else {
        cx.claim.stay
    }
}

/// The limit that applies to the visit and what is left of it; `None` if there is none.
pub(super) fn room<T: Trace>(
    cx: &Context<'_>,
    policy: PolicyIndex,
    product: ProductId,
    limits: &CompiledLimits,
    hospital: bool,
    consumed: impl Fn(&PreparedEntry) -> ByCare,
    trace: &mut T,
) -> Option<Room> {
    let care = match (&limits.general, hospital) {
        (Some(_), _) => Care::General,
        (None, true) => Care::Inpatient,
        (None, false) => Care::Outpatient,
    };
    room_for(cx, policy, product, limits, care, consumed, trace)
}

/// A limit on one kind of care and what is left of it; `None` if there is none.
pub(super) fn room_for<T: Trace>(
    cx: &Context<'_>,
    policy: PolicyIndex,
    product: ProductId,
    limits: &CompiledLimits,
    care: Care,
    consumed: impl Fn(&PreparedEntry) -> ByCare,
    trace: &mut T,
) -> Option<Room> {
    let limit = care.limit(limits)?;
    let amount = amount(cx, policy, limit, trace)?;
    let used = match limit.scope {
        Scope::Treatment => 0,
        scope => entries(cx, policy, product, limits.window)
            .filter(|entry| scope == Scope::Policy || entry.own)
            .map(|entry| i128::from(care.of(consumed(entry)).minor()))
            .sum(),
    };
    Some(Room::after(amount, used))
}

/// The limit on amounts of the claim's category, and what is left of it.
pub(super) fn category_room(
    cx: &Context<'_>,
    policy: PolicyIndex,
    id: ProductId,
    product: &CompiledProduct,
    category: ServiceCategory,
) -> Option<Room> {
    let limit = product.category(category);
    let amount = limit.max_amount?;
    let used = limit.amount_window.map_or(0, |window| {
        let position = ServiceCategory::COUNTED.iter().position(|c| *c == category);
        entries(cx, policy, id, window)
            .filter(|entry| entry.own)
            .filter_map(|entry| entry.categories.get(position?))
            .map(|amount| i128::from(amount.minor()))
            .sum()
    });
    Some(Room::after(amount, used))
}

/// Which care a limit is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    /// All care.
    General,
    /// Hospital visits.
    Inpatient,
    /// Other visits.
    Outpatient,
}

impl Care {
    pub(super) const ALL: [Self; 3] = [Self::General, Self::Inpatient, Self::Outpatient];

    #[inline]
    pub(super) fn limit(self, limits: &CompiledLimits) -> Option<&CompiledLimit> {
        match self {
            Self::General => limits.general.as_ref(),
            Self::Inpatient => limits.inpatient.as_ref(),
            Self::Outpatient => limits.outpatient.as_ref(),
        }
    }

    fn of(self, [general, inpatient, outpatient]: ByCare) -> Money {
        match self {
            Self::General => general,
            Self::Inpatient => inpatient,
            Self::Outpatient => outpatient,
        }
    }
}

/// Ledger entries that count. The policy's period means entries of the policy itself; any other
/// window reaches over all policies of the same product. An entry without a date counts.
fn entries<'a>(
    cx: &Context<'a>,
    policy: PolicyIndex,
    product: ProductId,
    counter: CounterWindow,
) -> impl Iterator<Item = &'a PreparedEntry> {
    let span = window(cx, counter, Span::default());
    cx.claim.ledger.iter().filter(move |entry| {
        let same_policy = entry.policy == Some(policy.0);
        match counter {
            CounterWindow::PolicyPeriod => same_policy,
            _ => {
                (same_policy || entry.product == Some(product))
                    && entry.date.is_none_or(|date| span.contains(date))
            }
        }
    })
}

/// The amount of a limit for this family and patient; `None` if unlimited.
fn amount<T: Trace>(
    cx: &Context<'_>,
    policy: PolicyIndex,
    limit: &CompiledLimit,
    trace: &mut T,
) -> Option<Money> {
    let base = limit.amount?;
    let mut amount = base;
    if let Some(extra) = &limit.extra {
        let members = members(cx, policy);
        if let Some(more) = members.checked_sub(extra.above).filter(|more| *more > 0) {
            let added = i128::from(extra.amount.minor()) * i128::from(more);
            amount = add(base, added);
            amount = extra.maximum.map_or(amount, |maximum| amount.min(maximum));
        }
        let (above, extra) = (extra.above, extra.amount);
        trace.policy(policy, || Fact::ExtraMembers {
            members,
            above,
            base,
            extra,
            amount,
        });
    }
    for supplement in &limit.supplements {
        let fitting = match limit.scope {
            Scope::Policy => distinct_members(cx, policy)
                .filter(|member| {
                    let age = member_age(cx.rules, member.birth_date, cx.target);
                    person_fits(&supplement.patient, member.sex, age, &member.attributes)
                })
                .count(),
            Scope::Insuree | Scope::Treatment => usize::from(person_fits(
                &supplement.patient,
                cx.claim.sex,
                cx.claim.age,
                &cx.request.patient.attributes,
            )),
        };
        let members = u32::try_from(fitting).unwrap_or(u32::MAX);
        if members > 0 {
            amount = add(
                amount,
                i128::from(supplement.amount.minor()) * i128::from(members),
            );
            trace.policy(policy, || Fact::Supplemented {
                supplement: supplement.code,
                members,
                amount,
            });
        }
    }
    Some(amount)
}

fn add(amount: Money, more: i128) -> Money {
    let sum = i128::from(amount.minor()) + more;
    Money::from_minor(i64::try_from(sum).unwrap_or(i64::MAX))
}

/// Number of members at the visit: as stated, else the distinct persons in force.
fn members(cx: &Context<'_>, policy: PolicyIndex) -> u32 {
    let stated = cx
        .request
        .coverage
        .get(usize::from(policy.0))
        .and_then(|p| p.members);
    stated
        .unwrap_or_else(|| u32::try_from(distinct_members(cx, policy).count()).unwrap_or(u32::MAX))
}

/// The memberships in force at the visit, one a person.
fn distinct_members<'a>(
    cx: &Context<'a>,
    policy: PolicyIndex,
) -> impl Iterator<Item = &'a Membership> {
    let all = cx
        .request
        .coverage
        .get(usize::from(policy.0))
        .map_or(&[][..], |p| &p.memberships);
    let in_force = move |m: &Membership| {
        m.effective.is_some_and(|d| d <= cx.target) && m.expiry.is_some_and(|d| cx.target <= d)
    };
    all.iter()
        .enumerate()
        .filter_map(move |(position, member)| {
            let seen = all
                .iter()
                .take(position)
                .any(|other| other.person == member.person && in_force(other));
            (in_force(member) && !seen).then_some(member)
        })
}

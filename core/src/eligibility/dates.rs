//! The first day on which something would be covered.
//!
//! Cover changes for the better only on days that can be listed: a policy, membership, row, price
//! or register entry begins or ends, a waiting period is over, a counter's window leaves a claim
//! behind, a person passes an age. Nothing is covered after the last policy ends. So the search
//! tries those days only, each by adjudicating the visit as if it ended then; a test compares it
//! with trying every day.

use super::visit::{Element, Found, Visit};
use crate::calendar::Day;
use crate::claim::{Membership, Policy, PolicyStatus};
use crate::compile::{CompiledProduct, Span};
use crate::error::Error;
use crate::scheme::{AgeRange, CounterWindow};

/// For each element, the first day from the visit's on that it would be covered.
pub(super) fn earliest(
    visit: &mut Visit,
    elements: &[Element],
    asked: &[Found],
) -> Result<Vec<Option<Day>>, Error> {
    let (from, target, length) = (
        visit.request.claim.date_from,
        visit.target(),
        visit.length(),
    );
    let mut found: Vec<Option<Day>> = asked
        .iter()
        .map(|asked| from.filter(|_| asked.covered))
        .collect();
    let last = last_day(visit);
    if asked.iter().all(|asked| asked.covered) || last <= target {
        return Ok(found);
    }
    let days = Days::of(visit, target, last);
    let mut tries: Vec<(Day, usize)> = Vec::new();
    for (position, (element, asked)) in elements.iter().zip(asked).enumerate() {
        if !asked.covered {
            let own = days.element(visit, element);
            tries.extend(own.into_iter().map(|day| (day, position)));
        }
    }
    tries.sort_unstable();
    tries.dedup();
    let mut at = target;
    for (day, position) in tries {
        let (Some(element), Some(answer)) = (elements.get(position), found.get_mut(position))
        else {
            continue;
        };
        if answer.is_some() {
            continue;
        }
        if day != at {
            visit.move_to(day);
            at = day;
        }
        if visit.found(element)?.covered {
            *answer = Some(day.add_days(length.saturating_neg()));
        }
    }
    visit.move_to(target);
    Ok(found)
}

/// The last day on which any policy covers the person.
fn last_day(visit: &Visit) -> Day {
    let counts =
        |policy: &&Policy| matches!(policy.status, PolicyStatus::Active | PolicyStatus::Expired);
    let ends = visit
        .request
        .coverage
        .iter()
        .filter(counts)
        .flat_map(|policy| {
            let own = memberships(visit, policy).filter_map(|membership| membership.expiry);
            own.filter_map(|end| Some(end.min(policy.expiry?)))
        });
    ends.max().unwrap_or(Day::MIN)
}

fn memberships<'a>(visit: &'a Visit, policy: &'a Policy) -> impl Iterator<Item = &'a Membership> {
    let patient = &visit.request.patient.id;
    policy
        .memberships
        .iter()
        .filter(move |membership| membership.person == *patient)
}

fn product<'a>(visit: &'a Visit, policy: &Policy) -> Option<&'a CompiledProduct> {
    let compiled = visit.compiled();
    compiled.product(*compiled.product_ids.get(&policy.product)?)
}

/// Days after the visit on which something can begin to be covered.
struct Days {
    after: Day,
    last: Day,
    /// Those that matter for every element.
    common: Vec<Day>,
}

impl Days {
    fn of(visit: &Visit, after: Day, last: Day) -> Self {
        let mut days = Self {
            after,
            last,
            common: Vec::new(),
        };
        let mut all = Vec::new();
        let compiled = visit.compiled();
        for policy in &visit.request.coverage {
            all.extend(policy.effective);
            for membership in memberships(visit, policy) {
                all.extend(membership.effective);
                all.extend(membership.expiry.map(|end| end.add_days(1)));
            }
            let Some(product) = product(visit, policy) else {
                continue;
            };
            span(product.valid, &mut all);
            ages(visit, product.age_limits, &mut all);
            for limit in &product.categories {
                if limit.max_claims.is_some() {
                    let past = visit.request.history.claims.iter();
                    rolling(limit.claims_window, past.map(|past| past.date), &mut all);
                }
            }
        }
        for condition in &compiled.conditions {
            all.extend(
                condition
                    .visit
                    .iter()
                    .flat_map(|s| [s.from, s.to.add_days(1)]),
            );
            if let Some(patient) = &condition.patient {
                ages(visit, patient.age, &mut all);
            }
        }
        let majority = u8::try_from(compiled.age_of_majority).ok();
        let adults = AgeRange {
            min: majority,
            max: None,
        };
        ages(visit, adults, &mut all);
        days.years(visit, &mut all);
        days.keep(&mut all);
        days.common = all;
        days
    }

    /// First days of calendar and fiscal years.
    fn years(&self, visit: &Visit, all: &mut Vec<Day>) {
        let compiled = visit.compiled();
        let (calendar, start) = (compiled.calendar, compiled.fiscal_year);
        let bounds: [&dyn Fn(Day) -> (Day, Day); 2] = [&|day| calendar.year_bounds(day), &|day| {
            calendar.fiscal_year_bounds(day, start)
        }];
        for bounds in bounds {
            let mut day = self.after;
            loop {
                let next = bounds(day).1.add_days(1);
                if next <= day || next > self.last {
                    break;
                }
                all.push(next);
                day = next;
            }
        }
    }

    /// The days that matter for an element.
    fn element(&self, visit: &Visit, element: &Element) -> Vec<Day> {
        let Some(id) = element.id else {
            return Vec::new();
        };
        let mut all = Vec::new();
        let compiled = visit.compiled();
        let past = || {
            let all = visit.request.history.provisions.iter();
            let same = all.filter(|past| past.kind == element.kind && past.code == element.code);
            same.map(|past| past.date)
        };
        for version in compiled.register.of(id) {
            span(version.valid, &mut all);
            if version.frequency_days > 0 {
                all.extend(past().map(|date| later(date, version.frequency_days)));
            }
        }
        let facility = compiled.facility_ids.get(&visit.request.claim.facility);
        let lists = facility
            .and_then(|id| compiled.facilities.get(id.index()))
            .and_then(|facility| facility.price_lists.as_ref());
        let lists = lists.into_iter().flatten();
        for list in lists.filter_map(|list| compiled.price_lists.get(*list as usize)) {
            list.of(id).iter().for_each(|row| span(row.valid, &mut all));
        }
        for policy in &visit.request.coverage {
            let Some(product) = product(visit, policy) else {
                continue;
            };
            let rows = product.rows.of(id).iter();
            for row in rows.filter_map(|row| product.benefits.get(*row as usize)) {
                span(row.valid, &mut all);
                for joined in memberships(visit, policy).filter_map(|own| own.effective) {
                    let months = row.waiting_months.iter();
                    all.extend(months.map(|m| compiled.calendar.add_months(joined, i32::from(*m))));
                }
                rolling(row.quantity_window, past(), &mut all);
            }
        }
        self.keep(&mut all);
        all.extend(&self.common);
        all
    }

    /// Those after the visit and before the policies end, once each.
    fn keep(&self, all: &mut Vec<Day>) {
        all.retain(|day| self.after < *day && *day <= self.last);
        all.sort_unstable();
        all.dedup();
    }
}

/// The days on which a validity begins and is over.
fn span(span: Span, all: &mut Vec<Day>) {
    all.extend([span.from, span.to.add_days(1)]);
}

/// The days on which the patient enters or leaves a range of ages. Who is born on the last day of
/// a long month completes a year on that month's last day or on the day after, so both are tried;
/// where ages are differences of years, they change when years begin.
fn ages(visit: &Visit, range: AgeRange, all: &mut Vec<Day>) {
    let Some(birth) = visit.request.patient.birth_date else {
        return;
    };
    let over = range.max.map(|max| i32::from(max) + 1);
    for years in range.min.map(i32::from).into_iter().chain(over) {
        let day = visit.compiled().calendar.add_years(birth, years);
        all.extend([day, day.add_days(1)]);
    }
}

/// The days on which a window of days leaves what happened before behind.
fn rolling(window: CounterWindow, past: impl Iterator<Item = Day>, all: &mut Vec<Day>) {
    if let CounterWindow::RollingDays(days) = window {
        all.extend(past.map(|date| later(date, days)));
    }
}

fn later(day: Day, days: u32) -> Day {
    day.add_days(i32::try_from(days).unwrap_or(i32::MAX))
}

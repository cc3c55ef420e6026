//! Looking things up in the rows of a snapshot.

use rust_decimal::Decimal;

use super::switches::{Switch, Switches};
use crate::calendar::{Calendar, Day};
use crate::code::Code;
use crate::compat::rows::{
    BenefitRow, ClaimRow, Config, FacilityRow, FamilyRow, HistoryRows, InsureeRow, ItemRow,
    LineRow, MembershipRow, PackageRow, PolicyRow, PriceListRow, PriceRow, ProductRow, ServiceRow,
};
use crate::compat::snapshot::Input;
use crate::compat::value::{Moment, Number};

/// Age of majority where the installation states none.
pub(super) const MAJORITY: u8 = 18;
/// The last second of a day.
const LAST_SECOND: u32 = 24 * 60 * 60 - 1;

/// One claim and its rows, and which engine looks at them.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) input: &'a Input,
    pub(super) config: &'a Config,
    pub(super) claim: &'a ClaimRow,
    pub(super) history: &'a HistoryRows,
    pub(super) on: Switches,
    /// Last day of care.
    pub(super) target: Day,
    pub(super) stay: bool,
    /// Completed years at the visit, if known.
    pub(super) age: Option<i32>,
    pub(super) adult: bool,
    pub(super) family: Option<(usize, &'a FamilyRow, &'a InsureeRow)>,
    pub(super) facility: Option<&'a FacilityRow>,
}

/// An item or service of the register.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) category: Option<&'a str>,
    pub(super) care_type: Option<&'a str>,
    pub(super) frequency: i64,
    pub(super) patients: i64,
    pub(super) price: Decimal,
    pub(super) package: Option<&'a str>,
    pub(super) parts: [&'a [PackageRow]; 2],
    pub(super) from: Option<Moment>,
    pub(super) to: Option<Moment>,
}

/// A policy that covers the visit, by one membership row.
#[derive(Clone, Copy)]
pub(super) struct Cover<'a> {
    /// Position of the policy in the snapshot.
    pub(super) position: usize,
    pub(super) policy: &'a PolicyRow,
    pub(super) product: &'a ProductRow,
    /// From when to when it covers the person.
    pub(super) from: Day,
    pub(super) to: Day,
}

impl Cover<'_> {
    /// Two membership rows of one policy are the same policy.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.position == other.position
    }
}

pub(super) fn amount(number: Option<Number>) -> Option<Decimal> {
    number
        .map(|number| number.0)
        .filter(|number| !number.is_zero())
}

fn day(moment: Option<Moment>) -> Option<Day> {
    moment.map(|moment| moment.day)
}

/// Valid at a day by dates: a row that ended during a day was valid on the days before.
pub(super) fn valid_by_day(from: Option<Moment>, to: Option<Moment>, at: Day) -> bool {
    from.is_none_or(|from| from.day <= at) && to.is_none_or(|to| at < to.day)
}

/// Valid in the last second of a day, as openIMIS asks its tables.
pub(super) fn valid_by_second(from: Option<Moment>, to: Option<Moment>, at: Day) -> bool {
    let end = Moment {
        day: at,
        seconds: LAST_SECOND,
    };
    from.is_none_or(|from| from <= end) && to.is_none_or(|to| to >= end)
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        input: &'a Input,
        config: &'a Config,
        claim: &'a ClaimRow,
        history: &'a HistoryRows,
        on: Switches,
    ) -> Self {
        let target = day(claim.date_to)
            .or(day(claim.date_from))
            .unwrap_or(Day::MIN);
        let family = family_of(input, &claim.insuree);
        let majority = i32::from(config.age_of_majority.unwrap_or(MAJORITY));
        let birth = family.and_then(|(.., person)| day(person.dob));
        let age = birth.map(|birth| Calendar::default().completed_years(birth, target));
        let own = claim.health_facility.as_ref();
        let facility = std::iter::once(&input.health_facility)
            .chain(&input.other_health_facilities)
            .find(|row| own.is_none_or(|code| *code == row.code));
        Self {
            input,
            config,
            claim,
            history,
            on,
            target,
            stay: claim
                .date_from
                .zip(claim.date_to)
                .is_some_and(|(a, b)| a.day != b.day),
            age,
            // A person without birth date is no adult to openIMIS.
            adult: age.map_or(!on.has(Switch::GenderOther), |age| age >= majority),
            family,
            facility,
        }
    }

    pub(super) fn has(&self, switch: Switch) -> bool {
        self.on.has(switch)
    }

    pub(super) fn person(&self) -> Option<&'a InsureeRow> {
        self.family.map(|(.., person)| person)
    }

    /// The policies that cover the visit, in order.
    pub(super) fn covering(&self) -> Vec<Cover<'a>> {
        let (target, twice) = (self.target, self.has(Switch::InsureePolicyTwice));
        let family = self.family.map(|(position, ..)| position);
        let mut found: Vec<Cover<'a>> = Vec::new();
        for (position, policy) in self.input.policies.iter().enumerate() {
            let (Some(product), Some((from, to))) = (
                self.product(&policy.product),
                period(policy.effective_date, policy.expiry_date, target),
            ) else {
                continue;
            };
            let counts = matches!(policy.status, Some(2 | 8))
                && (twice || family == Some(policy.family))
                && self.current(policy.validity_from, policy.validity_to);
            if !counts {
                continue;
            }
            let own = policy.insuree_policies.iter().filter(|row| {
                row.insuree == self.claim.insuree
                    && self.current(row.validity_from, row.validity_to)
            });
            let own = own.filter_map(|row| period(row.effective_date, row.expiry_date, target));
            let ignored = self.has(Switch::WaitingIgnoresPerson);
            let covers = own.map(|joined| {
                let (from, to) = if ignored { (from, to) } else { joined };
                Cover {
                    position,
                    policy,
                    product,
                    from,
                    to,
                }
            });
            found.extend(covers.take(if twice { usize::MAX } else { 1 }));
        }
        found
    }

    /// Does a policy or membership row count at the visit?
    fn current(&self, from: Option<Moment>, to: Option<Moment>) -> bool {
        let written = !self.has(Switch::PolicyRowLater) || valid_by_second(from, None, self.target);
        let open = if self.has(Switch::ClosedLaterCovers) {
            valid_by_second(None, to, self.target)
        } else {
            to.is_none()
        };
        written && open
    }

    pub(super) fn product(&self, code: &Code) -> Option<&'a ProductRow> {
        product(self.input, code)
    }

    /// The register's row for a line: the one valid at the visit that began last, else the first.
    pub(super) fn element(&self, line: &LineRow) -> Option<Element<'a>> {
        let input = self.input;
        match (&line.item, &line.service) {
            (Some(code), _) => {
                let own = input.medical_items.iter().filter(|row| row.code == *code);
                self.valid_element(own.map(of_item))
            }
            (None, Some(code)) => {
                let own = input
                    .medical_services
                    .iter()
                    .filter(|row| row.code == *code);
                self.valid_element(own.map(of_service))
            }
            (None, None) => None,
        }
    }

    fn valid_element(
        &self,
        rows: impl Iterator<Item = Element<'a>> + Clone,
    ) -> Option<Element<'a>> {
        let valid = |row: &Element<'a>| valid_by_day(row.from, row.to, self.target);
        latest(rows.clone().filter(valid), |row| row.from).or_else(|| rows.clone().next())
    }

    fn price_list(&self, line: &LineRow) -> Option<&'a PriceListRow> {
        if line.item.is_some() {
            self.input.items_pricelist.as_ref()
        } else {
            self.input.services_pricelist.as_ref()
        }
    }

    fn price_rows<'l>(
        &self,
        line: &'l LineRow,
    ) -> impl Iterator<Item = &'a PriceRow> + use<'a, 'l> {
        let rows = self
            .price_list(line)
            .into_iter()
            .flat_map(|list| &list.details);
        rows.filter(|row| row.item == line.item && row.service == line.service)
    }

    /// The price-list row that lists a line at the visit.
    pub(super) fn listed(&self, line: &LineRow) -> Option<&'a PriceRow> {
        let list = self.price_list(line)?;
        if self.has(Switch::PriceListClosed) {
            let mut rows = self.price_rows(line);
            return rows
                .find(|row| valid_by_second(row.validity_from, row.validity_to, self.target))
                .filter(|_| list.validity_to.is_none());
        }
        if !valid_by_day(list.validity_from, list.validity_to, self.target) {
            return None;
        }
        let valid = self
            .price_rows(line)
            .filter(|row| valid_by_day(row.validity_from, row.validity_to, self.target));
        latest(valid, |row| row.validity_from)
    }

    /// The price-list row that openIMIS prices a line by: a closed one that covers the first second
    /// of the day, else an open one.
    pub(super) fn priced_by(&self, line: &LineRow) -> Option<&'a PriceRow> {
        let midnight = Moment {
            day: self.target,
            seconds: 0,
        };
        let began = |row: &&PriceRow| row.validity_from.is_none_or(|from| from <= midnight);
        let closed = self
            .price_rows(line)
            .find(|row| began(row) && row.validity_to.is_some_and(|to| to >= midnight));
        closed.or_else(|| {
            self.price_rows(line)
                .find(|row| began(row) && row.validity_to.is_none())
        })
    }

    /// Type and value of the limitation of a row for this visit.
    pub(super) fn limitation(&self, row: &'a BenefitRow) -> (Option<&'a str>, Option<Decimal>) {
        let (kind, adult, child) = match self.claim.visit_type.as_deref() {
            Some("E") => (&row.limitation_type_e, row.limit_adult_e, row.limit_child_e),
            Some("R") => (&row.limitation_type_r, row.limit_adult_r, row.limit_child_r),
            _ => (&row.limitation_type, row.limit_adult, row.limit_child),
        };
        let value = if self.adult { adult } else { child };
        let kind = kind.as_deref().filter(|kind| matches!(*kind, "C" | "F"));
        (kind, value.map(|value| value.0))
    }

    /// Days and quantities of a line's element in earlier claims of the person that count.
    pub(super) fn provisions(&self, line: &LineRow) -> Vec<(Day, Decimal)> {
        let past = self.history.claims.iter().filter(|past| {
            past.insuree == self.claim.insuree
                && past.validity_to.is_none()
                && past.status > 2
                && past.reference != self.claim.code
        });
        past.flat_map(|past| {
            let date = day(past.date_to).or(day(past.date_from));
            let lines = past.items.iter().chain(&past.services);
            lines
                .filter(|row| {
                    row.item == line.item
                        && row.service == line.service
                        && row.status != Some(2)
                        && row.rejection_reason.unwrap_or(0) == 0
                        && row.validity_to.is_none()
                })
                .filter_map(move |row| {
                    let quantity = row.qty_approved.or(row.qty_provided);
                    Some((date?, quantity.map_or(Decimal::ZERO, |quantity| quantity.0)))
                })
        })
        .collect()
    }

    /// Memberships of a policy in force at the visit, distinct persons.
    pub(super) fn members(&self, policy: &PolicyRow) -> usize {
        let in_force = |row: &&MembershipRow| {
            row.validity_to.is_none()
                && period(row.effective_date, row.expiry_date, self.target).is_some()
        };
        let persons = policy
            .insuree_policies
            .iter()
            .filter(in_force)
            .map(|row| &row.insuree);
        persons.collect::<std::collections::BTreeSet<_>>().len()
    }
}

/// Of several rows of a product the one that is not closed, else the last.
pub(super) fn product<'a>(input: &'a Input, code: &Code) -> Option<&'a ProductRow> {
    let own = input.products.iter().filter(|row| row.code == *code);
    own.enumerate()
        .max_by_key(|(at, row)| (row.validity_to.is_none(), *at))
        .map(|(_, row)| row)
}

fn of_item(row: &ItemRow) -> Element<'_> {
    Element {
        category: None,
        care_type: row.care_type.as_deref(),
        frequency: row.frequency.unwrap_or(0),
        patients: row.patient_category.unwrap_or(0),
        price: row.price.map_or(Decimal::ZERO, |price| price.0),
        package: None,
        parts: [&[], &[]],
        from: row.validity_from,
        to: row.validity_to,
    }
}

fn of_service(row: &ServiceRow) -> Element<'_> {
    Element {
        category: row.category.as_deref().filter(|text| !text.is_empty()),
        care_type: row.care_type.as_deref(),
        frequency: row.frequency.unwrap_or(0),
        patients: row.patient_category.unwrap_or(0),
        price: row.price.map_or(Decimal::ZERO, |price| price.0),
        package: row.packagetype.as_deref(),
        parts: [&row.service_items, &row.service_services],
        from: row.validity_from,
        to: row.validity_to,
    }
}

/// The days from `from` to `to`, if the visit is one of them.
pub(super) fn period(from: Option<Moment>, to: Option<Moment>, target: Day) -> Option<(Day, Day)> {
    let (from, to) = (from?.day, to?.day);
    (from <= target && target <= to).then_some((from, to))
}

/// The row that began last; of those that began together, the first.
fn latest<T>(rows: impl Iterator<Item = T>, from: impl Fn(&T) -> Option<Moment>) -> Option<T> {
    rows.reduce(|best, row| if from(&row) > from(&best) { row } else { best })
}

/// The family that the person belongs to, with its position.
pub(super) fn family_of<'a>(
    input: &'a Input,
    insuree: &Code,
) -> Option<(usize, &'a FamilyRow, &'a InsureeRow)> {
    std::iter::once(&input.family)
        .chain(&input.other_families)
        .enumerate()
        .find_map(|(position, family)| {
            let mut own = family
                .members
                .iter()
                .filter(|member| member.chf_id == *insuree);
            let current = own.clone().find(|member| member.validity_to.is_none());
            Some((position, family, current.or_else(|| own.next())?))
        })
}

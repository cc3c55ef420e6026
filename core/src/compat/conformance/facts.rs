//! What the rows of a claim say, read apart from the engine, for telling which deviations can
//! apply.

use super::super::columns::LineColumns;
use super::super::rows::{
    BenefitRow, ClaimRow, Config, FacilityRow, HistoryRows, InsureeRow, LineRow, PolicyRow,
    ProductRow,
};
use super::super::snapshot::Input;
use super::super::value::{Moment, Number};
use super::deviation::Deviation;
use super::money::Switches;
use crate::calendar::{Calendar, Day};
use crate::code::Code;

/// One claim and its rows.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) input: &'a Input,
    pub(super) config: &'a Config,
    pub(super) claim: &'a ClaimRow,
    /// What happened before this claim.
    pub(super) history: &'a HistoryRows,
    pub(super) target: Day,
    pub(super) stay: bool,
    pub(super) adult: bool,
}

/// When a register or price-list row is valid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) from: Option<Moment>,
    pub(super) to: Option<Moment>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(
        input: &'a Input,
        config: &'a Config,
        claim: &'a ClaimRow,
        history: &'a HistoryRows,
    ) -> Self {
        let day = |moment: Option<Moment>| moment.map(|moment| moment.day);
        let (from, to) = (day(claim.date_from), day(claim.date_to));
        let mut facts = Self {
            input,
            config,
            claim,
            history,
            target: to.or(from).unwrap_or(Day::MIN),
            stay: to.is_some() && to != from,
            adult: true,
        };
        let majority = i32::from(config.age_of_majority.unwrap_or(18));
        let birth = facts.person().and_then(|person| day(person.dob));
        let age = birth.map(|birth| Calendar::default().completed_years(birth, facts.target));
        facts.adult = age.is_none_or(|age| age >= majority);
        facts
    }

    pub(super) fn person(&self) -> Option<&'a InsureeRow> {
        let families = std::iter::once(&self.input.family).chain(&self.input.other_families);
        let mut members = families.flat_map(|family| &family.members);
        members.find(|member| member.chf_id == self.claim.insuree)
    }

    pub(super) fn facility_level(&self) -> Option<&'a str> {
        let mut all =
            std::iter::once(&self.input.health_facility).chain(&self.input.other_health_facilities);
        let own = self.claim.health_facility.as_ref();
        let row: &FacilityRow = all.find(|row| own.is_none_or(|code| *code == row.code))?;
        row.level.as_deref()
    }

    pub(super) fn policy(&self, reference: &Code) -> Option<&'a PolicyRow> {
        self.input
            .policies
            .iter()
            .find(|row| row.reference == *reference)
    }

    pub(super) fn product(&self, code: &Code) -> Option<&'a ProductRow> {
        self.input
            .products
            .iter()
            .rev()
            .find(|row| row.code == *code)
    }

    /// Policies of the person that are in force by their dates and status, once for each
    /// membership that was open on the day.
    pub(super) fn covering(&self) -> Vec<&'a PolicyRow> {
        let target = self.target;
        let in_force = |from: Option<Moment>, to: Option<Moment>| {
            from.is_some_and(|from| from.day <= target) && to.is_some_and(|to| target <= to.day)
        };
        let insuree = &self.claim.insuree;
        let policies = self.input.policies.iter().filter(|row| {
            row.validity_to.is_none()
                && matches!(row.status, Some(2 | 8))
                && in_force(row.effective_date, row.expiry_date)
        });
        policies
            .flat_map(|row| {
                let own = row.insuree_policies.iter().filter(|member| {
                    member.insuree == *insuree
                        && member.validity_to.is_none_or(|closed| closed.day > target)
                        && in_force(member.effective_date, member.expiry_date)
                });
                own.map(move |_| row)
            })
            .collect()
    }

    /// The rows of covering products that are for an element, current or not.
    pub(super) fn benefit_rows(&self, line: &LineRow) -> Vec<(&'a PolicyRow, &'a BenefitRow)> {
        let policies = self.covering();
        let products = policies
            .into_iter()
            .filter_map(|policy| Some((policy, self.product(&policy.product)?)));
        products
            .flat_map(|(policy, product)| {
                let rows = product.items.iter().chain(&product.services);
                rows.filter(|row| row.item == line.item && row.service == line.service)
                    .map(move |row| (policy, row))
            })
            .collect()
    }

    /// Type and value of the limitation of a row for this visit.
    pub(super) fn limitation(&self, row: &'a BenefitRow) -> (Option<&'a str>, Option<Number>) {
        let (kind, adult, child) = match self.claim.visit_type.as_deref() {
            Some("E") => (&row.limitation_type_e, row.limit_adult_e, row.limit_child_e),
            Some("R") => (&row.limitation_type_r, row.limit_adult_r, row.limit_child_r),
            _ => (&row.limitation_type, row.limit_adult, row.limit_child),
        };
        (kind.as_deref(), if self.adult { adult } else { child })
    }

    /// The row that pays a line: of the product's rows for it, one with the line's limitation.
    pub(super) fn paying_row(&self, line: &LineColumns) -> Option<&'a BenefitRow> {
        let product = self.product(line.product.as_ref()?)?;
        let rows = || {
            let all = product.items.iter().chain(&product.services);
            all.filter(|row| row.item == line.item && row.service == line.service)
        };
        let same = |row: &&'a BenefitRow| {
            let (kind, value) = self.limitation(row);
            kind == line.limitation.as_deref() && value == line.limitation_value
        };
        rows()
            .find(same)
            .or_else(|| rows().find(|row| row.validity_to.is_none()))
            .or_else(|| rows().next())
    }

    /// Times of the register's rows for a line.
    pub(super) fn register(&self, line: &LineRow) -> Vec<Times> {
        let times = |from, to| Times { from, to };
        match (&line.item, &line.service) {
            (Some(code), _) => {
                let rows = self
                    .input
                    .medical_items
                    .iter()
                    .filter(|row| row.code == *code);
                rows.map(|row| times(row.validity_from, row.validity_to))
                    .collect()
            }
            (None, Some(code)) => {
                let rows = self
                    .input
                    .medical_services
                    .iter()
                    .filter(|row| row.code == *code);
                rows.map(|row| times(row.validity_from, row.validity_to))
                    .collect()
            }
            (None, None) => Vec::new(),
        }
    }

    /// Times of the price list's rows for a line.
    pub(super) fn price_rows(&self, line: &LineRow) -> Vec<Times> {
        let list = if line.item.is_some() {
            &self.input.items_pricelist
        } else {
            &self.input.services_pricelist
        };
        let rows = list.iter().flat_map(|list| &list.details);
        rows.filter(|row| row.item == line.item && row.service == line.service)
            .map(|row| Times {
                from: row.validity_from,
                to: row.validity_to,
            })
            .collect()
    }

    /// What the claim counts as: computed from its services and stay, or, with the switch, as it
    /// arrived, and only from services of the price list.
    pub(super) fn category(&self, on: &Switches) -> &'a str {
        let theirs = on.contains(&Deviation::GivenCategory);
        if let Some(given) = self.claim.category.as_deref().filter(|_| theirs) {
            return given;
        }
        let valid = |times: &Times| {
            times.from.is_none_or(|from| from.day <= self.target)
                && times.to.is_none_or(|to| self.target < to.day)
        };
        let has = |letter: &str| {
            self.claim.services.iter().any(|line| {
                let mut rows = self.input.medical_services.iter().filter(|row| {
                    Some(&row.code) == line.service.as_ref()
                        && valid(&Times {
                            from: row.validity_from,
                            to: row.validity_to,
                        })
                });
                rows.any(|row| row.category.as_deref() == Some(letter))
                    && (!theirs || !self.price_rows(line).is_empty())
            })
        };
        let first = ["S", "D", "A", "H", "C"].into_iter();
        first
            .map(|letter| (letter, has(letter) || letter == "H" && self.stay))
            .find_map(|(letter, found)| found.then_some(letter))
            .unwrap_or("V")
    }
}

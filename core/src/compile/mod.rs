//! From the scheme document to the rule set: codes become dense ids, defaults are filled in,
//! amounts become integers, rows are sorted by what the line loop asks.

mod ids;
mod rows;

pub use ids::{ElementId, FacilityId, ProductId, Symbol};
pub(crate) use rows::{
    Cell, Compiled, CompiledBenefit, CompiledCover, CompiledFacility, CompiledLimit,
    CompiledLimits, CompiledPackage, CompiledProduct, Condition, ElementVersion, Span, by_group,
};

use rustc_hash::FxHashMap;

use crate::calendar::Day;
use crate::code::Code;
use crate::conventions::Conventions;
use crate::error::Invalid;
use crate::money::{Money, Share, Units};
use crate::number::{Amount, Percent, Quantity};
use crate::scheme::{
    AgeGroup, Benefit, Cap, CategoryLimit, CoverRule, ElementKind, Facility, FacilityTerms,
    HospitalVisit, Limit, Limits, PackageKind, Patients, PriceList, Product, Scheme,
    ServiceCategory, Sex, Validity, VisitType, When,
};

use rows::{CompiledCategory, CompiledExtra, CompiledSupplement, Packed, PriceRow, Table};

/// Compiles a scheme that has been checked: everything that could be wrong was reported before.
pub(crate) fn compile(scheme: &Scheme) -> Result<Compiled, Invalid> {
    Invalid::unless_empty(crate::check::check(scheme).errors)?;
    let mut compiler = Compiler::new(scheme);
    compiler.register();
    let lists = compiler.price_lists();
    let facilities = scheme
        .facilities
        .iter()
        .map(|f| compiler.facility(f, &lists))
        .collect();
    compiler.diagnoses();
    let products = scheme
        .products
        .iter()
        .map(|p| compiler.product(p))
        .collect();
    Ok(compiler.finish(facilities, products))
}

struct Compiler<'s> {
    scheme: &'s Scheme,
    out: Compiled,
    groups: FxHashMap<Code, u32>,
}

impl<'s> Compiler<'s> {
    fn new(scheme: &'s Scheme) -> Self {
        let out = Compiled {
            exponent: scheme.currency.exponent,
            rounding: scheme.currency.rounding,
            calendar: scheme.calendar,
            fiscal_year: scheme.fiscal_year.unwrap_or_default(),
            age_of_majority: i32::from(scheme.age_of_majority),
            conventions: Conventions::of(&scheme.conventions),
            effective: Span::of(scheme.effective),
            ..Compiled::default()
        };
        Self {
            scheme,
            out,
            groups: FxHashMap::default(),
        }
    }

    fn money(&self, amount: Amount) -> Money {
        Money::read(amount, self.out.exponent).unwrap_or_default()
    }

    fn symbol(&mut self, text: &Code) -> Symbol {
        let id = Symbol(ids::dense(self.out.symbols.len()));
        self.out.symbols.push(text.clone());
        id
    }

    fn register(&mut self) {
        let catalogue = &self.scheme.catalogue;
        for service in &catalogue.services {
            self.out.intern(ElementKind::Service, &service.code);
        }
        for item in &catalogue.items {
            self.out.intern(ElementKind::Item, &item.code);
        }
        let mut versions: Vec<(ElementId, ElementVersion)> = Vec::new();
        for service in &catalogue.services {
            let package = service.package.as_ref().map(|package| {
                let components = package
                    .components
                    .iter()
                    .filter_map(|c| {
                        Some((self.out.element(c.kind, &c.code)?, read_units(c.quantity)))
                    })
                    .collect();
                CompiledPackage {
                    kind: package.kind,
                    components,
                }
            });
            let id = self.out.intern(ElementKind::Service, &service.code);
            let mut version = self.version(service.valid, service.price, service.patients.as_ref());
            version.category = service.category;
            version.care_type = service.care_type;
            version.frequency_days = service.frequency_days.unwrap_or(0);
            version.max_quantity = service.max_quantity.map(read_units);
            version.package = package.map(|package| {
                self.out.packages.push(package);
                ids::dense(self.out.packages.len() - 1)
            });
            versions.push((id, version.settled()));
        }
        for item in &catalogue.items {
            let id = self.out.intern(ElementKind::Item, &item.code);
            let mut version = self.version(item.valid, item.price, item.patients.as_ref());
            version.care_type = item.care_type;
            version.frequency_days = item.frequency_days.unwrap_or(0);
            version.max_quantity = item.max_quantity.map(read_units);
            versions.push((id, version.settled()));
        }
        self.out.register = Packed::new(self.out.elements.len(), versions);
    }

    fn version(
        &self,
        valid: Validity,
        price: Amount,
        patients: Option<&Patients>,
    ) -> ElementVersion {
        let sexes = patients.and_then(|p| p.sexes.as_ref());
        let groups = patients.and_then(|p| p.age_groups.as_ref());
        ElementVersion {
            valid: Span::of(valid),
            price: self.money(price),
            male: sexes.is_none_or(|s| s.contains(&Sex::Male)),
            female: sexes.is_none_or(|s| s.contains(&Sex::Female)),
            adult: groups.is_none_or(|g| g.contains(&AgeGroup::Adult)),
            child: groups.is_none_or(|g| g.contains(&AgeGroup::Child)),
            ..ElementVersion::default()
        }
    }

    /// Facilities usually share lists, so each list is packed once.
    fn price_lists(&mut self) -> FxHashMap<Code, u32> {
        let mut lists = FxHashMap::default();
        for list in &self.scheme.price_lists {
            let rows = self.price_rows(list);
            lists.insert(list.code.clone(), ids::dense(self.out.price_lists.len()));
            self.out
                .price_lists
                .push(Packed::new(self.out.elements.len(), rows));
        }
        lists
    }

    fn price_rows(&self, list: &PriceList) -> Vec<(ElementId, PriceRow)> {
        let whole = Span::of(list.valid);
        list.entries
            .iter()
            .filter_map(|entry| {
                let element = self.out.element(entry.kind, &entry.code)?;
                let valid = Span::of(entry.valid).within(whole);
                Some((
                    element,
                    PriceRow {
                        valid,
                        price: entry.price.map(|p| self.money(p)),
                    },
                ))
            })
            .collect()
    }

    fn facility(&mut self, facility: &Facility, lists: &FxHashMap<Code, u32>) -> CompiledFacility {
        let id = FacilityId(ids::dense(self.out.facility_ids.len()));
        self.out.facility_ids.insert(facility.code.clone(), id);
        CompiledFacility {
            level: facility.level,
            care_type: facility.care_type,
            price_lists: facility.price_lists.as_ref().map(|codes| {
                codes
                    .iter()
                    .filter_map(|code| lists.get(code).copied())
                    .collect()
            }),
        }
    }

    fn diagnoses(&mut self) {
        let Some(diagnoses) = &self.scheme.diagnoses else {
            return;
        };
        let mut register = FxHashMap::default();
        for diagnosis in diagnoses {
            let groups: Vec<u32> = diagnosis
                .groups
                .iter()
                .map(|group| self.group(group))
                .collect();
            register.insert(diagnosis.code.clone(), groups);
        }
        self.out.diagnoses = Some(register);
    }

    fn group(&mut self, group: &Code) -> u32 {
        let next = ids::dense(self.groups.len());
        *self.groups.entry(group.clone()).or_insert(next)
    }

    fn product(&mut self, product: &Product) -> CompiledProduct {
        let id = ProductId(ids::dense(self.out.product_codes.len()));
        self.out.product_ids.insert(product.code.clone(), id);
        self.out.product_codes.push(product.code.clone());
        let mut benefits = Vec::new();
        let mut rows = Vec::new();
        for benefit in &product.benefits {
            let index = ids::dense(benefits.len());
            benefits.push(self.benefit(benefit));
            let services = benefit
                .services
                .iter()
                .map(|code| (ElementKind::Service, code));
            let items = benefit.items.iter().map(|code| (ElementKind::Item, code));
            rows.extend(
                services
                    .chain(items)
                    .filter_map(|(kind, code)| Some((self.out.element(kind, code)?, index))),
            );
        }
        CompiledProduct {
            valid: Span::of(product.valid),
            by_level: product.hospital_visit == HospitalVisit::FacilityLevel,
            age_limits: product.age_limits,
            filing_deadline_days: product.filing_deadline_days,
            deductible: self.limits(product.deductible.as_ref()),
            ceiling: self.limits(product.ceiling.as_ref()),
            categories: self.categories(product),
            rows: Packed::new(self.out.elements.len(), rows),
            benefits,
        }
    }

    fn categories(&self, product: &Product) -> [CompiledCategory; ServiceCategory::COUNTED.len()] {
        let limits = &product.category_limits;
        ServiceCategory::COUNTED.map(|category| {
            let limit: Option<&CategoryLimit> = limits.of(category);
            CompiledCategory {
                max_claims: limit.and_then(|l| l.max_claims),
                claims_window: limit.map(|l| l.claims_window).unwrap_or_default(),
                max_amount: limit.and_then(|l| l.max_amount).map(|a| self.money(a)),
                amount_window: limit.and_then(|l| l.amount_window),
            }
        })
    }

    fn limits(&mut self, limits: Option<&Limits>) -> CompiledLimits {
        let Some(limits) = limits else {
            return CompiledLimits::default();
        };
        CompiledLimits {
            general: limits.general.as_ref().map(|l| self.limit(l)),
            inpatient: limits.inpatient.as_ref().map(|l| self.limit(l)),
            outpatient: limits.outpatient.as_ref().map(|l| self.limit(l)),
            window: limits.window,
        }
    }

    fn limit(&mut self, limit: &Limit) -> CompiledLimit {
        CompiledLimit {
            scope: limit.scope,
            amount: match limit.amount {
                Cap::Amount(amount) => Some(self.money(amount)),
                Cap::Unlimited => None,
            },
            extra: limit.extra_members.as_ref().map(|extra| CompiledExtra {
                above: extra.above,
                amount: self.money(extra.amount),
                maximum: extra.maximum.map(|m| self.money(m)),
            }),
            supplements: limit
                .supplements
                .iter()
                .map(|supplement| CompiledSupplement {
                    code: self.symbol(&supplement.code),
                    patient: supplement.patient.clone(),
                    amount: self.money(supplement.amount),
                })
                .collect(),
        }
    }

    fn benefit(&mut self, benefit: &Benefit) -> CompiledBenefit {
        let by_age =
            |of: &dyn Fn(AgeGroup) -> Option<Units>| [of(AgeGroup::Adult), of(AgeGroup::Child)];
        CompiledBenefit {
            valid: Span::of(benefit.valid),
            origin: benefit.price_origin,
            cover: self.cover(&benefit.cover),
            waiting_months: [
                benefit.waiting_months.adult.unwrap_or(0),
                benefit.waiting_months.child.unwrap_or(0),
            ],
            max_quantity: by_age(&|group| benefit.max_quantity.of(group).copied().map(read_units)),
            quantity_window: benefit.quantity_window,
            exclusion: [
                benefit.ceiling_exclusion.adult,
                benefit.ceiling_exclusion.child,
            ],
        }
    }

    /// Rules without conditions become a table by visit type and age group.
    fn cover(&mut self, rules: &[CoverRule]) -> CompiledCover {
        if rules.iter().all(|rule| rule.when.is_none()) {
            let mut table = Table::default();
            for (visit, row) in VISITS.into_iter().zip(table.iter_mut()) {
                for (group, cell) in GROUPS.into_iter().zip(row.iter_mut()) {
                    let rule = rules.iter().find(|rule| fits(rule, visit, group));
                    *cell = rule.map_or(Cell::NotCovered, |rule| self.cell(rule));
                }
            }
            return CompiledCover::Table(table);
        }
        let conditional = rules
            .iter()
            .map(|rule| {
                let condition = rule.when.as_ref().map(|when| self.condition(when));
                let mut table = Table::default();
                for (visit, row) in VISITS.into_iter().zip(table.iter_mut()) {
                    for (group, cell) in GROUPS.into_iter().zip(row.iter_mut()) {
                        *cell = if fits(rule, visit, group) {
                            self.cell(rule)
                        } else {
                            Cell::Absent
                        };
                    }
                }
                (condition, table)
            })
            .collect();
        CompiledCover::Rules(conditional)
    }

    fn cell(&self, rule: &CoverRule) -> Cell {
        match (rule.not_covered, rule.fixed, rule.co_insurance) {
            (true, _, _) => Cell::NotCovered,
            (_, Some(Cap::Unlimited), _) => Cell::Unlimited,
            (_, Some(Cap::Amount(amount)), _) => Cell::Fixed(self.money(amount)),
            (_, _, Some(percent)) => Cell::CoInsurance(read_share(percent)),
            (_, _, None) => Cell::Unstated,
        }
    }

    /// Each distinct condition is evaluated once a claim, not once a line.
    fn condition(&mut self, when: &When) -> u32 {
        let facilities = when.facility.as_ref().map(|terms| {
            self.scheme
                .facilities
                .iter()
                .map(|facility| facility_fits(facility, terms))
                .collect()
        });
        let groups = when
            .diagnosis_groups
            .as_ref()
            .map(|groups| groups.iter().map(|group| self.group(group)).collect());
        let condition = Condition {
            facilities,
            patient: when.patient.clone(),
            groups,
            referred: when.referred,
            visit: when.visit.map(Span::of),
        };
        let known = self.out.conditions.iter().position(|c| *c == condition);
        let index = known.unwrap_or_else(|| {
            self.out.conditions.push(condition);
            self.out.conditions.len() - 1
        });
        ids::dense(index)
    }

    fn finish(
        mut self,
        facilities: Vec<CompiledFacility>,
        products: Vec<CompiledProduct>,
    ) -> Compiled {
        self.out.facilities = facilities;
        self.out.products = products;
        self.out
    }
}

const VISITS: [VisitType; 3] = [VisitType::Other, VisitType::Emergency, VisitType::Referral];
const GROUPS: [AgeGroup; 2] = [AgeGroup::Adult, AgeGroup::Child];

fn fits(rule: &CoverRule, visit: VisitType, group: AgeGroup) -> bool {
    rule.visit_types
        .as_ref()
        .is_none_or(|visits| visits.contains(&visit))
        && rule.age_group.is_none_or(|g| g == group)
}

/// Does a facility fit the terms of a condition?
pub(crate) fn facility_fits(facility: &Facility, terms: &FacilityTerms) -> bool {
    let one_of = |wanted: &Option<Vec<Code>>, value: &Option<Code>| {
        wanted
            .as_ref()
            .is_none_or(|codes| value.as_ref().is_some_and(|v| codes.contains(v)))
    };
    terms
        .levels
        .as_ref()
        .is_none_or(|levels| levels.contains(&facility.level))
        && one_of(&terms.sublevels, &facility.sublevel)
        && one_of(&terms.ownership, &facility.ownership)
        && terms
            .min_beds
            .is_none_or(|min| facility.beds.is_some_and(|beds| beds >= min))
        && terms
            .max_beds
            .is_none_or(|max| facility.beds.is_some_and(|beds| beds <= max))
        && terms
            .attributes
            .0
            .iter()
            .all(|(name, value)| facility.attributes.get(name) == Some(value.as_str()))
}

fn read_units(quantity: Quantity) -> Units {
    Units::read(quantity).unwrap_or_default()
}

fn read_share(percent: Percent) -> Share {
    Share::read(percent).unwrap_or_default()
}

impl Span {
    fn of(valid: Validity) -> Self {
        Self {
            from: valid.from.unwrap_or(Day::MIN),
            to: valid.to.unwrap_or(Day::MAX),
        }
    }
}

impl PackageKind {
    pub(crate) const fn is_fixed(self) -> bool {
        matches!(self, Self::Fixed)
    }
}

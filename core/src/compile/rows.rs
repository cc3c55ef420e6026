//! The compiled tables.

use rustc_hash::FxHashMap;

use super::ids::{self, ElementId, FacilityId, ProductId, Symbol};
use crate::calendar::{Calendar, Day, FiscalYearStart};
use crate::code::Code;
use crate::conventions::Conventions;
use crate::money::{Money, Rounding, Share, Units};
use crate::scheme::{
    AgeGroup, AgeRange, CareType, CategoryLimit, CategoryLimits, CounterWindow, ElementKind,
    Exclusion, FacilityLevel, PackageKind, PatientTerms, PriceOrigin, Scope, ServiceCategory,
    VisitType,
};

/// Days from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: Day,
    pub(crate) to: Day,
}

impl Default for Span {
    fn default() -> Self {
        Self {
            from: Day::MIN,
            to: Day::MAX,
        }
    }
}

impl Span {
    pub(crate) fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    pub(crate) fn within(self, other: Self) -> Self {
        Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        }
    }
}

/// Rows by element, packed: the rows of element `e` are `rows[starts[e]..starts[e + 1]]`.
#[derive(Debug)]
pub(crate) struct Packed<T> {
    starts: Vec<u32>,
    rows: Vec<T>,
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Self {
            starts: Vec::new(),
            rows: Vec::new(),
        }
    }
}

impl<T> Packed<T> {
    /// Packs rows by element, keeping the given order within each.
    pub(crate) fn new(elements: usize, mut rows: Vec<(ElementId, T)>) -> Self {
        rows.sort_by_key(|(element, _)| *element);
        let mut starts = vec![0_u32; elements + 1];
        for (element, _) in &rows {
            if let Some(count) = starts.get_mut(element.index() + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        Self {
            starts,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        }
    }

    #[inline]
    pub(crate) fn of(&self, element: ElementId) -> &[T] {
        self.range(element).1
    }

    /// Position and row of the element's first row that fits.
    #[inline]
    pub(crate) fn find(&self, element: ElementId, fits: impl Fn(&T) -> bool) -> Option<(u32, &T)> {
        let (start, rows) = self.range(element);
        (start..).zip(rows).find(|(_, row)| fits(row))
    }

    /// The row at a position that [`find`](Self::find) gave.
    #[inline]
    pub(crate) fn at(&self, position: u32) -> Option<&T> {
        self.rows.get(position as usize)
    }

    #[inline]
    fn range(&self, element: ElementId) -> (u32, &[T]) {
        let at = element.index();
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => (
                from,
                self.rows.get(from as usize..to as usize).unwrap_or(&[]),
            ),
            _ => (0, &[]),
        }
    }
}

/// Everything a rule set needs at run time.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) exponent: u8,
    pub(crate) rounding: Rounding,
    pub(crate) calendar: Calendar,
    pub(crate) fiscal_year: FiscalYearStart,
    pub(crate) age_of_majority: i32,
    pub(crate) conventions: Conventions,
    pub(crate) effective: Span,
    pub(crate) elements: Vec<(ElementKind, Code)>,
    pub(super) services: FxHashMap<Code, ElementId>,
    pub(super) items: FxHashMap<Code, ElementId>,
    pub(crate) register: Packed<ElementVersion>,
    pub(crate) packages: Vec<CompiledPackage>,
    pub(crate) price_lists: Vec<Packed<PriceRow>>,
    pub(crate) facilities: Vec<CompiledFacility>,
    pub(crate) facility_ids: FxHashMap<Code, FacilityId>,
    pub(crate) diagnoses: Option<FxHashMap<Code, Vec<u32>>>,
    pub(crate) products: Vec<CompiledProduct>,
    pub(crate) product_codes: Vec<Code>,
    pub(crate) product_ids: FxHashMap<Code, ProductId>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) symbols: Vec<Code>,
}

impl Compiled {
    pub(crate) fn element(&self, kind: ElementKind, code: &str) -> Option<ElementId> {
        match kind {
            ElementKind::Service => self.services.get(code).copied(),
            ElementKind::Item => self.items.get(code).copied(),
        }
    }

    pub(super) fn intern(&mut self, kind: ElementKind, code: &Code) -> ElementId {
        if let Some(id) = self.element(kind, code) {
            return id;
        }
        let id = ElementId(ids::dense(self.elements.len()));
        self.elements.push((kind, code.clone()));
        match kind {
            ElementKind::Service => self.services.insert(code.clone(), id),
            ElementKind::Item => self.items.insert(code.clone(), id),
        };
        id
    }

    pub(crate) fn product(&self, id: ProductId) -> Option<&CompiledProduct> {
        self.products.get(id.index())
    }
}

/// One register entry of a service or item.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ElementVersion {
    pub(crate) valid: Span,
    pub(crate) price: Money,
    pub(crate) category: ServiceCategory,
    pub(crate) care_type: CareType,
    pub(crate) male: bool,
    pub(crate) female: bool,
    pub(crate) adult: bool,
    pub(crate) child: bool,
    /// 0 = no restriction.
    pub(crate) frequency_days: u32,
    pub(crate) max_quantity: Option<Units>,
    pub(crate) package: Option<u32>,
    /// For any patient in any kind of care, as often and as much as wanted, and no package: what
    /// most entries are, so the line loop asks this first.
    pub(crate) unrestricted: bool,
}

impl ElementVersion {
    /// With `unrestricted` as the other fields say.
    pub(super) fn settled(self) -> Self {
        Self {
            unrestricted: self.male
                && self.female
                && self.adult
                && self.child
                && self.care_type == CareType::Both
                && self.frequency_days == 0
                && self.max_quantity.is_none()
                && self.package.is_none(),
            ..self
        }
    }
}

#[derive(Debug)]
pub(crate) struct CompiledPackage {
    pub(crate) kind: PackageKind,
    pub(crate) components: Vec<(ElementId, Units)>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct PriceRow {
    pub(crate) valid: Span,
    pub(crate) price: Option<Money>,
}

#[derive(Debug)]
pub(crate) struct CompiledFacility {
    pub(crate) level: FacilityLevel,
    pub(crate) care_type: CareType,
    /// `None`: no price list rules here.
    pub(crate) price_lists: Option<Vec<u32>>,
}

#[derive(Debug)]
pub(crate) struct CompiledProduct {
    pub(crate) valid: Span,
    pub(crate) by_level: bool,
    pub(crate) age_limits: AgeRange,
    pub(crate) filing_deadline_days: Option<u32>,
    pub(crate) deductible: CompiledLimits,
    pub(crate) ceiling: CompiledLimits,
    pub(crate) categories: [CompiledCategory; ServiceCategory::COUNTED.len()],
    pub(crate) benefits: Vec<CompiledBenefit>,
    /// Positions in `benefits` by element.
    pub(crate) rows: Packed<u32>,
}

#[derive(Debug, Default)]
pub(crate) struct CompiledLimits {
    pub(crate) general: Option<CompiledLimit>,
    pub(crate) inpatient: Option<CompiledLimit>,
    pub(crate) outpatient: Option<CompiledLimit>,
    pub(crate) window: CounterWindow,
}

#[derive(Debug)]
pub(crate) struct CompiledLimit {
    pub(crate) scope: Scope,
    /// `None`: unlimited.
    pub(crate) amount: Option<Money>,
    pub(crate) extra: Option<CompiledExtra>,
    pub(crate) supplements: Vec<CompiledSupplement>,
}

#[derive(Debug)]
pub(crate) struct CompiledExtra {
    pub(crate) above: u32,
    pub(crate) amount: Money,
    pub(crate) maximum: Option<Money>,
}

#[derive(Debug)]
pub(crate) struct CompiledSupplement {
    pub(crate) code: Symbol,
    pub(crate) patient: PatientTerms,
    pub(crate) amount: Money,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct CompiledCategory {
    pub(crate) max_claims: Option<u32>,
    pub(crate) claims_window: CounterWindow,
    pub(crate) max_amount: Option<Money>,
    /// `None`: each claim by itself.
    pub(crate) amount_window: Option<CounterWindow>,
}

#[derive(Debug)]
pub(crate) struct CompiledBenefit {
    pub(crate) valid: Span,
    pub(crate) origin: PriceOrigin,
    pub(crate) cover: CompiledCover,
    /// By age group; 0 = none.
    pub(crate) waiting_months: [u16; 2],
    pub(crate) max_quantity: [Option<Units>; 2],
    pub(crate) quantity_window: CounterWindow,
    pub(crate) exclusion: [Option<Exclusion>; 2],
}

/// Cells by visit type and age group.
pub(crate) type Table = [[Cell; 2]; 3];

#[derive(Debug)]
pub(crate) enum CompiledCover {
    Table(Table),
    /// Tried in order: a condition (by position), and the cells of the rule.
    Rules(Vec<(Option<u32>, Table)>),
}

/// What a row pays for a kind of visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Cell {
    /// The rule is not for this kind of visit; the next one may be.
    Absent,
    /// The row does not cover it.
    #[default]
    NotCovered,
    /// Covered, nothing stated: 100 % unless a convention says otherwise.
    Unstated,
    CoInsurance(Share),
    Fixed(Money),
    Unlimited,
}

impl CompiledCover {
    /// The cell that decides for a visit. `holds` says which conditions hold for the claim.
    #[inline]
    pub(crate) fn cell(&self, visit: VisitType, group: AgeGroup, holds: &[bool]) -> Cell {
        match self {
            Self::Table(table) => cell_of(table, visit, group),
            Self::Rules(rules) => rules
                .iter()
                .filter(|(condition, _)| {
                    condition.is_none_or(|c| holds.get(c as usize).copied().unwrap_or(false))
                })
                .map(|(_, table)| cell_of(table, visit, group))
                .find(|cell| *cell != Cell::Absent)
                .unwrap_or(Cell::NotCovered),
        }
    }
}

#[inline]
fn cell_of(table: &Table, visit: VisitType, group: AgeGroup) -> Cell {
    let [other, emergency, referral] = table;
    let [adult, child] = match visit {
        VisitType::Other => other,
        VisitType::Emergency => emergency,
        VisitType::Referral => referral,
    };
    match group {
        AgeGroup::Adult => *adult,
        AgeGroup::Child => *child,
    }
}

/// A condition of cover rules.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// By facility; `None` = any.
    pub(crate) facilities: Option<Vec<bool>>,
    pub(crate) patient: Option<PatientTerms>,
    pub(crate) groups: Option<Vec<u32>>,
    pub(crate) referred: Option<bool>,
    pub(crate) visit: Option<Span>,
}

/// The value for an age group.
#[inline]
pub(crate) fn by_group<T: Copy>(pair: [T; 2], group: AgeGroup) -> T {
    let [adult, child] = pair;
    match group {
        AgeGroup::Adult => adult,
        AgeGroup::Child => child,
    }
}

impl ServiceCategory {
    /// The categories that claims are counted by (SEMANTICS 1).
    pub(crate) const COUNTED: [Self; 6] = [
        Self::Surgery,
        Self::Delivery,
        Self::Antenatal,
        Self::Hospitalization,
        Self::Consultation,
        Self::Visit,
    ];

    /// As documents write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Surgery => "surgery",
            Self::Delivery => "delivery",
            Self::Antenatal => "antenatal",
            Self::Hospitalization => "hospitalization",
            Self::Consultation => "consultation",
            Self::Other => "other",
            Self::Visit => "visit",
        }
    }
}

impl CategoryLimits {
    /// The limits of a category; `other` counts as visit.
    #[must_use]
    pub fn of(&self, category: ServiceCategory) -> Option<&CategoryLimit> {
        match category {
            ServiceCategory::Surgery => self.surgery.as_ref(),
            ServiceCategory::Delivery => self.delivery.as_ref(),
            ServiceCategory::Antenatal => self.antenatal.as_ref(),
            ServiceCategory::Hospitalization => self.hospitalization.as_ref(),
            ServiceCategory::Consultation => self.consultation.as_ref(),
            ServiceCategory::Other | ServiceCategory::Visit => self.visit.as_ref(),
        }
    }
}

impl CompiledProduct {
    pub(crate) fn category(&self, category: ServiceCategory) -> &CompiledCategory {
        let [
            surgery,
            delivery,
            antenatal,
            hospitalization,
            consultation,
            visit,
        ] = &self.categories;
        match category {
            ServiceCategory::Surgery => surgery,
            ServiceCategory::Delivery => delivery,
            ServiceCategory::Antenatal => antenatal,
            ServiceCategory::Hospitalization => hospitalization,
            ServiceCategory::Consultation => consultation,
            ServiceCategory::Other | ServiceCategory::Visit => visit,
        }
    }
}

//! The request as the stages read it: codes resolved to ids, amounts to integers, dates to days.

use super::values::{at, inside, money, repeated, units};
use crate::calendar::Day;
use crate::claim::{
    CareAmounts, Claim, LedgerEntry, Line, LineReview, Override, PastClaim, Policy, PolicyStage,
    PolicyStatus, Provision, Request, Verdict,
};
use crate::compile::{Compiled, Condition, ElementId, FacilityId, ProductId, Span};
use crate::conventions::{AgeRule, QuantityCounted};
use crate::error::Error;
use crate::money::{Money, Units};
use crate::number::Amount;
use crate::scheme::{AgeGroup, ElementKind, PatientTerms, ServiceCategory, Sex, VisitType};

/// A prepared request. Vectors keep their memory from claim to claim.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub(super) target: Option<Day>,
    pub(super) stay: bool,
    pub(super) facility: Option<FacilityId>,
    pub(super) visit: VisitType,
    pub(super) sex: Option<Sex>,
    pub(super) age: Option<i32>,
    pub(super) group: Group,
    pub(super) diagnosis_known: bool,
    pub(super) lines: Vec<PreparedLine>,
    pub(super) components: Vec<(Option<ElementId>, Units)>,
    pub(super) policies: Vec<PreparedPolicy>,
    pub(super) provisions: Vec<PreparedProvision>,
    pub(super) ledger: Vec<PreparedEntry>,
    /// Units of the lines' elements used, and claims counted, that the request does not know; each
    /// for one window only. Enquiries suppose them.
    pub(super) unseen: Unseen,
    /// Which conditions of the scheme hold, by position.
    pub(super) holds: Vec<bool>,
    /// Memory for finding ids that are written twice.
    order: Vec<usize>,
}

/// What is supposed to have been used of windows, unseen.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    pub(super) units: Vec<(Span, Units)>,
    pub(super) claims: Vec<(ServiceCategory, Span, u32)>,
}

/// Age group of the patient; adult if the age is unknown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group(pub(super) AgeGroup);

impl Default for Group {
    fn default() -> Self {
        Self(AgeGroup::Adult)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct PreparedLine {
    pub(super) position: u32,
    pub(super) kind: ElementKind,
    /// What the scheme knows of it at the target.
    pub(super) known: Option<Known>,
    pub(super) quantity: Units,
    pub(super) price: Option<Money>,
    pub(super) approved_quantity: Option<Units>,
    pub(super) approved_price: Option<Money>,
    pub(super) verdict: Option<Verdict>,
    pub(super) rejected_before: Option<i16>,
    overrides: u8,
    /// Its part of `components`.
    pub(super) components: (u32, u32),
}

/// What the register and the price list say about a line at the target.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) element: ElementId,
    /// Position of its register entry.
    pub(super) version: u32,
    /// The scheme's price of one unit: price list, else register.
    pub(super) price: Money,
    /// The price list gives the price.
    pub(super) overridden: bool,
    /// It is in the facility's price list, or there are no price list rules.
    pub(super) listed: bool,
}

impl PreparedLine {
    /// The register's service or item; unknown ones are equal to nothing that counts.
    pub(super) fn element(&self) -> Option<ElementId> {
        self.known.map(|known| known.element)
    }

    pub(super) fn index(&self) -> usize {
        self.position as usize
    }

    /// Takes over what a reviewer said.
    fn review(&mut self, rules: &Compiled, review: &LineReview) -> Result<(), Error> {
        let unsigned =
            review.reviewer.is_none() || review.reason.as_ref().is_none_or(|r| r.trim().is_empty());
        if review.verdict == Some(Verdict::Rejected) && unsigned {
            return Err(Error::new(
                "review.unsigned",
                "review",
                "a rejection needs a reviewer and a reason",
            )
            .with_help("give `reviewer` and `reason`; no line is denied without a person"));
        }
        if review.verdict == Some(Verdict::Accepted) {
            let checks = review.overrides.iter();
            self.overrides = checks.fold(0, |bits, check| bits | bit(*check));
        }
        self.verdict = review.verdict;
        self.approved_quantity = review
            .quantity
            .map(|q| units(q, "review.quantity"))
            .transpose()?;
        self.approved_price = review
            .price
            .map(|p| money(p, rules.exponent, "review.price"))
            .transpose()?;
        Ok(())
    }

    /// Did an accepting reviewer replace this check?
    pub(super) fn overrides(&self, check: Override) -> bool {
        self.overrides & bit(check) != 0
    }
}

const fn bit(check: Override) -> u8 {
    match check {
        Override::CareType => 1,
        Override::Patient => 2,
        Override::Waiting => 4,
        Override::Quantity => 8,
        Override::Frequency => 16,
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct PreparedPolicy {
    pub(super) product: Option<ProductId>,
    pub(super) counts: bool,
    pub(super) in_force: Span,
    pub(super) stage: PolicyStage,
    /// The patient's membership in force at the target.
    pub(super) membership: Option<Span>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct PreparedProvision {
    pub(super) element: ElementId,
    pub(super) date: Day,
    pub(super) quantity: Units,
}

/// Amount in all, in hospital visits, in other visits.
pub(super) type ByCare = [Money; 3];

#[derive(Debug, Clone, Copy)]
pub(super) struct PreparedEntry {
    /// Position in the request's coverage.
    pub(super) policy: Option<u16>,
    pub(super) product: Option<ProductId>,
    pub(super) own: bool,
    pub(super) date: Option<Day>,
    pub(super) deducted: ByCare,
    pub(super) remunerated: ByCare,
    pub(super) categories: [Money; ServiceCategory::COUNTED.len()],
}

impl Prepared {
    pub(super) fn read(&mut self, rules: &Compiled, request: &Request) -> Result<(), Error> {
        let Request {
            claim,
            patient,
            coverage,
            history,
            ..
        } = request;
        self.clear();
        self.target = claim.date_to.or(claim.date_from);
        let target = self.target.unwrap_or(Day::MIN);
        self.stay = match (claim.date_from, claim.date_to) {
            (Some(from), Some(to)) => from != to,
            _ => false,
        };
        self.facility = rules.facility_ids.get(&claim.facility).copied();
        self.visit = claim.visit_type;
        self.sex = patient.sex;
        self.age = patient.birth_date.map(|birth| age(rules, birth, target));
        self.group = Group(match self.age {
            Some(age) if age < rules.age_of_majority => AgeGroup::Child,
            _ => AgeGroup::Adult,
        });
        self.diagnosis_known = rules.diagnoses.as_ref().is_none_or(|register| {
            claim
                .diagnoses
                .first()
                .is_none_or(|code| register.contains_key(code))
        });
        self.read_lines(rules, claim)?;
        if let Some((position, policy)) =
            repeated(&mut self.order, coverage, |policy| &policy.policy)
        {
            return Err(Error::new(
                "policy.duplicate",
                format!("coverage[{position}].policy"),
                format!("two policies have the id `{}`", policy.policy),
            )
            .with_help("write each policy once, with all its memberships"));
        }
        for policy in coverage {
            self.policies
                .push(read_policy(rules, policy, &patient.id, target));
        }
        for (position, provision) in history.provisions.iter().enumerate() {
            self.provision(rules, provision, &claim.code, position)?;
        }
        for (position, entry) in history.ledger.iter().enumerate() {
            if !entry.reversed && entry.claim != claim.code {
                let entry = read_entry(rules, request, entry)
                    .map_err(|e| at(e, "history.ledger", position))?;
                self.ledger.push(entry);
            }
        }
        for condition in &rules.conditions {
            let holds = condition_holds(condition, rules, request, self, target);
            self.holds.push(holds);
        }
        Ok(())
    }

    /// Reads the lines alone; everything else stays as it was read before.
    pub(super) fn read_lines(&mut self, rules: &Compiled, claim: &Claim) -> Result<(), Error> {
        self.lines.clear();
        self.components.clear();
        if let Some((position, line)) = repeated(&mut self.order, &claim.lines, |line| &line.id) {
            return Err(Error::new(
                "line.duplicate",
                format!("claim.lines[{position}].id"),
                format!("two lines have the id `{}`", line.id),
            )
            .with_help("number the lines"));
        }
        let target = self.target.unwrap_or(Day::MIN);
        for (position, line) in claim.lines.iter().enumerate() {
            self.line(rules, line, position, target)?;
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.policies.clear();
        self.provisions.clear();
        self.ledger.clear();
        self.unseen.units.clear();
        self.unseen.claims.clear();
        self.holds.clear();
    }

    fn line(
        &mut self,
        rules: &Compiled,
        line: &Line,
        position: usize,
        target: Day,
    ) -> Result<(), Error> {
        let here = |error| at(error, "claim.lines", position);
        let quantity = units(line.quantity, "quantity").map_err(here)?;
        let price = match line.price {
            Some(price) => Some(money(price, rules.exponent, "price").map_err(here)?),
            None => None,
        };
        let mut prepared = PreparedLine {
            position: u32::try_from(position).unwrap_or(u32::MAX),
            kind: line.kind,
            known: self.known(rules, line, target),
            quantity,
            price,
            approved_quantity: None,
            approved_price: None,
            verdict: None,
            rejected_before: line.rejected_before,
            overrides: 0,
            components: (0, 0),
        };
        if let Some(review) = &line.review {
            prepared.review(rules, review).map_err(here)?;
        }
        if !line.components.is_empty() {
            prepared.components = self.components(rules, line).map_err(here)?;
        }
        self.lines.push(prepared);
        Ok(())
    }

    /// What a package was given with; its part of `components`.
    fn components(&mut self, rules: &Compiled, line: &Line) -> Result<(u32, u32), Error> {
        let from = self.components.len();
        for (part, component) in line.components.iter().enumerate() {
            let quantity =
                units(component.quantity, "quantity").map_err(|e| at(e, "components", part))?;
            self.components
                .push((rules.element(component.kind, &component.code), quantity));
        }
        let position = |length| u32::try_from(length).unwrap_or(u32::MAX);
        Ok((position(from), position(self.components.len())))
    }

    /// Register entry and price of a line at the target.
    fn known(&self, rules: &Compiled, line: &Line, target: Day) -> Option<Known> {
        let element = rules.element(line.kind, &line.code)?;
        let (version, entry) = rules.register.find(element, |v| v.valid.contains(target))?;
        let lists = self
            .facility
            .and_then(|id| rules.facilities.get(id.index()))
            .and_then(|facility| facility.price_lists.as_ref());
        let row = lists.and_then(|lists| {
            lists
                .iter()
                .filter_map(|list| rules.price_lists.get(*list as usize))
                .find_map(|list| list.find(element, |row| row.valid.contains(target)))
                .map(|(_, row)| row)
        });
        let override_price = row.and_then(|row| row.price);
        Some(Known {
            element,
            version,
            price: override_price.unwrap_or(entry.price),
            overridden: override_price.is_some(),
            listed: lists.is_none() || row.is_some(),
        })
    }

    fn provision(
        &mut self,
        rules: &Compiled,
        provision: &Provision,
        claim: &str,
        position: usize,
    ) -> Result<(), Error> {
        let provided = units(provision.quantity, "quantity")
            .map_err(|e| at(e, "history.provisions", position))?;
        let approved = provision
            .approved
            .map(|q| units(q, "approved"))
            .transpose()
            .map_err(|e| at(e, "history.provisions", position))?;
        let element = rules.element(provision.kind, &provision.code);
        if let Some(element) = element
            && provision.accepted
            && provision.claim.as_str() != claim
        {
            let quantity = match rules.conventions.quantity_counted {
                QuantityCounted::Approved => approved.unwrap_or(provided),
                QuantityCounted::Provided => provided,
            };
            self.provisions.push(PreparedProvision {
                element,
                date: provision.date,
                quantity,
            });
        }
        Ok(())
    }

    /// Number of conditions, lines and so on are all positions of a request in memory.
    pub(super) fn components_of(&self, line: &PreparedLine) -> &[(Option<ElementId>, Units)] {
        let (from, to) = line.components;
        self.components
            .get(from as usize..to as usize)
            .unwrap_or(&[])
    }
}

fn age(rules: &Compiled, birth: Day, target: Day) -> i32 {
    match rules.conventions.age {
        AgeRule::CompletedYears => rules.calendar.completed_years(birth, target),
        AgeRule::YearDifference => rules.calendar.year(target) - rules.calendar.year(birth),
    }
}

/// From the effective to the expiry date; never in force if either is missing.
fn in_force(effective: Option<Day>, expiry: Option<Day>) -> Span {
    match (effective, expiry) {
        (Some(from), Some(to)) => Span { from, to },
        _ => Span {
            from: Day::MAX,
            to: Day::MIN,
        },
    }
}

fn read_policy(rules: &Compiled, policy: &Policy, patient: &str, target: Day) -> PreparedPolicy {
    let membership = policy
        .memberships
        .iter()
        .filter(|membership| membership.person.as_str() == patient)
        .map(|membership| in_force(membership.effective, membership.expiry))
        .find(|span| span.contains(target));
    PreparedPolicy {
        product: rules.product_ids.get(&policy.product).copied(),
        counts: matches!(policy.status, PolicyStatus::Active | PolicyStatus::Expired),
        in_force: in_force(policy.effective, policy.expiry),
        stage: policy.stage,
        membership,
    }
}

fn read_entry(
    rules: &Compiled,
    request: &Request,
    entry: &LedgerEntry,
) -> Result<PreparedEntry, Error> {
    let policy = request
        .coverage
        .iter()
        .position(|p| p.policy == entry.policy);
    let product = match (&entry.product, policy.and_then(|p| request.coverage.get(p))) {
        (Some(code), _) => rules.product_ids.get(code),
        (None, Some(policy)) => rules.product_ids.get(&policy.product),
        (None, None) => None,
    };
    let read = |amount: Option<Amount>, list: &str, field: &str| {
        amount.map_or(Ok(Money::ZERO), |amount| {
            money(amount, rules.exponent, field).map_err(|e| inside(e, list))
        })
    };
    let by_care = |amounts: &CareAmounts, list: &str| -> Result<ByCare, Error> {
        Ok([
            read(Some(amounts.general), list, "general")?,
            read(amounts.inpatient, list, "inpatient")?,
            read(amounts.outpatient, list, "outpatient")?,
        ])
    };
    let c = &entry.categories;
    let category = |amount, category: ServiceCategory| read(amount, "categories", category.name());
    Ok(PreparedEntry {
        policy: policy.and_then(|p| u16::try_from(p).ok()),
        product: product.copied(),
        own: entry.person == request.patient.id,
        date: entry.date,
        deducted: by_care(&entry.deducted, "deducted")?,
        remunerated: by_care(&entry.remunerated, "remunerated")?,
        categories: [
            category(c.surgery, ServiceCategory::Surgery)?,
            category(c.delivery, ServiceCategory::Delivery)?,
            category(c.antenatal, ServiceCategory::Antenatal)?,
            category(c.hospitalization, ServiceCategory::Hospitalization)?,
            category(c.consultation, ServiceCategory::Consultation)?,
            category(c.visit, ServiceCategory::Visit)?,
        ],
    })
}

fn condition_holds(
    condition: &Condition,
    rules: &Compiled,
    request: &Request,
    claim: &Prepared,
    target: Day,
) -> bool {
    let facility = condition.facilities.as_ref().is_none_or(|fits| {
        claim
            .facility
            .is_some_and(|f| fits.get(f.index()).copied().unwrap_or(false))
    });
    let patient = condition
        .patient
        .as_ref()
        .is_none_or(|terms| person_fits(terms, claim.sex, claim.age, &request.patient.attributes));
    let diagnosis = condition.groups.as_ref().is_none_or(|groups| {
        rules.diagnoses.as_ref().is_some_and(|register| {
            let known = request
                .claim
                .diagnoses
                .iter()
                .filter_map(|code| register.get(code));
            known.flatten().any(|group| groups.contains(group))
        })
    });
    let referred = request
        .claim
        .referred
        .unwrap_or(claim.visit == VisitType::Referral);
    facility
        && patient
        && diagnosis
        && condition.referred.is_none_or(|wanted| wanted == referred)
        && condition.visit.is_none_or(|span| span.contains(target))
}

/// Does a person fit the terms? An unknown age fits no range.
pub(super) fn person_fits(
    terms: &PatientTerms,
    sex: Option<Sex>,
    age: Option<i32>,
    attributes: &crate::scheme::Attributes,
) -> bool {
    terms.sex.is_none_or(|wanted| sex == Some(wanted))
        && (terms.age.is_open() || age.is_some_and(|age| terms.age.contains(age)))
        && terms
            .attributes
            .0
            .iter()
            .all(|(name, value)| attributes.get(name) == Some(value.as_str()))
}

/// Completed years of a member at a day, where the birth date is known.
pub(super) fn member_age(rules: &Compiled, birth: Option<Day>, target: Day) -> Option<i32> {
    birth.map(|birth| age(rules, birth, target))
}

/// Is the earlier claim this one? Two facilities may use the same code; where the earlier claim's
/// facility is not known, the code decides.
pub(super) fn is_this(past: &PastClaim, claim: &Claim) -> bool {
    past.code == claim.code && past.facility.as_ref().is_none_or(|f| *f == claim.facility)
}

/// Claims that count, by category, other than the claim itself.
pub(super) fn counted_claims(
    request: &Request,
) -> impl Iterator<Item = (&PastClaim, ServiceCategory)> {
    request
        .history
        .claims
        .iter()
        .filter(|past| past.status.counts() && !is_this(past, &request.claim))
        .map(|past| {
            let category = match past.category {
                None | Some(ServiceCategory::Other) => ServiceCategory::Visit,
                Some(category) => category,
            };
            (past, category)
        })
}

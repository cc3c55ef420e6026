//! Products: deductibles, ceilings, limits by category, benefit rows.

use super::super::rows::{BenefitRow, ProductRow};
use super::super::snapshot::Input;
use super::super::value::Number;
use super::{Notes, register, validity};
use crate::number::{Amount, Quantity};
use crate::scheme::{
    AgeGroup, AgeRange, AgeSplit, Benefit, Cap, CategoryLimit, CategoryLimits, CoverRule,
    ElementKind, Exclusion, ExtraMembers, HospitalVisit, Limit, Limits, PriceOrigin, Product,
    Scope, Validity, VisitType,
};

/// Products, one a code: of several rows the one that is not closed, else the last.
pub(super) fn products(input: &Input, notes: &mut Notes) -> Vec<Product> {
    let rows = &input.products;
    let mut products = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        let rank = |(at, row): (usize, &ProductRow)| (row.validity_to.is_none(), at);
        let same = rows
            .iter()
            .enumerate()
            .filter(|(_, other)| other.code == row.code);
        let best = same.map(rank).max();
        if best != Some(rank((position, row))) {
            notes.add(
                "product.several_rows",
                format!("input.products[{position}]"),
                format!(
                    "product `{}` has another row that is current; passed over",
                    row.code
                ),
            );
            continue;
        }
        products.push(product(input, row, position, notes));
    }
    products
}

fn product(input: &Input, row: &ProductRow, position: usize, notes: &mut Notes) -> Product {
    let path = format!("input.products[{position}]");
    let hospital_visit = match row.ceiling_interpretation.as_deref() {
        None | Some("I" | "") => HospitalVisit::Stay,
        Some("H") => HospitalVisit::FacilityLevel,
        Some(other) => {
            let message = format!("`{other}` is no interpretation; read as stay");
            notes.add(
                "column.unknown_value",
                format!("{path}.ceiling_interpretation"),
                message,
            );
            HospitalVisit::Stay
        }
    };
    if row.validity_to.is_some() {
        notes.add(
            "product.closed",
            format!("{path}.validity_to"),
            "the product is no longer sold; its policies run on",
        );
    }
    let benefits = benefits(input, row, &path, notes);
    Product {
        code: row.code.clone(),
        name: row.name.clone(),
        valid: Validity::default(),
        hospital_visit,
        age_limits: AgeRange {
            min: row.age_minimal.and_then(|age| u8::try_from(age).ok()),
            max: row
                .age_maximal
                .map(|age| u8::try_from(age.max(0)).unwrap_or(u8::MAX)),
        },
        filing_deadline_days: None,
        deductible: deductible(row, &path, notes),
        ceiling: ceiling(row, &path, notes),
        category_limits: category_limits(row, &path, notes),
        benefits,
        enrolment: None,
        payment: None,
    }
}

/// The columns of one scope: in all, in out-patient care, in hospital care.
type Group = (Scope, [(&'static str, Option<Number>); 3]);

fn deductible(row: &ProductRow, path: &str, notes: &mut Notes) -> Option<Limits> {
    let groups: [Group; 3] = [
        (
            Scope::Treatment,
            [
                ("ded_treatment", row.ded_treatment),
                ("ded_op_treatment", row.ded_op_treatment),
                ("ded_ip_treatment", row.ded_ip_treatment),
            ],
        ),
        (
            Scope::Insuree,
            [
                ("ded_insuree", row.ded_insuree),
                ("ded_op_insuree", row.ded_op_insuree),
                ("ded_ip_insuree", row.ded_ip_insuree),
            ],
        ),
        (
            Scope::Policy,
            [
                ("ded_policy", row.ded_policy),
                ("ded_op_policy", row.ded_op_policy),
                ("ded_ip_policy", row.ded_ip_policy),
            ],
        ),
    ];
    limits(&groups, [None, None, None], path, notes)
}

fn ceiling(row: &ProductRow, path: &str, notes: &mut Notes) -> Option<Limits> {
    let groups: [Group; 3] = [
        (
            Scope::Treatment,
            [
                ("max_treatment", row.max_treatment),
                ("max_op_treatment", row.max_op_treatment),
                ("max_ip_treatment", row.max_ip_treatment),
            ],
        ),
        (
            Scope::Insuree,
            [
                ("max_insuree", row.max_insuree),
                ("max_op_insuree", row.max_op_insuree),
                ("max_ip_insuree", row.max_ip_insuree),
            ],
        ),
        (
            Scope::Policy,
            [
                ("max_policy", row.max_policy),
                ("max_op_policy", row.max_op_policy),
                ("max_ip_policy", row.max_ip_policy),
            ],
        ),
    ];
    let above = u32::try_from(row.threshold.unwrap_or(0).max(0)).unwrap_or(u32::MAX);
    let mut extra = |columns: [(&str, Option<Number>); 2]| {
        let [amount, maximum] =
            columns.map(|(column, number)| notes.nonzero(number, || format!("{path}.{column}")));
        amount.map(|amount| ExtraMembers {
            above,
            amount,
            maximum,
        })
    };
    let extras = [
        extra([
            ("max_policy_extra_member", row.max_policy_extra_member),
            ("max_ceiling_policy", row.max_ceiling_policy),
        ]),
        extra([
            ("max_policy_extra_member_op", row.max_policy_extra_member_op),
            ("max_ceiling_policy_op", row.max_ceiling_policy_op),
        ]),
        extra([
            ("max_policy_extra_member_ip", row.max_policy_extra_member_ip),
            ("max_ceiling_policy_ip", row.max_ceiling_policy_ip),
        ]),
    ];
    limits(&groups, extras, path, notes)
}

/// Treatment, else insuree, else policy; a general amount hides those by care.
fn limits(
    groups: &[Group; 3],
    extras: [Option<ExtraMembers>; 3],
    path: &str,
    notes: &mut Notes,
) -> Option<Limits> {
    let mut found: [Option<Limit>; 3] = [None, None, None];
    for (care, (slot, extra)) in found.iter_mut().zip(extras).enumerate() {
        for (scope, columns) in groups {
            let Some((column, number)) = columns.get(care) else {
                continue;
            };
            let at = || format!("{path}.{column}");
            let Some(amount) = notes.nonzero(*number, at) else {
                continue;
            };
            if slot.is_some() {
                notes.add(
                    "limit.several_scopes",
                    at(),
                    "another scope has an amount too; treatment wins over insuree, insuree over policy",
                );
                continue;
            }
            *slot = Some(Limit {
                scope: *scope,
                amount: Cap::Amount(amount),
                extra_members: extra.clone().filter(|_| *scope == Scope::Policy),
                supplements: Vec::new(),
            });
        }
    }
    let [general, outpatient, inpatient] = found;
    if general.is_none() && outpatient.is_none() && inpatient.is_none() {
        return None;
    }
    let apart = general.is_none();
    if !apart && (outpatient.is_some() || inpatient.is_some()) {
        notes.add(
            "limit.hidden",
            path.to_owned(),
            "an amount for all care hides those for out-patient and hospital care",
        );
    }
    Some(Limits {
        general,
        inpatient: inpatient.filter(|_| apart),
        outpatient: outpatient.filter(|_| apart),
        window: Default::default(),
    })
}

fn category_limits(row: &ProductRow, path: &str, notes: &mut Notes) -> CategoryLimits {
    let mut limit = |name: &str, count: Option<i64>, amount: Option<Number>| {
        let max_claims = count.and_then(|count| u32::try_from(count).ok());
        let max_amount = notes.nonzero(amount, || format!("{path}.max_amount_{name}"));
        (max_claims.is_some() || max_amount.is_some()).then(|| CategoryLimit {
            max_claims,
            claims_window: Default::default(),
            max_amount,
            amount_window: None,
        })
    };
    CategoryLimits {
        surgery: limit("surgery", row.max_no_surgery, row.max_amount_surgery),
        delivery: limit("delivery", row.max_no_delivery, row.max_amount_delivery),
        antenatal: limit("antenatal", row.max_no_antenatal, row.max_amount_antenatal),
        hospitalization: limit(
            "hospitalization",
            row.max_no_hospitalization,
            row.max_amount_hospitalization,
        ),
        consultation: limit(
            "consultation",
            row.max_no_consultation,
            row.max_amount_consultation,
        ),
        visit: limit("visits", row.max_no_visits, None),
    }
}

fn benefits(input: &Input, row: &ProductRow, path: &str, notes: &mut Notes) -> Vec<Benefit> {
    let lists = [("items", &row.items), ("services", &row.services)];
    let rows = lists.into_iter().flat_map(|(name, rows)| {
        rows.iter()
            .enumerate()
            .map(move |(position, row)| (format!("{path}.{name}[{position}]"), row))
    });
    rows.filter_map(|(path, row)| benefit(input, row, &path, notes))
        .collect()
}

fn benefit(input: &Input, row: &BenefitRow, path: &str, notes: &mut Notes) -> Option<Benefit> {
    let at = |column: &str| format!("{path}.{column}");
    let (item, service) = (row.item.as_ref(), row.service.as_ref());
    let (kind, code) = register::element(input, item, service, || path.to_owned(), notes)?;
    let (services, items) = match kind {
        ElementKind::Service => (vec![code], Vec::new()),
        ElementKind::Item => (Vec::new(), vec![code]),
    };
    let price_origin = match row.price_origin.as_deref() {
        None | Some("P") => PriceOrigin::PriceList,
        Some("O") => PriceOrigin::Claimed,
        Some("R") => PriceOrigin::Relative,
        Some(other) => {
            let message = format!("`{other}` is no price origin; read as price list");
            notes.add("column.unknown_value", at("price_origin"), message);
            PriceOrigin::PriceList
        }
    };
    Some(Benefit {
        services,
        items,
        price_origin,
        cover: cover(row, path, notes),
        waiting_months: AgeSplit {
            adult: months(row.waiting_period_adult),
            child: months(row.waiting_period_child),
        },
        max_quantity: AgeSplit {
            adult: most(row.limit_no_adult, || at("limit_no_adult"), notes),
            child: most(row.limit_no_child, || at("limit_no_child"), notes),
        },
        quantity_window: Default::default(),
        ceiling_exclusion: AgeSplit {
            adult: exclusion(
                row.ceiling_exclusion_adult.as_deref(),
                || at("ceiling_exclusion_adult"),
                notes,
            ),
            child: exclusion(
                row.ceiling_exclusion_child.as_deref(),
                || at("ceiling_exclusion_child"),
                notes,
            ),
        },
        valid: validity(row.validity_from, row.validity_to),
    })
}

fn months(months: Option<i64>) -> Option<u16> {
    months
        .filter(|months| *months > 0)
        .map(|months| u16::try_from(months).unwrap_or(u16::MAX))
}

/// NULL and negative numbers mean that there is no limit; 0 means none.
fn most(
    limit: Option<Number>,
    path: impl FnOnce() -> String,
    notes: &mut Notes,
) -> Option<Quantity> {
    let limit = limit.filter(|limit| limit.is_zero() || !limit.0.is_sign_negative())?;
    Some(notes.quantity(limit, path))
}

fn exclusion(
    text: Option<&str>,
    path: impl FnOnce() -> String,
    notes: &mut Notes,
) -> Option<Exclusion> {
    match text {
        None | Some("" | " ") => None,
        Some("H") => Some(Exclusion::Hospital),
        Some("N") => Some(Exclusion::NonHospital),
        Some("B") => Some(Exclusion::Both),
        Some(other) => {
            let message = format!("`{other}` is no ceiling exclusion; read as none");
            notes.add("column.unknown_value", path(), message);
            None
        }
    }
}

/// One rule for each visit type and age group that the row covers; rules that say the same for
/// both age groups are one.
fn cover(row: &BenefitRow, path: &str, notes: &mut Notes) -> Vec<CoverRule> {
    let visits = [
        (
            VisitType::Other,
            "",
            &row.limitation_type,
            row.limit_adult,
            row.limit_child,
        ),
        (
            VisitType::Emergency,
            "_e",
            &row.limitation_type_e,
            row.limit_adult_e,
            row.limit_child_e,
        ),
        (
            VisitType::Referral,
            "_r",
            &row.limitation_type_r,
            row.limit_adult_r,
            row.limit_child_r,
        ),
    ];
    let mut rules = Vec::new();
    for (visit, suffix, limitation, adult, child) in visits {
        let fixed = match limitation.as_deref() {
            Some("C") => false,
            Some("F") => true,
            None | Some("") => continue,
            Some(other) => {
                let message =
                    format!("`{other}` is no type of limitation; the visit is not covered");
                notes.add(
                    "column.unknown_value",
                    format!("{path}.limitation_type{suffix}"),
                    message,
                );
                continue;
            }
        };
        let mut rule = |group: AgeGroup, value: Option<Number>| {
            let name = match group {
                AgeGroup::Adult => "adult",
                AgeGroup::Child => "child",
            };
            let at = || format!("{path}.limit_{name}{suffix}");
            let mut rule = CoverRule {
                visit_types: Some(vec![visit]),
                age_group: Some(group),
                ..CoverRule::default()
            };
            if fixed {
                let amount: Option<Amount> = notes.nonzero(value, at);
                rule.fixed = Some(amount.map_or(Cap::Unlimited, Cap::Amount));
            } else {
                // NULL stays unstated: the conventions say what it pays.
                rule.co_insurance = value.map(|value| notes.percent(value, at));
            }
            rule
        };
        let adults = rule(AgeGroup::Adult, adult);
        let children = rule(AgeGroup::Child, child);
        if adults.fixed == children.fixed && adults.co_insurance == children.co_insurance {
            rules.push(CoverRule {
                age_group: None,
                ..adults
            });
        } else {
            rules.extend([adults, children]);
        }
    }
    if rules.is_empty() {
        rules.push(CoverRule {
            not_covered: true,
            ..CoverRule::default()
        });
    }
    rules
}

//! Products: deductibles, ceilings, limits by category, benefit rows.

use super::super::rows::{BenefitRow, ProductRow};
use super::super::value::Number;
use super::cover::{self, Pays};
use super::{Refused, number, times};
use crate::code::Code;
use crate::scheme::{
    AgeGroup, Benefit, Cap, CategoryLimit, ElementKind, Exclusion, HospitalVisit, Limit, Limits,
    PriceOrigin, Product, Scope, VisitType,
};

pub(super) fn products(products: &[Product], refused: &mut Refused) -> Vec<ProductRow> {
    let rows = products.iter().enumerate();
    rows.map(|(position, each)| product(each, &format!("products[{position}]"), refused))
        .collect()
}

fn product(product: &Product, at: &str, refused: &mut Refused) -> ProductRow {
    refused.unless(
        product.valid.is_open(),
        || format!("{at}.valid"),
        "openIMIS does not ask whether a product is valid at the visit",
    );
    refused.unless(
        product.filing_deadline_days.is_none(),
        || format!("{at}.filing_deadline_days"),
        "openIMIS has no deadline for claims",
    );
    let mut row = ProductRow {
        code: product.code.clone(),
        name: product.name.clone(),
        age_minimal: product.age_limits.min.map(i64::from),
        age_maximal: product.age_limits.max.map(i64::from),
        ceiling_interpretation: Some(match product.hospital_visit {
            HospitalVisit::Stay => "I".to_owned(),
            HospitalVisit::FacilityLevel => "H".to_owned(),
        }),
        ..ProductRow::default()
    };
    deductible(product.deductible.as_ref(), &mut row, at, refused);
    ceiling(product.ceiling.as_ref(), &mut row, at, refused);
    categories(product, &mut row, at, refused);
    for (position, benefit) in product.benefits.iter().enumerate() {
        let at = format!("{at}.benefits[{position}]");
        let terms = terms(benefit, &at, refused);
        let of = |code: &Code, kind: ElementKind| BenefitRow {
            item: (kind == ElementKind::Item).then(|| code.clone()),
            service: (kind == ElementKind::Service).then(|| code.clone()),
            ..terms.clone()
        };
        let items = benefit.items.iter().map(|code| of(code, ElementKind::Item));
        row.items.extend(items);
        let services = benefit.services.iter();
        row.services
            .extend(services.map(|code| of(code, ElementKind::Service)));
    }
    row
}

/// A limit's column by scope: treatment, insuree, policy.
type Columns<'r> = [&'r mut Option<Number>; 3];

fn limit(limit: Option<&Limit>, columns: Columns<'_>, at: &str, refused: &mut Refused) {
    let Some(limit) = limit else { return };
    refused.unless(
        limit.supplements.is_empty(),
        || format!("{at}.supplements"),
        "openIMIS has no supplements to a limit",
    );
    let Cap::Amount(amount) = limit.amount else {
        return;
    };
    let [treatment, insuree, policy] = columns;
    let column = match limit.scope {
        Scope::Treatment => treatment,
        Scope::Insuree => insuree,
        Scope::Policy => policy,
    };
    *column = Some(refused.nonzero(amount, || format!("{at}.amount")));
}

fn windows(limits: &Limits, at: &str, refused: &mut Refused) {
    refused.unless(
        limits.window.is_default(),
        || format!("{at}.window"),
        "openIMIS counts within the policy period",
    );
    let unlimited = |limit: &Option<Limit>| {
        limit
            .as_ref()
            .is_some_and(|limit| limit.amount == Cap::Unlimited)
    };
    let hides =
        unlimited(&limits.general) && (limits.inpatient.is_some() || limits.outpatient.is_some());
    refused.unless(
        !hides,
        || format!("{at}.general"),
        "openIMIS has no unlimited amount that hides those by care",
    );
}

fn deductible(limits: Option<&Limits>, row: &mut ProductRow, at: &str, refused: &mut Refused) {
    let Some(limits) = limits else { return };
    let at = format!("{at}.deductible");
    windows(limits, &at, refused);
    let own = [&limits.general, &limits.inpatient, &limits.outpatient];
    refused.unless(
        own.into_iter()
            .flatten()
            .all(|limit| limit.extra_members.is_none()),
        || at.clone(),
        "openIMIS has no deductible by family size",
    );
    limit(
        limits.general.as_ref(),
        [
            &mut row.ded_treatment,
            &mut row.ded_insuree,
            &mut row.ded_policy,
        ],
        &format!("{at}.general"),
        refused,
    );
    limit(
        limits.inpatient.as_ref(),
        [
            &mut row.ded_ip_treatment,
            &mut row.ded_ip_insuree,
            &mut row.ded_ip_policy,
        ],
        &format!("{at}.inpatient"),
        refused,
    );
    limit(
        limits.outpatient.as_ref(),
        [
            &mut row.ded_op_treatment,
            &mut row.ded_op_insuree,
            &mut row.ded_op_policy,
        ],
        &format!("{at}.outpatient"),
        refused,
    );
}

fn ceiling(limits: Option<&Limits>, row: &mut ProductRow, at: &str, refused: &mut Refused) {
    let Some(limits) = limits else { return };
    let at = format!("{at}.ceiling");
    windows(limits, &at, refused);
    limit(
        limits.general.as_ref(),
        [
            &mut row.max_treatment,
            &mut row.max_insuree,
            &mut row.max_policy,
        ],
        &format!("{at}.general"),
        refused,
    );
    limit(
        limits.inpatient.as_ref(),
        [
            &mut row.max_ip_treatment,
            &mut row.max_ip_insuree,
            &mut row.max_ip_policy,
        ],
        &format!("{at}.inpatient"),
        refused,
    );
    limit(
        limits.outpatient.as_ref(),
        [
            &mut row.max_op_treatment,
            &mut row.max_op_insuree,
            &mut row.max_op_policy,
        ],
        &format!("{at}.outpatient"),
        refused,
    );
    let extras = [
        (
            "general",
            &limits.general,
            &mut row.max_policy_extra_member,
            &mut row.max_ceiling_policy,
        ),
        (
            "inpatient",
            &limits.inpatient,
            &mut row.max_policy_extra_member_ip,
            &mut row.max_ceiling_policy_ip,
        ),
        (
            "outpatient",
            &limits.outpatient,
            &mut row.max_policy_extra_member_op,
            &mut row.max_ceiling_policy_op,
        ),
    ];
    for (care, limit, extra, most) in extras {
        let Some(limit) = limit else { continue };
        let Some(members) = &limit.extra_members else {
            continue;
        };
        let at = || format!("{at}.{care}.extra_members");
        refused.unless(
            limit.scope == Scope::Policy,
            at,
            "openIMIS grows only the ceilings of a policy by members",
        );
        let above = i64::from(members.above);
        let same = row.threshold.is_none_or(|threshold| threshold == above);
        refused.unless(same, at, "openIMIS has one number of included members");
        row.threshold = Some(above);
        *extra = Some(refused.nonzero(members.amount, at));
        *most = members.maximum.map(|maximum| refused.nonzero(maximum, at));
    }
}

fn categories(product: &Product, row: &mut ProductRow, at: &str, refused: &mut Refused) {
    let limits = &product.category_limits;
    let mut put = |name: &str,
                   limit: &Option<CategoryLimit>,
                   count: &mut Option<i64>,
                   amount: Option<&mut Option<Number>>| {
        let Some(limit) = limit else { return };
        let at = || format!("{at}.category_limits.{name}");
        refused.unless(
            limit.claims_window.is_default(),
            at,
            "openIMIS counts within the policy period",
        );
        refused.unless(
            limit.amount_window.is_none(),
            at,
            "openIMIS limits the amount of each claim",
        );
        *count = limit.max_claims.map(i64::from);
        match (amount, limit.max_amount) {
            (Some(column), Some(most)) => *column = Some(refused.nonzero(most, at)),
            (None, Some(_)) => refused.add(at(), "openIMIS has no amount for visits"),
            (_, None) => {}
        }
    };
    put(
        "surgery",
        &limits.surgery,
        &mut row.max_no_surgery,
        Some(&mut row.max_amount_surgery),
    );
    put(
        "delivery",
        &limits.delivery,
        &mut row.max_no_delivery,
        Some(&mut row.max_amount_delivery),
    );
    put(
        "antenatal",
        &limits.antenatal,
        &mut row.max_no_antenatal,
        Some(&mut row.max_amount_antenatal),
    );
    put(
        "hospitalization",
        &limits.hospitalization,
        &mut row.max_no_hospitalization,
        Some(&mut row.max_amount_hospitalization),
    );
    put(
        "consultation",
        &limits.consultation,
        &mut row.max_no_consultation,
        Some(&mut row.max_amount_consultation),
    );
    put("visit", &limits.visit, &mut row.max_no_visits, None);
}

/// The row of a benefit, without its element.
fn terms(benefit: &Benefit, at: &str, refused: &mut Refused) -> BenefitRow {
    refused.unless(
        benefit.quantity_window.is_default(),
        || format!("{at}.quantity_window"),
        "openIMIS counts within the policy period",
    );
    let (validity_from, validity_to) = times(benefit.valid);
    let exclusion = |exclusion: Option<Exclusion>| {
        exclusion.map(|exclusion| {
            let letter = match exclusion {
                Exclusion::Hospital => "H",
                Exclusion::NonHospital => "N",
                Exclusion::Both => "B",
            };
            letter.to_owned()
        })
    };
    let price_origin = match benefit.price_origin {
        PriceOrigin::PriceList => "P",
        PriceOrigin::Claimed => "O",
        PriceOrigin::Relative => "R",
    };
    let mut row = BenefitRow {
        price_origin: Some(price_origin.to_owned()),
        waiting_period_adult: benefit.waiting_months.adult.map(i64::from),
        waiting_period_child: benefit.waiting_months.child.map(i64::from),
        limit_no_adult: benefit.max_quantity.adult.map(number),
        limit_no_child: benefit.max_quantity.child.map(number),
        ceiling_exclusion_adult: exclusion(benefit.ceiling_exclusion.adult),
        ceiling_exclusion_child: exclusion(benefit.ceiling_exclusion.child),
        validity_from,
        validity_to,
        ..BenefitRow::default()
    };
    let columns = [
        (
            VisitType::Other,
            &mut row.limitation_type,
            [&mut row.limit_adult, &mut row.limit_child],
        ),
        (
            VisitType::Emergency,
            &mut row.limitation_type_e,
            [&mut row.limit_adult_e, &mut row.limit_child_e],
        ),
        (
            VisitType::Referral,
            &mut row.limitation_type_r,
            [&mut row.limit_adult_r, &mut row.limit_child_r],
        ),
    ];
    for (visit, limitation, values) in columns {
        let pays = [AgeGroup::Adult, AgeGroup::Child]
            .map(|group| cover::pays(&benefit.cover, visit, group, at, refused));
        *limitation = cover::letter(pays, at, refused).map(str::to_owned);
        for (value, pays) in values.into_iter().zip(pays) {
            *value = match pays {
                Pays::Nothing | Pays::Share(None) => None,
                Pays::Share(Some(percent)) => Some(Number(percent.decimal())),
                Pays::UpTo(Cap::Unlimited) => Some(Number::default()),
                Pays::UpTo(Cap::Amount(amount)) => {
                    Some(refused.nonzero(amount, || format!("{at}.cover")))
                }
            };
        }
    }
    row
}

//! Random schemes, families and claims. Every value is drawn by a proptest strategy, so a failing
//! case shrinks to a small one.

use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Services of the register, S0 to S5; claims also ask for S6, which nobody knows.
pub const SERVICES: usize = 6;
/// Persons of the family.
pub const PERSONS: [&str; 3] = ["P0", "P1", "P2"];

/// A scheme, the family's policies under it, and claims in order of adjudication.
#[derive(Debug, Clone)]
pub struct World {
    /// Scheme document.
    pub scheme: Value,
    /// `coverage` of every request.
    pub coverage: Value,
    /// Claims with their patient; history is what the earlier ones left.
    pub claims: Vec<(usize, Value)>,
}

/// Minor units as text at an exponent.
fn amount(units: i64, exponent: u32) -> String {
    let unit = 10_i64.pow(exponent);
    if exponent == 0 {
        return units.to_string();
    }
    format!(
        "{}.{:0width$}",
        units / unit,
        units % unit,
        width = exponent as usize
    )
}

fn hundredths(units: i64) -> String {
    amount(units, 2)
}

/// Drops the fields that are null, which documents leave out.
fn lean(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .filter(|(_, v)| !v.is_null())
                .map(|(k, v)| (k, lean(v)))
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.into_iter().map(lean).collect()),
        other => other,
    }
}

fn service(position: usize, exponent: u32) -> impl Strategy<Value = Value> {
    let categories = select(vec![
        "surgery",
        "delivery",
        "antenatal",
        "hospitalization",
        "consultation",
        "other",
        "visit",
    ]);
    let care = select(vec!["both", "both", "both", "inpatient", "outpatient"]);
    let sexes = weighted(0.15, select(vec![json!(["male"]), json!(["female"])]));
    let ages = weighted(0.15, select(vec![json!(["adult"]), json!(["child"])]));
    (1..40_000_i64, categories, care, weighted(0.2, 1..40_u32), sexes, ages, weighted(0.2, 100..600_i64)).prop_map(
        move |(price, category, care, frequency, sexes, ages, most)| {
            let restricted = sexes.is_some() || ages.is_some();
            lean(json!({
                "code": format!("S{position}"), "price": amount(price, exponent), "category": category,
                "care_type": care, "frequency_days": frequency, "max_quantity": most.map(hundredths),
                "patients": restricted.then(|| json!({"sexes": sexes, "age_groups": ages})),
            }))
        },
    )
}

fn limit(exponent: u32, ceiling: bool) -> impl Strategy<Value = Value> {
    let scope = select(vec!["treatment", "insuree", "policy"]);
    let extra = weighted(0.5, (0..4_u32, 1..5_000_i64));
    (scope, 1..60_000_i64, extra).prop_map(move |(scope, units, extra)| {
        let extra = extra.filter(|_| ceiling && scope == "policy");
        lean(json!({
            "scope": scope, "amount": amount(units, exponent),
            "extra_members": extra.map(|(above, more)| json!({
                "above": above, "amount": amount(more, exponent), "maximum": amount(units + 2 * more, exponent)})),
        }))
    })
}

fn window() -> impl Strategy<Value = Value> {
    select(vec![
        json!("policy_period"),
        json!("calendar_year"),
        json!("fiscal_year"),
        json!({"rolling_days": 90}),
        json!("lifetime"),
    ])
}

fn limits(exponent: u32, ceiling: bool) -> impl Strategy<Value = Value> {
    let general = limit(exponent, ceiling).prop_map(|limit| json!({"general": limit}));
    let apart = (limit(exponent, ceiling), limit(exponent, ceiling)).prop_map(
        |(inpatient, outpatient)| json!({"inpatient": inpatient, "outpatient": outpatient}),
    );
    (prop_oneof![general, apart], window()).prop_map(|(mut limits, window)| {
        limits["window"] = window;
        limits
    })
}

fn cover(exponent: u32) -> impl Strategy<Value = Value> {
    let terms = prop_oneof![
        4 => (0..=1_000_000_i64).prop_map(|p| json!({"co_insurance": amount(p, 4)})),
        2 => (0..30_000_i64).prop_map(move |f| json!({"fixed": amount(f, exponent)})),
        1 => Just(json!({"fixed": "unlimited"})),
        1 => Just(json!({})),
    ];
    let condition = weighted(
        0.3,
        prop_oneof![
            Just(json!({"visit_types": ["emergency"]})),
            Just(json!({"age_group": "child"})),
            Just(json!({"when": {"referred": true}})),
            Just(json!({"when": {"facility": {"levels": ["hospital"]}}})),
        ],
    );
    (condition, terms.clone(), terms).prop_map(|(condition, mut first, second)| match condition {
        None => json!([second]),
        Some(condition) => {
            for (name, value) in condition.as_object().unwrap() {
                first[name] = value.clone();
            }
            json!([first, second])
        }
    })
}

fn benefit(position: usize, exponent: u32) -> impl Strategy<Value = Value> {
    let origin = select(vec!["price_list", "price_list", "claimed", "relative"]);
    let waiting = weighted(0.2, (0..8_u16, 0..8_u16));
    let quantity = weighted(0.3, (0..900_i64, 0..900_i64));
    let exclusion = weighted(0.2, select(vec!["hospital", "non_hospital", "both"]));
    (origin, cover(exponent), waiting, quantity, window(), exclusion).prop_map(
        move |(origin, cover, waiting, quantity, window, exclusion)| {
            lean(json!({
                "services": [format!("S{position}")], "price_origin": origin, "cover": cover,
                "waiting_months": waiting.map(|(adult, child)| json!({"adult": adult, "child": child})),
                "max_quantity": quantity.map(|(a, c)| json!({"adult": hundredths(a), "child": hundredths(c)})),
                "quantity_window": window,
                "ceiling_exclusion": exclusion.map(|e| json!({"adult": e})),
            }))
        },
    )
}

fn product(position: usize, exponent: u32) -> impl Strategy<Value = Value> {
    let benefits: Vec<_> = (0..SERVICES)
        .map(|s| weighted(0.85, benefit(s, exponent)))
        .collect();
    let category = || {
        let most = (of(0..6_u32), window(), of(0..40_000_i64), of(window()));
        weighted(0.3, most).prop_map(move |limit| {
            limit.filter(|(count, _, most, _)| count.is_some() || most.is_some()).map(|(count, window, most, over)| {
                lean(json!({"max_claims": count, "claims_window": window,
                            "max_amount": most.map(|m| amount(m, exponent)), "amount_window": over}))
            })
        })
    };
    let by_level = select(vec!["stay", "facility_level"]);
    let deductible = weighted(0.5, limits(exponent, false));
    let ceiling = weighted(0.7, limits(exponent, true));
    (benefits, category(), category(), by_level, deductible, ceiling, weighted(0.1, 5..60_u32)).prop_map(
        move |(benefits, visit, surgery, by_level, deductible, ceiling, deadline)| {
            let benefits: Vec<Value> = benefits.into_iter().flatten().collect();
            lean(json!({
                "code": format!("PR{position}"), "hospital_visit": by_level, "deductible": deductible,
                "ceiling": ceiling, "filing_deadline_days": deadline, "benefits": benefits,
                "category_limits": lean(json!({"visit": visit, "surgery": surgery})),
            }))
        },
    )
}

fn conventions() -> impl Strategy<Value = Value> {
    let assignment = select(vec![
        "best_for_patient",
        "best_for_scheme",
        "product_priority",
    ]);
    let order = select(vec!["as_given", "items_first", "services_first"]);
    (any::<bool>(), assignment, order).prop_map(|(legacy, assignment, order)| {
        let preset = if legacy { "legacy-sql" } else { "standard" };
        json!({"preset": preset, "overrides": {"assignment": assignment, "line_order": order}})
    })
}

fn scheme(products: usize) -> impl Strategy<Value = (u32, Value)> {
    (0..=3_u32).prop_flat_map(move |exponent| {
        let services: Vec<_> = (0..SERVICES).map(|s| service(s, exponent)).collect();
        let products: Vec<_> = (0..products).map(|p| product(p, exponent)).collect();
        let prices = vec(weighted(0.9, of(0..40_000_i64)), SERVICES);
        let rounding = select(vec!["half_away_from_zero", "half_even", "down"]);
        let calendar = select(vec!["gregorian", "bikram_sambat"]);
        (services, products, prices, rounding, calendar, conventions()).prop_map(
            move |(services, products, prices, rounding, calendar, conventions)| {
                let entries: Vec<Value> = prices
                    .iter()
                    .enumerate()
                    .filter_map(|(s, entry)| {
                        let price = entry.as_ref()?.map(|p| amount(p, exponent));
                        Some(lean(json!({"kind": "service", "code": format!("S{s}"), "price": price})))
                    })
                    .collect();
                let scheme = json!({
                    "schema": "adjudica/scheme@1", "code": "random", "version": "1",
                    "currency": {"code": "XTS", "exponent": exponent, "rounding": rounding},
                    "calendar": calendar, "fiscal_year": {"month": 4, "day": 1}, "conventions": conventions,
                    "catalogue": {"services": services},
                    "price_lists": [{"code": "PL", "entries": entries}],
                    "facilities": [
                        {"code": "HC", "level": "health_centre"},
                        {"code": "HO", "level": "hospital", "price_lists": ["PL"]},
                    ],
                    "products": products,
                });
                (exponent, scheme)
            },
        )
    })
}

/// A date of 2024 or 2025.
fn day(number: u32) -> String {
    let month = number / 28;
    format!(
        "{}-{:02}-{:02}",
        2024 + month / 12,
        1 + month % 12,
        1 + number % 28
    )
}

fn coverage(products: usize) -> impl Strategy<Value = Value> {
    let member = |person: &'static str| {
        weighted(0.9, 0..200_u32).prop_map(move |joined| {
            joined.map(
                |joined| json!({"person": person, "effective": day(joined), "expiry": day(600)}),
            )
        })
    };
    let policies: Vec<_> = (0..products)
        .map(|p| {
            let members: Vec<_> = PERSONS.map(member).into_iter().collect();
            (0..100_u32, 400..650_u32, any::<bool>(), members).prop_map(move |(from, to, renewed, members)| {
                let members: Vec<Value> = members.into_iter().flatten().collect();
                json!({"policy": format!("POL{p}"), "product": format!("PR{p}"), "effective": day(from),
                       "expiry": day(to), "stage": if renewed { "renewed" } else { "new" },
                       "memberships": members})
            })
        })
        .collect();
    policies.prop_map(Value::Array)
}

fn claim(exponent: u32) -> impl Strategy<Value = (usize, Value)> {
    let review = weighted(0.15, (of(0..400_i64), of(0..50_000_i64)));
    let line = (
        0..=SERVICES,
        0..500_i64,
        weighted(0.9, 0..50_000_i64),
        review,
        weighted(0.03, Just(5_i16)),
    );
    let lines = vec(line, 1..6);
    let visit = select(vec!["other", "emergency", "referral"]);
    let facility = select(vec!["HC", "HO"]);
    (0..PERSONS.len(), lines, 100..600_u32, 0..4_u32, visit, facility).prop_map(
        move |(person, lines, from, stay, visit, facility)| {
            let lines: Vec<Value> = lines
                .into_iter()
                .enumerate()
                .map(|(id, (service, quantity, price, review, rejected))| {
                    lean(json!({
                        "id": id.to_string(), "kind": "service", "code": format!("S{service}"),
                        "quantity": hundredths(quantity), "price": price.map(|p| amount(p, exponent)),
                        "rejected_before": rejected,
                        "review": review.map(|(quantity, price)| json!({
                            "quantity": quantity.map(hundredths), "price": price.map(|p| amount(p, exponent))})),
                    }))
                })
                .collect();
            let claim = json!({"date_from": day(from), "date_to": day(from + stay), "date_claimed": day(from + stay + 3),
                               "facility": facility, "visit_type": visit, "lines": lines});
            (person, claim)
        },
    )
}

/// A random world with up to `claims` claims.
pub fn world(claims: usize) -> impl Strategy<Value = World> {
    (1..=3_usize).prop_flat_map(move |products| {
        (scheme(products), coverage(products)).prop_flat_map(
            move |((exponent, scheme), coverage)| {
                vec(claim(exponent), claims).prop_map(move |claims| World {
                    scheme: scheme.clone(),
                    coverage: coverage.clone(),
                    claims,
                })
            },
        )
    })
}

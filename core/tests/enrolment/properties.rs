//! What holds for every product and household.

use adjudica::calendar::{Calendar, Day};
use adjudica::explain::Catalogues;
use adjudica::{Amount, Code};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn amount() -> impl Strategy<Value = String> {
    (0..500_000_i64).prop_map(|cents| Amount::from_units(cents, 2).to_string())
}

fn fee() -> impl Strategy<Value = Value> {
    (amount(), any::<bool>()).prop_map(|(amount, once)| {
        json!({"amount": amount, "per": if once { "household" } else { "member" }})
    })
}

fn discount() -> impl Strategy<Value = Value> {
    (0..=10_000_i64, 0..4_u8).prop_map(|(percent, months)| {
        json!({"percent": format!("{}.{:02}", percent / 100, percent % 100), "months_before": months})
    })
}

fn cycles() -> impl Strategy<Value = Vec<(u8, u8)>> {
    vec((1..=12_u8, 1..=28_u8), 0..=4).prop_map(|mut cycles| {
        cycles.sort_unstable();
        cycles.dedup();
        cycles
    })
}

prop_compose! {
    fn timing()(
        insurance in 1..40_u16, administration in of(0..4_u16), cycles in cycles(),
        enrolment in of(0..4_u16), renewal in of(0..4_u16), payment in of(0..4_u16),
    ) -> Value {
        let cycles: Vec<Value> = cycles.iter().map(|(m, d)| json!({"month": m, "day": d})).collect();
        json!({"insurance_months": insurance, "administration_months": administration,
            "cycles": cycles, "grace": {"enrolment_months": enrolment, "renewal_months": renewal,
            "payment_months": payment}})
    }
}

prop_compose! {
    fn product()(
        mut product in timing(),
        (lump, most, adult, child) in (of(amount()), of(0..8_u32), of(amount()), of(amount())),
        (registration, assembly) in (of(fee()), of(fee())),
        (enrolment, renewal) in (of(discount()), of(discount())),
        unit in of(1..1_000_i64), direction in 0..3_usize,
        subsidies in vec((0..3_usize, 0..=100_u8, amount(), any::<bool>()), 0..4),
        percent in 0..=100_u8,
    ) -> Value {
        product["premium"] = json!({"lump_sum": lump, "lump_sum_members": most,
            "adult": adult, "child": child});
        product["registration"] = registration.into();
        product["general_assembly"] = assembly.into();
        product["enrolment_discount"] = enrolment.into();
        product["renewal_discount"] = renewal.into();
        let direction = ["nearest", "up", "down"][direction];
        product["rounding"] = unit.map(|unit| json!({
            "unit": Amount::from_units(unit, 2).to_string(),
            "direction": direction})).into();
        product["subsidies"] = subsidies.into_iter().map(|(payer, percent, amount, by_percent)| {
            let payer = ["state", "donor", "district"][payer];
            match by_percent {
                true => json!({"payer": payer, "percent": percent.to_string()}),
                false => json!({"payer": payer, "amount": amount}),
            }
        }).collect();
        product["activation"] = json!({"percent": percent.to_string()});
        product
    }
}

prop_compose! {
    fn case()(
        product in product(), max in of(1..8_u32), bikram_sambat in any::<bool>(),
        adults in 0..5_usize, children in 0..5_usize, others in 0..3_usize, more in 0..3_usize,
        day in 0..7_000_i32, renewed in any::<bool>(), gap in -60..400_i32, instalments in 1..8_u16,
        payments in vec((0..400_i32, amount()), 0..4), late in of(0..300_i32),
    ) -> (Value, Option<u32>, Value) {
        let mut scheme = scheme(&[product]);
        scheme["calendar"] = if bikram_sambat { "bikram_sambat" } else { "gregorian" }.into();
        let day = Day::from_ymd(2010, 1, 1).unwrap().add_days(day);
        let mut request = household(&day.to_string(), [adults, children, others, more]);
        if renewed {
            request["stage"] = "renewed".into();
            request["previous"] = json!({"expiry": day.add_days(gap).to_string()});
        }
        request["instalments"] = instalments.into();
        request["payments"] = payments.iter().map(|(after, amount)| {
            json!({"date": day.add_days(*after - 30).to_string(), "amount": amount})
        }).collect();
        if let Some(late) = late {
            let joined = json!({"id": "late", "joined": day.add_days(late).to_string()});
            request["members"].as_array_mut().unwrap().push(joined);
        }
        (scheme, max, request)
    }
}

fn cents(amount: Amount) -> i64 {
    amount.units_at(2).unwrap()
}

fn with_max(scheme: &Value, max: Option<u32>) -> RuleSet {
    let mut scheme = scheme.clone();
    if let Some(max) = max {
        scheme["products"][0]["enrolment"]["members"] = json!({"max": max});
    }
    rules_of(scheme)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Every unit of money has its place, and every rule its sentence.
    #[test]
    fn money_adds_up((scheme, max, mut request) in case()) {
        let rules = with_max(&scheme, max);
        request["language"] = "en".into();
        let answer = premium(&rules, request.clone()).unwrap();
        let total = cents(answer.total);
        prop_assert_eq!(answer.lines.iter().map(|l| cents(l.amount)).sum::<i64>(), total);
        prop_assert!(total >= 0);
        for line in &answer.lines {
            if let (Some(count), Some(each)) = (line.count, line.each) {
                prop_assert_eq!(cents(line.amount), cents(each) * i64::from(count));
            }
        }
        prop_assert_eq!(answer.shares.iter().map(|s| cents(s.amount)).sum::<i64>(), total);
        prop_assert!(answer.shares.iter().all(|share| cents(share.amount) >= 0));
        let household = answer.shares.last().unwrap();
        prop_assert_eq!(household.payer.as_str(), "household");
        let due: i64 = answer.instalments.iter().map(|i| cents(i.amount)).sum();
        prop_assert_eq!(due, cents(household.amount));
        let paid = cents(answer.paid);
        prop_assert_eq!(cents(answer.outstanding), (due - paid).max(0));

        // Members: all are answered for, each charged once by what the lines count.
        prop_assert_eq!(answer.members.len(), request["members"].as_array().unwrap().len());
        let kept = answer.members.iter();
        let kept = kept.filter(|m| m.charged != enrolment::ChargedAs::BeyondMaximum).count();
        prop_assert!(max.is_none_or(|max| kept <= max as usize));
        for member in &answer.members {
            prop_assert!(member.effective.is_none_or(|day| Some(day) >= answer.activation.effective));
        }

        let text = answer.explanation.clone().unwrap();
        let lines = answer.period.reasons.len() + answer.reasons.len();
        prop_assert_eq!(text.lines().count(), lines);
        prop_assert!(!text.contains("not stated"), "{}", text);
        let again: PremiumAnswer =
            serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
        prop_assert_eq!(again, answer);
    }

    /// One more member never makes a premium smaller, where everyone is kept.
    #[test]
    fn premiums_grow_with_the_household((scheme, _, request) in case(), child in any::<bool>()) {
        let rules = rules_of(scheme);
        let before = premium(&rules, request.clone()).unwrap();
        let mut larger = request;
        let birth = if child { "2009-12-31" } else { "1970-01-01" };
        larger["members"].as_array_mut().unwrap().push(json!({"id": "one more", "birth_date": birth}));
        let after = premium(&rules, larger).unwrap();
        prop_assert!(cents(after.total) >= cents(before.total));
    }

    /// A policy lasts its months, a cycle is the first from the reference day on, and renewals
    /// leave no gap and do not overlap.
    #[test]
    fn periods_follow_the_calendar((scheme, _, request) in case()) {
        let rules = rules_of(scheme.clone());
        let calendar = rules.scheme().calendar;
        let enrolment = rules.scheme().products[0].enrolment.clone().unwrap();
        let mut asked = request.clone();
        for field in ["members", "instalments", "payments"] {
            asked.as_object_mut().unwrap().remove(field);
        }
        let answer = period(&rules, asked).unwrap();
        let months = i32::from(enrolment.insurance_months);
        prop_assert_eq!(answer.expiry.add_days(1), calendar.add_months(answer.start, months));
        let renewed = request["stage"] == "renewed";
        let date: Day = request["enrolment_date"].as_str().unwrap().parse().unwrap();
        let administration = enrolment.administration_months.filter(|_| !renewed).unwrap_or(0);
        let earliest = calendar.add_months(date, i32::from(administration));
        let begins = match answer.cycle {
            None => earliest,
            Some(cycle) => {
                let grace = enrolment.grace;
                let grace = if renewed { grace.renewal_months } else { grace.enrolment_months };
                let reference = calendar.add_months(earliest, -i32::from(grace.unwrap_or(0)));
                prop_assert_eq!(cycle, first_cycle(calendar, &enrolment.cycles, reference));
                cycle
            }
        };
        match request["previous"]["expiry"].as_str() {
            None => prop_assert_eq!(answer.start, begins),
            Some(expiry) => {
                let after = expiry.parse::<Day>().unwrap().add_days(1);
                prop_assert_eq!(answer.start, begins.max(after));
            }
        }
    }
}

/// Day by day, the slow way.
fn first_cycle(calendar: Calendar, cycles: &[adjudica::scheme::Cycle], from: Day) -> Day {
    let is_cycle = |day: &Day| {
        let (_, month, of_month) = calendar.ymd(*day).unwrap();
        cycles
            .iter()
            .any(|cycle| (u32::from(cycle.month), u32::from(cycle.day)) == (month, of_month))
    };
    (0..800)
        .map(|days| from.add_days(days))
        .find(is_cycle)
        .unwrap()
}

/// Both languages that come with the engine have a sentence for every rule that can be applied.
#[test]
fn languages_speak_of_enrolment() {
    let scheme = scheme(&[json!({"insurance_months": 12, "grace": {"payment_months": 1}})]);
    let rules = rules_of(scheme);
    let built_in = Catalogues::built_in().unwrap();
    for language in ["en", "fr"] {
        assert!(built_in.get(language).is_ok());
        let mut request = new_on("2025-01-15");
        request["language"] = Code::new(language).unwrap().as_str().into();
        let text = period(&rules, request).unwrap().explanation.unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(!text.contains("period."), "{text}");
    }
}

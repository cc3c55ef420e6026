//! Relative pricing and capitation over random worlds: what is paid adds up to the pot, nothing
//! depends on the order of the input, and every contribution is earned exactly once.

#![expect(
    clippy::unwrap_used,
    reason = "in this file a value that is not there is a failed test"
)]

use adjudica::calendar::{Calendar, Day};
use adjudica::payment::{
    CapitationRequest, Contribution, IndexRequest, InsuredFamilies, ProcessedClaim, WaitingClaim,
    WaitingLine, capitation, index,
};
use adjudica::scheme::PriceOrigin;
use adjudica::wire::compile_text;
use adjudica::{Amount, Code, RuleSet};
use proptest::prelude::*;

const SCHEME: &str = r#"
schema: adjudica/scheme@1
code: random
version: "1"
currency: {code: USD, exponent: 2}
catalogue: {services: [{code: S, price: "1.00"}]}
villages: [{code: V0, population: 977, families: 101}, {code: V1, population: 31, families: 7}, {code: V2}]
facilities:
  - {code: F0, level: hospital}
  - {code: F1, level: dispensary, catchment: [{village: V0, percent: "33.3333"}, {village: V1, percent: "50"}]}
  - {code: F2, level: dispensary, catchment: [{village: V0, percent: "66.6667"}, {village: V2, percent: "100"}]}
  - {code: F3, level: health_centre, catchment: [{village: V1, percent: "50"}]}
products:
  - code: P
    benefits: [{services: [S], price_origin: relative, cover: [{co_insurance: "100"}]}]
    payment:
      relative:
        inpatient: {period: quarter, distribution: ["30", "33.3333", "0", "100"]}
        outpatient: {period: month}
        capitated_facilities: included
      capitation:
        share: "33.3333"
        weights: {population: "12", families: "13", insured_population: "14", insured_families: "21", visits: "17", adjusted_amount: "23"}
"#;

fn rules() -> RuleSet {
    compile_text(SCHEME).unwrap()
}

fn code(letter: char, number: usize) -> Code {
    Code::new(&format!("{letter}{number}")).unwrap()
}

fn day(offset: i32) -> Day {
    "2025-01-01".parse::<Day>().unwrap().add_days(offset)
}

fn cents(units: i64) -> Amount {
    Amount::from_units(units, 2)
}

fn units(amount: Amount) -> i64 {
    amount.units_at(2).unwrap()
}

fn contributions() -> impl Strategy<Value = Vec<Contribution>> {
    let one = (0..10_000_000_i64, -400..300_i32, -60..60_i32, 0..400_i32);
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered
            .map(|(n, (amount, effective, paid, days))| Contribution {
                id: code('C', n),
                amount: cents(amount),
                paid: day(effective + paid),
                effective: day(effective),
                expiry: day(effective + days),
            })
            .collect()
    })
}

/// Facility, days since the year began, days of stay, amounts of the lines and whether relative.
type Claim = (usize, i32, i32, Vec<(i64, bool)>);

fn claims() -> impl Strategy<Value = Vec<Claim>> {
    let lines = prop::collection::vec((0..100_000_i64, prop::bool::weighted(0.8)), 1..5);
    prop::collection::vec((0..4_usize, 0..100_i32, 0..2_i32, lines), 0..25)
}

fn waiting(claims: Vec<Claim>) -> Vec<WaitingClaim> {
    let numbered = claims.into_iter().enumerate();
    numbered
        .map(|(n, (facility, processed, stay, lines))| WaitingClaim {
            claim: code('A', n),
            facility: code('F', facility),
            date_from: day(processed - 5),
            date_to: Some(day(processed - 5 + stay)),
            processed: day(processed),
            lines: lines
                .into_iter()
                .enumerate()
                .map(|(n, (amount, relative))| WaitingLine {
                    id: code('L', n),
                    price_origin: match relative {
                        true => PriceOrigin::Relative,
                        false => PriceOrigin::Claimed,
                    },
                    amount: cents(amount),
                })
                .collect(),
        })
        .collect()
}

fn index_request(contributions: Vec<Contribution>, claims: Vec<Claim>) -> IndexRequest {
    IndexRequest {
        schema: adjudica::payment::INDEX_REQUEST.to_owned(),
        run: code('R', 1),
        product: Code::new("P").unwrap(),
        year: 2025,
        month: 3,
        contributions,
        claims: waiting(claims),
        runs: Vec::new(),
        revert: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn relative_lines_are_paid_the_pot_whatever_the_order(
        contributions in contributions(),
        claims in claims(),
        turn in 0..25_usize,
    ) {
        let rules = rules();
        let mut request = index_request(contributions, claims);
        let answer = index(&rules, &request).unwrap();
        for pot in &answer.pots {
            let of_pot = answer.claims.iter().filter(|claim| claim.care == pot.care);
            let lines: Vec<_> = of_pot.flat_map(|claim| &claim.lines).collect();
            let relative = lines.iter().filter(|l| l.price_origin == PriceOrigin::Relative);
            let paid: i64 = relative.map(|line| units(line.paid)).sum();
            prop_assert_eq!(paid, units(pot.distributed));
            prop_assert_eq!(paid + units(pot.left), units(pot.pot));
            prop_assert!(pot.amount.is_zero() || pot.left.is_zero());
            let own = lines.iter().filter(|l| l.price_origin != PriceOrigin::Relative);
            for line in own {
                prop_assert_eq!(line.paid, line.amount);
            }
        }
        let all: i64 = answer.claims.iter().map(|claim| units(claim.paid)).sum();
        prop_assert_eq!(all, units(answer.paid));

        // Another order of contributions, claims and lines.
        let count = request.claims.len().max(1);
        request.claims.rotate_left(turn % count);
        request.claims.iter_mut().for_each(|claim| claim.lines.reverse());
        request.contributions.reverse();
        let again = index(&rules, &request).unwrap();
        prop_assert_eq!(&again.pots, &answer.pots);
        for claim in &answer.claims {
            let other = again.claims.iter().find(|other| other.claim == claim.claim).unwrap();
            for line in &claim.lines {
                prop_assert!(other.lines.contains(line));
            }
        }
    }

    #[test]
    fn a_contribution_is_earned_once(contributions in contributions()) {
        let rules = rules();
        let mut earned = vec![0_i64; contributions.len()];
        let mut request = index_request(contributions, Vec::new());
        for (year, month) in (2022..2028).flat_map(|year| (1..=12).map(move |month| (year, month))) {
            (request.year, request.month) = (year, month);
            let answer = index(&rules, &request).unwrap();
            for allocation in answer.allocations.iter().filter(|a| a.span.period.months() == 1) {
                for share in &allocation.shares {
                    let place = request.contributions.iter().position(|c| c.id == share.contribution);
                    earned[place.unwrap()] += units(share.allocated);
                }
            }
        }
        for (contribution, earned) in request.contributions.iter().zip(earned) {
            let late = contribution.paid > contribution.expiry;
            let expected = if late { 0 } else { units(contribution.amount) };
            prop_assert_eq!(earned, expected);
        }
    }

    #[test]
    fn capitation_pays_its_pot_whatever_the_order(
        contributions in contributions(),
        claims in claims(),
        insured in prop::collection::vec((0..3_usize, -300..90_i32, 0..50_u32), 0..10),
    ) {
        let rules = rules();
        let processed = claims.into_iter().enumerate().map(|(n, (facility, day_of, _, lines))| {
            ProcessedClaim {
                claim: code('A', n),
                facility: code('F', facility),
                date_from: day(day_of),
                date_to: None,
                processed: day(day_of),
                amount: cents(lines.iter().map(|(amount, _)| amount).sum()),
            }
        });
        let insured = insured.into_iter().map(|(village, effective, persons)| InsuredFamilies {
            village: code('V', village),
            effective: day(effective),
            expiry: day(effective + 364),
            families: 1,
            persons,
        });
        let mut request = CapitationRequest {
            schema: adjudica::payment::CAPITATION_REQUEST.to_owned(),
            run: code('R', 1),
            product: Code::new("P").unwrap(),
            year: 2025,
            month: 3,
            contributions,
            insured: insured.collect(),
            claims: processed.collect(),
            runs: Vec::new(),
            revert: None,
        };
        let answer = capitation(&rules, &request).unwrap();
        let paid: i64 = answer.facilities.iter().map(|f| units(f.paid)).sum();
        prop_assert_eq!(paid, units(answer.distributed));
        prop_assert_eq!(paid + units(answer.left), units(answer.pot));
        let amounts: i64 = answer.indicators.iter().map(|each| units(each.amount)).sum();
        prop_assert_eq!(amounts, units(answer.pot));
        for each in &answer.indicators {
            let of_each = answer.facilities.iter().map(|f| units(*f.for_each.of(each.indicator)));
            prop_assert_eq!(of_each.sum::<i64>(), units(each.distributed));
            prop_assert!(each.total == "0" || each.distributed == each.amount);
        }
        request.claims.reverse();
        request.insured.reverse();
        request.contributions.reverse();
        let again = capitation(&rules, &request).unwrap();
        prop_assert_eq!(&again.facilities, &answer.facilities);
        prop_assert_eq!(&again.indicators, &answer.indicators);
    }
}

/// Periods follow the scheme's calendar: Ashadh 2081 BS ends on 15 July 2024.
#[test]
fn months_are_those_of_the_schemes_calendar() {
    let scheme = SCHEME.replace("currency:", "calendar: bikram_sambat\ncurrency:");
    let rules = compile_text(&scheme).unwrap();
    assert_eq!(rules.scheme().calendar, Calendar::BikramSambat);
    let mut request = index_request(Vec::new(), Vec::new());
    (request.year, request.month) = (2081, 3);
    let answer = index(&rules, &request).unwrap();
    let spans: Vec<String> = answer
        .pots
        .iter()
        .map(|pot| format!("{} to {}", pot.span.from, pot.span.to))
        .collect();
    assert_eq!(
        spans,
        ["2024-04-13 to 2024-07-15", "2024-06-15 to 2024-07-15"]
    );
}

/// 365.00 for the year. The stored procedures divide by the 364 days from its first to its last: of
/// January's 31 days that is 365.00 x 31 / 364 = 31.085.., so 31.09, where `standard` has 31.00.
#[test]
fn legacy_sql_earns_by_the_days_between_and_rounds_every_share() {
    let scheme = r#"
schema: adjudica/scheme@1
code: legacy
version: "1"
currency: {code: TZS, exponent: 2}
conventions: {preset: legacy-sql}
catalogue: {services: [{code: S, price: "1.00"}]}
facilities: [{code: F0, level: hospital}, {code: F1, level: hospital}, {code: F2, level: hospital}]
products:
  - code: P
    benefits: [{services: [S], price_origin: relative, cover: [{co_insurance: "100"}]}]
    payment:
      relative: {general: {period: month}, capitated_facilities: included}
      capitation: {share: "100", weights: {visits: "100"}}
"#;
    let contribution = |paid: &str| Contribution {
        id: code('C', paid.len()),
        amount: cents(36_500),
        paid: paid.parse().unwrap(),
        effective: day(0),
        expiry: day(364),
    };
    let claims = vec![
        (0, 5, 0, vec![(6_200, true)]),
        (1, 5, 0, vec![(3_100, true)]),
        (2, 5, 0, vec![(3_100, true)]),
    ];
    let rules = compile_text(scheme).unwrap();
    let mut request = index_request(vec![contribution("2025-01-01")], claims.clone());
    request.month = 1;
    let answer = index(&rules, &request).unwrap();
    let pot = answer.pots.first().unwrap();
    assert_eq!(pot.pot.to_string(), "31.09");
    // 31.09 / 124.00 = 0.25072..; each amount times 0.2507, rounded: 15.5434, 7.7717, 7.7717.
    assert_eq!(pot.index.rounded.to_string(), "0.2507");
    let paid: Vec<_> = answer.claims.iter().map(|c| c.paid.to_string()).collect();
    assert_eq!(paid, ["15.54", "7.77", "7.77"]);
    assert_eq!(pot.distributed.to_string(), "31.08");
    assert_eq!(pot.left.to_string(), "0.01");
    assert!(pot.remainder.is_empty());

    // Paid on the last day, nothing is earned: there is no day between.
    let mut late = request.clone();
    late.contributions = vec![contribution("2025-12-31")];
    late.month = 12;
    let answer = index(&rules, &late).unwrap();
    assert_eq!(answer.pots.first().unwrap().pot.to_string(), "0.00");

    // Three facilities with a visit each: 31.09 / 3 = 10.363.. for each, and 0.01 is left.
    let visits = waiting(claims).into_iter().map(|claim| ProcessedClaim {
        claim: claim.claim,
        facility: claim.facility,
        date_from: claim.date_from,
        date_to: None,
        processed: claim.processed,
        amount: cents(100),
    });
    let answer = capitation(
        &rules,
        &CapitationRequest {
            schema: adjudica::payment::CAPITATION_REQUEST.to_owned(),
            run: request.run.clone(),
            product: request.product.clone(),
            year: 2025,
            month: 1,
            contributions: request.contributions.clone(),
            insured: Vec::new(),
            claims: visits.collect(),
            runs: Vec::new(),
            revert: None,
        },
    )
    .unwrap();
    let paid: Vec<_> = answer
        .facilities
        .iter()
        .map(|f| f.paid.to_string())
        .collect();
    assert_eq!(paid, ["10.36", "10.36", "10.36"]);
    assert_eq!(answer.distributed.to_string(), "31.08");
    assert_eq!(answer.left.to_string(), "0.01");
}

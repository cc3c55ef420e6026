//! What an enquiry says is what a claim gets.

use adjudica::calendar::Day;
use adjudica::claim::Line;
use adjudica::decision::{AmountsDocument, LineStatus, Reason};
use adjudica::eligibility::{
    About, Care, ElementAnswer, EligibilityAnswer, EligibilityRequest, Other, PolicyAnswer,
    REQUEST_SCHEMA, eligibility,
};
use adjudica::scheme::{CounterWindow, Scope};
use adjudica::{Amount, Decision, Quantity, Request, RuleSet};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::world::{World, world};
use super::{config, replay, rules};

/// The enquiry that a claim of one line could have been preceded by.
fn enquiry(request: &Request, about: About) -> EligibilityRequest {
    EligibilityRequest {
        schema: REQUEST_SCHEMA.to_owned(),
        date_from: request.claim.date_from.unwrap(),
        date_to: request.claim.date_to,
        facility: request.claim.facility.clone(),
        visit_type: request.claim.visit_type,
        referred: request.claim.referred,
        diagnoses: request.claim.diagnoses.clone(),
        about,
        patient: request.patient.clone(),
        coverage: request.coverage.clone(),
        history: request.history.clone(),
        as_of: None,
    }
}

/// The claim asked about: one line, at no price.
fn claim_for(request: &Request, element: &ElementAnswer, quantity: &str) -> Request {
    let mut request = request.clone();
    request.claim.date_claimed = None;
    request.claim.lines = vec![Line {
        id: element.code.clone(),
        kind: element.kind,
        code: element.code.clone(),
        quantity: quantity.parse().unwrap(),
        price: None,
        components: Vec::new(),
        review: None,
        rejected_before: None,
    }];
    request
}

fn money(amount: Amount) -> Decimal {
    amount.decimal()
}

fn codes(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code.as_ref()).collect()
}

/// The requests of a world's claims, with what the earlier ones left.
fn requests(world: &super::World, rules: &RuleSet) -> Vec<Request> {
    let mut requests = Vec::new();
    replay(world, rules, |request, _| requests.push(request.clone()));
    requests
}

/// Is a claim for one unit what the enquiry said?
fn one_unit(answer: &ElementAnswer, decision: &Decision) {
    let line = &decision.lines[0];
    assert_eq!(answer.covered, line.status == LineStatus::Passed);
    assert_eq!(answer.pays, line.amounts.payable);
    assert_eq!(answer.patient_pays, decision.totals.patient_share);
    assert_eq!(answer.assignment, line.assignment);
    assert_eq!(answer.category, decision.category);
    for code in codes(&line.reasons) {
        assert!(codes(&answer.reasons).contains(&code), "{code}: {answer:?}");
    }
    if !answer.covered {
        assert!(!answer.reasons.is_empty(), "{answer:?}");
    }
}

/// Does a claim for more than is left get exactly what is left?
fn more_than_is_left(policies: &[PolicyAnswer], answer: &ElementAnswer, decision: &Decision) {
    let line = &decision.lines[0];
    assert_eq!(answer.covered, line.status == LineStatus::Passed);
    let Some(assignment) = &line.assignment else {
        return;
    };
    let asked = line.quantity.asked.decimal();
    let limits = [
        answer
            .quantity
            .as_ref()
            .filter(|left| left.cuts)
            .map(|left| left.left),
        answer.line_maximum,
    ];
    let least = |left: Decimal, limit: &Option<Quantity>| {
        limit.map_or(left, |limit: Quantity| left.min(limit.decimal()))
    };
    let allowed = limits.iter().fold(asked, least);
    assert_eq!(line.quantity.approved.decimal(), allowed, "{answer:?}");

    let policy = policies
        .iter()
        .find(|policy| policy.policy == assignment.policy)
        .unwrap();
    assert!(policy.covers);
    let AmountsDocument {
        deductible,
        co_insurance,
        category_excess,
        ceiling_excess,
        payable,
        ..
    } = line.amounts;
    let [
        deductible,
        co_insurance,
        category_excess,
        ceiling_excess,
        payable,
    ] = [
        deductible,
        co_insurance,
        category_excess,
        ceiling_excess,
        payable,
    ]
    .map(money);
    let applies = |care| match care {
        Care::General => true,
        Care::Inpatient => policy.hospital_visit,
        Care::Outpatient => !policy.hospital_visit,
    };
    let left = |limits: &[adjudica::eligibility::LimitAnswer]| {
        let one = limits.iter().find(|limit| applies(limit.care));
        one.map(|limit| money(limit.left))
    };
    let charged = deductible + co_insurance + category_excess + ceiling_excess + payable;
    let owed = left(&policy.deductible).unwrap_or(Decimal::ZERO);
    assert_eq!(deductible, owed.min(charged));
    let category = policy
        .categories
        .iter()
        .find(|left| left.category == answer.category);
    if let Some(amount) = category.and_then(|left| left.amount.as_ref()) {
        let under = ceiling_excess + payable;
        assert_eq!(under, money(amount.left).min(under + category_excess));
    } else {
        assert_eq!(category_excess, Decimal::ZERO);
    }
    match left(&policy.ceiling) {
        Some(room) if ceiling_excess > Decimal::ZERO => assert_eq!(payable, room),
        Some(_) => {}
        None => assert_eq!(ceiling_excess, Decimal::ZERO),
    }
    // A category whose claims are used up is no longer paid by the policy.
    let claims = category.and_then(|left| left.claims.as_ref());
    assert!(claims.is_none_or(|claims| claims.left > 0));
}

proptest! {
    #![proptest_config(config(300))]

    /// Covered or not, what is paid, and every limit: enquiry and claim agree.
    #[test]
    fn what_is_left_is_what_a_claim_gets(world in world(12)) {
        let rules = rules(&world.scheme);
        for request in requests(&world, &rules).iter().step_by(3) {
            let answer = eligibility(&rules, &enquiry(request, About::Everything)).unwrap();
            for element in &answer.elements {
                let one = rules.adjudicate(&claim_for(request, element, "1")).unwrap();
                one_unit(element, &one);
                for quantity in ["0.5", "7", "1000"] {
                    let more = claim_for(request, element, quantity);
                    more_than_is_left(&answer.policies, element, &rules.adjudicate(&more).unwrap());
                }
                let about = About::Service(element.code.clone());
                let alone = eligibility(&rules, &enquiry(request, about)).unwrap();
                prop_assert_eq!(&alone.elements[..], std::slice::from_ref(element));
                prop_assert_eq!(&alone.policies, &answer.policies);
            }
        }
    }

    /// As many claims of a category as are left are accepted, and no more.
    #[test]
    fn as_many_claims_as_are_left(world in world(8)) {
        let rules = rules(&world.scheme);
        let Some(request) = requests(&world, &rules).pop() else { return Ok(()) };
        let answer = eligibility(&rules, &enquiry(&request, About::Everything)).unwrap();
        for element in answer.elements.iter().filter(|element| element.covered) {
            let counters = answer.policies.iter().filter(|policy| policy.covers).map(|policy| {
                let category = policy.categories.iter().find(|c| c.category == element.category);
                category.and_then(|category| category.claims.as_ref()).map(|claims| claims.left)
            });
            // Only where each policy counts, so that the last one to close closes all.
            let Some(most) = counters.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max()) else { continue };
            let mut request = claim_for(&request, element, "1");
            request.history.provisions.clear();
            for number in 0..=most {
                let decision = rules.adjudicate(&request).unwrap();
                let full = decision.reasons.iter().any(|r| r.code.starts_with("counter."));
                prop_assert_eq!(full, number == most);
                request.history.claims.push(adjudica::claim::PastClaim {
                    code: adjudica::Code::new(&format!("N{number}")).unwrap(),
                    facility: None,
                    category: Some(decision.category),
                    date: request.claim.date_to.unwrap(),
                    status: adjudica::claim::ClaimStatus::Checked,
                });
            }
        }
    }

    /// The earliest day is the one that trying every day finds.
    #[test]
    fn earliest_is_the_first_of_all_days(world in world(8)) {
        let rules = rules(&world.scheme);
        for request in requests(&world, &rules).iter().rev().take(2) {
            let asked = enquiry(request, About::Everything);
            let answer = eligibility(&rules, &asked).unwrap();
            for element in &answer.elements {
                let about = claim_for(request, element, "1");
                prop_assert_eq!(element.earliest, first_covered_day(&rules, &about), "{:?}", element);
            }
        }
    }

    /// Referral and other facilities are what claims there would get.
    #[test]
    fn other_visits_are_adjudicated_as_such(world in world(6)) {
        let rules = rules(&world.scheme);
        for request in requests(&world, &rules).iter().rev().take(2) {
            let answer = eligibility(&rules, &enquiry(request, About::Everything)).unwrap();
            for element in &answer.elements {
                let mut listed = 0;
                let own = if request.claim.facility.as_str() == "HC" { "HO" } else { "HC" };
                for facility in [None, Some(own)] {
                    let mut claim = claim_for(request, element, "1");
                    match facility {
                        Some(code) => claim.claim.facility = adjudica::Code::new(code).unwrap(),
                        None if request.claim.visit_type == adjudica::scheme::VisitType::Referral => continue,
                        None => {
                            claim.claim.visit_type = adjudica::scheme::VisitType::Referral;
                            claim.claim.referred = Some(true);
                        }
                    }
                    let decision = rules.adjudicate(&claim).unwrap();
                    let got = (decision.lines[0].status == LineStatus::Passed, decision.totals.scheme_share, decision.totals.patient_share);
                    let found = element.instead.iter().find(|instead| match &instead.with {
                        Other::Referral => facility.is_none(),
                        Other::Facility { code, .. } => facility == Some(code.as_str()),
                    });
                    match found {
                        Some(instead) => {
                            listed += 1;
                            prop_assert_eq!((instead.covered, instead.pays, instead.patient_pays), got);
                        }
                        None if !got.0 => prop_assert!(!element.covered),
                        None => prop_assert_eq!((element.covered, element.pays, element.patient_pays), got),
                    }
                }
                prop_assert_eq!(element.instead.len(), listed);
            }
        }
    }

    /// Whatever claims come between what is known and the visit, a claim comes out in between.
    #[test]
    fn unseen_claims_stay_in_between(world in world(16), known in 0..12_usize) {
        stays_in_between(&world, known)?;
    }
}

/// A row that counts by the policy's period was used up before a fiscal year began; the row of the
/// other policy, which counts by that year, was not.
#[test]
fn unseen_claims_of_one_window_and_not_of_another() {
    #[derive(serde::Deserialize)]
    struct Saved {
        scheme: serde_json::Value,
        coverage: serde_json::Value,
        claims: Vec<(usize, serde_json::Value)>,
        known: usize,
    }
    let saved: Saved = serde_json::from_str(include_str!("worlds/two_windows.json")).unwrap();
    let Saved {
        scheme,
        coverage,
        claims,
        known,
    } = saved;
    stays_in_between(
        &World {
            scheme,
            coverage,
            claims,
        },
        known,
    )
    .unwrap();
}

fn stays_in_between(world: &World, known: usize) -> Result<(), TestCaseError> {
    let rules = rules(&world.scheme);
    let all = requests(world, &rules);
    for request in all.iter().skip(known) {
        // The same person with what was known then.
        let mut stale = request.clone();
        let seen = |code: &str| code.trim_start_matches('C').parse::<usize>().unwrap() < known;
        stale.history.claims.retain(|past| seen(&past.code));
        stale.history.provisions.retain(|past| seen(&past.claim));
        stale.history.ledger.retain(|entry| seen(&entry.claim));
        let mut asked = enquiry(&stale, About::Everything);
        asked.as_of = Some(asked.date_from.add_days(-1));
        let answer = eligibility(&rules, &asked).unwrap();
        for element in &answer.elements {
            let decision = rules.adjudicate(&claim_for(request, element, "1")).unwrap();
            let paid = money(decision.totals.scheme_share);
            let between = element.between.as_ref().unwrap();
            let [least, most] = [between.at_least, between.at_most].map(money);
            prop_assert!(least <= paid && paid <= most, "{} of {:?}", paid, element);
            let pays = money(element.pays);
            prop_assert!(least <= pays && pays <= most);
            let passed = decision.lines[0].status == LineStatus::Passed;
            prop_assert!(!between.surely_covered || passed);
        }
    }
    Ok(())
}

/// The first day on which the claim would be covered, by trying each until no policy is left.
fn first_covered_day(rules: &RuleSet, claim: &Request) -> Option<Day> {
    let from = claim.claim.date_from.unwrap();
    let length = from.days_until(claim.claim.date_to.unwrap());
    let last = claim
        .coverage
        .iter()
        .filter_map(|policy| policy.expiry)
        .max()?;
    let mut claim = claim.clone();
    let mut adjudicator = adjudica::Adjudicator::new(rules);
    let days = from.days_until(last).max(0);
    (0..=days).map(|later| from.add_days(later)).find(|day| {
        claim.claim.date_from = Some(*day);
        claim.claim.date_to = Some(day.add_days(length));
        let outcome = adjudicator
            .adjudicate(&claim, &mut adjudica::adjudicate::NoTrace)
            .unwrap();
        outcome.lines[0].status == LineStatus::Passed
    })
}

/// The worlds are worth asking about: everything that an answer can say is said.
#[test]
fn random_worlds_ask_for_everything() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen = [0_usize; 8];
    for _ in 0..40 {
        let world = world(8).new_tree(&mut runner).unwrap().current();
        let rules = rules(&world.scheme);
        let answers: Vec<EligibilityAnswer> = requests(&world, &rules)
            .iter()
            .map(|request| {
                let mut asked = enquiry(request, About::Everything);
                asked.as_of = Some(asked.date_from.add_days(-1));
                eligibility(&rules, &asked).unwrap()
            })
            .collect();
        for element in answers.iter().flat_map(|answer| &answer.elements) {
            let later = element.earliest.is_some() && !element.covered;
            let between = element.between.as_ref().unwrap();
            let told = [
                element.covered,
                later,
                element.waiting_until.is_some(),
                element.quantity.is_some(),
                !element.instead.is_empty(),
                between.at_least < between.at_most && between.at_least > Amount::from_units(0, 0),
                between.surely_covered,
            ];
            seen.iter_mut()
                .zip(told)
                .for_each(|(seen, told)| *seen += usize::from(told));
        }
        for policy in answers.iter().flat_map(|answer| &answer.policies) {
            let yearly = |limit: &adjudica::eligibility::LimitAnswer| {
                limit.scope != Scope::Treatment
                    && limit.window == CounterWindow::CalendarYear
                    && limit.left < limit.limit
            };
            seen[7] += usize::from(policy.ceiling.iter().any(yearly));
        }
    }
    assert!(seen.iter().all(|count| *count >= 10), "{seen:?}");
}

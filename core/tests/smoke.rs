//! The smallest scheme and claim, in text.

use adjudica::wire::{Format, Options, Session, read_scheme};
use adjudica::{Decision, RuleSet};

const SCHEME: &str = r#"
schema: adjudica/scheme@1
code: smoke
version: "1"
currency: {code: USD, exponent: 2}
catalogue:
  services: [{code: S1, price: 100.00}]
  items: [{code: I1, price: "12.75"}]
facilities: [{code: HF1, level: health_centre}]
products:
  - code: P1
    deductible: {general: {scope: insuree, amount: 30.00}}
    ceiling: {general: {scope: policy, amount: "40"}}
    benefits:
      - services: [S1]
        items: [I1]
        cover: [{co_insurance: 80}]
"#;

const REQUEST: &str = r#"{"claim":{"code":"C1","date_from":"2025-03-01","facility":"HF1","lines":[
  {"id":"1","kind":"service","code":"S1","quantity":"1","price":"100.00"},
  {"id":"2","kind":"item","code":"I1","quantity":"3","price":"13.00"},
  {"id":"3","kind":"item","code":"I9","quantity":"1","price":"1.00"}]},
 "patient":{"id":"P","birth_date":"1990-01-01","sex":"female"},
 "coverage":[{"policy":"POL","product":"P1","effective":"2025-01-01","expiry":"2025-12-31",
   "memberships":[{"person":"P","effective":"2025-01-01","expiry":"2025-12-31"}]}]}"#;

#[test]
fn deductible_then_co_insurance_then_ceiling() {
    let rules = RuleSet::compile(read_scheme(SCHEME, Format::Yaml).unwrap()).unwrap();
    let mut session = Session::new(&rules, Options::default());
    let mut out = Vec::new();
    session.adjudicate_json(REQUEST, &mut out).unwrap();
    let decision: Decision = serde_json::from_slice(&out).unwrap();
    let text = |a: adjudica::Amount| a.to_string();
    let [service, item, unknown] = decision.lines.as_slice() else {
        panic!("three lines")
    };
    // 100 - deductible 30 = 70; 80 % = 56; ceiling 40 leaves 16 above it.
    assert_eq!(text(service.amounts.deductible), "30.00");
    assert_eq!(text(service.amounts.co_insurance), "14.00");
    assert_eq!(text(service.amounts.ceiling_excess), "16.00");
    assert_eq!(text(service.amounts.payable), "40.00");
    // 39.00 asked, 38.25 by the register; the ceiling is used up.
    assert_eq!(text(item.amounts.price_adjustment), "0.75");
    assert_eq!(text(item.amounts.payable), "0.00");
    assert_eq!(unknown.reasons[0].code, "register.unknown");
    assert_eq!(text(decision.totals.amounts.claimed), "140.00");
    assert_eq!(text(decision.totals.facility_share), "1.75");
    assert_eq!(text(decision.consumption[0].remunerated.general), "40.00");
    println!("{}", String::from_utf8(out).unwrap());
}

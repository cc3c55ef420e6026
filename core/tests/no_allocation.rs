//! In steady state the hot path allocates nothing: a reusable adjudicator has its memory after the
//! first claims, and keeps it. Counted by an allocator of the test's own.

#![expect(
    clippy::unwrap_used,
    reason = "in this file a value that is not there is a failed test"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use adjudica::adjudicate::{Adjudicator, NoTrace};
use adjudica::wire::{Format, read_request, read_scheme};
use adjudica::{Request, RuleSet};
use serde_json::json;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// Counts what each thread allocates and leaves the rest to the system.
struct Counting;

#[expect(
    unsafe_code,
    reason = "an allocator can only be written so; it forwards to the system's"
)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn allocations_during(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

fn rules() -> RuleSet {
    let service = |code: &str| json!({"code": code, "price": "100.00", "frequency_days": 2, "max_quantity": "5"});
    let codes = ["S1", "S2", "S3", "S4", "S5"];
    let product = |code: &str, cover: serde_json::Value| {
        json!({"code": code,
            "deductible": {"general": {"scope": "insuree", "amount": "50.00"}},
            "ceiling": {"general": {"scope": "policy", "amount": "700.00",
                "extra_members": {"above": 1, "amount": "10.00"},
                "supplements": [{"code": "ELDER", "patient": {"age": {"min": 60}}, "amount": "5.00"}]}},
            "category_limits": {"visit": {"max_claims": 9, "max_amount": "600.00"}},
            "benefits": [{"services": codes, "cover": cover, "waiting_months": {"adult": 1, "child": 1},
                          "max_quantity": {"adult": "3", "child": "3"}}]})
    };
    let conditional =
        json!([{"when": {"referred": true}, "fixed": "90.00"}, {"co_insurance": "80"}]);
    let scheme = json!({
        "schema": "adjudica/scheme@1", "code": "quiet", "version": "1",
        "currency": {"code": "USD", "exponent": 2},
        "catalogue": {"services": codes.map(service)},
        "facilities": [{"code": "HF", "level": "hospital"}],
        "products": [product("A", conditional), product("B", json!([{"fixed": "70.00"}]))],
    });
    RuleSet::compile(read_scheme(&scheme.to_string(), Format::Json).unwrap()).unwrap()
}

/// Claims of one to five lines, some of them rejected or trimmed, with history and two policies.
fn requests() -> Vec<Request> {
    let member = |person: &str| json!({"person": person, "birth_date": "1950-01-01", "effective": "2025-01-01", "expiry": "2025-12-31"});
    let policy = |policy: &str, product: &str| {
        json!({"policy": policy, "product": product, "effective": "2025-01-01", "expiry": "2025-12-31",
               "memberships": [member("P"), member("Q")]})
    };
    (1..=5)
        .map(|count| {
            let lines: Vec<_> = (1..=count)
                .map(|i| {
                    json!({"id": i.to_string(), "kind": "service", "quantity": "4",
                           "code": if i == 4 { "UNKNOWN".to_owned() } else { format!("S{i}") }, "price": "120.00"})
                })
                .collect();
            let request = json!({
                "claim": {"code": "NEW", "date_from": "2025-06-15", "facility": "HF", "lines": lines},
                "patient": {"id": "P", "birth_date": "1950-01-01", "sex": "male"},
                "coverage": [policy("PA", "A"), policy("PB", "B")],
                "history": {
                    "provisions": [{"claim": "OLD", "kind": "service", "code": "S1", "date": "2025-06-01", "quantity": "1"}],
                    "claims": [{"code": "OLD", "date": "2025-06-01", "status": "valuated"}],
                    "ledger": [{"policy": "PA", "person": "Q", "claim": "OLD", "date": "2025-06-01",
                                "deducted": {"general": "20.00"}, "remunerated": {"general": "80.00"}}],
                },
            });
            read_request(&request.to_string()).unwrap()
        })
        .collect()
}

#[test]
fn the_hot_path_allocates_nothing_in_steady_state() {
    let rules = rules();
    let requests = requests();
    let mut adjudicator = Adjudicator::new(&rules);
    let mut payable = 0;
    let mut round = |adjudicator: &mut Adjudicator| {
        for request in &requests {
            let outcome = adjudicator.adjudicate(request, &mut NoTrace).unwrap();
            payable += outcome.totals.payable.minor();
        }
    };
    let first = allocations_during(|| round(&mut adjudicator));
    assert!(
        first > 0,
        "the first claims make the memory, and the counter sees it"
    );
    assert_eq!(
        allocations_during(|| (0..100).for_each(|_| round(&mut adjudicator))),
        0
    );
    assert!(payable > 0);
}

//! Import of openIMIS tables: an invented installation with two items, two services, two facilities
//! and one product, and a claims file whose numbers were worked by hand.
#![expect(
    clippy::unwrap_used,
    reason = "in this file a value that is not there is a failed test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use adjudica::compat::tables::{ImportReport, Tables};
use adjudica::wire::{import_tables_json, read_request};
use adjudica::{Code, Decision, Error, Request, RuleSet};
use serde_json::{Value, json};

type Files = BTreeMap<String, String>;

fn text(name: &str) -> String {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    fs::read_to_string(directory.join(format!("{name}.json"))).unwrap()
}

fn files() -> Files {
    let names = [
        "items",
        "services",
        "items_pricelists",
        "services_pricelists",
        "health_facilities",
        "products",
        "product_items",
        "product_services",
        "families",
        "insurees",
        "policies",
        "insuree_policies",
        "premiums",
    ];
    names.map(|name| (name.to_owned(), text(name))).into()
}

/// The tables with one value changed; `null` takes the column away.
fn with(table: &str, row: usize, column: &str, value: Value) -> Files {
    let mut files = files();
    let changed = changed(&text(table), row, column, value);
    files.insert(table.to_owned(), changed);
    files
}

fn changed(text: &str, row: usize, column: &str, value: Value) -> String {
    let mut rows: Vec<Value> = serde_json::from_str(text).unwrap();
    let row = rows.get_mut(row).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        row.remove(column);
    } else {
        row.insert(column.to_owned(), value);
    }
    serde_json::to_string(&rows).unwrap()
}

fn read() -> Tables {
    Tables::read(&files(), Code::new("XAF")).unwrap()
}

fn requests(tables: &mut Tables) -> Vec<Request> {
    tables.requests(&text("claims")).unwrap()
}

fn decide() -> Vec<Decision> {
    let mut tables = read();
    let requests = requests(&mut tables);
    let rules = RuleSet::compile(tables.scheme().clone()).unwrap();
    requests
        .iter()
        .map(|request| rules.adjudicate(request).unwrap())
        .collect()
}

fn shown(errors: &[Error]) -> Vec<String> {
    errors
        .iter()
        .map(|e| format!("{} {}: {}", e.code, e.path, e.message))
        .collect()
}

fn errors(files: &Files) -> Vec<String> {
    shown(Tables::read(files, None).unwrap_err().errors())
}

fn claim_errors(claims: &str) -> Vec<String> {
    shown(read().requests(claims).unwrap_err().errors())
}

#[test]
fn the_scheme_is_without_errors_and_says_what_the_rows_say() {
    let tables = read();
    let report = adjudica::check(tables.scheme());
    assert_eq!(report.errors, []);
    let scheme = serde_json::to_value(tables.scheme()).unwrap();
    let product = scheme.pointer("/products/0").unwrap();
    assert_eq!(
        product.pointer("/ceiling/general").unwrap(),
        &json!({"scope": "policy", "amount": "500.00",
            "extra_members": {"above": 2, "amount": "100.00", "maximum": "650.00"}})
    );
    assert_eq!(
        product.pointer("/deductible/general").unwrap(),
        &json!({"scope": "insuree", "amount": "50.00"})
    );
    assert_eq!(
        product.pointer("/hospital_visit").unwrap(),
        "facility_level"
    );
    // A negative number of consultations is no limit; NULL amounts are none.
    assert_eq!(
        product.pointer("/category_limits").unwrap(),
        &json!({"visit": {"max_claims": 4}})
    );
    // Three rows say the same and are one; the operation has its own.
    let benefits = product.pointer("/benefits").unwrap().as_array().unwrap();
    assert_eq!(benefits.len(), 2);
    assert_eq!(benefits[0]["items"], json!(["PARA", "AMOX"]));
    assert_eq!(benefits[0]["services"], json!(["CONS"]));
    assert_eq!(benefits[1]["services"], json!(["OPER"]));
    // A fixed amount of 0 is unlimited; a limitation that is NULL does not cover the emergency.
    assert_eq!(
        benefits[1]["cover"],
        json!([
            {"visit_types": ["other"], "age_group": "adult", "fixed": "600.00"},
            {"visit_types": ["other"], "age_group": "child", "fixed": "unlimited"},
            {"visit_types": ["referral"], "co_insurance": "80.00"},
        ])
    );
    assert_eq!(
        scheme.pointer("/facilities/0/price_lists").unwrap(),
        &json!(["items-3", "services-4"])
    );
    // Without lists, nothing may be claimed.
    assert_eq!(
        scheme.pointer("/facilities/1/price_lists").unwrap(),
        &json!([])
    );
    // Two members pay nothing more than the lump sum. NULL and 0 are no rule, but no months of
    // grace are none at all; the legacy column of the grace for payment is called WaitingPeriod.
    assert_eq!(
        product.pointer("/enrolment").unwrap(),
        &json!({
            "insurance_months": 12,
            "cycles": [{"month": 6, "day": 1}, {"month": 11, "day": 1}],
            "grace": {"enrolment_months": 0, "payment_months": 3},
            "members": {"max": 8},
            "premium": {"lump_sum": "100.00", "lump_sum_members": 2, "adult": "20.00"},
            "registration": {"amount": "5.00", "per": "member"},
            "general_assembly": {"amount": "10.00", "per": "household"},
            "instalments": {"max": 3, "months_apart": 1},
        })
    );
    // An override of 0 is the register's price.
    assert_eq!(
        scheme.pointer("/price_lists/0/entries/0/price").unwrap(),
        "8.00"
    );
    assert_eq!(scheme.pointer("/price_lists/0/entries/1/price"), None);
}

#[test]
fn claims_come_to_the_amounts_worked_by_hand() {
    let decisions = decide();
    let codes: Vec<_> = decisions.iter().map(|d| d.claim.as_str()).collect();
    // The claim that has ended is left out; the second C1 is named apart.
    assert_eq!(codes, ["C1", "C2", "C3", "C1#103"]);
    let amounts = |claim: usize| {
        let line = |l: &adjudica::decision::LineDecision| {
            let a = &l.amounts;
            [
                a.claimed,
                a.price_adjustment,
                a.fixed_cut,
                a.deductible,
                a.co_insurance,
                a.ceiling_excess,
                a.payable,
            ]
            .map(|amount| amount.to_string())
            .join(" ")
        };
        decisions[claim].lines.iter().map(line).collect::<Vec<_>>()
    };
    // 5 x 9.00 asked, 8.00 on the list: 40.00, all of it deductible (50.00 for the person).
    // Then 100.00 less the 10.00 left of the deductible = 90.00, of which 80 % = 72.00.
    assert_eq!(
        amounts(0),
        [
            "45.00 5.00 0.00 40.00 0.00 0.00 0.00",
            "100.00 0.00 0.00 10.00 18.00 0.00 72.00"
        ]
    );
    // Another member: 1200.00 asked, 1000.00 in the register, at most 600.00; own deductible
    // 50.00 leaves 550.00. Three members, two included: ceiling 500.00 + 100.00, of which the
    // first claim took 72.00: 528.00 are left, 22.00 are above.
    assert_eq!(
        amounts(1),
        ["1200.00 200.00 400.00 50.00 0.00 22.00 528.00"]
    );
    // The dispensary has no price list.
    let reasons = |claim: usize, line: usize| {
        let reasons = &decisions[claim].lines[line].reasons;
        reasons
            .iter()
            .map(|reason| reason.openimis.unwrap_or(-1))
            .collect::<Vec<_>>()
    };
    assert_eq!(reasons(2, 0), [2]);
    // 2 of 3 approved: 41.00; the deductible is used up by the first claim; 80 % = 32.80.
    // The second line arrived rejected and stays so.
    assert_eq!(amounts(3)[0], "61.50 0.00 0.00 0.00 8.20 0.00 32.80");
    assert_eq!(
        decisions[3].lines[0].amounts.review_adjustment.to_string(),
        "20.50"
    );
    assert_eq!(decisions[3].lines[1].amounts.payable.to_string(), "0.00");
    assert_eq!(decisions[3].lines[1].amounts.rejected.to_string(), "8.00");
}

#[test]
fn earlier_claims_are_the_past_of_later_ones() {
    let mut tables = read();
    let requests = requests(&mut tables);
    let codes = |request: &Request| {
        let claims = request.history.claims.iter();
        claims
            .map(|claim| claim.code.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&requests[0]), [""; 0]);
    assert_eq!(codes(&requests[1]), [""; 0], "of another member");
    assert_eq!(requests[1].history.ledger.len(), 1, "of the same policy");
    assert_eq!(codes(&requests[3]), ["C1", "C3"]);
    let provisions = &requests[3].history.provisions;
    let given: Vec<_> = provisions
        .iter()
        .map(|p| (p.code.as_str(), p.quantity.to_string()))
        .collect();
    assert_eq!(
        given,
        [("PARA", "5.00".to_owned()), ("CONS", "1.00".to_owned())]
    );
    for request in &requests {
        let text = serde_json::to_string(request).unwrap();
        assert_eq!(&read_request(&text).unwrap(), request);
    }
}

#[test]
fn the_report_tells_what_was_translated_passed_over_and_guessed() {
    let mut tables = read();
    requests(&mut tables);
    let report = tables.report();
    assert_eq!(
        serde_json::to_value(&report.counts).unwrap(),
        json!({"products": 1, "items": 2, "services": 2, "facilities": 2, "price lists": 2,
            "benefit rows": 4, "families": 1, "insurees": 3, "policies": 1, "requests": 4})
    );
    let translated = |table: &str, column: &str| {
        let of_column = report
            .translated
            .iter()
            .filter(|t| t.table == table && t.column == column);
        of_column
            .map(|t| format!("{} {} {}", t.value, t.read_as, t.rows))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        translated("items", "ItemFrequency"),
        ["0 no restriction 1", "NULL no restriction 1"]
    );
    assert_eq!(
        translated("items", "ItemCareType"),
        ["NULL both in- and out-patient care 1"]
    );
    assert_eq!(
        translated("items_pricelists.details", "PriceOverule"),
        ["0 the register's price 1"]
    );
    assert_eq!(
        translated("product_services", "LimitationTypeE"),
        ["NULL emergencies not covered 1"]
    );
    assert_eq!(translated("products", "DedTreatment"), ["0 absent 1"]);
    let passed_over = |table: &str| {
        let of_table = report.not_read.iter().filter(|n| n.table == table);
        of_table
            .map(|n| {
                format!(
                    "{} {} {}",
                    n.column.as_deref().unwrap_or("*"),
                    n.rows,
                    n.why
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        passed_over("premiums"),
        ["* 1 whom and when policies are sold to, not needed for claims"]
    );
    assert_eq!(
        passed_over("products"),
        [
            "LocationId 1 whom and when policies are sold to, not needed for claims",
            "WeightPopulation 1 payment of facilities, not read yet",
        ]
    );
    assert!(passed_over("claims").contains(&"* 1 rows that have ended".to_owned()));
    assert_eq!(
        shown(&report.warnings),
        [
            "config.unknown : the tables have no settings of the installation; age of majority \
             18, packages priced as services",
            "diagnosis.no_register claims[ClaimID=103].ICDID: there is no table `diagnoses`; the \
             id stands for the code",
            "claim.repeated_code claims[ClaimID=103].ClaimCode: an earlier claim has this code; \
             this one is named `C1#103`",
            "history.entered_only claims[ClaimID=103]: an earlier claim of this person is entered \
             only, and no part of this one's past",
            "column.unknown products.Colour: the column is not known, and not read (1 rows have it)",
        ]
    );
    let summary = report.summary();
    let first = summary.lines().next().unwrap();
    assert_eq!(
        first,
        "1 product, 2 items, 2 services, 2 facilities, 2 price lists, 4 benefit rows, 1 family, \
         3 insurees, 1 policy, 4 requests"
    );
    assert!(
        summary.contains("\n5 warnings:\n       1 claim.repeated_code\n"),
        "{summary}"
    );
}

fn warnings(files: &Files) -> ImportReport {
    Tables::read(files, Code::new("XAF")).unwrap().report()
}

#[test]
fn a_guess_names_table_row_and_column() {
    for (table, row, column, value, expected) in [
        (
            "health_facilities",
            1,
            "HFLevel",
            json!("X"),
            "column.unknown_value health_facilities[HfID=6].HFLevel: `X` is no level; read as \
             health centre",
        ),
        (
            "product_services",
            1,
            "LimitAdultR",
            json!("120"),
            "column.percent_range product_services[ProdServiceID=82].LimitAdultR: `120` is not \
             between 0 and 100; read as 100",
        ),
        (
            "products",
            0,
            "DedPolicy",
            json!("10.00"),
            "limit.several_scopes products[ProdID=7].DedPolicy: another scope has an amount too; \
             treatment wins over insuree, insuree over policy",
        ),
        (
            "insurees",
            1,
            "FamilyID",
            json!(2),
            "family.unknown insurees[InsureeID=2].FamilyID: there is no such family; the person \
             is read as one of no current family",
        ),
        (
            "products",
            0,
            "ConversionProdID",
            json!(7),
            "enrolment.unusable products[BASIC].enrolment.conversion_product: conversion from \
             `BASIC` never ends; read without enrolment",
        ),
        (
            "products",
            0,
            "AdministrationPeriod",
            json!(-1),
            "column.range products[ProdID=7].AdministrationPeriod: `-1` cannot be read here",
        ),
        (
            "products",
            0,
            "StartCycle1",
            json!("31-02"),
            "cycle.unreadable products[ProdID=7].StartCycle1: `31-02` is no day of a year; passed \
             over",
        ),
        (
            "items",
            0,
            "ItemPrice",
            json!(null),
            "column.missing items[ItemID=1].ItemPrice: no price; read as 0",
        ),
    ] {
        let report = warnings(&with(table, row, column, value));
        let found = shown(&report.warnings);
        assert!(
            found.iter().any(|warning| warning == expected),
            "{found:#?}"
        );
    }
}

#[test]
fn what_nothing_can_replace_is_an_error_with_table_and_row() {
    for (table, row, column, value, expected) in [
        (
            "items",
            1,
            "ItemCode",
            json!(null),
            "column.missing items[ItemID=2].ItemCode: `ItemCode` is missing or empty",
        ),
        (
            "items",
            1,
            "ItemID",
            json!(1),
            "column.duplicate_id items[ItemID=1]: another row of the table has this id",
        ),
        (
            "product_items",
            1,
            "ItemID",
            json!(12),
            "reference.unknown product_items[ProdItemID=72].ItemID: no row of `items` has the id \
             12",
        ),
        (
            "health_facilities",
            0,
            "PLItemID",
            json!(12),
            "reference.unknown health_facilities[HfID=5].PLItemID: no row of `items_pricelists` \
             has the id 12",
        ),
        (
            "policies",
            0,
            "ProdID",
            json!(12),
            "reference.unknown policies[PolicyID=9].ProdID: no row of `products` has the id 12",
        ),
        (
            "products",
            0,
            "ConversionProdID",
            json!(12),
            "reference.unknown products[ProdID=7].ConversionProdID: no row of `products` has the \
             id 12",
        ),
        (
            "products",
            0,
            "MaxPolicy",
            json!("5oo"),
            "column.number products[ProdID=7].MaxPolicy: `5oo` is not a decimal number",
        ),
    ] {
        let found = errors(&with(table, row, column, value));
        assert_eq!(
            found.first().map(String::as_str),
            Some(expected),
            "{found:#?}"
        );
    }
    let mut less = files();
    less.remove("product_services");
    assert_eq!(
        errors(&less),
        ["table.missing product_services: the table `product_services` is missing"]
    );
}

#[test]
fn a_claim_that_leads_nowhere_is_an_error() {
    let claims = text("claims");
    for (column, value, expected) in [
        (
            "InsureeID",
            json!(12),
            "reference.unknown claims[ClaimID=100].InsureeID: no row of `insurees` has the id 12",
        ),
        (
            "DateFrom",
            json!(null),
            "column.missing claims[ClaimID=100].DateFrom: `DateFrom` is missing or empty",
        ),
        (
            "DateFrom",
            json!("2019-02-30"),
            "column.date claims[ClaimID=100].DateFrom: `2019-02-30` is not a date",
        ),
        (
            "items",
            json!([{"ClaimItemID": 1, "ItemID": 12, "QtyProvided": 1}]),
            "reference.unknown claims[ClaimID=100].items[ClaimItemID=1].ItemID: no row of `items` \
             has the id 12",
        ),
    ] {
        assert_eq!(
            claim_errors(&changed(&claims, 0, column, value)),
            [expected]
        );
    }
    let mut alone = files();
    for table in ["families", "insurees", "policies", "insuree_policies"] {
        alone.remove(table);
    }
    let mut tables = Tables::read(&alone, None).unwrap();
    assert_eq!(
        shown(tables.requests(&claims).unwrap_err().errors()),
        [
            "table.missing families: there are no families, insurees, policies and \
             insuree_policies"
        ]
    );
}

#[test]
fn one_document_gives_what_the_files_give() {
    let tables: serde_json::Map<String, Value> = files()
        .iter()
        .map(|(name, text)| (name.clone(), serde_json::from_str(text).unwrap()))
        .collect();
    let claims: Value = serde_json::from_str(&text("claims")).unwrap();
    let import = |document: Value| {
        let mut out = Vec::new();
        let done = import_tables_json(&document.to_string(), &mut out);
        done.map(|()| serde_json::from_slice::<Value>(&out).unwrap())
            .map_err(|invalid| shown(invalid.errors()))
    };
    let mut read = read();
    let requests = requests(&mut read);
    let whole = import(json!({"tables": tables, "claims": claims, "currency": "XAF"})).unwrap();
    assert_eq!(whole["scheme"], json!(read.scheme()));
    assert_eq!(whole["requests"], json!(requests));
    assert_eq!(whole["report"], json!(read.report()));

    let without = import(json!({"tables": tables})).unwrap();
    assert_eq!(without["requests"], json!([]));
    assert_eq!(without["scheme"]["currency"]["code"], "XXX");

    let mut odd = tables.clone();
    odd.insert("items".to_owned(), json!(5));
    for (document, expected) in [
        (
            json!({"tables": odd}),
            "value.type items: invalid type: integer `5`, expected a list",
        ),
        (
            json!({"tables": tables, "claims": [5]}),
            "value.type claims[0]: invalid type: integer `5`, expected a map",
        ),
        (
            json!({"claims": []}),
            "field.missing : missing field `tables`",
        ),
        (
            json!({"tables": tables, "curency": "XAF"}),
            "field.unknown curency: unknown field `curency`, expected one of `tables`, `claims`, \
             `currency`",
        ),
    ] {
        let errors = import(document).unwrap_err();
        assert_eq!(errors.first().map(String::as_str), Some(expected));
    }
    let mut out = Vec::new();
    let broken = import_tables_json("{\"tables\":\n {\"items\": [}}", &mut out).unwrap_err();
    let place = broken
        .errors()
        .first()
        .map(|error| (error.line, error.column));
    assert_eq!((place, out), (Some((Some(2), Some(13))), Vec::new()));
}

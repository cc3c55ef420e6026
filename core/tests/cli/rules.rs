//! For those who write rules: check, test, bench, schema, conventions.

use super::*;

#[test]
fn bench_measures_and_compares() {
    let place = Place::new();
    place.write("cheaper.yaml", SCHEME.replace("\"80\"", "\"70\""));
    let mut requests: String = ndjson((1..=20).map(|n| request(&format!("C{n}"), n)));
    requests.push_str("{}\n");
    place.write("claims.ndjson", requests);
    let arguments = [
        "bench",
        "--scheme",
        "scheme.yaml",
        "--against",
        "cheaper.yaml",
        "--rounds",
        "1",
        "--show",
        "2",
        "claims.ndjson",
    ];
    let table = place.run(&arguments).ends(0);
    assert!(
        table
            .text()
            .contains("20 of 20 decisions differ, 20 in what the scheme pays"),
        "{}",
        table.text()
    );
    let ran = place.run(&[&arguments[..], &["--json"]].concat()).ends(0);
    let bench: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(bench["requests"], 21);
    let measured = bench["schemes"].as_array().unwrap();
    assert_eq!(measured.len(), 2);
    for scheme in measured {
        assert_eq!(scheme["unreadable"], 1);
        assert!(scheme["claims"].as_u64().unwrap() >= 20);
        assert!(scheme["claims_per_second"]["one_thread"].as_u64().unwrap() > 0);
        let stages = scheme["stages"].as_array().unwrap();
        let percent: f64 = stages.iter().map(|s| s["percent"].as_f64().unwrap()).sum();
        assert!((percent - 100.0).abs() < 0.01, "{percent}");
        let latency = |name: &str| scheme["latency_us"][name].as_f64().unwrap();
        assert!(latency("p50") <= latency("p99") && latency("p99") <= latency("max"));
    }
    let comparison = &bench["comparison"];
    // 1 + .. + 20 = 210 services of 100.00.
    assert_eq!(
        comparison["scheme"],
        json!({"first": "16800.00", "second": "14700.00", "difference": "-2100.00"})
    );
    assert_eq!(comparison["facility"]["difference"], "0.00");
    let largest = comparison["largest"].as_array().unwrap();
    let claims: Vec<_> = largest.iter().map(|change| &change["claim"]).collect();
    assert_eq!(claims, ["C20", "C19"]);
}

#[test]
fn check_tells_errors_from_a_fine_scheme() {
    let place = Place::new();
    let ran = place.run(&["check", "scheme.yaml"]).ends(0);
    assert!(
        ran.text()
            .starts_with("scheme.yaml: fine; small 1, 1 product")
    );

    place.write("broken.json", BROKEN);
    let ran = place.run(&["check", "scheme.yaml", "broken.json"]).ends(1);
    assert!(
        ran.text().contains("error[field.unknown]"),
        "{}",
        ran.text()
    );
    assert!(ran.text().contains("--> broken.json:7:"), "{}", ran.text());
    assert!(!ran.text().contains('\u{1b}'), "no colours into a pipe");

    // What only the audit finds has a place too.
    place.write("dangling.yaml", SCHEME.replace("[S1]", "[S2]"));
    let ran = place.run(&["check", "dangling.yaml"]).ends(1);
    for shown in [
        "--> dangling.yaml:12:20 products[0].benefits[0].services[0]\n",
        "   |       - services: [S2]\n",
        "dangling.yaml: 1 error",
    ] {
        assert!(ran.text().contains(shown), "{}", ran.text());
    }

    let ran = place.run(&["check", "--json", "broken.json"]).ends(1);
    let found: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(found[0]["file"], "broken.json");
    assert_eq!(found[0]["errors"][0]["code"], "field.unknown");
    assert_eq!(found[0]["errors"][0]["line"], 7);

    let ran = place.run_with(&["check", "-"], SCHEME.as_bytes()).ends(0);
    assert!(ran.text().starts_with("standard input: fine"));
}

#[test]
fn test_compares_what_cases_say_and_shows_the_rest() {
    let place = Place::new();
    let case = |expected: Value| {
        let mut case = json!({"name": "n", "description": "d", "request": request("C1", 1)});
        let fields = case.as_object_mut().unwrap();
        fields.extend(expected.as_object().unwrap().clone());
        case.to_string()
    };
    place.write("s/scheme.yaml", SCHEME);
    place.write(
        "s/cases/good.json",
        case(json!({"expect": {"lines": [{"amounts": {"payable": "80.00"}}]}})),
    );
    let ran = place.run(&["test", "."]).ends(0);
    assert_eq!(ran.text(), "1 passed, 0 failed\n");

    place.write(
        "s/cases/wrong.json",
        case(json!({"expect": {"status": "valuated", "totals": {"scheme_share": "81.00"}}})),
    );
    place.write("s/cases/torn.json", "{");
    place.write(
        "s/cases/no_error.json",
        case(json!({"expect_error": {"code": "x"}})),
    );
    let ran = place.run(&["test", "."]).ends(1);
    let text = ran.text();
    assert!(text.ends_with("1 passed, 3 failed\n"), "{text}");
    for shown in [
        "totals.scheme_share: expected \"81.00\", got \"80.00\"",
        "  -     \"scheme_share\": \"81.00\"\n",
        "  +     \"scheme_share\": \"80.00\"\n",
        "EOF while parsing",
        "the whole answer: expected 1 field",
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let ran = place.run(&["test", "--json", "."]).ends(1);
    let result: Value = serde_json::from_str(ran.text()).unwrap();
    assert_eq!(result["passed"].as_array().unwrap().len(), 1);
    assert_eq!(result["failed"].as_array().unwrap().len(), 3);

    // Only the cases asked for.
    let ran = place.run(&["test", ".", "--filter", "good"]).ends(0);
    assert_eq!(ran.text(), "1 passed, 0 failed\n");
}

#[test]
fn schemas_and_conventions_are_printed() {
    let place = Place::new();
    let names = place.run(&["schema"]).ends(0);
    place.run(&["schema", "--out", "schemas"]).ends(0);
    for name in names.text().lines() {
        let printed = place.run(&["schema", name]).ends(0).stdout;
        let written = fs::read(place.path(&format!("schemas/{name}.json"))).unwrap();
        assert_eq!(printed, written);
    }
    let ran = place.run(&["conventions", "--json"]).ends(0);
    let all: Value = serde_json::from_str(ran.text()).unwrap();
    let table = place.run(&["conventions"]).ends(0);
    for difference in all.as_array().unwrap() {
        assert!(table.text().contains(difference["name"].as_str().unwrap()));
    }
    let ran = place
        .run(&["conventions", "openimis-1.11", "--json"])
        .ends(0);
    let all: Value = serde_json::from_str(ran.text()).unwrap();
    let table = place.run(&["conventions", "openimis-1.11"]).ends(0);
    assert!(all.as_array().unwrap().len() > 50);
    for switch in all.as_array().unwrap() {
        assert!(table.text().contains(switch["name"].as_str().unwrap()));
        assert!(!switch["meaning"].as_str().unwrap().is_empty());
    }
}

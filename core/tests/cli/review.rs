//! Review: the example of the documentation, and what is refused.

use super::*;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/review");

/// The commands of the example's README.
fn commands() -> Vec<Vec<String>> {
    let readme = fs::read_to_string(format!("{EXAMPLE}/README.md")).unwrap();
    let lines = readme
        .lines()
        .filter_map(|line| line.trim().strip_prefix("adjudica "));
    lines
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .collect()
}

fn example(arguments: &[String], more: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_adjudica"))
        .args(arguments)
        .args(more)
        .current_dir(EXAMPLE)
        .output();
    Ran::from(output.unwrap())
}

#[test]
fn the_worked_review_runs_as_written() {
    let commands = commands();
    let [select, open, deliver, appeal, report] = commands.as_slice() else {
        panic!("{} commands", commands.len());
    };
    for (command, words) in [
        (
            select,
            [
                "3 of 6 claims selected, 1 of them blind",
                "120.00 from 75.00 on; the mean of 3 claims is 50.00",
            ],
        ),
        (
            open,
            ["waits for its review until 2025-04-14", "review selected"],
        ),
        (deliver, ["is paid; review delivered", "-32.00"]),
        (appeal, ["ledger: 1 taken back, 1 entered", "32.00"]),
        (report, ["changed after payment: 32.00", "R2"]),
    ] {
        let ran = example(command, &[]).ends(0);
        for word in words {
            assert!(ran.text().contains(word), "{word}: {}", ran.text());
        }
    }
    // Each step goes on from the file that the one before left.
    let answer = |command| example(command, &["--json"]).ends(0).lines().remove(0);
    let read = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(format!("{EXAMPLE}/{name}")).unwrap()).unwrap()
    };
    assert_eq!(answer(open)["file"], read("2-deliver.json")["file"]);
    assert_eq!(answer(deliver)["file"], read("3-appeal.json")["file"]);
    assert_eq!(answer(appeal)["file"], read("files.ndjson"));
    // The advice is about the claim as it is here.
    let chosen = answer(select)["claims"][0]["looks"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(chosen.last().unwrap()["rule"], "advice");
    assert_eq!(chosen.last().unwrap()["chosen"], true);
}

#[test]
fn refused_steps_and_unreadable_requests_are_told() {
    let place = Place::new();
    let step = json!({"schema": "adjudica/review_request@1", "request": request("C1", 1),
        "at": "2025-04-01T00:00:00Z", "steps": [{"by": "R1", "action": {"deliver": {"lines": []}}}]});
    place.write("step.json", step.to_string());
    let ran = place
        .run(&["review", "apply", "--scheme", "scheme.yaml", "step.json"])
        .ends(1);
    assert!(
        ran.text()
            .starts_with("refused at step 1: `deliver` does not follow on `idle`"),
        "{}",
        ran.text()
    );

    place.write(
        "claims.ndjson",
        ndjson([request("C1", 1), request("C1", 2)]),
    );
    let select = [
        "review",
        "select",
        "--scheme",
        "scheme.yaml",
        "--seed",
        "s",
        "--at",
        "2025-04-01T00:00:00Z",
    ];
    let ran = place
        .run(&[&select[..], &["claims.ndjson"]].concat())
        .ends(1);
    assert!(
        ran.stderr.contains("claims[1].request.claim.code"),
        "{}",
        ran.stderr
    );
    let ran = place
        .run(&[&select[..], &["nowhere.ndjson"]].concat())
        .ends(2);
    assert!(ran.stderr.contains("nowhere.ndjson"), "{}", ran.stderr);
}

/// What a case of the rules examples asks.
fn asked(case: &str) -> String {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules-examples/basic-cover");
    let case = fs::read_to_string(format!("{examples}/questions/{case}.json")).unwrap();
    let case: Value = serde_json::from_str(&case).unwrap();
    case.get("request").unwrap().to_string()
}

#[test]
fn quality_is_told_as_table_and_page() {
    let scheme = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../rules-examples/basic-cover/scheme.yaml"
    );
    let place = Place::new();
    place.write("fine.json", asked("quality"));
    place.write("past.json", asked("quality-past-limit"));
    let quality = ["review", "quality", "-s", scheme];
    let ran = place.run(&[&quality[..], &["--html", "quality.html", "fine.json"]].concat());
    let ran = ran.ends(0);
    for word in ["11 blind claims", "80.0000 %", "16.6667 %"] {
        assert!(ran.text().contains(word), "{word}: {}", ran.text());
    }
    let page = fs::read_to_string(place.path("quality.html")).unwrap();
    // The band from 0.9 on: mean score 0.9 and 75 % corrected, in a chart 150 high.
    assert!(page.contains(r#"y="15" width="18" height="135"><title>0.9: mean score 0.9000"#));
    assert!(page.contains(r#"height="113"><title>0.9: corrected 75.0000 % of 4"#));
    assert!(page.contains("Drift: scores before and since 2025-03-15"));
    assert_eq!(page.matches("<svg viewBox").count(), 2);
    assert!(!page.contains("<script") && !page.contains("http"));

    let ran = place.run(&[&quality[..], &["past.json"]].concat()).ends(1);
    for word in [
        "local: precision: 40.0000 %, at least 60 % allowed",
        "local: wrong flags for sex male: 50.0000 %, at most 40 % allowed",
        "findings are only observed",
    ] {
        assert!(ran.text().contains(word), "{word}: {}", ran.text());
    }
}

/// Advice is never dropped in silence: what fits no claim is told, two about one claim are refused.
#[test]
fn advice_without_its_claim_is_told() {
    let place = Place::new();
    let commands = commands();
    let advice = fs::read_to_string(format!("{EXAMPLE}/advice.ndjson")).unwrap();
    let select = |advice: &str| {
        place.write("advice.ndjson", advice);
        let given = place.path("advice.ndjson").display().to_string();
        let mut command = commands[0].clone();
        for argument in &mut command {
            if argument == "advice.ndjson" {
                argument.clone_from(&given);
            }
        }
        example(&command, &[])
    };
    let told = "1 of the advices are about claims that are not here";
    assert!(!select(&advice).ends(0).stderr.contains(told));
    let ran = select(&advice.replacen("R-1", "R-99", 1)).ends(0);
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert!(ran.stderr.contains("`R-99` of `HC1`"), "{}", ran.stderr);
    let ran = select(&format!("{}\n{}", advice.trim(), advice.trim())).ends(2);
    assert!(ran.stderr.contains("two advices"), "{}", ran.stderr);
}

//! Wrong usage, help, and readers who leave.

use super::*;

#[test]
fn what_cannot_be_used_ends_with_two() {
    let place = Place::new();
    place.write("broken.json", BROKEN);
    for (arguments, message) in [
        (adjudicate(&["nowhere.json"]), "nowhere.json: no such file"),
        (
            adjudicate(&["--conventions", "nowhere"]),
            "unknown variant `nowhere`",
        ),
        (vec!["adjudicate"], "--scheme <FILE>"),
        (
            vec!["adjudicate", "--scheme", "nowhere.yaml"],
            "nowhere.yaml: ",
        ),
        (
            vec!["adjudicate", "--scheme", "broken.json"],
            "did you mean `co_insurance`?",
        ),
        (vec!["test", "nowhere"], "nowhere: "),
        (vec!["test", "."], "no cases found"),
        (vec!["check", "nowhere.yaml"], "nowhere.yaml: "),
        (vec!["schema", "nowhere"], "possible values: scheme"),
    ] {
        let ran = place.run(&arguments).ends(2);
        assert_eq!(ran.text(), "", "{arguments:?}");
        assert!(
            ran.stderr.contains(message),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn whoever_stops_reading_hears_nothing_more() {
    let place = Place::new();
    let text = ndjson((1..=5000).map(|n| request(&format!("C{n}"), 1)));
    place.write("claims.ndjson", text);
    let mut child = place
        .command(&adjudicate(&["claims.ndjson"]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn every_command_has_help_with_examples() {
    let place = Place::new();
    for command in [
        "audit",
        "capitation",
        "index",
        "check",
        "adjudicate",
        "advise",
        "import",
        "test",
        "schema",
        "conventions",
        "completions",
    ] {
        let ran = place.run(&[command, "--help"]).ends(0);
        let example = format!("\n  adjudica {command}");
        assert!(ran.text().contains(&example), "{}", ran.text());
    }
    assert!(place.run(&["--help"]).ends(0).text().contains("Exit codes"));
    let ran = place.run(&["completions", "bash"]).ends(0);
    assert!(ran.text().contains("adjudicate"));
}

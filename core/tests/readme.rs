//! What the README shows, run as it is written there.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as expected"
)]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

const README: &str = include_str!("../../README.md");
const FIRST: &str = include_str!("../examples/first.rs");

/// The example as the README has it, compiled with this test.
mod first {
    include!("../examples/first.rs");

    pub fn run() {
        main().unwrap();
    }
}

/// The blocks of a language, in order.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README
        .split(&fence)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn the_first_rule_set_and_claim_run_as_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scheme.yaml"), blocks("yaml")[0]).unwrap();
    fs::write(folder.path().join("claim.json"), blocks("json")[0]).unwrap();

    let commands = blocks("sh")
        .into_iter()
        .find(|block| block.contains("adjudica check"))
        .unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_adjudica")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-e", "-c", commands])
        .current_dir(folder.path())
        .env("PATH", path)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // The sentence below the commands: 56.00 is payable, the patient bears 44.00.
    for shown in [
        "\"payable\":\"56.00\"",
        "\"patient_share\":\"44.00\"",
        "30.00",
        "56.00",
        "44.00",
    ] {
        assert!(said.contains(shown), "{shown} is not in:\n{said}");
    }

    assert_eq!(
        blocks("rust"),
        [FIRST],
        "core/examples/first.rs is the README's"
    );
    env::set_current_dir(folder.path()).unwrap();
    first::run();
}

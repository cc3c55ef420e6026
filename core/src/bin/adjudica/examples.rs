//! `adjudica test`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use adjudica::calendar::Day;
use adjudica::decision::TraceLevel;
use adjudica::wire::partial::{self, Difference};
use adjudica::wire::{Options, Question, Session, ask_json, read_request, write_json};
use adjudica::{Error, RuleSet};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use crate::check::plural;
use crate::exit::{Exit, Stop};
use crate::files::{Source, walk};
use crate::report::{BAD, GOOD, MUTED, stop};
use crate::scheme::{ConventionsArg, load};

/// Run the worked cases of schemes and show where decisions differ
///
/// Looks in DIR and everything below for a scheme (scheme.yaml, scheme.yml or scheme.json) with
/// cases beside it (cases/*.json). A case is an object with `name`, `description`, `request` and
/// either `expect` (fields of the decision) or `expect_error` (fields of the error); `as_of` is
/// taken into the request. Questions other than a claim's decision have their cases in
/// questions/*.json, with the name of the question in `ask`. Only the fields written are compared;
/// arrays must have the same length.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica test rules-examples
  adjudica test rules-examples/nepal-hib --filter ceiling
  adjudica test . --json | jq '.failed[].file'

Exit codes: 0 every case passed, 1 a case failed, 2 a scheme or case cannot be used, or no case
was found.")]
pub struct Args {
    /// Directory of schemes with their cases
    #[arg(value_name = "DIR", default_value = ".")]
    directory: PathBuf,

    /// Only cases whose file or name contains TEXT
    #[arg(short, long, value_name = "TEXT")]
    filter: Option<String>,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Print passed and failed cases as JSON
    #[arg(long)]
    json: bool,

    /// Name the passed cases too
    #[arg(short, long)]
    verbose: bool,
}

/// A worked case: the same file runs in every language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default, rename = "description")]
    _description: Value,
    /// The question, if it is another than a claim's decision.
    #[serde(default)]
    ask: Option<String>,
    #[serde(default)]
    as_of: Option<Day>,
    /// Text as written: numbers must not pass through floats.
    request: Box<RawValue>,
    #[serde(default)]
    expect: Option<Value>,
    #[serde(default)]
    expect_error: Option<Value>,
}

/// What became of a case.
struct Ran {
    file: String,
    name: String,
    fault: Option<Fault>,
}

enum Fault {
    /// The case file cannot be used.
    Unusable(String),
    /// The answer is not the expected one.
    Differs {
        expected: Value,
        actual: Value,
        differences: Vec<Difference>,
    },
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let mut ran = Vec::new();
    let mut unusable = false;
    for (directory, scheme) in schemes(&args.directory)? {
        match load(&scheme, &args.conventions) {
            Ok(rules) => cases(&rules, &directory, args.filter.as_deref(), &mut ran)?,
            Err(reason) => {
                stop(&reason);
                unusable = true;
            }
        }
    }
    if ran.is_empty() && !unusable {
        return Err(Stop::about(args.directory.display(), "no cases found"));
    }
    let failed = ran.iter().filter(|case| case.fault.is_some()).count();
    let mut out = anstream::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", as_json(&ran))?;
    } else {
        for case in &ran {
            if case.fault.is_some() || args.verbose {
                write!(out, "{}", as_text(case))?;
            }
        }
        let style = if failed == 0 { GOOD } else { BAD };
        let passed = ran.len() - failed;
        writeln!(out, "{style}{passed} passed, {failed} failed{style:#}")?;
    }
    Ok(match (unusable, failed) {
        (true, _) => Exit::NotDone,
        (false, 0) => Exit::Done,
        (false, _) => Exit::Found,
    })
}

/// Directories with cases, each with its scheme.
fn schemes(root: &Path) -> Result<BTreeMap<PathBuf, PathBuf>, Stop> {
    let mut found = BTreeMap::new();
    walk(root, &mut |file| {
        let name = file.file_name().and_then(|name| name.to_str());
        let named = matches!(name, Some("scheme.yaml" | "scheme.yml" | "scheme.json"));
        if let (true, Some(directory)) = (named, file.parent())
            && directory.join("cases").is_dir()
        {
            found.insert(directory.to_owned(), file.to_owned());
        }
    })?;
    Ok(found)
}

fn cases(
    rules: &RuleSet,
    directory: &Path,
    filter: Option<&str>,
    ran: &mut Vec<Ran>,
) -> Result<(), Stop> {
    let mut files = Vec::new();
    let folders = ["cases", "questions"].map(|name| directory.join(name));
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        walk(folder, &mut |file| {
            if file.extension().is_some_and(|end| end == "json") {
                files.push(file.to_owned());
            }
        })?;
    }
    for path in files {
        let source = Source::new(&path);
        let (name, fault) = match serde_json::from_str::<Case>(&source.read_to_string()?) {
            Err(error) => (String::new(), Some(Fault::Unusable(error.to_string()))),
            Ok(case) => {
                let fault = fault(rules, &case);
                (case.name, fault)
            }
        };
        let file = source.name();
        if filter.is_none_or(|text| file.contains(text) || name.contains(text)) {
            ran.push(Ran { file, name, fault });
        }
    }
    Ok(())
}

fn fault(rules: &RuleSet, case: &Case) -> Option<Fault> {
    let expected = match (&case.expect, &case.expect_error) {
        (Some(expected), None) | (None, Some(expected)) => expected,
        _ => {
            let message = "a case has either `expect` or `expect_error`";
            return Some(Fault::Unusable(message.to_owned()));
        }
    };
    let trace = match expected.get("trace") {
        Some(_) => TraceLevel::Full,
        None => TraceLevel::None,
    };
    let options = Options {
        trace,
        ..Options::default()
    };
    let answered = match &case.ask {
        Some(name) => asked(rules, name, case.request.get()),
        None => read_request(case.request.get()).and_then(|mut request| {
            if case.as_of.is_some() {
                request.as_of = case.as_of;
            }
            let decision = Session::new(rules, options).adjudicate(&request)?;
            let mut text = Vec::new();
            write_json(&decision, &mut text)?;
            Ok(text)
        }),
    };
    let actual = match &answered {
        Ok(text) => serde_json::from_slice(text),
        Err(error) => serde_json::to_value(error),
    };
    let actual = match actual {
        Ok(actual) => actual,
        Err(error) => return Some(Fault::Unusable(error.to_string())),
    };
    let differences = if answered.is_ok() == case.expect.is_some() {
        partial::differences(expected, &actual)
    } else {
        vec![Difference {
            path: String::new(),
            expected: expected.clone(),
            actual: Some(actual.clone()),
        }]
    };
    (!differences.is_empty()).then(|| Fault::Differs {
        expected: expected.clone(),
        actual: partial::reduced(expected, &actual),
        differences,
    })
}

fn asked(rules: &RuleSet, name: &str, request: &str) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    ask_json(rules, Question::named(name)?, request, &mut text)?;
    Ok(text)
}

fn as_json(ran: &[Ran]) -> Value {
    let shown = |failed: bool| -> Vec<Value> {
        ran.iter()
            .filter(|case| case.fault.is_some() == failed)
            .map(|case| {
                let mut shown = json!({"file": case.file, "name": case.name});
                match (&case.fault, shown.as_object_mut()) {
                    (Some(Fault::Unusable(message)), Some(fields)) => {
                        fields.insert("unusable".to_owned(), json!(message));
                    }
                    (Some(Fault::Differs { differences, .. }), Some(fields)) => {
                        let all = differences.iter().map(
                            |d| json!({"path": d.path, "expected": d.expected, "actual": d.actual}),
                        );
                        fields.insert("differences".to_owned(), all.collect());
                    }
                    _ => {}
                }
                shown
            })
            .collect()
    };
    json!({"passed": shown(false), "failed": shown(true)})
}

fn as_text(case: &Ran) -> String {
    let Ran { file, name, fault } = case;
    let Some(fault) = fault else {
        return format!("{GOOD}passed{GOOD:#} {name} {MUTED}{file}{MUTED:#}\n");
    };
    let mut text = format!("{BAD}failed{BAD:#} {name} {MUTED}{file}{MUTED:#}\n");
    match fault {
        Fault::Unusable(message) => text.push_str(&format!("  {message}\n")),
        Fault::Differs {
            expected,
            actual,
            differences,
        } => {
            for difference in differences {
                text.push_str(&format!("  {}\n", one(difference)));
            }
            text.push_str(&unified(&format!("{expected:#}"), &format!("{actual:#}")));
        }
    }
    text
}

/// `path: expected .., got ..`, for values that fit on a line.
fn one(difference: &Difference) -> String {
    let short = |value: &Value| match value {
        Value::Array(values) => plural(values.len(), "element"),
        Value::Object(fields) => plural(fields.len(), "field"),
        scalar => scalar.to_string(),
    };
    let place = match difference.path.as_str() {
        "" => "the whole answer",
        path => path,
    };
    let actual = difference
        .actual
        .as_ref()
        .map_or("nothing".to_owned(), short);
    format!(
        "{place}: expected {}, got {actual}",
        short(&difference.expected)
    )
}

/// The lines that differ, with three lines around them.
fn unified(expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    let mut text = format!("  {BAD}- expected{BAD:#}  {GOOD}+ actual{GOOD:#}\n");
    for (position, group) in diff.grouped_ops(3).iter().enumerate() {
        if position > 0 {
            text.push_str(&format!("  {MUTED}...{MUTED:#}\n"));
        }
        for change in group.iter().flat_map(|part| diff.iter_changes(part)) {
            let line = change.value().trim_end_matches('\n');
            text.push_str(&match change.tag() {
                ChangeTag::Equal => format!("    {line}\n"),
                ChangeTag::Delete => format!("  {BAD}- {line}{BAD:#}\n"),
                ChangeTag::Insert => format!("  {GOOD}+ {line}{GOOD:#}\n"),
            });
        }
    }
    text
}

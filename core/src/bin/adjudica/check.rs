//! `adjudica check`.

use std::io::Write as _;
use std::path::PathBuf;

use adjudica::wire::{check_text, compile_text};
use adjudica::{Report, RuleSet};
use serde_json::json;

use crate::exit::{Exit, Stop};
use crate::files::Source;
use crate::report::{BAD, CAUTION, GOOD, Severity, diagnostic};

/// Check schemes: errors forbid use, warnings are legal but probably not meant
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica check scheme.yaml
  adjudica check --strict schemes/*.yaml
  adjudica check --json scheme.json | jq '.[0].errors'

Exit codes: 0 no errors, 1 errors (with --strict: or warnings), 2 a file cannot be read.")]
pub struct Args {
    /// Schemes, in YAML or JSON; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Print an array with the errors and warnings of each file
    #[arg(long)]
    json: bool,

    /// Let warnings fail too
    #[arg(long)]
    strict: bool,
}

/// One file and what was found.
struct Checked {
    file: String,
    text: String,
    rules: Option<RuleSet>,
    report: Report,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let mut checked = Vec::new();
    for path in &args.files {
        checked.push(check(&Source::new(path))?);
    }
    let mut out = anstream::stdout().lock();
    if args.json {
        let all: Vec<_> = checked.iter().map(as_json).collect();
        writeln!(out, "{:#}", json!(all))?;
    } else {
        for file in &checked {
            write!(out, "{}", as_text(file))?;
        }
    }
    let bad = checked.iter().any(|file| {
        let Report { errors, warnings } = &file.report;
        !errors.is_empty() || (args.strict && !warnings.is_empty())
    });
    Ok(if bad { Exit::Found } else { Exit::Done })
}

fn check(source: &Source) -> Result<Checked, Stop> {
    let text = source.read_to_string()?;
    let report = check_text(&text);
    let rules = compile_text(&text).ok();
    Ok(Checked {
        file: source.name(),
        text,
        rules,
        report,
    })
}

fn as_json(file: &Checked) -> serde_json::Value {
    json!({
        "file": file.file,
        "errors": file.report.errors,
        "warnings": file.report.warnings,
    })
}

fn as_text(file: &Checked) -> String {
    let Report { errors, warnings } = &file.report;
    let mut text = String::new();
    let errors_then_warnings = (errors.iter().map(|e| (Severity::Error, e)))
        .chain(warnings.iter().map(|w| (Severity::Warning, w)));
    for (severity, error) in errors_then_warnings {
        text.push_str(&diagnostic(severity, error, &file.file, &file.text));
        text.push('\n');
    }
    let (style, verdict) = match (errors.len(), warnings.len()) {
        (0, 0) => (GOOD, "fine".to_owned()),
        (0, warnings) => (CAUTION, plural(warnings, "warning")),
        (errors, 0) => (BAD, plural(errors, "error")),
        (errors, warnings) => (
            BAD,
            format!(
                "{}, {}",
                plural(errors, "error"),
                plural(warnings, "warning")
            ),
        ),
    };
    text.push_str(&format!("{}: {style}{verdict}{style:#}", file.file));
    if let Some(rules) = &file.rules {
        text.push_str(&contents(rules));
    }
    text.push('\n');
    text
}

fn contents(rules: &RuleSet) -> String {
    let scheme = rules.scheme();
    format!(
        "; {} {}, {}, {}, {}, {}, conventions {}, digest {:.12}",
        scheme.code,
        scheme.version,
        plural(scheme.products.len(), "product"),
        plural(scheme.catalogue.items.len(), "item"),
        plural(scheme.catalogue.services.len(), "service"),
        match scheme.facilities.len() {
            1 => "1 facility".to_owned(),
            many => format!("{many} facilities"),
        },
        rules.conventions(),
        rules.digest().as_str(),
    )
}

/// `1 error`, `2 errors`.
pub fn plural(count: usize, word: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {word}{end}")
}

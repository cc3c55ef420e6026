//! Errors and warnings for people.

use std::io::Write as _;

use adjudica::Error;
use anstyle::{AnsiColor, Style};

use crate::exit::Stop;

/// Style of what is wrong.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Style of what went well.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Style of what deserves a look.
pub const CAUTION: Style = AnsiColor::Yellow.on_default().bold();
/// Style of places and marginal notes.
pub const MUTED: Style = AnsiColor::BrightBlack.on_default();

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Forbids use.
    Error,
    /// Does not.
    Warning,
}

/// One error or warning, with the line of `text` it is about:
///
/// ```text
/// error[value.range]: co-insurance is at most 100
///   --> scheme.yaml:17:15 products[0].benefits[0].cover[0].co_insurance
///    |       - co_insurance: 800
///    = write a percentage from 0 to 100
/// ```
pub fn diagnostic(severity: Severity, error: &Error, file: &str, text: &str) -> String {
    let (style, word) = match severity {
        Severity::Error => (BAD, "error"),
        Severity::Warning => (CAUTION, "warning"),
    };
    let mut shown = format!(
        "{style}{word}[{}]{style:#}: {}\n  {MUTED}-->{MUTED:#} {file}",
        error.code, error.message
    );
    if let Some(line) = error.line {
        shown.push_str(&format!(":{line}"));
        if let Some(column) = error.column {
            shown.push_str(&format!(":{column}"));
        }
    }
    if !error.path.is_empty() {
        shown.push_str(&format!(" {MUTED}{}{MUTED:#}", error.path));
    }
    let line = error
        .line
        .and_then(|line| text.lines().nth((line as usize).checked_sub(1)?));
    // A long line is a document on one line, which shows nothing.
    if let Some(line) = line.filter(|line| line.len() <= 200) {
        shown.push_str(&format!("\n   {MUTED}|{MUTED:#} {line}"));
    }
    if let Some(help) = &error.help {
        shown.push_str(&format!("\n   {MUTED}={MUTED:#} {help}"));
    }
    shown
}

/// Why a command could not do its work, on standard error.
pub fn stop(stop: &Stop) {
    match stop {
        Stop::OutputClosed => {}
        Stop::Failed(message) => say(&format!("{BAD}error{BAD:#}: {message}")),
        Stop::Invalid { file, text, errors } => {
            for error in errors {
                say(&diagnostic(Severity::Error, error, file, text));
            }
        }
    }
}

/// A line on standard error. If even that fails there is nobody left to tell.
pub fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

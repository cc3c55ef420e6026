//! A scheme's text, compiled or checked in one step.

use super::locate::locate_all;
use super::{Format, read_scheme};
use crate::error::{Invalid, Report};
use crate::print::canonical;
use crate::ruleset::RuleSet;

/// Compiles a scheme from its text, JSON or YAML.
///
/// # Errors
/// If the text is no scheme document, or the scheme cannot be used; every error with its place.
pub fn compile_text(text: &str) -> Result<RuleSet, Invalid> {
    let format = Format::of(text);
    RuleSet::compile(read_scheme(text, format)?).map_err(|mut invalid| {
        locate_all(text, format, invalid.errors_mut());
        invalid
    })
}

/// Everything wrong with a scheme's text: that it cannot be read, or what
/// [`check`](crate::check()) finds; every error and warning with its place.
#[must_use]
pub fn check_text(text: &str) -> Report {
    let format = Format::of(text);
    match read_scheme(text, format) {
        Ok(scheme) => {
            let mut report = crate::check(&scheme);
            locate_all(text, format, &mut report.errors);
            locate_all(text, format, &mut report.warnings);
            report
        }
        Err(error) => Report {
            errors: vec![error],
            warnings: Vec::new(),
        },
    }
}

/// Appends `{"errors": [..]}`.
pub fn write_invalid(invalid: &Invalid, out: &mut Vec<u8>) {
    #[derive(serde::Serialize)]
    struct Payload<'e> {
        errors: &'e [crate::Error],
    }
    out.extend(canonical(&Payload {
        errors: invalid.errors(),
    }));
}

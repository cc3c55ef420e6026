//! A scheme's text, compiled or checked in one step.

use super::{Format, read_scheme};
use crate::error::{Invalid, Report};
use crate::ruleset::{RuleSet, canonical};

/// Compiles a scheme from its text, JSON or YAML.
///
/// # Errors
/// If the text is no scheme document, or the scheme cannot be used.
pub fn compile_text(text: &str) -> Result<RuleSet, Invalid> {
    RuleSet::compile(read_scheme(text, Format::of(text))?)
}

/// Everything wrong with a scheme's text: that it cannot be read, or what
/// [`check`](crate::check()) finds.
#[must_use]
pub fn check_text(text: &str) -> Report {
    match read_scheme(text, Format::of(text)) {
        Ok(scheme) => crate::check(&scheme),
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

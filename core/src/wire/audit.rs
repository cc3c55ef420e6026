//! The migration audit, from text to text.

use serde::{Deserialize, Serialize};

use super::{Format, read, write_json};
use crate::compat::audit::{Auditor, Place};
use crate::compat::openimis_1_11::Run;
use crate::error::Error;

/// What to audit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditOptions {
    /// The call of openIMIS that is replayed; `process` if left out.
    #[serde(default)]
    pub run: Run,
}

/// Audits snapshots of openIMIS rows, one a line (NDJSON), and appends the
/// [`Audit`](crate::compat::audit::Audit) as JSON text. Blank lines are passed over; lines that
/// cannot be used are counted in the document. `options` is an [`AuditOptions`] or empty.
///
/// # Errors
/// If the options are no such document.
pub fn audit_json(snapshots: &str, options: &str, out: &mut Vec<u8>) -> Result<(), Error> {
    let options: AuditOptions = match options.trim() {
        "" => AuditOptions::default(),
        text => read(text, Format::Json)?,
    };
    let mut auditor = Auditor::new(options.run);
    for (line, text) in (1_u32..).zip(snapshots.lines()) {
        if !text.trim().is_empty() {
            // The document names it.
            let _kept = auditor.take(Place { file: 0, line }, text);
        }
    }
    write_json(&auditor.finish(), out)
}

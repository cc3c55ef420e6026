//! Text in, text out: the contract that every language shares.

mod ask;
mod audit;
mod explain;
mod json;
mod locate;
mod openimis;
pub mod partial;
mod path;
mod read;
mod schemas;
mod scheme;
mod snapshot;
#[cfg(not(target_family = "wasm"))]
mod strict;
mod tables;
mod tree;
#[cfg(feature = "yaml")]
mod yaml;

pub use ask::{Asked, Question, ask, ask_at_care, ask_json};
pub use audit::{AuditOptions, audit_json};
pub use explain::{ExplainOptions, explain_json};
pub(crate) use json::{diagnose as diagnose_json, read_noting, read_value};
pub use locate::locate;
pub use openimis::{
    AttributedClaim, ReplayOptions, ReplayedClaim, openimis_attribute, openimis_attribute_json,
    openimis_replay, openimis_replay_json,
};
use read::located;
pub use read::{
    Format, read, read_decision, read_request, read_request_tree, read_scheme, read_scheme_tree,
};
pub use schemas::{schema_text, schemas};
pub use scheme::{check_text, compile_text, write_invalid};
pub use snapshot::{SnapshotDocument, columns_json, read_snapshot};
pub use tables::{ImportDocument, import_tables, import_tables_json};
pub use tree::{Meaning, Number, Tree};

use crate::adjudicate::{Adjudicator, FullTrace, NoTrace};
use crate::claim::Request;
use crate::decision::{Decision, DecisionParts, TraceLevel, document};
use crate::error::Error;
use crate::print::{canonical, print};
use crate::ruleset::{RuleSet, sha256};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a caller may ask for besides the decision itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// How much of the reasoning to show.
    #[serde(default)]
    pub trace: TraceLevel,
    /// Whether the decision carries the request's digest.
    #[serde(default = "crate::claim::yes")]
    pub digest: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            trace: TraceLevel::None,
            digest: true,
        }
    }
}

/// Adjudicates text with one rule set; keeps its memory from claim to claim. One for each thread.
#[derive(Debug)]
pub struct Session {
    adjudicator: Adjudicator,
    trace: FullTrace,
    options: Options,
}

impl Session {
    /// A session with a rule set.
    #[must_use]
    pub fn new(rules: &RuleSet, options: Options) -> Self {
        Self {
            adjudicator: Adjudicator::new(rules),
            trace: FullTrace::default(),
            options,
        }
    }

    /// Decides one claim.
    ///
    /// # Errors
    /// If the request is malformed; never for a claim that the scheme does not pay.
    pub fn adjudicate(&mut self, request: &Request) -> Result<Decision, Error> {
        let Self {
            adjudicator,
            trace,
            options,
        } = self;
        let rules = adjudicator.rules().clone();
        let traced = options.trace != TraceLevel::None;
        let outcome = if traced {
            trace.clear();
            adjudicator.adjudicate(request, trace)?
        } else {
            adjudicator.adjudicate(request, &mut NoTrace)?
        };
        let digest = options.digest.then(|| request_digest(request));
        Ok(document(&DecisionParts {
            rules: &rules,
            request,
            outcome,
            trace: traced.then_some((&*trace, options.trace)),
            request_digest: digest.as_deref(),
        }))
    }

    /// Decides one claim given as JSON text.
    ///
    /// # Errors
    /// If the text is no well-formed request; with the place in the text.
    pub fn adjudicate_text(&mut self, request: &str) -> Result<Decision, Error> {
        self.adjudicate(&read_request(request)?)
            .map_err(|error| located(error, request, Format::Json))
    }

    /// Decides one claim given as JSON text and appends the decision, without line break, to `out`.
    ///
    /// # Errors
    /// As [`adjudicate_text`](Self::adjudicate_text).
    pub fn adjudicate_json(&mut self, request: &str, out: &mut Vec<u8>) -> Result<(), Error> {
        write_json(&self.adjudicate_text(request)?, out)
    }

    /// Decides claims given one a line (NDJSON) and appends one line each to `out`, in order: the
    /// decision, or `{"error": {..}}` for a line that is no well-formed request. Blank lines are
    /// passed over.
    pub fn adjudicate_ndjson(&mut self, requests: &str, out: &mut Vec<u8>) {
        for (number, line) in (1_u32..).zip(requests.lines()) {
            self.adjudicate_line(number, line.as_bytes(), out);
        }
    }

    /// Decides the claim on line `number` (from 1) of a file and appends one line to `out`, as
    /// [`adjudicate_ndjson`](Self::adjudicate_ndjson) does; nothing for a blank line. A line that
    /// is not UTF-8 is an error at its place like any other.
    pub fn adjudicate_line(&mut self, number: u32, line: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        let done = match std::str::from_utf8(line) {
            Ok(text) if text.trim().is_empty() => return,
            Ok(text) => self.adjudicate_json(text, out),
            Err(error) => Err(not_utf8(error)),
        };
        if let Err(mut error) = done {
            out.truncate(start);
            error.line = Some(number);
            write_error(&error, out);
        }
        out.push(b'\n');
    }
}

/// What is said about text that is not UTF-8.
#[must_use]
pub fn not_utf8(error: std::str::Utf8Error) -> Error {
    let place = error.valid_up_to();
    Error::new(
        "text.utf8",
        "",
        format!("the text is not UTF-8 from byte {place} on"),
    )
    .with_help("write the document in UTF-8")
}

/// SHA-256 of the request's canonical text, in hexadecimal: what the provenance of its decision says.
#[must_use]
pub fn request_digest(request: &Request) -> String {
    sha256(&canonical(request))
}

/// Appends `{"error": {..}}`.
pub fn write_error(error: &Error, out: &mut Vec<u8>) {
    #[derive(Serialize)]
    struct Payload<'e> {
        error: &'e Error,
    }
    out.extend(canonical(&Payload { error }));
}

/// Appends a document's canonical text.
///
/// # Errors
/// If a date lies outside the years that documents can write.
pub fn write_json(document: &impl Serialize, out: &mut Vec<u8>) -> Result<(), Error> {
    print(document, out).map_err(|e| Error::new("document.unwritable", "", e.to_string()))
}

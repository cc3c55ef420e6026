//! The engine as a WebAssembly module: text in, text out.
//!
//! It is built twice: the module that every page loads, and the feature `office`, which answers
//! every question and takes its place. What concerns only openIMIS is a module of its own, in
//! `openimis/`.
//!
//! Nothing here is public: the TypeScript layer shared with `bindings-node` is the package. Every
//! error crosses as an `Error` whose message is the JSON of `{"errors": [..]}`; every claim gives a
//! text, the decision or `{"error": {..}}`.

mod text;

use adjudica::RuleSet;
use adjudica::conventions::DIFFERENCES;
use adjudica::wire::{self, Asked, ExplainOptions, Question, Session};
use wasm_bindgen::prelude::*;

use crate::text::{text, thrown};

#[cfg(feature = "office")]
use adjudica::wire::ask;
#[cfg(not(feature = "office"))]
use adjudica::wire::ask_at_care as ask;

/// Version of the engine.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The report on a scheme's text, as JSON.
#[wasm_bindgen]
pub fn check(scheme: &str) -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::write_json(&wire::check_text(scheme), &mut out).map_err(thrown)?;
    text(out)
}

/// Every point where engines differ, as JSON.
#[wasm_bindgen]
pub fn conventions() -> Result<String, JsError> {
    let mut out = Vec::new();
    wire::write_json(&DIFFERENCES, &mut out).map_err(thrown)?;
    text(out)
}

/// Compiles a scheme's text.
#[wasm_bindgen]
pub fn compile(scheme: &str) -> Result<Rules, JsError> {
    wire::compile_text(scheme).map(Rules).map_err(thrown)
}

/// A compiled scheme.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Rules(RuleSet);

#[wasm_bindgen]
impl Rules {
    /// SHA-256 of the scheme's canonical text, in hexadecimal.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn digest(&self) -> String {
        self.0.digest().to_string()
    }

    /// A session with these rules and options (JSON text).
    pub fn session(&self, options: &str) -> Result<Claims, JsError> {
        let options = wire::read(options, wire::Format::Json).map_err(thrown)?;
        Ok(Claims(Session::new(&self.0, options)))
    }

    /// The answer to a question of that name; the request is JSON text.
    pub fn ask(&self, question: &str, request: &str) -> Result<String, JsError> {
        let mut out = Vec::new();
        Question::named(question)
            .and_then(|question| ask(&self.0, question, Asked::Text(request), &mut out))
            .map_err(thrown)?;
        text(out)
    }

    /// A decision in words, in the scheme's setting; options are JSON text.
    pub fn explain(&self, decision: &str, options: &str) -> Result<String, JsError> {
        let options: ExplainOptions = wire::read(options, wire::Format::Json).map_err(thrown)?;
        wire::explain_json(decision, &options.of_scheme(self.0.scheme())).map_err(thrown)
    }
}

/// Adjudicates with one rule set and one set of options.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Claims(Session);

#[wasm_bindgen]
impl Claims {
    /// The decision on one request, or `{"error": {..}}`.
    pub fn adjudicate(&mut self, request: &str) -> Result<String, JsError> {
        let mut out = Vec::with_capacity(2 * request.len());
        if let Err(error) = self.0.adjudicate_json(request, &mut out) {
            out.clear();
            wire::write_error(&error, &mut out);
        }
        text(out)
    }

    /// One line for each line of requests.
    pub fn ndjson(&mut self, requests: &str) -> Result<String, JsError> {
        let mut out = Vec::new();
        self.0.adjudicate_ndjson(requests, &mut out);
        text(out)
    }
}

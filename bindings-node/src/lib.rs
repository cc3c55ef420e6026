//! The engine as a Node addon: text in, text out.
//!
//! Nothing here is public: the TypeScript layer in `js/` is the package. Every error crosses as an
//! `Error` whose message is the JSON of `{"errors": [..]}`; every claim gives a text, the decision
//! or `{"error": {..}}`. Panics become errors (`catch_unwind` on every export).

mod batch;
pub mod openimis;
mod shared;

use std::sync::Arc;

use adjudica::conventions::DIFFERENCES;
use adjudica::wire::{self, ExplainOptions, Options, Question, Session};
use adjudica::{Error, Invalid, RuleSet};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;

use crate::batch::Batch;

/// Version of the engine.
#[napi(catch_unwind)]
#[must_use]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The report on a scheme's text, as JSON.
#[napi(catch_unwind)]
pub fn check(scheme: String) -> napi::Result<String> {
    let mut out = Vec::new();
    wire::write_json(&wire::check_text(&scheme), &mut out).map_err(thrown)?;
    text(out)
}

/// Every point where engines differ, as JSON.
#[napi(catch_unwind)]
pub fn conventions() -> napi::Result<String> {
    let mut out = Vec::new();
    wire::write_json(&DIFFERENCES, &mut out).map_err(thrown)?;
    text(out)
}

/// Compiles a scheme's text.
#[napi(catch_unwind)]
pub fn compile(scheme: String) -> napi::Result<Rules> {
    match shared::compile(scheme) {
        Ok(rules) => Ok(Rules(rules)),
        Err(invalid) => Err(thrown(invalid)),
    }
}

/// A compiled scheme.
#[napi]
#[derive(Debug)]
pub struct Rules(Arc<RuleSet>);

#[napi]
impl Rules {
    /// SHA-256 of the scheme's canonical text, in hexadecimal.
    #[napi(getter, catch_unwind)]
    #[must_use]
    pub fn digest(&self) -> String {
        self.0.digest().to_string()
    }

    /// A session with these rules and options (JSON text).
    #[napi(catch_unwind)]
    pub fn session(&self, options: String) -> napi::Result<Claims> {
        let options = wire::read(&options, wire::Format::Json).map_err(thrown)?;
        Ok(Claims {
            session: Session::new(&self.0, options),
            rules: Arc::clone(&self.0),
            options,
        })
    }

    /// The answer to a question of that name; the request is JSON text.
    #[napi(catch_unwind)]
    pub fn ask(&self, question: String, request: String) -> napi::Result<String> {
        let mut out = Vec::new();
        Question::named(&question)
            .and_then(|question| wire::ask_json(&self.0, question, &request, &mut out))
            .map_err(thrown)?;
        text(out)
    }

    /// A decision in words, in the scheme's setting; options are JSON text.
    #[napi(catch_unwind)]
    pub fn explain(&self, decision: String, options: String) -> napi::Result<String> {
        let options: ExplainOptions = wire::read(&options, wire::Format::Json).map_err(thrown)?;
        wire::explain_json(&decision, &options.of_scheme(self.0.scheme())).map_err(thrown)
    }
}

/// Adjudicates with one rule set and one set of options.
#[napi]
#[derive(Debug)]
pub struct Claims {
    session: Session,
    rules: Arc<RuleSet>,
    options: Options,
}

#[napi]
impl Claims {
    /// The decision on one request, or `{"error": {..}}`.
    #[napi(catch_unwind)]
    pub fn adjudicate(&mut self, request: String) -> napi::Result<String> {
        text(decide(&mut self.session, &request))
    }

    /// One line for each line of requests.
    #[napi(catch_unwind)]
    pub fn ndjson(&mut self, requests: String) -> napi::Result<String> {
        let mut out = Vec::new();
        self.session.adjudicate_ndjson(&requests, &mut out);
        text(out)
    }

    /// The decisions on many requests, made on a thread of the libuv pool.
    #[napi(catch_unwind, ts_return_type = "Promise<string[]>")]
    pub fn batch(&self, requests: Vec<String>) -> AsyncTask<Batch> {
        AsyncTask::new(Batch::new(Arc::clone(&self.rules), self.options, requests))
    }
}

/// The decision on one request, or `{"error": {..}}`.
fn decide(session: &mut Session, request: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(2 * request.len());
    if let Err(error) = session.adjudicate_json(request, &mut out) {
        out.clear();
        wire::write_error(&error, &mut out);
    }
    out
}

/// What the core writes is always UTF-8.
fn text(out: Vec<u8>) -> napi::Result<String> {
    String::from_utf8(out).map_err(|e| thrown(Error::new("document.unwritable", "", e.to_string())))
}

/// A JavaScript error that carries `{"errors": [..]}`.
fn thrown(invalid: impl Into<Invalid>) -> napi::Error {
    let mut out = Vec::new();
    wire::write_invalid(&invalid.into(), &mut out);
    napi::Error::from_reason(String::from_utf8_lossy(&out))
}

//! Many claims on a thread of the libuv pool.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use adjudica::wire::{Options, Session};
use adjudica::{Error, RuleSet};
use napi::{Env, Task};

use crate::{decide, text, thrown};

/// Requests that wait for a thread.
#[derive(Debug)]
pub struct Batch {
    rules: Arc<RuleSet>,
    options: Options,
    requests: Vec<String>,
}

impl Batch {
    pub(crate) fn new(rules: Arc<RuleSet>, options: Options, requests: Vec<String>) -> Self {
        Self {
            rules,
            options,
            requests,
        }
    }

    fn run(&self) -> napi::Result<Vec<String>> {
        let mut session = Session::new(&self.rules, self.options);
        self.requests
            .iter()
            .map(|request| text(decide(&mut session, request)))
            .collect()
    }
}

impl Task for Batch {
    type Output = Vec<String>;
    type JsValue = Vec<String>;

    /// Runs off the main thread, where a panic would end the process.
    fn compute(&mut self) -> napi::Result<Self::Output> {
        catch_unwind(AssertUnwindSafe(|| self.run())).unwrap_or_else(|_| {
            Err(thrown(Error::new(
                "engine.panic",
                "",
                "the engine failed; please report the request",
            )))
        })
    }

    fn resolve(&mut self, _env: Env, decisions: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(decisions)
    }
}

//! Where claims are decided: rules, options, and sessions that keep their memory.

use std::sync::{Mutex, PoisonError};

use adjudica::RuleSet;
use adjudica::wire::{Options, Session};

use crate::refused::Refused;
use crate::text::{text, utf8};

/// Most sessions kept for later; more threads at once get sessions of their own for one call.
const KEPT: usize = 64;

/// Decides claims with one rule set and one set of options, from any number of threads.
#[derive(Debug, uniffi::Object)]
pub struct Desk {
    rules: RuleSet,
    options: Options,
    idle: Mutex<Vec<Session>>,
}

impl Desk {
    pub(crate) fn new(rules: RuleSet, options: Options) -> Self {
        Self {
            rules,
            options,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Lends a session to `work`. A session that does not come back (because the work panicked) is
    /// not used again.
    fn with_session<T>(&self, work: impl FnOnce(&mut Session) -> T) -> T {
        let kept = self.idle().pop();
        let mut session = kept.unwrap_or_else(|| Session::new(&self.rules, self.options));
        let result = work(&mut session);
        let mut idle = self.idle();
        if idle.len() < KEPT {
            idle.push(session);
        }
        result
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Session>> {
        // A push or pop cannot leave the list half done.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl Desk {
    /// Decides one claim: request and decision as JSON text.
    ///
    /// # Errors
    /// If the text is no well-formed request; never for a claim that the scheme does not pay.
    pub fn adjudicate(&self, request: &[u8]) -> Result<String, Refused> {
        let request = utf8(request)?;
        let mut out = Vec::new();
        self.with_session(|session| session.adjudicate_json(request, &mut out))?;
        Ok(text(out)?)
    }

    /// Decides claims given one a line; one line each comes back, in order: a decision, or
    /// `{"error": {..}}`. Blank lines are passed over.
    ///
    /// # Errors
    /// Never for a line; if what the engine wrote is not UTF-8.
    pub fn adjudicate_ndjson(&self, requests: &[u8]) -> Result<String, Refused> {
        let mut out = Vec::with_capacity(requests.len());
        self.with_session(|session| {
            for (number, line) in (1_u32..).zip(requests.split(|byte| *byte == b'\n')) {
                session.adjudicate_line(number, line, &mut out);
            }
        });
        Ok(text(out)?)
    }
}

//! The compiled scheme: immutable, cheap to share, with a digest of what it was compiled from.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::adjudicate::{Adjudicator, NoTrace};
use crate::claim::Request;
use crate::code::Code;
use crate::compile::{Compiled, compile};
use crate::decision::{Decision, DecisionParts, document};
use crate::error::{Error, Invalid};
use crate::print::canonical;
use crate::scheme::Scheme;

/// A compiled scheme. Cloning shares it; every method may be called from any thread.
#[derive(Debug, Clone)]
pub struct RuleSet(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    scheme: Scheme,
    compiled: Compiled,
    digest: Code,
    conventions: String,
}

impl RuleSet {
    /// Compiles a scheme.
    ///
    /// # Errors
    /// Every error that [`check`](crate::check()) finds.
    pub fn compile(scheme: Scheme) -> Result<Self, Invalid> {
        let compiled = compile(&scheme)?;
        let digest = Code::new(&sha256(&canonical(&scheme))).unwrap_or_default();
        let preset = scheme.conventions.preset.name();
        let deviates = !scheme.conventions.overrides.is_empty();
        let conventions = format!("{preset}{}", if deviates { "+" } else { "" });
        Ok(Self(Arc::new(Inner {
            scheme,
            compiled,
            digest,
            conventions,
        })))
    }

    /// The scheme it was compiled from.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.0.scheme
    }

    /// SHA-256 of the scheme's canonical text, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &Code {
        &self.0.digest
    }

    /// The preset of conventions, with `+` if the scheme deviates from it.
    #[must_use]
    pub fn conventions(&self) -> &str {
        &self.0.conventions
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        &self.0.compiled
    }

    /// Decides one claim. For many claims, an [`Adjudicator`] keeps its memory between them.
    ///
    /// # Errors
    /// If the request is malformed; never for a claim that the scheme does not pay.
    pub fn adjudicate(&self, request: &Request) -> Result<Decision, Error> {
        let mut adjudicator = Adjudicator::new(self);
        let outcome = adjudicator.adjudicate(request, &mut NoTrace)?;
        Ok(document(&DecisionParts {
            rules: self,
            request,
            outcome,
            trace: None,
            request_digest: None,
        }))
    }

    /// Decides many claims, each by itself: one that cannot be read is an error at its place.
    pub fn adjudicate_batch<'r>(
        &self,
        requests: impl IntoIterator<Item = &'r Request>,
    ) -> Vec<Result<Decision, Error>> {
        let mut adjudicator = Adjudicator::new(self);
        requests
            .into_iter()
            .map(|request| {
                let outcome = adjudicator.adjudicate(request, &mut NoTrace)?;
                Ok(document(&DecisionParts {
                    rules: self,
                    request,
                    outcome,
                    trace: None,
                    request_digest: None,
                }))
            })
            .collect()
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('?');
    let digest = Sha256::digest(bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut text = String::with_capacity(2 * digest.len());
    text.extend(digits.map(digit));
    text
}

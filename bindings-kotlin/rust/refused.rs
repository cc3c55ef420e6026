//! The one error that crosses the boundary.

use std::fmt;

use adjudica::{Error, Invalid};

/// A document that the engine refuses.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Error)]
pub enum Refused {
    /// What is wrong with it.
    Errors {
        /// Core's errors (at least one) as a JSON array.
        json: String,
    },
}

impl Refused {
    fn because(errors: &[Error]) -> Self {
        // Errors are structs of text and numbers, which JSON can always write.
        let json = serde_json::to_string(errors).unwrap_or_else(|_| "[]".to_owned());
        Self::Errors { json }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::because(&[error])
    }
}

impl From<Invalid> for Refused {
    fn from(invalid: Invalid) -> Self {
        Self::because(invalid.errors())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Errors { json } = self;
        f.write_str(json)
    }
}

impl std::error::Error for Refused {}

/// Core's errors as a JSON array; takes back what a call gave instead of an answer, to free it.
#[must_use]
#[uniffi::export]
pub fn errors(refused: Refused) -> String {
    let Refused::Errors { json } = refused;
    json
}

//! What is wrong with a value of a tree, and where.

use std::fmt;

use serde::de::{Expected, Unexpected};

use crate::error::Error;
use crate::wire::path::push_name;

/// An error in one word of memory: every reader of every type hands it on.
#[derive(Debug)]
pub(super) struct Fault(pub(super) Box<Error>);

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl serde::de::Error for Fault {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(Error::custom(message)))
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(Box::new(Error::invalid_type(found, expected)))
    }
}

/// The error with one more step at the front of its path.
#[cold]
pub(in crate::wire) fn inside(mut error: Error, step: &str) -> Error {
    let dot = if error.path.is_empty() || error.path.starts_with('[') {
        ""
    } else {
        "."
    };
    error.path = format!("{step}{dot}{}", error.path);
    error
}

impl Fault {
    #[cold]
    pub(super) fn inside(mut self, step: &str) -> Self {
        *self.0 = inside(*self.0, step);
        self
    }

    #[cold]
    pub(super) fn inside_field(self, name: &str) -> Self {
        let mut step = String::new();
        push_name(&mut step, name);
        self.inside(&step)
    }
}

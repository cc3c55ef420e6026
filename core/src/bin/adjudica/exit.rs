//! How a command ends.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use adjudica::Error;

/// What the exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing to complain about.
    Done,
    /// 1: done, and something was found.
    Found,
    /// 2: not done.
    NotDone,
    /// 3: done, but some requests could not be read.
    SomeUnreadable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Found => 1,
            Exit::NotDone => 2,
            Exit::SomeUnreadable => 3,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Stop {
    /// Nobody reads our output any more; not worth a word.
    OutputClosed,
    /// Something outside the documents: a missing file, a full disk.
    Failed(String),
    /// A document that cannot be used.
    Invalid {
        /// The file.
        file: String,
        /// Its text, to show the lines in question.
        text: String,
        /// Everything wrong with it.
        errors: Vec<Error>,
    },
}

impl Stop {
    /// A failure about a file.
    pub fn about(file: impl Display, error: impl Display) -> Self {
        Self::Failed(format!("{file}: {error}"))
    }
}

/// Errors of writing our output; reading names its file with [`Stop::about`].
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::OutputClosed
        } else {
            Self::Failed(format!("cannot write: {error}"))
        }
    }
}

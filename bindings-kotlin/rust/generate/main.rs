//! Writes the Kotlin sources that follow from Rust: `generate-kotlin <library> <directory>`.
//!
//! The calls come from the metadata that UniFFI keeps in the built library, the documents from the
//! JSON Schemas of core's own types. Both are written at every build and never committed, so they
//! cannot grow stale.

mod calls;
mod definitions;
mod documents;
mod kotlin;
mod questions;
mod schema;
mod vocabulary;

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, directory] = arguments.as_slice() else {
        bail!("usage: generate-kotlin <library> <directory>");
    };
    let package = Path::new(directory).join("org/adjudica");
    let calls = package.join("ffi");
    fs::create_dir_all(&calls)?;
    fs::write(calls.join("Calls.kt"), calls::source(library)?)?;
    fs::write(package.join("Documents.kt"), documents::source()?)?;
    fs::write(package.join("Question.kt"), questions::source()?)?;
    fs::write(package.join("ReasonCode.kt"), vocabulary::source())?;
    Ok(())
}

//! Writes the Kotlin sources that follow from Rust: `generate-kotlin <library> <directory>`.
//!
//! The calls come from the metadata that UniFFI keeps in the built library, the documents from the
//! JSON Schemas of core's own types. Both are written at every build and never committed, so they
//! cannot grow stale.

mod documents;
mod kotlin;
mod schema;
mod vocabulary;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use uniffi::{GenerateOptions, TargetLanguage};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, directory] = arguments.as_slice() else {
        bail!("usage: generate-kotlin <library> <directory>");
    };
    uniffi::generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: library.as_str().into(),
        out_dir: directory.as_str().into(),
        format: false,
        ..GenerateOptions::default()
    })
    .context("cannot write the calls")?;

    let package = Path::new(directory).join("org/adjudica");
    fs::create_dir_all(&package)?;
    fs::write(package.join("Documents.kt"), documents::source()?)?;
    fs::write(package.join("ReasonCode.kt"), vocabulary::source())?;
    Ok(())
}

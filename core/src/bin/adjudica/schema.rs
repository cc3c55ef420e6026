//! `adjudica schema`.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use adjudica::wire::{schema_text, schemas};

use crate::exit::{Exit, Stop};

/// Print the JSON Schema of a document, or write all of them to a directory
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica schema                    names of the documents
  adjudica schema scheme             JSON Schema (draft 2020-12) of the scheme document
  adjudica schema --out schemas/     schemas/scheme.json, schemas/request.json, ...

An editor completes and checks a scheme in YAML that begins with
  # yaml-language-server: $schema=schemas/scheme.json")]
pub struct Args {
    /// The document; without it, the names of all
    #[arg(value_name = "DOCUMENT", conflicts_with = "out",
        value_parser = clap::builder::PossibleValuesParser::new(schemas().into_iter().map(|s| s.0)))]
    name: Option<String>,

    /// Write every schema to DIR/NAME.json
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    if let Some(directory) = &args.out {
        let about = |error| Stop::about(directory.display(), error);
        fs::create_dir_all(directory).map_err(about)?;
        for (name, schema) in schemas() {
            let path = directory.join(format!("{name}.json"));
            fs::write(path, schema_text(&schema)).map_err(about)?;
        }
        return Ok(Exit::Done);
    }
    let mut out = std::io::stdout().lock();
    for (name, schema) in schemas() {
        match &args.name {
            None => writeln!(out, "{name}")?,
            Some(wanted) if wanted == name => out.write_all(schema_text(&schema).as_bytes())?,
            Some(_) => {}
        }
    }
    Ok(Exit::Done)
}

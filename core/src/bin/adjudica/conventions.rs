//! `adjudica conventions`.

use std::io::Write as _;

use adjudica::conventions::DIFFERENCES;
use serde_json::json;

use crate::exit::{Exit, Stop};
use crate::table::table;

/// List every point where engines differ, with the choice of each preset
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A scheme takes a preset and may deviate by name:
  conventions: {preset: standard, overrides: {age: year_difference}}

Examples:
  adjudica conventions
  adjudica conventions --json | jq -r '.[] | select(.standard != .legacy_sql) | .name'")]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", json!(DIFFERENCES))?;
        return Ok(Exit::Done);
    }
    let mut table = table(["name", "standard", "legacy-sql", "meaning", "source"]);
    for difference in DIFFERENCES {
        table.add_row([
            difference.name,
            difference.standard,
            difference.legacy_sql,
            difference.meaning,
            difference.source,
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(Exit::Done)
}

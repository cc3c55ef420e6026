//! `adjudica conventions`.

use std::io::Write as _;

use adjudica::compat::openimis_1_11::batch::BATCH_SWITCHES;
use adjudica::compat::openimis_1_11::capitation::CAPITATION_SWITCHES;
use adjudica::compat::openimis_1_11::policies::POLICY_SWITCHES;
use adjudica::compat::openimis_1_11::{ELIGIBILITY_SWITCHES, SWITCHES, SwitchRow};
use adjudica::conventions::DIFFERENCES;
use serde_json::json;

use crate::exit::{Exit, Stop};
use crate::table::table;

/// List every point where engines differ, with the choice of each preset
///
/// `openimis-1.11` is no preset for schemes: it is that engine replayed over its own rows, with
/// one switch for each of its deviations from `standard`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A scheme takes a preset and may deviate by name:
  conventions: {preset: standard, overrides: {age: year_difference}}

Examples:
  adjudica conventions
  adjudica conventions openimis-1.11
  adjudica conventions --json | jq -r '.[] | select(.standard != .legacy_sql) | .name'")]
pub struct Args {
    /// List the switches of openIMIS 1.11 instead
    #[arg(value_parser = ["openimis-1.11"])]
    engine: Option<String>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let mut out = std::io::stdout().lock();
    if args.engine.is_some() {
        return switches(&mut out, args.json);
    }
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

fn switches(out: &mut impl std::io::Write, json: bool) -> Result<Exit, Stop> {
    let tables = [
        SWITCHES,
        ELIGIBILITY_SWITCHES,
        POLICY_SWITCHES,
        BATCH_SWITCHES,
        CAPITATION_SWITCHES,
    ];
    let rows: Vec<&SwitchRow> = tables.into_iter().flatten().collect();
    if json {
        writeln!(out, "{:#}", json!(rows))?;
        return Ok(Exit::Done);
    }
    let mut table = table(["switch", "what openIMIS 1.11 does", "source"]);
    for row in rows {
        table.add_row([row.name, row.meaning, row.source]);
    }
    writeln!(out, "{table}")?;
    Ok(Exit::Done)
}

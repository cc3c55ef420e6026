//! `adjudica advise`.

mod baseline;
pub mod claims;
mod features;
mod trees;

use crate::exit::{Exit, Stop};

/// Ask an advisor that comes with the engine; what it says can only ask a person to look
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica advise baseline --scheme scheme.yaml --profile profile.json claims.ndjson
  adjudica advise trees --scheme scheme.yaml --model model.json claims.ndjson
  adjudica advise trees --help     which models, what is written")]
pub struct Args {
    #[command(subcommand)]
    advisor: Advisor,
}

#[derive(Debug, clap::Subcommand)]
enum Advisor {
    Baseline(baseline::Args),
    Trees(trees::Args),
    Features(features::Args),
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.advisor {
        Advisor::Baseline(args) => baseline::run(args),
        Advisor::Trees(args) => trees::run(args),
        Advisor::Features(args) => features::run(args),
    }
}

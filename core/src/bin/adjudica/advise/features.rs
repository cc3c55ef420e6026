//! `adjudica advise features`.

use std::path::PathBuf;

use adjudica::Code;
use adjudica::trees::rows;
use adjudica::wire::write_json;

use super::claims::{self, Streams};
use crate::exit::{Exit, Stop};
use crate::scheme::{ConventionsArg, load};

/// Write what models see of claims: a row for each line, to train with
///
/// Claims are requests, which are decided first, or snapshots. A row is `{"id": .., "features":
/// {NAME: NUMBER or null, ..}}`, as `advise trees` reads it; its id is the claim's code, a slash
/// and the line's id, or the line's id alone for snapshots. `tools/trees/README.md` lists the
/// features.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica advise features --scheme scheme.yaml claims.ndjson.gz --out rows.ndjson.gz

Exit codes: 0 every claim written, 2 scheme or input unusable, 3 some claims unreadable.")]
pub struct Args {
    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// Files or directories of claims; none or `-` for standard input
    #[arg(value_name = "CLAIMS")]
    claims: Vec<PathBuf>,

    #[command(flatten)]
    streams: Streams,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let rules = load(&args.scheme, &args.conventions)?;
    let none = || ();
    let (exit, _) = claims::each(
        &args.streams,
        &args.claims,
        &rules,
        none,
        |(), seen, out| {
            for mut row in rows(&seen.input) {
                if let Some(claim) = &seen.claim {
                    let both = Code::new(&format!("{claim}/{}", row.id));
                    row.id = both.unwrap_or(row.id);
                }
                write_json(&row, out)?;
                out.push(b'\n');
            }
            Ok(())
        },
    )?;
    Ok(exit)
}

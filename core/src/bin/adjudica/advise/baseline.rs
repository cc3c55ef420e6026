//! `adjudica advise baseline`.

use std::path::PathBuf;

use adjudica::baseline::{Baseline, BaselineAdvisor, Profile};
use adjudica::wire::{Format, read};

use super::claims::{self, Speaking, Streams};
use crate::exit::{Exit, Stop};
use crate::files::Source;
use crate::scheme::{ConventionsArg, load};

/// Compare claims with what is usual: prices, quantities, frequencies, duplicates, packages in parts
///
/// A profile is made by `adjudica profile` from earlier claims. Claims are requests, which are
/// decided first, or snapshots (`adjudica schema advisor_input`). Each is answered, in order, by a
/// findings document (`adjudica schema findings`); no findings = nothing unusual. A value is far
/// out if it is above the upper quartile by more than three times the distance of the quartiles.
/// Scores are distances, not probabilities.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica profile --scheme scheme.yaml history.ndjson.gz --out profile.json
  adjudica advise baseline --scheme scheme.yaml --profile profile.json claims.ndjson
  adjudica advise baseline --scheme scheme.yaml --profile profile.json --text --lang fr claims.ndjson

With --text: claim, line, stance, kind, score and explanation, with tabs between.

Exit codes: 0 every claim looked at, 2 scheme, profile or input unusable, 3 some claims unreadable.")]
pub struct Args {
    /// The scheme, in YAML or JSON
    #[arg(short, long, value_name = "FILE")]
    scheme: PathBuf,

    #[command(flatten)]
    conventions: ConventionsArg,

    /// What is usual, in JSON, plain or gzip
    #[arg(short, long, value_name = "FILE")]
    profile: PathBuf,

    /// Files or directories of claims; none or `-` for standard input
    #[arg(value_name = "CLAIMS")]
    claims: Vec<PathBuf>,

    /// Language of the explanations, such as `fr` [default: en]
    #[arg(short, long, visible_alias = "lang", value_name = "LANG")]
    language: Option<String>,

    #[command(flatten)]
    speaking: Speaking,

    #[command(flatten)]
    streams: Streams,
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    let rules = load(&args.scheme, &args.conventions)?;
    let source = Source::new(&args.profile);
    let text = source.read_to_string()?;
    let profile = read::<Profile>(&text, Format::Json);
    let baseline = profile.and_then(|profile| Baseline::new(&rules, &profile));
    let baseline = baseline.map_err(|error| Stop::Invalid {
        file: source.name(),
        text,
        errors: vec![error],
    })?;
    let provider = args.speaking.provider.clone();
    let at = args.speaking.moment()?;
    let advisor = BaselineAdvisor::new(provider, at, args.language.as_deref());
    let advisor = advisor.map_err(|error| Stop::Failed(error.to_string()))?;
    let none = || ();
    let (exit, _) = claims::each(
        &args.streams,
        &args.claims,
        &rules,
        none,
        |(), seen, out| {
            let findings = baseline.advise(&advisor, &seen.input)?;
            claims::write(args.speaking.text, seen, &findings, out)
        },
    )?;
    Ok(exit)
}

//! Schemes from files.

use std::path::Path;

use adjudica::conventions::{ConventionChoice, Preset};
use adjudica::wire::{Format, read_scheme};
use adjudica::{RuleSet, Scheme};
use serde::Deserialize as _;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;

use crate::exit::Stop;
use crate::files::Source;

/// A preset to use instead of the scheme's own.
#[derive(Debug, clap::Args)]
pub struct ConventionsArg {
    /// Conventions to use instead of the scheme's: a preset, without the scheme's own deviations
    #[arg(long, value_name = "PRESET", value_parser = preset)]
    pub conventions: Option<Preset>,
}

impl ConventionsArg {
    /// Puts the preset, if there is one, in place of the scheme's conventions.
    pub fn apply(&self, scheme: &mut Scheme) {
        if let Some(preset) = self.conventions {
            scheme.conventions = ConventionChoice {
                preset,
                ..ConventionChoice::default()
            };
        }
    }
}

/// Reads and compiles the scheme at a path.
pub fn load(path: &Path, conventions: &ConventionsArg) -> Result<RuleSet, Stop> {
    let source = Source::new(path);
    let text = source.read_to_string()?;
    let compiled = read_scheme(&text, Format::of(&text))
        .map_err(Into::into)
        .and_then(|mut scheme| {
            conventions.apply(&mut scheme);
            RuleSet::compile(scheme)
        });
    compiled.map_err(|invalid| Stop::Invalid {
        file: source.name(),
        text,
        errors: invalid.errors().to_vec(),
    })
}

/// A preset by its name in documents.
pub fn preset(name: &str) -> Result<Preset, String> {
    Preset::deserialize(IntoDeserializer::<ValueError>::into_deserializer(name))
        .map_err(|error| error.to_string())
}

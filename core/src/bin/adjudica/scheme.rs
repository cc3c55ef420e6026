//! Schemes from files.

use std::path::Path;

use adjudica::conventions::{ConventionChoice, Preset};
use adjudica::wire::compile_text;
use adjudica::{Invalid, RuleSet};
use serde::Deserialize as _;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;

use crate::exit::Stop;
use crate::files::Source;

/// A preset to use instead of the scheme's own.
#[derive(Debug, Default, clap::Args)]
pub struct ConventionsArg {
    /// Conventions to use instead of the scheme's: a preset, without the scheme's own deviations
    #[arg(long, value_name = "PRESET", value_parser = preset)]
    pub conventions: Option<Preset>,
}

impl ConventionsArg {
    /// The rules with the preset, if there is one, in place of the scheme's conventions.
    fn recompile(&self, rules: RuleSet) -> Result<RuleSet, Invalid> {
        let Some(preset) = self.conventions else {
            return Ok(rules);
        };
        let mut scheme = rules.scheme().clone();
        scheme.conventions = ConventionChoice {
            preset,
            ..ConventionChoice::default()
        };
        RuleSet::compile(scheme)
    }
}

/// Reads and compiles the scheme at a path.
pub fn load(path: &Path, conventions: &ConventionsArg) -> Result<RuleSet, Stop> {
    let source = Source::new(path);
    let text = source.read_to_string()?;
    let compiled = compile_text(&text).and_then(|rules| conventions.recompile(rules));
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

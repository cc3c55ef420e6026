//! Languages of explanations.

use std::path::PathBuf;

use adjudica::Scheme;
use adjudica::explain::{Catalogue, Catalogues};

use crate::exit::Stop;
use crate::files::Source;

/// Which language, and further ones.
#[derive(Debug, clap::Args)]
pub struct LanguageArgs {
    /// Language of the explanation, such as `fr` [default: that of the request, else the scheme's
    /// first known one, else en]
    #[arg(short, long, alias = "language", value_name = "LANG")]
    lang: Option<String>,

    /// A message file: a further language, or other words for one there is
    #[arg(long, value_name = "FILE")]
    messages: Vec<PathBuf>,
}

impl LanguageArgs {
    /// The words to explain a scheme's answers in, unless told otherwise those of the language that
    /// the document asks for; without any of these, English.
    pub fn catalogue(
        &self,
        asked: Option<&str>,
        scheme: Option<&Scheme>,
    ) -> Result<Catalogue, Stop> {
        let unusable = |error: &dyn std::fmt::Display| Stop::Failed(error.to_string());
        let mut catalogues = Catalogues::built_in().map_err(|e| unusable(&e))?.clone();
        for path in &self.messages {
            let source = Source::new(path);
            let text = source.read_to_string()?;
            let catalogue = Catalogue::from_json(&text).map_err(|invalid| Stop::Invalid {
                file: source.name(),
                text,
                errors: invalid.errors().to_vec(),
            })?;
            catalogues = catalogues.with(catalogue);
        }
        let preferred = scheme.map_or(&[][..], |scheme| scheme.languages.as_slice());
        let found = match self.lang.as_deref().or(asked) {
            Some(language) => catalogues.get(language),
            None => catalogues.first_of(preferred),
        };
        found.cloned().map_err(|e| unusable(&e))
    }
}

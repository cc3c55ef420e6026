//! Which languages there are, and which one to take.

use std::borrow::Borrow;
use std::sync::LazyLock;

use super::catalogue::Catalogue;
use crate::error::{Error, Invalid};

/// The languages there are: those that come with the engine, and any that a scheme adds.
#[derive(Debug, Clone)]
pub struct Catalogues(Vec<Catalogue>);

static BUILT_IN: LazyLock<Result<Catalogues, Invalid>> = LazyLock::new(|| {
    let texts = [
        include_str!("messages/en.json"),
        include_str!("messages/fr.json"),
    ];
    let all: Result<Vec<_>, _> = texts.into_iter().map(Catalogue::from_json).collect();
    all.map(Catalogues)
});

impl Catalogues {
    /// English and French.
    ///
    /// # Errors
    /// If a message file inside the engine is incomplete, which its tests exclude.
    pub fn built_in() -> Result<&'static Self, Invalid> {
        BUILT_IN.as_ref().map_err(Clone::clone)
    }

    /// These languages and one more; it replaces one of the same tag.
    #[must_use]
    pub fn with(mut self, catalogue: Catalogue) -> Self {
        self.0
            .retain(|known| !same(known.language(), catalogue.language()));
        self.0.push(catalogue);
        self
    }

    /// Tags of the languages, those of the engine first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Catalogue::language)
    }

    /// The language with a tag, or with the tag's first part: `fr` serves `fr-CM`.
    ///
    /// # Errors
    /// `language.unknown` with the languages there are.
    pub fn get(&self, language: &str) -> Result<&Catalogue, Error> {
        self.find(language).ok_or_else(|| {
            let known: Vec<&str> = self.languages().collect();
            let shown: String = language.chars().take(40).collect();
            let message = format!("there are no messages in `{}`", shown.escape_debug());
            Error::new("language.unknown", "language", message)
                .with_help(format!("there are {}", known.join(", ")))
        })
    }

    /// The first of `wanted` that there is, else the first language of all: for a scheme's
    /// `languages`, in its order.
    ///
    /// # Errors
    /// `language.unknown` if there is no language at all.
    pub fn first_of<T: Borrow<str>>(&self, wanted: &[T]) -> Result<&Catalogue, Error> {
        wanted
            .iter()
            .find_map(|language| self.find(language.borrow()))
            .or_else(|| self.0.first())
            .ok_or_else(|| Error::new("language.unknown", "language", "there are no messages"))
    }

    fn find(&self, language: &str) -> Option<&Catalogue> {
        let exact = |wanted: &str| self.0.iter().find(|known| same(known.language(), wanted));
        exact(language).or_else(|| {
            let (first, _) = language.split_once('-')?;
            exact(first)
        })
    }
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

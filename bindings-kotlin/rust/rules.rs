//! A compiled scheme on the other side of the boundary.

use std::sync::Arc;

use adjudica::RuleSet;
use adjudica::wire::{self, ExplainOptions, Format, Options, Question};

use crate::desk::Desk;
use crate::refused::Refused;
use crate::text::{json, text, utf8};

/// A compiled scheme; every call may come from any thread.
#[derive(Debug, uniffi::Object)]
pub struct Rules(RuleSet);

#[uniffi::export]
impl Rules {
    /// Compiles a scheme, JSON or YAML.
    ///
    /// # Errors
    /// If the text is no scheme document, or the scheme cannot be used.
    #[uniffi::constructor]
    pub fn compile(scheme: &[u8]) -> Result<Self, Refused> {
        Ok(Self(wire::compile_text(utf8(scheme)?)?))
    }

    /// SHA-256 of the scheme's canonical text, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        self.0.digest().to_string()
    }

    /// The preset of conventions, with `+` if the scheme deviates from it.
    #[must_use]
    pub fn conventions(&self) -> String {
        self.0.conventions().to_owned()
    }

    /// The scheme's canonical JSON text.
    ///
    /// # Errors
    /// If the scheme cannot be written.
    pub fn scheme(&self) -> Result<String, Refused> {
        Ok(json(self.0.scheme())?)
    }

    /// Where claims are decided with these rules; `options` is core's options document.
    ///
    /// # Errors
    /// If the options are no such document.
    pub fn desk(&self, options: &[u8]) -> Result<Arc<Desk>, Refused> {
        let options: Options = wire::read(utf8(options)?, Format::Json)?;
        Ok(Arc::new(Desk::new(self.0.clone(), options)))
    }

    /// The answer to the question of that name: request and answer as JSON text.
    ///
    /// # Errors
    /// If there is no such question, or the request is none of it or cannot be answered.
    pub fn ask(&self, question: &[u8], request: &[u8]) -> Result<String, Refused> {
        let question = Question::named(utf8(question)?)?;
        let mut out = Vec::new();
        wire::ask_json(&self.0, question, utf8(request)?, &mut out)?;
        Ok(text(out)?)
    }

    /// Explains a decision made with these rules; `options` is core's explanation options, in
    /// which the scheme says what they do not.
    ///
    /// # Errors
    /// If the decision cannot be read, or nothing is known in that language or of that line.
    pub fn explain(&self, decision: &[u8], options: &[u8]) -> Result<String, Refused> {
        let options: ExplainOptions = wire::read(utf8(options)?, Format::Json)?;
        let options = options.of_scheme(self.0.scheme());
        Ok(wire::explain_json(utf8(decision)?, &options)?)
    }
}

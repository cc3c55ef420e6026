//! The handle behind `adjudica.Decision`.

use adjudica::RuleSet;
use adjudica::wire::{self, ExplainOptions};
use pyo3::prelude::*;

use crate::errors::{guard, raise_invalid, raise_request};
use crate::input::tree;
use crate::output::{field_to_python, to_python};
use crate::ruleset::text_of;

/// A decision document.
#[derive(Debug)]
#[pyclass(frozen, module = "adjudica._native")]
pub struct Decision {
    decision: adjudica::Decision,
    /// The rules that decided, where this process decided; explanations name their currency.
    rules: Option<RuleSet>,
}

impl Decision {
    /// A decision by a rule set.
    pub fn new(decision: adjudica::Decision, rules: &RuleSet) -> Self {
        Self {
            decision,
            rules: Some(rules.clone()),
        }
    }

    /// The document.
    pub fn document(&self) -> &adjudica::Decision {
        &self.decision
    }
}

#[pymethods]
impl Decision {
    /// Reads a decision document given as text or as Python objects.
    #[new]
    fn read(py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(py, || {
            let read = match text_of(document) {
                Ok(Some(text)) => wire::read_decision(&text),
                Ok(None) => tree(document)?.document(),
                Err(error) => Err(error),
            };
            read.map(|decision| Self {
                decision,
                rules: None,
            })
            .map_err(|error| raise_request(py, &error))
        })
    }

    /// One field of the document.
    fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        field_to_python(py, &self.decision, name)
    }

    /// The whole document as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.decision)
    }

    /// The document's canonical text.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let mut out = Vec::new();
        wire::write_json(&self.decision, &mut out).map_err(|error| raise_request(py, &error))?;
        Ok(String::from_utf8(out)?)
    }

    /// Explains the decision, or one line of it, in words. `options` are the engine's, as a dict;
    /// what the scheme says is filled in where it is known.
    fn explain(&self, py: Python<'_>, options: &Bound<'_, PyAny>) -> PyResult<String> {
        guard(py, || {
            let read = tree(options)?.document();
            let mut options: ExplainOptions = read.map_err(|error| raise_request(py, &error))?;
            if let Some(rules) = &self.rules {
                let scheme = rules.scheme();
                options.calendar = scheme.calendar;
                options
                    .currency
                    .get_or_insert_with(|| scheme.currency.code.clone());
                if options.languages.is_empty() {
                    let languages = scheme.languages.iter().map(ToString::to_string);
                    options.languages = languages.collect();
                }
            }
            let text = self.to_json(py)?;
            py.detach(|| wire::explain_json(&text, &options))
                .map_err(|invalid| raise_invalid(py, &invalid))
        })
    }
}

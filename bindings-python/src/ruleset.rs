//! Compiled schemes: the handle behind `adjudica.RuleSet`.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use adjudica::decision::TraceLevel;
use adjudica::wire::{self, Asked, Options, Question, Session};
use adjudica::{Error, Invalid, Report, Request};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};
use serde::Deserialize;
use serde::de::IntoDeserializer;

use crate::batch;
use crate::decision::Decision;
use crate::errors::{guard, raise_request, raise_scheme};
use crate::input::tree;
use crate::output::to_python;
use crate::table::{self, Table};

/// Sessions kept for later calls; more than this many are thrown away.
const IDLE_SESSIONS: usize = 16;

/// A compiled scheme.
#[derive(Debug)]
#[pyclass(frozen, module = "adjudica._native")]
pub struct RuleSet {
    rules: Arc<Shared>,
}

/// The rules and sessions that wait for work, for each way of being asked.
#[derive(Debug)]
pub struct Shared {
    pub rules: adjudica::RuleSet,
    idle: Mutex<Vec<(Options, Session)>>,
}

impl Shared {
    /// A session, used before where possible.
    pub fn session(&self, options: Options) -> Session {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let fitting = idle.iter().position(|(kept, _)| *kept == options);
        match fitting {
            Some(index) => idle.swap_remove(index).1,
            None => Session::new(&self.rules, options),
        }
    }

    /// Keeps a session for later. One that panicked must not come back here.
    pub fn keep(&self, options: Options, session: Session) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_SESSIONS {
            idle.push((options, session));
        }
    }
}

/// The options by their names.
pub fn options(trace: &str, digest: bool) -> PyResult<Options> {
    let level = TraceLevel::deserialize(trace.into_deserializer())
        .map_err(|e: serde::de::value::Error| PyValueError::new_err(format!("trace: {e}")))?;
    Ok(Options {
        trace: level,
        digest,
    })
}

/// The text of a `str`, `bytes` or `bytearray`; `None` for any other object.
pub fn text_of<'o>(object: &'o Bound<'_, PyAny>) -> Result<Option<Cow<'o, str>>, Error> {
    if let Ok(text) = object.cast::<PyString>() {
        let half = |_| {
            Error::new(
                "text.utf8",
                "",
                "the text holds half a character (a lone surrogate)",
            )
        };
        return text
            .to_str()
            .map(|text| Some(Cow::Borrowed(text)))
            .map_err(half);
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        let text = std::str::from_utf8(bytes.as_bytes()).map_err(wire::not_utf8)?;
        return Ok(Some(Cow::Borrowed(text)));
    }
    if let Ok(bytes) = object.cast::<PyByteArray>() {
        let text = String::from_utf8(bytes.to_vec()).map_err(|e| wire::not_utf8(e.utf8_error()))?;
        return Ok(Some(Cow::Owned(text)));
    }
    Ok(None)
}

/// A request as it came: text is read later, where the interpreter's lock is not held.
pub enum Given<'o> {
    Text(Cow<'o, str>),
    Read(Box<Request>),
    Unreadable(Error),
}

impl Given<'_> {
    /// Takes the request from text or from Python objects. The error is an exception of the
    /// caller's own code.
    pub fn take<'o>(object: &'o Bound<'_, PyAny>) -> PyResult<Given<'o>> {
        match text_of(object) {
            Ok(Some(text)) => return Ok(Given::Text(text)),
            Ok(None) => {}
            Err(error) => return Ok(Given::Unreadable(error)),
        }
        Ok(match wire::read_request_tree(&tree(object)?) {
            Ok(request) => Given::Read(Box::new(request)),
            Err(error) => Given::Unreadable(error),
        })
    }

    /// The same, owning its text.
    pub fn owned(self) -> Given<'static> {
        match self {
            Self::Text(text) => Given::Text(Cow::Owned(text.into_owned())),
            Self::Read(request) => Given::Read(request),
            Self::Unreadable(error) => Given::Unreadable(error),
        }
    }

    /// The request.
    pub fn read(self) -> Result<Request, Error> {
        match self {
            Self::Text(text) => wire::read_request(&text),
            Self::Read(request) => Ok(*request),
            Self::Unreadable(error) => Err(error),
        }
    }

    /// Decides the claim.
    pub fn decide(&self, session: &mut Session) -> Result<adjudica::Decision, Error> {
        match self {
            Self::Text(text) => session.adjudicate_text(text),
            Self::Read(request) => session.adjudicate(request),
            Self::Unreadable(error) => Err(error.clone()),
        }
    }
}

impl RuleSet {
    /// The handle of compiled rules.
    pub fn of(rules: adjudica::RuleSet) -> Self {
        Self {
            rules: Arc::new(Shared {
                rules,
                idle: Mutex::default(),
            }),
        }
    }

    /// Decides a request that was read before.
    pub fn decide(
        &self,
        py: Python<'_>,
        request: &Request,
        trace: &str,
        digest: bool,
    ) -> PyResult<Decision> {
        let options = options(trace, digest)?;
        guard(py, || {
            self.run(options, |session| session.adjudicate(request))
                .map_err(|error| raise_request(py, &error))
        })
    }

    fn run(
        &self,
        options: Options,
        decide: impl FnOnce(&mut Session) -> Result<adjudica::Decision, Error>,
    ) -> Result<Decision, Error> {
        let mut session = self.rules.session(options);
        let decision = decide(&mut session);
        self.rules.keep(options, session);
        decision.map(|decision| Decision::new(decision, &self.rules.rules))
    }
}

#[pymethods]
impl RuleSet {
    /// Compiles a scheme given as text or as Python objects.
    #[new]
    fn new(py: Python<'_>, scheme: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(py, || {
            let compiled = match text_of(scheme) {
                Ok(Some(text)) => py.detach(|| wire::compile_text(&text)),
                Ok(None) => {
                    let read = wire::read_scheme_tree(&tree(scheme)?).map_err(Invalid::from);
                    read.and_then(|scheme| py.detach(|| adjudica::RuleSet::compile(scheme)))
                }
                Err(error) => Err(error.into()),
            };
            let rules = compiled.map_err(|invalid| raise_scheme(py, &invalid))?;
            Ok(Self::of(rules))
        })
    }

    /// SHA-256 of the scheme's canonical text.
    #[getter]
    fn digest(&self) -> &str {
        self.rules.rules.digest()
    }

    /// Preset of conventions.
    #[getter]
    fn conventions(&self) -> &str {
        self.rules.rules.conventions()
    }

    /// One field of the scheme.
    fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        crate::output::field_to_python(py, self.rules.rules.scheme(), name)
    }

    /// The whole scheme as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.rules.rules.scheme())
    }

    /// The scheme's canonical text.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let mut out = Vec::new();
        wire::write_json(self.rules.rules.scheme(), &mut out).map_err(|e| raise_request(py, &e))?;
        Ok(String::from_utf8(out)?)
    }

    /// Decides one claim.
    fn adjudicate(
        &self,
        py: Python<'_>,
        request: &Bound<'_, PyAny>,
        trace: &str,
        digest: bool,
    ) -> PyResult<Decision> {
        let options = options(trace, digest)?;
        guard(py, || {
            let given = Given::take(request)?;
            self.run(options, |session| given.decide(session))
                .map_err(|error| raise_request(py, &error))
        })
    }

    /// The answer to a question of that name, as JSON text.
    fn ask(&self, py: Python<'_>, question: &str, request: &Bound<'_, PyAny>) -> PyResult<String> {
        guard(py, || {
            let mut out = Vec::new();
            let rules = &self.rules.rules;
            let question = Question::named(question).map_err(|error| raise_request(py, &error))?;
            let answered = match text_of(request) {
                Ok(Some(text)) => {
                    py.detach(|| wire::ask(rules, question, Asked::Text(&text), &mut out))
                }
                Ok(None) => wire::ask(rules, question, Asked::Values(&tree(request)?), &mut out),
                Err(error) => Err(error),
            };
            answered.map_err(|error| raise_request(py, &error))?;
            Ok(String::from_utf8(out)?)
        })
    }

    /// Decides many claims; gives a `Decision` or a `RequestError` object for each, in order.
    fn adjudicate_many(
        &self,
        py: Python<'_>,
        requests: &Bound<'_, PyAny>,
        trace: &str,
        digest: bool,
        progress: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
    ) -> PyResult<Vec<Py<PyAny>>> {
        let options = options(trace, digest)?;
        guard(py, || {
            batch::adjudicate_many(py, &self.rules, requests, options, progress, threads)
        })
    }

    /// Decides the claims of an Arrow table.
    fn adjudicate_table(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        people: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        guard(py, || {
            let people = people.map(|people| {
                let read = tree(people)?.document();
                read.map_err(|error| raise_request(py, &error))
            });
            table::adjudicate(py, &self.rules, table, people.transpose()?, threads)
        })
    }

    /// Decides claims given one a line; gives one line each.
    fn adjudicate_ndjson<'py>(
        &self,
        py: Python<'py>,
        requests: &Bound<'py, PyBytes>,
        trace: &str,
        digest: bool,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let options = options(trace, digest)?;
        let bytes = requests.as_bytes();
        guard(py, || {
            let out = py.detach(|| batch::adjudicate_ndjson(&self.rules, bytes, options, threads));
            let out = out.map_err(|panic| crate::errors::internal(py, &*panic))?;
            Ok(PyBytes::new(py, &out))
        })
    }
}

/// Errors and warnings of a scheme, as a dict.
#[pyfunction]
pub fn check<'py>(py: Python<'py>, scheme: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    guard(py, || {
        let unreadable = |error| Report {
            errors: vec![error],
            warnings: Vec::new(),
        };
        let report = match text_of(scheme) {
            Ok(Some(text)) => py.detach(|| wire::check_text(&text)),
            Ok(None) => match wire::read_scheme_tree(&tree(scheme)?) {
                Ok(scheme) => py.detach(|| adjudica::check(&scheme)),
                Err(error) => unreadable(error),
            },
            Err(error) => unreadable(error),
        };
        to_python(py, &report)
    })
}

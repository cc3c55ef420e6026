//! Many claims at once, on several threads, without the interpreter's lock while computing.

use std::any::Any;
use std::num::NonZeroUsize;
use std::thread;

use adjudica::wire::{Options, Session};
use adjudica::{Decision, Error};
use pyo3::prelude::*;

use crate::decision;
use crate::errors::{internal, request_error};
use crate::ruleset::{Given, Shared};

/// Claims read and decided before the next are read: bounds memory, paces progress.
const AT_ONCE: usize = 4096;
/// Fewer claims than this for a thread are not worth starting it.
const WORTH_A_THREAD: usize = 64;

type Panic = Box<dyn Any + Send>;

/// As many threads as asked, else as the machine has.
pub fn threads_for(asked: Option<usize>, claims: usize) -> usize {
    let most =
        asked.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZeroUsize::get));
    most.clamp(1, claims.div_ceil(WORTH_A_THREAD).max(1))
}

/// Splits `work` evenly over threads, each with a session of its own, and puts the results back in
/// order. A panic of one thread is given back when all have ended.
pub fn on_threads<T: Sync, R: Send>(
    shared: &Shared,
    options: Options,
    work: &[T],
    threads: usize,
    run: impl Fn(&mut Session, &[T]) -> R + Sync,
) -> Result<Vec<R>, Panic> {
    let part = work.len().div_ceil(threads).max(1);
    let one = |part: &[T]| {
        let mut session = shared.session(options);
        let done = run(&mut session, part);
        shared.keep(options, session);
        done
    };
    thread::scope(|scope| {
        let started: Vec<_> = work
            .chunks(part)
            .map(|part| scope.spawn(move || one(part)))
            .collect();
        let ended: Vec<_> = started
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect();
        ended.into_iter().collect()
    })
}

fn decide(session: &mut Session, requests: &[Given<'_>]) -> Vec<Result<Decision, Error>> {
    requests
        .iter()
        .map(|request| request.decide(session))
        .collect()
}

/// Decides what `requests` gives, block by block.
pub fn adjudicate_many(
    py: Python<'_>,
    shared: &Shared,
    requests: &Bound<'_, PyAny>,
    options: Options,
    progress: Option<&Bound<'_, PyAny>>,
    threads: Option<usize>,
) -> PyResult<Vec<Py<PyAny>>> {
    let mut results = Vec::with_capacity(requests.len().unwrap_or(0).min(AT_ONCE));
    let mut source = requests.try_iter()?;
    loop {
        let mut block = Vec::new();
        for request in source.by_ref().take(AT_ONCE) {
            block.push(Given::take(&request?)?.owned());
        }
        if block.is_empty() {
            return Ok(results);
        }
        let threads = threads_for(threads, block.len());
        let decided = py.detach(|| {
            if threads == 1 {
                let mut session = shared.session(options);
                let decided = decide(&mut session, &block);
                shared.keep(options, session);
                Ok(vec![decided])
            } else {
                on_threads(shared, options, &block, threads, decide)
            }
        });
        let decided = decided.map_err(|panic| internal(py, &*panic))?;
        for result in decided.into_iter().flatten() {
            results.push(match result {
                Ok(decision) => {
                    let handle = decision::Decision::new(decision, &shared.rules);
                    Py::new(py, handle)?.into_any()
                }
                Err(error) => request_error(py, &error)?.unbind(),
            });
        }
        py.check_signals()?;
        if let Some(progress) = progress {
            progress.call1((results.len(),))?;
        }
    }
}

/// Decides the claims of a file, one a line.
pub fn adjudicate_ndjson(
    shared: &Shared,
    text: &[u8],
    options: Options,
    threads: Option<usize>,
) -> Result<Vec<u8>, Panic> {
    let lines: Vec<(u32, &[u8])> = (1..).zip(text.split(|byte| *byte == b'\n')).collect();
    let threads = threads_for(threads, lines.len());
    let parts = on_threads(shared, options, &lines, threads, |session, lines| {
        let mut out = Vec::new();
        for (number, line) in lines {
            session.adjudicate_line(*number, line, &mut out);
        }
        out
    });
    parts.map(|parts| parts.concat())
}

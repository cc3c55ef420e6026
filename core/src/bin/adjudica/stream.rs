//! Works on long inputs: one reader, a worker on every core, and a writer that keeps the order.
//!
//! Batches go to the workers in turn, and their results are fetched in the same turn, so the order
//! needs no sorting; every channel is short, so memory does not grow with the input.

use std::io::{self, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::exit::Stop;
use crate::files::{Sink, Source};
use crate::split::{Batch, Item, Layout, split};

/// Batches that wait before and behind a worker.
const WAITING: usize = 2;

/// What is done with each document. One for each thread.
pub trait Worker: Send {
    /// Works on one document and appends what is to be written.
    fn item(&mut self, item: &Item<'_>, out: &mut Vec<u8>);
}

/// What to read and how.
#[derive(Debug)]
pub struct Plan<'p> {
    /// The inputs, in order.
    pub sources: &'p [Source],
    /// How documents are laid out in them.
    pub layout: Layout,
    /// Worker threads; `None` = one for each core.
    pub threads: Option<NonZero<usize>>,
    /// Where the bytes read are counted.
    pub read: Arc<AtomicU64>,
}

/// Gives every document of every input to a worker and writes what they say, in input order.
/// `progress` is called after every batch. Returns the workers, for what they have counted.
pub fn run<W: Worker>(
    plan: &Plan<'_>,
    make: impl Fn() -> W + Sync,
    sink: &mut Sink,
    mut progress: impl FnMut(),
) -> Result<Vec<W>, Stop> {
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    let threads = plan.threads.map_or_else(cores, NonZero::get);
    let gzip = sink.gzip;
    thread::scope(|scope| {
        let (mut inputs, mut outputs, mut workers) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..threads {
            let (input, batches) = sync_channel(WAITING);
            let (results, output) = sync_channel(WAITING);
            inputs.push(input);
            outputs.push(output);
            let make = &make;
            workers.push(scope.spawn(move || work(make(), &batches, &results, gzip)));
        }
        let reader = scope.spawn(move || read(plan, inputs));

        let written = write(&outputs, sink, &mut progress);
        // Without takers the workers stop, and without workers the reader.
        drop(outputs);
        let read = joined(reader)?;
        let mut done = Vec::new();
        for worker in workers {
            done.push(joined(worker)?.map_err(Stop::from)?);
        }
        written?;
        read?;
        Ok(done)
    })
}

fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> Result<T, Stop> {
    // The panic has been reported by its thread.
    thread
        .join()
        .map_err(|_| Stop::Failed("a worker thread stopped unexpectedly".to_owned()))
}

fn read(plan: &Plan<'_>, inputs: Vec<SyncSender<Batch>>) -> Result<(), Stop> {
    let mut turn = inputs.iter().cycle();
    for (position, source) in plan.sources.iter().enumerate() {
        let input = source.open(&plan.read)?;
        let more = split(input, plan.layout, position, &mut |batch| {
            turn.next().is_some_and(|worker| worker.send(batch).is_ok())
        });
        if !more.map_err(|error| Stop::about(source.name(), error))? {
            break;
        }
    }
    Ok(())
}

fn work<W: Worker>(
    mut worker: W,
    batches: &Receiver<Batch>,
    results: &SyncSender<Vec<u8>>,
    gzip: bool,
) -> io::Result<W> {
    for batch in batches {
        let mut out = Vec::with_capacity(128 * 1024);
        for item in batch.items() {
            worker.item(&item, &mut out);
        }
        // Members of a gzip file may follow each other, so that every core can pack its own.
        if gzip {
            let mut packer = GzEncoder::new(Vec::new(), Compression::default());
            packer.write_all(&out)?;
            out = packer.finish()?;
        }
        if results.send(out).is_err() {
            break;
        }
    }
    Ok(worker)
}

fn write(
    outputs: &[Receiver<Vec<u8>>],
    sink: &mut Sink,
    progress: &mut impl FnMut(),
) -> Result<(), Stop> {
    for output in outputs.iter().cycle() {
        // The first worker without a result has had no batch in this turn: the input is over.
        let Ok(bytes) = output.recv() else { break };
        sink.out.write_all(&bytes)?;
        progress();
    }
    sink.out.flush()?;
    Ok(())
}

//! A progress bar for long inputs, on standard error if that is a terminal.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::files::Source;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_secs(1);

/// Progress over inputs, by bytes read.
pub struct Progress {
    since: Instant,
    total: Option<u64>,
    terminal: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Progress over these.
    pub fn over(sources: &[Source]) -> Self {
        Self {
            since: Instant::now(),
            total: sources.iter().map(Source::size).sum(),
            terminal: std::io::stderr().is_terminal(),
            bar: None,
        }
    }

    /// So many bytes have been read.
    pub fn at(&mut self, bytes: u64) {
        if !self.terminal || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| bar(self.total));
        bar.set_position(bytes);
    }

    /// All done.
    pub fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::new(total),
            "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {bytes} {bytes_per_sec} {elapsed}",
        ),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

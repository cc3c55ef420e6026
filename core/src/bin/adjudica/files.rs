//! Files, directories, standard input and output, gzip in and out.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

use crate::exit::Stop;

/// Bytes read from a file at once.
const BUFFER: usize = 128 * 1024;

/// One input.
#[derive(Debug, Clone)]
pub struct Source {
    path: Option<PathBuf>,
}

impl Source {
    /// The input at a path; `-` is standard input.
    pub fn new(path: &Path) -> Self {
        let path = (path != Path::new("-")).then(|| path.to_owned());
        Self { path }
    }

    /// Name for messages.
    pub fn name(&self) -> String {
        self.path
            .as_deref()
            .map_or_else(|| "standard input".to_owned(), |p| p.display().to_string())
    }

    /// Bytes on disk, where known.
    pub fn size(&self) -> Option<u64> {
        let metadata = fs::metadata(self.path.as_deref()?).ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Opens it; unpacks gzip, recognised by its first bytes. Adds the bytes taken from disk to
    /// `read`.
    pub fn open(&self, read: &Arc<AtomicU64>) -> Result<Box<dyn BufRead + Send>, Stop> {
        let raw: Box<dyn Read + Send> = match &self.path {
            None => Box::new(io::stdin()),
            Some(path) => Box::new(File::open(path).map_err(|e| Stop::about(self.name(), e))?),
        };
        let counted = Counted {
            raw,
            read: Arc::clone(read),
        };
        let mut plain = BufReader::with_capacity(BUFFER, counted);
        let start = plain.fill_buf().map_err(|e| Stop::about(self.name(), e))?;
        Ok(if start.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(plain)))
        } else {
            Box::new(plain)
        })
    }

    /// The whole text.
    pub fn read_to_string(&self) -> Result<String, Stop> {
        let mut text = String::new();
        self.open(&Arc::default())?
            .read_to_string(&mut text)
            .map_err(|e| Stop::about(self.name(), e))?;
        // Some editors begin a file with a byte order mark.
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Ok(text)
    }
}

struct Counted {
    raw: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.raw.read(buffer)?;
        self.read.fetch_add(bytes as u64, Ordering::Relaxed);
        Ok(bytes)
    }
}

/// The inputs that paths name: files, standard input for `-` or no path at all, and of directories
/// everything below that ends in `.json`, `.ndjson` or `.jsonl`, with or without `.gz`, by name.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, Stop> {
    if paths.is_empty() {
        return Ok(vec![Source { path: None }]);
    }
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk(path, &mut |file| {
                if is_request_file(file) {
                    found.push(Source::new(file));
                }
            })?;
            if found.len() == before {
                return Err(Stop::about(
                    path.display(),
                    "no .json, .ndjson or .jsonl file in this directory",
                ));
            }
        } else if path == Path::new("-") || path.exists() {
            found.push(Source::new(path));
        } else {
            return Err(Stop::about(path.display(), "no such file or directory"));
        }
    }
    Ok(found)
}

fn is_request_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| {
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        [".json", ".ndjson", ".jsonl"]
            .iter()
            .any(|end| name.ends_with(end))
    })
}

/// Every file below a directory, in the order of names.
pub fn walk(directory: &Path, visit: &mut impl FnMut(&Path)) -> Result<(), Stop> {
    let about = |error: io::Error| Stop::about(directory.display(), error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(directory).map_err(about)? {
        entries.push(entry.map_err(about)?.path());
    }
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, visit)?;
        } else {
            visit(&path);
        }
    }
    Ok(())
}

/// Where a command writes.
pub struct Sink {
    /// The file or standard output.
    pub out: Box<dyn Write>,
    /// Whether its name asks for gzip.
    pub gzip: bool,
}

impl Sink {
    /// Writes all there is to write, packed if the name asks for it.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.gzip {
            let mut packer = GzEncoder::new(&mut self.out, Compression::default());
            packer.write_all(bytes)?;
            packer.finish()?;
        } else {
            self.out.write_all(bytes)?;
        }
        self.out.flush()
    }
}

/// The file to write, or standard output if there is none or it is `-`.
pub fn create(path: Option<&Path>) -> Result<Sink, Stop> {
    match path.filter(|path| *path != Path::new("-")) {
        None => Ok(Sink {
            out: Box::new(io::stdout().lock()),
            gzip: false,
        }),
        Some(path) => {
            let file = File::create(path).map_err(|e| Stop::about(path.display(), e))?;
            Ok(Sink {
                out: Box::new(file),
                gzip: path.extension().is_some_and(|end| end == "gz"),
            })
        }
    }
}

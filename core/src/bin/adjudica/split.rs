//! Cuts inputs into documents without reading them into memory as a whole.

use std::io::{self, BufRead, Cursor, Read};
use std::ops::Range;

use adjudica::Error;

/// Bytes of one batch, roughly: enough that handing it on costs nothing beside working on it.
const BATCH: usize = 64 * 1024;
/// No request is this long; a file that has such a line is something else.
const LONGEST: usize = 64 * 1024 * 1024;
/// How much of an input is looked at to see what it is.
const PEEK: u64 = 64 * 1024;

/// How documents are laid out in an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// Look at the first line
    Auto,
    /// One object, an array of objects, or objects one after the other, over any number of lines
    Json,
    /// One object a line; a broken line spoils nothing but itself
    Ndjson,
}

/// Some consecutive documents of an input.
#[derive(Debug, Default)]
pub struct Batch {
    /// Position of the input.
    pub source: usize,
    text: Vec<u8>,
    cuts: Cuts,
}

#[derive(Debug)]
enum Cuts {
    /// Every line; the first one's number.
    Lines(u32),
    /// These parts.
    Values(Vec<Value>),
}

impl Default for Cuts {
    fn default() -> Self {
        Self::Values(Vec::new())
    }
}

#[derive(Debug)]
struct Value {
    range: Range<usize>,
    line: u32,
    column: u32,
}

/// One document and where it begins in its input.
#[derive(Debug, Clone, Copy)]
pub struct Item<'t> {
    /// Its text.
    pub text: &'t [u8],
    /// Position of its input.
    pub source: usize,
    /// Line from 1.
    pub line: u32,
    /// Column from 1.
    pub column: u32,
}

impl Item<'_> {
    /// The text, if it is UTF-8.
    pub fn utf8(&self) -> Result<&str, Error> {
        std::str::from_utf8(self.text).map_err(|error| {
            let column = u32::try_from(error.valid_up_to() + 1).ok();
            let mut error = Error::new("syntax", "", "the text is not UTF-8");
            error.line = Some(1);
            error.column = column;
            error
        })
    }

    /// The error with its place in the input instead of its place in the document.
    pub fn located(&self, mut error: Error) -> Error {
        let within = error.line.map_or(0, |line| line.saturating_sub(1));
        if within == 0 {
            error.column = error
                .column
                .map(|column| column.saturating_add(self.column - 1));
        }
        error.line = Some(self.line.saturating_add(within));
        error
    }
}

impl Batch {
    /// The documents, in order; blank lines are none.
    pub fn items(&self) -> Box<dyn Iterator<Item = Item<'_>> + '_> {
        let source = self.source;
        match &self.cuts {
            Cuts::Lines(first) => Box::new(
                (*first..)
                    .zip(self.text.split(|byte| *byte == b'\n'))
                    .filter(|(_, text)| !text.trim_ascii().is_empty())
                    .map(move |(line, text)| Item {
                        text,
                        source,
                        line,
                        column: 1,
                    }),
            ),
            Cuts::Values(values) => Box::new(values.iter().map(move |value| Item {
                text: self.text.get(value.range.clone()).unwrap_or_default(),
                source,
                line: value.line,
                column: value.column,
            })),
        }
    }
}

/// Reads one input batch by batch and gives each to `each`, until that returns `false` (nobody
/// wants more) or the input ends.
pub fn split(
    mut input: Box<dyn BufRead + Send>,
    layout: Layout,
    source: usize,
    each: &mut dyn FnMut(Batch) -> bool,
) -> io::Result<bool> {
    let mut start = Vec::new();
    loop {
        let read = (&mut input).take(PEEK).read_until(b'\n', &mut start)?;
        if read == 0 || start.len() as u64 >= PEEK || !start.trim_ascii().is_empty() {
            break;
        }
    }
    let bom: &[u8] = b"\xef\xbb\xbf";
    let start = match start.strip_prefix(bom) {
        Some(rest) => rest.to_vec(),
        None => start,
    };
    let spread = layout == Layout::Json || (layout == Layout::Auto && is_spread(&start));
    let input = Cursor::new(start).chain(input);
    if spread {
        split_values(input, source, each)
    } else {
        split_lines(input, source, each)
    }
}

/// Does an input that begins with this line hold documents over several lines?
fn is_spread(start: &[u8]) -> bool {
    let line = start.trim_ascii();
    line.starts_with(b"[") || matches!(line.last(), Some(b'{' | b'[' | b',' | b':'))
}

fn split_lines(
    mut input: impl BufRead,
    source: usize,
    each: &mut dyn FnMut(Batch) -> bool,
) -> io::Result<bool> {
    let mut first = 1_u32;
    loop {
        let mut text = Vec::with_capacity(BATCH + BATCH / 4);
        (&mut input).take(BATCH as u64).read_to_end(&mut text)?;
        if text.is_empty() {
            return Ok(true);
        }
        if text.last() != Some(&b'\n') {
            (&mut input)
                .take(LONGEST as u64)
                .read_until(b'\n', &mut text)?;
        }
        if text.len() > LONGEST {
            return Err(too_long(first));
        }
        let lines = text.iter().filter(|byte| **byte == b'\n').count();
        let batch = Batch {
            source,
            text,
            cuts: Cuts::Lines(first),
        };
        first = first.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        if !each(batch) {
            return Ok(false);
        }
    }
}

fn too_long(line: u32) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("line {line}: a document of more than {LONGEST} bytes is no request"),
    )
}

/// Finds where values end by brackets and quotes alone; whether they are well-formed is for the
/// reader of requests to say.
#[derive(Debug)]
struct Scanner {
    text: Vec<u8>,
    /// Values that ended.
    values: Vec<Value>,
    /// Start in `text`, line and column of the value we are in.
    open: Option<(usize, u32, u32)>,
    /// Open brackets of the value we are in.
    depth: u32,
    quoted: bool,
    escaped: bool,
    /// Between the brackets of an array of documents.
    array: bool,
    line: u32,
    column: u32,
}

fn split_values(
    mut input: impl BufRead,
    source: usize,
    each: &mut dyn FnMut(Batch) -> bool,
) -> io::Result<bool> {
    let mut scanner = Scanner {
        text: Vec::new(),
        values: Vec::new(),
        open: None,
        depth: 0,
        quoted: false,
        escaped: false,
        array: false,
        line: 1,
        column: 1,
    };
    loop {
        let bytes = input.fill_buf()?;
        let read = bytes.len().min(BATCH);
        if read == 0 {
            scanner.end();
            return Ok(each(scanner.take(source)));
        }
        for byte in bytes.iter().take(read) {
            scanner.byte(*byte);
        }
        input.consume(read);
        if scanner
            .values
            .last()
            .is_some_and(|last| last.range.end >= BATCH)
            && !each(scanner.take(source))
        {
            return Ok(false);
        }
        if scanner.text.len() > LONGEST {
            return Err(too_long(scanner.line));
        }
    }
}

impl Scanner {
    fn byte(&mut self, byte: u8) {
        if self.open.is_none() {
            self.between(byte);
        } else {
            self.within(byte);
        }
        if byte == b'\n' {
            self.line = self.line.saturating_add(1);
            self.column = 1;
        } else {
            self.column = self.column.saturating_add(1);
        }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'[' if !self.array => self.array = true,
            b']' if self.array => self.array = false,
            b',' if self.array => {}
            _ => {
                self.open = Some((self.text.len(), self.line, self.column));
                self.within(byte);
            }
        }
    }

    fn within(&mut self, byte: u8) {
        if self.quoted {
            self.text.push(byte);
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.quoted = false,
                _ => {}
            }
            return;
        }
        match byte {
            b',' | b']' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => {
                self.close();
                return self.between(byte);
            }
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.text.push(byte);
        if self.depth == 0 && matches!(byte, b'}' | b']') {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some((start, line, column)) = self.open.take() {
            self.values.push(Value {
                range: start..self.text.len(),
                line,
                column,
            });
        }
    }

    /// The input is over: what was begun counts as a value, for its reader to complain about.
    fn end(&mut self) {
        if self.array && self.open.is_none() {
            self.open = Some((self.text.len(), self.line, self.column));
        }
        self.close();
    }

    /// The values that ended.
    fn take(&mut self, source: usize) -> Batch {
        let rest = match &mut self.open {
            Some((start, ..)) => self.text.split_off(std::mem::take(start)),
            None => Vec::new(),
        };
        Batch {
            source,
            text: std::mem::replace(&mut self.text, rest),
            cuts: Cuts::Values(std::mem::take(&mut self.values)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(text: &str, layout: Layout) -> Vec<(String, u32, u32)> {
        let mut found = Vec::new();
        let input = io::BufReader::with_capacity(7, Cursor::new(text.to_owned()));
        let wanted = split(Box::new(input), layout, 0, &mut |batch| {
            found.extend(batch.items().map(|item| {
                let text = String::from_utf8(item.text.to_vec()).unwrap();
                (text, item.line, item.column)
            }));
            true
        });
        assert!(wanted.unwrap());
        found
    }

    fn texts(text: &str) -> Vec<String> {
        let found = documents(text, Layout::Auto);
        found.into_iter().map(|(text, ..)| text).collect()
    }

    #[test]
    fn lines_keep_their_numbers_and_blank_lines_count() {
        assert_eq!(
            documents("\n{\"a\":1}\n\n{\"b\": [\n{}", Layout::Ndjson),
            [
                ("{\"a\":1}".to_owned(), 2, 1),
                ("{\"b\": [".to_owned(), 4, 1),
                ("{}".to_owned(), 5, 1),
            ]
        );
    }

    #[test]
    fn arrays_and_spread_objects_are_cut_by_their_brackets() {
        assert_eq!(
            documents("[\n  {\"a\": \"]},\\\"\"},\n  {\n}, 7\n]\n", Layout::Auto),
            [
                ("{\"a\": \"]},\\\"\"}".to_owned(), 2, 3),
                ("{\n}".to_owned(), 3, 3),
                ("7".to_owned(), 4, 4),
            ]
        );
        assert_eq!(texts("{\n\"a\": 1\n}\n{\n}"), ["{\n\"a\": 1\n}", "{\n}"]);
        assert_eq!(texts("[]"), [""; 0]);
        assert_eq!(texts(""), [""; 0]);
    }

    #[test]
    fn what_ends_early_is_left_to_the_reader() {
        assert_eq!(texts("[{}, {\"a\": ["), ["{}", "{\"a\": ["]);
        assert_eq!(texts("[{},"), ["{}", ""]);
    }

    #[test]
    fn auto_tells_lines_from_documents() {
        assert_eq!(
            texts("{\"a\": 1}\n{\"b\": 2}\n"),
            ["{\"a\": 1}", "{\"b\": 2}"]
        );
        // A broken first line is a line all the same.
        assert_eq!(texts("{\"a\": \"x\n{}\n"), ["{\"a\": \"x", "{}"]);
        assert_eq!(texts("garbage\n{}\n"), ["garbage", "{}"]);
        assert_eq!(texts("\u{feff}{}\n{}"), ["{}", "{}"]);
    }

    #[test]
    fn long_inputs_come_in_batches_and_nothing_is_lost() {
        let one = format!("{{\"x\": \"{}\"}}", "y".repeat(1000));
        for (separator, layout) in [("\n", Layout::Ndjson), ("\n", Layout::Json)] {
            let text = vec![one.as_str(); 1000].join(separator);
            let input = Box::new(Cursor::new(text.into_bytes()));
            let (mut batches, mut items) = (0, 0);
            let more = split(input, layout, 0, &mut |batch| {
                batches += 1;
                for item in batch.items() {
                    assert_eq!(item.text, one.as_bytes());
                    items += 1;
                    assert_eq!(item.line, items);
                }
                true
            });
            assert!(more.unwrap());
            assert_eq!(items, 1000);
            assert!(batches > 5, "{batches}");
        }
    }

    #[test]
    fn stops_when_nobody_wants_more() {
        let text = "{}\n".repeat(200_000);
        let mut batches = 0;
        let more = split(Box::new(Cursor::new(text)), Layout::Ndjson, 0, &mut |_| {
            batches += 1;
            false
        });
        assert!(!more.unwrap());
        assert_eq!(batches, 1);
    }
}

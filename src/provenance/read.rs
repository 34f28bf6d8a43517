//! Finds what a file says of how it was made, in any kind of file: by its key, which all kinds spell alike.

use super::database::chained;
use crate::error::{Error, Result};
use crate::osm::unpacked;
use crate::request::{Request, brief};
use memchr::memchr;
use serde::Serialize;
use serde_json::{Deserializer, Value};

/// How much of each end of a file is looked through, bytes; every writer places it there.
pub const END: usize = 1 << 20;
/// The key it stands under.
const KEY: &[u8] = b"mapwright";
/// How the quotation mark after the key may be written: as it is, and by programs that saved XML anew.
const QUOTES: &[&[u8]] = &[b"\"", b"&quot;", b"&#34;", b"&#x22;"];
/// How many places that look like it are read.
const PLACES: usize = 16;
/// What people call files, by their first bytes.
const KINDS: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"RIFF", "a WebP picture"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "PostScript"),
    (b"999\r\n", "a DXF drawing"),
    (b"AutoCAD Binary DXF", "a binary DXF drawing"),
    (b"ISO-10303-21", "a STEP file"),
    (b"glTF", "a glTF model"),
    (PMTILES, "a PMTiles archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PK\x03\x04", "a ZIP package"),
    (b"{", "JSON"),
    (b"\x1e{", "a GeoJSON sequence"),
];
const PMTILES: &[u8] = b"PMTiles";
const GZIP: &[u8] = &[0x1f, 0x8b];

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The version of mapwright that wrote it.
    pub version: String,
    /// Date of its data (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The style it is drawn in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// The request that made it, with the fields that are not as usual. [`Request::from_json`] reads it.
    pub request: Value,
    /// Fields of the request that are not in the file.
    pub left_out: Vec<String>,
}

/// What `file` says; of a large one, its first and its last [`END`] bytes one after the other do.
///
/// # Errors
/// [`Error::Foreign`] where it says nothing; what is wrong with its request is said as of any other.
pub fn read(file: &[u8]) -> Result<Found> {
    let inside;
    let bytes = match packed(file) {
        Some(packed) => {
            inside = unpacked(packed, END);
            &inside
        }
        None => file,
    };
    let tail = bytes.get(END..).unwrap_or_default();
    let tail = tail.get(tail.len().saturating_sub(END)..).unwrap_or_default();
    // Between the ends is nothing but data.
    let ends = [bytes.get(..END.min(bytes.len())).unwrap_or_default(), tail].concat();
    let wanted = |part: &[u8]| find(part, KEY).is_some();
    let record = record(&ends)
        .or_else(|| record(&chained(bytes, &ends, END, &wanted)?))
        .or_else(|| record(&start(&ends)))
        .ok_or_else(|| silent(&ends))?;
    let text = |name: &str| record.get(name).and_then(Value::as_str).map(brief);
    let names = record.get("left_out").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let request = record.get("request").cloned().unwrap_or_default();
    Request::from_json(&request.to_string())?;
    Ok(Found {
        version: text("version").unwrap_or_default(),
        date: text("date"),
        style: text("style"),
        request,
        left_out: names.iter().filter_map(Value::as_str).map(brief).collect(),
    })
}

/// The compressed part of a file that says it: all of a gzip, the metadata of PMTiles (§3.1: offset and length).
fn packed(file: &[u8]) -> Option<&[u8]> {
    if file.starts_with(PMTILES) {
        let number = |at: usize| {
            let bytes = file.get(at..at + 8)?.try_into().ok()?;
            usize::try_from(u64::from_le_bytes(bytes)).ok()
        };
        let start = number(24)?;
        let metadata = file.get(start..start.checked_add(number(32)?)?)?;
        return metadata.starts_with(GZIP).then_some(metadata);
    }
    file.starts_with(GZIP).then_some(file)
}

/// What the start section of IGES says: columns 1 to 72 of its lines, which have an `S` behind them.
fn start(file: &[u8]) -> Vec<u8> {
    let line = |line| <[u8]>::split_at_checked(line, 72).filter(|(_, end)| end.starts_with(b"S"));
    file.split(|byte| *byte == b'\n').map_while(line).flat_map(|(text, _)| text).copied().collect()
}

/// The first object under the key that holds a request.
fn record(bytes: &[u8]) -> Option<Value> {
    let mut from = 0;
    let mut places = 0;
    while places < PLACES {
        let rest = bytes.get(from..)?;
        from += find(rest, KEY)? + KEY.len();
        let rest = bytes.get(from..)?;
        // Every place that looks like it counts, whatever stands there: the work is bounded.
        let Some((quote, rest)) = QUOTES.iter().find_map(|quote| Some((*quote, opened(rest, quote)?))) else {
            continue;
        };
        places += 1;
        let value = match value(rest, quote) {
            // Kinds that are JSON hold it as text, so that nobody takes an area in it for a feature.
            Some(Value::String(text)) => serde_json::from_str(&text).ok(),
            value => value,
        };
        if let Some(value) = value.filter(|value| value.get("request").is_some_and(Value::is_object)) {
            return Some(value);
        }
    }
    None
}

/// What follows a key that ends in `quote`, if it is one.
fn opened<'b>(rest: &'b [u8], quote: &[u8]) -> Option<&'b [u8]> {
    rest.strip_prefix(quote)?.trim_ascii_start().strip_prefix(b":")
}

/// The value that bytes begin with, as JSON is written in text where quotation marks are `quote`.
fn value(rest: &[u8], quote: &[u8]) -> Option<Value> {
    if quote.starts_with(b"&") {
        // Text of an element or an attribute, up to what ends either.
        let end = rest.iter().position(|byte| matches!(byte, b'<' | b'"')).unwrap_or(rest.len());
        let text = String::from_utf8_lossy(rest.get(..end)?);
        let marks = QUOTES.iter().filter_map(|mark| std::str::from_utf8(mark).ok());
        return first(marks.fold(text.into_owned(), |text, mark| text.replace(mark, "\"")).as_bytes());
    }
    let line = rest.get(..LINE.min(rest.len()))?;
    match CONTINUED.iter().find(|mark| find(line, mark.as_bytes()).is_some()) {
        Some(mark) => first(String::from_utf8_lossy(rest).replace(mark, "").as_bytes()),
        None => first(rest),
    }
}

/// What stands between the lines of a comment in PostScript and in DXF.
const CONTINUED: &[&str] = &["\n%%+", "\r\n999\r\n"];
/// Longest line of a comment.
const LINE: usize = 255;

/// Where a word begins. Less than what `memmem` does, and a tenth of its code.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr(*word.first()?, bytes.get(from..)?)?;
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The JSON value that bytes begin with, whatever follows.
fn first(bytes: &[u8]) -> Option<Value> {
    Deserializer::from_slice(bytes).into_iter::<Value>().next()?.ok()
}

/// What is said of a file that does not say how it was made.
fn silent(bytes: &[u8]) -> Error {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let xml = || {
        let head = text.get(..text.len().min(1000)).filter(|head| head.starts_with(b"<"))?;
        Some(if find(head, b"<svg").is_some() { "an SVG drawing" } else { "XML" })
    };
    let known = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic) || text.starts_with(magic));
    let kind = known.map(|(_, kind)| *kind).or_else(xml).unwrap_or("a file");
    Error::Foreign(format!(
        "this is {kind} that does not say how it was made: files that mapwright writes do, but older versions did not say it, \
         and some programs drop it when they save"
    ))
}

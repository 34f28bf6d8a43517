//! Bytes of any kind we know → [`Osm`], at once or piece by piece.

use super::feed::Fed;
use super::unpack::{Packing, Unpacker};
use super::{Osm, json, pbf, xml};
use crate::error::{Error, Result};
use crate::watch::Watch;
use std::io::{ErrorKind, Read};

/// What the bytes are, by their content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Overpass JSON.
    Json,
    /// OSM XML.
    Xml,
    /// OSM PBF.
    Pbf,
    /// Any of the others inside gzip.
    Gzip,
    /// Any of the others inside bzip2.
    Bzip2,
    /// Any of the others inside Zstandard.
    Zstd,
}

/// So many bytes tell every kind; white space before text does not count.
const HEAD: usize = 32;
/// How much of a source is held at a time; several blobs of PBF, so that several threads have work.
const PIECE: usize = 1 << 20;
/// How much compressed data is unpacked at a time.
const STRIDE: usize = 64 << 10;
/// What is said of tables, which begin with the names of their columns.
const TABLE: &str = "a table of Overpass ([out:csv]); ask for [out:json]";
/// First bytes of kinds that are often tried, and what to say of them.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\xfd7zXZ", "xz; unpack it first (unxz)"),
    (b"\x04\x22\x4d\x18", "LZ4; unpack it first (unlz4)"),
    (b"PK\x03\x04", "a ZIP archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "an SQLite database (GeoPackage?)"),
    (b"\x00\x00\x27\x0a", "a Shapefile"),
    (b"fgb\x03", "FlatGeobuf"),
    (b"PAR1", "Parquet"),
    (b"PMTiles", "a PMTiles archive"),
    (b"\xff\xe0\x04o5c2", "an OSM change file (o5c): edits, no map; expected an extract"),
    (b"\xff\xe0\x04o5m2", "o5m; convert it to PBF (osmium cat)"),
    (b"@id", TABLE),
    (b"@oid", TABLE),
    (b"@type", TABLE),
    (b"@lat", TABLE),
    (b"[out:", "a query for Overpass; expected the answer to it"),
    (b"\xff\xfe", "text in UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "text in UTF-16; save it as UTF-8"),
];

/// Recognises the kind by the first bytes; a byte order mark and white space before text are passed over.
pub fn recognise(bytes: &[u8]) -> Option<InputKind> {
    match bytes {
        [0x1f, 0x8b, ..] => return Some(InputKind::Gzip),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => return Some(InputKind::Bzip2),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => return Some(InputKind::Zstd),
        _ if pbf::begins(bytes) => return Some(InputKind::Pbf),
        _ => {}
    }
    match text(bytes).first() {
        Some(b'{') => Some(InputKind::Json),
        Some(b'<') => Some(InputKind::Xml),
        _ => None,
    }
}

/// Reads Overpass JSON, OSM XML or PBF, each plain or in gzip, bzip2 or Zstandard.
///
/// # Errors
/// [`Error::Foreign`], [`Error::Corrupt`], [`Error::CutOff`], [`Error::TooLarge`], [`Error::Overpass`], [`Error::Empty`],
/// [`Error::Cancelled`].
pub fn read(bytes: &[u8], watch: &mut Watch) -> Result<Osm> {
    let mut reader = Reader::new(bytes.len() as u64);
    reader.take(bytes, true, watch)?;
    reader.end()
}

/// Reads a file or a pipe piece by piece, so that it is never held whole; `total` bytes are expected, 0 if nobody knows.
///
/// # Errors
/// Those of [`read`], and [`Error::Io`].
pub fn read_from(source: &mut dyn Read, total: u64, watch: &mut Watch) -> Result<Osm> {
    let mut reader = Reader::new(total);
    let mut piece = vec![0; PIECE];
    loop {
        match source.read(&mut piece) {
            Ok(0) => return reader.finish(watch),
            Ok(count) => reader.push(piece.get(..count).unwrap_or(&[]), watch)?,
            Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
            Err(fault) => return Err(Error::Io(fault.to_string())),
        }
    }
}

/// Reads an input while it arrives. Nothing of it counts before [`Reader::finish`]: Overpass says what went wrong last.
#[derive(Default)]
pub struct Reader {
    /// The first bytes, until they tell the kind.
    head: Vec<u8>,
    unpacker: Option<Unpacker>,
    fed: Option<Fed>,
    /// Bytes that came, of how many (0 where that is unknown).
    came: u64,
    total: u64,
}

impl Reader {
    /// Expects about `total` bytes, 0 if nobody knows; only progress depends on it.
    pub fn new(total: u64) -> Self {
        Self { total, ..Self::default() }
    }

    /// Reads the next bytes.
    ///
    /// # Errors
    /// Those of [`read`]; after one the reader is of no more use.
    pub fn push(&mut self, bytes: &[u8], watch: &mut Watch) -> Result<()> {
        self.take(bytes, false, watch)
    }

    /// All bytes have come: what they say.
    ///
    /// # Errors
    /// Those of [`read`].
    pub fn finish(mut self, watch: &mut Watch) -> Result<Osm> {
        self.take(&[], true, watch)?;
        self.end()
    }

    fn end(self) -> Result<Osm> {
        match self.fed {
            Some(fed) => fed.finish(),
            None => Err(Error::Foreign(unknown(&[]))),
        }
    }

    fn take(&mut self, bytes: &[u8], last: bool, watch: &mut Watch) -> Result<()> {
        let from = self.came;
        self.came += bytes.len() as u64;
        let taken = if self.fed.is_some() || self.unpacker.is_some() {
            self.hand_on(bytes, last, from, watch)
        } else if self.head.is_empty() {
            self.begin(bytes, last, watch)
        } else {
            let head = std::mem::take(&mut self.head);
            self.begin(&[head.as_slice(), bytes].concat(), last, watch)
        };
        taken.map_err(|fault| self.worded(fault))
    }

    /// Tells the kind by the first bytes.
    fn begin(&mut self, bytes: &[u8], last: bool, watch: &mut Watch) -> Result<()> {
        if text(bytes).len() < HEAD && !last {
            self.head = bytes.to_vec();
            return Ok(());
        }
        let packing = match recognise(bytes) {
            Some(InputKind::Gzip) => Packing::Gzip,
            Some(InputKind::Bzip2) => Packing::Bzip2,
            Some(InputKind::Zstd) => Packing::Zstd,
            Some(kind) => {
                self.fed = Some(fed(kind)?);
                let plain = if kind == InputKind::Pbf { bytes } else { text(bytes) };
                return self.hand_on(plain, last, 0, watch);
            }
            None => return Err(Error::Foreign(unknown(bytes))),
        };
        self.unpacker = Some(Unpacker::new(packing));
        self.hand_on(bytes, last, 0, watch)
    }

    fn hand_on(&mut self, bytes: &[u8], last: bool, from: u64, watch: &mut Watch) -> Result<()> {
        match &mut self.fed {
            _ if self.unpacker.is_some() => self.unpack(bytes, last, from, watch),
            Some(fed) => fed.push(bytes, last, from..self.came, self.total, watch),
            None => Ok(()),
        }
    }

    /// As [`Reader::hand_on`], of compressed bytes. What most inputs do not need is no part of what they run through:
    /// browsers take their time over large functions.
    #[inline(never)]
    fn unpack(&mut self, bytes: &[u8], last: bool, from: u64, watch: &mut Watch) -> Result<()> {
        let Some(unpacker) = &mut self.unpacker else { return Ok(()) };
        let (mut from, total, packing) = (from, self.total, unpacker.packing);
        let mut strides = bytes.chunks(STRIDE).peekable();
        loop {
            let stride = strides.next().unwrap_or(&[]);
            let end = strides.peek().is_none();
            let upto = from + stride.len() as u64;
            let (fed, head) = (&mut self.fed, &mut self.head);
            unpacker
                .push(stride, end && last, &mut |plain| inside(packing, fed, head, plain, from..upto, total, watch))?;
            from = upto;
            if end {
                break;
            }
        }
        if !last {
            return Ok(());
        }
        if let Some(fed) = &mut self.fed {
            return fed.push(&[], true, from..from, total, watch);
        }
        let head = std::mem::take(&mut self.head);
        let kind = inner(&head, packing)?;
        let plain = if kind == InputKind::Pbf { &head[..] } else { text(&head) };
        self.fed.insert(fed(kind)?).push(plain, true, from..from, total, watch)
    }

    fn worded(&self, fault: Error) -> Error {
        let megabytes = self.came as f64 / 1e6;
        match (fault, &self.unpacker) {
            (Error::CutOff(text), Some(unpacker)) if text.is_empty() && !unpacker.ended() => {
                Error::CutOff(format!("the {} breaks off after {megabytes:.1} MB", unpacker.packing.name()))
            }
            (Error::CutOff(text), _) if text.is_empty() => {
                Error::CutOff(format!("the data break off after {megabytes:.1} MB"))
            }
            (fault, _) => fault,
        }
    }
}

/// Hands on what came out of a compressed input.
fn inside(
    packing: Packing,
    slot: &mut Option<Fed>,
    head: &mut Vec<u8>,
    plain: &[u8],
    source: std::ops::Range<u64>,
    total: u64,
    watch: &mut Watch,
) -> Result<()> {
    if let Some(fed) = slot {
        return fed.push(plain, false, source, total, watch);
    }
    head.extend_from_slice(plain);
    if text(head).len() < HEAD {
        return Ok(());
    }
    let first = std::mem::take(head);
    let kind = inner(&first, packing)?;
    let plain = if kind == InputKind::Pbf { &first[..] } else { text(&first) };
    slot.insert(fed(kind)?).push(plain, false, source, total, watch)
}

/// What lies inside a compressed input.
fn inner(plain: &[u8], packing: Packing) -> Result<InputKind> {
    let twice = match recognise(plain) {
        Some(InputKind::Gzip) => Packing::Gzip,
        Some(InputKind::Bzip2) => Packing::Bzip2,
        Some(InputKind::Zstd) => Packing::Zstd,
        Some(kind) => return Ok(kind),
        None => return Err(Error::Foreign(unknown(plain))),
    };
    Err(Error::Foreign(format!("this is {} inside {}; unpack it once", twice.name(), packing.name())))
}

fn fed(kind: InputKind) -> Result<Fed> {
    match kind {
        InputKind::Json => Ok(Fed::new(Box::new(json::Json::default()))),
        InputKind::Xml => Ok(Fed::new(Box::new(xml::Xml::default()))),
        InputKind::Pbf => Ok(Fed::new(Box::new(pbf::Pbf::default()))),
        InputKind::Gzip | InputKind::Bzip2 | InputKind::Zstd => Err(Error::Internal("a packing is no kind".into())),
    }
}

fn text(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

fn unknown(bytes: &[u8]) -> String {
    let known = FOREIGN
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic) || text(bytes).starts_with(magic))
        .map(|(_, what)| *what);
    let what = known.unwrap_or(if text(bytes).is_empty() { "an empty file" } else { "a file of another kind" });
    format!("this is {what}, not Overpass JSON, OSM XML or PBF")
}

//! Bytes of any kind we know → [`Osm`].

use super::{Osm, json, pbf, xml};
use crate::error::{Error, Result};
use crate::watch::Watch;
use flate2::read::MultiGzDecoder;
use std::io::Read;

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
}

/// Most bytes that come out of a gzip: what fits into the memory of a browser's tab.
const UNPACKED: u64 = 2 << 30;
/// First bytes of kinds that are often tried, and what to say of them.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"BZh", "bzip2; unpack it first (bunzip2)"),
    (b"\x28\xb5\x2f\xfd", "Zstandard; unpack it first (unzstd)"),
    (b"\xfd7zXZ", "xz; unpack it first (unxz)"),
    (b"PK\x03\x04", "a ZIP archive; unpack it first"),
    (b"\x89PNG", "a PNG picture"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "an SQLite database (GeoPackage?)"),
    (b"\x00\x00\x27\x0a", "a Shapefile"),
    (b"fgb\x03", "FlatGeobuf"),
    (b"o5m", "o5m; convert it to PBF (osmium cat)"),
];

/// Recognises the kind by the first bytes; a byte order mark and white space before text are passed over.
pub fn recognise(bytes: &[u8]) -> Option<InputKind> {
    match bytes {
        [0x1f, 0x8b, ..] => return Some(InputKind::Gzip),
        _ if pbf::begins(bytes) => return Some(InputKind::Pbf),
        _ => {}
    }
    match text(bytes).first() {
        Some(b'{') => Some(InputKind::Json),
        Some(b'<') => Some(InputKind::Xml),
        _ => None,
    }
}

/// Reads Overpass JSON, OSM XML or PBF, each plain or in gzip.
///
/// # Errors
/// [`Error::Foreign`], [`Error::Corrupt`], [`Error::CutOff`], [`Error::TooLarge`], [`Error::Overpass`], [`Error::Empty`],
/// [`Error::Cancelled`].
pub fn read(bytes: &[u8], watch: &mut Watch) -> Result<Osm> {
    match recognise(bytes) {
        Some(InputKind::Gzip) => {
            let plain = unzip(bytes)?;
            match recognise(&plain) {
                Some(InputKind::Gzip) => Err(Error::Foreign("this is gzip inside gzip; unpack it once".into())),
                _ => read(&plain, watch),
            }
        }
        Some(InputKind::Pbf) => pbf::read(bytes, watch),
        Some(InputKind::Json) => json::read(text(bytes), watch),
        Some(InputKind::Xml) => xml::read(text(bytes), watch),
        None => Err(Error::Foreign(format!("this is {}, not Overpass JSON, OSM XML or PBF", foreign(bytes)))),
    }
}

fn text(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

fn foreign(bytes: &[u8]) -> &'static str {
    let known = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic));
    match known {
        Some((_, what)) => what,
        None if bytes.is_empty() => "an empty file",
        None => "a file of another kind",
    }
}

fn unzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(UNPACKED + 1).read_to_end(&mut plain);
    if plain.len() as u64 > UNPACKED {
        return Err(Error::TooLarge("the gzip holds more than 2 GiB; choose a smaller area".into()));
    }
    match read {
        Ok(_) => Ok(plain),
        Err(fault) if fault.kind() == std::io::ErrorKind::UnexpectedEof => {
            Err(Error::CutOff(format!("the gzip breaks off after {:.1} MB", bytes.len() as f64 / 1e6)))
        }
        Err(fault) => Err(Error::Corrupt(format!("not valid gzip: {fault}"))),
    }
}

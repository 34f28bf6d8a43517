//! Deflate by zlib-rs at one fixed level: the same bytes everywhere.

use crate::error::{Error, Result};
use crate::sink::{self, Sink, Stream};
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use flate2::{Compression, GzBuilder};
use std::io::Write as _;

/// RFC 1952 §2.3.1: the operating system is unknown.
const UNKNOWN: u8 = 255;

/// Compresses into a zlib stream (RFC 1950).
///
/// # Errors
/// None that memory does not have.
pub fn zlib(data: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 3), Compression::new(6));
    let written = encoder.write_all(data).and_then(|()| encoder.finish());
    written.map_err(|fault| Error::Internal(format!("deflate: {fault}")))
}

/// Compresses without a frame (RFC 1951).
///
/// # Errors
/// None that memory does not have.
pub fn raw(data: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(data.len() / 3), Compression::new(6));
    let written = encoder.write_all(data).and_then(|()| encoder.finish());
    written.map_err(|fault| Error::Internal(format!("deflate: {fault}")))
}

/// A sink that compresses into gzip (RFC 1952) on the way to another: no name, no date, no operating system in its header.
pub struct Gzip<'s> {
    encoder: GzEncoder<Stream<'s>>,
    position: u64,
}

impl<'s> Gzip<'s> {
    /// A file inside `sink`.
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        let head = GzBuilder::new().mtime(0).operating_system(UNKNOWN);
        Self { encoder: head.write(Stream::new(sink), Compression::new(6)), position: 0 }
    }

    /// The end of the file.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn finish(self) -> Result<()> {
        self.encoder.finish().map(|_| ()).map_err(|fault| sink::fault("gzip", &fault))
    }
}

impl Sink for Gzip<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.position += bytes.len() as u64;
        self.encoder.write_all(bytes).map_err(|fault| sink::fault("gzip", &fault))
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn patch(&mut self, _: u64, _: &[u8]) -> Result<()> {
        Err(sink::beyond())
    }
}

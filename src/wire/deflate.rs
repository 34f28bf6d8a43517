//! Deflate by miniz_oxide at one fixed level: the same bytes everywhere.

use crate::error::{Error, Result};
use flate2::write::ZlibEncoder;
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

/// Compresses into gzip (RFC 1952): no name, no date, no operating system in its header.
///
/// # Errors
/// As [`zlib`].
pub fn gzip(data: &[u8]) -> Result<Vec<u8>> {
    let room = Vec::with_capacity(data.len() / 3);
    let mut encoder = GzBuilder::new().mtime(0).operating_system(UNKNOWN).write(room, Compression::new(6));
    let written = encoder.write_all(data).and_then(|()| encoder.finish());
    written.map_err(|fault| Error::Internal(format!("gzip: {fault}")))
}

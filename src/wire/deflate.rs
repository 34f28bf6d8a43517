//! Deflate by miniz_oxide at one fixed level: the same bytes everywhere.

use crate::error::{Error, Result};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write as _;

/// Compresses into a zlib stream (RFC 1950).
///
/// # Errors
/// None that memory does not have.
pub fn zlib(data: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 3), Compression::new(6));
    let written = encoder.write_all(data).and_then(|()| encoder.finish());
    written.map_err(|fault| Error::Internal(format!("deflate: {fault}")))
}

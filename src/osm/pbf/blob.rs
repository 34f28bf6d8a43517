//! Blobs: a header with kind and size, then bytes that may be compressed.

use crate::error::{Error, Result};
use crate::osm::feed::cut_off;
use crate::osm::unpack::ZLIB;
use crate::wire::protobuf::fields;
use ruzstd::decoding::FrameDecoder;
use zlib_rs::{Inflate, InflateFlush, Status};

/// Largest blob header, bytes.
pub const HEADER: usize = 64 << 10;
/// Largest blob, packed or unpacked, bytes.
const BLOB: u64 = 32 << 20;

/// A blob as it stands in the file.
pub struct Blob<'a> {
    /// `OSMHeader`, `OSMData` or another.
    pub kind: &'a str,
    /// Its bytes, perhaps compressed.
    pub data: &'a [u8],
    /// Bytes when unpacked.
    pub size: u64,
    packing: Packing,
}

/// How a blob is compressed.
#[derive(Clone, Copy, PartialEq)]
enum Packing {
    Raw,
    Zlib,
    Lz4,
    Zstd,
    /// What nobody should write any more.
    Other(&'static str),
}

/// Room for unpacked blobs, used again for the next.
#[derive(Default)]
pub struct Unpacked {
    buffer: Vec<u8>,
    inflate: Option<Box<Inflate>>,
}

/// The next blob.
pub fn next<'a>(rest: &mut &'a [u8]) -> Result<Blob<'a>> {
    let (length, after) = broken_off(rest.split_first_chunk::<4>())?;
    let length = u32::from_be_bytes(*length) as usize;
    if length > HEADER {
        return Err(Error::TooLarge(format!("a PBF blob header claims {length} bytes; at most {HEADER} are allowed")));
    }
    let (header, after) = broken_off(after.split_at_checked(length))?;
    let (mut kind, mut size) = ("", None);
    fields(header, |field, value| {
        match field {
            1 => kind = value.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or(""),
            3 => size = value.number(),
            _ => {}
        }
        Ok(())
    })?;
    let size = size.ok_or_else(|| Error::Corrupt("not valid PBF: a blob header names no size".into()))?;
    if size > BLOB {
        return Err(Error::TooLarge(format!("a PBF blob claims {size} bytes; at most {BLOB} are allowed")));
    }
    let (blob, after) = broken_off(after.split_at_checked(size as usize))?;
    *rest = after;
    content(kind, blob)
}

fn content<'a>(kind: &'a str, blob: &'a [u8]) -> Result<Blob<'a>> {
    let mut found = Blob { kind, data: &[], size: 0, packing: Packing::Other("nothing") };
    fields(blob, |field, value| {
        let packing = match field {
            1 => Packing::Raw,
            2 => {
                found.size = value.number().unwrap_or(0);
                return Ok(());
            }
            3 => Packing::Zlib,
            4 => Packing::Other("LZMA"),
            5 => Packing::Other("bzip2"),
            6 => Packing::Lz4,
            7 => Packing::Zstd,
            _ => return Ok(()),
        };
        (found.data, found.packing) = (value.bytes().unwrap_or(&[]), packing);
        Ok(())
    })?;
    if found.packing == Packing::Raw {
        found.size = found.data.len() as u64;
    }
    if found.size > BLOB {
        let size = found.size;
        return Err(Error::TooLarge(format!("a PBF blob claims {size} unpacked bytes; at most {BLOB} are allowed")));
    }
    Ok(found)
}

impl<'a> Blob<'a> {
    /// The content, unpacked into `room` where it is compressed.
    pub fn unpack(&self, room: &'a mut Unpacked) -> Result<&'a [u8]> {
        let size = self.size as usize;
        if self.packing == Packing::Raw {
            return Ok(self.data);
        }
        // Only as large as the largest: zeroing for each blob would take as long as unpacking.
        if room.buffer.len() < size {
            room.buffer.resize(size, 0);
        }
        let buffer = room.buffer.get_mut(..size).unwrap_or(&mut []);
        let whole = match self.packing {
            Packing::Raw => false,
            Packing::Zlib => {
                let inflate = room.inflate.get_or_insert_with(|| Box::new(Inflate::new(true, ZLIB)));
                inflate.reset(true);
                let status = inflate.decompress(self.data, buffer, InflateFlush::Finish);
                status == Ok(Status::StreamEnd) && inflate.total_out() == self.size
            }
            Packing::Lz4 => lz4_flex::block::decompress_into(self.data, buffer).is_ok_and(|made| made == size),
            Packing::Zstd => FrameDecoder::new().decode_all(self.data, buffer).is_ok_and(|made| made == size),
            Packing::Other(how) => {
                let message = format!("this PBF is packed with {how}; repack it with zlib (osmium cat -f pbf)");
                return Err(Error::Foreign(message));
            }
        };
        if !whole {
            return Err(Error::Corrupt("not valid PBF: a blob cannot be unpacked to the size it names".into()));
        }
        Ok(buffer)
    }
}

/// Fails as a blob that breaks off does.
fn broken_off<T>(found: Option<T>) -> Result<T> {
    found.ok_or_else(cut_off)
}

//! OSM PBF: blobs of zlib or raw bytes, dense and plain nodes
//! (fileformat.proto and osmformat.proto of the OSM-binary project; limits as it states them).

mod block;
mod wire;

use super::store::{Builder, Osm};
use super::{Bounds, number};
use crate::error::{Error, Result};
use crate::watch::{Stage, Watch};
use flate2::{Decompress, FlushDecompress};
use wire::{Value, fields, signed};

/// Largest blob header, bytes.
const HEADER: usize = 64 << 10;
/// Largest blob, packed or unpacked, bytes.
const BLOB: usize = 32 << 20;
/// Features of a file that this reader knows what to do with.
const KNOWN: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// True where `bytes` begin as a PBF does.
pub fn begins(bytes: &[u8]) -> bool {
    let Some(length) = bytes.first_chunk::<4>().map(|length| u32::from_be_bytes(*length) as usize) else {
        return false;
    };
    (1..=HEADER).contains(&length) && bytes.get(4..15) == Some(b"\x0a\x09OSMHeader")
}

/// Reads a PBF file.
///
/// # Errors
/// [`Error::Corrupt`], [`Error::CutOff`], [`Error::TooLarge`] for blobs beyond the limits, [`Error::Foreign`] for history
/// files and unknown features, [`Error::Cancelled`].
pub fn read(bytes: &[u8], watch: &mut Watch) -> Result<Osm> {
    let mut builder = Builder::new();
    let mut block = block::Block::default();
    let mut buffer = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        watch.at(Stage::Read, (bytes.len() - rest.len()) as u64, bytes.len() as u64)?;
        let (kind, blob) = next_blob(&mut rest, bytes.len())?;
        let data = unpack(blob, &mut buffer)?;
        match kind {
            "OSMHeader" => header(data, &mut builder)?,
            "OSMData" => block.read(data, &mut builder)?,
            _ => {}
        }
    }
    block.finish(&mut builder);
    Ok(builder.finish())
}

/// Type and bytes of the next blob.
fn next_blob<'a>(rest: &mut &'a [u8], total: usize) -> Result<(&'a str, &'a [u8])> {
    let cut_off = || Error::CutOff(format!("the data break off after {:.1} MB", total as f64 / 1e6));
    let (length, after) = rest.split_first_chunk::<4>().ok_or_else(cut_off)?;
    let length = u32::from_be_bytes(*length) as usize;
    if length > HEADER {
        return Err(Error::TooLarge(format!("a PBF blob header claims {length} bytes; at most {HEADER} are allowed")));
    }
    let (header, after) = after.split_at_checked(length).ok_or_else(cut_off)?;
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
    if size > BLOB as u64 {
        return Err(Error::TooLarge(format!("a PBF blob claims {size} bytes; at most {BLOB} are allowed")));
    }
    let (blob, after) = after.split_at_checked(size as usize).ok_or_else(cut_off)?;
    *rest = after;
    Ok((kind, blob))
}

/// The content of a blob, inflated into `buffer` where it is compressed.
fn unpack<'a>(blob: &'a [u8], buffer: &'a mut Vec<u8>) -> Result<&'a [u8]> {
    let (mut raw, mut zlib, mut size, mut other) = (None, None, 0, None);
    fields(blob, |field, value| {
        match field {
            1 => raw = value.bytes(),
            2 => size = value.number().unwrap_or(0),
            3 => zlib = value.bytes(),
            4 => other = Some("LZMA"),
            5 => other = Some("bzip2"),
            6 => other = Some("LZ4"),
            7 => other = Some("Zstandard"),
            _ => {}
        }
        Ok(())
    })?;
    if let Some(raw) = raw {
        return Ok(raw);
    }
    let Some(zlib) = zlib else {
        let how = other.unwrap_or("nothing");
        return Err(Error::Foreign(format!("this PBF is packed with {how}; repack it with zlib (osmium cat -f pbf)")));
    };
    if size > BLOB as u64 {
        return Err(Error::TooLarge(format!("a PBF blob claims {size} unpacked bytes; at most {BLOB} are allowed")));
    }
    buffer.clear();
    buffer.reserve(size as usize);
    let status = Decompress::new(true).decompress_vec(zlib, buffer, FlushDecompress::Finish);
    match status {
        Ok(_) if buffer.len() as u64 == size => Ok(buffer),
        _ => Err(Error::Corrupt("not valid PBF: a blob cannot be inflated to the size it names".into())),
    }
}

/// Box, date and required features.
fn header(data: &[u8], builder: &mut Builder) -> Result<()> {
    fields(data, |field, value| {
        match (field, value) {
            (1, Value::Bytes(bytes)) => {
                if let Some(bounds) = bounds(bytes)? {
                    *builder.header().0 = Some(bounds);
                }
            }
            (4, Value::Bytes(bytes)) => {
                let feature = String::from_utf8_lossy(bytes);
                if feature == "HistoricalInformation" {
                    return Err(Error::Foreign(
                        "this is an OSM history file; expected an extract of one moment".into(),
                    ));
                }
                if !KNOWN.contains(&feature.as_ref()) {
                    return Err(Error::Foreign(format!("this PBF needs the feature {feature}, which is not read")));
                }
            }
            (32, Value::Varint(seconds)) => {
                if let Some(date) = rfc3339(seconds) {
                    *builder.header().1 = date;
                }
            }
            _ => {}
        }
        Ok(())
    })
}

/// A header box: left, right, top, bottom in units of 1e-9 degrees.
fn bounds(bytes: &[u8]) -> Result<Option<Bounds>> {
    let mut sides = [None; 4];
    fields(bytes, |field, value| {
        let side = (field as usize).checked_sub(1).and_then(|row| sides.get_mut(row));
        if let (Some(side), Some(number)) = (side, value.number()) {
            *side = Some(signed(number) / 100);
        }
        Ok(())
    })?;
    let [Some(west), Some(east), Some(north), Some(south)] = sides else { return Ok(None) };
    let corners = number::within(west, south).zip(number::within(east, north));
    Ok(corners.map(|([west, south], [east, north])| Bounds { west, south, east, north }))
}

/// Seconds since 1970 as a date (Howard Hinnant's civil-from-days algorithm).
fn rfc3339(seconds: u64) -> Option<String> {
    let seconds = i64::try_from(seconds).ok().filter(|seconds| *seconds < 253_402_300_800)?;
    let (days, time) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60))
}

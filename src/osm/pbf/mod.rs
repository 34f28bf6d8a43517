//! OSM PBF: blobs of raw bytes, zlib, LZ4 or Zstandard; dense and plain nodes
//! (fileformat.proto and osmformat.proto of the OSM-binary project; limits as it states them).

mod blob;
mod block;
mod header;

use super::feed::{Feed, Piece};
use super::unpack::check_ratio;
use super::{Builder, Osm, builder::Part};
use crate::error::{Error, Result};
use crate::watch::Watch;
use blob::{Blob, Unpacked};
use std::sync::mpsc::{Receiver, sync_channel};

/// Most blobs that wait, decoded, for their turn in one thread.
const WAITING: usize = 2;
/// Fewest blobs that are worth a second thread.
const FEW: usize = 4;

/// True where `bytes` begin as a PBF does.
pub fn begins(bytes: &[u8]) -> bool {
    let Some(length) = bytes.first_chunk::<4>().map(|length| u32::from_be_bytes(*length) as usize) else {
        return false;
    };
    (1..=blob::HEADER).contains(&length) && bytes.get(4..15) == Some(b"\x0a\x09OSMHeader")
}

/// Reads a PBF file.
#[derive(Default)]
pub struct Pbf {
    builder: Builder,
    unpacked: Unpacked,
    misplaced: u64,
    /// A header names no box: of files put one behind the other, the boxes of some say nothing of all.
    boxless: bool,
    /// Compressed and unpacked bytes of all blobs.
    sizes: (u64, u64),
}

impl Feed for Pbf {
    /// # Errors
    /// [`Error::Corrupt`], [`Error::CutOff`], [`Error::TooLarge`] for blobs beyond the limits, [`Error::Foreign`] for history
    /// files and unknown features, [`Error::Cancelled`].
    fn feed(&mut self, piece: &Piece, watch: &mut Watch) -> Result<usize> {
        piece.at(watch, 0)?;
        let mut blobs = Vec::new();
        let mut rest = piece.bytes;
        while !rest.is_empty() {
            match blob::next(&mut rest) {
                Ok(blob) => {
                    self.sizes.0 += blob.data.len() as u64;
                    self.sizes.1 += blob.size;
                    check_ratio(self.sizes.0, self.sizes.1)?;
                    blobs.push((blob, piece.bytes.len() - rest.len()));
                }
                Err(Error::CutOff(_)) if !piece.last => break,
                Err(fault) => {
                    // What stands before it may be at fault first.
                    self.blobs(&blobs, piece, watch)?;
                    return Err(fault);
                }
            }
        }
        self.blobs(&blobs, piece, watch)?;
        Ok(piece.bytes.len() - rest.len())
    }

    fn finish(mut self: Box<Self>) -> Result<Osm> {
        if self.misplaced > 0 {
            let message = format!("{} nodes lie outside ±180, ±90 degrees and are left out", self.misplaced);
            self.builder.header().2.say("misplaced", self.misplaced, message);
        }
        if self.boxless {
            *self.builder.header().0 = None;
        }
        Ok(self.builder.finish())
    }
}

impl Pbf {
    /// Reads blobs, each with the position of its end, in their order; on several threads where there are several.
    fn blobs(&mut self, blobs: &[(Blob, usize)], piece: &Piece, watch: &mut Watch) -> Result<()> {
        let threads = threads(blobs.len());
        if threads < 2 {
            for (blob, end) in blobs {
                let part = part(blob, &mut self.unpacked)?;
                piece.at(watch, *end)?;
                self.add(blob, part)?;
            }
            return Ok(());
        }
        std::thread::scope(|scope| {
            let decoded: Vec<Receiver<Result<Part>>> = (0..threads)
                .map(|first| {
                    let (sender, receiver) = sync_channel(WAITING);
                    scope.spawn(move || {
                        let mut unpacked = Unpacked::default();
                        for (blob, _) in blobs.iter().skip(first).step_by(threads) {
                            // Nobody listens any more after a fault or when the work was stopped.
                            if sender.send(part(blob, &mut unpacked)).is_err() {
                                break;
                            }
                        }
                    });
                    receiver
                })
                .collect();
            for ((blob, end), receiver) in blobs.iter().zip(decoded.iter().cycle()) {
                let part = receiver.recv().map_err(|_| Error::Internal("a thread ended early".into()))??;
                piece.at(watch, *end)?;
                self.add(blob, part)?;
            }
            Ok(())
        })
    }

    fn add(&mut self, blob: &Blob, part: Part) -> Result<()> {
        if blob.kind == "OSMHeader" {
            self.boxless |= !header::header(blob.unpack(&mut self.unpacked)?, &mut self.builder)?;
            return Ok(());
        }
        self.misplaced += part.misplaced;
        self.builder.append(&part)
    }
}

/// The elements of a blob; empty for those that hold none.
fn part(blob: &Blob, unpacked: &mut Unpacked) -> Result<Part> {
    match blob.kind {
        "OSMData" => block::read(blob.unpack(unpacked)?),
        _ => Ok(Part::default()),
    }
}

/// How many threads to use; WebAssembly has one.
fn threads(blobs: usize) -> usize {
    if cfg!(target_family = "wasm") || blobs < FEW {
        return 1;
    }
    std::thread::available_parallelism().map_or(1, usize::from).min(blobs / 2)
}

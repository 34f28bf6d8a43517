//! gzip, bzip2 and Zstandard, unpacked piece by piece; bombs are refused while they go off.

use super::feed::cut_off;
use crate::error::{Error, Result};
use bzip2::{Decompress, Status as Bzip2Status};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::Read;
use zlib_rs::{Inflate, InflateFlush, Status};

/// How an input is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// RFC 1952.
    Gzip,
    /// bzip2, several streams allowed.
    Bzip2,
    /// RFC 8878, several frames allowed.
    Zstd,
}

impl Packing {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Zstd => "Zstandard",
        }
    }
}

/// So much may come out of anything.
const FREE: u64 = 64 << 20;
/// Beyond that, at most so many times what went in; maps shrink to a tenth or a thirtieth.
const RATIO: u64 = 200;
/// How much is unpacked at a time.
const ROOM: usize = 256 << 10;
/// Farthest a Zstandard frame may look back.
const WINDOW: u64 = 128 << 20;
/// Window of zlib, and that of zlib plus the bit that stands for gzip's header.
pub const ZLIB: u8 = 15;
const GZIP: u8 = 15 + 16;

/// What `out` bytes from `packed` bytes are: data, or a bomb.
pub fn check_ratio(packed: u64, out: u64) -> Result<()> {
    if out <= FREE || out / RATIO <= packed {
        return Ok(());
    }
    Err(Error::TooLarge(format!("{packed} compressed bytes unpack to more than {RATIO} times as much; this is no map")))
}

/// What a gzip holds, its first `most` bytes or some more; what is broken ends it.
pub fn unpacked(gzip: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // The answer says only why it ended.
    let _ = Unpacker::new(Packing::Gzip).push(gzip, false, &mut |bytes| {
        out.extend_from_slice(bytes);
        if out.len() < most { Ok(()) } else { Err(Error::Cancelled) }
    });
    out
}

/// Where unpacked bytes go.
pub type Sink<'a> = &'a mut dyn FnMut(&[u8]) -> Result<()>;

/// A decoder and its counters.
pub struct Unpacker {
    /// What it unpacks.
    pub packing: Packing,
    decoder: Decoder,
    buffer: Vec<u8>,
    packed: u64,
    out: u64,
}

enum Decoder {
    /// The stream at work; none between streams.
    Gzip(Option<Box<Inflate>>),
    Bzip2(Option<Box<Decompress>>),
    /// Everything that came: frames are decoded at the end.
    Zstd(Vec<u8>),
    Done,
}

impl Unpacker {
    /// Nothing has come yet.
    pub fn new(packing: Packing) -> Self {
        let decoder = match packing {
            Packing::Gzip => Decoder::Gzip(None),
            Packing::Bzip2 => Decoder::Bzip2(None),
            Packing::Zstd => Decoder::Zstd(Vec::new()),
        };
        Self { packing, decoder, buffer: vec![0; ROOM], packed: 0, out: 0 }
    }

    /// True once all streams have come to their end.
    pub fn ended(&self) -> bool {
        matches!(self.decoder, Decoder::Done)
    }

    /// Unpacks the next bytes into `sink`.
    #[inline(never)]
    pub fn push(&mut self, mut bytes: &[u8], last: bool, sink: Sink) -> Result<()> {
        self.packed += bytes.len() as u64;
        if let Decoder::Zstd(all) = &mut self.decoder {
            all.extend_from_slice(bytes);
            if last {
                let all = std::mem::take(all);
                self.frames(&all, sink)?;
                self.decoder = Decoder::Done;
            }
            return Ok(());
        }
        loop {
            if matches!(self.decoder, Decoder::Gzip(None) | Decoder::Bzip2(None)) {
                // Padding with zeros is as common as several streams, and may come in a piece of its own.
                let rest = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
                bytes = bytes.get(rest..).unwrap_or(&[]);
            }
            let Step { used, made, ended } = self.step(bytes)?;
            bytes = bytes.get(used..).unwrap_or(&[]);
            self.out += made as u64;
            check_ratio(self.packed, self.out)?;
            sink(self.buffer.get(..made).unwrap_or(&[]))?;
            if bytes.is_empty() && (ended || made < ROOM) || used == 0 && made == 0 {
                break;
            }
        }
        if last {
            match self.decoder {
                Decoder::Gzip(None) | Decoder::Bzip2(None) => self.decoder = Decoder::Done,
                _ => return Err(cut_off()),
            }
        }
        Ok(())
    }

    fn step(&mut self, bytes: &[u8]) -> Result<Step> {
        let fault = |what: &str| Error::Corrupt(format!("not valid {what}"));
        match &mut self.decoder {
            Decoder::Gzip(slot) => {
                if bytes.is_empty() && slot.is_none() {
                    return Ok(Step::default());
                }
                let inflate = slot.get_or_insert_with(|| Box::new(Inflate::new(true, GZIP)));
                let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
                let status = inflate.decompress(bytes, &mut self.buffer, InflateFlush::NoFlush);
                let status = status.map_err(|error| fault(&format!("gzip: {}", error.as_str())))?;
                let used = (inflate.total_in() - before_in) as usize;
                let made = (inflate.total_out() - before_out) as usize;
                let ended = status == Status::StreamEnd;
                if ended {
                    *slot = None;
                }
                Ok(Step { used, made, ended })
            }
            Decoder::Bzip2(slot) => {
                if bytes.is_empty() && slot.is_none() {
                    return Ok(Step::default());
                }
                let stream = slot.get_or_insert_with(|| Box::new(Decompress::new(false)));
                let (before_in, before_out) = (stream.total_in(), stream.total_out());
                let status = stream.decompress(bytes, &mut self.buffer);
                let status = status.map_err(|error| fault(&format!("bzip2: {error}")))?;
                let used = (stream.total_in() - before_in) as usize;
                let made = (stream.total_out() - before_out) as usize;
                let ended = status == Bzip2Status::StreamEnd;
                if status == Bzip2Status::MemNeeded {
                    return Err(Error::TooLarge("not enough memory to unpack bzip2".into()));
                }
                if ended {
                    *slot = None;
                }
                Ok(Step { used, made, ended })
            }
            Decoder::Zstd(_) | Decoder::Done => Ok(Step::default()),
        }
    }

    /// All frames of a Zstandard file.
    fn frames(&mut self, mut bytes: &[u8], sink: Sink) -> Result<()> {
        let fault = |error: FrameDecoderError| Error::Corrupt(format!("not valid Zstandard: {error}"));
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        while !bytes.is_empty() {
            match decoder.init(&mut bytes) {
                Ok(()) => {}
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    bytes = bytes.get(length as usize..).ok_or_else(cut_off)?;
                    continue;
                }
                Err(error) => return Err(fault(error)),
            }
            while !decoder.is_finished() || decoder.can_collect() > 0 {
                if !decoder.is_finished() {
                    decoder.decode_blocks(&mut bytes, BlockDecodingStrategy::UptoBytes(ROOM)).map_err(fault)?;
                }
                let made = decoder.read(&mut self.buffer).unwrap_or(0);
                self.out += made as u64;
                check_ratio(self.packed, self.out)?;
                sink(self.buffer.get(..made).unwrap_or(&[]))?;
            }
        }
        Ok(())
    }
}

/// What one call of a decoder did.
#[derive(Default)]
struct Step {
    used: usize,
    made: usize,
    ended: bool,
}

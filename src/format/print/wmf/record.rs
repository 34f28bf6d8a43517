//! Records: a length in words, a function, and its parameters.

use crate::error::Result;
use crate::sink::Sink;
use crate::wire::record::Little;

/// Functions (§2.1.1.1).
pub mod function {
    pub const END_OF_FILE: u16 = 0;
    pub const SAVE: u16 = 0x001e;
    pub const SET_BACKGROUND_MODE: u16 = 0x0102;
    pub const SET_MAP_MODE: u16 = 0x0103;
    pub const SET_POLYFILL_MODE: u16 = 0x0106;
    pub const RESTORE: u16 = 0x0127;
    pub const SELECT: u16 = 0x012d;
    pub const SET_TEXT_ALIGN: u16 = 0x012e;
    pub const DELETE: u16 = 0x01f0;
    pub const SET_TEXT_COLOR: u16 = 0x0209;
    pub const SET_WINDOW_ORIGIN: u16 = 0x020b;
    pub const SET_WINDOW_EXTENT: u16 = 0x020c;
    pub const CREATE_PEN: u16 = 0x02fa;
    pub const CREATE_FONT: u16 = 0x02fb;
    pub const CREATE_BRUSH: u16 = 0x02fc;
    pub const POLYGON: u16 = 0x0324;
    pub const POLYLINE: u16 = 0x0325;
    pub const INTERSECT_CLIP_RECTANGLE: u16 = 0x0416;
    pub const POLY_POLYGON: u16 = 0x0538;
    pub const ESCAPE: u16 = 0x0626;
    pub const TEXT: u16 = 0x0a32;
}

/// Puts records one behind the other and knows the longest.
pub struct Records<'s> {
    sink: &'s mut dyn Sink,
    start: u64,
    longest: u32,
}

impl<'s> Records<'s> {
    /// Into a sink.
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        Self { start: sink.position(), sink, longest: 0 }
    }

    /// Bytes that are no record.
    pub fn raw(&mut self, bytes: &[u8]) -> Result<()> {
        self.sink.put(bytes)
    }

    /// A record; `body` is filled up to whole words.
    pub fn put(&mut self, function: u16, mut body: Little) -> Result<()> {
        body.pad(2);
        let words = body.len() as u32 / 2 + 3;
        self.longest = self.longest.max(words);
        let mut head = Little::new();
        head.u32(words).u16(function);
        self.sink.put(&head.finish())?;
        self.sink.put(body.as_ref())
    }

    /// A record of 16-bit numbers.
    pub fn numbers(&mut self, function: u16, numbers: &[i16]) -> Result<()> {
        let mut body = Little::new();
        numbers.iter().for_each(|&number| {
            body.i16(number);
        });
        self.put(function, body)
    }

    /// How many bytes there are, and words in the longest record.
    pub fn counts(&self) -> (u64, u32) {
        (self.sink.position() - self.start, self.longest)
    }

    /// Writes over bytes of the file.
    pub fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        self.sink.patch(self.start + at, bytes)
    }
}

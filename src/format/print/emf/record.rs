//! Records: a type, a length, and what they hold.

use crate::error::Result;
use crate::sink::Sink;
use crate::wire::record::Little;

/// Types of records (§2.1.1).
pub mod kind {
    pub const HEADER: u32 = 1;
    pub const POLY_POLYLINE: u32 = 7;
    pub const POLY_POLYGON: u32 = 8;
    pub const SET_WINDOW_EXTENT: u32 = 9;
    pub const SET_WINDOW_ORIGIN: u32 = 10;
    pub const SET_VIEWPORT_EXTENT: u32 = 11;
    pub const SET_VIEWPORT_ORIGIN: u32 = 12;
    pub const END_OF_FILE: u32 = 14;
    pub const SET_MAP_MODE: u32 = 17;
    pub const SET_BACKGROUND_MODE: u32 = 18;
    pub const SET_POLYFILL_MODE: u32 = 19;
    pub const SET_TEXT_ALIGN: u32 = 22;
    pub const SET_TEXT_COLOR: u32 = 24;
    pub const MOVE_TO: u32 = 27;
    pub const INTERSECT_CLIP_RECTANGLE: u32 = 30;
    pub const SAVE: u32 = 33;
    pub const RESTORE: u32 = 34;
    pub const SELECT: u32 = 37;
    pub const CREATE_BRUSH: u32 = 39;
    pub const DELETE: u32 = 40;
    pub const POLY_BEZIER_TO: u32 = 5;
    pub const POLYLINE_TO: u32 = 6;
    pub const BEGIN_PATH: u32 = 59;
    pub const END_PATH: u32 = 60;
    pub const CLOSE_FIGURE: u32 = 61;
    pub const FILL_PATH: u32 = 62;
    pub const STROKE_AND_FILL_PATH: u32 = 63;
    pub const STROKE_PATH: u32 = 64;
    pub const SELECT_CLIP_PATH: u32 = 67;
    pub const COMMENT: u32 = 70;
    pub const CREATE_FONT: u32 = 82;
    pub const TEXT: u32 = 84;
    pub const POLY_BEZIER_TO_16: u32 = 88;
    pub const POLYLINE_TO_16: u32 = 89;
    pub const POLY_POLYLINE_16: u32 = 90;
    pub const POLY_POLYGON_16: u32 = 91;
    pub const CREATE_PEN: u32 = 95;
}

/// Puts records one behind the other and counts them.
pub struct Records<'s> {
    sink: &'s mut dyn Sink,
    start: u64,
    count: u32,
}

impl<'s> Records<'s> {
    /// Into a sink.
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        Self { start: sink.position(), sink, count: 0 }
    }

    /// A record; `body` is filled up to a multiple of four bytes.
    pub fn put(&mut self, kind: u32, mut body: Little) -> Result<()> {
        body.pad(4);
        let mut head = Little::new();
        head.u32(kind).u32(body.len() as u32 + 8);
        self.sink.put(&head.finish())?;
        self.sink.put(body.as_ref())?;
        self.count += 1;
        Ok(())
    }

    /// A record of whole numbers.
    pub fn numbers(&mut self, kind: u32, numbers: &[u32]) -> Result<()> {
        let mut body = Little::new();
        numbers.iter().for_each(|&number| {
            body.u32(number);
        });
        self.put(kind, body)
    }

    /// How many bytes and records there are.
    pub fn counts(&self) -> (u64, u32) {
        (self.sink.position() - self.start, self.count)
    }

    /// Writes over bytes of the file.
    pub fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        self.sink.patch(self.start + at, bytes)
    }
}

//! Elements: class, number and length, then parameters (part 3, clause 5).

use crate::error::Result;
use crate::sink::Sink;
use crate::wire::record::Big;

/// Bytes of one partition of a long element.
const PART: usize = 32_766;
/// Longest parameters that the first word can tell.
const SHORT: usize = 30;

/// Class and number of an element.
pub type Kind = (u16, u16);

/// Elements that are written.
pub mod kind {
    pub const BEGIN_METAFILE: (u16, u16) = (0, 1);
    pub const END_METAFILE: (u16, u16) = (0, 2);
    pub const BEGIN_PICTURE: (u16, u16) = (0, 3);
    pub const BEGIN_BODY: (u16, u16) = (0, 4);
    pub const END_PICTURE: (u16, u16) = (0, 5);
    pub const BEGIN_STRUCTURE: (u16, u16) = (0, 21);
    pub const BEGIN_STRUCTURE_BODY: (u16, u16) = (0, 22);
    pub const END_STRUCTURE: (u16, u16) = (0, 23);
    pub const VERSION: (u16, u16) = (1, 1);
    pub const DESCRIPTION: (u16, u16) = (1, 2);
    pub const VDC_TYPE: (u16, u16) = (1, 3);
    pub const INTEGER_PRECISION: (u16, u16) = (1, 4);
    pub const COLOUR_PRECISION: (u16, u16) = (1, 7);
    pub const COLOUR_EXTENT: (u16, u16) = (1, 10);
    pub const ELEMENT_LIST: (u16, u16) = (1, 11);
    pub const DEFAULTS: (u16, u16) = (1, 12);
    pub const FONT_LIST: (u16, u16) = (1, 13);
    pub const CHARACTER_SETS: (u16, u16) = (1, 14);
    pub const CODING: (u16, u16) = (1, 15);
    pub const SCALING: (u16, u16) = (2, 1);
    pub const COLOUR_MODE: (u16, u16) = (2, 2);
    pub const LINE_WIDTH_MODE: (u16, u16) = (2, 3);
    pub const EDGE_WIDTH_MODE: (u16, u16) = (2, 5);
    pub const VDC_EXTENT: (u16, u16) = (2, 6);
    pub const BACKGROUND: (u16, u16) = (2, 7);
    pub const VDC_PRECISION: (u16, u16) = (3, 1);
    pub const CLIP_RECTANGLE: (u16, u16) = (3, 5);
    pub const CLIP: (u16, u16) = (3, 6);
    pub const POLYLINE: (u16, u16) = (4, 1);
    pub const TEXT: (u16, u16) = (4, 4);
    pub const POLYGON: (u16, u16) = (4, 7);
    pub const POLYGON_SET: (u16, u16) = (4, 8);
    pub const LINE_WIDTH: (u16, u16) = (5, 3);
    pub const LINE_COLOUR: (u16, u16) = (5, 4);
    pub const FONT: (u16, u16) = (5, 10);
    pub const TEXT_PRECISION: (u16, u16) = (5, 11);
    pub const TEXT_COLOUR: (u16, u16) = (5, 14);
    pub const CHARACTER_HEIGHT: (u16, u16) = (5, 15);
    pub const CHARACTER_ORIENTATION: (u16, u16) = (5, 16);
    pub const TEXT_ALIGNMENT: (u16, u16) = (5, 18);
    pub const UPPER_SET: (u16, u16) = (5, 20);
    pub const INTERIOR: (u16, u16) = (5, 22);
    pub const FILL_COLOUR: (u16, u16) = (5, 23);
    pub const EDGE_WIDTH: (u16, u16) = (5, 28);
    pub const EDGE_COLOUR: (u16, u16) = (5, 29);
    pub const EDGE: (u16, u16) = (5, 30);
    pub const LINE_CAP: (u16, u16) = (5, 37);
    pub const LINE_JOIN: (u16, u16) = (5, 38);
    pub const EDGE_CAP: (u16, u16) = (5, 44);
    pub const EDGE_JOIN: (u16, u16) = (5, 45);
    pub const APPLICATION_DATA: (u16, u16) = (7, 2);
    pub const ATTRIBUTE: (u16, u16) = (9, 1);
}

/// Appends an element.
pub fn put(sink: &mut dyn Sink, (class, number): Kind, body: &Big) -> Result<()> {
    let bytes = body.as_ref();
    let mut out = Big::new();
    let head = class << 12 | number << 5;
    if bytes.len() <= SHORT {
        out.u16(head | bytes.len() as u16).put(bytes).pad(2);
        return sink.put(out.as_ref());
    }
    out.u16(head | 31);
    let mut rest = bytes;
    loop {
        let (part, after) = rest.split_at(rest.len().min(PART));
        let more = if after.is_empty() { 0 } else { 0x8000 };
        out.u16(part.len() as u16 | more).put(part).pad(2);
        if after.is_empty() {
            return sink.put(out.as_ref());
        }
        rest = after;
    }
}

/// What stands in the place of a letter that the format lacks.
const LACKING: u8 = b'?';

/// ISO 8859-1, which the head declares: the lower half and, behind 32 control characters, the upper one.
pub fn letter(c: char) -> Option<u8> {
    u8::try_from(c).ok().filter(|byte| !matches!(byte, 0..=0x1f | 0x7f..=0x9f))
}

/// Appends a string: its length, then its letters (part 3, 7.1).
pub fn string(body: &mut Big, text: &str) {
    let other = |c: char| if c.is_whitespace() { b' ' } else { LACKING };
    let mut bytes: Vec<u8> = text.chars().map(|c| letter(c).unwrap_or_else(|| other(c))).collect();
    bytes.truncate(PART / 2);
    if bytes.len() < 255 {
        body.u8(bytes.len() as u8);
    } else {
        body.u8(255).u16(bytes.len() as u16);
    }
    body.put(&bytes);
}

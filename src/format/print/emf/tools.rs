//! Pens, brushes and fonts as records that make them.

use crate::format::painting::{Pen, gdi};
use crate::scene::font::FontFile;
use crate::scene::{Cap, Join};
use crate::wire::record::Little;

/// What is selected before something is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Tool {
    /// A line of these units.
    Pen { color: [u8; 3], width: u32, cap: Cap, join: Join, dashes: Vec<u32> },
    /// A fill.
    Brush([u8; 3]),
    /// A font: its size in units, its angle in tenths of a degree counter-clockwise.
    Font { face: &'static FontFile, size: i32, angle: i32 },
}

impl Tool {
    /// A pen with so many units in a millimetre.
    pub fn pen(pen: &Pen, units: f64) -> Self {
        let whole = |mm: f64| (libm::round(mm * units) as u32).max(1);
        let dashes = pen.pattern().into_iter().map(whole).take(16).collect();
        Self::Pen { color: pen.color, width: whole(pen.width), cap: pen.cap, join: pen.join, dashes }
    }
}

/// A colour (§2.2.9 of \[MS-WMF\]).
pub fn color([r, g, b]: [u8; 3]) -> u32 {
    u32::from_le_bytes([r, g, b, 0])
}

/// `EMR_EXTCREATEPEN` (§2.3.7.9): a geometric pen.
pub fn create_pen(handle: u32, paint: [u8; 3], width: u32, cap: Cap, join: Join, dashes: &[u32]) -> Little {
    let style = 0x1_0000 | u32::from(gdi::style(cap, join)) | if dashes.is_empty() { 0 } else { 7 };
    let mut body = Little::new();
    body.u32(handle).u32(0).u32(0).u32(0).u32(0).u32(style).u32(width).u32(0).u32(color(paint)).u32(0);
    body.u32(dashes.len() as u32);
    dashes.iter().for_each(|&dash| {
        body.u32(dash);
    });
    body
}

/// `EMR_EXTCREATEFONTINDIRECTW` (§2.3.7.8) with a `LogFontPanose`.
pub fn create_font(handle: u32, face: &FontFile, size: i32, angle: i32) -> Little {
    let mut body = Little::new();
    // Negative: the size of the font, not of its cells.
    body.u32(handle).i32(-size).i32(0).i32(angle).i32(angle).i32(face.weight.into());
    // Not underlined, not struck out; default charset, outlines where they are, best quality.
    body.u8(face.italic.into()).u8(0).u8(0).u8(1).u8(4).u8(0).u8(4).u8(0);
    name(&mut body, face.family, 32);
    name(&mut body, face.family, 64);
    name(&mut body, "", 32);
    body.u32(0).u32(0).u32(0).u32(0).u32(0).u32(0).put(&[0; 10]);
    body
}

/// A name in so many units of UTF-16, the last of them 0.
fn name(body: &mut Little, name: &str, units: usize) {
    let letters = name.encode_utf16().take(units - 1);
    letters.chain(std::iter::repeat(0)).take(units).for_each(|unit| {
        body.u16(unit);
    });
}

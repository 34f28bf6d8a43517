//! Fills and outlines: records that objects refer to by number.

use super::chunks::Version;
use crate::format::painting::Pen;
use crate::scene::{Cap, Join};
use crate::wire::record::Little;

/// Units in a millimetre.
pub const UNITS: f64 = 10_000.0;
/// 45 degrees in millionths.
const SLANT: i32 = 45_000_000;

/// All fills and outlines; numbers count from 1.
#[derive(Default)]
pub struct Looks {
    fills: Vec<Option<[u8; 3]>>,
    outlines: Vec<Option<Pen>>,
}

fn row<T: PartialEq>(list: &mut Vec<T>, thing: T) -> u32 {
    let row = list.iter().position(|known| *known == thing).unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    });
    row as u32 + 1
}

impl Looks {
    /// The number of a fill.
    pub fn fill(&mut self, color: Option<[u8; 3]>) -> u32 {
        row(&mut self.fills, color)
    }

    /// The number of an outline: beyond those of fills, so that no two records have one number.
    pub fn outline(&mut self, pen: Option<Pen>) -> u32 {
        row(&mut self.outlines, pen) + OUTLINES
    }

    /// The records of fills.
    pub fn fills(&self, version: Version) -> impl Iterator<Item = Vec<u8>> {
        self.fills.iter().zip(1..).map(move |(color, number)| fill(number, *color, version))
    }

    /// The records of outlines.
    pub fn outlines(&self, version: Version) -> impl Iterator<Item = Vec<u8>> {
        self.outlines.iter().zip(OUTLINES + 1..).map(move |(pen, number)| outline(number, pen.as_ref(), version))
    }
}

/// Numbers of outlines begin behind this one.
const OUTLINES: u32 = 0x10_0000;

/// RGB of the user's palette.
fn color(out: &mut Little, [r, g, b]: [u8; 3]) {
    out.u16(5).u16(5).u32(0).put(&[b, g, r, 0]);
}

fn fill(number: u32, paint: Option<[u8; 3]>, version: Version) -> Vec<u8> {
    let kind = u16::from(paint.is_some());
    let paint = paint.unwrap_or_default();
    let mut out = Little::new();
    out.u32(number);
    if version.tagged() {
        out.u32(1300).u32(0x40).u16(kind).u32(1300).u32(0x2e);
        out.u8(1).u32(12);
        color(&mut out, paint);
        out.u8(0).u32(0);
    } else {
        out.u16(kind).u16(0);
        color(&mut out, paint);
    }
    out.u16(0).u16(0).u32(0).i32(SLANT).u32(60);
    if version.tagged() {
        out.put(&[0; 16]);
    }
    out.finish()
}

fn outline(number: u32, pen: Option<&Pen>, version: Version) -> Vec<u8> {
    let dashes = pen.map(dashes).unwrap_or_default();
    let kind = match (pen, dashes.is_empty()) {
        (None, _) => 1,
        (_, true) => 2,
        (_, false) => 4,
    };
    let cap = match pen.map(|pen| pen.cap) {
        Some(Cap::Round) => 1,
        Some(Cap::Square) => 2,
        _ => 0,
    };
    let join = match pen.map(|pen| pen.join) {
        Some(Join::Round) => 1,
        Some(Join::Bevel) => 2,
        _ => 0,
    };
    let width = pen.map_or(0, |pen| (libm::round(pen.width * UNITS) as i32).max(1));
    let paint = pen.map(|pen| pen.color).unwrap_or_default();
    let mut body = Little::new();
    body.u16(kind).u16(cap).u16(join);
    if version.tagged() {
        body.i32(width).u16(100).u16(0).i32(0).put(&[0; 46]);
    } else {
        body.u16(0).i32(width).u16(100).u16(0).i32(0).put(&[0; 4]);
        identity(&mut body);
    }
    color(&mut body, paint);
    body.put(&[0; 16]).u16(dashes.len() as u16);
    dashes.iter().for_each(|&dash| {
        body.u16(dash);
    });
    body.put(&vec![0; 22 - 2 * dashes.len()]).u32(0).u32(0);
    let mut out = Little::new();
    out.u32(number);
    if version.tagged() {
        body.put(&[0; 6]);
        out.u32(3).u32(4).u32(0).u32(2).u32(0x16);
        out.put(&[0; 10]);
        color(&mut out, paint);
        out.u32(1).u32(body.len() as u32);
    }
    out.put(body.as_ref());
    if version.tagged() {
        out.put(&[0; 8]);
    }
    out.finish()
}

/// Dashes as multiples of the line's width.
fn dashes(pen: &Pen) -> Vec<u16> {
    let times = |&dash: &f64| libm::round(dash / pen.width.max(1e-3)).clamp(1.0, 60_000.0) as u16;
    pen.pattern().iter().map(times).take(10).collect()
}

/// The matrix that changes nothing.
pub fn identity(out: &mut Little) {
    [1.0, 0.0, 0.0, 0.0, 1.0, 0.0].iter().for_each(|&part| {
        out.f64(part);
    });
}

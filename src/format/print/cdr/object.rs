//! Objects of a layer: curves, texts and groups, with their places and matrices.

use super::chunks::{Chunks, Version};
use super::look::{UNITS, identity};
use crate::format::painting::{Page, Run, Shape, corel};
use crate::wire::record::Little;

/// A thing on a layer, with the numbers of its fill and its outline.
pub enum Object {
    /// A curve.
    Curve { shape: Shape, fill: u32, outline: u32 },
    /// Artistic text in a font.
    Text { run: Run, font: u16, fill: u32, outline: u32 },
    /// Several, the first at the bottom.
    Group(Vec<Object>),
}

/// Kinds of objects, and what describes them.
const CURVE: u32 = 3;
const TEXT: u32 = 4;
const PLACES: u32 = 0x1e;
const FILL: u32 = 0x14;
const OUTLINE: u32 = 0x0a;
const STYLE: u32 = 0xc8;
/// The style of texts.
const TEXT_STYLE: u32 = 1;

/// Units between places on the sheet, 13 µm, about as fine as those of SVG: what is finer is noise, which does not pack.
const GRID: i32 = 128;

/// Points of a shape on that grid, and what each of them is.
fn nodes(shape: &Shape, page: Page) -> (Vec<[i32; 2]>, Vec<u8>) {
    let (mut points, kinds) = corel::nodes(shape, page, UNITS / f64::from(GRID));
    points.as_flattened_mut().iter_mut().for_each(|side| *side = side.saturating_mul(GRID));
    (points, kinds)
}

/// What is written with: version, page, and numbers that no other object has.
pub struct Context {
    pub version: Version,
    pub page: Page,
    pub next: u32,
}

impl Context {
    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

impl Object {
    /// Left, top, right and bottom, in units.
    fn bounds(&self, page: Page) -> [i32; 4] {
        match self {
            Self::Curve { shape, .. } => corel::bounds(&nodes(shape, page).0),
            Self::Text { run, .. } => {
                let [x, y] = place(run.at, page);
                let long: f64 = run.advances.iter().sum();
                let unit = |mm: f64| libm::round(mm * UNITS) as i32;
                [x, y + unit(run.size), x + unit(long), y - unit(run.size * 0.25)]
            }
            Self::Group(list) => list
                .iter()
                .map(|object| object.bounds(page))
                .fold([i32::MAX, i32::MIN, i32::MIN, i32::MAX], |[left, top, right, bottom], [l, t, r, b]| {
                    [left.min(l), top.max(t), right.max(r), bottom.min(b)]
                }),
        }
    }

    /// Appends the list of its chunks.
    pub fn write(&self, out: &mut Chunks, context: &mut Context) {
        let kind = if matches!(self, Self::Group(_)) { b"grp " } else { b"obj " };
        let [left, top, right, bottom] = self.bounds(context.page);
        let number = context.number();
        out.list(kind, |out| {
            let level = if matches!(self, Self::Group(_)) { 0x10 } else { 8 };
            out.chunk(b"flgs", &[0, 2, 0, level]);
            let mut bounds = Little::new();
            bounds.i32(left).i32(bottom).i32(right).i32(top);
            out.chunk(b"bbox", bounds.as_ref());
            let mut corners = Little::new();
            for side in [left, bottom, right, bottom, right, top, left, top] {
                corners.i32(side);
            }
            out.chunk(b"obbx", corners.as_ref());
            out.chunk(b"usdn", &number.to_le_bytes());
            match self {
                Self::Curve { shape, fill, outline } => {
                    let (points, kinds) = nodes(shape, context.page);
                    let mut places = Little::new();
                    places.u32(points.len() as u32);
                    points.as_flattened().iter().for_each(|&side| {
                        places.i32(side);
                    });
                    places.put(&kinds);
                    let look = [(FILL, fill.to_le_bytes().to_vec()), (OUTLINE, outline.to_le_bytes().to_vec())];
                    describe(
                        out,
                        CURVE,
                        &[&[(PLACES, places.finish())], &look[..]].concat(),
                        [0.0, 0.0],
                        context.version,
                    );
                }
                Self::Text { run, font, fill, outline } => {
                    out.chunk(b"spnd", &number.to_le_bytes());
                    let mut places = Little::new();
                    places.i32(0).i32(0);
                    let arguments = [
                        (PLACES, places.finish()),
                        (FILL, fill.to_le_bytes().to_vec()),
                        (OUTLINE, outline.to_le_bytes().to_vec()),
                        (STYLE, TEXT_STYLE.to_le_bytes().to_vec()),
                    ];
                    let [x, y] = place(run.at, context.page).map(f64::from);
                    describe(out, TEXT, &arguments, [x, y], context.version);
                    out.chunk(b"txsm", &story(run, (number, *font, *fill), context.version));
                }
                // The topmost comes first.
                Self::Group(list) => list.iter().rev().for_each(|object| object.write(out, context)),
            }
        });
    }
}

fn place([x, y]: [f64; 2], page: Page) -> [i32; 2] {
    [libm::round((x - page.width / 2.0) * UNITS) as i32, libm::round((page.height / 2.0 - y) * UNITS) as i32]
}

/// The list of what an object is and where it lies.
fn describe(out: &mut Chunks, kind: u32, arguments: &[(u32, Vec<u8>)], at: [f64; 2], version: Version) {
    out.list(b"lgob", |out| {
        out.chunk(b"loda", &loda(kind, arguments));
        out.list(b"trfl", |out| out.chunk(b"trfd", &matrix(at, version)));
    });
}

/// Arguments by their kinds: where each begins, then the kinds from the last to the first, then the arguments.
pub fn loda(kind: u32, arguments: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let count = arguments.len() as u32;
    let kinds = 0x14 + 4 * (count + 1);
    let mut at = kinds + 4 * count;
    let total = at + arguments.iter().map(|(_, bytes)| bytes.len().next_multiple_of(4) as u32).sum::<u32>();
    let mut out = Little::new();
    out.u32(total).u32(count).u32(0x14).u32(kinds).u32(kind);
    for (_, bytes) in arguments {
        out.u32(at);
        at += bytes.len().next_multiple_of(4) as u32;
    }
    out.u32(total);
    arguments.iter().rev().for_each(|(kind, _)| {
        out.u32(*kind);
    });
    for (_, bytes) in arguments {
        out.put(bytes).pad(4);
    }
    out.finish()
}

/// A matrix that moves.
fn matrix([x, y]: [f64; 2], version: Version) -> Vec<u8> {
    let mut body = Little::new();
    if version.tagged() {
        body.u32(1300).u32(64);
    }
    body.u16(8).put(&[0; 6]);
    [1.0, 0.0, x, 0.0, 1.0, y].iter().for_each(|&part| {
        body.f64(part);
    });
    if version.tagged() {
        body.put(&[0; 8]);
    }
    let total = 0x18 + body.len() as u32;
    let mut out = Little::new();
    out.u32(total).u32(1).u32(0x10).u32(0xffff).u32(0x18).u32(total).put(body.as_ref());
    out.finish()
}

/// The story of a text: one paragraph in one style.
fn story(run: &Run, (number, font, fill): (u32, u16, u32), version: Version) -> Vec<u8> {
    let units: Vec<u16> = run.string.encode_utf16().collect();
    let mut out = Little::new();
    out.u32(1).put(&[0; 32]).u32(1).u32(number);
    identity(&mut out);
    out.u32(0).u32(1).u32(TEXT_STYLE).u8(0);
    if version.tagged() {
        out.u8(0);
    }
    // Font, size and colour.
    out.u32(1).u16(units.len() as u16).u8(0x01 | 0x04 | 0x40).u8(0).u16(font).u16(0);
    out.i32(libm::round(run.size * UNITS) as i32).u32(fill);
    out.u32(units.len() as u32);
    units.iter().for_each(|_| {
        out.u64(1);
    });
    out.u32(units.len() as u32 * 2);
    units.iter().for_each(|&unit| {
        out.u16(unit);
    });
    out.u8(0);
    out.finish()
}

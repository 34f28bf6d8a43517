//! What a design file begins with: settings, and the table of colours.
//!
//! Where things stand in the settings (the terminal control block) is public only in part; what is not is left zero.

use super::element::{APPLICATION, Element, GROUP_DATA, Look};
use super::numbers::{double, long, word};
use super::plane::Plane;
use crate::format::drafting::Head;

/// Bytes of the settings, and of the two elements that follow.
const SETTINGS: usize = 1536;
const DIGITIZER: usize = 356;
const SYMBOLOGY: usize = 156;
/// Of the settings that came with MicroStation.
const EXTENDED: usize = 1200;

/// Views, and the bytes that each takes from here on.
const VIEWS: usize = 8;
const VIEW: usize = 46;
const VIEW_SIZE: usize = 118;
/// What they show: line weights, patterns, constructions, dimensions, and that they are set up. The first is open.
const SHOWN: u16 = 1 << 3 | 1 << 4 | 1 << 12 | 1 << 13 | 1 << 15;
const OPEN: u16 = 1 << 7;
/// Pixels that a view is wide.
const PIXELS: f64 = 1200.0;

/// Where in the settings: sub-units in the unit, positions in a sub-unit, their names, the origin.
const UNITS: usize = 1112;
const ORIGIN: usize = 1240;
/// Where in those of MicroStation: views and their size; that they fill areas.
const MORE: usize = 52;
const MORE_SIZE: usize = 120;
const FILL: [u8; 4] = [0, 0, 1, 0];
/// Where scales stand that are 1: of patterns, of line ends.
const SCALES: [usize; 2] = [1020, 1060];

/// Everything before the first thing that is drawn.
pub(super) fn header(plane: &Plane, head: &Head, colors: &[[u8; 3]; 256]) -> Vec<u8> {
    let mut out = settings(plane, head);
    out.extend(empty(8, DIGITIZER));
    out.extend(empty(10, SYMBOLOGY));
    extended(&mut out);
    table(&mut out, colors);
    out
}

/// An element without the head that drawn ones have.
fn empty(kind: u8, size: usize) -> Vec<u8> {
    let mut out = vec![0, kind];
    word(&mut out, (size / 2 - 2) as u16);
    out.resize(size, 0);
    out
}

fn put(out: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(place) = out.get_mut(at..at + bytes.len()) {
        place.copy_from_slice(bytes);
    }
}

fn settings(plane: &Plane, head: &Head) -> Vec<u8> {
    let mut out = empty(9, SETTINGS);
    // Its level says that the design is flat.
    put(&mut out, 0, &[8]);
    let view = view(plane, head);
    for row in 0..VIEWS {
        let flags = if row == 0 { SHOWN | OPEN } else { SHOWN };
        put(&mut out, VIEW + row * VIEW_SIZE, &flags.to_le_bytes());
        put(&mut out, VIEW + row * VIEW_SIZE + 2, &view);
    }
    let [sub_units, positions] = plane.parts;
    put(&mut out, UNITS, &long(sub_units));
    put(&mut out, UNITS + 4, &long(positions));
    put(&mut out, UNITS + 8, &plane.labels);
    let [x, y] = plane.origin;
    put(&mut out, ORIGIN, &double(x));
    put(&mut out, ORIGIN + 8, &double(y));
    out
}

/// A view of the whole drawing, with all levels: corner, size, turn, pixels in a position.
fn view(plane: &Plane, head: &Head) -> Vec<u8> {
    let [left, bottom, right, top] = head.extent;
    let corner = plane.at([left, bottom]).unwrap_or_default();
    let size = [right - left, top - bottom].map(|side| (side * plane.scale).clamp(1.0, f64::from(i32::MAX)));
    let mut out = vec![0xff; 8];
    out.extend(corner.into_iter().chain([0]).flat_map(|side| long(side as i32)));
    out.extend(size.into_iter().chain([0.0]).flat_map(|side| long(side as i32)));
    let turn = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
    out.extend(turn.into_iter().flat_map(double));
    out.extend(double(PIXELS / size.into_iter().fold(1.0, f64::max)));
    out
}

/// Settings that came with MicroStation: without them its views do not fill areas.
fn extended(out: &mut Vec<u8>) {
    let range = [i64::from(i32::MIN), i64::from(i32::MIN), i64::from(i32::MAX), i64::from(i32::MAX)];
    let look = Look { level: 9, ..Look::default() };
    let element = Element { kind: APPLICATION, look, range, part: false, properties: 0, links: &[] };
    let mut body = vec![0; EXTENDED];
    for view in 0..VIEWS {
        put(&mut body, MORE + view * MORE_SIZE, &FILL);
    }
    for scale in SCALES {
        put(&mut body, scale, &double(1.0));
    }
    element.write(out, body.get(36..).unwrap_or_default());
}

/// The table of colours: that of the background (255) stands before the others.
fn table(out: &mut Vec<u8>, colors: &[[u8; 3]; 256]) {
    let look = Look { level: 1, ..Look::default() };
    let element = Element { kind: GROUP_DATA, look, range: [0; 4], part: false, properties: 0, links: &[] };
    // For the first screen.
    let mut body = vec![0; 2];
    if let [others @ .., background] = colors.as_slice() {
        body.extend(std::iter::once(background).chain(others).flatten());
    }
    element.write(out, &body);
}

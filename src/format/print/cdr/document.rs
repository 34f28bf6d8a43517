//! What stands around the objects: settings, fonts, styles, pages and their layers.

use super::chunks::{Chunks, Version};
use super::look::{Looks, UNITS};
use super::object::{Context, Object, loda};
use crate::format::painting::Page;
use crate::wire::record::Little;

/// A layer with what it draws, the first at the bottom.
pub struct Layer {
    /// Its name.
    pub name: String,
    /// What is on it.
    pub objects: Vec<Object>,
}

/// Kinds of layers: their flag and their number.
const NORMAL: (u8, u32) = (0x00, 0);
const DESKTOP: (u8, u32) = (0x08, 0x11);
const GUIDES: (u8, u32) = (0x0a, 0x0c);
const GRID: (u8, u32) = (0x1a, 0x0b);
/// Length of the settings.
const SETTINGS: usize = 8197;
/// Letters of a font's name.
const NAME: usize = 136;

/// Appends all of the document.
pub fn write(out: &mut Chunks, layers: &[Layer], fonts: &[&str], looks: &Looks, page: Page, version: Version) {
    let [w, h] = [page.width, page.height].map(|side| libm::round(side * UNITS) as i32);
    let bounds = [-w / 2, -h / 2, w / 2, h / 2];
    out.list(b"doc ", |out| {
        out.chunk(b"pfrd", &[0, 0]);
        out.chunk(b"mcfg", &settings([w, h], version));
        out.chunk(b"ptrt", &rectangle(bounds));
        out.list(b"fntt", |out| {
            for (row, name) in fonts.iter().enumerate() {
                out.chunk(b"font", &font(row as u16 + 1, name));
            }
        });
        out.list(b"filt", |out| {
            for fill in looks.fills(version) {
                out.list(b"filc", |out| out.chunk(b"fild", &fill));
            }
        });
        out.list(b"otlt", |out| looks.outlines(version).for_each(|outline| out.chunk(b"outl", &outline)));
    });
    let mut context = Context { version, page, next: 0 };
    let master = [("Guides", GUIDES), ("Desktop", DESKTOP), ("Grid", GRID)];
    leaf(out, true, bounds, |out| {
        for (row, (name, kind)) in master.iter().enumerate() {
            layer(out, (name, *kind, row as u32, true), version, |_| ());
        }
    });
    leaf(out, false, bounds, |out| {
        // The topmost layer comes first, and on it the topmost object.
        for (row, held) in layers.iter().enumerate().rev() {
            layer(out, (&held.name, NORMAL, row as u32 + 16, false), version, |out| {
                held.objects.iter().rev().for_each(|object| object.write(out, &mut context));
            });
        }
    });
}

/// A page; readers take the first for the master page.
fn leaf(out: &mut Chunks, master: bool, bounds: [i32; 4], write: impl FnOnce(&mut Chunks)) {
    out.list(b"page", |out| {
        out.chunk(b"flgs", &[0x40, 0, u8::from(master), 0x90]);
        out.chunk(b"bbox", &rectangle(bounds));
        let [left, bottom, right, top] = bounds;
        let corners = [[left, bottom, right, bottom], [right, top, left, top]].map(rectangle).concat();
        out.chunk(b"obbx", &corners);
        out.list(b"gobj", write);
    });
}

fn rectangle(sides: [i32; 4]) -> Vec<u8> {
    sides.iter().flat_map(|side| side.to_le_bytes()).collect()
}

fn layer(
    out: &mut Chunks,
    (name, (flag, kind), number, master): (&str, (u8, u32), u32, bool),
    version: Version,
    write: impl FnOnce(&mut Chunks),
) {
    out.list(b"layr", |out| {
        out.chunk(b"flgs", &[flag, 0, u8::from(master), 0x98]);
        out.list(b"lgob", |out| {
            let mut arguments = Vec::new();
            if version.tagged() {
                let mut id = *b"mapwright layer\0";
                if let Some(last) = id.first_chunk_mut::<4>() {
                    *last = (number + 1).to_le_bytes();
                }
                arguments.push((0x9c72, id.to_vec()));
            }
            let name: Vec<u8> = name.encode_utf16().take(255).chain([0]).flat_map(u16::to_le_bytes).collect();
            arguments.extend([(0x2ee0, vec![0; 4]), (0x7d0, vec![0, 0, 0, 0]), (0x3e8, name)]);
            out.chunk(b"loda", &loda(kind, &arguments));
        });
        write(out);
    });
}

/// Settings: the size of the page, and zeros for what programs then take as usual.
fn settings([w, h]: [i32; 2], version: Version) -> Vec<u8> {
    let mut out = Little::new();
    if version.tagged() {
        out.u32(1300).u32(SETTINGS as u32 - 8).u32(0);
    } else {
        out.u32(0);
    }
    out.i32(w).i32(h);
    let rest = SETTINGS - out.len();
    out.put(&vec![0; rest]);
    out.finish()
}

fn font(number: u16, name: &str) -> Vec<u8> {
    let mut out = Little::new();
    out.u16(number).u16(0).put(&[0; 14]);
    let name = name.encode_utf16().take(NAME - 1).chain(std::iter::repeat(0)).take(NAME);
    name.for_each(|unit| {
        out.u16(unit);
    });
    out.pad(4);
    out.finish()
}

//! What a document says: resolution, terms, profile; and of each layer its place, planes and name.

use super::planes::{Ink, Plane};
use crate::format::Job;
use crate::format::packet;
use crate::format::pixels::layers::Pixels;
use crate::scene::raster::Raster;
use crate::wire::icc;
use crate::wire::record::Big;

/// The section of resources.
pub fn resources(raster: &Raster, ink: Ink, job: &Job) -> Vec<u8> {
    let scene = raster.scene;
    let mut out = Big::new();
    let mut resource = |id: u16, bytes: &[u8]| {
        out.put(b"8BIM").u16(id).u16(0).u32(bytes.len() as u32).put(bytes).pad(2);
    };
    let dots = libm::round(raster.dpi * 65_536.0) as u32;
    let mut resolution = Big::new();
    // Dots per inch, sides shown in centimetres.
    resolution.u32(dots).u16(1).u16(2).u32(dots).u16(1).u16(2);
    resource(1005, resolution.as_ref());
    // Copyrighted, and where its terms stand.
    resource(1034, &[1]);
    resource(1035, crate::osm::COPYRIGHT.as_bytes());
    resource(1039, &if ink == Ink::Cmyk { icc::process() } else { icc::srgb() });
    resource(1060, &packet::picture(scene, job, "application/vnd.adobe.photoshop"));
    out.finish()
}

/// Longest name of a layer as old programs read it, bytes.
const NAME: usize = 255;

/// Appends the record of a layer.
pub fn record(out: &mut Big, pixels: &Pixels, ink: Ink, planes: &[Plane]) {
    let ([left, top], [width, height]) = (pixels.corner, pixels.size);
    out.u32(top).u32(left).u32(top + height).u32(left + width).u16(ink.samples() as u16 + 1);
    for plane in planes {
        out.i16(plane.id).u32(plane.length());
    }
    // Normal mode, opaque, not clipped; bit 3 says that bit 4 counts.
    out.put(b"8BIMnorm").u8(255).u8(0).u8(8).u8(0);
    let mut extra = Big::new();
    extra.u32(0).u32(0);
    let plain: Vec<u8> =
        pixels.name.chars().map(|c| if (' '..='~').contains(&c) { c as u8 } else { b'?' }).take(NAME).collect();
    extra.u8(plain.len() as u8).put(&plain).pad(4);
    let units: Vec<u16> = pixels.name.encode_utf16().collect();
    let mut unicode = Big::new();
    unicode.u32(units.len() as u32);
    units.iter().for_each(|unit| _ = unicode.u16(*unit));
    unicode.pad(4);
    extra.put(b"8BIMluni").u32(unicode.len() as u32).put(unicode.as_ref());
    out.u32(extra.len() as u32).put(extra.as_ref());
}

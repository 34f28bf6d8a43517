//! QOI, the “Quite OK Image” format 1.0, written while it is drawn: the crate qoi wants all pixels at once.

use crate::format::pixels::within;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::record::Big;

/// The family.
pub const FORMATS: &[Format] = &[QOI];

const QOI: Format = Format {
    id: "qoi",
    aliases: &[],
    title: "QOI",
    family: "QOI",
    version: "",
    extension: "qoi",
    mime: "image/qoi",
    tier: Tier::Pro,
    topics: &[Topic::Games, Topic::Pictures],
    about: "Picture of the map without loss that is read many times faster than PNG.",
    for_whom: "Game developers, programmers of embedded devices, everybody who loads many large pictures",
    kept: "Every colour exactly, transparency",
    lost: "Size on paper, layers, paths, text and attributes: it is a picture",
    programs: &["GIMP", "ImageMagick", "FFmpeg", "raylib", "SerenityOS", "IrfanView", "XnView", "Pillow"],
    specification: "https://qoiformat.org/qoi-specification.pdf",
    credit: Credit::Nowhere("the format has no place for text; it stands on the sheet"),
    provenance: None,
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[Opt::flag("transparent", "Nothing behind the map", false)],
    write: Write::Pixels(write),
};

/// Most pixels that the reference decoder takes.
const PIXELS: u64 = 400_000_000;
/// Longest run: two codes are those of whole pixels.
const RUN: u8 = 62;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    within(raster, "QOI", u32::MAX, PIXELS)?;
    let mut head = Big::new();
    head.put(b"qoif").u32(raster.width).u32(raster.height).u8(if raster.opaque() { 3 } else { 4 }).u8(0);
    sink.put(head.as_ref())?;
    let mut coder = Coder { last: [0, 0, 0, 255], seen: [[0; 4]; 64], run: 0 };
    let mut out = Vec::new();
    raster.bands(watch, &mut |rgba| {
        out.clear();
        rgba.as_chunks::<4>().0.iter().for_each(|pixel| coder.pixel(*pixel, &mut out));
        sink.put(&out)
    })?;
    out.clear();
    coder.end(&mut out);
    out.extend([0, 0, 0, 0, 0, 0, 0, 1]);
    sink.put(&out)
}

/// What a decoder knows at this place of the file.
struct Coder {
    last: [u8; 4],
    seen: [[u8; 4]; 64],
    run: u8,
}

impl Coder {
    fn pixel(&mut self, pixel: [u8; 4], out: &mut Vec<u8>) {
        if pixel == self.last {
            self.run += 1;
            if self.run == RUN {
                self.end(out);
            }
            return;
        }
        self.end(out);
        let [r, g, b, a] = pixel;
        let hash =
            [r, g, b, a].into_iter().zip([3_u32, 5, 7, 11]).map(|(part, by)| u32::from(part) * by).sum::<u32>() % 64;
        let seen = self.seen.get_mut(hash as usize);
        if seen.as_deref() == Some(&pixel) {
            out.push(hash as u8);
        } else {
            if let Some(seen) = seen {
                *seen = pixel;
            }
            self.differing(pixel, out);
        }
        self.last = pixel;
    }

    /// A pixel by how it differs from the last one.
    fn differing(&self, [r, g, b, a]: [u8; 4], out: &mut Vec<u8>) {
        let [red, green, blue, opacity] = self.last;
        if a != opacity {
            out.extend([0xff, r, g, b, a]);
            return;
        }
        let off = |now: u8, before: u8| now.wrapping_sub(before);
        let [dr, dg, db] = [off(r, red), off(g, green), off(b, blue)];
        let small = [dr, dg, db].map(|off| off.wrapping_add(2));
        let [dr_dg, db_dg] = [dr, db].map(|off| off.wrapping_sub(dg).wrapping_add(8));
        let green = dg.wrapping_add(32);
        if small.iter().all(|off| *off < 4) {
            let [r, g, b] = small;
            out.push(0x40 | r << 4 | g << 2 | b);
        } else if green < 64 && dr_dg < 16 && db_dg < 16 {
            out.extend([0x80 | green, dr_dg << 4 | db_dg]);
        } else {
            out.extend([0xfe, r, g, b]);
        }
    }

    /// Ends a run of equal pixels.
    fn end(&mut self, out: &mut Vec<u8>) {
        if self.run > 0 {
            out.push(0xc0 | (self.run - 1));
            self.run = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_chunk_is_written_where_it_fits() {
        let mut coder = Coder { last: [0, 0, 0, 255], seen: [[0; 4]; 64], run: 0 };
        let mut out = Vec::new();
        for pixel in [[0, 0, 0, 255], [1, 1, 1, 255], [11, 12, 13, 255], [200, 0, 0, 255], [1, 1, 1, 255], [1, 1, 1, 0]]
        {
            coder.pixel(pixel, &mut out);
        }
        let hash = (3 + 5 + 7 + 255 * 11) % 64;
        assert_eq!(out, [0xc0, 0x7f, 0x80 | 43, 0x79, 0xfe, 200, 0, 0, hash as u8, 0xff, 1, 1, 1, 0]);
    }
}

//! PCX version 5 (ZSoft, revision 5): three planes of 8 bits, run lengths that end with each row of a plane.

use crate::format::pixels::{on_white, within};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::record::Little;

/// The family.
pub const FORMATS: &[Format] = &[PCX];

const PCX: Format = Format {
    id: "pcx",
    aliases: &[],
    title: "PCX",
    family: "PCX",
    version: "",
    extension: "pcx",
    mime: "image/vnd.zbrush.pcx",
    tier: Tier::Pro,
    topics: &[Topic::Pictures],
    about: "Picture of the map as programs of the nineties read it.",
    for_whom: "Owners of old programs, fax software, machines with a DOS inside, collectors",
    kept: "Every colour exactly, size on paper",
    lost: "Transparency, layers, paths, text and attributes: it is a picture",
    programs: &[
        "PC Paintbrush",
        "IrfanView",
        "XnView",
        "GIMP",
        "Adobe Photoshop",
        "CorelDRAW",
        "ZBrush",
        "ImageMagick",
    ],
    specification: "https://www.fileformat.info/format/pcx/egff.htm",
    credit: Credit::Nowhere("the format has no place for text; it stands on the sheet"),
    provenance: None,
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[],
    write: Write::Pixels(write),
};

fn write(raster: &mut Raster, _: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    // The width of a row with its filling has 16 bits.
    within(raster, "PCX", 65_534, 4_000_000_000)?;
    let width = raster.width as usize;
    let line = width.next_multiple_of(2);
    let dots = libm::round(raster.dpi).clamp(1.0, 65_535.0) as u16;
    let mut head = Little::new();
    head.put(&[10, 5, 1, 8]).u16(0).u16(0).u16((raster.width - 1) as u16).u16((raster.height - 1) as u16);
    head.u16(dots).u16(dots).put(&[0; 48]).u8(0).u8(3).u16(line as u16).u16(1).put(&[0; 58]);
    sink.put(head.as_ref())?;
    let (mut out, mut plane) = (Vec::new(), Vec::new());
    raster.bands(watch, &mut |rgba| {
        out.clear();
        for row in rgba.chunks_exact(width * 4) {
            for axis in 0..3 {
                plane.clear();
                plane.extend(row.chunks_exact(4).filter_map(|pixel| on_white(pixel).get(axis).copied()));
                plane.resize(line, 0);
                pack(&plane, &mut out);
            }
        }
        sink.put(&out)
    })
}

/// Runs of at most 63 bytes; single bytes that look like a run are runs of one.
fn pack(plane: &[u8], out: &mut Vec<u8>) {
    for run in plane.chunk_by(|a, b| a == b).flat_map(|run| run.chunks(63)) {
        match run {
            &[byte] if byte < 0xc0 => out.push(byte),
            [byte, ..] => out.extend([0xc0 | run.len() as u8, *byte]),
            [] => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_short_and_bytes_that_look_like_runs_are_runs() {
        let mut out = Vec::new();
        pack(&[[7; 64].as_slice(), &[8, 0xc1]].concat(), &mut out);
        assert_eq!(out, [0xff, 7, 7, 8, 0xc1, 0xc1]);
    }
}

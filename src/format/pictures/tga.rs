//! Truevision TGA 2.0: true colour from the upper left, plain or in run lengths that end with each row, terms in the
//! extension area.

use crate::format::pixels::within;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::record::Little;

/// The family.
pub const FORMATS: &[Format] = &[TGA];

const TGA: Format = Format {
    id: "tga",
    aliases: &["targa"],
    title: "TGA",
    family: "TGA",
    version: "",
    extension: "tga",
    mime: "image/x-tga",
    tier: Tier::Pro,
    topics: &[Topic::Games, Topic::Pictures],
    about: "Picture of the map as a texture for game engines and 3D programs.",
    for_whom: "Game developers, modders, 3D artists, video editors",
    kept: "Every colour exactly, transparency, title and terms",
    lost: "Size on paper, layers, paths, text and attributes: it is a picture",
    programs: &[
        "Unreal Engine",
        "Unity",
        "Blender",
        "3ds Max",
        "Source engine",
        "Adobe Photoshop",
        "GIMP",
        "DaVinci Resolve",
    ],
    specification: "https://www.dca.fee.unicamp.br/~martino/disciplinas/ea978/tgaffs.pdf",
    credit: Credit::Inside("the author's comments of the extension area and a line on the sheet"),
    provenance: None,
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::flag("rle", "Compressed by run lengths", true),
        Opt::flag("transparent", "Nothing behind the map", false),
    ],
    write: Write::Pixels(write),
};

/// Most pixels of a packet.
const PACKET: usize = 128;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    // Places in the file have 32 bits.
    within(raster, "TGA", 65_535, 1_000_000_000)?;
    let (opaque, packed) = (raster.opaque(), job.settings.flag("rle"));
    let start = sink.position();
    let mut head = Little::new();
    head.u8(0).u8(0).u8(if packed { 10 } else { 2 }).put(&[0; 9]);
    head.u16(raster.width as u16).u16(raster.height as u16);
    // From the upper left, and how many bits are opacity.
    head.u8(if opaque { 24 } else { 32 }).u8(if opaque { 0x20 } else { 0x28 });
    sink.put(head.as_ref())?;
    let samples = if opaque { 3 } else { 4 };
    let (width, mut out) = (raster.width as usize, Vec::new());
    raster.bands(watch, &mut |rgba| {
        out.clear();
        for row in rgba.chunks_exact(width * 4) {
            if packed {
                pack(row, samples, &mut out);
            } else {
                row.chunks_exact(4).for_each(|pixel| put(pixel, samples, &mut out));
            }
        }
        sink.put(&out)
    })?;
    let extension = sink.position() - start;
    sink.put(&area(&raster.scene.title, &raster.scene.attribution, &raster.scene.timestamp, opaque))?;
    let mut foot = Little::new();
    foot.u32(extension as u32).u32(0).put(b"TRUEVISION-XFILE.\0");
    sink.put(foot.as_ref())
}

/// A pixel as it is stored: blue first.
fn put(pixel: &[u8], samples: usize, out: &mut Vec<u8>) {
    if let &[r, g, b, a] = pixel {
        out.extend([b, g, r, a].into_iter().take(samples));
    }
}

/// A row in packets: runs of one colour, and runs of different ones. None goes on in the next row.
fn pack(row: &[u8], samples: usize, out: &mut Vec<u8>) {
    let pixels: Vec<&[u8]> = row.chunks_exact(4).collect();
    let mut runs = pixels.chunk_by(|a, b| a == b).peekable();
    while let Some(run) = runs.next() {
        if let (Some(pixel), true) = (run.first(), run.len() > 1) {
            for part in run.chunks(PACKET) {
                out.push(0x80 | (part.len() - 1) as u8);
                put(pixel, samples, out);
            }
            continue;
        }
        let mut single = run.to_vec();
        while let Some(next) = runs.next_if(|next| next.len() == 1 && single.len() < PACKET) {
            single.extend_from_slice(next);
        }
        out.push((single.len() - 1) as u8);
        single.iter().for_each(|pixel| put(pixel, samples, out));
    }
}

/// The extension area (field 10 ff.): whose it is, when the data were made, what opacity means.
fn area(title: &str, credit: &str, timestamp: &str, opaque: bool) -> Vec<u8> {
    let text = |text: &str, length: usize| {
        let plain = text.replace('\u{a9}', "(c)");
        let mut bytes: Vec<u8> = plain.chars().map(|c| if (' '..='~').contains(&c) { c as u8 } else { b'?' }).collect();
        bytes.truncate(length - 1);
        bytes.resize(length, 0);
        bytes
    };
    let mut out = Little::new();
    out.u16(495).put(&text("OpenStreetMap contributors", 41));
    out.put(&text(credit, 81)).put(&text(crate::osm::COPYRIGHT, 81)).put(&[0; 162]);
    // Month, day, year, hour, minute, second.
    let part = |from: usize, to: usize| timestamp.get(from..to).and_then(|part| part.parse::<u16>().ok()).unwrap_or(0);
    for number in [part(5, 7), part(8, 10), part(0, 4), part(11, 13), part(14, 16), part(17, 19)] {
        out.u16(number);
    }
    out.put(&text(title, 41)).put(&[0; 6]).put(&text("mapwright", 41)).u16(0).u8(b' ');
    // Key colour; shape of pixels; gamma 2.2; no corrections, thumbnail, lines.
    out.u32(0).u16(1).u16(1).u16(22).u16(10).u32(0).u32(0).u32(0);
    out.u8(if opaque { 0 } else { 3 });
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_end_with_the_row() {
        let row = |levels: &[u8]| levels.iter().flat_map(|level| [*level, 0, 0, 255]).collect::<Vec<u8>>();
        let mut out = Vec::new();
        pack(&row(&[1, 2, 3, 3, 3, 4]), 3, &mut out);
        assert_eq!(out, [1, 0, 0, 1, 0, 0, 2, 0x82, 0, 0, 3, 0, 0, 0, 4]);
        out.clear();
        pack(&row(&[7; 300]), 3, &mut out);
        assert_eq!(out, [0xff, 0, 0, 7, 0xff, 0, 0, 7, 0x80 | 43, 0, 0, 7]);
    }

    #[test]
    fn the_extension_area_is_as_long_as_it_says() {
        for title in ["", "A very long title that goes on and on beyond what fits there"] {
            assert_eq!(area(title, crate::osm::ATTRIBUTION, "2024-05-06T07:08:09Z", true).len(), 495);
        }
    }
}

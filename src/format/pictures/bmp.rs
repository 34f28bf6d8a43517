//! Windows bitmaps: 24 bits a pixel, or 32 with opacity; one or four bits in a palette for panels of electronic paper.

mod head;
mod panel;

use crate::format::pixels::dither::MANNERS;
use crate::format::pixels::{on_white, upwards, within};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use head::Head;

/// The family.
pub const FORMATS: &[Format] = &[BMP, EPD];

const BMP: Format = Format {
    id: "bmp",
    aliases: &["dib"],
    title: "BMP",
    family: "BMP",
    version: "Colour",
    extension: "bmp",
    mime: "image/bmp",
    tier: Tier::Basic,
    topics: &[Topic::Pictures, Topic::Making],
    about: "Picture of the map as a plain Windows bitmap, which even the oldest programs and machines read.",
    for_whom: "Owners of engravers, embroidery machines, displays, microcontrollers and old programs",
    kept: "Every colour exactly, transparency, size on paper",
    lost: "Layers, paths, text and attributes: it is a picture; nothing is compressed",
    programs: &[
        "Microsoft Paint",
        "Windows",
        "LaserGRBL",
        "RDWorks",
        "image viewers",
        "Arduino libraries",
        "IrfanView",
    ],
    specification: "https://learn.microsoft.com/windows/win32/gdi/bitmap-storage",
    credit: Credit::Nowhere("a bitmap has no place for text; it stands on the sheet"),
    provenance: None,
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[Opt::flag("transparent", "Nothing behind the map", false)],
    write: Write::Pixels(write),
};

/// The version for panels.
const EPD: Format = Format {
    id: "epd-bmp",
    aliases: &["bmp-1bit", "eink-bmp"],
    title: "Bitmap for e-paper",
    version: "E-paper",
    topics: &[Topic::Making, Topic::Pictures],
    about: "The map in one bit a pixel, or in the inks of a panel, fitted to its size and dithered, for displays of e-paper.",
    for_whom: "Makers with e-paper displays, owners of label and receipt printers, engravers",
    kept: "The look of the map in the inks of the panel, its proportions; the panel's exact number of pixels",
    lost: "All other colours; layers, paths, text and attributes: it is a picture",
    programs: &["Waveshare panels", "Arduino GxEPD2", "ESPHome", "Inkplate", "Raspberry Pi", "LaserGRBL", "Pillow"],
    options: &[
        Opt::choice("panel", "Size of the panel in pixels; sheet: as the page", panel::PANELS),
        Opt::choice("inks", "Inks of the panel", &["black", "black-red", "black-yellow", "grey4", "grey16"]),
        Opt::choice("dither", "How colours in between are shown", MANNERS),
    ],
    write: Write::Pixels(panel::write),
    ..BMP
};

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    let opaque = raster.opaque();
    let head = Head {
        width: raster.width,
        height: raster.height,
        dpi: raster.dpi,
        bits: if opaque { 24 } else { 32 },
        palette: &[],
    };
    // The length of the file has 32 bits.
    within(raster, "BMP", 65_535, 4_290_000_000 / u64::from(head.bits / 8))?;
    sink.put(&head.bytes())?;
    let length = head.row() as usize;
    let mut line = Vec::with_capacity(length);
    upwards(raster, watch, &mut |row| {
        line.clear();
        for pixel in row.chunks_exact(4) {
            match pixel {
                &[r, g, b, a] if !opaque => line.extend_from_slice(&[b, g, r, a]),
                _ => line.extend(on_white(pixel).into_iter().rev()),
            }
        }
        line.resize(length, 0);
        sink.put(&line)
    })
}

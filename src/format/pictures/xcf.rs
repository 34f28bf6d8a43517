//! XCF version 11, GIMP's own: layers in tiles of 64 × 64 pixels, each compressed by deflate, all places of 64 bits.

mod writer;

use crate::format::pixels::layers::{PIXELS, layers};
use crate::format::pixels::within;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[XCF];

const XCF: Format = Format {
    id: "xcf",
    aliases: &["gimp"],
    title: "GIMP",
    family: "GIMP",
    version: "",
    extension: "xcf",
    mime: "image/x-xcf",
    tier: Tier::Pro,
    topics: &[Topic::Pictures, Topic::Print],
    about: "The map in pixel layers as GIMP's own file.",
    for_whom: "Users of GIMP, makers of game maps and posters",
    kept: "Every class as a layer with its name in any language, transparency, size on paper, terms",
    lost: "Paths, editable text and attributes: layers hold pixels; classes beyond 60 layers share one; at most 60 million pixels",
    programs: &["GIMP", "Krita", "Photopea", "ImageMagick", "XnView", "Inkscape", "Blender"],
    specification: "https://developer.gimp.org/core/standards/xcf/",
    credit: Credit::Inside("the parasite `gimp-comment` and a line on the sheet"),
    provenance: Some("the parasite `mapwright`"),
    size: Size::Pixels,
    memory: Memory::File,
    options: &[Opt::flag("transparent", "Nothing behind the map", false)],
    write: Write::Pixels(write),
};

/// Most pixels of a side in GIMP.
const SIDE: u32 = 262_144;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    within(raster, "GIMP", SIDE, PIXELS)?;
    let found = layers(raster.scene);
    let total = found.len() as f64;
    let mut writer = Writer::new(sink, raster, found.len(), job)?;
    for (row, layer) in found.into_iter().enumerate() {
        let share = row as f64 / total..(row as f64 + 1.0) / total;
        if let Some(pixels) = watch.part(share, |watch| layer.draw(raster, watch))? {
            writer.layer(&pixels)?;
        }
    }
    writer.finish()
}

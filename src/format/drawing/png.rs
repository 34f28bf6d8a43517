//! PNG (ISO/IEC 15948, third edition): 8 bits a channel, RGB or RGBA, resolution and terms inside.

use crate::format::png_writer::{sheet, words};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[PNG];

const PNG: Format = Format {
    id: "png",
    aliases: &[],
    title: "PNG",
    family: "PNG",
    version: "",
    extension: "png",
    mime: "image/png",
    tier: Tier::Free,
    topics: &[Topic::Pictures, Topic::Web, Topic::Office, Topic::Print],
    about: "Picture of the map at the chosen resolution, without loss.",
    for_whom: "Websites, presentations, documents, print shops, games",
    kept: "Every colour exactly, size on paper (dots per inch), transparency",
    lost: "Layers, paths, text and attributes: it is a picture",
    programs: &[
        "web browsers",
        "Adobe Photoshop",
        "GIMP",
        "Affinity Photo",
        "Microsoft Word",
        "PowerPoint",
        "Canva",
        "image viewers",
    ],
    specification: "https://www.w3.org/TR/png-3/",
    credit: Credit::Inside("the text chunk `Copyright` and a line on the sheet"),
    provenance: Some("the text chunk `mapwright`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::choice("compression", "Compression", &["balanced", "fast", "high"]),
        Opt::flag("transparent", "Nothing behind the map", false),
    ],
    write: Write::Pixels(write),
};

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    sheet(raster, job.settings.text("compression"), words(raster.scene, job), watch, sink)
}

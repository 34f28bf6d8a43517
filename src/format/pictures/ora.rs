//! OpenRaster 0.0.5: a package of PNG layers with their order, the whole picture and a small one.

use crate::error::Result;
use crate::format::pixels::layers::{PIXELS, layers, thumbnail};
use crate::format::pixels::within;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, bundle, png_writer};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use crate::wire::xml::Xml;

/// The family.
pub const FORMATS: &[Format] = &[ORA];

const ORA: Format = Format {
    id: "ora",
    aliases: &["openraster"],
    title: "OpenRaster",
    family: "OpenRaster",
    version: "",
    extension: "ora",
    mime: "image/openraster",
    tier: Tier::Pro,
    topics: &[Topic::Pictures, Topic::Print],
    about: "The map in pixel layers in the open format of painting programs.",
    for_whom: "Illustrators, painters, makers of fantasy and game maps, users of free software",
    kept: "Every class as a layer with its name in any language, transparency, size on paper, terms",
    lost: "Paths, editable text and attributes: layers hold pixels; classes beyond 60 layers share one; at most 60 million pixels",
    programs: &["Krita", "GIMP", "MyPaint", "Drawpile", "Pinta", "Scribus", "LazPaint", "XnView"],
    specification: "https://www.openraster.org/",
    credit: Credit::Inside("the text chunk `Copyright` of `mergedimage.png`, and `LICENSE.txt`"),
    provenance: Some("the entry `mapwright.json`"),
    size: Size::Pixels,
    memory: Memory::File,
    options: &[Opt::flag("transparent", "Nothing behind the map", false)],
    write: Write::Pixels(write),
};

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    within(raster, "OpenRaster", 65_535, PIXELS)?;
    let mut package = Package::new(sink);
    package.mimetype("image/openraster")?;
    let found = layers(raster.scene);
    let total = found.len() as f64 + 1.0;
    let mut stack: Vec<(String, String, [u32; 2])> = Vec::new();
    for (row, layer) in found.into_iter().enumerate() {
        let share = row as f64 / total..(row as f64 + 1.0) / total;
        let Some(pixels) = watch.part(share, |watch| layer.draw(raster, watch))? else { continue };
        let name = format!("data/layer{row:03}.png");
        let bytes = png_writer::small(&pixels.rgba, pixels.size, false, raster.dpi, Vec::new())?;
        package.put(&name, How::STORED, &bytes)?;
        stack.push((pixels.name, name, pixels.corner));
    }
    package.put("stack.xml", How::PACKED, &order(raster, &stack))?;
    let ([width, height], small) = thumbnail(raster, 256, watch)?;
    let bytes = png_writer::small(&small, [width, height], false, 72.0, Vec::new())?;
    package.put("Thumbnails/thumbnail.png", How::STORED, &bytes)?;
    bundle::sign(&mut package, job)?;
    let words = png_writer::words(raster.scene, job);
    watch.part(1.0 - 1.0 / total..1.0, |watch| merged(raster, words, &mut package, watch))?;
    package.finish()
}

fn merged(raster: &mut Raster, words: png_writer::Words, package: &mut Package, watch: &mut Watch) -> Result<()> {
    png_writer::sheet(raster, "balanced", words, watch, &mut package.entry("mergedimage.png", How::STORED)?)
}

/// `stack.xml`: the uppermost layer first.
fn order(raster: &Raster, stack: &[(String, String, [u32; 2])]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    let dots = libm::round(raster.dpi).max(1.0).to_string();
    xml.start("image").attr("version", "0.0.5");
    xml.attr("w", &raster.width.to_string())
        .attr("h", &raster.height.to_string())
        .attr("xres", &dots)
        .attr("yres", &dots);
    xml.start("stack");
    for (name, src, [x, y]) in stack.iter().rev() {
        xml.start("layer").attr("name", name).attr("src", src).attr("x", &x.to_string()).attr("y", &y.to_string());
        xml.attr("opacity", "1.0").attr("visibility", "visible").attr("composite-op", "svg:src-over").end();
    }
    xml.finish()
}

//! Portable pixmap of Netpbm: P6, 8 bits a sample, terms as comments of the head.

use crate::format::pixels::on_white;
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[PPM];

const PPM: Format = Format {
    id: "ppm",
    aliases: &["pnm"],
    title: "PPM",
    family: "PPM",
    version: "",
    extension: "ppm",
    mime: "image/x-portable-pixmap",
    tier: Tier::Pro,
    topics: &[Topic::Pictures],
    about: "The simplest picture there is: a line of text and the bytes of all pixels, for programs and pipes.",
    for_whom: "Programmers, students, scientists, users of Netpbm and ImageMagick",
    kept: "Every colour exactly, terms as comments",
    lost: "Size on paper, transparency, layers, paths, text and attributes: it is a picture; nothing is compressed",
    programs: &["Netpbm", "ImageMagick", "FFmpeg", "GIMP", "Pillow", "OpenCV", "MATLAB", "IrfanView"],
    specification: "https://netpbm.sourceforge.net/doc/ppm.html",
    credit: Credit::Inside("a comment of the head and a line on the sheet"),
    provenance: Some("a comment of the head"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[],
    write: Write::Pixels(write),
};

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let line = |text: &str| text.replace(char::is_control, " ");
    let (title, credit) = (line(&raster.scene.title), line(&raster.scene.attribution));
    let head = format!(
        "P6\n# {title}\n# {credit}\n# {}\n# {}\n{} {}\n255\n",
        crate::osm::COPYRIGHT,
        job.provenance.text(),
        raster.width,
        raster.height
    );
    sink.put(head.as_bytes())?;
    let mut rgb = Vec::new();
    raster.bands(watch, &mut |rgba| {
        rgb.clear();
        rgb.extend(rgba.chunks_exact(4).flat_map(on_white));
        sink.put(&rgb)
    })
}

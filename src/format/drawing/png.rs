//! PNG (ISO/IEC 15948, third edition): 8 bits a channel, RGB or RGBA, resolution and terms inside.

use crate::error::Error;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::{self, BATCH, Sink, Stream};
use crate::watch::Watch;
use png::{
    BitDepth, ColorType, Compression, DeflateCompression, Encoder, Filter, PixelDimensions, SrgbRenderingIntent, Unit,
};
use std::io::{BufWriter, Write as _};

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
    let opaque = raster.opaque();
    let mut encoder = Encoder::new(BufWriter::with_capacity(BATCH, Stream::new(sink)), raster.width, raster.height);
    encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::RelativeColorimetric);
    match job.settings.text("compression") {
        "fast" => encoder.set_compression(Compression::Fast),
        // Even colours between sharp edges: filters, made for photographs, take time and make such files larger.
        level => {
            encoder.set_filter(Filter::NoFilter);
            encoder.set_deflate_compression(DeflateCompression::Level(if level == "high" { 9 } else { 4 }));
        }
    }
    let per_metre = libm::round(raster.dpi / 0.0254) as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    for (keyword, text) in words(raster, job) {
        encoder.add_itxt_chunk(keyword.into(), text).map_err(fault)?;
    }
    let mut writer = encoder.write_header().map_err(fault)?;
    let mut stream = writer.stream_writer_with_size(1 << 20).map_err(fault)?;
    let mut rgb = Vec::new();
    raster.bands(watch, &mut |rgba| {
        if !opaque {
            return stream.write_all(rgba).map_err(fault);
        }
        rgb.clear();
        rgb.extend(rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)));
        stream.write_all(&rgb).map_err(fault)
    })?;
    stream.finish().map_err(fault)?;
    writer.finish().map_err(fault)
}

/// Keywords as PNG registers them (§11.3.3.2) and one of ours, as international text.
fn words(raster: &Raster, job: &Job) -> Vec<(&'static str, String)> {
    let scene = raster.scene;
    let mut words = vec![
        ("Title", scene.title.clone()),
        ("Copyright", scene.attribution.clone()),
        ("Source", crate::osm::COPYRIGHT.into()),
        ("Software", "mapwright".into()),
        ("Creation Time", scene.timestamp.clone()),
        ("mapwright", job.provenance.text()),
    ];
    words.iter_mut().for_each(|(_, text)| text.retain(|c| c != '\0'));
    words.retain(|(_, text)| !text.is_empty());
    words
}

fn fault(fault: impl std::error::Error + 'static) -> Error {
    sink::fault("png", &fault)
}

//! JPEG XL (ISO/IEC 18181), lossless, in a container with Exif and XMP.

use crate::error::Error;
use crate::format::packet;
use crate::format::pixels::within;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::exif;
use crate::wire::record::Big;
use zune_core::bit_depth::BitDepth;
use zune_core::colorspace::ColorSpace;
use zune_core::options::EncoderOptions;
use zune_jpegxl::JxlSimpleEncoder;

/// The family.
pub const FORMATS: &[Format] = &[JXL];

const JXL: Format = Format {
    id: "jxl",
    aliases: &["jpeg-xl"],
    title: "JPEG XL",
    family: "JPEG XL",
    version: "",
    extension: "jxl",
    mime: "image/jxl",
    tier: Tier::Pro,
    topics: &[Topic::Pictures, Topic::Web],
    about: "Picture of the map without loss in the newest format of the JPEG committee.",
    for_whom: "Archives, photographers, web developers who serve what the browser takes",
    kept: "Every colour exactly, transparency, size on paper, title and terms",
    lost: "Layers, paths, text and attributes: it is a picture of at most 100 million pixels, all of which wait in memory",
    programs: &["Safari", "GIMP", "Krita", "darktable", "Affinity Photo", "ImageMagick", "IrfanView", "XnView"],
    specification: "https://www.iso.org/standard/85066.html",
    credit: Credit::Inside("the Exif tag `Copyright`, `dc:rights` of XMP and a line on the sheet"),
    provenance: Some("`mapwright:provenance` of XMP"),
    size: Size::Pixels,
    memory: Memory::File,
    options: &[Opt::flag("transparent", "Nothing behind the map", false)],
    write: Write::Pixels(write),
};

/// Most pixels: the encoder holds all of them, and what it makes of them.
const PIXELS: u64 = 100_000_000;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    within(raster, "JPEG XL", 65_535, PIXELS)?;
    let scene = raster.scene;
    let channels = if raster.opaque() { 3 } else { 4 };
    let (width, height) = (raster.width as usize, raster.height as usize);
    let mut pixels = Vec::with_capacity(width * height * channels);
    raster.bands(watch, &mut |rgba| {
        pixels.extend(rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(channels)));
        Ok(())
    })?;
    let space = if channels == 3 { ColorSpace::RGB } else { ColorSpace::RGBA };
    let mut stream = Vec::new();
    let options = EncoderOptions::new(width, height, space, BitDepth::Eight).set_num_threads(1);
    let encoder = JxlSimpleEncoder::new(&pixels, options);
    encoder.encode(&mut stream).map_err(|fault| Error::Internal(format!("jxl: {fault:?}")))?;
    sink.put(b"\0\0\0\x0cJXL \r\n\x87\n")?;
    put(b"ftyp", &[b"jxl \0\0\0\0jxl "], sink)?;
    put(b"jxlc", &[&stream], sink)?;
    // Exif begins at once behind its four bytes.
    put(b"Exif", &[&[0; 4], &exif::block(&scene.title, &scene.attribution, raster.dpi)], sink)?;
    put(b"xml ", &[&packet::picture(scene, job, JXL.mime)], sink)
}

/// A box of the container (ISO/IEC 18181-2).
fn put(kind: &[u8; 4], parts: &[&[u8]], sink: &mut dyn Sink) -> Written {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut head = Big::new();
    head.u32(length as u32 + 8).put(kind);
    sink.put(head.as_ref())?;
    parts.iter().try_for_each(|part| sink.put(part))
}

//! WebP (RFC 9649), lossless: RGB or RGBA, with Exif and XMP.

use crate::error::Error;
use crate::format::packet;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::{self, Sink, Stream};
use crate::watch::Watch;
use crate::wire::exif;
use image_webp::{ColorType, WebPEncoder};

/// The family.
pub const FORMATS: &[Format] = &[WEBP];

const WEBP: Format = Format {
    id: "webp",
    aliases: &[],
    title: "WebP",
    family: "WebP",
    version: "",
    extension: "webp",
    mime: "image/webp",
    tier: Tier::Basic,
    topics: &[Topic::Pictures, Topic::Web],
    about: "Picture of the map without loss, smaller than PNG, for websites.",
    for_whom: "Web developers, bloggers, shops",
    kept: "Every colour exactly, transparency, title and terms",
    lost: "Layers, paths, text and attributes: it is a picture of at most 16,383 pixels a side",
    programs: &["web browsers", "WordPress", "GIMP", "Adobe Photoshop", "Affinity Photo", "Figma", "image viewers"],
    specification: "https://www.rfc-editor.org/rfc/rfc9649",
    credit: Credit::Inside("the Exif tag `Copyright`, `dc:rights` of XMP and a line on the sheet"),
    provenance: Some("`mapwright:provenance` of XMP"),
    size: Size::Pixels,
    memory: Memory::File,
    options: &[Opt::flag("transparent", "Nothing behind the map", false)],
    write: Write::Pixels(write),
};

/// Most pixels of one side: the format has 14 bits for them.
const SIDE: u32 = 16_383;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    let (scene, opaque) = (raster.scene, raster.opaque());
    let (width, height) = (raster.width, raster.height);
    let longest = width.max(height);
    if longest > SIDE {
        let dpi = libm::floor(raster.dpi * f64::from(SIDE) / f64::from(longest)).max(1.0);
        return Err(Error::TooLarge(format!(
            "{width} × {height} pixels are too many for WebP, which takes {SIDE} a side: set page.dpi to {dpi} or less"
        )));
    }
    let channels = if opaque { 3 } else { 4 };
    let mut pixels = Vec::with_capacity(width as usize * height as usize * channels);
    raster.bands(watch, &mut |rgba| {
        pixels.extend(rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(channels)));
        Ok(())
    })?;
    let mut encoder = WebPEncoder::new(Stream::new(sink));
    encoder.set_exif_metadata(exif::block(&scene.title, &scene.attribution, raster.dpi));
    encoder.set_xmp_metadata(packet::picture(scene, job, WEBP.mime));
    let color = if opaque { ColorType::Rgb8 } else { ColorType::Rgba8 };
    encoder.encode(&pixels, width, height, color).map_err(|fault| sink::fault("webp", &fault))
}

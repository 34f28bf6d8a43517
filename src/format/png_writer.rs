//! PNG (ISO/IEC 15948, third edition) of sheets and of pieces of them, for the format and for what holds such pictures.

use super::write::{Job, Written};
use crate::error::{Error, Result};
use crate::scene::Scene;
use crate::scene::raster::Raster;
use crate::sink::{self, BATCH, Sink, Stream};
use crate::watch::Watch;
use png::{
    BitDepth, ColorType, Compression, DeflateCompression, Encoder, Filter, PixelDimensions, SrgbRenderingIntent, Unit,
};
use std::io::{BufWriter, Write};

/// Texts with their keywords.
pub type Words = Vec<(&'static str, String)>;

/// Writes a sheet band by band.
///
/// # Errors
/// Those of drawing and of the sink.
pub fn sheet(raster: &mut Raster, compression: &str, words: Words, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let opaque = raster.opaque();
    let size = [raster.width, raster.height];
    let out = BufWriter::with_capacity(BATCH, Stream::new(sink));
    let mut writer = encoder(out, size, opaque, compression, raster.dpi, words)?.write_header().map_err(fault)?;
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

/// A small picture of straight RGBA; without the opacity where `opaque`.
///
/// # Errors
/// [`Error::Internal`] for pixels of another number than the size has.
#[cfg(feature = "pictures")]
pub fn small(rgba: &[u8], size: [u32; 2], opaque: bool, dpi: f64, words: Words) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = encoder(&mut out, size, opaque, "balanced", dpi, words)?.write_header().map_err(fault)?;
    if opaque {
        let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
        writer.write_image_data(&rgb).map_err(fault)?;
    } else {
        writer.write_image_data(rgba).map_err(fault)?;
    }
    writer.finish().map_err(fault)?;
    Ok(out)
}

fn encoder<W: Write>(
    out: W,
    [width, height]: [u32; 2],
    opaque: bool,
    compression: &str,
    dpi: f64,
    words: Words,
) -> Result<Encoder<'static, W>> {
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::RelativeColorimetric);
    match compression {
        "fast" => encoder.set_compression(Compression::Fast),
        // Even colours between sharp edges: filters, made for photographs, take time and make such files larger.
        level => {
            encoder.set_filter(Filter::NoFilter);
            encoder.set_deflate_compression(DeflateCompression::Level(if level == "high" { 9 } else { 4 }));
        }
    }
    let per_metre = libm::round(dpi / 0.0254) as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    for (keyword, mut text) in words {
        text.retain(|c| c != '\0');
        if !text.is_empty() {
            encoder.add_itxt_chunk(keyword.into(), text).map_err(fault)?;
        }
    }
    Ok(encoder)
}

/// Keywords as PNG registers them (§11.3.3.2) and one of ours, as international text.
pub fn words(scene: &Scene, job: &Job) -> Words {
    vec![
        ("Title", scene.title.clone()),
        ("Copyright", scene.attribution.clone()),
        ("Source", crate::osm::COPYRIGHT.into()),
        ("Software", "mapwright".into()),
        ("Creation Time", scene.timestamp.clone()),
        ("mapwright", job.provenance.text()),
    ]
}

fn fault(fault: impl std::error::Error + 'static) -> Error {
    sink::fault("png", &fault)
}

//! JPEG (ITU-T T.81) in JFIF 1.02 (T.871): baseline or progressive, resolution and terms inside.

use crate::error::Error;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::{exif, xmp};
use jpeg_encoder::{ColorType, Encoder, PixelDensity, PixelDensityUnit, SamplingFactor};

/// The family.
pub const FORMATS: &[Format] = &[JPG];

const JPG: Format = Format {
    id: "jpg",
    aliases: &["jpeg"],
    title: "JPEG",
    family: "JPEG",
    version: "",
    extension: "jpg",
    mime: "image/jpeg",
    tier: Tier::Free,
    topics: &[Topic::Pictures, Topic::Web, Topic::Office],
    about: "Picture of the map in a small file that everything shows.",
    for_whom: "E-mail, social networks, office documents, shops and forms that take no other picture",
    kept: "The look of the map, size on paper (dots per inch), title and terms",
    lost: "Sharp edges below the highest quality, transparency, layers, paths, text and attributes: it is a picture",
    programs: &[
        "web browsers",
        "image viewers",
        "Adobe Photoshop",
        "GIMP",
        "Microsoft Word",
        "PowerPoint",
        "Instagram",
        "WhatsApp",
    ],
    specification: "https://www.itu.int/rec/T-REC-T.81",
    credit: Credit::Inside("the Exif tag `Copyright`, `dc:rights` of XMP and a line on the sheet"),
    provenance: Some("`mapwright:provenance` of XMP"),
    size: Size::Pixels,
    memory: Memory::File,
    options: &[
        Opt::int("quality", "Quality", 1, 100, 90),
        Opt::flag("progressive", "Shown coarse first, then fine", false),
    ],
    write: Write::Pixels(write),
};

/// Most pixels: all of them wait in memory, three bytes each.
const PIXELS: u64 = 400_000_000;
/// From this quality on colours keep their full resolution: thin coloured lines stay clean.
const FULL_COLOR: u8 = 80;
/// Longest text of how it was made, bytes: title, terms and the rest of XMP stand in the same segment of 64 kB.
const SEGMENT: usize = 48 << 10;
/// What a segment with XMP begins with (XMP part 3, §1.1.3).
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let scene = raster.scene;
    // Segments hold 64 kB.
    let title: String = scene.title.chars().take(1000).collect();
    let (width, height) = (u64::from(raster.width), u64::from(raster.height));
    let too_large = || {
        let share = libm::sqrt(PIXELS as f64 / (width * height) as f64);
        let dpi = libm::floor(raster.dpi * share).max(1.0);
        Error::TooLarge(format!("{width} × {height} pixels are too many for a JPEG: set page.dpi to {dpi} or less"))
    };
    let [Ok(columns), Ok(rows)] = [raster.width, raster.height].map(u16::try_from) else { return Err(too_large()) };
    if width * height > PIXELS {
        return Err(too_large());
    }
    let quality = job.settings.int("quality").clamp(1, 100) as u8;
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    let dots = libm::round(raster.dpi).clamp(1.0, 65_535.0) as u16;
    encoder.set_density(PixelDensity { density: (dots, dots), unit: PixelDensityUnit::Inches });
    let fine = quality >= FULL_COLOR;
    encoder.set_sampling_factor(if fine { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 });
    encoder.set_optimized_huffman_tables(true);
    encoder.set_progressive(job.settings.flag("progressive"));
    encoder.add_exif_metadata(&exif::block(&title, &scene.attribution, raster.dpi)).map_err(fault)?;
    let about = xmp::About {
        format: JPG.mime,
        title: &title,
        rights: &scene.attribution,
        timestamp: &scene.timestamp,
        provenance: &job.provenance.within(SEGMENT),
        kind: xmp::Kind::Picture,
        id: "",
    };
    encoder.add_app_segment(1, [XMP, &xmp::packet(&about)].concat()).map_err(fault)?;
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    raster.bands(watch, &mut |rgba| {
        pixels.extend(rgba.chunks_exact(4).flat_map(on_white));
        Ok(())
    })?;
    encoder.encode(&pixels, columns, rows, ColorType::Rgb).map_err(fault)?;
    sink.put(&out)
}

/// A pixel on white paper: JPEG knows no transparency.
fn on_white(pixel: &[u8]) -> [u8; 3] {
    let &[r, g, b, a] = pixel else { return [255; 3] };
    [r, g, b].map(|part| ((u32::from(part) * u32::from(a) + 255 * (255 - u32::from(a)) + 127) / 255) as u8)
}

/// Writing into memory cannot fail for a reason that the caller could mend.
fn fault(fault: impl std::fmt::Display) -> Error {
    Error::Internal(format!("jpg: {fault}"))
}

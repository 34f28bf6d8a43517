//! JPEG (ITU-T T.81) in JFIF 1.02 (T.871): baseline or progressive, resolution and terms inside.

use crate::error::Error;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::{Drawer, Raster};
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::{exif, xmp};
use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, PixelDensity, PixelDensityUnit, SamplingFactor, rgb_to_ycbcr};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

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

/// Most pixels of a progressive picture, of which all wait in memory, nine bytes each.
const PROGRESSIVE: u64 = 80_000_000;
/// Most pixels of a picture whose codes are made for it, which wait as well; others have the usual codes, some hundredths
/// longer, and are written as they are drawn.
const FITTED: u64 = 25_000_000;
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
        let share = libm::sqrt(PROGRESSIVE as f64 / (width * height) as f64);
        let dpi = libm::floor(raster.dpi * share).max(1.0);
        Error::TooLarge(format!(
            "{width} × {height} pixels are too many for a progressive JPEG: set page.dpi to {dpi} or less, or progressive to false"
        ))
    };
    let [Ok(columns), Ok(rows)] = [raster.width, raster.height].map(u16::try_from) else {
        return Err(fault("more than 65,535 pixels a side"));
    };
    let progressive = job.settings.flag("progressive");
    if progressive && width * height > PROGRESSIVE {
        return Err(too_large());
    }
    let quality = job.settings.int("quality").clamp(1, 100) as u8;
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    let dots = libm::round(raster.dpi).clamp(1.0, 65_535.0) as u16;
    encoder.set_density(PixelDensity { density: (dots, dots), unit: PixelDensityUnit::Inches });
    let fine = quality >= FULL_COLOR;
    encoder.set_sampling_factor(if fine { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 });
    encoder.set_optimized_huffman_tables(width * height <= FITTED);
    encoder.set_progressive(progressive);
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
    let (drawer, band) = raster.drawer()?;
    let picture = Picture::new(drawer, [columns, rows], band, watch);
    let failed = picture.failed.clone();
    encoder.encode_image(picture).map_err(fault)?;
    failed.take().map_or(Ok(()), Err)?;
    sink.put(&out)
}

/// A picture that is drawn when its rows are asked for, from top to bottom.
struct Picture<'w, 'l, 's> {
    size: [u16; 2],
    /// Rows of a band.
    rows: usize,
    band: RefCell<Band<'w, 'l, 's>>,
    /// Why it could not be drawn to the end; what is asked for then is white.
    failed: Rc<Cell<Option<Error>>>,
}

/// The band that was drawn last.
struct Band<'w, 'l, 's> {
    drawer: Drawer<'s>,
    watch: &'w mut Watch<'l>,
    number: Option<usize>,
    pixels: Vec<u8>,
}

impl<'w, 'l, 's> Picture<'w, 'l, 's> {
    fn new(drawer: Drawer<'s>, size: [u16; 2], rows: u32, watch: &'w mut Watch<'l>) -> Self {
        let band = Band { drawer, watch, number: None, pixels: Vec::new() };
        Self { size, rows: rows as usize, band: RefCell::new(band), failed: Rc::default() }
    }

    /// Draws the band of a row, unless that is the last one.
    fn draw(&self, row: usize) {
        let Band { drawer, watch, number, pixels } = &mut *self.band.borrow_mut();
        let wanted = row / self.rows;
        if *number == Some(wanted) {
            return;
        }
        let bands = usize::from(self.size[1]).div_ceil(self.rows) as u64;
        let (count, before) = (drawer.count(), drawer.count() * wanted as u64);
        let go_on = &mut |done| watch.at(Stage::Write, before + done, count * bands);
        pixels.clear();
        match drawer.draw([0, (wanted * self.rows) as u32], go_on) {
            Ok(rgba) => pixels.extend(rgba.chunks_exact(4).flat_map(on_white)),
            Err(fault) => self.failed.set(Some(fault)),
        }
        *number = Some(wanted);
    }
}

impl ImageBuffer for Picture<'_, '_, '_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.size[0]
    }

    fn height(&self) -> u16 {
        self.size[1]
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let (row, width) = (usize::from(y), usize::from(self.size[0]));
        self.draw(row);
        let band = self.band.borrow();
        let start = (row % self.rows) * width * 3;
        let line = band.pixels.get(start..start + width * 3);
        let [luma, blue, red, _] = buffers;
        for at in 0..width {
            let pixel = line.and_then(|line| line.get(3 * at..)?.first_chunk());
            let [r, g, b] = pixel.copied().unwrap_or([255; 3]);
            let (y, cb, cr) = rgb_to_ycbcr(r, g, b);
            luma.push(y);
            blue.push(cb);
            red.push(cr);
        }
    }
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

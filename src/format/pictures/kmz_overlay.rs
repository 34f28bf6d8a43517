//! KML 2.2 ground overlays (OGC 07-147r2) in KMZ: the map drawn in plate carrée about its own parallel, so that it fits the box
//! in degrees exactly and is square on the ground; for Google Earth in PNG, for receivers of Garmin in small baseline JPEG.

mod overlay;

use crate::error::{Error, Result};
use crate::format::pixels::{jpeg, within};
use crate::format::png_writer;
use crate::format::{Credit, Format, Job, Memory, Opt, Products, Size, Tier, Topic, Write, Written, bundle};
use crate::scene::raster::Raster;
use crate::sheet::Sheet;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use overlay::{Overlay, Piece};

/// The family.
pub const FORMATS: &[Format] = &[
    KMZ,
    Format {
        id: "garmin-custom-map",
        aliases: &["garmin-kmz"],
        title: "Garmin Custom Map",
        version: "Garmin Custom Map",
        topics: &[Topic::Gps, Topic::Pictures],
        about: "The map as a picture that lies over the maps of handheld Garmin receivers, in tiles as they want them.",
        for_whom: "Hikers, geocachers, orienteers, hunters and sailors with a Garmin receiver",
        kept: "The look of the map, its exact place on the ground, terms",
        lost: "Sharp edges below the highest quality, layers, paths, text and attributes: it is a picture of at most 100 tiles of 1024 × 1024 pixels. Checked in its structure, with GDAL and Pillow: no receiver was at hand",
        programs: &[
            "Garmin GPSMAP",
            "Garmin eTrex",
            "Garmin Oregon",
            "Garmin Montana",
            "Garmin BaseCamp",
            "Google Earth",
        ],
        specification: "https://support.garmin.com/en-US/?faq=UcQ5Jx1fwS0bcMLR2tSkb8",
        options: &[
            Opt::int("order", "Where it lies: 50 and more over the maps of the receiver", 0, 100, 50),
            Opt::int("quality", "Quality", 1, 100, 85),
            Opt::int("opacity", "Opacity, percent", 10, 100, 100),
        ],
        write: Write::Several("Pixels", |products, job, watch, sink| write(products, &GARMIN, job, watch, sink)),
        ..KMZ
    },
];

const KMZ: Format = Format {
    id: "kmz-overlay",
    aliases: &["ground-overlay"],
    title: "KMZ with ground overlay",
    family: "KML ground overlay",
    version: "Google Earth",
    extension: "kmz",
    mime: "application/vnd.google-earth.kmz",
    tier: Tier::Basic,
    topics: &[Topic::Gps, Topic::Gis, Topic::Pictures],
    about: "The map as a picture on the ground of Google Earth, exactly in its place.",
    for_whom: "Users of Google Earth, pilots, planners, teachers",
    kept: "The look of the map without loss, its exact place on the ground, terms",
    lost: "Layers, paths, text and attributes: it is a picture",
    programs: &[
        "Google Earth",
        "Google Earth Pro",
        "ArcGIS Earth",
        "QGIS",
        "GDAL",
        "Garmin BaseCamp",
        "ATAK",
        "Guru Maps",
    ],
    specification: "https://docs.ogc.org/is/12-007r2/12-007r2.html",
    credit: Credit::Inside("`atom:author` and `description` of `doc.kml`, and a line on the picture"),
    provenance: Some("the entry `mapwright.json`, and `Data` with the name `mapwright` of `doc.kml`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::choice("picture", "Kind of pictures", &["png", "jpg"]),
        Opt::int("order", "Where it lies among overlays", 0, 100, 0),
        Opt::int("quality", "Quality of JPEG", 1, 100, 90),
        Opt::int("opacity", "Opacity, percent", 10, 100, 100),
    ],
    write: Write::Several("Pixels", |products, job, watch, sink| write(products, &EARTH, job, watch, sink)),
};

/// What programs take.
struct Limits {
    name: &'static str,
    /// Pixels a side of a picture.
    side: u32,
    /// Pictures of a file.
    count: u64,
}

const EARTH: Limits = Limits { name: "KMZ", side: 4096, count: 1000 };
const GARMIN: Limits = Limits { name: "Garmin Custom Maps", side: 1024, count: 100 };

fn write(
    products: &mut dyn Products,
    limits: &Limits,
    job: &mut Job,
    watch: &mut Watch,
    sink: &mut dyn Sink,
) -> Written {
    let (_, sheet) = products.look(job.notes)?;
    let bbox = products.shown();
    let sheet = Sheet::plate(bbox, &sheet)?;
    let size = sheet.pixels();
    let tiles: u64 = size.map(|side| u64::from(side.div_ceil(limits.side))).iter().product();
    if tiles > limits.count {
        let dpi = libm::floor(sheet.dpi * libm::sqrt(limits.count as f64 / tiles as f64)).max(1.0);
        return Err(Error::TooLarge(format!(
            "{} × {} pixels are {tiles} pictures; {} take {}: set page.dpi to {dpi} or less",
            size[0], size[1], limits.name, limits.count
        )));
    }
    let jpg = job.settings.text("picture") != "png";
    let scene = watch.part(0.0..0.5, |watch| products.drawn_on(sheet, true, watch))?;
    job.notes.append(&scene.notes);
    let raster = Raster::scaled(&scene, scene.sheet.dpi / 25.4, [0.0; 2], size);
    within(&raster, limits.name, 65_535, limits.count * u64::from(limits.side).pow(2))?;
    let mut package = Package::new(sink);
    // The last pixels may reach a little beyond the box.
    let sides = [scene.sheet.width, scene.sheet.height];
    let beyond = |axis: usize| match (size.get(axis), sides.get(axis)) {
        (Some(pixels), Some(mm)) => f64::from(*pixels) / scene.sheet.dpi * 25.4 / mm,
        _ => 1.0,
    };
    let spans = [bbox.width() * beyond(0), (bbox.max_lat - bbox.min_lat) * beyond(1)];
    let overlay = Overlay::new([bbox.min_lon, bbox.max_lat], spans, size, limits.side, if jpg { "jpg" } else { "png" });
    let pieces = overlay.pieces();
    package.put("doc.kml", How::PACKED, &overlay.document(&scene, &pieces, job))?;
    bundle::sign(&mut package, job)?;
    let count = pieces.len() as f64;
    for (row, piece) in pieces.iter().enumerate() {
        let share = 0.5 + 0.5 * row as f64 / count..0.5 + 0.5 * (row + 1) as f64 / count;
        watch.part(share, |watch| picture(&raster, piece, jpg, job, &mut package, watch))?;
    }
    package.finish()
}

fn picture(
    raster: &Raster,
    piece: &Piece,
    jpg: bool,
    job: &Job,
    package: &mut Package,
    watch: &mut Watch,
) -> Result<()> {
    let mut window = raster.window(piece.corner, piece.size);
    if !jpg {
        let words = png_writer::words(raster.scene, job);
        return png_writer::sheet(&mut window, "balanced", words, watch, &mut package.entry(&piece.name, How::STORED)?);
    }
    let mut pixels = Vec::with_capacity(piece.size[0] as usize * piece.size[1] as usize * 4);
    window.bands(watch, &mut |rgba| {
        pixels.extend_from_slice(rgba);
        Ok(())
    })?;
    let quality = job.settings.int("quality").clamp(1, 100) as u8;
    package.put(&piece.name, How::STORED, &jpeg::small(&pixels, piece.size, quality, raster.dpi)?)
}

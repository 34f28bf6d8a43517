//! TIFF 6.0 in strips; GeoTIFF 1.1 (OGC 19-008r4), the same with its place on the ground; cloud-optimised GeoTIFF 1.0 (OGC
//! 21-026), in tiles with overviews.

mod block;
mod fields;

use crate::error::Result;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::tiff::{CLASSIC, Directory, Tiff};
use block::{Coding, cut};
use fields::{Blocks, fields};

/// The family.
pub const FORMATS: &[Format] = &[
    TIFF,
    Format {
        id: "geotiff",
        aliases: &["gtiff"],
        title: "GeoTIFF",
        version: "GeoTIFF",
        mime: "image/tiff; application=geotiff",
        tier: Tier::Basic,
        topics: &[Topic::Gis, Topic::Pictures, Topic::Cad],
        about: "Picture of the map that lies in its place in every GIS, in the coordinate system of the sheet.",
        for_whom: "GIS users, surveyors, planners who put a map under their drawings, drone and navigation software",
        kept: "Every colour exactly, coordinate system, corner and size of pixels, size on paper, terms",
        programs: &[
            "QGIS",
            "ArcGIS",
            "GDAL",
            "AutoCAD Map 3D",
            "Civil 3D",
            "Global Mapper",
            "GRASS GIS",
            "ERDAS IMAGINE",
            "MapInfo",
        ],
        specification: "https://docs.ogc.org/is/19-008r4/19-008r4.html",
        options: &[COMPRESSION, TRANSPARENT],
        write: Write::Pixels(|raster, job, watch, sink| strips(raster, true, job, watch, sink)),
        ..TIFF
    },
    Format {
        id: "cog",
        aliases: &["geotiff-cog"],
        title: "Cloud-optimised GeoTIFF",
        version: "Cloud-optimised",
        mime: "image/tiff; application=geotiff; profile=cloud-optimized",
        tier: Tier::Pro,
        topics: &[Topic::Gis, Topic::Web, Topic::Pictures],
        about: "GeoTIFF in tiles with overviews drawn for each size, which programs read from a web server piece by piece.",
        for_whom: "Operators of map servers, GIS users who look at large maps, developers of web maps",
        kept: "Every colour exactly, coordinate system, corner and size of pixels, overviews with lines of their own size, terms",
        programs: &[
            "QGIS",
            "ArcGIS Pro",
            "GDAL",
            "TiTiler",
            "OpenLayers",
            "GeoServer",
            "rio-cogeo",
            "Google Earth Engine",
        ],
        specification: "https://docs.ogc.org/is/21-026/21-026.html",
        options: &[COMPRESSION, Opt::choice("tile", "Pixels a side of a tile", &["512", "256"]), TRANSPARENT],
        write: Write::Pixels(cloud),
        ..TIFF
    },
];

const COMPRESSION: Opt = Opt::choice("compression", "Compression", &["deflate", "lzw", "none"]);
const TRANSPARENT: Opt = Opt::flag("transparent", "Nothing behind the map", false);

const TIFF: Format = Format {
    id: "tiff",
    aliases: &["tif"],
    title: "TIFF",
    family: "TIFF",
    version: "Plain",
    extension: "tif",
    mime: "image/tiff",
    tier: Tier::Basic,
    topics: &[Topic::Print, Topic::Pictures, Topic::Office],
    about: "Picture of the map without loss as print shops and layout programs take it, in RGB, CMYK or grey.",
    for_whom: "Print shops, publishers, photo laboratories, archives, scientists",
    kept: "Every colour exactly (in CMYK and grey: converted), size on paper, colour profile, terms",
    lost: "Layers, paths, text and attributes: it is a picture",
    programs: &[
        "Adobe Photoshop",
        "Adobe InDesign",
        "QuarkXPress",
        "Affinity Photo",
        "GIMP",
        "Scribus",
        "CorelDRAW",
        "ImageMagick",
    ],
    specification: "https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf",
    credit: Credit::Inside("the tag `Copyright`, `dc:rights` of XMP and a line on the sheet"),
    provenance: Some("`mapwright:provenance` of XMP"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[COMPRESSION, Opt::choice("color", "Colours", &["rgb", "cmyk", "grey"]), TRANSPARENT],
    write: Write::Pixels(|raster, job, watch, sink| strips(raster, false, job, watch, sink)),
};

/// Bytes of a strip before it is compressed, about.
const STRIP: u32 = 1 << 18;
/// What GDAL wants to know of a file that it reads from a server.
const STRUCTURE: &str = "LAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\nBLOCK_LEADER=SIZE_AS_UINT4\nBLOCK_TRAILER=LAST_4_BYTES_REPEATED\nKNOWN_INCOMPATIBLE_EDITION=NO\n ";

fn strips(raster: &mut Raster, placed: bool, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    let coding = Coding::new(raster.opaque(), job.settings);
    let line = raster.width * coding.samples();
    // Whole strips make a band, as it is drawn for other pictures of the sheet.
    let most = (STRIP / line.max(1)).clamp(1, raster.height);
    let strip = if raster.rows < raster.height {
        (1..=most.min(raster.rows)).rev().find(|rows| raster.rows.is_multiple_of(*rows)).unwrap_or(1)
    } else {
        most
    };
    let count = raster.height.div_ceil(strip) as usize;
    let bytes = u64::from(line) * u64::from(raster.height);
    let mut file = Tiff::new(sink, bytes > CLASSIC, None)?;
    let mut directory = file.directory(fields(raster, &coding, Blocks::Strips { rows: strip, count }, placed, job))?;
    let (width, wide) = (raster.width, strip as usize * raster.width as usize * 4);
    raster.bands(watch, &mut |rgba| {
        for part in rgba.chunks(wide) {
            file.block(&mut directory, &coding.encode(part, width)?)?;
        }
        Ok(())
    })?;
    file.close(directory)
}

fn cloud(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    let coding = Coding::new(raster.opaque(), job.settings);
    let side: u32 = job.settings.text("tile").parse().unwrap_or(512);
    let mut sizes = vec![1];
    // Down to where one tile holds all of it.
    while let Some(last) = sizes.last().copied().filter(|times| raster.width.max(raster.height).div_ceil(*times) > side)
    {
        sizes.push(last * 2);
    }
    let mut levels: Vec<Raster> = sizes.iter().map(|times| raster.reduced(*times)).collect();
    let padded = |side_of: u32| u64::from(side_of.next_multiple_of(side));
    let bytes: u64 = levels.iter().map(|level| padded(level.width) * padded(level.height)).sum();
    let mut file = Tiff::new(sink, bytes * u64::from(coding.samples()) > CLASSIC, Some(STRUCTURE))?;
    let mut directories: Vec<Directory> = Vec::new();
    for (row, level) in levels.iter().enumerate() {
        let count = (level.width.div_ceil(side) * level.height.div_ceil(side)) as usize;
        let blocks = Blocks::Tiles { side, count, overview: row > 0 };
        directories.push(file.directory(fields(level, &coding, blocks, row == 0, job))?);
    }
    // The smallest first: readers that show the whole read the beginning of the file. Each is a quarter of the next.
    let mut done = 0.0;
    let mut finished = Vec::new();
    for (level, mut directory) in levels.iter_mut().zip(directories).rev() {
        let share = f64::from(level.width) * f64::from(level.height)
            / (f64::from(raster.width) * f64::from(raster.height))
            * 0.74;
        let end = if level.width == raster.width { 1.0 } else { (done + share).min(1.0) };
        watch.part(done..end, |watch| tiles(level, side, &coding, &mut file, &mut directory, watch))?;
        done = end;
        finished.push(directory);
    }
    finished.into_iter().try_for_each(|directory| file.close(directory))
}

/// Draws a picture in rows of tiles.
fn tiles(
    level: &mut Raster,
    side: u32,
    coding: &Coding,
    file: &mut Tiff,
    directory: &mut Directory,
    watch: &mut Watch,
) -> Result<()> {
    level.rows = side;
    let width = level.width;
    level.bands(watch, &mut |rgba| {
        for column in 0..width.div_ceil(side) {
            file.block(directory, &coding.encode(&cut(rgba, width, column * side, side), side)?)?;
        }
        Ok(())
    })
}

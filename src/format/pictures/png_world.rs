//! PNG with a world file: the picture, the six numbers of its place, its system of coordinates for programs of Esri (`.prj`) and
//! for GDAL (`.aux.xml`), in a package.

use crate::error::Result;
use crate::format::bundle;
use crate::format::pixels::place::Place;
use crate::format::png_writer;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::geo::wkt::{Dialect, wkt};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::number;
use crate::wire::package::{How, Package};
use crate::wire::xml::Xml;

/// The family.
pub const FORMATS: &[Format] = &[PNG_WORLD];

const PNG_WORLD: Format = Format {
    id: "png-world",
    aliases: &["pgw", "world-file"],
    title: "PNG with world file",
    family: "PNG with world file",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Basic,
    topics: &[Topic::Gis, Topic::Cad, Topic::Pictures],
    about: "Picture of the map with small files beside it that tell GIS and CAD programs where it lies.",
    for_whom: "CAD draughtsmen, GIS users, owners of programs that read no GeoTIFF",
    kept: "Every colour exactly, coordinate system, corner and size of pixels, transparency, size on paper, terms",
    lost: "Layers, paths, text and attributes: it is a picture",
    programs: &[
        "AutoCAD Map 3D",
        "Civil 3D",
        "BricsCAD",
        "MicroStation",
        "QGIS",
        "ArcGIS",
        "Global Mapper",
        "MapInfo",
        "GDAL",
    ],
    specification: "https://desktop.arcgis.com/en/arcmap/latest/manage-data/raster-and-images/world-files-for-raster-datasets.htm",
    credit: Credit::Inside("the text chunk `Copyright` of `map.png`, and `LICENSE.txt`"),
    provenance: Some("the entry `mapwright.json`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[Opt::flag("transparent", "Nothing behind the map", false)],
    write: Write::Pixels(write),
};

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    let place = Place::of(raster);
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    package.put("map.pgw", How::STORED, place.world_file().as_bytes())?;
    match wkt(place.crs.epsg, Dialect::Esri) {
        Some(text) => package.put("map.prj", How::STORED, text.as_bytes())?,
        None => {
            let message = format!(
                "EPSG:{} has no words here for the file .prj: name it when you open the picture",
                place.crs.epsg
            );
            job.notes.say("no_prj", 1, message);
        }
    }
    package.put("map.png.aux.xml", How::STORED, &auxiliary(&place))?;
    let words = png_writer::words(raster.scene, job);
    package_picture(raster, "map.png", words, &mut package, watch)?;
    package.finish()
}

/// Draws a picture into a package.
fn package_picture(
    raster: &mut Raster,
    name: &str,
    words: png_writer::Words,
    package: &mut Package,
    watch: &mut Watch,
) -> Result<()> {
    let bytes = u64::from(raster.width) * u64::from(raster.height) * 4;
    let how = if bytes > 4_000_000_000 { How::STORED.large() } else { How::STORED };
    png_writer::sheet(raster, "balanced", words, watch, &mut package.entry(name, how)?)
}

/// What GDAL keeps beside files that have no place for it.
fn auxiliary(place: &Place) -> Vec<u8> {
    let mut xml = Xml::new(false);
    xml.start("PAMDataset");
    let system = wkt(place.crs.epsg, Dialect::Ogc).unwrap_or_else(|| format!("EPSG:{}", place.crs.epsg));
    xml.leaf("SRS", &system);
    let [x, y] = place.corner;
    let numbers = [(x, 9), (place.pixel, 12), (0.0, 1), (y, 9), (0.0, 1), (-place.pixel, 12)];
    xml.leaf("GeoTransform", &numbers.map(|(value, digits)| number::text(value, digits)).join(", "));
    xml.start("Metadata").start("MDI").attr("key", "AREA_OR_POINT").text("Area").end().end_block();
    xml.finish()
}

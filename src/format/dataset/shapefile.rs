//! Shapefiles (Esri, 1998) in a ZIP package: for every layer and kind of geometry a set of files with its style.

mod dbf;
mod field;
mod shp;

use crate::error::{Error, Result};
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, bundle, qgis, sea};
use crate::geo::wkt::{Dialect, wkt};
use crate::sink::Sink;
use crate::styled::{StyledLayer, StyledLayers};
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use field::Names;

/// The family.
pub const FORMATS: &[Format] = &[SHAPEFILE];

const SHAPEFILE: Format = Format {
    id: "shapefile",
    aliases: &["shp"],
    title: "Shapefile (ZIP)",
    family: "Shapefile",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Free,
    topics: &[Topic::Gis],
    about: "The file that every GIS reads: a layer for each theme and kind of geometry, with styles for QGIS.",
    for_whom: "GIS users, planners, authorities, surveyors, everybody whose program takes nothing newer",
    kept: "Geometry, ids, class, names, typed fields, all tags as JSON over several fields, colours and labels for QGIS",
    lost: "Names of fields beyond ten letters, texts beyond 254 bytes, which features share a node; no value and an empty one are the same",
    programs: &[
        "QGIS",
        "ArcGIS",
        "MapInfo",
        "GRASS GIS",
        "GeoPandas",
        "R sf",
        "PostGIS shp2pgsql",
        "AutoCAD Map 3D",
        "Global Mapper",
        "FME",
        "Mapshaper",
    ],
    specification: "https://www.esri.com/content/dam/esrisites/sitecore-archive/Files/Pdfs/library/whitepapers/pdfs/shapefile.pdf",
    credit: Credit::Inside("`LICENSE.txt`, and `rights` of each `.qmd`"),
    provenance: Some("`mapwright.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[COLUMNS, sea(true), Opt::flag("styles", "Styles for QGIS beside the layers", true)],
    write: Write::Styled(write),
};

/// The longest file that programs read: offsets are counted in words of two bytes, but few count beyond 2 GB.
const LONGEST: u64 = 1 << 31;

fn write(layers: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    let mut names = Names::default();
    let drawn = layers.drawn();
    let count = drawn.len() as f64;
    for (row, layer) in drawn.iter().enumerate() {
        watch.part(row as f64 / count..(row + 1) as f64 / count, |watch| {
            files(layer, &mut package, &mut names, job, watch)
        })?;
    }
    names.tell(job.notes);
    package.finish()
}

/// The files of one layer.
fn files(
    layer: &StyledLayer,
    package: &mut Package,
    names: &mut Names,
    job: &mut Job,
    watch: &mut Watch,
) -> Result<()> {
    let table = layer.table;
    let entry = |ending: &str| format!("{}.{ending}", table.name);
    let geometry = shp::Measured::new(table, watch)?;
    let fields = field::fields(table, names);
    let long = |ending: &str| {
        let message =
            format!("{} would be longer than 2 GB, which programs do not read; ask for a smaller area", entry(ending));
        Error::TooLarge(message)
    };
    if geometry.length() > LONGEST {
        return Err(long("shp"));
    }
    if dbf::length(&fields, table) > LONGEST {
        return Err(long("dbf"));
    }
    geometry.write_shapes(table, watch, &mut package.entry(&entry("shp"), How::QUICKLY)?)?;
    geometry.write_index(&mut package.entry(&entry("shx"), How::QUICKLY)?)?;
    dbf::write(&fields, table, names, watch, &mut package.entry(&entry("dbf"), How::PACKED)?)?;
    package.put(&entry("cpg"), How::STORED, b"UTF-8")?;
    match wkt(table.features.crs.epsg, Dialect::Esri) {
        Some(text) => package.put(&entry("prj"), How::STORED, text.as_bytes())?,
        None => {
            let epsg = table.features.crs.epsg;
            let message =
                format!("EPSG:{epsg} has no description that a .prj file could hold; name it when you open the layers");
            job.notes.say("no_prj", 1, message);
        }
    }
    if job.settings.flag("styles") {
        package.put(&entry("qml"), How::PACKED, &qgis::document(layer))?;
    }
    package.put(&entry("qmd"), How::PACKED, &qgis::metadata(&table.name, table.features))
}

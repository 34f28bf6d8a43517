//! GML 3.2.1 as its Simple Features profile has it at level 0 (OGC 10-100r3), with and without its schema, and GML 2.1.2.

mod document;
pub mod geometry;
mod names;
mod schema;
pub mod version;

use crate::format::delimited::DIGITS;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written, bundle};
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use version::Version;

/// The family.
pub const FORMATS: &[Format] = &[GML, GML_ZIP, GML2];

const GML: Format = Format {
    id: "gml",
    aliases: &[],
    title: "GML 3.2",
    family: "GML",
    version: "3.2",
    extension: "gml",
    mime: "application/gml+xml",
    tier: Tier::Basic,
    topics: &[Topic::Gis],
    about: "The data as OGC's own exchange language has them, a type of features for each layer and kind of geometry.",
    for_whom: "Public authorities, surveyors, users of INSPIRE services and of GIS",
    kept: "Geometry, layers, ids, names, typed fields, all tags as JSON; any coordinate system, its axes as EPSG orders them",
    lost: "The look; which features share a node",
    programs: &["QGIS", "GDAL", "FME", "ArcGIS Pro", "deegree", "GeoServer", "GRASS GIS", "OpenJUMP", "MapInfo Pro"],
    specification: "https://docs.ogc.org/is/10-100r3/10-100r3.html",
    credit: Credit::Inside("`gml:description` of the collection"),
    provenance: Some("the comment before the first element"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS],
    write: Write::Table(Split::Layers, gml),
};

const GML_ZIP: Format = Format {
    id: "gml-zip",
    title: "GML 3.2 with schema (ZIP)",
    version: "3.2, ZIP",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    about: "The same with the schema that names the types of its fields, in a ZIP package.",
    credit: Credit::Inside("`gml:description` of the collection, and `LICENSE.txt`"),
    provenance: Some("the entry `mapwright.json`, and the comment before the first element of `map.gml`"),
    write: Write::Table(Split::Layers, gml_zip),
    ..GML
};

const GML2: Format = Format {
    id: "gml2",
    title: "GML 2.1",
    version: "2.1",
    tier: Tier::Pro,
    about: "The data in the first GML that was widely used, for programs that read no later one.",
    for_whom: "Users of old GIS and map servers",
    kept: "Geometry, layers, ids, names, typed fields, all tags as JSON; any coordinate system, its axes east first",
    programs: &["QGIS", "GDAL", "FME", "MapServer", "GeoServer", "OpenJUMP", "MapInfo Pro", "uDig", "gvSIG"],
    specification: "https://portal.ogc.org/files/?artifact_id=11339",
    write: Write::Table(Split::Layers, gml2),
    ..GML
};

fn gml(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document::write(tables, (Version::Three, digits(job)), None, job, watch, sink)
}

fn gml2(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document::write(tables, (Version::Two, digits(job)), None, job, watch, sink)
}

/// Decimals of coordinates.
fn digits(job: &Job) -> u32 {
    job.settings.int(DIGITS.id).clamp(0, 9) as u32
}

/// The schema beside the document; readers look for one of its name.
const SCHEMA: &str = "map.xsd";

fn gml_zip(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut package = Package::new(sink);
    let mut entry = package.entry("map.gml", How::PACKED)?;
    document::write(tables, (Version::Three, digits(job)), Some(SCHEMA), job, watch, &mut entry)?;
    package.put(SCHEMA, How::PACKED, &schema::schema(tables, digits(job)))?;
    bundle::sign(&mut package, job)?;
    package.finish()
}

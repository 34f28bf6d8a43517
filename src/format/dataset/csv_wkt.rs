//! CSV whose first column is the geometry as well-known text (OGC 06-103r4): the table that GIS and databases load as a layer.

use crate::format::delimited::{self, BOM, DIGITS, GUARD, Layout, Wkt};
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[CSV_WKT];

const CSV_WKT: Format = Format {
    id: "csv-wkt",
    aliases: &[],
    title: "CSV with WKT",
    family: "CSV with WKT",
    version: "",
    extension: "csv",
    mime: "text/csv",
    tier: Tier::Basic,
    topics: &[Topic::Gis, Topic::Office],
    about: "A table of all features with their whole geometry as well-known text, which GIS and databases load as a layer.",
    for_whom: "GIS users, data scientists, administrators of databases",
    kept: "Geometry, ids, layer and class, names, typed fields, all tags as JSON",
    lost: "Which features share a node; the look",
    programs: &[
        "QGIS",
        "GDAL",
        "PostGIS",
        "BigQuery",
        "Snowflake",
        "DuckDB",
        "pandas with shapely",
        "kepler.gl",
        "FME",
    ],
    specification: "https://www.ogc.org/standards/sfa",
    credit: Credit::Inside("the column `source` of the first row"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS, BOM, GUARD],
    write: Write::Table(Split::Whole, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    delimited::write(tables, Layout { delimiter: b',', quoted: true, wkt: Wkt::First }, job, watch, sink)
}

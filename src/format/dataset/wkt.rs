//! Geometry alone, one on each line: well-known text (OGC 06-103r4 §7), with an SRID (PostGIS), and well-known binary (§8) in
//! hexadecimal figures. Programs that read lines of geometry take no heads and no comments.

use crate::format::delimited::DIGITS;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::sink::{Sink, spill};
use crate::table::{Dialect, Split, Table, shape::Shape, wkb, wkt};
use crate::watch::{Stage, Watch};
use crate::wire::hex::hex;
use crate::wire::number;

/// The family.
pub const FORMATS: &[Format] = &[WKT, EWKT, WKB];

const WKT: Format = Format {
    id: "wkt",
    aliases: &[],
    title: "WKT",
    family: "Well-known text and binary",
    version: "Text",
    extension: "wkt",
    mime: "text/plain",
    tier: Tier::Free,
    topics: &[Topic::Gis],
    about: "The geometry of every feature as well-known text, one on each line, to paste into queries, notebooks and consoles.",
    for_whom: "Developers, data scientists, administrators of databases",
    kept: "Geometry to the last digit; which element it is, on request",
    lost: "Everything else: names, classes, tags, the coordinate reference system (CSV with WKT keeps them)",
    programs: &[
        "Shapely",
        "PostGIS",
        "DuckDB",
        "BigQuery",
        "Snowflake",
        "SQL Server",
        "Oracle Spatial",
        "JTS TestBuilder",
        "GEOS geosop",
        "QGIS (QuickWKT)",
        "OpenLayers",
        "Boost.Geometry",
    ],
    specification: "https://www.ogc.org/standards/sfa",
    credit: Credit::Nowhere("lines of geometry have no place for a comment"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, IDS],
    write: Write::Table(Split::Shaped, |tables, job, watch, sink| {
        let text = |out: &mut Vec<u8>, shape: &Shape, digits, _| out.extend_from_slice(wkt(shape, digits).as_bytes());
        each(tables, job, watch, sink, (text, "GEOMETRYCOLLECTION EMPTY\n"))
    }),
};

/// With an SRID before each.
const EWKT: Format = Format {
    id: "ewkt",
    title: "EWKT",
    version: "Text with SRID",
    extension: "ewkt",
    tier: Tier::Pro,
    about: "The geometry of every feature as the text of PostGIS, which says its coordinate reference system too.",
    for_whom: "Administrators and developers of PostGIS and its kin",
    kept: "Geometry to the last digit, the EPSG code; which element it is, on request",
    lost: "Everything else: names, classes, tags (CSV with WKT keeps them)",
    programs: &["PostGIS", "CockroachDB", "SpatiaLite", "GeoAlchemy", "GeoDjango", "Apache Sedona", "RGeo", "JTS"],
    specification: "https://postgis.net/docs/using_postgis_dbmanagement.html#EWKB_EWKT",
    write: Write::Table(Split::Shaped, |tables, job, watch, sink| {
        let text = |out: &mut Vec<u8>, shape: &Shape, digits, epsg| {
            out.extend_from_slice(format!("SRID={epsg};{}", wkt(shape, digits)).as_bytes());
        };
        each(tables, job, watch, sink, (text, "GEOMETRYCOLLECTION EMPTY\n"))
    }),
    ..WKT
};

/// As bytes.
const WKB: Format = Format {
    id: "wkb",
    title: "WKB",
    version: "Binary, in hexadecimal",
    extension: "wkb",
    tier: Tier::Pro,
    about: "The geometry of every feature as well-known binary in hexadecimal figures, one on each line: what databases copy without loss.",
    for_whom: "Administrators of databases, developers, data scientists",
    kept: "Geometry, every coordinate as a number of 64 bits; the EPSG code and which element it is, on request",
    programs: &[
        "PostGIS",
        "Shapely",
        "DuckDB",
        "BigQuery",
        "Snowflake",
        "GEOS geosop",
        "JTS TestBuilder",
        "GeoPandas",
        "sf for R",
        "MySQL",
    ],
    options: &[DIGITS, IDS, Opt::flag("srid", "EPSG code in each geometry, as PostGIS has it (EWKB)", false)],
    write: Write::Table(Split::Shaped, |tables, job, watch, sink| {
        let srid = job.settings.flag("srid");
        let bytes = |out: &mut Vec<u8>, shape: &Shape, digits, epsg: u16| {
            let dialect = if srid { Dialect::Extended(epsg.into()) } else { Dialect::Plain };
            hex(out, &wkb(shape, digits, dialect, false));
        };
        each(tables, job, watch, sink, (bytes, "010700000000000000\n"))
    }),
    ..WKT
};

/// The option `ids`.
const IDS: Opt = Opt::flag("ids", "Which element it is before the geometry, and a tab: w123", false);

/// A line for every row: `write` appends a geometry with so many decimals in the system of an EPSG code. A map of nothing is a
/// collection of nothing: lines that are empty are no geometry.
fn each(
    tables: &[Table],
    job: &mut Job,
    watch: &mut Watch,
    sink: &mut dyn Sink,
    (write, nothing): (impl Fn(&mut Vec<u8>, &Shape, u32, u16), &str),
) -> Written {
    let (digits, ids) = (job.settings.int("digits").clamp(0, 9) as u32, job.settings.flag("ids"));
    let (mut out, mut collapsed) = (Vec::new(), 0);
    for table in tables {
        let (osm, epsg) = (&table.features.map.osm, table.features.crs.epsg);
        let total = table.rows.len() as u64;
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, total)?;
            }
            let (Some(feature), Some(shape)) = (table.feature(row), table.shape(row, digits)) else { continue };
            if ids {
                out.extend_from_slice(feature.element.kind.letter().encode_utf8(&mut [0; 4]).as_bytes());
                number::integer(&mut out, osm.id(feature.element));
                out.push(b'\t');
            }
            collapsed += u64::from(shape.is_empty());
            write(&mut out, &shape, digits, epsg);
            out.push(b'\n');
            spill(&mut out, sink)?;
        }
    }
    if collapsed > 0 {
        let message = format!("{collapsed} features are smaller than the last decimal: their geometry is empty.");
        job.notes.say("empty_geometry", collapsed, message);
    }
    if tables.iter().all(|table| table.rows.is_empty()) {
        out.extend_from_slice(nothing.as_bytes());
    }
    sink.put(&out)
}

//! JSON-FG 1.0 (OGC 21-045r1): GeoJSON with types of features, their schemas, and geometry in other systems than WGS 84.

mod schema;

use crate::format::delimited::DIGITS;
use crate::format::{
    COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written, json_cells as cells, terms,
};
use crate::geo::axes::{Axes, axes};
use crate::geo::crs::Crs;
use crate::map::Value;
use crate::sink::{Sink, spill};
use crate::table::shape::Shape;
use crate::table::{Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::{json, number};
use serde_json::json;

/// The family.
pub const FORMATS: &[Format] = &[JSONFG];

const JSONFG: Format = Format {
    id: "jsonfg",
    aliases: &[],
    title: "JSON-FG",
    family: "JSON-FG",
    version: "",
    extension: "fg.json",
    mime: "application/vnd.ogc.fg+json",
    tier: Tier::Pro,
    topics: &[Topic::Gis, Topic::Web],
    about: "GeoJSON as OGC goes on with it: features have types with a schema, and geometry in the coordinate reference system you choose.",
    for_whom: "Developers of OGC APIs, surveyors and authorities, GIS users",
    kept: "Geometry in the system that was asked for and in WGS 84, layers as types of features, ids, classes, names, typed fields, all tags",
    lost: "Which features share a node; the look",
    programs: &["GDAL", "QGIS", "ldproxy", "pygeoapi", "GeoServer", "hale studio", "every reader of GeoJSON"],
    specification: "https://docs.ogc.org/is/21-045r1/21-045r1.html",
    credit: Credit::Inside("the member `attribution` of the collection"),
    provenance: Some("the member `mapwright` of the collection, as text"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS],
    write: Write::Table(Split::Layers, write),
};

/// Decimals of degrees that are computed.
const DEGREES: u32 = 7;

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut out = Vec::new();
    let writer = Writer::new(tables, job);
    writer.head(&mut out, tables, job);
    let (mut empty, mut done) = (0, 0);
    let total = tables.iter().map(|table| table.rows.len() as u64).sum();
    for (table, row) in tables.iter().flat_map(|table| (0..table.rows.len()).map(move |row| (table, row))) {
        if done % 1000 == 0 {
            watch.at(Stage::Write, done, total)?;
        }
        out.extend_from_slice(if done == 0 { b"\n" } else { b",\n" });
        empty += u64::from(!writer.feature(&mut out, table, row));
        spill(&mut out, sink)?;
        done += 1;
    }
    out.extend_from_slice(b"\n]}\n");
    terms::say_empty(empty, job.notes);
    if let Some((epsg, None)) = writer.elsewhere {
        let message = format!(
            "The axes of EPSG:{epsg} point west or south, which coordinates here do not: the file holds WGS 84 only."
        );
        job.notes.say("only_wgs84", 1, message);
    }
    sink.put(&out)
}

struct Writer {
    /// The system where it is not WGS 84, and the order of its axes where geometry in it is written.
    elsewhere: Option<(u16, Option<Axes>)>,
    digits: u32,
}

impl Writer {
    fn new(tables: &[Table], job: &Job) -> Self {
        let crs = tables.first().map(|table| &table.features.crs).filter(|crs| crs.epsg != 4326);
        let known = |crs: &Crs| Some(axes(crs.epsg, crs.geographic)).filter(|axes| *axes != Axes::Other);
        Self { elsewhere: crs.map(|crs| (crs.epsg, known(crs))), digits: job.settings.int("digits").clamp(0, 9) as u32 }
    }

    /// Everything before the first feature.
    fn head(&self, out: &mut Vec<u8>, tables: &[Table], job: &Job) {
        // What programs know it by comes first.
        let conformance =
            ["core", "types-schemas"].map(|part| format!("http://www.opengis.net/spec/json-fg-1/1.0/conf/{part}"));
        out.extend_from_slice(
            format!("{{\"type\":\"FeatureCollection\",\"conformsTo\":{},", json!(conformance)).as_bytes(),
        );
        if let Some((epsg, Some(_))) = self.elsewhere {
            cells::member(out, "coordRefSys", &format!("http://www.opengis.net/def/crs/EPSG/0/{epsg}"));
            let profile = "http://www.opengis.net/def/profile/OGC/0/jsonfg-plus";
            out.extend_from_slice(format!(",\"links\":[{{\"rel\":\"profile\",\"href\":\"{profile}\"}}],").as_bytes());
        }
        for (key, text) in [
            ("attribution", crate::osm::ATTRIBUTION),
            ("license", crate::osm::LICENCE),
            ("generator", "mapwright"),
            ("mapwright", &job.provenance.inner()),
        ] {
            cells::member(out, key, text);
            out.push(b',');
        }
        if let Some(timestamp) = tables.first().map(|table| &table.features.map.osm.timestamp).filter(|t| !t.is_empty())
        {
            cells::member(out, "timestamp", timestamp);
            out.push(b',');
        }
        out.extend_from_slice(format!("\n\"featureSchema\":{},\n\"features\":[", schema::schemas(tables)).as_bytes());
    }

    /// One feature; false where it has no geometry left.
    fn feature(&self, out: &mut Vec<u8>, table: &Table, row: usize) -> bool {
        let Some(feature) = table.feature(row) else { return true };
        let features = table.features;
        let layer = features.class(feature).layer;
        out.extend_from_slice(b"{\"type\":\"Feature\",\"featureType\":");
        json::string(out, layer);
        // An element is a feature in each of its layers.
        out.extend_from_slice(format!(",\"id\":\"{layer}.{}", feature.element.kind.letter()).as_bytes());
        number::integer(out, features.map.osm.id(feature.element));
        out.extend_from_slice(b"\",\"time\":null,\"place\":");
        let shape = Shape::of(features, feature, self.digits);
        match self.elsewhere {
            Some((_, Some(order))) => cells::geometry(out, &ordered(&shape, order), self.digits),
            _ => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"geometry\":");
        match self.elsewhere {
            None => cells::geometry(out, &shape, self.digits),
            Some(_) => {
                let whole = Shape::of(features, feature, if features.crs.geographic { DEGREES } else { 3 });
                cells::geometry(out, &degrees(&whole, &features.crs), DEGREES);
            }
        }
        out.extend_from_slice(b",\"properties\":{");
        let mut first = true;
        for column in &table.columns {
            let value = column.cell(row);
            if value == Value::None {
                continue;
            }
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            json::string(out, &column.name);
            out.push(b':');
            cells::value(out, value, column.kind);
        }
        out.extend_from_slice(b"}}");
        !shape.is_empty()
    }
}

/// Positions in the order of axes that the system has.
fn ordered(shape: &Shape, order: Axes) -> Shape {
    match order {
        Axes::NorthEast => moved(shape, |[x, y]| Some([y, x])),
        _ => shape.clone(),
    }
}

/// From a system to degrees; empty where a place has none.
fn degrees(shape: &Shape, crs: &Crs) -> Shape {
    let digits = if crs.geographic { DEGREES } else { 3 };
    moved(shape, |place| {
        let found = crs.unproject(place.map(|value| number::real(value, digits))).ok()?;
        Some(found.map(|value| number::quantise(value, DEGREES)))
    })
}

fn moved(shape: &Shape, place: impl Fn([i64; 2]) -> Option<[i64; 2]>) -> Shape {
    let trace = |trace: &Vec<[i64; 2]>| trace.iter().map(|at| place(*at)).collect::<Option<Vec<_>>>();
    let moved = match shape {
        Shape::Points(points) => trace(points).map(Shape::Points),
        Shape::Lines(lines) => lines.iter().map(trace).collect::<Option<_>>().map(Shape::Lines),
        Shape::Areas(areas) => {
            areas.iter().map(|rings| rings.iter().map(trace).collect()).collect::<Option<_>>().map(Shape::Areas)
        }
    };
    moved.unwrap_or(Shape::Points(Vec::new()))
}

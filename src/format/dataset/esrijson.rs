//! Esri JSON (ArcGIS REST API, feature set): a file for every table in a ZIP package, as a set has one kind of geometry.

mod fields;

use crate::format::delimited::DIGITS;
use crate::format::{
    COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written, bundle, json_cells as cells, terms,
};
use crate::map::Geometry;
use crate::sink::{Sink, spill};
use crate::table::shape::{Shape, Trace};
use crate::table::{Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use crate::wire::package::{How, Package};
use fields::Fields;
use serde_json::json;

/// The family.
pub const FORMATS: &[Format] = &[ESRIJSON];

const ESRIJSON: Format = Format {
    id: "esrijson",
    aliases: &[],
    title: "Esri JSON (ZIP)",
    family: "Esri JSON",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Gis, Topic::Web],
    about: "Feature sets of ArcGIS, one file for each layer and kind of geometry, with typed fields.",
    for_whom: "Users of ArcGIS, developers with the ArcGIS APIs",
    kept: "Geometry, layers as files, ids, classes, names, typed fields, all tags as JSON in a field, the coordinate reference system",
    lost: "Signs other than letters, digits and _ in names of fields (their aliases keep them); true and false are 1 and 0; which features share a node",
    programs: &[
        "ArcGIS Pro (JSON To Features)",
        "ArcGIS Online",
        "ArcGIS Maps SDK for JavaScript",
        "ArcGIS API for Python",
        "arcgis-rest-js",
        "Esri Leaflet",
        "GDAL",
        "QGIS",
        "FME",
    ],
    specification: "https://developers.arcgis.com/rest/services-reference/enterprise/feature-object/",
    credit: Credit::Inside("`copyrightText` of every feature set, `attribution` of `metadata.json`, and `LICENSE.txt`"),
    provenance: Some("`mapwright` of `metadata.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS],
    write: Write::Table(Split::Layers, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let mut package = Package::new(sink);
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    let about = json!({
        "attribution": crate::osm::ATTRIBUTION,
        "generator": "mapwright",
        "mapwright": job.provenance.value(),
        "layers": names,
    });
    // As it is: who looks at the first bytes finds how it was made.
    package.put("metadata.json", How::STORED, about.to_string().as_bytes())?;
    package.put(bundle::TERMS, How::STORED, bundle::terms().as_bytes())?;
    let mut empty = 0;
    let total = tables.iter().map(|table| table.rows.len() as u64).sum();
    let mut done = 0;
    for table in tables {
        let mut entry = package.entry(&format!("{}.json", table.name), How::PACKED)?;
        let set = Set { table, fields: Fields::new(table), many: many(table, digits), digits };
        let mut out = Vec::new();
        set.head(&mut out);
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, done + row as u64, total)?;
            }
            out.extend_from_slice(if row == 0 { b"\n" } else { b",\n" });
            empty += u64::from(!set.feature(&mut out, row));
            spill(&mut out, &mut entry)?;
        }
        out.extend_from_slice(b"\n]}\n");
        entry.put(&out)?;
        done += table.rows.len() as u64;
    }
    terms::say_empty(empty, job.notes);
    package.finish()
}

/// Whether some feature of a table has several points.
fn many(table: &Table, digits: u32) -> bool {
    let points = |row| matches!(table.shape(row, digits), Some(Shape::Points(points)) if points.len() > 1);
    table.geometry == Some(Geometry::Point) && (0..table.rows.len()).any(points)
}

/// One feature set.
struct Set<'t, 'f, 'm> {
    table: &'t Table<'f, 'm>,
    fields: Fields,
    /// Points are several to a feature.
    many: bool,
    digits: u32,
}

impl Set<'_, '_, '_> {
    fn head(&self, out: &mut Vec<u8>) {
        let geometry = match (self.table.geometry, self.many) {
            (Some(Geometry::Line), _) => "esriGeometryPolyline",
            (Some(Geometry::Area), _) => "esriGeometryPolygon",
            (_, true) => "esriGeometryMultipoint",
            (_, false) => "esriGeometryPoint",
        };
        out.extend_from_slice(b"{\"displayFieldName\":\"name\",\n");
        for (key, text) in [("name", self.table.name.as_str()), ("copyrightText", crate::osm::ATTRIBUTION)] {
            cells::member(out, key, text);
            out.extend_from_slice(b",\n");
        }
        self.fields.describe(out);
        cells::member(out, "geometryType", geometry);
        let reference = match self.table.features.crs.epsg {
            // What ArcGIS called it before EPSG did.
            3857 => json!({"wkid": 102_100, "latestWkid": 3857}),
            epsg => json!({"wkid": epsg, "latestWkid": epsg}),
        };
        out.extend_from_slice(format!(",\n\"spatialReference\":{reference},\n\"features\":[").as_bytes());
    }

    /// One feature; false where it has no geometry left.
    fn feature(&self, out: &mut Vec<u8>, row: usize) -> bool {
        out.extend_from_slice(b"{\"attributes\":{");
        self.fields.values(out, self.table, row);
        out.push(b'}');
        let shape = self.table.shape(row, self.digits).filter(|shape| !shape.is_empty());
        if let Some(shape) = &shape {
            out.extend_from_slice(b",\"geometry\":{");
            self.geometry(out, shape);
            out.push(b'}');
        }
        out.push(b'}');
        shape.is_some()
    }

    fn geometry(&self, out: &mut Vec<u8>, shape: &Shape) {
        let digits = self.digits;
        match shape {
            Shape::Points(points) if self.many => {
                out.extend_from_slice(b"\"points\":");
                cells::trace(out, points, digits);
            }
            Shape::Points(points) => {
                for (name, value) in [&b"\"x\":"[..], b",\"y\":"].into_iter().zip(points.iter().flatten()) {
                    out.extend_from_slice(name);
                    number::fixed(out, *value, digits);
                }
            }
            Shape::Lines(lines) => {
                out.extend_from_slice(b"\"paths\":");
                cells::list(out, lines, |out, line| cells::trace(out, line, digits));
            }
            Shape::Areas(areas) => {
                out.extend_from_slice(b"\"rings\":");
                // Outer rings run clockwise here, and that is all that tells them from holes.
                let turned = |ring: &Trace| ring.iter().rev().copied().collect::<Trace>();
                cells::list(out, areas.iter().flatten(), |out, ring| cells::trace(out, &turned(ring), digits));
            }
        }
    }
}

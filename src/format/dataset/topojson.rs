//! TopoJSON 1.0: an object for every table, its lines cut where they part, each piece once however many features run along it.

mod arcs;

use crate::format::delimited::DIGITS;
use crate::format::{
    COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, json_cells as cells, terms,
};
use crate::map::Value;
use crate::sink::{Sink, spill};
use crate::table::shape::union;
use crate::table::shape::{Kind, Shape};
use crate::table::{Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::{json, number};
use arcs::{Arcs, Lines};

/// The family.
pub const FORMATS: &[Format] = &[TOPOJSON];

const TOPOJSON: Format = Format {
    id: "topojson",
    aliases: &[],
    title: "TopoJSON",
    family: "TopoJSON",
    version: "",
    extension: "topojson",
    mime: "application/json",
    tier: Tier::Basic,
    topics: &[Topic::Web, Topic::Gis],
    about: "Layers as one network of lines: a border that two areas share stands there once, so the file is small and stays whole when it is simplified.",
    for_whom: "Web developers with D3, data journalists, cartographers",
    kept: "Geometry to the last decimal, which features share a border, layers as objects, ids, classes, names, typed fields, all tags",
    lost: "Where a closed border begins; the look",
    programs: &[
        "D3",
        "topojson-client",
        "Mapshaper",
        "Observable Plot",
        "Vega",
        "Plotly",
        "ECharts",
        "OpenLayers",
        "GDAL",
        "QGIS",
        "GeoPandas",
    ],
    specification: "https://github.com/topojson/topojson-specification",
    credit: Credit::Inside("the member `attribution` of the topology"),
    provenance: Some("the member `mapwright` of the topology, as text"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        DIGITS,
        Opt::flag("quantised", "Places as whole steps from the one before, which is smaller", true),
        COLUMNS,
    ],
    write: Write::Table(Split::Layers, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let mut lines = Lines::default();
    let total = tables.iter().map(|table| table.rows.len() as u64).sum::<u64>() * 2;
    let rows = || tables.iter().flat_map(|table| (0..table.rows.len()).map(move |row| (table, row)));
    let mut bounds: Option<[i64; 4]> = None;
    for (done, (table, row)) in rows().enumerate() {
        if done % 1000 == 0 {
            watch.at(Stage::Write, done as u64, total)?;
        }
        let Some(shape) = table.shape(row, digits) else { continue };
        bounds = union(bounds, shape.bounds());
        match &shape {
            Shape::Points(_) => {}
            Shape::Lines(_) => shape.traces().into_iter().for_each(|trace| lines.push(trace, false)),
            Shape::Areas(_) => shape.traces().into_iter().for_each(|trace| lines.push(trace, true)),
        }
    }
    let quantised = job.settings.flag("quantised");
    let mut writer = Writer { out: Vec::new(), digits, origin: [0, 0], arcs: lines.cut(), quantised, empty: 0 };
    if let (Some([west, south, ..]), true) = (bounds, quantised) {
        writer.origin = [west, south];
    }
    writer.head(tables, bounds, job);
    let mut done = total / 2;
    for (row, table) in tables.iter().enumerate() {
        writer.out.extend_from_slice(if row == 0 { b"\n" } else { b"]},\n" });
        json::string(&mut writer.out, &table.name);
        writer.out.extend_from_slice(b":{\"type\":\"GeometryCollection\",\"geometries\":[");
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, done + row as u64, total)?;
            }
            writer.out.extend_from_slice(if row == 0 { b"\n" } else { b",\n" });
            writer.feature(table, row);
            spill(&mut writer.out, sink)?;
        }
        done += table.rows.len() as u64;
    }
    writer.out.extend_from_slice(if tables.is_empty() { b"},\n\"arcs\":[" } else { b"]}},\n\"arcs\":[" });
    for arc in 0..writer.arcs.len() {
        writer.out.extend_from_slice(if arc == 0 { b"\n" } else { b",\n" });
        writer.arc(arc);
        spill(&mut writer.out, sink)?;
    }
    writer.out.extend_from_slice(b"\n]}\n");
    terms::say_empty(writer.empty, job.notes);
    sink.put(&writer.out)
}

struct Writer {
    out: Vec<u8>,
    digits: u32,
    /// Where steps are counted from: west and south of everything, so that none is negative.
    origin: [i64; 2],
    arcs: Arcs,
    quantised: bool,
    /// Features without geometry.
    empty: u64,
}

impl Writer {
    fn head(&mut self, tables: &[Table], bounds: Option<[i64; 4]>, job: &Job) {
        let out = &mut self.out;
        out.extend_from_slice(b"{\"type\":\"Topology\"");
        for (key, text) in [
            ("attribution", crate::osm::ATTRIBUTION),
            ("license", crate::osm::LICENCE),
            ("generator", "mapwright"),
            ("mapwright", &job.provenance.inner()),
        ] {
            out.push(b',');
            cells::member(out, key, text);
        }
        let digits = self.digits;
        if let Some(table) = tables.first() {
            let timestamp = &table.features.map.osm.timestamp;
            if !timestamp.is_empty() {
                out.push(b',');
                cells::member(out, "timestamp", timestamp);
            }
            let epsg = table.features.crs.epsg;
            if epsg != 4326 {
                // No member of the specification says it; GDAL reads what GeoJSON 2008 had.
                let name = format!("urn:ogc:def:crs:EPSG::{epsg}");
                out.extend_from_slice(
                    format!(",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"{name}\"}}}}").as_bytes(),
                );
            }
        }
        if let Some(bounds) = bounds {
            out.extend_from_slice(b",\"bbox\":");
            cells::list(out, bounds, |out, value| number::fixed(out, value, digits));
        }
        if self.quantised {
            out.extend_from_slice(b",\"transform\":{\"scale\":");
            cells::position(out, [1, 1], digits);
            out.extend_from_slice(b",\"translate\":");
            cells::position(out, self.origin, digits);
            out.push(b'}');
        }
        out.extend_from_slice(b",\n\"objects\":{");
    }

    /// One feature: its geometry, made of the pieces that are next in turn.
    fn feature(&mut self, table: &Table, row: usize) {
        let (Some(feature), Some(shape)) = (table.feature(row), table.shape(row, self.digits)) else { return };
        self.out.extend_from_slice(b"{\"type\":");
        if shape.is_empty() {
            self.empty += 1;
            self.out.extend_from_slice(b"null");
        } else {
            self.geometry(&shape);
        }
        self.out.extend_from_slice(format!(",\"id\":\"{}", feature.element.kind.letter()).as_bytes());
        number::integer(&mut self.out, table.features.map.osm.id(feature.element));
        self.out.extend_from_slice(b"\",\"properties\":{");
        let mut first = true;
        for column in &table.columns {
            let value = column.cell(row);
            if value == Value::None {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.out.push(b',');
            }
            json::string(&mut self.out, &column.name);
            self.out.push(b':');
            cells::value(&mut self.out, value, column.kind);
        }
        self.out.extend_from_slice(b"}}");
    }

    fn geometry(&mut self, shape: &Shape) {
        let kind = shape.kind();
        json::string(&mut self.out, kind.name());
        self.out.extend_from_slice(if matches!(shape, Shape::Points(_)) {
            b",\"coordinates\":"
        } else {
            b",\"arcs\":"
        });
        let several = kind == kind.multi();
        if several && kind != Kind::MultiPoint {
            self.out.push(b'[');
        }
        match shape {
            Shape::Points(points) => {
                let (origin, digits) = (self.origin, self.place_digits());
                let place = |[x, y]: [i64; 2]| [x - origin[0], y - origin[1]];
                match points.as_slice() {
                    [single] => cells::position(&mut self.out, place(*single), digits),
                    many => cells::list(&mut self.out, many, |out, at| cells::position(out, place(*at), digits)),
                }
            }
            Shape::Lines(lines) => {
                for row in 0..lines.len() {
                    self.line(row > 0);
                }
            }
            Shape::Areas(areas) => {
                for (row, rings) in areas.iter().enumerate() {
                    self.out.extend_from_slice(if row > 0 { b",[" } else { b"[" });
                    for ring in 0..rings.len() {
                        self.line(ring > 0);
                    }
                    self.out.push(b']');
                }
            }
        }
        if several && kind != Kind::MultiPoint {
            self.out.push(b']');
        }
    }

    /// The pieces of the next line; what runs against a piece has its number as a complement.
    fn line(&mut self, more: bool) {
        if more {
            self.out.push(b',');
        }
        let pieces = self.arcs.next_line();
        cells::list(&mut self.out, pieces, number::integer);
    }

    fn arc(&mut self, arc: usize) {
        let digits = self.place_digits();
        let (mut before, quantised) = (self.origin, self.quantised);
        cells::list(&mut self.out, self.arcs.points(arc), |out, [x, y]| {
            let step = [x - before[0], y - before[1]];
            cells::position(out, step, digits);
            if quantised {
                before = [x, y];
            }
        });
    }

    /// Decimals of places: whole steps have none.
    fn place_digits(&self) -> u32 {
        if self.quantised { 0 } else { self.digits }
    }
}

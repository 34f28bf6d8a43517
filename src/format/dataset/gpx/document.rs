//! The document: metadata, waypoints, routes, tracks, with their elements in the order of the schema (gpx.xsd, GPX 1.1).

use super::symbols;
use crate::error::Result;
use crate::format::cells;
use crate::format::degrees::Degrees;
use crate::format::elements::say_unfit;
use crate::format::{Job, Written};
use crate::map::{Features, Geometry};
use crate::osm::{ATTRIBUTION, Element};
use crate::sink::Sink;
use crate::table::Table;
use crate::table::shape::Shape;
use crate::watch::{Stage, Watch};
use crate::wire::xml::Xml;
use crate::wire::{date, number};
use std::collections::BTreeSet;

/// Layers of lines that one goes along.
const WAYS: &[&str] = &["roads", "transport"];
/// The namespace of what GPX has no element for.
const NAMESPACE: &str = "urn:mapwright:osm";

/// Which lines become routes or tracks.
#[derive(Clone, Copy, PartialEq)]
enum Lines {
    Ways,
    All,
    None,
}

struct Writer {
    xml: Xml,
    degrees: Degrees,
    /// Longitudes lie below 180, which is this many steps.
    turn: i64,
    routes: bool,
    described: bool,
}

/// Writes the document.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the geometry and the sink.
pub fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let settings = job.settings;
    let lines = match settings.text("lines") {
        "ways" => Lines::Ways,
        "all" => Lines::All,
        _ => Lines::None,
    };
    let digits = settings.int("digits").clamp(0, 9) as u32;
    let picked = Picked {
        points: settings.text("points") != "none",
        named: settings.text("points") == "named",
        lines,
        areas: settings.flag("areas"),
    };
    let Some(features) = tables.first().map(|table| table.features) else {
        watch.at(Stage::Write, 0, 0)?;
        let mut xml = Xml::new(true);
        head(&mut xml, None, None, job);
        return sink.put(&xml.finish());
    };
    let mut writer = Writer {
        xml: Xml::new(true),
        degrees: Degrees::new(features, digits, job.notes),
        turn: number::quantise(180.0, digits),
        routes: settings.text("as") == "routes",
        described: settings.text("description") == "tags",
    };
    let bounds = writer.bounds(tables, picked, watch)?;
    head(&mut writer.xml, Some(features), bounds.map(|bounds| (bounds, digits)), job);
    // An element that stands in several layers is one waypoint.
    let mut known: BTreeSet<Element> = BTreeSet::new();
    writer.each(tables, watch, |writer, table, row, feature| {
        if picked.takes(table, row) && table.geometry == Some(Geometry::Point) && known.insert(feature) {
            writer.waypoints(table, row)?;
        }
        writer.xml.spill(sink)
    })?;
    known.clear();
    writer.each(tables, watch, |writer, table, row, feature| {
        if picked.takes(table, row) && table.geometry != Some(Geometry::Point) && known.insert(feature) {
            writer.line(table, row)?;
        }
        writer.xml.spill(sink)
    })?;
    sink.put(&writer.xml.finish())
}

/// What of the tables is in the file.
#[derive(Clone, Copy)]
struct Picked {
    points: bool,
    named: bool,
    lines: Lines,
    areas: bool,
}

impl Picked {
    fn takes(self, table: &Table, row: usize) -> bool {
        let layer = table.feature(row).map_or("", |feature| table.features.class(feature).layer);
        match table.geometry {
            Some(Geometry::Point) => self.points && (!self.named || cells::text(table, "name", row).is_some()),
            Some(Geometry::Line) => self.lines == Lines::All || self.lines == Lines::Ways && WAYS.contains(&layer),
            _ => self.areas,
        }
    }
}

/// Everything before the first waypoint.
fn head(xml: &mut Xml, features: Option<&Features>, bounds: Option<([i64; 4], u32)>, job: &mut Job) {
    xml.start("gpx").attr("version", "1.1").attr("creator", "mapwright");
    xml.attr("xmlns", "http://www.topografix.com/GPX/1/1").attr("xmlns:osm", NAMESPACE);
    xml.attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    let schema = "http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd";
    xml.attr("xsi:schemaLocation", schema);
    xml.start("metadata").leaf("name", job.request.page.furniture.title.as_deref().unwrap_or("map"));
    xml.leaf("desc", ATTRIBUTION);
    xml.start("author").leaf("name", "OpenStreetMap contributors");
    xml.start("link").attr("href", crate::osm::COPYRIGHT).end().end_block();
    xml.start("copyright").attr("author", "OpenStreetMap contributors");
    xml.leaf("license", crate::osm::LICENCE).end_block();
    let timestamp = features.map_or("", |features| features.map.osm.timestamp.as_str());
    if date::seconds(timestamp).is_some() {
        xml.leaf("time", timestamp);
    }
    if let Some(([west, south, east, north], digits)) = bounds {
        xml.start("bounds");
        for (name, value) in [("minlat", south), ("minlon", west), ("maxlat", north), ("maxlon", east)] {
            xml.attr_with(name, |out| number::fixed(out, value, digits));
        }
        xml.end();
    }
    xml.start("extensions").start("osm:provenance").ready(&job.provenance.text()).end().end_block().end_block();
    if let Some(features) = features {
        say_unfit(&features.map.osm, job.notes);
    }
}

impl Writer {
    /// Tells `work` of every row.
    fn each(
        &mut self,
        tables: &[Table],
        watch: &mut Watch,
        mut work: impl FnMut(&mut Self, &Table, usize, Element) -> Result<()>,
    ) -> Result<()> {
        let total = tables.iter().map(|table| table.rows.len() as u64).sum();
        let mut done = 0;
        for table in tables {
            for row in 0..table.rows.len() {
                if done % 1000 == 0 {
                    watch.at(Stage::Write, done, total)?;
                }
                done += 1;
                if let Some(feature) = table.feature(row) {
                    work(self, table, row, feature.element)?;
                }
            }
        }
        Ok(())
    }

    fn shape(&self, table: &Table, row: usize) -> Result<Shape> {
        match table.feature(row) {
            Some(feature) => self.degrees.shape(table.features, feature),
            None => Ok(Shape::Points(Vec::new())),
        }
    }

    /// The box of what is in the file.
    fn bounds(&mut self, tables: &[Table], picked: Picked, watch: &mut Watch) -> Result<Option<[i64; 4]>> {
        let mut all: Option<[i64; 4]> = None;
        self.each(tables, watch, |writer, table, row, _| {
            if picked.takes(table, row) {
                all = merged(all, writer.shape(table, row)?.bounds());
            }
            Ok(())
        })?;
        let below = |value: i64| value.min(self.turn - 1);
        Ok(all.map(|[west, south, east, north]| [below(west), south, below(east), north]))
    }

    fn place(&mut self, name: &'static str, [lon, lat]: [i64; 2]) {
        let digits = self.degrees.digits();
        // The type of longitudes ends before 180.
        let lon = lon.min(self.turn - 1);
        self.xml.start(name).attr_with("lat", |out| number::fixed(out, lat, digits));
        self.xml.attr_with("lon", |out| number::fixed(out, lon, digits));
    }

    fn waypoints(&mut self, table: &Table, row: usize) -> Result<()> {
        let Shape::Points(points) = self.shape(table, row)? else { return Ok(()) };
        for point in points {
            self.place("wpt", point);
            if let Some(ele) = cells::number(table, "ele", row) {
                self.xml.leaf("ele", &number::text(ele, 2));
            }
            self.about(table, row, true);
            self.xml.end_block();
        }
        Ok(())
    }

    fn line(&mut self, table: &Table, row: usize) -> Result<()> {
        let shape = self.shape(table, row)?;
        let traces = shape.traces();
        if self.routes {
            // A route has one piece.
            for trace in traces {
                self.xml.start("rte");
                self.about(table, row, false);
                for point in trace {
                    self.place("rtept", *point);
                    self.xml.end();
                }
                self.xml.end_block();
            }
            return Ok(());
        }
        self.xml.start("trk");
        self.about(table, row, false);
        for trace in traces {
            self.xml.start("trkseg");
            for point in trace {
                self.place("trkpt", *point);
                self.xml.end();
            }
            self.xml.end_block();
        }
        self.xml.end_block();
        Ok(())
    }

    /// Name, description, web address, symbol, kind, and what OpenStreetMap says.
    fn about(&mut self, table: &Table, row: usize, symbol: bool) {
        let Some(feature) = table.feature(row) else { return };
        let (features, xml) = (table.features, &mut self.xml);
        let class = features.class(feature);
        let kind = features.value(feature);
        // Devices name what has no name by a number; its kind says more.
        match cells::title(table, row) {
            Some(title) => xml.leaf("name", title),
            None => xml.leaf("name", &kind.replace('_', " ")),
        };
        if self.described {
            xml.leaf("desc", &cells::tag_lines(table, row));
        }
        let address = ["website", "contact:website", "url"].iter().find_map(|key| features.tag(feature, key));
        if let Some(address) = address.filter(|address| is_address(address)) {
            xml.start("link").attr("href", address).end();
        }
        if symbol {
            xml.leaf("sym", symbols::symbol(class, kind));
        }
        xml.leaf("type", &format!("{}/{}", class.layer, class.id));
        xml.start("extensions");
        // As addresses have it; readers would take a number alone for one of 32 bits.
        let id = features.map.osm.id(feature.element);
        xml.leaf("osm:id", &format!("{}/{id}", crate::format::elements::name(feature.element.kind)));
        if let Some(tags) = cells::text(table, "tags", row) {
            xml.leaf("osm:tags", tags);
        }
        xml.end_block();
    }
}

/// Whether a text can stand where the schema wants a URI.
fn is_address(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`');
    (text.starts_with("http://") || text.starts_with("https://")) && text.chars().all(plain)
}

/// The box of two boxes.
fn merged(a: Option<[i64; 4]>, b: Option<[i64; 4]>) -> Option<[i64; 4]> {
    match (a, b) {
        (Some(a), Some(b)) => Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]),
        (a, b) => a.or(b),
    }
}

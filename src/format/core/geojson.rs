//! GeoJSON (RFC 7946): one FeatureCollection, longitude first, right-hand rings, cut at the antimeridian.

use super::super::{Format, Job, Opt, Tier, Write, Written};
use crate::map::{Feature, Features, Geometry, Role};
use crate::note::Notes;
use crate::watch::{Stage, Watch};
use crate::wire::{json, number};

/// GeoJSON.
pub const FORMAT: Format = Format {
    id: "geojson",
    aliases: &[],
    title: "GeoJSON",
    extension: "geojson",
    mime: "application/geo+json",
    tier: Tier::Free,
    about: "All features with their geometry and every tag, in one text file that nearly every map library and GIS reads.",
    for_whom: "Web developers, GIS users, data journalists, scientists",
    kept: "Geometry to the last digit, ids, layer and class, typed fields of the layer, all tags",
    lost: "Which features share a node, relations that are no area, route or boundary, editing history",
    programs: &[
        "QGIS",
        "ArcGIS",
        "Leaflet",
        "MapLibre",
        "OpenLayers",
        "Mapbox",
        "geojson.io",
        "kepler.gl",
        "GeoPandas",
        "PostGIS",
        "GDAL",
        "Mapshaper",
        "GitHub",
    ],
    options: &[
        Opt::int("digits", "Decimals of coordinates", 0, 9, 7),
        Opt::flag("pretty", "A line for every feature and property", false),
    ],
    write: Write::Features(write),
};

/// Where the data comes from and on what terms, as foreign members of the collection (RFC 7946 §6.1).
const LICENCE: &[(&str, &str)] = &[
    ("attribution", "© OpenStreetMap contributors, ODbL"),
    ("license", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("source", "https://www.openstreetmap.org/copyright"),
    ("generator", "mapwright"),
];

struct Writer<'f, 'm> {
    out: Vec<u8>,
    features: &'f Features<'m>,
    digits: u32,
    pretty: bool,
    /// Rings too small for the grid.
    collapsed: u64,
}

fn write(features: &Features, job: &mut Job, watch: &mut Watch) -> Written {
    let mut writer = Writer {
        out: Vec::with_capacity(features.shapes.points.len() * 22 + features.rows.len() * 300 + 500),
        features,
        digits: job.settings.int("digits").clamp(0, 9) as u32,
        pretty: job.settings.flag("pretty"),
        collapsed: 0,
    };
    writer.head(job.notes);
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
        }
        writer.out.extend_from_slice(if done == 0 { b"\n" } else { b",\n" });
        writer.feature(feature);
    }
    writer.out.extend_from_slice(b"\n]}\n");
    if writer.collapsed > 0 {
        let message = format!("{} rings are smaller than the last decimal and were left out.", writer.collapsed);
        job.notes.say("collapsed_rings", writer.collapsed, message);
    }
    Ok(writer.out)
}

impl Writer<'_, '_> {
    /// Everything before the first feature.
    fn head(&mut self, notes: &mut Notes) {
        self.out.extend_from_slice(b"{\"type\":\"FeatureCollection\",");
        for (key, value) in LICENCE {
            self.member(key, value);
        }
        let timestamp = &self.features.map.osm.timestamp;
        if !timestamp.is_empty() {
            self.member("timestamp", timestamp);
        }
        let epsg = self.features.crs.epsg;
        if epsg != 4326 {
            // RFC 7946 §4 took this member out; GDAL, QGIS and PostGIS still read it (GeoJSON 2008 §3).
            let crs =
                format!("\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::{epsg}\"}}}},");
            self.out.extend_from_slice(crs.as_bytes());
            let message = format!(
                "Coordinates are EPSG:{epsg}; GeoJSON by RFC 7946 means WGS 84 degrees, and web maps expect those."
            );
            notes.say("not_wgs84", 1, message);
        }
        if let Some(bounds) = self.bounds() {
            self.out.extend_from_slice(b"\"bbox\":[");
            for (i, value) in bounds.into_iter().enumerate() {
                if i > 0 {
                    self.out.push(b',');
                }
                number::fixed(&mut self.out, value, self.digits);
            }
            self.out.extend_from_slice(b"],");
        }
        self.out.extend_from_slice(b"\"features\":[");
    }

    /// A member with a text, and the comma after it.
    fn member(&mut self, key: &str, value: &str) {
        json::string(&mut self.out, key);
        self.out.push(b':');
        json::string(&mut self.out, value);
        self.out.push(b',');
    }

    /// Box of all coordinates as they are written.
    fn bounds(&self) -> Option<[i64; 4]> {
        let shapes = &self.features.shapes;
        let parts = self.features.rows.iter().flat_map(|feature| shapes.parts(&feature.parts));
        let points = parts.flat_map(|part| shapes.points(part));
        points.fold(None, |bounds: Option<[i64; 4]>, &point| {
            let [x, y] = self.grid(point);
            let [w, s, e, n] = bounds.unwrap_or([x, y, x, y]);
            Some([w.min(x), s.min(y), e.max(x), n.max(y)])
        })
    }

    fn grid(&self, [x, y]: [f64; 2]) -> [i64; 2] {
        [number::quantise(x, self.digits), number::quantise(y, self.digits)]
    }

    fn feature(&mut self, feature: &Feature) {
        let osm = &self.features.map.osm;
        let (kind, id) = (feature.element.kind.letter(), osm.id(feature.element));
        self.out
            .extend_from_slice(format!("{{\"type\":\"Feature\",\"id\":\"{kind}{id}\",\"properties\":{{").as_bytes());
        self.properties(feature, kind, id);
        self.out.extend_from_slice(b"},\"geometry\":");
        self.geometry(feature);
        self.out.push(b'}');
    }

    fn properties(&mut self, feature: &Feature, kind: char, id: i64) {
        let features = self.features;
        let osm = &features.map.osm;
        let class = features.class(feature);
        self.key("layer", true);
        json::string(&mut self.out, class.layer);
        self.key("osm_id", false);
        number::integer(&mut self.out, id);
        self.key("osm_type", false);
        json::string(&mut self.out, kind.encode_utf8(&mut [0; 4]));
        self.key("class", false);
        json::string(&mut self.out, class.id);
        self.key("type", false);
        json::string(&mut self.out, osm.strings.get(feature.value));
        if let Some(name) = features.tag(feature, "name") {
            self.key("name", false);
            json::string(&mut self.out, name);
        }
        self.key("layer_z", false);
        number::integer(&mut self.out, feature.layer_z.into());
        self.key("tags", false);
        self.out.push(b'{');
        for (i, &(key, value)) in osm.tags(feature.element).iter().enumerate() {
            if i > 0 {
                self.out.push(b',');
            }
            json::string(&mut self.out, osm.strings.get(key));
            self.out.push(b':');
            json::string(&mut self.out, osm.strings.get(value));
        }
        self.out.push(b'}');
    }

    fn key(&mut self, key: &str, first: bool) {
        if !first {
            self.out.push(b',');
        }
        if self.pretty {
            self.out.extend_from_slice(b"\n  ");
        }
        json::string(&mut self.out, key);
        self.out.push(b':');
    }

    /// The geometry; `null` where nothing is left at this number of decimals (RFC 7946 §3.2: unlocated).
    fn geometry(&mut self, feature: &Feature) {
        let shapes = &self.features.shapes;
        let parts = shapes.parts(&feature.parts);
        let single = parts.iter().filter(|part| part.role != Role::Inner).count() == 1;
        let kind = match (feature.geometry, single) {
            (Geometry::Point, true) => "Point",
            (Geometry::Point, false) => "MultiPoint",
            (Geometry::Line, true) => "LineString",
            (Geometry::Line, false) => "MultiLineString",
            (Geometry::Area, true) => "Polygon",
            (Geometry::Area, false) => "MultiPolygon",
        };
        let start = self.out.len();
        self.out.extend_from_slice(format!("{{\"type\":\"{kind}\",\"coordinates\":").as_bytes());
        let mut list = List { before: if single { b"" } else { b"[" } };
        let mut polygon = false;
        for part in parts {
            let trace = self.trace(shapes.points(part), part.role);
            let ring = matches!(part.role, Role::Outer | Role::Inner);
            if polygon && part.role != Role::Inner {
                self.out.push(b']');
                polygon = false;
            }
            if ring && trace.len() < 4 {
                self.collapsed += 1;
                continue;
            }
            match part.role {
                Role::Inner if !polygon => continue,
                Role::Inner => self.out.push(b','),
                _ => list.next(&mut self.out),
            }
            if part.role == Role::Outer {
                self.out.push(b'[');
                polygon = true;
            }
            self.positions(&trace, part.role == Role::Point);
        }
        if polygon {
            self.out.push(b']');
        }
        if list.before != b"," {
            self.out.truncate(start);
            self.out.extend_from_slice(b"null");
            return;
        }
        self.out.extend_from_slice(if single { b"}" } else { b"]}" });
    }

    /// Points on the grid, each once where neighbours fall together; a line keeps at least two.
    fn trace(&self, points: &[[f64; 2]], role: Role) -> Vec<[i64; 2]> {
        let mut trace: Vec<_> = points.iter().map(|&point| self.grid(point)).collect();
        let last = trace.last().copied();
        trace.dedup();
        if role == Role::Line && trace.len() == 1 {
            trace.extend(last);
        }
        trace
    }

    fn positions(&mut self, trace: &[[i64; 2]], bare: bool) {
        let mut list = List { before: if bare { b"" } else { b"[" } };
        for &[x, y] in trace {
            list.next(&mut self.out);
            self.out.push(b'[');
            number::fixed(&mut self.out, x, self.digits);
            self.out.push(b',');
            number::fixed(&mut self.out, y, self.digits);
            self.out.push(b']');
        }
        if !bare {
            self.out.push(b']');
        }
    }
}

/// What stands before the next item of a list: its bracket, then commas.
struct List {
    before: &'static [u8],
}

impl List {
    fn next(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.before);
        self.before = b",";
    }
}

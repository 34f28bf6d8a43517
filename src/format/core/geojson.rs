//! GeoJSON (RFC 7946): one FeatureCollection, longitude first, right-hand rings, cut at the antimeridian.

mod feature;
mod geometry;
mod sequence;
mod writer;

use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::map::Features;
use crate::note::Notes;
use crate::sink::{Sink, spill};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use writer::{LICENCE, PROVENANCE, Writer};

/// The family.
pub const FORMATS: &[Format] = &[GEOJSON, GEOJSONSEQ];

const GEOJSON: Format = Format {
    id: "geojson",
    aliases: &[],
    title: "GeoJSON",
    family: "GeoJSON",
    version: "Collection",
    extension: "geojson",
    mime: "application/geo+json",
    tier: Tier::Free,
    topics: &[Topic::Gis, Topic::Web],
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
    specification: "https://www.rfc-editor.org/rfc/rfc7946",
    credit: Credit::Inside("the member `attribution` of the collection"),
    provenance: Some("the member `mapwright` of the collection, as text"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        Opt::int("digits", "Decimals of coordinates", 0, 9, 7),
        Opt::flag("pretty", "A line for every feature and property", false),
    ],
    write: Write::Features(write),
};

/// GeoJSON text sequence.
const GEOJSONSEQ: Format = Format {
    id: "geojsonseq",
    aliases: &[sequence::LINES],
    title: "GeoJSON sequence",
    version: "Sequence",
    extension: "geojsons",
    mime: "application/geo+json-seq",
    tier: Tier::Basic,
    topics: &[Topic::Gis, Topic::Web],
    about: "Features with geometry and every tag, one on each line, for programs that read large files piece by piece.",
    for_whom: "Developers of tile and data pipelines, data scientists",
    programs: &[
        "tippecanoe",
        "GDAL",
        "QGIS",
        "jq",
        "osmium",
        "BigQuery",
        "Elasticsearch",
        "DuckDB",
        "MongoDB",
        "Spark",
    ],
    specification: "https://www.rfc-editor.org/rfc/rfc8142",
    credit: Credit::Inside("the member `attribution` of the first feature"),
    provenance: Some("the member `mapwright` of the first feature, as text"),
    options: &[
        Opt::int("digits", "Decimals of coordinates", 0, 9, 7),
        Opt::choice("separator", "What stands before a feature", &["auto", "rs", "newline"]),
    ],
    write: Write::Features(sequence::write),
    ..GEOJSON
};

fn write(features: &Features, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(features, job);
    writer.head(job.notes);
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
        }
        writer.out.extend_from_slice(if done == 0 { b"\n" } else { b",\n" });
        writer.feature(feature, &[]);
        spill(&mut writer.out, sink)?;
    }
    writer.out.extend_from_slice(b"\n]}\n");
    writer.finish(job.notes, sink)
}

impl Writer<'_, '_> {
    /// Everything before the first feature.
    fn head(&mut self, notes: &mut Notes) {
        self.out.extend_from_slice(b"{\"type\":\"FeatureCollection\",");
        for (key, value) in LICENCE {
            self.member(key, value);
        }
        let provenance = std::mem::take(&mut self.provenance);
        self.member(PROVENANCE, &provenance);
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
            self.say_crs(notes);
        }
        if let Some(bounds) = self.bounds() {
            self.out.extend_from_slice(b"\"bbox\":[");
            for (i, value) in bounds.into_iter().enumerate() {
                if i > 0 {
                    self.out.push(b',');
                }
                number::fixed(&mut self.out, number::quantise(value, self.digits), self.digits);
            }
            self.out.extend_from_slice(b"],");
        }
        self.out.extend_from_slice(b"\"features\":[");
    }

    /// Box of all coordinates: west, south, east, north; west is greater than east (RFC 7946 §5.2) where something goes on
    /// across the antimeridian, or the box that was asked for does.
    fn bounds(&self) -> Option<[f64; 4]> {
        let Features { shapes, rows, extent, crs, .. } = self.features;
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        // Across the antimeridian the box begins in the east of the world and ends in the west of it.
        let (mut begin, mut end) = (180.0_f64, -180.0_f64);
        let mut across = extent[0] > extent[2];
        for feature in rows {
            let mut ends = [false; 2];
            for part in shapes.parts(&feature.parts) {
                let mut reach = [false; 2];
                for &[x, y] in shapes.points(part).iter() {
                    let [west, south, east, north] = bounds;
                    bounds = [west.min(x), south.min(y), east.max(x), north.max(y)];
                    if x >= 0.0 {
                        begin = begin.min(x);
                    } else {
                        end = end.max(x);
                    }
                    reach = [reach[0] || x == -180.0, reach[1] || x == 180.0];
                }
                // What has both ends of the world is cut nowhere.
                if reach[0] != reach[1] {
                    ends = [ends[0] || reach[0], ends[1] || reach[1]];
                }
            }
            across |= ends == [true; 2];
        }
        let [west, south, east, north] = bounds;
        let bounds = if crs.geographic && across && begin > end { [begin, south, end, north] } else { bounds };
        (west <= east).then_some(bounds)
    }
}

//! GeoJSON (RFC 7946): one FeatureCollection, longitude first, right-hand rings, cut at the antimeridian.

mod feature;
mod geometry;

use super::super::{Format, Job, Opt, Tier, Write, Written};
use crate::geo::antimeridian::crosses_degrees;
use crate::map::Features;
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
pub(super) const LICENCE: &[(&str, &str)] = &[
    ("attribution", crate::osm::ATTRIBUTION),
    ("license", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("source", "https://www.openstreetmap.org/copyright"),
    ("generator", "mapwright"),
];

/// Least room for the next thousand features, bytes.
const ROOM: usize = 1 << 20;

/// Writes features one after the other, for formats that differ in what stands between them.
pub(super) struct Writer<'f, 'm> {
    pub(super) out: Vec<u8>,
    features: &'f Features<'m>,
    digits: u32,
    pretty: bool,
    /// Rings too small for the grid.
    collapsed: u64,
}

fn write(features: &Features, job: &mut Job, watch: &mut Watch) -> Written {
    let mut writer = Writer::new(features, job);
    writer.head(job.notes);
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
            writer.room();
        }
        writer.out.extend_from_slice(if done == 0 { b"\n" } else { b",\n" });
        writer.feature(feature, &[]);
    }
    writer.out.extend_from_slice(b"\n]}\n");
    Ok(writer.finish(job.notes))
}

impl<'f, 'm> Writer<'f, 'm> {
    /// Begins with the decimals that the options ask for.
    pub(super) fn new(features: &'f Features<'m>, job: &mut Job) -> Self {
        // About what points and rows take. What is too much is never touched; what is too little is copied to larger places.
        let room = features.shapes.points.len() * 22 + features.rows.len() * 500 + 500;
        Self {
            out: Vec::with_capacity(room),
            features,
            digits: job.settings.int("digits").clamp(0, 9) as u32,
            pretty: job.settings.flag("pretty"),
            collapsed: 0,
        }
    }

    /// Makes room for some thousand features: by an eighth, where the vector would double, for these bytes are most of what
    /// a large export holds.
    pub(super) fn room(&mut self) {
        if self.out.capacity() - self.out.len() < ROOM {
            self.out.reserve_exact(ROOM.max(self.out.len() / 8));
        }
    }

    /// The bytes; what fell away is told.
    pub(super) fn finish(self, notes: &mut Notes) -> Vec<u8> {
        if self.collapsed > 0 {
            let message = format!("{} rings are smaller than the last decimal and were left out.", self.collapsed);
            notes.say("collapsed_rings", self.collapsed, message);
        }
        self.out
    }
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

    /// Says where coordinates are not what the standard means.
    pub(super) fn say_crs(&self, notes: &mut Notes) {
        let epsg = self.features.crs.epsg;
        if epsg != 4326 {
            let message = format!(
                "Coordinates are EPSG:{epsg}; GeoJSON by RFC 7946 means WGS 84 degrees, and web maps expect those."
            );
            notes.say("not_wgs84", 1, message);
        }
    }

    /// A member with a text, and the comma after it.
    pub(super) fn member(&mut self, key: &str, value: &str) {
        json::string(&mut self.out, key);
        self.out.push(b':');
        json::string(&mut self.out, value);
        self.out.push(b',');
    }

    /// Box of all coordinates: west, south, east, north; where something crosses the antimeridian, west is greater than
    /// east (RFC 7946 §5.2).
    fn bounds(&self) -> Option<[f64; 4]> {
        let shapes = &self.features.shapes;
        let parts = || self.features.rows.iter().flat_map(|feature| shapes.parts(&feature.parts));
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        // Across the antimeridian the box begins in the east of the world and ends in the west of it.
        let (mut begin, mut end) = (180.0_f64, -180.0_f64);
        for &[x, y] in parts().flat_map(|part| shapes.points(part)) {
            let [west, south, east, north] = bounds;
            bounds = [west.min(x), south.min(y), east.max(x), north.max(y)];
            if x >= 0.0 {
                begin = begin.min(x);
            } else {
                end = end.max(x);
            }
        }
        let [west, south, east, north] = bounds;
        let crosses = self.features.crs.geographic && parts().any(|part| crosses_degrees(shapes.points(part)));
        let bounds = if crosses { [begin, south, end, north] } else { bounds };
        (west <= east).then_some(bounds)
    }
}

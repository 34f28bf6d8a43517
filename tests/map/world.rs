//! A small world written by hand, and looking at it.

use mapwright::Watch;
use mapwright::geo::crs::Crs;
use mapwright::map::{Features, Frame, Geometry, Map, Role, View, build, view};
use mapwright::osm::{Bounds, Builder, Kind, Member};
use mapwright::request::{Bbox, Language};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Elements as they are added; nodes of ways are added by place.
#[derive(Default)]
pub struct World {
    builder: Builder,
    nodes: BTreeMap<(i32, i32), i64>,
    next: i64,
}

impl World {
    pub fn new() -> Self {
        Self { builder: Builder::new(), nodes: BTreeMap::new(), next: 1 }
    }

    fn tags(&mut self, tags: &str) -> Vec<(u32, u32)> {
        let pairs = tags.split(", ").filter_map(|tag| tag.split_once('='));
        pairs.map(|(k, v)| (self.builder.string(k).unwrap(), self.builder.string(v).unwrap())).collect()
    }

    fn id(&mut self) -> i64 {
        self.next += 1;
        self.next - 1
    }

    /// A node at a place in degrees; tags as `key=value, key=value`.
    pub fn node(&mut self, place: (f64, f64), tags: &str) -> i64 {
        let (id, tags) = (self.id(), self.tags(tags));
        let step = |value: f64| (value * 1e7).round() as i32;
        self.builder.node(id, [step(place.0), step(place.1)], &tags);
        id
    }

    /// A way through places in degrees; equal places are one node.
    pub fn way(&mut self, places: &[(f64, f64)], tags: &str) -> i64 {
        let step = |value: f64| (value * 1e7).round() as i32;
        let mut refs = Vec::new();
        for &place in places {
            let key = (step(place.0), step(place.1));
            let known = self.nodes.get(&key).copied();
            let id = known.unwrap_or_else(|| self.node(place, ""));
            self.nodes.insert(key, id);
            refs.push(id);
        }
        self.way_of(&refs, tags)
    }

    /// A way of nodes.
    pub fn way_of(&mut self, refs: &[i64], tags: &str) -> i64 {
        let (id, tags) = (self.id(), self.tags(tags));
        self.builder.way(id, refs, &tags);
        id
    }

    /// A relation of ways with their roles.
    pub fn relation(&mut self, ways: &[(i64, &str)], tags: &str) -> i64 {
        let (id, tags) = (self.id(), self.tags(tags));
        let mut members = Vec::new();
        for (way, role) in ways {
            members.push(Member { kind: Kind::Way, id: *way, role: self.builder.string(role).unwrap() });
        }
        self.builder.relation(id, &members, &tags);
        id
    }

    /// The box in the header.
    pub fn bounds(&mut self, bbox: [f64; 4]) {
        let [west, south, east, north] = bbox.map(|side| (side * 1e7).round() as i32);
        self.builder.bound(Bounds { west, south, east, north });
    }

    pub fn map(self) -> Map {
        build(Arc::new(self.builder.finish()), &mut Watch::silent()).unwrap()
    }
}

/// Everything within a box in degrees, uncut, as it is, each element once.
pub fn look(bbox: [f64; 4]) -> View {
    View {
        crs: Crs::wgs84(),
        frame: Frame::Degrees(Bbox::new(bbox[0], bbox[1], bbox[2], bbox[3]).unwrap()),
        area: Vec::new(),
        clip: false,
        layers: Vec::new(),
        once: true,
        filter: mapwright::request::Filter::default(),
        detail_level: None,
        tolerance: 0.0,
        sea: None,
        borders: false,
        language: Language::Local,
    }
}

pub fn see<'m>(map: &'m Map, with: &View) -> Features<'m> {
    view(map, with, &mut Watch::silent()).unwrap()
}

/// `layer.class` and kind of geometry of every feature.
pub fn what(features: &Features) -> Vec<(String, Geometry)> {
    let name = |row| format!("{}.{}", features.class(row).layer, features.class(row).id);
    features.rows.iter().map(|row| (name(row), row.geometry)).collect()
}

/// The points of every part of a feature.
pub fn parts(features: &Features, row: usize) -> Vec<(Role, Vec<[f64; 2]>)> {
    let parts = features.shapes.parts(&features.rows[row].parts).iter();
    parts.map(|part| (part.role, features.shapes.points(part).to_vec())).collect()
}

/// The area of a feature in square units: outer rings count, holes count against.
pub fn area(features: &Features, row: usize) -> f64 {
    let ring = |points: &[[f64; 2]]| {
        points
            .windows(2)
            .map(|w| {
                (w[0][0] - points[0][0]) * (w[1][1] - points[0][1])
                    - (w[1][0] - points[0][0]) * (w[0][1] - points[0][1])
            })
            .sum::<f64>()
            / 2.0
    };
    parts(features, row).iter().map(|(_, points)| ring(points)).sum()
}

/// Everything that is wrong with the geometry of features: rings not closed, turned the wrong way, with repeated points
/// or without area, crossing or touching themselves; lines of one point.
pub fn faults(features: &Features) -> Vec<String> {
    let mut faults = Vec::new();
    for (row, feature) in features.rows.iter().enumerate() {
        let mut first = true;
        for (role, points) in parts(features, row) {
            let steps = features.crs.steps();
            let ring: Vec<[i64; 2]> = points.iter().map(|p| p.map(|v| (v * steps).round() as i64)).collect();
            let mut wrong = |what: &str| faults.push(format!("{:?}: {what}", feature.element));
            if ring.windows(2).any(|pair| pair[0] == pair[1]) {
                wrong("repeated point");
            }
            match role {
                Role::Point if points.len() == 1 => {}
                Role::Line if points.len() > 1 => {}
                Role::Outer | Role::Inner => {
                    if first && role == Role::Inner {
                        wrong("a hole comes first");
                    }
                    if !mapwright::geo::simple::is_simple(&ring) {
                        wrong("not closed, or crosses itself");
                    }
                    if (mapwright::geo::ring::area2(&ring) > 0) != (role == Role::Outer) {
                        wrong("turned the wrong way");
                    }
                }
                _ => wrong("too few points"),
            }
            first = false;
        }
    }
    faults
}

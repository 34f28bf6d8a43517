//! What an input holds: the answer to "what did I open?".

use crate::map::{LAYERS, Map};
use crate::note::Note;
use crate::osm::Bounds;
use crate::request::Bbox;
use serde::Serialize;

/// Box, counts, date and notes of an input.
#[derive(Debug, Clone, Serialize)]
pub struct Info {
    /// The box in the header, else the extent of the nodes; none without any place.
    pub bbox: Option<Bbox>,
    /// Nodes with a place.
    pub nodes: usize,
    /// Ways.
    pub ways: usize,
    /// Relations.
    pub relations: usize,
    /// Features of each layer, in layer order, empty layers left out.
    pub layers: Vec<(&'static str, usize)>,
    /// Date of the data (RFC 3339), empty if unknown.
    pub timestamp: String,
    /// What reading and assembling left out.
    pub notes: Vec<Note>,
}

impl Info {
    pub(crate) fn of(map: &Map) -> Self {
        let osm = &map.osm;
        let count = |id| map.features.iter().filter(|feature| map.class(feature).layer == id).count();
        Self {
            bbox: osm.bounds.and_then(bbox).or_else(|| extent(map).and_then(bbox)),
            nodes: osm.node_count(),
            ways: osm.ways.id.len(),
            relations: osm.relations.id.len(),
            layers: LAYERS.iter().map(|layer| (layer.id, count(layer.id))).filter(|(_, count)| *count > 0).collect(),
            timestamp: osm.timestamp.clone(),
            notes: map.notes.list().to_vec(),
        }
    }
}

/// The extent of all places; a single one is given 1e-4 degrees around it. Across the antimeridian where that is narrower.
fn extent(map: &Map) -> Option<Bounds> {
    let osm = &map.osm;
    let places =
        || (0..osm.nodes.id.len() as u32).filter_map(|row| osm.place(row)).chain(osm.centers.iter().map(|c| c.1));
    let side = |values: &mut dyn Iterator<Item = i32>| {
        values.fold(None, |found: Option<(i32, i32)>, value| {
            Some(found.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
        })
    };
    let (mut south, mut north) = side(&mut places().map(|[_, lat]| lat))?;
    let (mut west, mut east) = side(&mut places().map(|[lon, _]| lon))?;
    if i64::from(east) - i64::from(west) > 1_800_000_000 {
        let eastern = side(&mut places().map(|[lon, _]| lon).filter(|lon| *lon >= 0))?;
        let western = side(&mut places().map(|[lon, _]| lon).filter(|lon| *lon < 0))?;
        let across = i64::from(western.1) + 3_600_000_000 - i64::from(eastern.0);
        if across < i64::from(east) - i64::from(west) {
            (west, east) = (eastern.0, western.1);
        }
    }
    const RIM: i32 = 1000;
    if south == north {
        (south, north) = (south.saturating_sub(RIM).max(-900_000_000), north.saturating_add(RIM).min(900_000_000));
    }
    if west == east {
        (west, east) = (west.saturating_sub(RIM).max(-1_800_000_000), east.saturating_add(RIM).min(1_800_000_000));
    }
    Some(Bounds { west, south, east, north })
}

fn bbox(bounds: Bounds) -> Option<Bbox> {
    let degrees = |value: i32| f64::from(value) / 1e7;
    Bbox::new(degrees(bounds.west), degrees(bounds.south), degrees(bounds.east), degrees(bounds.north)).ok()
}

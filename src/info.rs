//! What an input holds: the answer to "what did I open?".

use crate::map::{LAYERS, Map, extent};
use crate::note::Note;
use crate::osm::Bounds;
use crate::request::Bbox;
use serde::Serialize;

/// Where the box of an input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The header of the file names it.
    Header,
    /// It was concluded from what the file holds.
    Content,
    /// It is the extent of all places.
    Extent,
}

/// Box, counts, date and notes of an input.
#[derive(Debug, Clone, Serialize)]
pub struct Info {
    /// The box in the header, else the box that was probably asked for, else the extent of the nodes; none without any
    /// place.
    pub bbox: Option<Bbox>,
    /// Where `bbox` comes from.
    pub bbox_from: Origin,
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
    /// What a map holds.
    pub fn of(map: &Map) -> Self {
        let osm = &map.osm;
        let count = |id| map.features.iter().filter(|feature| map.class(feature).layer == id).count();
        let (bbox, bbox_from) = match osm.bounds.and_then(bbox) {
            Some(bounds) => (Some(bounds), Origin::Header),
            None => match extent::asked(osm).and_then(bbox) {
                Some(bounds) => (Some(bounds), Origin::Content),
                None => (extent::whole(osm).and_then(bbox), Origin::Extent),
            },
        };
        Self {
            bbox,
            bbox_from,
            nodes: osm.node_count(),
            ways: osm.ways.id.len(),
            relations: osm.relations.id.len(),
            layers: LAYERS.iter().map(|layer| (layer.id, count(layer.id))).filter(|(_, count)| *count > 0).collect(),
            timestamp: osm.timestamp.clone(),
            notes: map.notes.list().to_vec(),
        }
    }
}

fn bbox(bounds: Bounds) -> Option<Bbox> {
    let degrees = |value: i32| f64::from(value) / 1e7;
    Bbox::new(degrees(bounds.west), degrees(bounds.south), degrees(bounds.east), degrees(bounds.north)).ok()
}

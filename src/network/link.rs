//! Ways → edges between junctions.

use super::{Edge, Modes, Network, Node, access, direction, speed, turn};
use crate::error::Result;
use crate::geo::ellipsoid;
use crate::map::{Feature, Features, Geometry};
use crate::note::Notes;
use crate::order;
use crate::osm::{Element, Kind, Osm};
use crate::watch::{Stage, Watch};
use hashbrown::HashMap;

type Rows = HashMap<u32, u32, foldhash::fast::FixedState>;

/// Makes a network of the streets among `features`: whole ways, split where they meet.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn link<'f, 'm>(features: &'f Features<'m>, watch: &mut Watch) -> Result<Network<'f, 'm>> {
    let osm = &*features.map.osm;
    let streets = streets(features, watch)?;
    let ends = junctions(osm, &streets);
    let mut nodes: Vec<u32> = ends.iter().filter(|(_, visits)| **visits > 1).map(|(row, _)| *row).collect();
    order::sort(&mut nodes);
    let rows: Rows = nodes.iter().enumerate().map(|(row, node)| (*node, row as u32)).collect();
    let nodes = nodes.into_iter().filter_map(|row| node(osm, row)).collect();
    let mut network =
        Network { features, nodes, edges: Vec::new(), points: Vec::new(), turns: Vec::new(), notes: Notes::default() };
    for (done, street) in streets.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Draw, done as u64, streets.len() as u64)?;
        }
        network.street(osm, street, &rows);
    }
    network.drop_lonely();
    network.count_streets();
    turn::restrict(&mut network, watch)?;
    Ok(network)
}

/// A way that somebody may use.
struct Street {
    feature: u32,
    way: u32,
    direction: direction::Direction,
    /// Along and against, km/h.
    speed: [f64; 2],
}

fn tag<'a>(osm: &'a Osm, element: Element, key: &str) -> Option<&'a str> {
    let tags = osm.tags(element).iter();
    let found = tags.map(|&(key, value)| (osm.strings.get(key), value)).find(|(known, _)| *known == key);
    found.map(|(_, value)| osm.strings.get(value))
}

fn streets(features: &Features, watch: &mut Watch) -> Result<Vec<Street>> {
    let osm = &*features.map.osm;
    let mut found: Vec<Street> = Vec::new();
    let total = features.rows.len() as u64;
    for (row, feature) in features.rows.iter().enumerate() {
        if row.is_multiple_of(1000) {
            watch.at(Stage::Draw, row as u64, total)?;
        }
        let Feature { element, geometry, .. } = *feature;
        // Not only the layer roads: a footway may be a platform as well.
        if element.kind != Kind::Way || geometry != Geometry::Line {
            continue;
        }
        let tag = |key: &str| self::tag(osm, element, key);
        let Some(modes) = access::of_way(&tag).filter(|modes| !modes.is_none()) else { continue };
        let direction = direction::of(modes, &tag);
        let speed = [speed::of(&tag, "forward"), speed::of(&tag, "backward")];
        found.push(Street { feature: row as u32, way: element.index, direction, speed });
    }
    order::sort_by_key(&mut found, |street| street.way);
    found.dedup_by_key(|street| street.way);
    Ok(found)
}

/// How often streets visit each node; ends and barriers count as many visits.
fn junctions(osm: &Osm, streets: &[Street]) -> Rows {
    let mut visits = Rows::default();
    for street in streets {
        for run in runs(osm, street.way) {
            let last = run.len() - 1;
            for (place, &node) in run.iter().enumerate() {
                let visits = visits.entry(node).or_insert(0);
                let stop = place == 0 || place == last || barrier(osm, node) != Modes::ALL;
                *visits += if stop { 2 } else { 1 };
            }
        }
    }
    visits
}

/// The runs of a way's nodes that have a place, two nodes and more, none twice in a row.
fn runs(osm: &Osm, way: u32) -> Vec<Vec<u32>> {
    let mut runs: Vec<Vec<u32>> = vec![Vec::new()];
    for &node in osm.refs(way) {
        match (osm.place(node), runs.last_mut()) {
            (Some(_), Some(run)) if run.last() != Some(&node) => run.push(node),
            (None, _) => runs.push(Vec::new()),
            _ => {}
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

fn barrier(osm: &Osm, row: u32) -> Modes {
    let element = Element { kind: Kind::Node, index: row };
    if osm.tags(element).is_empty() { Modes::ALL } else { access::of_node(&|key: &str| tag(osm, element, key)) }
}

fn node(osm: &Osm, row: u32) -> Option<Node> {
    let place = osm.place(row)?.map(|step| f64::from(step) / 1e7);
    Some(Node { row, copy: 0, place, passable: barrier(osm, row), streets: 0 })
}

impl Network<'_, '_> {
    /// Adds the edges of a street.
    fn street(&mut self, osm: &Osm, street: &Street, rows: &Rows) {
        for run in runs(osm, street.way) {
            let mut piece: Vec<[f64; 2]> = Vec::new();
            let mut from = None;
            for node in run {
                let Some(place) = osm.place(node) else { continue };
                piece.push(place.map(|step| f64::from(step) / 1e7));
                let Some(&to) = rows.get(&node) else { continue };
                if let Some(from) = from
                    && piece.len() > 1
                {
                    self.piece(street, [from, to], &piece);
                }
                from = Some(to);
                piece.drain(..piece.len() - 1);
            }
        }
    }

    /// Adds the edges of a piece between two junctions.
    fn piece(&mut self, street: &Street, [from, to]: [u32; 2], course: &[[f64; 2]]) {
        let length = libm::round(ellipsoid::length(course) * 1000.0) / 1000.0;
        let directions = [(street.direction.forward, false), (street.direction.backward, true)];
        for ((modes, reversed), speed) in directions.into_iter().zip(street.speed) {
            if modes.is_none() {
                continue;
            }
            let start = self.points.len() as u32;
            if reversed {
                self.points.extend(course.iter().rev());
            } else {
                self.points.extend(course);
            }
            let points = start..self.points.len() as u32;
            let [from, to] = if reversed { [to, from] } else { [from, to] };
            let (feature, oneway) = (street.feature, street.direction.oneway);
            self.edges.push(Edge { from, to, feature, points, length, modes, speed, reversed, oneway });
        }
    }
}

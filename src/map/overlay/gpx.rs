//! GPX 1.0 and 1.1: waypoints, routes and tracks (topografix.com/GPX/1/1).

use super::thing::{Shape, Thing, place};
use super::tree::Node;
use crate::geo::ring::{Path, Point};

/// What waypoints, routes and tracks say about themselves, as far as it is kept.
const KEYS: [&str; 7] = ["name", "type", "desc", "cmt", "sym", "ele", "time"];

/// Reads a document.
pub fn read(root: &Node) -> Result<Vec<Thing>, String> {
    let mut things = Vec::new();
    for waypoint in root.all("wpt") {
        things.push(thing("waypoint", Shape::Points(vec![at(waypoint)?]), waypoint));
    }
    for route in root.all("rte") {
        things.push(thing("route", Shape::Lines(vec![path(route, "rtept")?]), route));
    }
    for track in root.all("trk") {
        let lines = track.all("trkseg").map(|segment| path(segment, "trkpt")).collect::<Result<_, _>>()?;
        things.push(thing("track", Shape::Lines(lines), track));
    }
    Ok(things)
}

fn thing(class: &'static str, shape: Shape, node: &Node) -> Thing {
    let said = KEYS.iter().filter_map(|key| Some(((*key).to_owned(), node.said(key)?.to_owned())));
    Thing { class, shape, tags: said.collect() }
}

fn path(node: &Node, name: &str) -> Result<Path, String> {
    node.all(name).map(at).collect()
}

fn at(node: &Node) -> Result<Point, String> {
    let degrees = |name: &str| {
        let text = node.attribute(name).ok_or_else(|| format!("a <{}> has no {name}", node.name))?;
        text.trim().parse::<f64>().map_err(|_| format!("{name}=\"{text}\" of a <{}> is not a number", node.name))
    };
    place(degrees("lon")?, degrees("lat")?)
}

//! The box of an input whose header names none.

use crate::geo::antimeridian::{HALF, TURN, continuous, wrapped};
use crate::geo::ring::{Box, Path, Point, bounds};
use crate::osm::{Bounds, Element, Kind, LonLatE7, Osm};

/// Fewer elements than these are shown whole.
const ENOUGH: usize = 30;
/// How many times the box that was asked for the extent of all places must be, to be worth leaving.
const LARGER: f64 = 1.5;
/// What a single place is given on each side, in steps of 1e-7 degrees.
const RIM: i64 = 1000;

/// The box that an answer of Overpass, or a cut without header, was probably asked for: the smallest one that touches
/// every way and holds every node that is there for its own sake, not because a way or a relation brought it along. None
/// where there is little to go by, or the extent of everything is not much larger.
pub fn asked(osm: &Osm) -> Option<Bounds> {
    let all = span(whole(osm)?);
    let [ways, nodes] = brought(osm);
    let used = used(osm);
    let own_way = |index: &u32| ways.get(*index as usize) == Some(&false);
    let own_node =
        |index: &u32| used.get(*index as usize) == Some(&false) && nodes.get(*index as usize) == Some(&false);
    let all_ways = || (0..osm.ways.id.len() as u32).filter(own_way);
    let all_nodes = || (0..osm.nodes.id.len() as u32).filter(own_node).filter_map(|index| osm.place(index));
    // What is there for its own sake tells where in the world the box is.
    let within =
        || all_nodes().next().or_else(|| all_ways().flat_map(|way| osm.refs(way)).find_map(|&node| osm.place(node)));
    let turn = if all[2] - all[0] > HALF || all[2] > HALF { within().map(|place| i64::from(place[0])) } else { None };
    let (mut found, mut count) = (None, 0);
    for index in all_ways() {
        let line = || osm.refs(index).iter().filter_map(|&node| osm.place(node)).map(at);
        let extent = if turn.is_some() { bounds(continuous(&line().collect::<Path>())) } else { bounds(line()) };
        let place = || center(osm, Element { kind: Kind::Way, index });
        if let Some(extent) = extent.or_else(|| bounds(place().map(at))) {
            let [west, south, east, north] = near(turn, extent);
            count += 1;
            // To touch a way, a box reaches its near end: seen from the west that is its east.
            found = joined(found, [east, north, west, south]);
        }
    }
    for place in all_nodes() {
        let [x, y] = at(place);
        count += 1;
        found = joined(found, near(turn, [x, y, x, y]));
    }
    let found = found.filter(|[west, south, east, north]| count >= ENOUGH && west < east && south < north)?;
    let size = |[west, south, east, north]: Box| (east - west) as f64 * (north - south) as f64;
    let [west, south, east, north] =
        [wrapped(found[0]), found[1], wrapped(found[2]), found[3]].map(|value| value as i32);
    (size(all) > LARGER * size(found)).then_some(Bounds { west, south, east, north })
}

/// Which nodes are in ways, by row.
fn used(osm: &Osm) -> Vec<bool> {
    let mut used = vec![false; osm.nodes.id.len()];
    for &node in (0..osm.ways.id.len() as u32).flat_map(|index| osm.refs(index)) {
        if let Some(flag) = used.get_mut(node as usize) {
            *flag = true;
        }
    }
    used
}

/// A box the turns away that bring it nearest to a longitude, if that matters.
fn near(longitude: Option<i64>, [west, south, east, north]: Box) -> Box {
    let Some(x) = longitude else { return [west, south, east, north] };
    let away = |shift: &i64| (west + shift - x).max(x - east - shift).max(0);
    let shift = [0, -TURN, TURN].into_iter().min_by_key(away).unwrap_or(0);
    [west + shift, south, east + shift, north]
}

fn at([lon, lat]: LonLatE7) -> Point {
    [lon.into(), lat.into()]
}

/// The box with its east beyond 180 degrees if it crosses the antimeridian.
fn span(Bounds { west, south, east, north }: Bounds) -> Box {
    let turn = if west < east { 0 } else { TURN };
    [west.into(), south.into(), i64::from(east) + turn, north.into()]
}

/// The box around both.
fn joined(a: Option<Box>, b: Box) -> Option<Box> {
    let a = a.unwrap_or(b);
    Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// Ways and nodes that relations bring along, by row.
fn brought(osm: &Osm) -> [Vec<bool>; 2] {
    let mut flags = [vec![false; osm.ways.id.len()], vec![false; osm.nodes.id.len()]];
    let [ways, nodes] = &mut flags;
    for member in (0..osm.relations.id.len() as u32).flat_map(|index| osm.members(index)) {
        let Some(element) = osm.find(member.kind, member.id) else { continue };
        let flags = match member.kind {
            Kind::Way => &mut *ways,
            Kind::Node => &mut *nodes,
            Kind::Relation => continue,
        };
        if let Some(flag) = flags.get_mut(element.index as usize) {
            *flag = true;
        }
    }
    flags
}

/// The place given instead of a geometry.
fn center(osm: &Osm, element: Element) -> Option<LonLatE7> {
    let row = osm.centers.binary_search_by_key(&element, |(element, _)| *element).ok()?;
    osm.centers.get(row).map(|(_, place)| *place)
}

/// The extent of all places; a single one or a thin line is given some room around it. Across the antimeridian where that is narrower.
pub fn whole(osm: &Osm) -> Option<Bounds> {
    let places =
        || (0..osm.nodes.id.len() as u32).filter_map(|row| osm.place(row)).chain(osm.centers.iter().map(|c| c.1));
    let side = |values: &mut dyn Iterator<Item = i32>| {
        values.fold(None, |found: Option<(i32, i32)>, value| {
            Some(found.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
        })
    };
    let (south, north) = side(&mut places().map(|[_, lat]| lat))?;
    let (mut west, mut east) = side(&mut places().map(|[lon, _]| lon))?;
    if i64::from(east) - i64::from(west) > HALF {
        let eastern = side(&mut places().map(|[lon, _]| lon).filter(|lon| *lon >= 0))?;
        let western = side(&mut places().map(|[lon, _]| lon).filter(|lon| *lon < 0))?;
        let across = i64::from(western.1) + TURN - i64::from(eastern.0);
        if across < i64::from(east) - i64::from(west) {
            (west, east) = (eastern.0, western.1);
        }
    }
    // Something as thin as a straight road is no map: a side is at least a twentieth of the other.
    let (width, height) = (width(west, east), i64::from(north) - i64::from(south));
    let [wider, higher] = [height / 20 - width, width / 20 - height].map(|more| more.max(0) / 2);
    let rim = |size: i64, more: i64| if size == 0 { more.max(RIM) } else { more };
    let (across, along) = (rim(width, wider), rim(height, higher));
    let moved = |value: i32, by: i64, limit: i64| (i64::from(value) + by).clamp(-limit, limit) as i32;
    let [south, north] = [moved(south, -along, HALF / 2), moved(north, along, HALF / 2)];
    let [west, east] = [wrapped(i64::from(west) - across), wrapped(i64::from(east) + across)].map(|value| value as i32);
    Some(Bounds { west, south, east, north })
}

/// From west to east, across the antimeridian if need be.
fn width(west: i32, east: i32) -> i64 {
    (i64::from(east) - i64::from(west)).rem_euclid(TURN)
}

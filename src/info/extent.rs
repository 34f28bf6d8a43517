//! The box of an input whose header names none.

use crate::osm::{Bounds, Element, Kind, Osm};

/// Fewer elements than these are shown whole.
const ENOUGH: usize = 30;
/// How many times the box that was asked for the extent of all places must be, to be worth leaving.
const LARGER: f64 = 1.5;

/// The box that an answer of Overpass, or a cut without header, was probably asked for: the smallest one that touches
/// every way and holds every node that is there for its own sake, not because a way or a relation brought it along. None
/// where there is little to go by, or the extent of everything is not much larger.
pub(super) fn asked(osm: &Osm) -> Option<Bounds> {
    let all = whole(osm)?;
    if all.west >= all.east {
        return None;
    }
    let [ways, nodes] = brought(osm);
    let mut used = vec![false; osm.nodes.id.len()];
    let (mut found, mut count) = (None, 0);
    for index in 0..osm.ways.id.len() as u32 {
        let mut span: Option<Bounds> = None;
        for &node in osm.refs(index) {
            if let Some(flag) = used.get_mut(node as usize) {
                *flag = true;
            }
            span = joined(span, osm.place(node).map(at));
        }
        if ways.get(index as usize) == Some(&false)
            && let Some(span) = span.or_else(|| center(osm, Element { kind: Kind::Way, index }))
        {
            count += 1;
            // To touch a way, a box reaches its near end: seen from the west that is its east.
            let inside_out = Bounds { west: span.east, south: span.north, east: span.west, north: span.south };
            found = joined(found, Some(inside_out));
        }
    }
    for (index, used) in used.iter().enumerate() {
        if !used && nodes.get(index) == Some(&false) {
            let place = osm.place(index as u32).map(at);
            count += usize::from(place.is_some());
            found = joined(found, place);
        }
    }
    let found = found.filter(|box_| count >= ENOUGH && box_.west < box_.east && box_.south < box_.north)?;
    let size = |b: &Bounds| (f64::from(b.east) - f64::from(b.west)) * (f64::from(b.north) - f64::from(b.south));
    (size(&all) > LARGER * size(&found)).then_some(found)
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

fn at([lon, lat]: [i32; 2]) -> Bounds {
    Bounds { west: lon, south: lat, east: lon, north: lat }
}

/// The place given instead of a geometry.
fn center(osm: &Osm, element: Element) -> Option<Bounds> {
    let row = osm.centers.binary_search_by_key(&element, |(element, _)| *element).ok()?;
    osm.centers.get(row).map(|(_, place)| at(*place))
}

/// The box around both.
fn joined(a: Option<Bounds>, b: Option<Bounds>) -> Option<Bounds> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Bounds {
            west: a.west.min(b.west),
            south: a.south.min(b.south),
            east: a.east.max(b.east),
            north: a.north.max(b.north),
        }),
        (a, b) => a.or(b),
    }
}

/// The extent of all places; a single one is given 1e-4 degrees around it. Across the antimeridian where that is narrower.
pub(super) fn whole(osm: &Osm) -> Option<Bounds> {
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

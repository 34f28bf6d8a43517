//! Border pieces → areas: rings joined, put into each other, turned the right way, in units of 1e-7 degrees.

use super::shapes::{Role, Shapes};
use crate::geo::antimeridian::{HALF, crosses};
use crate::geo::crs::DEGREE;
use crate::geo::ring::{Path, Point, Polygon, area2};
use crate::geo::round::Laid;
use crate::geo::simple::{collide, is_simple};
use crate::geo::{chain, overlay};
use crate::order;
use crate::osm::{Kind, LonLatE7, Member, Osm};
use std::ops::Range;

/// What pieces of border make.
#[derive(Debug, Default)]
pub(super) struct Area {
    /// Valid polygons.
    pub polygons: Vec<Polygon>,
    /// Lines that close nothing.
    pub open: usize,
    /// Whether the border crosses itself, so that points were added where it does.
    pub crossed: bool,
    /// Whether it is open to choice what the border encloses: it crosses itself, touches itself where it has no point,
    /// or forks.
    pub doubtful: bool,
}

/// Makes areas of border pieces; nested rings are holes, and islands in holes, whatever roles say. Places are between -180
/// and 180 degrees, the way between neighbours is the short one.
pub(super) fn area(lines: &[Path]) -> Area {
    if lines.iter().any(|line| crosses(line)) {
        return area_across(lines);
    }
    if let [line] = lines
        && is_simple(line)
    {
        return Area { polygons: vec![vec![counter_clockwise(line.clone())]], ..Area::default() };
    }
    let joined = chain::join(lines);
    let open = joined.open.len();
    if let [ring] = joined.rings.as_slice()
        && is_simple(ring)
    {
        let polygons = vec![vec![counter_clockwise(ring.clone())]];
        return Area { polygons, open, doubtful: joined.forks > 0, ..Area::default() };
    }
    let polygons = overlay::fill(joined.rings.iter().map(Path::as_slice));
    let mut known: Vec<Point> = joined.rings.iter().flatten().copied().collect();
    order::sort(&mut known);
    let crossed = polygons.iter().flatten().flatten().any(|point| known.binary_search(point).is_err());
    Area { polygons, open, crossed, doubtful: crossed || joined.forks > 0 || collide(&joined.rings) }
}

/// As [`area`], of lines across the antimeridian: joined where places are the same, then laid out side by side.
fn area_across(lines: &[Path]) -> Area {
    let mut joined = chain::join(lines);
    if !joined.open.is_empty() {
        // The antimeridian has two names.
        let named = |&[x, y]: &Point| [if x == -HALF { HALF } else { x }, y];
        let again = chain::join(&lines.iter().map(|line| line.iter().map(named).collect()).collect::<Vec<Path>>());
        if again.open.len() < joined.open.len() {
            joined = again;
        }
    }
    let laid = Laid::new(&joined.rings);
    let polygons = laid.fill();
    let mut known: Vec<Point> = joined.rings.iter().flatten().copied().collect();
    order::sort(&mut known);
    let added = |point: &Point| known.binary_search(point).is_err() && !Laid::is_seam(point);
    let crossed = polygons.iter().flatten().flatten().any(added);
    let doubtful = crossed || joined.forks > 0 || collide(&laid.rings);
    Area { polygons, open: joined.open.len(), crossed, doubtful }
}

fn counter_clockwise(mut ring: Path) -> Path {
    if area2(&ring) < 0 {
        ring.reverse();
    }
    ring
}

/// A place as a point of the integer grid.
pub(super) fn point([x, y]: LonLatE7) -> Point {
    [i64::from(x), i64::from(y)]
}

/// A point of the integer grid as a place; points stay within the range of those they were made of.
pub(super) fn degrees(point: &Point) -> LonLatE7 {
    point.map(|value| value.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}

/// Adds the rings of polygons and returns their parts.
pub(super) fn add(shapes: &mut Shapes<LonLatE7>, polygons: &[Polygon]) -> Range<u32> {
    let start = shapes.parts.len() as u32;
    for polygon in polygons {
        for (row, ring) in polygon.iter().enumerate() {
            let role = if row == 0 { Role::Outer } else { Role::Inner };
            shapes.push(role, ring.iter().map(degrees));
        }
    }
    start..shapes.parts.len() as u32
}

/// Whether every node of a way has a place.
pub(super) fn is_whole(osm: &Osm, way: u32) -> bool {
    osm.refs(way).iter().all(|&node| osm.place(node).is_some())
}

/// The runs of nodes of a way that have a place, without repeated points.
pub(super) fn pieces(osm: &Osm, way: u32) -> Vec<Path> {
    let mut lines = vec![Path::new()];
    for &node in osm.refs(way) {
        match (osm.place(node), lines.last_mut()) {
            (Some(place), Some(line)) if line.last() != Some(&point(place)) => line.push(point(place)),
            (None, Some(line)) if !line.is_empty() => lines.push(Path::new()),
            _ => {}
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The polygons in degrees that the ways of a relation enclose.
///
/// # Errors
/// What is wrong with the relation, to be read after its name.
pub(super) fn outline(osm: &Osm, id: i64) -> Result<Vec<Vec<Vec<[f64; 2]>>>, String> {
    let relation = osm.find(Kind::Relation, id).ok_or("is not in the data")?;
    let ways: Vec<&Member> = osm.members(relation.index).iter().filter(|member| member.kind == Kind::Way).collect();
    let whole = |member: &&&Member| osm.find(Kind::Way, member.id).filter(|way| is_whole(osm, way.index)).is_some();
    let (all, there) = (ways.len(), ways.iter().filter(whole).count());
    if all == 0 {
        return Err("has no ways that could enclose an area".into());
    }
    if there < all {
        return Err(format!("is not whole in the data: {} of its {all} ways are missing or cut off", all - there));
    }
    let ways = ways.iter().filter_map(|member| osm.find(Kind::Way, member.id));
    let area = area(&ways.flat_map(|way| pieces(osm, way.index)).collect::<Vec<Path>>());
    if area.doubtful {
        return Err("has a border that crosses itself, touches itself where it has no node, or forks".into());
    }
    if area.open > 0 || area.polygons.is_empty() {
        return Err("has a border that does not close".into());
    }
    let degrees = |ring: &Path| ring.iter().map(|point| point.map(|value| value as f64 / DEGREE)).collect();
    Ok(area.polygons.iter().map(|polygon| polygon.iter().map(degrees).collect()).collect())
}

//! Border pieces → areas: rings joined, put into each other, turned the right way, in units of 1e-7 degrees.

use super::shapes::{Role, Shapes};
use crate::geo::ring::{Path, Point, Polygon, area2, collide, is_simple};
use crate::geo::{chain, overlay};
use crate::osm::Degrees;
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

/// Makes areas of border pieces; nested rings are holes, and islands in holes, whatever roles say.
pub(super) fn area(lines: &[Path]) -> Area {
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
    let mut known: Vec<&Point> = joined.rings.iter().flatten().collect();
    known.sort_unstable();
    let crossed = polygons.iter().flatten().flatten().any(|point| known.binary_search(&point).is_err());
    Area { polygons, open, crossed, doubtful: crossed || joined.forks > 0 || collide(&joined.rings) }
}

fn counter_clockwise(mut ring: Path) -> Path {
    if area2(&ring) < 0 {
        ring.reverse();
    }
    ring
}

/// A place as a point of the integer grid.
pub(super) fn point([x, y]: Degrees) -> Point {
    [i64::from(x), i64::from(y)]
}

/// A point of the integer grid as a place; points stay within the range of those they were made of.
pub(super) fn degrees(point: &Point) -> Degrees {
    point.map(|value| value.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}

/// Adds the rings of polygons and returns their parts.
pub(super) fn add(shapes: &mut Shapes<Degrees>, polygons: &[Polygon]) -> Range<u32> {
    let start = shapes.parts.len() as u32;
    for polygon in polygons {
        for (row, ring) in polygon.iter().enumerate() {
            let role = if row == 0 { Role::Outer } else { Role::Inner };
            shapes.push(role, ring.iter().map(degrees));
        }
    }
    start..shapes.parts.len() as u32
}

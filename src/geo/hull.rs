//! Convex hulls.

use super::ring::{Path, Point, turn};
use geo::{ConvexHull, Coord, MultiPoint};

/// The convex hull of points: counter-clockwise, the first point repeated. Of fewer than three it is a line or nothing.
pub fn hull(points: impl Iterator<Item = Point>) -> Path {
    let points: MultiPoint = points.map(|[x, y]| Coord { x: x as f64, y: y as f64 }).collect();
    points.convex_hull().exterior().coords().map(|place| [place.x as i64, place.y as i64]).collect()
}

/// How deep a point lies in a convex ring that runs counter-clockwise; negative outside.
pub fn depth(&[x, y]: &Point, ring: &[Point]) -> f64 {
    let below = |[a, b]: &[Point; 2]| {
        let length = libm::hypot((b[0] - a[0]) as f64, (b[1] - a[1]) as f64);
        turn(a, b, &[x, y]) as f64 / length.max(1.0)
    };
    ring.array_windows().map(below).fold(f64::INFINITY, f64::min)
}

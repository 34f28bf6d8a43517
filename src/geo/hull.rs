//! Convex hulls.

use super::ring::{Path, Point, turn};
use crate::order;

/// The convex hull of points: counter-clockwise, the first point repeated (Andrew, 1979). Of fewer than three it is a line
/// or nothing.
pub fn hull(mut points: Vec<Point>) -> Path {
    order::sort(&mut points);
    points.dedup();
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut kept = Path::new();
        for point in points {
            while let [.., a, b] = kept.as_slice()
                && turn(a, b, &point) <= 0
            {
                kept.pop();
            }
            kept.push(point);
        }
        kept.pop();
        kept
    };
    let mut ring = half(&mut points.iter().copied());
    ring.extend(half(&mut points.iter().rev().copied()));
    ring.extend(ring.first().copied());
    ring
}

/// How deep a point lies in a convex ring that runs counter-clockwise; negative outside.
pub fn depth(&[x, y]: &Point, ring: &[Point]) -> f64 {
    let below = |[a, b]: &[Point; 2]| {
        let length = libm::hypot((b[0] - a[0]) as f64, (b[1] - a[1]) as f64);
        turn(a, b, &[x, y]) as f64 / length.max(1.0)
    };
    ring.array_windows().map(below).fold(f64::INFINITY, f64::min)
}

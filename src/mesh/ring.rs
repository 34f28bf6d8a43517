//! Rings of a footprint, ready to be raised: open, without straight corners, on the grid of millimetres.

use crate::geo::ring::{Path, Point, turn};
use crate::map::{Feature, Features, Role};
use earcut::Earcut;
use std::collections::VecDeque;

/// Steps of the grid in a metre.
const GRID: f64 = 1000.0;

/// An outer ring, counter-clockwise, and its holes, clockwise; the first point is not repeated.
pub(super) type Rings = Vec<Vec<[f64; 2]>>;

/// The polygons of a feature about `origin`.
pub(super) fn polygons(features: &Features, feature: &Feature, origin: [f64; 2]) -> Vec<Rings> {
    let mut polygons: Vec<Rings> = Vec::new();
    let shapes = &features.shapes;
    for part in shapes.parts(&feature.parts) {
        let ring = cleaned(&shapes.points(part), origin);
        match (part.role, polygons.last_mut()) {
            (Role::Outer, _) => polygons.push(vec![ring]),
            (Role::Inner, Some(polygon)) if ring.len() > 2 => polygon.push(ring),
            _ => {}
        }
    }
    polygons.retain(|rings| rings.first().is_some_and(|ring| ring.len() > 2));
    polygons
}

/// A ring without its last point, without points that fall together and without corners that are none: a triangulation
/// leaves those out, and walls beside it would then not close.
fn cleaned(ring: &[[f64; 2]], origin: [f64; 2]) -> Vec<[f64; 2]> {
    let open = ring.split_last().map_or(ring, |(_, open)| open);
    let corners = corners(open.iter().map(|point| on_grid([point[0] - origin[0], point[1] - origin[1]])));
    corners.iter().map(|step| step.map(|value| value as f64 / GRID)).collect()
}

/// Metres → steps of the grid.
pub(super) fn on_grid(point: [f64; 2]) -> Point {
    point.map(|value| libm::round(value * GRID) as i64)
}

/// The corners of a ring that turn; none where fewer than three do.
pub(super) fn corners(ring: impl IntoIterator<Item = Point>) -> Vec<Point> {
    let straight = |a: &Point, b: &Point, c: &Point| a == b || b == c || turn(a, b, c) == 0;
    let mut kept: VecDeque<Point> = VecDeque::new();
    for point in ring {
        while let [.., a, b] = kept.make_contiguous()
            && straight(a, b, &point)
        {
            kept.pop_back();
        }
        if kept.back() != Some(&point) {
            kept.push_back(point);
        }
    }
    // Where the ring closes.
    while let [first, second, .., before, last] = kept.make_contiguous() {
        if straight(before, last, first) {
            kept.pop_back();
        } else if straight(last, first, second) {
            kept.pop_front();
        } else {
            return kept.into();
        }
    }
    let three = matches!(kept.make_contiguous(), [a, b, c] if !straight(a, b, c));
    if three { kept.into() } else { Vec::new() }
}

/// How far a node may lie beside a wall that it does not bend, metres.
const BESIDE: f64 = 0.05;
/// What rounding to 1e-7 degrees moves a node off a straight wall at most, metres.
const ROUNDED: f64 = 0.015;
/// The largest bend that is none: of the shorter wall at a node, one part in so many.
const BEND: f64 = 20.0;

/// The walls of a ring as they were meant: without nodes that lie in a wall or beside another node, which would
/// give a roof a slope of their own. None where too little is left.
pub(super) fn straightened(ring: &[[f64; 2]]) -> Option<Vec<[f64; 2]>> {
    let (first, apart) = (ring.first()?, |a: &[f64; 2], b: &[f64; 2]| libm::hypot(b[0] - a[0], b[1] - a[1]));
    let idle = |a: &[f64; 2], b: &[f64; 2], c: &[f64; 2]| {
        let shorter = apart(a, b).min(apart(b, c));
        shorter <= BESIDE || off(a, b, c) <= (shorter / BEND).clamp(ROUNDED, BESIDE)
    };
    // What is farthest from anywhere is a corner.
    let far = |a: &(usize, &[f64; 2]), b: &(usize, &[f64; 2])| apart(first, a.1).total_cmp(&apart(first, b.1));
    let (start, corner) = ring.iter().enumerate().max_by(far)?;
    let turned = ring.iter().cycle().skip(start + 1).take(ring.len());
    let mut kept = vec![*corner];
    for (node, next) in turned.clone().zip(turned.skip(1)) {
        if kept.last().is_some_and(|last| !idle(last, node, next)) {
            kept.push(*node);
        }
    }
    (kept.len() > 2).then_some(kept)
}

/// How far a point lies from the line between its neighbours.
fn off(a: &[f64; 2], b: &[f64; 2], c: &[f64; 2]) -> f64 {
    let ([x, y], [u, v]) = ([c[0] - a[0], c[1] - a[1]], [b[0] - a[0], b[1] - a[1]]);
    let length = x * x + y * y;
    let along = if length > 0.0 { ((u * x + v * y) / length).clamp(0.0, 1.0) } else { 0.0 };
    libm::hypot(u - x * along, v - y * along)
}

/// Polygons of a feature about `origin` on the grid, closed, as they came.
pub(super) fn area(features: &Features, feature: &Feature, origin: [f64; 2]) -> Vec<Path> {
    let parts = features.shapes.parts(&feature.parts).iter();
    let moved = |point: &[f64; 2]| on_grid([point[0] - origin[0], point[1] - origin[1]]);
    parts.map(|part| features.shapes.points(part).iter().map(moved).collect()).collect()
}

/// Triangles that cover a polygon, counter-clockwise; none where they do not use every corner.
pub(super) fn triangles(rings: &[Vec<[f64; 2]>]) -> Option<Vec<[[f64; 2]; 3]>> {
    let points: Vec<[f64; 2]> = rings.iter().flatten().copied().collect();
    let mut holes: Vec<u32> = Vec::new();
    let mut start = 0;
    for ring in rings {
        if start > 0 {
            holes.push(start);
        }
        start += ring.len() as u32;
    }
    let mut rows: Vec<u32> = Vec::new();
    Earcut::new().earcut_slice(&points, &holes, &mut rows);
    let (found, _) = rows.as_chunks::<3>();
    let at = |row: &u32| points.get(*row as usize).copied().unwrap_or_default();
    let all: Vec<[[f64; 2]; 3]> = found.iter().map(|[a, b, c]| upright([at(a), at(b), at(c)])).collect();
    (all.len() + 2 == points.len() + 2 * holes.len()).then_some(all)
}

/// Counter-clockwise.
fn upright([a, b, c]: [[f64; 2]; 3]) -> [[f64; 2]; 3] {
    let turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if turn < 0.0 { [a, c, b] } else { [a, b, c] }
}

//! The visual centre of a polygon: the point inside that is farthest from its edges.
//! Found as Garcia-Castellanos and Lombardo (2007) and Mapbox's polylabel do: cells are halved, the most promising first.

use crate::order;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A square that may hold the centre.
struct Cell {
    center: [f64; 2],
    half: f64,
    /// Distance of its centre from the polygon's edge, negative outside.
    distance: f64,
    /// No point of the cell can be farther inside than this.
    most: f64,
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Cell {}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most.total_cmp(&other.most)
    }
}

/// The visual centre of a polygon (outer ring and holes) within `precision`, and its distance from the nearest edge.
/// None for a polygon without extent.
pub fn visual_center(rings: &[&[[f64; 2]]], precision: f64) -> Option<([f64; 2], f64)> {
    let outer = rings.first()?;
    let [mut x0, mut y0, mut x1, mut y1] = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for &[x, y] in outer.iter() {
        (x0, y0, x1, y1) = (x0.min(x), y0.min(y), x1.max(x), y1.max(y));
    }
    let side = (x1 - x0).min(y1 - y0);
    if !(side > 0.0 && side.is_finite()) {
        return None;
    }
    let cell = |center: [f64; 2], half: f64| {
        let distance = inside(rings, center);
        Cell { center, half, distance, most: distance + half * std::f64::consts::SQRT_2 }
    };
    let mut best = cell([(x0 + x1) / 2.0, (y0 + y1) / 2.0], 0.0);
    let centroid = cell(centroid(outer), 0.0);
    if centroid.distance > best.distance {
        best = centroid;
    }
    // A long strip is covered by squares of its short side, but by no more than a hundred.
    let step = side.max((x1 - x0).max(y1 - y0) / 100.0);
    let half = step / 2.0;
    let mut heap = BinaryHeap::new();
    let (columns, rows) = (((x1 - x0) / step) as usize + 1, ((y1 - y0) / step) as usize + 1);
    for column in 0..columns {
        for row in 0..rows {
            heap.push(cell([x0 + (column as f64 + 0.5) * step, y0 + (row as f64 + 0.5) * step], half));
        }
    }
    while let Some(next) = heap.pop() {
        if next.distance > best.distance {
            best = Cell { ..next };
        }
        if next.most - best.distance <= precision {
            break;
        }
        let half = next.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            heap.push(cell([next.center[0] + dx, next.center[1] + dy], half));
        }
    }
    Some((best.center, best.distance))
}

type Ring<'a> = &'a [[f64; 2]];

/// A place in the largest of some polygons, given as rings that say whether they are outer ones; holes follow theirs.
pub fn place_in<'a>(rings: impl IntoIterator<Item = (bool, Ring<'a>)>) -> Option<[f64; 2]> {
    let mut polygons: Vec<Vec<Ring>> = Vec::new();
    for (outer, ring) in rings {
        match polygons.last_mut().filter(|_| !outer) {
            Some(polygon) => polygon.push(ring),
            None => polygons.push(vec![ring]),
        }
    }
    let size = |polygon: &[Ring]| polygon.first().map_or(0.0, |ring| area(ring));
    middle(polygons.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?)
}

fn area(ring: Ring) -> f64 {
    let [ox, oy] = ring.first().copied().unwrap_or_default();
    let twice: f64 = ring.array_windows().map(|[a, b]| (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy)).sum();
    twice.abs() / 2.0
}

/// The visual centre, or where a polygon is too thin for one, the middle of the widest cut through it.
fn middle(rings: &[Ring]) -> Option<[f64; 2]> {
    let outer = rings.first()?;
    let range = |axis: usize| {
        let values = || outer.iter().map(move |point| point[axis]);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((west, east), (south, north)) = (range(0), range(1));
    let precision = (east - west).min(north - south) / 20.0;
    let center = if precision > 0.0 { visual_center(rings, precision) } else { None };
    if let Some((center, distance)) = center
        && distance > 0.0
    {
        return Some(center);
    }
    let y = (south + north) / 2.0;
    let mut cuts: Vec<f64> = rings
        .iter()
        .flat_map(|ring| ring.array_windows())
        .filter(|[a, b]| (a[1] > y) != (b[1] > y))
        .map(|[a, b]| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
        .collect();
    order::sort_numbers(&mut cuts);
    let widest = cuts.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    widest.map(|pair| [(pair[0] + pair[1]) / 2.0, y]).or_else(|| outer.first().copied())
}

fn centroid(ring: &[[f64; 2]]) -> [f64; 2] {
    let [ox, oy] = ring.first().copied().unwrap_or_default();
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for pair in ring.windows(2) {
        let &[[ax, ay], [bx, by]] = pair else { continue };
        let (ax, ay, bx, by) = (ax - ox, ay - oy, bx - ox, by - oy);
        let cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    if area == 0.0 { [ox, oy] } else { [ox + x / (3.0 * area), oy + y / (3.0 * area)] }
}

/// Distance of a point from the nearest edge, negative outside the polygon.
fn inside(rings: &[&[[f64; 2]]], [x, y]: [f64; 2]) -> f64 {
    let (mut within, mut nearest) = (false, f64::INFINITY);
    for ring in rings {
        for pair in ring.windows(2) {
            let &[[ax, ay], [bx, by]] = pair else { continue };
            if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                within = !within;
            }
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let t = if length > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            let (ex, ey) = (x - ax - t * dx, y - ay - t * dy);
            nearest = nearest.min(ex * ex + ey * ey);
        }
    }
    let distance = libm::sqrt(nearest);
    if within { distance } else { -distance }
}

#[cfg(test)]
mod tests {
    use super::visual_center;

    #[test]
    fn the_centre_lies_in_the_wide_part() {
        // A square with a long thin arm to the right.
        let ring: [[f64; 2]; 9] = [
            [0.0, 0.0],
            [10.0, 0.0],
            [10.0, 4.5],
            [60.0, 4.5],
            [60.0, 5.5],
            [10.0, 5.5],
            [10.0, 10.0],
            [0.0, 10.0],
            [0.0, 0.0],
        ];
        let (center, distance) = visual_center(&[&ring], 0.1).unwrap();
        assert!((center[0] - 5.0).abs() < 0.6 && (center[1] - 5.0).abs() < 0.6, "{center:?}");
        assert!(distance > 4.8);
    }

    #[test]
    fn a_hole_pushes_it_aside() {
        let outer = [[0.0, 0.0], [20.0, 0.0], [20.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
        let hole = [[8.0, 1.0], [8.0, 9.0], [19.0, 9.0], [19.0, 1.0], [8.0, 1.0]];
        let (center, _) = visual_center(&[&outer, &hole], 0.05).unwrap();
        assert!((center[0] - 4.0).abs() < 0.3, "{center:?}");
    }

    #[test]
    fn nothing_has_no_centre() {
        assert!(visual_center(&[&[[1.0, 1.0], [1.0, 1.0]]], 0.1).is_none());
        assert!(visual_center(&[], 0.1).is_none());
    }
}

//! Rings of a footprint, ready to be raised: open, without straight corners, on the grid of millimetres.

use crate::map::{Feature, Features, Role};
use earcut::Earcut;

/// Steps of the grid in a metre.
const GRID: f64 = 1000.0;

/// An outer ring, counter-clockwise, and its holes, clockwise; the first point is not repeated.
pub(super) type Rings = Vec<Vec<[f64; 2]>>;

/// The polygons of a feature about `origin`.
pub(super) fn polygons(features: &Features, feature: &Feature, origin: [f64; 2]) -> Vec<Rings> {
    let mut polygons: Vec<Rings> = Vec::new();
    let shapes = &features.shapes;
    for part in shapes.parts(&feature.parts) {
        let ring = cleaned(shapes.points(part), origin);
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
    let grid = |point: &[f64; 2]| [0, 1].map(|axis| libm::round((point[axis] - origin[axis]) * GRID) as i64);
    let mut steps: Vec<[i64; 2]> = open.iter().map(grid).collect();
    loop {
        let before = steps.len();
        steps.dedup();
        let straight = |[a, b, c]: [[i64; 2]; 3]| crate::geo::ring::turn(&a, &b, &c) == 0;
        let count = steps.len();
        let at = |row: usize| steps.get(row % count.max(1)).copied().unwrap_or_default();
        let first = (0..count).find(|row| straight([at(row + count - 1), at(*row), at(row + 1)]));
        if let Some(row) = first {
            steps.remove(row);
        }
        if steps.len() == before || steps.len() < 3 {
            break;
        }
    }
    if steps.len() < 3 {
        return Vec::new();
    }
    steps.iter().map(|step| step.map(|value| value as f64 / GRID)).collect()
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

//! Cutting lines at areas.

use super::buckets::Buckets;
use super::ring::{Box, Path, Point, Side, bounds, side, touch};
use crate::order;

/// So many comparisons of a line with borders are worth looking up which lie near.
const WORTH: usize = 1 << 16;

/// Edges of rings, looked up by where they are if there are many.
pub struct Edges {
    edges: Vec<[Point; 2]>,
    buckets: Option<Buckets>,
    right: i64,
}

impl Edges {
    /// Of closed rings, for so many uses.
    pub fn new(rings: &[Path], uses: usize) -> Self {
        let edges: Vec<[Point; 2]> = rings.iter().flat_map(|ring| ring.array_windows().copied()).collect();
        let boxes = || edges.iter().filter_map(bounds).collect();
        let buckets = (edges.len().saturating_mul(uses) > WORTH).then(|| Buckets::new(boxes()));
        let right = edges.iter().flatten().map(|point| point[0]).max().unwrap_or_default();
        Self { edges, buckets, right }
    }

    /// Those that meet a box, in their order; perhaps others, too.
    fn near(&self, area: Box) -> impl Iterator<Item = &[Point; 2]> {
        let (rows, all) = match &self.buckets {
            Some(buckets) => (buckets.near(&area), [].as_slice()),
            None => (Vec::new(), self.edges.as_slice()),
        };
        rows.into_iter().filter_map(|row| self.edges.get(row)).chain(all)
    }

    /// Where a point lies. Only borders to the right of it count.
    pub fn side(&self, point: &Point) -> Side {
        let [x, y] = *point;
        side(point, self.near([x, y, self.right.max(x), y]).map(<[Point; 2]>::as_slice))
    }
}

/// The pieces of a line that closed rings cover.
pub fn at_rings(line: &[Point], rings: &[Path]) -> Vec<Path> {
    let edges = Edges::new(rings, line.len());
    let mut pieces: Vec<Path> = Vec::new();
    let mut going = false;
    for pair in line.windows(2) {
        let [a, b] = pair else { continue };
        let mut stops = vec![0.0, 1.0];
        let Some(around) = bounds(pair) else { continue };
        for [c, d] in edges.near(around).filter(|[c, d]| touch([a, b], [c, d])) {
            stops.extend(share([a, b], [c, d]));
        }
        order::sort_numbers(&mut stops);
        stops.dedup();
        for span in stops.windows(2) {
            let &[from, to] = span else { continue };
            let middle = between(a, b, (from + to) / 2.0);
            if edges.side(&middle) == Side::Out {
                going = false;
                continue;
            }
            let end = between(a, b, to);
            match pieces.last_mut().filter(|_| going) {
                Some(piece) => piece.push(end),
                None => pieces.push(vec![between(a, b, from), end]),
            }
            going = true;
        }
    }
    pieces.iter_mut().for_each(|piece| piece.dedup());
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// How far along `ab`, 0 to 1, it meets `cd`; both ends of the common part of segments on one line.
fn share([a, b]: [&Point; 2], [c, d]: [&Point; 2]) -> Vec<f64> {
    let [ux, uy] = [(b[0] - a[0]) as f64, (b[1] - a[1]) as f64];
    let [vx, vy] = [(d[0] - c[0]) as f64, (d[1] - c[1]) as f64];
    let cross = ux * vy - uy * vx;
    let at = |point: &Point| ((point[0] - a[0]) as f64 * ux + (point[1] - a[1]) as f64 * uy) / (ux * ux + uy * uy);
    let shares = if cross == 0.0 {
        vec![at(c), at(d)]
    } else {
        vec![((c[0] - a[0]) as f64 * vy - (c[1] - a[1]) as f64 * vx) / cross]
    };
    shares.into_iter().filter(|share| (0.0..=1.0).contains(share)).collect()
}

fn between(a: &Point, b: &Point, share: f64) -> Point {
    let at = |axis: usize| a[axis] + libm::round((b[axis] - a[axis]) as f64 * share) as i64;
    [at(0), at(1)]
}

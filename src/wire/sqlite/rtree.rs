//! R-trees as SQLite's module `rtree` keeps them (<https://www.sqlite.org/rtree.html>): boxes in nodes, nodes in tables.
//!
//! Boxes lie in memory, 24 bytes each, until all are known; then they are packed along a Hilbert curve, with 16 bytes more.

use crate::wire::hilbert::{BITS, distance};
use crate::wire::record::Big;

/// A box that is found by its id: left, right, bottom, top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// Row id, or the number of a node.
    pub id: i64,
    /// Sides, rounded outwards.
    sides: [f32; 4],
}

/// A packed tree: what stands in its tables, by ascending keys.
#[derive(Debug, Default)]
pub struct Packed {
    /// Node 1 and those that follow.
    pub nodes: Vec<Vec<u8>>,
    /// Node of the row id.
    pub rows: Vec<(i64, i64)>,
    /// Parent of the node.
    pub parents: Vec<(i64, i64)>,
}

/// Most boxes of a node.
const MOST: usize = 51;
/// Bytes of a box in a node.
const CELL: usize = 24;
/// Bytes of a node: as SQLite makes them for our size of pages.
const NODE: usize = 4 + MOST * CELL;
/// Steps of the curve along a side.
const CURVE: u32 = 1 << BITS;

impl Bound {
    /// A box in the numbers that the tree has, none smaller than it was.
    pub fn new(id: i64, [left, right, bottom, top]: [f64; 4]) -> Self {
        let low = |side: f64| {
            let near = side as f32;
            if f64::from(near) > side { near.next_down() } else { near }
        };
        let high = |side: f64| {
            let near = side as f32;
            if f64::from(near) < side { near.next_up() } else { near }
        };
        Self { id, sides: [low(left), high(right), low(bottom), high(top)] }
    }

    /// The box around some.
    fn around(id: i64, inside: &[Self]) -> Self {
        let start = [f32::INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::NEG_INFINITY];
        let sides = inside.iter().fold(start, |[a, b, c, d], bound| {
            let [left, right, bottom, top] = bound.sides;
            [a.min(left), b.max(right), c.min(bottom), d.max(top)]
        });
        Self { id, sides }
    }

    /// Where its middle stands on the curve, in a box around all.
    fn along(&self, all: &Self) -> u32 {
        let step = |low: f32, high: f32, least: f32, most: f32| {
            let middle = (f64::from(low) + f64::from(high)) / 2.0;
            let share = (middle - f64::from(least)) / (f64::from(most) - f64::from(least)).max(f64::MIN_POSITIVE);
            (share * f64::from(CURVE - 1)) as u32
        };
        let ([left, right, bottom, top], [a, b, c, d]) = (self.sides, all.sides);
        distance(step(left, right, a, b), step(bottom, top, c, d))
    }
}

/// Where the boxes of a node begin and end, where so many are shared out evenly.
fn share(count: usize, nodes: usize, node: usize) -> std::ops::Range<usize> {
    count * node / nodes..count * (node + 1) / nodes
}

/// Packs boxes into a tree. None make a tree of one empty node.
pub fn pack(mut bounds: Vec<Bound>) -> Packed {
    let all = Bound::around(0, &bounds);
    bounds.sort_by_cached_key(|bound| bound.along(&all));
    // Boxes of each level and how many nodes they fill, the rows first.
    let mut levels = Vec::new();
    loop {
        let count = bounds.len().div_ceil(MOST).max(1);
        let around =
            |node| Bound::around(node as i64, bounds.get(share(bounds.len(), count, node)).unwrap_or_default());
        let above: Vec<_> = (0..count).map(around).collect();
        levels.push((std::mem::replace(&mut bounds, above), count));
        if count == 1 {
            break;
        }
    }
    let mut packed = Packed::default();
    let depth = levels.len() - 1;
    let mut first = 1;
    for (level, (mut boxes, count)) in levels.into_iter().enumerate().rev() {
        // Nodes of the next level are numbered behind those of this one.
        let (own, below) = (first, first + count as i64);
        if level > 0 {
            boxes.iter_mut().for_each(|bound| bound.id += below);
        }
        for node in 0..count {
            let inside = boxes.get(share(boxes.len(), count, node)).unwrap_or_default();
            let number = own + node as i64;
            let links = if level > 0 { &mut packed.parents } else { &mut packed.rows };
            links.extend(inside.iter().map(|bound| (bound.id, number)));
            packed.nodes.push(blob(inside, if number == 1 { depth } else { 0 }));
        }
        first = below;
    }
    packed.rows.sort_unstable();
    packed
}

/// The bytes of a node; that of the root says how many levels lie below it.
fn blob(inside: &[Bound], depth: usize) -> Vec<u8> {
    let mut out = Big::new();
    out.u16(depth as u16).u16(inside.len() as u16);
    for bound in inside {
        out.i64(bound.id);
        bound.sides.iter().for_each(|side| _ = out.f32(*side));
    }
    out.pad(NODE);
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_grow_to_the_next_number() {
        let exact = [-0.1, 0.1, 0.5, 1e10 + 1.0];
        let [left, right, bottom, top] = Bound::new(1, exact).sides.map(f64::from);
        assert!(left < -0.1 && right > 0.1 && bottom == 0.5 && top > 1e10 + 1.0);
        assert!(right - 0.1 < 1e-8 && top - 1e10 < 2000.0);
    }

    #[test]
    fn the_curve_goes_from_neighbour_to_neighbour() {
        let side = 64;
        let mut places: Vec<_> = (0..side).flat_map(|x| (0..side).map(move |y| (distance(x, y), x, y))).collect();
        places.sort_unstable();
        for pair in places.windows(2) {
            assert_eq!((pair[1].0 - pair[0].0, pair[0].1.abs_diff(pair[1].1) + pair[0].2.abs_diff(pair[1].2)), (1, 1));
        }
    }

    #[test]
    fn nodes_are_numbered_from_the_root_and_none_is_nearly_empty() {
        for (count, nodes, depth) in [(0, 1, 0), (1, 1, 0), (51, 1, 0), (52, 3, 1), (2601, 52, 1), (2602, 55, 2)] {
            let bounds = (0..count).map(|row| {
                let [x, y] = [f64::from(row % 97), f64::from(row / 97)];
                Bound::new(i64::from(1000 - row), [x, x + 1.0, y, y + 1.0])
            });
            let packed = pack(bounds.collect());
            assert_eq!((packed.nodes.len(), packed.nodes[0][1]), (nodes, depth), "{count}");
            assert_eq!(packed.rows.len(), count as usize);
            assert!(packed.rows.is_sorted() && packed.parents.is_sorted());
            assert_eq!(packed.parents.len(), nodes - 1);
            let sizes: Vec<_> = packed.nodes.iter().map(|node| node[3]).collect();
            assert!(
                nodes == 1
                    || sizes.iter().all(|size| *size >= 2) && sizes[1..].iter().filter(|size| **size < 25).count() <= 2,
                "{sizes:?}"
            );
            assert!(packed.nodes.iter().all(|node| node.len() == NODE));
        }
    }
}

//! The order of areas that overlap: the larger below the smaller, in as few runs of one class as that allows.

use crate::geo::ring::{self, Side};
use crate::order;
use std::collections::BTreeMap;

/// An area to put in order.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What it is; pieces of one kind look alike, so their order among each other does not matter.
    pub kind: usize,
    /// Its area.
    pub area: f64,
    /// Its rings, closed.
    pub rings: Vec<ring::Path>,
}

/// Most corners of an area that are tried when asking whether it lies on another.
const TRIED: usize = 24;

impl Piece {
    /// Whether some corner of this lies inside `other`. Areas that only share a border do not overlap.
    fn reaches_into(&self, other: &Self) -> bool {
        let count: usize = self.rings.iter().map(Vec::len).sum();
        let rings = || other.rings.iter().map(Vec::as_slice);
        let mut corners = self.rings.iter().flatten().step_by((count / TRIED).max(1));
        corners.any(|corner| ring::side(corner, rings()) == Side::In)
    }
}

/// Rows of `pieces` in drawing order.
pub fn order(pieces: &[Piece]) -> Vec<usize> {
    let mut waits = vec![0_u32; pieces.len()];
    let above = overlaps(pieces, &mut waits);
    // Of each kind: how many are not drawn yet, and which of them may be.
    let mut left: BTreeMap<usize, usize> = BTreeMap::new();
    let mut ready: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, piece) in pieces.iter().enumerate() {
        *left.entry(piece.kind).or_default() += 1;
        if waits.get(row) == Some(&0) {
            ready.entry(piece.kind).or_default().push(row);
        }
    }
    let mut result = Vec::with_capacity(pieces.len());
    // A kind that can be finished comes first, then the one with the most pieces; lower kinds win ties.
    let best = |ready: &BTreeMap<usize, Vec<usize>>, left: &BTreeMap<usize, usize>| {
        let merit = |(kind, rows): (&usize, &Vec<usize>)| {
            (left.get(kind) == Some(&rows.len()), rows.len(), std::cmp::Reverse(*kind))
        };
        ready.iter().filter(|(_, rows)| !rows.is_empty()).max_by_key(|entry| merit(*entry)).map(|(kind, _)| *kind)
    };
    while let Some(kind) = best(&ready, &left) {
        while let Some(rows) = ready.remove(&kind) {
            *left.entry(kind).or_default() -= rows.len().min(left.get(&kind).copied().unwrap_or(0));
            for row in rows {
                result.push(row);
                for &next in above.get(row).into_iter().flatten() {
                    let (Some(wait), Some(piece)) = (waits.get_mut(next), pieces.get(next)) else { continue };
                    *wait -= 1;
                    if *wait == 0 {
                        ready.entry(piece.kind).or_default().push(next);
                    }
                }
            }
        }
    }
    result
}

/// For each piece the smaller ones of other kinds that lie on it; counts in `waits` how often each is named.
fn overlaps<'p>(pieces: &'p [Piece], waits: &mut [u32]) -> Vec<Vec<usize>> {
    let mut above = vec![Vec::new(); pieces.len()];
    let boxed =
        |(row, piece): (usize, &'p Piece)| Some((row, piece, ring::bounds(piece.rings.iter().flatten().copied())?));
    let mut rows: Vec<(usize, &'p Piece, ring::Box)> = pieces.iter().enumerate().filter_map(boxed).collect();
    order::sort_by_key(&mut rows, |(_, _, bounds)| bounds[0]);
    let mut open: Vec<(usize, &'p Piece, ring::Box)> = Vec::new();
    for (row, piece, bounds) in rows {
        open.retain(|(_, _, other)| other[2] > bounds[0]);
        for &(other_row, other, other_bounds) in &open {
            if other.kind == piece.kind || !ring::meet(&bounds, &other_bounds) {
                continue;
            }
            if !piece.reaches_into(other) && !other.reaches_into(piece) {
                continue;
            }
            // Equal areas keep the order of their kinds.
            let size = |piece: &Piece| (piece.area, std::cmp::Reverse(piece.kind));
            let (below, over) = if size(other) > size(piece) { (other_row, row) } else { (row, other_row) };
            if let (Some(list), Some(wait)) = (above.get_mut(below), waits.get_mut(over)) {
                list.push(over);
                *wait += 1;
            }
        }
        open.push((row, piece, bounds));
    }
    above
}

#[cfg(test)]
mod tests {
    use super::{Piece, order};

    #[test]
    fn small_areas_lie_on_large_ones_in_few_runs() {
        let square = |kind: usize, x: f64, side: f64| {
            let ring = [[x, 0.0], [x + side, 0.0], [x + side, side], [x, side], [x, 0.0]];
            let ring = ring.map(|point| point.map(|value| value as i64)).to_vec();
            Piece { kind, area: side * side, rings: vec![ring] }
        };
        // A park with a wood in it, a wood with a park in it, and a wood apart.
        let pieces = [
            square(0, 0.0, 10.0),
            square(1, 2.0, 4.0),
            square(1, 20.0, 10.0),
            square(0, 22.0, 4.0),
            square(1, 50.0, 3.0),
        ];
        let order = order(&pieces);
        let place = |row: usize| order.iter().position(|found| *found == row).unwrap();
        assert!(place(0) < place(1) && place(2) < place(3));
        let runs = order.windows(2).filter(|pair| pieces[pair[0]].kind != pieces[pair[1]].kind).count() + 1;
        assert_eq!(runs, 3);
        assert_eq!(order.len(), pieces.len());
    }
}

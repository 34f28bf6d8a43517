//! Noding: lines on the integer grid that meet only at their ends. Snap rounding (Hobby 1999, "Practical segment
//! intersection with finite precision output"): where lines meet, the nearest point of the grid becomes a node, and every
//! line that passes a node within half a step goes through it.

use super::buckets::Buckets;
use super::ring::{Box, Point, holds_point, touch, turn};
use crate::error::Result;
use crate::order;
use std::collections::BTreeSet;

/// A piece of line; the lesser end first.
pub type Segment = [Point; 2];

/// Passes until nothing changes; one does but for rounding.
const PASSES: usize = 12;

/// The pieces that lines and points leave of each other, each once and in order. `pause` is asked from time to time.
///
/// # Errors
/// Those of `pause`.
pub fn node(
    segments: impl IntoIterator<Item = Segment>,
    points: &[Point],
    mut pause: impl FnMut() -> Result<()>,
) -> Result<Vec<Segment>> {
    let mut segments: BTreeSet<Segment> = segments.into_iter().filter_map(ordered).collect();
    for _ in 0..PASSES {
        pause()?;
        let rows: Vec<Segment> = segments.iter().copied().collect();
        let buckets = Buckets::new(rows.iter().map(around).collect());
        let mut nodes: BTreeSet<Point> = rows.iter().flatten().chain(points).copied().collect();
        for (row, one) in rows.iter().enumerate() {
            if row.is_multiple_of(1000) {
                pause()?;
            }
            let others = buckets.near(&around(one)).into_iter().filter(|other| *other > row);
            nodes.extend(others.filter_map(|other| rows.get(other)).filter_map(|two| meeting(one, two)));
        }
        let nodes: Vec<Point> = nodes.into_iter().collect();
        let places = Buckets::new(nodes.iter().map(|&[x, y]| [x, y, x, y]).collect());
        let mut next = BTreeSet::new();
        for (row, segment) in rows.iter().enumerate() {
            if row.is_multiple_of(1000) {
                pause()?;
            }
            let near = places.near(&around(segment));
            let mut on: Vec<Point> = near
                .into_iter()
                .filter_map(|node| nodes.get(node).copied())
                .filter(|node| passes(segment, node))
                .collect();
            order::sort_by_key(&mut on, |point| along(segment, point));
            next.extend(on.array_windows().filter_map(|&pair| ordered(pair)));
        }
        if next == segments {
            break;
        }
        segments = next;
    }
    Ok(segments.into_iter().collect())
}

fn ordered([a, b]: Segment) -> Option<Segment> {
    (a != b).then(|| if a < b { [a, b] } else { [b, a] })
}

fn around([a, b]: &Segment) -> Box {
    [a[0].min(b[0]), a[1].min(b[1]), a[0].max(b[0]), a[1].max(b[1])]
}

/// The point of the grid nearest to where two segments cross; none where they only touch at ends.
fn meeting([a, b]: &Segment, [c, d]: &Segment) -> Option<Point> {
    if !touch([a, b], [c, d]) {
        return None;
    }
    let (from, to) = (turn(c, d, a), turn(c, d, b));
    let whole = from - to;
    if whole == 0 || from == 0 || to == 0 {
        // On one line, or an end lies on the other: the ends are nodes already.
        return None;
    }
    let (from, whole) = if whole > 0 { (from, whole) } else { (-from, -whole) };
    Some([0, 1].map(|axis: usize| {
        let moved = i128::from(b[axis] - a[axis]) * from * 2 + whole;
        a[axis] + moved.div_euclid(whole * 2) as i64
    }))
}

/// Whether a segment comes within half a step of a point in both directions. As rounding goes up from the middle, a cell
/// holds its lower and left border only: of the lines that just touch one, those falling through its lower left corner.
fn passes(segment: &Segment, point: &Point) -> bool {
    let [a, b] = segment;
    let reach = i128::from((b[0] - a[0]).abs() + (b[1] - a[1]).abs());
    let aside = turn(a, b, point) * 2;
    let crosses = aside.abs() < reach || aside == reach && b[1] < a[1];
    point == a || point == b || holds_point(&around(segment), point) && crosses
}

/// How far along a segment a point lies, in no particular unit.
fn along([a, b]: &Segment, point: &Point) -> i128 {
    [0, 1].map(|axis: usize| i128::from(point[axis] - a[axis]) * i128::from(b[axis] - a[axis])).iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noded(segments: &[Segment]) -> Vec<Segment> {
        node(segments.iter().copied(), &[], || Ok(())).unwrap()
    }

    #[test]
    fn a_crossing_is_four_pieces() {
        let pieces = noded(&[[[0, 0], [10, 10]], [[0, 10], [10, 0]]]);
        assert_eq!(pieces, [[[0, 0], [5, 5]], [[0, 10], [5, 5]], [[5, 5], [10, 0]], [[5, 5], [10, 10]]]);
    }

    #[test]
    fn an_end_on_a_line_and_a_common_stretch_are_noded() {
        let pieces = noded(&[[[0, 0], [10, 0]], [[4, 0], [4, 9]], [[2, 0], [6, 0]]]);
        assert_eq!(pieces.len(), 5);
    }

    #[test]
    fn pieces_meet_only_at_their_ends() {
        // A small generator of its own: the same lines every time.
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % below) as i64
        };
        for round in 0..20 {
            let side = 20 + round * 30;
            let lines: Vec<Segment> = (0..60).map(|_| [[next(side), next(side)], [next(side), next(side)]]).collect();
            let pieces = noded(&lines);
            for (row, [a, b]) in pieces.iter().enumerate() {
                for [c, d] in pieces.iter().skip(row + 1) {
                    let common = [a, b].iter().filter(|end| **end == c || **end == d).count();
                    let bad = match common {
                        0 => touch([a, b], [c, d]),
                        1 => crate::geo::simple::collide(&[vec![*a, *b], vec![*c, *d]]),
                        _ => true,
                    };
                    assert!(!bad, "{a:?} {b:?} meets {c:?} {d:?}");
                }
            }
        }
    }
}

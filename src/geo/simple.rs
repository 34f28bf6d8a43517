//! Whether rings and lines meet themselves or each other.

use super::crossings::{Strand, crossings};
use super::ring::{Path, Point, touch, turn};
use crate::order;

/// Whether a closed ring has an area and neither crosses nor touches itself nor turns back on itself.
pub fn is_simple(ring: &[Point]) -> bool {
    let edges = ring.len().saturating_sub(1);
    if edges < 3 || ring.first() != ring.last() {
        return false;
    }
    if edges > LARGE {
        return is_simple_large(ring);
    }
    let edge = |row: u32| Some([ring.get(row as usize)?, ring.get(row as usize + 1)?]);
    let begin = |row: u32| edge(row).map_or(0, |[a, b]| a[0].min(b[0]));
    let mut order: Vec<(i64, u32)> = (0..edges as u32).map(|row| (begin(row), row)).collect();
    order.sort_unstable();
    for (place, &(_, one)) in order.iter().enumerate() {
        let reach = edge(one).map_or(0, |[a, b]| a[0].max(b[0]));
        for &(_, two) in order.iter().skip(place + 1).take_while(|(begin, _)| *begin <= reach) {
            let (first, second) = (one.min(two), one.max(two));
            let (Some([a, b]), Some([c, d])) = (edge(first), edge(second)) else { return false };
            let clear = if second == first + 1 {
                !folds(a, b, d)
            } else if first == 0 && second as usize + 1 == edges {
                !folds(c, a, b)
            } else {
                !touch([a, b], [c, d])
            };
            if !clear {
                return false;
            }
        }
        let whole = edge(one).is_some_and(|[a, b]| a != b);
        if !whole {
            return false;
        }
    }
    true
}

/// Rings of more edges are looked at by a sweep, which does not compare all that lie above each other.
const LARGE: usize = 2000;

fn is_simple_large(ring: &[Point]) -> bool {
    let mut points: Vec<Point> = ring.iter().skip(1).copied().collect();
    order::sort(&mut points);
    let first = ring.get(..2).unwrap_or_default();
    let folded = |points: &[Point]| matches!(points, [a, b, c] if folds(a, b, c));
    let last = ring.iter().rev().take(2).rev().chain(first.iter().skip(1)).copied().collect::<Path>();
    if points.array_windows().any(|[a, b]| a == b) || ring.windows(3).any(folded) || folded(&last) {
        return false;
    }
    let strand = |&[a, b]: &[Point; 2]| Strand { ends: [a, b], owner: 0, border: true };
    let strands = ring.array_windows().map(strand).collect();
    crossings(strands, 0, &mut |_, _| Ok(())).is_ok_and(|told| told.found == 0)
}

/// Whether any two segments of some lines meet elsewhere than at a point both end at: they cross, touch in passing or
/// run over each other.
pub fn collide(lines: &[Path]) -> bool {
    let pairs = lines.iter().flat_map(|line| line.array_windows());
    let mut segments: Vec<[Point; 2]> = pairs.map(|&[a, b]| if a < b { [a, b] } else { [b, a] }).collect();
    order::sort(&mut segments);
    segments.iter().enumerate().any(|(row, one)| {
        let near = segments.iter().skip(row + 1).take_while(|two| two[0][0] <= one[1][0]);
        near.into_iter().any(|two| collides(one, two))
    })
}

fn collides([a, b]: &[Point; 2], [c, d]: &[Point; 2]) -> bool {
    match (a == c, b == d, b == c, a == d) {
        (true, true, ..) => true,
        (true, ..) => folds(b, a, d),
        (_, true, ..) => folds(a, b, c),
        (_, _, true, _) => folds(a, b, d),
        (.., true) => folds(b, a, c),
        _ => touch([a, b], [c, d]),
    }
}

/// Whether the way from `a` over `b` to `c` comes back over itself.
fn folds(a: &Point, b: &Point, c: &Point) -> bool {
    let back = i128::from(b[0] - a[0]) * i128::from(c[0] - b[0]) + i128::from(b[1] - a[1]) * i128::from(c[1] - b[1]);
    turn(a, b, c) == 0 && back <= 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_rings_are_judged_as_small_ones() {
        // A comb lying on its side: all of its teeth lie above each other.
        let comb = |teeth: i64| {
            let mut ring: Path = (0..teeth).flat_map(|row| [[0, 4 * row], [1000, 4 * row + 2]]).collect();
            ring.extend([[-5, 4 * teeth], [-5, 0], [0, 0]]);
            ring
        };
        let spoilt = |at: usize, point: Point| {
            let mut ring = comb(1500);
            ring[at] = point;
            ring
        };
        assert!(is_simple(&comb(40)) && is_simple(&comb(1500)));
        for (what, ring) in [
            ("crosses", spoilt(1000, [500, 9])),
            ("touches at a corner", spoilt(1000, [0, 4])),
            ("touches a side", spoilt(1001, [-5, 2002])),
            ("comes back", spoilt(1001, [0, 1996])),
        ] {
            assert!(!is_simple(&ring), "{what}");
        }
    }
}

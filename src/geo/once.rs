//! Lines that lie on each other, each stretch kept once: what a pen, a laser or a saw needs.

use super::buckets::Buckets;
use super::ring::{Box, Path, Point};
use crate::error::Result;
use crate::order;
use hashbrown::HashSet;

/// A piece of line; the lesser end first where it is looked up.
type Segment = [Point; 2];

/// What is left of each line where the lines before it, and the line itself further up, are taken away as far as they lie
/// within `near` steps beside it. A line whose first point is repeated is closed; what nothing is taken from stays as it is.
/// `pause` is asked from time to time.
///
/// # Errors
/// Those of `pause`.
pub fn once(lines: &[Path], near: i64, mut pause: impl FnMut() -> Result<()>) -> Result<Vec<Vec<Path>>> {
    let ordered = |[a, b]: Segment| if a < b { [a, b] } else { [b, a] };
    // Most that lie on each other have both ends in common, and need no measuring.
    let mut known: HashSet<Segment, foldhash::fast::FixedState> = HashSet::default();
    let all = lines.iter().flat_map(|line| line.array_windows().copied());
    let rows: Vec<Segment> = all.filter(|&segment| known.insert(ordered(segment))).collect();
    drop(known);
    let buckets = Buckets::new(rows.iter().map(|segment| around(segment, near)).collect());
    let mut known: HashSet<Segment, foldhash::fast::FixedState> = HashSet::default();
    let mut row = 0;
    let mut left = Vec::with_capacity(lines.len());
    for line in lines {
        let mut runs: Vec<Path> = Vec::new();
        let mut whole = true;
        for &segment in line.array_windows() {
            if !known.insert(ordered(segment)) {
                whole = false;
                continue;
            }
            if row % 1000 == 999 {
                pause()?;
            }
            let before = buckets.near(&around(&segment, near)).into_iter().take_while(|other| *other < row);
            let covered = before.filter_map(|other| cover(&segment, rows.get(other)?, near)).collect();
            row += 1;
            let pieces = rest(&segment, covered, near);
            whole &= pieces == [segment];
            for [a, b] in pieces {
                match runs.last_mut().filter(|run| run.last() == Some(&a)) {
                    Some(run) => run.push(b),
                    None => runs.push(vec![a, b]),
                }
            }
        }
        if whole {
            runs = vec![line.clone()];
        } else if runs.len() > 1 && line.first() == line.last() {
            join_ends(&mut runs);
        }
        left.push(runs);
    }
    Ok(left)
}

/// What is left of a ring does not end where the ring begins.
fn join_ends(runs: &mut Vec<Path>) {
    let ends = (runs.first().and_then(|run| run.first()), runs.last().and_then(|run| run.last()));
    if ends.0 == ends.1 && !runs.is_empty() {
        let head = runs.remove(0);
        if let Some(tail) = runs.last_mut() {
            tail.extend(head.into_iter().skip(1));
        }
    }
}

fn around([a, b]: &Segment, room: i64) -> Box {
    [a[0].min(b[0]) - room, a[1].min(b[1]) - room, a[0].max(b[0]) + room, a[1].max(b[1]) + room]
}

fn length([a, b]: &Segment) -> f64 {
    libm::hypot((b[0] - a[0]) as f64, (b[1] - a[1]) as f64)
}

/// From where to where, in steps from its start, another segment lies on one.
fn cover(segment: &Segment, [c, d]: &Segment, near: i64) -> Option<[f64; 2]> {
    let ([a, b], whole) = (segment, length(segment));
    let [ux, uy] = [(b[0] - a[0]) as f64 / whole, (b[1] - a[1]) as f64 / whole];
    let seen = |point: &Point| {
        let [x, y] = [(point[0] - a[0]) as f64, (point[1] - a[1]) as f64];
        [x * ux + y * uy, y * ux - x * uy]
    };
    let ([c, d], near) = ([seen(c), seen(d)], near as f64);
    let [c, d] = if c[0] < d[0] { [c, d] } else { [d, c] };
    let (from, to) = (c[0].max(0.0), d[0].min(whole));
    let aside = |along: f64| c[1] + (d[1] - c[1]) * (along - c[0]) / (d[0] - c[0]);
    (to - from > near && aside(from).abs() <= near && aside(to).abs() <= near).then_some([from, to])
}

/// The pieces of a segment that are not covered; splinters are.
fn rest(segment: &Segment, mut covered: Vec<[f64; 2]>, near: i64) -> Vec<Segment> {
    if covered.is_empty() {
        return vec![*segment];
    }
    let ([a, b], whole) = (segment, length(segment));
    order::sort_by(&mut covered, |one, other| one[0].total_cmp(&other[0]));
    let at = |along: f64| {
        let share = along / whole;
        [0, 1].map(|axis: usize| a[axis] + libm::round((b[axis] - a[axis]) as f64 * share) as i64)
    };
    let (mut pieces, mut from) = (Vec::new(), 0.0_f64);
    for [start, end] in covered.into_iter().chain([[whole, whole]]) {
        if start - from > near as f64 {
            let first = if from == 0.0 { *a } else { at(from) };
            pieces.push([first, if start == whole { *b } else { at(start) }]);
        }
        from = from.max(end);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(lines: &[&[Point]]) -> Vec<Vec<Path>> {
        let lines: Vec<Path> = lines.iter().map(|line| line.to_vec()).collect();
        once(&lines, 2, || Ok(())).unwrap()
    }

    fn total(left: &[Vec<Path>]) -> f64 {
        left.iter().flatten().flat_map(|line| line.array_windows()).map(length).sum()
    }

    const HOUSE: &[Point] = &[[0, 0], [100, 0], [100, 50], [0, 50], [0, 0]];

    #[test]
    fn a_common_wall_is_kept_once() {
        let next: &[Point] = &[[100, 0], [200, 0], [200, 50], [100, 50], [100, 0]];
        let left = left(&[HOUSE, next]);
        assert_eq!(left, [vec![HOUSE.to_vec()], vec![next[..4].to_vec()]]);
        assert!((total(&left) - 550.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_left_of_a_ring_goes_through_its_start() {
        let next: &[Point] = &[[200, 50], [100, 50], [100, 0], [200, 0], [200, 50]];
        assert_eq!(left(&[HOUSE, next])[1], [vec![[100, 0], [200, 0], [200, 50], [100, 50]]]);
    }

    #[test]
    fn walls_of_other_lengths_count_where_they_lie_on_each_other() {
        // A low neighbour, a step beside the wall; a long one over both.
        let low: &[Point] = &[[101, 10], [150, 10], [150, 30], [101, 30], [101, 10]];
        assert_eq!(left(&[HOUSE, low])[1], [vec![[101, 10], [150, 10], [150, 30], [101, 30]]]);
        let found = left(&[low, HOUSE]);
        assert!((total(&found) - (138.0 + 300.0 - 20.0)).abs() < 1e-9, "{found:?}");
        let line: &[Point] = &[[-50, 0], [150, 0]];
        assert_eq!(left(&[HOUSE, line])[1], [vec![[-50, 0], [0, 0]], vec![[100, 0], [150, 0]]]);
    }

    #[test]
    fn what_only_meets_stays() {
        let lines: [&[Point]; 4] =
            [&[[0, 0], [100, 0], [200, 0]], &[[0, 0], [100, 4]], &[[50, -50], [50, 50]], &[[0, 5], [200, 5]]];
        assert!(left(&lines).iter().zip(lines).all(|(left, line)| *left == [line.to_vec()]));
        // There and back again.
        assert_eq!(left(&[&[[0, 0], [100, 0], [0, 0]]]), [vec![vec![[0, 0], [100, 0]]]]);
        assert_eq!(left(&[]), Vec::<Vec<Path>>::new());
    }
}

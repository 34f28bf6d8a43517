//! Along the sides of a box: lines that lead from side to side, closed into rings.

use super::ring::{Box, Path, Point};
use crate::order;

/// How near to a side, as a part of the shorter one, a line may end to be led to it: extracts are cut at nodes or along a
/// border, so the last stretch before the side is missing.
pub const NEAR: f64 = 0.1;

/// The shorter side of a box.
pub fn shorter(frame: &Box) -> f64 {
    (frame[2] - frame[0]).min(frame[3] - frame[1]) as f64
}

/// How far a point is from the frame, and where it is nearest.
pub fn exit(&[x, y]: &Point, &[left, bottom, right, top]: &Box) -> (i64, Point) {
    let exits = [(x - left, [left, y]), (right - x, [right, y]), (y - bottom, [x, bottom]), (top - y, [x, top])];
    exits.into_iter().min_by_key(|(distance, _)| *distance).unwrap_or((0, [x, y]))
}

/// Where a point of the frame lies along it: counter-clockwise from the lower left corner.
fn along(&[x, y]: &Point, &[left, bottom, right, top]: &Box) -> i64 {
    let (width, height) = (right - left, top - bottom);
    if y == bottom {
        x - left
    } else if x == right {
        width + y - bottom
    } else if y == top {
        width + height + right - x
    } else {
        2 * width + height + top - y
    }
}

/// Joins pieces that lead from frame to frame, water on their left, into rings along the frame; none where entries and
/// exits do not alternate along it.
pub fn close(pieces: &[Path], frame: &Box) -> Option<Vec<Path>> {
    let count = pieces.len();
    let mut stops: Vec<(i64, bool, usize)> = Vec::with_capacity(2 * count);
    for (row, piece) in pieces.iter().enumerate() {
        stops.extend(piece.last().map(|end| (along(end, frame), false, row)));
        stops.extend(piece.first().map(|start| (along(start, frame), true, row)));
    }
    order::sort(&mut stops);
    let pairs = stops.iter().zip(stops.iter().cycle().skip(1));
    if pairs.clone().any(|((_, a, _), (_, b, _))| a == b) {
        return None;
    }
    // After the end of a piece, the piece that starts next.
    let mut follower = vec![0; count];
    for ((_, starts, row), (_, _, next)) in pairs {
        if let (false, Some(place)) = (starts, follower.get_mut(*row)) {
            *place = *next;
        }
    }
    let mut used = vec![false; count];
    let mut rings = Vec::new();
    for first in 0..count {
        let (mut ring, mut row) = (Path::new(), first);
        while let (Some(false), Some(piece)) = (used.get(row).copied(), pieces.get(row)) {
            if let Some(flag) = used.get_mut(row) {
                *flag = true;
            }
            ring.extend(piece);
            row = follower.get(row).copied().unwrap_or(first);
            if let (Some(end), Some(start)) = (piece.last(), pieces.get(row).and_then(|next| next.first())) {
                ring.extend(corners(along(end, frame), along(start, frame), frame));
            }
        }
        if let Some(&start) = ring.first() {
            ring.push(start);
            ring.dedup();
            rings.push(ring);
        }
    }
    Some(rings)
}

/// The corners of the frame passed on the way from one place along it to another, counter-clockwise.
fn corners(from: i64, to: i64, frame: &Box) -> Vec<Point> {
    let &[left, bottom, right, top] = frame;
    let (width, height) = (right - left, top - bottom);
    let round = 2 * (width + height);
    let all = [
        (0, [left, bottom]),
        (width, [right, bottom]),
        (width + height, [right, top]),
        (2 * width + height, [left, top]),
    ];
    let way = (to - from).rem_euclid(round);
    let mut passed: Vec<(i64, Point)> =
        all.iter().map(|&(at, corner)| ((at - from).rem_euclid(round), corner)).collect();
    passed.retain(|&(at, _)| at > 0 && at < way);
    order::sort(&mut passed);
    passed.into_iter().map(|(_, corner)| corner).collect()
}

/// What rings cover of a box, led on beyond its sides to a larger one: places on a side go straight on.
pub fn led_on(ring: &[Point], inner: &Box, outer: &Box) -> Path {
    let beyond = |point: &Point| {
        let moved = [0, 1].map(|axis| match point[axis] {
            side if side == inner[axis] => outer[axis],
            side if side == inner[axis + 2] => outer[axis + 2],
            inside => inside,
        });
        (moved != *point).then_some(moved)
    };
    let mut path = Path::with_capacity(ring.len() + 8);
    for [a, b] in ring.array_windows() {
        let along = (0..4).any(|side| a[side % 2] == inner[side] && b[side % 2] == inner[side]);
        match (beyond(a), beyond(b)) {
            // Along a side, with the way out and back where it begins and ends.
            (Some(from), Some(to)) if along => path.extend([*a, from, to]),
            _ => path.push(*a),
        }
    }
    path.extend(path.first().copied());
    path.dedup();
    path
}

/// Turns lines that lead from side to side of a box, whatever their direction, so that starts and ends take turns along it, as
/// [`close`] wants them; none where lines cross, or two of them end at one place. Turned around, all of them enclose the rest.
pub fn take_turns(pieces: &mut [Path], frame: &Box) -> Option<()> {
    let mut stops: Vec<(i64, usize)> = Vec::with_capacity(2 * pieces.len());
    for (row, piece) in pieces.iter().enumerate() {
        stops.extend([piece.first()?, piece.last()?].map(|end| (along(end, frame), row)));
    }
    order::sort(&mut stops);
    if stops.array_windows().any(|[(a, _), (b, _)]| a == b) {
        return None;
    }
    // Which places are those of starts, told by the first of each line.
    let mut starts: Vec<Option<bool>> = vec![None; pieces.len()];
    for (place, (at, row)) in stops.iter().enumerate() {
        let even = place % 2 == 0;
        match starts.get_mut(*row)? {
            Some(first) if *first == even => return None,
            Some(_) => {}
            unknown => {
                *unknown = Some(even);
                let piece = pieces.get_mut(*row)?;
                if (along(piece.first()?, frame) == *at) != even {
                    piece.reverse();
                }
            }
        }
    }
    Some(())
}

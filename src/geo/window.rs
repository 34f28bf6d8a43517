//! Cutting lines and rings at a box.

use super::ring::{Box, Path, Point, holds_point, touch};

/// A box as a closed counter-clockwise ring.
pub fn outline(&[left, bottom, right, top]: &Box) -> Path {
    vec![[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
}

/// The box that two boxes have in common.
pub fn overlap(a: &Box, b: &Box) -> Box {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// Whether a line has a point in a box.
pub fn crosses(line: &[Point], frame: &Box) -> bool {
    let edges = outline(frame);
    let meets = |a: &Point, b: &Point| {
        holds_point(frame, a)
            || holds_point(frame, b)
            || edges.windows(2).any(|edge| if let [c, d] = edge { touch([a, b], [c, d]) } else { false })
    };
    line.windows(2).any(|pair| if let [a, b] = pair { meets(a, b) } else { false })
}

/// Where segment `ab` meets the line on which coordinate `axis` is `value`, on the grid.
fn meeting(a: &Point, b: &Point, axis: usize, value: i64) -> Point {
    let (along, across) = if axis == 0 { (0, 1) } else { (1, 0) };
    let run = i128::from(b[along]) - i128::from(a[along]);
    let rise = i128::from(b[across]) - i128::from(a[across]);
    let step = i128::from(value) - i128::from(a[along]);
    let (run, step) = if run < 0 { (-run, -step) } else { (run, step) };
    // Rounded to the nearest; the same from either end.
    let offset = if run == 0 { 0 } else { (2 * rise * step + run).div_euclid(2 * run) };
    let other = (i128::from(a[across]) + offset) as i64;
    if axis == 0 { [value, other] } else { [other, value] }
}

/// The sides of a box: axis, value, and whether larger coordinates are inside.
fn sides(frame: &Box) -> [(usize, i64, bool); 4] {
    [(0, frame[0], true), (1, frame[1], true), (0, frame[2], false), (1, frame[3], false)]
}

/// The part of a segment that lies in a box.
fn segment(a: &Point, b: &Point, frame: &Box) -> Option<[Point; 2]> {
    let [mut from, mut to] = [*a, *b];
    for (axis, value, larger) in sides(frame) {
        let out = |point: &Point| if larger { point[axis] < value } else { point[axis] > value };
        match (out(&from), out(&to)) {
            (true, true) => return None,
            (true, false) => from = meeting(&from, &to, axis, value),
            (false, true) => to = meeting(&from, &to, axis, value),
            (false, false) => {}
        }
    }
    Some([from, to])
}

/// The pieces of a line in a box. A closed line that is cut opens where it is cut, not at its first point.
pub fn at_box(line: &[Point], frame: &Box) -> Vec<Path> {
    let mut pieces: Vec<Path> = Vec::new();
    let mut going = false;
    for pair in line.windows(2) {
        let [a, b] = pair else { continue };
        let Some([from, to]) = segment(a, b, frame) else {
            going = false;
            continue;
        };
        match pieces.last_mut().filter(|_| going && from == *a) {
            Some(piece) => piece.push(to),
            None => pieces.push(vec![from, to]),
        }
        going = to == *b;
    }
    let closed = line.first() == line.last();
    if closed && going && pieces.len() > 1 && pieces.first().and_then(|piece| piece.first()) == line.first() {
        let head = pieces.remove(0);
        if let Some(tail) = pieces.last_mut() {
            tail.extend(head);
        }
    }
    pieces.iter_mut().for_each(|piece| piece.dedup());
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// A closed ring cut at a box (Sutherland and Hodgman, 1974): what it covers by the even-odd rule is right, but it may
/// run along the box and back.
pub fn ring_at_box(ring: &[Point], frame: &Box) -> Path {
    let mut points = ring.to_vec();
    for (axis, value, larger) in sides(frame) {
        let out = |point: &Point| if larger { point[axis] < value } else { point[axis] > value };
        let mut kept = Path::with_capacity(points.len() + 4);
        for pair in points.windows(2) {
            let [a, b] = pair else { continue };
            if kept.is_empty() && !out(a) {
                kept.push(*a);
            }
            if out(a) != out(b) {
                kept.push(meeting(a, b, axis, value));
            }
            if !out(b) {
                kept.push(*b);
            }
        }
        if kept.first() != kept.last() {
            kept.extend(kept.first().copied());
        }
        kept.dedup();
        points = kept;
    }
    points
}

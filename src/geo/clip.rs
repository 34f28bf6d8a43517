//! Cutting points, lines and areas at a box and at any area within it.

use super::overlay;
use super::ring::{Box, Path, Point, Polygon, Side, area2, bounds, holds, holds_point, is_simple, meet, side, touch};
use std::borrow::Cow;

/// What is inside: a box, and perhaps areas that cut further.
pub struct Cut {
    frame: Box,
    /// Valid polygons' rings: outer ones counter-clockwise, holes clockwise.
    shape: Option<Vec<Path>>,
}

/// The part of a [`Cut`] near something.
enum Near<'a> {
    /// Everything there is inside.
    In,
    /// Nothing there is inside.
    Out,
    /// What these closed rings cover is inside.
    Part(Cow<'a, [Path]>),
}

impl Cut {
    /// A box; `areas`, rings by the even-odd rule, cut inside of it if there are any.
    pub fn new(frame: Box, areas: Option<Vec<Path>>) -> Self {
        let rings = areas.map(|areas| overlay::fill(areas.iter().map(Path::as_slice)).into_iter().flatten().collect());
        Self { frame, shape: rings }
    }

    /// The box.
    pub fn frame(&self) -> &Box {
        &self.frame
    }

    /// Whether a point is inside; borders are.
    pub fn holds(&self, point: &Point) -> bool {
        let rings = self.shape.iter().map(|rings| rings.iter().map(Path::as_slice));
        holds_point(&self.frame, point) && rings.into_iter().all(|rings| side(point, rings) != Side::Out)
    }

    /// The pieces of a line that are inside, in its order.
    pub fn line<'a>(&self, line: &'a [Point]) -> Vec<Cow<'a, [Point]>> {
        let Some(extent) = bounds(line) else { return Vec::new() };
        match self.near(&extent) {
            Near::Out => Vec::new(),
            Near::In => vec![Cow::Borrowed(line)].into_iter().filter(|line| line.len() > 1).collect(),
            Near::Part(rings) => {
                let lines = if holds(&self.frame, &extent) { vec![line.to_vec()] } else { at_box(line, &self.frame) };
                if self.shape.is_none() {
                    return lines.into_iter().map(Cow::Owned).collect();
                }
                lines.iter().flat_map(|line| at_rings(line, &rings)).map(Cow::Owned).collect()
            }
        }
    }

    /// What of a polygon (its rings, by the even-odd rule) is inside.
    pub fn polygon(&self, rings: &[&[Point]]) -> Option<Vec<Polygon>> {
        let Some(extent) = bounds(rings.iter().copied().flatten()) else { return Some(Vec::new()) };
        match self.near(&extent) {
            Near::Out => Some(Vec::new()),
            Near::In => None,
            Near::Part(part) => Some(overlay::intersect(rings.iter().copied(), part.iter().map(Path::as_slice))),
        }
    }

    /// Whether any of a line is inside.
    pub fn touches_line(&self, line: &[Point]) -> bool {
        if self.shape.is_some() {
            return !self.line(line).is_empty();
        }
        bounds(line).is_some_and(|extent| meet(&extent, &self.frame)) && crosses(line, &self.frame)
    }

    /// Whether any of a polygon is inside.
    pub fn touches_polygon(&self, rings: &[&[Point]]) -> bool {
        if self.shape.is_some() {
            return self.polygon(rings).is_none_or(|polygons| !polygons.is_empty());
        }
        let [left, bottom, ..] = self.frame;
        rings.iter().any(|ring| self.touches_line(ring)) || side(&[left, bottom], rings.iter().copied()) != Side::Out
    }

    /// What of the cut matters for something within `extent`.
    fn near(&self, extent: &Box) -> Near<'_> {
        if !meet(extent, &self.frame) {
            return Near::Out;
        }
        let within = holds(&self.frame, extent);
        let Some(shape) = &self.shape else {
            return if within { Near::In } else { Near::Part(Cow::Owned(vec![outline(&self.frame)])) };
        };
        // One step more on each side, so that the box of a level line has an area.
        let [left, bottom, right, top] = *extent;
        let window = overlap(&[left - 1, bottom - 1, right + 1, top + 1], &self.frame);
        let rings: Vec<Path> =
            shape.iter().map(|ring| ring_at_box(ring, &window)).filter(|ring| ring.len() > 3).collect();
        let area: i128 = rings.iter().map(|ring| area2(ring)).sum();
        if area == 0 {
            Near::Out
        } else if within && area == area2(&outline(&window)) {
            Near::In
        } else {
            Near::Part(Cow::Owned(rings))
        }
    }
}

/// A box as a closed counter-clockwise ring.
pub fn outline(&[left, bottom, right, top]: &Box) -> Path {
    vec![[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
}

fn overlap(a: &Box, b: &Box) -> Box {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// Whether a line has a point in a box.
fn crosses(line: &[Point], frame: &Box) -> bool {
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
fn ring_at_box(ring: &[Point], frame: &Box) -> Path {
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

/// The pieces of a line that closed rings cover.
fn at_rings(line: &[Point], rings: &[Path]) -> Vec<Path> {
    let mut pieces: Vec<Path> = Vec::new();
    let mut going = false;
    for pair in line.windows(2) {
        let [a, b] = pair else { continue };
        let mut stops = vec![0.0, 1.0];
        for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
            if let [c, d] = edge
                && touch([a, b], [c, d])
            {
                stops.extend(share([a, b], [c, d]));
            }
        }
        stops.sort_unstable_by(f64::total_cmp);
        stops.dedup();
        for span in stops.windows(2) {
            let &[from, to] = span else { continue };
            let middle = between(a, b, (from + to) / 2.0);
            if side(&middle, rings.iter().map(Path::as_slice)) == Side::Out {
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

/// A polygon whose rings may cross or touch after its points were moved, made valid again; none if it is still valid.
pub fn repair(rings: &[&[Point]]) -> Option<Vec<Polygon>> {
    if let [ring] = rings
        && is_simple(ring)
    {
        // A small ring may have turned over.
        return (area2(ring) < 0).then(|| vec![vec![ring.iter().rev().copied().collect()]]);
    }
    Some(overlay::fill(rings.iter().copied()))
}

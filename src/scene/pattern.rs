//! Patterns as strokes: hatches cut at the edges of their area, and marks that stand whole inside it. What
//! `fill-pattern` names is drawn by every program, and a plotter can draw it.

use super::area::trace;
use super::{Cap, Join, Paths, Stroke};
use crate::color::Color;
use crate::map::{Feature, Features, Role};
use crate::order;
use crate::sheet::Sheet;
use libm::{ceil, cos, floor, round, sin};

/// What repeats, mm.
enum Pattern {
    /// Parallel lines: directions in degrees clockwise from the horizontal, distance.
    Hatch(&'static [f64], f64),
    /// Marks in rows: distance of columns and rows, every second row shifted by half; polylines about their middle.
    Marks([f64; 2], &'static [&'static [[f64; 2]]]),
}

/// All patterns: name, what repeats, width of the pen in mm.
#[rustfmt::skip]
static PATTERNS: &[(&str, Pattern, f64)] = &[
    ("hatch", Pattern::Hatch(&[-45.0], 1.6), 0.12),
    ("hatch-back", Pattern::Hatch(&[45.0], 1.6), 0.12),
    ("hatch-wide", Pattern::Hatch(&[-45.0], 3.2), 0.16),
    ("hatch-fine", Pattern::Hatch(&[-45.0], 0.7), 0.08),
    ("cross-hatch", Pattern::Hatch(&[-45.0, 45.0], 1.8), 0.1),
    ("lines", Pattern::Hatch(&[0.0], 1.1), 0.1),
    ("dots", Pattern::Marks([1.5, 0.75], &[&[[0.0, 0.0], [0.01, 0.0]]]), 0.28),
    ("sand", Pattern::Marks([1.7, 1.1], &[&[[0.0, 0.0], [0.01, 0.0]], &[[0.55, 0.3], [0.56, 0.3]]]), 0.16),
    ("forest", Pattern::Marks([4.4, 3.2], &[
        &[[-0.45, 0.25], [-0.62, -0.05], [-0.5, -0.4], [-0.2, -0.65], [0.2, -0.65], [0.5, -0.4], [0.62, -0.05], [0.45, 0.25], [-0.45, 0.25]],
        &[[0.0, 0.25], [0.0, 0.75]]]), 0.13),
    ("conifer", Pattern::Marks([4.4, 3.2], &[
        &[[-0.5, 0.4], [0.0, -0.8], [0.5, 0.4], [-0.5, 0.4]], &[[0.0, 0.4], [0.0, 0.8]]]), 0.13),
    ("scrub", Pattern::Marks([3.6, 2.6], &[&[[-0.45, 0.2], [-0.35, -0.15], [0.0, -0.32], [0.35, -0.15], [0.45, 0.2]]]), 0.13),
    ("grass", Pattern::Marks([4.0, 2.8], &[&[[-0.35, -0.3], [-0.15, 0.3]], &[[0.0, -0.45], [0.0, 0.3]], &[[0.35, -0.3], [0.15, 0.3]]]), 0.1),
    ("orchard", Pattern::Marks([2.6, 1.3], &[
        &[[0.4, 0.0], [0.28, 0.28], [0.0, 0.4], [-0.28, 0.28], [-0.4, 0.0], [-0.28, -0.28], [0.0, -0.4], [0.28, -0.28], [0.4, 0.0]]]), 0.12),
    ("vineyard", Pattern::Marks([2.4, 2.0], &[&[[0.0, 0.6], [0.0, -0.6]], &[[0.0, -0.15], [0.4, -0.5]]]), 0.12),
    ("wetland", Pattern::Marks([5.0, 2.6], &[
        &[[-1.1, 0.3], [1.1, 0.3]], &[[0.0, 0.1], [0.0, -0.6]], &[[-0.25, 0.1], [-0.45, -0.45]], &[[0.25, 0.1], [0.45, -0.45]]]), 0.13),
    ("cemetery", Pattern::Marks([3.4, 2.4], &[&[[0.0, -0.55], [0.0, 0.55]], &[[-0.33, -0.2], [0.33, -0.2]]]), 0.13),
    ("rock", Pattern::Marks([3.4, 2.2], &[&[[-0.45, 0.25], [-0.1, -0.3], [0.15, 0.0], [0.3, -0.12], [0.5, 0.25]]]), 0.12),
    ("waves", Pattern::Marks([3.6, 2.0], &[&[[-0.8, 0.0], [-0.4, -0.22], [0.0, 0.0], [0.4, 0.22], [0.8, 0.0]]]), 0.12),
];

/// Whether there is a pattern of this name.
pub fn known(name: &str) -> bool {
    PATTERNS.iter().any(|(id, ..)| *id == name)
}

/// Adds the strokes of a pattern within an area, and says how they are drawn.
pub fn draw(
    name: &str,
    color: Color,
    features: &Features,
    feature: &Feature,
    sheet: &Sheet,
    paths: &mut Paths,
) -> Option<Stroke> {
    let (_, pattern, width) = PATTERNS.iter().find(|(id, ..)| *id == name)?;
    let parts = features.shapes.parts(&feature.parts).iter();
    let parts = parts.filter(|part| matches!(part.role, Role::Outer | Role::Inner));
    let rings: Vec<Vec<[f64; 2]>> = parts.map(|part| trace(sheet, &features.shapes.points(part))).collect();
    match pattern {
        Pattern::Hatch(angles, gap) => angles.iter().for_each(|angle| hatch(&rings, angle.to_radians(), *gap, paths)),
        Pattern::Marks(step, shape) => marks(&rings, *step, shape, paths),
    }
    Some(Stroke { color, width: *width, cap: Cap::Round, join: Join::Round, dashes: Vec::new() })
}

fn rounded(point: [f64; 2]) -> [f64; 2] {
    point.map(|side| round(side * 1000.0) / 1000.0)
}

/// Where the rings cross the lines y = (row + shift) × gap: for each row the x of every crossing, sorted.
fn crossings(rings: &[Vec<[f64; 2]>], first: i64, count: usize, gap: f64, shift: f64) -> Vec<Vec<f64>> {
    let mut rows = vec![Vec::new(); count];
    for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
        let &[a, b] = edge else { continue };
        let (low, high) = if a[1] <= b[1] { (a, b) } else { (b, a) };
        // Half open, so that a corner on a line counts once.
        let from = ceil(low[1] / gap - shift) as i64;
        let to = ceil(high[1] / gap - shift) as i64;
        for row in from..to {
            let y = (row as f64 + shift) * gap;
            let x = low[0] + (high[0] - low[0]) * (y - low[1]) / (high[1] - low[1]);
            if let Some(list) = usize::try_from(row - first).ok().and_then(|row| rows.get_mut(row)) {
                list.push(x);
            }
        }
    }
    rows.iter_mut().for_each(|list| order::sort_numbers(list));
    rows
}

/// First row and count of rows of a height that rings reach.
fn reach(rings: &[Vec<[f64; 2]>], gap: f64) -> Option<(i64, usize)> {
    let sides = rings.iter().flatten().map(|point| point[1]);
    let (low, high) = sides.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
    let (first, last) = (floor(low / gap) as i64 - 1, ceil(high / gap) as i64 + 1);
    (low <= high).then_some((first, usize::try_from(last - first + 1).ok()?))
}

fn hatch(rings: &[Vec<[f64; 2]>], angle: f64, gap: f64, paths: &mut Paths) {
    let (cos, sin) = (cos(angle), sin(angle));
    let turned = |ring: &Vec<[f64; 2]>| ring.iter().map(|[x, y]| [x * cos + y * sin, y * cos - x * sin]).collect();
    let turned: Vec<Vec<[f64; 2]>> = rings.iter().map(turned).collect();
    let Some((first, count)) = reach(&turned, gap) else { return };
    for (row, list) in crossings(&turned, first, count, gap, 0.0).iter().enumerate() {
        let y = (first + row as i64) as f64 * gap;
        for pair in list.chunks_exact(2) {
            let &[from, to] = pair else { continue };
            if to - from > gap / 8.0 {
                paths.push([from, to].map(|x| rounded([x * cos - y * sin, x * sin + y * cos])), false);
            }
        }
    }
}

fn marks(rings: &[Vec<[f64; 2]>], [step, gap]: [f64; 2], shape: &[&[[f64; 2]]], paths: &mut Paths) {
    let Some((first, count)) = reach(rings, gap) else { return };
    let reach_of = |axis: usize| {
        let sides = shape.iter().flat_map(|line| line.iter()).filter_map(|point| point.get(axis));
        sides.fold(0.0_f64, |most, side| most.max(side.abs())) + 0.15
    };
    let (half, tall) = (reach_of(0), reach_of(1) / gap);
    let rows = [0.0, -tall, tall].map(|shift| crossings(rings, first, count, gap, shift));
    let [middle, above, below] = &rows;
    for (row, ((middle, above), below)) in middle.iter().zip(above).zip(below).enumerate() {
        let number = first + row as i64;
        let (y, shift) = (number as f64 * gap, if number % 2 == 0 { 0.0 } else { step / 2.0 });
        let inside = |list: &[f64], x: f64| {
            list.chunks_exact(2).any(|pair| matches!(pair, &[from, to] if from <= x - half && x + half <= to))
        };
        for pair in middle.chunks_exact(2) {
            let &[from, to] = pair else { continue };
            let columns = ceil((from + half - shift) / step) as i64..=floor((to - half - shift) / step) as i64;
            for x in columns.map(|column| column as f64 * step + shift) {
                if inside(above, x) && inside(below, x) {
                    for line in shape {
                        paths.push(line.iter().map(|point| rounded([x + point[0], y + point[1]])), false);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Paths, hatch, marks};

    const SQUARE: [[f64; 2]; 5] = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
    const HOLE: [[f64; 2]; 5] = [[3.0, 3.0], [3.0, 7.0], [7.0, 7.0], [7.0, 3.0], [3.0, 3.0]];

    #[test]
    fn hatches_end_at_the_edges_and_leave_holes_out() {
        let mut paths = Paths::default();
        hatch(&[SQUARE.to_vec(), HOLE.to_vec()], 0.0, 1.0, &mut paths);
        // Ten lines at 0 to 9, those at 3 to 6 in two pieces.
        assert_eq!(paths.subpaths.len(), 14);
        assert!(paths.points.iter().flatten().all(|side| (0.0..=10.0).contains(side)));
        let mut slanted = Paths::default();
        hatch(&[SQUARE.to_vec()], -0.7, 1.0, &mut slanted);
        assert!(slanted.points.iter().flatten().all(|side| (-0.001..=10.001).contains(side)));
    }

    #[test]
    fn marks_stand_whole_inside() {
        let mut paths = Paths::default();
        marks(&[SQUARE.to_vec(), HOLE.to_vec()], [2.0, 2.0], &[&[[-0.5, 0.0], [0.5, 0.0]]], &mut paths);
        assert!(paths.subpaths.len() > 8);
        for point in &paths.points {
            assert!(point.iter().all(|side| (0.1..=9.9).contains(side)), "{point:?}");
            assert!(!point.iter().all(|side| (2.9..=7.1).contains(side)), "{point:?}");
        }
    }
}

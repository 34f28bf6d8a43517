//! The baseline of text along a line: evenly spaced points, corners rounded so that letters do not kink.

use crate::geo::line::length;

/// A line in steps of equal length.
pub struct Baseline {
    /// Points, the first and last are the line's ends.
    pub points: Vec<[f64; 2]>,
    /// Length of a step on the line before corners were rounded, mm.
    pub step: f64,
    /// Sum of all bends before each point, radians.
    bends: Vec<f64>,
}

/// Steps in a font size.
const STEPS: f64 = 4.0;
/// Most points: 25 metres of text at 1 mm.
const MOST: f64 = 100_000.0;
/// Points on each side over which corners are rounded, twice: about a font size in all.
const ROUND: usize = 3;
/// A bend in one step that counts twice, radians.
const SHARP: f64 = 0.1;
/// How far a baseline may leave its line before that counts like a bend of one radian, in font sizes.
const ASTRAY: f64 = 0.7;

impl Baseline {
    /// Of a line for text of a size; none for a line shorter than `width`.
    pub fn new(line: &[[f64; 2]], size: f64, width: f64) -> Option<Self> {
        let length = length(line);
        if !(length.is_finite() && length >= width && length > 0.0 && size > 0.0) {
            return None;
        }
        let count = libm::ceil(length / size * STEPS).clamp(1.0, MOST);
        let step = length / count;
        let even = evenly(line, step, count as usize);
        let points = rounded(&rounded(&even));
        let mut bends = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        for (row, point) in points.iter().enumerate() {
            let around = row.checked_sub(1).and_then(|before| Some((points.get(before)?, points.get(row + 1)?)));
            let bend = around.map_or(0.0, |(before, after)| bend(*before, *point, *after));
            sum += bend * (1.0 + bend / SHARP);
            let astray = even.get(row).map_or(0.0, |from| distance(*from, *point)) / (size * ASTRAY);
            sum += astray * astray / STEPS;
            bends.push(sum);
        }
        Some(Self { points, step, bends })
    }

    /// How much it bends between two of its points, radians; places where it leaves its line count more.
    pub fn bend(&self, from: usize, to: usize) -> f64 {
        let at = |row: usize| self.bends.get(row).copied().unwrap_or(f64::INFINITY);
        at(to) - at(from)
    }
}

/// Points every `step` along a line.
fn evenly(line: &[[f64; 2]], step: f64, count: usize) -> Vec<[f64; 2]> {
    let mut points = Vec::with_capacity(count + 1);
    let mut behind = 0.0;
    for pair in line.windows(2) {
        let &[a, b] = pair else { continue };
        let long = distance(a, b);
        while points.len() < count && points.len() as f64 * step < behind + long {
            points.push(mix(a, b, (points.len() as f64 * step - behind) / long));
        }
        behind += long;
    }
    points.extend(line.last());
    points
}

/// Every point is the mean of those around it, fewer near the ends.
fn rounded(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let last = points.len().saturating_sub(1);
    let mean = |row: usize| {
        let reach = ROUND.min(row).min(last - row);
        let around = points.get(row - reach..=row + reach).unwrap_or_default();
        let sum = around.iter().fold([0.0; 2], |sum, point| [sum[0] + point[0], sum[1] + point[1]]);
        sum.map(|sum| sum / around.len().max(1) as f64)
    };
    (0..points.len()).map(mean).collect()
}

/// A path with what lies behind each of its points.
pub struct Track {
    /// The path.
    pub points: Vec<[f64; 2]>,
    behind: Vec<f64>,
}

impl Track {
    /// Measures a path.
    pub fn new(points: Vec<[f64; 2]>) -> Self {
        let mut behind = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        for (row, point) in points.iter().enumerate() {
            sum += row.checked_sub(1).and_then(|row| points.get(row)).map_or(0.0, |before| distance(*before, *point));
            behind.push(sum);
        }
        Self { points, behind }
    }

    /// Its length.
    pub fn length(&self) -> f64 {
        self.behind.last().copied().unwrap_or(0.0)
    }

    /// The point at a distance from its start, and the direction there.
    pub fn at(&self, along: f64) -> Option<([f64; 2], [f64; 2])> {
        let row = self.behind.partition_point(|&behind| behind < along).clamp(1, self.points.len().max(2) - 1);
        let (a, b) = (*self.points.get(row - 1)?, *self.points.get(row)?);
        let (from, to) = (self.behind.get(row - 1)?, self.behind.get(row)?);
        let long = to - from;
        (long > 0.0).then(|| (mix(a, b, (along - from) / long), [(b[0] - a[0]) / long, (b[1] - a[1]) / long]))
    }
}

/// A path moved sideways, to the right of where it runs.
pub fn beside(points: &[[f64; 2]], by: f64) -> Vec<[f64; 2]> {
    let side = |row: usize, point: &[f64; 2]| {
        let before = points.get(row.saturating_sub(1)).unwrap_or(point);
        let after = points.get(row + 1).unwrap_or(point);
        let long = distance(*before, *after);
        if long == 0.0 {
            return *point;
        }
        [point[0] - (after[1] - before[1]) / long * by, point[1] + (after[0] - before[0]) / long * by]
    };
    points.iter().enumerate().map(|(row, point)| side(row, point)).collect()
}

/// Distance of two points.
pub fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    libm::hypot(b[0] - a[0], b[1] - a[1])
}

/// Angle by which a path turns at `b`, radians, never negative.
fn bend(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    let (p, q) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
    libm::atan2(p[0] * q[1] - p[1] * q[0], p[0] * q[0] + p[1] * q[1]).abs()
}

fn mix(a: [f64; 2], b: [f64; 2], t: f64) -> [f64; 2] {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

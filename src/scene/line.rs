//! Lines on the sheet: how the style wants them, and their subpaths.

use super::area::{edges, trace};
use super::{Cap, Join, Paths, Stroke};
use crate::color::Color;
use crate::geo::offset::beside;
use crate::map::{Feature, Features, Role};
use crate::sheet::Sheet;
use crate::style::expr::Subject;
use crate::style::{Bound, PIXEL, Prop};
use std::collections::BTreeSet;

/// A line's look, and how far to the right of its course it runs (two shifts for a pair of lines).
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The pen.
    pub stroke: Stroke,
    /// Shifts, mm; one 0 for a line in its place.
    pub shifts: Vec<f64>,
}

/// Thinnest line that is drawn, mm.
const THINNEST: f64 = 0.01;

/// How far from an end of a line its direction is measured where streets are joined, mm.
pub const REACH: f64 = 2.0;

/// Shortest pattern of dashes, mm.
const FINEST: f64 = 0.05;

/// What a style layer wants for a feature; none for what cannot be seen.
pub fn look(bound: &Bound, subject: &dyn Subject) -> Option<Look> {
    let color = bound.color(Prop::LineColor, Prop::LineOpacity, subject)?;
    let width = bound.length(Prop::LineWidth, subject);
    if width < THINNEST {
        return None;
    }
    // To the right of a line, into an area, whose edges have it on their left.
    let inward = if subject.geometry() == "Polygon" { -1.0 } else { 1.0 };
    let offset = inward * bound.length(Prop::LineOffset, subject);
    let gap = bound.length(Prop::LineGapWidth, subject);
    let shifts =
        if gap > 0.0 { vec![offset - (gap + width) / 2.0, offset + (gap + width) / 2.0] } else { vec![offset] };
    let dashes = dashes(&bound.numbers(Prop::LineDasharray, subject), width);
    let cap = match bound.words(Prop::LineCap, subject).first().map(String::as_str) {
        Some("round") => Cap::Round,
        Some("square") => Cap::Square,
        _ => Cap::Butt,
    };
    let join = match bound.words(Prop::LineJoin, subject).first().map(String::as_str) {
        Some("round") => Join::Round,
        Some("bevel") => Join::Bevel,
        _ => Join::Miter,
    };
    Some(Look { stroke: Stroke { color, width: rounded(width), cap, join, dashes }, shifts })
}

/// Dashes in line widths → mm; none for a pattern that draws everything or nothing, or is too fine to be seen. An odd
/// pattern runs twice.
fn dashes(pattern: &[f64], width: f64) -> Vec<f64> {
    let dashes: Vec<f64> = pattern.iter().map(|dash| rounded(dash * width)).collect();
    let whole = dashes.len() >= 2
        && dashes.iter().all(|dash| *dash >= 0.0)
        && dashes.iter().sum::<f64>() >= FINEST
        && (dashes.len() % 2 == 1 || dashes.iter().skip(1).step_by(2).any(|gap| *gap > 0.0));
    let repeats = if !whole { 0 } else { 1 + dashes.len() % 2 };
    dashes.repeat(repeats)
}

fn rounded(mm: f64) -> f64 {
    libm::round(mm * 1e4) / 1e4
}

/// A line on the sheet, and whether it is closed (its first point is not repeated).
pub type Course = (Vec<[f64; 2]>, bool);

/// The lines of a feature, or the edges of an area.
pub fn courses(features: &Features, feature: &Feature, sheet: &Sheet) -> Vec<Course> {
    let mut found = edges(features, feature, sheet);
    for part in features.shapes.parts(&feature.parts).iter().filter(|part| part.role == Role::Line) {
        let mut line = trace(sheet, &features.shapes.points(part));
        let closed = line.len() > 3 && line.first() == line.last();
        if closed {
            line.pop();
        }
        if line.len() >= 2 {
            found.push((line, closed));
        }
    }
    found
}

/// Adds lines beside a course.
pub fn draw((line, closed): &Course, shifts: &[f64], paths: &mut Paths) {
    for &shift in shifts {
        if shift == 0.0 {
            paths.push(line.iter().copied(), *closed);
        } else {
            paths.push(beside(line, shift, *closed), *closed);
        }
    }
}

/// Pieces of lines that are drawn already.
#[derive(Default)]
pub struct Known(BTreeSet<[[i64; 2]; 2]>);

impl Known {
    /// What of a course is not drawn yet; from now on it is.
    pub fn news(&mut self, (line, closed): Course) -> Vec<Course> {
        let end = line.first().copied().filter(|_| closed);
        let points: Vec<[f64; 2]> = line.iter().copied().chain(end).collect();
        let mut new = |a: [f64; 2], b: [f64; 2]| {
            let [a, b] = [a, b].map(|point| point.map(|side| libm::round(side * 1000.0) as i64));
            self.0.insert([a.min(b), a.max(b)])
        };
        let mut found: Vec<Course> = Vec::new();
        let mut run: Vec<[f64; 2]> = Vec::new();
        for pair in points.windows(2) {
            let &[a, b] = pair else { continue };
            if new(a, b) {
                if run.is_empty() {
                    run.push(a);
                }
                run.push(b);
            } else if !run.is_empty() {
                found.push((std::mem::take(&mut run), false));
            }
        }
        if closed && found.is_empty() && run.len() == points.len() {
            return vec![(line, true)];
        }
        if run.len() >= 2 {
            found.push((run, false));
        }
        found
    }
}

/// A dot: its fill, its rim, and how large it is with the rim.
pub struct Dot {
    /// Fill.
    pub fill: Option<Color>,
    /// Rim.
    pub stroke: Option<Stroke>,
    /// Radius of the fill, mm.
    pub radius: f64,
}

/// What a circle layer wants for a feature; none for what cannot be seen.
pub fn dot(bound: &Bound, subject: &dyn Subject) -> Option<Dot> {
    let fill = bound.color(Prop::CircleColor, Prop::CircleOpacity, subject);
    let radius = bound.number(Prop::CircleRadius, subject) * PIXEL;
    let width = bound.length(Prop::CircleStrokeWidth, subject);
    let rim = bound.color(Prop::CircleStrokeColor, Prop::CircleStrokeOpacity, subject).filter(|_| width >= THINNEST);
    let stroke =
        rim.map(|color| Stroke { color, width: rounded(width), cap: Cap::Butt, join: Join::Round, dashes: Vec::new() });
    (radius > 0.0 && (fill.is_some() || stroke.is_some())).then_some(Dot { fill, stroke, radius })
}

/// A circle as a ring of straight pieces that are nowhere more than about 0.01 mm off.
pub fn circle([x, y]: [f64; 2], radius: f64) -> impl Iterator<Item = [f64; 2]> {
    let count = (libm::ceil(std::f64::consts::PI / libm::acos(1.0 - 0.01 / radius.max(0.02))) as u32).clamp(8, 64);
    (0..count).map(move |row| {
        let angle = std::f64::consts::TAU * f64::from(row) / f64::from(count);
        [rounded(x + radius * libm::cos(angle)), rounded(y + radius * libm::sin(angle))]
    })
}

#[cfg(test)]
mod tests {
    use super::dashes;

    #[test]
    fn a_pattern_that_draws_everything_is_none() {
        assert_eq!(dashes(&[2.0, 1.0], 0.5), [1.0, 0.5]);
        assert_eq!(dashes(&[2.0, 1.0, 1.0], 1.0), [2.0, 1.0, 1.0, 2.0, 1.0, 1.0]);
        assert!(dashes(&[1.0, 0.0], 1.0).is_empty() && dashes(&[3.0], 1.0).is_empty());
    }
}

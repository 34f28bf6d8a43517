//! Texts: what may stand in one, and where names are put.

use crate::geo::center::visual_center;
use crate::map::{Feature, Features, Geometry, Part, Role};

/// Width of a letter in heights of the text, about.
const LETTER: f64 = 0.7;

/// A text for one line of the file: no control characters, no backslash (it begins a code).
pub(super) fn line(text: &str) -> String {
    let safe = |c: char| match c {
        '\\' => '/',
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
        c => c,
    };
    text.chars().map(safe).collect()
}

/// A text that is drawn: two percent signs would begin a code.
pub(super) fn drawn(text: &str) -> String {
    let mut text = line(text);
    while text.contains("%%") {
        text = text.replace("%%", "% %");
    }
    text.trim().to_owned()
}

/// Bytes a character takes in the file: `\U+XXXX` outside of ASCII.
pub(super) fn encoded(c: char) -> usize {
    if c.is_ascii() { 1 } else { 7 * c.len_utf16() }
}

/// Where a name stands, and its rotation in degrees; none where there is no room for it along a line.
pub(super) fn place(features: &Features, feature: &Feature, letters: usize, height: f64) -> Option<([f64; 2], f64)> {
    let shapes = &features.shapes;
    let parts = shapes.parts(&feature.parts);
    match feature.geometry {
        Geometry::Point => {
            let [x, y] = *shapes.points(parts.first()?).first()?;
            Some(([x + height, y], 0.0))
        }
        Geometry::Line => {
            let (length, line) = parts
                .iter()
                .map(|part| (length(shapes.points(part)), shapes.points(part)))
                .max_by(|a, b| a.0.total_cmp(&b.0))?;
            if length < letters as f64 * LETTER * height {
                return None;
            }
            middle(line, length / 2.0)
        }
        Geometry::Area => {
            let (_, rings) = polygons(parts)
                .map(|rings| (shapes.points.get(span(rings)).map_or(0.0, extent), rings))
                .max_by(|a, b| a.0.total_cmp(&b.0))?;
            let rings: Vec<&[[f64; 2]]> = rings.iter().map(|part| shapes.points(part)).collect();
            visual_center(&rings, height / 2.0).map(|(center, _)| (center, 0.0))
        }
    }
}

/// Outer rings with their holes.
fn polygons(parts: &[Part]) -> impl Iterator<Item = &[Part]> {
    parts.chunk_by(|_, next| next.role == Role::Inner)
}

/// Points of a polygon's outer ring.
fn span(rings: &[Part]) -> std::ops::Range<usize> {
    rings.first().map_or(0..0, |part| part.start as usize..part.end as usize)
}

/// Area of the box around points.
fn extent(points: &[[f64; 2]]) -> f64 {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let [l, b, r, t] = points.iter().fold(start, |e, [x, y]| [e[0].min(*x), e[1].min(*y), e[2].max(*x), e[3].max(*y)]);
    if r > l { (r - l) * (t - b) } else { 0.0 }
}

fn length(line: &[[f64; 2]]) -> f64 {
    line.array_windows().map(|[a, b]| libm::hypot(b[0] - a[0], b[1] - a[1])).sum()
}

/// The point at a length along a line, and its direction there, so that text reads from below or the right.
fn middle(line: &[[f64; 2]], mut rest: f64) -> Option<([f64; 2], f64)> {
    for [a, b] in line.array_windows() {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = libm::hypot(dx, dy);
        if length > 0.0 && rest <= length {
            let share = rest / length;
            let angle = libm::atan2(dy, dx).to_degrees();
            let upright = match angle {
                angle if angle > 90.0 => angle - 180.0,
                angle if angle <= -90.0 => angle + 180.0,
                angle => angle,
            };
            return Some(([a[0] + dx * share, a[1] + dy * share], upright));
        }
        rest -= length;
    }
    None
}

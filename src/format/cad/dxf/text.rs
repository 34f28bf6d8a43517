//! Texts: what may stand in one, and where names are put.

use super::version::Version;
use crate::geo::center::visual_center;
use crate::geo::line;
use crate::map::{Feature, Features, Geometry, Part, Role};

/// Width of a letter in heights of the text, about.
const LETTER: f64 = 0.7;

/// A text for one line of the file: no control characters.
pub(super) fn plain(text: &str) -> String {
    let safe = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    text.chars().map(safe).collect()
}

/// A text in which nothing is taken for a character's code: a backslash that would begin one is written as a code.
pub(super) fn coded(text: &str) -> String {
    text.replace("\\U+", "\\U+005CU+").replace("\\M+", "\\U+005CM+")
}

/// A text that is drawn, and whether it had to be cut: two percent signs would begin a code.
pub(super) fn drawn(text: &str, version: &Version) -> (String, bool) {
    let mut text = plain(text);
    while text.contains("%%") {
        text = text.replace("%%", "% %");
    }
    let text = text.trim();
    let mut size = 0;
    let end = text.char_indices().find(|(_, c)| {
        size += version.letters.bytes(*c);
        size > version.longest
    });
    match end.and_then(|(end, _)| text.get(..end)) {
        Some(begin) => (coded(begin.trim_end()), true),
        None => (coded(text), false),
    }
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
                .map(|part| shapes.points(part))
                .map(|line| (line::length(&line), line))
                .max_by(|a, b| a.0.total_cmp(&b.0))?;
            if length < letters as f64 * LETTER * height {
                return None;
            }
            let (place, [dx, dy]) = line::at(&line, length / 2.0)?;
            Some((place, upright(libm::atan2(dy, dx).to_degrees())))
        }
        Geometry::Area => {
            // Where there is most room.
            let rooms = polygons(parts).filter_map(|rings| {
                let rings: Vec<_> = rings.iter().map(|part| shapes.points(part)).collect();
                let rings: Vec<&[[f64; 2]]> = rings.iter().map(AsRef::as_ref).collect();
                visual_center(&rings, height / 2.0)
            });
            rooms.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(center, _)| (center, 0.0))
        }
    }
}

/// Outer rings with their holes.
fn polygons(parts: &[Part]) -> impl Iterator<Item = &[Part]> {
    parts.chunk_by(|_, next| next.role == Role::Inner)
}

/// An angle by which text reads from below or the right.
fn upright(angle: f64) -> f64 {
    match angle {
        angle if angle > 90.0 => angle - 180.0,
        angle if angle <= -90.0 => angle + 180.0,
        angle => angle,
    }
}

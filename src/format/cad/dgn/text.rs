//! Texts: one line each, several as a node.

use super::element::{Element, Look, TEXT, TEXT_NODE};
use super::numbers::{long, word};
use crate::format::drafting::LEADING;
use crate::geo::ring::{Box, Point, bounds};

/// Bytes of a text.
pub(super) const LONGEST: usize = 255;
/// The font with the letters of Western Europe: INTL_ENGINEERING.
const FONT: u8 = 32;
/// Where its place is: left or in the middle; halfway up.
const LEFT: u8 = 1;
const MIDDLE: u8 = 7;
/// Width of a letter with the gap after it, and that gap, in heights.
const WIDTH: f64 = 0.75;
const GAP: f64 = WIDTH / 3.0;
/// A letter is so many positions large before it is scaled; scales count thousandths.
const SIZE: f64 = 6.0;
/// Parts of a degree.
const DEGREE: f64 = 360_000.0;

/// A text as it lies on the plane.
pub(super) struct Writing<'a> {
    pub(super) look: Look,
    /// Its lines, in the file's letters.
    pub(super) lines: &'a [Vec<u8>],
    pub(super) at: Point,
    /// Height of capitals, in positions.
    pub(super) height: f64,
    /// Degrees, counter-clockwise.
    pub(super) angle: f64,
    pub(super) centred: bool,
}

impl Writing<'_> {
    /// Appends it; `number` is that of a node.
    pub(super) fn write(&self, out: &mut Vec<u8>, number: u16) {
        let [line] = self.lines else { return self.node(out, number) };
        self.line(out, line, 0.0, false);
    }

    /// Several lines, around the place in height.
    fn node(&self, out: &mut Vec<u8>, number: u16) {
        let middle = (self.lines.len() as f64 - 1.0) / 2.0;
        let mut parts = Vec::new();
        let mut range: Option<Box> = None;
        for (row, line) in self.lines.iter().enumerate() {
            let around = self.line(&mut parts, line, (middle - row as f64) * LEADING * self.height, true);
            let corners = |[left, bottom, right, top]: Box| [[left, bottom], [right, top]];
            range = bounds(range.into_iter().chain([around]).flat_map(corners));
        }
        let longest = self.lines.iter().map(Vec::len).max().unwrap_or(0).min(LONGEST);
        let mut body = Vec::new();
        word(&mut body, (16 + parts.len() / 2) as u16);
        word(&mut body, self.lines.len() as u16);
        word(&mut body, number);
        body.extend([LONGEST as u8, longest as u8, FONT, self.place()]);
        // From the foot of a line to the head of the next.
        body.extend(long(((LEADING - 1.0) * self.height) as i32));
        body.extend(self.size());
        body.extend(self.at.into_iter().flat_map(|side| long(side as i32)));
        self.element(TEXT_NODE, range.unwrap_or_default(), false).write(out, &body);
        out.extend(parts);
    }

    /// A line, shifted up; returns the box around it.
    fn line(&self, out: &mut Vec<u8>, line: &[u8], up: f64, part: bool) -> Box {
        let line = line.get(..LONGEST).unwrap_or(line);
        let width = (line.len() as f64 * WIDTH - GAP).max(0.0) * self.height;
        let turn = self.angle.to_radians();
        let (sin, cos) = (libm::sin(turn), libm::cos(turn));
        let place = |along: f64, up: f64| -> Point {
            let [x, y] = self.at;
            let shift = |side: f64| libm::round(side) as i64;
            [x + shift(along * cos - up * sin), y + shift(along * sin + up * cos)]
        };
        let left = if self.centred { -width / 2.0 } else { 0.0 };
        let (foot, head) = (up - self.height / 2.0, up + self.height / 2.0);
        let corners = [(left, foot), (left + width, foot), (left, head), (left + width, head)];
        let corners = corners.map(|(along, up)| place(along, up));
        let range = bounds(corners).unwrap_or_default();
        let mut body = vec![FONT, self.place()];
        body.extend(self.size());
        // The place that is written is the lower left corner, whatever the text is placed by.
        let [corner, ..] = corners;
        body.extend(corner.into_iter().flat_map(|side| long(side as i32)));
        body.extend([line.len() as u8, 0]);
        body.extend(line);
        body.resize(body.len().next_multiple_of(2), 0);
        self.element(TEXT, range, part).write(out, &body);
        range
    }

    fn place(&self) -> u8 {
        if self.centred { MIDDLE } else { LEFT }
    }

    /// Scales of width and height, and the angle.
    fn size(&self) -> Vec<u8> {
        let scale = |size: f64| libm::round(size * 1000.0 / SIZE) as i32;
        let angle = libm::round(self.angle.rem_euclid(360.0) * DEGREE) as i32;
        [scale(WIDTH * self.height), scale(self.height), angle].into_iter().flat_map(long).collect()
    }

    fn element(&self, kind: u8, range: Box, part: bool) -> Element<'static> {
        // Weight and style of lines are none of letters.
        let look = Look { weight: 0, style: 0, ..self.look };
        Element { kind, look, range, part, properties: 0, links: &[] }
    }
}

//! A label somebody wishes for: what it says, where it may stand, how it looks.

use crate::color::Color;
use crate::scene::{Layout, Text};

/// A label somebody wishes for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The text, `\n` where a line must break.
    pub text: String,
    /// Where.
    pub at: At,
    /// How it looks.
    pub look: Look,
    /// Lower is placed first; equal ones in the order given.
    pub priority: (u32, i64),
}

/// Where a label may stand; millimetres on the sheet.
#[derive(Debug, Clone)]
pub enum At {
    /// Beside or on a point: anchors are tried in turn.
    Point {
        /// The point.
        point: [f64; 2],
        /// Where the text lies as seen from the point.
        anchors: Vec<Anchor>,
        /// Shift away from the anchor, mm: right and down for `Center`, away from the point for the others.
        offset: [f64; 2],
        /// Free radius around the point (an icon or dot that the text must not cover), mm.
        clearance: f64,
        /// Clockwise rotation, degrees.
        rotation: f64,
    },
    /// Along a line, upright, at the best place; again every `spacing` mm if the line is long enough.
    Line {
        /// The line.
        line: Vec<[f64; 2]>,
        /// Distance between repetitions, mm; 0 for one label only.
        spacing: f64,
        /// Shift to the side, mm: down positive, or to the left of the line as it runs.
        offset: f64,
        /// Whether the text stands on the left of the line as it runs, whatever is up there.
        left: bool,
        /// Sharpest bend between neighbouring glyphs, degrees.
        max_angle: f64,
    },
}

impl At {
    /// The same along another line; about a point, the same.
    pub(in crate::scene) fn along(&self, course: Vec<[f64; 2]>) -> Self {
        match self.clone() {
            Self::Line { spacing, offset, left, max_angle, .. } => {
                Self::Line { line: course, spacing, offset, left, max_angle }
            }
            point @ Self::Point { .. } => point,
        }
    }
}

/// Where the text lies relative to its point, as MapLibre's `text-anchor` names it (the part of the text that is closest).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Text centred on the point.
    Center,
    /// Text right of the point.
    Left,
    /// Text left of the point.
    Right,
    /// Text below the point.
    Top,
    /// Text above the point.
    Bottom,
    /// Text below right.
    TopLeft,
    /// Text below left.
    TopRight,
    /// Text above right.
    BottomLeft,
    /// Text above left.
    BottomRight,
}

/// How a label looks; lengths in millimetres.
#[derive(Debug, Clone)]
pub struct Look {
    /// Font size.
    pub size: f64,
    /// CSS weight: 400 or 700.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// Colour.
    pub color: Color,
    /// Halo colour and reach.
    pub halo: Option<(Color, f64)>,
    /// Space between letters.
    pub letter_spacing: f64,
    /// Widest line before it is broken at a space; 0 for never.
    pub max_width: f64,
    /// Baseline distance in font sizes, usually 1.2.
    pub line_height: f64,
    /// Free space around the text.
    pub padding: f64,
    /// True: may cover others and is always placed (still inside the frame).
    pub overlap: bool,
    /// What lies behind the text of a point label, as behind the number of a road.
    pub plate: Option<Plate>,
}

/// A plate with round corners behind text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plate {
    /// Its colour.
    pub fill: Color,
    /// Colour of its edge.
    pub edge: Color,
}

impl Plate {
    /// Room around the text, in font sizes: at its sides, above and below its capitals.
    pub(in crate::scene) const ROOM: [f64; 2] = [0.34, 0.26];
    /// Radius of its corners, in font sizes.
    pub(in crate::scene) const RADIUS: f64 = 0.28;
    /// Width of its edge, in font sizes.
    pub(in crate::scene) const EDGE: f64 = 0.07;
}

impl Look {
    /// A text without letters.
    pub(super) fn text(&self, face: u16, letter_spacing: f64) -> Text {
        Text {
            string: String::new(),
            size: self.size,
            color: self.color,
            halo: self.halo,
            letter_spacing,
            rotation: 0.0,
            layout: Layout::Point { origin: [0.0; 2], lines: Vec::new() },
            glyphs: Vec::new(),
            face,
            plate: None,
        }
    }
}

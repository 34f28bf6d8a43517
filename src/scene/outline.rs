//! Outlines of glyphs where text is drawn and not set.

use super::font::Face;
use super::{Glyph, Text};
use hashbrown::HashMap;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::sync::Arc;

/// A piece of an outline. Points in millimetres on the sheet once placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Begins a contour.
    Move([f64; 2]),
    /// A straight line.
    Line([f64; 2]),
    /// A quadratic curve: control and end.
    Quad([f64; 2], [f64; 2]),
    /// A cubic curve: two controls and end.
    Cubic([f64; 2], [f64; 2], [f64; 2]),
    /// Ends a contour.
    Close,
}

impl Step {
    fn map(self, place: impl Fn([f64; 2]) -> [f64; 2]) -> Self {
        match self {
            Self::Move(to) => Self::Move(place(to)),
            Self::Line(to) => Self::Line(place(to)),
            Self::Quad(control, to) => Self::Quad(place(control), place(to)),
            Self::Cubic(first, second, to) => Self::Cubic(place(first), place(second), place(to)),
            Self::Close => Self::Close,
        }
    }
}

/// Outlines of the glyphs that were asked for, in font units over units per em, y up; each is read once.
pub struct Outlines<'s> {
    faces: &'s [Arc<Face>],
    known: HashMap<(u16, u16), Vec<Step>, foldhash::fast::FixedState>,
}

impl<'s> Outlines<'s> {
    /// Of these faces.
    pub fn new(faces: &'s [Arc<Face>]) -> Self {
        Self { faces, known: HashMap::default() }
    }

    /// Draws a label: all contours of all its glyphs where they stand, to be filled non-zero.
    pub fn draw(&mut self, text: &Text, mut take: impl FnMut(Step)) {
        for glyph in &text.glyphs {
            let faces = self.faces;
            let steps = self.known.entry((glyph.face, glyph.id)).or_insert_with(|| read(faces, glyph));
            let (sin, cos) = (libm::sin(glyph.angle) * text.size, libm::cos(glyph.angle) * text.size);
            let place = |[x, y]: [f64; 2]| [glyph.x + x * cos + y * sin, glyph.y + x * sin - y * cos];
            steps.iter().for_each(|step| take(step.map(place)));
        }
    }
}

/// Reads a glyph; one that is not in its face has no contours.
fn read(faces: &[Arc<Face>], glyph: &Glyph) -> Vec<Step> {
    let font = faces.get(glyph.face as usize).and_then(|face| FontRef::new(&face.data).ok());
    let Some(font) = font else { return Vec::new() };
    let em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    let mut pen = Pen { steps: Vec::new(), scale: 1.0 / f64::from(em.max(1)) };
    if let Some(outline) = font.outline_glyphs().get(GlyphId::from(glyph.id)) {
        // What was drawn before a fault in the outline still shows.
        outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok();
    }
    pen.steps
}

struct Pen {
    steps: Vec<Step>,
    scale: f64,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> [f64; 2] {
        [f64::from(x) * self.scale, f64::from(y) * self.scale]
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Move(self.point(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Line(self.point(x, y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.steps.push(Step::Quad(self.point(cx, cy), self.point(x, y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.steps.push(Step::Cubic(self.point(ax, ay), self.point(bx, by), self.point(x, y)));
    }

    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}

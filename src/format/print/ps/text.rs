//! Labels: every glyph that is used becomes one procedure; a label is the path of its glyphs, halo first.

use super::canvas::Canvas;
use crate::color::Color;
use crate::scene::font::Face;
use crate::scene::outline::{Outlines, Step};
use crate::scene::{Glyph, Join, Layout, Text};
use crate::wire::number;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Glyphs are drawn on a grid of so many parts of the font size.
const PARTS: f64 = 1000.0;

/// The glyphs that labels use.
pub struct Glyphs<'s> {
    outlines: Outlines<'s>,
    /// Contours of every glyph; none for blanks.
    known: BTreeMap<(u16, u16), Option<Vec<u8>>>,
}

impl<'s> Glyphs<'s> {
    /// None of these faces yet.
    pub fn new(faces: &'s [Arc<Face>]) -> Self {
        Self { outlines: Outlines::new(faces), known: BTreeMap::new() }
    }

    /// The name of a glyph's procedure; none for blanks.
    fn name(&mut self, glyph: &Glyph) -> Option<String> {
        let key = (glyph.face, glyph.id);
        let outlines = &mut self.outlines;
        let contours = self.known.entry(key).or_insert_with(|| contours(outlines, glyph));
        contours.as_ref().map(|_| name(key))
    }

    /// Writes all procedures.
    pub fn define(&self, out: &mut Vec<u8>) {
        for (key, contours) in &self.known {
            if let Some(contours) = contours {
                out.extend_from_slice(format!("/{}{{", name(*key)).as_bytes());
                out.extend_from_slice(contours);
                out.extend_from_slice(b"}bind def\n");
            }
        }
    }
}

fn name((face, glyph): (u16, u16)) -> String {
    format!("g{face}-{glyph}")
}

/// Contours of a glyph about its own origin, y down.
fn contours(outlines: &mut Outlines, glyph: &Glyph) -> Option<Vec<u8>> {
    let alone = Text {
        string: String::new(),
        size: PARTS,
        color: Color { r: 0, g: 0, b: 0, a: 255 },
        halo: None,
        letter_spacing: 0.0,
        rotation: 0.0,
        layout: Layout::Point { origin: [0.0; 2], lines: Vec::new() },
        glyphs: vec![Glyph { x: 0.0, y: 0.0, angle: 0.0, ..*glyph }],
        face: glyph.face,
        plate: None,
    };
    let mut out = Vec::new();
    let mut width = 0;
    let mut pen = [0.0; 2];
    let mut put = |points: &[[f64; 2]], operator: u8| {
        if out.len() > width + 180 {
            out.push(b'\n');
            width = out.len();
        }
        for side in points.iter().flatten() {
            number::integer(&mut out, number::quantise(*side, 0));
            out.push(b' ');
        }
        out.extend([operator, b' ']);
    };
    outlines.draw(&alone, |step| match step {
        Step::Move(to) => {
            put(&[to], b'M');
            pen = to;
        }
        Step::Line(to) => {
            put(&[to], b'L');
            pen = to;
        }
        Step::Quad(control, to) => {
            // The cubic that runs the same way: controls two thirds of the way to the quadratic's.
            let near = |[x, y]: [f64; 2]| [(x + control[0] * 2.0) / 3.0, (y + control[1] * 2.0) / 3.0];
            put(&[near(pen), near(to), to], b'C');
            pen = to;
        }
        Step::Cubic(first, second, to) => {
            put(&[first, second, to], b'C');
            pen = to;
        }
        Step::Close => put(&[], b'Z'),
    });
    (!out.is_empty()).then_some(out)
}

/// A label: the halo stroked, the letters filled over it.
pub fn write(canvas: &mut Canvas, glyphs: &mut Glyphs, text: &Text) {
    let mut turned = None;
    for glyph in &text.glyphs {
        let Some(name) = glyphs.name(glyph) else { continue };
        if turned.replace(glyph.angle) != Some(glyph.angle) {
            let (sin, cos) = (libm::sin(glyph.angle) * text.size, libm::cos(glyph.angle) * text.size);
            for part in [cos, sin, -sin, cos] {
                canvas.number(part / PARTS, 7);
            }
            canvas.word("K");
        }
        canvas.number(glyph.x, 3).number(glyph.y, 3).word(&format!("/{name} G"));
    }
    if turned.is_none() {
        return;
    }
    if let Some((color, reach)) = text.halo.filter(|(_, reach)| *reach > 0.0) {
        let outer = canvas.save();
        canvas.color(color);
        canvas.line(reach * 2.0, Join::Round);
        canvas.dash(&[]);
        canvas.word("S");
        canvas.restore(outer);
    }
    canvas.color(text.color);
    canvas.word("N");
}

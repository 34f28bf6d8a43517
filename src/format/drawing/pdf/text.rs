//! Labels: glyphs of embedded fonts (ISO 32000-1 §9.4), each label one span that says what it reads, or outlines.

use super::canvas::Canvas;
use super::font::Fonts;
use super::number::short;
use crate::order;
use crate::scene::outline::{Outlines, Step};
use crate::scene::{Glyph, Join, Text};
use crate::wire::lines;
use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Name, Str, TextStr};

/// Farthest a glyph may stand off the line of its run, in font sizes.
const STRAIGHT: f64 = 0.002;

/// Glyphs of one face on one straight baseline.
struct Run {
    face: u16,
    /// Place of the first glyph, and its rotation.
    origin: Glyph,
    /// Code in the subset, and the distance from the end of the glyph before, in thousandths of the font size.
    codes: Vec<(u16, i32)>,
}

/// A label as text: the halo stroked, the letters filled over it.
pub fn write(canvas: &mut Canvas, fonts: &mut Fonts, text: &Text) {
    let visual = visual(text);
    let runs = if visual { runs(fonts, text, &by_words(text)) } else { runs(fonts, text, &text.glyphs) };
    if runs.is_empty() {
        return;
    }
    let string = lines::running(&text.string);
    span(canvas, if visual { "" } else { &string });
    if let Some((color, reach)) = text.halo.filter(|(_, reach)| *reach > 0.0) {
        canvas.colors(None, Some(color));
        canvas.line(reach * 2.0, Join::Round);
        canvas.dash(&[]);
        show(canvas, &runs, text.size, TextRenderingMode::Stroke);
    }
    if visual {
        canvas.content.end_marked_content();
    }
    canvas.fill(text.color);
    show(canvas, &runs, text.size, TextRenderingMode::Fill);
    if !visual {
        canvas.content.end_marked_content();
    }
}

/// Begins what reads as `text` whatever glyphs are in it.
fn span(canvas: &mut Canvas, text: &str) {
    canvas.content.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(text));
}

/// Whether a label reads best glyph by glyph: from right to left on level lines, one glyph a cluster. Readers put such
/// glyphs into the order of reading, as in every PDF of that script, but some (poppler) do so with ActualText, too, which
/// is in that order already.
fn visual(text: &Text) -> bool {
    use unicode_bidi::BidiClass::{AL, R};
    let backwards = text.string.chars().any(|c| matches!(unicode_bidi::bidi_class(c), R | AL));
    let pairs = || text.glyphs.windows(2);
    // What has no glyph would be read nowhere.
    let shown: usize = text.glyphs.iter().map(|glyph| glyph.cluster.1.saturating_sub(glyph.cluster.0) as usize).sum();
    backwards
        && shown == text.string.replace('\n', "").len()
        && text.glyphs.iter().all(|glyph| glyph.angle == 0.0)
        && pairs().all(|pair| matches!(pair, [a, b] if a.cluster != b.cluster))
}

/// The glyphs of a label, its words in the order of reading, each from left to right with the space before it.
fn by_words(text: &Text) -> Vec<Glyph> {
    let blank = |glyph: &Glyph| text.string.get(glyph.cluster.0 as usize..glyph.cluster.1 as usize) == Some(" ");
    let line = |glyph: &Glyph| text.string.get(..glyph.cluster.0 as usize).unwrap_or("").matches('\n').count();
    let mut words: Vec<&[Glyph]> =
        text.glyphs.chunk_by(|glyph, next| !blank(next) && line(glyph) == line(next)).collect();
    order::sort_by_key(&mut words, |word| word.iter().filter(|glyph| !blank(glyph)).map(|glyph| glyph.cluster.0).min());
    words.concat()
}

fn show(canvas: &mut Canvas, runs: &[Run], size: f64, mode: TextRenderingMode) {
    let content = &mut canvas.content;
    content.begin_text().set_text_rendering_mode(mode);
    let mut face = None;
    for run in runs {
        if face.replace(run.face) != Some(run.face) {
            content.set_font(Name(super::font::name(run.face).as_bytes()), short(size, 1000.0));
        }
        let Glyph { x, y, angle, .. } = run.origin;
        let (sin, cos) = (short(libm::sin(angle), 1e5), short(libm::cos(angle), 1e5));
        // The page's y runs down, a glyph's up.
        content.set_text_matrix([cos, sin, sin, -cos, short(x, 1000.0), short(y, 1000.0)]);
        let mut positioned = content.show_positioned();
        let mut items = positioned.items();
        let mut string = Vec::with_capacity(run.codes.len() * 2);
        for &(code, gap) in &run.codes {
            if gap != 0 {
                if !string.is_empty() {
                    items.show(Str(&string));
                    string.clear();
                }
                items.adjust(-gap as f32);
            }
            string.extend_from_slice(&code.to_be_bytes());
        }
        items.show(Str(&string));
    }
    content.end_text();
}

/// Cuts a label's glyphs into runs. Gaps are rounded against where the reader's pen really is, so they never add up.
fn runs(fonts: &mut Fonts, text: &Text, glyphs: &[Glyph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut pen = 0.0;
    for glyph in glyphs {
        let cluster = text.string.get(glyph.cluster.0 as usize..glyph.cluster.1 as usize).unwrap_or("");
        let Some((code, advance)) = fonts.code(glyph.face, glyph.id, cluster) else { continue };
        let near = runs.last_mut().filter(|run| run.face == glyph.face && run.origin.angle == glyph.angle);
        let placed = near.and_then(|run| {
            let (sin, cos) = (libm::sin(glyph.angle), libm::cos(glyph.angle));
            let (dx, dy) = (glyph.x - run.origin.x, glyph.y - run.origin.y);
            let (along, aside) = ((dx * cos + dy * sin) / text.size, (dy * cos - dx * sin) / text.size);
            let gap = libm::round((along - pen) * 1000.0);
            // A gap wider than a few letters starts anew: it is another line or word.
            (aside.abs() <= STRAIGHT && gap.abs() < 3000.0).then_some((run, gap))
        });
        match placed {
            Some((run, gap)) => {
                run.codes.push((code, gap as i32));
                pen += gap / 1000.0 + advance;
            }
            None => {
                runs.push(Run { face: glyph.face, origin: *glyph, codes: vec![(code, 0)] });
                pen = advance;
            }
        }
    }
    runs
}

/// A label as paths.
pub fn outline(canvas: &mut Canvas, outlines: &mut Outlines, text: &Text) {
    if let Some((color, reach)) = text.halo.filter(|(_, reach)| *reach > 0.0) {
        canvas.colors(None, Some(color));
        canvas.line(reach * 2.0, Join::Round);
        canvas.dash(&[]);
        if trace(canvas, outlines, text) {
            canvas.content.stroke();
        }
    }
    canvas.fill(text.color);
    if trace(canvas, outlines, text) {
        canvas.content.fill_nonzero();
    }
}

/// Writes all contours; false if there are none.
fn trace(canvas: &mut Canvas, outlines: &mut Outlines, text: &Text) -> bool {
    let content = &mut canvas.content;
    let place = |[x, y]: [f64; 2]| [short(x, 1000.0), short(y, 1000.0)];
    let mut pen = [0.0; 2];
    let mut any = false;
    outlines.draw(text, |step| {
        any = true;
        match step {
            Step::Move(to) => {
                let [x, y] = place(to);
                content.move_to(x, y);
                pen = to;
            }
            Step::Line(to) => {
                let [x, y] = place(to);
                content.line_to(x, y);
                pen = to;
            }
            Step::Quad(control, to) => {
                // The cubic that runs the same way: controls two thirds of the way to the quadratic's.
                let near = |end: [f64; 2]| [0, 1].map(|i: usize| third(end, control, i));
                let ([a, b], [c, d], [x, y]) = (place(near(pen)), place(near(to)), place(to));
                content.cubic_to(a, b, c, d, x, y);
                pen = to;
            }
            Step::Cubic(first, second, to) => {
                let ([a, b], [c, d], [x, y]) = (place(first), place(second), place(to));
                content.cubic_to(a, b, c, d, x, y);
                pen = to;
            }
            Step::Close => {
                content.close_path();
            }
        }
    });
    any
}

fn third(end: [f64; 2], control: [f64; 2], axis: usize) -> f64 {
    let of = |point: [f64; 2]| if axis == 0 { point[0] } else { point[1] };
    of(end) / 3.0 + of(control) * 2.0 / 3.0
}

//! Labels as pieces of text on straight baselines, where their letters stand one for one and the format has them.

use super::painter::Run;
use crate::scene::font::Face;
use crate::scene::{Glyph, Text};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::sync::Arc;

/// How far the letters of a word along a street may turn before each stands on its own, radians.
const BEND: f64 = 0.12;
/// Farthest a letter may stand off the baseline of its word, in font sizes.
const ASIDE: f64 = 0.08;
/// A gap from which on it is another word, in font sizes.
const GAP: f64 = 2.0;

/// A glyph and the letter that it is.
type Letter<'t> = (&'t Glyph, char);

/// The pieces of a label; none where a program would have to shape it, or where the format lacks a letter.
pub fn runs(text: &Text, color: ([u8; 3], u8), faces: &[Arc<Face>], own: fn(char) -> bool) -> Option<Vec<Run>> {
    let letters: Vec<Letter> = text
        .glyphs
        .iter()
        .map(|glyph| {
            let mut cluster = text.string.get(glyph.cluster.0 as usize..glyph.cluster.1 as usize)?.chars();
            let letter = cluster.next().filter(|&c| own(c) && !c.is_control() && plain(c))?;
            cluster.next().is_none().then_some((glyph, letter))
        })
        .collect::<Option<_>>()?;
    let after = |pair: &[Letter]| matches!(pair, [(a, _), (b, _)] if a.cluster.0 < b.cluster.0);
    if letters.is_empty() || !letters.windows(2).all(after) {
        return None;
    }
    let mut runs = Vec::new();
    for word in letters.chunk_by(|a, b| together(text, a, b)) {
        // Blanks at the ends are drawn by nobody.
        let first = word.iter().position(|(_, c)| *c != ' ');
        let last = word.iter().rposition(|(_, c)| *c != ' ');
        let (Some(first), Some(last)) = (first, last) else { continue };
        let word = word.get(first..=last).unwrap_or(word);
        let pieces: Vec<&[Letter]> = if straight(word, text.size) { vec![word] } else { word.chunks(1).collect() };
        for piece in pieces {
            runs.push(run(piece, text, color, faces)?);
        }
    }
    (!runs.is_empty()).then_some(runs)
}

/// Letters of scripts that need no shaping and run from left to right.
fn plain(c: char) -> bool {
    matches!(c, ' '..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{58f}' | '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}')
        || matches!(c, '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
        || matches!(c, '\u{2100}'..='\u{22ff}' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether a letter goes on with the one before: on level lines all of a line, along a street those of a word.
fn together(text: &Text, (a, before): &Letter, (b, after): &Letter) -> bool {
    let (sin, cos) = (libm::sin(a.angle), libm::cos(a.angle));
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (along, aside) = ((dx * cos + dy * sin) / text.size, (dy * cos - dx * sin) / text.size);
    let near = a.face == b.face && along > 0.0 && along < GAP && aside.abs() < 0.5;
    let turns = (a.angle - b.angle).abs() > 1e-9;
    near && (!turns && aside.abs() < ASIDE || turns && *before != ' ' && *after != ' ')
}

/// Whether the letters of a word stand close enough to one line.
fn straight(word: &[Letter], size: f64) -> bool {
    let ([(first, _), ..], [.., (last, _)]) = (word, word) else { return true };
    let (x, y) = (last.x - first.x, last.y - first.y);
    let length = libm::hypot(x, y);
    if length <= 0.0 {
        return true;
    }
    let direction = libm::atan2(y, x);
    let off = |glyph: &Glyph| ((glyph.x - first.x) * y - (glyph.y - first.y) * x).abs() / length;
    let turned = |glyph: &Glyph| libm::remainder(glyph.angle - direction, std::f64::consts::TAU).abs();
    word.len() < 2 || word.iter().all(|(glyph, _)| off(glyph) <= ASIDE * size && turned(glyph) <= BEND)
}

fn run(piece: &[Letter], text: &Text, (color, opacity): ([u8; 3], u8), faces: &[Arc<Face>]) -> Option<Run> {
    let ([(first, _), ..], [.., (last, _)]) = (piece, piece) else { return None };
    let face = faces.get(first.face as usize)?;
    let level = piece.iter().all(|(glyph, _)| (glyph.angle - first.angle).abs() < 1e-9);
    let angle = if level { first.angle } else { libm::atan2(last.y - first.y, last.x - first.x) };
    let steps = piece.windows(2).map(|pair| match pair {
        [(a, _), (b, _)] => libm::hypot(b.x - a.x, b.y - a.y),
        _ => 0.0,
    });
    let mut advances: Vec<f64> = steps.collect();
    let Measures { reach, last } = measures(face, last.id).unwrap_or(USUAL);
    advances.push(last * text.size);
    Some(Run {
        string: piece.iter().map(|(_, c)| c).collect(),
        at: [first.x, first.y],
        angle,
        size: text.size,
        spacing: text.letter_spacing,
        advances,
        face: face.file,
        reach: reach.map(|side| side * text.size),
        color,
        opacity,
    })
}

/// What of a font is needed to place a line of it, in font sizes.
struct Measures {
    reach: [f64; 2],
    last: f64,
}

/// Those of a usual font, for one that cannot be read.
const USUAL: Measures = Measures { reach: [1.07, 0.29], last: 0.6 };

/// Those of a face and its glyph `id`.
fn measures(face: &Face, id: u16) -> Option<Measures> {
    let font = FontRef::new(&face.data).ok()?;
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let em = f64::from(metrics.units_per_em.max(1));
    let width = font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(GlyphId::from(id));
    let reach = [metrics.ascent, -metrics.descent].map(|side| f64::from(side) / em);
    Some(Measures { reach, last: f64::from(width.unwrap_or_default()) / em })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;
    use crate::scene::Layout;
    use crate::scene::font::FontFile;

    static FILE: FontFile = FontFile { id: "x", family: "X", weight: 400, italic: false, ranges: &[] };

    fn text(string: &str, angle: impl Fn(f64) -> f64) -> Text {
        let mut at = [0.0, 0.0];
        let glyphs = string.char_indices().map(|(row, c)| {
            let angle = angle(row as f64);
            let glyph =
                Glyph { id: 1, face: 0, x: at[0], y: at[1], angle, cluster: (row as u32, (row + c.len_utf8()) as u32) };
            at = [at[0] + 2.0 * libm::cos(angle), at[1] + 2.0 * libm::sin(angle)];
            glyph
        });
        Text {
            string: string.into(),
            size: 3.0,
            color: Color { r: 0, g: 0, b: 0, a: 255 },
            halo: None,
            letter_spacing: 0.0,
            rotation: 0.0,
            layout: Layout::Point { origin: [0.0; 2], lines: vec![] },
            glyphs: glyphs.collect(),
            face: 0,
            plate: None,
        }
    }

    fn words(text: &Text) -> Option<Vec<String>> {
        let faces = [Arc::new(Face { file: &FILE, data: vec![] })];
        let found = runs(text, ([0; 3], 255), &faces, |c| c <= '\u{ff}')?;
        Some(found.into_iter().map(|run| run.string).collect())
    }

    #[test]
    fn level_text_stays_in_one_piece_and_streets_are_words() {
        assert_eq!(words(&text("Main Street", |_| 0.3)).unwrap(), ["Main Street"]);
        assert_eq!(words(&text("Main Street", |row| row * 0.01)).unwrap(), ["Main", "Street"]);
        assert_eq!(words(&text("abc d", |row| row * 0.4)).unwrap(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn what_must_be_shaped_or_is_lacking_is_drawn() {
        assert_eq!(words(&text("Жуковка", |_| 0.0)), None);
        assert_eq!(words(&text("שדרות", |_| 0.0)), None);
        assert_eq!(words(&text("   ", |_| 0.0)), None);
    }
}

//! Text in lines about a point: broken where it is too wide, aligned by its anchor.

use super::grid::Block;
use super::{Anchor, Look, Plate};
use crate::scene::shape::{Line, Shaper};
use crate::scene::{Glyph, Layout, Text};
use std::ops::Range;
use std::rc::Rc;

/// Height of capitals in font sizes: text is centred between it and the baseline (Noto Sans; others are close).
pub const CAPITALS: f64 = 0.714;

/// Lines of a label, sized in millimetres.
pub struct Lines {
    lines: Vec<Rc<Line>>,
    widths: Vec<f64>,
    /// Space between letters, mm; none where letters join.
    letter_spacing: f64,
}

impl Lines {
    /// Breaks and shapes a text; none if nothing of it can be shown.
    pub fn new(shaper: &mut Shaper, text: &str, look: &Look) -> Option<Self> {
        let cut = (look.weight, look.italic);
        let mut lines = Vec::new();
        for part in text.split('\n') {
            let whole = shaper.line(part, cut);
            let pieces = pieces(&whole, look);
            if pieces.len() < 2 {
                lines.push(whole);
            } else {
                lines.extend(pieces.into_iter().map(|piece| shaper.line(&piece, cut)));
            }
        }
        lines.retain(|line| !line.clusters.is_empty());
        let joined = lines.iter().any(|line| line.joined);
        let letter_spacing = if joined { 0.0 } else { look.letter_spacing };
        let widths = lines.iter().map(|line| line.width * look.size + line.gaps() * letter_spacing).collect();
        (!lines.is_empty()).then_some(Self { lines, widths, letter_spacing })
    }

    /// The lines at one anchor of a point, turned about it: the text and what it covers.
    pub fn stand(&self, look: &Look, spot: &Spot, anchor: Anchor) -> (Text, Vec<Block>) {
        let size = look.size;
        let step = size * look.line_height;
        let width = self.width();
        let below = (self.lines.len() - 1) as f64 * step;
        let ink = |line: Option<&Rc<Line>>, of: fn(&Line) -> f64| line.map_or(0.0, |line| of(line)) * size;
        let top = ink(self.lines.first(), |line| line.top).max(CAPITALS * size);
        let bottom = ink(self.lines.last(), |line| -line.bottom);
        let (h, v) = anchor.side();
        // Diagonal anchors clear the disc at its corner, where it is narrower.
        let clearance =
            if h != 0.0 && v != 0.0 { spot.clearance * std::f64::consts::FRAC_1_SQRT_2 } else { spot.clearance };
        let [x, y] = match (h == 0.0, v == 0.0) {
            (true, true) => spot.offset,
            _ => [h * (clearance + spot.offset[0]), v * (clearance + spot.offset[1])],
        };
        let left = spot.point[0] + x + (h - 1.0) / 2.0 * width;
        let first = spot.point[1]
            + y
            + match v {
                v if v > 0.0 => top,
                v if v < 0.0 => -below - bottom,
                _ => (CAPITALS * size - below) / 2.0,
            };
        let mut text = look.text(self.lines.first().map_or(0, |line| line.face()), self.letter_spacing);
        text.rotation = spot.rotation;
        let turn = Turn::new(spot.point, spot.rotation);
        let mut rows = Vec::with_capacity(self.lines.len());
        let mut blocks = Vec::with_capacity(self.lines.len());
        for (row, (line, &own)) in self.lines.iter().zip(&self.widths).enumerate() {
            let start = [left + (1.0 - h) / 2.0 * (width - own), first + row as f64 * step];
            if row > 0 {
                text.string.push('\n');
            }
            self.set(&mut text, line, start, &turn);
            rows.push((line.text.clone(), start));
            let (up, down) = (line.top.max(CAPITALS) * size, -line.bottom * size);
            let [before, after] = line.overhang().map(|side| side * size);
            let middle = [start[0] + (own + after - before) / 2.0, start[1] + (down - up) / 2.0];
            let half = [(before + own + after) / 2.0, (up + down) / 2.0];
            blocks.push(Block { center: turn.point(middle), axis: turn.axis, half });
        }
        text.layout = Layout::Point { origin: spot.point, lines: rows };
        if look.plate.is_some() && spot.rotation == 0.0 {
            let [x, y, width, height] = self.plate(size, [left, first], below);
            text.plate = Some([x, y, width, height]);
            let half = [(width + Plate::EDGE * size) / 2.0, (height + Plate::EDGE * size) / 2.0];
            blocks.push(Block { center: [x + width / 2.0, y + height / 2.0], axis: [1.0, 0.0], half });
        }
        (text, blocks)
    }

    /// The plate behind lines that begin at `start` and reach `below` the first baseline: never higher than wide.
    fn plate(&self, size: f64, [left, first]: [f64; 2], below: f64) -> [f64; 4] {
        let [aside, above] = Plate::ROOM.map(|room| room * size);
        let text = self.width();
        let height = CAPITALS * size + below + 2.0 * above;
        let width = (text + 2.0 * aside).max(height);
        [left + (text - width) / 2.0, first - CAPITALS * size - above, width, height]
    }

    /// Width of the widest line, mm.
    pub fn width(&self) -> f64 {
        self.widths.iter().copied().fold(0.0, f64::max)
    }

    /// Appends the glyphs of a line whose baseline begins at `start`.
    fn set(&self, text: &mut Text, line: &Line, start: [f64; 2], turn: &Turn) {
        let before = text.string.len() as u32;
        text.string.push_str(&line.text);
        for (place, cluster) in line.clusters.iter().enumerate() {
            let begin = start[0] + cluster.start * text.size + place as f64 * self.letter_spacing;
            for glyph in line.glyphs.get(cluster.glyphs.clone()).unwrap_or_default() {
                let [x, y] = turn.point([begin + glyph.x * text.size, start[1] - glyph.y * text.size]);
                let cluster = (before + cluster.bytes.start, before + cluster.bytes.end);
                text.glyphs.push(Glyph { id: glyph.id, face: glyph.face, x, y, angle: turn.angle, cluster });
            }
        }
    }
}

/// Where lines stand.
pub struct Spot {
    /// The point.
    pub point: [f64; 2],
    /// Shift away from it.
    pub offset: [f64; 2],
    /// Free radius around it.
    pub clearance: f64,
    /// Clockwise, degrees.
    pub rotation: f64,
}

/// A rotation about a point.
struct Turn {
    origin: [f64; 2],
    angle: f64,
    axis: [f64; 2],
}

impl Turn {
    fn new(origin: [f64; 2], degrees: f64) -> Self {
        let angle = degrees.to_radians();
        Self { origin, angle, axis: [libm::cos(angle), libm::sin(angle)] }
    }

    fn point(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let ([cos, sin], [ox, oy]) = (self.axis, self.origin);
        let (dx, dy) = (x - ox, y - oy);
        [ox + dx * cos - dy * sin, oy + dx * sin + dy * cos]
    }
}

impl Anchor {
    /// On which side of the point the text lies: 1 right and below, -1 left and above, 0 centred.
    fn side(self) -> (f64, f64) {
        match self {
            Self::Center => (0.0, 0.0),
            Self::Left => (1.0, 0.0),
            Self::Right => (-1.0, 0.0),
            Self::Top => (0.0, 1.0),
            Self::Bottom => (0.0, -1.0),
            Self::TopLeft => (1.0, 1.0),
            Self::TopRight => (-1.0, 1.0),
            Self::BottomLeft => (1.0, -1.0),
            Self::BottomRight => (-1.0, -1.0),
        }
    }
}

/// The lines a text is broken into: as few as fit into the widest one allowed, and of even width.
fn pieces(line: &Line, look: &Look) -> Vec<String> {
    let room = look.max_width / look.size;
    if look.max_width <= 0.0 || line.width <= room {
        return Vec::new();
    }
    let spacing = if line.joined { 0.0 } else { look.letter_spacing / look.size };
    let width = |bytes: Range<usize>| line.width_of(&bytes) + spacing * bytes.len() as f64;
    let visible = |bytes: &Range<usize>| line.text.get(bytes.clone()).unwrap_or_default().trim_end().len();
    let words: Vec<Word> = words(&line.text)
        .into_iter()
        .map(|bytes| Word {
            ink: width(bytes.start..bytes.start + visible(&bytes)),
            width: width(bytes.clone()),
            bytes,
        })
        .collect();
    let count = fill(&words, room).len();
    let widest = words.iter().map(|word| word.ink).fold(0.0, f64::max);
    // The narrowest width, in steps of a fiftieth, that needs no more lines.
    let least = (line.width / count.max(1) as f64).max(widest);
    let widths = (0..=50).map(|step| least + (room - least).max(0.0) * f64::from(step) / 50.0);
    let best = widths.map(|width| fill(&words, width)).find(|lines| lines.len() <= count);
    let text = |range: Range<usize>| line.text.get(range).unwrap_or_default().trim().to_owned();
    best.unwrap_or_default().into_iter().map(text).collect()
}

/// What is not broken.
struct Word {
    bytes: Range<usize>,
    /// Width with the space after it, in font sizes.
    width: f64,
    /// Width without.
    ink: f64,
}

/// Words into lines of at most `room`, first come, first set.
fn fill(words: &[Word], room: f64) -> Vec<Range<usize>> {
    let mut lines: Vec<(Range<usize>, f64)> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some((line, used)) if *used + word.ink <= room => {
                line.end = word.bytes.end;
                *used += word.width;
            }
            _ => lines.push((word.bytes.clone(), word.width)),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

/// Where a line may break: after spaces, after hyphens and slashes within words, between ideographs and kana.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|b| match b {
            ' ' | '\u{200b}' => true,
            '-' | '–' | '/' => c.is_alphabetic(),
            _ => ideographic(b) && ideographic(c) && !(katakana(b) && katakana(c)) && !closes(c) && !opens(b),
        });
        if breaks {
            words.push(start..at);
            start = at;
        }
        before = Some(c);
    }
    words.push(start..text.len());
    words
}

/// Words from other languages are written in katakana; they stay whole.
fn katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// What does not begin a line (JIS X 4051): small kana, signs of length and repetition, closing punctuation.
fn closes(c: char) -> bool {
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々〻・、。〉》」』】〕〗〙〟".contains(c)
}

/// What does not end a line.
fn opens(c: char) -> bool {
    "〈《「『【〔〖〘〝".contains(c)
}

fn ideographic(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

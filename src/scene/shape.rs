//! Text → glyphs in font sizes: runs of one direction (UAX #9), script and face, shaped by harfrust, in visual order.

use super::font::{Fonts, sliced};
use harfrust::unicode::{Decomposed, decompose, script};
use harfrust::{Buffer, BufferFlags, Direction, Font, Script, ShapeOptions, ShapePlan, ShaperFont, shape};
use hashbrown::HashMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;
use unicode_bidi::ParagraphBidiInfo;

/// Scripts whose letters join: space between them would tear words apart.
const JOINED: [Script; 8] = [
    Script::ARABIC,
    Script::SYRIAC,
    Script::NKO,
    Script::MONGOLIAN,
    Script::ADLAM,
    Script::DEVANAGARI,
    Script::BENGALI,
    Script::GURMUKHI,
];

/// What characters of several scripts have for a script: signs, marks, what Unicode does not know.
const SHARED: [Script; 3] = [Script::COMMON, Script::INHERITED, Script::UNKNOWN];

/// A line of text as glyphs. Lengths are in font sizes, y is up.
#[derive(Debug, Default)]
pub struct Line {
    /// The text; characters that no face has and surplus white space are gone.
    pub text: String,
    /// What stands side by side, from left to right.
    pub clusters: Vec<Cluster>,
    /// Glyphs of all clusters.
    pub glyphs: Vec<Outlined>,
    /// Sum of all advances.
    pub width: f64,
    /// Highest ink above the baseline.
    pub top: f64,
    /// Lowest ink, negative below the baseline.
    pub bottom: f64,
    /// Whether letters join, so that no space may be put between them.
    pub joined: bool,
}

/// Glyphs that stay together: a letter with its marks, a ligature.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Distance from the start of the line.
    pub start: f64,
    /// How far the next cluster stands from this one.
    pub advance: f64,
    /// Bytes of the line's text.
    pub bytes: Range<u32>,
    /// Least and greatest x of its ink and its advance, from its start.
    pub ink: [f64; 2],
    /// Rows of the line's glyphs.
    pub glyphs: Range<usize>,
}

/// A glyph within its cluster.
#[derive(Debug, Clone, Copy)]
pub struct Outlined {
    /// Row of the loaded faces.
    pub face: u16,
    /// Glyph id.
    pub id: u16,
    /// Right of the cluster's start.
    pub x: f64,
    /// Above the baseline.
    pub y: f64,
}

impl Line {
    /// Width of the clusters that begin within `bytes` of the text.
    pub fn width_of(&self, bytes: &Range<usize>) -> f64 {
        let within = |cluster: &&Cluster| bytes.contains(&(cluster.bytes.start as usize));
        self.clusters.iter().filter(within).map(|cluster| cluster.advance).sum()
    }

    /// How far ink reaches beyond the line's start and end, each positive.
    pub fn overhang(&self) -> [f64; 2] {
        let clusters = self.clusters.iter();
        clusters.fold([0.0; 2], |[left, right], Cluster { start, ink, .. }| {
            [f64::max(left, -start - ink[0]), f64::max(right, start + ink[1] - self.width)]
        })
    }

    /// How many gaps between letters it has.
    pub fn gaps(&self) -> f64 {
        self.clusters.len().saturating_sub(1) as f64
    }

    /// The face of most clusters.
    pub fn face(&self) -> u16 {
        let first = |cluster: &Cluster| self.glyphs.get(cluster.glyphs.start).map(|glyph| glyph.face);
        let mut counts = std::collections::BTreeMap::<u16, usize>::new();
        self.clusters.iter().filter_map(first).for_each(|face| *counts.entry(face).or_default() += 1);
        counts.into_iter().max_by_key(|&(face, count)| (count, std::cmp::Reverse(face))).map_or(0, |(face, _)| face)
    }
}

/// Weight and slope.
pub type Cut = (u16, bool);

/// A stretch of text that is shaped at once.
struct Run {
    bytes: Range<usize>,
    script: Script,
    face: u16,
}

/// Shapes text with the loaded faces; every line is shaped once.
pub struct Shaper {
    fonts: Vec<Option<Font>>,
    /// Weight, slope and place in the index of every face.
    cuts: Vec<(u16, bool, usize)>,
    chosen: HashMap<(char, Cut), Option<u16>, foldhash::fast::FixedState>,
    plans: HashMap<(u16, Script, bool), ShapePlan, foldhash::fast::FixedState>,
    lines: HashMap<(String, Cut), Rc<Line>, foldhash::fast::FixedState>,
    missing: BTreeSet<char>,
    buffer: Buffer,
}

impl Shaper {
    /// With the faces that are loaded.
    pub fn new(fonts: &Fonts) -> Self {
        let cut = |face: &std::sync::Arc<super::font::Face>| (face.file.weight, face.file.italic, fonts.rank(face));
        Self {
            fonts: fonts.faces().iter().map(|face| face.open()).collect(),
            cuts: fonts.faces().iter().map(cut).collect(),
            chosen: HashMap::default(),
            plans: HashMap::default(),
            lines: HashMap::default(),
            missing: BTreeSet::new(),
            buffer: Buffer::new(),
        }
    }

    /// Characters that no face had so far.
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    /// Shapes one line of text.
    pub fn line(&mut self, text: &str, cut: Cut) -> Rc<Line> {
        // Figures and letters do not lean or swell among ideographs, which have one weight.
        let cut = if text.chars().any(sliced) { (400, false) } else { cut };
        let key = (text.to_owned(), cut);
        if let Some(line) = self.lines.get(&key) {
            return line.clone();
        }
        let clean = self.clean(text, cut);
        let line = Rc::new(self.shape(clean, cut));
        self.lines.insert(key, line.clone());
        line
    }

    /// Without characters that no face has; white space is one space and stands only between words,
    /// spaces that must not break stay.
    fn clean(&mut self, text: &str, cut: Cut) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut lost = false;
        for c in text.chars() {
            let fixed = matches!(c, '\u{a0}' | '\u{202f}');
            if (c.is_whitespace() && !fixed) || c.is_control() {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            } else if ignorable(c) || self.choose(c, cut).is_some() {
                clean.push(c);
            } else {
                self.missing.insert(c);
                lost = true;
            }
        }
        clean.truncate(clean.trim_end().len());
        // Brackets, dashes and numbers that are left of a missing word say nothing, or something else.
        if !lost || clean.chars().any(char::is_alphabetic) { clean } else { String::new() }
    }

    /// The face for a character: the nearest weight, then slope, then the first of the index.
    fn choose(&mut self, c: char, cut: Cut) -> Option<u16> {
        if let Some(known) = self.chosen.get(&(c, cut)) {
            return *known;
        }
        let (weight, italic) = cut;
        let fit = |row: &usize| self.cuts.get(*row).map(|&(w, i, rank)| (w.abs_diff(weight), i != italic, rank));
        let face = (0..self.fonts.len()).filter(|&row| self.has(row, c)).min_by_key(fit).map(|row| row as u16);
        self.chosen.insert((c, cut), face);
        face
    }

    /// Whether a face can show a character, whole or in parts.
    fn has(&self, face: usize, c: char) -> bool {
        let Some(Some(font)) = self.fonts.get(face) else { return false };
        let map = font.charmap();
        let known = |code: u32| map.map_unicode(code).is_some();
        known(c.into())
            || match decompose(c.into()) {
                Some(Decomposed::Pair(a, b)) => known(a) && known(b),
                Some(Decomposed::Singleton(a)) => known(a),
                None => false,
            }
    }

    fn shape(&mut self, text: String, cut: Cut) -> Line {
        let mut line = Line { text, ..Line::default() };
        if line.text.is_empty() {
            return line;
        }
        let bidi = ParagraphBidiInfo::new(&line.text, None);
        let (levels, stretches) = bidi.visual_runs(0..line.text.len());
        for stretch in stretches {
            let backwards = levels.get(stretch.start).is_some_and(|level| level.is_rtl());
            let mut runs = self.runs(&line.text, stretch, cut);
            if backwards {
                runs.reverse();
            }
            for run in runs {
                self.add(&mut line, &run, backwards);
            }
        }
        line
    }

    /// Cuts text of one direction where script or face change; spaces, signs and marks go with what is before them.
    fn runs(&mut self, text: &str, stretch: Range<usize>, cut: Cut) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, c) in text.get(stretch.clone()).unwrap_or_default().char_indices() {
            let bytes = stretch.start + at..stretch.start + at + c.len_utf8();
            let own = script(c.into());
            let shared = SHARED.contains(&own);
            if let Some(last) = runs.last_mut() {
                let stays = shared && (ignorable(c) || self.has(last.face.into(), c));
                if stays {
                    last.bytes.end = bytes.end;
                    continue;
                }
                let plain = SHARED.contains(&last.script);
                if self.choose(c, cut) == Some(last.face) && (last.script == own || plain || shared) {
                    last.bytes.end = bytes.end;
                    last.script = if plain { own } else { last.script };
                    continue;
                }
            }
            runs.push(Run { bytes, script: own, face: self.choose(c, cut).unwrap_or_default() });
        }
        runs
    }

    /// Shapes a run and appends its clusters.
    fn add(&mut self, line: &mut Line, run: &Run, backwards: bool) {
        let Some(Some(font)) = self.fonts.get(usize::from(run.face)) else { return };
        let direction = if backwards { Direction::RightToLeft } else { Direction::LeftToRight };
        let plan = self
            .plans
            .entry((run.face, run.script, backwards))
            .or_insert_with(|| ShapePlan::new(font, direction, Some(run.script), None, &[]));
        let buffer = &mut self.buffer;
        buffer.clear();
        for (at, c) in line.text.get(run.bytes.clone()).unwrap_or_default().char_indices() {
            buffer.push(c.into(), (run.bytes.start + at) as u32);
        }
        buffer.set_direction(direction);
        buffer.set_script(Some(run.script));
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        // Letters join across a change of face, too.
        buffer.set_pre_context(line.text.get(..run.bytes.start).unwrap_or_default());
        buffer.set_post_context(line.text.get(run.bytes.end..).unwrap_or_default());
        let shaper = ShaperFont::new(font);
        if shape(&shaper, buffer, ShapeOptions::new().plan(Some(plan))).is_err() {
            return;
        }
        line.joined |= JOINED.contains(&run.script);
        let em = f64::from(font.units_per_em().max(1));
        let starts: BTreeSet<u32> = buffer.glyph_infos().iter().map(|info| info.cluster).collect();
        let mut last = None;
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let Some(id) = u16::try_from(info.glyph_id).ok().filter(|&id| id != 0) else { continue };
            let row = line.glyphs.len();
            if last.replace(info.cluster) != Some(info.cluster) || line.clusters.is_empty() {
                let end = starts.range(info.cluster + 1..).next().copied().unwrap_or(run.bytes.end as u32);
                let bytes = info.cluster..end;
                line.clusters.push(Cluster { start: line.width, advance: 0.0, bytes, ink: [0.0; 2], glyphs: row..row });
            }
            let Some(cluster) = line.clusters.last_mut() else { continue };
            let x = cluster.advance + f64::from(position.x_offset) / em;
            let y = f64::from(position.y_offset) / em;
            cluster.advance += f64::from(position.x_advance) / em;
            cluster.ink[1] = cluster.ink[1].max(cluster.advance);
            cluster.glyphs.end = row + 1;
            line.width += f64::from(position.x_advance) / em;
            line.glyphs.push(Outlined { face: run.face, id, x, y });
            if let Some(ink) = shaper.glyph_extents(id.into()).filter(|ink| ink.height != 0) {
                let top = y + f64::from(ink.y_bearing) / em;
                line.top = line.top.max(top);
                line.bottom = line.bottom.min(top - f64::from(ink.height.abs()) / em);
                let left = x + f64::from(ink.x_bearing) / em;
                let right = left + f64::from(ink.width) / em;
                cluster.ink = [cluster.ink[0].min(left), cluster.ink[1].max(right)];
            }
        }
    }
}

/// Characters that steer and are not seen: joiners, directions, variation selectors, soft hyphens (a part of Unicode's
/// Default_Ignorable_Code_Point).
fn ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

//! The order in which labels take their places: every wish once by priority, then lines again at a distance.

use super::along::{Along, Stand};
use super::baseline::Baseline;
use super::block::{Lines, Spot};
use super::grid::{Block, Grid};
use super::names::{Names, Room};
use super::{Anchor, At, Look, Wish, short};
use crate::error::Result;
use crate::note::Notes;
use crate::order;
use crate::scene::font::Fonts;
use crate::scene::shape::Shaper;
use crate::scene::{Layout, Paths, Text};
use crate::watch::{Stage, Watch};

/// The same name does not stand again on a line nearer than this, in its widths.
const APART: f64 = 2.0;
/// Nor nearer than this, in distances of repetition.
const APART_SPACING: f64 = 0.7;
/// How far a repetition may move to a better place, in distances of repetition.
const LEEWAY: f64 = 0.25;
/// Most repetitions to either side.
const REPEATS: i64 = 1000;
/// Characters that a note about missing ones shows.
const SAMPLE: usize = 20;

/// Places labels.
pub struct Placer<'a> {
    frame: [f64; 4],
    grid: Grid,
    shaper: Shaper,
    paths: &'a mut Paths,
    names: Names,
    placed: Vec<(usize, Text)>,
}

/// A line that has its first label and room for more.
struct Again {
    row: usize,
    /// The name, perhaps shortened.
    text: String,
    baseline: Baseline,
    first: f64,
}

impl<'a> Placer<'a> {
    /// No label is placed yet.
    pub fn new(frame: [f64; 4], taken: &[[f64; 4]], fonts: &Fonts, paths: &'a mut Paths) -> Self {
        let (mut grid, shaper) = (Grid::new(frame), Shaper::new(fonts));
        for &[x, y, width, height] in taken {
            let half = [width / 2.0, height / 2.0];
            grid.take(Block { center: [x + half[0], y + half[1]], axis: [1.0, 0.0], half });
        }
        Self { frame, grid, shaper, paths, names: Names::default(), placed: Vec::new() }
    }

    /// See [`super::place`].
    pub fn place(mut self, wishes: &[Wish], notes: &mut Notes, watch: &mut Watch) -> Result<Vec<(usize, Text)>> {
        let mut order: Vec<(usize, &Wish)> = wishes.iter().enumerate().collect();
        order::sort_by_key(&mut order, |(row, wish)| (wish.priority, *row));
        let total = order.len() as u64;
        let mut lines = Vec::new();
        for (done, (row, wish)) in order.into_iter().enumerate() {
            if done % 1000 == 0 {
                watch.at(Stage::Label, done as u64, total)?;
            }
            match &wish.at {
                At::Point { .. } => self.point(row, wish),
                At::Line { .. } => lines.extend(self.line(row, wish)),
            }
        }
        for (done, again) in lines.iter().enumerate() {
            if done % 100 == 0 {
                watch.at(Stage::Label, total, total)?;
            }
            if let Some(wish) = wishes.get(again.row) {
                self.repeat(wish, again);
            }
        }
        self.note(notes);
        order::sort_by_key(&mut self.placed, |(row, _)| *row);
        Ok(self.placed)
    }

    /// Tells which characters no font has.
    fn note(&self, notes: &mut Notes) {
        let missing = self.shaper.missing();
        if !missing.is_empty() {
            let sample: String = missing.iter().take(SAMPLE).collect();
            let more = if missing.len() > SAMPLE { " …" } else { "" };
            let message =
                format!("{} characters have no font and are left out of labels: {sample}{more}", missing.len());
            notes.say("missing_glyphs", missing.len() as u64, message);
        }
    }

    /// Places lines of text about a point, at the first anchor that is free.
    fn point(&mut self, row: usize, wish: &Wish) {
        let At::Point { point, anchors, offset, clearance, rotation } = &wish.at else { return };
        let look = &wish.look;
        let spot = Spot { point: *point, offset: *offset, clearance: *clearance, rotation: *rotation };
        let disc = (*clearance > 0.0).then_some(Block { center: *point, axis: [1.0, 0.0], half: [*clearance; 2] });
        if disc.is_some_and(|disc| !self.fits(&[disc], look)) {
            return;
        }
        let (text, mut blocks) = if wish.text.is_empty() {
            let mut text = look.text(0, 0.0);
            text.layout = Layout::Point { origin: *point, lines: Vec::new() };
            (text, Vec::new())
        } else {
            let Some(lines) = Lines::new(&mut self.shaper, &wish.text, look) else { return };
            let room = Room { width: lines.width(), size: look.size, plate: look.plate.is_some() };
            // Of several places, the one on the point is not shifted.
            let shift = |anchor| if anchors.len() > 1 && anchor == Anchor::Center { [0.0; 2] } else { spot.offset };
            let stands =
                anchors.iter().map(|anchor| lines.stand(look, &Spot { offset: shift(*anchor), ..spot }, *anchor));
            let free = |blocks: &[Block]| {
                self.fits(blocks, look) && (look.overlap || self.names.free(&wish.text, middle(blocks), room, 0.0))
            };
            let Some(stand) = stands.into_iter().find(|(_, blocks)| free(blocks)) else { return };
            self.names.take(&wish.text, middle(&stand.1), room, false);
            stand
        };
        blocks.extend(disc);
        self.take(&blocks, look);
        self.placed.push((row, text));
    }

    /// Places text along a line at its best place, shortened where the whole does not fit; says how to go on where it is
    /// to be repeated.
    fn line(&mut self, row: usize, wish: &Wish) -> Option<Again> {
        let whole = self.once(row, wish, &wish.text);
        whole.or_else(|| self.once(row, wish, &short::shortened(&wish.text)?)).flatten()
    }

    /// Places a text along a line; none where it does not fit.
    fn once(&mut self, row: usize, wish: &Wish, text: &str) -> Option<Option<Again>> {
        let At::Line { line, spacing, .. } = &wish.at else { return None };
        let shaped = self.shaper.line(text, (wish.look.weight, wish.look.italic));
        if shaped.clusters.is_empty() {
            return None;
        }
        let along = Along::new(&shaped, wish)?;
        let baseline = Baseline::new(&along.course(line), wish.look.size, along.width())?;
        let inside = |point: &[f64; 2]| {
            let [x, y, width, height] = self.frame;
            (x..=x + width).contains(&point[0]) && (y..=y + height).contains(&point[1])
        };
        let seen = (baseline.points.iter().position(inside)?, baseline.points.iter().rposition(inside)?);
        let (from, to) = (seen.0 as f64 * baseline.step, seen.1 as f64 * baseline.step);
        let first = self.stand(row, wish, &along, &baseline, (from + to) / 2.0, from..=to)?;
        Some((*spacing > 0.0).then(|| Again { row, text: text.to_owned(), baseline, first }))
    }

    /// Places a line's text again, to both sides of where it stands.
    fn repeat(&mut self, wish: &Wish, again: &Again) {
        let At::Line { spacing, .. } = &wish.at else { return };
        let shaped = self.shaper.line(&again.text, (wish.look.weight, wish.look.italic));
        let Some(along) = Along::new(&shaped, wish) else { return };
        let spacing = spacing.max(along.width() * APART);
        let length = again.baseline.points.len() as f64 * again.baseline.step;
        let count = (libm::floor(length / spacing) as i64).min(REPEATS);
        for step in (1..=count).flat_map(|step| [-step, step]) {
            let target = again.first + step as f64 * spacing;
            if (0.0..=length).contains(&target) {
                let range = target - spacing * LEEWAY..=target + spacing * LEEWAY;
                self.stand(again.row, wish, &along, &again.baseline, target, range);
            }
        }
    }

    /// Takes the best free place on a baseline; where along it the text's middle is.
    fn stand(
        &mut self,
        row: usize,
        wish: &Wish,
        along: &Along,
        baseline: &Baseline,
        target: f64,
        range: std::ops::RangeInclusive<f64>,
    ) -> Option<f64> {
        let At::Line { spacing, .. } = &wish.at else { return None };
        let room = Room { width: along.width(), size: wish.look.size, plate: false };
        let apart = (room.width * APART).max(spacing * APART_SPACING);
        for window in along.windows(baseline, target, range) {
            let at = (window.0 + window.1) / 2;
            let Some(&middle) = baseline.points.get(at) else { continue };
            if !self.names.free(&wish.text, middle, room, apart) {
                continue;
            }
            let Some(stand) = along.stand(baseline, window) else { continue };
            if !self.fits(&stand.blocks, &wish.look) {
                continue;
            }
            self.take(&stand.blocks, &wish.look);
            self.names.take(&wish.text, middle, room, true);
            let Stand { mut text, path, start, .. } = stand;
            text.layout = Layout::Along { subpath: self.paths.push(path, false), offset: start };
            self.placed.push((row, text));
            return Some(at as f64 * baseline.step);
        }
        None
    }

    /// Whether blocks lie within the frame with their halo, and overlap nothing with their padding.
    fn fits(&self, blocks: &[Block], look: &Look) -> bool {
        let halo = look.halo.map_or(0.0, |(_, reach)| reach);
        blocks.iter().all(|block| {
            block.grown(halo).within(self.frame) && (look.overlap || self.grid.free(&block.grown(look.padding)))
        })
    }

    fn take(&mut self, blocks: &[Block], look: &Look) {
        blocks.iter().for_each(|block| self.grid.take(block.grown(look.padding)));
    }
}

/// The middle of what a text covers.
fn middle(blocks: &[Block]) -> [f64; 2] {
    let bounds = blocks.iter().map(Block::bounds);
    let whole = bounds.reduce(|[a, b, c, d], [e, f, g, h]| [a.min(e), b.min(f), c.max(g), d.max(h)]);
    whole.map_or([0.0; 2], |[left, top, right, bottom]| [(left + right) / 2.0, (top + bottom) / 2.0])
}

//! Text along a line: where it bends least near the middle, upright, letters turned with the line.

use super::baseline::{Baseline, Track, beside, distance};
use super::block::CAPITALS;
use super::grid::Block;
use super::{At, Look, Wish};
use crate::order;
use crate::scene::shape::Line;
use crate::scene::{Glyph, Text};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// Places that are tried on one line.
const TRIES: usize = 48;
/// What being at the far end of where text may stand costs, in radians of bend.
const OFF_CENTER: f64 = 0.6;
/// Most bend between joined letters, radians: they must meet.
const JOINED_BEND: f64 = 0.2;
/// How far heads of neighbouring letters may lie over each other, in font sizes.
const TOUCH: f64 = 0.06;
/// Most bend of a whole label, radians: 110°.
const MOST_BEND: f64 = 1.92;
/// Letters turn less than this within one collision block, radians.
const BLOCK_BEND: f64 = 0.12;
/// The path reaches this much beyond the text at both ends, of its width: other fonts may run wider.
const SPARE: f64 = 0.15;
/// How far the path may be from the baseline it stands for, in font sizes.
const TOLERANCE: f64 = 0.006;
/// Turns of a border that text beside it does not follow, in font sizes.
const TURNS: f64 = 0.45;
/// Text may lean this much beyond the vertical, radians, and the same less the other way: streets that run north do not flip.
const LEAN: f64 = 0.05;

/// A line of text that wants to stand along a baseline.
pub struct Along<'a> {
    /// The text.
    pub line: &'a Line,
    /// How it looks.
    pub look: &'a Look,
    /// Sharpest bend between neighbouring letters, radians.
    pub max_bend: f64,
    /// Shift to the side, mm: down positive, or to the left of the line as it runs.
    pub offset: f64,
    /// Whether the text stands on the left of the line.
    pub left: bool,
}

/// Text at its place.
pub struct Stand {
    /// The text; its layout has no path yet.
    pub text: Text,
    /// The path its baseline follows.
    pub path: Vec<[f64; 2]>,
    /// Where on the path it begins, mm.
    pub start: f64,
    /// What it covers.
    pub blocks: Vec<Block>,
}

impl<'a> Along<'a> {
    /// A line of text as it is wished for; none where that is about a point.
    pub fn new(line: &'a Line, wish: &'a Wish) -> Option<Self> {
        let At::Line { offset, left, max_angle, .. } = &wish.at else { return None };
        Some(Self { line, look: &wish.look, max_bend: max_angle.to_radians(), offset: *offset, left: *left })
    }

    /// The line that the text follows: beside a border not each of its turns.
    pub fn course<'l>(&self, line: &'l [[f64; 2]]) -> Cow<'l, [[f64; 2]]> {
        if self.left { thinned(line, self.look.size * TURNS).into() } else { line.into() }
    }

    /// Space between letters, mm.
    fn letter_spacing(&self) -> f64 {
        if self.line.joined { 0.0 } else { self.look.letter_spacing }
    }

    /// Its width, mm.
    pub fn width(&self) -> f64 {
        self.line.width * self.look.size + self.line.gaps() * self.letter_spacing()
    }

    /// Windows of the baseline (first and last point) whose middle lies within `range`, the best first.
    pub fn windows(&self, baseline: &Baseline, target: f64, range: RangeInclusive<f64>) -> Vec<(usize, usize)> {
        let span = (libm::ceil(self.width() / baseline.step) as usize).max(1);
        let last = baseline.points.len().saturating_sub(1);
        let middle = |from: usize| (from as f64 + span as f64 / 2.0) * baseline.step;
        let stride = (span / 8).max(1);
        let reach = (range.end() - range.start()) / 2.0;
        let mut windows: Vec<(f64, usize)> = (0..=last.saturating_sub(span))
            .step_by(stride)
            .chain(last.checked_sub(span))
            .filter(|&from| from + span <= last && range.contains(&middle(from)))
            .map(|from| {
                let off = (middle(from) - target).abs() / reach.max(baseline.step);
                (baseline.bend(from, from + span) + OFF_CENTER * off, from)
            })
            .collect();
        order::sort_by(&mut windows, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        windows.truncate(TRIES);
        windows.into_iter().map(|(_, from)| (from, from + span)).collect()
    }

    /// Stands in a window of a baseline; none where it would bend too much.
    pub fn stand(&self, baseline: &Baseline, (from, to): (usize, usize)) -> Option<Stand> {
        let mut points = baseline.points.get(from..=to)?.to_vec();
        let (&first, &last) = (points.first()?, points.last()?);
        let turned = !upright(first, last);
        if turned {
            points.reverse();
        }
        let offset = if self.left && !turned { -self.offset } else { self.offset };
        // Below the line by half a capital, so that the letters' middle lies on it.
        let path = beside(&points, self.look.size * CAPITALS / 2.0 + offset);
        let path = thinned(&path, self.look.size * TOLERANCE);
        let width = self.width();
        let track = Track::new(extended(path, width * SPARE)?);
        let start = (track.length() - width) / 2.0;
        if start < 0.0 {
            return None;
        }
        let (text, places) = self.set(&track, start)?;
        self.calm(&places).then(|| Stand { text, path: track.points, start, blocks: self.blocks(&places) })
    }

    /// Letters on the path, each turned as the path is under its middle.
    fn set(&self, track: &Track, start: f64) -> Option<(Text, Vec<Place>)> {
        let Self { line, look, .. } = self;
        let spacing = self.letter_spacing();
        let mut text = look.text(line.face(), spacing);
        text.string.clone_from(&line.text);
        let mut places = Vec::with_capacity(line.clusters.len());
        for (row, cluster) in line.clusters.iter().enumerate() {
            let half = cluster.advance * look.size / 2.0;
            let begin = start + cluster.start * look.size + row as f64 * spacing;
            let (middle, axis) = track.at(begin + half)?;
            let place = Place { middle, axis, angle: libm::atan2(axis[1], axis[0]) };
            for glyph in line.glyphs.get(cluster.glyphs.clone()).unwrap_or_default() {
                let [x, y] = place.point([glyph.x * look.size - half, -glyph.y * look.size]);
                let cluster = (cluster.bytes.start, cluster.bytes.end);
                text.glyphs.push(Glyph { id: glyph.id, face: glyph.face, x, y, angle: place.angle, cluster });
            }
            places.push(place);
        }
        Some((text, places))
    }

    /// Whether no letter turns too much against its neighbour, and none stands on its head.
    fn calm(&self, places: &[Place]) -> bool {
        let most = if self.line.joined { self.max_bend.min(JOINED_BEND) } else { self.max_bend };
        let mut total: f64 = 0.0;
        let mut bounds = [0.0_f64; 2];
        for ([a, b], [left, right]) in places.array_windows().zip(self.line.clusters.array_windows()) {
            let turn = wrapped(b.angle - a.angle);
            // Where a line turns up, heads of letters come nearer.
            let gap = left.advance - left.ink[1] + right.ink[0] + self.letter_spacing() / self.look.size;
            if turn.abs() > most || -turn * CAPITALS > gap.max(0.0) + TOUCH {
                return false;
            }
            total += turn;
            bounds = [bounds[0].min(total), bounds[1].max(total)];
        }
        bounds[1] - bounds[0] < MOST_BEND
    }

    /// What the letters cover: one block for each stretch that is nearly straight.
    fn blocks(&self, places: &[Place]) -> Vec<Block> {
        let Self { line, look, .. } = self;
        let (top, bottom) = (-line.top.max(CAPITALS) * look.size, -line.bottom * look.size);
        let set: Vec<_> = places.iter().zip(&line.clusters).collect();
        let mut blocks = Vec::new();
        let mut rest = set.as_slice();
        while let Some((first, _)) = rest.first() {
            let count =
                rest.iter().take_while(|(place, _)| wrapped(place.angle - first.angle).abs() < BLOCK_BEND).count();
            let (stretch, after) = rest.split_at(count.max(1));
            let middle = stretch.get(stretch.len() / 2).map_or(first.axis, |(place, _)| place.axis);
            let corners = stretch.iter().flat_map(|(place, cluster)| {
                let [left, right] = cluster.ink.map(|x| (x - cluster.advance / 2.0) * look.size);
                [[left, top], [right, top], [left, bottom], [right, bottom]].map(|corner| place.point(corner))
            });
            blocks.push(Block::around(middle, corners));
            rest = after;
        }
        blocks
    }
}

/// Where the letters of a cluster stand.
struct Place {
    /// Middle of their advance, on the path.
    middle: [f64; 2],
    /// Direction of the path there.
    axis: [f64; 2],
    /// The same as an angle.
    angle: f64,
}

impl Place {
    /// A point right of and below the middle → the sheet.
    fn point(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [cos, sin] = self.axis;
        [self.middle[0] + x * cos - y * sin, self.middle[1] + x * sin + y * cos]
    }
}

/// Whether text from `a` to `b` can be read without turning the sheet over.
fn upright(a: [f64; 2], b: [f64; 2]) -> bool {
    let angle = libm::atan2(b[1] - a[1], b[0] - a[0]);
    let quarter = std::f64::consts::FRAC_PI_2;
    (-quarter - LEAN..quarter - LEAN).contains(&angle)
}

/// An angle within half a turn.
fn wrapped(angle: f64) -> f64 {
    let turn = std::f64::consts::TAU;
    angle - turn * libm::round(angle / turn)
}

/// Straight on by `by` at both ends.
fn extended(mut path: Vec<[f64; 2]>, by: f64) -> Option<Vec<[f64; 2]>> {
    let ahead = |a: [f64; 2], b: [f64; 2]| {
        let long = distance(a, b);
        (long > 0.0).then(|| [b[0] + (b[0] - a[0]) / long * by, b[1] + (b[1] - a[1]) / long * by])
    };
    let (&[first, second, ..], &[.., before, last]) = (path.as_slice(), path.as_slice()) else { return None };
    let (start, end) = (ahead(second, first)?, ahead(before, last)?);
    *path.first_mut()? = start;
    *path.last_mut()? = end;
    if path.len() > 2 {
        path.insert(1, first);
        path.insert(path.len() - 1, last);
    }
    Some(path)
}

/// Without points that are hardly off the straight line between their neighbours (Douglas and Peucker, 1973).
fn thinned(path: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let mut keep = vec![false; path.len()];
    let mut open = vec![(0, path.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        keep.get_mut(from).into_iter().for_each(|keep| *keep = true);
        keep.get_mut(to).into_iter().for_each(|keep| *keep = true);
        let Some((&a, &b)) = path.get(from).zip(path.get(to)) else { continue };
        let long = distance(a, b);
        let off = |point: &[f64; 2]| {
            let cross = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);
            if long > 0.0 { cross.abs() / long } else { distance(a, *point) }
        };
        let inner = path.get(from + 1..to).unwrap_or_default().iter().map(off).enumerate();
        if let Some((row, _)) = inner.filter(|(_, off)| *off > tolerance).max_by(|a, b| a.1.total_cmp(&b.1)) {
            open.extend([(from, from + 1 + row), (from + 1 + row, to)]);
        }
    }
    path.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

//! The things of a drawing as entities.

use super::free::{Free, ascii};
use super::sections::{Entry, PARAMETERS, Sections};
use crate::error::Result;
use crate::format::autocad::rgb;
use crate::format::drafting::{Block, Encoder, Filling, Insert, LEADING, LETTER, Layer, Line, On, Pattern, Words};
use std::collections::BTreeMap;
use std::f64::consts::{FRAC_PI_2, TAU};

/// Steps of line widths: hundredths of a millimetre, and how many the widest line has.
pub(super) const STEPS: u16 = 200;
/// Statuses: what is drawn with another, what is known of another, a text, a definition, something else.
const PART: u32 = 10_000;
const KNOWN: u32 = 20_300;
const NOTE: u32 = 100;
const DEFINITION: u32 = 200;
const OTHER: u32 = 300;

/// A drawing as entities.
#[derive(Default)]
pub(super) struct Iges {
    /// What gathers.
    pub(super) sections: Sections,
    /// What the directory says of what lies on each layer.
    layers: BTreeMap<String, Entry>,
    /// Where colours and blocks stand in the directory.
    colors: BTreeMap<[u8; 3], i64>,
    blocks: BTreeMap<String, i64>,
}

/// Parameters of an entity of a kind.
fn parameters(kind: u32) -> Free {
    let mut free = Free::new(PARAMETERS);
    free.whole(kind.into());
    free
}

impl Iges {
    /// Adds an entity on a layer, with what is known of it.
    fn add(&mut self, on: &On, kind: (u32, u32), status: u32, mut free: Free) -> Result<()> {
        let entry = self.layers.get(on.layer).copied().unwrap_or_default();
        if let Some(object) = on.object {
            let mut name = parameters(406);
            name.whole(1);
            name.text(&object.label());
            let name = self.sections.add(&Entry { kind: (406, 15), status: KNOWN, ..Entry::default() }, name)?;
            // No notes or associativities, one property.
            [0, 1, name].into_iter().for_each(|value| free.whole(value));
        }
        self.sections.add(&Entry { kind, status, ..entry }, free)?;
        Ok(())
    }

    /// The place of a colour in the directory; negative, as entities refer to it.
    fn color(&mut self, color: [u8; 3]) -> Result<i64> {
        if let Some(place) = self.colors.get(&color) {
            return Ok(-place);
        }
        let mut free = parameters(314);
        color.into_iter().for_each(|part| free.real(f64::from(part) / 2.55));
        let entry = Entry { kind: (314, 0), status: DEFINITION, ..Entry::default() };
        let place = self.sections.add(&entry, free)?;
        self.colors.insert(color, place);
        Ok(-place)
    }
}

/// Copious data: the points of a line at one height, or those of a ring with its end.
fn copious(points: &[[f64; 2]], closed: bool, elevation: f64) -> ((u32, u32), Free) {
    let mut free = parameters(106);
    let end = points.first().filter(|_| closed);
    // Pairs, which share their z.
    free.whole(1);
    free.whole((points.len() + usize::from(end.is_some())) as i64);
    free.real(elevation);
    points.iter().chain(end).flatten().for_each(|side| free.real(*side));
    ((106, if closed { 63 } else { 11 }), free)
}

impl Encoder for Iges {
    fn layer(&mut self, layer: &Layer) -> Result<()> {
        let color = rgb(layer.color).map_or(Ok(0), |color| self.color(color))?;
        let level = self.layers.len() as u32 + 1;
        let font = match layer.dashes.as_ref().map(|dashes| Pattern::of(&dashes.lengths)) {
            None => 1,
            Some(Pattern::Dashed) => 2,
            Some(Pattern::DoubleChain) => 3,
            Some(Pattern::Chain) => 4,
            Some(Pattern::Dotted) => 5,
        };
        let weight = layer.weight.map_or(0, |mm| libm::round(mm * 100.0).clamp(1.0, STEPS.into()) as u16);
        // What the level of this entity is for: no function that has a number, but one that has a name.
        let mut free = parameters(406);
        free.whole(2);
        free.whole(0);
        free.text(&layer.name);
        self.sections.add(&Entry { kind: (406, 3), level, status: OTHER, ..Entry::default() }, free)?;
        self.layers.insert(layer.name.clone(), Entry { level, color, font, weight, ..Entry::default() });
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        let mut rings = Vec::with_capacity(block.rings.len());
        for ring in &block.rings {
            let (kind, free) = copious(ring, true, 0.0);
            rings.push(self.sections.add(&Entry { kind, font: 1, status: PART, ..Entry::default() }, free)?);
        }
        let mut free = parameters(308);
        free.whole(0);
        free.text(&block.name);
        free.whole(rings.len() as i64);
        rings.into_iter().for_each(|ring| free.whole(ring));
        let entry = Entry { kind: (308, 0), status: DEFINITION, ..Entry::default() };
        let place = self.sections.add(&entry, free)?;
        self.blocks.insert(block.name.clone(), place);
        Ok(())
    }

    fn point(&mut self, on: &On, [x, y]: [f64; 2]) -> Result<()> {
        let mut free = parameters(116);
        [x, y, 0.0].into_iter().for_each(|side| free.real(side));
        // No symbol.
        free.whole(0);
        self.add(on, (116, 0), 0, free)
    }

    fn insert(&mut self, on: &On, insert: &Insert) -> Result<()> {
        let Some(&block) = self.blocks.get(insert.block) else { return self.point(on, insert.at) };
        let [x, y] = insert.at;
        let mut free = parameters(408);
        free.whole(block);
        [x, y, 0.0, insert.scale].into_iter().for_each(|value| free.real(value));
        self.add(on, (408, 0), 0, free)
    }

    fn line(&mut self, on: &On, line: &Line) -> Result<()> {
        for elevation in line.levels() {
            let (kind, free) = copious(line.points, line.closed, elevation);
            self.add(on, kind, 0, free)?;
        }
        Ok(())
    }

    fn filling(&mut self, _: &On, _: &Filling) -> Result<()> {
        // It is not asked for.
        Ok(())
    }

    fn text(&mut self, on: &On, words: &Words) -> Result<()> {
        let turn = words.angle.to_radians();
        let (cos, sin) = (libm::cos(turn), libm::sin(turn));
        let [x, y] = words.at;
        let mut free = parameters(212);
        free.whole(words.lines.len() as i64);
        for (row, line) in words.lines.iter().enumerate() {
            let letters = ascii(line).len();
            let width = letters as f64 * LETTER * words.height;
            // From the text's place to the lower left corner of its line, along it and across.
            let along = if words.centred { -width / 2.0 } else { 0.0 };
            let rows = (words.lines.len() as f64 - 1.0) / 2.0 - row as f64;
            let across = (rows * LEADING - 0.5) * words.height;
            free.whole(letters as i64);
            free.real(width);
            free.real(words.height);
            // The standard's font, letters upright, not mirrored, side by side.
            free.whole(1);
            free.real(FRAC_PI_2);
            free.real(if turn < 0.0 { turn + TAU } else { turn });
            free.whole(0);
            free.whole(0);
            [x + along * cos - across * sin, y + along * sin + across * cos, 0.0]
                .into_iter()
                .for_each(|side| free.real(side));
            free.text(line);
        }
        let form = match (words.lines.len(), words.centred) {
            (..=1, _) => 0,
            (_, false) => 6,
            (_, true) => 7,
        };
        self.add(on, (212, form), NOTE, free)
    }
}

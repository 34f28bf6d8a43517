//! Features → things of a drawing.

use super::encoder::{Block, Encoder, Filling, Head, Insert, Layer, Layout, Lies, Line, Object, On, Words};
use super::frame::Frame;
use super::limits::Limits;
use super::looks::{Look, Looks};
use super::names::Name;
use super::objects::object;
use super::order::order;
use super::placement::{Placement, place};
use super::standard::Standard;
use super::text;
use super::wanted::Wanted;
use crate::error::Result;
use crate::format::{Job, Written};
use crate::geo::once::once;
use crate::geo::ring::Path;
use crate::map::height::height;
use crate::map::{ClassId, Feature, Geometry, Part, Role};
use crate::note::Notes;
use crate::osm::ATTRIBUTION;
use crate::plan::Plan;
use crate::watch::{Stage, Watch};
use std::collections::BTreeMap;

/// Lines so near are one, millimetres: places of OpenStreetMap are known to a centimetre.
const NEAR: i64 = 10;

/// A drawing that grows.
pub struct Drawing<'p, 'm> {
    limits: &'static Limits,
    looks: Looks<'p>,
    plan: &'p Plan<'m>,
    frame: Frame,
    wanted: Wanted,
    title: String,
    /// What is left of each line of a feature, where those that lie on each other are drawn once.
    left: BTreeMap<usize, Vec<Vec<Path>>>,
    placement: Placement,
    counts: Counts,
}

/// What is left out or changed.
#[derive(Default)]
struct Counts {
    /// Lines that others lay on, wholly or in part.
    doubled: u64,
    /// Features with more tags than fit.
    full: u64,
    /// Buildings whose height nothing says.
    guessed: u64,
}

/// Draws a plan.
///
/// # Errors
/// Those of the encoder; `Error::Request` for options; `Error::Cancelled`.
pub fn draw(mut drawing: Drawing, encoder: &mut dyn Encoder, notes: &mut Notes, watch: &mut Watch) -> Written {
    let features = &drawing.plan.features;
    let order = order(features, &mut drawing.looks);
    let total = order.len() as u64;
    for (done, row) in order.into_iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
        }
        if let Some(feature) = features.rows.get(row) {
            drawing.feature(row, feature, encoder)?;
        }
    }
    drawing.names(encoder)?;
    drawing.finish(encoder, notes)?;
    watch.at(Stage::Write, total, total)
}

impl<'p, 'm> Drawing<'p, 'm> {
    /// An empty drawing of the features' frame, with the options of a format.
    ///
    /// # Errors
    /// `Error::Request` where an option says nothing that can be drawn; `Error::Cancelled`.
    pub fn new(limits: &'static Limits, plan: &'p Plan<'m>, job: &Job, watch: &mut Watch) -> Result<Self> {
        let settings = job.settings;
        let frame = Frame::new(plan, settings)?;
        let wanted = Wanted::new(limits, plan, settings);
        let standard = Standard::of(settings.text("layers")).map_err(|what| settings.fault("layers", what))?;
        let mut looks = Looks::new(plan, standard, limits.names, frame.mm());
        let placement = place(plan, &mut looks, limits, &wanted, watch)?;
        let mut drawing = Self {
            limits,
            looks,
            plan,
            frame,
            wanted,
            title: job.request.page.furniture.title.clone().unwrap_or_else(|| "OpenStreetMap".into()),
            left: BTreeMap::new(),
            placement,
            counts: Counts::default(),
        };
        if settings.flag("dedupe") {
            drawing.dedupe(watch)?;
        }
        Ok(drawing)
    }

    /// What is said of the whole.
    pub fn head(&self, provenance: String) -> Head {
        let sheet = &self.plan.sheet;
        let (epsg, [x, y]) = (self.plan.features.crs.epsg, self.frame.origin);
        let [left, bottom, right, top] = self.plan.features.extent;
        let ([west, south], [east, north]) = (self.frame.at([left, bottom]), self.frame.at([right, top]));
        let [map_left, map_top, width, height] = sheet.map;
        Head {
            about: vec![
                "(c) OpenStreetMap contributors, ODbL, https://www.openstreetmap.org/copyright".to_owned(),
                format!("EPSG:{epsg}, {}; origin of the drawing at {x} {y}", self.frame.unit.name),
            ],
            provenance,
            extent: [west, south, east, north],
            mm: self.frame.mm(),
            unit: self.frame.unit,
            epsg,
            origin: [x, y],
            layout: Layout {
                paper: [sheet.width, sheet.height].map(thousandth),
                map: [map_left, sheet.height - map_top - height, width, height].map(thousandth),
                title: self.title.clone(),
                credit: ATTRIBUTION.to_owned(),
                scale: format!("1:{}", thousands(sheet.scale)),
            },
        }
    }

    /// All layers that something may lie on, and all blocks, for files that name them first.
    pub fn tables(&mut self) -> (Vec<Layer>, Vec<Block>) {
        let features = &self.plan.features;
        for (row, feature) in features.rows.iter().enumerate() {
            let class = features.class(feature);
            self.looks.lines(class);
            let look = self.looks.of(features, feature).clone();
            if let Some(color) = look.fill.filter(|_| self.wanted.fill && feature.geometry == Geometry::Area) {
                self.looks.filled(class, Lies::Fill, color);
            }
            if let Some(hatch) = look.hatch.filter(|_| self.wanted.hatch && feature.geometry == Geometry::Area) {
                self.looks.filled(class, Lies::Hatch, hatch.color);
            }
            let mark = if self.is_marked(row, feature) { self.looks.mark(feature) } else { None };
            if let Some(mark) = mark {
                self.looks.block(&mark.symbol);
            }
        }
        for placed in &self.placement.names {
            let Some(feature) = features.rows.get(placed.row) else { continue };
            self.looks.lettered(features.class(feature).layer, placed.lettering.map(|lettering| lettering.color));
        }
        self.looks.terms();
        self.looks.made()
    }
}

impl Drawing<'_, '_> {
    /// Draws from now on every line of a layer once, where lines of the layer lie on each other.
    fn dedupe(&mut self, watch: &mut Watch) -> Result<()> {
        let features = &self.plan.features;
        let step = |value: f64| libm::round(value * features.crs.steps()) as i64;
        // The lines of each layer, and the features that they are of.
        let mut layers: BTreeMap<ClassId, (Vec<usize>, Vec<Path>)> = BTreeMap::new();
        for (row, feature) in features.rows.iter().enumerate() {
            for part in features.shapes.parts(&feature.parts).iter().filter(|part| part.role != Role::Point) {
                let (rows, lines) = layers.entry(feature.class).or_default();
                rows.push(row);
                lines.push(features.shapes.points(part).iter().map(|point| point.map(step)).collect());
            }
        }
        for (rows, lines) in layers.into_values() {
            let left = once(&lines, NEAR, || watch.at(Stage::Write, 0, 0))?;
            for ((row, left), line) in rows.into_iter().zip(left).zip(&lines) {
                self.counts.doubled += u64::from(left.len() != 1 || left.first() != Some(line));
                self.left.entry(row).or_default().push(left);
            }
        }
        Ok(())
    }

    /// Adds a feature: its fillings, its lines, its symbol.
    fn feature(&mut self, row: usize, feature: &Feature, encoder: &mut dyn Encoder) -> Result<()> {
        let features = &self.plan.features;
        let class = features.class(feature);
        let layer = self.looks.lines(class);
        let look = self.looks.of(features, feature).clone();
        let (object, full) = object(features, feature, self.wanted.tags, self.limits);
        self.counts.full += u64::from(full);
        if feature.geometry == Geometry::Area && self.wanted.fill {
            self.fill(feature, &look, encoder)?;
        }
        self.announce(encoder)?;
        let on = On { layer: &layer, object: Some(&object) };
        let mark = if self.is_marked(row, feature) { self.looks.mark(feature) } else { None };
        let symbol = mark.map(|mark| (self.looks.block(&mark.symbol), mark.scale * self.frame.mm()));
        self.announce(encoder)?;
        let mut line = self.lifted(feature);
        if let Some(left) = self.left.remove(&row) {
            let drawn = feature.geometry != Geometry::Area || self.wanted.outlines;
            return left.into_iter().filter(|_| drawn).try_for_each(|left| self.rest(left, &on, &line, encoder));
        }
        for part in features.shapes.parts(&feature.parts) {
            match (part.role, features.shapes.points(part).as_ref()) {
                (Role::Point, [place, ..]) => point(&on, self.frame.at(*place), symbol.as_ref(), encoder)?,
                (Role::Line, points @ [_, _, ..]) => {
                    encoder.line(&on, &Line { points: &self.frame.all(points), closed: false, ..line })?;
                }
                (Role::Outer | Role::Inner, [ring @ .., _]) if ring.len() > 2 && self.wanted.outlines => {
                    line.closed = true;
                    encoder.line(&on, &Line { points: &self.frame.all(ring), ..line })?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a feature is a point whose symbol has room, if it has one.
    fn is_marked(&self, row: usize, feature: &Feature) -> bool {
        feature.geometry == Geometry::Point && !self.placement.hidden.contains(&row)
    }

    /// How high its lines lie and reach, where that is wanted.
    fn lifted(&mut self, feature: &Feature) -> Line<'static> {
        let mut line = Line { points: &[], closed: false, elevation: 0.0, thickness: 0.0 };
        let features = &self.plan.features;
        if self.wanted.heights && feature.geometry == Geometry::Area && features.class(feature).layer == "buildings" {
            let height = height(features, feature, false, 0.0);
            self.counts.guessed += u64::from(height.guessed);
            line.elevation = height.base * self.frame.unit.per_metre;
            line.thickness = (height.top - height.base) * self.frame.unit.per_metre;
        }
        line
    }

    fn fill(&mut self, feature: &Feature, look: &Look, encoder: &mut dyn Encoder) -> Result<()> {
        let class = self.plan.features.class(feature);
        let rings = self.rings(feature);
        if rings.is_empty() {
            return Ok(());
        }
        if let Some(color) = look.fill {
            let layer = self.looks.filled(class, Lies::Fill, color);
            self.announce(encoder)?;
            encoder.filling(&On { layer: &layer, object: None }, &Filling { rings: &rings, hatch: None })?;
        }
        if let Some(hatching) = look.hatch.as_ref().filter(|_| self.wanted.hatch) {
            let Some(hatch) = self.looks.hatch(&hatching.name) else { return Ok(()) };
            let layer = self.looks.filled(class, Lies::Hatch, hatching.color);
            self.announce(encoder)?;
            encoder.filling(&On { layer: &layer, object: None }, &Filling { rings: &rings, hatch: Some(&hatch) })?;
        }
        Ok(())
    }

    /// Adds what is left of a line, where lines are drawn once.
    fn rest(&self, left: Vec<Path>, on: &On, like: &Line, encoder: &mut dyn Encoder) -> Result<()> {
        let steps = self.plan.features.crs.steps();
        for line in left {
            let places: Vec<[f64; 2]> = line.iter().map(|point| point.map(|step| step as f64 / steps)).collect();
            let (points, closed) = match places.as_slice() {
                [ring @ .., end] if ring.len() > 2 && ring.first() == Some(end) => (ring, true),
                places @ [_, _, ..] => (places, false),
                _ => continue,
            };
            let points = &self.frame.all(points);
            encoder.line(on, &Line { points, closed, ..*like })?;
        }
        Ok(())
    }

    /// Writes the terms below the frame, and says what was left out.
    fn finish(mut self, encoder: &mut dyn Encoder, notes: &mut Notes) -> Result<()> {
        let [left, bottom, ..] = self.plan.features.extent;
        let at = [left, bottom - 2.0 * self.wanted.height];
        let layer = self.looks.terms();
        let terms = Name { at, angle: 0.0, centred: false };
        self.text(&layer, &[ATTRIBUTION], self.wanted.height, &terms, encoder)?;
        let mut say = |code, count: u64, message: &str| {
            if count > 0 {
                notes.say(code, count, format!("{count} {message}"));
            }
        };
        let (counts, placement) = (self.counts, self.placement);
        let doubled = "lines lie on others of their layer, and are drawn once there.";
        say("doubled_lines", counts.doubled, doubled);
        let scale = thousands(self.plan.sheet.scale);
        let crowded = format!("names have no room at 1:{scale}; the data have them, and the option `names` draws all.");
        say("crowded_names", placement.crowded, &crowded);
        let hidden = "symbols have no room at this scale; points stand for them.";
        say("crowded_symbols", placement.hidden.len() as u64, hidden);
        say("long_xdata", counts.full, "objects have more tags than extended data can hold.");
        let coded = "names have letters that this version has no place for; they are codes (\\U+0416), which programs of its time show as such.";
        say("coded_names", placement.coded, coded);
        say("cut_names", placement.cut, "names are longer than a text of this version; the data have them whole.");
        say("guessed_heights", counts.guessed, "buildings have no height; one that is usual for their kind was taken.");
        let [x, y] = self.frame.origin;
        if [x, y] != [0.0; 2] {
            let epsg = self.plan.features.crs.epsg;
            notes.say("origin", 0, format!("The origin of the drawing lies at {x} {y} of EPSG:{epsg}."));
        }
        Ok(())
    }

    /// Tells of layers and blocks that are new.
    fn announce(&mut self, encoder: &mut dyn Encoder) -> Result<()> {
        let (layers, blocks) = self.looks.made();
        layers.iter().try_for_each(|layer| encoder.layer(layer))?;
        blocks.iter().try_for_each(|block| encoder.block(block))
    }

    /// Rings without their ends; holes are inner ones.
    fn rings(&self, feature: &Feature) -> Vec<(bool, Vec<[f64; 2]>)> {
        let shapes = &self.plan.features.shapes;
        let rings = shapes.parts(&feature.parts).iter().filter(|part| part.role != Role::Point);
        let rings = rings.filter_map(|part: &Part| match shapes.points(part).as_ref() {
            [ring @ .., _] if ring.len() > 2 => Some((part.role == Role::Outer, self.frame.all(ring))),
            _ => None,
        });
        rings.collect()
    }

    /// Writes the names that have room.
    fn names(&mut self, encoder: &mut dyn Encoder) -> Result<()> {
        for placed in std::mem::take(&mut self.placement.names) {
            let features = &self.plan.features;
            let Some(feature) = features.rows.get(placed.row) else { continue };
            let color = placed.lettering.map(|lettering| lettering.color);
            let layer = self.looks.lettered(features.class(feature).layer, color);
            let one = feature.geometry == Geometry::Line || !self.limits.paragraphs;
            let lines = if one { vec![placed.text.as_str()] } else { text::lines(&placed.text) };
            for name in &placed.places {
                self.text(&layer, &lines, placed.height, name, encoder)?;
            }
        }
        Ok(())
    }

    fn text(&mut self, layer: &str, lines: &[&str], height: f64, name: &Name, encoder: &mut dyn Encoder) -> Result<()> {
        self.announce(encoder)?;
        let (at, height) = (self.frame.at(name.at), height * self.frame.unit.per_metre);
        let words = Words { lines, at, height, angle: name.angle, centred: name.centred };
        encoder.text(&On { layer, object: None::<&Object> }, &words)
    }
}

/// Adds a place: its symbol, by its block and the size of that, or a point.
fn point(on: &On, at: [f64; 2], symbol: Option<&(String, f64)>, encoder: &mut dyn Encoder) -> Result<()> {
    match symbol {
        Some((block, scale)) => encoder.insert(on, &Insert { block, at, scale: *scale }),
        None => encoder.point(on, at),
    }
}

/// Millimetres to a thousandth, so that programs and pages write the same.
fn thousandth(mm: f64) -> f64 {
    libm::round(mm * 1000.0) / 1000.0
}

/// A whole number with commas.
fn thousands(number: f64) -> String {
    let digits = format!("{:.0}", number);
    let commas = |(place, digit): (usize, char)| {
        let comma = place > 0 && (digits.len() - place).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(commas).collect()
}

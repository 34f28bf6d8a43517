//! Features → things of a drawing.

use super::encoder::{Encoder, Head, Layer, On, Words};
use super::look::Layers;
use super::version::Version;
use super::{text, xdata};
use crate::error::Result;
use crate::format::Job;
use crate::geo::once::once;
use crate::geo::ring::Path;
use crate::map::{ClassId, Feature, Features, Geometry, Part, Role};
use crate::note::Notes;
use crate::osm::ATTRIBUTION;
use crate::plan::Plan;
use crate::style::Legend;
use crate::watch::{Stage, Watch};
use std::collections::BTreeMap;
use std::vec;

/// Size of points on paper, mm.
const POINT_MM: f64 = 1.0;
/// Lines so near are one, millimetres: places of OpenStreetMap are known to a centimetre.
const NEAR: i64 = 10;
/// The layer of the terms.
const TERMS: &str = "attribution";

/// A drawing that grows.
pub(super) struct Drawing<'f, 'm, 's> {
    version: &'static Version,
    layers: Layers<'s>,
    features: &'f Features<'m>,
    origin: [f64; 2],
    /// Metres of a millimetre on the sheet.
    metres: f64,
    /// Height of names, metres.
    height: f64,
    names: bool,
    tags: bool,
    hatch: bool,
    /// What is left of each line, where those that lie on each other are drawn once, in the order of features and parts.
    left: Option<vec::IntoIter<Vec<Path>>>,
    /// Lines that others lay on, wholly or in part.
    doubled: u64,
    /// Lines too short for their names.
    short: u64,
    /// Features with more tags than fit.
    full: u64,
    /// Names with characters that are codes in the file.
    coded: u64,
    /// Names longer than a text may be.
    cut: u64,
}

impl<'f, 'm, 's> Drawing<'f, 'm, 's> {
    /// An empty drawing of the features' frame.
    pub(super) fn new(version: &'static Version, plan: &'f Plan<'m>, legend: &'s Legend<'s>, job: &Job) -> Self {
        let [left, bottom, ..] = plan.features.extent;
        let origin = match job.settings.text("origin") {
            "local" => [libm::floor(left), libm::floor(bottom)],
            _ => [0.0, 0.0],
        };
        let metres = plan.metres_per_mm();
        Self {
            version,
            layers: Layers::new(version, legend, metres),
            features: &plan.features,
            origin,
            metres,
            height: job.settings.number("text_mm") * metres,
            names: job.settings.flag("names"),
            tags: job.settings.flag("tags"),
            hatch: version.hatch && job.settings.flag("hatch"),
            left: None,
            doubled: 0,
            short: 0,
            full: 0,
            coded: 0,
            cut: 0,
        }
    }

    /// What is said of the whole.
    pub(super) fn head(&self, provenance: String) -> Head {
        let (epsg, [x, y]) = (self.features.crs.epsg, self.origin);
        let [left, bottom, right, top] = self.features.extent;
        Head {
            about: [
                "(c) OpenStreetMap contributors, ODbL, https://www.openstreetmap.org/copyright".to_owned(),
                format!("EPSG:{epsg}, metres; origin of the drawing at {x} {y}"),
            ],
            provenance,
            extent: [left - x, bottom - y, right - x, top - y],
            point: POINT_MM * self.metres,
        }
    }

    /// All layers that something may lie on, for files that name them first.
    pub(super) fn layers(&mut self) -> Vec<Layer> {
        let features = self.features;
        for feature in &features.rows {
            let class = features.class(feature);
            self.layers.of(feature.class, class);
            if self.names && feature.place == 0 && features.name(feature).is_some() {
                self.layers.inked(&names(class.layer));
            }
        }
        self.layers.inked(TERMS);
        self.layers.made()
    }

    /// Draws from now on every line of a layer once, where lines of the layer lie on each other.
    pub(super) fn dedupe(&mut self, watch: &mut Watch) -> Result<()> {
        let features = self.features;
        let step = |value: f64| libm::round(value * features.crs.steps()) as i64;
        // The lines of each layer, and where they are among all.
        let mut layers: BTreeMap<ClassId, (Vec<usize>, Vec<Path>)> = BTreeMap::new();
        let mut count = 0;
        for feature in &features.rows {
            for part in features.shapes.parts(&feature.parts).iter().filter(|part| part.role != Role::Point) {
                let (rows, lines) = layers.entry(feature.class).or_default();
                rows.push(count);
                lines.push(features.shapes.points(part).iter().map(|point| point.map(step)).collect());
                count += 1;
            }
        }
        let mut all: Vec<Vec<Path>> = vec![Vec::new(); count];
        for (rows, lines) in layers.into_values() {
            let left = once(&lines, NEAR, || watch.at(Stage::Write, 0, 0))?;
            for ((row, left), line) in rows.into_iter().zip(left).zip(&lines) {
                self.doubled += u64::from(left.len() != 1 || left.first() != Some(line));
                if let Some(place) = all.get_mut(row) {
                    *place = left;
                }
            }
        }
        self.left = Some(all.into_iter());
        Ok(())
    }

    /// Adds what is left of a line, where lines are drawn once.
    fn rest(&self, left: Vec<Path>, on: &On, encoder: &mut dyn Encoder) -> Result<()> {
        let steps = self.features.crs.steps();
        for line in left {
            let places: Vec<[f64; 2]> = line.iter().map(|point| point.map(|step| step as f64 / steps)).collect();
            match places.as_slice() {
                [ring @ .., end] if ring.len() > 2 && ring.first() == Some(end) => {
                    encoder.polyline(on, &self.all(ring), true)?;
                }
                places @ [_, _, ..] => encoder.polyline(on, &self.all(places), false)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds a feature: its geometry, and its name as text.
    pub(super) fn feature(&mut self, feature: &Feature, encoder: &mut dyn Encoder) -> Result<()> {
        let features = self.features;
        let layer = self.layers.of(feature.class, features.class(feature));
        self.announce(encoder)?;
        let (data, full) = xdata::texts(features, feature, self.tags, self.version.letters);
        self.full += u64::from(full);
        let on = On { layer: &layer, data: &data };
        let parts = features.shapes.parts(&feature.parts);
        for part in parts {
            let left = self.left.as_mut().filter(|_| part.role != Role::Point).and_then(Iterator::next);
            if let Some(left) = left {
                self.rest(left, &on, encoder)?;
                continue;
            }
            match (part.role, features.shapes.points(part).as_ref()) {
                (Role::Point, [place, ..]) => encoder.point(&on, self.at(*place))?,
                (Role::Line, points @ [_, _, ..]) => encoder.polyline(&on, &self.all(points), false)?,
                (Role::Outer | Role::Inner, [ring @ .., _]) if ring.len() > 2 => {
                    encoder.polyline(&on, &self.all(ring), true)?;
                }
                _ => {}
            }
        }
        if self.hatch && feature.geometry == Geometry::Area {
            encoder.filling(&On { layer: &layer, data: &[] }, &self.rings(parts))?;
        }
        if self.names && feature.place == 0 {
            self.name(feature, encoder)?;
        }
        Ok(())
    }

    /// Writes the terms below the frame, and says what was left out.
    pub(super) fn finish(mut self, encoder: &mut dyn Encoder, notes: &mut Notes) -> Result<()> {
        let [left, bottom, ..] = self.features.extent;
        let at = [left, bottom - 2.0 * self.height];
        self.text(ATTRIBUTION, TERMS, at, 0.0, false, encoder)?;
        let mut say = |code, count: u64, message: &str| {
            if count > 0 {
                notes.say(code, count, format!("{count} {message}"));
            }
        };
        let doubled = "lines lie on others of their layer, and are drawn once there.";
        say("doubled_lines", self.doubled, doubled);
        let short = "lines are too short for their names at this scale; the names are in the data.";
        say("short_lines", self.short, short);
        say("long_xdata", self.full, "objects have more tags than extended data can hold.");
        let coded = "names have letters that this version has no place for; they are codes (\\U+0416), which programs of its time show as such.";
        say("coded_names", self.coded, coded);
        say("cut_names", self.cut, "names are longer than a text of this version; the data have them whole.");
        Ok(())
    }

    /// Tells of layers that are new.
    fn announce(&mut self, encoder: &mut dyn Encoder) -> Result<()> {
        self.layers.made().iter().try_for_each(|layer| encoder.layer(layer))
    }

    /// A point of the map in the drawing.
    fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        // Taking the origin away must not leave dust behind the millimetres.
        let step = |value: f64| libm::round(value * 1e7) / 1e7;
        [step(x - self.origin[0]), step(y - self.origin[1])]
    }

    fn all(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        points.iter().map(|point| self.at(*point)).collect()
    }

    /// Rings without their ends; holes are inner ones.
    fn rings(&self, parts: &[Part]) -> Vec<(bool, Vec<[f64; 2]>)> {
        let rings = parts.iter().filter_map(|part| match self.features.shapes.points(part).as_ref() {
            [ring @ .., _] => Some((part.role == Role::Outer, self.all(ring))),
            [] => None,
        });
        rings.collect()
    }

    fn name(&mut self, feature: &Feature, encoder: &mut dyn Encoder) -> Result<()> {
        let features = self.features;
        let Some(whole) = features.name(feature) else { return Ok(()) };
        let (name, cut) = text::drawn(&whole, self.version);
        if name.is_empty() {
            return Ok(());
        }
        // A name that is cut stands where the whole one would.
        let letters = if cut { whole.chars().count() } else { name.chars().count() };
        let place = text::place(features, feature, letters, self.height);
        let Some((place, angle)) = place else {
            self.short += u64::from(feature.geometry == Geometry::Line);
            return Ok(());
        };
        self.cut += u64::from(cut);
        self.coded += u64::from(self.version.lacks(&name));
        let layer = names(features.class(feature).layer);
        self.text(&name, &layer, place, angle, feature.geometry != Geometry::Point, encoder)
    }

    fn text(
        &mut self,
        value: &str,
        layer: &str,
        place: [f64; 2],
        angle: f64,
        centred: bool,
        encoder: &mut dyn Encoder,
    ) -> Result<()> {
        let layer = self.layers.inked(layer);
        self.announce(encoder)?;
        let words = Words { value, at: self.at(place), height: self.height, angle, centred };
        encoder.text(&On { layer: &layer, data: &[] }, &words)
    }
}

/// The layer that names of things of a layer are written on.
fn names(layer: &str) -> String {
    format!("names-{layer}")
}

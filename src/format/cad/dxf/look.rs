//! Layers: their names, colours and line types.

use super::encoder::Layer;
use super::version::Version;
use crate::map::{Class, ClassId, Geometry};
use crate::style::{Legend, Look};
use acadrust::types::Color;
use std::collections::{BTreeMap, BTreeSet};

/// Colour 7: black on white paper, white on a black screen.
const INK: u8 = 7;
/// Dashes, gaps and dots that a line type may have.
const MOST: usize = 12;

/// The layers of a drawing, each made when the first thing lies on it.
pub(super) struct Layers<'s> {
    version: &'static Version,
    legend: &'s Legend<'s>,
    /// Metres of the ground for a millimetre on paper.
    metres: f64,
    classes: BTreeMap<ClassId, String>,
    inked: BTreeMap<String, String>,
    /// Names that are taken; `0` is there from the beginning.
    taken: BTreeSet<String>,
    /// Those that were made since somebody looked.
    made: Vec<Layer>,
}

impl<'s> Layers<'s> {
    pub(super) fn new(version: &'static Version, legend: &'s Legend<'s>, metres: f64) -> Self {
        let taken = BTreeSet::from(["0".to_owned()]);
        Self { version, legend, metres, classes: BTreeMap::new(), inked: BTreeMap::new(), taken, made: Vec::new() }
    }

    /// The name of the layer of a class, `roads-primary`. Its colour is that of the class's lines, else of its areas.
    pub(super) fn of(&mut self, id: ClassId, class: &Class) -> String {
        if let Some(name) = self.classes.get(&id) {
            return name.clone();
        }
        let kinds = [Geometry::Line, Geometry::Area, Geometry::Point];
        let looks = kinds.into_iter().map(|geometry| self.legend.look(class, geometry));
        let look = looks.into_iter().find(|look| look.color.is_some()).unwrap_or_default();
        let name = self.make(&format!("{}-{}", class.layer, class.id), self.color(&look), self.dashes(&look));
        self.classes.insert(id, name.clone());
        name
    }

    /// The name of a layer that is written in ink.
    pub(super) fn inked(&mut self, wish: &str) -> String {
        if let Some(name) = self.inked.get(wish) {
            return name.clone();
        }
        let name = self.make(wish, Color::Index(INK), Vec::new());
        self.inked.insert(wish.to_owned(), name.clone());
        name
    }

    /// The layers that were made since this was asked last.
    pub(super) fn made(&mut self) -> Vec<Layer> {
        std::mem::take(&mut self.made)
    }

    fn make(&mut self, wish: &str, color: Color, dashes: Vec<f64>) -> String {
        let name = self.version.names.name(wish, &mut self.taken);
        self.made.push(Layer { name: name.clone(), color, dashes });
        name
    }

    /// The colour itself, or the nearest of the 255.
    fn color(&self, look: &Look) -> Color {
        let Some(color) = look.color else { return Color::Index(INK) };
        // What is nearly black or nearly white would vanish on a screen of that colour.
        if [color.r, color.g, color.b].iter().all(|part| *part < 40 || *part > 235) {
            let sum: u32 = [color.r, color.g, color.b].map(u32::from).iter().sum();
            if !(120..=705).contains(&sum) {
                return Color::Index(INK);
            }
        }
        let color = Color::Rgb { r: color.r, g: color.g, b: color.b };
        if self.version.true_color { color } else { Color::from_index(color.approximate_index()) }
    }

    /// Dashes and gaps in metres; an odd list is meant twice over.
    fn dashes(&self, look: &Look) -> Vec<f64> {
        if !look.dashes.iter().any(|dash| *dash > 0.0) {
            return Vec::new();
        }
        let twice = if look.dashes.len().is_multiple_of(2) { 1 } else { 2 };
        let count = (look.dashes.len() * twice).min(MOST);
        look.dashes.iter().cycle().take(count).map(|dash| dash * self.metres).collect()
    }
}

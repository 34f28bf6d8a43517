//! Layers: their names, colours and line types.

use super::fault::fault;
use crate::error::Result;
use crate::map::{Class, ClassId, Geometry};
use crate::style::{Legend, Look};
use acadrust::CadDocument;
use acadrust::tables::{Layer, LineType, LineTypeElement};
use acadrust::types::Color;
use std::collections::BTreeMap;

/// Colour 7: black on white paper, white on a black screen.
const INK: u8 = 7;

/// The layers of a drawing, each made when the first thing lies on it.
pub(super) struct Layers<'s> {
    legend: &'s Legend<'s>,
    /// Metres of the ground for a millimetre on paper.
    metres: f64,
    known: BTreeMap<ClassId, String>,
}

impl<'s> Layers<'s> {
    pub(super) fn new(legend: &'s Legend<'s>, metres: f64) -> Self {
        Self { legend, metres, known: BTreeMap::new() }
    }

    /// The name of the layer of a class, `roads-primary`. Its colour is that of the class's lines, else of its areas.
    pub(super) fn of(&mut self, document: &mut CadDocument, id: ClassId, class: &Class) -> Result<String> {
        if let Some(name) = self.known.get(&id) {
            return Ok(name.clone());
        }
        let name = format!("{}-{}", class.layer, class.id);
        let kinds = [Geometry::Line, Geometry::Area, Geometry::Point];
        let looks = kinds.into_iter().map(|geometry| self.legend.look(class, geometry));
        let look = looks.into_iter().find(|look| look.color.is_some()).unwrap_or_default();
        let mut layer = Layer::with_color(&name, color(&look));
        if look.dashes.iter().any(|dash| *dash > 0.0) {
            document.line_types.add(line_type(&name, &look.dashes, self.metres)).map_err(fault)?;
            layer.line_type = name.clone();
        }
        document.layers.add(layer).map_err(fault)?;
        self.known.insert(id, name.clone());
        Ok(name)
    }

    /// A layer that is written in ink.
    pub(super) fn plain(document: &mut CadDocument, name: &str) -> Result<()> {
        if document.layers.contains(name) {
            return Ok(());
        }
        document.layers.add(Layer::with_color(name, Color::Index(INK))).map_err(fault)
    }
}

/// The nearest of the 255 colours: DXF 2000 knows no others.
fn color(look: &Look) -> Color {
    let Some(color) = look.color else { return Color::Index(INK) };
    // What is nearly black or nearly white would vanish on a screen of that colour.
    if [color.r, color.g, color.b].iter().all(|part| *part < 40 || *part > 235) {
        let sum: u32 = [color.r, color.g, color.b].map(u32::from).iter().sum();
        if !(120..=705).contains(&sum) {
            return Color::Index(INK);
        }
    }
    Color::from_index(Color::Rgb { r: color.r, g: color.g, b: color.b }.approximate_index())
}

/// Dashes and gaps in metres, named as the layer that has them.
fn line_type(name: &str, dashes: &[f64], metres: f64) -> LineType {
    let mut line_type = LineType::new(name);
    // An odd list is meant twice over.
    let twice = if dashes.len().is_multiple_of(2) { 1 } else { 2 };
    for (row, dash) in dashes.iter().cycle().take(dashes.len() * twice).enumerate() {
        let length = dash * metres;
        line_type.add_element(match row.is_multiple_of(2) {
            true if length > 0.0 => LineTypeElement::dash(length),
            true => LineTypeElement::dot(),
            false => LineTypeElement::space(length),
        });
    }
    line_type
}

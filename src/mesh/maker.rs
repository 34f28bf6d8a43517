//! What bodies are made with: the colours of the style, materials, names.

use super::{Body, Face, Material};
use crate::color::{Color, hex};
use crate::map::{Feature, Features};
use crate::style::Legend;

/// What the style draws in no colour.
const PLAIN: Color = Color { r: 200, g: 200, b: 196, a: 255 };

/// What bodies are made with.
pub(super) struct Maker<'f, 's> {
    pub features: &'f Features<'f>,
    pub legend: Legend<'s>,
    pub materials: Vec<Material>,
}

impl Maker<'_, '_> {
    /// The colour that the style gives a feature.
    pub fn color(&self, feature: &Feature) -> Color {
        let color = self.legend.look(self.features.class(feature), feature.geometry).color;
        color.map_or(PLAIN, |color| Color { a: 255, ..color })
    }

    /// The row of the material of a colour.
    pub fn material(&mut self, color: Color) -> usize {
        let found = self.materials.iter().position(|known| known.color == color);
        found.unwrap_or_else(|| {
            let name = hex([color.r, color.g, color.b]);
            self.materials.push(Material { name, color });
            self.materials.len() - 1
        })
    }

    /// The body of a feature.
    pub fn body(&self, feature: &Feature, faces: Vec<Face>) -> Body {
        let id = self.features.map.osm.id(feature.element);
        let source = (id != 0).then_some((feature.element.kind.letter(), id));
        Body { source, name: self.features.name(feature).map(|name| name.into_owned()), faces }
    }
}

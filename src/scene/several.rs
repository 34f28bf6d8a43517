//! What is drawn once of an element that stands in several layers: its name, and the outline of its area.

use crate::map::{ClassId, Feature, Features, Geometry, Role};
use crate::order;
use crate::osm::Element;
use std::collections::BTreeMap;

/// Elements that stand in several layers of a drawing.
pub struct Several {
    elements: Vec<Element>,
    /// As what each was outlined.
    outlined: BTreeMap<Element, ClassId>,
}

impl Several {
    /// Of what a drawing shows.
    pub fn new(features: &Features) -> Self {
        let further = features.rows.iter().filter(|row| row.place > 0);
        let mut elements: Vec<Element> = further.map(|row| row.element).collect();
        order::sort(&mut elements);
        elements.dedup();
        Self { elements, outlined: BTreeMap::new() }
    }

    /// The element of a feature, if it stands in several layers.
    pub fn element(&self, feature: &Feature) -> Option<Element> {
        self.elements.binary_search(&feature.element).is_ok().then_some(feature.element)
    }

    /// Whether lines along a feature are drawn: the edge of an area belongs to the first of its features that has lines.
    pub fn outlines(&mut self, features: &Features, feature: &Feature) -> bool {
        let Some(element) = self.element(feature) else { return true };
        let rings = || features.shapes.parts(&feature.parts).iter();
        let closed = |role| {
            role == Role::Line
                && rings().all(|part| features.shapes.points(part).first() == features.shapes.points(part).last())
        };
        let edge = feature.geometry == Geometry::Area || rings().next().is_some_and(|part| closed(part.role));
        !edge || *self.outlined.entry(element).or_insert(feature.class) == feature.class
    }
}

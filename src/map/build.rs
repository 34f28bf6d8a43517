//! An [`Osm`] → a [`Map`]: every tagged element becomes a feature of each layer that its tags belong to.

use super::assemble::{self, area, is_whole, pieces};
use super::classify::Meaning;
use super::coast;
use super::draft::{Cut, Draft};
use super::features::Map;
use super::shapes::Geometry;
use super::{banks, interpolate, relation, sides, street};
use crate::error::Result;
use crate::geo::ring::Path;
use crate::order;
use crate::osm::{Element, Kind, Osm};
use crate::watch::{Stage, Watch};
use std::sync::Arc;

/// Assembles and classifies everything.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn build(osm: Arc<Osm>, watch: &mut Watch) -> Result<Map> {
    let mut draft = Draft::new(&osm);
    let total = osm.relations.id.len() + osm.ways.id.len() + osm.nodes.id.len();
    let mut done = 0_u64;
    for kind in [Kind::Relation, Kind::Way, Kind::Node] {
        let count = match kind {
            Kind::Relation => osm.relations.id.len(),
            Kind::Way => osm.ways.id.len(),
            Kind::Node => osm.nodes.id.len(),
        };
        for index in 0..count as u32 {
            if done.is_multiple_of(1000) {
                watch.at(Stage::Assemble, done, total as u64)?;
            }
            done += 1;
            let element = Element { kind, index };
            match kind {
                Kind::Relation => relation::add(&mut draft, element),
                Kind::Way => draft.way(element),
                Kind::Node => draft.node(element),
            }
        }
    }
    sides::find(&mut draft);
    banks::close(&mut draft);
    order::sort_by_key(&mut draft.features, |feature| (feature.class, feature.element));
    let coast = coast::join(&osm, &mut draft.shapes);
    let notes = draft.count.notes(&osm);
    let Draft { features, shapes, borders, mut sided, mut several, .. } = draft;
    order::sort(&mut sided);
    // Those of one element stay in their order.
    order::sort_by_key(&mut several, |(element, _)| *element);
    let streets = street::streets(&osm);
    let mut map = Map { osm, features, shapes, several, coast, borders, sided, streets, notes };
    interpolate::add(&mut map, watch)?;
    Ok(map)
}

impl Draft<'_> {
    fn node(&mut self, element: Element) {
        let (Some(meaning), Some(place)) = (self.meaning(element), self.osm.place(element.index)) else { return };
        let parts = self.points([place]);
        self.add(element, meaning, Geometry::Point, parts);
    }

    fn way(&mut self, element: Element) {
        if self.is_spoken_for(element) {
            return;
        }
        let Some(meaning) = self.meaning(element) else { return };
        let lines = pieces(self.osm, element.index);
        let whole = lines.len() == 1;
        if lines.is_empty() || lines.iter().all(|line| line.len() < 2) {
            let parts = self.points(self.center(element));
            return self.add(element, meaning, Geometry::Point, parts);
        }
        if !whole || !is_whole(self.osm, element.index) {
            self.count.torn += 1;
        }
        if whole && self.is_area(element, meaning, &lines) {
            let area = area(&lines);
            self.count.crossed += u64::from(area.crossed);
            if !area.polygons.is_empty() {
                let parts = assemble::add(&mut self.shapes, &area.polygons);
                return self.add(element, meaning, Geometry::Area, parts);
            }
            self.count.flat += 1;
        }
        if banks::is_water(meaning) && self.means_area(element, meaning) {
            self.cut.push(Cut { of: element, element, meaning });
        }
        let parts = self.lines(&lines);
        self.add(element, meaning, Geometry::Line, parts);
    }

    /// Whether a way in one piece is an area: closed, and said to be one by `area=yes`, or by what it is.
    fn is_area(&self, element: Element, meaning: Meaning, lines: &[Path]) -> bool {
        let closed = lines.iter().all(|line| line.len() > 3 && line.first() == line.last());
        closed && self.means_area(element, meaning)
    }
}

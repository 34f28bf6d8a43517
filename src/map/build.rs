//! An [`Osm`] → a [`Map`]: every tagged element becomes one feature of one layer.

use super::assemble::{self, area, degrees, point};
use super::classify::{ClassId, Classifier, Meaning, class_id};
use super::coast;
use super::features::{Feature, Map};
use super::relation;
use super::shapes::{Geometry, Role, Shapes};
use crate::error::Result;
use crate::geo::ring::Path;
use crate::note::Notes;
use crate::osm::{Degrees, Element, Kind, Osm, StringId};
use crate::watch::{Stage, Watch};
use std::ops::Range;
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
    draft.features.sort_by_key(|feature| (feature.class, feature.element));
    let coast = coast::join(&osm, &mut draft.shapes);
    let notes = draft.count.notes(&osm);
    let Draft { features, shapes, .. } = draft;
    Ok(Map { osm, features, shapes, coast, notes })
}

/// A map in the making.
pub(super) struct Draft<'a> {
    pub osm: &'a Osm,
    pub table: Classifier,
    pub keys: Keys,
    pub features: Vec<Feature>,
    pub shapes: Shapes<Degrees>,
    /// Ways that a relation stands for.
    spoken_for: Vec<bool>,
    pub count: Count,
}

/// What assembling met, for notes.
#[derive(Default)]
pub(super) struct Count {
    /// Relations that should be areas.
    pub areas: u64,
    /// Those whose border does not close.
    pub open: u64,
    /// Those of which it is open to choice what their border encloses.
    pub doubtful: u64,
    /// Ways whose border crosses itself.
    pub crossed: u64,
    /// Closed ways that have no area.
    pub flat: u64,
    /// Ways that lack nodes.
    pub torn: u64,
    /// Tagged elements without any place.
    pub nowhere: u64,
}

impl Count {
    fn notes(&self, osm: &Osm) -> Notes {
        let mut notes = osm.notes.clone();
        let Self { areas, open, doubtful, crossed, flat, torn, nowhere } = self;
        for (code, &count, message) in [
            (
                "open_rings",
                open,
                format!(
                    "{open} of {areas} multipolygons and boundaries have a border that does not close; only what closes became an area"
                ),
            ),
            (
                "doubtful_rings",
                doubtful,
                format!(
                    "{doubtful} of {areas} multipolygons and boundaries have a border that crosses itself, touches itself where it has no node, or forks; they became lines"
                ),
            ),
            ("crossed_rings", crossed, format!("{crossed} closed ways cross themselves and were taken apart there")),
            ("flat_rings", flat, format!("{flat} closed ways enclose nothing and became lines")),
            ("torn_ways", torn, format!("{torn} ways lack some of their nodes and were left in pieces")),
            ("no_geometry", nowhere, format!("{nowhere} tagged elements have no geometry in the data")),
        ] {
            if count > 0 {
                notes.say(code, count, message);
            }
        }
        notes
    }
}

/// Keys and values that assembling asks for, as strings of the input.
pub(super) struct Keys {
    area: Option<StringId>,
    yes: Option<StringId>,
    no: Option<StringId>,
    layer: Option<StringId>,
    bridge: Option<StringId>,
    tunnel: Option<StringId>,
    /// The key `type` of relations.
    pub kind: Option<StringId>,
    /// The class of relations of type `route`.
    pub route: ClassId,
    /// The class of other relations that are no areas.
    pub relation: ClassId,
    /// The class of what is in no theme.
    pub other: ClassId,
}

impl Keys {
    fn new(osm: &Osm) -> Self {
        let key = |text| osm.strings.find(text);
        let class = |layer, id| class_id(layer, id).unwrap_or(ClassId::MAX);
        Self {
            area: key("area"),
            yes: key("yes"),
            no: key("no"),
            layer: key("layer"),
            bridge: key("bridge"),
            tunnel: key("tunnel"),
            kind: key("type"),
            route: class("transport", "route"),
            relation: class("other", "relation"),
            other: class("other", "other"),
        }
    }
}

impl<'a> Draft<'a> {
    fn new(osm: &'a Osm) -> Self {
        Self {
            osm,
            table: Classifier::new(&osm.strings),
            keys: Keys::new(osm),
            features: Vec::new(),
            shapes: Shapes::default(),
            spoken_for: vec![false; osm.ways.id.len()],
            count: Count::default(),
        }
    }

    /// The value of a tag.
    pub fn value(&self, element: Element, key: Option<StringId>) -> Option<StringId> {
        self.osm.tags(element).iter().find(|(k, _)| Some(*k) == key).map(|&(_, value)| value)
    }

    /// What the tags of a way or relation mean.
    pub fn meaning(&self, element: Element) -> Option<Meaning> {
        self.table.find(self.osm.tags(element), element.kind == Kind::Node)
    }

    /// Adds a feature; without parts it is only counted.
    pub fn add(&mut self, element: Element, meaning: Meaning, geometry: Geometry, parts: Range<u32>) {
        if parts.is_empty() {
            self.count.nowhere += 1;
            return;
        }
        let layer_z = self.layer_z(element);
        self.features.push(Feature { element, class: meaning.class, geometry, parts, value: meaning.value, layer_z });
    }

    /// Adds lines and returns their parts; a line of one point is none.
    pub fn lines(&mut self, lines: &[Path]) -> Range<u32> {
        let start = self.shapes.parts.len() as u32;
        for line in lines.iter().filter(|line| line.len() > 1) {
            self.shapes.push(Role::Line, line.iter().map(degrees));
        }
        start..self.shapes.parts.len() as u32
    }

    /// Adds places and returns their parts.
    pub fn points(&mut self, points: impl IntoIterator<Item = Degrees>) -> Range<u32> {
        let start = self.shapes.parts.len() as u32;
        for place in points {
            self.shapes.push(Role::Point, [place]);
        }
        start..self.shapes.parts.len() as u32
    }

    /// The place given instead of a geometry.
    pub fn center(&self, element: Element) -> Option<Degrees> {
        let row = self.osm.centers.binary_search_by_key(&element, |(element, _)| *element).ok()?;
        self.osm.centers.get(row).map(|(_, place)| *place)
    }

    /// Whether a relation stands for a way.
    pub fn is_spoken_for(&self, way: Element) -> bool {
        self.spoken_for.get(way.index as usize) == Some(&true)
    }

    /// Lets a relation stand for a way.
    pub fn speak_for(&mut self, way: Element) {
        if let Some(flag) = self.spoken_for.get_mut(way.index as usize) {
            *flag = true;
        }
    }

    /// Whether an element has a tag of weight that another lacks.
    pub fn tells_more(&self, element: Element, other: Element) -> bool {
        let known = self.osm.tags(other);
        self.osm.tags(element).iter().any(|tag| self.table.speaks(tag.0) && !known.contains(tag))
    }

    fn layer_z(&self, element: Element) -> i8 {
        let set = |key| self.value(element, key).is_some_and(|value| Some(value) != self.keys.no);
        let told = self.value(element, self.keys.layer);
        let told = told.and_then(|value| self.osm.strings.get(value).trim().parse::<f64>().ok());
        match told {
            Some(layer) => layer.clamp(-10.0, 10.0) as i8,
            None if set(self.keys.bridge) => 1,
            None if set(self.keys.tunnel) => -1,
            None => 0,
        }
    }

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
        let parts = self.lines(&lines);
        self.add(element, meaning, Geometry::Line, parts);
    }

    /// Whether a way in one piece is an area: closed, and said to be one by `area=yes`, or by what it is.
    fn is_area(&self, element: Element, meaning: Meaning, lines: &[Path]) -> bool {
        let closed = lines.iter().all(|line| line.len() > 3 && line.first() == line.last());
        closed && self.means_area(element, meaning)
    }

    /// Whether the tags of a closed way make it an area.
    pub fn means_area(&self, element: Element, meaning: Meaning) -> bool {
        match self.value(element, self.keys.area) {
            Some(value) if Some(value) == self.keys.yes => true,
            Some(value) if Some(value) == self.keys.no => false,
            _ => meaning.area,
        }
    }
}

/// Whether every node of a way has a place.
pub(super) fn is_whole(osm: &Osm, way: u32) -> bool {
    osm.refs(way).iter().all(|&node| osm.place(node).is_some())
}

/// The runs of nodes of a way that have a place, without repeated points.
pub(super) fn pieces(osm: &Osm, way: u32) -> Vec<Path> {
    let mut lines = vec![Path::new()];
    for &node in osm.refs(way) {
        match (osm.place(node), lines.last_mut()) {
            (Some(place), Some(line)) if line.last() != Some(&point(place)) => line.push(point(place)),
            (None, Some(line)) if !line.is_empty() => lines.push(Path::new()),
            _ => {}
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

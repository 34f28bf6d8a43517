//! A map in the making, and what was met on the way.

use super::assemble::{self, area, degrees, is_whole, pieces};
use super::classify::{ClassId, Classifier, Meaning, class_id};
use super::features::Feature;
use super::measure::{self, Quantity};
use super::shapes::{Geometry, Part, Role, Shapes};
use crate::geo::ring::Path;
use crate::note::Notes;
use crate::osm::{Element, Kind, LonLatE7, Osm, StringId};
use std::ops::Range;

/// A map in the making.
pub(super) struct Draft<'a> {
    pub osm: &'a Osm,
    pub table: Classifier,
    pub keys: Keys,
    pub features: Vec<Feature>,
    pub shapes: Shapes<LonLatE7>,
    /// Elements in several layers, with the class they have in each.
    pub several: Vec<(Element, ClassId)>,
    /// Borders on land of boundaries that reach to or over the sea, in the order of relations.
    pub borders: Vec<(Element, Range<u32>)>,
    /// Boundaries that are not whole.
    pub torn: Vec<Element>,
    /// Boundaries whose lines run with their area on the left, in the order they were found.
    pub sided: Vec<Element>,
    /// Waters whose border is not whole.
    pub cut: Vec<Cut>,
    /// Ways that a relation stands for.
    spoken_for: Vec<bool>,
    pub count: Count,
}

/// A water whose border is not whole.
pub(super) struct Cut {
    /// The relation or way whose border it is.
    pub of: Element,
    /// The element that bears its tags.
    pub element: Element,
    /// What it is.
    pub meaning: Meaning,
}

/// What assembling met, for notes.
#[derive(Default)]
pub(super) struct Count {
    /// Relations that should be areas.
    pub areas: u64,
    /// Those whose border does not close.
    pub open: u64,
    /// Waters that are cut, and of which nothing tells on which side of their border they lie: their names.
    pub banks: Vec<String>,
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
    /// Says what was met, behind what reading said.
    pub fn notes(&self, osm: &Osm) -> Notes {
        let mut notes = osm.notes.clone();
        let Self { areas, open, banks, doubtful, crossed, flat, torn, nowhere } = self;
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
            (
                "open_banks",
                &(banks.len() as u64),
                format!(
                    "{} waters end where the data end, and nothing tells on which side of their banks they lie: {}",
                    banks.len(),
                    named(banks)
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

/// Names, the first of them if there are many.
fn named(all: &[String]) -> String {
    let first = all.get(..all.len().min(5)).unwrap_or_default().join(", ");
    if all.len() > 5 { format!("{first} …") } else { first }
}

/// Keys and values that assembling asks for, as strings of the input.
pub(super) struct Keys {
    area: Option<StringId>,
    yes: Option<StringId>,
    no: Option<StringId>,
    layer: Option<StringId>,
    /// The key `admin_level`.
    pub level: Option<StringId>,
    maritime: Option<StringId>,
    natural: Option<StringId>,
    coastline: Option<StringId>,
    bridge: Option<StringId>,
    tunnel: Option<StringId>,
    /// The key `type` of relations.
    pub kind: Option<StringId>,
    /// The key `junction`.
    pub junction: Option<StringId>,
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
            level: key("admin_level"),
            maritime: key("maritime"),
            natural: key("natural"),
            coastline: key("coastline"),
            bridge: key("bridge"),
            tunnel: key("tunnel"),
            kind: key("type"),
            junction: key("junction"),
            route: class("transport", "route"),
            relation: class("other", "relation"),
            other: class("other", "other"),
        }
    }
}

impl<'a> Draft<'a> {
    /// Nothing is in it yet.
    pub fn new(osm: &'a Osm) -> Self {
        Self {
            osm,
            table: Classifier::new(&osm.strings),
            keys: Keys::new(osm),
            features: Vec::new(),
            shapes: Shapes::default(),
            several: Vec::new(),
            borders: Vec::new(),
            torn: Vec::new(),
            sided: Vec::new(),
            cut: Vec::new(),
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

    /// Adds a feature, and those of its element in other layers; without parts it is only counted.
    pub fn add(&mut self, element: Element, meaning: Meaning, geometry: Geometry, parts: Range<u32>) {
        if parts.is_empty() {
            self.count.nowhere += 1;
            return;
        }
        let layer_z = self.layer_z(element);
        let main = Feature { element, class: meaning.class, geometry, parts, value: meaning.value, layer_z, place: 0 };
        let tags = self.osm.tags(element);
        let (node, area) = (element.kind == Kind::Node, geometry == Geometry::Area);
        let further = if tags.len() > 1 { self.table.further(tags, node, meaning.class, area) } else { Vec::new() };
        if !further.is_empty() {
            self.several.push((element, meaning.class));
        }
        for (row, its) in further.into_iter().enumerate() {
            let (geometry, parts) = self.form(&main, its);
            self.several.push((element, its.class));
            let place = u8::try_from(row + 1).unwrap_or(u8::MAX);
            self.features.push(Feature { class: its.class, value: its.value, geometry, parts, place, ..main.clone() });
        }
        self.features.push(main);
    }

    /// The geometry of an element in another layer than its main one.
    fn form(&mut self, main: &Feature, its: Meaning) -> (Geometry, Range<u32>) {
        match main.geometry {
            // The point is found where somebody looks.
            Geometry::Area if its.marked => (Geometry::Point, main.parts.clone()),
            Geometry::Area if !its.area => {
                let rings = self.shapes.parts(&main.parts).to_vec();
                let start = self.shapes.parts.len() as u32;
                self.shapes.parts.extend(rings.into_iter().map(|ring| Part { role: Role::Line, ..ring }));
                (Geometry::Line, start..self.shapes.parts.len() as u32)
            }
            Geometry::Line if main.element.kind == Kind::Way && its.area && self.closes(main.element) => {
                let area = area(&pieces(self.osm, main.element.index));
                match area.polygons.is_empty() {
                    true => (Geometry::Line, main.parts.clone()),
                    false => (Geometry::Area, assemble::add(&mut self.shapes, &area.polygons)),
                }
            }
            geometry => (geometry, main.parts.clone()),
        }
    }

    /// Whether a way is one closed line and not said to be no area.
    fn closes(&self, way: Element) -> bool {
        let no = self.value(way, self.keys.area).is_some_and(|value| Some(value) == self.keys.no);
        let refs = self.osm.refs(way.index);
        !no && refs.len() > 3 && refs.first() == refs.last() && is_whole(self.osm, way.index)
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
    pub fn points(&mut self, points: impl IntoIterator<Item = LonLatE7>) -> Range<u32> {
        let start = self.shapes.parts.len() as u32;
        for place in points {
            self.shapes.push(Role::Point, [place]);
        }
        start..self.shapes.parts.len() as u32
    }

    /// The place given instead of a geometry.
    pub fn center(&self, element: Element) -> Option<LonLatE7> {
        let row = self.osm.centers.binary_search_by_key(&element, |(element, _)| *element).ok()?;
        self.osm.centers.get(row).map(|(_, place)| *place)
    }

    /// Whether a way of a border lies at sea or is the coast.
    pub fn is_maritime(&self, way: Element) -> bool {
        let has = |key, value: Option<StringId>| value.is_some() && self.value(way, key) == value;
        has(self.keys.maritime, self.keys.yes) || has(self.keys.natural, self.keys.coastline)
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
        let told = told.and_then(|value| measure::read(self.osm.strings.get(value), Quantity::Plain));
        match told {
            Some(layer) => layer.clamp(-10.0, 10.0) as i8,
            None if set(self.keys.bridge) => 1,
            None if set(self.keys.tunnel) => -1,
            None => 0,
        }
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

//! Layers and symbols: their names, colours, line types and line weights.

use super::encoder::{Block, Dashes, Hatch, Layer, Lies, Paint};
use super::hatches::hatch;
use super::limits::Names;
use super::standard::{Row, Standard};
use crate::color::Color;
use crate::map::classify::{class, class_id};
use crate::map::{Class, ClassId, Feature, Features, Geometry};
use crate::plan::Plan;
use crate::style::feature_properties::Table;
use crate::style::outline::{HALF, Rings, outline};
use crate::style::symbol::{Hatching, Label, Marked, Stroke, Symbol};
use crate::style::{Legend, NORMAL, State, shown};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Dashes, gaps and dots that a line type may have.
const MOST: usize = 12;
/// Parts of a colour above which it is hardly seen on white.
const PALE: u8 = 225;
/// The class whose names have the usual size.
const USUAL: (&str, &str) = ("roads", "residential");
/// The symbol of points that have no icon: round. No icon is called so.
const DOT: &str = "dot";
/// Corners of a dot.
const CORNERS: usize = 16;
/// Line types that offices name, mm on the sheet.
const LINE_TYPES: &[(&str, &[f64])] = &[
    ("dashed", &[6.0, 3.0]),
    ("hidden", &[3.0, 1.5]),
    ("center", &[15.0, 3.0, 3.0, 3.0]),
    ("dashdot", &[6.0, 2.5, 0.0, 2.5]),
    ("dot", &[0.0, 2.0]),
    ("phantom", &[15.0, 3.0, 3.0, 3.0, 3.0, 3.0]),
    ("border", &[6.0, 3.0, 6.0, 3.0, 0.0, 3.0]),
    ("divide", &[6.0, 3.0, 0.0, 3.0, 0.0, 3.0]),
];

/// Line types without dashes, which every drawing has.
const SOLID: [&str; 3] = ["continuous", "bylayer", "byblock"];

/// How features of a class, a kind of geometry and a state look.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    /// Where in the style it is drawn first.
    pub(super) place: usize,
    /// What fills areas.
    pub(super) fill: Option<Color>,
    /// What they are hatched with.
    pub(super) hatch: Option<Hatching>,
}

/// The symbol of a point.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// Its name.
    pub(super) symbol: String,
    /// How many mm a unit of that is.
    pub(super) scale: f64,
    /// Its width, mm, where it does not lie on others; dots may.
    pub(super) width: Option<f64>,
    /// The least has the first choice of room.
    pub(super) order: (Reverse<usize>, i64),
}

/// How names look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lettering {
    /// The least has the first choice of room: what the style draws last.
    pub(super) order: (Reverse<usize>, i64),
    /// Its size beside that of names of streets.
    pub(super) size: f64,
    /// Its colour.
    pub(super) color: Color,
    /// Whether it runs along lines.
    pub(super) along: bool,
}

/// All looks of a drawing, and its layers, each made when the first thing lies on it.
pub(super) struct Looks<'s> {
    /// At the scale of the sheet; of streets and houses, for what that leaves out.
    legends: [Legend<'s>; 2],
    table: Table<'s>,
    /// The detail level of classes that are shown at the scale of the sheet.
    level: u8,
    /// Size of the names of streets, mm.
    usual: f64,
    standard: Standard,
    names: Names,
    /// Units of the drawing for a millimetre on paper.
    mm: f64,
    looks: BTreeMap<(ClassId, u8, u8), Look>,
    layers: BTreeMap<(&'static str, &'static str, Lies), String>,
    /// The layers that a table of one's own has named, by what it calls them.
    own: BTreeMap<String, String>,
    terms: Option<String>,
    hatches: BTreeMap<String, Option<Hatch>>,
    outlines: BTreeMap<String, Option<Rings>>,
    blocks: BTreeMap<String, String>,
    /// Names that are taken: of layers and line types, of blocks.
    taken: BTreeSet<String>,
    blocks_taken: BTreeSet<String>,
    /// Layers and blocks that were made since somebody looked.
    made: (Vec<Layer>, Vec<Block>),
}

impl<'s> Looks<'s> {
    pub(super) fn new(plan: &'s Plan, standard: Standard, names: Names, mm: f64) -> Self {
        let legends = [Legend::at(&plan.style, plan.sheet.zoom), plan.legend()];
        let street = class_id(USUAL.0, USUAL.1).map(class).and_then(|class| {
            let sizes = |legend: &Legend| Some(legend.symbol(class, Geometry::Line, State::Plain).label?.size);
            legends.iter().find_map(sizes)
        });
        Self {
            legends,
            table: Table::new(&plan.features, &plan.style, 1.0 / plan.metres_per_mm()),
            level: shown(NORMAL, plan.sheet.scale),
            usual: street.filter(|size| *size > 0.0).unwrap_or(3.0),
            standard,
            names,
            mm,
            looks: BTreeMap::new(),
            layers: BTreeMap::new(),
            own: BTreeMap::new(),
            terms: None,
            hatches: BTreeMap::new(),
            outlines: BTreeMap::new(),
            blocks: BTreeMap::new(),
            taken: BTreeSet::from(["0".to_owned()]),
            blocks_taken: BTreeSet::new(),
            made: (Vec::new(), Vec::new()),
        }
    }

    /// How a feature looks.
    pub(super) fn of(&mut self, features: &Features, feature: &Feature) -> &Look {
        let state = state(features, feature);
        let key = (feature.class, feature.geometry as u8, state as u8);
        if !self.looks.contains_key(&key) {
            let look = self.look(features.class(feature), feature.geometry, state);
            self.looks.insert(key, look);
        }
        self.looks.entry(key).or_default()
    }

    fn look(&mut self, class: &Class, geometry: Geometry, state: State) -> Look {
        let symbol = self.symbol(class, geometry, state);
        let place = symbol.hatch.as_ref().map_or(symbol.row, |hatch| symbol.row.min(hatch.row));
        Look { place, fill: symbol.fill, hatch: symbol.hatch }
    }

    /// The symbol that stands for a point at the scale of the sheet.
    pub(super) fn mark(&mut self, feature: &Feature) -> Option<Mark> {
        let Marked { icon, dot, .. } = self.marked(feature)?;
        if let Some(icon) = icon.filter(|icon| self.outline(&icon.name).is_some()) {
            let width = Some(2.0 * HALF * icon.scale);
            return Some(Mark { scale: icon.scale, width, order: first(icon.row, icon.sort), symbol: icon.name });
        }
        let scale = dot?.size / 2.0;
        Some(Mark { symbol: DOT.to_owned(), scale, width: None, order: first(0, 0.0) })
    }

    /// The rings of a symbol, read once.
    fn outline(&mut self, name: &str) -> Option<&Rings> {
        if !self.outlines.contains_key(name) {
            let rings = if name == DOT { Some(vec![circle()]) } else { outline(name) };
            self.outlines.insert(name.to_owned(), rings);
        }
        self.outlines.get(name)?.as_ref()
    }

    /// The name of the block of a symbol that is drawn; its y goes up.
    pub(super) fn block(&mut self, symbol: &str) -> String {
        if let Some(name) = self.blocks.get(symbol) {
            return name.clone();
        }
        let up = |ring: &Vec<[f64; 2]>| ring.iter().map(|[x, y]| [*x, -y]).collect();
        let rings = self.outline(symbol).into_iter().flatten().map(up).collect();
        let name = self.names.name(symbol, &mut self.blocks_taken);
        self.made.1.push(Block { name: name.clone(), rings });
        self.blocks.insert(symbol.to_owned(), name.clone());
        name
    }

    /// The texts of a feature at the scale of the sheet.
    pub(super) fn texts(&self, feature: &Feature) -> Vec<(String, Lettering)> {
        let texts = self.marked(feature).map(|marked| marked.texts).unwrap_or_default();
        let lettering = |label: Label| Lettering {
            order: first(label.row, label.sort),
            // Names of streets have the size 1.
            size: (label.size / self.usual).clamp(0.6, 3.0),
            color: label.color,
            along: label.along,
        };
        texts.into_iter().map(|(text, label)| (text, lettering(label))).collect()
    }

    /// How a feature is marked and lettered, if its class is shown at the scale of the sheet.
    fn marked(&self, feature: &Feature) -> Option<Marked> {
        let class = self.table.features.class(feature);
        let [sheet, _] = &self.legends;
        (class.detail <= self.level).then(|| sheet.marked(class.layer, &self.table.row(feature)))
    }

    fn symbol(&self, class: &Class, geometry: Geometry, state: State) -> Symbol {
        let symbols = self.legends.iter().map(|legend| legend.symbol(class, geometry, state));
        let mut drawn = symbols.filter(|symbol| symbol.is_drawn() || symbol.hatch.is_some());
        drawn.next().unwrap_or_else(|| Symbol { row: usize::MAX, ..Symbol::default() })
    }

    /// The hatch of a pattern.
    pub(super) fn hatch(&mut self, name: &str) -> Option<Hatch> {
        if !self.hatches.contains_key(name) {
            self.hatches.insert(name.to_owned(), hatch(name, self.mm));
        }
        self.hatches.get(name).cloned().flatten()
    }

    /// The name of the layer of a class. Its colour is that of the class's lines, else of its areas, else of its points.
    pub(super) fn lines(&mut self, class: &'static Class) -> String {
        let key = (class.layer, class.id, Lies::Lines);
        if let Some(name) = self.layers.get(&key) {
            return name.clone();
        }
        let kinds = [Geometry::Line, Geometry::Area, Geometry::Point];
        let symbols = kinds.map(|geometry| self.symbol(class, geometry, State::Plain));
        let stroke = symbols.iter().find_map(|symbol| symbol.strokes.last());
        let color =
            symbols.iter().find_map(|symbol| seen(&symbol.strokes)).or_else(|| symbols.iter().find_map(Symbol::color));
        let dashes = stroke.map(|stroke| stroke.dashes.clone()).unwrap_or_default();
        self.make(key, color, &dashes, stroke.map(|stroke| stroke.width))
    }

    /// The name of the layer of a class's fillings or hatches, which have a colour of their own.
    pub(super) fn filled(&mut self, class: &'static Class, part: Lies, color: Color) -> String {
        let key = (class.layer, class.id, part);
        match self.layers.get(&key) {
            Some(name) => name.clone(),
            None => self.make(key, Some(color), &[], None),
        }
    }

    /// The name of the layer of names of a layer's things.
    pub(super) fn lettered(&mut self, layer: &'static str, color: Option<Color>) -> String {
        let key = (layer, "", Lies::Names);
        match self.layers.get(&key) {
            Some(name) => name.clone(),
            None => self.make(key, color, &[], None),
        }
    }

    /// The name of the layer of the terms.
    pub(super) fn terms(&mut self) -> String {
        if let Some(name) = &self.terms {
            return name.clone();
        }
        let name = self.names.name("attribution", &mut self.taken);
        let (of, class, lies) = ("attribution", "", Lies::Names);
        self.made.0.push(Layer { name: name.clone(), of, class, lies, color: Paint::Ink, dashes: None, weight: None });
        self.terms = Some(name.clone());
        name
    }

    /// The layers and blocks that were made since this was asked last.
    pub(super) fn made(&mut self) -> (Vec<Layer>, Vec<Block>) {
        std::mem::take(&mut self.made)
    }

    fn make(
        &mut self,
        key: (&'static str, &'static str, Lies),
        color: Option<Color>,
        dashes: &[f64],
        weight: Option<f64>,
    ) -> String {
        let (wish, row) = self.standard.layer(key.0, key.1, key.2);
        // A table may put several classes on one layer.
        if let Some(name) = self.own.get(&wish).cloned() {
            self.layers.insert(key, name.clone());
            return name;
        }
        let name = self.names.name(&wish, &mut self.taken);
        if matches!(self.standard, Standard::Own(_)) {
            self.own.insert(wish, name.clone());
        }
        let Row { color: own, line_type, weight: wide, .. } = row;
        // What fills an area is never ink: white stays white.
        let filled = matches!(key.2, Lies::Fill | Lies::Hatch);
        let color = own.unwrap_or_else(|| color.map_or(Paint::Ink, if filled { Paint::Color } else { paint }));
        let dashes = self.dashes(&name, line_type.as_deref(), dashes);
        let (of, class, lies) = key;
        self.made.0.push(Layer { name: name.clone(), of, class, lies, color, dashes, weight: wide.or(weight) });
        self.layers.insert(key, name.clone());
        name
    }

    /// The dashes that a table names, or those of the style.
    fn dashes(&self, layer: &str, named: Option<&str>, dashes: &[f64]) -> Option<Dashes> {
        let known = named.and_then(|name| LINE_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)));
        if named.is_some_and(|name| SOLID.iter().any(|solid| name.eq_ignore_ascii_case(solid))) {
            return None;
        }
        let dashes = known.map_or(dashes, |(_, dashes)| dashes);
        if !dashes.iter().any(|dash| *dash > 0.0) {
            return None;
        }
        // An odd list is meant twice over.
        let twice = if dashes.len().is_multiple_of(2) { 1 } else { 2 };
        let count = (dashes.len() * twice).min(MOST);
        let lengths = dashes.iter().cycle().take(count).map(|dash| dash * self.mm).collect();
        let name = named.map_or_else(|| layer.to_owned(), |name| self.names.name(name, &mut BTreeSet::new()));
        Some(Dashes { name, lengths })
    }
}

/// The colour of a line on white paper: that of its filling, or halfway to its edge where that is nearly white.
fn seen(strokes: &[Stroke]) -> Option<Color> {
    let top = strokes.last()?.color;
    let pale = [top.r, top.g, top.b].iter().all(|part| *part > PALE);
    let Some(edge) = strokes.first().filter(|_| pale).map(|stroke| stroke.color) else { return Some(top) };
    let half = |a: u8, b: u8| a / 2 + b / 2;
    Some(Color { r: half(top.r, edge.r), g: half(top.g, edge.g), b: half(top.b, edge.b), a: top.a })
}

/// Who has the first choice of room: what the style draws last, by its key.
fn first(row: usize, sort: f64) -> (Reverse<usize>, i64) {
    (Reverse(row), libm::round(sort * 1000.0) as i64)
}

/// A ring of radius 1.
fn circle() -> Vec<[f64; 2]> {
    let corner = |row: usize| row as f64 * std::f64::consts::TAU / CORNERS as f64;
    (0..CORNERS).map(|row| [libm::cos(corner(row)), libm::sin(corner(row))]).collect()
}

/// Whether it lies on the ground.
fn state(features: &Features, feature: &Feature) -> State {
    let says = |key: &str| features.tag(feature, key).is_some_and(|value| value != "no");
    match feature.geometry {
        Geometry::Line if says("tunnel") => State::Tunnel,
        Geometry::Line if says("bridge") => State::Bridge,
        _ => State::Plain,
    }
}

/// The colour itself; what is nearly black or nearly white would vanish on a screen of that colour.
fn paint(color: Color) -> Paint {
    let parts = [color.r, color.g, color.b];
    let sum: u32 = parts.map(u32::from).iter().sum();
    let grey = parts.iter().all(|part| *part < 40 || *part > 235);
    if grey && !(120..=705).contains(&sum) { Paint::Ink } else { Paint::Color(color) }
}

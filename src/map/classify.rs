//! Tags → layer and class. The table is `layers.toml`; this file only applies it.

use crate::order;
use crate::osm::{StringId, Strings};
use serde::Serialize;

/// Row of [`CLASSES`].
pub type ClassId = u16;

/// A thematic layer of request.md §3.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// Its name, e.g. `roads`.
    pub id: &'static str,
    /// Whether areas that are mainly in another layer stand in this one with a point.
    #[serde(skip)]
    pub marked: bool,
    /// Its own typed fields, after the common ones.
    pub fields: &'static [Field],
}

/// A typed field of a layer.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Column name, at most ten characters.
    pub name: &'static str,
    /// The tag it is read from.
    pub key: &'static str,
    /// What its values are.
    pub kind: FieldKind,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// A number; lengths in metres, speeds in km/h, units converted.
    Number,
    /// True or false.
    Flag,
}

/// A class within a layer.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// The layer it belongs to, a row of [`LAYERS`].
    #[serde(skip)]
    pub layer: &'static str,
    /// Its name, e.g. `primary`.
    pub id: &'static str,
    /// Order within the layer, 0 the most important.
    pub rank: u8,
    /// The lowest `detail_level` (1 to 6) that shows it.
    pub detail: u8,
}

/// What an element must be for a rule to fit it, and what its closed ways are; see `layers.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Anything; closed ways are areas.
    Any,
    /// Ways and relations; closed ways are areas.
    Area,
    /// Ways and relations; closed ways stay lines.
    Line,
    /// Nodes.
    Point,
}

impl Shape {
    /// Whether a node (`node`) or a way or relation may be it.
    fn fits(self, node: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Area | Self::Line => !node,
            Self::Point => node,
        }
    }
}

/// A rule: words are rows of `WORDS`.
struct Rule {
    key: u16,
    value: u16,
    order: u16,
    also: Option<(u16, u16)>,
    /// Says something only where nothing else does.
    weak: bool,
    /// Row of `LAYERS`.
    layer: u8,
    class: ClassId,
    shape: Shape,
}

/// Stands in [`Rule::value`] for any value but `no`.
const ANY: u16 = u16::MAX;
/// Stands for a text that no rule speaks of.
const UNKNOWN: u16 = u16::MAX - 1;

// `LAYERS`, `CLASSES`, `WORDS` (sorted), `RULES` (sorted by key, value, order) and `OFF_ROUTE`, from `layers.toml`.
include!(concat!(env!("OUT_DIR"), "/layers.rs"));

static OTHER: Class = Class { layer: "other", id: "other", rank: 0, detail: 6 };

/// The class of an id.
pub fn class(id: ClassId) -> &'static Class {
    CLASSES.get(id as usize).unwrap_or(&OTHER)
}

/// The id of a class by its names.
pub fn class_id(layer: &str, id: &str) -> Option<ClassId> {
    CLASSES.iter().position(|class| class.layer == layer && class.id == id).map(|row| row as ClassId)
}

/// Whether members of a route with this role are not the way one goes.
pub(super) fn off_route(role: &str) -> bool {
    OFF_ROUTE.iter().any(|off| off.strip_suffix('*').map_or(role == *off, |begin| role.starts_with(begin)))
}

/// A layer with its classes, as the catalogues of all doors list it.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The layer.
    #[serde(flatten)]
    pub layer: &'static Layer,
    /// Its classes by rank.
    pub classes: Vec<&'static Class>,
}

/// All layers with their classes, in drawing order.
pub fn catalogue() -> Vec<Entry> {
    let classes = |layer: &Layer| CLASSES.iter().filter(|class| class.layer == layer.id).collect();
    LAYERS.iter().map(|layer| Entry { layer, classes: classes(layer) }).collect()
}

/// Keys that say nothing about what an element is.
const DULL: &[&str] = &[
    "area",
    "attribution",
    "comment",
    "converted_by",
    "created_by",
    "fixme",
    "FIXME",
    "history",
    "import",
    "layer",
    "note",
    "odbl",
    "source",
    "source_ref",
    "todo",
    "type",
];
/// The same, with anything after a colon.
const DULL_PREFIXES: &[&str] = &["source:", "note:", "tiger:", "odbl:", "source_ref:", "import:"];

/// What tags mean: an answer of [`Classifier`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The class.
    pub class: ClassId,
    /// The value of the tag that gave it.
    pub value: StringId,
    /// Whether a closed way of this meaning is an area.
    pub area: bool,
    /// Whether an area that is mainly something else has a point in this layer.
    pub marked: bool,
}

impl Meaning {
    fn new(rule: &Rule, value: StringId) -> Self {
        let marked = LAYERS.get(usize::from(rule.layer)).is_some_and(|layer| layer.marked);
        Self { class: rule.class, value, area: matches!(rule.shape, Shape::Any | Shape::Area), marked }
    }
}

/// The table, resolved against the strings of one input so that no text is compared any more.
pub struct Classifier {
    /// Row of `WORDS` for each string, or [`UNKNOWN`].
    words: Vec<u16>,
    /// The rules of each row of `WORDS` that is a key.
    rules: Vec<&'static [Rule]>,
    dull: Vec<bool>,
    other: ClassId,
    no: Option<StringId>,
}

impl Classifier {
    /// Resolves the table against `strings`.
    pub fn new(strings: &Strings) -> Self {
        let texts = || (0..strings.len() as StringId).map(|id| strings.get(id));
        let word = |text: &str| WORDS.binary_search(&text).map_or(UNKNOWN, |row| row as u16);
        let dull = |text: &str| {
            text.is_empty() || DULL.contains(&text) || DULL_PREFIXES.iter().any(|prefix| text.starts_with(prefix))
        };
        let rules = |word: u16| {
            let (start, end) =
                (RULES.partition_point(|rule| rule.key < word), RULES.partition_point(|rule| rule.key <= word));
            RULES.get(start..end).unwrap_or(&[])
        };
        Self {
            rules: (0..WORDS.len() as u16).map(rules).collect(),
            words: texts().map(word).collect(),
            dull: texts().map(dull).collect(),
            other: class_id("other", "other").unwrap_or(0),
            no: strings.find("no"),
        }
    }

    /// Whether a key says something about what an element is.
    pub fn speaks(&self, key: StringId) -> bool {
        !self.dull.get(key as usize).copied().unwrap_or(true)
    }

    /// What a node (`node`) or way or relation with these tags is mainly; none if its tags say nothing.
    pub fn find(&self, tags: &[(StringId, StringId)], node: bool) -> Option<Meaning> {
        let fits = self.fits(tags).filter(|(rule, _)| rule.shape.fits(node));
        // Of equal ones the first.
        let best = fits.min_by_key(|(rule, _)| rule.order);
        let other = || tags.iter().find(|(key, _)| self.speaks(*key));
        best.map(|(rule, value)| Meaning::new(rule, value))
            .or_else(|| other().map(|&(_, value)| Meaning { class: self.other, value, area: false, marked: false }))
    }

    /// What an element that is mainly `main` is in other layers: one meaning a layer at most, the more important first.
    /// An `area` has points in marked layers.
    pub fn further(&self, tags: &[(StringId, StringId)], node: bool, main: ClassId, area: bool) -> Vec<Meaning> {
        let marked = |rule: &Rule| area && LAYERS.get(usize::from(rule.layer)).is_some_and(|layer| layer.marked);
        let fits = self.fits(tags).filter(|(rule, _)| rule.shape.fits(node) || marked(rule));
        let mut all: Vec<(&Rule, StringId)> = fits.collect();
        let Some(&first) = all.iter().find(|(rule, _)| rule.class == main) else { return Vec::new() };
        if all.iter().all(|(rule, _)| rule.layer == first.0.layer) {
            return Vec::new();
        }
        order::sort_by_key(&mut all, |(rule, _)| rule.order);
        let mut kept: Vec<(&Rule, StringId)> = vec![first];
        for (row, &(rule, value)) in all.iter().enumerate() {
            let told = || all.iter().take(row).any(|(other, _)| other.key == rule.key);
            let idle = rule.value == ANY && (rule.weak || told());
            if !idle && kept.iter().all(|(other, _)| other.layer != rule.layer) {
                kept.push((rule, value));
            }
        }
        kept.into_iter().skip(1).map(|(rule, value)| Meaning::new(rule, value)).collect()
    }

    /// The rules that tags fulfil, each with the value that does; of what they must be is not asked.
    fn fits<'t>(
        &self,
        tags: &'t [(StringId, StringId)],
    ) -> impl Iterator<Item = (&'static Rule, StringId)> + use<'t, '_> {
        tags.iter().flat_map(move |&(key, value)| {
            let rules = self.rules(key);
            let word = self.word(value);
            let exact = rules.get(rules.partition_point(|rule| rule.value < word)..).unwrap_or(&[]).iter();
            let exact = exact.take_while(move |rule| rule.value == word && word != UNKNOWN);
            let any = rules.get(rules.partition_point(|rule| rule.value < ANY)..).unwrap_or(&[]).iter();
            let any = any.filter(move |_| self.no != Some(value));
            let rules = exact.chain(any).filter(|rule| rule.also.is_none_or(|also| self.has(tags, also)));
            rules.map(move |rule| (rule, value))
        })
    }

    fn word(&self, text: StringId) -> u16 {
        self.words.get(text as usize).copied().unwrap_or(UNKNOWN)
    }

    /// The rules of a key.
    fn rules(&self, key: StringId) -> &'static [Rule] {
        self.rules.get(usize::from(self.word(key))).copied().unwrap_or(&[])
    }

    fn has(&self, tags: &[(StringId, StringId)], (key, value): (u16, u16)) -> bool {
        tags.iter().any(|&(k, v)| self.word(k) == key && self.word(v) == value)
    }
}

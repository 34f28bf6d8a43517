//! The columns, and the builder that readers fill.

use super::{Bounds, Degrees, Element, Kind, StringId, own};
use crate::error::{Error, Result};
use crate::note::Notes;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Stands for the place of a node that is referred to but was never delivered.
const NOWHERE: Degrees = [i32::MAX, i32::MAX];

/// Interned text: every distinct string once, in one buffer. Id 0 is the empty string.
#[derive(Debug, Default, Clone)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// The text of an id; empty for an id that was never given out.
    pub fn get(&self, id: StringId) -> &str {
        let id = id as usize;
        let Some(&end) = self.ends.get(id) else { return "" };
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).copied().unwrap_or(0) };
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Adds a text without looking whether it is there.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// How many distinct strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True before the first string.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Finds a string without adding it (linear; for keys that are looked up once a map).
    pub fn find(&self, text: &str) -> Option<StringId> {
        (0..self.ends.len() as u32).find(|&id| self.get(id) == text)
    }
}

/// Rows of variable length in one buffer: row `i` is `items[starts[i]..starts[i + 1]]`.
#[derive(Debug, Clone)]
pub struct Rows<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl<T: Copy> Rows<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn push(&mut self, row: &[T]) {
        self.items.extend_from_slice(row);
        self.starts.push(self.items.len() as u32);
    }

    /// Row `index`; empty for a row that does not exist.
    pub fn get(&self, index: usize) -> &[T] {
        match (self.starts.get(index), self.starts.get(index + 1)) {
            (Some(&start), Some(&end)) => self.items.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    fn reordered(&self, order: &[u32]) -> Self {
        let mut rows =
            Self { starts: Vec::with_capacity(order.len() + 1), items: Vec::with_capacity(self.items.len()) };
        rows.starts.push(0);
        order.iter().for_each(|&old| rows.push(self.get(old as usize)));
        rows
    }
}

/// The tags of all elements of one kind: pairs of key and value.
pub type Tags = Rows<(StringId, StringId)>;

/// Nodes, by ascending id.
#[derive(Debug, Default, Clone)]
pub struct Nodes {
    /// Ids; negative ones stand for points that came without an id.
    pub id: Vec<i64>,
    place: Vec<Degrees>,
    tags: Tags,
}

/// Ways, by ascending id.
#[derive(Debug, Default, Clone)]
pub struct Ways {
    /// Ids.
    pub id: Vec<i64>,
    refs: Rows<u32>,
    tags: Tags,
}

/// One member of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// What it refers to.
    pub kind: Kind,
    /// The id it refers to; the element may not have been delivered.
    pub id: i64,
    /// Its role.
    pub role: StringId,
}

/// Relations, by ascending id.
#[derive(Debug, Default, Clone)]
pub struct Relations {
    /// Ids.
    pub id: Vec<i64>,
    members: Rows<Member>,
    tags: Tags,
}

/// Everything one input said.
#[derive(Debug, Default, Clone)]
pub struct Osm {
    /// All text of tags and roles.
    pub strings: Strings,
    /// Nodes; those that ways refer to but nobody delivered are here without a place.
    pub nodes: Nodes,
    /// Ways.
    pub ways: Ways,
    /// Relations.
    pub relations: Relations,
    /// Places given instead of geometry (`out center`, `out bb`): one point for an element, by ascending element.
    pub centers: Vec<(Element, Degrees)>,
    /// The box in the input's header.
    pub bounds: Option<Bounds>,
    /// The date of the data as the input gives it (RFC 3339), empty if it does not.
    pub timestamp: String,
    /// What reading left out.
    pub notes: Notes,
    /// Tags of things that are not from OpenStreetMap (`own.rs`).
    pub(super) own: Tags,
}

impl Osm {
    /// Where node `index` is; none if it was never delivered.
    pub fn place(&self, index: u32) -> Option<Degrees> {
        self.nodes.place.get(index as usize).copied().filter(|&place| place != NOWHERE)
    }

    /// The nodes of way `index`, as rows of `nodes`.
    pub fn refs(&self, index: u32) -> &[u32] {
        self.ways.refs.get(index as usize)
    }

    /// The members of relation `index`.
    pub fn members(&self, index: u32) -> &[Member] {
        self.relations.members.get(index as usize)
    }

    /// The tags of an element.
    pub fn tags(&self, element: Element) -> &[(StringId, StringId)] {
        if let Some(tags) = own::tags(&self.own, element) {
            return tags;
        }
        let index = element.index as usize;
        match element.kind {
            Kind::Node => self.nodes.tags.get(index),
            Kind::Way => self.ways.tags.get(index),
            Kind::Relation => self.relations.tags.get(index),
        }
    }

    /// The id of an element; 0 for a row that does not exist.
    pub fn id(&self, element: Element) -> i64 {
        if let Some(id) = own::id(&self.own, element) {
            return id;
        }
        let index = element.index as usize;
        let ids = match element.kind {
            Kind::Node => &self.nodes.id,
            Kind::Way => &self.ways.id,
            Kind::Relation => &self.relations.id,
        };
        ids.get(index).copied().unwrap_or(0)
    }

    /// The element with this id, if it was delivered (binary search).
    pub fn find(&self, kind: Kind, id: i64) -> Option<Element> {
        let ids = match kind {
            Kind::Node => &self.nodes.id,
            Kind::Way => &self.ways.id,
            Kind::Relation => &self.relations.id,
        };
        let index = ids.binary_search(&id).ok()? as u32;
        (kind != Kind::Node || self.place(index).is_some()).then_some(Element { kind, index })
    }

    /// How many nodes have a place.
    pub fn node_count(&self) -> usize {
        self.nodes.place.iter().filter(|&&place| place != NOWHERE).count()
    }
}

/// What readers fill; any order, doubles allowed.
#[derive(Default)]
pub struct Builder {
    osm: Osm,
    lookup: HashTable<StringId>,
    hasher: foldhash::fast::FixedState,
    way_refs: Rows<i64>,
    centers: Vec<(Kind, i64, Degrees)>,
}

impl Builder {
    /// An empty builder; string 0 is the empty string.
    pub fn new() -> Self {
        let mut builder = Self::default();
        builder.string("").ok();
        builder
    }

    /// Interns a text.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past 4 GiB of distinct text.
    pub fn string(&mut self, text: &str) -> Result<StringId> {
        let hash = self.hasher.hash_one(text);
        let strings = &self.osm.strings;
        if let Some(&id) = self.lookup.find(hash, |&id| strings.get(id) == text) {
            return Ok(id);
        }
        let strings = &mut self.osm.strings;
        strings.text.push_str(text);
        let end = u32::try_from(strings.text.len())
            .map_err(|_| Error::TooLarge("the input has more than 4 GiB of distinct text".into()))?;
        let id = strings.ends.len() as StringId;
        strings.ends.push(end);
        let hasher = &self.hasher;
        self.lookup.insert_unique(hash, id, |&id| hasher.hash_one(strings.get(id)));
        Ok(id)
    }

    /// Adds a node.
    pub fn node(&mut self, id: i64, place: Degrees, tags: &[(StringId, StringId)]) {
        self.osm.nodes.id.push(id);
        self.osm.nodes.place.push(place);
        self.osm.nodes.tags.push(tags);
    }

    /// Adds a way by the ids of its nodes.
    pub fn way(&mut self, id: i64, refs: &[i64], tags: &[(StringId, StringId)]) {
        self.osm.ways.id.push(id);
        self.way_refs.push(refs);
        self.osm.ways.tags.push(tags);
    }

    /// Adds a relation.
    pub fn relation(&mut self, id: i64, members: &[Member], tags: &[(StringId, StringId)]) {
        self.osm.relations.id.push(id);
        self.osm.relations.members.push(members);
        self.osm.relations.tags.push(tags);
    }

    /// Says where an element is whose geometry is not delivered.
    pub fn center(&mut self, kind: Kind, id: i64, place: Degrees) {
        self.centers.push((kind, id, place));
    }

    /// Ids of the ways added so far.
    pub fn way_ids(&self) -> &[i64] {
        &self.osm.ways.id
    }

    /// True before the first element.
    pub fn is_empty(&self) -> bool {
        self.osm.nodes.id.is_empty() && self.osm.ways.id.is_empty() && self.osm.relations.id.is_empty()
    }

    /// Box, date and notes of the input.
    pub fn header(&mut self) -> (&mut Option<Bounds>, &mut String, &mut Notes) {
        (&mut self.osm.bounds, &mut self.osm.timestamp, &mut self.osm.notes)
    }

    /// Sorts by id, merges doubles (tags and the longer list win), resolves references.
    pub fn finish(self) -> Osm {
        let Self { mut osm, mut way_refs, centers, .. } = self;
        if let Some(order) = order(&osm.ways.id, |row| (osm.ways.tags.get(row).len(), way_refs.get(row).len())) {
            osm.ways.id = pick(&osm.ways.id, &order.best);
            osm.ways.tags = osm.ways.tags.reordered(&order.tagged);
            way_refs = way_refs.reordered(&order.best);
        }
        if let Some(order) =
            order(&osm.relations.id, |row| (osm.relations.tags.get(row).len(), osm.relations.members.get(row).len()))
        {
            osm.relations = Relations {
                id: pick(&osm.relations.id, &order.best),
                members: osm.relations.members.reordered(&order.best),
                tags: osm.relations.tags.reordered(&order.tagged),
            };
        }
        add_absent(&mut osm.nodes, &way_refs);
        if let Some(order) = order(&osm.nodes.id, |row| {
            (osm.nodes.tags.get(row).len(), usize::from(osm.nodes.place.get(row) != Some(&NOWHERE)))
        }) {
            osm.nodes = Nodes {
                id: pick(&osm.nodes.id, &order.best),
                place: pick(&osm.nodes.place, &order.best),
                tags: osm.nodes.tags.reordered(&order.tagged),
            };
        }
        let ids = &osm.nodes.id;
        osm.ways.refs = Rows {
            starts: way_refs.starts,
            items: way_refs.items.iter().filter_map(|id| ids.binary_search(id).ok()).map(|row| row as u32).collect(),
        };
        // A way whose nodes came needs no centre.
        let bare = |element: &Element| {
            element.kind != Kind::Way || osm.refs(element.index).iter().all(|&node| osm.place(node).is_none())
        };
        let mut placed: Vec<_> =
            centers.iter().filter_map(|&(kind, id, place)| Some((osm.find(kind, id).filter(&bare)?, place))).collect();
        placed.sort_unstable();
        placed.dedup_by_key(|(element, _)| *element);
        osm.centers = placed;
        osm
    }
}

/// The rows to keep, by ascending id: the one with the longest list, and the one with the most tags.
struct Order {
    best: Vec<u32>,
    tagged: Vec<u32>,
}

/// How to bring rows into strictly ascending order of id; none where they are already. `weight` is (tags, list).
fn order(ids: &[i64], weight: impl Fn(usize) -> (usize, usize)) -> Option<Order> {
    if ids.is_sorted_by(|a, b| a < b) {
        return None;
    }
    let mut rows: Vec<u32> = (0..ids.len() as u32).collect();
    let id = |row: u32| ids.get(row as usize).copied().unwrap_or(0);
    rows.sort_by_key(|&row| id(row));
    let mut found = Order { best: Vec::with_capacity(rows.len()), tagged: Vec::with_capacity(rows.len()) };
    for twins in rows.chunk_by(|&a, &b| id(a) == id(b)) {
        // `rev`: among equals the first one delivered is kept.
        found.best.extend(twins.iter().rev().max_by_key(|&&row| weight(row as usize).1));
        found.tagged.extend(twins.iter().rev().max_by_key(|&&row| weight(row as usize).0));
    }
    Some(found)
}

fn pick<T: Copy>(column: &[T], rows: &[u32]) -> Vec<T> {
    rows.iter().filter_map(|&row| column.get(row as usize).copied()).collect()
}

/// Gives every node that ways refer to a row, so that no reference is lost.
fn add_absent(nodes: &mut Nodes, way_refs: &Rows<i64>) {
    let sorted = nodes.id.is_sorted();
    let mut known;
    let ids: &[i64] = if sorted {
        &nodes.id
    } else {
        known = nodes.id.clone();
        known.sort_unstable();
        &known
    };
    let mut absent: Vec<i64> = way_refs.items.iter().copied().filter(|id| ids.binary_search(id).is_err()).collect();
    absent.sort_unstable();
    absent.dedup();
    for id in absent {
        nodes.id.push(id);
        nodes.place.push(NOWHERE);
        nodes.tags.push(&[]);
    }
}

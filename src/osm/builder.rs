//! What readers fill: columns in any order, doubles allowed, put in order at the end.

use super::rows::{Rows, Strings, Tags, without_nul};
use super::store::{Member, NOWHERE, Nodes, Osm, Relations};
use super::{Bounds, Element, Kind, LonLatE7, StringId};
use crate::error::{Error, Result};
use crate::note::Notes;
use crate::order;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Most rows of one kind: they are counted in 32 bits.
const ROWS: usize = u32::MAX as usize - (1 << 26);
/// Most bytes of columns in a browser's tab, half of what WebAssembly can address less room for the rest of the work.
const TAB: usize = 1500 << 20;
/// A text that has no id of its own yet.
const UNKNOWN: StringId = StringId::MAX;

/// A piece of an input that was read apart from the others; its texts are numbered by its own table.
#[derive(Debug, Default)]
pub struct Part {
    /// The table.
    pub strings: Strings,
    /// Nodes.
    pub nodes: Nodes,
    /// Ids of ways.
    pub way_ids: Vec<i64>,
    /// Ids of the ways' nodes.
    pub way_refs: Rows<i64>,
    /// Tags of ways.
    pub way_tags: Tags,
    /// Relations.
    pub relations: Relations,
    /// Nodes that lie nowhere on earth.
    pub misplaced: u64,
}

/// What readers fill; any order, doubles allowed.
pub struct Builder {
    osm: Osm,
    lookup: HashTable<StringId>,
    hasher: foldhash::fast::FixedState,
    way_refs: Rows<i64>,
    centers: Vec<(Kind, i64, LonLatE7)>,
    /// Texts that held a NUL.
    ended: Vec<StringId>,
}

impl Default for Builder {
    fn default() -> Self {
        let mut builder = Self {
            osm: Osm::default(),
            lookup: HashTable::default(),
            hasher: Default::default(),
            way_refs: Rows::default(),
            centers: Vec::new(),
            ended: Vec::new(),
        };
        builder.string("").ok();
        builder
    }
}

impl Builder {
    /// An empty builder; string 0 is the empty string.
    pub fn new() -> Self {
        Self::default()
    }

    /// Interns a text. NUL, which OpenStreetMap has in none and many a program takes for the end, is left out.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past 4 GiB of distinct text.
    pub fn string(&mut self, text: &str) -> Result<StringId> {
        match self.known(text.as_bytes()) {
            (_, Some(id)) => Ok(id),
            (hash, None) => self.add(text, hash),
        }
    }

    /// Interns a text that may not be UTF-8; none if it is not. One that is known needs no look at its characters.
    ///
    /// # Errors
    /// As [`Builder::string`].
    pub fn text(&mut self, bytes: &[u8]) -> Result<Option<StringId>> {
        match self.known(bytes) {
            (_, Some(id)) => Ok(Some(id)),
            (hash, None) => std::str::from_utf8(bytes).ok().map(|text| self.add(text, hash)).transpose(),
        }
    }

    fn known(&self, text: &[u8]) -> (u64, Option<StringId>) {
        let (hash, strings) = (self.hasher.hash_one(text), &self.osm.strings);
        (hash, self.lookup.find(hash, |&id| strings.get(id).as_bytes() == text).copied())
    }

    fn add(&mut self, text: &str, hash: u64) -> Result<StringId> {
        if text.contains('\0') {
            let id = self.string(&without_nul(text))?;
            self.ended.push(id);
            return Ok(id);
        }
        let strings = &mut self.osm.strings;
        strings.text.push_str(text);
        let end = u32::try_from(strings.text.len())
            .map_err(|_| Error::TooLarge("the input has more than 4 GiB of distinct text".into()))?;
        let id = strings.ends.len() as StringId;
        strings.ends.push(end);
        let hasher = &self.hasher;
        self.lookup.insert_unique(hash, id, |&id| hasher.hash_one(strings.get(id).as_bytes()));
        Ok(id)
    }

    /// Adds a node.
    pub fn node(&mut self, id: i64, place: LonLatE7, tags: &[(StringId, StringId)]) {
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
    pub fn center(&mut self, kind: Kind, id: i64, place: LonLatE7) {
        self.centers.push((kind, id, place));
    }

    /// Adds everything of `part`, whose texts have ids of their own.
    ///
    /// # Errors
    /// Those of [`Builder::string`] and [`Builder::room`].
    pub fn append(&mut self, part: &Part) -> Result<()> {
        self.room()?;
        let mut known = vec![UNKNOWN; part.strings.len()];
        let mut fault = None;
        // Only texts that are used: tables also name the people who drew the map.
        let mut text = |builder: &mut Self, id: StringId| match known.get_mut(id as usize) {
            Some(known) if *known != UNKNOWN => *known,
            Some(known) => {
                *known = builder.string(part.strings.get(id)).unwrap_or_else(|error| {
                    fault = Some(error);
                    0
                });
                *known
            }
            None => 0,
        };
        let mut tags = |builder: &mut Self, from: &Tags| {
            let mut into = Tags::default();
            into.append(from, |&(key, value)| (text(builder, key), text(builder, value)));
            into
        };
        let [nodes, ways, relations] =
            [&part.nodes.tags, &part.way_tags, &part.relations.tags].map(|from| tags(self, from));
        let mut members = Rows::default();
        members.append(&part.relations.members, |member| Member { role: text(self, member.role), ..*member });
        self.osm.nodes.id.extend_from_slice(&part.nodes.id);
        self.osm.nodes.place.extend_from_slice(&part.nodes.place);
        self.osm.nodes.tags.append(&nodes, |pair| *pair);
        self.osm.ways.id.extend_from_slice(&part.way_ids);
        self.way_refs.append(&part.way_refs, |id| *id);
        self.osm.ways.tags.append(&ways, |pair| *pair);
        self.osm.relations.id.extend_from_slice(&part.relations.id);
        self.osm.relations.members.append(&members, |member| *member);
        self.osm.relations.tags.append(&relations, |pair| *pair);
        fault.map_or(Ok(()), Err)
    }

    /// Says when there is more than the columns, or a browser's tab, can hold. Readers ask every thousand elements or so.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn room(&self) -> Result<()> {
        let rows = [
            self.osm.nodes.id.len(),
            self.osm.nodes.tags.items.len(),
            self.osm.ways.tags.items.len(),
            self.osm.relations.tags.items.len(),
            self.osm.relations.members.items.len(),
            self.way_refs.items.len(),
        ];
        if rows.into_iter().any(|rows| rows > ROWS) {
            return Err(Error::TooLarge("the input holds more than four thousand million things of one kind".into()));
        }
        let bytes = self.osm.bytes() + size_of::<i64>() * self.way_refs.items.capacity();
        if cfg!(target_family = "wasm") && bytes > TAB {
            return Err(Error::TooLarge("the input holds more than a browser's tab can; choose a smaller area".into()));
        }
        Ok(())
    }

    /// Ids of the ways added so far.
    pub fn way_ids(&self) -> &[i64] {
        &self.osm.ways.id
    }

    /// True before the first element.
    pub fn is_empty(&self) -> bool {
        self.osm.nodes.id.is_empty() && self.osm.ways.id.is_empty() && self.osm.relations.id.is_empty()
    }

    /// Takes up a box that the input's header names; of several the box around all.
    pub fn bound(&mut self, bounds: Bounds) {
        self.osm.bounds = Some(self.osm.bounds.map_or(bounds, |known| known.join(bounds)));
    }

    /// Box, date and notes of the input.
    pub fn header(&mut self) -> (&mut Option<Bounds>, &mut String, &mut Notes) {
        (&mut self.osm.bounds, &mut self.osm.timestamp, &mut self.osm.notes)
    }

    /// Sorts by id, merges doubles (tags and the longer list win), resolves references.
    pub fn finish(self) -> Osm {
        let Self { mut osm, mut way_refs, centers, mut ended, .. } = self;
        ended.sort_unstable();
        ended.dedup();
        if !ended.is_empty() {
            let count = ended.len() as u64;
            let message = format!("NUL was left out of {count} texts: programs take it for their end.");
            osm.notes.say("nul_characters", count, message);
        }
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
        sort_nodes(&mut osm.nodes);
        let (mut refs, absent) = resolve(&osm.nodes.id, &way_refs.items);
        if !absent.is_empty() {
            // Every node that ways refer to gets a row, so that no reference is lost.
            drop(refs);
            osm.nodes.insert_absent(&absent);
            refs = resolve(&osm.nodes.id, &way_refs.items).0;
        }
        osm.ways.refs = Rows { starts: way_refs.starts, items: refs };
        osm.shrink();
        // A way whose nodes came needs no centre.
        let bare = |element: &Element| {
            element.kind != Kind::Way || osm.refs(element.index).iter().all(|&node| osm.place(node).is_none())
        };
        let mut placed: Vec<_> =
            centers.iter().filter_map(|&(kind, id, place)| Some((osm.find(kind, id).filter(&bare)?, place))).collect();
        order::sort(&mut placed);
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
    let mut rows: Vec<(i64, u32)> = ids.iter().copied().zip(0..).collect();
    rows.sort_unstable();
    let mut found = Order { best: Vec::with_capacity(rows.len()), tagged: Vec::with_capacity(rows.len()) };
    for twins in rows.chunk_by(|a, b| a.0 == b.0) {
        // `rev`: among equals the first one delivered is kept.
        let twins = || twins.iter().rev().map(|&(_, row)| row);
        found.best.extend(twins().max_by_key(|&row| weight(row as usize).1));
        found.tagged.extend(twins().max_by_key(|&row| weight(row as usize).0));
    }
    Some(found)
}

fn pick<T: Copy>(column: &[T], rows: &[u32]) -> Vec<T> {
    let mut picked = Vec::with_capacity(rows.len());
    picked.extend(rows.iter().filter_map(|&row| column.get(row as usize).copied()));
    picked
}

fn sort_nodes(nodes: &mut Nodes) {
    let weight = |row| (nodes.tags.get(row).len(), usize::from(nodes.place.get(row) != Some(&NOWHERE)));
    if let Some(order) = order(&nodes.id, weight) {
        *nodes = Nodes {
            id: pick(&nodes.id, &order.best),
            place: pick(&nodes.place, &order.best),
            tags: nodes.tags.reordered(&order.tagged),
        };
    }
}

/// The row of each of `refs` in `ids`, and the references that have none, ascending and each once.
fn resolve(ids: &[i64], refs: &[i64]) -> (Vec<u32>, Vec<i64>) {
    let mut rows = Vec::with_capacity(refs.len());
    let mut absent = Vec::new();
    let mut near = 0;
    for &id in refs {
        match search(ids, near, id) {
            Some(row) => {
                rows.push(row as u32);
                near = row;
            }
            None => absent.push(id),
        }
    }
    order::sort(&mut absent);
    absent.dedup();
    (rows, absent)
}

/// Binary search that looks near the last hit first: nodes of a way often have ids in a row.
fn search(ids: &[i64], near: usize, id: i64) -> Option<usize> {
    let close = ids.get(near..ids.len().min(near + 8)).unwrap_or(&[]);
    match close.iter().position(|&other| other == id) {
        Some(step) => Some(near + step),
        None => ids.binary_search(&id).ok(),
    }
}

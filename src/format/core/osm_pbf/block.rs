//! A primitive block: a string table and one group of nodes, ways or relations; places in units of 1e-7 degrees.

use crate::osm::{Element, Kind, Osm, StringId};
use crate::wire::protobuf::Message;
use hashbrown::HashMap;

/// A block being filled.
pub struct Block<'a> {
    osm: &'a Osm,
    kind: Kind,
    /// How many elements it holds.
    pub count: usize,
    /// The strings of the block; 0 is the delimiter, which is empty.
    table: Message,
    known: HashMap<StringId, u64, foldhash::fast::FixedState>,
    /// Ways or relations.
    group: Message,
    dense: Dense,
    tags: Tags,
}

/// Columns of dense nodes.
#[derive(Default)]
struct Dense {
    ids: Message,
    lats: Message,
    lons: Message,
    /// Keys and values, 0 after each node.
    tags: Message,
    tagged: bool,
    last: [i64; 3],
}

/// Keys and values of one element.
#[derive(Default)]
struct Tags {
    keys: Message,
    values: Message,
}

impl<'a> Block<'a> {
    /// An empty block for elements of one kind.
    pub fn new(osm: &'a Osm, kind: Kind) -> Self {
        let mut table = Message::default();
        table.bytes(1, b"");
        Self {
            osm,
            kind,
            count: 0,
            table,
            known: HashMap::default(),
            group: Message::default(),
            dense: Dense::default(),
            tags: Tags::default(),
        }
    }

    /// About how many bytes it will have.
    pub fn size(&self) -> usize {
        let Dense { ids, lats, lons, tags, .. } = &self.dense;
        [&self.table, &self.group, ids, lats, lons, tags].iter().map(|part| part.bytes.len()).sum()
    }

    /// Adds an element; a node that was only referred to is none.
    pub fn push(&mut self, element: Element) {
        match element.kind {
            Kind::Node => self.node(element),
            Kind::Way => self.way(element),
            Kind::Relation => self.relation(element),
        }
    }

    /// The message of the block.
    pub fn finish(mut self) -> Message {
        let mut group = Message::default();
        if self.kind == Kind::Node {
            let Dense { ids, lats, lons, tags, tagged, .. } = &self.dense;
            let mut dense = Message::default();
            dense.part(1, ids).part(8, lats).part(9, lons);
            // Where no node of the block has a tag, the list is left out.
            if *tagged {
                dense.part(10, tags);
            }
            group.part(2, &dense);
        } else {
            std::mem::swap(&mut group, &mut self.group);
        }
        let mut block = Message::default();
        block.part(1, &self.table).part(2, &group);
        block
    }

    /// The row of a text in the string table.
    fn string(&mut self, id: StringId) -> u64 {
        // A tag may be empty, but row 0 would end the tags of a dense node.
        let row = self.known.len() as u64 + 1;
        *self.known.entry(id).or_insert_with(|| {
            self.table.bytes(1, self.osm.strings.get(id).as_bytes());
            row
        })
    }

    fn node(&mut self, element: Element) {
        let Some([lon, lat]) = self.osm.place(element.index) else { return };
        self.count += 1;
        for &(key, value) in self.osm.tags(element) {
            let pair = [self.string(key), self.string(value)];
            self.dense.tags.push(pair[0]).push(pair[1]);
            self.dense.tagged = true;
        }
        let id = self.osm.id(element);
        let Dense { ids, lats, lons, tags, last: [last_id, last_lat, last_lon], .. } = &mut self.dense;
        tags.push(0);
        ids.push_step(id, last_id);
        lats.push_step(lat.into(), last_lat);
        lons.push_step(lon.into(), last_lon);
    }

    /// What ways and relations have in common.
    fn head(&mut self, element: Element) -> Message {
        self.count += 1;
        self.tags.keys.bytes.clear();
        self.tags.values.bytes.clear();
        for &(key, value) in self.osm.tags(element) {
            let (key, value) = (self.string(key), self.string(value));
            self.tags.keys.push(key);
            self.tags.values.push(value);
        }
        let mut message = Message::default();
        message.number(1, self.osm.id(element) as u64).part(2, &self.tags.keys).part(3, &self.tags.values);
        message
    }

    fn way(&mut self, element: Element) {
        let mut way = self.head(element);
        let (mut refs, mut last) = (Message::default(), 0);
        for &node in self.osm.refs(element.index) {
            refs.push_step(self.osm.id(Element { kind: Kind::Node, index: node }), &mut last);
        }
        self.group.bytes(3, &way.part(8, &refs).bytes);
    }

    fn relation(&mut self, element: Element) {
        let mut relation = self.head(element);
        let (mut roles, mut ids, mut kinds) = <(Message, Message, Message)>::default();
        let mut last = 0;
        for member in self.osm.members(element.index) {
            roles.push(self.string(member.role));
            ids.push_step(member.id, &mut last);
            kinds.push(member.kind as u64);
        }
        self.group.bytes(4, &relation.part(8, &roles).part(9, &ids).part(10, &kinds).bytes);
    }
}

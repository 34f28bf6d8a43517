//! The columns.

use super::rows::{Rows, Strings, Tags};
use super::{Bounds, Element, Kind, LonLatE7, StringId, synthetic};
use crate::note::Notes;

/// Stands for the place of a node that is referred to but was never delivered.
pub(super) const NOWHERE: LonLatE7 = [i32::MAX, i32::MAX];

/// Nodes, by ascending id.
#[derive(Debug, Default, Clone)]
pub struct Nodes {
    /// Ids; negative ones stand for points that came without an id.
    pub id: Vec<i64>,
    pub(super) place: Vec<LonLatE7>,
    pub(super) tags: Tags,
}

impl Nodes {
    pub(super) fn push(&mut self, id: i64, place: LonLatE7, tags: &[(StringId, StringId)]) {
        self.id.push(id);
        self.place.push(place);
        self.tags.push(tags);
    }

    /// Puts rows without place and tags between the others; `absent` are ids in ascending order that have none yet.
    /// In place and from the back: these columns are most of what a large extract takes.
    pub(super) fn insert_absent(&mut self, absent: &[i64]) {
        let (mut own, count, starts) = (self.id.len(), self.id.len() + absent.len(), &mut self.tags.starts);
        let end = starts.last().copied().unwrap_or(0);
        self.id.reserve_exact(absent.len());
        self.id.resize(count, 0);
        self.place.reserve_exact(absent.len());
        self.place.resize(count, NOWHERE);
        starts.reserve_exact(absent.len());
        starts.resize(count + 1, end);
        for (before, &missing) in absent.iter().enumerate().rev() {
            let known = self.id.get(..own).map_or(0, |ids| ids.partition_point(|&id| id < missing));
            let row = known + before;
            self.id.copy_within(known..own, row + 1);
            self.place.copy_within(known..own, row + 1);
            starts.copy_within(known..own, row + 1);
            let next = starts.get(row + 1).copied().unwrap_or(end);
            let slots = (self.id.get_mut(row), self.place.get_mut(row), starts.get_mut(row));
            if let (Some(id), Some(place), Some(start)) = slots {
                (*id, *place, *start) = (missing, NOWHERE, next);
            }
            own = known;
        }
    }
}

/// Ways, by ascending id.
#[derive(Debug, Default, Clone)]
pub struct Ways {
    /// Ids.
    pub id: Vec<i64>,
    pub(super) refs: Rows<u32>,
    pub(super) tags: Tags,
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
    pub(super) members: Rows<Member>,
    pub(super) tags: Tags,
}

impl Relations {
    pub(super) fn push(&mut self, id: i64, members: &[Member], tags: &[(StringId, StringId)]) {
        self.id.push(id);
        self.members.push(members);
        self.tags.push(tags);
    }
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
    pub centers: Vec<(Element, LonLatE7)>,
    /// The box in the input's header.
    pub bounds: Option<Bounds>,
    /// The date of the data as the input gives it (RFC 3339), empty if it does not.
    pub timestamp: String,
    /// What reading left out.
    pub notes: Notes,
    /// Tags of things that are no elements (`synthetic.rs`).
    pub(super) own: Tags,
}

impl Osm {
    /// Where node `index` is; none if it was never delivered.
    pub fn place(&self, index: u32) -> Option<LonLatE7> {
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
        if let Some(tags) = synthetic::tags(&self.own, element) {
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
        if let Some(id) = synthetic::id(&self.own, element) {
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

    /// Adds things with these tags, and returns the elements that stand for them. They have negative ids.
    pub fn add_own(&mut self, things: &[(Kind, Vec<(String, String)>)]) -> Vec<Element> {
        synthetic::add(&mut self.strings, &mut self.own, things)
    }

    /// Adds one thing with these tags, and returns the element that stands for it. It has a negative id.
    pub fn push_own(&mut self, kind: Kind, tags: &[(StringId, StringId)]) -> Element {
        synthetic::push(&mut self.own, kind, tags)
    }

    /// Ids of texts; those that are not there yet are added.
    pub fn intern(&mut self, texts: &[&str]) -> Vec<StringId> {
        synthetic::intern(&mut self.strings, texts)
    }

    /// Bytes of memory that the columns take.
    pub fn bytes(&self) -> usize {
        let ids = self.nodes.id.capacity() + self.ways.id.capacity() + self.relations.id.capacity();
        let places = size_of::<LonLatE7>() * self.nodes.place.capacity();
        let tags = [&self.nodes.tags, &self.ways.tags, &self.relations.tags].map(Rows::bytes).iter().sum::<usize>();
        let strings = self.strings.text.capacity() + size_of::<u32>() * self.strings.ends.capacity();
        let centers = size_of::<(Element, LonLatE7)>() * self.centers.capacity();
        let lists = self.ways.refs.bytes() + self.relations.members.bytes();
        size_of::<i64>() * ids + places + tags + strings + centers + lists
    }

    /// Gives back what growing columns hold in reserve.
    pub(super) fn shrink(&mut self) {
        [&mut self.nodes.id, &mut self.ways.id, &mut self.relations.id].into_iter().for_each(Vec::shrink_to_fit);
        [&mut self.nodes.tags, &mut self.ways.tags, &mut self.relations.tags].into_iter().for_each(Rows::shrink);
        self.nodes.place.shrink_to_fit();
        self.ways.refs.shrink();
        self.relations.members.shrink();
        self.strings.text.shrink_to_fit();
        self.strings.ends.shrink_to_fit();
    }

    /// How many nodes have a place.
    pub fn node_count(&self) -> usize {
        self.nodes.place.iter().filter(|&&place| place != NOWHERE).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{NOWHERE, Nodes};

    #[test]
    fn absent_nodes_stand_between_the_others() {
        // Every choice of which of eight ids are known and which of the others are missing; known ones have as many tags as
        // their id says.
        for known in 0..256_u32 {
            for missing in [0, !known, !known & 0x55, !known & 0xf0].map(|bits| bits & 0xff) {
                let ids = |bits: u32| (0..8_i64).filter(move |id| bits >> id & 1 == 1);
                let mut nodes = Nodes::default();
                ids(known).for_each(|id| nodes.push(id, [id as i32, 1], &vec![(1, id as u32); id as usize]));
                nodes.insert_absent(&ids(missing).collect::<Vec<_>>());
                assert_eq!(nodes.id, ids(known | missing).collect::<Vec<_>>());
                assert_eq!(nodes.tags.starts.len(), nodes.id.len() + 1);
                for (row, &id) in nodes.id.iter().enumerate() {
                    let there = known >> id & 1 == 1;
                    assert_eq!(nodes.place.get(row), Some(&if there { [id as i32, 1] } else { NOWHERE }));
                    assert_eq!(nodes.tags.get(row), vec![(1, id as u32); if there { id as usize } else { 0 }]);
                }
            }
        }
    }
}

//! Elements of one [`Osm`] into the builder of another.

use crate::error::Result;
use crate::osm::{Builder, Element, Kind, Member, Osm, StringId};
use hashbrown::HashMap;

/// Copies out of one source; each text is interned once.
pub struct Copier<'a> {
    osm: &'a Osm,
    texts: HashMap<StringId, StringId, foldhash::fast::FixedState>,
    tags: Vec<(StringId, StringId)>,
    refs: Vec<i64>,
    members: Vec<Member>,
}

impl<'a> Copier<'a> {
    /// Out of `osm`.
    pub fn new(osm: &'a Osm) -> Self {
        Self { osm, texts: HashMap::default(), tags: Vec::new(), refs: Vec::new(), members: Vec::new() }
    }

    fn text(&mut self, id: StringId, builder: &mut Builder) -> Result<StringId> {
        if let Some(&known) = self.texts.get(&id) {
            return Ok(known);
        }
        let new = builder.string(self.osm.strings.get(id))?;
        self.texts.insert(id, new);
        Ok(new)
    }

    /// Copies an element; a node without a place is left out.
    ///
    /// # Errors
    /// Those of [`Builder::string`].
    pub fn copy(&mut self, element: Element, builder: &mut Builder) -> Result<()> {
        let osm = self.osm;
        self.tags.clear();
        for &(key, value) in osm.tags(element) {
            let pair = (self.text(key, builder)?, self.text(value, builder)?);
            self.tags.push(pair);
        }
        let id = osm.id(element);
        match element.kind {
            Kind::Node => {
                if let Some(place) = osm.place(element.index) {
                    builder.node(id, place, &self.tags);
                }
            }
            Kind::Way => {
                self.refs.clear();
                let ids = osm.refs(element.index).iter().map(|&index| osm.id(Element { kind: Kind::Node, index }));
                self.refs.extend(ids);
                builder.way(id, &self.refs, &self.tags);
            }
            Kind::Relation => {
                self.members.clear();
                for member in osm.members(element.index) {
                    let role = self.text(member.role, builder)?;
                    self.members.push(Member { role, ..*member });
                }
                builder.relation(id, &self.members, &self.tags);
            }
        }
        Ok(())
    }
}

/// All that several parts say, each object once.
///
/// # Errors
/// Those of [`Builder::string`].
pub fn merge(parts: &[Osm]) -> Result<Osm> {
    let mut builder = Builder::new();
    for osm in parts {
        let mut copier = Copier::new(osm);
        let counts = [
            (Kind::Node, osm.nodes.id.len()),
            (Kind::Way, osm.ways.id.len()),
            (Kind::Relation, osm.relations.id.len()),
        ];
        for (kind, count) in counts {
            for index in 0..count as u32 {
                copier.copy(Element { kind, index }, &mut builder)?;
            }
        }
        let (_, timestamp, notes) = builder.header();
        // The oldest part dates the whole.
        if timestamp.is_empty() || !osm.timestamp.is_empty() && osm.timestamp < *timestamp {
            timestamp.clone_from(&osm.timestamp);
        }
        notes.append(&osm.notes);
    }
    Ok(builder.finish())
}

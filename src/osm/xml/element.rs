//! Elements of OSM XML below the root.

use super::super::history::{self, Versions};
use super::super::{Bounds, Builder, Kind, LonLatE7, Member, Osm, StringId, number};
use crate::error::{Error, Result};
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

/// What is said of files that hold edits beside the map.
pub const DIFF: &str = "this is an augmented diff: edits, no map; ask Overpass without [adiff:…] or [diff:…]";

/// The element being read and what came before.
#[derive(Default)]
pub struct State {
    /// What was read so far.
    pub builder: Builder,
    kind: Option<Kind>,
    id: i64,
    place: Option<LonLatE7>,
    deleted: bool,
    versions: Versions,
    tags: Vec<(StringId, StringId)>,
    refs: Vec<i64>,
    members: Vec<Member>,
    center: Option<LonLatE7>,
    misplaced: u64,
    removed: u64,
    /// Way members that bring their own geometry, and whether one is being read.
    geometry: Vec<LonLatE7>,
    in_member: Option<i64>,
    member_ways: Vec<(i64, Vec<LonLatE7>)>,
    next_id: i64,
}

impl State {
    /// An element below the root opens.
    pub fn start(&mut self, start: &BytesStart) -> Result<()> {
        match (start.name().as_ref(), self.kind) {
            ("node", None) => self.open(Kind::Node, start),
            ("way", None) => self.open(Kind::Way, start),
            ("relation", None) => self.open(Kind::Relation, start),
            ("tag", Some(_)) => {
                let (mut key, mut value) = (0, 0);
                self.each(start, |state, name, text| {
                    match name {
                        "k" => key = state.builder.string(text)?,
                        "v" => value = state.builder.string(text)?,
                        _ => {}
                    }
                    Ok(())
                })?;
                self.tags.push((key, value));
                Ok(())
            }
            ("nd", Some(Kind::Way)) => self.vertex(start),
            ("nd", Some(Kind::Relation)) => {
                self.geometry.extend(place(start)?);
                Ok(())
            }
            ("member", Some(Kind::Relation)) => self.member(start),
            ("center", Some(_)) => place(start).map(|place| self.center = place),
            ("bounds", None) => self.bounds(start),
            ("meta", None) => {
                if let Some(date) = attribute(start, "osm_base")? {
                    *self.builder.header().1 = date;
                }
                Ok(())
            }
            ("action", None) => Err(Error::Foreign(DIFF.into())),
            _ => Ok(()),
        }
    }

    /// Calls `with` for every attribute, unescaped.
    fn each(&mut self, start: &BytesStart, mut with: impl FnMut(&mut Self, &str, &str) -> Result<()>) -> Result<()> {
        for attribute in start.attributes().with_checks(false) {
            let attribute =
                attribute.map_err(|fault| Error::Corrupt(format!("in <{}>: {fault}", start.name().as_ref())))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|fault| Error::Corrupt(format!("in <{}>: {fault}", start.name().as_ref())))?;
            with(self, attribute.key.as_ref(), &value)?;
        }
        Ok(())
    }

    fn open(&mut self, kind: Kind, start: &BytesStart) -> Result<()> {
        let (mut id, mut lon, mut lat) = (None, None, None);
        let mut version = 0;
        self.deleted = false;
        self.each(start, |state, name, text| {
            match name {
                "id" => id = text.parse().ok(),
                "lon" => lon = number::scaled(text.as_bytes()),
                "lat" => lat = number::scaled(text.as_bytes()),
                "visible" if text == "false" => return Err(history::found()),
                "version" => version = text.parse().unwrap_or(0),
                "action" => state.deleted |= text == "delete",
                _ => {}
            }
            Ok(())
        })?;
        let name = start.name();
        self.id = id.ok_or_else(|| Error::Corrupt(format!("a <{}> has no whole number as id", name.as_ref())))?;
        self.versions.check(kind, self.id, version)?;
        self.kind = Some(kind);
        self.place = lon.zip(lat).and_then(|(lon, lat)| number::within(lon, lat));
        Ok(())
    }

    fn vertex(&mut self, start: &BytesStart) -> Result<()> {
        let mut id = None;
        let (mut lon, mut lat) = (None, None);
        self.each(start, |_, name, text| {
            match name {
                "ref" => id = text.parse().ok(),
                "lon" => lon = number::scaled(text.as_bytes()),
                "lat" => lat = number::scaled(text.as_bytes()),
                _ => {}
            }
            Ok(())
        })?;
        let id: i64 = id.ok_or_else(|| Error::Corrupt(format!("way {} has a node without an id", self.id)))?;
        self.refs.push(id);
        if let Some(place) = lon.zip(lat).and_then(|(lon, lat)| number::within(lon, lat)) {
            self.builder.node(id, place, &[]);
        }
        Ok(())
    }

    fn member(&mut self, start: &BytesStart) -> Result<()> {
        let (mut kind, mut id, mut role) = (None, None, 0);
        self.each(start, |state, name, text| {
            match name {
                "type" => {
                    kind = match text {
                        "node" => Some(Kind::Node),
                        "way" => Some(Kind::Way),
                        "relation" => Some(Kind::Relation),
                        _ => None,
                    }
                }
                "ref" => id = text.parse::<i64>().ok(),
                "role" => role = state.builder.string(text)?,
                _ => {}
            }
            Ok(())
        })?;
        let (Some(kind), Some(id)) = (kind, id) else {
            return Err(Error::Corrupt(format!("a member of relation {} has no type or no id", self.id)));
        };
        self.members.push(Member { kind, id, role });
        match (kind, place(start)?) {
            (Kind::Node, Some(place)) => self.builder.node(id, place, &[]),
            (Kind::Way, _) => self.in_member = Some(id),
            _ => {}
        }
        Ok(())
    }

    fn bounds(&mut self, start: &BytesStart) -> Result<()> {
        let side = |name| Ok(attribute(start, name)?.and_then(|text| number::scaled(text.as_bytes())));
        let low = side("minlon")?.zip(side("minlat")?).and_then(|(lon, lat)| number::within(lon, lat));
        let high = side("maxlon")?.zip(side("maxlat")?).and_then(|(lon, lat)| number::within(lon, lat));
        if let (Some([west, south]), Some([east, north])) = (low, high) {
            self.builder.bound(Bounds { west, south, east, north });
        }
        Ok(())
    }

    /// An element below the root closes.
    pub fn end(&mut self, name: &str) {
        if name == "member" {
            let geometry = std::mem::take(&mut self.geometry);
            if let (Some(id), false) = (self.in_member.take(), geometry.is_empty()) {
                self.member_ways.push((id, geometry));
            }
            return;
        }
        let kind = match (name, self.kind) {
            ("node", Some(Kind::Node)) | ("way", Some(Kind::Way)) | ("relation", Some(Kind::Relation)) => {
                self.kind.take()
            }
            _ => None,
        };
        match kind {
            Some(_) if self.deleted => self.removed += 1,
            Some(Kind::Node) => match self.place {
                Some(place) => self.builder.node(self.id, place, &self.tags),
                None => self.misplaced += 1,
            },
            Some(Kind::Way) => self.builder.way(self.id, &self.refs, &self.tags),
            Some(Kind::Relation) => self.builder.relation(self.id, &self.members, &self.tags),
            None => return,
        }
        if let (Some(kind), Some(center)) = (kind, self.center.take()) {
            self.builder.center(kind, self.id, center);
        }
        self.tags.clear();
        self.refs.clear();
        self.members.clear();
    }

    /// After the root element has closed: what was read.
    pub fn finish(mut self) -> Osm {
        let mut known: foldhash::HashSet<i64> = self.builder.way_ids().iter().copied().collect();
        let mut points = foldhash::HashMap::default();
        for (id, geometry) in std::mem::take(&mut self.member_ways) {
            if !known.insert(id) {
                continue;
            }
            let refs: Vec<i64> = geometry
                .iter()
                .map(|place| {
                    *points.entry(*place).or_insert_with(|| {
                        self.next_id -= 1;
                        self.builder.node(self.next_id, *place, &[]);
                        self.next_id
                    })
                })
                .collect();
            self.builder.way(id, &refs, &[]);
        }
        let notes = self.builder.header().2;
        if self.misplaced > 0 {
            let message = format!("{} nodes have no place within ±180, ±90 degrees and are left out", self.misplaced);
            notes.say("misplaced", self.misplaced, message);
        }
        if self.removed > 0 {
            notes.say("deleted", self.removed, format!("{} deleted objects are left out", self.removed));
        }
        self.builder.finish()
    }
}

fn place(start: &BytesStart) -> Result<Option<LonLatE7>> {
    let (lon, lat) = (attribute(start, "lon")?, attribute(start, "lat")?);
    Ok(lon.zip(lat).and_then(|(lon, lat)| number::place(lon.as_bytes(), lat.as_bytes())))
}

/// The value of an attribute, unescaped.
pub fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>> {
    for attribute in start.attributes().with_checks(false) {
        let attribute =
            attribute.map_err(|fault| Error::Corrupt(format!("in <{}>: {fault}", start.name().as_ref())))?;
        if attribute.key.as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return value.map(|value| Some(value.into_owned())).map_err(|fault| Error::Corrupt(fault.to_string()));
        }
    }
    Ok(None)
}

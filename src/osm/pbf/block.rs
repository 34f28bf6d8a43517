//! A primitive block: string table, granularity, groups of nodes, ways, relations.

use super::super::builder::Part;
use super::super::history::{self, Versions};
use super::super::{Kind, LonLatE7, Member, StringId, number};
use crate::error::{Error, Result};
use crate::wire::protobuf::{List, Value, fields, signed};

/// Reads one block. Its texts keep the numbers of its own table.
pub fn read(data: &[u8]) -> Result<Part> {
    let mut block = Block { scale: Scale { granularity: 100, lat_offset: 0, lon_offset: 0 }, ..Block::default() };
    fields(data, |field, value| {
        match (field, value) {
            (1, Value::Bytes(table)) => fields(table, |field, value| {
                if let (1, Some(bytes)) = (field, value.bytes()) {
                    block.part.strings.push(&String::from_utf8_lossy(bytes));
                }
                Ok(())
            })?,
            (17, Value::Varint(number)) => block.scale.granularity = number as i64,
            (19, Value::Varint(number)) => block.scale.lat_offset = number as i64,
            (20, Value::Varint(number)) => block.scale.lon_offset = number as i64,
            _ => {}
        }
        Ok(())
    })?;
    fields(data, |field, value| match (field, value) {
        (2, Value::Bytes(group)) => fields(group, |field, value| match (field, value) {
            (1, Value::Bytes(node)) => block.node(node),
            (2, Value::Bytes(dense)) => block.dense(dense),
            (3, Value::Bytes(way)) => block.way(way),
            (4, Value::Bytes(relation)) => block.relation(relation),
            _ => Ok(()),
        }),
        _ => Ok(()),
    })?;
    Ok(block.part)
}

/// What was read of a block, and buffers that are used again for every element.
#[derive(Default)]
struct Block {
    part: Part,
    scale: Scale,
    versions: Versions,
    tags: Vec<(StringId, StringId)>,
    refs: Vec<i64>,
    members: Vec<Member>,
}

/// How a block codes places, in units of 1e-9 degrees.
#[derive(Clone, Copy, Default)]
struct Scale {
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl Scale {
    fn place(self, lon: i64, lat: i64) -> Option<LonLatE7> {
        if self.granularity == 100 && self.lat_offset == 0 && self.lon_offset == 0 {
            return number::within(lon, lat);
        }
        let scaled = |value: i64, offset: i64| {
            let nano = value.checked_mul(self.granularity)?.checked_add(offset)?;
            Some(nano.checked_add(50 * nano.signum())? / 100)
        };
        number::within(scaled(lon, self.lon_offset)?, scaled(lat, self.lat_offset)?)
    }
}

impl Block {
    fn string(&self, index: u64) -> Result<StringId> {
        if index < self.part.strings.len() as u64 {
            return Ok(index as StringId);
        }
        Err(Error::Corrupt(format!("not valid PBF: string {index} is not in the table")))
    }

    fn set_tags(&mut self, keys: List, values: List) -> Result<()> {
        self.tags.clear();
        for (key, value) in keys.zip(values) {
            let pair = (self.string(key)?, self.string(value)?);
            self.tags.push(pair);
        }
        Ok(())
    }

    fn add_node(&mut self, id: i64, lon: i64, lat: i64) {
        match self.scale.place(lon, lat) {
            Some(place) => self.part.nodes.push(id, place, &self.tags),
            None => self.part.misplaced += 1,
        }
    }

    fn node(&mut self, data: &[u8]) -> Result<()> {
        let mut head = Head::default();
        let (mut lat, mut lon) = (0, 0);
        fields(data, |field, value| {
            match (field, value) {
                (1, Value::Varint(number)) => head.id = signed(number),
                (8, Value::Varint(number)) => lat = signed(number),
                (9, Value::Varint(number)) => lon = signed(number),
                _ => head.take(field, value)?,
            }
            Ok(())
        })?;
        self.versions.check(Kind::Node, head.id, head.version)?;
        self.set_tags(head.keys, head.values)?;
        self.add_node(head.id, lon, lat);
        Ok(())
    }

    /// Dense nodes: ids and places as differences, tags as one list `key value … 0` a node.
    fn dense(&mut self, data: &[u8]) -> Result<()> {
        let (mut ids, mut lats, mut lons, mut tags, mut info) = <(List, List, List, List, &[u8])>::default();
        fields(data, |field, value| {
            match field {
                1 => ids = value.list(),
                5 => info = value.bytes().unwrap_or(&[]),
                8 => lats = value.list(),
                9 => lons = value.list(),
                10 => tags = value.list(),
                _ => {}
            }
            Ok(())
        })?;
        let (mut versions, mut visible) = <(List, List)>::default();
        fields(info, |field, value| {
            match field {
                1 => versions = value.list(),
                6 => visible = value.list(),
                _ => {}
            }
            Ok(())
        })?;
        if visible.into_iter().any(|visible| visible == 0) || (repeats(ids) && repeats_differ(ids, versions)) {
            return Err(history::found());
        }
        let (mut id, mut lat, mut lon) = (0_i64, 0_i64, 0_i64);
        for step in ids {
            let (Some(lat_step), Some(lon_step)) = (lats.next(), lons.next()) else {
                return Err(Error::Corrupt("not valid PBF: dense nodes with fewer places than ids".into()));
            };
            id = id.wrapping_add(signed(step));
            lat = lat.wrapping_add(signed(lat_step));
            lon = lon.wrapping_add(signed(lon_step));
            self.tags.clear();
            while let Some(key) = tags.next().filter(|key| *key != 0) {
                let value = tags.next().unwrap_or(0);
                let pair = (self.string(key)?, self.string(value)?);
                self.tags.push(pair);
            }
            self.add_node(id, lon, lat);
        }
        Ok(())
    }

    fn way(&mut self, data: &[u8]) -> Result<()> {
        let mut head = Head::default();
        self.refs.clear();
        let refs = &mut self.refs;
        fields(data, |field, value| {
            match (field, value) {
                (1, Value::Varint(number)) => head.id = number as i64,
                (8, value) => refs.extend(value.list().scan(0_i64, |id, step| {
                    *id = id.wrapping_add(signed(step));
                    Some(*id)
                })),
                _ => head.take(field, value)?,
            }
            Ok(())
        })?;
        self.versions.check(Kind::Way, head.id, head.version)?;
        self.set_tags(head.keys, head.values)?;
        self.part.way_ids.push(head.id);
        self.part.way_refs.push(&self.refs);
        self.part.way_tags.push(&self.tags);
        Ok(())
    }

    fn relation(&mut self, data: &[u8]) -> Result<()> {
        let mut head = Head::default();
        let (mut roles, mut ids, mut kinds) = <(List, List, List)>::default();
        fields(data, |field, value| {
            match (field, value) {
                (1, Value::Varint(number)) => head.id = number as i64,
                (8, value) => roles = value.list(),
                (9, value) => ids = value.list(),
                (10, value) => kinds = value.list(),
                _ => head.take(field, value)?,
            }
            Ok(())
        })?;
        self.members.clear();
        let mut id = 0_i64;
        for ((step, kind), role) in ids.zip(kinds).zip(roles) {
            id = id.wrapping_add(signed(step));
            let kind = match kind {
                0 => Kind::Node,
                1 => Kind::Way,
                2 => Kind::Relation,
                other => return Err(Error::Corrupt(format!("not valid PBF: member of unknown kind {other}"))),
            };
            let role = self.string(role)?;
            self.members.push(Member { kind, id, role });
        }
        self.versions.check(Kind::Relation, head.id, head.version)?;
        self.set_tags(head.keys, head.values)?;
        self.part.relations.push(head.id, &self.members, &self.tags);
        Ok(())
    }
}

/// True where an id follows itself.
fn repeats(ids: List) -> bool {
    ids.skip(1).any(|step| step == 0)
}

/// True where an id follows itself with another version.
fn repeats_differ(ids: List, versions: List) -> bool {
    let mut before = None;
    ids.zip(versions).any(|(step, version)| before.replace(version) != Some(version) && step == 0)
}

/// What nodes, ways and relations have in common.
#[derive(Default)]
struct Head<'a> {
    id: i64,
    version: i64,
    keys: List<'a>,
    values: List<'a>,
}

impl<'a> Head<'a> {
    fn take(&mut self, field: u64, value: Value<'a>) -> Result<()> {
        match (field, value) {
            (2, value) => self.keys = value.list(),
            (3, value) => self.values = value.list(),
            (4, Value::Bytes(info)) => fields(info, |field, value| match (field, value.number()) {
                (1, Some(version)) => {
                    self.version = version as i64;
                    Ok(())
                }
                (6, Some(0)) => Err(history::found()),
                _ => Ok(()),
            })?,
            _ => {}
        }
        Ok(())
    }
}

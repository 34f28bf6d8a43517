//! A primitive block: string table, granularity, groups of nodes, ways, relations.

use super::super::store::{Builder, Member};
use super::super::{Kind, StringId, number};
use super::wire::{List, Value, fields, signed};
use crate::error::{Error, Result};

/// Buffers that are used again for every block, and counts over all of them.
#[derive(Default)]
pub struct Block {
    strings: Vec<StringId>,
    tags: Vec<(StringId, StringId)>,
    refs: Vec<i64>,
    members: Vec<Member>,
    misplaced: u64,
    deleted: u64,
}

/// How a block codes places, in units of 1e-9 degrees.
#[derive(Clone, Copy)]
struct Scale {
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl Scale {
    fn place(self, lon: i64, lat: i64) -> Option<super::super::Degrees> {
        let scaled = |value: i64, offset: i64| {
            let nano = value.checked_mul(self.granularity)?.checked_add(offset)?;
            Some(nano.checked_add(50 * nano.signum())? / 100)
        };
        number::within(scaled(lon, self.lon_offset)?, scaled(lat, self.lat_offset)?)
    }
}

impl Block {
    /// Reads one block into `builder`.
    pub fn read(&mut self, data: &[u8], builder: &mut Builder) -> Result<()> {
        let mut scale = Scale { granularity: 100, lat_offset: 0, lon_offset: 0 };
        self.strings.clear();
        fields(data, |field, value| {
            match (field, value) {
                (1, Value::Bytes(table)) => fields(table, |field, value| {
                    if let (1, Some(bytes)) = (field, value.bytes()) {
                        self.strings.push(builder.string(&String::from_utf8_lossy(bytes))?);
                    }
                    Ok(())
                })?,
                (17, Value::Varint(number)) => scale.granularity = number as i64,
                (19, Value::Varint(number)) => scale.lat_offset = number as i64,
                (20, Value::Varint(number)) => scale.lon_offset = number as i64,
                _ => {}
            }
            Ok(())
        })?;
        fields(data, |field, value| match (field, value) {
            (2, Value::Bytes(group)) => fields(group, |field, value| match (field, value) {
                (1, Value::Bytes(node)) => self.node(node, scale, builder),
                (2, Value::Bytes(dense)) => self.dense(dense, scale, builder),
                (3, Value::Bytes(way)) => self.way(way, builder),
                (4, Value::Bytes(relation)) => self.relation(relation, builder),
                _ => Ok(()),
            }),
            _ => Ok(()),
        })
    }

    /// Says what was left out.
    pub fn finish(&self, builder: &mut Builder) {
        let notes = builder.header().2;
        if self.misplaced > 0 {
            let message = format!("{} nodes lie outside ±180, ±90 degrees and are left out", self.misplaced);
            notes.say("misplaced", self.misplaced, message);
        }
        if self.deleted > 0 {
            notes.say("deleted", self.deleted, format!("{} deleted objects are left out", self.deleted));
        }
    }

    fn string(&self, index: u64) -> Result<StringId> {
        let found = usize::try_from(index).ok().and_then(|index| self.strings.get(index)).copied();
        found.ok_or_else(|| Error::Corrupt(format!("not valid PBF: string {index} is not in the table")))
    }

    fn set_tags(&mut self, keys: List, values: List) -> Result<()> {
        self.tags.clear();
        for (key, value) in keys.zip(values) {
            let pair = (self.string(key)?, self.string(value)?);
            self.tags.push(pair);
        }
        Ok(())
    }

    fn add_node(&mut self, id: i64, lon: i64, lat: i64, scale: Scale, builder: &mut Builder) {
        match scale.place(lon, lat) {
            Some(place) => builder.node(id, place, &self.tags),
            None => self.misplaced += 1,
        }
    }

    fn node(&mut self, data: &[u8], scale: Scale, builder: &mut Builder) -> Result<()> {
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
        if head.deleted {
            self.deleted += 1;
            return Ok(());
        }
        self.set_tags(head.keys, head.values)?;
        self.add_node(head.id, lon, lat, scale, builder);
        Ok(())
    }

    /// Dense nodes: ids and places as differences, tags as one list `key value … 0` a node.
    fn dense(&mut self, data: &[u8], scale: Scale, builder: &mut Builder) -> Result<()> {
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
        let mut visible = List::default();
        fields(info, |field, value| {
            if field == 6 {
                visible = value.list();
            }
            Ok(())
        })?;
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
            if visible.next() == Some(0) {
                self.deleted += 1;
                continue;
            }
            self.add_node(id, lon, lat, scale, builder);
        }
        Ok(())
    }

    fn way(&mut self, data: &[u8], builder: &mut Builder) -> Result<()> {
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
        if head.deleted {
            self.deleted += 1;
            return Ok(());
        }
        self.set_tags(head.keys, head.values)?;
        builder.way(head.id, &self.refs, &self.tags);
        Ok(())
    }

    fn relation(&mut self, data: &[u8], builder: &mut Builder) -> Result<()> {
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
        if head.deleted {
            self.deleted += 1;
            return Ok(());
        }
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
        self.set_tags(head.keys, head.values)?;
        builder.relation(head.id, &self.members, &self.tags);
        Ok(())
    }
}

/// What nodes, ways and relations have in common.
#[derive(Default)]
struct Head<'a> {
    id: i64,
    keys: List<'a>,
    values: List<'a>,
    deleted: bool,
}

impl<'a> Head<'a> {
    fn take(&mut self, field: u64, value: Value<'a>) -> Result<()> {
        match (field, value) {
            (2, value) => self.keys = value.list(),
            (3, value) => self.values = value.list(),
            (4, Value::Bytes(info)) => fields(info, |field, value| {
                self.deleted |= field == 6 && value.number() == Some(0);
                Ok(())
            })?,
            _ => {}
        }
        Ok(())
    }
}

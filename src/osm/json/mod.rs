//! Overpass JSON in every `out` form: body, skel, geom, center, bb, meta, tags, ids.

mod element;
mod scan;

use super::store::{Builder, Osm};
use super::{Kind, overpass};
use crate::error::{Error, Result};
use crate::watch::{Stage, Watch};
use element::Row;
use foldhash::{HashMap, HashSet};
use scan::Scan;

/// Reads an Overpass answer.
///
/// # Errors
/// [`Error::Foreign`] for other JSON, [`Error::CutOff`], [`Error::Corrupt`], [`Error::Overpass`] for a remark that is an
/// error, [`Error::Empty`] for an answer that only counts, [`Error::Cancelled`].
pub fn read(bytes: &[u8], watch: &mut Watch) -> Result<Osm> {
    let mut reading = Reading::default();
    let mut scan = Scan::new(bytes);
    let mut remark = None;
    let mut found = false;
    let mut kind = String::new();
    scan.object(|scan, key| match key {
        "elements" if scan.peek()? == b'[' => {
            found = true;
            scan.array(|scan| {
                reading.count += 1;
                if reading.count.is_multiple_of(1000) {
                    watch.at(Stage::Read, scan.at() as u64, bytes.len() as u64)?;
                }
                reading.element(scan)
            })
        }
        "osm3s" if scan.peek()? == b'{' => scan.object(|scan, key| match key {
            "timestamp_osm_base" => {
                let text = scan.string()?;
                *reading.builder.header().1 = text.into_owned();
                Ok(())
            }
            _ => scan.skip(),
        }),
        "remark" if scan.peek()? == b'"' => {
            remark = Some(scan.string()?.into_owned());
            Ok(())
        }
        "type" if scan.peek()? == b'"' => {
            kind = scan.string()?.into_owned();
            Ok(())
        }
        _ => scan.skip(),
    })?;
    if !scan.ended() {
        return Err(scan.corrupt("more follows after the end"));
    }
    if let Some(remark) = remark {
        match overpass::remark(&remark) {
            Some(fault) => return Err(fault),
            None => reading.builder.header().2.say("remark", 1, remark),
        }
    }
    if !found {
        let what =
            if kind.is_empty() { "JSON without \"elements\"".to_owned() } else { format!("JSON of type {kind}") };
        return Err(Error::Foreign(format!("this is {what}, not an Overpass answer")));
    }
    reading.finish()
}

/// What is known while elements come in.
struct Reading {
    builder: Builder,
    row: Row,
    count: u64,
    skipped: u64,
    misplaced: u64,
    counted: bool,
    /// Geometry of member ways, which may not be delivered as ways themselves.
    members: Vec<(i64, Vec<Option<super::Degrees>>)>,
    /// Ids made up for points without one, by place.
    points: HashMap<super::Degrees, i64>,
    next_id: i64,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            builder: Builder::new(),
            row: Row::default(),
            count: 0,
            skipped: 0,
            misplaced: 0,
            counted: false,
            members: Vec::new(),
            points: HashMap::default(),
            next_id: -1,
        }
    }
}

impl Reading {
    fn element(&mut self, scan: &mut Scan) -> Result<()> {
        let mut row = std::mem::take(&mut self.row);
        row.read(scan, &mut self.builder)?;
        self.misplaced += row.misplaced;
        match row.kind {
            _ if row.counts => self.counted = true,
            Some(Kind::Node) => match row.place() {
                Some(place) => self.builder.node(row.id, place, &row.tags),
                None => self.misplaced += 1,
            },
            Some(Kind::Way) => self.way(&row),
            Some(Kind::Relation) => self.relation(&mut row),
            None => self.skipped += 1,
        }
        self.row = row;
        Ok(())
    }

    fn way(&mut self, row: &Row) {
        let refs = self.refs(&row.nodes, &row.geometry);
        self.builder.way(row.id, &refs, &row.tags);
        if let Some(center) = row.center() {
            self.builder.center(Kind::Way, row.id, center);
        }
    }

    fn relation(&mut self, row: &mut Row) {
        self.builder.relation(row.id, &row.members, &row.tags);
        for (id, place) in row.member_nodes.drain(..) {
            self.builder.node(id, place, &[]);
        }
        if let (Some(center), true) = (row.center(), row.member_ways.is_empty()) {
            self.builder.center(Kind::Relation, row.id, center);
        }
        self.members.append(&mut row.member_ways);
    }

    /// Ids of a way's nodes. Where only geometry came, ids are made up, the same for the same place; a point that was
    /// clipped away (`null`) gets an id that nobody delivers.
    fn refs(&mut self, nodes: &[i64], geometry: &[Option<super::Degrees>]) -> Vec<i64> {
        if geometry.len() == nodes.len() {
            for (id, place) in nodes.iter().zip(geometry) {
                if let Some(place) = place {
                    self.builder.node(*id, *place, &[]);
                }
            }
        }
        if !nodes.is_empty() {
            return nodes.to_vec();
        }
        let mut refs = Vec::with_capacity(geometry.len());
        for place in geometry {
            let known = place.and_then(|place| self.points.get(&place).copied());
            refs.push(known.unwrap_or(self.next_id));
            if known.is_some() {
                continue;
            }
            if let Some(place) = *place {
                self.points.insert(place, self.next_id);
                self.builder.node(self.next_id, place, &[]);
            }
            self.next_id -= 1;
        }
        refs
    }

    fn finish(mut self) -> Result<Osm> {
        let mut known: HashSet<i64> = self.builder.way_ids().iter().copied().collect();
        for (id, geometry) in std::mem::take(&mut self.members) {
            if known.insert(id) {
                let refs = self.refs(&[], &geometry);
                self.builder.way(id, &refs, &[]);
            }
        }
        if self.counted && self.builder.is_empty() {
            let message = "the answer only counts objects (out count); ask for the objects themselves, e.g. out body";
            return Err(Error::Empty(message.into()));
        }
        let notes = self.builder.header().2;
        if self.skipped > 0 {
            notes.say(
                "unknown_types",
                self.skipped,
                format!("{} elements of unknown type were passed over", self.skipped),
            );
        }
        if self.misplaced > 0 {
            let message =
                format!("{} places were missing or outside ±180, ±90 degrees and are left out", self.misplaced);
            notes.say("misplaced", self.misplaced, message);
        }
        Ok(self.builder.finish())
    }
}

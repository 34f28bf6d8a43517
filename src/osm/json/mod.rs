//! Overpass JSON in every `out` form: body, skel, geom, center, bb, meta, tags, ids.

mod element;
mod layout;
mod scan;

use super::feed::{Feed, Piece};
use super::history::{self, Versions};
use super::{Builder, Kind, Osm, overpass};
use crate::error::{Error, Result};
use crate::watch::Watch;
use element::Row;
use foldhash::{HashMap, HashSet};
use layout::Layout;
use scan::Scan;

/// Elements between two looks at progress and memory.
const OFTEN: u64 = 1000;

/// Reads an Overpass answer.
#[derive(Default)]
pub struct Json {
    reading: Reading,
    place: Place,
    found: bool,
    remark: Option<String>,
    kind: String,
}

/// Where in the answer the next thing stands.
#[derive(Default, Clone, Copy, PartialEq)]
enum Place {
    /// Before the opening brace.
    #[default]
    Start,
    /// Before a key of the answer; the first has no comma before it.
    Key { first: bool },
    /// Before an element; the first has no comma before it.
    Element { first: bool },
    /// Behind the closing brace.
    End,
}

impl Feed for Json {
    /// # Errors
    /// [`Error::CutOff`], [`Error::Corrupt`], [`Error::Foreign`] for history, [`Error::Cancelled`].
    fn feed(&mut self, piece: &Piece, watch: &mut Watch) -> Result<usize> {
        let mut scan = Scan::new(piece.bytes, piece.offset);
        let mut done = 0;
        let mut count = 0_u64;
        piece.at(watch, 0)?;
        loop {
            count += 1;
            if count.is_multiple_of(OFTEN) {
                piece.at(watch, done)?;
                self.reading.builder.room()?;
            }
            match self.step(&mut scan) {
                Ok(()) if self.place == Place::End => {
                    return if scan.ended() {
                        Ok(piece.bytes.len())
                    } else {
                        Err(scan.corrupt("more follows after the end"))
                    };
                }
                Ok(()) => done = scan.at(),
                Err(Error::CutOff(_)) if !piece.last => return Ok(done),
                Err(fault) => return Err(fault),
            }
        }
    }

    /// # Errors
    /// [`Error::Foreign`] for other JSON, [`Error::Overpass`] for a remark that is an error, [`Error::Empty`] for an answer
    /// that only counts.
    fn finish(mut self: Box<Self>) -> Result<Osm> {
        if let Some(remark) = self.remark.take() {
            match overpass::remark(&remark) {
                Some(fault) => return Err(fault),
                None => self.reading.builder.header().2.say("remark", 1, remark),
            }
        }
        if !self.found {
            let what = match self.kind.as_str() {
                "" => "JSON without \"elements\"".to_owned(),
                kind => format!("JSON of type {kind}"),
            };
            return Err(Error::Foreign(format!("this is {what}, not an Overpass answer")));
        }
        self.reading.finish()
    }
}

impl Json {
    /// Reads one thing: a key with its value, or an element.
    fn step(&mut self, scan: &mut Scan) -> Result<()> {
        self.place = match self.place {
            Place::Start => {
                scan.take(b'{')?;
                Place::Key { first: true }
            }
            Place::Key { .. } if scan.next_is(b'}')? => Place::End,
            Place::Key { first } => {
                if !first {
                    scan.take(b',')?;
                }
                self.entry(scan)?
            }
            Place::Element { .. } if scan.next_is(b']')? => Place::Key { first: false },
            Place::Element { first } => {
                if !first {
                    scan.take(b',')?;
                }
                self.reading.element(scan)?;
                Place::Element { first: false }
            }
            Place::End => Place::End,
        };
        Ok(())
    }

    /// A key of the answer with its value, but not the elements themselves.
    fn entry(&mut self, scan: &mut Scan) -> Result<Place> {
        let key = scan.string()?;
        scan.take(b':')?;
        match (&*key, scan.peek()?) {
            ("elements", b'[') => {
                scan.take(b'[')?;
                self.found = true;
                return Ok(Place::Element { first: true });
            }
            ("osm3s", b'{') => scan.object(|scan, key| match key {
                b"timestamp_osm_base" => {
                    let text = scan.string()?;
                    *self.reading.builder.header().1 = text.into_owned();
                    Ok(())
                }
                _ => scan.skip(),
            })?,
            // The API of openstreetmap.org names the box; what joins answers may keep several.
            ("bounds", b'{') => self.bound(scan)?,
            ("bounds", b'[') => scan.array(|scan| if scan.peek()? == b'{' { self.bound(scan) } else { scan.skip() })?,
            ("remark", b'"') => self.remark = Some(scan.string()?.into_owned()),
            ("type", b'"') => self.kind = scan.string()?.into_owned(),
            _ => scan.skip()?,
        }
        Ok(Place::Key { first: false })
    }

    fn bound(&mut self, scan: &mut Scan) -> Result<()> {
        if let Some(bounds) = element::bounds(scan)? {
            self.reading.builder.bound(bounds);
        }
        Ok(())
    }
}

/// What is known while elements come in.
struct Reading {
    builder: Builder,
    row: Row,
    layout: Layout,
    versions: Versions,
    skipped: u64,
    misplaced: u64,
    counted: bool,
    /// Geometry of member ways, which may not be delivered as ways themselves.
    members: Vec<(i64, Vec<Option<super::LonLatE7>>)>,
    /// Ids made up for points without one, by place.
    points: HashMap<super::LonLatE7, i64>,
    next_id: i64,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            builder: Builder::new(),
            row: Row::default(),
            layout: Layout::default(),
            versions: Versions::default(),
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
        scan.peek()?;
        if let Some((id, place, length)) = self.layout.node(scan.rest()) {
            scan.pass(length);
            self.builder.node(id, place, &[]);
            return Ok(());
        }
        let text = scan.rest();
        let mut row = std::mem::take(&mut self.row);
        row.read(scan, &mut self.builder)?;
        if !self.layout.settled() && row.kind == Some(Kind::Node) && row.tags.is_empty() {
            self.layout.learn(text.get(..text.len() - scan.rest().len()).unwrap_or(&[]));
        }
        self.misplaced += row.misplaced;
        if row.deleted {
            return Err(history::found());
        }
        if let Some(kind) = row.kind {
            self.versions.check(kind, row.id, row.version)?;
        }
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
    fn refs(&mut self, nodes: &[i64], geometry: &[Option<super::LonLatE7>]) -> Vec<i64> {
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

//! A local extract: opened once, with an index by place.

use super::index::{self, Blocks, Cell, EMPTY, grow, join};
use super::need::Need;
use crate::error::{Error, Result};
use crate::osm::{self, Element, Kind, Osm, StringId};
use crate::request::Bbox;
use crate::watch::Watch;
use std::fs::File;
use std::path::Path;

/// Nodes and ways of one box of the index.
const NODES: u32 = 64;
const WAYS: u32 = 16;

/// An extract with its index.
#[derive(Debug)]
pub struct Extract {
    /// Its name for people: the file's, without folders and endings.
    pub name: String,
    pub(super) osm: Osm,
    pub(super) nodes: Blocks,
    pub(super) ways: Blocks,
    /// The box of the nodes and ways of every relation.
    pub(super) relations: Vec<Cell>,
    /// The tag of multipolygons, where there are any.
    multipolygon: Option<(StringId, StringId)>,
    /// What it covers; two boxes across the antimeridian.
    covered: Vec<Cell>,
}

impl Extract {
    /// Opens a file.
    ///
    /// # Errors
    /// [`Error::Io`], and those of [`osm::read`], both with the file's name.
    pub fn open(path: &Path) -> Result<Self> {
        let named = |fault: &dyn std::fmt::Display| format!("{}: {fault}", path.display());
        let mut file = File::open(path).map_err(|fault| Error::Io(named(&fault)))?;
        let total = file.metadata().map_or(0, |about| about.len());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.split('.').next().unwrap_or("extract").to_owned();
        let read = osm::read_from(&mut file, total, &mut Watch::silent()).and_then(|osm| Self::index(&name, osm));
        read.map_err(|fault| match fault {
            Error::Io(text) => Error::Io(named(&text)),
            Error::Foreign(text) => Error::Foreign(named(&text)),
            Error::Corrupt(text) => Error::Corrupt(named(&text)),
            Error::CutOff(text) => Error::CutOff(named(&text)),
            other => other,
        })
    }

    /// Reads and indexes.
    ///
    /// # Errors
    /// Those of [`osm::read`], and [`Error::Empty`] for an extract without any place.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        Self::index(name, osm::read(bytes, &mut Watch::silent())?)
    }

    fn index(name: &str, osm: Osm) -> Result<Self> {
        let nodes = Blocks::new(NODES, osm.nodes.id.len(), |row| at(&osm, row));
        let ways = Blocks::new(WAYS, osm.ways.id.len(), |row| way(&osm, row));
        let relations: Vec<Cell> = (0..osm.relations.id.len() as u32).map(|row| relation(&osm, row)).collect();
        let multipolygon = osm.strings.find("type").zip(osm.strings.find("multipolygon"));
        let mut covered = match osm.bounds {
            Some(b) if b.west > b.east => {
                vec![[b.west, b.south, 1_800_000_000, b.north], [-1_800_000_000, b.south, b.east, b.north]]
            }
            Some(b) => vec![[b.west, b.south, b.east, b.north]],
            None => vec![nodes.all()],
        };
        for (_, place) in &osm.centers {
            if let Some(cell) = covered.first_mut().filter(|_| osm.bounds.is_none()) {
                grow(cell, *place);
            }
        }
        if covered.iter().all(|cell| cell[0] > cell[2]) {
            return Err(Error::Empty(format!("{name} holds no place at all")));
        }
        Ok(Self { name: name.to_owned(), osm, nodes, ways, relations, multipolygon, covered })
    }

    /// Whether all that is needed lies in it.
    pub fn covers(&self, need: &Need) -> bool {
        need.windows.iter().all(|window| self.covered.iter().any(|cell| index::holds(cell, window)))
    }

    /// Whether a part of what is needed lies in it.
    pub fn touches(&self, need: &Need) -> bool {
        need.windows.iter().any(|window| self.covered.iter().any(|cell| index::overlap(cell, window)))
    }

    /// What it covers, for people.
    pub fn extent(&self) -> String {
        let boxes = self.covered.iter().map(|cell| {
            let sides: Vec<_> = cell.iter().map(|&side| format!("{:.4}", f64::from(side) / 1e7)).collect();
            sides.join(",")
        });
        boxes.collect::<Vec<_>>().join(" and ")
    }

    /// Refuses a relation that is needed and not here.
    ///
    /// # Errors
    /// [`Error::Request`] naming it.
    pub fn knows(&self, need: &Need) -> Result<()> {
        match need.relation {
            Some(id) if self.osm.find(Kind::Relation, id).is_none() => {
                let message = format!("{} holds no relation {id}; it must be in the data of the area", self.name);
                Err(Error::request("area.relation", message))
            }
            _ => Ok(()),
        }
    }

    /// The box of a relation, if it has one here.
    pub fn box_of(&self, id: i64) -> Option<Bbox> {
        let element = self.osm.find(Kind::Relation, id)?;
        let [west, south, east, north] = self.relations.get(element.index as usize)?.map(|side| f64::from(side) / 1e7);
        Bbox::new(west, south, east, north).ok()
    }

    /// Whether a relation is a multipolygon.
    pub(super) fn is_area(&self, index: u32) -> bool {
        let tags = self.osm.tags(Element { kind: Kind::Relation, index });
        self.multipolygon.is_some_and(|tag| tags.contains(&tag))
    }
}

/// The box of a node.
fn at(osm: &Osm, row: u32) -> Cell {
    osm.place(row).map_or(EMPTY, |[x, y]| [x, y, x, y])
}

/// The box of a way.
pub(super) fn way(osm: &Osm, row: u32) -> Cell {
    osm.refs(row).iter().fold(EMPTY, |all, &node| join(all, at(osm, node)))
}

/// The box of a relation's nodes and ways.
fn relation(osm: &Osm, row: u32) -> Cell {
    osm.members(row).iter().fold(EMPTY, |all, member| match (member.kind, osm.find(member.kind, member.id)) {
        (Kind::Node, Some(found)) => join(all, at(osm, found.index)),
        (Kind::Way, Some(found)) => join(all, way(osm, found.index)),
        _ => all,
    })
}

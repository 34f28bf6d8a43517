//! A small [`Osm`] out of a large one: what touches the windows, ways whole, multipolygons with all their rings.

use super::copy::Copier;
use super::extract::{Extract, way};
use super::index::{Cell, EMPTY, grow, holds, inside, overlap};
use super::need::Need;
use crate::error::{Error, Result};
use crate::osm::{Builder, Element, Kind, LonLatE7, Osm};
use crate::watch::{Stage, Watch};

/// Half the way round, in units of 1e-7 degrees: a longer segment is one across the antimeridian.
const HALF_TURN: i64 = 1_800_000_000;

/// Rows of what is taken, each ascending.
#[derive(Default)]
struct Taken {
    nodes: Vec<u32>,
    ways: Vec<u32>,
    relations: Vec<u32>,
}

impl Extract {
    /// For drawing and data: everything that touches, ways whole with their nodes, multipolygons with all their rings,
    /// closed ways and multipolygons that surround the windows, other relations as lists.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn cut(&self, need: &Need, watch: &mut Watch) -> Result<Osm> {
        let osm = &self.osm;
        let mut taken = Taken { nodes: self.nodes_in(&need.windows, usize::MAX, watch)?, ..Taken::default() };
        for (done, row) in self.ways.near(&need.windows).enumerate() {
            if done % 1000 == 0 {
                watch.at(Stage::Read, 0, 0)?;
            }
            if touches(osm, row, &need.windows) {
                taken.ways.push(row);
            }
        }
        let whole = need.relation.and_then(|id| osm.find(Kind::Relation, id)).map(|found| found.index);
        let mut rings = Vec::new();
        for (row, cell) in self.relations.iter().enumerate() {
            if row % 1000 == 0 {
                watch.at(Stage::Read, 0, 0)?;
            }
            let row = row as u32;
            let asked = whole == Some(row);
            if !asked && !need.windows.iter().any(|window| overlap(cell, window)) {
                continue;
            }
            let area = self.is_area(row);
            let around = || area && need.windows.iter().any(|window| holds(cell, window));
            if asked || self.has_member(row, &taken, |node| need.windows.iter().any(|w| inside(w, node))) || around() {
                taken.relations.push(row);
                if asked || area {
                    let ways = osm.members(row).iter().filter(|member| member.kind == Kind::Way);
                    rings.extend(ways.filter_map(|member| osm.find(Kind::Way, member.id)).map(|found| found.index));
                }
            }
        }
        taken.ways.extend(rings);
        let mut small = self.build(taken, watch)?;
        small.bounds = need.bounds();
        Ok(small)
    }

    /// As the API of OpenStreetMap answers: nodes in the box, ways that use one of them with all their nodes, relations
    /// that use any of these, and the relations above those.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past `limit` nodes in the box; [`Error::Cancelled`].
    pub fn map(&self, need: &Need, limit: usize, watch: &mut Watch) -> Result<Osm> {
        let osm = &self.osm;
        let mut taken = Taken { nodes: self.nodes_in(&need.windows, limit, watch)?, ..Taken::default() };
        let within = |&node: &u32| taken.nodes.binary_search(&node).is_ok();
        taken.ways = self.ways.near(&need.windows).filter(|&row| osm.refs(row).iter().any(within)).collect();
        let refs = taken.ways.iter().flat_map(|&row| osm.refs(row)).copied();
        taken.nodes = sorted(taken.nodes.iter().copied().chain(refs).collect());
        let mut reach = EMPTY;
        taken.nodes.iter().filter_map(|&row| osm.place(row)).for_each(|place| grow(&mut reach, place));
        for (row, cell) in self.relations.iter().enumerate() {
            if row % 1000 == 0 {
                watch.at(Stage::Read, 0, 0)?;
            }
            if overlap(cell, &reach) && self.has_member(row as u32, &taken, |_| true) {
                taken.relations.push(row as u32);
            }
        }
        let above = |row: &u32| {
            let mut parts = osm.members(*row).iter().filter(|member| member.kind == Kind::Relation);
            parts.any(|part| {
                let found = osm.find(Kind::Relation, part.id);
                found.is_some_and(|found| taken.relations.binary_search(&found.index).is_ok())
            })
        };
        let parents: Vec<u32> = (0..self.relations.len() as u32).filter(above).collect();
        taken.relations.extend(parents);
        let mut small = self.build(taken, watch)?;
        small.bounds = need.bounds();
        Ok(small)
    }

    fn nodes_in(&self, windows: &[Cell], limit: usize, watch: &mut Watch) -> Result<Vec<u32>> {
        let mut rows = Vec::new();
        for (done, row) in self.nodes.near(windows).enumerate() {
            if done % 10_000 == 0 {
                watch.at(Stage::Read, 0, 0)?;
            }
            if self.osm.place(row).is_some_and(|place| windows.iter().any(|window| inside(window, place))) {
                rows.push(row);
                if rows.len() > limit {
                    return Err(Error::TooLarge(format!("the box holds more than {limit} nodes")));
                }
            }
        }
        Ok(rows)
    }

    /// Whether a relation lists a way that is taken, or a node that is taken and that `counts`.
    fn has_member(&self, row: u32, taken: &Taken, counts: impl Fn(LonLatE7) -> bool) -> bool {
        let osm = &self.osm;
        osm.members(row).iter().any(|member| match (member.kind, osm.find(member.kind, member.id)) {
            (Kind::Node, Some(found)) => {
                osm.place(found.index).is_some_and(&counts) && taken.nodes.binary_search(&found.index).is_ok()
            }
            (Kind::Way, Some(found)) => taken.ways.binary_search(&found.index).is_ok(),
            _ => false,
        })
    }

    /// Copies what is taken, and the nodes of its ways.
    fn build(&self, taken: Taken, watch: &mut Watch) -> Result<Osm> {
        let osm = &self.osm;
        let ways = sorted(taken.ways);
        let mut nodes = taken.nodes;
        nodes.extend(ways.iter().flat_map(|&row| osm.refs(row)));
        let rows = [(Kind::Node, sorted(nodes)), (Kind::Way, ways), (Kind::Relation, sorted(taken.relations))];
        let total = rows.iter().map(|(_, rows)| rows.len() as u64).sum();
        let (mut builder, mut copier, mut done) = (Builder::new(), Copier::new(osm), 0);
        for (kind, rows) in &rows {
            for &index in rows {
                if done % 1000 == 0 {
                    watch.at(Stage::Read, done, total)?;
                }
                done += 1;
                let element = Element { kind: *kind, index };
                copier.copy(element, &mut builder)?;
                if let Ok(row) = osm.centers.binary_search_by_key(&element, |(element, _)| *element)
                    && let Some(&(_, place)) = osm.centers.get(row)
                {
                    builder.center(*kind, osm.id(element), place);
                }
            }
        }
        let (_, timestamp, notes) = builder.header();
        timestamp.clone_from(&osm.timestamp);
        notes.append(&osm.notes);
        Ok(builder.finish())
    }
}

fn sorted(mut rows: Vec<u32>) -> Vec<u32> {
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Whether a way has a point in a window, or goes all the way round one.
fn touches(osm: &Osm, row: u32, windows: &[Cell]) -> bool {
    let cell = way(osm, row);
    if !windows.iter().any(|window| overlap(&cell, window)) {
        return false;
    }
    let refs = osm.refs(row);
    let places = || refs.iter().filter_map(|&node| osm.place(node));
    windows.iter().any(|window| {
        let mut before = None;
        for place in places() {
            if inside(window, place) || before.is_some_and(|before| crosses(window, before, place)) {
                return true;
            }
            before = Some(place);
        }
        let middle = [(window[0] / 2 + window[2] / 2), (window[1] / 2 + window[3] / 2)];
        refs.len() > 3 && refs.first() == refs.last() && encloses(places(), middle)
    })
}

/// Whether a segment with both ends outside has a point in the window.
fn crosses(window: &Cell, a: LonLatE7, b: LonLatE7) -> bool {
    let [ax, ay, bx, by] = [a[0], a[1], b[0], b[1]].map(i64::from);
    let [west, south, east, north] = window.map(i64::from);
    let beside = ax.max(bx) < west || ax.min(bx) > east || ay.max(by) < south || ay.min(by) > north;
    if beside || (bx - ax).abs() > HALF_TURN {
        return false;
    }
    // It does where its line has corners on both sides.
    let side =
        |x: i64, y: i64| (i128::from(bx - ax) * i128::from(y - ay) - i128::from(by - ay) * i128::from(x - ax)).signum();
    let sides = [side(west, south), side(west, north), side(east, north), side(east, south)];
    sides.iter().any(|&side| side >= 0) && sides.iter().any(|&side| side <= 0)
}

/// Whether a closed line goes round a place (even-odd).
fn encloses(places: impl Iterator<Item = LonLatE7>, [x, y]: LonLatE7) -> bool {
    let (x, y) = (i128::from(x), i128::from(y));
    let mut before: Option<[i128; 2]> = None;
    let mut odd = false;
    for place in places {
        let [bx, by] = place.map(i128::from);
        if let Some([ax, ay]) = before.filter(|[_, ay]| (*ay > y) != (by > y)) {
            // The crossing lies to the east of the place.
            let turn = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
            odd ^= (turn > 0) == (by > ay);
        }
        before = Some([bx, by]);
    }
    odd
}

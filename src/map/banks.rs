//! Waters that the edge of the data cut: their borders are closed along that edge.
//!
//! What is left of a border divides the box of the data in two, whichever way its lines run. Islands tell which part is
//! water, else what stands on the ground or flows as a line in either, else their size.

use super::assemble::{self, pieces, point};
use super::classify::{ClassId, Meaning, class};
use super::draft::{Cut, Draft};
use super::ends::on_ground;
use super::extent;
use super::features::Feature;
use super::shapes::Geometry;
use crate::geo::antimeridian::crosses;
use crate::geo::rim::{NEAR, close as join, exit, shorter, take_turns};
use crate::geo::ring::{Box, Path, Point, Polygon, Side, area2, bounds, holds_point, meet};
use crate::geo::window::{at_box, outline};
use crate::geo::within::Edges;
use crate::geo::{chain, overlay};
use crate::order;
use crate::osm::{Bounds, Element, Kind};
use std::ops::Range;

/// Classes of the layer of water whose areas are water.
const WATERS: &[&str] = &["lake", "reservoir", "river", "canal", "basin", "pond", "stream", "pool"];

/// Whether an area of this meaning is water.
pub(super) fn is_water(meaning: Meaning) -> bool {
    meaning.area && holds_water(meaning.class)
}

fn holds_water(id: ClassId) -> bool {
    let class = class(id);
    class.layer == "water" && WATERS.contains(&class.id)
}

/// What tells land from water: places of both in the box of the data.
struct Signs {
    edge: Box,
    land: Vec<Point>,
    water: Vec<Point>,
}

/// So many places of each kind are looked at.
const SAMPLE: usize = 4000;
/// So many places must lie on either side to say something.
const ENOUGH: usize = 5;

/// So many times as much is far more.
const FAR: f64 = 3.0;
/// A share of the box that is small for the larger part.
const SMALL: f64 = 0.3;

/// Closes what can be closed, and counts the others.
pub(super) fn close(draft: &mut Draft) {
    let cuts = std::mem::take(&mut draft.cut);
    if cuts.is_empty() {
        return;
    }
    let edge = draft.osm.bounds.or_else(|| extent::asked(draft.osm)).filter(|b| b.west < b.east);
    let signs = edge.map(|edge| Signs::of(draft, edge));
    let mut closed: Vec<(Element, Meaning, Range<u32>)> = Vec::new();
    let mut idle: Vec<Element> = Vec::new();
    for cut in &cuts {
        if idle.contains(&cut.of) {
            continue;
        }
        let border = border(draft, cut);
        match signs.as_ref().and_then(|signs| signs.fill(&border)) {
            Some(polygons) if polygons.is_empty() => {}
            Some(polygons) => {
                idle.extend(&border.ways);
                closed.push((cut.element, cut.meaning, assemble::add(&mut draft.shapes, &polygons)));
            }
            None => draft.count.banks.push(format!("{}{}", cut.of.kind.letter(), draft.osm.id(cut.of))),
        }
    }
    // Their elements have areas from now on, and their banks are no waters of their own.
    order::sort_by_key(&mut closed, |(element, ..)| *element);
    order::sort(&mut idle);
    draft.features.retain_mut(|row| {
        if !holds_water(row.class) {
            return true;
        }
        let place = closed.binary_search_by_key(&row.element, |(element, ..)| *element).ok();
        match place.and_then(|place| closed.get(place)) {
            Some((_, meaning, parts)) if row.class == meaning.class => {
                (row.geometry, row.parts) = (Geometry::Area, parts.clone());
                true
            }
            _ => row.geometry != Geometry::Line || idle.binary_search(&row.element).is_err(),
        }
    });
}

/// What is there of a border.
struct Border {
    /// The ways it is of.
    ways: Vec<Element>,
    /// Their lines.
    lines: Vec<Path>,
    /// The places of holes, in order.
    holes: Vec<Point>,
    /// Where a line ends because its next node is not in the data.
    torn: Vec<Point>,
}

fn border(draft: &Draft, cut: &Cut) -> Border {
    let mut found = Border { ways: Vec::new(), lines: Vec::new(), holes: Vec::new(), torn: Vec::new() };
    let members = if cut.of.kind == Kind::Way { &[] } else { draft.osm.members(cut.of.index) };
    let ways = members.iter().filter(|member| member.kind == Kind::Way);
    let ways = ways.filter_map(|way| Some((draft.osm.find(Kind::Way, way.id)?, draft.osm.strings.get(way.role))));
    for (way, role) in ways.chain((cut.of.kind == Kind::Way).then_some((cut.of, ""))) {
        let lines = pieces(draft.osm, way.index).into_iter().filter(|line| line.len() > 1);
        let lines: Vec<Path> = lines.collect();
        let whole = |node: Option<&u32>| node.and_then(|&node| draft.osm.place(node)).map(point);
        let refs = draft.osm.refs(way.index);
        let [start, end] = [whole(refs.first()), whole(refs.last())];
        let tips = lines.iter().flat_map(|line| [line.first(), line.last()]).flatten().copied();
        found.torn.extend(tips.filter(|tip| ![start, end].contains(&Some(*tip))));
        found.lines.extend(lines.clone());
        if role == "inner" { found.holes.extend(lines.iter().flatten()) } else { found.ways.push(way) }
    }
    order::sort(&mut found.holes);
    found
}

impl Signs {
    fn of(draft: &Draft, Bounds { west, south, east, north }: Bounds) -> Self {
        let edge = [west, south, east, north].map(i64::from);
        let flows = |row: &Feature| {
            row.geometry == Geometry::Line
                && row.layer_z == 0
                && class(row.class).layer == "water"
                && class(row.class).id == "river"
        };
        let places = |wanted: &dyn Fn(&Feature) -> bool| {
            let rows = draft.features.iter().filter(|row| wanted(row));
            let step = rows.clone().count() / SAMPLE + 1;
            let firsts = rows.step_by(step).filter_map(|row| {
                let part = draft.shapes.parts(&row.parts).first()?;
                let points = draft.shapes.points(part);
                points.get(points.len() / 2).map(|&place| point(place))
            });
            firsts.filter(|place| holds_point(&edge, place)).collect()
        };
        Self { edge, land: places(&on_ground), water: places(&flows) }
    }

    /// The water within a border; none where it does not lead from edge to edge, or nothing tells on which side it lies.
    fn fill(&self, border: &Border) -> Option<Vec<Polygon>> {
        if border.lines.iter().any(|line| crosses(line)) {
            return None;
        }
        let joined = chain::join(&border.lines);
        let mut pieces: Vec<Path> = joined.open.iter().flat_map(|line| at_box(line, &self.edge)).collect();
        for piece in &mut pieces {
            self.lead(piece, &border.torn)?;
        }
        let near = |ring: &&Path| bounds(ring.as_slice()).is_some_and(|around| meet(&around, &self.edge));
        let (near, far): (Vec<&Path>, Vec<&Path>) = joined.rings.iter().partition(near);
        if pieces.is_empty() && near.is_empty() {
            return Some(Vec::new());
        }
        take_turns(&mut pieces, &self.edge)?;
        let shores = if pieces.is_empty() { vec![outline(&self.edge)] } else { join(&pieces, &self.edge)? };
        let hole = |ring: &Path| ring.first().is_some_and(|first| border.holes.binary_search(first).is_ok());
        let this_side = self.choose(&shores, &near, &hole)?;
        let frame = outline(&self.edge);
        let all = shores.iter().chain(near).chain((!this_side).then_some(&frame));
        let mut polygons = overlay::fill(all.map(Path::as_slice));
        // Beyond the edge nothing tells an island in the water from one of its parts, but its role.
        polygons.extend(far.into_iter().filter(|ring| !hole(ring)).flat_map(|ring| overlay::fill([ring.as_slice()])));
        Some(polygons)
    }

    /// Leads the ends of a line to the edge where they nearly reach it, or their next node lies beyond it.
    fn lead(&self, piece: &mut Path, torn: &[Point]) -> Option<()> {
        let limit = (shorter(&self.edge) * NEAR) as i64;
        let reaches = |end: &Point| {
            let most = if torn.contains(end) { 3 * limit } else { limit };
            Some(exit(end, &self.edge)).filter(|exit| exit.0 <= most)
        };
        let [first, last] = [reaches(piece.first()?)?, reaches(piece.last()?)?];
        piece.insert(0, first.1);
        piece.push(last.1);
        piece.dedup();
        Some(())
    }

    /// Whether the water lies within these shores (else in the rest of the box).
    fn choose(&self, shores: &[Path], rings: &[&Path], hole: &dyn Fn(&Path) -> bool) -> Option<bool> {
        let edges = Edges::new(shores, rings.len());
        let within = |place: &Point| edges.side(place) == Side::In;
        // Islands lie in the water, its other parts do not.
        let votes = rings.iter().filter_map(|ring| Some((within(ring.first()?), hole(ring))));
        let balance: i64 = votes.map(|(inside, hole)| if inside == hole { 1 } else { -1 }).sum();
        if balance != 0 {
            return Some(balance > 0);
        }
        let all: Vec<Path> = shores.iter().chain(rings.iter().copied()).cloned().collect();
        let covered = overlay::fill(all.iter().map(Path::as_slice));
        let area: i128 = covered.iter().flatten().map(|ring| area2(ring)).sum();
        let whole = area2(&outline(&self.edge)) as f64;
        let share = area as f64 / whole;
        let edges = Edges::new(&all, self.land.len() + self.water.len());
        // Whether there is far more of a kind within than without, for its room, or far less.
        let more = |places: &[Point]| {
            let [inside, outside] =
                [Side::In, Side::Out].map(|wanted| places.iter().filter(|place| edges.side(place) == wanted).count());
            let (dense, rest) = (inside as f64 * (1.0 - share), outside as f64 * share);
            match inside + outside >= ENOUGH {
                true if dense > FAR * rest => Some(true),
                true if rest > FAR * dense => Some(false),
                _ => None,
            }
        };
        let lands = || more(&self.land).map(|more| !more);
        let flows = || more(&self.water);
        let smaller = || (!(SMALL..=1.0 - SMALL).contains(&share)).then_some(share < SMALL);
        lands().or_else(flows).or_else(smaller)
    }
}

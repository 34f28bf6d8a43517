//! On which side of a border its area lies, where data hold only a part of it: what a neighbour of the same level tells, or
//! the place that the boundary names. Lines of these borders run with their area on the left, as rings do.

use super::assemble::{pieces, point};
use super::classify::class;
use super::draft::Draft;
use super::features::Feature;
use super::shapes::{Geometry, Role};
use crate::geo::chain;
use crate::geo::ring::{Path, Point};
use crate::order;
use crate::osm::{Element, Kind, StringId};
use hashbrown::HashSet;
use std::ops::Range;

/// Edges as they run along areas.
type Edge = (Point, Point);
/// Least angle under which a border is seen from the centre of its area, radians: from far away it tells nothing.
const LEAST: f64 = 0.1;
/// Edges to look up.
type Set<T> = HashSet<T, foldhash::fast::FixedState>;

/// Turns lines of a draft so that they run as the rings of polygons do; whether all of them lie on these.
pub(super) fn turn<'p>(draft: &mut Draft, lines: &Range<u32>, rings: impl Iterator<Item = &'p Path>) -> bool {
    let edges: Set<Edge> = rings.flat_map(|ring| edges(ring)).collect();
    turn_as(draft, lines, &edges)
}

/// Turns the lines of boundaries that are not whole, where something tells on which side their area lies.
pub(super) fn find(draft: &mut Draft) {
    let torn = std::mem::take(&mut draft.torn);
    if torn.is_empty() {
        return;
    }
    let mut around = neighbours(draft, &torn);
    let drawn = drawn(draft, &torn);
    let mut open: Vec<(Element, Vec<Path>)> = torn
        .into_iter()
        .map(|of| {
            let lines: Vec<Path> = ways(draft, of).flat_map(|way| pieces(draft.osm, way.index)).collect();
            (of, chain::join(&lines).open)
        })
        .collect();
    // Those that tell by themselves are neighbours of the others.
    for told in [Told::Itself, Told::Neighbours] {
        open.retain_mut(|(of, chains)| {
            let level = draft.value(*of, draft.keys.level);
            let place = if told == Told::Itself { centre(draft, *of) } else { None };
            let known = chains.iter_mut().filter_map(|chain| {
                let known = level.is_some_and(|level| beside(chain, level, &around))
                    || place.is_some_and(|place| about(chain, place));
                known.then_some(&*chain)
            });
            let edges: Set<Edge> = known.flat_map(|chain| edges(chain)).collect();
            let from = drawn.partition_point(|(element, _)| *element < *of);
            let lines = drawn.iter().skip(from).take_while(|(element, _)| *element == *of);
            let all = lines.fold(!edges.is_empty(), |all, (_, parts)| turn_as(draft, parts, &edges) && all);
            if all {
                draft.sided.push(*of);
                around.extend(level.into_iter().flat_map(|level| edges.iter().map(move |edge| (level, *edge))));
            }
            !all
        });
    }
}

/// What tells on which side of a border its area lies.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    /// Its own place, or a whole neighbour.
    Itself,
    /// A neighbour of which that is known.
    Neighbours,
}

fn edges(line: &[Point]) -> impl Iterator<Item = Edge> + '_ {
    line.array_windows().map(|&[a, b]| (a, b))
}

fn ways(draft: &Draft, relation: Element) -> impl Iterator<Item = Element> {
    let members = draft.osm.members(relation.index).iter().filter(|member| member.kind == Kind::Way);
    members.filter_map(|member| draft.osm.find(Kind::Way, member.id))
}

/// Turns lines that have an edge the other way round; whether each has one of the edges.
fn turn_as(draft: &mut Draft, lines: &Range<u32>, edges: &Set<Edge>) -> bool {
    let parts = draft.shapes.parts(lines).to_vec();
    let mut all = true;
    for part in parts.iter().filter(|part| part.role == Role::Line) {
        let Some(line) = draft.shapes.points.get_mut(part.start as usize..part.end as usize) else { continue };
        let known = line.array_windows().map(|&[a, b]| (point(a), point(b))).find_map(|(a, b)| {
            let [along, against] = [(a, b), (b, a)].map(|edge| edges.contains(&edge));
            (along != against).then_some(along)
        });
        match known {
            Some(true) => {}
            Some(false) => line.reverse(),
            None => all = false,
        }
    }
    all
}

/// What boundaries are drawn with as lines, by element, none twice: where some of it lies at sea, what does not.
fn drawn(draft: &Draft, torn: &[Element]) -> Vec<(Element, Range<u32>)> {
    let wanted = |of: &Element| torn.binary_search(of).is_ok();
    let land = |of: &Element| draft.borders.binary_search_by_key(of, |(element, _)| *element).is_ok();
    let rows = draft.features.iter().filter(|row| row.geometry == Geometry::Line);
    let rows =
        rows.filter(|row| wanted(&row.element) && !land(&row.element)).map(|row| (row.element, row.parts.clone()));
    let borders = draft.borders.iter().filter(|(of, _)| wanted(of)).cloned();
    let mut found: Vec<(Element, Range<u32>)> = rows.chain(borders).collect();
    order::sort_by_key(&mut found, |(of, parts)| (*of, parts.start));
    found.dedup();
    found
}

/// The edges of whole boundaries of the levels of those that are not.
fn neighbours(draft: &Draft, torn: &[Element]) -> Set<(StringId, Edge)> {
    let mut levels: Vec<StringId> = torn.iter().filter_map(|of| draft.value(*of, draft.keys.level)).collect();
    order::sort(&mut levels);
    levels.dedup();
    let mut found = Set::default();
    let whole = |row: &&Feature| {
        row.geometry == Geometry::Area && row.element.kind == Kind::Relation && class(row.class).layer == "boundaries"
    };
    for row in draft.features.iter().filter(whole) {
        let level = draft.value(row.element, draft.keys.level).filter(|level| levels.binary_search(level).is_ok());
        let Some(level) = level else { continue };
        for part in draft.shapes.parts(&row.parts) {
            let edges = draft.shapes.points(part).array_windows().map(|&[a, b]| (point(a), point(b)));
            found.extend(edges.map(|edge| (level, edge)));
        }
    }
    found
}

/// Turns a line so that a neighbour of the same level lies on its right; false without one.
fn beside(chain: &mut Path, level: StringId, around: &Set<(StringId, Edge)>) -> bool {
    let known = edges(chain).find_map(|(a, b)| {
        let [left, right] = [(a, b), (b, a)].map(|edge| around.contains(&(level, edge)));
        (left != right).then_some(right)
    });
    if known == Some(false) {
        chain.reverse();
    }
    known.is_some()
}

/// The place that a boundary names as that of its label or centre.
fn centre(draft: &Draft, of: Element) -> Option<Point> {
    let members = draft.osm.members(of.index).iter().filter(|member| member.kind == Kind::Node);
    let mut places: Vec<(bool, Point)> = members
        .filter_map(|member| {
            let role = draft.osm.strings.get(member.role);
            let known = ["label", "admin_centre", "admin_center"].contains(&role);
            let node = draft.osm.find(Kind::Node, member.id).filter(|_| known)?;
            Some((role != "label", point(draft.osm.place(node.index)?)))
        })
        .collect();
    order::sort(&mut places);
    places.first().map(|(_, place)| *place)
}

/// Turns a line so that it runs counter-clockwise as seen from a place, as the border of an area does from within; false
/// where it hardly goes around it.
fn about(chain: &mut Path, place: Point) -> bool {
    let from = |at: Point| [0, 1].map(|axis| (at[axis] - place[axis]) as f64);
    let turns = edges(chain).map(|(a, b)| {
        let ([a, b], [c, d]) = (from(a), from(b));
        libm::atan2(a * d - b * c, a * c + b * d)
    });
    let turn: f64 = turns.sum();
    if turn < 0.0 {
        chain.reverse();
    }
    turn.abs() > LEAST
}

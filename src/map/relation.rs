//! Relations: multipolygons and boundaries become areas, routes and streets lines in one piece, others the lines or points
//! of their members.

use super::assemble::{self, area, is_whole, pieces};
use super::banks::is_water;
use super::classify::{Meaning, off_route};
use super::draft::{Cut, Draft};
use super::shapes::Geometry;
use super::sides;
use super::street::{STREET, is_street};
use crate::geo::ring::{Path, Point, Polygon};
use crate::geo::trail::{Stretch, follow};
use crate::order;
use crate::osm::{Element, Kind, Member};

/// Adds what a relation is to the draft.
pub(super) fn add(draft: &mut Draft, relation: Element) {
    let kind = draft.value(relation, draft.keys.kind).map(|kind| draft.osm.strings.get(kind)).unwrap_or_default();
    match kind {
        "multipolygon" => multipolygon(draft, relation, false),
        "boundary" => multipolygon(draft, relation, true),
        _ => {
            let class = if kind == "route" { draft.keys.route } else { draft.keys.relation };
            let Some(meaning) = draft.meaning(relation).map(|meaning| Meaning { class, ..meaning }) else { return };
            match kind {
                "route" => course(draft, relation, meaning, |role| !off_route(role)),
                // Its other members are the houses in it.
                kind if is_street(kind) => course(draft, relation, meaning, |role| role == STREET),
                _ => members(draft, relation, meaning),
            }
        }
    }
}

/// The ways among the members, as far as they were delivered, with their roles.
fn ways<'a>(draft: &Draft<'a>, relation: Element) -> impl Iterator<Item = (Element, &'a Member)> + use<'a> {
    let osm = draft.osm;
    let ways = osm.members(relation.index).iter().filter(|member| member.kind == Kind::Way);
    ways.filter_map(|member| Some((osm.find(Kind::Way, member.id)?, member)))
}

fn multipolygon(draft: &mut Draft, relation: Element, boundary: bool) {
    let own = draft.meaning(relation);
    let Some((element, meaning)) = bearer(draft, relation, own) else { return };
    draft.count.areas += 1;
    let ways: Vec<(Element, &Member)> = ways(draft, relation).collect();
    let lines: Vec<Path> = ways.iter().flat_map(|(way, _)| pieces(draft.osm, way.index)).collect();
    let land = if boundary && ways.iter().any(|(way, _)| draft.is_maritime(*way)) {
        let land = ways.iter().filter(|(way, _)| !draft.is_maritime(*way));
        let land: Vec<Path> = land.flat_map(|(way, _)| pieces(draft.osm, way.index)).collect();
        let parts = draft.lines(&land);
        draft.borders.push((relation, parts.clone()));
        Some(parts)
    } else {
        None
    };
    let absent = draft.osm.members(relation.index).iter().any(|member| {
        member.kind == Kind::Way
            && draft.osm.find(Kind::Way, member.id).is_none_or(|way| !is_whole(draft.osm, way.index))
    });
    let mut area = area(&lines);
    if absent || area.open > 0 {
        let holes = ways.iter().filter(|(_, member)| draft.osm.strings.get(member.role) == "inner");
        drop_bare_holes(&mut area.polygons, draft, holes.map(|(way, _)| *way));
    }
    draft.count.doubtful += u64::from(area.doubtful);
    if boundary && !area.doubtful && area.polygons.is_empty() && draft.value(relation, draft.keys.level).is_some() {
        draft.torn.push(relation);
    } else if let Some(land) = land
        && sides::turn(draft, &land, area.polygons.iter().flatten())
    {
        draft.sided.push(relation);
    }
    if area.open > 0 && is_water(meaning) {
        draft.cut.push(Cut { of: relation, element, meaning });
    }
    draft.count.open += u64::from(!area.doubtful && (area.open > 0 || area.polygons.is_empty() || absent));
    if area.doubtful || area.polygons.is_empty() {
        // Tags that a way bears stay with the way.
        if let Some(own) = own {
            members(draft, relation, own);
        }
        return;
    }
    let mut owned = vec![false; area.polygons.len()];
    for (way, member) in ways {
        let its =
            draft.meaning(way).filter(|its| (its.class, its.value, its.area) == (meaning.class, meaning.value, true));
        let closed = draft.osm.refs(way.index).first() == draft.osm.refs(way.index).last();
        let outer = draft.osm.strings.get(member.role) != "inner";
        let more = element != relation && outer || draft.tells_more(way, element);
        // Lines that carry the tags of a boundary are drawn and queried in their own right.
        let Some(its) = its.filter(|_| way != element && (closed || !boundary) && !draft.is_spoken_for(way)) else {
            continue;
        };
        let outline = if more && outer && closed { outlined(&area.polygons, draft, way) } else { Vec::new() };
        if more && outline.is_empty() && element == relation {
            continue;
        }
        draft.speak_for(way);
        // A way that says more than its relation has the holes of its relation.
        let polygons: Vec<Polygon> = outline.iter().filter_map(|&row| area.polygons.get(row).cloned()).collect();
        if !polygons.is_empty() {
            let parts = assemble::add(&mut draft.shapes, &polygons);
            draft.add(way, its, Geometry::Area, parts);
        }
        for row in outline {
            if let Some(flag) = owned.get_mut(row) {
                *flag = true;
            }
        }
    }
    if element == relation {
        let parts = assemble::add(&mut draft.shapes, &area.polygons);
        return draft.add(relation, meaning, Geometry::Area, parts);
    }
    if let Some(own) = own.filter(|_| draft.tells_more(relation, element)) {
        let parts = assemble::add(&mut draft.shapes, &area.polygons);
        draft.add(relation, own, Geometry::Area, parts);
    }
    if draft.is_spoken_for(element) {
        return;
    }
    draft.speak_for(element);
    let rest = area.polygons.iter().zip(owned).filter(|(_, owned)| !owned).map(|(polygon, _)| polygon.clone());
    let parts = assemble::add(&mut draft.shapes, &rest.collect::<Vec<_>>());
    draft.add(element, meaning, Geometry::Area, parts);
}

/// Drops what is only the border of a hole. Where the ring around it is cut off, nothing but the role tells a lake from the
/// island in it.
fn drop_bare_holes(polygons: &mut Vec<Polygon>, draft: &Draft, holes: impl Iterator<Item = Element>) {
    let hole = bordered(draft, holes);
    polygons.retain(|polygon| !hole(polygon));
}

/// Tells whether the outer ring of a polygon is of points of these ways only.
fn bordered<W: Iterator<Item = Element>>(draft: &Draft, ways: W) -> impl Fn(&Polygon) -> bool + use<W> {
    let mut points: Vec<Point> = ways.flat_map(|way| pieces(draft.osm, way.index)).flatten().collect();
    order::sort(&mut points);
    move |polygon| polygon.first().is_some_and(|outer| outer.iter().all(|point| points.binary_search(point).is_ok()))
}

/// The rows of the polygons whose outer ring is of points of this way.
fn outlined(polygons: &[Polygon], draft: &Draft, way: Element) -> Vec<usize> {
    let on_way = bordered(draft, std::iter::once(way));
    polygons.iter().enumerate().filter(|(_, polygon)| on_way(polygon)).map(|(row, _)| row).collect()
}

/// Whose tags a multipolygon has: its own or, in the old style, those its outer ways agree on.
fn bearer(draft: &Draft, relation: Element, own: Option<Meaning>) -> Option<(Element, Meaning)> {
    if let Some(meaning) = own.filter(|meaning| meaning.class != draft.keys.other) {
        return Some((relation, meaning));
    }
    let outer = ways(draft, relation).filter(|(_, member)| draft.osm.strings.get(member.role) != "inner");
    let mut outer = outer.filter_map(|(way, _)| Some((way, draft.meaning(way)?)));
    let first = outer.next().filter(|(way, meaning)| draft.means_area(*way, *meaning));
    let agreed = first.filter(|(_, first)| outer.all(|(_, its)| (its.class, its.value) == (first.class, first.value)));
    agreed.or(own.map(|meaning| (relation, meaning)))
}

/// Adds the ways of wanted roles as what one goes along: as few lines as connect, the way back behind the way there.
fn course(draft: &mut Draft, relation: Element, meaning: Meaning, wanted: impl Fn(&str) -> bool) {
    let text = |id| draft.osm.strings.get(id);
    let mut courses = [Vec::new(), Vec::new()];
    for (way, member) in ways(draft, relation).filter(|(_, member)| wanted(text(member.role))) {
        let back = text(member.role) == "backward";
        let circle =
            draft.value(way, draft.keys.junction).is_some_and(|of| matches!(text(of), "roundabout" | "circular"));
        for mut line in pieces(draft.osm, way.index).into_iter().filter(|line| line.len() > 1) {
            if back {
                line.reverse();
            }
            let [there, again] = &mut courses;
            if back { again } else { there }.push(Stretch { line, circle });
        }
    }
    lines(draft, relation, meaning, &follow(&courses));
}

/// Adds the ways of a relation as lines.
fn members(draft: &mut Draft, relation: Element, meaning: Meaning) {
    let all: Vec<Path> = ways(draft, relation).flat_map(|(way, _)| pieces(draft.osm, way.index)).collect();
    lines(draft, relation, meaning, &all);
}

/// Adds lines of a relation; if there are none, its nodes as points.
fn lines(draft: &mut Draft, relation: Element, meaning: Meaning, lines: &[Path]) {
    let parts = draft.lines(lines);
    if !parts.is_empty() {
        return draft.add(relation, meaning, Geometry::Line, parts);
    }
    let osm = draft.osm;
    let nodes = osm.members(relation.index).iter().filter(|member| member.kind == Kind::Node);
    let places: Vec<_> = nodes.filter_map(|member| osm.place(osm.find(Kind::Node, member.id)?.index)).collect();
    let places = if places.is_empty() { draft.center(relation).into_iter().collect() } else { places };
    let parts = draft.points(places);
    draft.add(relation, meaning, Geometry::Point, parts);
}

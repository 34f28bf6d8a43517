//! Coastline → sea. OSM draws coast with land on its left and water on its right; sea is what lies right of it, closed
//! along the frame.

use super::assemble::{degrees, pieces};
use super::ends::Ends;
use super::shapes::{Role, Shapes};
use crate::geo::rim::{NEAR, close, exit, shorter};
use crate::geo::ring::{Box, Path, Point, Polygon, Side, area2, bounds, holds, meet, side, turn};
use crate::geo::window::{at_box, outline, ring_at_box};
use crate::geo::{nest, overlay};
use crate::order;
use crate::osm::{Element, Kind, LonLatE7, Osm};
use hashbrown::HashMap;
use std::ops::Range;

/// Joins the coastline ways of an input end to end, in their direction, and returns the rows of `shapes.parts` they get.
pub(super) fn join(osm: &Osm, shapes: &mut Shapes<LonLatE7>) -> Range<u32> {
    let start = shapes.parts.len() as u32;
    for line in chains(ways(osm)) {
        shapes.push(Role::Line, line.iter().map(degrees));
    }
    start..shapes.parts.len() as u32
}

/// The pieces of all ways tagged as coastline, each once.
fn ways(osm: &Osm) -> Vec<Path> {
    let (Some(natural), Some(coastline)) = (osm.strings.find("natural"), osm.strings.find("coastline")) else {
        return Vec::new();
    };
    let ways = (0..osm.ways.id.len() as u32)
        .filter(|&index| osm.tags(Element { kind: Kind::Way, index }).contains(&(natural, coastline)));
    let mut lines: Vec<Path> = ways.flat_map(|way| pieces(osm, way)).filter(|line| line.len() > 1).collect();
    order::sort(&mut lines);
    lines.dedup();
    lines
}

/// Joins lines whose end is the start of another.
pub(super) fn chains(lines: Vec<Path>) -> Vec<Path> {
    let mut next: HashMap<Point, Vec<usize>, foldhash::fast::FixedState> = HashMap::default();
    let closed = |line: &Path| line.first() == line.last();
    for (row, line) in lines.iter().enumerate().filter(|(_, line)| !closed(line)) {
        if let Some(first) = line.first() {
            next.entry(*first).or_default().push(row);
        }
    }
    let ends: hashbrown::HashSet<Point, foldhash::fast::FixedState> =
        lines.iter().filter(|line| !closed(line)).filter_map(|line| line.last().copied()).collect();
    // Lines that nothing leads to come first, so that chains start at their start.
    let led_to = |row: &usize| lines.get(*row).and_then(|line| line.first()).is_some_and(|first| ends.contains(first));
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order::sort_by_key(&mut order, led_to);
    let mut used = vec![false; lines.len()];
    let mut chains = Vec::new();
    for row in order {
        let mut chain = Path::new();
        let mut at = Some(row).filter(|&row| used.get(row) == Some(&false));
        while let Some(row) = at {
            if let (Some(flag), Some(line)) = (used.get_mut(row), lines.get(row)) {
                *flag = true;
                chain.extend(line.iter().skip(usize::from(!chain.is_empty())));
            }
            let end = chain.last().filter(|_| !closed(&chain));
            let unused = |row: &&usize| used.get(**row) == Some(&false);
            at = end.and_then(|end| next.get(end)).and_then(|rows| rows.iter().find(unused)).copied();
        }
        if chain.len() > 1 {
            chains.push(chain);
        }
    }
    chains
}

/// Sea in a frame.
#[derive(Debug, Default)]
pub(super) struct Sea {
    /// Valid polygons.
    pub polygons: Vec<Polygon>,
    /// Pieces of coast that end within the frame, or run against their neighbours along it.
    pub broken: usize,
    /// Ends that stopped short of the frame and were led to it.
    pub led: usize,
    /// Whether any coast is in the frame.
    pub coast: bool,
}

/// A closed coast, in the frame: water on its left.
struct Ring {
    /// The part in the frame.
    path: Path,
    /// Twice the area of all of it, positive for water.
    area: i128,
    /// Whether it reaches beyond the frame.
    cut: bool,
}

/// Closes coast along a frame. Without any coast in the frame there is no sea. Coast that ends where the data end goes
/// on to the frame, however far that is. `inland` is asked where the frame holds nothing but
/// rings: whether these rings, of land, lie in land.
pub(super) fn sea(coast: &[Path], frame: &Box, ends: &Ends, inland: &dyn Fn(&[Path]) -> bool) -> Sea {
    let mut found = Sea::default();
    let (mut rings, mut pieces, mut broken) = (Vec::new(), Vec::new(), Vec::new());
    let open = coast.iter().filter(|line| line.first() != line.last());
    let tips: Vec<Point> = open.flat_map(|line| [line.first(), line.last()]).flatten().copied().collect();
    let gap = shorter(frame) * NEAR;
    let goes_on = |[x, y]: &Point| {
        let near = |tip: &&Point| libm::hypot((tip[0] - x) as f64, (tip[1] - y) as f64) < gap;
        tips.iter().filter(near).nth(1).is_some()
    };
    let ended = |place: &Point| ends.near(place, goes_on(place));
    for line in coast {
        // From here on water is on the left, as the inside of a ring is.
        let parts = at_box(line, frame).into_iter().map(|piece| piece.into_iter().rev().collect::<Path>());
        if line.first() == line.last() {
            found.coast |= parts.count() > 0;
            rings.extend(ring(line, frame));
            continue;
        }
        for mut piece in parts {
            found.coast = true;
            if let Some(led) = reach(&mut piece, frame, &ended) {
                found.led += led;
                pieces.push(piece);
            } else {
                broken.push(piece);
            }
        }
    }
    // Where entries and exits do not alternate along the frame, a splinter is wrong; if none is, all of it may be.
    let long = |piece: &Path| length(piece) > shorter(frame) * NEAR;
    let outer = loop {
        if let Some(outer) = close(&pieces, frame) {
            break outer;
        }
        let shortest = pieces.iter().enumerate().min_by(|(_, a), (_, b)| length(a).total_cmp(&length(b)));
        match shortest.filter(|(_, piece)| !long(piece)).map(|(row, _)| row) {
            Some(row) => drop(pieces.remove(row)),
            None => return Sea { broken: broken.len() + pieces.len(), ..found },
        }
    };
    found.broken = broken.len();
    let mut all: Vec<(bool, Path)> = outer.into_iter().map(|path| (true, path)).collect();
    // Where no line crosses the frame, the largest ring says what it lies in: an island lies in the sea.
    let island = rings.iter().max_by_key(|ring| ring.area.abs()).is_some_and(|ring| ring.area < 0);
    if all.is_empty() && island {
        let land = rings.iter().filter(|ring| ring.area < 0);
        let crosses = land.clone().any(|ring| ring.cut);
        let paths: Vec<Path> = land.map(|ring| ring.path.clone()).collect();
        if inland(&paths) {
            // What is land already says nothing.
        } else if found.broken == 0 || crosses {
            all.push((true, outline(frame)));
        } else {
            rings.clear();
        }
    }
    all.extend(rings.into_iter().filter(|ring| ring.path.len() > 3).map(|ring| (ring.area > 0, ring.path)));
    let polygons = fill(all);
    // What is missing of a broken coast may have turned land and sea around: then nothing is better than that.
    if broken.iter().filter(|piece| long(piece)).all(|piece| agrees(piece, &polygons, frame)) {
        found.polygons = polygons;
    }
    found
}

/// A closed line of coast in the frame; none if nothing of it or of what it encloses is there.
fn ring(line: &Path, frame: &Box) -> Option<Ring> {
    let around = bounds(line).filter(|around| meet(around, frame))?;
    let back: Path = line.iter().rev().copied().collect();
    let (area, cut) = (area2(&back), !holds(frame, &around));
    let mut path = if cut { ring_at_box(&back, frame) } else { back };
    // One that touches the frame from without covers nothing in it.
    if area2(&path) == 0 {
        path.clear();
    }
    Some(Ring { path, area, cut })
}

/// The water among rings, each of water or of land wherever it lies: what lies in one of its own kind, or is land and lies
/// in nothing, changes nothing; the others take turns.
fn fill(rings: Vec<(bool, Path)>) -> Vec<Polygon> {
    let (water, paths): (Vec<bool>, Vec<Path>) = rings.into_iter().unzip();
    let parents = nest::parents(&paths);
    let in_water = |parent: Option<usize>| parent.and_then(|row| water.get(row).copied()).unwrap_or(false);
    let tells = parents.into_iter().zip(&water).map(|(parent, &water)| in_water(parent) != water);
    overlay::fill(paths.iter().zip(tells).filter(|(_, tells)| *tells).map(|(path, _)| path.as_slice()))
}

/// Length of a line.
fn length(line: &[Point]) -> f64 {
    line.array_windows().map(|[a, b]| libm::hypot((b[0] - a[0]) as f64, (b[1] - a[1]) as f64)).sum()
}

/// Whether there is no sea on the land side of a broken piece, seen from the middle of its longest stretch.
fn agrees(piece: &[Point], sea: &[Polygon], frame: &Box) -> bool {
    let length = |[a, b]: &[Point; 2]| libm::hypot((b[0] - a[0]) as f64, (b[1] - a[1]) as f64);
    let Some(longest @ [a, b]) = piece.array_windows().max_by(|one, other| length(one).total_cmp(&length(other)))
    else {
        return true;
    };
    // Water is on the left here, land a little to the right.
    let aside = shorter(frame) / 1000.0 / length(longest).max(1.0);
    let step = |middle: i64, across: i64| middle + libm::round(across as f64 * aside) as i64;
    let land = [step((a[0] + b[0]) / 2, b[1] - a[1]), step((a[1] + b[1]) / 2, a[0] - b[0])];
    side(&land, sea.iter().flatten().map(Path::as_slice)) == Side::Out
}

/// Leads both ends of a piece straight to the frame if they nearly reach it, or the data ended there; answers how many ends
/// had to be led, none if one is too far away.
fn reach(piece: &mut Path, frame: &Box, ended: &dyn Fn(&Point) -> bool) -> Option<usize> {
    let limit = (shorter(frame) * NEAR) as i64;
    let stays = |point: &Point| exit(point, frame).0 > limit && !ended(point);
    let (first, last) = (piece.first()?, piece.last()?);
    if stays(first) || stays(last) {
        return None;
    }
    let (first, last) = (exit(first, frame), exit(last, frame));
    piece.insert(0, first.1);
    piece.push(last.1);
    piece.dedup();
    Some([first.0, last.0].into_iter().filter(|&distance| distance > 0).count())
}

/// Whether a place lies in water, as the nearest coast has it; none without coast. `stretch` is the length of a step in
/// y for one in x.
pub(super) fn in_water<'a>(place: &Point, coast: impl Iterator<Item = &'a [Point]>, stretch: f64) -> Option<bool> {
    let mut best: Option<(f64, f64, bool)> = None;
    for pair in coast.flat_map(|line| line.windows(2)) {
        let [a, b] = pair else { continue };
        let flat = |p: &Point| [(p[0] - place[0]) as f64, (p[1] - place[1]) as f64 * stretch];
        let ([ax, ay], [bx, by]) = (flat(a), flat(b));
        let (ux, uy) = (bx - ax, by - ay);
        let length = ux * ux + uy * uy;
        if length == 0.0 {
            continue;
        }
        let share = (-(ax * ux + ay * uy) / length).clamp(0.0, 1.0);
        let (x, y) = (ax + ux * share, ay + uy * share);
        let distance = x * x + y * y;
        // Where two segments meet at the nearest point, the one that is seen less from its end knows the side.
        let square = (ux * ay - uy * ax).abs() / libm::sqrt(length);
        let better = best.is_none_or(|(least, most, _)| distance < least || (distance == least && square > most));
        if better {
            best = Some((distance, square, turn(a, b, place) < 0));
        }
    }
    best.map(|(_, _, water)| water)
}

//! Picking what a view needs of a map, in steps of its CRS, and generalising it.

use super::assemble::point;
use super::classify::{ClassId, class};
use super::features::{Feature, Map};
use super::shapes::{Geometry, Part, Role, Shapes};
use super::tagged::Tagged;
use super::window::{View, Viewport, project};
use crate::error::Result;
use crate::geo::antimeridian::shifted;
use crate::geo::center::place_in;
use crate::geo::clip::Cut;
use crate::geo::ring::{Box, Path, Point, bounds, holds, meet};
use crate::geo::simplify::simplify;
use crate::geo::window::at_box;
use crate::watch::{Stage, Watch};

/// What is picked.
#[derive(Default)]
pub(super) struct Picked {
    /// Features whose box meets the windows.
    pub rows: Vec<Feature>,
    /// Their geometry and that of coastlines, in steps of the CRS.
    pub shapes: Shapes<Point>,
    /// Coastlines.
    pub coast: Vec<Part>,
    /// Features that the CRS cannot show.
    pub beyond: u64,
    /// Whether what was picked last does not lie as it does in the map.
    pub moved: bool,
}

impl Picked {
    /// Forgets the features, keeping the room they had.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.shapes.points.clear();
        self.shapes.parts.clear();
    }
}

/// What is told of each feature as it is picked.
pub(super) type Each<'a> = &'a mut dyn FnMut(&mut Picked, &Feature);

/// Picks features of wanted classes (ascending) and tags near the windows, and the coast there. `each` is told of each feature as
/// soon as it is the last of those picked, and may take it out again.
#[inline(never)]
pub(super) fn pick(
    map: &Map,
    view: &View,
    viewport: &Viewport,
    (wanted, tagged): &(Vec<ClassId>, Tagged),
    (each, watch): (Each, &mut Watch),
) -> Result<Picked> {
    let mut picked = Picked::default();
    let near: Vec<Box> = viewport.windows.iter().map(wider).collect();
    let total = map.features.len() as u64;
    for (done, feature) in map.features.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Assemble, done as u64, total)?;
        }
        let Some(place) = place(map, wanted, feature).filter(|place| *place == 0 || !view.once) else { continue };
        let overlaid = || class(feature.class).layer == "overlays";
        if !(tagged.is_empty() || tagged.holds(map.osm.tags(feature.element)) || overlaid()) {
            continue;
        }
        let mut feature = Feature { place, ..feature.clone() };
        let boundary = view.borders && class(feature.class).layer == "boundaries";
        if boundary && let Some(land) = map.border(feature.element) {
            (feature.geometry, feature.parts) = (Geometry::Line, land.clone());
        }
        let feature = &feature;
        let Some(extent) = extent(map, feature) else { continue };
        let picks = match viewport.world.shift(&extent) {
            Some(shift) => {
                let extent = east(extent, shift);
                let parts = map.shapes.parts(&feature.parts);
                picked.moved = shift != 0;
                meets(viewport, &extent)
                    && add(&mut picked, view, &near, feature, &extent, (parts, &|part| places(map, part, shift)))
            }
            None => lay(&mut picked, map, view, viewport, &near, feature),
        };
        picks.then(|| each(&mut picked, feature));
    }
    if view.sea.is_some() {
        // Sea is closed along the frame, and in degrees that ends at the rim.
        let world = if view.crs.geographic { viewport.world.torn() } else { viewport.world };
        for part in map.shapes.parts(&map.coast) {
            let line: Path = places(map, part, 0).collect();
            let lines = match bounds(&line).and_then(|extent| world.shift(&extent)) {
                Some(0) => vec![line],
                Some(shift) => vec![shifted(&line, shift)],
                None => world.line(&line),
            };
            for line in lines.iter().flat_map(|line| near.iter().flat_map(|near| at_box(line, near))) {
                if push(&mut picked, view, Role::Line, line) {
                    picked.coast.extend(picked.shapes.parts.last());
                }
            }
        }
    }
    Ok(picked)
}

/// Which of the features of its element that are wanted a feature is; none if it is not wanted.
fn place(map: &Map, wanted: &[ClassId], feature: &Feature) -> Option<u8> {
    let wanted = |class: ClassId| wanted.binary_search(&class).is_ok();
    let before = || map.classes(feature.element).iter().take(feature.place.into());
    let count = || before().filter(|(_, class)| wanted(*class)).count() as u8;
    wanted(feature.class).then(|| if feature.place == 0 { 0 } else { count() })
}

/// The box of a feature.
fn extent(map: &Map, feature: &Feature) -> Option<Box> {
    let parts = map.shapes.parts(&feature.parts);
    bounds(parts.iter().flat_map(|part| map.shapes.points(part)).map(|&place| point(place)))
}

fn meets(viewport: &Viewport, extent: &Box) -> bool {
    viewport.windows.iter().any(|window| meet(window, extent))
}

/// Lays out a feature that goes over the rim of the world or more than half around it, and adds it as [`add`] does where
/// that is in sight.
#[inline(never)]
fn lay(picked: &mut Picked, map: &Map, view: &View, viewport: &Viewport, near: &[Box], feature: &Feature) -> bool {
    let mut laid = Shapes::<Point>::default();
    let parts = map.shapes.parts(&feature.parts);
    for chunk in parts.chunk_by(|_, next| next.role == Role::Inner) {
        let lines: Vec<Path> = chunk.iter().map(|part| places(map, part, 0).collect()).collect();
        let rings: Vec<&[Point]> = lines.iter().map(Path::as_slice).collect();
        match (chunk, rings.as_slice()) {
            ([Part { role: Role::Outer, .. }, ..], rings) => {
                for polygon in viewport.world.polygon(rings).unwrap_or_default() {
                    for (row, ring) in polygon.into_iter().enumerate() {
                        laid.push(if row == 0 { Role::Outer } else { Role::Inner }, ring);
                    }
                }
            }
            ([part, ..], [line, ..]) => {
                viewport.world.line(line).into_iter().for_each(|line| laid.push(part.role, line))
            }
            _ => {}
        }
    }
    picked.moved = true;
    let seen = |part: &Part| bounds(laid.points(part)).is_some_and(|extent| meets(viewport, &extent));
    let Some(extent) = bounds(&laid.points).filter(|_| laid.parts.iter().any(seen)) else { return false };
    add(picked, view, near, feature, &extent, (&laid.parts, &|part| laid.points(part).iter().copied()))
}

/// A box further east.
fn east([west, south, east, north]: Box, shift: i64) -> Box {
    [west + shift, south, east + shift, north]
}

/// Parts, and the points of each.
type Laid<'a, F> = (&'a [Part], &'a F);

/// Adds a feature that is in sight, unless the CRS cannot show it. Browsers put faster code in the place of small functions that are called often, so what
/// happens to each feature is a function of its own.
#[inline(never)]
fn add<I: Iterator<Item = Point>>(
    picked: &mut Picked,
    view: &View,
    near: &[Box],
    feature: &Feature,
    extent: &Box,
    laid: Laid<impl Fn(&Part) -> I>,
) -> bool {
    let start = picked.shapes.parts.len() as u32;
    if let (Geometry::Point, Some(Role::Outer)) = (feature.geometry, laid.0.first().map(|part| part.role)) {
        let whole = mark(laid).is_none_or(|mark| push(picked, view, Role::Point, [mark]));
        picked.rows.push(Feature { parts: start..picked.shapes.parts.len() as u32, ..feature.clone() });
        return whole;
    }
    let far = view.clip && view.crs.epsg != 4326 && !near.iter().any(|near| holds(near, extent));
    let whole = if far { cut_far(picked, view, near, laid) } else { copy(picked, view, laid) };
    if whole {
        picked.rows.push(Feature { parts: start..picked.shapes.parts.len() as u32, ..feature.clone() });
    } else {
        picked.beyond += 1;
    }
    whole
}

/// Where an area has its point: its visual centre.
fn mark<I: Iterator<Item = Point>>((parts, places): Laid<impl Fn(&Part) -> I>) -> Option<Point> {
    let degrees = |part: &Part| places(part).map(|place| place.map(|step| step as f64)).collect();
    let rings: Vec<(bool, Vec<[f64; 2]>)> =
        parts.iter().map(|part| (part.role == Role::Outer, degrees(part))).collect();
    let place = place_in(rings.iter().map(|(outer, ring)| (*outer, ring.as_slice())))?;
    Some(place.map(|value| libm::round(value) as i64))
}

/// The points of a part, in steps of degrees.
fn places<'a>(map: &'a Map, part: &Part, shift: i64) -> impl Iterator<Item = Point> + use<'a> {
    map.shapes.points(part).iter().map(move |&[x, y]| [i64::from(x) + shift, y.into()])
}

/// A window with room around it: what reaches beyond is cut there before it is projected, so that no projection is asked
/// for the other side of the earth.
fn wider(window: &Box) -> Box {
    const ROOM: i64 = 20_000_000;
    let [west, south, east, north] = *window;
    let (width, height) = ((east - west).max(ROOM), (north - south).max(ROOM));
    [west - width, south - height, east + width, north + height]
}

fn push(picked: &mut Picked, view: &View, role: Role, line: impl IntoIterator<Item = Point>) -> bool {
    let start = picked.shapes.points.len();
    for place in line {
        match project(&view.crs, place) {
            // Two places may fall on one step.
            Some(point) if picked.shapes.points.get(start..).and_then(<[_]>::last) == Some(&point) => {}
            Some(point) => picked.shapes.points.push(point),
            None => {
                picked.shapes.points.truncate(start);
                return false;
            }
        }
    }
    let end = picked.shapes.points.len() as u32;
    picked.shapes.parts.push(Part { start: start as u32, end, role });
    true
}

fn copy<I: Iterator<Item = Point>>(
    picked: &mut Picked,
    view: &View,
    (parts, places): Laid<impl Fn(&Part) -> I>,
) -> bool {
    let start = picked.shapes.parts.len();
    let whole = parts.iter().all(|part| push(picked, view, part.role, places(part)));
    if !whole {
        picked.shapes.parts.truncate(start);
    }
    whole
}

/// As [`copy`], of the part near the windows.
#[inline(never)]
fn cut_far<I: Iterator<Item = Point>>(
    picked: &mut Picked,
    view: &View,
    near: &[Box],
    (parts, places): Laid<impl Fn(&Part) -> I>,
) -> bool {
    let lines: Vec<Path> = parts.iter().map(|part| places(part).collect()).collect();
    let mut whole = true;
    let area = parts.iter().any(|part| part.role == Role::Outer);
    for near in near {
        if area {
            let rings: Vec<&[Point]> = lines.iter().map(Path::as_slice).collect();
            for polygon in Cut::new(*near, None).polygon(&rings).unwrap_or_default() {
                for (row, ring) in polygon.iter().enumerate() {
                    whole &= push(picked, view, if row == 0 { Role::Outer } else { Role::Inner }, ring.iter().copied());
                }
            }
            continue;
        }
        for (part, line) in parts.iter().zip(&lines) {
            let pieces = if part.role == Role::Line { at_box(line, near) } else { vec![line.clone()] };
            whole &= pieces.into_iter().all(|piece| push(picked, view, part.role, piece));
        }
    }
    whole
}

/// Simplifies lines and rings, shared borders alike; answers how many rings fell away.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
#[inline(never)]
pub(super) fn generalise(picked: &mut Picked, tolerance: f64, watch: &mut Watch) -> Result<u64> {
    let old = std::mem::take(&mut picked.shapes);
    let lines: Vec<&[Point]> = old.parts.iter().map(|part| old.points(part)).collect();
    let simple = simplify(&lines, tolerance, &mut |done, total| watch.at(Stage::Assemble, done, total))?;
    let (mut lost, mut gone) = (0, false);
    for (part, line) in old.parts.iter().zip(&simple) {
        let ring = matches!(part.role, Role::Outer | Role::Inner);
        lost += u64::from(ring && line.is_empty());
        // Holes go with the ring they are in.
        gone = if part.role == Role::Inner { gone } else { ring && line.is_empty() };
        let kept = if gone { &[] } else { line.as_slice() };
        picked.shapes.push(part.role, kept.iter().copied());
    }
    for part in &mut picked.coast {
        let row = old.parts.partition_point(|old| old.start < part.start);
        if let Some(new) = picked.shapes.parts.get(row) {
            *part = *new;
        }
    }
    Ok(lost)
}

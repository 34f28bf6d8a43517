//! Picking what a view needs of a map, in steps of its CRS, and generalising it.

use super::assemble::point;
use super::classify::{ClassId, class};
use super::features::{Feature, Map};
use super::shapes::{Geometry, Part, Role, Shapes};
use super::tagged::Tagged;
use super::window::{View, Viewport, project};
use crate::error::Result;
use crate::geo::center::place_in;
use crate::geo::clip::Cut;
use crate::geo::ring::{Box, Path, Point, bounds, holds, meet};
use crate::geo::simplify::simplify;
use crate::geo::window::at_box;
use crate::watch::{Stage, Watch};

/// The antimeridian in steps of 1e-7 degrees.
const HALF: i32 = 1_800_000_000;

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
    /// Whether the antimeridian runs through the frame, and both its sides are one line there.
    pub across: bool,
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
    let across = viewport.windows.len() > 1 && !view.crs.geographic;
    let mut picked = Picked { across, ..Picked::default() };
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
        let feature = &Feature { place, ..feature.clone() };
        if let Some(extent) = extent(map, feature).filter(|extent| meets(viewport, extent)) {
            add(&mut picked, map, view, &near, feature, &extent).then(|| each(&mut picked, feature));
        }
    }
    if view.sea.is_some() {
        for part in map.shapes.parts(&map.coast) {
            let line: Path = places(map, part).collect();
            for line in near.iter().flat_map(|near| at_box(&line, near)) {
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

/// Adds a feature that is in sight, unless the CRS cannot show it. Browsers put faster code in the place of small functions that are called often, so what
/// happens to each feature is a function of its own.
#[inline(never)]
fn add(picked: &mut Picked, map: &Map, view: &View, near: &[Box], feature: &Feature, extent: &Box) -> bool {
    let parts = map.shapes.parts(&feature.parts);
    let start = picked.shapes.parts.len() as u32;
    if let (Geometry::Point, Some(Role::Outer)) = (feature.geometry, parts.first().map(|part| part.role)) {
        let whole = mark(map, parts).is_none_or(|mark| push(picked, view, Role::Point, [mark]));
        picked.rows.push(Feature { parts: start..picked.shapes.parts.len() as u32, ..feature.clone() });
        return whole;
    }
    let far = view.clip && view.crs.epsg != 4326 && !near.iter().any(|near| holds(near, extent));
    let whole = if far { cut_far(picked, map, view, near, parts) } else { copy(picked, map, view, parts) };
    if whole {
        picked.rows.push(Feature { parts: start..picked.shapes.parts.len() as u32, ..feature.clone() });
    } else {
        picked.beyond += 1;
    }
    whole
}

/// Where an area has its point: its visual centre.
fn mark(map: &Map, parts: &[Part]) -> Option<Point> {
    let degrees = |part: &Part| places(map, part).map(|place| place.map(|step| step as f64)).collect();
    let rings: Vec<(bool, Vec<[f64; 2]>)> =
        parts.iter().map(|part| (part.role == Role::Outer, degrees(part))).collect();
    let place = place_in(rings.iter().map(|(outer, ring)| (*outer, ring.as_slice())))?;
    Some(place.map(|value| libm::round(value) as i64))
}

/// The points of a part, in steps of degrees.
fn places<'a>(map: &'a Map, part: &Part) -> impl Iterator<Item = Point> + use<'a> {
    map.shapes.points(part).iter().map(|&place| point(place))
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
        let [x, y] = super::assemble::degrees(&place);
        let place = if picked.across && x == -HALF { [HALF, y] } else { [x, y] };
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

fn copy(picked: &mut Picked, map: &Map, view: &View, parts: &[Part]) -> bool {
    let start = picked.shapes.parts.len();
    let whole = parts.iter().all(|part| push(picked, view, part.role, places(map, part)));
    if !whole {
        picked.shapes.parts.truncate(start);
    }
    whole
}

/// As [`copy`], of the part near the windows.
#[inline(never)]
fn cut_far(picked: &mut Picked, map: &Map, view: &View, near: &[Box], parts: &[Part]) -> bool {
    let lines: Vec<Path> = parts.iter().map(|part| places(map, part).collect()).collect();
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

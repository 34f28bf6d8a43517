//! A [`Map`] → [`Features`]: filter, project, generalise, cut, close the sea.

use super::classify::{CLASSES, ClassId, LAYERS, class, class_id};
use super::ends::Ends;
use super::features::{Feature, Features, Map};
use super::inland::inland;
use super::shapes::{Geometry, Part, Role, Traces};
use super::tagged::Tagged;
use super::window::{self, View, Viewport};
use super::{coast, select};
use crate::error::{Error, Result};
use crate::geo::antimeridian::{HALF, World};
use crate::geo::overlay::fill;
use crate::geo::rim::led_on;
use crate::geo::ring::{Path, Point, Polygon};
use crate::geo::window::{outline, overlap};
use crate::osm::{Element, Kind};
use crate::request::{Sea, brief};
use crate::watch::{Stage, Watch};
use std::borrow::Cow;

/// Looks at `map` through `view`.
///
/// # Errors
/// [`Error::Crs`] where the CRS cannot show the frame, [`Error::Request`] for a layer that does not exist,
/// [`Error::Cancelled`].
pub fn view<'m>(map: &'m Map, view: &View, watch: &mut Watch) -> Result<Features<'m>> {
    let wanted = (wanted(view)?, Tagged::new(&view.filter, &map.osm));
    let viewport = window::viewport(view)?;
    // What is not moved stands in the map as it is shown.
    let lends = view.crs.epsg == 4326 && view.tolerance == 0.0;
    let mut seen = Features {
        map,
        crs: view.crs.clone(),
        extent: viewport.extent,
        rows: Vec::new(),
        shapes: if lends { Traces::lending(&map.shapes.points) } else { Traces::default() },
        language: view.language.clone(),
        notes: map.notes.clone(),
    };
    let mut lost = 0;
    let picked = if view.tolerance > 0.0 {
        // Shared borders are simplified alike, so all that is in sight is held at once.
        let all = |watch: &mut Watch| select::pick(map, view, &viewport, &wanted, (&mut |_, _| (), watch));
        let mut picked = watch.part(0.0..0.4, all)?;
        let tolerance = view.tolerance * view.crs.steps();
        lost = watch.part(0.4..0.7, |watch| select::generalise(&mut picked, tolerance, watch))?;
        let (rows, total) = (std::mem::take(&mut picked.rows), picked.rows.len() as u64);
        watch.part(0.7..1.0, |watch| {
            for (done, row) in rows.iter().enumerate() {
                if done.is_multiple_of(1000) {
                    watch.at(Stage::Assemble, done as u64, total)?;
                }
                show(&mut seen, &viewport, &picked, row, &[], view);
            }
            Ok(())
        })?;
        picked
    } else {
        let mut each = |picked: &mut select::Picked, feature: &Feature| {
            let lent = if lends && !picked.moved { map.shapes.parts(&feature.parts) } else { &[] };
            for row in &picked.rows {
                show(&mut seen, &viewport, picked, row, lent, view);
            }
            picked.clear();
        };
        select::pick(map, view, &viewport, &wanted, (&mut each, watch))?
    };
    // Sea is no element; it stands and falls with the coast it is made of.
    let sea = view.sea.filter(|_| view.filter.lets("natural", "coastline"));
    if let (Some(choice), Some(class)) = (sea, class_id("water", "sea").filter(|id| wanted.0.contains(id))) {
        add_sea(&mut seen, &viewport, &picked, choice, class);
    }
    if lost > 0 {
        seen.notes.say("too_small", lost, format!("{lost} rings are too small for this scale and were left out"));
    }
    if picked.beyond > 0 {
        let count = picked.beyond;
        let message = format!("{count} features reach beyond what {:?} can show and were left out", view.crs);
        seen.notes.say("beyond_crs", count, message);
    }
    Ok(seen)
}

/// Parts of a feature as they are picked, and the same ones in the map where it lends them (else none).
struct Whole<'a> {
    parts: &'a [Part],
    lines: &'a [&'a [Point]],
    lent: &'a [Part],
}

impl Whole<'_> {
    /// Shows part `row` as it is.
    fn keep(&self, seen: &mut Features, row: usize) {
        let (Some(part), Some(line)) = (self.parts.get(row), self.lines.get(row)) else { return };
        match self.lent.get(row) {
            // Points that fall together are picked once.
            Some(lent) if (lent.end - lent.start) as usize == line.len() => seen.shapes.lend(*lent),
            _ => push(seen, part.role, line),
        }
    }
}

/// Cuts a feature, of its own for the sake of browsers as in `select`.
#[inline(never)]
fn show(seen: &mut Features, viewport: &Viewport, picked: &select::Picked, row: &Feature, lent: &[Part], view: &View) {
    let parts = picked.shapes.parts(&row.parts);
    let lines: Vec<&[Point]> = parts.iter().map(|part| picked.shapes.points(part)).collect();
    let whole = Whole { parts, lines: &lines, lent };
    let start = seen.shapes.all().len() as u32;
    match row.geometry {
        Geometry::Point => points(seen, viewport, &whole, view.clip),
        Geometry::Line => self::lines(seen, viewport, &whole, view.clip),
        Geometry::Area => area(seen, viewport, &whole, view),
    }
    let parts = start..seen.shapes.all().len() as u32;
    if !parts.is_empty() {
        seen.rows.push(Feature { parts, ..row.clone() });
    }
}

/// Refuses layers and classes that there are not.
///
/// # Errors
/// [`Error::Request`] naming those there are.
pub fn check(layers: &[String]) -> Result<()> {
    for name in layers {
        let (layer, class) = name.split_once('.').map_or((name.as_str(), None), |(layer, class)| (layer, Some(class)));
        if !LAYERS.iter().any(|known| known.id == layer) {
            let known: Vec<&str> = LAYERS.iter().map(|layer| layer.id).collect();
            return Err(Error::request(
                "layers",
                format!("\"{}\" is not a layer; there are {}", brief(layer), known.join(", ")),
            ));
        }
        if let Some(class) = class.filter(|class| class_id(layer, class).is_none()) {
            let known: Vec<&str> = CLASSES.iter().filter(|known| known.layer == layer).map(|known| known.id).collect();
            let message = format!("\"{}\" is not a class of {layer}; there are {}", brief(class), known.join(", "));
            return Err(Error::request("layers", message));
        }
    }
    Ok(())
}

/// The classes that layers and detail level let through, ascending.
#[inline(never)]
fn wanted(view: &View) -> Result<Vec<ClassId>> {
    check(&view.layers)?;
    let named = |id: ClassId| {
        let class = class(id);
        // Who puts something on top wants to see it, whatever is chosen of the map.
        view.layers.is_empty()
            || class.layer == "overlays"
            || view.layers.iter().any(|name| match name.split_once('.') {
                Some(pair) => pair == (class.layer, class.id),
                None => name == class.layer,
            })
    };
    let shown = |id: ClassId| view.detail_level.is_none_or(|level| class(id).detail <= level);
    Ok((0..CLASSES.len() as ClassId).filter(|&id| named(id) && shown(id)).collect())
}

fn push(seen: &mut Features, role: Role, points: &[Point]) {
    let steps = seen.crs.steps();
    seen.shapes.push(role, points.iter().map(|point| point.map(|value| value as f64 / steps)));
}

fn points(seen: &mut Features, viewport: &Viewport, whole: &Whole, clip: bool) {
    let inside = |place: &[Point]| place.first().is_some_and(|point| viewport.cut.holds(point));
    let all = !clip && whole.lines.iter().any(|place| inside(place));
    for (row, place) in whole.lines.iter().enumerate() {
        if all || inside(place) {
            whole.keep(seen, row);
        }
    }
}

#[inline(never)]
fn lines(seen: &mut Features, viewport: &Viewport, whole: &Whole, clip: bool) {
    if !clip && !whole.lines.iter().any(|line| viewport.cut.touches_line(line)) {
        return;
    }
    for (row, line) in whole.lines.iter().enumerate().filter(|(_, line)| line.len() > 1) {
        if !clip {
            whole.keep(seen, row);
            continue;
        }
        for piece in viewport.cut.line(line) {
            match piece {
                Cow::Borrowed(_) => whole.keep(seen, row),
                Cow::Owned(piece) => push(seen, Role::Line, &piece),
            }
        }
    }
}

#[inline(never)]
fn area(seen: &mut Features, viewport: &Viewport, whole: &Whole, view: &View) {
    let rings = whole.lines;
    if !view.clip && !viewport.cut.touches_polygon(rings) {
        return;
    }
    let cut = if view.clip { viewport.cut.polygon(rings) } else { None };
    if let Some(polygons) = cut {
        return polygons.iter().for_each(|polygon| push_polygon(seen, polygon));
    }
    // Moved points may make rings cross; where nothing was moved they are as assembling left them.
    let moved = view.tolerance > 0.0 || view.crs.epsg != 4326;
    if moved && let Some(polygons) = crate::geo::clip::repair(rings) {
        return polygons.iter().for_each(|polygon| push_polygon(seen, polygon));
    }
    (0..rings.len()).for_each(|row| whole.keep(seen, row));
}

fn push_polygon(seen: &mut Features, polygon: &Polygon) {
    for (row, ring) in polygon.iter().enumerate() {
        push(seen, if row == 0 { Role::Outer } else { Role::Inner }, ring);
    }
}

/// Layers whose features stand on land.
const LAND: &[&str] = &["landuse", "leisure", "vegetation", "buildings", "roads", "railways", "addresses", "aeroways"];

#[inline(never)]
fn add_sea(seen: &mut Features, viewport: &Viewport, picked: &select::Picked, choice: Sea, class_id: ClassId) {
    let frame = viewport.frame;
    let lines: Vec<Path> = picked.coast.iter().map(|part| picked.shapes.points(part).to_vec()).collect();
    // Coast that ends at the antimeridian goes on at its other side, where that is beside it.
    let across = viewport.windows.iter().any(|window| window[0] < -HALF || window[2] > HALF);
    let lines = if across { coast::chains(lines) } else { lines };
    let known = seen.map.osm.bounds.and_then(|known| window::stretch(&seen.crs, &viewport.world, known));
    let inland = |rings: &[Path]| choice != Sea::Sea && inland(seen, viewport, rings);
    let ends = Ends::of(seen, known);
    let mut found = coast::sea(&lines, &frame, &ends, &inland);
    // Where coasts end in a frame that is larger than the data, they are closed along the data, and that is led on.
    let within =
        known.map(|known| overlap(&known, &frame)).filter(|[left, bottom, right, top]| left < right && bottom < top);
    if let Some(within) = within.filter(|within| found.broken > 0 && *within != frame) {
        let again = coast::sea(&lines, &within, &ends, &inland);
        if again.broken < found.broken {
            let rings: Vec<Path> = again.polygons.iter().flatten().map(|ring| led_on(ring, &within, &frame)).collect();
            found = coast::Sea { polygons: fill(rings.iter().map(Path::as_slice)), ..again };
        }
    }
    if found.broken > 0 {
        let message = format!("{} pieces of coastline are broken; sea was not filled there", found.broken);
        seen.notes.say("broken_coast", found.broken as u64, message);
    }
    if found.led > 0 {
        let message = format!("{} ends of coastline stop short of the frame and were led straight to it", found.led);
        seen.notes.say("short_coast", found.led as u64, message);
    }
    let all = || vec![vec![outline(&frame)]];
    let polygons = match choice {
        _ if found.coast => found.polygons,
        Sea::Sea => all(),
        Sea::Auto if at_sea(seen, viewport) => all(),
        _ => Vec::new(),
    };
    let rings: Vec<&[Point]> = polygons.iter().flatten().map(Path::as_slice).collect();
    let polygons = viewport.cut.polygon(&rings).unwrap_or(polygons);
    let start = seen.shapes.all().len() as u32;
    polygons.iter().for_each(|polygon| push_polygon(seen, polygon));
    let parts = start..seen.shapes.all().len() as u32;
    if parts.is_empty() {
        return;
    }
    // Sea is no element: a row that does not exist has id 0 and no tags.
    let element = Element { kind: Kind::Way, index: u32::MAX };
    let feature = Feature { element, class: class_id, geometry: Geometry::Area, parts, value: 0, layer_z: 0, place: 0 };
    let place = seen.rows.partition_point(|row| (row.class, row.element) < (class_id, element));
    seen.rows.insert(place, feature);
}

/// Whether a frame without coast in it lies at sea: by the nearest coast there is; without any, by whether anything in
/// view stands on land.
fn at_sea(seen: &Features, viewport: &Viewport) -> bool {
    let map = seen.map;
    let about = World::about(viewport.center[0], false);
    let lines: Vec<Path> = map
        .shapes
        .parts(&map.coast)
        .iter()
        .map(|part| map.shapes.points(part).iter().map(|&place| super::assemble::point(place)).collect::<Path>())
        .flat_map(|line| about.line(&line))
        .collect();
    let center = viewport.center.map(|value| libm::round(value * crate::geo::crs::DEGREE) as i64);
    let stretch = 1.0 / libm::cos(viewport.center[1].to_radians()).max(1e-3);
    coast::in_water(&center, lines.iter().map(Path::as_slice), stretch).unwrap_or_else(|| {
        let land = |row: &Feature| LAND.contains(&class(row.class).layer);
        let ferry = |row: &Feature| class(row.class).id == "ferry";
        !seen.rows.iter().any(land) && seen.rows.iter().any(ferry)
    })
}

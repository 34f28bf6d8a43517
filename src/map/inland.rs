//! Whether islands in a frame that no coast crosses lie inland. Islands of rivers and lakes are mapped as coast here and
//! there; the coast itself tells nothing of what lies around them then, other things do.

use super::assemble::point;
use super::classify::class;
use super::coast::in_water;
use super::ends::{first, on_ground, step};
use super::features::{Feature, Features};
use super::shapes::Geometry;
use super::window::Viewport;
use crate::geo::crs::DEGREE;
use crate::geo::ring::{Path, Point, Side, area2, side};
use crate::geo::within::Edges;

/// Waters that lie inland.
const WATERS: &[&str] = &["lake", "reservoir", "river", "canal"];

/// So many features are looked at.
const SAMPLE: usize = 1000;

/// Whether rings of land (in steps of the CRS) lie in land: mapped water holds the largest, or the nearest coast beyond the
/// frame says so; without any, whether more stands on the ground around them than on them.
pub(super) fn inland(seen: &Features, viewport: &Viewport, rings: &[Path]) -> bool {
    in_waters(seen, rings) || beyond(seen, viewport).unwrap_or_else(|| mostly_around(seen, rings))
}

fn in_waters(seen: &Features, rings: &[Path]) -> bool {
    let largest = rings.iter().max_by_key(|ring| area2(ring).abs()).and_then(|ring| ring.first());
    let Some(place) = largest else { return false };
    let inland = |row: &&Feature| {
        let class = class(row.class);
        row.geometry == Geometry::Area && class.layer == "water" && WATERS.contains(&class.id)
    };
    seen.rows.iter().filter(inland).any(|row| {
        let parts = seen.shapes.parts(&row.parts).iter();
        let borders: Vec<Path> =
            parts.map(|part| seen.shapes.points(part).iter().map(|place| step(seen, place)).collect()).collect();
        side(place, borders.iter().map(Path::as_slice)) != Side::Out
    })
}

/// What the coast beyond the frame says of its corners, if they agree. Islands there say nothing of what lies around them.
fn beyond(seen: &Features, viewport: &Viewport) -> Option<bool> {
    let map = seen.map;
    let [x, y] = viewport.center.map(|value| libm::round(value * DEGREE) as i64);
    let inside =
        |[x, y]: &Point| viewport.windows.iter().any(|w| (w[0]..=w[2]).contains(x) && (w[1]..=w[3]).contains(y));
    let island =
        |line: &Path| line.first() == line.last() && area2(line) > 0 && side(&[x, y], [line.as_slice()]) == Side::Out;
    let parts = map.shapes.parts(&map.coast).iter();
    let lines = parts.map(|part| map.shapes.points(part).iter().map(|&place| point(place)).collect::<Path>());
    let lines: Vec<Path> = lines.filter(|line| !line.iter().any(inside) && !island(line)).collect();
    let stretch = 1.0 / libm::cos(viewport.center[1].to_radians()).max(1e-3);
    let corners = viewport.windows.iter().flat_map(|w| [[w[0], w[1]], [w[2], w[1]], [w[2], w[3]], [w[0], w[3]]]);
    let mut water = corners.map(|corner| in_water(&corner, lines.iter().map(Path::as_slice), stretch));
    let first = water.next()??;
    water.all(|other| other == Some(first)).then_some(!first)
}

fn mostly_around(seen: &Features, rings: &[Path]) -> bool {
    let total = seen.rows.iter().filter(|row| on_ground(row)).count();
    let sample = seen.rows.iter().filter(|row| on_ground(row)).step_by(total / SAMPLE + 1);
    let places: Vec<Point> = sample.filter_map(|row| first(seen, row)).collect();
    let edges = Edges::new(rings, places.len());
    let around = places.iter().filter(|place| edges.side(place) == Side::Out).count();
    2 * around > places.len()
}

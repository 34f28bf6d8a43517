//! Features → pieces in tiles.

use super::grid::{BITS, TILE};
use crate::error::Result;
use crate::geo::clip;
use crate::geo::ring::{Box, Path, Point, area2, bounds, holds, holds_point};
use crate::geo::simplify::simplify;
use crate::geo::window::{at_box, ring_at_box};
use crate::map::{Features, Geometry, Role, Shapes};
use crate::order;
use crate::watch::{Stage, Watch};
use std::collections::BTreeMap;

/// The lowest zoom that shows classes of detail level 1 to 6; the highest zoom there is shows all.
const ZOOMS: [u8; 6] = [0, 8, 11, 13, 14, 15];
/// How far simplified lines may be off below the highest zoom, in units of the tile.
const TOLERANCE: f64 = 8.0;
/// A tile reaches this many units beyond its edges, so that lines are drawn there as if they went on.
const BUFFER: i64 = 64;
/// Twice the area below which a polygon is not worth its bytes, in square units, below the highest zoom.
const SMALLEST: i128 = 32;

/// What of a feature lies in a tile, in units of the tile, y down.
pub struct Piece {
    /// Row of `features.rows`.
    pub row: u32,
    /// Points, lines, or rings of polygons.
    pub parts: Vec<(Role, Path)>,
}

/// By column and row of the tile.
pub type Pieces = BTreeMap<(u32, u32), Vec<Piece>>;

/// A zoom: how large its tiles and their units are in steps of the grid.
#[derive(Clone, Copy)]
struct Zoom {
    z: u32,
    size: u32,
    unit: u32,
}

impl Zoom {
    /// The range of columns (axis 0) or rows that something from `low` to `high` has a part in.
    fn range(self, low: i64, high: i64) -> std::ops::RangeInclusive<i64> {
        let buffer = BUFFER << self.unit;
        (low - buffer) >> self.size..=(high + buffer) >> self.size
    }

    /// The box of a tile with its buffer.
    fn window(self, [x, y]: [i64; 2]) -> Box {
        let buffer = BUFFER << self.unit;
        let [left, top] = [x << self.size, y << self.size];
        let side = 1 << self.size;
        [left - buffer, top - buffer, left + side + buffer, top + side + buffer]
    }

    /// A point in units of a tile.
    fn local(self, [x, y]: [i64; 2], point: &Point) -> Point {
        let half = 1 << self.unit >> 1;
        [(point[0] - (x << self.size) + half) >> self.unit, (point[1] - (y << self.size) + half) >> self.unit]
    }

    /// A tile's address; columns beyond the eastern edge of the world begin anew, rows beyond its ends are none.
    fn address(self, [x, y]: [i64; 2]) -> Option<(u32, u32)> {
        let side = 1_i64 << self.z;
        (0..side).contains(&y).then(|| (x.rem_euclid(side) as u32, y as u32))
    }
}

/// Cuts all features that a zoom shows.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn pieces(features: &Features, shapes: &Shapes<Point>, z: u8, highest: bool, watch: &mut Watch) -> Result<Pieces> {
    let zoom = Zoom { z: z.into(), size: BITS - u32::from(z), unit: BITS - TILE - u32::from(z) };
    let shown = |detail: u8| highest || ZOOMS.get(usize::from(detail.max(1)) - 1).is_some_and(|lowest| *lowest <= z);
    let rows: Vec<u32> = (0..features.rows.len() as u32)
        .filter(|&row| features.rows.get(row as usize).is_some_and(|feature| shown(features.class(feature).detail)))
        .collect();
    let lines: Vec<&[Point]> = rows
        .iter()
        .filter_map(|&row| features.rows.get(row as usize))
        .flat_map(|feature| shapes.parts(&feature.parts))
        .map(|part| shapes.points(part))
        .collect();
    let simple = if highest {
        Vec::new()
    } else {
        let tolerance = TOLERANCE * f64::from(1_u32 << zoom.unit);
        watch.part(0.0..0.5, |watch| {
            simplify(&lines, tolerance, &mut |done, total| watch.at(Stage::Draw, done, total))
        })?
    };
    let mut next = 0;
    let mut pieces = Pieces::new();
    let tell = |done: u64, watch: &mut Watch| {
        let begin = if highest { 0.0 } else { 0.5 };
        watch.part(begin..1.0, |watch| watch.at(Stage::Draw, done, rows.len() as u64))
    };
    for (done, &row) in rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            tell(done as u64, watch)?;
        }
        let Some(feature) = features.rows.get(row as usize) else { continue };
        let parts = shapes.parts(&feature.parts);
        let shapes: Vec<(Role, &[Point])> = parts
            .iter()
            .enumerate()
            .map(|(place, part)| {
                let line = match feature.geometry {
                    // Simplification takes no points away from points.
                    Geometry::Point => lines.get(next + place).copied(),
                    _ if highest => lines.get(next + place).copied(),
                    _ => simple.get(next + place).map(Path::as_slice),
                };
                (part.role, line.unwrap_or(&[]))
            })
            .collect();
        next += parts.len();
        let mut add = |place: [i64; 2], parts: Vec<(Role, Path)>| {
            if let (Some(address), false) = (zoom.address(place), parts.is_empty()) {
                pieces.entry(address).or_default().push(Piece { row, parts });
            }
        };
        match feature.geometry {
            Geometry::Point => points(zoom, &shapes, &mut add),
            Geometry::Line => spread(zoom, &shapes, &mut |place, near| add(place, lines_in(zoom, place, near))),
            Geometry::Area => {
                spread(zoom, &shapes, &mut |place, near| add(place, polygons_in(zoom, place, near, highest)));
            }
        }
    }
    Ok(pieces)
}

type Shape<'a> = (Role, &'a [Point]);

fn points(zoom: Zoom, shapes: &[Shape], add: &mut impl FnMut([i64; 2], Vec<(Role, Path)>)) {
    let mut places: Vec<[i64; 2]> = Vec::new();
    for point in shapes.iter().filter_map(|(_, points)| points.first()) {
        for x in zoom.range(point[0], point[0]) {
            places.extend(zoom.range(point[1], point[1]).map(|y| [x, y]));
        }
    }
    order::sort(&mut places);
    places.dedup();
    for place in places {
        let window = zoom.window(place);
        let inside = shapes.iter().filter_map(|(_, points)| points.first()).filter(|point| holds_point(&window, point));
        let parts: Vec<_> = inside.map(|point| (Role::Point, vec![zoom.local(place, point)])).collect();
        add(place, parts);
    }
}

/// Hands out, for every tile that lines or rings come near, what of them may lie there: cut into columns first, so that
/// what reaches over many tiles is not looked at as a whole for each.
fn spread(zoom: Zoom, shapes: &[Shape], each: &mut dyn FnMut([i64; 2], &[Shape])) {
    let Some([left, top, right, bottom]) = bounds(shapes.iter().flat_map(|(_, points)| points.iter())) else { return };
    let (columns, rows) = (zoom.range(left, right), zoom.range(top, bottom));
    let single = columns.start() == columns.end();
    for x in columns {
        let [low, _, high, _] = zoom.window([x, 0]);
        let strip = [low, top - 1, high, bottom + 1];
        if single || rows.start() == rows.end() {
            rows.clone().for_each(|y| each([x, y], shapes));
            continue;
        }
        let cut: Vec<(Role, Path)> = shapes
            .iter()
            .flat_map(|(role, points)| match role {
                Role::Outer | Role::Inner => vec![(*role, ring_at_box(points, &strip))],
                _ => at_box(points, &strip).into_iter().map(|piece| (*role, piece)).collect(),
            })
            .collect();
        let near: Vec<Shape> = cut.iter().map(|(role, points)| (*role, points.as_slice())).collect();
        if let Some([_, top, _, bottom]) = bounds(cut.iter().flat_map(|(_, points)| points.iter())) {
            zoom.range(top, bottom).for_each(|y| each([x, y], &near));
        }
    }
}

fn lines_in(zoom: Zoom, place: [i64; 2], shapes: &[Shape]) -> Vec<(Role, Path)> {
    let window = zoom.window(place);
    let pieces = shapes.iter().flat_map(|(_, line)| at_box(line, &window));
    let local = pieces.map(|piece| units(zoom, place, &piece)).filter(|line| line.len() > 1);
    local.map(|line| (Role::Line, line)).collect()
}

fn polygons_in(zoom: Zoom, place: [i64; 2], shapes: &[Shape], highest: bool) -> Vec<(Role, Path)> {
    let window = zoom.window(place);
    let mut out = Vec::new();
    for polygon in shapes.chunk_by(|_, (role, _)| *role == Role::Inner) {
        let mut rings: Vec<Path> = Vec::new();
        for (role, ring) in polygon {
            let inside = bounds(ring.iter()).is_some_and(|extent| holds(&window, &extent));
            let cut = if inside { units(zoom, place, ring) } else { units(zoom, place, &ring_at_box(ring, &window)) };
            match role {
                _ if cut.len() > 3 => rings.push(cut),
                Role::Outer => break,
                _ => {}
            }
        }
        let borrowed: Vec<&[Point]> = rings.iter().map(Path::as_slice).collect();
        // Points moved to the units of the tile may have made rings cross.
        let polygons =
            if rings.is_empty() { Vec::new() } else { clip::repair(&borrowed).unwrap_or_else(|| vec![rings.clone()]) };
        for polygon in polygons {
            let size = polygon.first().map_or(0, |ring| area2(ring).abs());
            if size == 0 || (!highest && size < SMALLEST) {
                continue;
            }
            let roles = std::iter::once(Role::Outer).chain(std::iter::repeat(Role::Inner));
            out.extend(roles.zip(polygon));
        }
    }
    out
}

/// Points in units of a tile, each once where neighbours fall together.
fn units(zoom: Zoom, place: [i64; 2], points: &[Point]) -> Path {
    let mut path: Path = points.iter().map(|point| zoom.local(place, point)).collect();
    path.dedup();
    path
}

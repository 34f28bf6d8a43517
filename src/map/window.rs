//! How to look at a map, and what a view shows: its frame and area as a [`Cut`] in steps of the CRS, and where that lies in degrees.

use crate::error::{Error, Result};
use crate::geo::antimeridian::{HALF, TURN, World, crosses};
use crate::geo::clip::Cut;
use crate::geo::crs::{Crs, DEGREE};
use crate::geo::overlay;
use crate::geo::ring::{Box, Path, Point, Polygon, bounds};
use crate::geo::round::Laid;
use crate::geo::simple::is_simple;
use crate::geo::window::outline;
use crate::osm::Bounds;
use crate::request::{Bbox, Filter, Language, Sea};

/// What is inside: a box in degrees or in the units of the CRS, and polygons that cut further.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A box in WGS 84 degrees (data products). What crosses the antimeridian is cut there.
    Degrees(Bbox),
    /// The same with longitudes that go on beyond 180 across the antimeridian (tiles).
    Unrolled(Bbox),
    /// A box `[min x, min y, max x, max y]` in CRS units (page, CAD and 3D products).
    Projected([f64; 4]),
    /// A closed ring in CRS units.
    Shape(Vec<[f64; 2]>),
}

/// How to look at a map.
pub struct View {
    /// What coordinates come out in.
    pub crs: Crs,
    /// What is inside.
    pub frame: Frame,
    /// Polygons in degrees (outer ring and holes each) that cut inside the frame; empty for none.
    pub area: Vec<Vec<Vec<[f64; 2]>>>,
    /// True: geometry is cut at frame and area. False: features that touch them stay whole.
    pub clip: bool,
    /// Layers and classes that are wanted: `roads`, `roads.primary`. Empty means all.
    pub layers: Vec<String>,
    /// Tags that elements must have; overlays are shown whatever they have.
    pub filter: Filter,
    /// Whether an element in several of these layers is shown once, in the first of its own that is wanted.
    pub once: bool,
    /// Only classes of this level or below; none for all.
    pub detail_level: Option<u8>,
    /// How far simplified lines may be off, in CRS units; 0 for not at all.
    pub tolerance: f64,
    /// Whether and how sea is filled; none where the product has no use for it.
    pub sea: Option<Sea>,
    /// Whether borders that reach to or over the sea are lines on land.
    pub borders: bool,
    /// Language of names.
    pub language: Language,
}

/// Pieces a side of a box is divided into before it is projected.
const PIECES: usize = 32;

/// What a view shows.
pub(super) struct Viewport {
    /// What is inside, in steps of the CRS.
    pub cut: Cut,
    /// Box of the frame, in steps of the CRS.
    pub frame: Box,
    /// The frame as `Features::extent` has it.
    pub extent: [f64; 4],
    /// How longitudes are laid out before they are projected.
    pub world: World,
    /// Boxes of that world in steps of 1e-7 degrees that hold all that is inside; two where the antimeridian runs through
    /// the frame and cuts it.
    pub windows: Vec<Box>,
    /// Middle of the frame in degrees.
    pub center: [f64; 2],
}

/// Works out what `view` shows.
///
/// # Errors
/// [`Error::Crs`] where the CRS cannot show the frame.
pub(super) fn viewport(view: &View) -> Result<Viewport> {
    let crs = &view.crs;
    let area = |world: &World| project_area(crs, world, &view.area);
    match view.frame {
        Frame::Projected(extent) => {
            let frame = extent.map(|value| libm::round(value * crs.steps()) as i64);
            let (world, windows, center) = seen(crs, extent)?;
            Ok(Viewport { cut: Cut::new(frame, area(&world)?), frame, extent, world, windows, center })
        }
        Frame::Shape(ref ring) => {
            let step = |value: f64| libm::round(value * crs.steps()) as i64;
            let ring: Path = ring.iter().map(|point| point.map(step)).collect();
            let frame = bounds(&ring).unwrap_or_default();
            let extent = frame.map(|step| step as f64 / crs.steps());
            let (world, windows, center) = seen(crs, extent)?;
            let cut = Cut::new(frame, Some(common(vec![ring], area(&world)?)));
            Ok(Viewport { cut, frame, extent, world, windows, center })
        }
        Frame::Degrees(bbox) => {
            let (center, degrees) = (bbox.center(), [bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat]);
            let world = crs.world(center);
            let windows = if crs.geographic { boxes(&bbox) } else { vec![laid(&world, run_on(&bbox))] };
            if let (4326, [frame]) = (crs.epsg, windows.as_slice()) {
                let (cut, frame) = (Cut::new(*frame, area(&world)?), *frame);
                return Ok(Viewport { cut, frame, extent: degrees, world, windows, center });
            }
            let rings = match crs.epsg {
                4326 => windows.iter().map(outline).collect(),
                _ if crs.geographic => {
                    let degrees = windows.iter().map(|window| window.map(|step| step as f64 / DEGREE));
                    degrees.map(|window| project_box(crs, window)).collect::<Result<_>>()?
                }
                _ => vec![project_box(crs, run_on(&bbox))?],
            };
            let frame = bounds(rings.iter().flatten()).unwrap_or_default();
            let extent = if crs.epsg == 4326 { degrees } else { frame.map(|step| step as f64 / crs.steps()) };
            let cut = Cut::new(frame, Some(common(rings, area(&world)?)));
            Ok(Viewport { cut, frame, extent, world, windows, center })
        }
        Frame::Unrolled(bbox) => {
            let frame = run_on(&bbox).map(step);
            let round = frame[2] - frame[0] >= TURN;
            let center = bbox.center();
            let world = World::about(center[0], round);
            // All the way round, what lies over the rim is inside, too.
            let room = if round { TURN } else { 0 };
            let inside = [frame[0] - room, frame[1], frame[2] + room, frame[3]];
            let extent = [bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat];
            Ok(Viewport { cut: Cut::new(inside, area(&world)?), frame, extent, world, windows: vec![inside], center })
        }
    }
}

/// What a frame and an area have in common.
fn common(frame: Vec<Path>, area: Option<Vec<Path>>) -> Vec<Path> {
    let Some(area) = area else { return frame };
    let both = overlay::intersect(frame.iter().map(Path::as_slice), area.iter().map(Path::as_slice));
    both.into_iter().flatten().collect()
}

/// Degrees in steps of 1e-7.
fn step(degrees: f64) -> i64 {
    libm::round(degrees * DEGREE) as i64
}

/// A box in degrees in steps of 1e-7; cut in two at the antimeridian if it crosses it.
fn boxes(bbox: &Bbox) -> Vec<Box> {
    let [west, south, east, north] = [bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat].map(step);
    if west <= east {
        return vec![[west, south, east, north]];
    }
    let halves = [[west, south, HALF, north], [-HALF, south, east, north]];
    halves.into_iter().filter(|half| half[0] < half[2]).collect()
}

/// The sides of a box in degrees; its east lies beyond 180 if it crosses the antimeridian.
fn run_on(bbox: &Bbox) -> [f64; 4] {
    let east = if bbox.min_lon <= bbox.max_lon { bbox.max_lon } else { bbox.max_lon + 360.0 };
    [bbox.min_lon, bbox.min_lat, east, bbox.max_lat]
}

/// A box in degrees in steps of 1e-7 where it lies in the world; one too wide for it is all of it.
fn laid(world: &World, degrees: [f64; 4]) -> Box {
    let [west, south, east, north] = degrees.map(step);
    let [rim, _, end, _] = world.frame();
    if east - west >= TURN {
        return [rim, south, end, north];
    }
    let shift = -((west + east) / 2 - rim).div_euclid(TURN) * TURN;
    [west + shift, south, east + shift, north]
}

/// Points along the sides of a box, counter-clockwise, the first one repeated.
fn around([left, bottom, right, top]: [f64; 4]) -> impl Iterator<Item = [f64; 2]> {
    let corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
    (0..=4 * PIECES).map(move |step| {
        let [a, b] = [corners[step / PIECES % 4], corners[(step / PIECES + 1) % 4]];
        let share = (step % PIECES) as f64 / PIECES as f64;
        [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
    })
}

/// A box in degrees as a ring in steps of the CRS.
fn project_box(crs: &Crs, [west, south, east, north]: [f64; 4]) -> Result<Path> {
    let mut ring = Path::new();
    for place in around([west, south, east, north]) {
        crs.reaches([wrap(place[0]), place[1]])?;
        ring.extend(crs.quanta(place));
    }
    ring.dedup();
    if is_simple(&ring) {
        Ok(ring)
    } else {
        let shown = [west, south, wrap(east), north];
        Err(Error::Crs(format!("{crs:?} cannot show the box {shown:?} in one piece")))
    }
}

/// A longitude within -180 to 180.
fn wrap(longitude: f64) -> f64 {
    if longitude > 180.0 { longitude - 360.0 } else { longitude }
}

/// What polygons in degrees cover together, as rings in steps of the CRS; none if there are no polygons.
fn project_area(crs: &Crs, world: &World, area: &[Vec<Vec<[f64; 2]>>]) -> Result<Option<Vec<Path>>> {
    let mut polygons: Vec<Polygon> = Vec::new();
    for polygon in area {
        let rings: Polygon = polygon.iter().map(|ring| ring.iter().map(|place| place.map(step)).collect()).collect();
        let across = rings.iter().any(|ring| crosses(ring));
        for polygon in if across { Laid::new(&rings).fill() } else { vec![rings] } {
            let rings: Vec<&[Point]> = polygon.iter().map(Path::as_slice).collect();
            polygons.extend(world.polygon(&rings).unwrap_or_default());
        }
    }
    for ring in polygons.iter_mut().flatten() {
        for point in ring.iter_mut() {
            let place = point.map(|value| value as f64 / DEGREE);
            *point = crs.quanta(place).ok_or_else(|| crs.beyond(place))?;
        }
    }
    let united = overlay::unite(polygons.iter().map(|polygon| polygon.iter().map(Path::as_slice)));
    if united.is_empty() && !area.is_empty() {
        return Err(Error::request("area", "it encloses nothing"));
    }
    Ok((!area.is_empty()).then(|| united.into_iter().flatten().collect()))
}

/// Where a box in CRS units lies in degrees: the world it is in, boxes there in steps of 1e-7 that hold it with some room,
/// and its middle.
fn seen(crs: &Crs, extent: [f64; 4]) -> Result<(World, Vec<Box>, [f64; 2])> {
    let [left, bottom, right, top] = extent;
    let center = crs.unproject([(left + right) / 2.0, (bottom + top) / 2.0])?;
    crs.reaches(center)?;
    // Longitudes relative to the middle, so that a box across the antimeridian is in one piece.
    let mut range = [0.0_f64, center[1], 0.0_f64, center[1]];
    for point in around(extent) {
        let place = crs.unproject(point)?;
        let turn = place[0] - center[0];
        let turn = if turn > 180.0 {
            turn - 360.0
        } else if turn < -180.0 {
            turn + 360.0
        } else {
            turn
        };
        range = [range[0].min(turn), range[1].min(place[1]), range[2].max(turn), range[3].max(place[1])];
    }
    let room = [(range[2] - range[0]) * 0.02, (range[3] - range[1]) * 0.02];
    let (mut south, mut north) = ((range[1] - room[1]).max(-90.0), (range[3] + room[1]).min(90.0));
    let (mut west, mut east) = (center[0] + range[0] - room[0], center[0] + range[2] + room[0]);
    for pole in [-90.0, 90.0] {
        let within = |[x, y]: [f64; 2]| (left..=right).contains(&x) && (bottom..=top).contains(&y);
        if !crs.geographic && crs.reaches([center[0], pole]).is_ok() && crs.project([center[0], pole]).is_ok_and(within)
        {
            (south, north) = (south.min(pole), north.max(pole));
            (west, east) = (-180.0, 180.0);
        }
    }
    let world = crs.world(center);
    Ok((world, vec![laid(&world, [west, south, east, north])], center))
}

/// The box in steps of the CRS around a box of the data; none where the world cuts it or the CRS does not reach.
pub(super) fn stretch(crs: &Crs, world: &World, Bounds { west, south, east, north }: Bounds) -> Option<Box> {
    let [west, south, east, north] = [west, south, east, north].map(i64::from);
    let (east, across) = if west < east { (east, false) } else { (east + TURN, true) };
    let shift = world.shift(&[west, south, east, north]).or((!across).then_some(0))?;
    let corners = [[west, south], [east, south], [east, north], [west, north]];
    let placed: Option<Path> = corners.into_iter().map(|[x, y]| project(crs, [x + shift, y])).collect();
    bounds(placed?)
}

/// A place of a map, laid out, in steps of the CRS.
pub(super) fn project(crs: &Crs, [x, y]: Point) -> Option<Point> {
    if crs.epsg == 4326 {
        return Some([x, y]);
    }
    crs.quanta([x as f64 / DEGREE, y as f64 / DEGREE])
}

//! How to look at a map, and what a view shows: its frame and area as a [`Cut`] in steps of the CRS, and where that lies in degrees.

use crate::error::{Error, Result};
use crate::geo::clip::Cut;
use crate::geo::crs::{Crs, DEGREE};
use crate::geo::ring::{Box, Path, Point, Polygon, bounds};
use crate::geo::simple::is_simple;
use crate::geo::window::outline;
use crate::geo::{antimeridian, overlay};
use crate::osm::Bounds;
use crate::request::{Bbox, Filter, Language, Sea};

/// What is inside: a box in degrees or in the units of the CRS, and polygons that cut further.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A box in WGS 84 degrees (data products).
    Degrees(Bbox),
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
    /// Language of names.
    pub language: Language,
}

/// Pieces a side of a box is divided into before it is projected.
const PIECES: usize = 32;

/// What a view shows.
pub(super) struct Viewport {
    /// What is inside, in steps of the CRS.
    pub cut: Cut,
    /// The frame as `Features::extent` has it.
    pub extent: [f64; 4],
    /// Boxes in steps of 1e-7 degrees that hold all that is inside; two across the antimeridian.
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
    let area = project_area(crs, &view.area)?;
    match view.frame {
        Frame::Projected(extent) => {
            let frame = extent.map(|value| libm::round(value * crs.steps()) as i64);
            let (windows, center) = seen(crs, extent)?;
            Ok(Viewport { cut: Cut::new(frame, area), extent, windows, center })
        }
        Frame::Shape(ref ring) => {
            let step = |value: f64| libm::round(value * crs.steps()) as i64;
            let ring: Path = ring.iter().map(|point| point.map(step)).collect();
            let frame = bounds(&ring).unwrap_or_default();
            let extent = frame.map(|step| step as f64 / crs.steps());
            let (windows, center) = seen(crs, extent)?;
            Ok(Viewport { cut: Cut::new(frame, Some(common(vec![ring], area))), extent, windows, center })
        }
        Frame::Degrees(bbox) => {
            let windows = boxes(&bbox);
            let center = bbox.center();
            let degrees = [bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat];
            if let (4326, [frame]) = (crs.epsg, windows.as_slice()) {
                return Ok(Viewport { cut: Cut::new(*frame, area), extent: degrees, windows, center });
            }
            let rings =
                if crs.epsg == 4326 { windows.iter().map(outline).collect() } else { vec![project_box(crs, &bbox)?] };
            let frame = bounds(rings.iter().flatten()).unwrap_or_default();
            let extent = if crs.epsg == 4326 { degrees } else { frame.map(|step| step as f64 / crs.steps()) };
            Ok(Viewport { cut: Cut::new(frame, Some(common(rings, area))), extent, windows, center })
        }
    }
}

/// What a frame and an area have in common.
fn common(frame: Vec<Path>, area: Option<Vec<Path>>) -> Vec<Path> {
    let Some(area) = area else { return frame };
    let both = overlay::intersect(frame.iter().map(Path::as_slice), area.iter().map(Path::as_slice));
    both.into_iter().flatten().collect()
}

/// A box in degrees in steps of 1e-7; cut in two at the antimeridian if it crosses it.
fn boxes(bbox: &Bbox) -> Vec<Box> {
    let step = |value: f64| libm::round(value * DEGREE) as i64;
    let [west, south, east, north] = [bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat].map(step);
    let edge = step(180.0);
    if west <= east {
        vec![[west, south, east, north]]
    } else {
        vec![[west, south, edge, north], [-edge, south, east, north]]
    }
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
fn project_box(crs: &Crs, bbox: &Bbox) -> Result<Path> {
    let west = bbox.min_lon;
    let mut ring = Path::new();
    for place in around([west, bbox.min_lat, west + bbox.width(), bbox.max_lat]) {
        crs.reaches([wrap(place[0]), place[1]])?;
        ring.extend(crs.quanta(place));
    }
    ring.dedup();
    if is_simple(&ring) {
        Ok(ring)
    } else {
        Err(Error::Crs(format!("{crs:?} cannot show the box {bbox:?} in one piece")))
    }
}

/// A longitude within -180 to 180.
fn wrap(longitude: f64) -> f64 {
    if longitude > 180.0 { longitude - 360.0 } else { longitude }
}

/// What polygons in degrees cover together, as rings in steps of the CRS; none if there are no polygons. One that crosses
/// the antimeridian is cut there.
fn project_area(crs: &Crs, area: &[Vec<Vec<[f64; 2]>>]) -> Result<Option<Vec<Path>>> {
    let step = |place: &[f64; 2]| place.map(|value| libm::round(value * DEGREE) as i64);
    let mut polygons: Vec<Polygon> = Vec::new();
    for polygon in area {
        let rings: Polygon = polygon.iter().map(|ring| ring.iter().map(step).collect()).collect();
        if rings.iter().any(|ring| antimeridian::crosses(ring)) {
            let slices: Vec<&[Point]> = rings.iter().map(Path::as_slice).collect();
            let around = || Error::request("area", "a ring goes around a pole; cut it at the antimeridian");
            polygons.extend(antimeridian::polygon(&slices).ok_or_else(around)?);
        } else {
            polygons.push(rings);
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

/// Where a box in CRS units lies in degrees: boxes in steps of 1e-7 that hold it with some room, and its middle.
fn seen(crs: &Crs, extent: [f64; 4]) -> Result<(Vec<Box>, [f64; 2])> {
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
    let bbox = if east - west >= 360.0 {
        Bbox { min_lon: -180.0, min_lat: south, max_lon: 180.0, max_lat: north }
    } else {
        let west = if west < -180.0 { west + 360.0 } else { west };
        Bbox { min_lon: west, min_lat: south, max_lon: wrap(east), max_lat: north }
    };
    Ok((boxes(&bbox), center))
}

/// The box in steps of the CRS around a box of the data; none across the antimeridian or where the CRS does not reach.
pub(super) fn stretch(crs: &Crs, Bounds { west, south, east, north }: Bounds) -> Option<Box> {
    let corners = [[west, south], [east, south], [east, north], [west, north]];
    let placed: Option<Path> = corners.into_iter().map(|corner| project(crs, corner)).collect();
    bounds(placed.filter(|_| west < east)?)
}

/// A place of a map in steps of the CRS.
pub(super) fn project(crs: &Crs, [x, y]: crate::osm::LonLatE7) -> Option<Point> {
    if crs.epsg == 4326 {
        return Some([i64::from(x), i64::from(y)]);
    }
    crs.quanta([f64::from(x) / DEGREE, f64::from(y) / DEGREE])
}
